"""Read an OpenDocument text: its paragraphs and the cells of its tables, with the labels of its lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from curriculum.documents.list_numbering import Label
from curriculum.documents.markup import Remark
from curriculum.documents.open_document_lists import ListLabels, ListPlace, roots_to_list_labels
from curriculum.documents.open_document_package import bytes_to_open_document_parts
from curriculum.documents.open_document_styles import PLAIN, roots_to_looks
from curriculum.documents.open_document_text import ParagraphReader, is_drawn, is_text_left_out
from curriculum.documents.table_cells import Content, OpenCell, OpenTable
from curriculum.documents.text_flow import TextFlow
from curriculum.documents.unread_remarks import changes_to_remarks, unread_to_remarks
from curriculum.errors import refuse_more
from curriculum.files.limits import check_time
from curriculum.model.text import text_to_squashed

__all__ = ["open_document_to_content"]

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS: Final = (f"{_TEXT}p", f"{_TEXT}h")
_OBJECTS: Final = {
    **dict.fromkeys(
        (f"{_DRAW}{name}" for name in ("object", "object-ole", "plugin", "applet")), "an embedded object"
    ),
    f"{_DRAW}control": "a control of a form",
}
# Made by the program from the headings and captions; a bibliography is not.
_GENERATED: Final = tuple(
    f"{_TEXT}{name}"
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "alphabetical-index",
    )
)
_CHANGES: Final = {f"{_TEXT}insertion": "insertion", f"{_TEXT}deletion": "deletion"}
_HEADERS: Final = frozenset(f"{_STYLE}header{name}" for name in ("", "-left", "-first"))
_MOST_IN_HEADER = 20
_MOST_LINES, _MOST_REPEATED = 8_000, 1_000
_TOO_LARGE = "too large for the text of a standard"
_SAVE_APART = "Put each document into a separate file."


def open_document_to_content(data: bytes, where: str) -> Content:
    """Read an OpenDocument text (`.odt`, `.ott`, `.fodt`).

    Each paragraph is a line, in the order of the document, those in the cells of tables too; a line break
    within a paragraph ends a line. Labels and bullets of lists are before their paragraphs. Tracked
    changes are read as if all were accepted. Hidden text, comments, footnotes, placeholders, tables of
    contents and embedded files are left out. The headers of pages are in no line, but in the markup.

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
        If it is no OpenDocument text, is protected by a password or damaged, or the extra ``documents`` is
        not installed.
    """
    body, roots = bytes_to_open_document_parts(data, where)
    texts = ParagraphReader(roots_to_looks(roots))
    reader = _Reader(texts, roots_to_list_labels(roots), where)
    reader.read(body)
    changes = Counter(_CHANGES[element.tag] for element in body.iter(*_CHANGES))
    texts.unread.labels = reader.labels.unknown
    remarks = (
        *changes_to_remarks(changes),
        *_doubtful_lists(reader.labels.doubtful),
        *unread_to_remarks(texts.unread),
    )
    return reader.flow.to_content(where, remarks, tuple(_headers_to_texts(roots, texts)))


@dataclass
class _Grid:
    """A table, and the number of the next of its columns: each of them has an element in every row."""

    table: OpenTable
    column: int = 1

    def start_row(self) -> None:
        """Begin the next row."""
        self.table.start_row()
        self.column = 1

    def add_cell(self, element: Any, is_heading: bool) -> OpenCell:
        """Add a cell in the next column."""
        self.table.go_to_column(self.column)
        n_rows, n_columns = (_number(element, f"number-{name}-spanned") for name in ("rows", "columns"))
        self.column += 1
        return self.table.add_cell(n_rows, n_columns, is_heading)


class _Place(NamedTuple):
    """The innermost table, cell and list of an element; None outside.

    ``is_hidden`` is true within hidden sections, and ``is_heading`` in the rows of headings of a table.
    """

    grid: _Grid | None = None
    cell: OpenCell | None = None
    listed: ListPlace | None = None
    is_hidden: bool = False
    is_heading: bool = False


_Step = tuple[Any, _Place]
# In the place of an element: a row of a table begins.
_ROW = "row"


class _Reader:
    """The lines, tables and bold parts that were read so far."""

    def __init__(self, texts: ParagraphReader, labels: ListLabels, where: str) -> None:
        self.flow = TextFlow()
        self.labels = labels
        self._texts = texts
        self._where = where
        self._steps: Mapping[str, Callable[[Any, _Place], Iterator[_Step]]] = {
            **dict.fromkeys(_PARAGRAPHS, self._read_paragraph),
            f"{_TABLE}table": self._enter_table,
            f"{_TABLE}table-header-rows": _enter_heading_rows,
            f"{_TABLE}table-row": self._enter_row,
            f"{_TABLE}table-cell": _enter_cell,
            f"{_TABLE}covered-table-cell": self._pass_covered,
            f"{_TEXT}section": self._enter_section,
            f"{_TEXT}list": self._enter_list,
            f"{_TEXT}list-item": _enter_item,
            f"{_TEXT}numbered-paragraph": self._enter_numbered,
            **dict.fromkeys(_OBJECTS, self._pass_object),
            **dict.fromkeys(_GENERATED, self._pass_generated),
        }

    def read(self, body: Any) -> None:
        """Read all that is shown in the body, without recursion."""
        # Repeated rows and cells are made one by one: all of them at once can fill the memory.
        open_steps: list[Iterator[_Step]] = [((child, _Place()) for child in body)]
        while open_steps:
            check_time()
            step = next(open_steps[-1], None)
            if step is None:
                open_steps.pop()
                continue
            element, place = step
            if element is _ROW and place.grid:
                place.grid.start_row()
            elif not is_text_left_out(element) or element.tag == f"{_TEXT}section":
                open_steps.append(self._steps.get(element.tag, _enter_other)(element, place))
            n_texts = len(self.flow.lines) + len(self._texts.unread.hidden)
            self._refuse_more(n_texts, _MOST_LINES, "lines")

    def _refuse_more(self, found: int, most: int, unit: str) -> None:
        refuse_more(_TOO_LARGE, self._where, found, most, unit, advice=_SAVE_APART)

    def _read_paragraph(self, paragraph: Any, place: _Place) -> Iterator[_Step]:
        label, level = self._next_label(paragraph, place), self._heading_level(paragraph)
        number = self.flow.next_number
        if place.is_hidden or _is_hidden(paragraph):
            if text := text_to_squashed("".join(paragraph.itertext())):
                self._texts.unread.hidden.append((number, text))
            return
        look = self._texts.looks.paragraph_look(_style_name(paragraph), bool(level))
        pieces = self._texts.paragraph_to_pieces(paragraph, look, number)
        self.flow.add_paragraph(pieces, label, place.cell, level)
        yield from ((child, place._replace(listed=None)) for child in _drawn_in(paragraph))

    def _heading_level(self, paragraph: Any) -> int:
        level = self._texts.looks.heading_level(_style_name(paragraph))
        return level or (_number(paragraph, "outline-level", _TEXT) if paragraph.tag == f"{_TEXT}h" else 0)

    def _next_label(self, paragraph: Any, place: _Place) -> Label:
        number = self.flow.next_number
        if place.listed:
            return self.labels.next_label(place.listed, number)
        if paragraph.tag != f"{_TEXT}h" or paragraph.get(f"{_TEXT}is-list-header") == "true":
            return Label("", "nothing")
        starts = paragraph.get(f"{_TEXT}restart-numbering") == "true"
        start = _number(paragraph, "start-value", _TEXT) if starts else None
        return self.labels.heading_label(_number(paragraph, "outline-level", _TEXT) - 1, start, number)

    def _enter_table(self, element: Any, place: _Place) -> Iterator[_Step]:
        inner = _Place(_Grid(self.flow.open_table()), is_hidden=place.is_hidden)
        yield from ((child, inner) for child in element)

    def _enter_row(self, element: Any, place: _Place) -> Iterator[_Step]:
        if place.grid is None:
            return
        number = _number(element, "number-rows-repeated")
        if number > 1 and not _has_paragraph(element):
            place.grid.table.skip_rows(number)
            return
        self._refuse_more(number, _MOST_REPEATED, "times the same row")
        for _ in range(number):
            yield _ROW, place
            for cell in element:
                yield from self._repeated(cell, place)

    def _repeated(self, cell: Any, place: _Place) -> Iterator[_Step]:
        """Yield a cell as often as it is repeated."""
        number = _number(cell, "number-columns-repeated")
        if number > 1 and cell.tag == f"{_TABLE}table-cell" and _has_paragraph(cell):
            self._refuse_more(number, _MOST_REPEATED, "times the same cell")
            yield from ((cell, place) for _ in range(number))
        else:
            yield cell, place

    def _pass_covered(self, element: Any, place: _Place) -> Iterator[_Step]:
        """Count a cell that another covers; its text is not shown."""
        if place.grid:
            place.grid.column += _number(element, "number-columns-repeated")
        if text := text_to_squashed("".join(element.itertext())):
            self._texts.unread.hidden.append((self.flow.next_number, text))
        yield from ()

    def _enter_section(self, element: Any, place: _Place) -> Iterator[_Step]:
        display = element.get(f"{_TEXT}display")
        is_off = display == "none" or (display == "condition" and element.get(f"{_TEXT}is-hidden") == "true")
        if element.find(f"{_TEXT}section-source") is not None and not _has_paragraph(element):
            message = "a document that is linked into this one"
            self._texts.unread.embedded.append((max(len(self.flow.lines), 1), message, "error"))
        yield from ((child, place._replace(is_hidden=place.is_hidden or is_off)) for child in element)

    def _enter_list(self, element: Any, place: _Place) -> Iterator[_Step]:
        inner = self._open_list(element, place)
        yield from ((child, inner) for child in element)

    def _enter_numbered(self, element: Any, place: _Place) -> Iterator[_Step]:
        yield from _enter_item(element, self._open_list(element, place._replace(listed=None)))

    def _open_list(self, element: Any, place: _Place) -> _Place:
        paragraph = next(element.iter(*_PARAGRAPHS), None)
        named = "" if paragraph is None else self._texts.looks.list_style(_style_name(paragraph))
        listed = self.labels.open_list(element, place.listed, named, self.flow.next_number)
        return place._replace(listed=listed)

    def _pass_object(self, element: Any, _: _Place) -> Iterator[_Step]:
        number = max(len(self.flow.lines), 1)
        self._texts.unread.embedded.append((number, _OBJECTS[element.tag], "warning"))
        yield from ()

    def _pass_generated(self, element: Any, _: _Place) -> Iterator[_Step]:
        texts = ("".join(part.itertext()) for part in element.iter(*_PARAGRAPHS))
        self._texts.unread.generated += sum(1 for text in texts if text.strip())
        yield from ()


def _enter_other(element: Any, place: _Place) -> Iterator[_Step]:
    yield from ((child, place) for child in element)


def _enter_heading_rows(element: Any, place: _Place) -> Iterator[_Step]:
    yield from ((child, place._replace(is_heading=True)) for child in element)


def _enter_cell(element: Any, place: _Place) -> Iterator[_Step]:
    if place.grid is None:
        return
    if not _has_paragraph(element):
        place.grid.column += _number(element, "number-columns-repeated")
        return
    inner = place._replace(cell=place.grid.add_cell(element, place.is_heading), is_heading=False)
    yield from ((child, inner) for child in element)


def _enter_item(element: Any, place: _Place) -> Iterator[_Step]:
    """Yield what is in an item of a list: its first paragraph has the label, unless a list is before it."""
    if place.listed is None:
        return
    start = element.get(f"{_TEXT}start-value")
    named = str(element.get(f"{_TEXT}style-override") or place.listed.style)
    first = next((child for child in element if child.tag in (*_PARAGRAPHS, f"{_TEXT}list")), None)
    for child in element:
        listed = place.listed
        is_first = child is first
        if is_first and child.tag in _PARAGRAPHS:
            number = None if start is None else _number(element, "start-value", _TEXT)
            listed = listed._replace(is_first=True, style=named, start=number)
        yield child, place._replace(listed=listed)


def _style_name(paragraph: Any) -> str:
    return str(paragraph.get(f"{_TEXT}style-name") or "")


def _number(element: Any, name: str, space: str = _TABLE) -> int:
    """Return a number of an element; 1 if it has none."""
    text = str(element.get(f"{space}{name}") or "1")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 1


def _has_paragraph(element: Any) -> bool:
    return next(element.iter(*_PARAGRAPHS), None) is not None


def _is_hidden(paragraph: Any) -> bool:
    """Return whether a field hides a whole paragraph."""
    fields = paragraph.iter(f"{_TEXT}hidden-paragraph")
    return any(field.get(f"{_TEXT}is-hidden") == "true" for field in fields)


def _drawn_in(paragraph: Any) -> Iterator[Any]:
    """Yield the frames and shapes that are anchored in a paragraph, not those within another."""
    stack = [*reversed(paragraph)]
    while stack:
        element = stack.pop()
        if is_drawn(element):
            yield element
        elif not is_text_left_out(element):
            stack.extend(reversed(element))


def _headers_to_texts(roots: Sequence[Any], texts: ParagraphReader) -> Iterator[str]:
    """Yield the text of each paragraph of the headers of pages, each text once."""
    found: dict[str, None] = {}
    pages = (page for root in roots for page in root.iterfind(f"{_OFFICE}master-styles/{_STYLE}master-page"))
    headers = (part for page in pages for part in page if part.tag in _HEADERS)
    for header in headers:
        if header.get(f"{_STYLE}display") != "false":
            shown = (part for part in header.iter(*_PARAGRAPHS) if not _is_deleted(part))
            for paragraph in islice(shown, _MOST_IN_HEADER):
                pieces = texts.paragraph_to_pieces(paragraph, PLAIN, 0)
                found[text_to_squashed("".join(piece.text for piece in pieces))] = None
    yield from filter(None, found)


def _is_deleted(paragraph: Any) -> bool:
    return any(element.tag == f"{_TEXT}tracked-changes" for element in paragraph.iterancestors())


def _doubtful_lists(numbers: Sequence[int]) -> Iterator[Remark]:
    if numbers:
        message = (
            "a list goes on with the numbers of a list before the last one, or of one that is not in the "
            "file: programs count it differently; compare its labels"
        )
        yield Remark("list-labels", numbers[0], "warning", message)
