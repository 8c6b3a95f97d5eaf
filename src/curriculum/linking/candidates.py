"""List the likeliest counterparts of each statement of two documents, whether they are proposed or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from curriculum.linking.csls_scores import Scorer
from curriculum.linking.letter_scores import Scores
from curriculum.linking.mapping_rows import Proposed
from curriculum.linking.proposals import (
    ScoredPairs,
    scored_pairs_to_links,
    scorer_cells,
    statements_to_scored_pairs,
)
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.tables.schemas import CANDIDATES, name_to_empty_row, rows_to_typed

__all__ = ["MOST_CANDIDATES", "propose", "scored_pairs_to_candidates"]

MOST_CANDIDATES: Final = 5


def propose(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    scorers: Sequence[Scorer] | None = None,
    progress: Progress = silent,
) -> Proposed:
    """Return the links and the candidates of two documents.

    The parameters are those of `propose_links`.
    """
    scored = statements_to_scored_pairs(old_statements, new_statements, scorers, progress)
    return Proposed(scored_pairs_to_links(scored), scored_pairs_to_candidates(scored))


def scored_pairs_to_candidates(scored: ScoredPairs, most: int = MOST_CANDIDATES) -> pd.DataFrame:
    """Return the likeliest counterparts of each statement of two documents.

    Parameters
    ----------
    scored
        The scored pairs.
    most
        How many to list for each statement.

    Returns
    -------
    pandas.DataFrame
        The table ``candidates`` (docs/tables.md): first the old statements with their new candidates, in the
        order of their list, then the new statements with their old candidates. The statement with the same
        words comes first, then the others by their CSLS score.
    """
    rows = [*_rows(scored, most, is_old=True), *_rows(scored, most, is_old=False)]
    return rows_to_typed(CANDIDATES, rows)


def _rows(scored: ScoredPairs, most: int, *, is_old: bool) -> Iterator[tuple[object, ...]]:
    given, others = (scored.old, scored.new) if is_old else (scored.new, scored.old)
    order = _best_first(scored, is_old)[:, :most]
    for row in given.in_list_order(range(len(given.ids))):
        for rank, column in enumerate(map(int, order[row]), start=1):
            position = (row, column) if is_old else (column, row)
            cells = {
                v.SUBJECT_SOURCE: given.source,
                v.OBJECT_SOURCE: others.source,
                v.SUBJECT_ID: given.ids[row],
                v.RANK: rank,
                v.OBJECT_ID: others.ids[column],
                v.CONFIDENCE: float(scored.choice.confidence[position]),
                v.IS_PROPOSED: bool(scored.choice.is_link[position]),
                v.CSLS_SCORE: float(scored.csls[position]),
                **scorer_cells(scored, position),
            }
            yield tuple({**name_to_empty_row(CANDIDATES), **cells}.values())


def _best_first(scored: ScoredPairs, is_old: bool) -> np.ndarray:
    """Return for each statement the positions of the others, the likeliest first; ties stay in list order."""
    ranked: Scores = np.where(scored.choice.is_identical, np.inf, scored.csls)
    return np.argsort(-(ranked if is_old else ranked.T), axis=1, kind="stable")
