"""The bounds of what kinds and the order of the lists add to a score, and of lists of KSBs."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.linking.context import kinds_to_bonus, order_to_bonus
from curriculum.linking.statement_lists import kinds_to_inferred


def in_order(count):
    """Return sure links that keep their order."""
    return np.array([[at, at] for at in range(count)])


@pytest.mark.parametrize(
    ("kind", "bonus"), [("knowledge", 0.75), ("performance criterion", 0.5), ("statement", 0.0)]
)
def test_the_same_kind_adds_three_quarters_between_ksbs_and_one_half_between_others(kind, bonus):
    assert kinds_to_bonus([kind], [kind]).tolist() == [[bonus]]


@pytest.mark.parametrize(("n_sure", "does_order_count"), [(2, False), (3, True), (4, True)])
def test_order_counts_from_three_sure_links(n_sure, does_order_count):
    assert order_to_bonus(in_order(n_sure), (20, 20)).any() == does_order_count


@pytest.mark.parametrize(("distance", "step"), [(2, 0), (3, 1), (6, 1), (7, 2), (15, 2), (16, 3), (17, 3)])
def test_distances_are_up_to_2_up_to_6_up_to_15_and_more(distance, step):
    # Most sure links keep their place; one moves by 5, two by 11 and three by 19 places, so that the
    # steps differ.
    sure = in_order(120)[::2]
    for old, moved in ((60, 5), (66, 11), (74, 11), (84, 19), (94, 19), (104, -19)):
        sure[old // 2, 1] = old + moved
    of_first = order_to_bonus(sure, (120, 120))[0]
    of_steps = of_first[[0, 4, 10, 30]]
    assert len(set(of_steps)) == 4
    assert of_first[distance] == of_steps[step]


@pytest.mark.parametrize(
    ("n_sure", "bonus"),
    [
        # No sure link is far from its place: log(10 / (n_sure + 10)), of which 35 in 100 count.
        (10, -0.243),
        (40, -0.563),
        (63, -0.696),
        (64, -0.7),
        (65, -0.7),
        (200, -0.7),
    ],
)
def test_order_subtracts_as_far_as_sure_links_keep_it_and_at_most_seven_tenths(n_sure, bonus):
    assert order_to_bonus(in_order(n_sure), (200, 200))[0, 199] == bonus


@pytest.mark.parametrize(("size", "bonus"), [(40, 0.671), (45, 0.7), (200, 0.7)])
def test_order_adds_at_most_seven_tenths(size, bonus):
    assert order_to_bonus(in_order(size), (size, size))[20, 20] == bonus


def test_the_two_nearest_sure_links_suggest_a_place_and_the_third_does_not():
    # Links keep their place but for the second and the third: they move by 20 and by 30.
    sure = in_order(60)[::4]
    sure[1, 1], sure[2, 1] = 4 + 20, 8 + 30
    of_second = order_to_bonus(sure, (60, 60))[1]
    near = of_second[1]
    assert of_second[21] == near
    assert of_second[31] < near


@pytest.mark.parametrize(
    ("n_ksbs", "n_others", "kind"),
    [(2, 3, "statement"), (2, 2, "skill"), (3, 3, "skill"), (3, 2, "skill"), (3, 4, "statement")],
)
def test_kinds_are_inferred_where_half_of_a_list_are_ksbs(n_ksbs, n_others, kind):
    kinds = ["knowledge"] * n_ksbs + ["statement"] * n_others
    assert kinds_to_inferred(kinds, ["Weld"] * len(kinds))[-1] == kind
