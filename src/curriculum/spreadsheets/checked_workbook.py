"""Write a workbook that is read again when it is closed, and check each cell."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from curriculum.errors import UnwritableOutput
from curriculum.model.text import text_to_quoted
from curriculum.spreadsheets.tracker import cell_name
from curriculum.spreadsheets.xlsx_reading import data_to_shared_texts

__all__ = ["CheckedBook"]

_CELL: Final = re.compile(rb'<c r="([A-Z]+\d+)"(?: s="\d+")?(?: t="(\w+)")?><v>([^<]*)</v></c>')
_CLOSE: Final = 1e-14


class _CheckedSheet(Worksheet):  # type: ignore[misc]
    """A sheet that records the value written to each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.written: dict[tuple[int, int], str | float] = {}

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        """Write a text, and record it."""
        self.written[row, col] = string
        return super().write_string(row, col, string, cell_format)

    def write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> Any:
        """Write a number, and record it."""
        self.written[row, col] = float(number)
        return super().write_number(row, col, number, cell_format)

    def write_rich_string(self, row: int, col: int, *args: Any) -> Any:
        """Write a text in pieces with a format each, and record it."""
        self.written[row, col] = "".join(piece for piece in args if isinstance(piece, str))
        return super().write_rich_string(row, col, *args)


class CheckedBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook of XlsxWriter that raises an error on closing if a cell differs from what was written.

    Parameters
    ----------
    buffer
        The buffer to write to.

    Raises
    ------
    UnwritableOutput
        On closing, for the first cell that differs.

    Examples
    --------
    >>> buffer = io.BytesIO()
    >>> with CheckedBook(buffer) as book:
    ...     _ = book.add_worksheet("Codes").write_string(0, 0, "K1")
    >>> buffer.getvalue()[:2]
    b'PK'
    """

    def __init__(self, buffer: io.BytesIO) -> None:
        super().__init__(buffer, {"in_memory": True})
        self._buffer = buffer

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
        """Add a sheet that records what is written to it."""
        return super().add_worksheet(name, worksheet_class or _CheckedSheet)

    def close(self) -> None:
        """Write the workbook, and read it again."""
        super().close()
        with zipfile.ZipFile(io.BytesIO(self._buffer.getvalue())) as package:
            texts = list(_package_to_texts(package))
            for number, sheet in enumerate(self.worksheets(), start=1):
                data = package.read(f"xl/worksheets/sheet{number}.xml")
                _check_cells(sheet.get_name(), sheet.written, dict(_cells(data, texts)))


def _package_to_texts(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield the shared texts of a workbook, in order."""
    if "xl/sharedStrings.xml" in package.namelist():
        yield from data_to_shared_texts(package.read("xl/sharedStrings.xml"))


def _cells(data: bytes, texts: list[str]) -> Iterator[tuple[str, str | float]]:
    for found in _CELL.finditer(data):
        place, kind, value = found.groups()
        yield place.decode(), texts[int(value)] if kind == b"s" else float(value)


def _check_cells(
    sheet_name: str, written: Mapping[tuple[int, int], str | float], found: Mapping[str, str | float]
) -> None:
    meant = {cell_name(row + 1, column + 1): value for (row, column), value in written.items()}
    for name in {**meant, **found}:
        expected, other = meant.get(name, ""), found.get(name, "")
        if expected != other and not _is_close(expected, other):
            raise UnwritableOutput(
                "a workbook would be read with another content",
                where=f"sheet {sheet_name}, cell {name}",
                expected=text_to_quoted(str(expected)),
                found=text_to_quoted(str(other)),
                advice="Nothing has been written; please report it.",
            )


def _is_close(value: str | float, other: str | float) -> bool:
    """Return whether two numbers are equal except for the last digit, which a workbook does not keep."""
    if isinstance(value, str) or isinstance(other, str):
        return False
    return math.isclose(value, other, rel_tol=_CLOSE)
