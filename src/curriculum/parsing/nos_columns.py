"""Read the column of headings at the left of a NOS unit, as the text of a PDF has it beside the items.

“Performance      1. check the plan” above “criteria” is the heading “Performance criteria”, and an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from curriculum.model.text import text_to_squashed, text_to_title_key
from curriculum.parsing.lines import Line, lines_to_cells, lines_with_next, texts_to_lines
from curriculum.parsing.nos_headings import SIDE, has_ksb_codes, heading_to_part, lines_to_headings
from curriculum.parsing.nos_labels import LABELS
from curriculum.parsing.nos_pages import lines_to_head, without_page_heads

__all__ = ["is_unit", "lines_without_side_headings"]

_CRITERIA = (
    *("performance criteria", "you must be able to", "you need to be able to", "you should be able to"),
    *("what you must be able to do", "what you need to be able to do", "what you must do"),
    "outcomes of effective performance",
)
_KNOWLEDGE = (
    *("knowledge and understanding", "you need to know and understand", "you must know and understand"),
    *("what you need to know and understand", "what you must know and understand", "what you need to know"),
    *("you need to know", "you must know", "you need to understand", "knowledge understanding"),
    *("underpinning knowledge", "underpinning knowledge and understanding"),
)
_HEADINGS: Final = (
    *_CRITERIA,
    *_KNOWLEDGE,
    *(f"{_CRITERIA[0]} {other}" for other in _CRITERIA[1:]),
    *(f"{_KNOWLEDGE[0]} {other}" for other in _KNOWLEDGE[1:]),
)
_PARTS: Final = (
    *(
        "overview",
        "scope range",
        "scope range related to performance criteria",
        "scope related to performance",
    ),
    *("scope range related to knowledge and understanding", "scope range relating to performance criteria"),
    *("scope range relating to knowledge and understanding", "scope related to knowledge"),
    *("about this unit", "unit overview"),
)
_WHOLE: Final = frozenset((*_HEADINGS, *_PARTS, *LABELS))


def _to_beginnings(phrases: Sequence[str]) -> frozenset[str]:
    """Return each beginning of these phrases that ends with a word."""
    return frozenset(
        " ".join(words[:n]) for words in map(str.split, phrases) for n in range(1, len(words) + 1)
    )


_BEGINNINGS: Final = _to_beginnings(sorted(_WHOLE))
_HEADING_BEGINNINGS: Final = _to_beginnings(_HEADINGS)
# The words of a heading and what is far behind them on the line.
_SIDES = re.compile(r"(?P<left>\s{0,12}\S++(?: \S++){0,6}+)\s{2,}(?P<right>\S.*)")
# What an item begins with where nothing but a space is between it and the heading.
_ITEM = re.compile(r"[PK]\d{1,3}\b|\(?\d{1,2}[.)]\s|[•–-]\s")
_STEM = re.compile(r"you (?:must|need)\b", re.IGNORECASE)
# Words of the headings of a unit: a text without them is not looked at further.
_WORDS: Final = (
    re.compile(r"criteria|able|must do|effective", re.IGNORECASE),
    re.compile(r"know|understand", re.IGNORECASE),
)
_WINDOW: Final = 7
_LEAST_COLUMN: Final = 8
# A column need not begin at the same place on each line.
_RAGGED: Final = 2


# The mark of an item, and a wide gap behind it.
_MARKED = re.compile(
    r"\s*+(?:[(\[]?(?:PC|P|KU|K)?\s?\d{1,3}(?:\.\d{1,3}){0,2}[)\]]?[.):]?|\(?[a-z]{1,4}[.)]|[•▪◦·*–‣●○■□➢✓o-])"
    r"\s{2,}(?P<text>\S.*)"
)
_GAP = re.compile(r"\S {3,}\S")


class _Side(NamedTuple):
    """A line in two: the words at the left, what is beside them, where that begins, and the indent."""

    left: str
    right: str
    column: int
    indent: int = 0


def _raw_to_side(raw: str) -> _Side:
    """Return the two sides of a line; all of a line without a wide gap is at the left."""
    indent = len(raw) - len(raw.lstrip())
    found = _SIDES.fullmatch(raw.rstrip())
    if found is None:
        return _Side(raw.strip(), "", 0, indent)
    return _Side(found["left"].strip(), found["right"], found.start("right"), indent)


def _line_to_side(line: Line, texts: Sequence[str]) -> _Side | None:
    """Return the two sides of a line of plain text; None for a line of a table."""
    return None if line.row or line.cells else _raw_to_side(texts[line.number - 1].lstrip("\f"))


def _words_to_sides(text: str, before: str) -> _Side | None:
    """Return a line in two where only a space is between a heading and what is beside it.

    Parameters
    ----------
    text
        The line.
    before
        The words of the heading on the lines above.
    """
    words = text.split()
    for n in range(min(len(words), 7), 0, -1):
        key = text_to_title_key(" ".join((before, *words[:n])))
        if not text_to_title_key(words[n - 1]):
            continue
        right = " ".join(words[n:])
        is_above_stem = key.startswith(("performance", "knowledge")) and _STEM.match(right) is not None
        if key in _HEADING_BEGINNINGS and (before or is_above_stem or _ITEM.match(right)):
            return _Side(" ".join(words[:n]), right, 0)
    return None


class _Heading(NamedTuple):
    """A heading at the side: the sides of the lines that it is on, by their places, and its words."""

    sides: dict[int, _Side]
    words: str

    @property
    def last(self) -> int:
        """The place of the last of its lines."""
        return max(self.sides)


def _find_wide(at: int, sides: Sequence[_Side | None], heads: frozenset[int]) -> _Heading | None:
    """Return the heading that begins at a line, and that has something beside it, far behind it.

    Parameters
    ----------
    at
        The place of the line.
    sides
        The two sides of each line.
    heads
        The places of the heads and feet of pages.
    """
    words, column = "", 0
    taken: dict[int, _Side] = {}
    found: _Heading | None = None
    for place in _places(at, len(sides), heads):
        side = sides[place]
        if side is None:
            break
        key = text_to_title_key(f"{words} {side.left}")
        if key not in _BEGINNINGS:
            # What is only in the right column is beside the heading.
            if column and side.indent >= column - _RAGGED:
                continue
            break
        words, column = key, column or side.column
        taken[place] = side
        if words in _WHOLE and column >= _LEAST_COLUMN:
            found = _Heading(dict(taken), words)
    return found


def _places(at: int, end: int, heads: frozenset[int]) -> Iterator[int]:
    """Yield the places of the next lines, without the heads and feet of pages."""
    return islice((place for place in range(at, end) if place not in heads), _WINDOW)


def _find_narrow(at: int, lines: Sequence[Line], heads: frozenset[int]) -> _Heading | None:
    """Return the heading that begins at a line with an item behind it, with one space between them."""
    taken: dict[int, _Side] = {}
    words = ""
    for place in _places(at, len(lines), heads):
        line = lines[place]
        side = None if line.row or line.cells else _words_to_sides(line.text, words)
        if side is None:
            if not taken:
                return None
            continue
        taken[place] = side
        words = text_to_title_key(f"{words} {side.left}")
        if words in _HEADINGS:
            return _Heading(taken, words)
    return None


def _heading_to_lines(
    heading: _Heading, at: int, lines: Sequence[Line], texts: Sequence[str]
) -> Iterator[Line]:
    """Yield the parts of a heading, and behind them what is beside it."""
    words = [
        lines[place]._replace(text=text_to_squashed(side.left), indent=0)
        for place, side in heading.sides.items()
    ]
    if heading.words in _HEADINGS:
        yield from words
    else:
        yield words[0]._replace(text=" ".join(line.text for line in words), last_number=words[-1].number)
    gap = 0
    for place in range(at, heading.last + 1):
        beside, line = heading.sides.get(place), lines[place]
        if beside is None:
            yield _with_mark_apart(line, texts)
        elif beside.right:
            yield _to_right(line, beside)._replace(gap=0 if place == at else max(gap, line.gap))
        # Beside a part of the heading alone, the right column has a blank line.
        gap = int(beside is not None and not beside.right)


def _to_right(line: Line, side: _Side) -> Line:
    return line._replace(text=text_to_squashed(side.right), indent=side.column, row=-line.number)


def lines_without_side_headings(lines: Sequence[Line], texts: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of a unit in which each heading at the side is above what is beside it.

    Parameters
    ----------
    lines
        The lines as they are read.
    texts
        All lines as printed.

    Examples
    --------
    >>> from curriculum.parsing.lines import texts_to_lines
    >>> texts = ["Lay bricks", "Performance    P1  check the plan", "criteria       P2  lay bricks"]
    >>> [line.text for line in lines_without_side_headings(texts_to_lines(texts)[0], texts)]
    ['Lay bricks', 'Performance', 'criteria', 'P1 check the plan', 'P2 lay bricks']
    """
    lines = [_without_form_feed(line, after, texts) for line, after in lines_with_next(lines)]
    sides = [_line_to_side(line, texts) for line in lines]
    numbers = frozenset(without_page_heads(lines, lines_to_head(lines))[1])
    heads = frozenset(at for at, line in enumerate(lines) if line.number in numbers)
    done: list[Line] = []
    at, column = 0, 0
    while at < len(lines):
        heading = None if at in heads else _find_wide(at, sides, heads) or _find_narrow(at, lines, heads)
        if heading is None:
            done += _split_at_column(lines[at], sides[at], column, texts)
            at += 1
        else:
            columns = [side.column for side in heading.sides.values() if side.right]
            column = min(columns, default=0)
            done += _heading_to_lines(heading, at, lines, texts)
            at = heading.last + 1
    return _with_neighbours(done, column)


