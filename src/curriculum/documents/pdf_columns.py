"""Find the order in which the text of a page of a PDF is read: columns, rows without lines, full lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from curriculum.documents.pdf_lines import piece_to_text, pieces_to_rows
from curriculum.documents.pdf_parts import Doubt, Grid, Item, Piece, Region, RowTable, TextBlock
from curriculum.documents.pdf_sides import NEAR_BASE, SAME_BASE, Sides, begins_list
from curriculum.files.limits import check_time
from curriculum.model.text import text_to_shortened

__all__ = ["items_to_regions"]

# In points: how far the left edges of a column may differ.
_EDGE = 3.0
# In points: how far the base lines of one line may differ.
_SAME_LINE = 0.6
_LEAST_RIGHT = 3
# The end of a label that touches the text beside it.
_TOUCHING = re.compile(r"(?!mailto:)[a-z]{3,}+:[a-z]{3,}+")
# Shares: as many lines as at the best gutter, and wider than the others.
_NEARLY, _WIDEST, _WIDE = 0.95, 1.2, 1.5
_DEEPEST, _MOST_GUTTERS = 8, 12
_SHOWN, _MANY_PARTED = 60, 3
_BESIDE, _BESIDE_SHARE = 0.85, 0.15
_WIDE_SPACE, _MANY_LINES = 0.9, 5


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
            yield from _outdented(bands, gutter)
            for is_columnar, group in groupby(bands, key=lambda band: band[0]):
                if is_columnar:
                    for _, band in group:
                        yield from _columns(band, gutter, right, depth + 1)
                else:
                    plain = [item for _, band in group for item in band]
                    yield from items_to_regions(plain, right, depth + 1)
            return
    yield from _plain(ordered, right)


def _outdented(bands: Sequence[tuple[bool, list[Item]]], gutter: float) -> Iterator[Doubt]:
    """Yield a doubt if a line begins before its column, behind the other one, and seems to go over both."""
    columns = [at for at, (is_columnar, _) in enumerate(bands) if is_columnar]
    lefts = [_edges(item)[1] for at in columns for item in bands[at][1] if _edges(item)[1] <= gutter]
    edge = max(lefts, default=0.0)
    for _, band in bands[columns[0] + 1 : columns[-1]] if columns else []:
        for item in band:
            if isinstance(item, Piece) and _is_across(item, gutter) and item.left > edge:
                shown = text_to_shortened(item.text, _SHOWN)
                yield Doubt(f"in which column “{shown}” and the lines around it are cannot be told")
                return


def _best_bands(items: Sequence[Item]) -> tuple[float, list[tuple[bool, list[Item]]]]:
    """Return the gutter that parts most lines into columns, and the runs of lines at it, if any.

    A narrow one counts less. Of several, it is the first; but one with others at both of its sides, as
    between two lists with labels, if it is the widest.
    """
    size = max((item.size for item in items if isinstance(item, Piece)), default=0.0)
    found = [_PartedAt(gutter, list(_bands(items, gutter)), size) for gutter in _gutters(items)]
    most = max((parted.score for parted in found), default=0.0)
    if not most:
        return 0.0, []
    best = [parted for parted in found if parted.score >= _NEARLY * most]
    edges = [parted.gutter for parted in best]
    for parted in best:
        others = [other.width for other in best if other is not parted]
        if min(edges) < parted.gutter < max(edges) and parted.width > _WIDEST * max(others):
            return parted.gutter, parted.bands
    return next((parted.gutter, parted.bands) for parted in found if parted.score == most)


class _PartedAt:
    """The runs of lines at a gutter, how wide the space there is, and a score of how well it parts them."""

    def __init__(self, gutter: float, bands: list[tuple[bool, list[Item]]], size: float) -> None:
        self.gutter, self.bands = gutter, bands
        self.width = _width(bands, gutter)
        n_parted = sum(len(band) for is_columnar, band in bands if is_columnar)
        self.score = n_parted * min(1.0, max(self.width, 0.1) / (_WIDE * (size or 1.0)))


def _width(bands: Sequence[tuple[bool, list[Item]]], gutter: float) -> float:
    """Return how wide the space at a gutter is."""
    edges = [_edges(item) for is_columnar, band in bands if is_columnar for item in band]
    return min((left for left, _, _ in edges if left >= gutter), default=0.0) - max(
        (right for _, right, _ in edges if right <= gutter), default=0.0
    )


def _plain(items: Sequence[Item], right: float) -> Iterator[Region]:
    """Yield lines that go over the whole column, and tables between them."""
    pieces: list[Piece] = []
    for item in items:
        if isinstance(item, Grid):
            yield from _to_blocks(pieces, right)
            pieces = []
            yield item
        else:
            pieces.append(item)
    yield from _to_blocks(pieces, right)


def _to_blocks(pieces: Sequence[Piece], right: float) -> Iterator[Region]:
    """Yield lines below each other, and a doubt before them if several have wide gaps."""
    if not pieces:
        return
    parted = [row for row in pieces_to_rows(pieces) if len(row) > 1]
    touching = [[piece] for piece in pieces if any(_TOUCHING.fullmatch(word.text) for word in piece.words)]
    if len(parted) >= _MANY_PARTED or touching:
        parted = parted if len(parted) >= _MANY_PARTED else touching
        shown = text_to_shortened(piece_to_text(parted[0]).text, _SHOWN)
        yield Doubt(f"whether lines such as “{shown}” are of one column or of several cannot be told")
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
    crossing = [_edges(item)[2] for item in items if _is_across(item, gutter) and isinstance(item, Piece)]
    for item in items:
        # What is on the line of a text that goes over the gutter is no column there.
        if _is_across(item, gutter) or _is_on_line(item, crossing):
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


def _is_across(item: Item, gutter: float) -> bool:
    left, right, _ = _edges(item)
    return left < gutter < right


def _is_on_line(item: Item, bases: Sequence[float]) -> bool:
    return isinstance(item, Piece) and any(abs(item.base - base) <= _SAME_LINE for base in bases)


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
    """Return whether the space between two columns is wide, or has many or even lines on both sides."""
    sizes = [item.size for item in (*left, *right) if isinstance(item, Piece)] or [1.0]
    space = min(_edges(item)[0] for item in right) - max(_edges(item)[1] for item in left)
    is_many = min(len(left), len(right)) >= _MANY_LINES
    is_even = len(right) >= _MANY_LINES and len(left) > 1 and _begin_alike(left) and _begin_alike(right)
    return space >= _WIDE_SPACE * min(sizes) or is_many or is_even


def _begin_alike(items: Sequence[Item]) -> bool:
    """Return whether all lines begin at one place."""
    lefts = [_edges(item)[0] for item in items]
    return max(lefts) - min(lefts) <= 1.0


def _stand_beside(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Return whether lines at the left have lines at the right beside them."""
    if any(isinstance(item, Grid) for item in (*left, *right)):
        return _overlap(left, right) > 0
    tops = [_edges(item)[2] for item in right]
    first, last = min(tops) - SAME_BASE, max(tops) + SAME_BASE
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
    side = Sides(_to_lines(at_left), _to_lines(at_right))
    if side.is_flow:
        yield from _by_column(at_left, at_right, gutter, right, depth)
        return
    first = min(_base(item) - NEAR_BASE * item.size for item in _only_pieces(at_left))
    above = [item for item in at_right if _base(item) < first]
    if above and len(above) < len(at_right):
        # What goes on from the page before, in a list beside a heading.
        below = [item for item in at_right if _base(item) >= first]
        rest = Sides(_to_lines(at_left), _to_lines(below), max(_edges(item)[1] for item in above))
        if rest.are_facts or begins_list(_to_lines(above), _to_lines(below)):
            side, at_right = rest, below
            yield from items_to_regions(above, right, depth)
        else:
            yield from _unknown(side, at_left, at_right, _Place(gutter, right, depth))
            return
    yield from _by_sides(side, _only_pieces(at_left), _only_pieces(at_right), _Place(gutter, right, depth))


