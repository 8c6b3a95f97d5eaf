"""What becomes of each old statement, and which of them a method wins: literal rows in and out."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.evaluation.candidate_ranks import LinkRank
from curriculum.evaluation.metrics import (
    budget_to_shares,
    crosswalk_to_verdicts,
    verdicts_to_budget,
    verdicts_to_pooled,
    verdicts_to_scores,
)
from curriculum.evaluation.reference import Reference
from curriculum.evaluation.significance import share_to_interval, wins_to_p
from curriculum.evaluation.source_verdicts import SOURCE_VERDICTS, crosswalk_to_sources, sources_to_wins
from curriculum.model import vocabulary as v

CLOSE, RELATED = v.CLOSE_MATCH, v.RELATED_MATCH


def judged(old, new, tier):
    return Reference("a", "b", f"a:{old}", f"b:{new}" if new else "", (CLOSE,), tier, 2)


def proposed(*rows, pair=("a", "b")):
    names = [v.SUBJECT_ID, v.OBJECT_ID, v.CONFIDENCE, v.RUNNER_UP_ID]
    frame = pd.DataFrame(rows, columns=names)
    sides = {v.SUBJECT_SOURCE: pair[0], v.OBJECT_SOURCE: pair[1]}
    return frame.assign(**{v.PREDICATE_ID: CLOSE, v.BAND: v.REVIEW}, **sides)


NOTHING = v.NO_TERM_FOUND
# By old statement: what readers say, what is proposed, and the row that is expected.
CASES = {
    "K1": (
        [("K1", "core")],
        [("b:K1", 0.9, "b:K2")],
        ("b:K1", "b:K1", True, 1, "b:K1", "right"),
    ),
    # A split of which one half is found.
    "K2": (
        [("K2", "core"), ("K3", "core")],
        [("b:K2", 0.8, "b:K3")],
        ("b:K2; b:K3", "b:K2", True, 1, "b:K2", "partly right"),
    ),
    # The wrong link has the higher confidence.
    "K4": (
        [("K4", "core")],
        [("b:K9", 0.7, "b:K4"), ("b:K4", 0.6, "b:K9")],
        ("b:K4", "b:K9", False, 2, "b:K9; b:K4", "partly right"),
    ),
    "K5": ([("K5", "core")], [("b:K9", 0.7, "b:K5")], ("b:K5", "b:K9", False, 2, "b:K9", "wrong")),
    # Nothing is proposed, but the best candidate is right.
    "K6": ([("K6", "core")], [(NOTHING, 0.4, "b:K6")], ("b:K6", "b:K6", True, 1, "", "missed")),
    # Two links of the same confidence: the first counts.
    "K7": (
        [("K7", "core")],
        [("b:K7", 0.5, ""), ("b:K8", 0.5, "")],
        ("b:K7", "b:K7", True, 1, "b:K7; b:K8", "partly right"),
    ),
    "S1": ([("", "none")], [(NOTHING, 0.6, "b:K6")], ("", "b:K6", False, 0, "", "right")),
    "S2": ([("", "none")], [("b:K6", 0.6, "")], ("", "b:K6", False, 0, "b:K6", "wrong")),
    # The best is neutral: no core link is a hit, and nothing is wrong.
    "S3": ([("S3", "related")], [("b:S3", 0.6, "")], ("", "b:S3", False, 0, "b:S3", "neutral")),
    # The best is neutral, and a core link is missed.
    "S4": (
        [("S4", "core"), ("S5", "disputed")],
        [("b:S5", 0.6, "b:S4")],
        ("b:S4", "b:S5", False, 3, "b:S5", "missed"),
    ),
    # No row of the crosswalk names it.
    "S6": ([("S6", "core")], [], ("b:S6", "", False, 5, "", "missed")),
}
RANKS = {
    ("a:K1", "b:K1"): LinkRank(1, 1),
    ("a:K2", "b:K2"): LinkRank(1, 1),
    ("a:K2", "b:K3"): LinkRank(4, 1),
    ("a:K4", "b:K4"): LinkRank(2, 2),
    ("a:K5", "b:K5"): LinkRank(2, 1),
    ("a:K6", "b:K6"): LinkRank(1, 1),
    ("a:K7", "b:K7"): LinkRank(1, 1),
    ("a:S4", "b:S4"): LinkRank(3, 1),
    ("a:S6", "b:S6"): LinkRank(5, 5),
}
REFERENCE = [judged(old, new, tier) for old, (rows, _, _) in CASES.items() for new, tier in rows]
PROPOSED = proposed(
    *((f"a:{old}", *link) for old, (_, links, _) in CASES.items() for link in links),
    ("a:K99", "b:K1", 0.9, ""),
    (NOTHING, "b:K12", 0.9, "a:K1"),
)


@pytest.mark.parametrize("old", CASES)
def test_an_old_statement_has_a_row(old):
    sources = crosswalk_to_sources(PROPOSED, REFERENCE, RANKS).set_index(v.SUBJECT_ID)
    assert sources.loc[f"a:{old}"].tolist() == ["a -> b", *CASES[old][2]]


def test_only_judged_statements_have_rows_in_the_order_of_the_reference():
    sources = crosswalk_to_sources(PROPOSED, REFERENCE, RANKS)
    assert sources[v.SUBJECT_ID].tolist() == [f"a:{old}" for old in CASES]
    assert set(sources["verdict"]) == set(SOURCE_VERDICTS)
    assert sources.columns.tolist() == [
        *("pair", "subject_id", "core_ids", "best_id", "is_hit", "rank", "proposed_ids", "verdict"),
    ]


def test_hits_are_those_of_the_scores():
    sources = crosswalk_to_sources(PROPOSED, REFERENCE, RANKS)
    scores = verdicts_to_scores(crosswalk_to_verdicts(PROPOSED, REFERENCE)).set_index("measure")
    assert scores.loc["hits@1", ["right", "of"]].tolist() == [4, 8]
    assert [sources["is_hit"].sum(), (sources["core_ids"] != "").sum()] == [4, 8]


def test_an_empty_pair_has_no_row():
    assert crosswalk_to_sources(PROPOSED.iloc[:0], [], {}).empty
    nothing = crosswalk_to_sources(PROPOSED.iloc[:0], REFERENCE[:1], RANKS)
    assert nothing.to_numpy().tolist() == [["a -> b", "a:K1", "b:K1", "", False, 1, "", "missed"]]


def sources(*rows):
    frame = pd.DataFrame(rows, columns=["pair", v.SUBJECT_ID, "is_hit"])
    return frame.assign(core_ids=["" if name.endswith("none") else "x" for name in frame[v.SUBJECT_ID]])


def test_wins_and_losses_are_counted_by_pair():
    first = sources(
        ("d -> b", "d:K1", True),
        ("d -> b", "d:K2", True),
        ("d -> b", "d:K3", False),
        ("d -> b", "d:K4", False),
        ("d -> b", "d:none", True),
        ("d -> b", "d:alone", True),
        ("a -> c", "a:K1", True),
    )
    second = sources(
        ("a -> c", "a:K1", False),
        ("d -> b", "d:K4", False),
        ("d -> b", "d:K3", True),
        ("d -> b", "d:K2", False),
        ("d -> b", "d:K1", True),
        ("d -> b", "d:none", False),
        ("x -> y", "x:K1", True),
    )
    wins = sources_to_wins(first, second)
    assert wins.columns.tolist() == ["pair", "sources", "won", "lost", "p"]
    # The pairs stay in the order of the first.
    assert wins.to_numpy().tolist() == [
        ["d -> b", 4, ("d:K2",), ("d:K3",), 1.0],
        ["a -> c", 1, ("a:K1",), (), 1.0],
        ["all pairs", 5, ("d:K2", "a:K1"), ("d:K3",), 1.0],
    ]


def test_a_method_wins_nothing_against_itself():
    same = sources(("a -> b", "a:K1", True), ("a -> b", "a:K2", False))
    assert sources_to_wins(same, same).iloc[-1].tolist() == ["all pairs", 2, (), (), 1.0]
    assert sources_to_wins(same.iloc[:0], same).to_numpy().tolist() == [["all pairs", 0, (), (), 1.0]]


def test_the_sign_test_counts_only_what_differs():
    # All six of six heads or tails: 2 of 64; one of seven: 16 of 128.
    assert [wins_to_p(6, 0), wins_to_p(0, 6), wins_to_p(6, 1), wins_to_p(0, 0)] == [0.031, 0.031, 0.125, 1]


def test_the_interval_of_a_share_is_wilsons():
    assert [round(bound, 3) for bound in share_to_interval(4, 5)] == [0.376, 0.964]
    assert [round(bound, 3) for bound in share_to_interval(0, 10)] == [0.0, 0.278]


# --- Several pairs together -------------------------------------------------------------------------------


def two_pairs():
    """Return the verdicts of an old document with two new ones: K1 is right in one and wrong in the other."""
    reference = [judged("K1", "K1", "core")._replace(object_source=new) for new in ("b", "c")]
    right, wrong = (("a:K1", target, 0.9, "") for target in ("b:K1", "b:K2"))
    links = pd.concat([proposed(right), proposed(wrong, pair=("a", "c"))])
    return crosswalk_to_verdicts(links, reference)


def test_a_statement_of_two_pairs_counts_twice():
    pooled = verdicts_to_pooled(two_pairs(), "all")
    scores = verdicts_to_scores(pooled).set_index("measure")
    assert set(scores["subject_source"]) == {"all"}
    assert scores.loc["hits@1", ["right", "of"]].tolist() == [1, 2]
    assert scores.loc["F1", ["right", "of"]].tolist() == [1, 3]


def test_the_budget_is_shown_at_shares():
    budget = verdicts_to_budget(verdicts_to_pooled(two_pairs(), "all"))
    assert budget["settled"].tolist() == [0, 1, 2]
    shown = budget_to_shares(budget, (0.0, 0.25, 0.5, 1.0))
    assert shown[["share", "settled"]].to_numpy().tolist() == [[0, 0], [0.25, 0], [0.5, 1], [1, 2]]
    assert shown["F1"].tolist() == [0.5, *budget["F1"].iloc[[0, 1, 2]]]
    by_pair = budget_to_shares(verdicts_to_budget(two_pairs()), (0.0, 1.0))
    assert by_pair[["object_source", "settled", "F1"]].to_numpy().tolist() == [
        *(["b", 0, 1.0], ["b", 1, 1.0], ["c", 0, 0.0], ["c", 1, 1.0]),
    ]


def test_a_budget_of_nothing_is_empty():
    nothing = verdicts_to_budget(two_pairs().iloc[:0])
    assert budget_to_shares(nothing, (0.0, 0.5)).empty
