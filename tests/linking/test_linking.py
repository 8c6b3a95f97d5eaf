"""Scores, confidence and decision, each alone; then the crosswalk that they give."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.analysis.overview import crosswalk_to_overview
from curriculum.crosswalk.crosswalk_files import crosswalk_to_bytes
from curriculum.crosswalk.linked_documents import link_documents, link_pairs
from curriculum.errors import InvalidTable, UnsupportedFormat
from curriculum.linking.confidence import FITTED
from curriculum.linking.csls_confidence import csls_to_confidence
from curriculum.linking.csls_scores import Scorer, default_scorers, scores_to_csls
from curriculum.linking.equivalence import are_equivalent
from curriculum.linking.equivalent_pairs import texts_to_equivalence
from curriculum.linking.letter_scores import texts_to_scores
from curriculum.linking.proposals import propose_links
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_kind
from curriculum.model.text import text_to_key
from curriculum.tables.csv_files import csv_to_frame, frame_to_csv

ROOT = Path(__file__).resolve().parents[2]


def statements(document_id, **texts):
    return pd.DataFrame(
        {
            v.STATEMENT_ID: [f"{document_id}:{code}" for code in texts],
            v.DOCUMENT_ID: document_id,
            v.CODE: list(texts),
            v.KIND: [code_to_kind(code) for code in texts],
            v.TEXT: list(texts.values()),
        }
    )


OLD = statements(
    "old",
    K1="Know how to trim the hoof of a horse",
    K2="The tools used to forge a shoe",
    K3="Ways of measuring a hoof before shoeing",
    K4="Ways of measuring a hoof after shoeing",
    S1="Drive a cart.",
    S2="Co-ordinate visits with stable owners",
)
NEW = statements(
    "new",
    K1="Legislation on animal welfare",
    K2="How to trim the hoof of a horse.",
    K3="Ways of measuring a hoof before and after shoeing",
    K4="The tools and materials used to forge a shoe",
    B1="Coordinate visits with stable owners",
)


def test_crosswalk_of_two_small_standards():
    rows = propose_links(OLD, NEW)
    assert list(
        zip(
            rows[v.SUBJECT_ID],
            rows[v.PREDICATE_ID],
            rows[v.OBJECT_ID],
            rows[v.MAPPING_CARDINALITY],
            rows[v.CHANGE],
            rows[v.BAND],
            strict=True,
        )
    ) == [
        ("old:K1", "skos:exactMatch", "new:K2", "1:1", "reworded; renumbered", "accept"),
        ("old:K2", "skos:closeMatch", "new:K4", "1:1", "reworded; widened; renumbered", "accept"),
        ("old:K3", "skos:broadMatch", "new:K3", "n:1", "reworded; widened; merged", "review"),
        ("old:K4", "skos:broadMatch", "new:K3", "n:1", "reworded; renumbered; merged", "review"),
        ("old:S1", "skos:exactMatch", "sssom:NoTermFound", "1:0", "no counterpart found", "review"),
        ("old:S2", "skos:exactMatch", "new:B1", "1:1", "reworded; renumbered; changed kind", "accept"),
        ("sssom:NoTermFound", "skos:exactMatch", "new:K1", "0:1", "new", "review"),
    ]
    assert set(rows[v.STATUS]) == {"proposed from the wording; not reviewed"}
    merged = rows.iloc[2]
    assert (merged[v.WORDS_INSERTED], merged[v.WORDS_DELETED]) == ("and after", "")
    assert (rows.iloc[4][v.RUNNER_UP_ID] != "", rows.iloc[4][v.OBJECT_LABEL]) == (True, "")


def test_subject_broad_match_object_says_that_the_object_is_the_broader():
    rows = propose_links(OLD, NEW).set_index(v.SUBJECT_ID)
    narrow, broad = rows.loc["old:K4", [v.SUBJECT_LABEL, v.OBJECT_LABEL]]
    assert rows.loc["old:K4", v.PREDICATE_ID] == v.BROAD_MATCH
    assert set(narrow.split()) < set(broad.split())


def test_identical_text_wins_over_the_same_code():
    old = statements("old", K1="The hoof", K2="The shoe")
    new = statements("new", K1="The shoe", K2="The hoof")
    rows = propose_links(old, new)
    assert list(zip(rows[v.SUBJECT_ID], rows[v.OBJECT_ID], rows[v.CHANGE], strict=True)) == [
        ("old:K1", "new:K2", "identical; renumbered"),
        ("old:K2", "new:K1", "identical; renumbered"),
    ]
    assert rows[v.CONFIDENCE].tolist() == [1.0, 1.0]


def test_text_printed_twice_is_linked_by_code_and_left_to_review():
    old = statements("old", K1="The hoof", K2="The hoof")
    new = statements("new", K1="The hoof", K2="The hoof")
    rows = propose_links(old, new)
    assert list(zip(rows[v.SUBJECT_ID], rows[v.OBJECT_ID], rows[v.BAND], strict=True)) == [
        ("old:K1", "new:K1", "review"),
        ("old:K2", "new:K2", "review"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes"), [(OLD, OLD[:0], ["no counterpart found"] * 6), (NEW[:0], NEW, ["new"] * 5)]
)
def test_an_empty_side(old, new, changes):
    assert propose_links(old, new)[v.CHANGE].tolist() == changes


def test_scores_and_csls():
    scores = texts_to_scores(["trim the hoof", "forge"], ["Trim the hoof.", "welfare"])
    assert scores[0, 0] == 1.0
    assert scores.shape == (2, 2)
    contested = scores_to_csls(np.array([[0.9, 0.1], [0.9, 0.1]]))
    alone = scores_to_csls(np.array([[0.9, 0.1], [0.1, 0.1]]))
    assert alone[0, 0] > contested[0, 0]
    assert texts_to_scores([], ["x"]).shape == (0, 1)
    assert scores_to_csls(np.zeros((0, 3))).shape == (0, 3)


def test_confidence_rises_with_the_csls_and_is_never_certain():
    csls = np.linspace(-20, 20, 41)
    free, contested = (csls_to_confidence(csls, np.full(41, flag)) for flag in (False, True))
    assert (np.diff(free) >= 0).all()
    assert (contested <= free).all()
    assert (free.max(), contested.max()) == (FITTED.highest, FITTED.highest_contested)
    assert free.min() >= 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Understand the needs of a production", "The needs of a production."),
        ("Know how to budget", "How to budget"),
        ("Co-ordinate the post-production life cycle", "Coordinate the post production lifecycle"),
        ("Organise licences & colour", "Organize licenses and color"),
        ("The team’s plans", "The team's plans"),
    ],
)
def test_editorial_marks_make_no_other_statement(one, other):
    assert text_to_key(one) == text_to_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lead liaison", "Liaison"),
        ("licence", "silence"),
        ("Program in C++", "Program in C#"),
        ("a tolerance > 5 mm", "a tolerance < 5 mm"),
        ("up to 5%", "up to £5"),
    ],
)
def test_words_do_make_another_statement(one, other):
    assert text_to_key(one) != text_to_key(other)


SMALL = ["hoof", "shoe", "trim", "forge", "horse", "the", "a", "cart"]
WORDS = st.lists(st.sampled_from(SMALL), min_size=1, max_size=6)
SIDES = st.lists(WORDS.map(" ".join), min_size=1, max_size=7)


def side(name, texts):
    return statements(name, **{f"K{n}": text for n, text in enumerate(texts, start=1)})


@settings(max_examples=60, deadline=None)
@given(SIDES, SIDES)
def test_every_statement_is_in_the_crosswalk_and_identical_text_is_linked(old, new):
    rows = propose_links(side("old", old), side("new", new))
    subjects = rows[rows[v.SUBJECT_ID] != v.NO_TERM_FOUND][v.SUBJECT_ID]
    assert list(dict.fromkeys(subjects)) == [f"old:K{n}" for n in range(1, len(old) + 1)]
    assert set(rows[v.OBJECT_ID]) >= {f"new:K{n}" for n in range(1, len(new) + 1)}
    equivalence = texts_to_equivalence(old, new)
    for row in rows[rows[v.SUBJECT_ID] != v.NO_TERM_FOUND].itertuples():
        at = int(row.subject_id.split("K")[1]) - 1
        if equivalence[at].any():
            assert are_equivalent(row.subject_label, row.object_label)
            assert row.confidence == 1.0


@settings(max_examples=30, deadline=None)
@given(SIDES)
def test_a_document_linked_to_itself_keeps_every_code(texts):
    unique = list({text_to_key(text): text for text in texts}.values())
    rows = propose_links(side("one", unique), side("two", unique))
    assert rows[v.CHANGE].tolist() == ["identical"] * len(unique)
    assert rows[v.BAND].tolist() == ["accept"] * len(unique)


def test_the_real_pair_holds_every_statement_once(tables):
    rows = link_documents(tables, "st0792-1.0", "st0792-1.2")
    assert rows[v.SUBJECT_ID][rows[v.SUBJECT_ID] != v.NO_TERM_FOUND].nunique() == 88
    assert rows[v.OBJECT_ID][rows[v.OBJECT_ID] != v.NO_TERM_FOUND].nunique() == 56
    by_id = rows.drop_duplicates(v.SUBJECT_ID).set_index(v.SUBJECT_ID)[v.OBJECT_ID]
    # Read in the texts: nothing but a hyphen, a verb or an example has changed.
    assert by_id["st0792-1.0:K22"] == "st0792-1.2:K26"
    assert by_id["st0792-1.0:S33"] == "st0792-1.2:S23"
    assert by_id["st0792-1.0:S4"] == "st0792-1.2:S13"


def test_crosswalk_is_written_and_read_back(tables, tmp_path):
    rows = link_pairs(tables, [("draft-2019", "st0792-1.0"), ("st0792-1.0", "st0792-1.2")])
    pd.testing.assert_frame_equal(csv_to_frame("crosswalk", frame_to_csv(rows)), rows)
    assert crosswalk_to_bytes(rows, tmp_path / "x.TSV").split(b"\n")[0].count(b"\t") == 36
    with pytest.raises(UnsupportedFormat, match=r"expected \.sssom\.tsv, .*\.json; found \.docx"):
        crosswalk_to_bytes(rows, tmp_path / "x.docx")


def test_overview_counts_each_pair(tables):
    rows = link_pairs(tables, [("draft-2019", "st0792-1.0"), ("st0792-1.0", "st0792-1.2")])
    overview = crosswalk_to_overview(rows).set_index("subject_source")
    sums = overview.drop(columns=["object_source", "linked", "review"]).sum(axis=1)
    assert sums.to_dict() == rows.groupby(v.SUBJECT_SOURCE).size().to_dict()
    assert link_pairs(tables, []).empty


# A toy of a model: it knows that two words mean the same.
def knows_synonyms(old, new):
    words = [[{"zorb": "hoof"}.get(word, word) for word in text.casefold().split()] for text in (*old, *new)]
    return np.array(
        [
            [len(set(old_words) & set(new_words)) for new_words in words[len(old) :]]
            for old_words in words[: len(old)]
        ]
    )


def test_a_model_of_ones_own_joins_as_one_more_scorer():
    old = statements("old", K1="zorb qualms", K2="iron and fire", K3="books and bills")
    new = statements("new", K1="hoof trim", K2="fire and iron", K3="bills and books")
    alone = propose_links(old, new).set_index(v.SUBJECT_ID)[v.OBJECT_ID]
    scorers = (*default_scorers(), Scorer("synonyms", knows_synonyms, weight=12))
    helped = propose_links(old, new, scorers).set_index(v.SUBJECT_ID)[v.OBJECT_ID]
    assert alone["old:K1"] == v.NO_TERM_FOUND
    assert helped["old:K1"] == "new:K1"
    assert (alone["old:K2"], helped["old:K2"]) == ("new:K2", "new:K2")


def test_a_scorer_that_says_the_same_again_changes_nothing(tables):
    scorers = default_scorers()
    once = link_documents(tables, "draft-2019", "st0792-1.2", scorers)
    twice = link_documents(
        tables,
        "draft-2019",
        "st0792-1.2",
        [*scorers, *(scorer._replace(name=scorer.name * 2) for scorer in scorers)],
    )
    linked = once[once[v.OBJECT_ID] != v.NO_TERM_FOUND]
    again = twice.set_index([v.SUBJECT_ID, v.OBJECT_ID]).loc[
        list(zip(linked[v.SUBJECT_ID], linked[v.OBJECT_ID], strict=True))
    ]
    np.testing.assert_allclose(again[v.CSLS_SCORE].fillna(0), linked[v.CSLS_SCORE].fillna(0), atol=0.003)


@pytest.mark.parametrize(
    ("scorer", "message"),
    [
        (
            lambda old, new: np.ones((len(new), len(old))),
            r"expected 6 rows of 5 finite numbers; found the shape \(5, 6\)",
        ),
        (lambda old, new: np.full((len(old), len(new)), np.nan), "found no number"),
        (lambda old, new: 1.0, r"found the shape \(\)"),  # noqa: ARG005
    ],
)
def test_a_scorer_that_gives_something_else_is_refused(scorer, message):
    with pytest.raises(InvalidTable, match=message):
        propose_links(OLD, NEW.head(5), (*default_scorers(), Scorer("broken", scorer)))


def test_python_of_the_page_on_linking_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(
        r"```python\n(.*?)\n```", (ROOT / "docs" / "linking_measured.md").read_text("utf-8"), re.DOTALL
    )
    names = {}
    exec(compile(code, "linking_measured.md", "exec"), names)
    assert len(names["crosswalk"]) >= 88


LONG = " ".join(f"word{n}" for n in range(2_000))


@pytest.mark.parametrize(
    ("old", "new", "linked"),
    [
        (["", "  "], ["", "The hoof"], {}),
        (["–", "…"], ["The hoof of the horse"], {}),
        (["", "–"], ["…"], {}),
        ([LONG, "The hoof"], [LONG, "The hoof"], {"K1": "K1", "K2": "K2"}),
        (
            ["Копыто лошади", "蹄の手入れ"],
            ["Копыто лошади и подкова", "蹄の手入れ"],
            {"K1": "K1", "K2": "K2"},
        ),
        (["The hoof"] * 3, ["The hoof"] * 2, {"K1": "K1", "K2": "K2", "K3": "K1"}),
    ],
    ids=["empty", "signs", "nothing", "long", "other scripts", "repeated"],
)
def test_odd_texts_are_linked_by_the_same_rules(old, new, linked):
    sides = [
        statements(name, **{f"K{n}": text for n, text in enumerate(texts, start=1)})
        for name, texts in (("old", old), ("new", new))
    ]
    result = propose_links(*sides)
    found = result[(result[v.OBJECT_ID] != v.NO_TERM_FOUND) & (result[v.SUBJECT_ID] != v.NO_TERM_FOUND)]
    assert {
        one.partition(":")[2]: other.partition(":")[2]
        for one, other in zip(found[v.SUBJECT_ID], found[v.OBJECT_ID], strict=True)
    } == linked
