"""Propose the links between two documents: a row for each link, and for each statement without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.errors import TooLarge
from curriculum.linking.broad_kinds import is_between_knowing_and_doing
from curriculum.linking.choice import NO_COUNTERPART, Choice, csls_to_choice, csls_to_sure
from curriculum.linking.comparison import ComparedStatement
from curriculum.linking.confidence import (
    PROPOSED_FROM,
    PROPOSED_FROM_OF_OTHERS,
    SURE_CSLS_SCORE,
    Fit,
    scorers_to_fit,
    unlinked_to_confidence,
)
from curriculum.linking.context import kinds_to_bonus, order_to_bonus
from curriculum.linking.csls_scores import (
    Scorer,
    default_scorers,
    scorers_to_csls,
    scorers_to_scores,
    scorers_to_similarity,
)
from curriculum.linking.equivalent_pairs import texts_to_equivalence
from curriculum.linking.letter_scores import Scores
from curriculum.linking.link_frames import rows_to_links
from curriculum.linking.mapping_rows import MappingRow, RowBuilder
from curriculum.linking.relations import counts_to_cardinality
from curriculum.linking.statement_lists import are_ksbs, kinds_to_inferred, kinds_to_order
from curriculum.linking.statement_parts import texts_to_sides, with_parts
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent

__all__ = [
    "ScoredPairs",
    "propose_links",
    "scored_pairs_to_links",
    "scored_pairs_with_fit",
    "statements_to_scored_pairs",
]

_MOST_PAIRS = 25_000_000


class _Side(NamedTuple):
    """The statements of one document; KSBs in the order knowledge, skills, behaviours.

    ``compared_kinds`` are the kinds that are compared: those of other codes are inferred. ``positions`` are
    the positions of the statements in their list.
    """

    source: str
    ids: tuple[str, ...]
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    texts: tuple[str, ...]
    compared_kinds: tuple[str, ...]
    positions: tuple[int, ...]

    def in_list_order(self, rows: Iterable[int]) -> list[int]:
        """Return rows in the order of the list."""
        return sorted(rows, key=self.positions.__getitem__)


class ScoredPairs(NamedTuple):
    """The scores of all pairs of an old and a new statement, and the links that are chosen.

    Attributes
    ----------
    old, new
        The statements of the two documents.
    scores
        The scores of each scorer, by its name.
    csls
        The CSLS score of each pair over all scorers, with the bonus of kind and order.
    similarity
        How alike each pair is, without regard to its competitors.
    choice
        The links that are chosen.
    fit
        The fit that turned CSLS scores into confidence.
    sure
        The positions of the sure links, from which the bonus of order comes.
    """

    old: _Side
    new: _Side
    scores: Mapping[str, Scores]
    csls: Scores
    similarity: Scores
    choice: Choice
    fit: Fit
    sure: NDArray[np.int64]


def _frame_to_side(statements: pd.DataFrame) -> _Side:
    sources = sorted(set(statements[v.DOCUMENT_ID]))
    kinds, texts = tuple(statements[v.KIND]), tuple(statements[v.TEXT])
    compared = kinds_to_inferred(kinds, texts)
    order = kinds_to_order(kinds, compared)
    ids, codes = tuple(statements.iloc[:, 0]), tuple(statements[v.CODE])

    def ordered(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(values[at] for at in order)

    return _Side(
        sources[0] if sources else "",
        ordered(ids),
        ordered(codes),
        ordered(kinds),
        ordered(texts),
        ordered(compared),
        order,
    )


def statements_to_scored_pairs(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    scorers: Sequence[Scorer] | None = None,
    progress: Progress = silent,
) -> ScoredPairs:
    """Score all pairs of the statements of two documents, and choose the links.

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
    sides = texts_to_sides(old.texts, new.texts)
    scores = scorers_to_scores(chosen, sides.old, sides.new, progress)
    progress("choose")
    shape = len(old.ids), len(new.ids)
    csls = with_parts(scorers_to_csls(chosen, scores, shape), sides)
    csls += kinds_to_bonus(old.compared_kinds, new.compared_kinds)
    scores = {name: of_pairs[: shape[0], : shape[1]] for name, of_pairs in scores.items()}
    is_exact = texts_to_equivalence(old.texts, new.texts)
    sure = csls_to_sure(csls, is_exact, SURE_CSLS_SCORE)
    csls = (csls + order_to_bonus(sure, csls.shape)).round(3)
    similarity, fit = scorers_to_similarity(chosen, scores), scorers_to_fit(scores)
    least = _proposed_from(old, new)
    choice = csls_to_choice(csls, similarity, is_exact, _has_same_code(old, new), fit, proposed_from=least)
    return ScoredPairs(old, new, scores, csls, similarity, choice, fit, sure)


def _proposed_from(old: _Side, new: _Side) -> float:
    """Return the least confidence of a link that is proposed between two lists."""
    is_of_ksbs = are_ksbs(old.compared_kinds) and are_ksbs(new.compared_kinds)
    return PROPOSED_FROM if is_of_ksbs else PROPOSED_FROM_OF_OTHERS


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
    """Choose the links again with another fit."""
    is_exact, has_same_code = scored.choice.is_exact, _has_same_code(scored.old, scored.new)
    least = _proposed_from(scored.old, scored.new)
    choice = csls_to_choice(scored.csls, scored.similarity, is_exact, has_same_code, fit, proposed_from=least)
    return scored._replace(choice=choice, fit=fit)


