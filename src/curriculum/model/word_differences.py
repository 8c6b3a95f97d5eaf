"""Which words of two or more wordings differ, as printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import reduce
from itertools import compress, groupby
from operator import and_, itemgetter
from typing import NamedTuple

from rapidfuzz.distance import Indel

from curriculum.model.text import SMALL_WORDS, text_to_key

__all__ = ["WordRun", "text_to_extra_words", "texts_to_differing_words", "texts_to_word_runs"]

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


class WordRun(NamedTuple):
    """A run of words of a wording; ``is_shared`` tells whether the other wording has it too."""

    text: str
    is_shared: bool


def texts_to_word_runs(old: str, new: str) -> tuple[tuple[WordRun, ...], tuple[WordRun, ...]]:
    """WordRun two wordings into the runs of words that both have and those that only one has.

    Words are compared by their keys: case, punctuation and variants of the spelling of a word differ in
    nothing. Small words alone ("of the") are no common ground.

    Parameters
    ----------
    old, new
        The wordings.

    Returns
    -------
    tuple
        The parts of the old wording, and of the new one; put together with spaces they are the wordings.

    Examples
    --------
    >>> old, new = texts_to_word_runs("Lead liaison with owners.", "Assist liaison with owners and holders.")
    >>> [part.text for part in old if not part.is_shared], [part.text for part in new if not part.is_shared]
    (['Lead'], ['Assist', 'and holders.'])
    """
    words = old.split(), new.split()
    before, after = ([text_to_key(word) or word for word in one] for one in words)
    shared: tuple[set[int], set[int]] = (set(), set())
    for block in Indel.opcodes(before, after).as_matching_blocks():
        # "and" alone between two runs of other words is no common ground.
        if set(before[block.a : block.a + block.size]) - SMALL_WORDS or before == after:
            shared[0].update(range(block.a, block.a + block.size))
            shared[1].update(range(block.b, block.b + block.size))
    old_parts, new_parts = map(_runs, words, shared)
    return old_parts, new_parts


def _runs(words: Sequence[str], shared: Set[int]) -> tuple[WordRun, ...]:
    runs = groupby(enumerate(words), key=lambda item: item[0] in shared)
    return tuple(WordRun(" ".join(word for _, word in run), is_shared) for is_shared, run in runs)


def _beyond(keys: Sequence[str], held: Counter[str]) -> list[bool]:
    """Return for each key whether it goes beyond those that are held, each as often as it is."""
    left = held.copy()
    beyond = []
    for key in keys:
        beyond.append(not left[key])
        left[key] -= not beyond[-1]
    return beyond


def text_to_extra_words(text: str, other: str) -> str:
    """Return the words of a text that the other lacks, as printed; variants of spelling are one word.

    Examples
    --------
    >>> text_to_extra_words("Coordinate visits, and book rooms", "Co-ordinate and run visits")
    'book rooms'
    """
    words = _WORD.findall(text)
    held = Counter(map(text_to_key, _WORD.findall(other)))
    return " ".join(compress(words, _beyond([text_to_key(word) for word in words], held)))


def texts_to_differing_words(texts: Sequence[str]) -> list[str]:
    """Return for each wording the words that not all of them have; a gap between them is shown as "...".

    Words are compared as printed.

    Examples
    --------
    >>> texts_to_differing_words(["The effect it has on material", "The effect it have on material"])
    ['has', 'have']
    """
    words = [text.split() for text in texts]
    shared = reduce(and_, map(Counter, words))
    own = []
    for one in words:
        runs = groupby(zip(one, _beyond(one, shared), strict=True), key=itemgetter(1))
        own.append(" ... ".join(" ".join(word for word, _ in run) for is_own, run in runs if is_own))
    return own
