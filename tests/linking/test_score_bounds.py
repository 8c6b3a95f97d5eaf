"""The bounds, weights and roundings of the scorers, and of their competition."""

from __future__ import annotations

import math

import numpy as np
import pytest

from curriculum.linking import word_scores
from curriculum.linking.clause_scores import score_by_clauses, text_to_clauses
from curriculum.linking.comparison import ComparedStatement, statements_to_comparison
from curriculum.linking.csls_scores import (
    Scorer,
    default_scorers,
    scorers_to_csls,
    scorers_to_similarity,
    scores_to_csls,
)
from curriculum.linking.letter_scores import texts_to_scores
from curriculum.linking.rapidfuzz_scores import texts_to_token_set_scores
from curriculum.linking.relations import counts_to_cardinality
from curriculum.linking.responsibility import text_to_responsibility
from curriculum.linking.word_scores import texts_to_word_scores
from curriculum.linking.word_vectors import vectors_to_cosines


def made_scorer(*rows):
    """Return a scorer with these scores, whatever the texts are."""
    return lambda *_: np.array(rows, dtype=float)


# --- Competition --------------------------------------------------------------------------------------------


def test_the_five_nearest_neighbours_count():
    row = np.array([[0.6, 0.5, 0.4, 0.3, 0.2, 0.1]])
    # Twice the score, minus the mean of the five best (0.4), minus the only one on the other side.
    assert scores_to_csls(row, spread=1.0)[0, 0] == 0.2
    assert scores_to_csls(row.T, spread=1.0)[0, 0] == 0.2
    assert scores_to_csls(row[:, :5], spread=1.0)[0, 0] == 0.2
    assert scores_to_csls(row[:, :4], spread=1.0)[0, 0] == 0.15


@pytest.mark.parametrize(("score", "csls"), [(0.19, -0.02), (0.2, 0.0), (0.21, 0.0)])
def test_a_mean_of_neighbours_below_one_fifth_counts_as_one_fifth(score, csls):
    for scorer in default_scorers():
        alike = scorer._replace(spread=1.0)
        assert scorers_to_csls([alike], {scorer.name: np.array([[score]])}).tolist() == [[csls]]


@pytest.mark.parametrize(("difference", "is_noise"), [(0.9e-9, True), (1.1e-9, False)])
def test_differences_of_a_thousand_millionth_are_rounding_errors(difference, is_noise):
    assert (not scores_to_csls(np.array([[0.0, difference]])).any()) == is_noise


def test_csls_scores_have_three_decimals():
    assert scores_to_csls(np.eye(2), spread=3.0).tolist() == [[0.333, -0.333], [-0.333, 0.333]]


def test_the_mean_of_scorers_has_three_decimals():
    scorers = [Scorer(name, texts_to_scores, spread=1.0, least_best=1.0) for name in ("a", "b", "c")]
    scores = {"a": np.array([[1.0]]), "b": np.array([[1.0]]), "c": np.array([[0.5]])}
    assert scorers_to_csls(scorers, scores).tolist() == [[-0.333]]
    assert scorers_to_similarity(scorers, scores).tolist() == [[0.833]]


SCORERS = ("characters", "words", "clauses", "meaning", "clause meaning")


@pytest.mark.vectors
@pytest.mark.parametrize(
    ("name", "csls", "similarity"),
    [
        ("characters", 6.857, 0.5),
        ("words", 6.0, 0.5),
        ("clauses", 2.824, 0.35),
        ("meaning", 3.692, 0.5),
        ("clause meaning", 1.714, 0.35),
    ],
)
def test_the_scorers_of_clauses_have_half_the_weight_and_each_has_a_spread_of_its_own(name, csls, similarity):
    # One score is higher than those of its competitors, by one scorer only.
    scores = {scorer: np.full((7, 7), 0.2) for scorer in SCORERS}
    scores[name][0, 0] = 1.4
    # Twice 1.4, minus twice the mean of the five best (0.44): 1.92, in units of the spread, of four weights.
    assert scorers_to_csls(default_scorers(), scores)[0, 0] == csls
    assert scorers_to_similarity(default_scorers(), scores)[0, 0] == similarity


# --- Letters ------------------------------------------------------------------------------------------------


def test_runs_of_two_to_four_letters_are_compared():
    # Each has twelve runs, such as " a", "abc" and "bcd "; both have "bc", "cd" and "bcd". A run of one of
    # two texts has the weight 1 + log(3 / 2), and a run of both has 1.
    assert texts_to_scores(["abcd"], ["bcde"]).tolist() == [[0.144]]


def test_one_letter_is_no_run():
    assert texts_to_scores(["abc"], ["xbz"]).tolist() == [[0.0]]
    assert texts_to_scores(["abc"], ["xbc"])[0, 0] > 0


def test_a_run_counts_by_the_logarithm_of_how_often_it_occurs():
    # "aa" is twice in the first text, so that it counts 1 + log(2) there; the other runs are there once.
    assert texts_to_scores(["aaa"], ["aa"]).tolist() == [[0.603]]


# --- Words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "score"),
    [
        # Two of 18 letters differ, or three of 29; two of 20; two of 22; one of 11.
        ("scheduled", "schedules", 0.0),
        ("misunderstand", "misunderstanding", 0.0),
        ("translated", "translates", 0.9),
        ("interpreted", "interpreter", 0.909),
        ("forge", "forges", 0.909),
        # Words of four letters, and a word with itself.
        ("shoe", "shoes", 0.0),
        ("ox", "ox", 1.0),
    ],
)
def test_without_vectors_words_match_if_nine_of_ten_letters_are_the_same(old, new, score):
    assert texts_to_word_scores([old], [new], with_vectors=False).tolist() == [[score]]


