"""Find the tables of a page of a PDF by the lines that are drawn around their cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from curriculum.documents.pdf_open_cells import extended_grid, parted_grid
from curriculum.documents.pdf_parts import REACH, Box, Grid, GridBox, GridLine, PdfPage, Word
from curriculum.documents.pdf_ruled_rows import lines_to_ruled_grids
from curriculum.files.limits import check_time

__all__ = ["page_to_grids"]

# In points: a line is no thicker, and lines so near to each other are one.
_THICKEST, _NEAR = 3.5, 2.6
_SHORTEST, _SMALLEST_FILLED = 7.0, 7.0
_DOT = 2.0
_MOST_LINES = 400


def page_to_grids(page: PdfPage, words: Sequence[Word]) -> tuple[Grid, ...]:
    """Return the tables of a page with lines around their cells, or between their rows, from the top.

    A frame around one text is none: it has a single cell. Where only the rows have lines, the columns are
    where no word stands in any row.
    """
    across, down = _page_to_lines(page)
    groups = _connected(across, down)
    grids = [_lines_to_grid(*group) for group in groups]
    loose = [line for (lines, _), grid in zip(groups, grids, strict=True) if grid is None for line in lines]
    parted = [parted_grid(grid, words) for grid in grids if grid is not None]
    found = [_extended(grid, parted, loose, words) for grid in parted]
    loose = [line for line in loose if not any(_is_in(line, grid.box) for grid in found)]
    found += lines_to_ruled_grids(loose, words)
    # A table in a cell of another: the inner one is read as part of the cell.
    outer = [
        grid
        for grid in found
        if not any(_is_within(grid.box, other.box) for other in found if other is not grid)
    ]
    return tuple(sorted(outer, key=lambda grid: (grid.box.top, grid.box.left)))


def _extended(grid: Grid, grids: Sequence[Grid], lines: Sequence[GridLine], words: Sequence[Word]) -> Grid:
    """Return a table with the rows below it that belong to it, down to the next table at most."""
    tops = [other.box.top for other in grids if other.box.top > grid.box.bottom - REACH]
    end = min(tops, default=float("inf"))
    below = [line for line in lines if line.at < end + REACH]
    return extended_grid(grid, below, words) if grid.n_columns > 1 and below else grid


def _is_in(line: GridLine, box: Box) -> bool:
    return box.top < line.at < box.bottom + REACH and line.start < box.right and line.end > box.left


def _is_within(box: Box, other: Box) -> bool:
    return (
        other.left - 1 <= box.left
        and other.top - 1 <= box.top
        and box.right <= other.right + 1
        and box.bottom <= other.bottom + 1
        and box != other
    )


def _page_to_lines(page: PdfPage) -> tuple[list[GridLine], list[GridLine]]:
    """Return the horizontal and the vertical lines of a page."""
    across: list[GridLine] = []
    down: list[GridLine] = []
    for box in (*page.rules, *(filled.box for filled in page.boxes if not filled.is_white)):
        # A dotted line can be drawn dot by dot.
        is_dot = max(box.width, box.height) <= _DOT
        if is_dot or (box.height <= _THICKEST and box.width > box.height):
            across.append(GridLine((box.top + box.bottom) / 2, box.left, box.right))
        if is_dot or (box.width <= _THICKEST and box.height > box.width):
            down.append(GridLine((box.left + box.right) / 2, box.top, box.bottom))
    for filled in page.boxes:
        box = filled.box
        is_page = box.width > 0.97 * page.width and box.height > 0.5 * page.height
        if filled.is_white or min(box.width, box.height) < _SMALLEST_FILLED or is_page:
            continue
        across += (GridLine(box.top, box.left, box.right), GridLine(box.bottom, box.left, box.right))
        down += (GridLine(box.left, box.top, box.bottom), GridLine(box.right, box.top, box.bottom))
    return _merged(across), _merged(down)


def _merged(lines: Sequence[GridLine]) -> list[GridLine]:
    """Return lines of which those that go on in each other are one."""
    merged: list[GridLine] = []
    for group in _near(lines):
        at = sum(line.at for line in group) / len(group)
        open_line: GridLine | None = None
        for line in sorted(group, key=lambda line: line.start):
            if open_line is not None and line.start <= open_line.end + REACH:
                open_line = open_line._replace(end=max(open_line.end, line.end))
                continue
            if open_line is not None:
                merged.append(open_line)
            open_line = GridLine(at, line.start, line.end)
        if open_line is not None:
            merged.append(open_line)
    return [line for line in merged if line.end - line.start >= _SHORTEST]


def _near(lines: Sequence[GridLine]) -> list[list[GridLine]]:
    groups: list[list[GridLine]] = []
    for line in sorted(lines):
        if groups and line.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _connected(
    across: Sequence[GridLine], down: Sequence[GridLine]
) -> list[tuple[list[GridLine], list[GridLine]]]:
    """Return the lines in groups that touch each other."""
    owner = list(range(len(across) + len(down)))

    def find(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    starts = sorted(range(len(down)), key=lambda at: down[at].at)
    places = [down[at].at for at in starts]
    for index, line in enumerate(across):
        check_time()
        first, last = bisect_left(places, line.start - REACH), bisect_right(places, line.end + REACH)
        for at in starts[first:last]:
            if down[at].start - REACH <= line.at <= down[at].end + REACH:
                owner[find(index)] = find(len(across) + at)
    groups: dict[int, tuple[list[GridLine], list[GridLine]]] = {}
    for index, line in enumerate((*across, *down)):
        groups.setdefault(find(index), ([], []))[index >= len(across)].append(line)
    return list(groups.values())


def _places(lines: Iterable[GridLine], others: Iterable[GridLine]) -> list[float]:
    """Return the places of lines, and the ends of the lines that cross them, which can lack a line."""
    ends = [end for line in others for end in (line.start, line.end)]
    found = sorted([*(line.at for line in lines), *((min(ends), max(ends)) if ends else ())])
    places: list[float] = []
    for place in found:
        if not places or place - places[-1] > REACH:
            places.append(place)
    return places


def _lines_to_grid(across: Sequence[GridLine], down: Sequence[GridLine]) -> Grid | None:
    if not across or not down or max(len(across), len(down)) > _MOST_LINES:
        return None
    xs, ys = _places(down, across), _places(across, down)
    n_columns, n_rows = len(xs) - 1, len(ys) - 1
    if n_columns < 1 or n_rows < 1 or n_columns * n_rows < 2:
        return None
    walls = _Walls(xs, ys, across, down)
    cells, is_whole = _faces_to_cells(xs, ys, walls)
    if len(cells) < 2:
        return None
    is_whole = is_whole and not _is_cut_off(down, xs)
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(cells), tuple(xs), is_whole)


def _is_cut_off(down: Sequence[GridLine], xs: Sequence[float]) -> bool:
    """Return whether columns have lines at their left, and the last has none at its right."""
    first, *inner = xs[:-1]
    has_left, has_right = (any(abs(line.at - x) <= REACH for line in down) for x in (first, xs[-1]))
    return bool(inner) and has_left and not has_right


class _Walls:
    """Which sides of the fields of a table have a line."""

    def __init__(
        self, xs: Sequence[float], ys: Sequence[float], across: Sequence[GridLine], down: Sequence[GridLine]
    ) -> None:
        self._below = _covered(across, ys, xs)
        self._right = _covered(down, xs, ys)

    def is_below(self, row: int, column: int) -> bool:
        """Return whether there is a line below a field."""
        return (row + 1, column) in self._below

    def is_right(self, row: int, column: int) -> bool:
        """Return whether there is a line at the right of a field."""
        return (column + 1, row) in self._right


def _covered(
    lines: Sequence[GridLine], places: Sequence[float], parts: Sequence[float]
) -> set[tuple[int, int]]:
    """Return which parts of which places have a line."""
    found: set[tuple[int, int]] = set()
    for line in lines:
        place = min(range(len(places)), key=lambda at: abs(places[at] - line.at))
        for part in range(len(parts) - 1):
            middle = (parts[part] + parts[part + 1]) / 2
            if line.start <= middle <= line.end:
                found.add((place, part))
    return found


def _faces_to_cells(xs: Sequence[float], ys: Sequence[float], walls: _Walls) -> tuple[list[GridBox], bool]:
    """Join the fields that no line separates to cells."""
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    seen: set[tuple[int, int]] = set()
    cells: list[GridBox] = []
    is_whole = True
    for row in range(n_rows):
        check_time()
        for column in range(n_columns):
            if (row, column) in seen:
                continue
            group = _joined_fields((row, column), (n_rows, n_columns), walls)
            seen |= group
            rows, columns = [field[0] for field in group], [field[1] for field in group]
            top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
            is_whole = is_whole and len(group) == (bottom - top + 1) * (right - left + 1)
            box = Box(xs[left], ys[top], xs[right + 1], ys[bottom + 1])
            cells.append(GridBox(box, top + 1, left + 1, bottom - top + 1, right - left + 1))
    return cells, is_whole


def _joined_fields(first: tuple[int, int], size: tuple[int, int], walls: _Walls) -> set[tuple[int, int]]:
    group = {first}
    waiting = [first]
    while waiting:
        row, column = waiting.pop()
        near = []
        if column + 1 < size[1] and not walls.is_right(row, column):
            near.append((row, column + 1))
        if column > 0 and not walls.is_right(row, column - 1):
            near.append((row, column - 1))
        if row + 1 < size[0] and not walls.is_below(row, column):
            near.append((row + 1, column))
        if row > 0 and not walls.is_below(row - 1, column):
            near.append((row - 1, column))
        fresh = [field for field in near if field not in group]
        group.update(fresh)
        waiting += fresh
    return group
