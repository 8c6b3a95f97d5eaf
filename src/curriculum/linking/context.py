"""What speaks for a pair of statements beside their wording: their kind, and their place in the listing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.letter_scores import Scores
from curriculum.model import vocabulary as v

__all__ = ["kind_to_broad_kind", "kinds_to_bonus", "order_to_bonus"]

# In units of the margin. Knowledge seldom becomes a skill, and skills seldom become knowledge.
_SAME_KIND = 0.5
# What is said to be done is of one sort, whatever a standard calls it.
_SORT = {
    v.KIND_OF_LETTERS["P"]: v.KIND_OF_LETTERS["S"],
    v.KIND_OF_LETTERS["TS"]: v.KIND_OF_LETTERS["S"],
    v.KIND_OF_LETTERS["TK"]: v.KIND_OF_LETTERS["K"],
    v.KIND_OF_LETTERS["ESB"]: v.KIND_OF_LETTERS["B"],
}
# Order is weighed by the pair's own sure links: how much likelier a link is at a distance than any pair is.
# Sure links keep their place more often than doubtful ones, so a part of that counts.
_ORDER_SHARE = 0.35
_DISTANCES = (2.5, 6.5, 15.5)
_MOST = 2.0
_PRIOR = 10.0
_NEAREST = 2


def kind_to_broad_kind(kind: str) -> str:
    """Return the sort of a kind: knowledge, behaviour, or, as a skill, whatever is said to be done.

    Examples
    --------
    >>> kind_to_broad_kind("performance criterion")
    'skill'
    """
    return _SORT.get(kind, kind)


def kinds_to_bonus(old: Sequence[str], new: Sequence[str]) -> Scores:
    """Return what the kinds of statements add to the CSLS score of each pair; 0 where kinds are unknown.

    Parameters
    ----------
    old, new
        The kinds of the statements of the two documents.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)).

    Examples
    --------
    >>> kinds_to_bonus(["performance criterion"], ["skill", "knowledge"]).tolist()
    [[0.5, 0.0]]
    """
    first, second = (
        np.array([kind_to_broad_kind(kind) for kind in kinds], dtype=object) for kinds in (old, new)
    )
    same = (first[:, None] == second[None, :]) & (first[:, None] != v.STATEMENT)
    bonus: Scores = _SAME_KIND * same.astype(np.float64)
    return bonus


def order_to_bonus(sure: NDArray[np.int64], shape: tuple[int, int]) -> Scores:
    """Return what the order of the listings adds to the margin of each pair.

    A pair is near if it stands at about the place that the sure links nearest to it would give it. How much
    that tells is learned from the sure links themselves: nothing, where they do not keep their order.

    Parameters
    ----------
    sure
        Positions of the links that are beyond doubt, one row (old, new) each.
    shape
        How many statements the documents hold.

    Returns
    -------
    numpy.ndarray
        Of that shape.

    Examples
    --------
    >>> kept = np.array([[n, n] for n in range(0, 60, 2)])
    >>> bonus = order_to_bonus(kept, (60, 60))
    >>> bool(bonus[31, 31] > 0 > bonus[31, 55])
    True
    """
    if len(sure) <= _NEAREST or not all(shape):
        return np.zeros(shape)
    distance = np.minimum(_distances(sure, shape), _distances(sure[:, ::-1], shape[::-1]).T)
    bins = np.digitize(distance, _DISTANCES)
    size = len(_DISTANCES) + 1
    usual = np.bincount(bins.ravel(), minlength=size) / bins.size
    seen = np.bincount(bins[sure[:, 0], sure[:, 1]], minlength=size)
    share = (seen + _PRIOR * usual) / (len(sure) + _PRIOR)
    odds = np.log(share / np.where(usual == 0, 1, usual), where=usual > 0, out=np.zeros(size))
    bonus: Scores = _ORDER_SHARE * odds.clip(-_MOST, _MOST)[bins]
    return bonus.round(3)


def _distances(sure: NDArray[np.int64], shape: tuple[int, int]) -> Scores:
    """Return how far each pair is from where the sure links nearest to its old statement would put it."""
    ordered = sure[np.lexsort((sure[:, 1], sure[:, 0]))]
    rows, columns = np.arange(shape[0]), np.arange(shape[1])
    away = np.abs(ordered[:, 0][None, :] - rows[:, None]).astype(np.float64)
    # A link does not speak for itself.
    away[away == 0] = np.inf
    nearest = np.argsort(away, axis=1, kind="stable")[:, :_NEAREST]
    shift = (ordered[:, 1] - ordered[:, 0])[nearest]
    expected = rows[:, None] + shift
    distance: Scores = np.abs(columns[None, None, :] - expected[:, :, None]).min(axis=1).astype(np.float64)
    return distance
