"""The flow of statements by code, kind, theme and duty, counted from links."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.analysis.flow import crosswalk_to_flow, tables_to_group_names
from curriculum.errors import CurriculumError, NotFound
from figure_standards import SIZES, crosswalk_of

NAMES = ["old", "new", "change", "n_links", "n_waiting"]


def links(*rows):
    """Make a crosswalk of rows: old, new, change, band."""
    frame = pd.DataFrame(rows, columns=["subject_id", "object_id", "change", "band"])
    kinds = {"K": "knowledge", "S": "skill", "D": "duty"}
    return frame.assign(
        subject_source="a",
        object_source="b",
        subject_category=[kinds.get(name[2:3], "") if ":" in name else "" for name in frame["subject_id"]],
        object_category=[kinds.get(name[2:3], "") if ":" in name else "" for name in frame["object_id"]],
    )


NOTHING = "sssom:NoTermFound"
CROSSWALK = links(
    ("a:S1", "b:S1", "identical", "accept"),
    ("a:K1", "b:K2", "reworded; renumbered", "review"),
    ("a:K2", "b:K2", "reworded; merged", "accept"),
    ("a:K3", NOTHING, "no counterpart found", "review"),
    (NOTHING, "b:K1", "new", "review"),
    ("a:D1", "b:D1", "identical", "accept"),
)
CROSSWALK["subject_category"] = ["skill", "knowledge", "knowledge", "knowledge", "", "duty"]
CROSSWALK["object_category"] = ["skill", "knowledge", "knowledge", "", "knowledge", "duty"]


def test_by_code_each_link_is_a_row_in_the_order_of_the_old_version():
    flow = crosswalk_to_flow(CROSSWALK, None)
    assert flow[NAMES].to_numpy().tolist() == [
        ["S1", "S1", "identical", 1, 0],
        ["K1", "K2", "reworded", 1, 1],
        ["K2", "K2", "merged", 1, 0],
        ["K3", "", "no counterpart found", 1, 1],
        ["", "K1", "new", 1, 1],
    ]


def test_by_kind_links_are_counted_and_codes_listed():
    flow = crosswalk_to_flow(CROSSWALK, None, "kind")
    assert flow.to_numpy().tolist() == [
        ["knowledge", "knowledge", "reworded", 2, 1, "K1, K2", "K2"],
        ["knowledge", "", "no counterpart found", 1, 1, "K3", ""],
        ["skill", "skill", "identical", 1, 0, "S1", "S1"],
        ["", "knowledge", "new", 1, 1, "", "K1"],
    ]


@pytest.mark.parametrize("by", ["duty", "theme"])
def test_a_statement_of_several_duties_counts_in_each(by):
    crosswalk = crosswalk_of(9)
    flow = crosswalk.flow(by)
    frame, key = {
        "duty": (crosswalk.tables.duty_ksbs, "duty_id"),
        "theme": (crosswalk.tables.theme_ksbs, "theme_id"),
    }[by]
    of_statement = frame.groupby("statement_id")[key].nunique()
    rows = crosswalk.table[crosswalk.table["subject_category"] != "duty"]
    rows = rows[rows["object_category"] != "duty"]
    expected = sum(
        of_statement.get(old, 1) * of_statement.get(new, 1)
        for old, new in zip(rows["subject_id"], rows["object_id"], strict=True)
    )
    assert flow["n_links"].sum() == expected
    assert set(flow["old"]) - {""} <= {f"{by[0].upper()}{number}" for number in range(1, 4)}


@pytest.mark.parametrize("size", SIZES)
def test_by_code_the_flow_has_each_row_of_the_crosswalk_once(size):
    crosswalk = crosswalk_of(size)
    is_duty = (crosswalk.table["subject_category"] == "duty") | (crosswalk.table["object_category"] == "duty")
    statements = crosswalk.table[~is_duty]
    flow = crosswalk.flow()
    assert len(flow) == len(statements)
    assert flow["n_links"].sum() == len(statements)
    assert crosswalk.flow("kind")["n_links"].sum() == len(statements)
    assert flow["n_waiting"].sum() == (statements["band"] == "review").sum()


def test_a_statement_that_no_duty_names_is_in_no_duty():
    crosswalk = crosswalk_of(9)
    tables = crosswalk.tables
    few = tables.duty_ksbs[~tables.duty_ksbs["statement_id"].str.endswith(":K1")]
    from dataclasses import replace

    flow = crosswalk_to_flow(crosswalk.table, replace(tables, duty_ksbs=few), "duty")
    assert "in no duty" in set(flow["old"]) | set(flow["new"])
    assert flow["old"].tolist()[-1] in ("in no duty", "")


def test_what_is_not_printed_and_what_is_no_way_is_refused():
    with pytest.raises(
        NotFound, match=r"st0792-1\.0 prints no theme with KSBs.*two versions that print themes"
    ):
        crosswalk_of(56).flow("theme")
    with pytest.raises(CurriculumError, match=r"“kinds”: no such way to draw a flow.*Did you mean kind"):
        crosswalk_of(9).flow("kinds")


def test_names_are_those_of_each_version():
    old, new = tables_to_group_names(crosswalk_of(9).tables, crosswalk_of(9).pair, "theme")
    assert new["T1"].startswith("Bricks of group 1")
    assert set(old) == {"T1", "T2"}
    assert tables_to_group_names(None, ("a", "b"), "theme") == ({}, {})
    assert tables_to_group_names(crosswalk_of(9).tables, crosswalk_of(9).pair, "code") == ({}, {})
