"""The bounds of the choice of links: each with rows just below it, at it and just above it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from curriculum.linking.choice import csls_to_choice, csls_to_sure
from curriculum.linking.confidence import Fit

# One unit of the CSLS score is ten times the odds.
TENFOLD = Fit(
    intercept=0.0,
    slope=float(np.log(10.0)),
    contested=-1.0,
    highest=0.99,
    highest_contested=0.9,
    unlinked_intercept=0.0,
    unlinked_slope=-1.0,
    new=0.7,
)
# A pair with this score has even odds, and so has no other.
EVEN, NEVER = 0.0, -9.0


def choose(csls, similarity=1.0, identical=(), **options):
    scores = np.array(csls, dtype=float)
    is_exact = np.zeros(scores.shape, dtype=bool)
    for place in identical:
        is_exact[place] = True
    no_code = np.zeros(scores.shape, dtype=bool)
    return csls_to_choice(scores, np.full(scores.shape, similarity), is_exact, no_code, TENFOLD, **options)


def score_of(confidence):
    """Return the CSLS score of a confidence."""
    return math.log10(confidence / (1 - confidence))


def diagonal(n_old, n_new, confidences):
    """Return scores of lists in which only the first statements have counterparts, with these confidences."""
    csls = np.full((n_old, n_new), NEVER)
    for place, confidence in enumerate(confidences):
        csls[place, place] = score_of(confidence)
    return csls


@pytest.mark.parametrize(("rival", "is_accepted"), [(8.001, False), (8.0, True), (7.999, True)])
def test_a_link_is_accepted_with_ten_times_the_odds_of_any_other(rival, is_accepted):
    for csls in ([[9.0, rival]], [[9.0], [rival]]):
        result = choose(csls)
        assert result.is_link[0, 0]
        assert result.is_accepted[0, 0] == is_accepted


@pytest.mark.parametrize(("similarity", "is_accepted"), [(0.499, False), (0.5, True), (0.501, True)])
def test_a_link_is_accepted_with_a_similarity_of_one_half(similarity, is_accepted):
    assert choose([[9.0]], similarity).is_accepted.tolist() == [[is_accepted]]


@pytest.mark.parametrize(("confidence", "is_accepted"), [(0.949, False), (0.95, True), (0.951, True)])
def test_a_link_is_accepted_with_a_confidence_of_95_in_100(confidence, is_accepted):
    result = choose([[score_of(confidence)]])
    assert result.confidence.tolist() == [[confidence]]
    assert result.is_accepted.tolist() == [[is_accepted]]


@pytest.mark.parametrize(
    ("confidence", "is_link"), [(0.299, False), (0.3, True), (0.301, True), (0.399, True)]
)
def test_a_link_is_proposed_with_a_confidence_of_3_in_10(confidence, is_link):
    assert choose([[score_of(confidence)]]).is_link.tolist() == [[is_link]]


@pytest.mark.parametrize(("n_sure", "are_related"), [(2, False), (3, True), (4, True)])
def test_lists_of_a_hundred_are_related_if_three_links_are_sure(n_sure, are_related):
    # One more link has even odds; it is proposed between related lists only. The shorter list counts.
    for shape in ((100, 120), (120, 100)):
        result = choose(diagonal(*shape, [0.9] * n_sure + [0.5]))
        assert result.is_link.sum() == n_sure + are_related


@pytest.mark.parametrize(("size", "are_related"), [(33, True), (34, False)])
def test_one_sure_link_is_enough_for_lists_of_33(size, are_related):
    assert choose(diagonal(size, size, [0.9, 0.5])).is_link.sum() == 1 + are_related


@pytest.mark.parametrize(("confidence", "is_link"), [(0.799, False), (0.8, True), (0.801, True)])
def test_a_link_is_sure_with_a_confidence_of_8_in_10(confidence, is_link):
    # A sure link makes lists of five related, so that a link with even odds is proposed too.
    assert choose(diagonal(5, 5, [confidence, 0.5])).is_link.sum() == 2 * is_link
    # One sure link is not enough for lists of sixty, between which only sure links are then proposed.
    assert choose(diagonal(60, 60, [confidence])).is_link.sum() == is_link


@pytest.mark.parametrize(("size", "is_link"), [(4, True), (5, False), (6, False)])
def test_lists_of_five_can_be_unrelated(size, is_link):
    for shape in ((size, 9), (9, size)):
        assert choose(diagonal(*shape, [0.5])).is_link.sum() == is_link


@pytest.mark.parametrize(
    ("score", "sure"), [(2.999, [[1, 1]]), (3.0, [[0, 0], [1, 1]]), (3.001, [[0, 0], [1, 1]])]
)
def test_a_sure_pair_has_the_least_score_or_more(score, sure):
    csls = np.array([[score, EVEN], [EVEN, 8.0]])
    assert csls_to_sure(csls, np.zeros((2, 2), dtype=bool), 3.0).tolist() == sure


def test_a_sure_pair_is_the_best_of_both_statements():
    csls = np.array([[8.0, 7.0], [7.5, NEVER]])
    assert csls_to_sure(csls, np.zeros((2, 2), dtype=bool), 3.0).tolist() == [[0, 0]]


@pytest.mark.parametrize(("n_copies", "is_accepted"), [(1, True), (2, False)])
def test_the_same_words_are_accepted_if_they_occur_once_in_each_document(n_copies, is_accepted):
    row = [[EVEN] * n_copies]
    for csls in (np.array(row), np.array(row).T):
        result = choose(csls, similarity=0.0, identical=list(np.ndindex(csls.shape)))
        assert result.confidence.tolist() == np.ones(csls.shape).tolist()
        assert result.is_accepted[0, 0] == is_accepted
