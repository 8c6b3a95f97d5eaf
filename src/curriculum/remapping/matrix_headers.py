"""Find the headers of a matrix: a row of codes above columns of marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import LIST, OPENING, FoundCode, is_code_like
from curriculum.remapping.layout import Matrix
from curriculum.remapping.unread_cells import NOT_CODES, STRUCK_OUT
from curriculum.spreadsheets.tracker import NUMBER, TEXT, Cell, Sheet

__all__ = ["TOP", "Finder", "header_to_remapped", "is_list", "sheet_to_matrix"]

Finder = Callable[[str], tuple[FoundCode, ...]]

# The headers of a table are looked for in these rows at the top.
TOP: Final = 30
# Three codes in a row are headers; fewer only if another header is beside them and marks are below.
_LEAST_HEADERS: Final = 3
_MOST_CODES_BELOW: Final = 0.1
_LONGEST_MARK: Final = 28
_BESIDE_ONE: Final = re.compile(
    r"\b(?:learners?|apprentices?|students?|candidates?|trainees?|names?|evidence|units?|modules?|tasks?|"
    r"activit(?:y|ies)|projects?|weeks?|sessions?|dates?|topics?|id)\b",
    re.IGNORECASE,
)


def header_to_remapped(header: str, document_id: str) -> str:
    """Return the name of the column that a new column was made for, or an empty string.

    Examples
    --------
    >>> header_to_remapped("KSBs (st0792-1.2)", "st0792-1.2")
    'KSBs'
    """
    mark = f" ({document_id})"
    return header.removesuffix(mark) if header.endswith(mark) else ""


def is_list(cell: Cell, finder: Finder) -> bool:
    """Return whether a cell has nothing but codes; a number can be a code of another scheme."""
    return cell.form in {TEXT, NUMBER} and any(found.form == LIST for found in finder(cell.text))


def sheet_to_matrix(sheet: Sheet, finder: Finder, old: str) -> Matrix | None:
    """Return the row with the most codes above columns without codes; of two equal rows the first.

    If an earlier remap has added columns for the old version, they are right of its note.
    """
    best: Matrix | None = None
    counts: dict[int, tuple[int, int]] = {}
    for row, cells in list(sheet.rows.items())[:TOP]:
        if sheet.header_row not in {0, row}:
            continue
        notes = [at for at, cell in cells.items() if header_to_remapped(cell.text, old) == v.NOTE]
        headers = {
            at: found
            for at, cell in cells.items()
            if at > max(notes, default=0) and (found := _header_codes(cell, finder, old))
        }
        codes = [found_code.code for found in headers.values() for found_code in found]
        if not headers or len(set(codes)) < 0.8 * len(codes):
            continue
        counts = counts or _list_counts(sheet, finder)
        # If its columns have codes too, it is a row like the others.
        n_others = sum(counts[column][0] - 1 for column in headers)
        n_codes = sum(counts[column][1] - is_list(cells[column], finder) for column in headers)
        is_fuller = len(headers) > len(best.headers if best else ())
        is_many = len(headers) >= _LEAST_HEADERS or _has_few_headers(sheet, row, headers, finder)
        if is_fuller and is_many and n_codes <= _MOST_CODES_BELOW * n_others:
            best = Matrix(sheet.name, row, headers, _unread_headers(cells, headers, max(notes, default=0)))
    return best


def _header_codes(cell: Cell, finder: Finder, old: str) -> tuple[FoundCode, ...]:
    """Return the codes of a cell that can be a header: codes alone, or a code with its wording.

    A header that an earlier remap has made has the version after its code; that is not a wording.
    """
    found = (
        finder(header_to_remapped(cell.text, old) or cell.text)
        if cell.form == TEXT and not cell.is_struck
        else ()
    )
    is_header = found and all(found_code.form in {LIST, OPENING} for found_code in found)
    # Among several headers that are codes, a code before its wording is certain.
    return tuple(found_code._replace(is_sure=True) for found_code in found) if is_header else ()


def _has_few_headers(
    sheet: Sheet, row: int, headers: Mapping[int, tuple[FoundCode, ...]], finder: Finder
) -> bool:
    """Return whether one or two codes are headers: no code is elsewhere, and only marks are below them."""
    others = [cell for at, cell in sheet.rows[row].items() if at not in headers]
    below = {at: cells for at, cells in sheet.rows.items() if at > row}
    marks = [cells[at] for cells in below.values() for at in headers if at in cells]
    elsewhere = (cell for at, cells in sheet.rows.items() if at != row for cell in cells.values())
    is_named = any(_BESIDE_ONE.search(cell.text) for cell in others)
    return (
        is_named
        and bool(marks)
        and all(len(mark.text) <= _LONGEST_MARK for mark in marks)
        and not any(is_list(cell, finder) for cell in elsewhere)
    )


def _unread_headers(
    cells: Mapping[int, Cell], headers: Mapping[int, tuple[FoundCode, ...]], after: int
) -> dict[int, str]:
    """Return the columns whose header looks like a code but is none, each with the reason."""
    return {
        at: STRUCK_OUT if cell.is_struck else NOT_CODES
        for at, cell in cells.items()
        if at > after and at not in headers and cell.form == TEXT and is_code_like(cell.text)
    }


def _list_counts(sheet: Sheet, finder: Finder) -> dict[int, tuple[int, int]]:
    """Count the cells of each column, and those that have nothing but codes."""
    n_cells: Counter[int] = Counter()
    n_lists: Counter[int] = Counter()
    for cells in sheet.rows.values():
        n_cells.update(cells.keys())
        n_lists.update(column for column, cell in cells.items() if is_list(cell, finder))
    return {column: (count, n_lists[column]) for column, count in n_cells.items()}
