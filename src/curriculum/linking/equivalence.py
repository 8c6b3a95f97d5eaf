"""Find the statements that are equivalent: the same words, but for editorial marks and small edits.

This is the first stage of the linker. Equivalent statements are an exact match; the scorers take the rest.
"""

from __future__ import annotations

from collections import defaultdict
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
# Words of so many letters that are so similar, with the same stem, are forms of one word: record, records.
_LEAST_LETTERS, _LEAST_SIMILAR = 5, 0.9
# rapidfuzz compares all pairs; only the words of pairs with such a ratio are compared one by one.
_LEAST_RATIO = 80


def texts_to_equivalence(old: Sequence[str], new: Sequence[str]) -> NDArray[np.bool_]:
    """Return for every pair of an old and a new text whether they are equivalent.

    Parameters
    ----------
    old, new
        The wordings of the two documents.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)): whether the comparison keys of a pair are equal. Of texts without an equal
        key in the other document, whether `are_equivalent` holds, if their keys have a `ratio` of rapidfuzz
        of at least 80.

    Examples
    --------
    >>> texts_to_equivalence(["Know how to schedule."], ["How to schedule", "How to budget"]).tolist()
    [[True, False]]
    """
    old_keys, new_keys = (list(map(text_to_key, texts)) for texts in (old, new))
    equivalence = np.zeros((len(old), len(new)), dtype=np.bool_)
    if not (old_keys and new_keys):
        return equivalence
    columns = defaultdict(list)
    for column, key in enumerate(new_keys):
        columns[key].append(column)
    for row, key in enumerate(old_keys):
        equivalence[row, columns.get(key, []) if key else []] = True
    ratios = process.cdist(old_keys, new_keys, scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO, dtype=np.float32)
    has_equal = equivalence.any(axis=1, keepdims=True) | equivalence.any(axis=0, keepdims=True)
    for row, column in zip(*np.nonzero((ratios > 0) & ~has_equal), strict=True):
        equivalence[row, column] = are_equivalent(old[row], new[column])
    return equivalence


def are_equivalent(old: str, new: str) -> bool:
    """Return whether two wordings have the same words in the same order, but for small edits.

    Small edits are an article, "and" or "or" that is added or left out, and another ending of a word. A
    difference of numbers or negations is none.

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
    if keys[0] == keys[1]:
        return bool(keys[0])
    words, others = ([word for word in key.split() if word not in _SMALL_EDITS] for key in keys)
    if not words or len(words) != len(others):
        return False
    is_same = all(word == other or _are_forms(word, other) for word, other in zip(words, others, strict=True))
    return is_same and not texts_to_caution(old, new)


def _are_forms(word: str, other: str) -> bool:
    """Return whether two words are forms of the same word."""
    if min(len(word), len(other)) < _LEAST_LETTERS:
        return False
    is_similar = Indel.normalized_similarity(word, other) >= _LEAST_SIMILAR
    return is_similar and word_to_stem(word) == word_to_stem(other)
