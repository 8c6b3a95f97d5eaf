"""Cells of a workbook that an array formula fills: they hold its results, and stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from curriculum.spreadsheets.tracker import FORMULA, MAX_CELLS, Cell, CellRange, Sheet, letters_to_column
from curriculum.spreadsheets.xlsx_package import UnusualWorkbook, local_name, read_xml

__all__ = ["sheet_with_array_results"]


def sheet_with_array_results(sheet: Sheet, data: bytes) -> Sheet:
    """Return a sheet in which what array formulas spill are results of formulas.

    A workbook keeps a spilled value as if it had been typed. Written over, it would block the whole array.

    Raises
    ------
    UnusualWorkbook
        If arrays lie over each other, which no program writes.
    """
    if b"array" not in data and b"dataTable" not in data:
        return sheet
    places: dict[int, set[int]] = {}
    n_cells = 0
    for area in _data_to_areas(data):
        for row in range(area.top, min(area.bottom, max(sheet.rows, default=0)) + 1):
            own = {at for at in sheet.rows.get(row, {}) if area.first <= at <= area.last}
            n_cells += 1 + len(own)
            if n_cells > MAX_CELLS:
                raise UnusualWorkbook("array formulas over each other")
            places.setdefault(row, set()).update(own)
    rows = {row: _with_spills(cells, places.get(row, set())) for row, cells in sheet.rows.items()}
    return replace(sheet, rows=rows) if places else sheet


def _with_spills(cells: Mapping[int, Cell], spilled: set[int]) -> Mapping[int, Cell]:
    if not spilled:
        return cells
    return {at: cell._replace(form=FORMULA) if at in spilled else cell for at, cell in cells.items()}


def _data_to_areas(data: bytes) -> Iterator[CellRange]:
    """Return the areas of more than one cell that array formulas and tables of data fill."""
    found: dict[str, None] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "f" and attributes.get("t") in {"array", "dataTable"}:
            found[attributes.get("ref", "")] = None

    read_xml(data, start)
    for ref in found:
        first, _, last = ref.replace("$", "").partition(":")
        corners = [_to_corner(one) for one in (first, last)]
        if last and all(all(corner) for corner in corners):
            (top, left), (bottom, right) = corners
            yield CellRange(top, bottom, left, right)


def _to_corner(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    return int(digits) if 0 < len(digits) < 8 else 0, letters_to_column(letters)
