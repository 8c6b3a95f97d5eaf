"""The decision: which links are proposed, with their relation, their change and their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz

from curriculum import vocabulary as v
from curriculum.codes import word_to_code
from curriculum.differences import text_to_words_beyond
from curriculum.linking.confidence import IDENTICAL, SUREST, margins_to_confidence
from curriculum.linking.similarity import Scorer, scorers_to_margins, texts_to_identity, texts_to_scores
from curriculum.schemas import CROSSWALK, rows_to_typed
from curriculum.text import text_to_key, text_to_unstopped

__all__ = ["propose_links"]

# Below this score two statements share hardly more than small words, however weak the competition.
_LEAST_SCORE = 0.15
_EVEN = 0.5


class _Side(NamedTuple):
    """The statements of one document, in the order of a listing."""

    source: str
    ids: tuple[str, ...]
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    texts: tuple[str, ...]


class _Evidence(NamedTuple):
    """All that speaks for each pair of statements; every array has the shape (old, new)."""

    old: _Side
    new: _Side
    scores: NDArray[np.float64]
    margins: NDArray[np.float64]
    identity: NDArray[np.bool_]
    confidence: NDArray[np.float64]


def _frame_to_side(statements: pd.DataFrame) -> _Side:
    sources = sorted(set(statements[v.DOCUMENT_ID]))
    return _Side(
        sources[0] if sources else "",
        tuple(statements.iloc[:, 0]),
        tuple(statements[v.CODE]),
        tuple(statements[v.KIND]),
        tuple(statements[v.TEXT]),
    )


def _sides_to_evidence(old: _Side, new: _Side, scorers: Sequence[Scorer]) -> _Evidence:
    scores = texts_to_scores(old.texts, new.texts)
    margins = scorers_to_margins(scorers, old.texts, new.texts)
    identity = texts_to_identity(old.texts, new.texts)
    # Another scorer may see what the wording does not show; the wording alone must show something.
    is_weak = (scores < _LEAST_SCORE) & (len(scorers) == 1)
    confidence = np.where(is_weak, 0.0, margins_to_confidence(margins))
    return _Evidence(old, new, scores, margins, identity, np.where(identity, IDENTICAL, confidence))


def _order(evidence: _Evidence, row: int) -> list[int]:
    """Give the columns from best to worst; among equals the same code wins, then the order of the listing."""

    def rank(column: int) -> tuple[float, float, bool, int]:
        return (
            -evidence.confidence[row, column],
            -evidence.margins[row, column],
            evidence.new.codes[column] != evidence.old.codes[row],
            column,
        )

    return sorted(range(len(evidence.new.ids)), key=rank)


def _changes(old_code: str, new_code: str, old_text: str, new_text: str, is_merged: bool) -> str:
    old, new = word_to_code(old_code), word_to_code(new_code)
    is_identical = text_to_unstopped(old_text) == text_to_unstopped(new_text)
    changes = ["identical" if is_identical else "reworded"]
    if old_code != new_code:
        changes.append("renumbered")
    if is_merged:
        changes.append("merged")
    if old and new and old.letters != new.letters:
        changes.append("changed kind")
    return "; ".join(changes)


def _linked_row(evidence: _Evidence, row: int, order: Sequence[int], is_merged: bool) -> tuple[object, ...]:
    old, new = evidence.old, evidence.new
    column, at = order[0], (row, order[0])
    before, after = old.texts[row], new.texts[column]
    is_identical = bool(evidence.identity[at])
    is_alone = evidence.identity[row].sum() == 1 and evidence.identity[:, column].sum() == 1
    relation = v.EXACT_MATCH if is_identical else v.BROAD_MATCH if is_merged else v.CLOSE_MATCH
    return (
        old.source,
        new.source,
        old.ids[row],
        before,
        old.kinds[row],
        relation,
        new.ids[column],
        after,
        new.kinds[column],
        v.LEXICAL_MATCHING if is_identical else v.LEXICAL_SIMILARITY,
        "n:1" if is_merged else "1:1",
        float(evidence.confidence[at]),
        v.ACCEPT if is_identical and is_alone else v.REVIEW,
        _changes(old.codes[row], new.codes[column], before, after, is_merged),
        new.ids[order[1]] if len(order) > 1 else "",
        float(evidence.confidence[row, order[1]]) if len(order) > 1 else np.nan,
        round(fuzz.token_sort_ratio(text_to_key(before), text_to_key(after)) / 100, 3),
        float(evidence.margins[at]),
        text_to_words_beyond(after, before),
        text_to_words_beyond(before, after),
        v.PROPOSED,
        "",
        "",
        "",
    )


def _withdrawn_row(evidence: _Evidence, row: int, order: Sequence[int]) -> tuple[object, ...]:
    old, new = evidence.old, evidence.new
    best = (new.ids[order[0]], float(evidence.confidence[row, order[0]])) if order else ("", 0.0)
    subject = (old.ids[row], old.texts[row], old.kinds[row], v.EXACT_MATCH, v.NO_TERM_FOUND, "", "")
    return _unlinked_row((old.source, new.source, *subject), "1:0", "withdrawn", best)


def _new_row(evidence: _Evidence, column: int) -> tuple[object, ...]:
    old, new = evidence.old, evidence.new
    row = int(evidence.confidence[:, column].argmax()) if old.ids else -1
    best = (old.ids[row], float(evidence.confidence[row, column])) if old.ids else ("", 0.0)
    target = (v.NO_TERM_FOUND, "", "", v.EXACT_MATCH, new.ids[column], new.texts[column], new.kinds[column])
    return _unlinked_row((old.source, new.source, *target), "0:1", "new", best)


def _unlinked_row(
    pair: tuple[str, ...], cardinality: str, change: str, best: tuple[str, float]
) -> tuple[object, ...]:
    """Give the row of a statement without a counterpart, with the likeliest one as runner-up."""
    return (
        *pair,
        v.LEXICAL_SIMILARITY,
        cardinality,
        round(min(1 - best[1], SUREST), 3),
        v.REVIEW,
        change,
        best[0],
        best[1] if best[0] else np.nan,
        np.nan,
        np.nan,
        "",
        "",
        v.PROPOSED,
        "",
        "",
        "",
    )


def _choose(evidence: _Evidence, orders: Sequence[Sequence[int]]) -> dict[int, int]:
    """Link each old statement to its best new one: if they say the same, or likelier right than wrong."""
    best = {row: order[0] for row, order in enumerate(orders) if order}
    return {
        row: column
        for row, column in best.items()
        if evidence.identity[row, column] or evidence.confidence[row, column] >= _EVEN
    }


def propose_links(
    old_statements: pd.DataFrame,
    new_statements: pd.DataFrame,
    scorers: Sequence[Scorer] = (texts_to_scores,),
) -> pd.DataFrame:
    """Propose what became of every statement of an old document in a new one.

    Parameters
    ----------
    old_statements, new_statements
        Rows of the table ``statements``, of one document each; or of ``duties``, with their kind.
    scorers
        What speaks for a pair: each gives a matrix of scores, and their margins are averaged.

    Returns
    -------
    pandas.DataFrame
        A crosswalk (docs/tables.md). Every old statement has a row, in the order of its listing: its
        counterpart, or `sssom:NoTermFound` (withdrawn); then every new statement that is no
        counterpart (new). Statements in the same words are always linked. All rows are proposals.
        Typed, and still to be checked against the schema.

    Raises
    ------
    BrokenScores
        If a scorer does not give a score for each pair.
    """
    old, new = _frame_to_side(old_statements), _frame_to_side(new_statements)
    evidence = _sides_to_evidence(old, new, scorers)
    orders = [_order(evidence, row) for row in range(len(evidence.old.ids))]
    links = _choose(evidence, orders)
    sources = Counter(links.values())
    rows = [
        _linked_row(evidence, row, order, sources[order[0]] > 1)
        if row in links
        else _withdrawn_row(evidence, row, order)
        for row, order in enumerate(orders)
    ]
    rows += [_new_row(evidence, column) for column in range(len(evidence.new.ids)) if column not in sources]
    return rows_to_typed(CROSSWALK, rows)
