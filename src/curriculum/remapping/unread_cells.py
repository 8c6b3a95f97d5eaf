"""The filled cells of a column of codes that were not read, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from curriculum.model.code_lists import FoundCode, is_code_like, is_without_codes
from curriculum.model.text import text_to_squashed
from curriculum.remapping.column_headers import header_to_letters, name_to_letters
from curriculum.spreadsheets.tracker import DATE, FORMULA, NEVER_CALCULATED, NUMBER, Cell, Sheet

__all__ = [
    "A_DATE",
    "A_FORMULA",
    "A_NUMBER",
    "NOT_CODES",
    "NO_NUMBER",
    "ONLY_A_KIND",
    "STRUCK_OUT",
    "UNCLEAR_PAIR",
    "UNKNOWN_CODE",
    "column_to_unread",
]

A_FORMULA: Final = "a formula: paste its result as a value"
A_DATE: Final = "a date: Excel may have made it from a range such as 1-2"
A_NUMBER: Final = "a number without its letter: write K2, not 2"
ONLY_A_KIND: Final = "names codes without their numbers: write each code"
NOT_CODES: Final = "not written as codes: write them like K2, S3"
STRUCK_OUT: Final = "struck out: delete it, or take the line away"
NO_NUMBER: Final = "its number is missing"
UNCLEAR_PAIR: Final = "type and number give no code: write Knowledge and 7"
UNKNOWN_CODE: Final = "not in the list of the old version"
_FORMS: Final = {FORMULA: A_FORMULA, DATE: A_DATE, NUMBER: A_NUMBER}


def column_to_unread(
    sheet: Sheet,
    column: int,
    header_row: int,
    cells: Mapping[int, tuple[FoundCode, ...]],
    *,
    is_list: bool,
    is_foreign: bool = False,
) -> dict[int, str]:
    """Return the rows of a column whose cell is filled and was not read, each with the reason.

    Parameters
    ----------
    sheet, column, header_row
        The column, and the row of its header, 0 if it has none.
    cells
        The codes that were read, by row.
    is_list
        Whether the column has lists of codes. Every other filled cell of such a column counts as not read.
        In other columns, of topics that end in codes, only cells that look like codes do.
    is_foreign
        Whether the codes are of another scheme.

    Returns
    -------
    dict of int to str
        Without cells which say that there is no code (a dash, "n/a"), which repeat the header, or which name
        the kind of a block of codes below them ("Skills"): these have nothing to remap.
    """
    header = _squashed(sheet.rows.get(header_row, {}).get(column))
    filled = {
        row: cells_of_row[column]
        for row, cells_of_row in sheet.rows.items()
        if row > header_row
        and column in cells_of_row
        and _is_filled(cells_of_row[column])
        and row not in cells
    }
    block_headers = _block_headers(cells, filled)
    return {
        row: _why(cell, is_foreign)
        for row, cell in filled.items()
        if (is_list or is_code_like(cell.text))
        and not (cell.text.strip() and is_without_codes(cell.text))
        and _squashed(cell) != header
        and row not in block_headers
    }


def _is_filled(cell: Cell) -> bool:
    """Return whether a cell is filled; a formula that was never calculated has no text yet."""
    return bool(cell.text.strip()) or (cell.form == FORMULA and cell.type == NEVER_CALCULATED)


def _squashed(cell: Cell | None) -> str:
    return text_to_squashed(cell.text).casefold() if cell else ""


def _why(cell: Cell, is_foreign: bool) -> str:
    if cell.form in _FORMS:
        return UNKNOWN_CODE if is_foreign and cell.form == NUMBER else _FORMS[cell.form]
    if is_foreign:
        return UNKNOWN_CODE
    is_number = any(map(str.isdigit, cell.text)) and not any(map(str.isalpha, cell.text))
    names_kind = is_code_like(cell.text) and not any(map(str.isdigit, cell.text))
    if is_number:
        return A_NUMBER
    return ONLY_A_KIND if names_kind or header_to_letters(cell.text) else NOT_CODES


def _block_headers(cells: Mapping[int, tuple[FoundCode, ...]], filled: Mapping[int, Cell]) -> set[int]:
    """Return the rows whose cell names the kind of the codes below it, up to the next cell without codes.

    The codes above must be of other kinds: "Skills" between two skills means all skills.
    """
    headers: set[int] = set()
    above: set[str] = set()
    below: set[str] = set()
    row, letters = 0, ""
    for at in (*sorted({*cells, *filled}), 0):
        if at in cells:
            kinds = {found_code.code.rstrip("0123456789") for found_code in cells[at]}
            below |= kinds
            continue
        if letters and below == {letters} and letters not in above:
            headers.add(row)
        above |= below
        below = set()
        row, letters = at, name_to_letters(filled[at].text) if at else ""
    return headers
