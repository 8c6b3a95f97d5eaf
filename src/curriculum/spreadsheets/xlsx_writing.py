"""Insert and rewrite cells in the part of a sheet; every other byte stays the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

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
    name_to_position,
)
from curriculum.spreadsheets.xlsx_package import require_utf8
from curriculum.spreadsheets.xml_elements import XmlElement, data_to_parser, local_name, xml_elements
from curriculum.spreadsheets.xml_text import text_to_content

__all__ = ["part_to_edited"]

_ROW = re.compile(rb"^<(?:[^\s<>/:]+:)?row\b")
_GIVEN_HEIGHT = re.compile(rb'\scustomHeight=["\'](?:1|true)["\']')
_HEIGHT = re.compile(rb'\sht=["\'][\d.]*["\']')
_SPANS = re.compile(rb'(\sspans=["\'])(\d+):(\d+)(["\'])')
_PLACES = re.compile(r"[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?")


class _Splice(NamedTuple):
    """A replacement of bytes of a part."""

    start: int
    end: int
    data: bytes


def part_to_edited(
    data: bytes,
    sheet: Sheet,
    edits: Edits,
    strings: Mapping[int, bytes],
    where: str,
    *,
    looks: FormatList | None = None,
) -> bytes:
    """Return the part of a sheet with new and rewritten cells.

    Parameters
    ----------
    data
        The part.
    sheet
        The sheet, as it was read.
    edits
        The changes.
    strings
        The XML of the shared texts, by number, for cells to rewrite; it can contain formats.
    where
        The sheet, as a message should name it.
    looks
        The formats of the workbook; formats that the new columns need are added to them.

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
            advice="Delete the formulas or formats of the last columns, or use --in-place.",
        )
    require_utf8(where, data)
    splicer = _Splicer(data, sheet, edits, strings, looks)
    return _spliced(data, splicer.splices())


def _spliced(data: bytes, splices: Sequence[_Splice]) -> bytes:
    view = memoryview(data)
    pieces: list[bytes | memoryview] = []
    at = 0
    for splice in splices:
        pieces += [view[at : splice.start], splice.data]
        at = splice.end
    return b"".join([*pieces, view[at:]])


