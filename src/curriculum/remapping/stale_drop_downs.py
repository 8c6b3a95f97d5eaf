"""Drop-down lists that go on offering old codes after the cells below them were rewritten in place."""

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

    A list that is written out, or whose cells are not all rewritten, stays as it is: who picks from it would
    enter an old code beside new ones.
    """
    offers_old = any(_has_old_values(layout, edits, finder) for layout in layouts)
    return tuple(
        sentence
        for layout in layouts
        if layout.sheet.name in edits
        for sentence in _sheet_to_stale(layout, edits[layout.sheet.name], offers_old, finder)
    )


def _has_old_values(layout: Layout, edits: Mapping[str, Edits], finder: Finder) -> bool:
    """Return whether a cell that a list takes its values from holds a code and is not rewritten."""
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
    for one in layout.sheet.drop_downs:
        if any(_is_hit(area, rewritten) for area in _cells_to_areas(one.cells)):
            yield from _told(one, layout.sheet.name, offers_old, finder)


def _cells_to_areas(cells: str) -> Iterator[CellRange]:
    for name in filter(_AREA.fullmatch, cells.split()):
        first, _, last = name.partition(":")
        (top, left), (bottom, right) = name_to_position(first), name_to_position(last or first)
        yield CellRange(top, bottom, left, right)


def _is_hit(area: CellRange, rewritten: Mapping[int, Sequence[int]]) -> bool:
    """Return whether a cell of an area is among the rewritten ones, given by column in the order of rows."""
    for column, rows in rewritten.items():
        at = bisect_left(rows, area.top)
        if area.first <= column <= area.last and at < len(rows) and rows[at] <= area.bottom:
            return True
    return False


def _told(one: DropDown, sheet: str, offers_old: bool, finder: Finder) -> Iterator[str]:
    written = _WRITTEN_OUT.fullmatch(one.source)
    codes = [value.strip() for value in written[1].split(",") if finder(value)] if written else []
    if codes or (not written and offers_old):
        named = ", ".join(codes[:_MOST_NAMED]) + (" ..." if len(codes) > _MOST_NAMED else "")
        what = named or f"old codes ({one.source})"
        yield (
            f"sheet {sheet}: the drop-down list of {one.cells} still offers {what}: change it in Excel "
            "(Data, Data Validation)"
        )
