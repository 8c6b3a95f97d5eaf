"""What changed between versions: counted on small crosswalks, and the known sums of the documents."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.analysis.changes import (
    crosswalk_to_changes,
    crosswalk_to_changes_by_kind,
    crosswalk_to_doubtful,
    crosswalk_to_largest,
    crosswalk_to_marks,
    crosswalk_to_new_statements,
    crosswalk_to_reused_codes,
    crosswalk_to_without_counterpart,
)
from curriculum.crosswalk.linked_documents import link_documents, link_pairs
from curriculum.crosswalk.stored_crosswalk import select_pair
from curriculum.html.cells import Bar, Details
from curriculum.model import vocabulary as v
from curriculum.model.word_differences import texts_to_differing_words, texts_to_word_runs
from curriculum.tables.shown_frame import wordings_to_runs
from curriculum.viz.notebook_tables import SideBySide, show


def rows_of(*rows):
    names = [v.SUBJECT_ID, v.SUBJECT_CATEGORY, v.OBJECT_ID, v.OBJECT_CATEGORY, v.CHANGE]
    return pd.DataFrame(rows, columns=names).assign(**{v.SUBJECT_SOURCE: "a", v.OBJECT_SOURCE: "b"})


MIXED = rows_of(
    ("a:K1", "knowledge", "b:K1", "knowledge", "identical"),
    ("a:K2", "knowledge", "b:K2", "knowledge", "reworded; merged"),
    ("a:S1", "skill", "b:K2", "knowledge", "identical; renumbered; merged; changed kind"),
    ("a:S2", "skill", "b:S1", "skill", "reworded; split"),
    ("a:S2", "skill", "b:S2", "skill", "reworded; split"),
    ("a:S3", "skill", v.NO_TERM_FOUND, "", "no counterpart found"),
    (v.NO_TERM_FOUND, "", "b:B1", "behaviour", "new"),
    ("a:D1", "duty", "b:D1", "duty", "identical"),
)


def test_each_statement_counts_once_and_duties_do_not():
    assert crosswalk_to_changes(MIXED)[["change", "n_old", "n_new"]].to_numpy().tolist() == [
        ["identical", 1, 1],
        ["merged", 2, 1],
        ["split", 1, 2],
        ["no counterpart found", 1, 0],
        ["new", 0, 1],
    ]


def test_a_code_of_the_new_version_has_the_change_that_all_its_links_count_for():
    assert crosswalk_to_marks(MIXED) == {
        "K1": "identical",
        "K2": "merged",
        "S1": "split",
        "S2": "split",
        "B1": "new",
        "D1": "identical",
    }
    merged_and_split = rows_of(
        ("a:K1", "knowledge", "b:K1", "knowledge", "reworded; split; merged"),
        ("a:K2", "knowledge", "b:K1", "knowledge", "reworded; split"),
    )
    assert crosswalk_to_marks(merged_and_split) == {"K1": "merged"}


WORDED = rows_of(
    ("a:K1", "knowledge", "b:K1", "knowledge", "identical"),
    ("a:K2", "knowledge", v.NO_TERM_FOUND, "", "no counterpart found"),
    ("a:K3", "knowledge", v.NO_TERM_FOUND, "", "no counterpart found"),
    ("a:K4", "knowledge", v.NO_TERM_FOUND, "", "no counterpart found"),
    ("a:K5", "knowledge", v.NO_TERM_FOUND, "", "withdrawn"),
    (v.NO_TERM_FOUND, "", "b:K9", "knowledge", "new"),
    ("a:D1", "duty", v.NO_TERM_FOUND, "", "no counterpart found"),
).assign(
    **{
        v.SUBJECT_LABEL: ["Feed", "Hay", "Hoof", "Harness", "Carts", "", "Ride"],
        v.OBJECT_LABEL: ["Feed", "", "", "", "", "Fodder", ""],
    }
)
NAMES = [v.SUBJECT_ID, v.RANK, v.OBJECT_ID, v.CONFIDENCE]
LISTED = pd.DataFrame(
    [
        ("a:K1", 1, "b:K1", 1.0),
        ("a:K2", 1, "b:K9", 0.284),
        ("a:K2", 2, "b:K1", 0.0),
        ("a:K3", 2, "b:K9", 0.02),
        ("a:K3", 1, "b:K1", 0.295),
        ("a:K5", 1, "b:K1", 0.4),
        ("b:K9", 1, "a:K2", 0.284),
        ("b:K9", 2, "a:K5", 0.1),
    ],
    columns=NAMES,
)


def test_old_statements_without_a_counterpart_have_their_candidates_the_likeliest_first():
    result = crosswalk_to_without_counterpart(WORDED, LISTED)
    assert result.columns.tolist() == ["code", "text", "candidates", "likeliest"]
    # What is linked, what a reviewer withdrew, and duties are not in it.
    assert result.to_numpy().tolist() == [
        ["K3", "Hoof", "K1 (0.29), K9 (0.02)", "Feed"],
        ["K2", "Hay", "K9 (0.28), K1 (0.00)", "Fodder"],
        ["K4", "Harness", "", ""],
    ]


def test_new_statements_have_old_candidates():
    result = crosswalk_to_without_counterpart(WORDED, LISTED, of_new=True)
    assert result.to_numpy().tolist() == [["K9", "Fodder", "K2 (0.28), K5 (0.10)", "Hay"]]


def test_without_candidates_the_statements_are_listed_all_the_same():
    result = crosswalk_to_without_counterpart(WORDED, LISTED.head(0))
    assert result[["code", "candidates", "likeliest"]].to_numpy().tolist() == [
        ["K2", "", ""],
        ["K3", "", ""],
        ["K4", "", ""],
    ]
    linked = WORDED[WORDED[v.CHANGE] == "identical"]
    assert crosswalk_to_without_counterpart(linked, LISTED).empty


def test_changes_by_kind_of_the_old_statement():
    result = crosswalk_to_changes_by_kind(MIXED)
    assert result.to_dict("index") == {
        "knowledge": {"identical": 1, "merged": 1, "split": 0, "no counterpart found": 0, "new": 0, "sum": 2},
        "skill": {"identical": 0, "merged": 1, "split": 1, "no counterpart found": 1, "new": 0, "sum": 3},
        "behaviour": {"identical": 0, "merged": 0, "split": 0, "no counterpart found": 0, "new": 1, "sum": 1},
    }


def test_a_statement_whose_links_have_different_changes_counts_once_on_either_side():
    linked = rows_of(
        ("a:K1", "knowledge", "b:K1", "knowledge", "reworded; split"),
        ("a:K1", "knowledge", "b:K2", "knowledge", "reworded; merged; split"),
        ("a:K2", "knowledge", "b:K2", "knowledge", "reworded; merged"),
    )
    assert crosswalk_to_changes(linked)[["change", "n_old", "n_new"]].to_numpy().tolist() == [
        ["merged", 2, 1],
        ["split", 0, 1],
    ]
    assert crosswalk_to_changes_by_kind(linked).to_dict("index") == {"knowledge": {"merged": 2, "sum": 2}}


def test_what_a_reviewer_withdrew_counts_apart_from_what_has_no_counterpart_found():
    unlinked = rows_of(
        ("a:K1", "knowledge", v.NO_TERM_FOUND, "", "withdrawn"),
        ("a:K2", "knowledge", v.NO_TERM_FOUND, "", "no counterpart found"),
        ("a:K3", "knowledge", v.NO_TERM_FOUND, "", "no counterpart found"),
    )
    assert crosswalk_to_changes(unlinked)[["change", "n_old", "n_new"]].to_numpy().tolist() == [
        ["no counterpart found", 2, 0],
        ["withdrawn", 1, 0],
    ]


LABELLED = MIXED.assign(
    **{
        v.SUBJECT_LABEL: ["hoof", "shoe", "trim", "plan", "plan", "gone", "", "run a forge"],
        v.OBJECT_LABEL: ["hoof", "shoes", "shoes", "draw", "plot", "", "care", "run a forge"],
        v.CONFIDENCE: [1.0, 0.8, 0.6, 0.7, 0.7, 0.9, 0.9, 1.0],
    }
)


def test_codes_that_both_versions_print_are_held_against_each_other():
    assert crosswalk_to_reused_codes(LABELLED).to_numpy().tolist() == [
        ["K1", "hoof", "hoof", "K1", True],
        ["K2", "shoe", "shoes", "K2", True],
        ["S1", "trim", "draw", "K2", False],
        ["S2", "plan", "plot", "S1, S2", True],
    ]


def test_all_codes_of_1_2_stand_in_1_0_and_hardly_one_means_the_same(tables, scorers):
    result = crosswalk_to_reused_codes(link_documents(tables, "st0792-1.0", "st0792-1.2", scorers))
    assert len(result) == 56
    assert result[result["is_same"]]["code"].tolist() == ["S1"]


def test_new_statements_with_what_they_come_from_and_who_needs_them():
    coverage = pd.DataFrame(
        {
            "code": ["K1", "K2", "S1", "S2", "B1"],
            "text": ["hoof", "shoes", "draw", "plot", "care"],
            "option": "core",
            "duties": "D1",
            "themes": "T1",
            "methods": "M1",
        }
    )
    result = crosswalk_to_new_statements(LABELLED, coverage)
    assert result[["code", "change", "old_codes", "confidence"]].to_numpy().tolist() == [
        ["K1", "identical", "K1", 1.0],
        ["K2", "merged", "K2, S1", 0.6],
        ["S1", "split", "S2", 0.7],
        ["S2", "split", "S2", 0.7],
        ["B1", "new", "", 0.9],
    ]


@pytest.mark.vectors
@pytest.mark.parametrize(("old", "new"), [("draft-2019", "st0792-1.0"), ("st0792-1.0", "st0792-1.2")])
def test_sums_are_the_numbers_of_statements(tables, scorers, old, new):
    result = crosswalk_to_changes(link_documents(tables, old, new, scorers))
    sizes = tables.statements[v.DOCUMENT_ID].value_counts()
    assert result["n_old"].sum() == sizes[old]
    assert result["n_new"].sum() == sizes[new]


def test_pairs_stay_in_their_order(tables, scorers):
    pairs = [("st0792-1.0", "st0792-1.2"), ("draft-2019", "st0792-1.0")]
    result = crosswalk_to_changes(link_pairs(tables, pairs, scorers))
    assert list(dict.fromkeys(result[v.SUBJECT_SOURCE])) == ["st0792-1.0", "draft-2019"]
    assert len(select_pair(link_pairs(tables, pairs, scorers), *pairs[1])) == len(
        link_documents(tables, *pairs[1], scorers)
    )


def test_largest_changes_come_first(tables, scorers):
    result = crosswalk_to_largest(link_documents(tables, "st0792-1.0", "st0792-1.2", scorers), 5)
    assert len(result) == 5
    assert result["n_words"].is_monotonic_decreasing
    assert result.iloc[0]["n_words"] == len(
        f"{result.iloc[0][v.WORDS_INSERTED]} {result.iloc[0][v.WORDS_DELETED]}".split()
    )


def test_doubtful_rows_are_those_least_sure(tables, scorers):
    crosswalk = link_documents(tables, "st0792-1.0", "st0792-1.2", scorers)
    result = crosswalk_to_doubtful(crosswalk, len(crosswalk))
    assert len(result) == (crosswalk[v.BAND] == v.REVIEW).sum()
    assert result["confidence"].is_monotonic_increasing
    texts = tables.statements.set_index(v.STATEMENT_ID)[v.TEXT]
    assert result[v.TEXT].tolist() == texts[result[v.STATEMENT_ID]].tolist()
    assert result["likeliest"].tolist() == texts[result["likeliest_id"]].tolist()
    assert crosswalk_to_doubtful(crosswalk.assign(**{v.BAND: v.ACCEPT})).empty


def test_words_that_differ_are_marked_and_texts_are_escaped():
    runs = wordings_to_runs("Trim <script>alert(1)</script> hooves & shoes", "Trim hooves & shoes with care")
    why = Details("Why", [Bar("words", 0.5)], ["<b>"])
    page = SideBySide((("S1 closeMatch S2", *runs, why),))._repr_html_()
    assert "<script" not in page
    assert "<del>&lt;script&gt;alert(1)&lt;/script&gt;</del> hooves &amp; shoes" in page
    assert "hooves &amp; shoes <ins>with care</ins>" in page
    assert page.count('<tr role="row">') == 2
    assert "<small>&lt;b&gt;</small>" in page


def test_small_words_alone_are_no_common_ground():
    old, new = texts_to_word_runs("Ethics and integrity", "Act fairly and well")
    assert [part.is_shared for part in (*old, *new)] == [False, False]
    old, new = texts_to_word_runs("Books of the forge", "Tools of the forge")
    assert [part.text for part in old if part.is_shared] == ["of the forge"]


def test_own_words_of_several_wordings():
    assert texts_to_differing_words(["a b c", "a x c", "a c"]) == ["b", "x", ""]
    assert texts_to_differing_words(["one and two", "two and one"]) == ["", ""]
    assert texts_to_differing_words(["p q r s", "q s"]) == ["p ... r", ""]


def test_sheet_shows_texts_in_full_and_numbers_to_two_places():
    frame = pd.DataFrame(
        {
            "id": ["a:K1", v.NO_TERM_FOUND],
            "text": ["x" * 300, "<b>&"],
            "relation": [v.CLOSE_MATCH, ""],
            "n": [0.126, float("nan")],
        }
    )
    page = show(frame)._repr_html_()
    assert "x" * 300 in page
    assert "&lt;b&gt;&amp;" in page
    assert ">closeMatch<" in page
    assert ">–<" in page
    assert ">0.13<" in page
    assert page.count("nan") == 0
    assert page.count('<tr role="row">') == 3
    assert '<td role="cell" colspan="4">none</td>' in show(frame.iloc[:0])._repr_html_()
