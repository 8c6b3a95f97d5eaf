"""Codes whose type stands in one column and whose number in another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from curriculum.notation import LIST, FoundCode
from curriculum.remapping.places import CodeColumn, column_name
from curriculum.trackers.tracker import NUMBER, TEXT, Cell, Sheet

__all__ = ["sheet_to_typed"]

_NUMBER_HEAD: Final = re.compile(r"\b(?:no|num|number|nr|ref|reference|#|code|id)\b|^#|^n$", re.IGNORECASE)
_KINDS: Final = {
    **dict.fromkeys(("k", "knowledge"), "K"),
    **dict.fromkeys(("s", "skill", "skills"), "S"),
    **dict.fromkeys(("b", "behaviour", "behaviours", "behavior", "behaviors"), "B"),
    **dict.fromkeys(("d", "duty", "duties"), "D"),
    **dict.fromkeys(("p", "performance criterion", "performance criteria"), "P"),
}


def sheet_to_typed(sheet: Sheet, head_row: int, wanted: Sequence[int]) -> CodeColumn | None:
    """Find type and number in two columns."""
    below = {row: cells for row, cells in sheet.rows.items() if row > head_row}
    columns = {column for cells in below.values() for column in cells}
    kinds = [column for column in sorted(columns) if _share(below, column, _cell_to_letters) >= 0.8]
    heads = sheet.rows.get(head_row, {})
    for kind in kinds:
        rows = [row for row, cells in below.items() if kind in cells]
        near = sorted(columns - {kind}, key=lambda column: (abs(column - kind), column < kind))
        for number in near:
            name = heads[number].text if number in heads else ""
            is_named = bool(_NUMBER_HEAD.search(name))
            if not (is_named or number == kind + 1) or (wanted and number not in wanted):
                continue
            own = {row: below[row] for row in rows if number in below[row]}
            if len(own) >= 0.8 * len(rows) and len(rows) > 2 and _share(own, number, _cell_to_number) >= 0.8:
                return _typed_column(sheet, head_row, kind, number)
    return None


def _share(rows: Mapping[int, Mapping[int, Cell]], column: int, read: Callable[[Cell], str]) -> float:
    held = [read(cells[column]) for cells in rows.values() if column in cells]
    return sum(map(bool, held)) / len(held) if len(held) > 2 else 0.0


def _cell_to_letters(cell: Cell) -> str:
    return _KINDS.get(cell.text.strip().casefold(), "") if cell.form == TEXT else ""


def _cell_to_number(cell: Cell) -> str:
    text = cell.text.strip()
    is_number = text.isascii() and text.isdigit() and 0 < int(text) < 1000
    return str(int(text)) if is_number and cell.form in {TEXT, NUMBER} else ""


def _typed_column(sheet: Sheet, head_row: int, kind: int, number: int) -> CodeColumn:
    cells: dict[int, tuple[FoundCode, ...]] = {}
    for row, own in sheet.rows.items():
        if row > head_row and kind in own and number in own:
            letters, digits = _cell_to_letters(own[kind]), _cell_to_number(own[number])
            if letters and digits:
                written = f"{own[kind].text.strip()} {own[number].text.strip()}"
                cells[row] = (FoundCode(letters + digits, written, 0, 0, LIST, True),)
    heads = sheet.rows.get(head_row, {})
    names = [heads[one].text if one in heads else column_name(one) for one in (kind, number)]
    return CodeColumn(sheet.name, number, " + ".join(names), head_row, cells, True)
