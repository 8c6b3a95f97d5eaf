"""Frames for people: headings, kinds of column, values as they are shown, and words that differ."""

from __future__ import annotations

import pandas as pd

from curriculum.html.cells import Column, Run
from curriculum.model import vocabulary as v
from curriculum.tables.shown_frame import frame_to_shown


def texts_of(frame):
    return [[cell.text for cell in row] for row in frame_to_shown(frame).rows]


def test_values_are_shown_for_people():
    frame = pd.DataFrame(
        {
            "subject_id": ["a:K1", v.NO_TERM_FOUND],
            "predicate_id": [v.CLOSE_MATCH, ""],
            "is_same": [True, False],
            "n_ksbs": [3, 0],
            "confidence": [0.126, float("nan")],
        }
    )
    assert texts_of(frame) == [["a:K1", "closeMatch", "yes", "3", "0.13"], ["–", "", "no", "0", ""]]
    assert [column.heading for column in frame_to_shown(frame).columns] == [
        "old statement",
        "relation",
        "names the same statement",
        "number of KSBs",
        "confidence",
    ]


def test_a_text_that_says_true_is_a_text():
    assert texts_of(pd.DataFrame({"answer": ["True", "False"], "is_same": [True, False]})) == [
        ["True", "yes"],
        ["False", "no"],
    ]


def test_columns_have_the_kind_of_their_values():
    frame = pd.DataFrame(
        {"code": ["K1"], "text": ["x" * 61], "reason": ["y" * 40], "option": ["core"], "share": [0.5]}
    )
    assert [column.kind for column in frame_to_shown(frame).columns] == [
        "code",
        "wording",
        "text",
        "short",
        "number",
    ]


def test_an_index_with_names_or_texts_is_a_column_and_numbers_are_not():
    counts = pd.Series(["a", "b", "b"]).value_counts().rename_axis("action").to_frame("statements")
    assert texts_of(counts) == [["b", "2"], ["a", "1"]]
    assert [column.heading for column in frame_to_shown(counts).columns] == ["action", "statements"]
    several = pd.DataFrame(
        {"x": [1, 2]}, index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["p", "q"])
    )
    assert texts_of(several) == [["a", "1", "1"], ["b", "2", "2"]]
    filtered = pd.DataFrame({"x": ["a", "b", "c"]}).iloc[1:]
    assert texts_of(filtered) == [["b"], ["c"]]


def test_words_that_only_one_wording_has_are_marked():
    frame = pd.DataFrame(
        {"old_wording": ["Lead the team", "", "Same"], "new_wording": ["Help the team", "New", "Same"]}
    )
    rows = frame_to_shown(frame).rows
    assert rows[0][0].runs == (Run("Lead", "del"), Run("the team"))
    assert rows[0][1].runs == (Run("Help", "ins"), Run("the team"))
    assert [cell.text for row in rows[1:] for cell in row] == ["", "New", "Same", "Same"]


def test_a_long_table_has_a_filter_for_a_column_of_few_values():
    frame = pd.DataFrame({"kind": ["skill", "knowledge"] * 6, "code": [f"K{n}" for n in range(12)]})
    assert frame_to_shown(frame).columns == [Column("kind", "short", True), Column("code", "code", True)]
    assert not any(column.is_filter for column in frame_to_shown(frame.iloc[:11]).columns)
    one = frame.assign(kind="skill", code=[f"K{n}" for n in range(12)])
    assert [column.is_filter for column in frame_to_shown(one).columns] == [False, True]


def test_a_frame_without_rows_keeps_its_headings():
    shown = frame_to_shown(pd.DataFrame(columns=["code", "text"]))
    assert [column.heading for column in shown.columns] == ["code", "wording"]
    assert shown.rows == []


def test_columns_with_a_name_say_what_they_are_and_a_band_whether_a_look_is_needed():
    counts = pd.crosstab(pd.Series(["a"], name="state"), pd.Series(["b"], name="state_if_right"))
    assert [column.heading for column in frame_to_shown(counts).columns] == ["state", "state if right: b"]
    bands = pd.DataFrame({"band": ["accept", "review"]})
    assert texts_of(bands) == [["no"], ["yes"]]
    assert frame_to_shown(bands).columns[0].heading == "look needed"
