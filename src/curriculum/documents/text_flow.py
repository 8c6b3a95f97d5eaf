"""The lines, tables, bold parts and headings of a text that is read paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from curriculum.documents.list_numbering import Label
from curriculum.documents.markup import BoldSpan, Markup, Remark, pieces_to_bold
from curriculum.documents.note_marks import is_mark_behind
from curriculum.documents.page_styles import lines_to_struck_remarks
from curriculum.documents.table_cells import Content, OpenCell, OpenTable, tables_to_cells
from curriculum.documents.text_looks import Piece
from curriculum.errors import UnreadableFile
from curriculum.model.codes import word_to_code

__all__ = ["TextFlow", "without_note_mark"]

# The end of a sentence, which can be behind the mark of a footnote.
_END = re.compile(r"[\s.,;:)]*+")
_NO_LABEL = Label("", "nothing")


@dataclass
class TextFlow:
    """What was read so far of a text: lines, tables, bold parts, headings and depths in lists."""

    lines: list[str] = field(default_factory=list)
    tables: list[OpenTable] = field(default_factory=list)
    bold: list[BoldSpan] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    headings: dict[int, int] = field(default_factory=dict)
    depths: dict[int, int] = field(default_factory=dict)

    @property
    def next_number(self) -> int:
        """The number of the next line."""
        return len(self.lines) + 1

    def open_table(self) -> OpenTable:
        """Add a table, and return it."""
        self.tables.append(OpenTable(len(self.tables) + 1))
        return self.tables[-1]

    def add_paragraph(
        self, pieces: list[Piece], label: Label = _NO_LABEL, cell: OpenCell | None = None, heading: int = 0
    ) -> None:
        """Add the lines of a paragraph: one, and one more for each line break in it.

        Parameters
        ----------
        pieces
            Its text.
        label
            The label that the program generates before it.
        cell
            The cell that it is in; None outside tables.
        heading
            Its level as a heading, from 1; 0 if it is none.
        """
        if label.level:
            self.depths[self.next_number] = label.level
        if heading:
            self.headings[self.next_number] = heading
        prefix = _label_to_shown(label, "".join(piece.text for piece in pieces), cell is not None)
        for line_pieces in _pieces_to_lines(pieces):
            self._add_line(prefix, line_pieces, cell)
            prefix = ""

    def _add_line(self, prefix: str, pieces: list[Piece], cell: OpenCell | None) -> None:
        line = prefix + "".join(piece.text for piece in pieces)
        self.lines.append(line)
        number = len(self.lines)
        bold = ((piece.text, piece.look.is_bold) for piece in pieces)
        self.bold += pieces_to_bold(bold, line, number, len(prefix))
        if any(piece.look.is_struck and piece.text.strip() for piece in pieces):
            self.struck.add(number)
        if cell and line.strip():
            cell.numbers.append(number)

    def to_content(self, where: str, remarks: Iterable[Remark], page_heads: tuple[str, ...]) -> Content:
        """Return all that was read of a file.

        Parameters
        ----------
        where
            The file, as a message should name it.
        remarks
            What is to be said about the file.
        page_heads
            The texts in the headers of its pages.

        Raises
        ------
        UnreadableFile
            If no line has a word.
        """
        if not any(line.strip() for line in self.lines):
            raise UnreadableFile(
                "holds no text",
                where=where,
                expected="the text of a standard",
                found=f"{len(self.lines)} paragraphs without a word",
                advice="Its text may stand in pictures; copy it into a new document.",
            )
        struck = lines_to_struck_remarks(self.struck)
        depths = tuple(self.depths.items())
        # What is behind the last line is told at that.
        placed = (remark._replace(line=min(remark.line, len(self.lines))) for remark in remarks)
        markup = Markup(tuple(self.bold), depths=depths, remarks=(*placed, *struck), page_heads=page_heads)
        cells = tables_to_cells(self.tables, self.lines)
        return Content(tuple(self.lines), cells, headings=self.headings, markup=markup)


def _label_to_shown(label: Label, text: str, in_cell: bool) -> str:
    # A paragraph without text is counted, as Word does, but its label alone would say nothing.
    if text.strip():
        return _label_to_prefix(label, text)
    # The code of the wording in the next cell.
    return label.text if in_cell and word_to_code(label.text.rstrip(":.")) else ""


def _pieces_to_lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces of each line of a paragraph."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        lines[-1].append(piece._replace(text=first))
        lines += [[piece._replace(text=text)] for text in others]
    return lines


def without_note_mark(pieces: list[Piece], number: int, marks: list[int]) -> list[Piece]:
    """Return the pieces of a paragraph without the mark of a footnote at its end.

    Parameters
    ----------
    pieces
        The pieces.
    number
        The number of the first line of the paragraph.
    marks
        The numbers of lines with marks; if there is one here, the number is added.
    """
    raised = [at for at, piece in enumerate(pieces) if piece.look.is_raised]
    if not raised:
        return pieces
    at = raised[-1]
    behind = "".join(piece.text for piece in pieces[at + 1 :])
    before = "".join(piece.text for piece in pieces[:at])
    if _END.fullmatch(behind) is None or not is_mark_behind(pieces[at].text, before):
        return pieces
    marks.append(number)
    return pieces[:at] + pieces[at + 1 :]


def _label_to_prefix(label: Label, text: str) -> str:
    """Return the label before the text.

    In Word a tab is between a code and its text. In lines of text it would look like a space in a sentence
    ("K1 and K2 are ..."), so a colon is written instead.

    Examples
    --------
    >>> _label_to_prefix(Label("K1", "tab"), "How to"), _label_to_prefix(Label("1.", "tab"), "How to")
    ('K1: ', '1. ')
    """
    if word_to_code(label.text) and text.lstrip()[:1] not in (":", "-", "–"):
        return f"{label.text}: "
    return label.text + (" " if label.text and label.joint != "nothing" else "")
