"""The proposals: a row for each link, and for each statement without one, with all that speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.errors import TooManyPairs
from curriculum.linking.choice import NOBODY, Choice, margins_to_choice, margins_to_sure
from curriculum.linking.comparison import Statement, statements_to_comparison
from curriculum.linking.confidence import SURE_MARGIN, Fit, voices_to_fit, withdrawn_to_confidence
from curriculum.linking.context import kinds_to_bonus, order_to_bonus
from curriculum.linking.csls_scores import (
    Voice,
    default_voices,
    voices_to_likeness,
    voices_to_margins,
    voices_to_scores,
)
from curriculum.linking.letter_scores import Scores, texts_to_identity
from curriculum.linking.relations import counts_to_cardinality
from curriculum.model import vocabulary as v
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row, rows_to_typed

__all__ = ["Weighed", "propose_links", "statements_to_weighed", "weighed_to_links", "weighed_with_fit"]

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


class Weighed(NamedTuple):
    """All that speaks for each pair of statements, and what is chosen.

    Attributes
    ----------
    old, new
        The statements of the two documents.
    scores
        What each voice says.
    margins
        What they say together, with what kinds and order add.
    likeness
        How alike each pair is, whatever else competes.
    choice
        What is chosen.
    fit
        What turned margins into confidence.
    """

    old: _Side
    new: _Side
    scores: Mapping[str, Scores]
    margins: Scores
    likeness: Scores
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


def statements_to_weighed(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    voices: Sequence[Voice] | None = None,
    progress: Callable[[str], object] = str,
) -> Weighed:
    """Weigh all pairs of the statements of two documents, and choose which are links.

    Parameters
    ----------
    old_statements, new_statements, voices, progress
        As for `propose_links`.

    Returns
    -------
    Weighed

    Raises
    ------
    BrokenScores, TooManyPairs
        As for `propose_links`.
    """
    _check_size(len(old_statements), len(new_statements))
    chosen = default_voices() if voices is None else tuple(voices)
    old, new = _frame_to_side(old_statements), _frame_to_side(new_statements)
    scores = voices_to_scores(chosen, old.texts, new.texts, progress)
    progress("choose")
    margins = voices_to_margins(chosen, scores) + kinds_to_bonus(old.kinds, new.kinds)
    is_identical = texts_to_identity(old.texts, new.texts)
    sure = margins_to_sure(margins, is_identical, SURE_MARGIN)
    margins = (margins + order_to_bonus(sure, margins.shape)).round(3)
    likeness, fit = voices_to_likeness(chosen, scores), voices_to_fit(scores)
    choice = margins_to_choice(margins, likeness, is_identical, _has_same_code(old, new), fit)
    return Weighed(old, new, scores, margins, likeness, choice, fit)


def _check_size(n_old: int, n_new: int) -> None:
    if n_old * n_new > _MOST_PAIRS:
        raise TooManyPairs(
            f"{n_old:,} x {n_new:,} statements are too many to link at once",
            expected=f"at most {_MOST_PAIRS:,} pairs, which take some 5 GB",
            found=f"{n_old * n_new:,}",
            advice="Link them part by part, such as occupation by occupation.",
        )


def _has_same_code(old: _Side, new: _Side) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = np.array(old.codes)[:, None] == np.array(new.codes)[None, :]
    return same


def weighed_with_fit(weighed: Weighed, fit: Fit) -> Weighed:
    """Decide anew by another fit."""
    is_identical, has_same_code = weighed.choice.is_identical, _has_same_code(weighed.old, weighed.new)
    choice = margins_to_choice(weighed.margins, weighed.likeness, is_identical, has_same_code, fit)
    return weighed._replace(choice=choice, fit=fit)


def propose_links(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    voices: Sequence[Voice] | None = None,
    progress: Callable[[str], object] = str,
) -> pd.DataFrame:
    """Propose what became of every statement of an old document in a new one.

    Parameters
    ----------
    old_statements, new_statements
        Rows of the table ``statements``, of one document each; or of ``duties``, with their kind.
    voices
        What speaks for a pair; those of `default_voices` if none are given.
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
    BrokenScores
        If a voice does not give a score for each pair.
    TooManyPairs
        If there are more pairs than a laptop has memory for.
    """
    return weighed_to_links(statements_to_weighed(old_statements, new_statements, voices, progress=progress))


def weighed_to_links(weighed: Weighed) -> pd.DataFrame:
    """Give the proposals of a pair that has been weighed, as `propose_links` does."""
    is_link = weighed.choice.is_link
    rows: list[_Row] = []
    for place in range(len(weighed.old.ids)):
        linked = np.flatnonzero(is_link[place])
        order = linked[np.argsort(-weighed.choice.confidence[place, linked], kind="stable")]
        rows += [_linked_row(weighed, place, int(column)) for column in order]
        if not len(order):
            rows.append(_withdrawn_row(weighed, place))
    rows += [_new_row(weighed, int(column)) for column in np.flatnonzero(~is_link.any(axis=0))]
    empty = name_to_empty_row(CROSSWALK) | {
        v.SUBJECT_SOURCE: weighed.old.source,
        v.OBJECT_SOURCE: weighed.new.source,
        v.STATUS: v.PROPOSED,
    }
    return rows_to_typed(CROSSWALK, [tuple((empty | row).values()) for row in rows])


def _cells(side: _Side, place: int, names: tuple[str, str, str]) -> _Row:
    """Give the id, the wording and the kind of a statement, by the names of their columns."""
    return dict(zip(names, (side.ids[place], side.texts[place], side.kinds[place]), strict=True))


def _linked_row(weighed: Weighed, row: int, column: int) -> _Row:
    choice, at = weighed.choice, (row, column)
    cardinality = counts_to_cardinality(int(choice.is_link[:, column].sum()), int(choice.is_link[row].sum()))
    other = choice.next_new[row] if choice.best_new[row] == column else choice.best_new[row]
    told = statements_to_comparison(
        _statement(weighed.old, row), _statement(weighed.new, column), cardinality
    )
    return {
        **told,
        v.MAPPING_JUSTIFICATION: v.LEXICAL_MATCHING if choice.is_identical[at] else v.LEXICAL_SIMILARITY,
        v.CONFIDENCE: float(choice.confidence[at]),
        v.BAND: v.ACCEPT if choice.is_accepted[at] and not told[v.CAUTION] else v.REVIEW,
        v.RUNNER_UP_ID: weighed.new.ids[other] if other != NOBODY else "",
        v.RUNNER_UP_CONFIDENCE: float(choice.confidence[row, other]) if other != NOBODY else np.nan,
        v.MARGIN: float(weighed.margins[at]),
        **_voice_cells(weighed, at),
    }


def _statement(side: _Side, place: int) -> Statement:
    return Statement(side.ids[place], side.kinds[place], side.texts[place])


def _voice_cells(weighed: Weighed, at: tuple[int, int]) -> _Row:
    """Give what the linker's own voices say of a pair; a voice of the user has no column."""
    columns = {name: f"{name.replace(' ', '_')}_score" for name in weighed.scores}
    return {
        column: float(weighed.scores[name][at])
        for name, column in columns.items()
        if column in v.VOICE_SCORES
    }


def _withdrawn_row(weighed: Weighed, row: int) -> _Row:
    cells = {**_cells(weighed.old, row, _SUBJECT), v.OBJECT_ID: v.NO_TERM_FOUND}
    best = _candidate(weighed.new.ids, weighed.choice.confidence[row], weighed.choice.best_new[row])
    return _unlinked_row(weighed.fit, cells, "1:0", "withdrawn", best)


def _new_row(weighed: Weighed, column: int) -> _Row:
    cells = {**_cells(weighed.new, column, _OBJECT), v.SUBJECT_ID: v.NO_TERM_FOUND}
    confidence = weighed.choice.confidence[:, column]
    best = _candidate(weighed.old.ids, confidence, weighed.choice.best_old[column])
    return _unlinked_row(weighed.fit, cells, "0:1", "new", best)


def _candidate(ids: Sequence[str], confidence: Scores, place: int) -> tuple[str, float]:
    return ("", 0.0) if place == NOBODY else (ids[place], float(confidence[place]))


def _unlinked_row(fit: Fit, cells: _Row, cardinality: str, change: str, best: tuple[str, float]) -> _Row:
    """Give the row of a statement without a counterpart, with the likeliest one as runner-up."""
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
