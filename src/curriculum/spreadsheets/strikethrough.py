"""Find the cells of a workbook whose text is struck out, fully or partly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from curriculum.spreadsheets.tracker import Cell, Sheet, letters_to_column
from curriculum.spreadsheets.xlsx_package import Workbook, local_name, read_xml

__all__ = ["data_to_struck_texts", "sheet_with_strikethrough", "workbook_to_struck_styles"]

_OFF = frozenset(("0", "false"))


def _is_on(attributes: Mapping[str, str]) -> bool:
    return attributes.get("val", "1") not in _OFF


def workbook_to_struck_styles(book: Workbook) -> frozenset[str]:
    """Return the numbers of the styles whose font is struck out."""
    data = book.package.read(book.styles) if book.styles else b""
    if b"strike" not in data:
        return frozenset()
    fonts: list[bool] = []
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        element = local_name(name)
        if element == "font" and inside[-1:] == ["fonts"]:
            fonts.append(False)
        elif element == "strike" and inside[-2:] == ["fonts", "font"]:
            fonts[-1] = _is_on(attributes)
        elif element == "xf" and inside[-1:] == ["cellXfs"]:
            styles.append(attributes.get("fontId", "0"))
        inside.append(element)

    def end(_: str) -> None:
        inside.pop()

    read_xml(data, start, end)
    struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    return frozenset(str(at) for at, font in enumerate(styles) if font in struck)


def data_to_struck_texts(data: bytes) -> frozenset[str]:
    """Return the numbers of the shared texts in which a letter or digit is struck out."""
    if b"strike" not in data:
        return frozenset()
    pieces = _Pieces()
    read_xml(data, pieces.start, pieces.end, pieces.text)
    return frozenset(str(number) for number in pieces.struck_texts)


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
    pieces = _Pieces(styles, texts)
    read_xml(data, pieces.start, pieces.end, pieces.text)
    rows = {row: _with_strikes(cells, pieces.cells.get(row, set())) for row, cells in sheet.rows.items()}
    return replace(sheet, rows=rows) if pieces.cells else sheet


def _with_strikes(cells: Mapping[int, Cell], struck: set[int]) -> Mapping[int, Cell]:
    if not struck:
        return cells
    return {at: cell._replace(is_struck=True) if at in struck else cell for at, cell in cells.items()}


class _Pieces:
    """Collects struck-out shared texts (by number) and cells (by row and column) while XML is read."""

    def __init__(self, styles: frozenset[str] = frozenset(), texts: frozenset[str] = frozenset()) -> None:
        self.styles, self.texts = styles, texts
        self.struck_texts: list[int] = []
        self.cells: dict[int, set[int]] = {}
        self._n_texts = self._row = self._column = 0
        self._is_struck = False
        self._inside: list[str] = []
        self._attributes: dict[str, str] = {}
        self._value: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Record the position, and whether it is struck out."""
        element = local_name(name)
        if element == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif element == "c":
            letters = "".join(filter(str.isalpha, attributes.get("r", "")))
            self._column = letters_to_column(letters) if letters else self._column + 1
            self._attributes, self._value = attributes, []
            if attributes.get("s", "0") in self.styles:
                self._note()
        elif element == "r":
            self._is_struck = False
        elif element == "strike" and self._inside[-1:] == ["rPr"]:
            self._is_struck = _is_on(attributes)
        self._inside.append(element)

    def end(self, name: str) -> None:
        """Close an element."""
        element = local_name(name)
        self._inside.pop()
        if element == "si":
            self._n_texts += 1
        elif element == "r":
            self._is_struck = False
        elif (
            element == "c" and self._attributes.get("t") == "s" and "".join(self._value).strip() in self.texts
        ):
            self._note()

    def text(self, piece: str) -> None:
        """Read text."""
        within = self._inside[-1:]
        if within == ["v"]:
            self._value.append(piece)
        elif within == ["t"] and self._is_struck and any(map(str.isalnum, piece)):
            if "si" in self._inside:
                self.struck_texts.append(self._n_texts)
            else:
                self._note()

    def _note(self) -> None:
        self.cells.setdefault(self._row, set()).add(self._column)
