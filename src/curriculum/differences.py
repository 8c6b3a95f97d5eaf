"""Which words of two or more wordings differ, as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from functools import reduce
from itertools import groupby
from operator import and_
from typing import NamedTuple

from rapidfuzz.distance import Indel

from curriculum.text import SMALL_WORDS, text_to_key

__all__ = ["Part", "texts_to_own_words", "texts_to_parts"]


class Part(NamedTuple):
    """A run of words of a wording; ``is_shared`` tells whether the other wording has it too."""

    text: str
    is_shared: bool


def texts_to_parts(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Part two wordings into the runs of words that both have and those that only one has.

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
    >>> old, new = texts_to_parts("Lead liaison with owners.", "Assist liaison with owners and holders.")
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


def _runs(words: Sequence[str], shared: Set[int]) -> tuple[Part, ...]:
    runs = groupby(enumerate(words), key=lambda item: item[0] in shared)
    return tuple(Part(" ".join(word for _, word in run), is_shared) for is_shared, run in runs)


def texts_to_own_words(texts: Sequence[str]) -> list[str]:
    """Give of each wording the words that not all of them have; a gap between them is shown as "...".

    Words are compared as printed.

    Examples
    --------
    >>> texts_to_own_words(["The effect copyright has on material", "The effect copyright have on material"])
    ['has', 'have']
    """
    words = [text.split() for text in texts]
    shared = reduce(and_, map(Counter, words))
    own = []
    for one in words:
        left, kept = shared.copy(), []
        for word in one:
            is_shared = left[word] > 0
            left[word] -= is_shared
            kept.append("" if is_shared else word)
        runs = " ".join(word or "\n" for word in kept).split("\n")
        own.append(" ... ".join(run.strip() for run in runs if run.strip()))
    return own