def test_a_word_has_the_more_weight_the_fewer_texts_have_it():
    # Of three texts two have "hoof", log(4 / 2.5), and one has "horse", log(4 / 1.5): 0.324 of the first
    # text is in the second, and all of the second in the first.
    scores = texts_to_word_scores(["hoof horse"], ["hoof", "cart"], with_vectors=False)
    assert scores.tolist() == [[0.489, 0.0]]


@pytest.mark.parametrize(("cosine", "score"), [(1.0, 1.0), (0.6, 0.36), (0.0, 0.0), (-0.6, 0.0)])
def test_with_vectors_words_match_by_the_square_of_their_cosine(monkeypatch, cosine, score):
    vectors = {"cart": [1.0, 0.0], "van": [cosine, math.sqrt(1 - cosine**2)]}
    monkeypatch.setattr(word_scores, "has_vectors", lambda: True)
    monkeypatch.setattr(
        word_scores, "words_to_vectors", lambda words: np.array([vectors[word] for word in words])
    )
    assert texts_to_word_scores(["Van"], ["Cart"]).tolist() == [[score]]


# --- Clauses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("trim hooves; oil", ["trim hooves"]),
        ("trim hooves; oil tack", ["trim hooves", "oil tack"]),
        ("trim hooves: oil tack", ["trim hooves", "oil tack"]),
        ("trim hooves. oil tack", ["trim hooves", "oil tack"]),
        ("trim hooves, oil tack", ["trim hooves", "oil tack"]),
        ("trim hooves (oil tack) of cobs", ["trim hooves", "oil tack", "of cobs"]),
        ("trim hooves – oil tack", ["trim hooves", "oil tack"]),
        ("trim hooves and oil tack", ["trim hooves", "oil tack"]),
        ("trim hooves and claws", ["trim hooves and claws"]),
        ("trim hooves - oil tack", ["trim hooves - oil tack"]),
        ("trim 1.5 cm, oil 2,000 m of tack", ["trim 1.5 cm", "oil 2,000 m of tack"]),
        ("hooves; tack", ["hooves; tack"]),
    ],
)
def test_a_clause_has_two_words_or_more_and_ends_at_punctuation_or_and(text, clauses):
    assert text_to_clauses(text) == clauses


@pytest.mark.parametrize(
    ("n_clauses", "n_found", "last"),
    [(40, 40, "trim hooves"), (41, 41, "trim hooves"), (42, 41, "trim hooves; trim hooves")],
)
def test_what_follows_forty_clauses_is_one_more(n_clauses, n_found, last):
    found = text_to_clauses("; ".join(["trim hooves"] * n_clauses))
    assert (len(found), found[-1]) == (n_found, last)


@pytest.mark.parametrize(
    ("old", "new", "rows", "score"),
    [
        # The mean over the clauses of the old text, and over those of the new text, count alike.
        ("trim hooves, oil tack", "trim hooves", [[1], [0]], 0.75),
        ("trim hooves", "trim hooves, oil tack", [[1, 0]], 0.75),
        ("trim hooves, oil tack, mend carts", "trim hooves", [[1], [0], [0]], 0.667),
        ("trim hooves, oil tack", "trim hooves, oil tack", [[1, 0.4], [0, 0.2]], 0.65),
    ],
)
def test_each_clause_counts_with_its_best_of_the_other_text(old, new, rows, score):
    assert score_by_clauses(made_scorer(*rows))([old], [new]).tolist() == [[score]]


# --- Vectors ------------------------------------------------------------------------------------------------


def test_the_mean_of_a_few_vectors_counts_less():
    # Of two vectors 2 / (2 + 5) of the mean are subtracted, and 1 / (1 + 5) of one.
    old, new = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[2.0, 0.0]])
    assert vectors_to_cosines(old, new).tolist() == [[0.986], [-0.164]]


@pytest.mark.parametrize(("length", "cosine"), [(0.9e-9, 0.0), (1.1e-9, 1.0)])
def test_a_vector_shorter_than_a_thousand_millionth_is_zero(length, cosine):
    assert vectors_to_cosines(np.array([[length, 0.0]]), np.array([[1.0, 0.0]])).tolist() == [[cosine]]


# --- Wordings -----------------------------------------------------------------------------------------------


def test_scores_by_shared_words_have_three_decimals():
    # "oil", which both share, is 3 letters, and all of "oil hooves" would be 10.
    assert texts_to_token_set_scores(["Oil hooves"], ["Oil the tack"]).tolist() == [[0.545]]


def test_the_score_of_the_wording_has_three_decimals():
    # 4 letters of 5 and of 4 are the same.
    old, new = (
        ComparedStatement(f"x:{code}", "skill", text) for code, text in (("S1", "shoes"), ("S2", "shoe"))
    )
    assert statements_to_comparison(old, new, "1:1")["wording_score"] == 0.889


@pytest.mark.parametrize(
    ("n_old", "n_new", "cardinality"), [(1, 1, "1:1"), (2, 1, "n:1"), (1, 2, "1:n"), (2, 2, "n:n")]
)
def test_two_are_many(n_old, n_new, cardinality):
    assert counts_to_cardinality(n_old, n_new) == cardinality


def test_a_verb_of_seven_words_is_found():
    responsibility = text_to_responsibility("Act as the first point of contact")
    assert responsibility == ("act as the first point of contact", 2)
