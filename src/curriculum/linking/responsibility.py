"""Find the level of responsibility that a statement asks for, and how it changes between two wordings.

There are four levels: 1 observe or follow; 2 help those who are responsible; 3 do the work and be responsible
for it; 4 be responsible for the work of others, or decide. The verbs are in `responsibility.csv` beside this
module, from the taxonomies that it names; the level of each verb is this project's interpretation.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from curriculum.linking.stems import text_to_stems
from curriculum.model import vocabulary as v

__all__ = ["Responsibility", "text_to_responsibility", "texts_to_responsibility_change"]

_VERBS_FILE = "responsibility.csv"
_HELPING: Final = 2
_RESPONSIBLE_FOR_OTHERS: Final = 4
# A verb counts at the beginning of a statement, or joined to another verb.
_JOINTS = frozenset(("and", "or", "then"))
_INTRODUCTIONS = frozenset(("how", "to", "when", "where", "and", "abil", "be", "abl", "skill", "in"))
# These words show a role anywhere in a statement: "acting as", "under supervision".
_ROLES = frozenset(("act", "under"))
_MOST_WORDS = 8
_MARKS = ".,;:()"


class Responsibility(NamedTuple):
    """The words of a statement that show its level, and the level, 1 to 4; 0 if no word shows it."""

    words: str
    level: int


@lru_cache(maxsize=1)
def _verbs() -> Mapping[tuple[str, ...], int]:
    text = files("curriculum.linking").joinpath(_VERBS_FILE).read_text(encoding="utf-8")
    return {text_to_stems(row["verb"]): int(row["level"]) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1)
def _first_stems() -> frozenset[str]:
    return frozenset(stems[0] for stems in _verbs())


@lru_cache(maxsize=1 << 14)
def text_to_responsibility(text: str) -> Responsibility:
    """Return the level of responsibility that a statement asks for.

    A statement that begins with helping, or names a role ("acting as a point of contact"), has level 2.
    Otherwise the verb with the highest level counts. A verb of level 4 counts only at the beginning.

    Examples
    --------
    >>> text_to_responsibility("Obtain releases, acting as a point of contact")
    Responsibility(words='acting as a point of contact', level=2)
    >>> text_to_responsibility("Check and approve the invoices")
    Responsibility(words='approve', level=4)
    >>> text_to_responsibility("Invoices")
    Responsibility(words='', level=0)
    """
    found = list(_text_to_verbs(text))
    helping = [
        verb
        for is_opening, verb in found
        if verb.level == _HELPING and (is_opening or text_to_stems(verb.words)[0] in _ROLES)
    ]
    opening = [
        verb
        for is_opening, verb in found
        if is_opening or verb.level not in (_HELPING, _RESPONSIBLE_FOR_OTHERS)
    ]
    none = Responsibility("", 0)
    return helping[0] if helping else max(opening, key=lambda verb: verb.level, default=none)


def _text_to_verbs(text: str) -> Iterator[tuple[bool, Responsibility]]:
    """Yield the verbs of a statement, each with whether it begins the statement; longer verbs come first."""
    words = [(stem, word.strip(_MARKS)) for word in text.split() for stem in text_to_stems(word)]
    stems = tuple(stem for stem, _ in words)
    is_opening, follows_verb, start = True, False, 0
    while start < len(stems):
        size = _size_of_verb(stems, start)
        goes_on = bool(start) and stems[start - 1] in _JOINTS
        # The word after a verb is its object: "record lead times".
        is_opening &= not follows_verb or goes_on or stems[start] in _JOINTS
        if size and (is_opening or goes_on or size > 1):
            phrase = " ".join(word for _, word in words[start : start + size])
            yield is_opening, Responsibility(phrase.casefold(), _verbs()[stems[start : start + size]])
        is_opening &= bool(size) or stems[start] in _INTRODUCTIONS | _JOINTS
        follows_verb = bool(size)
        start += size or 1


def _size_of_verb(stems: tuple[str, ...], start: int) -> int:
    """Return the number of words of the longest verb that begins at a word; 0 if none does."""
    if stems[start] not in _first_stems():
        return 0
    sizes = range(min(_MOST_WORDS, len(stems) - start), 0, -1)
    return next((size for size in sizes if stems[start : start + size] in _verbs()), 0)


def texts_to_responsibility_change(old: str, new: str) -> tuple[str, str]:
    """Return whether the level of responsibility changes, and the words that show it.

    Returns
    -------
    tuple of str
        `raised`, `lowered` or `same`, and the words; empty if either wording does not show its level.

    Examples
    --------
    >>> texts_to_responsibility_change("Lead liaison with owners", "Assist with liaison with owners")
    ('lowered', 'lead -> assist with')
    """
    before, after = text_to_responsibility(old), text_to_responsibility(new)
    if not before.level or not after.level:
        return "", ""
    if before.level == after.level:
        return v.SAME_LEVEL, ""
    move = v.RAISED if after.level > before.level else v.LOWERED
    return move, f"{before.words} -> {after.words}"