class _Splicer:
    """Finds the places in the part of a sheet where cells are inserted, by the byte."""

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
        self.first_new = sheet.last_column + 1
        self.last_new = sheet.last_column + len(edits.added)
        self._found: list[_Splice] = []
        self._row, self._column = 0, 0
        self._opened: dict[str, XmlElement] = {}
        self._old: dict[int, XmlElement] = {}
        self._styles: dict[int, str] = {}
        self._columns: list[ColumnRun] = []
        self._cols_place = (0, 0)
        self._has_cols = False
        self._prefix = ""
        self._likes = frozenset(column.like for column in edits.added)

    def splices(self) -> list[_Splice]:
        """Return the changes, in the order of their places."""
        # Functions that the parser calls for each cell take half as long as an iterator.
        parser = self._parser = data_to_parser(self.data)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.Parse(self.data, True)
        self._add_widths()
        return sorted(self._found)

    def _open(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        self._opened[name] = XmlElement(tag, name, (), attributes, "", start, start, self.data)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local_name(tag)
        if name == "c":
            place = attributes.get("r")
            self._column = name_to_position(place)[1] if place else self._column + 1
            if self._column in self._likes:
                self._styles[self._column] = attributes.get("s", "")
            if self._column >= self.first_new or (self._row, self._column) in self.edits.rewritten:
                self._open(tag, name, attributes)
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            self._old, self._styles = {}, {}
            self._heights[self._row] = attributes.get("ht", "")
            self._open(tag, name, attributes)
        elif name in {"cols", "dimension"}:
            self._open(tag, name, attributes)
        elif name == "col" and "cols" in self._opened:
            self._columns.append(ColumnRun(int(attributes["min"]), int(attributes["max"]), attributes))
        elif name == "sheetData":
            self._prefix = tag.removesuffix(name)
            if not self._has_cols:
                self._cols_place = self._parser.CurrentByteIndex, self._parser.CurrentByteIndex

    def _end(self, tag: str) -> None:
        element = self._opened.pop(local_name(tag), None)
        if not element:
            return
        element = element._replace(end=self._parser.CurrentByteIndex)
        if element.name == "row":
            self._add_cells(element)
        elif element.name == "cols":
            self._has_cols, self._cols_place = True, (element.start, element.stop)
        elif element.name == "dimension":
            self._add_dimension(element)
        elif self._column >= self.first_new:
            self._old[self._column] = element
        else:
            self._found.append(_Splice(element.start, element.stop, self._rewritten(element).encode()))

    def _rewritten(self, cell: XmlElement) -> str:
        replacements = self.edits.rewritten[self._row, self._column]
        text = self.sheet.rows[self._row][self._column].text
        number, inline = _cell_to_text(self.data[cell.start : cell.stop])
        item = self.strings[number] if number is not None else inline
        # Where the XML gives another text than was read, the text is written without its formats.
        is_same = item is not None and item_to_text(item) == text
        inside = item_with_replacements(item, replacements) if item and is_same else ""
        style = cell.attributes.get("s", "")
        return self._cell(self._column, text_with_replacements(text, replacements), style, inside)

    def _cell(self, column: int, value: str | Cell, style: str, inside: str = "") -> str:
        p = self._prefix
        place = f"{column_to_letters(column)}{self._row}"
        if isinstance(value, Cell) and (value.form in {NUMBER, DATE} or value.type) and value.raw:
            attributes = f' s="{value.style}"' if value.style else ""
            attributes += f' t="{value.type}"' if value.type else ""
            return f'<{p}c r="{place}"{attributes}><{p}v>{text_to_content(value.raw)}</{p}v></{p}c>'
        text = value.text if isinstance(value, Cell) else value
        attributes = f' s="{style}"' if style else ""
        if not text:
            return f'<{p}c r="{place}"{attributes}/>'
        inside = inside or f'<{p}t xml:space="preserve">{text_to_xml(text)}</{p}t>'
        return f'<{p}c r="{place}"{attributes} t="inlineStr"><{p}is>{inside}</{p}is></{p}c>'

    def _add_cells(self, row: XmlElement) -> None:
        """Add the new cells of a row, in place of empty cells in the same columns."""
        new = {
            column: self._cell(column, added.values[self._row], self._style(added))
            for column, added in enumerate(self.edits.added, start=self.first_new)
            if self._row in added.values
        }
        if not new:
            return
        inside, is_closed = row.inside, row.is_closed
        tag = _SPANS.sub(self._widened, self.data[row.start : inside])
        # A height that the user has set stays.
        higher = row_to_height(self.edits.added, self._row, self._heights[self._row])
        if higher and not _GIVEN_HEIGHT.search(tag):
            tag = _ROW.sub(rb'\g<0> ht="' + higher.encode() + b'"', _HEIGHT.sub(b"", tag), count=1)
        tag = tag[:-2] + b">" if is_closed else tag
        self._found.append(_Splice(row.start, inside, tag))
        # Empty cells after the last column that is used are replaced, or stay after the new ones.
        first = min((cell.start for cell in self._old.values()), default=row.end)
        last = max((cell.stop for cell in self._old.values()), default=first)
        kept = {column: self.data[cell.start : cell.stop].decode() for column, cell in self._old.items()}
        cells = "".join(text for _, text in sorted({**kept, **new}.items()))
        end_tag = f"</{row.tag}>" if is_closed else ""
        self._found.append(_Splice(first, last, (cells + end_tag).encode()))

    def _style(self, added: AddedColumn) -> str:
        """Return the format of a new cell: that of its neighbour, as far as its column is to look like it."""
        style = self._styles.get(added.like, "")
        value = added.values[self._row]
        if not self.looks or not added.look:
            return style
        if self._row == added.header_row:
            return self.looks.header(style)
        if added.look == CODES and isinstance(value, Cell) and value.style:
            return value.style
        is_even = added.look == CODES and self.looks.is_even(self._like_styles.get(added.like, ()))
        return style if is_even else self.looks.plain(style)

    def _widened(self, found: re.Match[bytes]) -> bytes:
        last = max(int(found[3]), self.last_new)
        return found[1] + found[2] + b":" + str(last).encode() + found[4]

    def _add_dimension(self, element: XmlElement) -> None:
        """Change the range that the sheet states as used; without new columns it stays as it is."""
        ref = element.attributes.get("ref", "")
        if not self.edits.added or not _PLACES.fullmatch(ref):
            return
        first, _, last = ref.partition(":")
        row, column = name_to_position(last or first)
        widened = f"{first}:{column_to_letters(max(column, self.last_new))}{row}"
        tag = self.data[element.start : element.inside]
        tag = tag.replace(f'"{ref}"'.encode(), f'"{widened}"'.encode())
        self._found.append(_Splice(element.start, element.inside, tag))

    def _add_widths(self) -> None:
        """Set the width of each new column, in place of the width in `cols`."""
        if not self.edits.added:
            return
        runs = [rest for run in self._columns for rest in run.without(self.first_new, self.last_new)]
        runs += [
            ColumnRun(column, column, {"width": f"{width:g}", "customWidth": "1"})
            for column, width in enumerate(self._widths(), start=self.first_new)
        ]
        p = self._prefix
        xml = "".join(run.to_xml(p) for run in sorted(runs, key=lambda run: run.first))
        self._found.append(_Splice(*self._cols_place, f"<{p}cols>{xml}</{p}cols>".encode()))

    def _widths(self) -> Iterator[float]:
        for column in self.edits.added:
            height = self._heights.get(column.header_row, "")
            yield added_to_width(column, height) if column.header_row else column.width


def _cell_to_text(xml: bytes) -> tuple[int | None, bytes | None]:
    """Return the number of the shared text of a cell, or the XML of the text in the cell itself."""
    value, inline, is_shared = "", None, False
    for element in xml_elements(xml, "c", "v", "is"):
        if element.name == "v":
            value += element.text
        elif element.name == "is":
            inline = element.content if inline is None else inline
        else:
            is_shared = element.attributes.get("t") == "s"
    return (int(value), None) if is_shared else (None, inline)
