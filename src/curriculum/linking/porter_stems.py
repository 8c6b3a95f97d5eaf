"""Stem English words by the algorithm of Porter (2001), in its form of 2025.

https://snowballstem.org/algorithms/english/stemmer.html describes the algorithm, and names its steps and
regions as here. A step removes or replaces the longest ending of its list, or does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

__all__ = ["to_porter_stem"]

_STEMS: Final = {
    "andes": "andes",
    "atlas": "atlas",
    "bias": "bias",
    "cosmos": "cosmos",
    "early": "earli",
    "gently": "gentl",
    "howe": "howe",
    "idly": "idl",
    "news": "news",
    "only": "onli",
    "singly": "singl",
    "skies": "sky",
    "skis": "ski",
    "sky": "sky",
    "ugly": "ugli",
}
_SHORTEST: Final = 3
_VOWEL: Final = re.compile("[aeiouy]")
# A y is a consonant at the beginning of a word and behind a vowel. It is then written Y.
_CONSONANT_Y: Final = re.compile("^y|([aeiouy])y")
_REGION: Final = re.compile("[^aeiouy]*[aeiouy]+[^aeiouy]")
_FIRST_REGION: Final = re.compile("arsen|commun|emerg|gener|inter|later|organ|past|univers")
# A word up to here ends in a short syllable.
_SHORT_SYLLABLE: Final = re.compile(r"(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)\Z")
_STEP_1A: Final = frozenset(("sses", "ied", "ies", "ss", "us", "s"))
_STEP_1B: Final = frozenset(("eed", "eedly", "ed", "edly", "ing", "ingly"))
_KEPT_BEFORE_EED: Final = frozenset(("succ", "proc", "exc"))
_KEPT_BEFORE_ING: Final = frozenset(("even", "cann", "inn", "earr", "herr", "out"))
_DOUBLE: Final = re.compile(r"(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)\Z")
_STEP_2: Final = {
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "abli": "able",
    "entli": "ent",
    "izer": "ize",
    "ization": "ize",
    "ational": "ate",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "aliti": "al",
    "alli": "al",
    "fulness": "ful",
    "fulli": "ful",
    "ousli": "ous",
    "ousness": "ous",
    "iveness": "ive",
    "iviti": "ive",
    "biliti": "ble",
    "bli": "ble",
    "ogi": "og",
    "ogist": "og",
    "lessli": "less",
    "li": "",
}
_STEP_3: Final = {
    "tional": "tion",
    "ational": "ate",
    "alize": "al",
    "icate": "ic",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
    "ative": "",
}
_REMOVED_IN_STEP_4: Final = "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion"
_STEP_4: Final = frozenset(_REMOVED_IN_STEP_4.split())
_BEFORE_LI: Final = frozenset("cdeghkmnrt")


def to_porter_stem(word: str) -> str:
    """Return the stem of a word in lower-case letters.

    Examples
    --------
    >>> to_porter_stem("scheduling"), to_porter_stem("organisations"), to_porter_stem("dying")
    ('schedul', 'organis', 'die')
    """
    if word in _STEMS:
        return _STEMS[word]
    if len(word) < _SHORTEST:
        return word
    word = _CONSONANT_Y.sub(r"\1Y", word.removeprefix("'"))
    found = _FIRST_REGION.match(word) or _REGION.match(word)
    first = found.end() if found else len(word)
    found = _REGION.match(word, first)
    second = found.end() if found else len(word)
    word = _step_1c(_step_1b(_step_1a(word), first))
    word = _step_4(_step_3(_step_2(word, first), first, second), second)
    return _step_5(word, first, second).replace("Y", "y")


def _ending_of(word: str, endings: Container[str], longest: int) -> str:
    """Return the longest of some endings that a word has; empty if it has none of them."""
    starts = range(max(len(word) - longest, 0), len(word))
    return next((word[start:] for start in starts if word[start:] in endings), "")


def _step_1a(word: str) -> str:
    for ending in ("'s'", "'s", "'"):
        if word.endswith(ending):
            word = word.removesuffix(ending)
            break
    ending = _ending_of(word, _STEP_1A, 4)
    stem = word.removesuffix(ending)
    if ending == "sses":
        return stem + "ss"
    if ending in {"ied", "ies"}:
        return stem + ("i" if len(stem) > 1 else "ie")
    return stem if ending == "s" and _VOWEL.search(stem[:-1]) else word


def _step_1b(word: str, first: int) -> str:
    ending = _ending_of(word, _STEP_1B, 5)
    stem = word.removesuffix(ending)
    if ending in {"eed", "eedly"}:
        return stem + "ee" if len(stem) >= first and stem not in _KEPT_BEFORE_EED else word
    if ending == "ing" and stem in _KEPT_BEFORE_ING:
        return word
    if ending == "ing" and len(stem) == 2 and stem[1] == "y" and not _VOWEL.match(stem):
        return stem[0] + "ie"
    return _without_past(stem, first) if ending and _VOWEL.search(stem) else word


def _without_past(stem: str, first: int) -> str:
    """Return a word as it was before -ed or -ing was added to it."""
    if stem.endswith(("at", "bl", "iz")):
        return stem + "e"
    if _DOUBLE.search(stem):
        return stem if len(stem) == 3 and stem[0] in "aeo" else stem[:-1]
    return stem + "e" if len(stem) == first and _SHORT_SYLLABLE.search(stem) else stem


def _step_1c(word: str) -> str:
    is_replaced = len(word) > 2 and word[-1] in "yY" and not _VOWEL.match(word[-2])
    return word[:-1] + "i" if is_replaced else word


def _step_2(word: str, first: int) -> str:
    ending = _ending_of(word, _STEP_2, 7)
    stem = word.removesuffix(ending)
    is_wrong = (ending == "ogi" and stem[-1:] != "l") or (ending == "li" and stem[-1:] not in _BEFORE_LI)
    return word if not ending or len(stem) < first or is_wrong else stem + _STEP_2[ending]


def _step_3(word: str, first: int, second: int) -> str:
    ending = _ending_of(word, _STEP_3, 7)
    stem = word.removesuffix(ending)
    start = second if ending == "ative" else first
    return stem + _STEP_3[ending] if ending and len(stem) >= max(start, first) else word


def _step_4(word: str, second: int) -> str:
    ending = _ending_of(word, _STEP_4, 5)
    stem = word.removesuffix(ending)
    is_removed = len(stem) >= second and (ending != "ion" or stem.endswith(("s", "t")))
    return stem if is_removed else word


def _step_5(word: str, first: int, second: int) -> str:
    stem = word[:-1]
    if word.endswith("e"):
        is_removed = len(stem) >= second or (len(stem) >= first and not _SHORT_SYLLABLE.search(stem))
    else:
        is_removed = word.endswith("ll") and len(stem) >= second
    return stem if is_removed else word
