"""Tell what the text at both sides of a gutter is: two columns, the rows of a table, or labels and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from curriculum.documents.pdf_parts import Piece

__all__ = ["SAME_BASE", "Sides"]

# In points: how far the base lines of one row may differ.
SAME_BASE: Final = 2.0
_LEAST_TABLE = 3
_BLOCK_GAP, _ROW_GAP = 1.3, 0.25
_LABEL_SHARE, _LABEL_WIDTH, _SPARSE = 0.6, 0.48, 0.35
_CODES_SHARE, _LABELLED_SHARE, _DOUBT_SHARE = 0.7, 0.5, 0.7


def _starts(lines: Sequence[Piece]) -> list[Piece]:
    """Return the lines that begin a paragraph: behind a gap, or with a label."""
    gaps = sorted(line.base - before.base for before, line in pairwise(lines))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    usual = min(max(usual, lines[0].size), 1.6 * lines[0].size) if lines else usual
    found = list(lines[:1])
    for before, line in pairwise(lines):
        if line.base - before.base > _BLOCK_GAP * usual or line.opens or _is_numbered(line):
            found.append(line)
    return found


def _is_numbered(line: Piece) -> bool:
    first = line.words[0].text
    return first.isdecimal() and len(first) < 4 and len(line.words) > 1


class Sides:
    """The lines at both sides of a gutter, and what they are to each other."""

    def __init__(self, left: Sequence[Piece], right: Sequence[Piece]) -> None:
        first = right[0].base - SAME_BASE
        # What stands above the other column is before both.
        self.lead = [line for line in left if line.base < first]
        self.left, self.right = [line for line in left if line.base >= first], right
        self._is_sparse = len(left) < _SPARSE * len(right)
        left = self.left
        self.starts, self.right_starts = _starts(left), _starts(right)
        bases = [line.base for line in right]
        begun = [line.base for line in self.right_starts]
        begun_left = [line.base for line in self.starts]
        self._on_line = _share(self.starts, bases)
        self._on_start = _share(self.starts, begun)
        worded = [line for line in self.right_starts if not line.is_codes]
        self._right_on_start = _share(worded, begun_left)
        self._right_labelled = _labelled_share(self.right_starts)
        self._left_labelled = _labelled_share(self.starts)
        n_codes = sum(line.is_codes for line in right)
        self._codes = n_codes / max(len(right), 1)
        self.bands = _white_bands([*left, *right])

    @property
    def has_rows(self) -> bool:
        """Whether white bands part both columns into rows, which begin together or are centred."""
        if len(self.bands) < _LEAST_TABLE:
            return False
        at_top = centred = 0
        for start, end in self.bands:
            sides = [[line for line in side if start <= line.base < end] for side in (self.left, self.right)]
            if not all(sides):
                return False
            tops = [side[0].base for side in sides]
            middles = [(side[0].base + side[-1].base) / 2 for side in sides]
            at_top += abs(tops[0] - tops[1]) <= SAME_BASE
            centred += abs(middles[0] - middles[1]) <= SAME_BASE
        return max(at_top, centred) == len(self.bands)

    @property
    def is_flow(self) -> bool:
        """Whether the text goes on from the foot of the left column to the head of the right."""
        if self._codes >= _CODES_SHARE or self.has_rows:
            return self._is_labelled_twice() and self._codes < _CODES_SHARE
        if self._is_labelled_twice():
            return True
        return not self.left or (
            self._on_start < _DOUBT_SHARE and not self.is_labelled and not self._is_sparse
        )

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
        widths = [
            max(line.right for line in side) - min(line.left for line in side)
            for side in (self.left, self.right)
        ]
        is_narrow = widths[0] <= _LABEL_WIDTH * sum(widths)
        is_short = len(self.left) <= _LABEL_SHARE * len(self.right)
        return is_narrow and is_short and self._on_start == 1

    def _is_labelled_twice(self) -> bool:
        return self._right_labelled >= _LABELLED_SHARE and self._left_labelled >= _LABELLED_SHARE

    def _is_first_beside(self) -> bool:
        """Return whether nothing at the right is above the first paragraph at the left."""
        return self.right[0].base >= self.left[0].base - SAME_BASE

    def groups(self, items: Sequence[Piece]) -> Iterator[tuple[list[Piece], list[Piece]]]:
        """Yield the lines of each paragraph at the left, and what is beside and below it at the right."""
        if self.has_rows:
            for start, end in self.bands:
                of_row = [item for item in items if start <= item.base < end]
                yield [line for line in self.left if start <= line.base < end], of_row
            return
        bases = [line.base for line in self.starts]
        for start, end in zip(bases, [*bases[1:], float("inf")], strict=True):
            lines = [line for line in self.left if start - SAME_BASE <= line.base < end - SAME_BASE]
            first = float("-inf") if start == bases[0] else start - SAME_BASE
            yield lines, [item for item in items if first <= item.base < end - SAME_BASE]


def _white_bands(lines: Sequence[Piece]) -> list[tuple[float, float]]:
    """Return from where to where the rows go that white bands part, by their base lines."""
    ordered = sorted(lines, key=lambda line: line.base)
    steps = sorted(
        after.base - line.base
        for line, after in pairwise(ordered)
        if after.base - line.base > 0.6 * line.size
    )
    if not steps:
        return []
    usual = max(min(steps), ordered[0].size)
    starts = [ordered[0].base - 1]
    for line, after in pairwise(ordered):
        if after.base - line.base > usual + _ROW_GAP * line.size:
            starts.append(after.base - 1)
    return list(zip(starts, [*starts[1:], float("inf")], strict=True))


def _share(lines: Sequence[Piece], bases: Sequence[float]) -> float:
    beside = sum(any(abs(line.base - base) <= SAME_BASE for base in bases) for line in lines)
    return beside / max(len(lines), 1)


def _labelled_share(lines: Sequence[Piece]) -> float:
    labelled = sum(line.opens and not line.is_codes for line in lines)
    return labelled / max(len(lines), 1)
