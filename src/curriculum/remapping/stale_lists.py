"""Drop-down lists that go on offering old codes after the cells below them were rewritten in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from curriculum.remapping.heading_codes import Finder
from curriculum.remapping.places import Layout
from curriculum.trackers.reading import name_to_place
from curriculum.trackers.tracker import DropDown, Edits

__all__ = ["stale_lists"]

_WRITTEN_OUT: Final = re.compile(r'"([^"]*)"')
_AREA: Final = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?")


def stale_lists(layouts: Sequence[Layout], edits: Mapping[str, Edits], finder: Finder) -> tuple[str, ...]:
    """Return a sentence for each drop-down list of rewritten cells that still offers old codes.

    A list that is written out, or whose cells are not all rewritten, stays as it is: who picks from it would
    enter an old code beside new ones.
    """
    offers_old = _ranges_offer_old(layouts, edits, finder)
    return tuple(
        sentence
        for layout in layouts
        for one in layout.sheet.lists
        if layout.sheet.name in edits and _covers(one, edits[layout.sheet.name])
        for sentence in _told(one, layout.sheet.name, offers_old, finder)
    )


def _ranges_offer_old(layouts: Sequence[Layout], edits: Mapping[str, Edits], finder: Finder) -> bool:
    """Return whether a cell that a list takes its values from holds a code and is not rewritten."""
    return any(
        (row, at) not in edits.get(layout.sheet.name, Edits()).rewritten and finder(cell.text)
        for layout in layouts
        for row, cells in layout.sheet.rows.items()
        for at, cell in cells.items()
        if any(area.holds(row, at) for area in layout.sheet.listed)
    )


def _covers(one: DropDown, edits: Edits) -> bool:
    """Return whether a list stands at a cell that is rewritten."""
    areas = [_to_corners(area) for area in one.cells.split() if _AREA.fullmatch(area)]
    return any(
        top <= row <= bottom and first <= column <= last
        for top, first, bottom, last in areas
        for row, column in edits.rewritten
    )


def _to_corners(area: str) -> tuple[int, int, int, int]:
    first, _, last = area.partition(":")
    return *name_to_place(first), *name_to_place(last or first)


def _told(one: DropDown, sheet: str, offers_old: bool, finder: Finder) -> Iterator[str]:
    written = _WRITTEN_OUT.fullmatch(one.source)
    values = written[1].split(",") if written else []
    codes = [value.strip() for value in values if finder(value)]
    if codes or (not written and offers_old):
        what = (
            ", ".join(codes[:6]) + (" ..." if len(codes) > 6 else "")
            if codes
            else f"old codes ({one.source})"
        )
        yield (
            f"sheet {sheet}: the drop-down list of {one.cells} still offers {what}: change it in Excel "
            "(Data, Data Validation)"
        )
