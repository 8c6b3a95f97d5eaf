"""Find the tables of a PDF that have lines between their rows and none between their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from curriculum.documents.pdf_parts import REACH, Box, Grid, GridBox, GridLine, Word

__all__ = ["lines_to_ruled_grids"]

# Shares of the size of the letters: a space between columns, and how high a row without a line can be.
_FREE, _OPEN_ROW = 0.55, 1.7
_LEAST_RULE, _NARROWEST = 100.0, 1.2
_LARGER, _FEW_ROWS = 1.15, 3


def lines_to_ruled_grids(lines: Sequence[GridLine], words: Sequence[Word]) -> list[Grid]:
    """Return the tables that have lines between their rows and none between their columns."""
    grids = []
    for run in _runs_of_rules(lines):
        start, end = run[0].start, run[0].end
        inside = [word for word in words if start - REACH <= word.left and word.right <= end + REACH]
        for ys, places in _rules_to_tables([line.at for line in run], inside):
            columns = _without_single(ys, places, inside)
            grids.append(_ruled_grid(ys, [start, *columns, end], inside))
    return grids


def _ruled_grid(rules: Sequence[float], xs: Sequence[float], words: Sequence[Word]) -> Grid:
    ys = _with_open_rows(rules, xs, words)
    cells = tuple(
        GridBox(Box(left, top, right, bottom), row, column, 1, 1)
        for row, (top, bottom) in enumerate(pairwise(ys), start=1)
        for column, (left, right) in enumerate(pairwise(xs), start=1)
    )
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), cells, tuple(xs), is_ruled=True)


def _runs_of_rules(lines: Sequence[GridLine]) -> list[list[GridLine]]:
    """Return lines below each other that begin and end at the same places: three and more."""
    runs: list[list[GridLine]] = []
    for line in sorted(lines):
        run = next(
            (
                run
                for run in runs
                if abs(run[0].start - line.start) < REACH and abs(run[0].end - line.end) < REACH
            ),
            None,
        )
        if run is None:
            runs.append([line])
        else:
            run.append(line)
    return [run for run in runs if len(run) > 2 and run[0].end - run[0].start > _LEAST_RULE]


def _rules_to_tables(
    rules: Sequence[float], words: Sequence[Word]
) -> Iterator[tuple[list[float], list[float]]]:
    """Yield the lines of each table, and the places between its columns.

    A table ends where a text goes over the space between its columns, as a heading between two tables does.
    """
    ys: list[float] = []
    open_spaces: list[_Space] = []
    size = 0.0
    for top, bottom in pairwise(rules):
        band = [word for word in words if top < word.centre[1] < bottom]
        spaces = _free_spaces(band)
        shared = _shared_spaces(open_spaces, spaces) if ys else spaces
        is_title = bool(band) and not any(space.is_wide for space in spaces)
        largest = max((word.size for word in band), default=0.0)
        is_heading = size > 0 and largest > _LARGER * size
        if ys and (is_heading or not shared or (is_title and len(shared) < len(open_spaces))):
            yield from _spaces_to_table(ys, open_spaces)
            ys, size = [], 0.0
            # The row above the first line of the next table is found as one without a line above it.
            if is_heading:
                open_spaces = []
                continue
            shared = spaces
        if not ys:
            ys = [top]
        size = max(size, largest)
        ys.append(bottom)
        open_spaces = shared
    yield from _spaces_to_table(ys, open_spaces)


class _Space(NamedTuple):
    """A space that no word of a row stands in; ``n_wide`` rows have it wider than a blank."""

    left: float
    right: float
    n_wide: int

    @property
    def is_wide(self) -> bool:
        """Whether it is wider than a blank in some row."""
        return self.n_wide > 0


def _free_spaces(words: Sequence[Word]) -> list[_Space]:
    """Return the spaces over the whole height of a row, with those at both of its ends."""
    spaces: list[_Space] = []
    right = float("-inf")
    for word in sorted(words, key=lambda word: word.left):
        if word.left - right >= _NARROWEST:
            is_inner = right > float("-inf")
            spaces.append(_Space(right, word.left, int(is_inner and word.left - right > _FREE * word.size)))
        right = max(right, word.right)
    return [*spaces, _Space(right, float("inf"), 0)]


def _shared_spaces(above: Sequence[_Space], spaces: Sequence[_Space]) -> list[_Space]:
    found = []
    for first in above:
        for second in spaces:
            left, right = max(first.left, second.left), min(first.right, second.right)
            if right - left >= _NARROWEST:
                found.append(_Space(left, right, first.n_wide + second.n_wide))
    return found


def _spaces_to_table(
    ys: Sequence[float], spaces: Sequence[_Space]
) -> Iterator[tuple[list[float], list[float]]]:
    """Yield a table if most of its rows have the same spaces between columns."""
    n_rows = len(ys) - 1
    # A row of headings can be wider than the others.
    needed = n_rows - (n_rows > _FEW_ROWS) * max(1, n_rows // 5)
    wide = [space for space in spaces if space.n_wide >= needed]
    inner = [space for space in wide if space.left > float("-inf") and space.right < float("inf")]
    if n_rows > 1 and inner:
        yield list(ys), [space.right - min((space.right - space.left) / 2, 2.0) for space in inner]


def _without_single(ys: Sequence[float], places: Sequence[float], words: Sequence[Word]) -> list[float]:
    """Return the places between columns without a column of one row, whose text a blank parts from a cell.

    The last word of a long name can stand alone there, above and below white space: “Measuring work | 5”.
    """
    found = list(places)
    rows = [[word for word in words if top < word.centre[1] < bottom] for top, bottom in pairwise(ys)]
    for left, right in pairwise(places):
        inner = [[word for word in row if left < word.centre[0] < right] for row in rows]
        filled = [at for at, of_row in enumerate(inner) if of_row]
        if len(filled) == 1 and len(rows) > 2 and _is_blank_before(left, inner[filled[0]], rows[filled[0]]):
            found.remove(left)
    return found


def _is_blank_before(place: float, words: Sequence[Word], row: Sequence[Word]) -> bool:
    """Return whether no more than a blank is between the first of some words and the text before it."""
    first = min(words, key=lambda word: word.left)
    before = [
        word.right for word in row if word.centre[0] < place and abs(word.base - first.base) < first.size / 4
    ]
    return bool(before) and first.left - max(before) <= _FREE * first.size


def _with_open_rows(ys: Sequence[float], xs: Sequence[float], words: Sequence[Word]) -> list[float]:
    """Return the lines between rows, with the edges of a row above the first and below the last line.

    Such a row fills several columns; or only those behind the first, as the rest of a row does.
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
    ordered = sorted(words, key=lambda word: round(word.base), reverse=is_up)
    for _, group in groupby(ordered, key=lambda word: round(word.base)):
        line = list(group)
        columns = {sum(word.centre[0] > place for place in xs[1:-1]) for word in line}
        is_far = abs(line[0].centre[1] - at) > _OPEN_ROW * line[0].size
        if is_far or any(_is_over(word, place) for word in line for place in xs[1:-1]):
            break
        if columns == {0} and (is_up or not found):
            break
        found += line
        at = line[0].centre[1]
    return found


def _is_over(word: Word, place: float) -> bool:
    return word.left < place - 1 and word.right > place + 1
