"""Find the rows of a column that ranges of cells cover, in few steps even for many ranges."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.spreadsheets.tracker import CellRange

__all__ = ["RowRanges", "ranges_to_rows"]


@dataclass(frozen=True)
class RowRanges:
    """Ordered ranges of rows that do not overlap: the first and the last row of each."""

    tops: tuple[int, ...]
    bottoms: tuple[int, ...]

    def __contains__(self, row: int) -> bool:
        at = bisect_right(self.tops, row) - 1
        return at >= 0 and row <= self.bottoms[at]


def ranges_to_rows(ranges: Iterable[CellRange], column: int) -> RowRanges:
    """Return the rows that ranges cover in a column.

    Examples
    --------
    >>> corners = ((8, 9, 1, 3), (2, 4, 2, 2), (3, 5, 2, 2), (1, 99, 7, 7))
    >>> rows = ranges_to_rows([CellRange(*numbers) for numbers in corners], 2)
    >>> rows.tops, rows.bottoms
    ((2, 8), (5, 9))
    >>> 5 in rows, 6 in rows
    (True, False)
    """
    tops: list[int] = []
    bottoms: list[int] = []
    for top, bottom in sorted(
        (cells.top, cells.bottom) for cells in ranges if cells.first <= column <= cells.last
    ):
        if bottoms and top <= bottoms[-1] + 1:
            bottoms[-1] = max(bottoms[-1], bottom)
        else:
            tops.append(top)
            bottoms.append(bottom)
    return RowRanges(tuple(tops), tuple(bottoms))
