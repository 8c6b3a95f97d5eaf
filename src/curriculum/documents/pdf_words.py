"""Make words of the letters on a page of a PDF, and set apart what is not seen as text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from curriculum.documents.note_marks import is_mark_behind
from curriculum.documents.pdf_parts import SYMBOL_BULLETS, Filled, LeftOut, Letter, PdfPage, Unseen, Word
from curriculum.files.limits import check_time

__all__ = ["page_to_words"]

# Shares of the size of the letters.
_WORD_GAP, _SAME_BASE, _DOUBLE = 0.17, 0.22, 0.12
_RAISED_LEAST, _RAISED_MOST, _RAISED_SIZE, _RAISED_GAP = 0.12, 0.75, 0.85, 0.35
_LEAST_SIZE, _UPRIGHT = 2.5, 3.0
_BESIDE = 8.0
_MOST_BOXES = 1_000
_OVER = 0.4
# How near the base lines of two rows are that stand on each other, and how many letters show it.
_SAME_PLACE, _LEAST_CROSSED, _NEXT_ROWS = 0.75, 2, 4
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\x02": "-",
    }
)
# Signs of fonts for symbols whose names are not known.
_TICKS = {"\uf0fc": "✓", "\uf0fb": "✗", "\uf0fe": "☑", "\uf0fd": "☒", "\uf0d6": "✓"}
_NUMBER = re.compile(r"\[?\d{1,3}\]?|[*†‡]{1,3}")


def page_to_words(page: PdfPage) -> tuple[tuple[Word, ...], tuple[LeftOut, ...]]:
    """Return the words of a page, from line to line, and what is left out.

    Parameters
    ----------
    page
        The page.

    Returns
    -------
    tuple
        The words in the order of their base lines, and the texts that are not seen. The mark of a footnote
        is left out of its word, which says so.
    """
    seen: list[Letter] = []
    unseen: list[tuple[Unseen, Letter]] = []
    boxes = _boxes_behind_text(page)
    for letter in page.letters:
        check_time()
        why = _unseen(letter, page, boxes)
        if why is None:
            seen.append(letter)
        else:
            unseen.append((why, letter))
    rows = list(_letters_to_rows(seen))
    words = [word for row in rows for word in _row_to_words(row)]
    return tuple(_without_marks(words)), (
        *_left_out(unseen),
        *_overprinted(rows),
        *_crossed(rows),
        *_touching(rows),
    )


def _boxes_behind_text(page: PdfPage) -> tuple[Filled, ...]:
    """Return the filled rectangles that can be behind text or over it: of very many the largest."""
    boxes = [filled for filled in page.boxes if filled.is_opaque and min(filled.box[2:]) > 0]
    large = [filled for filled in boxes if min(filled.box.width, filled.box.height) > _LEAST_SIZE]
    large.sort(key=lambda filled: -filled.box.width * filled.box.height)
    return tuple(large[:_MOST_BOXES])


def _overprinted(rows: Iterable[Sequence[Letter]]) -> Iterator[LeftOut]:
    """Yield the lines in which letters stand on other letters, so that the words cannot be told."""
    for row in rows:
        if any(_is_over(before, letter) for before, letter in pairwise(row)):
            yield LeftOut(Unseen.OVERPRINTED, _row_to_text(row))


def _crossed(rows: Sequence[Sequence[Letter]]) -> Iterator[LeftOut]:
    """Yield the rows that stand half a line above another, as where a list goes on over a table."""
    for at, row in enumerate(rows):
        check_time()
        near = [other for other in rows[at + 1 : at + 1 + _NEXT_ROWS] if _is_half_below(row, other)]
        if any(_n_crossed(row, other) >= _LEAST_CROSSED for other in near):
            yield LeftOut(Unseen.OVERPRINTED, _row_to_text(row))


def _is_half_below(row: Sequence[Letter], other: Sequence[Letter]) -> bool:
    size = min(row[0].style.size, other[0].style.size)
    return _SAME_BASE * size < other[0].base - row[0].base < _SAME_PLACE * size


def _n_crossed(row: Sequence[Letter], other: Sequence[Letter]) -> int:
    """Return how many letters of a row share more than a part of their width with one of another row."""
    others = [letter for letter in other if letter.sign.isalnum()]
    found = at = 0
    for letter in row:
        while at < len(others) and others[at].right <= letter.left:
            at += 1
        if at < len(others) and letter.sign.isalnum():
            shared = min(letter.right, others[at].right) - max(letter.left, others[at].left)
            found += shared > _OVER * min(letter.right - letter.left, others[at].right - others[at].left)
    return found


def _touching(rows: Sequence[Sequence[Letter]]) -> Iterator[LeftOut]:
    """Yield the rows in which one word is drawn in two parts, with other rows in between: two texts touch."""
    drawn = _orders(letter for row in rows for letter in row)
    for row in rows:
        check_time()
        of_row = _orders(row)
        if any(_n_between(pair, drawn) > _n_between(pair, of_row) for pair in _pairs_in_words(row)):
            yield LeftOut(Unseen.TOUCHING, _row_to_text(row))


def _orders(letters: Iterable[Letter]) -> list[int]:
    return sorted({letter.style.order for letter in letters if not letter.sign.isspace()})


def _n_between(pair: tuple[Letter, Letter], orders: Sequence[int]) -> int:
    first, last = sorted(letter.style.order for letter in pair)
    return bisect_left(orders, last) - bisect_right(orders, first)


def _pairs_in_words(row: Sequence[Letter]) -> Iterator[tuple[Letter, Letter]]:
    """Yield the letters that stand beside each other in a word, and are drawn by different commands."""
    once = list(row[:1])
    once += [letter for before, letter in pairwise(row) if not _is_drawn_twice(before, letter)]
    for before, letter in pairwise(once):
        is_near = letter.left - before.right <= _WORD_GAP * max(letter.style.size, before.style.size)
        is_word = before.sign.isalnum() and letter.sign.isalnum()
        if is_near and is_word and before.style.order != letter.style.order:
            yield before, letter


def _is_over(before: Letter, letter: Letter) -> bool:
    # Letters that are drawn one behind the other can be near each other on purpose: “y.”.
    is_earlier = letter.style.order < before.style.order
    if not is_earlier or before.sign.isspace() or letter.sign.isspace():
        return False
    shared = min(before.right, letter.right) - letter.left
    narrow = min(before.right - before.left, letter.right - letter.left)
    return shared > _OVER * narrow > 0 and not _is_drawn_twice(before, letter)


def _unseen(  # noqa: PLR0911
    letter: Letter, page: PdfPage, boxes: Sequence[Filled]
) -> Unseen | None:
    style = letter.style
    if not style.is_seen:
        return Unseen.INVISIBLE
    if abs(style.angle) > _UPRIGHT:
        return Unseen.TURNED
    x, y = (letter.left + letter.right) / 2, letter.base - 0.25 * style.size
    if not (0 <= x <= page.width and 0 <= letter.base <= page.height + style.size):
        return Unseen.OUTSIDE
    if style.size < _LEAST_SIZE:
        return Unseen.TINY
    around = [filled for filled in boxes if filled.box.holds(x, y)]
    if any(filled.order > style.order and filled.box.height > style.size / 2 for filled in around):
        return Unseen.COVERED
    if style.is_white:
        under = max(around, key=lambda filled: filled.order, default=None)
        is_dark = under is not None and not under.is_white
        if not is_dark and not any(image.holds(x, y) for image in page.images):
            return Unseen.WHITE
    return None


def _left_out(unseen: Iterable[tuple[Unseen, Letter]]) -> Iterator[LeftOut]:
    for why, group in groupby(unseen, key=lambda item: item[0]):
        text = " ".join("".join(letter.sign for _, letter in group).split())
        if text:
            yield LeftOut(why, text)


def _letters_to_rows(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Yield the letters of each base line, from left to right."""
    row: list[Letter] = []
    base = 0.0
    for letter in sorted(letters, key=lambda letter: (letter.base, letter.left)):
        if row and letter.base - base > _SAME_BASE * min(letter.style.size, row[0].style.size):
            yield sorted(row, key=lambda letter: letter.left)
            row = []
        if not row:
            base = letter.base
        row.append(letter)
    if row:
        yield sorted(row, key=lambda letter: letter.left)


