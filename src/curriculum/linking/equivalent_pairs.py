"""Find the statements of two documents that are equivalent.

This is the first stage of the linker. Equivalent statements are an exact match; the scorers take the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from curriculum.linking.equivalence import LEAST_RATIO, are_equivalent
from curriculum.model.text import text_to_key

__all__ = ["texts_to_equivalence"]

# The ratio of equal keys.
_SAME = 100


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
    ratios = process.cdist(*keys, scorer=fuzz.ratio, score_cutoff=LEAST_RATIO, dtype=np.float32)
    # Equal keys first: two texts that both have their equal are not equivalent to each other.
    for is_wanted in (ratios == _SAME, ratios > 0):
        is_open = ~(equivalence.any(axis=1, keepdims=True) & equivalence.any(axis=0, keepdims=True))
        for row, column in zip(*np.nonzero(is_wanted & is_open), strict=True):
            equivalence[row, column] = are_equivalent(old[row], new[column])
    return equivalence
