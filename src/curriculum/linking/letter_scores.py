"""Score the similarity of wordings by their letters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curriculum.model.text import text_to_key

__all__ = ["ScoreFunction", "Scores", "texts_to_scores"]

Scores = NDArray[np.float64]
# Scores each pair of an old and a new text: shape (len(old), len(new)), higher is more similar.
ScoreFunction = Callable[[Sequence[str], Sequence[str]], Scores]

_GRAMS = (2, 3, 4)
# Scores are rounded before they are compared, so that every processor gives the same order.
_DECIMALS = 3
# With more weights than this, most of them zero, sparse matrices are faster.
_MOST_CELLS = 8_000_000


# A document is linked to several others; the cache splits each of its wordings only once.
@lru_cache(maxsize=1 << 14)
def _text_to_grams(text: str) -> Mapping[str, int]:
    key = text_to_key(text)
    padded = f" {key} " if key else ""
    return Counter(
        [padded[start : start + size] for size in _GRAMS for start in range(len(padded) - size + 1)]
    )


class _Vectors(NamedTuple):
    """The TF-IDF weights of the character n-grams of texts, scaled to length one.

    Attributes
    ----------
    weights
        The weights of all texts, one text after the other.
    grams
        The number of the n-gram of each weight.
    ends
        Where the weights of each text begin, and the end of the last.
    """

    weights: NDArray[np.float64]
    grams: NDArray[np.int64]
    ends: NDArray[np.int64]


def _texts_to_vectors(texts: Sequence[str]) -> _Vectors:
    counts = [_text_to_grams(text) for text in texts]
    # Each n-gram gets the next number when it is met first.
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    ends = np.cumsum([0, *map(len, counts)])
    grams = np.fromiter(map(numbers.__getitem__, chain.from_iterable(counts)), np.int64, ends[-1])
    values = np.fromiter(chain.from_iterable(of_text.values() for of_text in counts), np.float64, ends[-1])
    spread = np.bincount(grams, minlength=len(numbers))
    weights = (1 + np.log(values)) * (np.log((1 + len(texts)) / (1 + spread)) + 1)[grams]
    rows = np.repeat(np.arange(len(texts)), np.diff(ends))
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(texts)))
    return _Vectors(weights / np.where(lengths == 0, 1, lengths)[rows], grams, ends)


def _vectors_to_products(vectors: _Vectors, n_old: int) -> Scores:
    """Return the product of each vector of the old texts, which are the first, with each of the new texts.

    The terms of each sum are added in the order of the old text, so that every processor gives the same sum.
    """
    weights, grams, ends = vectors
    n_texts, n_grams = len(ends) - 1, int(grams.max(initial=-1)) + 1
    if n_grams * (n_texts - n_old) > _MOST_CELLS:
        # Imported here, because it takes longer to load than most documents take to compare.
        from scipy import sparse

        matrix = sparse.csr_array((weights, grams, ends), shape=(n_texts, n_grams))
        of_all: Scores = (matrix[:n_old] @ matrix[n_old:].T).toarray()
        return of_all
    columns = np.repeat(np.arange(n_texts - n_old), np.diff(ends[n_old:]))
    of_new = np.zeros((n_grams, n_texts - n_old))
    of_new[grams[ends[n_old] :], columns] = weights[ends[n_old] :]
    products = np.zeros((n_old, n_texts - n_old))
    for row in range(n_old):
        of_old = slice(ends[row], ends[row + 1])
        np.add.reduce(of_new[grams[of_old]] * weights[of_old, None], axis=0, out=products[row])
    return products


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
    scores = _vectors_to_products(vectors, len(old))
    np.clip(scores, 0, 1, out=scores)
    return np.round(scores, _DECIMALS, out=scores)
