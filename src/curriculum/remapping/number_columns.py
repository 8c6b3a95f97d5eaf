"""Numbers without letters: the kind is in the header of their column, or in another column.

1, 2 below "Knowledge" are K1 and K2; so are 1 and 2 beside cells with "Knowledge".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple

from curriculum.model.code_lists import FoundCode, find_numbers, is_without_codes
from curriculum.remapping.column_headers import header_to_letters, name_to_letters
from curriculum.remapping.layout import CodeColumn, column_name
from curriculum.remapping.unread_cells import NO_NUMBER, UNCLEAR_PAIR
from curriculum.spreadsheets.tracker import NUMBER, TEXT, Cell, Sheet

__all__ = ["NumberColumn", "sheet_to_numbers", "sheet_to_typed"]

# The name of a kind is looked for in these rows around the headers, as headers can have two rows.
_AROUND: Final = (0, 1, 2, -1, -2)
_NUMBER_HEADER: Final = re.compile(r"\b(?:no|num|number|nr|ref|reference|#|code|id)\b|^#|^n$", re.IGNORECASE)
# The share of the numbers of a column that must be codes of the old version.
_LEAST_KNOWN: Final = 0.8


class NumberColumn(NamedTuple):
    """The codes of a column that has numbers alone, by row.

    If they are not even likely to be codes, `cells` is empty and `n_skipped` counts the cells.
    """

    header_row: int
    cells: Mapping[int, tuple[FoundCode, ...]]
    n_skipped: int = 0


def _find_kind(sheet: Sheet, column: int, header_row: int) -> tuple[int, str]:
    """Return the row of the header that names the kind of a column, and the letters of the kind."""
    for step in _AROUND:
        cells = sheet.rows.get(header_row + step, {}) if header_row + step > 0 else {}
        letters = _cell_to_letters(cells.get(column))
        if letters and (step <= 0 or sum(bool(_cell_to_letters(cell)) for cell in cells.values()) > 1):
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
    """Return the columns of a sheet that have numbers alone below the name of a kind.

    Parameters
    ----------
    sheet, header_row
        The sheet, and the row of its headers.
    lettered
        The rows in which each column has codes with their letters.
    known
        The codes of the old version.
    named
        The columns that the user named: in these, numbers are codes.

    Returns
    -------
    dict of int to NumberColumn
        By column. Numbers are certain codes if the column also has codes with letters, if another column of
        the sheet with a kind in its header has such codes, or if a cell has several numbers. Otherwise they
        may be scores, and are not certain. If most are no codes of the old version, the column is skipped.
    """
    headers = {
        column: _find_kind(sheet, column, header_row)
        for column in {at for cells in sheet.rows.values() for at in cells}
    }
    found = {
        column: _column_to_numbers(sheet, column, row, letters, lettered.get(column, ()))
        for column, (row, letters) in headers.items()
        if letters and any(code.startswith(letters) for code in known)
    }
    found = {column: cells for column, cells in found.items() if cells}
    has_clear_numbers = any(headers[column][1] for column in lettered) or any(
        len(codes) > 1 for cells in found.values() for codes in cells.values()
    )
    return {
        column: _judge_numbers(
            cells, headers[column][0], known, column in named or column in lettered, has_clear_numbers
        )
        for column, cells in found.items()
    }


def _column_to_numbers(
    sheet: Sheet, column: int, header_row: int, letters: str, taken: Collection[int]
) -> dict[int, tuple[FoundCode, ...]]:
    cells = {
        row: find_numbers(cells_of_row[column].text, letters)
        for row, cells_of_row in sheet.rows.items()
        if row > header_row and row not in taken and _can_be_number(cells_of_row.get(column))
    }
    return {row: codes for row, codes in cells.items() if codes}


def _can_be_number(cell: Cell | None) -> bool:
    return cell is not None and cell.form in {TEXT, NUMBER} and not cell.is_struck


def _judge_numbers(
    cells: Mapping[int, tuple[FoundCode, ...]],
    header_row: int,
    known: Collection[str],
    is_taken: bool,
    has_clear_numbers: bool,
) -> NumberColumn:
    codes = [found_code.code for found in cells.values() for found_code in found]
    if not is_taken and sum(code in known for code in codes) < _LEAST_KNOWN * len(codes):
        return NumberColumn(header_row, {}, len(cells))
    if is_taken or has_clear_numbers:
        return NumberColumn(header_row, cells)
    unsure = {
        row: tuple(found_code._replace(is_sure=False) for found_code in found) for row, found in cells.items()
    }
    return NumberColumn(header_row, unsure)


def sheet_to_typed(
    sheet: Sheet, header_row: int, wanted: Sequence[int], columns: Sequence[CodeColumn] = ()
) -> CodeColumn | None:
    """Return the codes with type and number in two columns, in rows without a complete code elsewhere."""
    coded = {row for column in columns for row in column.cells}
    below = {row: cells for row, cells in sheet.rows.items() if row > header_row and row not in coded}
    used = {column for cells in below.values() for column in cells}
    kinds = [column for column in sorted(used) if _share(below, column, _cell_to_kind) >= 0.8]
    headers = sheet.rows.get(header_row, {})
    for kind in kinds:
        rows = [row for row, cells in below.items() if kind in cells]
        near = sorted(used - {kind}, key=lambda column: (abs(column - kind), column < kind))
        for number in near:
            name = headers[number].text if number in headers else ""
            is_named = bool(_NUMBER_HEADER.search(name))
            if not (is_named or number == kind + 1) or (wanted and number not in wanted):
                continue
            numbered = {row: below[row] for row in rows if number in below[row]}
            if (
                len(numbered) >= 0.8 * len(rows)
                and len(rows) > 2
                and _share(numbered, number, _cell_to_number) >= 0.8
            ):
                return _typed_column(sheet, header_row, below, kind, number)
    return None


def _share(rows: Mapping[int, Mapping[int, Cell]], column: int, read: Callable[[Cell], str]) -> float:
    values = [read(cells[column]) for cells in rows.values() if column in cells]
    return sum(map(bool, values)) / len(values) if len(values) > 2 else 0.0


def _cell_to_kind(cell: Cell) -> str:
    return name_to_letters(cell.text) if cell.form == TEXT else ""


def _cell_to_number(cell: Cell) -> str:
    return cell.text if cell.form in {TEXT, NUMBER} and find_numbers(cell.text, "K") else ""


def _typed_column(
    sheet: Sheet, header_row: int, below: Mapping[int, Mapping[int, Cell]], kind: int, number: int
) -> CodeColumn:
    cells: dict[int, tuple[FoundCode, ...]] = {}
    unread: dict[int, str] = {}
    for row, cells_of_row in below.items():
        first, second = (cells_of_row.get(column, Cell("")) for column in (kind, number))
        letters = _cell_to_kind(first)
        found = find_numbers(second.text, letters) if letters and second.form in {TEXT, NUMBER} else ()
        written = f"{first.text.strip()} {second.text.strip()}"
        if found:
            cells[row] = tuple(found_code._replace(written=written, start=0, end=0) for found_code in found)
        elif second.text.strip() and not is_without_codes(second.text):
            unread[row] = UNCLEAR_PAIR
        elif letters and not second.text.strip():
            unread[row] = NO_NUMBER
    headers = sheet.rows.get(header_row, {})
    names = [headers[column].text if column in headers else column_name(column) for column in (kind, number)]
    return CodeColumn(sheet.name, number, " + ".join(names), header_row, cells, True, unread=unread)
