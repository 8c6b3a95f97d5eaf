"""The steps of the linker, each alone: thesaurus, scorers, margins, context, confidence, evidence."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.crosswalk.moved_context import links_to_moved
from curriculum.errors import CurriculumError, InvalidTable, TooLarge
from curriculum.linking import letter_scores
from curriculum.linking.cautions import texts_to_caution
from curriculum.linking.choice import NO_COUNTERPART, csls_to_choice
from curriculum.linking.clause_scores import text_to_clauses
from curriculum.linking.confidence import (
    ACCEPT_FROM,
    FITTED,
    FITTED_WITHOUT_VECTORS,
    PROPOSED_FROM,
    scorers_to_fit,
    unlinked_to_confidence,
)
from curriculum.linking.context import kinds_to_bonus, order_to_bonus
from curriculum.linking.csls_confidence import csls_to_confidence
from curriculum.linking.csls_scores import (
    Scorer,
    default_scorers,
    scorers_to_csls,
    scorers_to_scores,
    scores_to_csls,
)
from curriculum.linking.equivalence import are_equivalent
from curriculum.linking.equivalent_pairs import texts_to_equivalence
from curriculum.linking.letter_scores import texts_to_scores
from curriculum.linking.proposals import propose_links, statements_to_scored_pairs
from curriculum.linking.relations import cardinality_to_relation, texts_to_change
from curriculum.linking.responsibility import text_to_responsibility, texts_to_responsibility_change
from curriculum.linking.thesaurus import Thesaurus
from curriculum.linking.thesaurus_file import read_thesaurus
from curriculum.linking.word_scores import texts_to_word_scores
from curriculum.linking.word_vectors import texts_to_meaning_scores
from curriculum.model import vocabulary as v
from curriculum.project import Project

ROOT = Path(__file__).resolve().parents[2]
HEADER = "term,relation,concept,source\n"


@pytest.fixture
def thesaurus(tmp_path):
    path = tmp_path / "thesaurus.csv"
    path.write_text(
        f"{HEADER}gaffer tape,skos:altLabel,cloth tape,x\ncloth tape,skos:broader,tape,x\n"
        "tape,skos:broader,store,x\nstring,skos:broader,store,x\nbill,skos:altLabel,invoice,x\n",
        encoding="utf-8",
    )
    return read_thesaurus(path)


OLD = pd.DataFrame(
    {
        v.STATEMENT_ID: [f"old:K{n}" for n in range(1, 9)],
        v.DOCUMENT_ID: "old",
        v.CODE: [f"K{n}" for n in range(1, 9)],
        v.KIND: "knowledge",
        v.TEXT: [
            "Trim the hoof so that the horse stands level",
            "Forge shoes from bar stock at the right heat",
            "The anatomy of the lower limb of the horse",
            "How to recognise lameness and its usual causes",
            "Nail on the shoe without pricking the foot",
            "Welfare of horses while they are being shod",
            "Choose nails and pads for road and field work",
            "Keep the fire clean and the anvil at hand",
        ],
    }
)


# --- Thesaurus ---------------------------------------------------------------------------------------


def test_terms_are_found_in_any_form_the_longest_first(thesaurus):
    words = ["the", "gaffer", "tapes", "and", "bills"]
    assert thesaurus.words_to_concepts(words) == [
        None,
        ("cloth", "tape"),
        ("cloth", "tape"),
        None,
        ("invoic",),
    ]
    assert thesaurus.words_to_concepts(["tape", "gaffer"]) == [("tape",), None]


def test_concepts_are_the_less_alike_the_further_apart(thesaurus):
    concepts = [("cloth", "tape"), ("tape",), ("store",), ("string",), ("invoic",)]
    assert thesaurus.concepts_to_similarity(concepts).tolist() == [
        [1.0, 0.8, 0.6, 0.0, 0.0],
        [0.8, 1.0, 0.8, 0.4, 0.0],
        [0.6, 0.8, 1.0, 0.8, 0.0],
        [0.0, 0.4, 0.8, 1.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 1.0],
    ]


@pytest.mark.vectors
def test_a_thesaurus_brings_words_together(thesaurus):
    old, new = ["Pay the bills"], ["Settle invoices", "Paint a horse"]
    alone, helped = texts_to_word_scores(old, new), texts_to_word_scores(old, new, thesaurus)
    assert helped[0, 0] > max(alone[0, 0], 0.4)
    assert helped[0, 1] == alone[0, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("term,concept\na,b\n", r"line 1: wrong columns; expected term,relation,concept,source"),
        (
            f"{HEADER}a,sameAs,b,x\n",
            r"line 2: no relation; expected skos:altLabel or skos:broader; found sameAs",
        ),
        (f"{HEADER},skos:broader,b,x\n", "line 2: no term"),
        (f"{HEADER}a,skos:broader,-,x\n", "line 2: no concept; expected words; found -"),
        (f"{HEADER}a,skos:altLabel,b,x\nA.,skos:altLabel,c,x\n", "line 3: A. is a label of two concepts"),
        (f"{HEADER}a,skos:altLabel,b,x\nb,skos:altLabel,a,x\n", "line 3: labels go round in a circle"),
        (f"{HEADER}a,sameAs,b,x\n,skos:broader,b,x\n", r"(?s)line 2: no relation.*line 3: no term"),
        (f"{HEADER}a,skos:broader,b,x\nb,skos:broader,a,x\n", "line 3: a concept is broader than itself"),
        ("", "holds no text|wrong columns"),
    ],
)
def test_a_faulty_thesaurus_is_refused_with_all_its_lines(tmp_path, text, message):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CurriculumError, match=message):
        read_thesaurus(path)


def test_the_thesaurus_of_the_project_names_a_source_for_each_row(raw):
    rows = (raw / "thesaurus.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) > 700
    assert all(row.split(",", 3)[3].strip('"') for row in rows)
    assert read_thesaurus(raw / "thesaurus.csv").words_to_concepts(["ppe"]) != [None]


# --- Scorers and CSLS scores ------------------------------------------------------------------------------


@pytest.mark.vectors
def test_vectors_bring_words_of_like_meaning_together():
    scores = texts_to_meaning_scores(
        ["Hire a van", "Feed the horse"], ["Rent a vehicle", "Give hay to a pony"]
    )
    assert scores[0, 0] > scores[0, 1]
    assert scores[1, 1] > scores[1, 0]
    assert texts_to_meaning_scores(["", "x"], ["–"]).tolist() == [[0.0], [0.0]]
    assert texts_to_meaning_scores([], ["x"]).shape == (0, 1)


def test_without_vectors_the_linker_goes_on_by_a_fit_of_its_own(monkeypatch):
    texts = ["Hire van"], ["Rent vehicle"]
    asked = default_scorers(with_vectors=False)
    monkeypatch.setattr("curriculum.linking.csls_scores.has_vectors", lambda: False)
    monkeypatch.setattr("curriculum.linking.word_scores.has_vectors", lambda: False)
    missing = default_scorers()
    for scorers in (asked, missing):
        assert [scorer.name for scorer in scorers] == ["characters", "words", "clauses"]
        assert not scorers_to_scores(scorers, *texts)["words"].any()
    assert scorers_to_fit(scorer.name for scorer in missing) == FITTED_WITHOUT_VECTORS != FITTED


@pytest.mark.parametrize("scorer", default_scorers(), ids=lambda scorer: scorer.name)
def test_every_scorer_gives_a_finite_score_that_is_the_same_from_either_side(scorer):
    old = ["", "Plan the shoot, book crew; report", "Копыто", "a " * 300, "Plan"]
    new = ["Book the crew and plan shoots", "…", "Plan the shoot, book crew; report"]
    scores = scorer.scorer(old, new)
    assert scores.shape == (5, 3)
    assert np.isfinite(scores).all()
    assert (scores.round(3) == scores).all()
    assert (scores == scorer.scorer(new, old).T).all()
    assert scores[1].argmax() == 2


def test_a_contested_score_has_less_of_a_csls():
    contested, alone = np.array([[0.9, 0.1], [0.9, 0.1]]), np.array([[0.9, 0.1], [0.1, 0.1]])
    assert scores_to_csls(contested, 0.1)[0, 0] < scores_to_csls(alone, 0.1)[0, 0]


def test_what_no_scorer_hears_has_no_csls():
    scorers = default_scorers()
    scores = scorers_to_scores(scorers, ["zorb"], ["qualm"])
    assert scorers_to_csls(scorers, scores)[0, 0] <= 0


# --- Context -----------------------------------------------------------------------------------------


def test_kinds_tell_nothing_where_codes_do_not_tell_the_kind():
    assert kinds_to_bonus(["statement", "skill"], ["statement", "skill"]).tolist() == [[0, 0], [0, 0.5]]


def test_the_same_kind_counts_more_between_lists_of_ksbs():
    ksbs = ["knowledge", "technical skill", "employability skill or behaviour"]
    assert kinds_to_bonus(ksbs, ["skill", "behaviour"]).tolist() == [[0, 0], [0.75, 0], [0, 0.75]]
    # One statement of another kind, on either side, makes it a list of other statements.
    others = [*ksbs, "performance criterion"]
    assert kinds_to_bonus(others, ["skill"]).tolist() == [[0], [0.5], [0], [0.5]]
    assert kinds_to_bonus(["skill"], others).tolist() == [[0, 0.5, 0, 0.5]]


def test_order_counts_only_where_sure_links_keep_it():
    count = 60
    kept = np.array([[n, n] for n in range(count)])
    shuffled = np.column_stack([np.arange(count), np.random.default_rng(4).permutation(count)])
    at_place, elsewhere = (order_to_bonus(kept, (count, count))[20, column] for column in (20, 55))
    assert at_place > 0.5
    assert elsewhere < 0
    assert np.abs(order_to_bonus(shuffled, (count, count))).max() < 0.3
    assert not order_to_bonus(kept[:2], (count, count)).any()
    assert not order_to_bonus(kept, (0, 5)).any()


# --- Confidence and choice ----------------------------------------------------------------------------


def test_confidence_is_less_where_more_compete_or_another_is_better():
    csls = np.array([3.0])
    free = csls_to_confidence(csls, np.array([False]))
    assert csls_to_confidence(csls, np.array([True])) < free
    assert csls_to_confidence(csls, np.array([False]), size_penalty=1.8) < free


def test_a_statement_without_a_link_is_the_surer_to_have_none_the_fewer_are_left_on_the_other_side():
    result = [unlinked_to_confidence(5, n_other) for n_other in (0, 1, 5, 30, 500)]
    assert result == sorted(result, reverse=True)
    assert len(set(result)) == 5
    assert [unlinked_to_confidence(n_own, 5) for n_own in (500, 30, 5, 1)] == sorted(
        (unlinked_to_confidence(n_own, 5) for n_own in (1, 5, 30, 500)), reverse=True
    )
    # (n_other + 1) / (n_own + 1) counts, so as many left on both sides give the same for any number.
    assert {unlinked_to_confidence(n, n) for n in (1, 7, 90)} == {0.446}
    assert unlinked_to_confidence(10**6, 0) == FITTED.highest


def choose(csls, identical=(), similarity=1.0, fit=FITTED, **options):
    scores = np.array(csls, dtype=float)
    alike = np.full(scores.shape, similarity)
    is_exact = np.zeros(scores.shape, dtype=bool)
    for at in identical:
        is_exact[at] = True
    return csls_to_choice(scores, alike, is_exact, np.zeros(scores.shape, dtype=bool), fit, **options)


@pytest.mark.parametrize(("least", "options"), [(0.3, {}), (0.4, {"proposed_from": 0.4})])
def test_a_link_is_proposed_from_the_least_confidence(least, options):
    one_to_one = FITTED._replace(intercept=0.0, slope=1.0)
    for confidence, is_link in ((least - 0.001, False), (least, True)):
        result = choose([[math.log(confidence / (1 - confidence))]], fit=one_to_one, **options)
        assert result.confidence.tolist() == [[round(confidence, 3)]]
        assert result.is_link.tolist() == [[is_link]]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("knowledge", "knowledge", ["reworded"]),
        ("technical knowledge", "knowledge", ["reworded"]),
        ("knowledge", "performance criterion", ["no counterpart found", "new"]),
        ("statement", "statement", ["no counterpart found", "new"]),
    ],
)
def test_between_lists_of_ksbs_less_sure_links_are_proposed(old, new, changes):
    bonus = kinds_to_bonus([old], [new])[0, 0]
    log_odds = math.log(0.35 / 0.65)
    score = (log_odds - FITTED_WITHOUT_VECTORS.intercept) / FITTED_WITHOUT_VECTORS.slope - bonus
    # Twice the score, minus the mean of the nearest neighbours on both sides, which is half the score.
    scorer = Scorer("made", lambda _, __: np.full((1, 1), score), spread=1.0, least_best=score / 2)
    first, second = (
        OLD.head(1).assign(**{v.DOCUMENT_ID: name, v.KIND: kind, v.TEXT: text})
        for name, kind, text in (("a", old, "Trim the hoof"), ("b", new, "Feed the horse"))
    )
    links = propose_links(first, second, [scorer])
    assert links[v.CHANGE].tolist() == changes


def test_a_link_is_the_best_of_either_side_and_likely_enough():
    result = choose([[9, -2, -9], [7, -5, -9], [-9, -9, -2]])
    assert np.argwhere(result.is_link).tolist() == [[0, 0], [1, 0]]
    assert result.best_new.tolist() == [0, 0, 2]
    assert result.next_new.tolist() == [1, 1, 0]
    assert result.confidence[1, 0] == FITTED.highest_contested
    assert result.confidence[2, 2] < PROPOSED_FROM


def test_a_statement_that_stands_word_for_word_is_spoken_for():
    result = choose([[12, -3], [11, 2]], identical=[(0, 0)])
    assert np.argwhere(result.is_link).tolist() == [[0, 0], [1, 1]]
    assert result.confidence[0, 0] == 1


def test_only_what_is_far_ahead_of_every_rival_is_accepted():
    assert choose([[9, -3], [-3, 9]]).is_accepted.tolist() == [[True, False], [False, True]]
    near = choose([[9, 8], [-3, -5]])
    assert near.confidence[0, 0] >= ACCEPT_FROM
    assert not near.is_accepted.any()
    assert not choose([[9, -3], [8, -3]]).is_accepted.any()
    assert not choose([[9, 9]], identical=[(0, 0), (0, 1)]).is_accepted.any()


def test_what_is_less_than_half_alike_is_not_accepted_however_far_ahead():
    assert choose([[9, -3], [-3, 9]], similarity=0.5).is_accepted.any()
    assert not choose([[9, -3], [-3, 9]], similarity=0.49).is_accepted.any()


def test_documents_without_a_sure_link_are_about_other_things():
    csls = np.full((50, 50), -3.0)
    csls[0, 0] = 0.5
    assert choose(csls).confidence[0, 0] > PROPOSED_FROM
    assert not choose(csls).is_link.any()
    csls[1, 1], csls[2, 2] = 6.0, 6.0
    assert np.argwhere(choose(csls).is_link).tolist() == [[0, 0], [1, 1], [2, 2]]


def test_an_empty_side_has_nobody():
    result = choose(np.zeros((2, 0)))
    assert result.best_new.tolist() == [NO_COUNTERPART, NO_COUNTERPART]
    assert choose(np.zeros((0, 2))).best_old.tolist() == [NO_COUNTERPART, NO_COUNTERPART]


MARGINS = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(-40, 120), min_size=n, max_size=n), min_size=1, max_size=6)
)


@settings(max_examples=150, deadline=None)
@given(MARGINS, st.data())
def test_linking_back_gives_the_inverse(csls, data):
    scores = np.array(csls) / 10
    # Statements of one label are in the same words.
    labels = data.draw(st.lists(st.integers(0, 9), min_size=sum(scores.shape), max_size=sum(scores.shape)))
    same = np.array(labels[: len(scores)])[:, None] == np.array(labels[len(scores) :])[None, :]
    code = np.eye(*scores.shape, dtype=bool)
    there, back = (
        csls_to_choice(scores, scores / 12, same, code, FITTED),
        csls_to_choice(scores.T, scores.T / 12, same.T, code.T, FITTED),
    )
    assert (there.is_link == back.is_link.T).all()
    assert (there.is_accepted == back.is_accepted.T).all()
    assert (there.confidence == back.confidence.T).all()


@pytest.mark.parametrize(
    "pair", [("st0792-1.0", "st0792-1.2"), ("draft-2019", "st0792-1.2"), ("nos-2019", "st0792-1.2")]
)
def test_the_real_documents_link_back_by_the_same_links(raw, pair):
    def result(old, new):
        rows = Project(raw).link(old, new).table
        linked = rows[(rows[v.SUBJECT_ID] != v.NO_TERM_FOUND) & (rows[v.OBJECT_ID] != v.NO_TERM_FOUND)]
        return linked.set_index([v.SUBJECT_ID, v.OBJECT_ID])[[v.CONFIDENCE, v.BAND]].T.to_dict("list")

    there, back = result(*pair), result(*reversed(pair))
    assert {(new, old): row for (old, new), row in there.items()} == back


RUN = (
    "import hashlib, sys; from pathlib import Path; from curriculum.project import Project; "
    "from curriculum.tables.csv_files import frame_to_csv; "
    "rows = [Project(sys.argv[1]).link(old, 'st0792-1.2').table for old in ('st0792-1.0', 'nos-2019')]; "
    "print(hashlib.sha256(b''.join(map(frame_to_csv, rows))).hexdigest())"
)


def test_the_same_bytes_whatever_the_threads_the_locale_the_time_zone_and_the_hash_seed(raw):
    result = set()
    for threads, language, zone, seed in (("1", "C", "UTC", "1"), ("2", "C.UTF-8", "Asia/Tokyo", "77")):
        settings_ = {
            **os.environ,
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
            "RAYON_NUM_THREADS": threads,
            "LC_ALL": language,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
        }
        words = [sys.executable, "-c", RUN, str(raw)]
        result.add(subprocess.run(words, env=settings_, check=True, capture_output=True, text=True).stdout)
    assert len(result) == 1


# --- Evidence ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Follow the hoof chart", 1),
        ("Assist with shoeing", 2),
        ("Shoe the horse, acting as a point of contact for owners", 2),
        ("How to assist with shoeing", 2),
        ("How to identify risks of the yard, and feeding into its plans", 3),
        ("Prepare the forge", 3),
        ("Lead the yard", 4),
        ("Maintain the files and approve invoices", 3),
        ("The management of a yard", 0),
        ("Record lead times", 3),
        ("", 0),
    ],
)
def test_the_level_of_responsibility(text, level):
    assert text_to_responsibility(text).level == level


@pytest.mark.parametrize(
    ("old", "new", "move"),
    [
        (
            "Research and establish who owns it",
            "Assist with establishing who owns it",
            ("lowered", "establish -> assist with"),
        ),
        (
            "Lead liaison with owners",
            "Obtain leave, acting as a point of contact",
            ("lowered", "lead -> acting as a point of contact"),
        ),
        ("Help to plan", "Approve plans", ("raised", "help to -> approve")),
        ("Prepare plans", "Maintain plans", ("same", "")),
        ("The plan", "Approve plans", ("", "")),
    ],
)
def test_moves_of_responsibility(old, new, move):
    assert texts_to_responsibility_change(old, new) == move


@pytest.mark.parametrize(
    ("old", "new", "cardinality", "relation"),
    [
        ("Trim the hoof.", "trim the Hoof", "1:1", v.EXACT_MATCH),
        ("Trim hoof and/or claw", "Trim hoof or claw", "n:1", v.EXACT_MATCH),
        ("Trim hooves", "Trim hooves and claws", "1:1", v.CLOSE_MATCH),
        ("Trim hooves", "Trim hooves and claws", "n:1", v.BROAD_MATCH),
        ("Trim hooves and claws", "Trim claws", "1:n", v.NARROW_MATCH),
        ("Trim hooves and claws", "Trim claws", "n:n", v.CLOSE_MATCH),
    ],
)
def test_relations(old, new, cardinality, relation):
    found = cardinality_to_relation(cardinality, is_exact=are_equivalent(old, new))
    assert found == relation


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("Trim hooves.", "Trim hooves", "identical"),
        ("Understand the hoof", "The hoof", "reworded"),
        ("Trim hooves", "Trim hooves and claws", "reworded; widened"),
        ("Trim hooves, claws and horns", "Trim the hooves, and horns", "reworded; narrowed"),
        ("Trim hooves for a fee", "Trim hooves", "reworded"),
        ("Trim hooves", "Trim hooves, for example of cows", "reworded"),
        ("Give medicines under supervision", "Give medicines", "reworded"),
        ("Trim hooves", "Trim claws", "reworded"),
        ("Trim the hooves of the horse", "Trim hooves of a horse", "reworded"),
    ],
)
def test_what_became_of_a_wording(old, new, change):
    assert texts_to_change("K1", "K1", old, new, "1:1") == change


@pytest.mark.parametrize(
    ("old", "new", "caution"),
    [
        ("Lift up to 25 kg", "Lift up to 250 kg", "number: 25 -> 250"),
        ("Two people lift", "Three people lift", "number: two -> three"),
        ("Do not lift alone", "Lift alone", "negation: not -> "),
        ("Work at heights below 2 m", "Work at heights above 2 m", "opposite: below -> above"),
        ("Work with adults", "Work with children", "opposite: adults -> children"),
        ("Lift a load", "Lift one load", ""),
        ("Work with an adult", "Work with adults", ""),
        ("Decrease the load", "Reduce the load", ""),
        ("Increase the load", "Reduce the load", "opposite: increase -> reduce"),
        ("Lift with help", "Lift without help", "negation:  -> without"),
        ("Lift loads", "Lift loads of 25 kg", ""),
    ],
)
def test_small_differences_that_turn_a_meaning_round(old, new, caution):
    assert texts_to_caution(old, new) == caution


@pytest.mark.vectors
def test_a_link_that_asks_for_caution_is_never_accepted():
    old, new = (
        OLD.assign(
            **{
                v.DOCUMENT_ID: name,
                v.STATEMENT_ID: name + ":" + OLD[v.CODE],
                v.TEXT: [*OLD[v.TEXT][:-1], text],
            }
        )
        for name, text in (
            ("old", "Work with the horse at heights below 2 metres"),
            ("new", "Work with the horse at heights above 2 metres"),
        )
    )
    last = propose_links(old, new).iloc[-1]
    assert (last[v.CONFIDENCE], last[v.BAND]) == (FITTED.highest, v.REVIEW)
    assert last[v.CAUTION] == "opposite: below -> above"


def test_what_moved_with_a_statement(tables, scorers):
    from curriculum.crosswalk.linked_documents import link_documents

    rows = link_documents(tables, "draft-2019", "st0792-1.2", scorers)
    linked = rows[(rows[v.SUBJECT_CATEGORY] != v.DUTY) & rows[v.WORDING_SCORE].notna()]
    assert set(linked[v.DUTIES_MOVED]) == {v.MOVED, v.NOT_MOVED}
    # The draft has no assessment plan.
    assert set(rows[v.ASSESSMENT_MOVED]) == {""}
    result = linked.set_index(v.SUBJECT_ID)
    # Read in both lists of duties: D4, which names K15, is D4 of 1.2, which names K11; but D7 of the draft,
    # of the core, which names K24, is not D12 of 1.2, of an option, which names K26.
    assert result.loc["draft-2019:K15", [v.OBJECT_ID, v.DUTIES_MOVED, v.OPTION_MOVED]].tolist() == [
        "st0792-1.2:K11",
        "no",
        "no",
    ]
    assert result.loc["draft-2019:K24", [v.OBJECT_ID, v.DUTIES_MOVED, v.OPTION_MOVED]].tolist() == [
        "st0792-1.2:K26",
        "yes",
        "yes",
    ]
    within = links_to_moved(tables, link_documents(tables, "st0792-1.2", "st0792-1.2", scorers))
    links = within[(within[v.SUBJECT_CATEGORY] != v.DUTY) & within[v.WORDING_SCORE].notna()]
    assert set(links[v.ASSESSMENT_MOVED]) == set(links[v.OPTION_MOVED]) - {""} == {v.NOT_MOVED}


def test_two_unrelated_documents_are_linked_by_nothing(tables):
    statements = tables.statements[tables.statements[v.DOCUMENT_ID] == "st0792-1.2"]
    for rows in (propose_links(OLD, statements), propose_links(statements, OLD)):
        assert set(rows[v.CHANGE]) == {"no counterpart found", "new"}
        assert rows[v.RUNNER_UP_ID].ne("").all()


def test_short_lists_in_one_frame_of_words_are_not_accepted():
    bread = ["How to bake bread", "The effects of salt on dough", "Lift sacks of flour in a safe position"]
    horse = ["How to shoe a horse", "The effects of heat on steel", "Hold the horse in a safe position"]
    old, new = (
        OLD.head(3).assign(**{v.DOCUMENT_ID: name, v.TEXT: texts})
        for name, texts in (("bread", bread), ("horse", horse))
    )
    assert set(propose_links(old, new)[v.BAND]) == {v.REVIEW}


def test_one_statement_a_side_is_linked_if_they_are_alike():
    old, new = (
        OLD.head(1).assign(**{v.DOCUMENT_ID: name, v.TEXT: text})
        for name, text in (("a", "How to plan a lesson"), ("b", "How to plan a lesson and a scheme of work"))
    )
    assert propose_links(old, new)[v.CHANGE].tolist() == ["reworded; widened"]


@pytest.mark.parametrize("texts", [["कि"], ["Préparer le café"], ["หมวก"]])
def test_the_same_words_are_one_however_their_marks_are_stored(texts):
    apart = [unicodedata.normalize("NFD", text) for text in texts]
    assert texts_to_equivalence(texts, apart).all()
    assert not texts_to_equivalence(["कि"], ["की"]).any()


def test_scorers_are_checked_as_a_set():
    scorer = Scorer("same", texts_to_scores)
    for scorers, message in (
        ((), "no scorer has a weight"),
        ((scorer._replace(weight=0.0),), "weights above 0"),
        ((scorer, scorer), "2 scorers have the name 'same'"),
    ):
        with pytest.raises(InvalidTable, match=message):
            propose_links(OLD, OLD, scorers)


def test_scores_that_are_all_the_same_have_no_csls():
    assert not scores_to_csls(np.full((3, 4), 0.7)).any()


def test_a_text_of_many_clauses_is_cut_into_a_few():
    assert len(text_to_clauses("trim a hoof, " * 5000)) <= 41
    assert text_to_clauses("Keep 1.5 m apart, at 10:30, and trim hooves") == [
        "Keep 1.5 m apart",
        "at 10:30",
        "trim hooves",
    ]


def test_a_chain_of_labels_may_be_long(tmp_path):
    path = tmp_path / "t.csv"
    rows = "".join(f"term{n}x,skos:altLabel,term{n + 1}x,s\n" for n in range(300))
    path.write_text(HEADER + rows, encoding="utf-8")
    assert read_thesaurus(path).words_to_concepts(["term0x"]) == [("term300x",)]


WORDS = st.sampled_from(["crew", "shoot", "hire", "draft", "and,", "edit", "the", "brief"])
LISTS = st.lists(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(LISTS, LISTS)
def test_random_lists_link_back_by_the_same_links(old, new):
    sides = [
        pd.DataFrame(
            {
                v.STATEMENT_ID: [f"{name}:K{n}" for n in range(1, len(texts) + 1)],
                v.DOCUMENT_ID: name,
                v.CODE: [f"K{n}" for n in range(1, len(texts) + 1)],
                v.KIND: "knowledge",
                v.TEXT: texts,
            }
        )
        for name, texts in (("old", old), ("new", new))
    ]
    there, back = statements_to_scored_pairs(*sides), statements_to_scored_pairs(*reversed(sides))
    assert (there.csls == back.csls.T).all()
    assert (there.choice.confidence == back.choice.confidence.T).all()
    assert (there.choice.is_link == back.choice.is_link.T).all()


def test_more_pairs_than_memory_holds_are_refused_before_anything_is_scored_pairs():
    many = OLD.loc[OLD.index.repeat(650)]
    with pytest.raises(TooLarge, match=r"5,200 x 5,200 statements .* found 27,040,000"):
        propose_links(many, many)


def test_scores_by_letters_are_the_same_with_sparse_matrices(tables, monkeypatch):
    texts = tables.statements["text"].tolist()
    dense = letter_scores.texts_to_scores(texts[:90], ["", *texts[60:]])
    monkeypatch.setattr(letter_scores, "_MOST_CELLS", 0)
    assert np.array_equal(letter_scores.texts_to_scores(texts[:90], ["", *texts[60:]]), dense)
    assert dense[60, 1] == 1
    assert not dense[:, 0].any()


def test_similar_concepts_are_those_with_a_near_broader_concept():
    up = {("b",): {("a",)}, ("c",): {("b",)}, ("d",): {("a",)}, ("e",): {("c",)}}
    broader = {name: frozenset(above) for name, above in up.items()}
    concepts = [(letter,) for letter in "abcdex"]
    similarity = Thesaurus({}, broader).concepts_to_similarity(concepts)
    assert similarity.tolist() == [
        [1, 0.8, 0.6, 0.8, 0, 0],
        [0.8, 1, 0.8, 0.4, 0.6, 0],
        [0.6, 0.8, 1, 0, 0.8, 0],
        [0.8, 0.4, 0, 1, 0, 0],
        [0, 0.6, 0.8, 0, 1, 0],
        [0, 0, 0, 0, 0, 1],
    ]
