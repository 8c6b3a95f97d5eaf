"""List the likeliest counterparts of each statement of two documents, whether they are proposed or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.linking.csls_scores import Scorer
from curriculum.linking.letter_scores import Scores
from curriculum.linking.mapping_rows import Proposed
from curriculum.linking.proposals import (
    ScoredPairs,
    scored_pairs_to_links,
    statements_to_scored_pairs,
)
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.tables.schemas import CANDIDATES, columns_to_typed

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
    of_old, of_new = (_side_to_columns(scored, most, is_old=is_old) for is_old in (True, False))
    return columns_to_typed(CANDIDATES, {name: [*cells, *of_new[name]] for name, cells in of_old.items()})


def _side_to_columns(scored: ScoredPairs, most: int, *, is_old: bool) -> dict[str, list[Any]]:
    """Return the columns of the candidates of one document."""
    given, others = (scored.old, scored.new) if is_old else (scored.new, scored.old)
    rows = given.in_list_order(range(len(given.ids)))
    best = _best_first(scored, is_old)[rows, :most]
    n_best = best.shape[1]
    row, column = np.repeat(rows, n_best).astype(np.int64), best.ravel()
    place = (row, column) if is_old else (column, row)
    empty = [float("nan")] * len(row)
    names = {f"{name.replace(' ', '_')}_score": scores for name, scores in scored.scores.items()}
    return {
        v.SUBJECT_SOURCE: [given.source] * len(row),
        v.OBJECT_SOURCE: [others.source] * len(row),
        v.SUBJECT_ID: [given.ids[at] for at in row],
        v.RANK: list(range(1, n_best + 1)) * len(rows),
        v.OBJECT_ID: [others.ids[at] for at in column],
        v.CONFIDENCE: scored.choice.confidence[place].tolist(),
        v.IS_PROPOSED: scored.choice.is_link[place].tolist(),
        v.CSLS_SCORE: scored.csls[place].tolist(),
        **{name: names[name][place].tolist() if name in names else empty for name in v.SCORES_BY_SCORER},
    }


def _best_first(scored: ScoredPairs, is_old: bool) -> NDArray[np.int64]:
    """Return for each statement the positions of the others, the likeliest first; ties stay in list order."""
    ranked: Scores = np.where(scored.choice.is_exact, np.inf, scored.csls)
    return np.argsort(-(ranked if is_old else ranked.T), axis=1, kind="stable")
