"""At which place of the lists of candidates the right counterparts stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.evaluation.metrics import FOUND, MISSED
from curriculum.model import vocabulary as v

__all__ = [
    "CANDIDATE_COLUMNS",
    "LinkRank",
    "candidates_to_ranks",
    "ranks_to_recall",
    "scores_to_ranks",
    "verdicts_to_candidate_recall",
]

# The columns of the table `candidates` that the places of links need.
CANDIDATE_COLUMNS: Final = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.RANK, v.OBJECT_ID]
# How many candidates of each list are read.
_MOST: Final = (1, 3, 5)

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


def candidates_to_ranks(candidates: pd.DataFrame, links: Iterable[Link]) -> dict[Link, LinkRank]:
    """Return the ranks of links in the table ``candidates``; what is not listed comes after all that is.

    Parameters
    ----------
    candidates
        The table ``candidates``.
    links
        Links between statements of its documents, from old to new.

    Examples
    --------
    >>> candidates = pd.DataFrame(
    ...     {"subject_id": ["a:K1", "a:K1"], "object_id": ["b:K1", "b:K2"], "rank": [1, 2]})
    >>> candidates_to_ranks(candidates, [("a:K1", "b:K2")])
    {('a:K1', 'b:K2'): LinkRank(of_old=2, of_new=3)}
    """
    places = zip(candidates[v.SUBJECT_ID], candidates[v.OBJECT_ID], strict=True)
    known: dict[Link, int] = dict(zip(places, candidates[v.RANK].astype(int), strict=True))
    after = max(known.values(), default=0) + 1
    return {
        (old, new): LinkRank(known.get((old, new), after), known.get((new, old), after)) for old, new in links
    }


def verdicts_to_candidate_recall(verdicts: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return for each pair how many core links are among the first candidates of one of their statements.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.
    candidates
        The table ``candidates`` of the same pairs, with five candidates of each statement.

    Returns
    -------
    pandas.DataFrame
        One row for each pair with a core link: ``subject_source``, ``object_source``, ``core_links`` (their
        number), ``first_1``, ``first_3`` and ``first_5`` (how many of them are among so many candidates of
        their old or of their new statement).
    """
    core = verdicts[verdicts["verdict"].isin([FOUND, MISSED])]
    pair = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]
    rows = []
    for sources, of_pair in core.groupby(pair, sort=False):
        links = zip(of_pair[v.SUBJECT_ID], of_pair[v.OBJECT_ID], strict=True)
        ranks = candidates_to_ranks(candidates, links)
        rows.append((*sources, len(ranks), *(ranks_to_recall(ranks, most)[0] for most in _MOST)))
    return pd.DataFrame(rows, columns=[*pair, "core_links", *(f"first_{most}" for most in _MOST)])
