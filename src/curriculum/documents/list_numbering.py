"""Count the labels of lists as Word does: "K1" is often such a label, and then it is not in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Counters", "Definition", "Label", "Level", "count_to_text", "counts_to_label"]

_MAX_LABEL = 100
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _number_to_letters(number: int) -> str:
    """Return a number as letters, like Word: 1 as a, 26 as z, 27 as aa, 53 as aaa.

    Examples
    --------
    >>> _number_to_letters(3), _number_to_letters(28)
    ('c', 'bb')
    """
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def _number_to_columns(number: int) -> str:
    """Return a number as letters, like the columns of a sheet: 26 as z, 27 as aa, 28 as ab.

    Examples
    --------
    >>> _number_to_columns(3), _number_to_columns(28)
    ('c', 'ab')
    """
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text


def _number_to_roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


# The function that writes a number, and the largest number for it; a larger one is written in digits.
_WRITTEN: Mapping[str, tuple[Callable[[int], str], int]] = {
    "decimal": (str, 0),
    "decimalZero": (lambda number: f"{number:02d}", 99),
    "lowerLetter": (_number_to_letters, 780),
    "upperLetter": (lambda number: _number_to_letters(number).upper(), 780),
    # As most programs count: z, aa, ab.
    "lowerLetters": (_number_to_columns, 18_278),
    "upperLetters": (lambda number: _number_to_columns(number).upper(), 18_278),
    "lowerRoman": (_number_to_roman, 3999),
    "upperRoman": (lambda number: _number_to_roman(number).upper(), 3999),
    "none": (lambda _: "", 999_999_999),
}


def count_to_text(number: int, form: str) -> str:
    """Return a number of a list in a form, by the name that Word gives the form.

    Examples
    --------
    >>> count_to_text(4, "decimal"), count_to_text(4, "lowerRoman"), count_to_text(4, "upperLetter")
    ('4', 'iv', 'D')
    """
    write, largest = _WRITTEN[form]
    return write(number) if 1 <= number <= largest else str(number)


class Label(NamedTuple):
    """A label, empty if there is none; what is between it and the text: tab, space, nothing; its level."""

    text: str
    joint: str
    level: int = 0


class Level(NamedTuple):
    """A level of a list."""

    start: int
    form: str
    pattern: str
    joint: str
    restart: int
    is_decimal: bool
    style: str


class Definition(NamedTuple):
    """The definition of a list: the id of the shared one, the levels, and the levels that start again."""

    shared: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass
class Counters:
    """The counters of the lists of a document.

    As in Word, lists that share a definition share its counters, until one of them starts again.
    """

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def next_label(self, list_id: str, definition: Definition, level: int) -> Label:
        """Count a paragraph of a list, and return its label; an empty one if the list has no such level."""
        if level not in definition.levels:
            return Label("", "nothing")
        counts = self._count(list_id, definition, level)
        text = counts_to_label(definition.levels, level, counts)
        return Label(text, definition.levels[level].joint, level)

    def _count(self, list_id: str, definition: Definition, level: int) -> Mapping[int, int]:
        counts = self.counts.setdefault(definition.shared, {})
        starts_again = level in definition.starts and (list_id, level) not in self.started
        self.started.add((list_id, level))
        if starts_again:
            counts[level] = definition.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = definition.starts.get(level, definition.levels[level].start)
        for lower in [deeper for deeper in counts if deeper > level]:
            # `restart` is the number of levels above that start a level again; 0 if none does.
            if level < definition.levels[lower].restart if lower in definition.levels else True:
                del counts[lower]
        return counts


def counts_to_label(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
    """Return a label: the pattern of the level, with the numbers of the levels in it.

    If a number has an unknown form, the label is empty: a wrong label would be worse.

    Examples
    --------
    >>> counts_to_label({0: Level(1, "decimal", "K%1:", "tab", 9, False, "")}, 0, {0: 7})
    'K7:'
    """
    pattern = levels[level].pattern
    if levels[level].form == "bullet":
        return "•" if pattern else ""
    places = [int(digit) - 1 for digit in re.findall("%([1-9])", pattern)]
    used = {place: levels[place] for place in places if place in levels}
    if len(pattern) > _MAX_LABEL or any(row.form not in _WRITTEN for row in used.values()):
        return ""
    texts = {
        place: count_to_text(
            counts.get(place, row.start), "decimal" if levels[level].is_decimal else row.form
        )
        for place, row in used.items()
    }
    return re.sub("%([1-9])", lambda found: texts.get(int(found[1]) - 1, ""), pattern)
