"""The level of responsibility that a statement asks for, and whether it moved from one wording to another.

The ladder has four rungs: 1 observe, follow; 2 help those who answer for the work; 3 do it and answer for
it; 4 answer for the work of others, or decide. Its verbs, in `responsibility.csv` beside this module, are
from the taxonomies that it names; which verb stands on which rung is this project's reading of them.
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

_LADDER = "responsibility.csv"
_HELPS: Final = 2
_ANSWERS_FOR_OTHERS: Final = 4
# A verb says who does what where it opens a statement or goes on from another verb.
_JOINTS = frozenset(("and", "or", "then"))
_INTRODUCTIONS = frozenset(("how", "to", "when", "where", "and", "abil", "be", "abl", "skill", "in"))
# What says wherever it stands in which part one acts: "acting as", "under supervision".
_PARTS = frozenset(("act", "under"))
_MOST_WORDS = 8
_MARKS = ".,;:()"


class Responsibility(NamedTuple):
    """The words of a statement that tell its level, and the level, 1 to 4; nought if none does."""

    words: str
    level: int


@lru_cache(maxsize=1)
def _verbs() -> Mapping[tuple[str, ...], int]:
    text = files("curriculum.linking").joinpath(_LADDER).read_text(encoding="utf-8")
    return {text_to_stems(row["verb"]): int(row["level"]) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1 << 14)
def text_to_responsibility(text: str) -> Responsibility:
    """Return the level of responsibility that a statement asks for.

    A statement that opens with helping, or says somewhere in which part one acts ("acting as a point of
    contact"), is a matter of helping. Otherwise the highest of its verbs counts, where one that answers for
    others counts only if the statement opens with it.

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
        one
        for is_opening, one in found
        if one.level == _HELPS and (is_opening or text_to_stems(one.words)[0] in _PARTS)
    ]
    opening = [
        one for is_opening, one in found if is_opening or one.level not in (_HELPS, _ANSWERS_FOR_OTHERS)
    ]
    nobody = Responsibility("", 0)
    return helping[0] if helping else max(opening, key=lambda one: one.level, default=nobody)


def _text_to_verbs(text: str) -> Iterator[tuple[bool, Responsibility]]:
    """Find the verbs of the ladder, the longest first; each with whether the statement opens with it."""
    words = [(stem, word.strip(_MARKS)) for word in text.split() for stem in text_to_stems(word)]
    stems = tuple(stem for stem, _ in words)
    is_opening, follows_verb, start = True, False, 0
    while start < len(stems):
        size = _size_of_verb(stems, start)
        goes_on = bool(start) and stems[start - 1] in _JOINTS
        # Straight behind a verb stands what it is done to: "record lead times".
        is_opening &= not follows_verb or goes_on or stems[start] in _JOINTS
        if size and (is_opening or goes_on or size > 1):
            said = " ".join(word for _, word in words[start : start + size])
            yield is_opening, Responsibility(said.casefold(), _verbs()[stems[start : start + size]])
        is_opening &= bool(size) or stems[start] in _INTRODUCTIONS | _JOINTS
        follows_verb = bool(size)
        start += size or 1


def _size_of_verb(stems: tuple[str, ...], start: int) -> int:
    sizes = range(min(_MOST_WORDS, len(stems) - start), 0, -1)
    return next((size for size in sizes if stems[start : start + size] in _verbs()), 0)


def texts_to_responsibility_change(old: str, new: str) -> tuple[str, str]:
    """Return whether the level of responsibility moved, and by which words.

    Returns
    -------
    tuple of str
        `raised`, `lowered` or `same`, and the words; empty where either wording does not tell.

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
