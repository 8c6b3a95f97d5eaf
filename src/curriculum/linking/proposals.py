"""The proposals: a row for each link, and for each statement without one, with all that speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.errors import TooLarge
from curriculum.linking.choice import NO_COUNTERPART, Choice, csls_to_choice, csls_to_sure
from curriculum.linking.comparison import ComparedStatement, statements_to_comparison
from curriculum.linking.confidence import SURE_CSLS_SCORE, Fit, scorers_to_fit, withdrawn_to_confidence
from curriculum.linking.context import kinds_to_bonus, order_to_bonus
from curriculum.linking.csls_scores import (
    Scorer,
    default_scorers,
    scorers_to_csls,
    scorers_to_scores,
    scorers_to_similarity,
)
from curriculum.linking.letter_scores import Scores, texts_to_identity
from curriculum.linking.relations import counts_to_cardinality
from curriculum.model import vocabulary as v
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row, rows_to_typed

__all__ = [
    "ScoredPairs",
    "propose_links",
    "scored_pairs_to_links",
    "scored_pairs_with_fit",
    "statements_to_scored_pairs",
]

_Row = dict[str, object]
_MOST_PAIRS = 25_000_000
_SUBJECT = (v.SUBJECT_ID, v.SUBJECT_LABEL, v.SUBJECT_CATEGORY)
_OBJECT = (v.OBJECT_ID, v.OBJECT_LABEL, v.OBJECT_CATEGORY)


class _Side(NamedTuple):
    """The statements of one document, in the order of a listing."""

    source: str
    ids: tuple[str, ...]
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    texts: tuple[str, ...]


class ScoredPairs(NamedTuple):
    """All that speaks for each pair of statements, and what is chosen.

    Attributes
    ----------
    old, new
        The statements of the two documents.
    scores
        What each scorer says.
    margins
        What they say together, with what kinds and order add.
    similarity
        How alike each pair is, whatever else competes.
    choice
        What is chosen.
    fit
        What turned margins into confidence.
    """

    old: _Side
    new: _Side
    scores: Mapping[str, Scores]
    csls: Scores
    similarity: Scores
    choice: Choice
    fit: Fit


def _frame_to_side(statements: pd.DataFrame) -> _Side:
    sources = sorted(set(statements[v.DOCUMENT_ID]))
    return _Side(
        sources[0] if sources else "",
        tuple(statements.iloc[:, 0]),
        tuple(statements[v.CODE]),
        tuple(statements[v.KIND]),
        tuple(statements[v.TEXT]),
    )


def statements_to_scored_pairs(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    scorers: Sequence[Scorer] | None = None,
    progress: Callable[[str], object] = str,
) -> ScoredPairs:
    """Weigh all pairs of the statements of two documents, and choose which are links.

    Parameters
    ----------
    old_statements, new_statements, scorers, progress
        As for `propose_links`.

    Returns
    -------
    ScoredPairs

    Raises
    ------
    InvalidTable, TooLarge
        As for `propose_links`.
    """
    _check_size(len(old_statements), len(new_statements))
    chosen = default_scorers() if scorers is None else tuple(scorers)
    old, new = _frame_to_side(old_statements), _frame_to_side(new_statements)
    scores = scorers_to_scores(chosen, old.texts, new.texts, progress)
    progress("choose")
    csls = scorers_to_csls(chosen, scores) + kinds_to_bonus(old.kinds, new.kinds)
    is_identical = texts_to_identity(old.texts, new.texts)
    sure = csls_to_sure(csls, is_identical, SURE_CSLS_SCORE)
    csls = (csls + order_to_bonus(sure, csls.shape)).round(3)
    similarity, fit = scorers_to_similarity(chosen, scores), scorers_to_fit(scores)
    choice = csls_to_choice(csls, similarity, is_identical, _has_same_code(old, new), fit)
    return ScoredPairs(old, new, scores, csls, similarity, choice, fit)


def _check_size(n_old: int, n_new: int) -> None:
    if n_old * n_new > _MOST_PAIRS:
        raise TooLarge(
            f"{n_old:,} x {n_new:,} statements are too many to link at once",
            expected=f"at most {_MOST_PAIRS:,} pairs, which take some 5 GB",
            found=f"{n_old * n_new:,}",
            advice="Link them part by part, such as occupation by occupation.",
        )


def _has_same_code(old: _Side, new: _Side) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = np.array(old.codes)[:, None] == np.array(new.codes)[None, :]
    return same


def scored_pairs_with_fit(scored: ScoredPairs, fit: Fit) -> ScoredPairs:
    """Decide anew by another fit."""
    is_identical, has_same_code = scored.choice.is_identical, _has_same_code(scored.old, scored.new)
    choice = csls_to_choice(scored.csls, scored.similarity, is_identical, has_same_code, fit)
    return scored._replace(choice=choice, fit=fit)


def propose_links(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    scorers: Sequence[Scorer] | None = None,
    progress: Callable[[str], object] = str,
) -> pd.DataFrame:
    """Propose what became of every statement of an old document in a new one.

    Parameters
    ----------
    old_statements, new_statements
        Rows of the table ``statements``, of one document each; or of ``duties``, with their kind.
    scorers
        What speaks for a pair; those of `default_scorers` if none are given.
    progress
        Is called with the name of each step before it is done.

    Returns
    -------
    pandas.DataFrame
        A crosswalk (docs/tables.md). Every old statement has a row, in the order of its listing, for each
        of its counterparts, the surest first, or one with `sssom:NoTermFound` (withdrawn); then every new
        statement that is no counterpart (new). Statements in the same words are always linked. All rows are
        proposals. Typed, and still to be checked against the schema.

    Raises
    ------
    InvalidTable
        If a scorer does not give a score for each pair.
    TooLarge
        If there are more pairs than a laptop has memory for.
    """
    return scored_pairs_to_links(
        statements_to_scored_pairs(old_statements, new_statements, scorers, progress=progress)
    )


def scored_pairs_to_links(scored: ScoredPairs) -> pd.DataFrame:
    """Return the proposals of a pair that has been weighed, as `propose_links` does."""
    is_link = scored.choice.is_link
    rows: list[_Row] = []
    for place in range(len(scored.old.ids)):
        linked = np.flatnonzero(is_link[place])
        order = linked[np.argsort(-scored.choice.confidence[place, linked], kind="stable")]
        rows += [_linked_row(scored, place, int(column)) for column in order]
        if not len(order):
            rows.append(_withdrawn_row(scored, place))
    rows += [_new_row(scored, int(column)) for column in np.flatnonzero(~is_link.any(axis=0))]
    empty = name_to_empty_row(CROSSWALK) | {
        v.SUBJECT_SOURCE: scored.old.source,
        v.OBJECT_SOURCE: scored.new.source,
        v.STATUS: v.PROPOSED,
    }
    return rows_to_typed(CROSSWALK, [tuple((empty | row).values()) for row in rows])


def _cells(side: _Side, place: int, names: tuple[str, str, str]) -> _Row:
    """Return the id, the wording and the kind of a statement, by the names of their columns."""
    return dict(zip(names, (side.ids[place], side.texts[place], side.kinds[place]), strict=True))


def _linked_row(scored: ScoredPairs, row: int, column: int) -> _Row:
    choice, at = scored.choice, (row, column)
    cardinality = counts_to_cardinality(int(choice.is_link[:, column].sum()), int(choice.is_link[row].sum()))
    other = choice.next_new[row] if choice.best_new[row] == column else choice.best_new[row]
    told = statements_to_comparison(_statement(scored.old, row), _statement(scored.new, column), cardinality)
    return {
        **told,
        v.MAPPING_JUSTIFICATION: v.LEXICAL_MATCHING if choice.is_identical[at] else v.LEXICAL_SIMILARITY,
        v.CONFIDENCE: float(choice.confidence[at]),
        v.BAND: v.ACCEPT if choice.is_accepted[at] and not told[v.CAUTION] else v.REVIEW,
        v.RUNNER_UP_ID: scored.new.ids[other] if other != NO_COUNTERPART else "",
        v.RUNNER_UP_CONFIDENCE: float(choice.confidence[row, other]) if other != NO_COUNTERPART else np.nan,
        v.CSLS_SCORE: float(scored.csls[at]),
        **_scorer_cells(scored, at),
    }


def _statement(side: _Side, place: int) -> ComparedStatement:
    return ComparedStatement(side.ids[place], side.kinds[place], side.texts[place])


def _scorer_cells(scored: ScoredPairs, at: tuple[int, int]) -> _Row:
    """Return what the linker's own scorers say of a pair; a scorer of the user has no column."""
    columns = {name: f"{name.replace(' ', '_')}_score" for name in scored.scores}
    return {
        column: float(scored.scores[name][at])
        for name, column in columns.items()
        if column in v.SCORES_BY_SCORER
    }


