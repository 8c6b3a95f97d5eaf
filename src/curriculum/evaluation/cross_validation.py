"""Fit confidence to a reference, and propose the links of each statement with a fit without it."""

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
# The ridge penalty, which pulls all coefficients except the intercept towards 0.
_RIDGE = 0.1
_STEPS = 50
# Links of at least this confidence determine the highest confidence.
_SURE, _SURE_CONTESTED = ACCEPT_FROM, 0.7

_Column = NDArray[np.float64]


class _Case(NamedTuple):
    """A pair that may be a link, and whether readers call it a link."""

    source: str
    csls: float
    size_penalty: float
    is_contested: bool
    is_right: bool


def scored_pairs_to_fit(
    scored_pairs: Sequence[ScoredPairs], reference: Sequence[Reference], without: frozenset[str] = frozenset()
) -> Fit:
    """Fit the confidence of links to a reference.

    A case is the best pair of its old or of its new statement. The reference judges the old statement, and
    neither statement has an exact match in the other document. Links that readers dispute are left out.

    Parameters
    ----------
    scored_pairs
        The scored pairs of the documents of the reference.
    reference
        The rows of the reference.
    without
        Old statements to leave out.

    Returns
    -------
    Fit
        Its values have three decimals.

    Raises
    ------
    InvalidInput
        If all cases are right, or all are wrong.
    """
    judged = {row.subject_id for row in reference} - without
    cases = [
        case
        for scored in scored_pairs
        for case in _scored_pairs_to_cases(scored, reference)
        if case.source in judged
    ]
    csls = np.array([case.csls for case in cases])
    contested = np.array([case.is_contested for case in cases], dtype=np.float64)
    right = np.array([case.is_right for case in cases], dtype=np.float64)
    if not 0 < right.sum() < len(right):
        raise InvalidInput(
            "confidence cannot be fitted to the reference",
            expected="pairs that readers link and pairs that they do not, among the best candidates",
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
    return plain._replace(**_fit_withdrawn(scored_pairs, reference, plain, judged))


def _rule_of_succession(right: _Column) -> float:
    """Return the expected share of right answers, by Laplace's rule of succession."""
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
    """Return the tier of each link of the reference, by its two ids; an id is empty without a counterpart."""
    pair = (scored.old.source, scored.new.source)
    rows = [row for row in reference if (row.subject_source, row.object_source) == pair]
    return {(row.subject_id, row.object_id): row.tier for row in rows}


def _fit_withdrawn(
    scored_pairs: Sequence[ScoredPairs], reference: Sequence[Reference], fit: Fit, judged: set[str]
) -> dict[str, float]:
    """Fit the probability that a statement without a link has no counterpart, by its best candidate."""
    best, is_withdrawn = [], []
    for scored in scored_pairs:
        known = _pair_to_known(scored, reference)
        with_core = {source for (source, _), tier in known.items() if tier == CORE_TIER}
        choice = scored_pairs_with_fit(scored, fit).choice
        for row in np.flatnonzero(~choice.is_link.any(axis=1)):
            if scored.old.ids[row] in judged & {source for source, _ in known}:
                best.append(choice.confidence[row, choice.best_new[row]])
                is_withdrawn.append(scored.old.ids[row] not in with_core)
    if not 0 < sum(is_withdrawn) < len(is_withdrawn):
        # All cases have the same outcome, so the best candidate cannot count; Laplace's rule gives one value.
        share = (sum(is_withdrawn) + 1) / (len(is_withdrawn) + 2)
        return {"withdrawn_intercept": round(float(np.log(share / (1 - share))), 3), "withdrawn_slope": 0.0}
    odds = confidence_to_odds(np.array(best))
    intercept, slope = _fit_logistic(odds[:, None], np.array(is_withdrawn, dtype=np.float64))
    return {"withdrawn_intercept": intercept, "withdrawn_slope": slope}


def _fit_logistic(columns: NDArray[np.float64], right: _Column, offset: _Column | float = 0.0) -> list[float]:
    """Fit a logistic regression with a known offset by Newton's method; the intercept comes first."""
    data = np.column_stack([np.ones(len(columns)), columns])
    ridge = _RIDGE * np.diag([0.0, *[1.0] * columns.shape[1]])
    found = np.zeros(data.shape[1])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-(data @ found + offset)))
        slope = data.T @ (right - share) - ridge @ found
        curve = (data * (share * (1 - share))[:, None]).T @ data + ridge
        found = found + np.linalg.solve(curve, slope)
    return [round(float(value), 3) for value in found]


def cross_validated_links(
    scored_pairs: Sequence[ScoredPairs], reference: Sequence[Reference]
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

    Returns
    -------
    pandas.DataFrame
        A crosswalk of the statements that the reference judges, without those that are new.
    """
    sources = [sorted({source for source, _ in _pair_to_known(scored, reference)}) for scored in scored_pairs]
    frames = []
    for fold in range(FOLDS):
        tested = [ids[fold::FOLDS] for ids in sources]
        fit = scored_pairs_to_fit(scored_pairs, reference, without=frozenset(chain(*tested)))
        for scored, ids in zip(scored_pairs, tested, strict=True):
            links = scored_pairs_to_links(scored_pairs_with_fit(scored, fit))
            frames.append(links[links[v.SUBJECT_ID].isin(ids)])
    return pd.concat(frames, ignore_index=True)