def propose_links(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    scorers: Sequence[Scorer] | None = None,
    progress: Progress = silent,
) -> pd.DataFrame:
    """Propose the counterparts of every statement of an old document in a new one.

    Parameters
    ----------
    old_statements, new_statements
        Rows of the table ``statements``, of one document each; or of ``duties``, with their kind.
    scorers
        The scorers; by default those of `default_scorers`.
    progress
        A function that is called with the name of each step before the step is done.

    Returns
    -------
    pandas.DataFrame
        A crosswalk (docs/tables.md). First come the old statements in the order of their list: a row for
        each counterpart, the highest confidence first, or one row with `sssom:NoTermFound` (no counterpart
        found). Then comes a row for each new statement that is nobody's counterpart (new). Equivalent
        statements are always linked. All rows are proposals. The frame is typed, but not yet checked.

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
    """Return the proposals of scored pairs, as `propose_links` does."""
    builder = RowBuilder(scored.old.source, scored.new.source)
    is_link = scored.choice.is_link
    rows: list[MappingRow] = []
    n_unlinked = int((~is_link.any(axis=1)).sum()), int((~is_link.any(axis=0)).sum())
    for row in scored.old.in_list_order(range(len(scored.old.ids))):
        linked = np.flatnonzero(is_link[row])
        order = linked[np.argsort(-scored.choice.confidence[row, linked], kind="stable")]
        rows += [_linked_row(builder, scored, row, int(column)) for column in order]
        if not len(order):
            rows.append(_old_row(builder, scored, row, n_unlinked))
    free = scored.new.in_list_order(map(int, np.flatnonzero(~is_link.any(axis=0))))
    rows += [_new_row(builder, scored, column) for column in free]
    return rows_to_links(rows)


def _linked_row(builder: RowBuilder, scored: ScoredPairs, row: int, column: int) -> MappingRow:
    choice, position = scored.choice, (row, column)
    cardinality = counts_to_cardinality(int(choice.is_link[:, column].sum()), int(choice.is_link[row].sum()))
    other = choice.next_new[row] if choice.best_new[row] == column else choice.best_new[row]
    is_exact = choice.is_exact[position]
    cells = {
        v.MAPPING_JUSTIFICATION: v.LEXICAL_MATCHING if is_exact else v.LEXICAL_SIMILARITY,
        v.CONFIDENCE: float(choice.confidence[position]),
        v.RUNNER_UP_ID: scored.new.ids[other] if other != NO_COUNTERPART else "",
        v.RUNNER_UP_CONFIDENCE: float(choice.confidence[row, other]) if other != NO_COUNTERPART else np.nan,
        v.CSLS_SCORE: float(scored.csls[position]),
        **_scorer_cells(scored, position),
    }
    old, new = _statement(scored.old, row), _statement(scored.new, column)
    mapping = builder.linked(old, new, cardinality, cells)
    kinds = scored.old.compared_kinds[row], scored.new.compared_kinds[column]
    is_doubtful = bool(mapping[v.CAUTION]) or is_between_knowing_and_doing(*kinds)
    is_accepted = choice.is_accepted[position] and not is_doubtful
    return {**mapping, v.BAND: v.ACCEPT if is_accepted else v.REVIEW}


def _statement(side: _Side, position: int) -> ComparedStatement:
    return ComparedStatement(side.ids[position], side.kinds[position], side.texts[position])


def _scorer_cells(scored: ScoredPairs, position: tuple[int, int]) -> MappingRow:
    """Return the scores of the linker's scorers for a pair; a scorer of the user has no column."""
    columns = {name: f"{name.replace(' ', '_')}_score" for name in scored.scores}
    return {
        column: float(scored.scores[name][position])
        for name, column in columns.items()
        if column in v.SCORES_BY_SCORER
    }


def _old_row(builder: RowBuilder, scored: ScoredPairs, row: int, n_unlinked: tuple[int, int]) -> MappingRow:
    best = _candidate(scored.new.ids, scored.choice.confidence[row], scored.choice.best_new[row])
    confidence = unlinked_to_confidence(*n_unlinked, scored.fit)
    return builder.unlinked(_statement(scored.old, row), True, _unlinked_cells(confidence, *best))


def _new_row(builder: RowBuilder, scored: ScoredPairs, column: int) -> MappingRow:
    best = _candidate(scored.old.ids, scored.choice.confidence[:, column], scored.choice.best_old[column])
    return builder.unlinked(_statement(scored.new, column), False, _unlinked_cells(scored.fit.new, *best))


def _candidate(ids: Sequence[str], confidence: Scores, position: int) -> tuple[str, float]:
    return ("", 0.0) if position == NO_COUNTERPART else (ids[position], float(confidence[position]))


def _unlinked_cells(confidence: float, best_id: str, best_confidence: float) -> MappingRow:
    """Return the cells of a statement without a counterpart; its best candidate is the runner-up."""
    return {
        v.MAPPING_JUSTIFICATION: v.LEXICAL_SIMILARITY,
        v.CONFIDENCE: confidence,
        v.RUNNER_UP_ID: best_id,
        v.RUNNER_UP_CONFIDENCE: best_confidence if best_id else np.nan,
    }
