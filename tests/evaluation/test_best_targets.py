"""The links of a simple scorer and its thresholds, on literal scores."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from curriculum.evaluation.best_targets import links_above, scores_to_best_links, verdicts_to_threshold
from curriculum.evaluation.metrics import crosswalk_to_verdicts, verdicts_to_scores
from curriculum.evaluation.reference import Reference
from curriculum.model import vocabulary as v

OLD, NEW = ("a:K1", "a:K2", "a:K3"), ("b:K1", "b:K2")
SHOWN = [v.SUBJECT_ID, v.OBJECT_ID, v.CONFIDENCE, v.RUNNER_UP_ID]


def best_links():
    # K2 has a tie: the first in the list is taken.
    scores = np.array([[0.9, 0.1], [0.4, 0.4], [0.2, 0.7]])
    return scores_to_best_links(scores, ("a", "b"), OLD, NEW)


def test_each_old_statement_has_its_best_target():
    links = best_links()
    assert links[SHOWN].to_numpy().tolist() == [
        ["a:K1", "b:K1", 0.9, ""],
        ["a:K2", "b:K1", 0.4, ""],
        ["a:K3", "b:K2", 0.7, ""],
    ]
    assert set(links[v.BAND]) == {v.REVIEW}


@pytest.mark.parametrize(
    ("threshold", "linked"),
    [(0.4, ["a:K1", "a:K2", "a:K3"]), (0.5, ["a:K1", "a:K3"]), (0.9, ["a:K1"]), (math.inf, [])],
)
def test_a_link_has_at_least_the_threshold(threshold, linked):
    links = links_above(best_links(), threshold)
    is_linked = links[v.OBJECT_ID] != v.NO_TERM_FOUND
    assert links[is_linked][v.SUBJECT_ID].tolist() == linked
    assert (links[v.PREDICATE_ID] == v.CLOSE_MATCH).equals(is_linked)
    # What was the best target is still known.
    assert [row[1] if row[1] != v.NO_TERM_FOUND else row[3] for row in links[SHOWN].to_numpy()] == [
        *("b:K1", "b:K1", "b:K2"),
    ]


def test_the_best_target_below_the_threshold_is_a_hit_all_the_same():
    reference = [Reference("a", "b", "a:K3", "b:K2", (v.CLOSE_MATCH,), "core", 2)]
    verdicts = crosswalk_to_verdicts(links_above(best_links(), 0.8), reference)
    scores = verdicts_to_scores(verdicts).set_index("measure")["value"]
    assert (scores["hits@1"], scores["F1"]) == (1.0, 0.0)


def test_without_new_statements_there_is_no_link():
    links = scores_to_best_links(np.zeros((1, 0)), ("a", "b"), ["a:K1"], [])
    assert links_above(links, 0.5)[SHOWN].to_numpy().tolist() == [["a:K1", v.NO_TERM_FOUND, 0.0, ""]]
    assert scores_to_best_links(np.zeros((0, 2)), ("a", "b"), [], NEW).empty


def verdicts(*rows):
    return pd.DataFrame(rows, columns=["verdict", v.CONFIDENCE])


def test_the_threshold_has_the_best_f1():
    given = verdicts(
        ("found", 0.9), ("wrong", 0.8), ("found", 0.7), ("wrong", 0.6), ("missed", 0.0), ("neutral", 0.75)
    )
    # F1 is 2/4, 2/5, 4/6 and 4/7 with the first one, two, three and four links.
    assert verdicts_to_threshold(given) == (0.7, 0.667)


def test_a_wrong_link_can_have_the_highest_score():
    assert verdicts_to_threshold(verdicts(("wrong", 0.9), ("found", 0.8))) == (0.8, 0.667)


def test_links_with_the_same_score_are_linked_together():
    given = verdicts(("found", 0.9), ("wrong", 0.9), ("wrong", 0.9))
    # The first alone would have 1.
    assert verdicts_to_threshold(given) == (0.9, 0.5)
    # The second alone would make it 1; with all three of 0.8, F1 is 4/6, as with the first alone.
    given = verdicts(("found", 0.9), ("found", 0.8), ("wrong", 0.8), ("wrong", 0.8))
    assert verdicts_to_threshold(given) == (0.9, 0.667)


def test_of_thresholds_that_are_as_good_the_highest_is_taken():
    given = verdicts(("found", 0.9), ("wrong", 0.5), ("wrong", 0.4), ("found", 0.3))
    # F1 is 2/3, 2/4, 2/5 and 4/6.
    assert verdicts_to_threshold(given) == (0.9, 0.667)


@pytest.mark.parametrize(
    "given",
    [verdicts(), verdicts(("missed", 0.0)), verdicts(("wrong", 0.9)), verdicts(("neutral", 0.9))],
    ids=["no row", "no link", "wrong alone", "neutral alone"],
)
def test_nothing_found_means_no_link(given):
    assert verdicts_to_threshold(given) == (math.inf, 0.0)
