"""The places of right counterparts in literal matrices of scores, counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from curriculum.evaluation.candidate_ranks import (
    LinkRank,
    candidates_to_ranks,
    ranks_to_recall,
    scores_to_ranks,
    verdicts_to_candidate_recall,
)
from curriculum.model import vocabulary as v

OLD, NEW = ("a:K1", "a:K2", "a:K3"), ("b:K1", "b:K2", "b:K3", "b:K4")
SCORES = np.array(
    [
        [0.9, 0.2, 0.5, 0.5],
        [0.8, 0.2, 0.1, 0.3],
        [0.9, 0.2, 0.4, 0.7],
    ]
)


@pytest.mark.parametrize(
    ("link", "rank"),
    [
        (("a:K1", "b:K1"), (1, 1)),
        # As good as that of K1, which comes first in the list of b:K1.
        (("a:K3", "b:K1"), (1, 2)),
        (("a:K2", "b:K1"), (1, 3)),
        # Two of the same score stay in the order of the list.
        (("a:K1", "b:K3"), (2, 1)),
        (("a:K1", "b:K4"), (3, 2)),
        (("a:K2", "b:K3"), (4, 3)),
        # All old statements are as good for b:K2.
        (("a:K3", "b:K2"), (4, 3)),
    ],
)
def test_a_link_has_its_place_in_both_lists(link, rank):
    assert scores_to_ranks(SCORES, OLD, NEW, [link]) == {link: LinkRank(*rank)}


def test_the_same_words_come_first():
    scores = SCORES.copy()
    scores[1, 2] = np.inf
    assert scores_to_ranks(scores, OLD, NEW, [("a:K2", "b:K3")]) == {("a:K2", "b:K3"): LinkRank(1, 1)}


def test_without_core_links_there_are_no_ranks():
    assert scores_to_ranks(SCORES, OLD, NEW, []) == {}
    assert scores_to_ranks(np.zeros((0, 0)), (), (), []) == {}
    assert ranks_to_recall({}, 3) == (0, 0)


def test_a_link_counts_if_either_list_has_it_in_time():
    ranks = {
        ("a:K1", "b:K1"): LinkRank(1, 1),
        ("a:K2", "b:K1"): LinkRank(9, 3),
        ("a:K2", "b:K2"): LinkRank(4, 9),
        ("a:K3", "b:K3"): LinkRank(6, 6),
    }
    assert [ranks_to_recall(ranks, most) for most in (1, 3, 4, 5, 6)] == [
        (1, 4),
        (2, 4),
        (3, 4),
        (3, 4),
        (4, 4),
    ]


CANDIDATES = pd.DataFrame(
    [
        ("a:K1", 1, "b:K1"),
        ("a:K1", 2, "b:K2"),
        ("a:K2", 1, "b:K1"),
        ("a:K2", 2, "b:K3"),
        ("b:K1", 1, "a:K1"),
        ("b:K2", 1, "a:K1"),
        ("b:K3", 1, "a:K1"),
        ("b:K3", 3, "a:K2"),
    ],
    columns=[v.SUBJECT_ID, v.RANK, v.OBJECT_ID],
)


@pytest.mark.parametrize(
    ("link", "rank"),
    [
        (("a:K1", "b:K1"), (1, 1)),
        (("a:K1", "b:K2"), (2, 1)),
        (("a:K2", "b:K3"), (2, 3)),
        # Listed for one of the two alone, or for neither: behind all that are listed.
        (("a:K1", "b:K3"), (4, 1)),
        (("a:K2", "b:K1"), (1, 4)),
        (("a:K9", "b:K9"), (4, 4)),
    ],
)
def test_a_link_has_its_place_in_the_table_of_candidates(link, rank):
    assert candidates_to_ranks(CANDIDATES, [link]) == {link: LinkRank(*rank)}


def test_without_candidates_no_link_is_listed():
    assert candidates_to_ranks(CANDIDATES.head(0), [("a:K1", "b:K1")]) == {("a:K1", "b:K1"): LinkRank(1, 1)}


def test_core_links_are_counted_by_pair():
    verdicts = pd.DataFrame(
        [
            ("a", "b", "a:K1", "b:K1", "found"),
            ("a", "b", "a:K2", "b:K3", "missed"),
            ("a", "b", "a:K9", "b:K9", "missed"),
            # No core links.
            ("a", "b", "a:K1", "b:K2", "wrong"),
            ("a", "b", "a:K3", "b:K2", "neutral"),
            ("a", "b", "a:K4", v.NO_TERM_FOUND, "no counterpart"),
            ("b", "c", "b:K1", "c:K1", "missed"),
            ("c", "d", "c:K1", v.NO_TERM_FOUND, "no counterpart"),
        ],
        columns=[v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.OBJECT_ID, "verdict"],
    )
    of_next = pd.DataFrame([("c:K1", 5, "b:K1")], columns=CANDIDATES.columns)
    result = verdicts_to_candidate_recall(verdicts, pd.concat([CANDIDATES, of_next]))
    names = ["subject_source", "object_source", "core_links", "first_1", "first_3", "first_5"]
    assert result.columns.tolist() == names
    assert result.to_numpy().tolist() == [["a", "b", 3, 1, 2, 2], ["b", "c", 1, 0, 0, 1]]
