"""At which place of the lists of candidates the right counterparts stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["LinkRank", "ranks_to_recall", "scores_to_ranks"]

Link = tuple[str, str]


class LinkRank(NamedTuple):
    """The place of a link in two lists of candidates; the likeliest has 1.

    Attributes
    ----------
    of_old
        The place of the new statement in the list of the old one.
    of_new
        The place of the old statement in the list of the new one.
    """

    of_old: int
    of_new: int


def scores_to_ranks(
    scores: NDArray[np.float64], old_ids: Sequence[str], new_ids: Sequence[str], links: Iterable[Link]
) -> dict[Link, LinkRank]:
    """Return the ranks of links in the lists of candidates of their old and of their new statement.

    Of candidates with the same score, the one that comes first in its list has the better rank.

    Parameters
    ----------
    scores
        A score for each old and each new statement, shape (len(old_ids), len(new_ids)); higher is likelier.
    old_ids, new_ids
        The ids of the statements.
    links
        Links of these statements.

    Examples
    --------
    >>> scores = np.array([[0.9, 0.4], [0.8, 0.4]])
    >>> scores_to_ranks(scores, ["a:K1", "a:K2"], ["b:K1", "b:K2"], [("a:K2", "b:K1"), ("a:K2", "b:K2")])
    {('a:K2', 'b:K1'): LinkRank(of_old=1, of_new=2), ('a:K2', 'b:K2'): LinkRank(of_old=2, of_new=2)}
    """
    rows, columns = ({name: at for at, name in enumerate(ids)} for ids in (old_ids, new_ids))
    ranks = {}
    for old, new in links:
        row, column = rows[old], columns[new]
        ranks[old, new] = LinkRank(_rank(scores[row], column), _rank(scores[:, column], row))
    return ranks


def _rank(scores: NDArray[np.float64], position: int) -> int:
    value = scores[position]
    return 1 + int((scores > value).sum()) + int((scores[:position] == value).sum())


def ranks_to_recall(ranks: Mapping[Link, LinkRank], most: int) -> tuple[int, int]:
    """Return how many links are among the first candidates of either statement, and how many links there are.

    Parameters
    ----------
    ranks
        The ranks of the core links of a reference.
    most
        How many candidates of each list are read.

    Examples
    --------
    >>> ranks = {("a:K1", "b:K1"): LinkRank(7, 2), ("a:K3", "b:K9"): LinkRank(4, 4)}
    >>> ranks_to_recall(ranks, 3), ranks_to_recall(ranks, 5)
    ((1, 2), (2, 2))
    """
    return sum(min(rank) <= most for rank in ranks.values()), len(ranks)
