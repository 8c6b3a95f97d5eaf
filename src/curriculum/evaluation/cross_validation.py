"""Fit confidence to a reference, and propose the links of each statement with a fit without it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.errors import InvalidInput
from curriculum.evaluation.fit_rows import LINK, NEW, UNLINKED, FitRow
from curriculum.evaluation.reference import CORE_TIER, Reference
from curriculum.linking.choice import exact_match_assigned
from curriculum.linking.confidence import (
    ACCEPT_FROM,
    Fit,
    scorers_to_name,
    sizes_to_penalty,
    unlinked_to_ratio,
)
from curriculum.linking.csls_confidence import csls_to_confidence
from curriculum.linking.proposals import ScoredPairs, scored_pairs_to_links, scored_pairs_with_fit
from curriculum.model import vocabulary as v

__all__ = [
    "FOLDS",
    "cross_validated_links",
    "fit_rows_to_fit",
    "scored_pairs_to_fit",
    "scored_pairs_to_links_rows",
    "scored_pairs_to_unlinked_rows",
]

FOLDS = 10
# A case is among so many best ones of its old or of its new statement.
_BEST = 5
# The ridge penalties, which pull the coefficients of standardised columns towards 0.
_RIDGE = 1.0
_RIDGE_OF_UNLINKED = 0.1
_STEPS = 50
# Links of at least this confidence determine the highest confidence.
_SURE, _SURE_CONTESTED = ACCEPT_FROM, 0.7

_Column = NDArray[np.float64]


def scored_pairs_to_fit(
    scored_pairs: Sequence[ScoredPairs],
    reference: Sequence[Reference],
    without: frozenset[str] = frozenset(),
    more: Sequence[FitRow] = (),
) -> Fit:
    """Fit the confidence of links to a reference.

    A case is one of the five best pairs of its old or of its new statement. The reference judges the old
    statement, and neither statement has an exact match in the other document. Links that readers dispute are
    left out.

    Parameters
    ----------
    scored_pairs
        The scored pairs of the documents of the reference.
    reference
        The rows of the reference.
    without
        Old statements to leave out.
    more
        Rows of other pairs of documents.

    Returns
    -------
    Fit
        Its values have three decimals.

    Raises
    ------
    InvalidInput
        If all cases are right, or all are wrong.
    """
    rows = [row for scored in scored_pairs for row in scored_pairs_to_links_rows(scored, reference)]
    rows = [row for row in rows if row.source not in without]
    plain = fit_rows_to_fit([*rows, *more])
    of_unlinked = [
        row
        for scored in scored_pairs
        for row in scored_pairs_to_unlinked_rows(scored, reference, plain)
        if row.source not in without
    ]
    return fit_rows_to_fit([*rows, *of_unlinked, *more])


def fit_rows_to_fit(rows: Sequence[FitRow]) -> Fit:
    """Fit the confidence of links to rows.

    Raises
    ------
    InvalidInput
        If all cases are right, or all are wrong.
    """
    links = [row for row in rows if row.case == LINK]
    csls, penalty, contested, right = (
        np.array([getattr(row, name) for row in links], dtype=np.float64)
        for name in ("score", "size_penalty", "is_contested", "is_right")
    )
    if not 0 < right.sum() < len(right):
        raise InvalidInput(
            "confidence cannot be fitted to the reference",
            expected="pairs that readers link and pairs that they do not, among the best candidates",
            found=f"{int(right.sum())} of {len(right)} that they link",
            advice="Add rows to the reference, or evaluate without --cross-validate.",
        )
    intercept, slope, taken = _fit_logistic(np.column_stack([csls, contested]), right, _RIDGE, -penalty)
    plain = Fit(intercept, slope, taken, 1.0, 1.0, 0.0, 0.0, 0.0)
    confidence = csls_to_confidence(csls, contested > 0, plain, penalty)
    highest = _rule_of_succession(right[(contested == 0) & (confidence >= _SURE)])
    of_contested = _rule_of_succession(right[(contested > 0) & (confidence >= _SURE_CONTESTED)])
    unlinked = _fit_unlinked([row for row in rows if row.case == UNLINKED])
    new = _rule_of_succession(np.array([row.is_right for row in rows if row.case == NEW], dtype=np.float64))
    return Fit(intercept, slope, taken, highest, of_contested, *unlinked, new)


def _rule_of_succession(right: _Column) -> float:
    """Return the expected share of right answers, by Laplace's rule of succession."""
    return round((float(right.sum()) + 1) / (len(right) + 2), 3)


def scored_pairs_to_links_rows(scored: ScoredPairs, reference: Sequence[Reference]) -> tuple[FitRow, ...]:
    """Return a row of the fit for each case of a pair of documents."""
    known = _pair_to_known(scored, reference)
    judged = {source for source, _ in known}
    is_free = ~exact_match_assigned(scored.choice.is_exact)
    penalty = sizes_to_penalty(*scored.csls.shape)
    rows = []
    for row, column in zip(*np.nonzero(_among_best(scored.csls, is_free) & is_free), strict=True):
        source = scored.old.ids[row]
        tier = known.get((source, scored.new.ids[column]), "")
        if source in judged and tier in ("", CORE_TIER):
            is_contested = not scored.choice.is_mutual[row, column]
            score = float(scored.csls[row, column])
            pair, scorers = _pair_to_name(scored), scorers_to_name(scored.scores)
            is_right = tier == CORE_TIER
            rows.append(FitRow(pair, scorers, LINK, score, penalty, is_contested, is_right, source))
    return tuple(rows)


