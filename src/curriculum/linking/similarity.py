"""How alike the statements of two documents are: a score for each pair, and its margin over the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from curriculum.errors import BrokenScores, raise_faults
from curriculum.text import text_to_key

__all__ = [
    "Scorer",
    "Scores",
    "scorers_to_margins",
    "scores_to_margins",
    "texts_to_identity",
    "texts_to_scores",
]

Scores = NDArray[np.float64]
# Gives a score to each pair of an old and a new text: shape (len(old), len(new)), higher is more alike.
Scorer = Callable[[Sequence[str], Sequence[str]], Scores]

_GRAMS = (2, 3, 4)
_NEIGHBOURS = 3
# Scores are compared only after rounding, so that another processor gives the same order.
_PLACES = 3


# A document is linked to several others: each of its wordings is cut into grams once.
@lru_cache(maxsize=1 << 14)
def _text_to_grams(text: str) -> Mapping[str, int]:
    key = text_to_key(text)
    padded = f" {key} " if key else ""
    return Counter(padded[start : start + size] for size in _GRAMS for start in range(len(padded) - size + 1))


def _texts_to_vectors(texts: Sequence[str]) -> sparse.csr_array:
    """Give one row a text: the TF-IDF weights of its character n-grams, scaled to length one."""
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
        Shape (len(old), len(new)), 0 (nothing shared) to 1 (the same), to three places.

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
    return np.asarray(product.todense()).clip(0, 1).round(_PLACES)


def texts_to_identity(old: Sequence[str], new: Sequence[str]) -> NDArray[np.bool_]:
    """Tell for every pair whether the two say the same: their comparison keys are equal, and say something.

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


def _top_mean(scores: Scores, axis: int) -> Scores:
    count = min(_NEIGHBOURS, scores.shape[axis])
    ordered = np.sort(scores, axis=axis)
    top = ordered[:, -count:] if axis else ordered[-count:, :]
    mean: Scores = top.mean(axis=axis, keepdims=True)
    return mean


def scores_to_margins(scores: Scores) -> Scores:
    """Weigh each score against its competitors, in its row and in its column.

    A target that many sources resemble is a weak answer for each of them. Scores are standardised,
    then twice the score less the mean of the row's three best and of the column's three best
    (cross-domain similarity local scaling, CSLS: Conneau et al., 2018, arXiv:1710.04087).

    Parameters
    ----------
    scores
        Shape (old, new), as `texts_to_scores` gives them.

    Returns
    -------
    numpy.ndarray
        The same shape, in standard deviations, to three places; higher is better.
    """
    if scores.size == 0:
        return scores
    spread = scores.std()
    standard = (scores - scores.mean()) / (spread if spread else 1)
    margins: Scores = 2 * standard - _top_mean(standard, 1) - _top_mean(standard, 0)
    return margins.round(_PLACES)


def scorers_to_margins(scorers: Sequence[Scorer], old: Sequence[str], new: Sequence[str]) -> Scores:
    """Weigh what several scorers say: the mean of their margins, so that none speaks louder.

    Parameters
    ----------
    scorers
        Functions from the old and the new texts to a matrix of scores, on any scale.
    old, new
        The wordings of the two documents.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)), in standard deviations, to three places.

    Raises
    ------
    BrokenScores
        If a scorer gives another shape, or something that is no number; all scorers at once.

    Examples
    --------
    >>> def same_length(old, new):
    ...     return np.array([[-abs(len(one) - len(other)) for other in new] for one in old])
    >>> scorers_to_margins([texts_to_scores, same_length], ["budget"], ["budget", "schedule"]).tolist()
    [[1.0, -1.0]]
    """
    scored = [np.asarray(scorer(old, new), dtype=np.float64) for scorer in scorers]
    raise_faults(
        [
            BrokenScores(
                f"the scorer {getattr(scorer, '__name__', scorer)} gives no score for each pair",
                expected=f"{len(old)} rows of {len(new)} finite numbers",
                found=f"the shape {scores.shape}" if scores.shape != (len(old), len(new)) else "no number",
                advice="Give a matrix with a row for each old and a column for each new text.",
            )
            for scorer, scores in zip(scorers, scored, strict=True)
            if scores.shape != (len(old), len(new)) or not np.isfinite(scores).all()
        ]
    )
    mean: Scores = np.mean([scores_to_margins(scores) for scores in scored], axis=0)
    return mean.round(_PLACES)
