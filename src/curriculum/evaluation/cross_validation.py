"""Fits confidence to a reference, and proposes each link by a fit that has not seen its statement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.errors import InvalidInput
from curriculum.evaluation.reference import CORE_TIER, Reference
from curriculum.linking.choice import exact_match_assigned
from curriculum.linking.confidence import (
    ACCEPT_FROM,
    Fit,
    confidence_to_odds,
    csls_to_confidence,
    sizes_to_penalty,
)
from curriculum.linking.proposals import ScoredPairs, scored_pairs_to_links, scored_pairs_with_fit
from curriculum.model import vocabulary as v

__all__ = ["FOLDS", "cross_validated_links", "scored_pairs_to_fit"]

FOLDS = 10
# Coefficients but the intercept are held towards nought by so much (ridge).
_RIDGE = 0.1
_STEPS = 50
# Links of at least this confidence tell the most that is ever said.
_SURE, _SURE_CONTESTED = ACCEPT_FROM, 0.7

_Column = NDArray[np.float64]


class _Case(NamedTuple):
    """A pair that may be a link, and whether readers call it one."""

    source: str
    csls: float
    size_penalty: float
    is_contested: bool
    is_right: bool


def scored_pairs_to_fit(
    scored: Sequence[ScoredPairs], reference: Sequence[Reference], without: frozenset[str] = frozenset()
) -> Fit:
    """Fit the confidence of links to a reference.

    A case is a pair that is the best of its old or of its new statement, where the old one is judged by the
    reference and neither stands word for word in the other document. Links that readers dispute are left out.

    Parameters
    ----------
    weighed
        The pairs of documents of the reference.
    reference
        What readers say.
    without
        Old statements that are to be left out.

    Returns
    -------
    Fit
        To three places.

    Raises
    ------
    InvalidInput
        If all cases are right, or all are wrong.
    """
    judged = {row.subject_id for row in reference} - without
    cases = [
        case for one in scored for case in _scored_pairs_to_cases(one, reference) if case.source in judged
    ]
    csls = np.array([case.csls for case in cases])
    contested = np.array([case.is_contested for case in cases], dtype=np.float64)
    right = np.array([case.is_right for case in cases], dtype=np.float64)
    if not 0 < right.sum() < len(right):
        raise InvalidInput(
            "confidence cannot be fitted to the reference",
            expected="pairs that readers link and pairs that they do not, among the likeliest ones",
            found=f"{int(right.sum())} of {len(right)} that they link",
            advice="Add rows to the reference, or evaluate without --cross-validate.",
        )
    size_penalty = np.array([case.size_penalty for case in cases])
    intercept, slope, taken = _fit_logistic(np.column_stack([csls, contested]), right, -size_penalty)
    plain = Fit(intercept, slope, taken, 1.0, 1.0, 0.0, 0.0)
    confidence = csls_to_confidence(csls, contested > 0, plain, size_penalty)
    plain = plain._replace(
        highest=_rule_of_succession(right[(contested == 0) & (confidence >= _SURE)]),
        highest_contested=_rule_of_succession(right[(contested > 0) & (confidence >= _SURE_CONTESTED)]),
    )
    return plain._replace(**_fit_withdrawn(scored, reference, plain, judged))


def _rule_of_succession(right: _Column) -> float:
    """Return the share of right answers to expect after these (Laplace)."""
    return round((float(right.sum()) + 1) / (len(right) + 2), 3)


def _scored_pairs_to_cases(scored: ScoredPairs, reference: Sequence[Reference]) -> list[_Case]:
    known = _pair_to_known(scored, reference)
    choice = scored.choice
    judged = {source for source, _ in known}
    is_free = ~exact_match_assigned(choice.is_identical)
    size_penalty = sizes_to_penalty(*scored.csls.shape)
    cases = []
    for row, column in zip(*np.nonzero(choice.is_best & is_free), strict=True):
        source, target = scored.old.ids[row], scored.new.ids[column]
        tier = known.get((source, target), "")
        if source in judged and tier in ("", CORE_TIER):
            csls, is_mutual = float(scored.csls[row, column]), bool(choice.is_mutual[row, column])
            cases.append(_Case(source, csls, size_penalty, not is_mutual, tier == CORE_TIER))
    return cases


def _pair_to_known(scored: ScoredPairs, reference: Sequence[Reference]) -> dict[tuple[str, str], str]:
    """Return the tier of each link that readers know of, by its ends; an end is empty where there is none."""
    pair = (scored.old.source, scored.new.source)
    own = [row for row in reference if (row.subject_source, row.object_source) == pair]
    return {(row.subject_id, row.object_id): row.tier for row in own}


def _fit_withdrawn(
    scored: Sequence[ScoredPairs], reference: Sequence[Reference], fit: Fit, judged: set[str]
) -> dict[str, float]:
    """Fit how likely a statement without a link has no counterpart, by the confidence of its best one."""
    best, gone = [], []
    for one in scored:
        known = _pair_to_known(one, reference)
        with_core = {source for (source, _), tier in known.items() if tier == CORE_TIER}
        choice = scored_pairs_with_fit(one, fit).choice
        for row in np.flatnonzero(~choice.is_link.any(axis=1)):
            if one.old.ids[row] in judged & {source for source, _ in known}:
                best.append(choice.confidence[row, choice.best_new[row]])
                gone.append(one.old.ids[row] not in with_core)
    if not 0 < sum(gone) < len(gone):
        # Nothing tells how the best candidate matters; Laplace's rule stands for all.
        share = (sum(gone) + 1) / (len(gone) + 2)
        return {"withdrawn_intercept": round(float(np.log(share / (1 - share))), 3), "withdrawn_slope": 0.0}
    odds = confidence_to_odds(np.array(best))
    intercept, slope = _fit_logistic(odds[:, None], np.array(gone, dtype=np.float64))
    return {"withdrawn_intercept": intercept, "withdrawn_slope": slope}


def _fit_logistic(columns: NDArray[np.float64], right: _Column, offset: _Column | float = 0.0) -> list[float]:
    """Fit a logistic regression (Newton's method) beside a known offset; the intercept first."""
    data = np.column_stack([np.ones(len(columns)), columns])
    ridge = _RIDGE * np.diag([0.0, *[1.0] * columns.shape[1]])
    found = np.zeros(data.shape[1])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-(data @ found + offset)))
        slope = data.T @ (right - share) - ridge @ found
        curve = (data * (share * (1 - share))[:, None]).T @ data + ridge
        found = found + np.linalg.solve(curve, slope)
    return [round(float(value), 3) for value in found]


def cross_validated_links(scored: Sequence[ScoredPairs], reference: Sequence[Reference]) -> pd.DataFrame:
    """Propose the links of each judged statement by a fit that has not seen it.

    The old statements of each pair are dealt into ten folds; those of one fold are proposed by what is
    fitted to all others.

    Parameters
    ----------
    weighed
        The pairs of documents of the reference.
    reference
        What readers say.

    Returns
    -------
    pandas.DataFrame
        A crosswalk of the statements that the reference judges, without those that are new.
    """
    sources = [sorted({source for source, _ in _pair_to_known(one, reference)}) for one in scored]
    frames = []
    for fold in range(FOLDS):
        held = [own[fold::FOLDS] for own in sources]
        fit = scored_pairs_to_fit(scored, reference, without=frozenset(chain(*held)))
        for one, own in zip(scored, held, strict=True):
            links = scored_pairs_to_links(scored_pairs_with_fit(one, fit))
            frames.append(links[links[v.SUBJECT_ID].isin(own)])
    return pd.concat(frames, ignore_index=True)
