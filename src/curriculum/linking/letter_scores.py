"""Score the similarity of wordings by their letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from curriculum.model.text import text_to_key

__all__ = ["ScoreFunction", "Scores", "texts_to_identity", "texts_to_scores"]

Scores = NDArray[np.float64]
# Scores each pair of an old and a new text: shape (len(old), len(new)), higher is more similar.
ScoreFunction = Callable[[Sequence[str], Sequence[str]], Scores]

_GRAMS = (2, 3, 4)
# Scores are rounded before they are compared, so that every processor gives the same order.
_DECIMALS = 3


# A document is linked to several others; the cache splits each of its wordings only once.
@lru_cache(maxsize=1 << 14)
def _text_to_grams(text: str) -> Mapping[str, int]:
    key = text_to_key(text)
    padded = f" {key} " if key else ""
    return Counter(padded[start : start + size] for size in _GRAMS for start in range(len(padded) - size + 1))


def _texts_to_vectors(texts: Sequence[str]) -> sparse.csr_array:
    """Return one row for each text: the TF-IDF weights of its character n-grams, scaled to length one."""
    counts = [_text_to_grams(text) for text in texts]
    columns = {gram: column for column, gram in enumerate(sorted(set().union(*counts)))}
    ends = np.cumsum([0, *(len(count) for count in counts)])
    indices = np.array([columns[gram] for count in counts for gram in count], dtype=np.int64)
    values = np.array([n for count in counts for n in count.values()], dtype=np.float64)
    spread = np.bincount(indices, minlength=len(columns))
    weights = (1 + np.log(values)) * (np.log((1 + len(texts)) / (1 + spread)) + 1)[indices]
    rows = np.repeat(np.arange(len(texts)), np.diff(ends))
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(texts)))
    scaled = weights / np.where(lengths == 0, 1, lengths)[rows]
    return sparse.csr_array((scaled, indices, ends), shape=(len(texts), len(columns)))


def texts_to_scores(old: Sequence[str], new: Sequence[str]) -> Scores:
    """Score every pair of an old and a new text.

    The score is the cosine of TF-IDF weighted character 2- to 4-grams, fitted on both documents, of
    the texts' comparison keys.

    Parameters
    ----------
    old, new
        The wordings of the two documents.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)), 0 (nothing shared) to 1 (the same), rounded to three decimals.

    Examples
    --------
    >>> texts_to_scores(["How to co-ordinate review sessions"],
    ...                 ["How to coordinate review sessions", "Budget"]).tolist()
    [[1.0, 0.0]]
    """
    if not old or not new:
        return np.zeros((len(old), len(new)))
    vectors = _texts_to_vectors([*old, *new])
    product = vectors[: len(old)] @ vectors[len(old) :].T
    scores: Scores = product.toarray()
    np.clip(scores, 0, 1, out=scores)
    return np.round(scores, _DECIMALS, out=scores)


def texts_to_identity(old: Sequence[str], new: Sequence[str]) -> NDArray[np.bool_]:
    """Return for every pair whether the two texts have the same words: equal, non-empty comparison keys.

    Examples
    --------
    >>> texts_to_identity(["Know how to schedule."], ["How to schedule", "How to budget"]).tolist()
    [[True, False]]
    """
    columns: dict[str, list[int]] = {}
    for column, text in enumerate(new):
        columns.setdefault(text_to_key(text), []).append(column)
    identity = np.zeros((len(old), len(new)), dtype=np.bool_)
    for row, text in enumerate(old):
        key = text_to_key(text)
        identity[row, columns.get(key, []) if key else []] = True
    return identity