def _row_to_words(row: Sequence[Letter]) -> Iterator[Word]:
    letters: list[Letter] = []
    doubled: set[int] = set()
    for letter in row:
        before = letters[-1] if letters else None
        if letter.sign.isspace():
            yield from _letters_to_word(letters, doubled)
            letters = []
            continue
        if before and _is_drawn_twice(before, letter):
            doubled.add(id(before))
            continue
        if before and letter.left - before.right > _WORD_GAP * max(letter.style.size, before.style.size):
            yield from _letters_to_word(letters, doubled)
            letters = []
        letters.append(letter)
    yield from _letters_to_word(letters, doubled)


def _is_drawn_twice(before: Letter, letter: Letter) -> bool:
    # The parts of one ligature are at the same place too, but drawn by the same command.
    is_other = before.style is not letter.style
    return (
        is_other
        and before.sign == letter.sign
        and abs(before.left - letter.left) < _DOUBLE * letter.style.size
    )


def _row_to_text(row: Sequence[Letter]) -> str:
    return " ".join(word.text for word in _row_to_words(row))


def _letters_to_word(letters: Sequence[Letter], doubled: set[int]) -> Iterator[Word]:
    text = "".join(map(_shown_sign, letters)).replace("\xad", "")
    if letters and letters[-1].sign == "\xad":
        text += "\xad"
    if not text:
        return
    bold = sum(letter.style.is_bold or id(letter) in doubled for letter in letters)
    sizes = sorted(letter.style.size for letter in letters)
    yield Word(
        text,
        letters[0].left,
        max(letter.right for letter in letters),
        letters[len(letters) // 2].base,
        sizes[len(sizes) // 2],
        2 * bold > len(letters),
    )


def _shown_sign(letter: Letter) -> str:
    sign = letter.sign
    if sign in SYMBOL_BULLETS:
        return "•"
    return _TICKS.get(sign) or sign.translate(_LIGATURES)


def _without_marks(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words without the marks of footnotes; a raised number behind a unit is part of it."""
    ordered = sorted(words, key=lambda word: word.base)
    by_right = sorted(words, key=lambda word: word.right)
    bases, rights = [word.base for word in ordered], [word.right for word in by_right]
    reach = max((word.size for word in words), default=0.0)
    joined: dict[int, str] = {}
    taken: set[int] = set()
    for word in ordered:
        if not _NUMBER.fullmatch(word.text):
            continue
        check_time()
        first = bisect_left(bases, word.base + 0.5)
        below = ordered[first : bisect_left(bases, word.base + _BESIDE)]
        first = bisect_left(rights, word.left - _RAISED_GAP * reach)
        before = by_right[first : bisect_right(rights, word.left + reach)]
        near = min(below, before, key=len)
        owner = next((other for other in near if _is_raised_behind(word, other)), None)
        if owner is not None:
            taken.add(id(word))
            joined[id(owner)] = word.text
    for word in words:
        if id(word) in taken:
            continue
        mark = joined.get(id(word))
        if mark is None:
            yield word
        elif is_mark_behind(mark, word.text) or not mark.isdecimal():
            yield word._replace(is_marked=True)
        else:
            yield word._replace(text=word.text + mark)


def _is_raised_behind(mark: Word, word: Word) -> bool:
    rise, gap = word.base - mark.base, mark.left - word.right
    is_raised = _RAISED_LEAST * word.size < rise < _RAISED_MOST * word.size
    is_behind = -0.1 * word.size < gap < _RAISED_GAP * word.size
    return is_raised and is_behind and mark.size < _RAISED_SIZE * word.size
