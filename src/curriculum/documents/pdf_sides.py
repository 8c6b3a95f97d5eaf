"""Tell what the text at both sides of a gutter is: two columns, the rows of a table, or labels and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from curriculum.documents.pdf_parts import Piece, is_duty

__all__ = ["NEAR_BASE", "SAME_BASE", "Sides", "begins_list"]

_ITEM = re.compile(r"\(?([A-Z]{0,2})(\d{1,3})\b")

# In points: how far the base lines of one row may differ.
SAME_BASE: Final = 2.0
# As a share of the size of the letters: how far a label may be off the list beside it.
NEAR_BASE: Final = 0.35
_LEAST_TABLE = 3
_BLOCK_GAP, _ROW_GAP = 1.3, 0.25
_PARTED = 0.1
_FAR, _BLANK, _ANNOUNCING = 1.55, 0.3, 2
_LABEL_SHARE, _LABEL_WIDTH, _SPARSE = 0.6, 0.48, 0.35
_CODES_SHARE, _LABELLED_SHARE, _DOUBT_SHARE = 0.7, 0.5, 0.7
# Of a column with one text: the share of its lines that are of it, and how many these are.
_ONE_TEXT, _LEAST_LINES = 0.8, 6
# Of a column of labels: how wide it can be, and from how many lines without text on a label ends.
_NARROW, _HOLE = 0.36, 3.2


def _starts(lines: Sequence[Piece]) -> list[Piece]:
    """Return the lines that begin a paragraph: behind a gap, or with a label."""
    usual = _usual_gap(lines)
    found = list(lines[:1])
    for before, line in pairwise(lines):
        if line.base - before.base > _BLOCK_GAP * usual or line.opens or _is_numbered(line):
            found.append(line)
    return found


def _are_rows(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Return whether both sides have the same base lines, far from each other, and the left short lines."""
    if len(left) != len(right) or len(left) < _LEAST_TABLE or _share(left, [line.base for line in right]) < 1:
        return False
    edge = min(line.left for line in right) - left[0].size
    return all(
        line.base - before.base > _FAR * line.size and _has_place(before, line, edge)
        for before, line in pairwise(left)
    )


