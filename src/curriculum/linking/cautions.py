"""Find small differences that reverse a meaning: numbers, negations, opposites. A person must see them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from curriculum.model.text import text_to_key

__all__ = ["texts_to_caution"]

# A number with its parts (2.5, 1:10, 3/4, 2-5), and a sign before it; COVID-19 has a hyphen, and no sign.
_NUMBER = re.compile(
    r"""(?:\(\s*[-−]\s*\)\s?|(?<![\w)\]])[-−‐‑–—－]\s?)?
    (?:(?<!\w)\.)?\d+(?:[.,:]\d+|\s?[-−‐‑–—/×*^]\s?\d+)*
    (?:\s?[%‰]|[′″])?""",
    re.VERBOSE,
)
_DASH = re.compile(r"[−‐‑–—－]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
# Feet and inches.
_MARKED_NUMBER = re.compile(r"\d(['\"])")
# Capital letters with a sign of their own: blood of group O-, grade A*.
_MARKED_NAME = re.compile(r"\b[A-Z][A-Za-z]?[-−*](?!\w)")
# A short unit: its capital letters have a meaning (MW, mW).
_UNIT = re.compile(r"\d\s?([A-Za-zµμΩ]{1,3})\b")
_BULLETS: Final = frozenset("|`´¨◦▪●■□➢✓✔★☆►▶◆◇○❖❑™®©")
# These count if only one wording has them; numbers and opposites only if both have.
_ON_ONE_SIDE: Final = ("negation", "sign")
_COUNTS = "one two three four five six seven eight nine ten eleven twelve once twice half third quarter"
_NOTS = "not no never without cannot neither nor except unless excluding"
_NUMBER_WORDS: Final = frozenset(_COUNTS.split())
_NEGATIONS: Final = frozenset(_NOTS.split())
# Pairs of opposites: a wording with a word of the other side has another meaning.
_OPPOSITES: Final = tuple(
    (frozenset(first.split()), frozenset(second.split()))
    for first, second in (
        ("above", "below"),
        ("over", "under"),
        ("before", "after"),
        ("more", "less fewer"),
        ("most", "least"),
        ("maximum", "minimum"),
        ("upper", "lower"),
        ("increase increases increasing", "decrease decreases decreasing reduce reduces reducing"),
        ("internal internally", "external externally"),
        ("adult adults", "child children"),
        ("supervised", "unsupervised"),
        ("direct directly", "indirect indirectly"),
        ("formal formally", "informal informally"),
        ("manual manually", "automatic automatically automated"),
        ("simple", "complex"),
        ("low", "high"),
        ("start", "end"),
        ("open", "close"),
        ("import", "export"),
    )
)
_WITH_OPPOSITE: Final = frozenset(word for sides in _OPPOSITES for side in sides for word in side)


def texts_to_caution(old: str, new: str) -> str:
    """Return the differences between two wordings that may reverse the meaning; empty if there are none.

    Examples
    --------
    >>> texts_to_caution("Lift loads up to 25 kg", "Lift loads up to 250 kg")
    'number: 25 -> 250'
    >>> texts_to_caution("Do not work above 2 m", "Work below 2 m")
    'negation: not -> ; opposite: above -> below'
    >>> texts_to_caution("Budget for one shoot", "Budget for a shoot")
    ''
    """
    if old == new:
        return ""
    words = [Counter(text_to_key(text).split()) for text in (old, new)]
    deleted, inserted = words[0] - words[1], words[1] - words[0]
    differences = [
        ("number", *_numbers(old, new)),
        ("unit", *_units(old, new)),
        ("sign", *_signs(old, new)),
        ("negation", *(_named(counts, _NEGATIONS) for counts in (deleted, inserted))),
    ]
    if not (_WITH_OPPOSITE.isdisjoint(deleted) or _WITH_OPPOSITE.isdisjoint(inserted)):
        differences += [
            ("opposite", _named(deleted, before), _named(inserted, after))
            for sides in _OPPOSITES
            for before, after in (sides, sides[::-1])
        ]
    return "; ".join(
        f"{name}: {before} -> {after}"
        for name, before, after in differences
        if (before or after) and (name in _ON_ONE_SIDE or (before and after))
    )


def _named(words: Counter[str], wanted: frozenset[str]) -> str:
    return " ".join(sorted(set(words) & wanted))


def _only(counts: Sequence[Counter[str]]) -> tuple[str, str]:
    """Return what only the first, and only the second of two texts has."""
    return " ".join(sorted(counts[0] - counts[1])), " ".join(sorted(counts[1] - counts[0]))


def _numbers(old: str, new: str) -> tuple[str, str]:
    """Return the numbers that only one wording has."""
    return _only([Counter([*_text_to_numbers(text), *_number_words(text)]) for text in (old, new)])


def _text_to_numbers(text: str) -> list[str]:
    """Return the numbers of a text, each in one way of writing."""
    numbers = ["".join(_DASH.sub("-", number).split()) for number in _NUMBER.findall(text)]
    marks = [mark for mark in _MARKED_NUMBER.findall(text) if text.count(mark) % 2]
    return [_to_one_way(number) for number in numbers] + marks


def _to_one_way(number: str) -> str:
    plain = _THOUSANDS.sub("", number.replace("(-)", "-"))
    return f"0{plain}" if plain.startswith(".") else plain


def _units(old: str, new: str) -> tuple[str, str]:
    """Return the units that differ in their capital letters."""
    units = [Counter(_UNIT.findall(text)) for text in (old, new)]
    folded = [Counter(unit.casefold() for unit in counts.elements()) for counts in units]
    return _only(units) if folded[0] == folded[1] else ("", "")


def _signs(old: str, new: str) -> tuple[str, str]:
    """Return the signs with a meaning that only one wording has."""
    return _only([Counter([*filter(_is_sign, text), *_MARKED_NAME.findall(text)]) for text in (old, new)])


def _is_sign(letter: str) -> bool:
    is_own = unicodedata.category(letter)[0] == "S" and letter not in _BULLETS
    # The other signs of ASCII are in the comparison key.
    return is_own and (letter == "~" or not letter.isascii())


def _number_words(text: str) -> list[str]:
    return [word for word in text_to_key(text).split() if word in _NUMBER_WORDS]
