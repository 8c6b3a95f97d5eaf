"""List the likeliest counterparts of each statement of two documents, whether they are proposed or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.linking.csls_scores import Scorer
from curriculum.linking.letter_scores import Scores
from curriculum.linking.link_frames import Proposed
from curriculum.linking.proposals import (
    ScoredPairs,
    scored_pairs_to_links,
    statements_to_scored_pairs,
)
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.tables.schemas import CANDIDATES
from curriculum.tables.typed_frames import columns_to_typed

__all__ = ["MOST_CANDIDATES", "code_to_candidates", "propose", "scored_pairs_to_candidates"]

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


def code_to_candidates(
    scored: ScoredPairs, code: str, count: int = MOST_CANDIDATES, *, of_new: bool = False
) -> pd.DataFrame:
    """Return the likeliest counterparts of the statement with a code, the best first.

    Parameters
    ----------
    scored
        The scored pairs of two documents.
    code
        The code of an old statement; it must be one of the document.
    count
        How many counterparts to return at most.
    of_new
        Whether the code is one of the new document; then the candidates are old statements.

    Returns
    -------
    pandas.DataFrame
        ``rank``, ``object_id``, ``object_label`` (``subject_id`` and ``subject_label`` for old statements),
        ``confidence``, ``csls_score``, ``wording_score``.
    """
    given, others = (scored.new, scored.old) if of_new else (scored.old, scored.new)
    names = (v.SUBJECT_ID, v.SUBJECT_LABEL) if of_new else (v.OBJECT_ID, v.OBJECT_LABEL)
    scores = {
        v.CONFIDENCE: scored.choice.confidence,
        v.CSLS_SCORE: scored.csls,
        v.WORDING_SCORE: scored.similarity,
    }
    row = given.codes.index(code)
    values = {name: (matrix.T if of_new else matrix)[row] for name, matrix in scores.items()}
    # An equivalent statement comes first, as in the table of all candidates.
    identical = (scored.choice.is_exact.T if of_new else scored.choice.is_exact)[row]
    order = np.argsort(-np.where(identical, np.inf, values[v.CSLS_SCORE]), kind="stable")[:count]
    return pd.DataFrame(
        {
            v.RANK: range(1, len(order) + 1),
            names[0]: [others.ids[at] for at in order],
            names[1]: [others.texts[at] for at in order],
            **{name: column[order] for name, column in values.items()},
        }
    )