def _are_facts(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Return whether a label is at the left of each line at the right, and none is part of a heading."""
    is_heading = any(line.text.endswith(":") or line.text[0].islower() for line in left)
    is_list = any(line.opens for line in right)
    bases = [line.base for line in left]
    return not is_heading and not is_list and len(right) > 1 and _share(right, bases) == 1


def _short_starts(lines: Sequence[Piece], starts: Sequence[Piece], edge: float) -> list[Piece]:
    """Return the lines that begin a paragraph; also those below a line that ends before the edge."""
    begun = set(map(id, starts))
    return [
        *lines[:1],
        *(line for before, line in pairwise(lines) if id(line) in begun or _ends_short(before, line, edge)),
    ]


def _ends_short(before: Piece, line: Piece, edge: float) -> bool:
    return _has_place(before, line, edge) and not line.text[0].islower()


def _has_place(before: Piece, line: Piece, right: float) -> bool:
    """Return whether the first word of a line had place at the end of the line above it."""
    word = line.words[0]
    return before.right + _BLANK * line.size + word.right - word.left < right


def _usual_gap(lines: Sequence[Piece]) -> float:
    """Return how far the lines of a paragraph are usually below each other."""
    gaps = sorted(line.base - before.base for before, line in pairwise(lines))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    return min(max(usual, lines[0].size), 1.6 * lines[0].size) if lines else usual


def _is_numbered(line: Piece) -> bool:
    first = line.words[0].text
    return first.isdecimal() and len(first) < 4 and len(line.words) > 1


class Sides:
    """The lines at both sides of a gutter, and what they are to each other."""

    def __init__(self, left: Sequence[Piece], right: Sequence[Piece], edge: float = 0.0) -> None:
        # `edge` is how far text at the right that is above the left column goes, as in the rest of a list.
        first = right[0].base - NEAR_BASE * right[0].size
        # What stands above the other column is before both.
        self.lead = [line for line in left if line.base < first]
        self.left, self.right = [line for line in left if line.base >= first], right
        self._is_sparse = len(left) < _SPARSE * len(right)
        left = self.left
        self.starts, self.right_starts = _starts(left), _starts(right)
        self.are_facts = bool(edge) and _are_facts(left, right)
        if self.are_facts or _are_rows(left, right):
            bases = [line.base for line in right]
            self.starts, self.right_starts = [line for line in left if _is_at(line, bases)], list(right)
        elif left and (edge or self._has_holes()):
            # The left is a column of labels, in which a short line can be one, also without space above it.
            self.starts = _short_starts(left, self.starts, min(line.left for line in right) - left[0].size)
            edge = max(edge, *(line.right for line in right))
            self.right_starts = _short_starts(right, self.right_starts, edge)
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
        self._label_bases = _label_bases(self.starts, left, self.right_starts)

    @property
    def _is_narrow(self) -> bool:
        """Whether the left is so narrow, or has so few lines, that it can be a column of labels."""
        share = len(self.left) / max(len(self.right), 1)
        return self._width_share <= _NARROW or (self._width_share <= _LABEL_WIDTH and share <= 0.5)

    @property
    def _width_share(self) -> float:
        widths = [
            max(line.right for line in side) - min(line.left for line in side)
            for side in (self.left, self.right)
        ]
        return widths[0] / (sum(widths) or 1.0)

    @property
    def has_labels(self) -> bool:
        """Whether labels with space between them are at the left, each beside the beginning of a list.

        Lines that are near below a label, such as “You must be able to:”, are of it. One label alone is read
        as two columns are.
        """
        return bool(self.left) and self._is_narrow and len(self._label_bases) > 0

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
        if self._have_both_duties() or self._is_one_text():
            return True
        if self._codes >= _CODES_SHARE or self.has_rows:
            return self._is_labelled_twice() and self._codes < _CODES_SHARE
        if self._is_labelled_twice() or not self.left:
            return True
        if self.is_labelled or (self.has_labels and len(self._label_bases) > 1) or self._has_holes():
            return False
        return self._on_start < _DOUBT_SHARE and not self._is_sparse

    def _has_holes(self) -> bool:
        """Return whether the left is a narrow column with space in it, as one of labels has."""
        gaps = [line.base - before.base for before, line in pairwise(self.left)]
        usual = _usual_gap(self.left)
        return self._width_share <= _NARROW and any(gap > _HOLE * usual for gap in gaps)

    @property
    def is_table(self) -> bool:
        """Whether each paragraph at the left has its own at the right beside it."""
        if self._codes >= _CODES_SHARE:
            is_beside = self._on_start == 1 and self._is_first_beside()
            return len(self.starts) > 1 and is_beside and self._are_parted()
        is_aligned = self._on_start == 1 and self._right_on_start == 1
        return self.are_facts or self.has_rows or (is_aligned and len(self.starts) >= _LEAST_TABLE)

    @property
    def is_labelled(self) -> bool:
        """Whether the left has only headings and labels of what is beside them at the right."""
        if not self.left:
            return False
        is_narrow = self._width_share <= _LABEL_WIDTH
        is_short = len(self.left) <= _LABEL_SHARE * len(self.right)
        return is_narrow and is_short and self._on_start == 1

    def _is_labelled_twice(self) -> bool:
        is_labelled = self._right_labelled >= _LABELLED_SHARE and self._left_labelled >= _LABELLED_SHARE
        return is_labelled and not self._has_ksbs_beside_duties()

    def _have_both_duties(self) -> bool:
        """Return whether duties are at both sides, and do not begin on the same lines."""
        duties = [[line for line in lines if is_duty(line.text)] for lines in (self.left, self.right)]
        shared = _share(duties[0], [line.base for line in duties[1]])
        return all(duties) and shared < _LABELLED_SHARE

    def _is_one_text(self) -> bool:
        """Return whether the left is a wide column of one text, apart from what stands above that."""
        if not self.starts or self._width_share < _NARROW or self._is_sparse:
            return False
        last = [line for line in self.left if line.base >= self.starts[-1].base]
        edge = max(line.right for line in last)
        n_full = sum(not _has_place(before, line, edge) for before, line in pairwise(last))
        is_long = len(last) >= max(_ONE_TEXT * len(self.left), _LEAST_LINES)
        return is_long and n_full >= _ONE_TEXT * (len(last) - 1)

    def _has_ksbs_beside_duties(self) -> bool:
        """Return whether duties at the left have statements in full beside them."""
        n_duties = [sum(is_duty(line.text) for line in starts) for starts in (self.starts, self.right_starts)]
        return n_duties[0] > 1 and not n_duties[1] and self._on_start >= _DOUBT_SHARE

    def _is_first_beside(self) -> bool:
        """Return whether nothing at the right is above the first paragraph at the left."""
        return self.right[0].base >= self.left[0].base - SAME_BASE

    def _are_parted(self) -> bool:
        """Return whether more space is above the first line of each row at the right than in rows."""
        bases = [line.base for line in self.starts]
        steps = [(line.base - before.base, _is_at(line, bases)) for before, line in pairwise(self.right)]
        within = max((step for step, is_first in steps if not is_first), default=0.0)
        return all(step > within + _PARTED * self.right[0].size for step, is_first in steps if is_first)

    def groups(self, items: Sequence[Piece]) -> Iterator[tuple[list[Piece], list[Piece]]]:
        """Yield the lines of each paragraph at the left, and what is beside and below it at the right."""
        if self.has_rows:
            for start, end in self.bands:
                of_row = [item for item in items if start <= item.base < end]
                yield [line for line in self.left if start <= line.base < end], of_row
            return
        bases = self._label_bases if self.has_labels else [line.base for line in self.starts]
        for start, end in zip(bases, [*bases[1:], float("inf")], strict=True):
            lines = [line for line in self.left if start - SAME_BASE <= line.base < end - SAME_BASE]
            first = float("-inf") if start == bases[0] else start - SAME_BASE
            yield lines, [item for item in items if first <= item.base < end - SAME_BASE]


def begins_list(above: Sequence[Piece], lines: Sequence[Piece]) -> bool:
    """Return whether lines are no part of the list above them: numbered anew, or behind more space."""
    every, first = [*above, *lines], lines[0]
    starts = set(map(id, _starts(every)))
    if id(first) not in starts:
        return False
    numbers = [_item_number(line) for line in every if id(line) in starts and line is not first]
    if _item_number(first) == ("", 1) or _item_number(first)[0] not in {letter for letter, _ in numbers}:
        return True
    steps = [line.base - before.base for before, line in pairwise(every) if line is not first]
    return first.base - above[-1].base > max(steps, default=0.0) + _ROW_GAP * first.size


def _item_number(line: Piece) -> tuple[str, int]:
    """Return the letters and the number that a line begins with; no letters and 0 if there is none."""
    found = _ITEM.match(line.text)
    return (found[1], int(found[2])) if found else ("", 0)


def _label_bases(
    starts: Sequence[Piece], lines: Sequence[Piece], right_starts: Sequence[Piece]
) -> list[float]:
    """Return the base lines of the labels at the left, if each is told from the lines that belong to it.

    A label is beside the beginning of a paragraph at the right, behind space or as bold text below other
    text; or there are as many of them as paragraphs beside them. What is beside no beginning is no label.
    """
    found: list[float] = []
    groups = _near_groups(starts, lines)
    ends = [*(group[0].base for group in groups[1:]), float("inf")]
    for group, end in zip(groups, ends, strict=True):
        near = NEAR_BASE * group[0].size
        matched = [_base_beside(line, right_starts) for line in group]
        if matched[0] is None:
            return []
        beside = [line for line in right_starts if group[0].base - near <= line.base < end - near]
        is_paired = None not in matched and len(beside) == len(group)
        for at, (line, base) in enumerate(zip(group, matched, strict=True)):
            if at == 0 or is_paired or (base is not None and line.is_bold and not group[at - 1].is_bold):
                found.append(line.base if base is None else min(base, line.base))
            elif base is not None and not _is_of_label(group[at - 1], group[at : at + _ANNOUNCING]):
                return []
    return found


def _near_groups(starts: Sequence[Piece], lines: Sequence[Piece]) -> list[list[Piece]]:
    """Return the beginnings of paragraphs, in groups that space parts."""
    usual, begun = _usual_gap(lines), set(map(id, starts))
    groups: list[list[Piece]] = []
    before: Piece | None = None
    for line in lines:
        if before is None or line.base - before.base > _HOLE * usual:
            groups.append([line])
        elif id(line) in begun:
            groups[-1].append(line)
        before = line
    return groups


def _base_beside(line: Piece, others: Sequence[Piece]) -> float | None:
    near = [other.base for other in others if abs(other.base - line.base) <= NEAR_BASE * line.size]
    return min(near, key=lambda base: abs(base - line.base), default=None)


def _is_of_label(before: Piece, lines: Sequence[Piece]) -> bool:
    """Return whether a line near below a label is part of it: not bold, in mid-sentence, an announcement."""
    line = lines[0]
    is_announcement = any(other.text.endswith(":") for other in lines)
    return (before.is_bold and not line.is_bold) or line.text[0].islower() or is_announcement


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


def _is_at(line: Piece, bases: Sequence[float]) -> bool:
    return any(abs(line.base - base) <= SAME_BASE for base in bases)


def _share(lines: Sequence[Piece], bases: Sequence[float]) -> float:
    beside = sum(_is_at(line, bases) for line in lines)
    return beside / max(len(lines), 1)


def _labelled_share(lines: Sequence[Piece]) -> float:
    """Return how many of the paragraphs that are no list of codes have a label."""
    worded = [line for line in lines if not line.is_codes]
    return sum(line.opens for line in worded) / max(len(worded), 1)
