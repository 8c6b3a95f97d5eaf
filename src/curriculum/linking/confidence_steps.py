"""Explain a confidence: what each scorer and each circumstance adds to the log odds of a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from curriculum.linking.confidence import sizes_to_penalty, unlinked_to_ratio
from curriculum.linking.context import kinds_to_bonus, order_to_bonus
from curriculum.linking.csls_scores import Scorer, scorers_to_csls, scores_to_csls
from curriculum.linking.proposals import ScoredPairs

__all__ = ["STEP_COLUMNS", "fact_to_steps", "pair_to_steps", "unlinked_to_steps"]

STEP_COLUMNS: Final = ("step", "score", "csls_score", "adds", "log_odds", "confidence")
START: Final = "before any score"
PART: Final = "a part of a long statement is more alike"
SAME_KIND: Final = "the same kind"
ORDER: Final = "the place in the lists"
CONTESTED: Final = "a better counterpart of one of the two"
SIZE: Final = "the number of statements that compete"
CEILING: Final = "no more than was measured"
_NAN: Final = float("nan")


class _Step(NamedTuple):
    """A step: its name, its score, its CSLS score, and what it adds to the log odds."""

    step: str
    adds: float
    score: float = _NAN
    csls_score: float = _NAN


def pair_to_steps(scored: ScoredPairs, scorers: Sequence[Scorer], position: tuple[int, int]) -> pd.DataFrame:
    """Return how the confidence of a pair of statements came about, step by step.

    Parameters
    ----------
    scored
        The scored pairs.
    scorers
        The scorers that scored them.
    position
        The position of the old and of the new statement in them.

    Returns
    -------
    pandas.DataFrame
        One row for each step: ``step``, ``score`` (of a scorer), ``csls_score`` (that score, compared with
        its competitors; or the bonus of a circumstance in the same unit), ``adds`` (to the log odds),
        ``log_odds`` and ``confidence`` (after the step). The last confidence, rounded to three decimals, is
        that of the pair. The mean of the CSLS scores is rounded to three decimals; each scorer has a part of
        that.
    """
    fit, is_mutual = scored.fit, bool(scored.choice.is_mutual[position])
    penalty = sizes_to_penalty(*scored.csls.shape)
    steps = [_Step(START, fit.intercept), *_scorer_steps(scored, scorers, position)]
    for name, bonus in _bonuses(scored, scorers, position):
        if bonus:
            steps.append(_Step(name, fit.slope * bonus, csls_score=bonus))
    if not is_mutual:
        steps.append(_Step(CONTESTED, fit.contested))
    if penalty:
        steps.append(_Step(SIZE, -penalty))
    return _steps_to_frame(steps, fit.highest if is_mutual else fit.highest_contested)


def _scorer_steps(
    scored: ScoredPairs, scorers: Sequence[Scorer], position: tuple[int, int]
) -> Iterable[_Step]:
    """Yield what each scorer adds: its share of the mean CSLS score, times the slope of the fit."""
    total = sum(scorer.weight for scorer in scorers)
    csls = {
        scorer.name: float(
            scores_to_csls(scored.scores[scorer.name], scorer.spread, scorer.least_best)[position]
        )
        for scorer in scorers
    }
    shares = [scorer.weight / total * csls[scorer.name] for scorer in scorers]
    mean = float(scorers_to_csls(scorers, scored.scores)[position])
    rounding = (mean - sum(shares)) / len(shares)
    for scorer, share in zip(scorers, shares, strict=True):
        score = float(scored.scores[scorer.name][position])
        yield _Step(scorer.name, scored.fit.slope * (share + rounding), score, csls[scorer.name])


def _bonuses(
    scored: ScoredPairs, scorers: Sequence[Scorer], position: tuple[int, int]
) -> tuple[tuple[str, float], ...]:
    """Return what parts, kinds and order add to the CSLS score; all these have three decimals."""
    row, column = position
    old, new = scored.old.compared_kinds, scored.new.compared_kinds
    of_kind = float(kinds_to_bonus(old, new)[row, column])
    of_order = float(order_to_bonus(scored.sure, scored.csls.shape)[row, column])
    whole = float(scorers_to_csls(scorers, scored.scores)[position])
    of_part = round(float(scored.csls[position]) - whole - of_kind - of_order, 3)
    return (PART, of_part), (SAME_KIND, of_kind), (ORDER, of_order)


def unlinked_to_steps(scored: ScoredPairs, *, is_old: bool) -> pd.DataFrame:
    """Return how the confidence came about that a statement without a link has no counterpart.

    Parameters
    ----------
    scored
        The scored pairs.
    is_old
        Whether the statement is an old one. All new ones have the same confidence.

    Returns
    -------
    pandas.DataFrame
        As `pair_to_steps` returns it.
    """
    fit, is_link = scored.fit, scored.choice.is_link
    if not is_old:
        return fact_to_steps("every new statement without a link in the fit", fit.new)
    n_old, n_new = int((~is_link.any(axis=1)).sum()), int((~is_link.any(axis=0)).sum())
    left = f"{n_old} old and {n_new} new statements are without a link"
    steps = [
        _Step("every statement without a link in the fit", fit.unlinked_intercept),
        _Step(left, fit.unlinked_slope * unlinked_to_ratio(n_old, n_new)),
    ]
    return _steps_to_frame(steps, fit.highest)


def fact_to_steps(fact: str, confidence: float) -> pd.DataFrame:
    """Return the only step of a confidence that is not computed: the same words, or a decision.

    Examples
    --------
    >>> fact_to_steps("the same words", 1.0)[["step", "confidence"]].to_numpy().tolist()
    [['the same words', 1.0]]
    """
    return pd.DataFrame([(fact, _NAN, _NAN, _NAN, _NAN, confidence)], columns=list(STEP_COLUMNS))


def _steps_to_frame(steps: Sequence[_Step], ceiling: float) -> pd.DataFrame:
    """Return the steps with their running log odds and confidence, up to the highest confidence."""
    running = np.cumsum([step.adds for step in steps]).tolist()
    rows = [
        (step.step, step.score, step.csls_score, step.adds, odds, 1 / (1 + exp(-odds)))
        for step, odds in zip(steps, running, strict=True)
    ]
    if rows[-1][-1] > ceiling:
        highest = log(ceiling / (1 - ceiling))
        rows.append((CEILING, _NAN, _NAN, highest - running[-1], highest, ceiling))
    return pd.DataFrame(rows, columns=list(STEP_COLUMNS))