def _split_at_column(line: Line, side: _Side | None, column: int, texts: Sequence[str]) -> tuple[Line, ...]:
    """Return a line in two if it has words at the side that are no known heading."""
    apart = _with_mark_apart(line, texts)
    if side is None or not (column and side.right) or side.indent > _RAGGED or apart.row:
        return (apart,)
    is_beside = side.column >= column - _RAGGED and side.indent + len(side.left) < column
    if not is_beside:
        return (apart,)
    left = line._replace(text=text_to_squashed(side.left), column=SIDE, row=-line.number)
    return left, _to_right(line, side)._replace(gap=0)


def _with_neighbours(lines: Sequence[Line], column: int) -> tuple[Line, ...]:
    """Return lines in which the words at the side go on above and below those that are beside an item."""
    done = list(lines)
    for at, line in enumerate(lines):
        near = [*done[max(at - 2, 0) : at], *lines[at + 1 : at + 3]]
        is_beside = any(other.column == SIDE and abs(other.number - line.number) == 1 for other in near)
        is_left = line.indent <= _RAGGED and len(line.text) < column and not (line.row or line.level)
        if is_beside and is_left and heading_to_part(line, lines[at + 1 : at + 4])[0] == "":
            done[at] = line._replace(column=SIDE)
    return tuple(done)


