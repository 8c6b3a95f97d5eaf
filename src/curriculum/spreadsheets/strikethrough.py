"""Find the cells of a workbook whose text is struck out, fully or partly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from curriculum.spreadsheets.tracker import Cell, Sheet, letters_to_column
from curriculum.spreadsheets.xml_elements import XmlElement, xml_elements

__all__ = ["data_to_struck_styles", "data_to_struck_texts", "sheet_with_strikethrough"]

_OFF = frozenset(("0", "false"))


def _is_on(strike: XmlElement) -> bool:
    return strike.attributes.get("val", "1") not in _OFF


def data_to_struck_styles(data: bytes) -> frozenset[str]:
    """Return the numbers of the styles whose font is struck out."""
    if b"strike" not in data:
        return frozenset()
    fonts: list[bool] = []
    styles: list[str] = []
    is_struck = False
    for element in xml_elements(data, "font", "strike", "xf"):
        if element.name == "strike" and element.parents[-2:] == ("fonts", "font"):
            is_struck = _is_on(element)
        elif element.name == "font" and element.parent == "fonts":
            fonts.append(is_struck)
            is_struck = False
        elif element.name == "xf" and element.parent == "cellXfs":
            styles.append(element.attributes.get("fontId", "0"))
    struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    return frozenset(str(at) for at, font in enumerate(styles) if font in struck)


def data_to_struck_texts(data: bytes) -> frozenset[str]:
    """Return the numbers of the shared texts in which a letter or digit is struck out."""
    if b"strike" not in data:
        return frozenset()
    struck: set[str] = set()
    n_texts = 0
    is_struck = False
    for element in xml_elements(data, "si", "r", "strike", "t"):
        if element.name == "strike" and element.parent == "rPr":
            is_struck = _is_on(element)
        elif element.name == "t" and is_struck and _has_words(element):
            struck.add(str(n_texts))
        elif element.name == "r":
            is_struck = False
        elif element.name == "si":
            n_texts += 1
    return frozenset(struck)


def _has_words(element: XmlElement) -> bool:
    return any(map(str.isalnum, element.text))


def sheet_with_strikethrough(
    sheet: Sheet, data: bytes, styles: frozenset[str], texts: frozenset[str]
) -> Sheet:
    """Return a sheet in which struck-out cells are marked.

    Parameters
    ----------
    sheet, data
        The sheet, and the XML that it was read from.
    styles, texts
        The numbers of the styles that strike out a cell, and of the struck-out shared texts.
    """
    if not styles and not texts and b"strike" not in data:
        return sheet
    struck: dict[int, set[int]] = {}
    for row, column in _data_to_struck_cells(data, styles, texts):
        struck.setdefault(row, set()).add(column)
    rows = {row: _with_strikes(cells, struck.get(row, set())) for row, cells in sheet.rows.items()}
    return replace(sheet, rows=rows) if struck else sheet


def _with_strikes(cells: Mapping[int, Cell], struck: set[int]) -> Mapping[int, Cell]:
    if not struck:
        return cells
    return {at: cell._replace(is_struck=True) if at in struck else cell for at, cell in cells.items()}


def _data_to_struck_cells(
    data: bytes, styles: frozenset[str], texts: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield the row and the column of each cell of which a letter or digit is struck out."""
    row = column = 0
    columns: list[int] = []
    is_struck = has_struck = False
    value = ""
    for element in xml_elements(data, "row", "c", "v", "r", "strike", "t"):
        name, attributes = element.name, element.attributes
        if name == "v":
            value = element.text.strip()
        elif name == "strike" and element.parent == "rPr":
            is_struck = _is_on(element)
        elif name == "t":
            has_struck |= is_struck and _has_words(element)
        elif name == "r":
            is_struck = False
        elif name == "c":
            letters = "".join(filter(str.isalpha, attributes.get("r", "")))
            column = letters_to_column(letters) if letters else column + 1
            is_shared = attributes.get("t") == "s"
            if has_struck or attributes.get("s", "0") in styles or (is_shared and value in texts):
                columns.append(column)
            has_struck, value = False, ""
        elif name == "row":
            row, column = int(attributes.get("r", row + 1)), 0
            yield from ((row, struck) for struck in columns)
            columns.clear()