class _Place(NamedTuple):
    """A gutter, the right edge behind it, and within how many columns it is."""

    gutter: float
    right: float
    depth: int


def _by_sides(
    side: Sides, at_left: Sequence[Piece], at_right: Sequence[Piece], place: _Place
) -> Iterator[Region]:
    """Yield a table without lines, or labels and what is beside them, or columns of which neither is sure."""
    is_known = side.is_table or side.is_labelled or side.has_labels
    if is_known and side.lead:
        yield TextBlock(tuple(side.lead), place.gutter - _EDGE, is_cell=True, is_label=True)
    if side.is_table:
        yield from _by_rows(side, at_right)
    elif is_known:
        for lines, of_right in side.groups(at_right):
            yield TextBlock(tuple(lines), place.gutter - _EDGE, is_cell=True, is_label=True)
            yield from items_to_regions(of_right, place.right, place.depth)
    else:
        yield from _unknown(side, at_left, at_right, place)


def _unknown(
    side: Sides, at_left: Sequence[Item], at_right: Sequence[Item], place: _Place
) -> Iterator[Region]:
    """Yield a doubt, and both sides as columns."""
    shown = text_to_shortened((side.left or side.lead)[0].text, _SHOWN)
    yield Doubt(f"whether the text beside “{shown}” is a column or the rows of a table cannot be told")
    yield from _by_column(at_left, at_right, *place)


def _only_pieces(items: Iterable[Item]) -> list[Piece]:
    return [item for item in items if isinstance(item, Piece)]


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


def _by_rows(side: Sides, at_right: Sequence[Piece]) -> Iterator[Region]:
    """Yield a table without lines, whose further columns are found in the same way."""
    rows: list[tuple[tuple[Piece, ...], ...]] = []
    further = _gutters(list(at_right))[:1]
    for lines, of_right in side.groups(at_right):
        cells: list[tuple[Piece, ...]] = [tuple(lines)]
        pieces = of_right
        for edge in further:
            cells.append(tuple(_to_lines(piece for piece in pieces if piece.left < edge)))
            pieces = [piece for piece in pieces if piece.left >= edge]
        cells.append(tuple(_to_lines(pieces)))
        rows.append(tuple(cells))
    yield RowTable(tuple(rows))
