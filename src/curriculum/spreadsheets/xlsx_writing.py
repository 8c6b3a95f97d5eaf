"""Edits to the part of a sheet: cells are put into its XML, and every other byte stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from curriculum.errors import UnreadableFile
from curriculum.spreadsheets.new_column_styles import (
    ColumnRun,
    FormatList,
    added_to_width,
    data_to_styles,
    row_to_height,
)
from curriculum.spreadsheets.rich_text import (
    item_to_text,
    item_with_replacements,
    text_to_xml,
    text_with_replacements,
)
from curriculum.spreadsheets.tracker import (
    CODES,
    DATE,
    MAX_COLUMNS,
    NUMBER,
    AddedColumn,
    Cell,
    Edits,
    Sheet,
    column_to_letters,
)
from curriculum.spreadsheets.xlsx_package import local_name, read_xml
from curriculum.spreadsheets.xlsx_reading import elements_inside, name_to_position

__all__ = [
    "item_with_replacements",
    "part_to_edited",
    "require_utf8",
    "text_to_xml",
    "text_with_replacements",
]

_ROW = re.compile(rb"^<(?:[^\s<>/:]+:)?row\b")
_GIVEN_HEIGHT = re.compile(rb'\scustomHeight=["\'](?:1|true)["\']')
_HEIGHT = re.compile(rb'\sht=["\'][\d.]*["\']')
_SPANS = re.compile(rb'(\sspans=["\'])(\d+):(\d+)(["\'])')
_PLACES = re.compile(r"[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?")
# XML in UTF-8: with a declaration that says so, or with none.
_UTF8 = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*(?:<\?xml(?:(?!\?>).)*?encoding=["\']utf-?8["\']|<\?xml(?!(?:(?!\?>).)*?encoding=)|<[^?])',
    re.IGNORECASE | re.DOTALL,
)


class _Splice(NamedTuple):
    """Bytes of a part that become others."""

    start: int
    end: int
    data: bytes


def require_utf8(where: str, *parts: bytes) -> None:
    """Refuse parts to be written to whose XML is not in UTF-8.

    Raises
    ------
    UnreadableFile
        If one is not.
    """
    if not all(_UTF8.match(part) for part in parts):
        raise UnreadableFile(
            "holds XML in an unusual encoding",
            where=where,
            expected="UTF-8",
            found="another",
            advice="Open it in Excel and save it again.",
        )


def part_to_edited(
    data: bytes,
    sheet: Sheet,
    edits: Edits,
    strings: Mapping[int, bytes],
    where: str,
    *,
    looks: FormatList | None = None,
) -> bytes:
    """Put new cells into the part of a sheet, and rewrite others.

    Parameters
    ----------
    data
        The part, as the package holds it.
    sheet
        The sheet, as it was read.
    edits
        What is to be written.
    strings
        The XML of shared texts that cells to rewrite hold, by number; it can have formats within.
    where
        The sheet, as a message should name it.
    looks
        The formats of the workbook, to which those are added that the new columns need.

    Raises
    ------
    UnreadableFile
        If the sheet has no room for the columns, or its XML is in an unusual encoding.
    """
    if sheet.last_column + len(edits.added) > MAX_COLUMNS:
        raise UnreadableFile(
            "has no room for more columns",
            where=where,
            expected=f"at most {MAX_COLUMNS - len(edits.added):,} columns that are used",
            found=f"{sheet.last_column:,}",
            advice="Take the formulas or formats of the last columns away, or use --in-place.",
        )
    require_utf8(where, data)
    splicer = _Splicer(data, sheet, edits, strings, looks)
    return _spliced(data, splicer.splices())


def _spliced(data: bytes, splices: Sequence[_Splice]) -> bytes:
    held = memoryview(data)
    pieces: list[bytes | memoryview] = []
    at = 0
    for splice in splices:
        pieces += [held[at : splice.start], splice.data]
        at = splice.end
    return b"".join([*pieces, held[at:]])


class _Splicer:
    """Finds the places in a sheet's part where cells go in, by the byte."""

    def __init__(
        self,
        data: bytes,
        sheet: Sheet,
        edits: Edits,
        strings: Mapping[int, bytes],
        looks: FormatList | None = None,
    ) -> None:
        self.data, self.sheet, self.edits, self.strings = data, sheet, edits, strings
        self.looks, self._like_styles = looks, data_to_styles(data, edits.added)
        self._heights: dict[int, str] = {}
        self._cols_place = 0
        self.first_new = sheet.last_column + 1
        self.last_new = sheet.last_column + len(edits.added)
        self._found: list[_Splice] = []
        self._row, self._column = 0, 0
        self._row_start, self._cell_start, self._cell_style = 0, 0, ""
        self._old: dict[int, tuple[int, int]] = {}
        self._styles: dict[int, str] = {}
        self._columns: list[ColumnRun] = []
        self._cols_start = self._cols_end = -1
        self._is_in_cols = False
        self._prefix = ""
        self._likes = frozenset(one.like for one in edits.added)

    def splices(self) -> list[_Splice]:
        """Return what is to be changed, from the front to the back."""
        parser = expat.ParserCreate()
        self._parser = parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.Parse(self.data, True)
        self._add_widths(self._cols_place)
        return sorted(self._found)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        own = local_name(name)
        if own == "c":
            place = attributes.get("r")
            self._column = name_to_position(place)[1] if place else self._column + 1
            self._cell_start, self._cell_style = self._parser.CurrentByteIndex, attributes.get("s", "")
            if self._column in self._likes:
                self._styles[self._column] = self._cell_style
        elif own == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._row_start, self._column = self._parser.CurrentByteIndex, 0
            self._old, self._styles = {}, {}
            self._heights[self._row] = attributes.get("ht", "")
        elif own == "cols":
            self._cols_start, self._is_in_cols = self._parser.CurrentByteIndex, True
        elif own == "col" and self._is_in_cols:
            self._columns.append(ColumnRun(int(attributes["min"]), int(attributes["max"]), attributes))
        elif own == "sheetData":
            self._prefix = name[: -len(own)]
            self._cols_place = self._parser.CurrentByteIndex
        elif own == "dimension":
            self._add_dimension(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        own = local_name(name)
        if own == "c":
            end = self._element_end(name)
            if self._column >= self.first_new:
                self._old[self._column] = self._cell_start, end
            elif (self._row, self._column) in self.edits.rewritten:
                cell = self._rewritten(self.data[self._cell_start : end])
                self._found.append(_Splice(self._cell_start, end, cell.encode()))
        elif own == "row":
            self._add_cells(name)
        elif own == "cols":
            self._cols_end, self._is_in_cols = self._element_end(name), False

    def _element_end(self, name: str) -> int:
        """Return the byte behind the element that ends; expat stands before its end tag, or behind it."""
        at = self._parser.CurrentByteIndex
        return self.data.index(b">", at) + 1 if self.data.startswith(b"</" + name.encode(), at) else at

    def _rewritten(self, xml: bytes) -> str:
        replacements = self.edits.rewritten[self._row, self._column]
        text = self.sheet.rows[self._row][self._column].text
        number, inline = _cell_to_held(xml)
        held = self.strings[number] if number is not None else inline
        # Where XML says it in another way than it was read, the text alone is written.
        is_same = held is not None and item_to_text(held) == text
        inside = item_with_replacements(held, replacements) if held and is_same else ""
        return self._cell(self._column, text_with_replacements(text, replacements), self._cell_style, inside)

    def _cell(self, column: int, value: str | Cell, style: str, inside: str = "") -> str:
        p = self._prefix
        place = f"{column_to_letters(column)}{self._row}"
        if isinstance(value, Cell) and (value.form in {NUMBER, DATE} or value.type) and value.raw:
            held = f' s="{value.style}"' if value.style else ""
            held += f' t="{value.type}"' if value.type else ""
            return f'<{p}c r="{place}"{held}><{p}v>{escape(value.raw)}</{p}v></{p}c>'
        text = value.text if isinstance(value, Cell) else value
        held = f' s="{style}"' if style else ""
        if not text:
            return f'<{p}c r="{place}"{held}/>'
        inside = inside or f'<{p}t xml:space="preserve">{text_to_xml(text)}</{p}t>'
        return f'<{p}c r="{place}"{held} t="inlineStr"><{p}is>{inside}</{p}is></{p}c>'

    def _add_cells(self, name: str) -> None:
        """Put the new cells of a row in, over empty cells that stand where they go."""
        new = {
            self.first_new + at: self._cell(self.first_new + at, one.values[self._row], self._style(one))
            for at, one in enumerate(self.edits.added)
            if self._row in one.values
        }
        if not new:
            return
        end = self._element_end(name)
        header = self.data.index(b">", self._row_start) + 1
        tag = _SPANS.sub(self._widened, self.data[self._row_start : header])
        # A height that a person gave stays.
        higher = row_to_height(self.edits.added, self._row, self._heights[self._row])
        if higher and not _GIVEN_HEIGHT.search(tag):
            tag = _ROW.sub(rb'\g<0> ht="' + higher.encode() + b'"', _HEIGHT.sub(b"", tag), count=1)
        is_closed = header == end and tag.endswith(b"/>")
        tag = tag[:-2] + b">" if is_closed else tag
        tail = f"</{name}>".encode() if is_closed else b""
        self._found.append(_Splice(self._row_start, header, tag))
        # Empty cells beyond the last one that is used give way, or stay behind the new ones.
        first = min((start for start, _ in self._old.values()), default=self._parser.CurrentByteIndex)
        last = max((end for _, end in self._old.values()), default=first)
        kept = {column: self.data[start:end].decode() for column, (start, end) in self._old.items()}
        cells = "".join(text for _, text in sorted({**kept, **new}.items())).encode()
        self._found.append(
            _Splice(header, header, cells + tail) if is_closed else _Splice(first, last, cells)
        )

    def _style(self, one: AddedColumn) -> str:
        """Return the format of a new cell: that of its neighbour, as far as its column takes it over."""
        style = self._styles.get(one.like, "")
        value = one.values[self._row]
        if not self.looks or not one.look:
            return style
        if self._row == one.header_row:
            return self.looks.header(style)
        if one.look == CODES and isinstance(value, Cell) and value.style:
            return value.style
        is_even = one.look == CODES and self.looks.is_even(self._like_styles.get(one.like, ()))
        return style if is_even else self.looks.plain(style)

    def _widened(self, found: re.Match[bytes]) -> bytes:
        last = max(int(found[3]), self.last_new)
        return found[1] + found[2] + b":" + str(last).encode() + found[4]

    def _add_dimension(self, ref: str) -> None:
        """Let the sheet say how far it goes; without new columns it stays as it is."""
        start = self._parser.CurrentByteIndex
        end = self.data.index(b">", start) + 1
        first, _, last = ref.partition(":")
        if not self.edits.added or not _PLACES.fullmatch(ref):
            return
        row, column = name_to_position(last or first)
        widened = f"{first}:{column_to_letters(max(column, self.last_new))}{row}"
        tag = self.data[start:end].replace(f'"{ref}"'.encode(), f'"{widened}"'.encode())
        self._found.append(_Splice(start, end, tag))

    def _add_widths(self, at: int) -> None:
        """Set the width of each new column, in place of what `cols` says of it."""
        if not self.edits.added:
            return
        runs = [run for one in self._columns for run in one.without(self.first_new, self.last_new)]
        runs += [
            ColumnRun(self.first_new + n, self.first_new + n, {"width": f"{width:g}", "customWidth": "1"})
            for n, width in enumerate(self._widths())
        ]
        p = self._prefix
        told = "".join(run.to_xml(p) for run in sorted(runs, key=lambda run: run.first))
        cols = f"<{p}cols>{told}</{p}cols>".encode()
        start, end = (self._cols_start, self._cols_end) if self._cols_start >= 0 else (at, at)
        self._found.append(_Splice(start, end, cols))

    def _widths(self) -> Iterator[float]:
        for one in self.edits.added:
            yield added_to_width(one, self._heights.get(one.header_row, "")) if one.header_row else one.width


def _cell_to_held(xml: bytes) -> tuple[int | None, bytes | None]:
    """Return the number of the shared text that a cell holds, or the XML of the text inside it."""
    types: list[str] = []
    values: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not inside:
            types.append(attributes.get("t", ""))
        inside.append(local_name(name))

    def end(_: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        if inside[-1] == "v":
            values.append(piece)

    read_xml(xml, start, end, text)
    if types == ["s"]:
        return int("".join(values)), None
    return None, next(iter(elements_inside(xml, "is")), None)