def _without_form_feed(line: Line, after: Line | None, texts: Sequence[str]) -> Line:
    """Return a line whose indent does not count the sign with which a page begins.

    A number above such a sign is that of a page.
    """
    raw = texts[line.number - 1]
    is_last = after is not None and not any(map(str.strip, texts[line.number : after.number - 1]))
    if after and is_last and line.text.isdigit() and texts[after.number - 1].startswith("\f"):
        line = line._replace(is_running=True)
    if line.row or not raw.startswith("\f"):
        return line
    plain = raw.lstrip("\f")
    return line._replace(indent=len(plain) - len(plain.lstrip()))


def _with_mark_apart(line: Line, texts: Sequence[str]) -> Line:
    """Return a line as one of several cells if its only wide gap is the one behind its mark."""
    if line.row or line.cells:
        return line
    found = _MARKED.fullmatch(texts[line.number - 1].rstrip())
    return line._replace(row=-line.number) if found and not _GAP.search(found["text"]) else line


def is_unit(texts: Sequence[str]) -> bool:
    """Return whether a text has the headings of a NOS unit: one of its criteria, and one of its knowledge.

    Examples
    --------
    >>> is_unit(["You must be able to:", "P1 Bake", "You need to know and understand:"]), is_unit(["Duties"])
    (True, False)
    """
    if not all(any(words.search(text) for text in texts) for words in _WORDS):
        return False
    lines = lines_to_cells(lines_without_side_headings(texts_to_lines(texts)[0], texts))
    numbers = lines_to_headings(lines)
    return bool(numbers["criteria"] and numbers["knowledge"]) and not has_ksb_codes(lines)
