"""Compare two wordings: they are equivalent if they differ in editorial marks and small edits alone."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from curriculum.linking.cautions import texts_to_caution
from curriculum.model.text import text_to_key, text_to_squashed

__all__ = ["LEAST_RATIO", "are_equivalent"]

# The least ratio of equivalent statements: in a short one a small edit is none.
LEAST_RATIO: Final = 80
# An article stands alone in small letters: not 6(a), A&E, "grade A", "a few", "a little".
_ARTICLE = re.compile(r"(?<!\S)(?:an?|the)\s+(?!few\b|little\b|lot\b)")
# What joins two parts of a list. A separator, or "and/or", can stand for "and" and for "or".
_JOINT = re.compile(r"( ?[,;]? ?\b(?:and ?/ ?or|and|or)\b ?| ?& ?| ?(?<!\d)[,;/](?!\d) ?)", re.IGNORECASE)
_AND, _OR, _EITHER = "&", "|", "/"
_NAMES_OF_JOINTS: Final = {"and": _AND, "&": _AND, "or": _OR}
# Words with another meaning in the plural.
_PLURALS = (
    "arm content custom damage force good ground interest logistic manner mean minute premise proceed regard "
    "return right saving security spectacle spirit statistic term value water work"
)
_OTHER_PLURALS: Final = frozenset(text_to_key(_PLURALS).split())
_LEAST_LETTERS: Final = 4


def are_equivalent(old: str, new: str) -> bool:
    """Return whether two wordings have the same words in the same order, but for small edits.

    Small edits are: an article that is added or left out; a comma, a slash, "and/or" and one "and" or "or" in
    place of each other; and the -s of a plural or of a verb. An "and" in place of an "or" is none, and no
    difference of numbers, units, signs, negations or opposites is (`texts_to_caution`). The comparison keys
    must have a `ratio` of rapidfuzz of at least 80.

    Examples
    --------
    >>> are_equivalent("Maintain production records", "Maintains the production records")
    True
    >>> are_equivalent("Store materials/content", "Store materials or content")
    True
    >>> are_equivalent("Clean kitchens and equipment", "Clean kitchen equipment")
    False
    """
    keys = text_to_key(old), text_to_key(new)
    if not all(keys) or texts_to_caution(old, new):
        return False
    return keys[0] == keys[1] or (fuzz.ratio(*keys) >= LEAST_RATIO and _have_same_words(old, new))


def _have_same_words(old: str, new: str) -> bool:
    """Return whether two texts have the same words in the same order, but for small edits."""
    words, others = _text_to_words(old), _text_to_words(new)
    return len(words) == len(others) and all(map(_are_same, words, others))


def _text_to_words(text: str) -> list[str]:
    """Return the words of a text without editorial marks and articles; what joins them counts as a word."""
    parts = _JOINT.split(_ARTICLE.sub("", text_to_squashed(text)))
    words = text_to_key(parts[0]).split()
    for joint, part in zip(parts[1::2], parts[2::2], strict=True):
        words.append(_NAMES_OF_JOINTS.get(joint.strip(" ,;").casefold(), _EITHER))
        # Behind another word: at the beginning of a text a few words are editorial.
        words += text_to_key(f"{_AND} {part}").split()[1:]
    return words


def _are_same(word: str, other: str) -> bool:
    """Return whether two words, or two joints, are the same or stand for each other."""
    if word == other:
        return True
    if {word, other} <= {_AND, _OR, _EITHER}:
        return _EITHER in (word, other)
    short, long = sorted((word, other), key=len)
    return (
        long == f"{short}s"
        and len(short) >= _LEAST_LETTERS
        and not short.endswith("s")
        and short not in _OTHER_PLURALS
    )
