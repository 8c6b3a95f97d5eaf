"""Count the labels of lists as Word does: "K1" is often such a label, and then it is not in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["Label", "Labels", "count_to_text", "parts_to_labels"]

# Word allows eleven; a longer chain is a circle.
_MAX_BASES = 32
_MAX_LABEL = 100
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL = f"{_W}val"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def is_on(switch: Any) -> bool:
    """Return whether an element exists and switches something on."""
    return switch is not None and switch.get(_VAL, "true") not in ("0", "false", "off")


def _number_to_letters(number: int) -> str:
    """Return a number as letters, like Word: 1 as a, 26 as z, 27 as aa, 53 as aaa.

    Examples
    --------
    >>> _number_to_letters(3), _number_to_letters(28)
    ('c', 'bb')
    """
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


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


class _Level(NamedTuple):
    """A level of a list."""

    start: int
    form: str
    pattern: str
    joint: str
    restart: int
    is_decimal: bool
    style: str


class _Definition(NamedTuple):
    """The definition of a list: the id of the shared one, the levels, and the levels that start again."""

    shared: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class _Style(NamedTuple):
    """The numbering of a style of paragraphs."""

    based_on: str
    number_id: str
    level: int | None


def _value(element: Any, path: str, otherwise: str = "") -> str:
    found = None if element is None else element.find("/".join(_W + name for name in path.split("/")))
    return otherwise if found is None else str(found.get(_VAL, otherwise))


def _integer(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _numbering_properties(element: Any) -> tuple[str, int | None]:
    """Return the list and the level of a paragraph or a style; empty and None if it has none."""
    return _value(element, "pPr/numPr/numId"), _integer(_value(element, "pPr/numPr/ilvl"))


def _root_to_styles(root: Any) -> Mapping[str, _Style]:
    """Return the styles by id; the default style of paragraphs also under the empty id."""
    styles: dict[str, _Style] = {}
    for element in () if root is None else root.iterfind(f"{_W}style"):
        style = _Style(_value(element, "basedOn"), *_numbering_properties(element))
        styles[str(element.get(f"{_W}styleId"))] = style
        is_default = element.get(f"{_W}default") in ("1", "true", "on")
        if is_default and element.get(f"{_W}type") == "paragraph":
            styles[""] = style
    return styles


def _element_to_level(element: Any) -> _Level:
    written = element.find(f"{_W}numFmt")
    if written is None:
        written = element.find(f"{_MC}AlternateContent/{_MC}Fallback/{_W}numFmt")
    restart = _integer(_value(element, "lvlRestart"))
    return _Level(
        _integer(_value(element, "start")) or 0,
        "decimal" if written is None else str(written.get(_VAL)),
        _value(element, "lvlText"),
        _value(element, "suff", "tab"),
        9 if restart is None else restart,
        is_on(element.find(f"{_W}isLgl")),
        _value(element, "pStyle"),
    )


def _elements_to_levels(elements: Iterable[Any]) -> dict[int, _Level]:
    """Return the levels by number, from 0 to 8; Word has no others."""
    numbered = ((_integer(element.get(f"{_W}ilvl", "")), element) for element in elements)
    return {
        number: _element_to_level(element)
        for number, element in numbered
        if number is not None and number <= 8
    }


def _number_to_definition(number: Any, shared: Mapping[str, Mapping[int, _Level]]) -> _Definition:
    shared_id = _value(number, "abstractNumId")
    changed = _elements_to_levels(number.iterfind(f"{_W}lvlOverride/{_W}lvl"))
    starts = (
        (_integer(element.get(f"{_W}ilvl", "")), _integer(_value(element, "startOverride")))
        for element in number.iterfind(f"{_W}lvlOverride")
    )
    return _Definition(
        shared_id,
        {**shared.get(shared_id, {}), **changed},
        {level: start for level, start in starts if level is not None and start is not None},
    )


def _root_to_definitions(root: Any) -> tuple[Mapping[str, _Definition], Mapping[str, str]]:
    """Return the definitions by id, and the styles of lists that shared definitions refer to."""
    if root is None:
        return {}, {}
    abstracts = {
        str(element.get(f"{_W}abstractNumId")): element for element in root.iterfind(f"{_W}abstractNum")
    }
    shared = {key: _elements_to_levels(element.iterfind(f"{_W}lvl")) for key, element in abstracts.items()}
    links = {key: _value(element, "numStyleLink") for key, element in abstracts.items()}
    numbers = {
        str(number.get(f"{_W}numId")): _number_to_definition(number, shared)
        for number in root.iterfind(f"{_W}num")
    }
    return numbers, links


@dataclass
class Labels:
    """The definitions of a document's numbering, and the counters of each.

    As in Word, lists that share a definition share its counters, until one of them starts again.
    """

    styles: Mapping[str, _Style]
    definitions: Mapping[str, _Definition]
    links: Mapping[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def next_label(self, paragraph: Any) -> Label:
        """Count a paragraph, and return its label; an empty one if it has no numbering."""
        number_id, level = self._place(paragraph)
        definition = self._resolved(number_id)
        if definition is None or level not in definition.levels:
            return Label("", "nothing")
        counts = self._count(number_id, definition, level)
        text = _counts_to_label(definition.levels, level, counts)
        return Label(text, definition.levels[level].joint, level)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and the level of a paragraph; its properties go before those of its style."""
        number_id, level = _numbering_properties(paragraph)
        chain = self._bases(_value(paragraph, "pPr/pStyle"))
        inherited = next((self.styles[name].number_id for name in chain if self.styles[name].number_id), "")
        if level is None and not number_id:
            level = self._level_of_style(chain, inherited)
        return number_id or inherited, level or 0

    def _bases(self, name: str) -> Sequence[str]:
        chain: list[str] = []
        name = name if name in self.styles else ""
        while name in self.styles and len(chain) < _MAX_BASES:
            chain.append(name)
            name = self.styles[name].based_on
            if not name:
                break
        return chain

    def _level_of_style(self, chain: Sequence[str], number_id: str) -> int | None:
        """Return the level that refers to the style; the level that the style refers to can be missing."""
        definition = self._resolved(number_id)
        levels = definition.levels if definition else {}
        linked = {row.style: level for level, row in levels.items() if row.style}
        named = (self.styles[name].level for name in chain)
        return next(
            (linked[name] for name in chain if name in linked),
            next((level for level in named if level is not None), None),
        )

    def _resolved(self, number_id: str) -> _Definition | None:
        """Return the definition of a list, or that of the style of lists to which it refers."""
        definition = self.definitions.get(number_id)
        if definition is None or definition.levels:
            return definition
        style = self.styles.get(self.links.get(definition.shared, ""))
        linked = self.definitions.get(style.number_id) if style else None
        return linked._replace(starts=definition.starts) if linked else definition

    def _count(self, number_id: str, definition: _Definition, level: int) -> Mapping[int, int]:
        counts = self.counts.setdefault(definition.shared, {})
        starts_again = level in definition.starts and (number_id, level) not in self.started
        self.started.add((number_id, level))
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


def _counts_to_label(levels: Mapping[int, _Level], level: int, counts: Mapping[int, int]) -> str:
    """Return a label: the pattern of the level, with the numbers of the levels in it.

    If a number has an unknown form, the label is empty: a wrong label would be worse.

    Examples
    --------
    >>> _counts_to_label({0: _Level(1, "decimal", "K%1:", "tab", 9, False, "")}, 0, {0: 7})
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


def parts_to_labels(styles: Any, numbering: Any) -> Labels:
    """Return the labels of a document, with new counters, from the roots of the two parts."""
    return Labels(_root_to_styles(styles), *_root_to_definitions(numbering))
