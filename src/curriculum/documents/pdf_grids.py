"""Find the tables of a page of a PDF by the lines that are drawn around their cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from curriculum.documents.pdf_pages import Box, PdfPage
from curriculum.documents.pdf_words import Word
from curriculum.files.limits import check_time

__all__ = ["Grid", "GridBox", "page_to_grids"]

# In points: a line is no thicker, lines so near to each other are one, an end of a line may be so far off.
_THICKEST, _NEAR, _REACH = 3.5, 2.6, 3.2
_SHORTEST, _SMALLEST_FILLED = 7.0, 7.0
_MOST_LINES = 400
# Shares of the size of the letters: a space between columns, and how high a row without a line can be.
_FREE, _OPEN_ROW = 0.55, 1.7
_LEAST_RULE = 100.0


class _Line(NamedTuple):
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

    `is_whole` is false if some of its cells are no rectangles, and `is_ruled` if no lines are between its columns.
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


def page_to_grids(page: PdfPage, words: Sequence[Word]) -> tuple[Grid, ...]:
    """Return the tables of a page with lines around their cells, or between their rows, from the top.

    A frame around one text is none: it has a single cell. Where only the rows have lines, the columns are
    where no word stands in any row.
    """
    across, down = _page_to_lines(page)
    groups = _connected(across, down)
    grids = [_lines_to_grid(*group) for group in groups]
    found = [grid for grid in grids if grid is not None]
    loose = [line for (lines, _), grid in zip(groups, grids, strict=True) if grid is None for line in lines]
    found += lines_to_ruled_grids(loose, words)
    # A table in a cell of another: the inner one is read as part of the cell.
    outer = [grid for grid in found if not any(_is_within(grid.box, other.box) for other in found if other is not grid)]
    return tuple(sorted(outer, key=lambda grid: (grid.box.top, grid.box.left)))


def _is_within(box: Box, other: Box) -> bool:
    return (
        other.left - 1 <= box.left
        and other.top - 1 <= box.top
        and box.right <= other.right + 1
        and box.bottom <= other.bottom + 1
        and box != other
    )


def _page_to_lines(page: PdfPage) -> tuple[list[_Line], list[_Line]]:
    """Return the horizontal and the vertical lines of a page."""
    across: list[_Line] = []
    down: list[_Line] = []
    for box in (*page.rules, *(filled.box for filled in page.boxes if not filled.is_white)):
        if box.height <= _THICKEST and box.width > box.height:
            across.append(_Line((box.top + box.bottom) / 2, box.left, box.right))
        elif box.width <= _THICKEST and box.height > box.width:
            down.append(_Line((box.left + box.right) / 2, box.top, box.bottom))
    for filled in page.boxes:
        box = filled.box
        is_page = box.width > 0.97 * page.width and box.height > 0.5 * page.height
        if filled.is_white or min(box.width, box.height) < _SMALLEST_FILLED or is_page:
            continue
        across += (_Line(box.top, box.left, box.right), _Line(box.bottom, box.left, box.right))
        down += (_Line(box.left, box.top, box.bottom), _Line(box.right, box.top, box.bottom))
    return _merged(across), _merged(down)


def _merged(lines: Sequence[_Line]) -> list[_Line]:
    """Return lines of which those that go on in each other are one."""
    merged: list[_Line] = []
    for group in _near(lines):
        at = sum(line.at for line in group) / len(group)
        open_line: _Line | None = None
        for line in sorted(group, key=lambda line: line.start):
            if open_line is not None and line.start <= open_line.end + _REACH:
                open_line = open_line._replace(end=max(open_line.end, line.end))
                continue
            if open_line is not None:
                merged.append(open_line)
            open_line = _Line(at, line.start, line.end)
        if open_line is not None:
            merged.append(open_line)
    return [line for line in merged if line.end - line.start >= _SHORTEST]


def _near(lines: Sequence[_Line]) -> list[list[_Line]]:
    groups: list[list[_Line]] = []
    for line in sorted(lines):
        if groups and line.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _connected(across: Sequence[_Line], down: Sequence[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
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
        first, last = bisect_left(places, line.start - _REACH), bisect_right(places, line.end + _REACH)
        for at in starts[first:last]:
            if down[at].start - _REACH <= line.at <= down[at].end + _REACH:
                owner[find(index)] = find(len(across) + at)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for index, line in enumerate((*across, *down)):
        groups.setdefault(find(index), ([], []))[index >= len(across)].append(line)
    return list(groups.values())


def _places(lines: Iterable[_Line], others: Iterable[_Line]) -> list[float]:
    """Return the places of lines, with the outermost ends of the lines that cross them, which can lack a line."""
    ends = [end for line in others for end in (line.start, line.end)]
    found = sorted([*(line.at for line in lines), *((min(ends), max(ends)) if ends else ())])
    places: list[float] = []
    for place in found:
        if not places or place - places[-1] > _REACH:
            places.append(place)
    return places


def _lines_to_grid(across: Sequence[_Line], down: Sequence[_Line]) -> Grid | None:
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
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(cells), tuple(xs), is_whole)


def lines_to_ruled_grids(lines: Sequence[_Line], words: Sequence[Word]) -> list[Grid]:
    """Return the tables that have lines between their rows and none between their columns."""
    grids = []
    for run in _runs_of_rules(lines):
        start, end = run[0].start, run[0].end
        ys = [line.at for line in run]
        inside = [word for word in words if start - _REACH <= word.left and word.right <= end + _REACH]
        own = [word for word in inside if ys[0] < word.centre[1] < ys[-1]]
        body = [word for word in own if word.centre[1] > ys[1]] if len(ys) > 3 else own
        places = [place for place in _free_places(body) if not any(_is_over(word, place) for word in own)]
        xs = [start, *places, end]
        if len(xs) < 3:
            continue
        ys = _with_open_rows(ys, xs, inside)
        rows = list(zip(ys, ys[1:], strict=False))
        cells = tuple(
            GridBox(Box(left, top, right, bottom), row, column, 1, 1)
            for row, (top, bottom) in enumerate(rows, start=1)
            for column, (left, right) in enumerate(zip(xs, xs[1:], strict=False), start=1)
        )
        grids.append(Grid(Box(start, ys[0], end, ys[-1]), cells, tuple(xs), is_ruled=True))
    return grids


def _runs_of_rules(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Return lines below each other that begin and end at the same places: three and more."""
    runs: list[list[_Line]] = []
    for line in sorted(lines):
        run = next(
            (run for run in runs if abs(run[0].start - line.start) < _REACH and abs(run[0].end - line.end) < _REACH),
            None,
        )
        if run is None:
            runs.append([line])
        else:
            run.append(line)
    return [run for run in runs if len(run) > 2 and run[0].end - run[0].start > _LEAST_RULE]


