"""What a new version means, and the groups that it is counted by: each rule on made-up tables."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import pytest

from curriculum.analysis import impact as impact_module
from curriculum.analysis.groups import (
    check_option,
    codes_by_statement,
    id_to_code,
    is_for_option,
    option_to_titles,
    rows_to_groups,
)
from curriculum.analysis.impact import crosswalk_to_impact
from curriculum.errors import NotFound
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables
from curriculum.tables.frame_rows import tables_to_rows
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row
from curriculum.tables.typed_frames import rows_to_typed

NONE = v.NO_TERM_FOUND
_, PASS, *_, DISTINCTION = v.GRADES
COLUMNS = {
    "documents": [v.DOCUMENT_ID],
    "statements": [v.STATEMENT_ID, v.DOCUMENT_ID, v.KIND, v.CODE, v.OPTION, v.TEXT],
    "duties": [v.DUTY_ID, v.CODE, v.OPTION, v.TEXT],
    "duty_ksbs": [v.DUTY_ID, v.STATEMENT_ID],
    "themes": [v.THEME_ID, v.CODE, v.NAME, v.OPTION, v.METHOD_ID],
    "theme_ksbs": [v.THEME_ID, v.STATEMENT_ID],
    "methods": [v.METHOD_ID, v.CODE, v.NAME],
    "statement_methods": [v.STATEMENT_ID, v.METHOD_ID, v.OPTION],
    "descriptors": [v.DESCRIPTOR_ID, v.DOCUMENT_ID, v.THEME_ID, v.GRADE, v.TEXT],
    "descriptor_ksbs": [v.DESCRIPTOR_ID, v.STATEMENT_ID],
}


def tables_of(**rows):
    rows = {"documents": [("a",), ("b",)], **rows}
    return Tables(
        **{
            field.name: pd.DataFrame(rows.get(field.name, []), columns=COLUMNS.get(field.name, ["none"]))
            for field in fields(Tables)
        }
    )


def statement(any_id, option=""):
    document, _, code = any_id.partition(":")
    return (any_id, document, v.KIND_OF_LETTERS[code[0]], code, option, f"wording of {any_id}")


def crosswalk(*links):
    """Make a crosswalk of a and b from (old code, new code, change, other cells); "" where there is none."""
    rows = []
    for old, new, change, *cells in links:
        row = {
            **name_to_empty_row(CROSSWALK),
            v.SUBJECT_SOURCE: "a",
            v.OBJECT_SOURCE: "b",
            v.SUBJECT_ID: f"a:{old}" if old else NONE,
            v.OBJECT_ID: f"b:{new}" if new else NONE,
            v.SUBJECT_CATEGORY: v.DUTY if old.startswith("D") else "",
            v.OBJECT_CATEGORY: v.DUTY if new.startswith("D") else "",
            v.SUBJECT_LABEL: f"old {old}",
            v.OBJECT_LABEL: f"new {new}",
            v.CONFIDENCE: 0.9,
            v.BAND: v.ACCEPT,
            v.STATUS: v.PROPOSED,
            v.CHANGE: change,
        }
        rows.append(tuple({**row, **(cells[0] if cells else {})}.values()))
    return rows_to_typed(CROSSWALK, rows)


def kinds_of(frame, codes=("K1",)):
    """The counts of the one kind that statements of the new version are of."""
    tables = tables_of(statements=[statement(f"b:{code}") for code in codes])
    groups = crosswalk_to_impact(tables, frame).groups
    return groups.loc[groups["group"] == "kind"].drop(columns=["group", "code", "name", "option"])


def counts_of(frame, codes=("K1",)):
    return kinds_of(frame, codes).values.tolist()[0]


# --- What a statement of the new version is -----------------------------------------------------------


def test_the_sorts_stand_from_the_least_change_to_the_most():
    assert impact_module.SORTS == ("same", "reworded", "merged or split", "new")


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ("identical", (1, 0, 0, 0)),
        ("identical; renumbered", (1, 0, 0, 0)),
        ("reworded", (0, 1, 0, 0)),
        ("reworded; narrowed; changed kind", (0, 1, 0, 0)),
        # What has no sort of its own counts as worded otherwise.
        ("changed kind", (0, 1, 0, 0)),
        ("reworded; merged", (0, 0, 1, 0)),
        ("reworded; split", (0, 0, 1, 0)),
    ],
)
def test_the_sort_of_each_change(change, counts):
    share = float(counts[3])
    assert counts_of(crosswalk(("K1", "K1", change))) == [1, *counts, share, 0, 0, 0, ""]


def test_a_new_statement_is_told_with_its_code():
    assert counts_of(crosswalk(("", "K1", "new"))) == [1, 0, 0, 0, 1, 1.0, 0, 0, 0, "K1"]


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        (("identical", "reworded"), [0, 1, 0, 0]),
        (("reworded", "identical"), [0, 1, 0, 0]),
        (("merged", "reworded"), [0, 0, 1, 0]),
        (("reworded", "merged"), [0, 0, 1, 0]),
        (("merged", "new"), [0, 0, 0, 1]),
    ],
)
def test_of_several_links_the_greatest_change_counts(changes, counts):
    links = [(f"K{number}", "K1", change) for number, change in enumerate(changes)]
    assert counts_of(crosswalk(*links))[1:5] == counts


@pytest.mark.parametrize(
    ("cells", "moved"),
    [
        ([{v.RESPONSIBILITY: v.RAISED}], [1, 0, 0]),
        ([{v.RESPONSIBILITY: v.LOWERED}], [0, 1, 0]),
        ([{v.RESPONSIBILITY: v.SAME_LEVEL}], [0, 0, 0]),
        # By one link higher, by another lower; by two links higher is once.
        ([{v.RESPONSIBILITY: v.RAISED}, {v.RESPONSIBILITY: v.LOWERED}], [1, 1, 0]),
        ([{v.RESPONSIBILITY: v.RAISED}, {v.RESPONSIBILITY: v.RAISED}], [1, 0, 0]),
        ([{v.BAND: v.REVIEW}], [0, 0, 1]),
        ([{v.BAND: v.REVIEW}, {}], [0, 0, 1]),
        ([{}, {v.BAND: v.REVIEW}], [0, 0, 1]),
        ([{}, {}], [0, 0, 0]),
    ],
)
def test_levels_that_move_and_links_that_wait(cells, moved):
    links = [(f"K{number}", "K1", "reworded", own) for number, own in enumerate(cells)]
    assert counts_of(crosswalk(*links))[6:9] == moved


def test_a_share_has_three_places_and_codes_stand_as_they_are_listed():
    frame = crosswalk(("", "K1", "new"), ("K1", "K2", "reworded"), ("", "K3", "new"))
    assert counts_of(frame, ["K3", "K2", "K1"]) == [3, 0, 1, 0, 2, 0.667, 0, 0, 0, "K3, K1"]


def test_what_the_crosswalk_lacks_and_duties_do_not_count():
    frame = crosswalk(("D1", "D1", "reworded"), ("K1", "K1", "identical"), ("K2", "", "withdrawn"))
    assert counts_of(frame, ["K1", "K2"])[0] == 1
    tables = tables_of(statements=[statement("b:K1")])
    assert crosswalk_to_impact(tables, frame).groups["group"].tolist() == ["kind"]


# --- The tables of an impact --------------------------------------------------------------------------

TABLES = tables_of(
    statements=[
        *(statement(f"a:{code}", "core") for code in ("K1", "K2", "S1")),
        *(statement(f"b:{code}") for code in ("K1", "K2", "K3", "S1")),
        # A statement of this code in a third document, which nothing is told of.
        statement("c:K1"),
    ],
    duties=[("a:D1", "D1", "", "old"), ("b:D1", "D1", "core", "first"), ("b:D2", "D2", "", "second")],
    duty_ksbs=[("a:D1", "a:K2"), ("b:D1", "b:K1"), ("b:D2", "b:K2"), ("b:D1", "b:K2"), ("b:D2", "b:S1")],
    methods=[("b:M1", "M1", "Practical"), ("b:M2", "M2", "Talk"), ("b:M3", "M3", "Assesses nothing")],
    themes=[("b:T1", "T1", "Hoofs", "core", "b:M1"), ("b:T2", "T2", "Nails", "", "b:M2")],
    theme_ksbs=[("b:T1", "b:K1"), ("b:T2", "b:K2")],
    statement_methods=[
        ("b:K1", "b:M1", "core"),
        ("b:K2", "b:M1", "core"),
        ("b:K2", "b:M2", "core"),
        ("c:K1", "c:M1", ""),
    ],
    descriptors=[
        ("b:T1.P1", "b", "b:T1", PASS, "one"),
        ("b:T1.D1", "b", "b:T1", DISTINCTION, "two"),
        ("b:T2.P1", "b", "b:T2", PASS, "three"),
        ("a:T1.P1", "a", "b:T1", PASS, "of another version"),
    ],
    descriptor_ksbs=[
        ("b:T1.P1", "b:K1"),
        ("b:T1.D1", "b:K2"),
        ("b:T1.D1", "b:K1"),
        ("b:T2.P1", "b:K1"),
        ("a:T1.P1", "b:K2"),
        ("b:T2.P1", "b:K9"),
    ],
)
FRAME = crosswalk(
    ("K1", "K1", "identical"),
    ("K1", "S1", "reworded; split", {v.RESPONSIBILITY: v.RAISED, v.RESPONSIBILITY_WORDS: "aid -> run"}),
    ("K2", "", "no counterpart found", {v.CONFIDENCE: 0.4}),
    ("S1", "", "withdrawn", {v.STATUS: v.DECIDED}),
    ("", "K2", "new", {v.BAND: v.REVIEW, v.CONFIDENCE: 0.6}),
    ("", "K3", "new"),
    ("D1", "", "withdrawn"),
    ("D2", "D2", "reworded", {v.RESPONSIBILITY: v.LOWERED}),
)


@pytest.fixture(scope="module")
def impact():
    return crosswalk_to_impact(TABLES, FRAME)


def test_what_each_group_has(impact):
    names = ["group", "code", "name", "option", "n_ksbs", "n_new", "n_waiting", "new"]
    assert impact.groups[names].values.tolist() == [
        ["duty", "D1", "first", "core", 2, 1, 1, "K2"],
        ["duty", "D2", "second", "", 2, 1, 1, "K2"],
        ["theme", "T1", "Hoofs", "core", 1, 0, 0, ""],
        ["theme", "T2", "Nails", "", 1, 1, 1, "K2"],
        ["method", "M1", "Practical", "", 2, 1, 1, "K2"],
        ["method", "M2", "Talk", "", 1, 1, 1, "K2"],
        ["pass descriptor", "T1.P1", "one", "core", 1, 0, 0, ""],
        ["pass descriptor", "T2.P1", "three", "", 1, 0, 0, ""],
        ["distinction descriptor", "T1.D1", "two", "core", 2, 1, 1, "K2"],
        ["kind", "", "knowledge", "", 3, 2, 1, "K2, K3"],
        ["kind", "", "skill", "", 1, 0, 0, ""],
    ]


def test_the_columns_of_the_groups(impact):
    assert list(impact.groups) == [
        *("group", "code", "name", "option", "n_ksbs", "n_same", "n_reworded", "n_joined", "n_new"),
        *("share_new", "n_raised", "n_lowered", "n_waiting", "new"),
    ]


def test_what_is_to_be_taught_and_what_has_no_counterpart(impact):
    assert impact.to_teach.to_dict("records") == [
        {
            **{
                "code": "K2",
                "kind": "knowledge",
                "text": "wording of b:K2",
                "option": "",
                "duties": "D2, D1",
            },
            **{"themes": "T2", "methods": "M1, M2", "confidence": 0.6, "status": v.PROPOSED},
        },
        {
            **{"code": "K3", "kind": "knowledge", "text": "wording of b:K3", "option": "", "duties": ""},
            **{"themes": "", "methods": "", "confidence": 0.9, "status": v.PROPOSED},
        },
    ]
    assert impact.without_counterpart.values.tolist() == [
        ["K2", "knowledge", "wording of a:K2", "core", "D1", 0.4, v.PROPOSED],
        ["S1", "skill", "wording of a:S1", "core", "", 0.9, v.DECIDED],
    ]
    assert list(impact.without_counterpart) == [
        "code",
        "kind",
        "text",
        "option",
        "duties",
        "confidence",
        "status",
    ]


def test_where_nothing_is_new_or_gone_the_columns_are_texts_all_the_same():
    result = crosswalk_to_impact(TABLES, crosswalk(("K1", "K1", "identical")))
    assert (len(result.to_teach), len(result.without_counterpart)) == (0, 0)
    for frame, names in (
        (result.to_teach, ("duties", "themes", "methods")),
        (result.without_counterpart, ("duties",)),
    ):
        assert {str(frame[name].dtype) for name in names} == {"str"}


def test_where_the_level_of_responsibility_moved():
    frame = crosswalk(
        ("K1", "K2", "reworded", {v.RESPONSIBILITY: v.RAISED, v.RESPONSIBILITY_WORDS: "aid -> run"}),
        ("K2", "K1", "reworded", {v.RESPONSIBILITY: v.SAME_LEVEL}),
        ("K3", "K4", "reworded"),
        ("D1", "D2", "reworded", {v.RESPONSIBILITY: v.RAISED}),
        ("S1", "K3", "reworded", {v.RESPONSIBILITY: v.LOWERED, v.STATUS: v.DECIDED, v.CONFIDENCE: 0.5}),
    )
    assert crosswalk_to_impact(TABLES, frame).responsibility.to_dict("records") == [
        {
            **{"old_code": "K1", "new_code": "K2", "responsibility": "raised", "confidence": 0.9},
            **{"responsibility_words": "aid -> run", "old_wording": "old K1", "new_wording": "new K2"},
            "status": v.PROPOSED,
        },
        {
            **{"old_code": "S1", "new_code": "K3", "responsibility": "lowered", "confidence": 0.5},
            **{"responsibility_words": "", "old_wording": "old S1", "new_wording": "new K3"},
            "status": v.DECIDED,
        },
    ]


def test_what_is_new_of_what_is_assessed(impact):
    assert impact.assessment.to_dict("records") == [
        {
            **{"method": "Practical", "n_ksbs": 2, "n_same": 1, "n_reworded": 0, "n_joined": 0, "n_new": 1},
            **{"share_new": 0.5, "n_descriptors": 2, "n_descriptors_new": 1},
        },
        {
            **{"method": "Talk", "n_ksbs": 1, "n_same": 0, "n_reworded": 0, "n_joined": 0, "n_new": 1},
            **{"share_new": 1.0, "n_descriptors": 1, "n_descriptors_new": 0},
        },
        {
            **{"method": "all methods", "n_ksbs": 2, "n_same": 1, "n_reworded": 0, "n_joined": 0, "n_new": 1},
            **{"share_new": 0.5, "n_descriptors": 3, "n_descriptors_new": 1},
        },
    ]


def test_where_nothing_is_assessed_the_columns_stay(impact):
    frame = crosswalk(("K1", "K1", "identical"))
    result = crosswalk_to_impact(tables_of(statements=[statement("b:K1")]), frame).assessment
    assert result.empty
    assert list(result) == list(impact.assessment)


# --- Groups -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "option", "is_wanted"),
    [
        ("", "", True),
        ("Farriery", "", True),
        ("", "Farriery", True),
        ("core", "Farriery", True),
        ("Farriery", "Farriery", True),
        ("FARRIERY", " farriery ", True),
        ("Saddlery", "Farriery", False),
        ("Saddlery; Farriery", "Farriery", True),
        ("Saddlery; core", "Farriery", True),
        ("Farriery and more", "Farriery", False),
        ("Farriery", "core", False),
    ],
)
def test_what_is_for_people_of_an_option(cell, option, is_wanted):
    assert is_for_option(cell, option) == is_wanted


def test_the_titles_of_a_cell():
    assert option_to_titles(" Live Events ; core; ; ") == {"live events", "core"}
    assert option_to_titles("") == set()
    assert option_to_titles("core;   ") == {"core"}
    # A semicolon without a space is part of a title.
    assert option_to_titles("A;B") == {"a;b"}


@pytest.mark.parametrize("held", ["a", "b"])
def test_the_tables_must_hold_both_versions(held):
    with pytest.raises(NotFound, match="no such document"):
        crosswalk_to_impact(tables_of(documents=[(held,)]), crosswalk(("K1", "K1", "identical")))


def test_the_code_of_an_id():
    assert (id_to_code("a:K1"), id_to_code("a:b:K1"), id_to_code("K1")) == ("K1", "b:K1", "")


def groups_of(tables, document="b", option=""):
    return [(*group[:4], sorted(group.ksbs)) for group in rows_to_groups(tables, document, option)]


def test_every_group_of_a_document_and_of_no_other():
    tables = tables_of(
        statements=[
            statement("b:S1", "Farriery"),
            statement("b:K1", "core"),
            statement("b:K2", "saddlery; Farriery"),
            statement("bb:K1", "core"),
        ],
        duties=[("b:D1", "D1", "Saddlery", "do"), ("bb:D1", "D1", "core", "do not")],
        duty_ksbs=[("b:D1", "b:K1"), ("bb:D1", "bb:K1")],
        statement_methods=[
            ("b:K1", "b:M1", "Farriery"),
            ("b:K2", "b:M1", "Saddlery"),
            ("b:S1", "b:M1", "core"),
        ],
        methods=[("b:M1", "M1", "Talk")],
        themes=[("b:T1", "T1", "Hoofs", "Farriery", "b:M1")],
        descriptors=[
            ("b:T1.D1", "b", "b:T1", DISTINCTION, "well"),
            ("b:T1.P1", "b", "b:T1", PASS, "somehow"),
        ],
        descriptor_ksbs=[("b:T1.P1", "b:K1"), ("b:T9.P9", "b:K2")],
    )
    of_option = [
        ("option", "", "core", "core", ["b:K1"]),
        ("option", "", "saddlery", "saddlery", ["b:K2"]),
        ("option", "", "Farriery", "Farriery", ["b:K2", "b:S1"]),
    ]
    groups = [
        ("duty", "D1", "do", "Saddlery", ["b:K1"]),
        ("theme", "T1", "Hoofs", "Farriery", []),
        ("method", "M1", "Talk", "", ["b:K1", "b:K2", "b:S1"]),
        ("pass descriptor", "T1.P1", "somehow", "Farriery", ["b:K1"]),
        ("distinction descriptor", "T1.D1", "well", "Farriery", []),
        *of_option,
        ("kind", "", "skill", "", ["b:S1"]),
        ("kind", "", "knowledge", "", ["b:K1", "b:K2"]),
    ]
    tables = tables_to_rows(tables)
    assert groups_of(tables) == groups
    # Of an option a method has only what it assesses of that, and the core.
    assert groups_of(tables, option="Farriery") == [
        *groups[:2],
        ("method", "M1", "Talk", "", ["b:K1", "b:S1"]),
        *groups[3:],
    ]


OF_OPTIONS = tables_to_rows(
    tables_of(
        statements=[statement("b:K1", "Farriery; Core"), statement("b:K2"), statement("bb:K1", "Carpentry")],
        duties=[("b:D1", "D1", "Saddlery", "do")],
        themes=[("b:T1", "T1", "Hoofs", "Nails", "")],
    )
)


@pytest.mark.parametrize("option", ["", "farriery", " SADDLERY ", "Nails; core", "Farriery; "])
def test_an_option_is_one_of_any_statement_duty_or_theme_of_the_document(option):
    assert check_option(OF_OPTIONS, "b", option) is None
    assert list(rows_to_groups(OF_OPTIONS, "b", option))


@pytest.mark.parametrize("ask", [check_option, lambda *asked: list(rows_to_groups(*asked))])
def test_an_option_that_a_document_lacks_is_refused_with_those_that_it_has(ask):
    with pytest.raises(NotFound) as refused:
        ask(OF_OPTIONS, "b", "Carpentry")
    assert str(refused.value) == (
        "“Carpentry”: no such option of b; expected one of Farriery, Saddlery, Nails. Check the spelling."
    )
    with pytest.raises(NotFound, match="no such document"):
        ask(OF_OPTIONS, "c", "")


def test_the_codes_of_what_names_a_statement_are_told_once_each_in_their_order():
    listed = [("b:D2", "b:K1"), ("b:D1", "b:K1"), ("b:D2", "b:K1"), ("b:D1", "b:K2")]
    pairs = [{v.DUTY_ID: duty, v.STATEMENT_ID: statement_id} for duty, statement_id in listed]
    assert codes_by_statement(pairs, v.DUTY_ID) == {"b:K1": "D2, D1", "b:K2": "D1"}
