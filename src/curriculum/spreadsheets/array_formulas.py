"""Find the cells that array formulas fill: they are results of formulas, and are not changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from curriculum.files.office_package import UnusualPackage
from curriculum.model.limit_factor import raised
from curriculum.spreadsheets.tracker import FORMULA, MAX_CELLS, Cell, CellRange, Sheet, letters_to_column
from curriculum.spreadsheets.xml_elements import xml_elements

__all__ = ["sheet_with_array_results"]


def sheet_with_array_results(sheet: Sheet, data: bytes) -> Sheet:
    """Return a sheet in which the cells that array formulas fill have the form of a formula.

    A workbook keeps such a value as if it had been typed. If it were overwritten, it would block the array.

    Raises
    ------
    UnusualPackage
        If arrays overlap, which no program writes.
    """
    if b"array" not in data and b"dataTable" not in data:
        return sheet
    filled: dict[int, set[int]] = {}
    n_cells = 0
    for cells_of_array in _data_to_ranges(data):
        for row in range(cells_of_array.top, min(cells_of_array.bottom, max(sheet.rows, default=0)) + 1):
            columns = {
                at for at in sheet.rows.get(row, {}) if cells_of_array.first <= at <= cells_of_array.last
            }
            n_cells += 1 + len(columns)
            if n_cells > raised(MAX_CELLS):
                raise UnusualPackage("overlapping array formulas")
            filled.setdefault(row, set()).update(columns)
    rows = {row: _with_array_results(cells, filled.get(row, set())) for row, cells in sheet.rows.items()}
    return replace(sheet, rows=rows) if filled else sheet


def _with_array_results(cells: Mapping[int, Cell], spilled: set[int]) -> Mapping[int, Cell]:
    if not spilled:
        return cells
    return {at: cell._replace(form=FORMULA) if at in spilled else cell for at, cell in cells.items()}


def _data_to_ranges(data: bytes) -> Iterator[CellRange]:
    """Yield the ranges of more than one cell that array formulas and data tables fill."""
    formulas = (formula.attributes for formula in xml_elements(data, "f"))
    found = dict.fromkeys(
        formula.get("ref", "") for formula in formulas if formula.get("t") in {"array", "dataTable"}
    )
    for ref in found:
        first, _, last = ref.replace("$", "").partition(":")
        corners = [_to_corner(name) for name in (first, last)]
        if last and all(all(corner) for corner in corners):
            (top, left), (bottom, right) = corners
            yield CellRange(top, bottom, left, right)


def _to_corner(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    return int(digits) if 0 < len(digits) < 8 else 0, letters_to_column(letters)
