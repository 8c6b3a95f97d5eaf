"""Set the look of new columns: headers wrap, and notes do not get the colours of the cells beside them.

Formats are added after those of the workbook, so that no number of a format changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Final, NamedTuple

from curriculum.spreadsheets.tracker import CODES, PLAIN, AddedColumn, Cell, name_to_position
from curriculum.spreadsheets.xml_elements import XmlElement, data_to_parser, local_name, xml_elements
from curriculum.spreadsheets.xml_text import text_to_attribute

__all__ = ["ColumnRun", "FormatList", "added_to_width", "data_to_styles", "row_to_height"]

_LIST: Final = "cellXfs"
_COUNT: Final = re.compile(rb"""\bcount\s*=\s*["']\d+["']""")
# The width of a column counts digits of the default font; a header is bold and can be larger.
_ROOM: Final = 1.25
# How many characters of a text fit, on average, in the width of one digit.
_CHARACTERS: Final = 1.1
_LINE: Final = 15.0
_WIDEST: Final = 44.0
_MOST_HEIGHT: Final = 409.0


class FormatList:
    """The formats of a workbook, and further ones that new columns need.

    Parameters
    ----------
    styles
        The part of a workbook that contains its formats.
    """

    def __init__(self, styles: bytes) -> None:
        self._data = styles
        self._list = _data_to_list(styles)
        self._formats = self._list.formats if self._list else []
        self._new: dict[str, int] = {}

    def header(self, style: str) -> str:
        """Return the number of a format that is like another, with text that wraps."""
        return self._number(self._format(style).wrapped().to_xml(), style)

    def plain(self, style: str) -> str:
        """Return the number of a format that has only the borders of another."""
        other = self._format(style)
        attributes = dict.fromkeys(("numFmtId", "fontId", "fillId"), "0")
        attributes |= {"borderId": other.attributes.get("borderId", "0"), "xfId": "0", "applyBorder": "1"}
        attributes |= {"applyProtection": "1"} if other.protection else {}
        alignment = {"vertical": "top", "wrapText": "1"}
        return self._number(_Format(attributes, alignment, other.protection).to_xml(), style)

    def is_even(self, styles: Collection[str]) -> bool:
        """Return whether formats have the same fill and the same font."""
        attributes = [self._format(style).attributes for style in styles]
        return len({(found.get("fillId"), found.get("fontId")) for found in attributes}) < 2

    def to_bytes(self) -> bytes:
        """Return the part with the new formats."""
        if not self._new or not self._list:
            return self._data
        old = self._list.element
        new = re.sub(r"<(/?)(?=\w)", rf"<\1{old.prefix}", "".join(self._new)).encode()
        count = f'count="{len(self._formats) + len(self._new)}"'.encode()
        tag = _COUNT.sub(count, self._data[old.start : old.inside])
        return self._data[: old.start] + tag + old.content + new + self._data[old.end :]

    def _format(self, style: str) -> _Format:
        number = int(style or 0)
        return self._formats[number] if number < len(self._formats) else _Format({}, {}, {})

    def _number(self, xml: str, style: str) -> str:
        """Return the number of a new format; if a workbook has no list of formats, the number ``style``."""
        if not self._formats:
            return style
        return str(self._new.setdefault(xml, len(self._formats) + len(self._new)))


class _Format(NamedTuple):
    """A format: the attributes of its tag, of its alignment and of its protection."""

    attributes: dict[str, str]
    alignment: dict[str, str]
    protection: dict[str, str]

    def wrapped(self) -> _Format:
        """Return the format with a text that wraps."""
        kept = {name: value for name, value in self.alignment.items() if name != "shrinkToFit"}
        return self._replace(alignment={**kept, "wrapText": "1"})

    def to_xml(self) -> str:
        """Return the XML of the format."""
        attributes = {**self.attributes, "applyAlignment": "1"}
        protection = _tag("protection", self.protection, "/") if self.protection else ""
        return f"{_tag('xf', attributes)}{_tag('alignment', self.alignment, '/')}{protection}</xf>"


def _tag(name: str, attributes: Mapping[str, str], end: str = "") -> str:
    """Return a tag, without attributes that have a namespace."""
    texts = (f" {key}={text_to_attribute(value)}" for key, value in attributes.items() if ":" not in key)
    return f"<{name}{''.join(texts)}{end}>"


class _FoundList(NamedTuple):
    """The list of formats of a part: its element, and the formats."""

    element: XmlElement
    formats: list[_Format]


def _data_to_list(data: bytes) -> _FoundList | None:
    """Return the list of formats of a part; None if it has none."""
    formats: list[_Format] = []
    parts: dict[str, dict[str, str]] = {"alignment": {}, "protection": {}}
    for element in xml_elements(data, _LIST, "xf", *parts) if data else ():
        if element.name == _LIST:
            return _FoundList(element, formats)
        if element.name in parts and element.parents[-2:] == (_LIST, "xf"):
            parts[element.name] = element.attributes
        elif element.name == "xf" and element.parent == _LIST:
            formats.append(_Format(element.attributes, **parts))
            parts = {name: {} for name in parts}
    return None


class ColumnRun(NamedTuple):
    """Columns next to each other with the same look, as listed in `cols`."""

    first: int
    last: int
    attributes: dict[str, str]

    def without(self, first: int, last: int) -> Iterator[ColumnRun]:
        """Yield the parts of the run before and after some columns."""
        if self.first < first:
            yield self._replace(last=min(self.last, first - 1))
        if self.last > last:
            yield self._replace(first=max(self.first, last + 1))

    def to_xml(self, prefix: str) -> str:
        """Return the XML of the run."""
        named = {**self.attributes, "min": str(self.first), "max": str(self.last)}
        order = ("min", "max", *(name for name in named if name not in {"min", "max"}))
        return f"<{prefix}col {' '.join(f'{name}={text_to_attribute(named[name])}' for name in order)}/>"


def added_to_width(column: AddedColumn, height: str) -> float:
    """Return the width of a new column, in characters, that shows the whole header.

    Parameters
    ----------
    column
        The column.
    height
        The height of the header row according to the sheet; empty if the sheet does not state it.

    Examples
    --------
    >>> added_to_width(AddedColumn({1: "KSBs (st0792-1.2)", 2: "K4"}, 1, 18.0, PLAIN, 1), "")
    22.0
    >>> added_to_width(AddedColumn({1: "Topic and activity (st0792-1.2)"}, 1, 18.0, PLAIN, 1), "30")
    23.0
    """
    header = column.values.get(column.header_row, "")
    lines = max(int(float(height or _LINE) / _LINE), 1)
    width = column.width
    while isinstance(header, str) and width < _WIDEST and len(wrap(header, int(width / _ROOM))) > lines:
        width += 1
    return width


def row_to_height(added: Iterable[AddedColumn], row: int, height: str) -> str:
    """Return the height of a row, in points, that shows the whole texts of new columns that wrap.

    Parameters
    ----------
    added
        The new columns.
    row
        The row.
    height
        Its height according to the sheet; empty if the sheet does not state it.

    Returns
    -------
    str
        The height; empty if the row is high enough.

    Examples
    --------
    >>> note = AddedColumn({2: "K7: no counterpart found; S9: proposed S8 (0.71)"}, 1, 40.0, PLAIN)
    >>> row_to_height([note], 2, ""), row_to_height([note], 2, "48"), row_to_height([note], 3, "")
    ('30', '', '')
    """
    wrapped = (column for column in added if column.look == PLAIN and row != column.header_row)
    counts = (_count_lines(column, row) for column in wrapped)
    needed = min(max(counts, default=1) * _LINE, _MOST_HEIGHT)
    return f"{needed:g}" if needed > float(height or _LINE) else ""


def _count_lines(column: AddedColumn, row: int) -> int:
    value = column.values.get(row, "")
    text = value.text if isinstance(value, Cell) else value
    return sum(len(wrap(part, int(column.width * _CHARACTERS))) or 1 for part in text.split("\n"))


def data_to_styles(data: bytes, added: Collection[AddedColumn]) -> Mapping[int, frozenset[str]]:
    """Return the formats of the cells that new columns of codes are to look like, by column."""
    rows = {new.like: new.values.keys() - {new.header_row} for new in added if new.look == CODES}
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
    # A missing cell looks like an empty one.
    return {
        column: frozenset(styles.values()) | ({""} if styles.keys() < rows[column] else set())
        for column, styles in found.items()
    }
