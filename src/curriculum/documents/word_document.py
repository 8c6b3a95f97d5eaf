"""Read a Word file: its paragraphs and the cells of its tables, with the labels that Word generates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from curriculum.documents.markup import Remark
from curriculum.documents.table_cells import Content, OpenCell, OpenTable
from curriculum.documents.text_flow import TextFlow
from curriculum.documents.unread_remarks import changes_to_remarks, unread_to_remarks
from curriculum.documents.word_numbering import Labels, is_on, parts_to_labels
from curriculum.documents.word_package import bytes_to_parts
from curriculum.documents.word_styles import root_to_run_styles
from curriculum.documents.word_text import TextReader, is_mark_deleted, is_shown
from curriculum.files.limits import check_time

__all__ = ["word_to_content"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IN_HEADER = (f"{_W}t", f"{_W}tab", f"{_W}br")
_MOST_IN_HEADER = 20
_CHANGES = {
    f"{_W}ins": "insertion",
    f"{_W}cellIns": "insertion",
    f"{_W}del": "deletion",
    f"{_W}cellDel": "deletion",
    f"{_W}moveTo": "move",
}
# Between two paragraphs these show nothing.
_BETWEEN = frozenset(
    f"{_W}{name}"
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "proofErr"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
    )
)


def word_to_content(data: bytes, where: str) -> Content:
    """Read a Word file.

    Each paragraph is a line, in the order of the document, those in the cells of tables too; a line
    break within a paragraph ends a line. Labels and bullets that Word generates are before
    their paragraphs. Tracked changes are read as if all were accepted. Hidden text, footnotes, placeholders,
    macros and embedded files are left out. The headers of pages are in no line, but in the markup.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    Content
        The lines (an empty paragraph is a blank one), the cells of tables, and what is bold.

    Raises
    ------
    UnreadableFile
        If it holds no text, or is too large.
    UnsupportedFormat
        If it is no Word file or a damaged one, or the extra ``documents`` is not installed.
    """
    body, styles, numbering, headers = bytes_to_parts(data, where)
    reader = _Reader(TextReader(root_to_run_styles(styles)), parts_to_labels(styles, numbering))
    reader.read(body)
    changes = Counter(_CHANGES[element.tag] for element in body.iter(*_CHANGES))
    remarks = (*changes_to_remarks(changes), *reader.remarks, *unread_to_remarks(reader.texts.unread))
    return reader.flow.to_content(where, remarks, tuple(_headers_to_texts(headers)))


class _Place(NamedTuple):
    """The innermost table and cell of an element; None outside tables, or between the rows of one.

    ``is_placeholder`` is true in a content control that shows only what is to be written into it.
    """

    table: OpenTable | None = None
    cell: OpenCell | None = None
    is_placeholder: bool = False


class _Reader:
    """The lines, tables and bold parts that were read so far."""

    def __init__(self, texts: TextReader, labels: Labels) -> None:
        self.texts = texts
        self.flow = TextFlow()
        self.remarks: list[Remark] = []
        self._labels = labels
        # Paragraphs whose end is deleted, by the paragraph that they go on in.
        self._carried: dict[Any, list[Any]] = {}

    def read(self, body: Any) -> None:
        """Read all that is shown in the body."""
        for element, place in self._blocks(body):
            if element.tag == f"{_W}altChunk":
                message = "a file that is embedded as a part of the text is not read"
                self.remarks.append(Remark("left-out", max(len(self.flow.lines), 1), "error", message))
            else:
                self._read_paragraph(element, place)

    def _blocks(self, body: Any) -> Iterator[tuple[Any, _Place]]:
        """Yield each paragraph that is shown, and each embedded file, with its place."""
        stack = [(child, _Place()) for child in reversed(body)]
        while stack:
            check_time()
            element, place = stack.pop()
            if not is_shown(element) or self._is_deleted(element, place):
                continue
            if element.tag in (f"{_W}p", f"{_W}altChunk"):
                yield element, place
            if element.tag == f"{_W}sdt" and _has_blocks(element) and self.texts.is_placeholder(element):
                place = place._replace(is_placeholder=True)
            place = self._enter(element, place)
            stack.extend((child, place) for child in reversed(element))

    def _is_deleted(self, element: Any, place: _Place) -> bool:
        """Return whether a tracked change deletes a row or a cell of a table."""
        if element.tag == f"{_W}tr" and element.find(f"{_W}trPr/{_W}del") is not None:
            if place.table:
                _end_merged(element, place.table)
            return True
        return element.tag == f"{_W}tc" and element.find(f"{_W}tcPr/{_W}cellDel") is not None

    def _enter(self, element: Any, place: _Place) -> _Place:
        """Return the place of what is in an element, and begin the table, row or cell that it is."""
        if element.tag == f"{_W}tbl":
            return place._replace(table=self.flow.open_table(), cell=None)
        if element.tag == f"{_W}tr" and place.table:
            place.table.start_row()
            place.table.skip_columns(_number(element, "trPr/gridBefore", 0))
        elif element.tag == f"{_W}tc" and place.table:
            return place._replace(cell=_start_cell(element, place.table))
        return place

    def _read_paragraph(self, paragraph: Any, place: _Place) -> None:
        parts = [*self._carried.pop(paragraph, []), paragraph]
        if is_mark_deleted(paragraph):
            following = _following_paragraph(paragraph)
            if following is not None:
                self._carried[following] = parts
                return
        number = self.flow.next_number
        pieces = [piece for part in parts for piece in self.texts.paragraph_to_pieces(part, number)]
        pieces = [] if place.is_placeholder else pieces
        text = "".join(piece.text for piece in pieces)
        if not text and is_mark_deleted(paragraph):
            return  # deleted as a whole: neither shown nor counted
        label, level = self._labels.next_label(paragraph), self.texts.styles.heading_level(paragraph)
        self.flow.add_paragraph(pieces, label, place.cell, level)


def _headers_to_texts(headers: Sequence[Any]) -> Iterator[str]:
    """Yield the text of each paragraph of the headers of pages, each text once."""
    texts: dict[str, None] = {}
    for header in headers:
        for paragraph in islice(header.iter(f"{_W}p"), _MOST_IN_HEADER):
            parts = [part.text or "" if part.tag == f"{_W}t" else " " for part in paragraph.iter(*_IN_HEADER)]
            texts[" ".join("".join(parts).split())] = None
    yield from filter(None, texts)


def _has_blocks(control: Any) -> bool:
    """Return whether a content control is around paragraphs, rows or cells, and not within a paragraph."""
    content = control.find(f"{_W}sdtContent")
    blocks = (f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc")
    return content is not None and any(child.tag in blocks for child in content)


def _following_paragraph(paragraph: Any) -> Any:
    """Return the paragraph after this one in the same cell or text; None if something else follows."""
    for element in paragraph.itersiblings():
        if element.tag not in _BETWEEN:
            return element if element.tag == f"{_W}p" else None
    return None


def _end_merged(row: Any, table: OpenTable) -> None:
    """End the cells above that merge with those of a deleted row, as far as these begin anew."""
    column = 1 + _number(row, "trPr/gridBefore", 0)
    for cell in row.iterfind(f"{_W}tc"):
        if not _goes_on_above(cell):
            table.end_merged(column)
        column += _number(cell, "tcPr/gridSpan", 1)


def _goes_on_above(cell: Any) -> bool:
    """Return whether a cell is merged with the one above."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    if merged is not None:
        return str(merged.get(f"{_W}val", "continue")) == "continue"
    changed = cell.find(f"{_W}tcPr/{_W}cellMerge")
    return changed is not None and changed.get(f"{_W}vMerge") == "cont"


def _number(element: Any, path: str, otherwise: int) -> int:
    found = element.find("/".join(_W + name for name in path.split("/")))
    text = "" if found is None else str(found.get(f"{_W}val", ""))
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else otherwise


def _start_cell(element: Any, table: OpenTable) -> OpenCell:
    """Begin a cell; one that is merged with the cell above goes on with it."""
    n_columns = _number(element, "tcPr/gridSpan", 1)
    if _goes_on_above(element):
        return table.go_on_above(n_columns)
    row = next((parent for parent in element.iterancestors() if parent.tag == f"{_W}tr"), None)
    is_heading = row is not None and is_on(row.find(f"{_W}trPr/{_W}tblHeader"))
    return table.add_cell(n_columns=n_columns, is_heading=is_heading)
