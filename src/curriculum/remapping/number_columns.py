"""Numbers alone below a heading that names their kind: 1, 2 below "Knowledge" are K1 and K2."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from curriculum.model.code_lists import FoundCode, find_numbers
from curriculum.remapping.kind_headers import header_to_letters
from curriculum.spreadsheets.tracker import NUMBER, TEXT, Cell, Sheet

__all__ = ["NumberColumn", "kind_header", "sheet_to_numbers"]

# Rows around the heading of a table among which the name of a kind is looked for: a heading can have two.
_AROUND: Final = (0, 1, 2, -1, -2)
# Of the numbers of a column, the share that must be codes of the old version.
_LEAST_KNOWN: Final = 0.8


class NumberColumn(NamedTuple):
    """The codes of a column that holds numbers alone, by row, and whether they are codes for certain.

    Where they are not even likely, `cells` is empty and `n_passed` counts the cells.
    """

    header_row: int
    cells: Mapping[int, tuple[FoundCode, ...]]
    n_passed: int = 0


def kind_header(sheet: Sheet, column: int, header_row: int) -> tuple[int, str]:
    """Return the row at the heading of a table in which a column's kind is named, and its letters."""
    for step in _AROUND:
        own = sheet.rows.get(header_row + step, {}) if header_row + step > 0 else {}
        letters = _cell_to_letters(own.get(column))
        if letters and (step <= 0 or sum(bool(_cell_to_letters(cell)) for cell in own.values()) > 1):
            return max(header_row, header_row + step), letters
    return header_row, ""


def _cell_to_letters(cell: Cell | None) -> str:
    return header_to_letters(cell.text) if cell and cell.form == TEXT else ""


def sheet_to_numbers(
    sheet: Sheet,
    header_row: int,
    lettered: Mapping[int, Collection[int]],
    known: Collection[str],
    named: Collection[int],
) -> dict[int, NumberColumn]:
    """Return the columns of a sheet that hold numbers alone below the name of a kind.

    Parameters
    ----------
    sheet, header_row
        The sheet, and the row of its headings.
    lettered
        The rows in which each column holds codes with their letters.
    known
        The codes of the old version.
    named
        The columns that a person named: in these, numbers are codes.

    Returns
    -------
    dict of int to NumberColumn
        By column. Numbers are codes for certain in a column that also has codes with letters. So they are
        if another column of the sheet with a kind in its heading has, or a cell with several numbers; else
        they may be scores, and are not sure. Where most are no codes of the old version they are passed over.
    """
    headers = {
        column: kind_header(sheet, column, header_row)
        for column in {at for cells in sheet.rows.values() for at in cells}
    }
    found = {
        column: _column_to_numbers(sheet, column, row, letters, lettered.get(column, ()))
        for column, (row, letters) in headers.items()
        if letters and any(code.startswith(letters) for code in known)
    }
    found = {column: cells for column, cells in found.items() if cells}
    is_told = any(headers[column][1] for column in lettered) or any(
        len(codes) > 1 for cells in found.values() for codes in cells.values()
    )
    return {
        column: _judged(cells, headers[column][0], known, column in named or column in lettered, is_told)
        for column, cells in found.items()
    }


def _column_to_numbers(
    sheet: Sheet, column: int, header_row: int, letters: str, taken: Collection[int]
) -> dict[int, tuple[FoundCode, ...]]:
    cells = {
        row: find_numbers(own[column].text, letters)
        for row, own in sheet.rows.items()
        if row > header_row and row not in taken and _can_be_number(own.get(column))
    }
    return {row: codes for row, codes in cells.items() if codes}


def _can_be_number(cell: Cell | None) -> bool:
    return cell is not None and cell.form in {TEXT, NUMBER} and not cell.is_struck


def _judged(
    cells: Mapping[int, tuple[FoundCode, ...]],
    header_row: int,
    known: Collection[str],
    is_taken: bool,
    is_told: bool,
) -> NumberColumn:
    codes = [one.code for found in cells.values() for one in found]
    if not is_taken and sum(code in known for code in codes) < _LEAST_KNOWN * len(codes):
        return NumberColumn(header_row, {}, len(cells))
    if is_taken or is_told:
        return NumberColumn(header_row, cells)
    unsure = {row: tuple(one._replace(is_sure=False) for one in found) for row, found in cells.items()}
    return NumberColumn(header_row, unsure)
