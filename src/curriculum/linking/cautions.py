"""Find small differences that reverse a meaning: numbers, negations, opposites. A person must see them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from curriculum.model.text import text_to_key

__all__ = ["texts_to_caution"]

# With a sign before it, but not with the hyphen of a range (2-5 kg) or of a name (COVID-19).
_NUMBER = re.compile(r"(?:(?<![\w.,)\]])[-−–])?\d+(?:[.,]\d+)*")
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
        if (before or after) and (name == "negation" or (before and after))
    )


def _named(words: Counter[str], wanted: frozenset[str]) -> str:
    return " ".join(sorted(set(words) & wanted))


def _numbers(old: str, new: str) -> tuple[str, str]:
    """Return the numbers that only one wording has."""
    counts = [Counter([*_NUMBER.findall(text), *_number_words(text)]) for text in (old, new)]
    return " ".join(sorted(counts[0] - counts[1])), " ".join(sorted(counts[1] - counts[0]))


def _number_words(text: str) -> list[str]:
    return [word for word in text_to_key(text).split() if word in _NUMBER_WORDS]
