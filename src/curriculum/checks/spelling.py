"""Find words that look misspelt: not in the word list, and one slip of the keyboard from a usual word.

The word list is British. A word in American spelling, or with -ize for -ise, is not misspelt.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Finding

__all__ = ["misspelt_words"]

# The longest words of the list have 45 letters; a run of more than 50 letters is not a word.
_SHORTEST, _LONGEST = 4, 50
# The word list has levels: 10 for the most usual words, 70 for rare ones. Here: the least length of the
# misspelt word, and the highest level of a word that may be meant.
_USUAL = {10: 50, 7: 35, 0: 10}
# The level up to which a word may be a part of a longer one.
_USUAL_PART = 35
_OTHER_SPELLING = 99
# From this length on a word is also compared with the repeated words of the document.
_LEAST_LONG = 7
# Parts of a word with a hyphen (co-ordinators) are not looked up.
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w-])")
_BEFORE_WORDS = re.compile(r"\W*")
_SENTENCE_ENDS = (". ", ": ", "? ", "! ")
_CONTRACTED = re.compile(r"['’](?:s|d|t|ll|re|ve)?$")
# Endings and beginnings that make a word of a known one, as the list does not have every form.
_ENDINGS = (
    "s",
    "es",
    "d",
    "ed",
    "t",
    "y",
    "ing",
    "ise",
    "ation",
    "al",
    "er",
    "ers",
    "able",
    "less",
    "ly",
    "ness",
    "like",
)
_PREFIXES = (
    "bio",
    "cyber",
    "de",
    "micro",
    "multi",
    "neuro",
    "non",
    "on",
    "over",
    "post",
    "pre",
    "re",
    "un",
    "under",
    "up",
)


def misspelt_words(lines: Sequence[Line]) -> Iterator[Finding]:
    """Report words that occur in one place, are not in the word list, and are one slip from a usual word.

    Names and terms of a trade are not in the list either. But they occur again between other words, or no
    usual word is near. A statement that is printed twice is one place.
    """
    places: dict[str, set[tuple[str, str]]] = {}
    counts: Counter[str] = Counter()
    for line in lines:
        words = [word.casefold() for word in _WORD.findall(line.text)]
        counts.update(words)
        for before, word, behind in zip(["", *words], words, [*words[1:], ""], strict=False):
            places.setdefault(word, set()).add((before, behind))
    repeated = {word: counts[word] for word, neighbours in places.items() if len(neighbours) > 1}
    unknown = {
        word
        for word, neighbours in places.items()
        if len(neighbours) == 1 and _SHORTEST <= len(word) <= _LONGEST and not _is_known(word, repeated)
    }
    reported = set()
    for line in lines:
        for found in _WORD.finditer(line.text) if unknown else ():
            word = found[0].casefold()
            if word not in unknown or word in reported:
                continue
            # A capital marks a name, unless a sentence begins there.
            is_name = found[0] != word and not _begins_sentence(line.text, found.start())
            meant = "" if is_name else _meant(word, repeated)
            if meant:
                reported.add(word)
                yield Finding(
                    "misspelt-word", line.number, "warning", f"“{found[0]}” looks misspelt (“{meant}”?)"
                )


def _begins_sentence(text: str, at: int) -> bool:
    is_first = at <= _BEFORE_WORDS.match(text).end()  # type: ignore[union-attr]
    return is_first or text.startswith(_SENTENCE_ENDS, at - 2)


@cache
def _levels() -> dict[str, int]:
    """Return the words of the word list with their levels; it is read at the first call."""
    packed = files("curriculum.checks").joinpath("british_words.txt.gz").read_bytes()
    levels = {}
    for line in gzip.decompress(packed).decode().splitlines():
        level, *words = line.split(" ")
        if level != "#":
            levels.update(dict.fromkeys(words, int(level) if level.isdigit() else _OTHER_SPELLING))
    return levels


@cache
def _usual(length: int) -> tuple[str, ...]:
    """Return the words that may be meant by a misspelt word of this length or more."""
    return tuple(word for word, level in _levels().items() if level <= _USUAL[length])


def _without_accents(word: str) -> str:
    return "".join(letter for letter in normalize("NFD", word) if not combining(letter))


def _level(word: str) -> int:
    return _levels().get(word, _OTHER_SPELLING)


def _is_part(word: str) -> bool:
    return _level(word) <= _USUAL_PART


def _is_known(word: str, repeated: Mapping[str, int]) -> bool:
    """Return whether a word is in the word list, or made of words that are, or of repeated ones."""
    levels = _levels()
    word = _without_accents(word.replace("’", "'"))
    stem = _CONTRACTED.sub("", word)
    spelt = {word, stem, stem.replace("iz", "is")}
    if any(form in levels for form in spelt):
        return True
    bare = {form.removesuffix(ending) for form in spelt for ending in _ENDINGS}
    forms = spelt | bare | {f"{form.removesuffix('ies')}y" for form in spelt if form.endswith("ies")}
    forms |= {f"{form}e" for form in bare if f"{form}s" != stem and form not in spelt} | {f"{stem}s"}
    if any(form in levels or form in repeated for form in forms):
        return True
    stems = {form.removeprefix(prefix) for form in forms for prefix in _PREFIXES} - forms
    if any(_is_part(form) for form in stems):
        return True
    parts = ((stem[:cut], stem[cut:]) for cut in range(3, len(stem) - 2))
    return any(_is_part(first) and _is_part(second) for first, second in parts)


def _meant(word: str, repeated: Mapping[str, int]) -> str:
    """Return the word that a slip of the keyboard turned into this one; empty if none is near."""
    word = _without_accents(word)
    slips: dict[str, int] = {}
    for spelt in {word, word.replace("iz", "is")}:
        length = next(length for length in _USUAL if len(spelt) >= length)
        near = process.extract(spelt, _usual(length), scorer=Indel.distance, score_cutoff=2, limit=None)
        for other, distance, _ in near:
            if _is_slip(spelt, other):
                slips[other] = min(int(distance), slips.get(other, 2))
    if len(word) >= _LEAST_LONG:
        near = process.extract(word, sorted(repeated), scorer=OSA.distance, score_cutoff=1, limit=None)
        slips |= {other: 1 for other, _, _ in near}
    return min(
        slips,
        key=lambda other: (slips[other], -repeated.get(other, 0), _level(other), -len(other), other),
        default="",
    )


def _is_slip(word: str, other: str) -> bool:
    """Return whether this word is a slip of the keyboard for another, which differs by two letters at most.

    A slip is a letter too many, too few or out of order; in a long word also a wrong letter, or two letters
    that are in the word elsewhere too (responsibille). A wrong letter in a short word is no evidence: kerb is
    no slip for herb. Nor is another first letter in a short word or a long one: json is no slip for son.

    Examples
    --------
    >>> _is_slip("ofif", "off"), _is_slip("responsibille", "responsible"), _is_slip("kerb", "herb")
    (True, True, False)
    """
    one_step = OSA.distance(word, other) == 1
    if word[0] != other[0] and sorted(word) != sorted(other):
        return _LEAST_LONG <= len(word) < max(_USUAL) and one_step and len(word) != len(other)
    if len(word) >= max(_USUAL):
        return one_step or set(word) == set(other)
    return one_step and (len(word) != len(other) or sorted(word) == sorted(other))
