"""The bounds and roundings of confidence, and the bounds of what `propose_links` does with it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from curriculum.errors import TooLarge
from curriculum.linking.confidence import Fit, sizes_to_penalty, unlinked_to_confidence
from curriculum.linking.csls_confidence import csls_to_confidence
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import scored_pairs_with_fit, statements_to_scored_pairs
from curriculum.model import vocabulary as v

# The log odds of a link are its CSLS score.
EVEN = Fit(
    intercept=0.0,
    slope=1.0,
    contested=-1.0,
    highest=0.99,
    highest_contested=0.9,
    unlinked_intercept=0.0,
    unlinked_slope=-1.0,
    new=0.7,
)
KSB, OTHER = "knowledge", "performance criterion"


def statements(source, kinds):
    """Return statements of these kinds, in words of their own."""
    codes = [f"X{number}" for number in range(1, len(kinds) + 1)]
    return pd.DataFrame(
        {
            v.STATEMENT_ID: [f"{source}:{code}" for code in codes],
            v.DOCUMENT_ID: source,
            v.CODE: codes,
            v.KIND: kinds,
            v.TEXT: [f"{source} {code}" for code in codes],
        }
    )


def score_pairs(old, new, scores):
    """Score pairs by a made-up scorer; the five nearest neighbours have a mean of at most 5."""
    scorer = Scorer("made", lambda *_: np.array(scores), spread=1.0, least_best=5.0)
    return statements_to_scored_pairs(statements("old", old), statements("new", new), [scorer])


# --- Confidence ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("csls", "is_contested", "confidence"),
    [
        (1.0, False, 0.731),
        (-1.0, False, 0.269),
        (1.0, True, 0.5),
        (4.5, False, 0.989),
        (4.6, False, 0.99),
        (3.1, True, 0.891),
        (3.3, True, 0.9),
    ],
)
def test_confidence_has_three_decimals_and_a_limit(csls, is_contested, confidence):
    assert csls_to_confidence(np.array([csls]), np.array([is_contested]), EVEN).tolist() == [confidence]


@pytest.mark.parametrize(
    ("n_own", "n_other", "confidence"),
    [(2, 2, 0.5), (2, 0, 0.75), (0, 2, 0.25), (6, 0, 0.875), (998, 0, 0.99)],
)
def test_one_more_is_counted_on_both_sides_than_is_without_a_link(n_own, n_other, confidence):
    assert unlinked_to_confidence(n_own, n_other, EVEN) == confidence


def test_the_confidence_of_no_counterpart_has_three_decimals():
    # The odds of 1 to 2.
    assert unlinked_to_confidence(0, 1, EVEN) == 0.333


# --- Sizes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n_old", "n_new", "penalty"),
    [(91, 91, 0.0), (92, 92, 0.0), (93, 93, 0.005), (46, 184, 0.0), (184, 184, 0.347), (368, 368, 0.693)],
)
def test_the_size_penalty_begins_above_92_statements(n_old, n_new, penalty):
    assert sizes_to_penalty(n_old, n_new) == sizes_to_penalty(n_new, n_old) == penalty


class ScoredError(Exception):
    """The scorer was asked."""


def refuse_to_score(*_):
    raise ScoredError


@pytest.mark.parametrize(
    ("n_old", "n_new", "error"),
    [(4_999, 5_001, ScoredError), (5_000, 5_000, ScoredError), (4_901, 5_101, TooLarge)],
)
def test_25_million_pairs_are_scored_and_no_more(n_old, n_new, error):
    first, second = (statements(name, [KSB] * count) for name, count in (("old", n_old), ("new", n_new)))
    with pytest.raises(error):
        statements_to_scored_pairs(first, second, [Scorer("made", refuse_to_score)])


# --- Proposals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "csls", "confidence", "is_link"),
    [
        ((KSB, KSB), -0.852, 0.299, False),
        ((KSB, KSB), -0.847, 0.3, True),
        ((KSB, KSB), -0.842, 0.301, True),
        ((OTHER, OTHER), -0.41, 0.399, False),
        ((OTHER, OTHER), -0.405, 0.4, True),
        ((OTHER, OTHER), -0.401, 0.401, True),
        ((KSB, OTHER), -0.41, 0.399, False),
        ((OTHER, KSB), -0.405, 0.4, True),
    ],
)
def test_links_are_proposed_from_3_in_10_between_ksbs_and_from_4_in_10_between_others(
    kinds, csls, confidence, is_link
):
    old, new = kinds
    # Twice the score, minus twice 5; and what the same kind adds.
    bonus = 0.0 if old != new else 0.75 if old == KSB else 0.5
    scored = scored_pairs_with_fit(score_pairs([old], [new], [[5 + (csls - bonus) / 2]]), EVEN)
    assert scored.csls.tolist() == [[csls]]
    assert scored.choice.confidence.tolist() == [[confidence]]
    assert scored.choice.is_link.tolist() == [[is_link]]


@pytest.mark.parametrize(
    ("score", "csls", "does_order_count"), [(6.4995, 2.999, False), (6.5, 3.0, True), (6.5005, 3.001, True)]
)
def test_links_with_a_csls_score_of_3_show_how_far_the_order_is_kept(score, csls, does_order_count):
    # Statements without a kind, so that only the order of the lists adds to their score.
    kinds = ["statement"] * 20
    scored = score_pairs(kinds, kinds, np.diag([score] * 20))
    assert (scored.csls[0, 0] > csls) == does_order_count
    assert (scored.csls[0, 19] < -10) == does_order_count
    assert does_order_count or np.diag(scored.csls).tolist() == [csls] * 20


def test_csls_scores_have_three_decimals_after_kind_and_order():
    kinds = ["statement"] * 20
    csls = score_pairs(kinds, kinds, np.diag([6.6] * 20)).csls
    assert (csls == csls.round(3)).all()
    assert (csls != csls.round(2)).any()
