"""Codes whose type stands in one column and whose number in another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from curriculum.model.code_lists import FoundCode, find_numbers, is_without_codes
from curriculum.remapping.kind_headers import name_to_letters
from curriculum.remapping.layout import CodeColumn, column_name
from curriculum.remapping.unread_cells import NO_NUMBER, UNCLEAR_PAIR
from curriculum.spreadsheets.tracker import NUMBER, TEXT, Cell, Sheet

__all__ = ["sheet_to_typed"]

_NUMBER_HEADER: Final = re.compile(r"\b(?:no|num|number|nr|ref|reference|#|code|id)\b|^#|^n$", re.IGNORECASE)


def sheet_to_typed(
    sheet: Sheet, header_row: int, wanted: Sequence[int], columns: Sequence[CodeColumn] = ()
) -> CodeColumn | None:
    """Find type and number in two columns, in rows that have no code in a column of its own."""
    coded = {row for column in columns for row in column.cells}
    below = {row: cells for row, cells in sheet.rows.items() if row > header_row and row not in coded}
    used = {column for cells in below.values() for column in cells}
    kinds = [column for column in sorted(used) if _share(below, column, _cell_to_letters) >= 0.8]
    headers = sheet.rows.get(header_row, {})
    for kind in kinds:
        rows = [row for row, cells in below.items() if kind in cells]
        near = sorted(used - {kind}, key=lambda column: (abs(column - kind), column < kind))
        for number in near:
            name = headers[number].text if number in headers else ""
            is_named = bool(_NUMBER_HEADER.search(name))
            if not (is_named or number == kind + 1) or (wanted and number not in wanted):
                continue
            own = {row: below[row] for row in rows if number in below[row]}
            if len(own) >= 0.8 * len(rows) and len(rows) > 2 and _share(own, number, _cell_to_number) >= 0.8:
                return _typed_column(sheet, header_row, below, kind, number)
    return None


def _share(rows: Mapping[int, Mapping[int, Cell]], column: int, read: Callable[[Cell], str]) -> float:
    held = [read(cells[column]) for cells in rows.values() if column in cells]
    return sum(map(bool, held)) / len(held) if len(held) > 2 else 0.0


def _cell_to_letters(cell: Cell) -> str:
    return name_to_letters(cell.text) if cell.form == TEXT else ""


def _cell_to_number(cell: Cell) -> str:
    return cell.text if cell.form in {TEXT, NUMBER} and find_numbers(cell.text, "K") else ""


def _typed_column(
    sheet: Sheet, header_row: int, below: Mapping[int, Mapping[int, Cell]], kind: int, number: int
) -> CodeColumn:
    cells: dict[int, tuple[FoundCode, ...]] = {}
    unread: dict[int, str] = {}
    for row, own in below.items():
        first, second = (own.get(column, Cell("")) for column in (kind, number))
        letters = _cell_to_letters(first)
        found = find_numbers(second.text, letters) if letters and second.form in {TEXT, NUMBER} else ()
        written = f"{first.text.strip()} {second.text.strip()}"
        if found:
            cells[row] = tuple(one._replace(written=written, start=0, end=0) for one in found)
        elif second.text.strip() and not is_without_codes(second.text):
            unread[row] = UNCLEAR_PAIR
        elif letters and not second.text.strip():
            unread[row] = NO_NUMBER
    headers = sheet.rows.get(header_row, {})
    names = [headers[one].text if one in headers else column_name(one) for one in (kind, number)]
    return CodeColumn(sheet.name, number, " + ".join(names), header_row, cells, True, unread=unread)