def _among_best(csls: NDArray[np.float64], is_free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether each pair is among the best of its row or of its column."""
    ranked = np.where(is_free, -csls, np.inf)
    of_row, of_column = (
        ranked.argsort(axis=axis, kind="stable").argsort(axis=axis, kind="stable") < _BEST for axis in (1, 0)
    )
    best: NDArray[np.bool_] = of_row | of_column
    return best


def scored_pairs_to_unlinked_rows(
    scored: ScoredPairs, reference: Sequence[Reference], fit: Fit
) -> tuple[FitRow, ...]:
    """Return a row of the fit for each statement for which no link is proposed, if it is judged."""
    known = _pair_to_known(scored, reference)
    judged = {source for source, _ in known}
    with_core = {source for (source, _), tier in known.items() if tier == CORE_TIER}
    is_link = scored_pairs_with_fit(scored, fit).choice.is_link
    old, new = ~is_link.any(axis=1), ~is_link.any(axis=0)
    ratio = unlinked_to_ratio(int(old.sum()), int(new.sum()))
    sources = [scored.old.ids[row] for row in np.flatnonzero(old)]
    pair, scorers = _pair_to_name(scored), scorers_to_name(scored.scores)
    of_old = [
        FitRow(pair, scorers, UNLINKED, ratio, 0.0, False, source not in with_core, source)
        for source in sources
        if source in judged
    ]
    if not judged.issuperset(scored.old.ids):
        # Old statements that nobody judged can be the counterparts of new ones.
        return tuple(of_old)
    linked = {target for (_, target), tier in known.items() if tier == CORE_TIER}
    targets = [scored.new.ids[column] for column in np.flatnonzero(new)]
    of_new = [
        FitRow(pair, scorers, NEW, -ratio, 0.0, False, target not in linked, target) for target in targets
    ]
    return (*of_old, *of_new)


def _pair_to_name(scored: ScoredPairs) -> str:
    return f"{scored.old.source} -> {scored.new.source}"


def _pair_to_known(scored: ScoredPairs, reference: Sequence[Reference]) -> dict[tuple[str, str], str]:
    """Return the tier of each link of the reference, by its two ids; an id is empty without a counterpart."""
    pair = (scored.old.source, scored.new.source)
    rows = [row for row in reference if (row.subject_source, row.object_source) == pair]
    return {(row.subject_id, row.object_id): row.tier for row in rows}


def _fit_unlinked(rows: Sequence[FitRow]) -> tuple[float, float]:
    """Fit the probability that a statement without a link has no counterpart."""
    right = np.array([row.is_right for row in rows], dtype=np.float64)
    if not 0 < right.sum() < len(right):
        # All cases have the same outcome, so the ratio cannot count; Laplace's rule gives one value.
        share = (float(right.sum()) + 1) / (len(right) + 2)
        return round(float(np.log(share / (1 - share))), 3), 0.0
    ratios = np.array([row.score for row in rows])
    intercept, slope = _fit_logistic(ratios[:, None], right, _RIDGE_OF_UNLINKED)
    return intercept, slope


def _fit_logistic(
    columns: NDArray[np.float64], right: _Column, ridge: float, offset: _Column | float = 0.0
) -> list[float]:
    """Fit a logistic regression with a known offset by Newton's method; the intercept comes first."""
    middle, spread = columns.mean(axis=0), columns.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    data = np.column_stack([np.ones(len(columns)), (columns - middle) / spread])
    penalty = ridge * np.diag([0.0, *[1.0] * columns.shape[1]])
    found = np.zeros(data.shape[1])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-(data @ found + offset)))
        slope = data.T @ (right - share) - penalty @ found
        curve = (data * (share * (1 - share))[:, None]).T @ data + penalty
        found = found + np.linalg.solve(curve, slope)
    slopes = found[1:] / spread
    return [round(float(value), 3) for value in (found[0] - slopes @ middle, *slopes)]


def cross_validated_links(
    scored_pairs: Sequence[ScoredPairs], reference: Sequence[Reference], more: Sequence[FitRow] = ()
) -> pd.DataFrame:
    """Propose the links of each judged statement with a fit to the other statements.

    The old statements of each pair are divided into ten folds. The links of each fold are proposed with a fit
    to all other folds.

    Parameters
    ----------
    scored_pairs
        The scored pairs of the documents of the reference.
    reference
        The rows of the reference.
    more
        Rows of other pairs of documents, which every fit has.

    Returns
    -------
    pandas.DataFrame
        A crosswalk of the statements that the reference judges, without those that are new.
    """
    sources = [sorted({source for source, _ in _pair_to_known(scored, reference)}) for scored in scored_pairs]
    frames = []
    for fold in range(FOLDS):
        tested = [ids[fold::FOLDS] for ids in sources]
        fit = scored_pairs_to_fit(scored_pairs, reference, frozenset(chain(*tested)), more)
        for scored, ids in zip(scored_pairs, tested, strict=True):
            links = scored_pairs_to_links(scored_pairs_with_fit(scored, fit))
            frames.append(links[links[v.SUBJECT_ID].isin(ids)])
    return pd.concat(frames, ignore_index=True)
