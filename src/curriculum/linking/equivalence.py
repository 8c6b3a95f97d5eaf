"""Find the statements that are equivalent: the same words, but for editorial marks and small edits.

This is the first stage of the linker. Equivalent statements are an exact match; the scorers take the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from curriculum.linking.cautions import texts_to_caution
from curriculum.linking.stems import word_to_stem
from curriculum.model.text import text_to_key

__all__ = ["are_equivalent", "texts_to_equivalence"]

# An edit of these words is small.
_SMALL_EDITS: Final = frozenset(("a", "an", "and", "or", "the"))
# Words that are so similar (Indel), with the same stem, are forms of one word: record, records.
_LEAST_SIMILAR: Final = 0.9
# The ratio of equal keys.
_SAME: Final = 100
# ... and so similar are the keys of equivalent statements: in a short one a small edit is none.
_LEAST_RATIO: Final = 80
# An "A" within a sentence is a name (hepatitis A), not an article.
_NAME = re.compile(r"(?<=[^.!?:;]\s)A\b")


def texts_to_equivalence(old: Sequence[str], new: Sequence[str]) -> NDArray[np.bool_]:
    """Return for every pair of an old and a new text whether they are equivalent.

    Parameters
    ----------
    old, new
        The wordings of the two documents.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)): whether `are_equivalent` holds. Two texts that each have an equal one in
        the other document are equivalent only if they are equal: if "Oil tack" and "Oil the tack" are in
        both, each is equivalent to itself alone.

    Examples
    --------
    >>> texts_to_equivalence(["Know how to schedule."], ["How to schedule", "How to budget"]).tolist()
    [[True, False]]
    """
    keys = [list(map(text_to_key, texts)) for texts in (old, new)]
    equivalence = np.zeros((len(old), len(new)), dtype=np.bool_)
    if not all(keys):
        return equivalence
    ratios = process.cdist(*keys, scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO, dtype=np.float32)
    # Equal keys first: two texts that both have their equal are not equivalent to each other.
    for is_wanted in (ratios == _SAME, ratios > 0):
        is_open = ~(equivalence.any(axis=1, keepdims=True) & equivalence.any(axis=0, keepdims=True))
        for row, column in zip(*np.nonzero(is_wanted & is_open), strict=True):
            equivalence[row, column] = are_equivalent(old[row], new[column])
    return equivalence


def are_equivalent(old: str, new: str) -> bool:
    """Return whether two wordings have the same words in the same order, but for small edits.

    Small edits are an article, "and" or "or" that is added, left out or exchanged, and a small change of the
    ending of a word. The comparison keys must have a `ratio` of rapidfuzz of at least 80. A difference of
    numbers, negations or opposites (`texts_to_caution`) is no small edit.

    Examples
    --------
    >>> are_equivalent("Maintain production records", "Maintains the production records")
    True
    >>> are_equivalent("Store materials/content", "Store materials or content")
    True
    >>> are_equivalent("Maintain production records", "Maintain budget records")
    False
    """
    keys = text_to_key(old), text_to_key(new)
    if not all(keys) or texts_to_caution(old, new):
        return False
    return keys[0] == keys[1] or (
        fuzz.ratio(*keys) >= _LEAST_RATIO
        and len(_NAME.findall(old)) == len(_NAME.findall(new))
        and _have_same_words(*keys)
    )


def _have_same_words(old_key: str, new_key: str) -> bool:
    """Return whether two keys have the same words in the same order, but for small edits."""
    words, others = ([word for word in key.split() if word not in _SMALL_EDITS] for key in (old_key, new_key))
    return len(words) == len(others) > 0 and all(
        word == other or _are_forms(word, other) for word, other in zip(words, others, strict=True)
    )


def _are_forms(word: str, other: str) -> bool:
    """Return whether two words are forms of the same word."""
    is_similar = Indel.normalized_similarity(word, other) >= _LEAST_SIMILAR
    return is_similar and word_to_stem(word) == word_to_stem(other)
