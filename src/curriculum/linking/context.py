"""Score pairs of statements by their kinds, and by their positions in the two lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.broad_kinds import kind_to_broad_kind
from curriculum.linking.letter_scores import Scores
from curriculum.linking.statement_lists import are_ksbs
from curriculum.model import vocabulary as v

__all__ = ["kinds_to_bonus", "order_to_bonus"]

# In units of the CSLS score. Knowledge seldom becomes a skill, and skills seldom become knowledge; in lists
# of KSBs less often than in others.
_SAME_KIND = 0.5
_SAME_KIND_OF_KSBS = 0.75
# The bonus of order comes from the sure links of the two documents: how much more likely a link is at a
# distance than any pair is. Sure links keep their position more often than others, so only a part counts.
_ORDER_SHARE = 0.35
_DISTANCES = (2.5, 6.5, 15.5)
_MOST = 2.0
_PRIOR = 10.0
_NEAREST = 2


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
    >>> kinds_to_bonus(["skill"], ["skill", "knowledge"]).tolist()
    [[0.75, 0.0]]
    """
    of_same = _SAME_KIND_OF_KSBS if are_ksbs(old) and are_ksbs(new) else _SAME_KIND
    first, second = (
        np.array([kind_to_broad_kind(kind) for kind in kinds], dtype=object) for kinds in (old, new)
    )
    same = (first[:, None] == second[None, :]) & (first[:, None] != v.STATEMENT)
    bonus: Scores = of_same * same.astype(np.float64)
    return bonus


def order_to_bonus(sure: NDArray[np.int64], shape: tuple[int, int]) -> Scores:
    """Return what the order of the lists adds to the CSLS score of each pair.

    A pair is near if its new statement is close to the position that the nearest sure links suggest. The sure
    links also show how much nearness counts: nothing, if they do not keep their order.

    Parameters
    ----------
    sure
        Positions of the sure links, one row (old, new) each.
    shape
        The numbers of old and new statements.

    Returns
    -------
    numpy.ndarray
        An array of that shape.

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
    """Return the distance of each pair from the position that the nearest sure links suggest."""
    ordered = sure[np.lexsort((sure[:, 1], sure[:, 0]))]
    rows, columns = np.arange(shape[0]), np.arange(shape[1])
    away = np.abs(ordered[:, 0][None, :] - rows[:, None]).astype(np.float64)
    # A link is not evidence for itself.
    away[away == 0] = np.inf
    nearest = np.argsort(away, axis=1, kind="stable")[:, :_NEAREST]
    shift = (ordered[:, 1] - ordered[:, 0])[nearest]
    expected = rows[:, None] + shift
    distance: Scores = np.abs(columns[None, None, :] - expected[:, :, None]).min(axis=1).astype(np.float64)
    return distance
