"""Drop-down lists that still offer old codes after their cells were rewritten in place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from curriculum.remapping.layout import Layout
from curriculum.remapping.matrix_headers import Finder
from curriculum.spreadsheets.cell_ranges import ranges_to_rows
from curriculum.spreadsheets.tracker import CellRange, DropDown, Edits, name_to_position

__all__ = ["stale_lists"]

_WRITTEN_OUT: Final = re.compile(r'"([^"]*+)"')
_AREA: Final = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?")
_MOST_NAMED: Final = 6


def stale_lists(layouts: Sequence[Layout], edits: Mapping[str, Edits], finder: Finder) -> tuple[str, ...]:
    """Return a sentence for each drop-down list of rewritten cells that still offers old codes.

    A list whose values are written in it, or in cells that are not all rewritten, stays as it is: whoever
    picks from it would enter an old code beside new ones.
    """
    offers_old = any(_has_old_values(layout, edits, finder) for layout in layouts)
    return tuple(
        sentence
        for layout in layouts
        if layout.sheet.name in edits
        for sentence in _sheet_to_stale(layout, edits[layout.sheet.name], offers_old, finder)
    )


def _has_old_values(layout: Layout, edits: Mapping[str, Edits], finder: Finder) -> bool:
    """Return whether a cell with values of a list has a code and is not rewritten."""
    rewritten = edits.get(layout.sheet.name, Edits()).rewritten
    columns = (
        {at for cells in layout.sheet.rows.values() for at in cells} if layout.sheet.list_ranges else set()
    )
    listed = {at: ranges_to_rows(layout.sheet.list_ranges, at) for at in columns}
    return any(
        row in listed[at] and (row, at) not in rewritten and bool(finder(cell.text))
        for row, cells in layout.sheet.rows.items()
        for at, cell in cells.items()
        if at in listed
    )


def _sheet_to_stale(layout: Layout, edits: Edits, offers_old: bool, finder: Finder) -> Iterator[str]:
    rewritten: dict[int, list[int]] = {}
    for row, column in sorted(edits.rewritten):
        rewritten.setdefault(column, []).append(row)
    for drop_down in layout.sheet.drop_downs:
        if any(_is_hit(area, rewritten) for area in _cells_to_areas(drop_down.cells)):
            yield from _drop_down_to_sentences(drop_down, layout.sheet.name, offers_old, finder)


def _cells_to_areas(cells: str) -> Iterator[CellRange]:
    for name in filter(_AREA.fullmatch, cells.split()):
        first, _, last = name.partition(":")
        (top, left), (bottom, right) = name_to_position(first), name_to_position(last or first)
        yield CellRange(top, bottom, left, right)


def _is_hit(area: CellRange, rewritten: Mapping[int, Sequence[int]]) -> bool:
    """Return whether a cell of an area is rewritten; ``rewritten`` has the sorted rows of each column."""
    for column, rows in rewritten.items():
        at = bisect_left(rows, area.top)
        if area.first <= column <= area.last and at < len(rows) and rows[at] <= area.bottom:
            return True
    return False


def _drop_down_to_sentences(
    drop_down: DropDown, sheet: str, offers_old: bool, finder: Finder
) -> Iterator[str]:
    written = _WRITTEN_OUT.fullmatch(drop_down.source)
    codes = [value.strip() for value in written[1].split(",") if finder(value)] if written else []
    if codes or (not written and offers_old):
        named = ", ".join(codes[:_MOST_NAMED]) + (" ..." if len(codes) > _MOST_NAMED else "")
        what = named or f"old codes ({drop_down.source})"
        yield (
            f"sheet {sheet}: the drop-down list of {drop_down.cells} still offers {what}: change it in Excel "
            "(Data, Data Validation)"
        )
