"""The parts of the tables of a PDF that lines show: straight lines, cells, and the table."""

from __future__ import annotations

from typing import Final, NamedTuple

from curriculum.documents.pdf_pages import Box

__all__ = ["REACH", "Grid", "GridBox", "GridLine"]

# In points: how far the end of a line may be off.
REACH: Final = 3.2


class GridLine(NamedTuple):
    """A straight line: its place, and where it begins and ends."""

    at: float
    start: float
    end: float


class GridBox(NamedTuple):
    """A cell: its place, its row and column from 1, and how many of them it spans."""

    box: Box
    row: int
    column: int
    n_rows: int
    n_columns: int


class Grid(NamedTuple):
    """A table: its place, its cells, and the edges of its columns.

    `is_whole` is false if some of its cells are no rectangles; `is_ruled` if no lines part its columns.
    """

    box: Box
    cells: tuple[GridBox, ...]
    columns: tuple[float, ...]
    is_whole: bool = True
    is_ruled: bool = False

    @property
    def n_columns(self) -> int:
        """The number of its columns."""
        return len(self.columns) - 1
