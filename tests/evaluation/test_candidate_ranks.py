"""The places of right counterparts in literal matrices of scores, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.evaluation.candidate_ranks import LinkRank, ranks_to_recall, scores_to_ranks

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
