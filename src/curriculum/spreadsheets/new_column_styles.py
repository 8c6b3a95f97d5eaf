"""The look of new columns: headings that wrap, and notes that take over no colour of their neighbours.

Formats are added behind those that a workbook has, so that no number of one changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Final, NamedTuple
from xml.sax.saxutils import quoteattr

from curriculum.spreadsheets.tracker import CODES, PLAIN, AddedColumn, Cell, name_to_position
from curriculum.spreadsheets.xml_elements import data_to_parser, local_name, xml_elements

__all__ = ["ColumnRun", "FormatList", "added_to_width", "data_to_styles", "row_to_height"]

_LIST: Final = "cellXfs"
_COUNT: Final = re.compile(rb"""\bcount\s*=\s*["']\d+["']""")
# A heading is bold and can be larger than what a column's width is told in.
_ROOM: Final = 1.25
# How many characters of a running text stand in the width of one digit.
_CHARACTERS: Final = 1.1
_LINE: Final = 15.0
_WIDEST: Final = 44.0
_MOST_HEIGHT: Final = 409.0


class FormatList:
    """The formats of a workbook, and those that new columns need beside them.

    Parameters
    ----------
    styles
        The part of a workbook that holds its formats.
    """

    def __init__(self, styles: bytes) -> None:
        self._data = styles
        self._list = _data_to_list(styles)
        self._own = self._list.formats if self._list else []
        self._new: dict[str, int] = {}

    def header(self, style: str) -> str:
        """Return the number of a format like another, whose text wraps."""
        return self._number(self._format(style).wrapped().to_xml(), style)

    def plain(self, style: str) -> str:
        """Return the number of a format with the borders of another, and nothing else of it."""
        held = self._format(style)
        own = dict.fromkeys(("numFmtId", "fontId", "fillId"), "0")
        own |= {"borderId": held.own.get("borderId", "0"), "xfId": "0", "applyBorder": "1"}
        own |= {"applyProtection": "1"} if held.protection else {}
        alignment = {"vertical": "top", "wrapText": "1"}
        return self._number(_Format(own, alignment, held.protection).to_xml(), style)

    def is_even(self, styles: Collection[str]) -> bool:
        """Return whether formats have the same fill and the same font."""
        held = map(self._format, styles)
        return len({(one.own.get("fillId"), one.own.get("fontId")) for one in held}) < 2

    def to_bytes(self) -> bytes:
        """Return the part with the formats that were asked for."""
        found = self._list
        if not self._new or not found:
            return self._data
        prefix = found.prefix
        told = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", "".join(self._new)).encode()
        count = f'count="{len(self._own) + len(self._new)}"'.encode()
        tag = _COUNT.sub(count, self._data[found.start : found.inside])
        held = self._data[found.inside : found.end]
        return self._data[: found.start] + tag + held + told + self._data[found.end :]

    def _format(self, style: str) -> _Format:
        number = int(style or 0)
        return self._own[number] if number < len(self._own) else _Format({}, {}, {})

    def _number(self, told: str, style: str) -> str:
        """Return the number of a format; where a workbook has no list of them, that of the neighbour."""
        return str(self._new.setdefault(told, len(self._own) + len(self._new))) if self._own else style


class _Format(NamedTuple):
    """A format: what its tag says, and those of its alignment and its protection."""

    own: dict[str, str]
    alignment: dict[str, str]
    protection: dict[str, str]

    def wrapped(self) -> _Format:
        """Return the format with a text that wraps."""
        held = {name: value for name, value in self.alignment.items() if name != "shrinkToFit"}
        return self._replace(alignment={**held, "wrapText": "1"})

    def to_xml(self) -> str:
        """Return a format as it stands in a list of them."""
        own = {**self.own, "applyAlignment": "1"}
        protection = _tag("protection", self.protection, "/") if self.protection else ""
        return f"{_tag('xf', own)}{_tag('alignment', self.alignment, '/')}{protection}</xf>"


def _tag(name: str, attributes: Mapping[str, str], end: str = "") -> str:
    """Return a tag; what a namespace of its own adds to one is left out."""
    held = (f" {key}={quoteattr(value)}" for key, value in attributes.items() if ":" not in key)
    return f"<{name}{''.join(held)}{end}>"


class _FormatPlace(NamedTuple):
    """The bytes at which the list of formats begins, its content begins and ends; its prefix and formats."""

    start: int
    inside: int
    end: int
    prefix: str
    formats: list[_Format]


def _data_to_list(data: bytes) -> _FormatPlace | None:
    """Return the list of formats of a part, and its place; None if there is none."""
    formats: list[_Format] = []
    parts: dict[str, dict[str, str]] = {"alignment": {}, "protection": {}}
    for element in xml_elements(data, _LIST, "xf", *parts) if data else ():
        if element.name == _LIST:
            return _FormatPlace(element.start, element.inside, element.end, element.prefix, formats)
        if element.name in parts and element.parents[-2:] == (_LIST, "xf"):
            parts[element.name] = element.attributes
        elif element.name == "xf" and element.parent == _LIST:
            formats.append(_Format(element.attributes, **parts))
            parts = {name: {} for name in parts}
    return None


class ColumnRun(NamedTuple):
    """A run of columns with one look, as `cols` lists it."""

    first: int
    last: int
    attributes: dict[str, str]

    def without(self, first: int, last: int) -> Iterator[ColumnRun]:
        """Yield what is left of a run without the columns from the first to the last one named."""
        if self.first < first:
            yield self._replace(last=min(self.last, first - 1))
        if self.last > last:
            yield self._replace(first=max(self.first, last + 1))

    def to_xml(self, prefix: str) -> str:
        """Return a run as it stands in the part of a sheet."""
        named = {**self.attributes, "min": str(self.first), "max": str(self.last)}
        order = ("min", "max", *(name for name in named if name not in {"min", "max"}))
        return f"<{prefix}col {' '.join(f'{name}={quoteattr(named[name])}' for name in order)}/>"


def added_to_width(one: AddedColumn, height: str) -> float:
    """Return the width of a new column, in characters, in which its heading is seen whole.

    Parameters
    ----------
    one
        The column.
    height
        The height of the row of the heading, as the sheet tells it; empty if it tells none.

    Examples
    --------
    >>> added_to_width(AddedColumn({1: "KSBs (st0792-1.2)", 2: "K4"}, 1, 18.0, PLAIN, 1), "")
    22.0
    >>> added_to_width(AddedColumn({1: "Topic and activity (st0792-1.2)"}, 1, 18.0, PLAIN, 1), "30")
    23.0
    """
    header = one.values.get(one.header_row, "")
    lines = max(int(float(height or _LINE) / _LINE), 1)
    width = one.width
    while isinstance(header, str) and width < _WIDEST and len(wrap(header, int(width / _ROOM))) > lines:
        width += 1
    return width


def row_to_height(added: Iterable[AddedColumn], row: int, height: str) -> str:
    """Return the height of a row, in points, in which the texts of new columns that wrap are seen whole.

    Parameters
    ----------
    added
        The new columns.
    row
        The row.
    height
        Its height as the sheet tells it; empty if it tells none, or where nothing has to be higher.

    Examples
    --------
    >>> note = AddedColumn({2: "K7: proposed as withdrawn (0.56); S9: proposed S8"}, 1, 40.0, PLAIN)
    >>> row_to_height([note], 2, ""), row_to_height([note], 2, "48"), row_to_height([note], 3, "")
    ('30', '', '')
    """
    counts = (_count_lines(one, row) for one in added if one.look == PLAIN and row != one.header_row)
    needed = min(max(counts, default=1) * _LINE, _MOST_HEIGHT)
    return f"{needed:g}" if needed > float(height or _LINE) else ""


def _count_lines(one: AddedColumn, row: int) -> int:
    value = one.values.get(row, "")
    text = value.text if isinstance(value, Cell) else value
    return sum(len(wrap(part, int(one.width * _CHARACTERS))) or 1 for part in text.split("\n"))


def data_to_styles(data: bytes, added: Collection[AddedColumn]) -> Mapping[int, frozenset[str]]:
    """Return the formats that the cells have whose look new columns of codes take, by column."""
    rows = {one.like: one.values.keys() - {one.header_row} for one in added if one.look == CODES}
    found: dict[int, dict[int, str]] = {column: {} for column in rows}
    row = column = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        name = local_name(tag)
        if name == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif name == "c":
            column = name_to_position(attributes["r"])[1] if "r" in attributes else column + 1
            if column in found and row in rows[column]:
                found[column][row] = attributes.get("s", "")

    if found:
        # A function that the parser calls for each cell takes half as long as an iterator.
        parser = data_to_parser(data)
        parser.StartElementHandler = start
        parser.Parse(data, True)
    # A cell that is not there has the look of an empty one.
    return {
        column: frozenset(held.values()) | ({""} if held.keys() < rows[column] else set())
        for column, held in found.items()
    }
