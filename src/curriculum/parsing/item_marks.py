"""The marks with which the items of lists begin: P1, 1., 1.2, a), bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from curriculum.parsing.lines import Line, without_bullet

__all__ = [
    "Mark",
    "Style",
    "are_alone",
    "has_code_of_other",
    "is_next_number",
    "line_to_mark",
    "lines_to_style",
    "lines_with_one_mark",
]


class Style(Enum):
    """How the items of a list are marked."""

    CODE = "P1"
    DOTTED = "1.2"
    SIGNED = "1."
    NUMBER = "1"
    LETTER = "a)"
    BULLET = "•"
    NONE = ""


class Mark(NamedTuple):
    """A mark: its style, its letters and number as printed, the signs around these, and the wording behind.

    The wording is empty if the mark is alone on its line.
    """

    style: Style
    letters: str
    number: str
    text: str
    signs: str = ""


_DOTS = r"(?:\.\d{1,3}){1,2}"
_CODED = {
    letter: re.compile(
        rf"[(\[]?(?P<letters>{letters})\s?(?P<number>\d{{1,3}}(?:{_DOTS})?)[)\]]?[.):]?(?:\s+(?P<text>\S.*))?"
    )
    for letter, letters in {"P": "PC|P", "K": "KU|K"}.items()
}
_PLAIN: Final = (
    (Style.DOTTED, re.compile(rf"(?P<number>\d{{1,2}}{_DOTS})[.):]?(?:\s+(?P<text>\S.*))?")),
    (Style.SIGNED, re.compile(r"(?:\((?P<inside>\d{1,3})\)|(?P<number>\d{1,3})[.):])(?:\s+(?P<text>\S.*))?")),
    (Style.NUMBER, re.compile(r"(?P<number>\d{1,3})(?:\s+(?P<text>\S.*))?")),
    (
        Style.LETTER,
        re.compile(
            r"(?:\((?P<inside>[a-z]|[ivx]{1,5})\)|(?P<number>[a-z]|[ivx]{1,5})[.)])(?:\s+(?P<text>\S.*))?"
        ),
    ),
    (Style.BULLET, re.compile(r"(?P<number>[•▪◦·*–‣●○■□➢✓o-])(?:\s+(?P<text>\S.*))?")),
)


def has_code_of_other(line: Line, letter: str) -> bool:
    """Return whether a line begins with a code of the other list of a unit, and goes on with a wording.

    Examples
    --------
    >>> has_code_of_other(Line(1, "P3 Bake"), "K"), has_code_of_other(Line(1, "K3 Bake"), "K")
    (True, False)
    """
    found = [pattern.fullmatch(line.text) for of, pattern in _CODED.items() if of != letter]
    return any(mark is not None and mark["text"] for mark in found)


def line_to_mark(line: Line, letter: str) -> Mark | None:
    """Return the mark that a line begins with, or that it is; None if it has none.

    Parameters
    ----------
    line
        The line.
    letter
        The letter of the codes of the list: P or K; empty if it has none.

    Examples
    --------
    >>> line_to_mark(Line(1, "PC2. Bake"), "P")
    Mark(style=<Style.CODE: 'P1'>, letters='PC', number='2', text='Bake', signs='')
    >>> line_to_mark(Line(1, "1.2 Bake"), "P").number, line_to_mark(Line(1, "12 loaves"), "P").style.value
    ('1.2', '1')
    >>> line_to_mark(Line(1, "Bake"), "P") is None
    True
    """
    coded = _CODED[letter].fullmatch(line.text) if letter else None
    if coded:
        return Mark(Style.CODE, coded["letters"], coded["number"], coded["text"] or "")
    for style, pattern in _PLAIN:
        found = pattern.fullmatch(line.text)
        if found:
            number = found.groupdict().get("inside") or found["number"]
            text = found["text"] or ""
            signs = line.text[: len(line.text) - len(text)].replace(number, "", 1).strip()
            return Mark(style, "", number, text, signs)
    return None


def lines_to_style(lines: Sequence[Line], letter: str) -> Style:
    """Return the style of the items of a list: that of codes if there are any, else that of its first mark.

    Parameters
    ----------
    lines
        The lines of the list.
    letter
        The letter of its codes.

    Examples
    --------
    >>> lines_to_style([Line(1, "1. sorts of"), Line(2, "• rye"), Line(3, "2. salt")], "K").value
    '1.'
    """
    marks = [mark for line in lines if (mark := line_to_mark(line, letter))]
    if any(mark.style is Style.CODE for mark in marks):
        return Style.CODE
    if _begins_without_mark(lines, letter):
        return Style.NONE
    if any(mark.style is Style.NUMBER for mark in marks) and not _is_sequence(marks):
        marks = [mark for mark in marks if mark.style is not Style.NUMBER]
    return marks[0].style if marks else Style.NONE


def _begins_without_mark(lines: Sequence[Line], letter: str) -> bool:
    """Return whether a list has items without marks, one of which announces items with marks within it."""
    marks = [line_to_mark(line, letter) for line in lines]
    first = next((at for at, mark in enumerate(marks) if mark), 0)
    mark = marks[first] if marks else None
    is_within = mark is not None and mark.style in (Style.LETTER, Style.BULLET, Style.DOTTED)
    return is_within and first > 1 and lines[first - 1].text.endswith(":")


def lines_with_one_mark(lines: Sequence[Line], letter: str) -> tuple[Line, ...]:
    """Return lines without the bullets that are before codes or numbers, as web pages have them.

    Examples
    --------
    >>> [line.text for line in lines_with_one_mark([Line(1, "• P1 Bake"), Line(2, "• P2 Sell")], "P")]
    ['P1 Bake', 'P2 Sell']
    """
    inner = [_bullet_to_inner(line, letter) for line in lines]
    found = [mark for mark in inner if mark]
    n_bullets = sum(_is_bullet(line, letter) for line in lines)
    styles = {mark.style for mark in found}
    is_numbered = bool(found) and (Style.CODE in styles or found[0].number.endswith("1"))
    if len(styles) != 1 or not is_numbered or 2 * len(found) < n_bullets:
        return tuple(lines)
    return tuple(
        line._replace(text=without_bullet(line.text)) if mark else line
        for line, mark in zip(lines, inner, strict=True)
    )


def _is_bullet(line: Line, letter: str) -> bool:
    mark = line_to_mark(line, letter)
    return mark is not None and mark.style is Style.BULLET


def _bullet_to_inner(line: Line, letter: str) -> Mark | None:
    """Return the code or number behind the bullet of a line; None if it has no bullet, or none behind it."""
    text = without_bullet(line.text)
    mark = line_to_mark(line._replace(text=text), letter) if text != line.text else None
    return mark if mark and mark.style not in (Style.BULLET, Style.LETTER) else None


def _is_sequence(marks: Sequence[Mark]) -> bool:
    """Return whether numbers without a sign behind them are those of items: the first of them is 1.

    A number alone on a line is that of a page, unless most are alone.
    """
    numbers = [mark for mark in marks if mark.style is Style.NUMBER]
    if not are_alone(numbers):
        numbers = [mark for mark in numbers if mark.text]
    return len(numbers) > 1 and numbers[0].number == "1"


def are_alone(marks: Sequence[Mark]) -> bool:
    """Return whether most of these marks are alone on their lines, and more than one is."""
    n_alone = sum(not mark.text for mark in marks)
    return n_alone > 1 and 2 * n_alone > len(marks)


def is_next_number(before: Line, line: Line) -> bool:
    """Return whether a line has the number or the letter behind that of the line before it.

    Examples
    --------
    >>> is_next_number(Line(4, "1. stave"), Line(5, "2. head"))
    True
    >>> is_next_number(Line(4, "a) stave"), Line(5, "c) head"))
    False
    """
    first, second = line_to_mark(before, ""), line_to_mark(line, "")
    if first is None or second is None or first.style is not second.style:
        return False
    if first.style is Style.LETTER:
        return len(first.number + second.number) == 2 and ord(second.number) == ord(first.number) + 1
    return first.style is Style.SIGNED and int(second.number) == int(first.number) + 1
