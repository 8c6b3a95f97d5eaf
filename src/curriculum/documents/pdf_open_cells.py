"""Part the cells of a table that no line parts, where a space at the edge of a column does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from curriculum.documents.pdf_parts import REACH, Box, Grid, GridBox, GridLine, Word

__all__ = ["extended_grid", "parted_grid"]

# Shares of the size of the letters: a space between columns, and how far behind an edge a column begins.
_FREE, _INDENT, _NARROW = 0.8, 1.6, 0.2
_MANY, _ALIKE = 2, 1.5


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


def extended_grid(grid: Grid, lines: Sequence[GridLine], words: Sequence[Word]) -> Grid:
    """Return a table with the rows below it that have a line below them and none between their columns.

    Parameters
    ----------
    grid
        The table, of which the row of headings can have lines around its cells and the others not.
    lines
        The horizontal lines of its page that are in no table.
    words
        The words of its page.
    """
    cells = list(grid.cells)
    n_rows = max(cell.row + cell.n_rows - 1 for cell in cells)
    bottom = grid.box.bottom
    for line in sorted(lines):
        is_same = abs(line.start - grid.box.left) < REACH and abs(line.end - grid.box.right) < REACH
        if line.at <= bottom + REACH or not is_same:
            continue
        n_rows += 1
        box = Box(grid.box.left, bottom, grid.box.right, line.at)
        row = list(_parted_cell(GridBox(box, n_rows, 1, 1, grid.n_columns), grid.columns, words))
        if len(row) < 2:
            if not _is_rest(box, grid.columns, words):
                break
            row = list(_fields(box, n_rows, grid.columns))
        cells += row
        bottom = line.at
    return grid._replace(box=grid.box._replace(bottom=bottom), cells=tuple(cells))


def _fields(box: Box, row: int, columns: Sequence[float]) -> Iterator[GridBox]:
    for column, (left, right) in enumerate(pairwise(columns), start=1):
        yield GridBox(Box(left, box.top, right, box.bottom), row, column, 1, 1)


def _is_rest(box: Box, columns: Sequence[float], words: Sequence[Word]) -> bool:
    """Return whether the text of a row is the rest of one: behind the first column, or in mid-sentence."""
    inside = [word for word in words if box.holds(*word.centre)]
    if not inside or any(word.left < edge - 1 < word.right - 2 for word in inside for edge in columns[1:-1]):
        return False
    first = min(inside, key=lambda word: (round(word.base), word.left))
    return first.left > columns[1] or first.text[0].islower()


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
    lines = [list(line) for _, line in groupby(ordered, key=lambda word: round(word.base))]
    pairs = [pair for line in lines for pair in pairwise(line) if pair[0].left < edge - 1 <= pair[1].left]
    if any(word.left < edge - 1 and word.right > edge + 1 for word in words):
        return False
    # Words that begin at one place on each line show a column, also behind a small space.
    lefts = [after.left for _, after in pairs]
    is_column = len(lefts) > _MANY and max(lefts) - min(lefts) < _ALIKE
    least = _NARROW if is_column else _FREE
    return all(after.left - before.right >= least * after.size for before, after in pairs)
