"""Collect the paragraphs of a file in the Rich Text Format: of its text, tables, headers and boxes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from curriculum.documents.rich_text_events import CellEnd, EventTarget, Paragraph, RowEnd
from curriculum.documents.rich_text_lists import RichTextLists
from curriculum.documents.rich_text_state import OpenRow, State, Stream, StreamKind, Target
from curriculum.documents.rich_text_styles import RichTextStyles
from curriculum.documents.symbol_fonts import UNKNOWN_SIGN
from curriculum.documents.text_flow import TextFlow, without_note_mark
from curriculum.documents.text_looks import Piece
from curriculum.documents.unread_text import UnreadText
from curriculum.model.text import text_to_squashed

__all__ = ["RichTextFlow"]

_MOST_HEADS = 60


@dataclass
class RichTextFlow:
    """What was read so far of a file.

    Attributes
    ----------
    flow, tables
        Its lines, and what makes lines and tables of its paragraphs.
    lists, styles
        Its lists and styles.
    unread, changes
        What is not read of it, and how many tracked changes of each kind it has.
    page_heads
        The texts in the headers of its pages.
    row, nested_row
        The cells of the row that is open, and of the one in a table within another.
    """

    flow: TextFlow
    tables: EventTarget
    lists: RichTextLists
    styles: RichTextStyles = field(default_factory=RichTextStyles)
    unread: UnreadText = field(default_factory=UnreadText)
    changes: Counter[str] = field(default_factory=Counter)
    page_heads: dict[str, None] = field(default_factory=dict)
    row: OpenRow = field(default_factory=OpenRow)
    nested_row: OpenRow = field(default_factory=OpenRow)
    _streams: list[Stream] = field(default_factory=lambda: [Stream()])
    _is_row_open: bool = False
    _last_change: str = ""

    @property
    def stream(self) -> Stream:
        """The paragraph that is open."""
        return self._streams[-1]

    def add(self, text: str, state: State) -> None:
        """Add text where the state says, unless it is hidden or deleted."""
        if state.target is Target.LABEL:
            self.stream.label.append(text)
        elif state.target is Target.TEXT and self._count_change(state.change) in ("deletion", "move"):
            self.stream.has_deleted = True
        elif state.target is Target.TEXT:
            self.unread.unknown_signs += [self.flow.next_number] * text.count(UNKNOWN_SIGN)
            if state.look.is_hidden:
                self.stream.hidden.append(text)
            else:
                self.stream.pieces.append(Piece(text, state.look))

    def _count_change(self, change: str) -> str:
        """Count a tracked change where it begins, and return it."""
        if change and change != self._last_change:
            self.changes[change] += 1
        self._last_change = change
        return change

    def open_stream(self, kind: StreamKind) -> None:
        """Begin a header of pages or a text box."""
        self._streams.append(Stream(kind))

    def close_stream(self, state: State) -> None:
        """End a header of pages or a text box."""
        if not self.stream.is_empty():
            self.end_paragraph(state)
        self._streams.pop()

    def close(self, state: State) -> None:
        """End the last paragraph and the tables that are open."""
        if not self.stream.is_empty():
            self.end_paragraph(state)
        self.tables.close()
        self.unread.labels = self.lists.unknown

    def end_paragraph(self, state: State, depth: int = -1) -> None:
        """End the paragraph that is open, and add the boxes that are anchored in it behind it.

        Parameters
        ----------
        state
            The state at its end.
        depth
            In how many tables it is; by default as the state and the open row say.
        """
        stream = self.stream
        if depth < 0:
            is_in_row = self._is_row_open and stream.kind is StreamKind.TEXT
            depth = max(state.depth, 1) if is_in_row else state.depth
        paragraphs = (self._to_paragraph(stream, state), *stream.boxes)
        if stream.kind is StreamKind.HEADER:
            self._add_heads(paragraphs)
        elif stream.kind is StreamKind.BOX:
            self._streams[-2].boxes += paragraphs
        else:
            for paragraph in paragraphs:
                self.tables.add(paragraph._replace(depth=depth))
        self._streams[-1] = Stream(stream.kind)

    def _add_heads(self, paragraphs: tuple[Paragraph, ...]) -> None:
        for paragraph in paragraphs:
            text = text_to_squashed("".join(piece.text for piece in paragraph.pieces))
            if text and len(self.page_heads) < _MOST_HEADS:
                self.page_heads[text] = None

    def _to_paragraph(self, stream: Stream, state: State) -> Paragraph:
        number = self.flow.next_number
        level = state.outline or self.styles.heading_level(state.style)
        pieces = without_note_mark(stream.pieces, number, self.unread.marks)
        if level and self.styles.is_bold_paragraph(state.style):
            # A heading is not bold by its style.
            pieces = [piece._replace(look=piece.look._replace(is_bold=False)) for piece in pieces]
        if hidden := text_to_squashed("".join(stream.hidden)):
            self.unread.hidden.append((number, hidden))
        label = self.lists.next_label("".join(stream.label), state.list_number, state.level, number)
        has_text = any(piece.text.strip() for piece in pieces)
        if stream.has_numbers and has_text and not label.text:
            self.lists.unknown.append(number)
        if stream.has_deleted and label.text and not has_text:
            self.lists.emptied.append(number)
        return Paragraph(pieces, label, level, 0)

    def start_row(self, is_nested: bool) -> None:
        """Begin the description of a row of a table, or of one within another."""
        if is_nested:
            self.nested_row = OpenRow()
        else:
            self.row, self._is_row_open = OpenRow(), True

    def end_cell(self, state: State, depth: int) -> None:
        """End a cell of the table at a depth."""
        # Some programs end a paragraph, and then its cell.
        if not (self.stream.is_empty() and self.tables.is_in_cell(depth)):
            self.end_paragraph(state, depth)
        if self.stream.kind is StreamKind.TEXT:
            self.tables.add(CellEnd(depth))

    def end_row(self, state: State, depth: int) -> None:
        """End a row of the table at a depth."""
        if self.stream.kind is not StreamKind.TEXT:
            return
        if self.stream.pieces:
            self.end_paragraph(state, depth)
        row = self.nested_row if depth > 1 else self.row
        self.tables.add(RowEnd(depth, row.shape()))
        self._is_row_open = self._is_row_open and depth > 1
