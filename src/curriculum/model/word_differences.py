"""Find the words in which two or more wordings differ, as printed."""

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
    """A run of words of a wording; ``is_shared`` is true if the other wording has it too."""

    text: str
    is_shared: bool


def texts_to_word_runs(old: str, new: str) -> tuple[tuple[WordRun, ...], tuple[WordRun, ...]]:
    """Split two wordings into runs of words: those that both wordings have, and those that only one has.

    Words are compared by their keys, so case, punctuation and spelling variants make no difference. A run
    of small words alone ("of the") does not count as shared.

    Parameters
    ----------
    old, new
        The wordings.

    Returns
    -------
    tuple
        The runs of the old wording and those of the new one. Joined with spaces they give the wordings.

    Examples
    --------
    >>> old, new = texts_to_word_runs("Lead liaison with owners.", "Assist liaison with owners and holders.")
    >>> [part.text for part in old if not part.is_shared], [part.text for part in new if not part.is_shared]
    (['Lead'], ['Assist', 'and holders.'])
    """
    words = old.split(), new.split()
    before, after = ([text_to_key(word) or word for word in text] for text in words)
    shared: tuple[set[int], set[int]] = (set(), set())
    for block in Indel.opcodes(before, after).as_matching_blocks():
        # A lone "and" between two runs of different words does not count as shared.
        if set(before[block.a : block.a + block.size]) - SMALL_WORDS or before == after:
            shared[0].update(range(block.a, block.a + block.size))
            shared[1].update(range(block.b, block.b + block.size))
    old_parts, new_parts = map(_runs, words, shared)
    return old_parts, new_parts


def _runs(words: Sequence[str], shared: Set[int]) -> tuple[WordRun, ...]:
    runs = groupby(enumerate(words), key=lambda item: item[0] in shared)
    return tuple(WordRun(" ".join(word for _, word in run), is_shared) for is_shared, run in runs)


def _is_extra(keys: Sequence[str], others: Counter[str]) -> list[bool]:
    """Return for each key whether it is extra, that is beyond the number of times that others have it."""
    left = others.copy()
    is_extra = []
    for key in keys:
        is_extra.append(not left[key])
        left[key] -= not is_extra[-1]
    return is_extra


def text_to_extra_words(text: str, other: str) -> str:
    """Return the words of a text that the other text lacks, as printed; spelling variants are the same word.

    Examples
    --------
    >>> text_to_extra_words("Coordinate visits, and book rooms", "Co-ordinate and run visits")
    'book rooms'
    """
    if text == other:
        return ""
    words = _WORD.findall(text)
    others = Counter(map(text_to_key, _WORD.findall(other)))
    return " ".join(compress(words, _is_extra([text_to_key(word) for word in words], others)))


def texts_to_differing_words(texts: Sequence[str]) -> list[str]:
    """Return for each wording the words that not all wordings have; a gap is shown as "...".

    Words are compared as printed.

    Examples
    --------
    >>> texts_to_differing_words(["The effect it has on material", "The effect it have on material"])
    ['has', 'have']
    """
    words = [text.split() for text in texts]
    shared = reduce(and_, map(Counter, words))
    differing = []
    for text_words in words:
        runs = groupby(zip(text_words, _is_extra(text_words, shared), strict=True), key=itemgetter(1))
        differing.append(
            " ... ".join(" ".join(word for word, _ in run) for is_extra, run in runs if is_extra)
        )
    return differing
