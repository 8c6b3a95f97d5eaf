"""Find the order in which the text of a page of a PDF is read: columns, rows without lines, full lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from curriculum.documents.pdf_grids import Grid
from curriculum.documents.pdf_lines import (
    Piece,
    opens_paragraph,
    piece_to_text,
    pieces_to_rows,
)
from curriculum.files.limits import check_time
from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_shortened

__all__ = ["Doubt", "Region", "RowTable", "TextBlock", "items_to_regions"]

# In points: how far the left edges of a column may differ.
_EDGE = 3.0
_SAME_BASE = 2.0
_LEAST_RIGHT, _LEAST_TABLE = 3, 3
_BLOCK_GAP, _ROW_GAP = 1.3, 0.25
_LABEL_SHARE, _LABEL_WIDTH, _SPARSE = 0.6, 0.48, 0.35
_DEEPEST, _MOST_GUTTERS = 8, 12
_SHOWN = 60
_BESIDE, _BESIDE_SHARE = 0.85, 0.15
_WIDE_SPACE, _MANY_LINES = 0.9, 5
_CODES_SHARE, _LABELLED_SHARE, _DOUBT_SHARE = 0.7, 0.5, 0.7


class TextBlock(NamedTuple):
    """Lines below each other in one column, and the right edge of the column; `is_cell` if that edge is sure."""

    lines: tuple[Piece, ...]
    right: float
    is_cell: bool = False


class RowTable(NamedTuple):
    """A table without lines: for each row the lines in each of its columns."""

    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


@dataclass(frozen=True)
class Doubt:
    """What cannot be told about a place, as a clause."""

    reason: str


Region = TextBlock | RowTable | Grid | Doubt
Item = Piece | Grid


def _edges(item: Item) -> tuple[float, float, float]:
    """Return the left and the right edge of an item, and where it is from the top."""
    if isinstance(item, Grid):
        return item.box.left, item.box.right, item.box.top
    return item.left, item.right, item.base


def items_to_regions(items: Sequence[Item], right: float, depth: int = 0) -> Iterator[Region]:
    """Yield the parts of a page in the order in which they are read.

    Parameters
    ----------
    items
        Pieces of lines, and tables.
    right
        The right edge of the column that they are in.
    depth
        Within how many columns they are.

    Yields
    ------
    TextBlock, RowTable, Grid or Doubt
        A `Doubt` is before a part that may be read in a wrong order.
    """
    check_time()
    ordered = sorted(items, key=lambda item: _edges(item)[2])
    if depth < _DEEPEST:
        gutter, bands = _best_bands(ordered)
        if bands:
            for is_columnar, group in groupby(bands, key=lambda band: band[0]):
                if is_columnar:
                    for _, band in group:
                        yield from _columns(band, gutter, right, depth + 1)
                else:
                    plain = [item for _, band in group for item in band]
                    yield from items_to_regions(plain, right, depth + 1)
            return
    yield from _plain(ordered, right)


def _best_bands(items: Sequence[Item]) -> tuple[float, list[tuple[bool, list[Item]]]]:
    """Return the gutter that parts most lines into columns, and the runs of lines at it; none if there is none."""
    best: tuple[int, float, list[tuple[bool, list[Item]]]] = (0, 0.0, [])
    for gutter in _gutters(items):
        bands = list(_bands(items, gutter))
        size = sum(len(band) for is_columnar, band in bands if is_columnar)
        if size > best[0]:
            best = (size, gutter, bands)
    return best[1:]


def _plain(items: Sequence[Item], right: float) -> Iterator[Region]:
    """Yield lines that go over the whole column, and tables between them."""
    pieces: list[Piece] = []
    for item in items:
        if isinstance(item, Grid):
            if pieces:
                yield _to_block(pieces, right)
            pieces = []
            yield item
        else:
            pieces.append(item)
    if pieces:
        yield _to_block(pieces, right)


def _to_block(pieces: Iterable[Piece], right: float) -> TextBlock:
    return TextBlock(tuple(piece_to_text(row) for row in pieces_to_rows(pieces)), right)


def _gutters(items: Sequence[Item]) -> list[float]:
    """Return where columns may begin: the left edges that several lines have, those of most lines first."""
    lefts = sorted(item.left for item in items if isinstance(item, Piece))
    groups: list[list[float]] = []
    for left in lefts:
        if groups and left - groups[-1][0] <= _EDGE:
            groups[-1].append(left)
        else:
            groups.append([left])
    known = sorted(groups[1:], key=lambda group: (-len(group), group[0]))
    of_grids = [item.box.left - 1.0 for item in items if isinstance(item, Grid)]
    return [*of_grids[:_MOST_GUTTERS], *(group[0] - 1.0 for group in known if len(group) > 1)][:_MOST_GUTTERS]


def _bands(items: Sequence[Item], gutter: float) -> Iterator[tuple[bool, list[Item]]]:
    """Yield runs of items, and whether each has a column on both sides of a gutter."""
    run: list[Item] = []
    across: list[Item] = []
    for item in items:
        left, right, _ = _edges(item)
        if left < gutter < right:
            yield from _run_to_bands(run, gutter)
            run = []
            across.append(item)
        else:
            if across:
                yield False, across
            across = []
            run.append(item)
    yield from _run_to_bands(run, gutter)
    if across:
        yield False, across


def _run_to_bands(run: list[Item], gutter: float) -> Iterator[tuple[bool, list[Item]]]:
    """Yield a run of items, and whether a column stands beside another in it."""
    if not run:
        return
    left = [item for item in run if _edges(item)[1] <= gutter]
    right = [item for item in run if _edges(item)[0] >= gutter]
    is_enough = len(right) >= _LEAST_RIGHT or any(isinstance(item, Grid) for item in right)
    is_columnar = is_enough and bool(left) and _stand_beside(left, right)
    yield is_columnar and _is_clear(left, right), run


def _is_clear(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Return whether the space between two columns is wide, or has many lines on both sides."""
    sizes = [item.size for item in (*left, *right) if isinstance(item, Piece)] or [1.0]
    space = min(_edges(item)[0] for item in right) - max(_edges(item)[1] for item in left)
    return space >= _WIDE_SPACE * min(sizes) or min(len(left), len(right)) >= _MANY_LINES


