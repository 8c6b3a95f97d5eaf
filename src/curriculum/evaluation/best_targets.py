"""The links of a simple scorer: each old statement with its best target, above a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.evaluation.metrics import FOUND, MISSED, WRONG
from curriculum.model import vocabulary as v

__all__ = ["links_above", "scores_to_best_links", "verdicts_to_threshold"]

_COLUMNS: Final = [
    *(v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID),
    *(v.CONFIDENCE, v.BAND, v.RUNNER_UP_ID),
]


def scores_to_best_links(
    scores: NDArray[np.float64],
    pair: tuple[str, str],
    old_ids: Sequence[str],
    new_ids: Sequence[str],
) -> pd.DataFrame:
    """Link each old statement to the new one with its highest score, however low that is.

    Parameters
    ----------
    scores
        A score for each old and each new statement, shape (len(old_ids), len(new_ids)); higher is likelier.
    pair
        The ids of the two documents.
    old_ids, new_ids
        The ids of the statements.

    Returns
    -------
    pandas.DataFrame
        A crosswalk with the columns that `crosswalk_to_verdicts` needs. ``confidence`` is the score, and
        ``band`` is always `review`. Of equal scores the first new statement is taken.

    Examples
    --------
    >>> links = scores_to_best_links(np.array([[0.3, 0.7]]), ("a", "b"), ["a:K1"], ["b:K1", "b:K2"])
    >>> links[["subject_id", "object_id", "confidence"]].values.tolist()
    [['a:K1', 'b:K2', 0.7]]
    """
    if not len(new_ids):
        rows = [_no_link(pair, old) for old in old_ids]
    else:
        best = scores.argmax(axis=1)
        rows = [
            (*pair, old, v.CLOSE_MATCH, new_ids[at], float(scores[row, at]), v.REVIEW, "")
            for row, (old, at) in enumerate(zip(old_ids, best, strict=True))
        ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _no_link(pair: tuple[str, str], old: str) -> tuple[object, ...]:
    return (*pair, old, v.EXACT_MATCH, v.NO_TERM_FOUND, 0.0, v.REVIEW, "")


def links_above(links: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """Select the links whose score is at least a threshold.

    Parameters
    ----------
    links
        As `scores_to_best_links` returns them.
    threshold
        The least score of a link.

    Returns
    -------
    pandas.DataFrame
        The same rows. Below the threshold an old statement has no counterpart (`sssom:NoTermFound`); what was
        its best target is its ``runner_up_id``.
    """
    is_below = (links[v.CONFIDENCE] < threshold) & (links[v.OBJECT_ID] != v.NO_TERM_FOUND)
    return links.assign(
        **{
            v.RUNNER_UP_ID: links[v.RUNNER_UP_ID].mask(is_below, links[v.OBJECT_ID]),
            v.OBJECT_ID: links[v.OBJECT_ID].mask(is_below, v.NO_TERM_FOUND),
            v.PREDICATE_ID: links[v.PREDICATE_ID].mask(is_below, v.EXACT_MATCH),
        }
    )


def verdicts_to_threshold(verdicts: pd.DataFrame) -> tuple[float, float]:
    """Return the threshold of the score that gives the best F1, and that F1.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them for the links of `scores_to_best_links`, of one pair or of
        several. Neutral links do not count.

    Returns
    -------
    tuple of float
        The least score of a link, and F1 with three decimals. Of thresholds with the same F1 the highest is
        taken; if no link is found, it is infinite and F1 is 0.
    """
    n_core = int(verdicts["verdict"].isin([FOUND, MISSED]).sum())
    judged = verdicts[verdicts["verdict"].isin([FOUND, WRONG])]
    judged = judged.sort_values(v.CONFIDENCE, ascending=False, kind="stable")
    scores, found = judged[v.CONFIDENCE].to_numpy(), (judged["verdict"] == FOUND).to_numpy().cumsum()
    if not len(found) or not found[-1]:
        return float("inf"), 0.0
    f1 = 2 * found / (np.arange(1, len(found) + 1) + n_core)
    # Links with the same score are above a threshold together.
    is_last = np.append(scores[:-1] != scores[1:], True)
    best = int(np.where(is_last, f1, -1.0).argmax())
    return float(scores[best]), round(float(f1[best]), 3)
