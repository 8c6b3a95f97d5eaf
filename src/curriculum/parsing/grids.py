"""The tables of a document as grids: rows of cells, each cell with its lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from curriculum.documents.table_cells import Cell
from curriculum.parsing.headings import heading_to_role
from curriculum.parsing.lines import Line, text_to_line

__all__ = ["Grid", "GridCell", "GridRow", "cells_to_grids", "row_to_line"]

# A cell with more known headings than this holds a page, and no cell of a table.
_HEADINGS_IN_CELL = 1


class GridCell(NamedTuple):
    """A cell that has text: its place, and its lines."""

    row: int
    column: int
    n_rows: int
    is_heading: bool
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The wording of the cell, all of its lines as one."""
        return " ".join(line.text for line in self.lines)

    @property
    def first_line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def last_line(self) -> int:
        """The number of its last line."""
        return self.lines[-1].number


class GridRow(NamedTuple):
    """The cells that begin in one row, from left to right; ``key`` is the same in no other row."""

    key: int
    cells: tuple[GridCell, ...]

    @property
    def is_heading(self) -> bool:
        """Whether the file marks all of its cells as headings."""
        return all(cell.is_heading for cell in self.cells)

    @property
    def texts(self) -> tuple[str, ...]:
        """The wording of each cell."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """A table: its rows from the top, those without text left out.

    ``is_layout`` is true for a table that only places the parts of a page: it has one column, or cells that
    hold tables or whole sections.
    """

    rows: tuple[GridRow, ...]
    is_layout: bool

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all lines in its cells."""
        return frozenset(line.number for row in self.rows for cell in row.cells for line in cell.lines)

    @property
    def header(self) -> tuple[GridCell, ...]:
        """The cells of its first row with several cells; a row with one cell above it is a title."""
        several = (row.cells for row in self.rows if len(row.cells) > 1)
        return next(several, self.rows[0].cells if self.rows else ())


def cells_to_grids(cells: Sequence[Cell]) -> tuple[Grid, ...]:
    """Return the tables of a document as grids, in the order of their numbers."""
    spans = {cell: (cell.lines[0].number, cell.lines[-1].number) for cell in cells}
    starts = sorted(first for first, _ in spans.values())
    # No cell of the same table begins between the lines of a cell.
    with_table = {
        cell.table
        for cell, (first, last) in spans.items()
        if bisect_right(starts, first) < bisect_left(starts, last)
    }
    grids: list[Grid] = []
    n_rows = 0
    for number, group in groupby(sorted(cells), key=lambda cell: cell.table):
        rows: list[GridRow] = []
        for _, of_row in groupby(group, key=lambda cell: cell.row):
            read = tuple(cell for cell in map(_cell_to_grid_cell, of_row) if cell.lines)
            if read:
                n_rows += 1
                rows.append(GridRow(n_rows, read))
        grids.append(Grid(tuple(rows), number in with_table or _is_layout(rows)))
    return tuple(grids)


def _is_layout(rows: Sequence[GridRow]) -> bool:
    columns = {cell.column for row in rows for cell in row.cells}
    return len(columns) < 2 or any(
        sum(heading_to_role(line.text) is not None for line in cell.lines) > _HEADINGS_IN_CELL
        for row in rows
        for cell in row.cells
    )


def _cell_to_grid_cell(cell: Cell) -> GridCell:
    read = (text_to_line(line.number, line.text) for line in cell.lines)
    lines = [line._replace(cells=()) for line in read if line]
    lines[:1] = [line._replace(is_opening=True) for line in lines[:1]]
    return GridCell(cell.row, cell.column, cell.n_rows, cell.is_heading, tuple(lines))


def row_to_line(row: GridRow, cells: Iterable[GridCell], columns: dict[int, str]) -> Line:
    """Return cells of a row as one line, whose parts are the lines in the cells.

    Parameters
    ----------
    row
        The row.
    cells
        Those of its cells that are wanted.
    columns
        The headings of columns, as far as there are any.
    """
    kept = tuple(cells)
    parts = tuple(
        line._replace(row=row.key, column=columns.get(cell.column, ""))
        for cell in kept
        for line in cell.lines
    )
    if len(kept) == 1 and len(parts) == 1:
        return parts[0]
    texts = tuple(cell.text for cell in kept)
    # A row with one cell is a heading or a paragraph, and no row of a table.
    return Line(
        parts[0].number,
        " ".join(texts),
        cells=texts,
        parts=parts,
        row=row.key,
        is_opening=True,
        last_number=parts[-1].number,
    )