def _free_places(words: Sequence[Word]) -> list[float]:
    """Return the middles of the spaces that no word of any row stands in."""
    places: list[float] = []
    right = 0.0
    for word in sorted(words, key=lambda word: word.left):
        if right and word.left - right > _FREE * word.size:
            places.append(word.left - min((word.left - right) / 2, 2.0))
        right = max(right, word.right)
    return places


def _with_open_rows(ys: Sequence[float], xs: Sequence[float], words: Sequence[Word]) -> list[float]:
    """Return the lines between rows, with the edges of a row above the first and below the last line.

    Such a row fills several columns; or only those behind the first, as the rest of a row on the next page does.
    """
    above = _open_row([word for word in words if word.centre[1] < ys[0]], xs, ys[0], is_up=True)
    below = _open_row([word for word in words if word.centre[1] > ys[-1]], xs, ys[-1], is_up=False)
    first = [min(word.top for word in above) - 1] if above else []
    last = [max(word.bottom for word in below) + 1] if below else []
    return [*first, *ys, *last]


def _open_row(words: Sequence[Word], xs: Sequence[float], rule: float, is_up: bool) -> list[Word]:
    """Return the words of the row beside the outermost line of a table, line by line away from it."""
    found: list[Word] = []
    at = rule
    for word in sorted(words, key=lambda word: word.base, reverse=is_up):
        if abs(word.centre[1] - at) > _OPEN_ROW * word.size or any(_is_over(word, place) for place in xs[1:-1]):
            break
        found.append(word)
        at = word.centre[1]
    columns = {sum(word.centre[0] > place for place in xs[1:-1]) for word in found}
    return found if len(columns) > 1 or (columns and 0 not in columns) else []


def _is_over(word: Word, place: float) -> bool:
    return word.left < place - 1 and word.right > place + 1


class _Walls:
    """Which sides of the fields of a table have a line."""

    def __init__(
        self, xs: Sequence[float], ys: Sequence[float], across: Sequence[_Line], down: Sequence[_Line]
    ) -> None:
        self._below = _covered(across, ys, xs)
        self._right = _covered(down, xs, ys)

    def is_below(self, row: int, column: int) -> bool:
        """Return whether there is a line below a field."""
        return (row + 1, column) in self._below

    def is_right(self, row: int, column: int) -> bool:
        """Return whether there is a line at the right of a field."""
        return (column + 1, row) in self._right


def _covered(lines: Sequence[_Line], places: Sequence[float], parts: Sequence[float]) -> set[tuple[int, int]]:
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
