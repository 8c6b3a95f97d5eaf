"""Find the link that a person asks about, and explain its confidence."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from curriculum.linking.confidence_steps import fact_to_steps, pair_to_steps, unlinked_to_steps
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs
from curriculum.model import vocabulary as v

__all__ = ["crosswalk_to_steps"]


def crosswalk_to_steps(
    crosswalk: pd.DataFrame, scored: ScoredPairs, scorers: Sequence[Scorer], pair: tuple[str, str]
) -> pd.DataFrame:
    """Return how the confidence of a link came about.

    Parameters
    ----------
    crosswalk
        The rows of the crosswalk.
    scored, scorers
        The scores of all pairs, and the scorers.
    pair
        The old and the new code; one may be empty for the likeliest link of the other.

    Returns
    -------
    pandas.DataFrame
        As `pair_to_steps` returns it; its attribute ``what`` names the link.
    """
    ids = [
        side.ids[side.codes.index(code)] if code else ""
        for side, code in zip((scored.old, scored.new), pair, strict=True)
    ]
    row = _row(crosswalk, ids)
    if row is not None:
        ids = [row[v.SUBJECT_ID], row[v.OBJECT_ID]]
    if row is not None and row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE}:
        steps = fact_to_steps(str(row[v.STATUS]), float(row[v.CONFIDENCE]))
    elif v.NO_TERM_FOUND in ids:
        steps = unlinked_to_steps(scored, is_old=ids[0] != v.NO_TERM_FOUND)
    else:
        position = scored.old.ids.index(ids[0]), scored.new.ids.index(ids[1])
        if scored.choice.is_exact[position]:
            steps = fact_to_steps("the same words", float(scored.choice.confidence[position]))
        else:
            steps = pair_to_steps(scored, scorers, position)
    steps.attrs["what"] = _what(ids)
    return steps


def _row(crosswalk: pd.DataFrame, ids: Sequence[str]) -> pd.Series | None:
    """Return the likeliest row of one or both of two statements; None if they are not linked."""
    rows = crosswalk
    for column, statement_id in zip((v.SUBJECT_ID, v.OBJECT_ID), ids, strict=True):
        rows = rows[rows[column] == statement_id] if statement_id else rows
    if rows.empty:
        return None
    return rows.sort_values(v.CONFIDENCE, ascending=False, kind="stable").iloc[0]


def _what(ids: Sequence[str]) -> str:
    old, new = ids
    if new == v.NO_TERM_FOUND:
        return f"{old} without a counterpart"
    return f"{new} as a new statement" if old == v.NO_TERM_FOUND else f"{old} to {new}"