def _withdrawn_row(scored: ScoredPairs, row: int) -> _Row:
    cells = {**_cells(scored.old, row, _SUBJECT), v.OBJECT_ID: v.NO_TERM_FOUND}
    best = _candidate(scored.new.ids, scored.choice.confidence[row], scored.choice.best_new[row])
    return _unlinked_row(scored.fit, cells, "1:0", "withdrawn", best)


def _new_row(scored: ScoredPairs, column: int) -> _Row:
    cells = {**_cells(scored.new, column, _OBJECT), v.SUBJECT_ID: v.NO_TERM_FOUND}
    confidence = scored.choice.confidence[:, column]
    best = _candidate(scored.old.ids, confidence, scored.choice.best_old[column])
    return _unlinked_row(scored.fit, cells, "0:1", "new", best)


def _candidate(ids: Sequence[str], confidence: Scores, place: int) -> tuple[str, float]:
    return ("", 0.0) if place == NO_COUNTERPART else (ids[place], float(confidence[place]))


def _unlinked_row(fit: Fit, cells: _Row, cardinality: str, change: str, best: tuple[str, float]) -> _Row:
    """Return the row of a statement without a counterpart, with the likeliest one as runner-up."""
    return {
        **cells,
        v.PREDICATE_ID: v.EXACT_MATCH,
        v.MAPPING_JUSTIFICATION: v.LEXICAL_SIMILARITY,
        v.MAPPING_CARDINALITY: cardinality,
        v.CONFIDENCE: withdrawn_to_confidence(best[1], fit),
        v.BAND: v.REVIEW,
        v.CHANGE: change,
        v.RUNNER_UP_ID: best[0],
        v.RUNNER_UP_CONFIDENCE: best[1] if best[0] else np.nan,
    }