def _stand_beside(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Return whether most lines at the left, as far down as those at the right, have one of them beside them."""
    if any(isinstance(item, Grid) for item in (*left, *right)):
        return _overlap(left, right) > 0
    tops = [_edges(item)[2] for item in right]
    first, last = min(tops) - _SAME_BASE, max(tops) + _SAME_BASE
    within = [item for item in left if first <= _edges(item)[2] <= last]
    beside = [item for item in within if _has_beside(item, tops)]
    return len(beside) > 1 and len(beside) >= _BESIDE_SHARE * len(within)


def _has_beside(item: Item, bases: Sequence[float]) -> bool:
    at, size = _edges(item)[2], item.size if isinstance(item, Piece) else 0.0
    return any(abs(base - at) < _BESIDE * size for base in bases)


def _bottom(item: Item) -> float:
    return item.box.bottom if isinstance(item, Grid) else item.bottom


def _overlap(left: Sequence[Item], right: Sequence[Item]) -> float:
    """Return over what height two groups of items stand beside each other."""
    tops = [min(_edges(item)[2] for item in side) for side in (left, right)]
    return min(max(map(_bottom, left)), max(map(_bottom, right))) - max(tops)


def _columns(items: Sequence[Item], gutter: float, right: float, depth: int) -> Iterator[Region]:
    """Yield what is at both sides of a gutter: column by column, or row by row."""
    at_left = [item for item in items if _edges(item)[1] <= gutter]
    at_right = [item for item in items if _edges(item)[1] > gutter]
    if any(isinstance(item, Grid) for item in items):
        yield from _by_column(at_left, at_right, gutter, right, depth)
        return
    side = _Sides(_to_lines(at_left), _to_lines(at_right))
    if side.is_flow:
        yield from _by_column(at_left, at_right, gutter, right, depth)
        return
    first = min(map(_base, at_left)) - _SAME_BASE
    above = [item for item in at_right if _base(item) < first]
    if above and len(above) < len(at_right):
        # What goes on from the page before, in a list beside a heading.
        at_right = [item for item in at_right if _base(item) >= first]
        yield from items_to_regions(above, right, depth)
        side = _Sides(_to_lines(at_left), _to_lines(at_right))
    if side.is_table:
        if side.lead:
            yield TextBlock(tuple(side.lead), gutter - _EDGE, is_cell=True)
        yield from _by_rows(side, at_right, gutter, right, depth)
    elif side.is_labelled:
        if side.lead:
            yield TextBlock(tuple(side.lead), gutter - _EDGE, is_cell=True)
        for lines, of_right in side.groups(at_right):
            yield TextBlock(tuple(lines), gutter - _EDGE, is_cell=True)
            yield from items_to_regions(of_right, right, depth)
    else:
        shown = text_to_shortened((side.left or side.lead)[0].text, _SHOWN)
        yield Doubt(f"whether the text beside “{shown}” is a column or the rows of a table cannot be told")
        yield from _by_column(at_left, at_right, gutter, right, depth)


def _base(item: Item) -> float:
    return _edges(item)[2]


def _to_lines(items: Iterable[Item]) -> list[Piece]:
    return [piece_to_text(row) for row in pieces_to_rows(item for item in items if isinstance(item, Piece))]


def _by_column(
    at_left: Sequence[Item], at_right: Sequence[Item], gutter: float, right: float, depth: int
) -> Iterator[Region]:
    edge = min(gutter, max(_edges(item)[1] for item in at_left) + _EDGE)
    yield from items_to_regions(at_left, edge, depth)
    yield from items_to_regions(at_right, right, depth)


def _starts(lines: Sequence[Piece]) -> list[Piece]:
    """Return the lines that begin a paragraph: behind a gap, or with a label."""
    gaps = sorted(line.base - before.base for before, line in zip(lines, lines[1:], strict=False))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    usual = min(max(usual, lines[0].size), 1.6 * lines[0].size) if lines else usual
    found = list(lines[:1])
    for before, line in zip(lines, lines[1:], strict=False):
        if line.base - before.base > _BLOCK_GAP * usual or opens_paragraph(line.text) or _is_numbered(line):
            found.append(line)
    return found


def _is_numbered(line: Piece) -> bool:
    first = line.words[0].text
    return first.isdecimal() and len(first) < 4 and len(line.words) > 1


class _Sides:
    """The lines at both sides of a gutter, and what they are to each other."""

    def __init__(self, left: Sequence[Piece], right: Sequence[Piece]) -> None:
        first = right[0].base - _SAME_BASE
        # What stands above the other column is before both.
        self.lead = [line for line in left if line.base < first]
        self.left, self.right = [line for line in left if line.base >= first], right
        self._is_sparse = len(left) < _SPARSE * len(right)
        left = self.left
        self.starts, self.right_starts = _starts(left), _starts(right)
        bases = [line.base for line in right]
        begun = [line.base for line in self.right_starts]
        own = [line.base for line in self.starts]
        self._on_line = _share(self.starts, bases)
        self._on_start = _share(self.starts, begun)
        worded = [line for line in self.right_starts if not line_to_codes(line.text)]
        self._right_on_start = _share(worded, own)
        self._right_labelled = _labelled_share(self.right_starts)
        self._left_labelled = _labelled_share(self.starts)
        n_codes = sum(bool(line_to_codes(line.text)) for line in right)
        self._codes = n_codes / max(len(right), 1)
        self.bands = _white_bands([*left, *right])

    @property
    def has_rows(self) -> bool:
        """Whether white bands over both columns part them into rows, in each of which both begin or are centred."""
        if len(self.bands) < _LEAST_TABLE:
            return False
        at_top = centred = 0
        for start, end in self.bands:
            sides = [[line for line in side if start <= line.base < end] for side in (self.left, self.right)]
            if not all(sides):
                return False
            tops = [side[0].base for side in sides]
            middles = [(side[0].base + side[-1].base) / 2 for side in sides]
            at_top += abs(tops[0] - tops[1]) <= _SAME_BASE
            centred += abs(middles[0] - middles[1]) <= _SAME_BASE
        return max(at_top, centred) == len(self.bands)

    @property
    def is_flow(self) -> bool:
        """Whether the text goes on from the foot of the left column to the head of the right."""
        if self._codes >= _CODES_SHARE or self.has_rows:
            return self._is_labelled_twice() and self._codes < _CODES_SHARE
        if self._is_labelled_twice():
            return True
        return not self.left or (self._on_start < _DOUBT_SHARE and not self.is_labelled and not self._is_sparse)

    @property
    def is_table(self) -> bool:
        """Whether each paragraph at the left has its own at the right beside it."""
        if self._codes >= _CODES_SHARE:
            return len(self.starts) > 1 and self._on_start == 1 and self._is_first_beside()
        is_aligned = self._on_start == 1 and self._right_on_start == 1
        return self.has_rows or (is_aligned and len(self.starts) >= _LEAST_TABLE)

    @property
    def is_labelled(self) -> bool:
        """Whether the left has only headings and labels of what is beside them at the right."""
        if not self.left:
            return False
        widths = [max(line.right for line in side) - min(line.left for line in side) for side in (self.left, self.right)]
        is_narrow = widths[0] <= _LABEL_WIDTH * sum(widths)
        is_short = len(self.left) <= _LABEL_SHARE * len(self.right)
        return is_narrow and is_short and self._on_start == 1

    def _is_labelled_twice(self) -> bool:
        return self._right_labelled >= _LABELLED_SHARE and self._left_labelled >= _LABELLED_SHARE

    def _is_first_beside(self) -> bool:
        """Return whether nothing at the right is above the first paragraph at the left."""
        return self.right[0].base >= self.left[0].base - _SAME_BASE

    def groups(self, items: Sequence[Item]) -> Iterator[tuple[list[Piece], list[Item]]]:
        """Yield the lines of each paragraph at the left, and what is beside and below it at the right."""
        if self.has_rows:
            for start, end in self.bands:
                of_row = [item for item in items if start <= _edges(item)[2] < end]
                yield [line for line in self.left if start <= line.base < end], of_row
            return
        own = [line.base for line in self.starts]
        for start, end in zip(own, [*own[1:], float("inf")], strict=True):
            lines = [line for line in self.left if start - _SAME_BASE <= line.base < end - _SAME_BASE]
            first = float("-inf") if start == own[0] else start - _SAME_BASE
            yield lines, [item for item in items if first <= _edges(item)[2] < end - _SAME_BASE]


def _white_bands(lines: Sequence[Piece]) -> list[tuple[float, float]]:
    """Return from where to where the rows go that white bands over both columns part, by their base lines."""
    ordered = sorted(lines, key=lambda line: line.base)
    steps = sorted(
        after.base - line.base
        for line, after in zip(ordered, ordered[1:], strict=False)
        if after.base - line.base > 0.6 * line.size
    )
    if not steps:
        return []
    usual = max(min(steps), ordered[0].size)
    starts = [ordered[0].base - 1]
    for line, after in zip(ordered, ordered[1:], strict=False):
        if after.base - line.base > usual + _ROW_GAP * line.size:
            starts.append(after.base - 1)
    return list(zip(starts, [*starts[1:], float("inf")], strict=True))


def _share(lines: Sequence[Piece], bases: Sequence[float]) -> float:
    beside = sum(any(abs(line.base - base) <= _SAME_BASE for base in bases) for line in lines)
    return beside / max(len(lines), 1)


def _labelled_share(lines: Sequence[Piece]) -> float:
    labelled = sum(opens_paragraph(line.text) and not line_to_codes(line.text) for line in lines)
    return labelled / max(len(lines), 1)


def _by_rows(
    side: _Sides, at_right: Sequence[Item], gutter: float, right: float, depth: int
) -> Iterator[Region]:
    """Yield a table without lines, whose further columns are found in the same way."""
    rows: list[tuple[tuple[Piece, ...], ...]] = []
    further = _gutters(list(at_right))[:1]
    for lines, of_right in side.groups(at_right):
        cells: list[tuple[Piece, ...]] = [tuple(lines)]
        pieces = [item for item in of_right if isinstance(item, Piece)]
        for edge in further:
            cells.append(tuple(_to_lines(piece for piece in pieces if piece.left < edge)))
            pieces = [piece for piece in pieces if piece.left >= edge]
        cells.append(tuple(_to_lines(pieces)))
        rows.append(tuple(cells))
    yield RowTable(tuple(rows))


