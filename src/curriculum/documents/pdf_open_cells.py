"""Part the cells of a table that no line parts, where a space at the edge of a column does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from curriculum.documents.pdf_parts import Box, Grid, GridBox, Word

__all__ = ["parted_grid"]

# Shares of the size of the letters: a space between columns, and how far behind an edge a column begins.
_FREE, _INDENT = 0.8, 1.6


def parted_grid(grid: Grid, words: Sequence[Word]) -> Grid:
    """Return a table in which a cell over several columns is parted where its text stands in columns.

    In some tables only the row of headings has lines or colours around each of its cells.

    Parameters
    ----------
    grid
        The table.
    words
        The words of its page.
    """
    if all(cell.n_columns == 1 for cell in grid.cells):
        return grid
    inside = [word for word in words if grid.box.holds(*word.centre)]
    cells = tuple(part for cell in grid.cells for part in _parted_cell(cell, grid.columns, inside))
    return grid if len(cells) == len(grid.cells) else grid._replace(cells=cells)


def _parted_cell(cell: GridBox, columns: Sequence[float], words: Sequence[Word]) -> Iterator[GridBox]:
    first, last = cell.column - 1, cell.column - 1 + cell.n_columns
    inside = [word for word in words if cell.box.holds(*word.centre)] if cell.n_columns > 1 else []
    edges = [at for at in range(first + 1, last) if _is_free(columns[at], inside)]
    for left, right in pairwise([first, *edges, last]):
        box = Box(columns[left], cell.box.top, columns[right], cell.box.bottom)
        yield GridBox(box, cell.row, left + 1, cell.n_rows, right - left)


def _is_free(edge: float, words: Sequence[Word]) -> bool:
    """Return whether text stands on both sides of an edge, and a wide space is there on every line."""
    behind = [word for word in words if word.left >= edge - 1]
    if not behind or len(behind) == len(words):
        return False
    if min(word.left for word in behind) - edge > _INDENT * behind[0].size:
        return False
    ordered = sorted(words, key=lambda word: (round(word.base), word.left))
    for _, line in groupby(ordered, key=lambda word: round(word.base)):
        right = float("-inf")
        for word in line:
            is_over = word.left < edge - 1 and word.right > edge + 1
            is_near = right <= edge + 1 <= word.left + 2 and word.left - right < _FREE * word.size
            if is_over or is_near:
                return False
            right = word.right
    return True
