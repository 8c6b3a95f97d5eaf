"""Lineages and the history of codes: each rule of which way is taken, on made-up versions."""

from __future__ import annotations

import importlib
import io
import json
from dataclasses import fields
from pathlib import Path

import networkx as nx
import openpyxl
import pandas as pd
import pytest

from curriculum.analysis.code_history import crosswalk_to_renumbering
from curriculum.analysis.history import (
    LINEAGE_STEPS,
    History,
    check_history_name,
    history_to_bytes,
)
from curriculum.analysis.lineage import (
    lineage_to_graph,
    lineage_to_text,
    neighbouring_pairs,
    statement_to_lineage,
)
from curriculum.decisions.valid_decisions import NO_DECISIONS
from curriculum.errors import InvalidInput, NotFound, UnsupportedFormat
from curriculum.model import vocabulary as v
from curriculum.project import Project
from curriculum.spreadsheets.report_style import CREATED
from curriculum.tables.carrier import Tables, check_statement
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row
from curriculum.tables.typed_frames import rows_to_typed

NONE = v.NO_TERM_FOUND
NAN = float("nan")
EXACT, CLOSE, BROAD, NARROW, RELATED = v.RELATIONS
ACCEPT, REVIEW = v.ACCEPT, v.REVIEW


def tables_of(*ids, dates=None):
    """Tables of documents with a letter each, and of their statements and duties, by id."""
    documents = list(dict.fromkeys(one.partition(":")[0] for one in ids))
    ends = [(one, one.partition(":")[0], one.partition(":")[2]) for one in ids]
    statements = [
        (one, document, v.KIND_OF_LETTERS[code[0]]) for one, document, code in ends if code[0] != "D"
    ]
    rows = {
        "documents": (
            [(one, (dates or {}).get(one, "")) for one in documents],
            [v.DOCUMENT_ID, v.APPROVED_DATE],
        ),
        "statements": (
            [(*row, f"wording of {row[0]}") for row in statements],
            [v.STATEMENT_ID, v.DOCUMENT_ID, v.KIND, v.TEXT],
        ),
        "duties": (
            [(one, document, f"wording of {one}") for one, document, code in ends if code[0] == "D"],
            [v.DUTY_ID, v.DOCUMENT_ID, v.TEXT],
        ),
    }
    frames = {field.name: rows.get(field.name, ([], ["none"])) for field in fields(Tables)}
    return Tables(**{name: pd.DataFrame(own, columns=names) for name, (own, names) in frames.items()})


def category(any_id):
    code = any_id.partition(":")[2]
    return "" if any_id == NONE else v.DUTY if code[0] == "D" else v.KIND_OF_LETTERS[code[0]]


def links_of(*links):
    """Make crosswalks of rows "a:K1 b:K1", with other cells; `a:-` or `b:-` for a side without any."""
    rows = []
    for link, *cells in links:
        one, other = link.split()
        old, new = (NONE if end.endswith(":-") else end for end in (one, other))
        row = {
            **name_to_empty_row(CROSSWALK),
            v.SUBJECT_SOURCE: one.partition(":")[0],
            v.SUBJECT_ID: old,
            v.SUBJECT_CATEGORY: category(old),
            v.PREDICATE_ID: EXACT,
            v.OBJECT_SOURCE: other.partition(":")[0],
            v.OBJECT_ID: new,
            v.OBJECT_CATEGORY: category(new),
            v.CONFIDENCE: 0.9,
            v.BAND: ACCEPT,
            v.CHANGE: "reworded",
            v.STATUS: v.PROPOSED,
        }
        rows.append(tuple({**row, **(cells[0] if cells else {})}.values()))
    return rows_to_typed(CROSSWALK, rows)


def ends_of(crosswalk):
    ids = [*crosswalk[v.SUBJECT_ID], *crosswalk[v.OBJECT_ID]]
    return tables_of(*sorted({one for one in ids if one != NONE}))


def steps_of(crosswalk, statement):
    """The lineage of a statement as (direction, step, parent, statement, direct)."""
    lineage = statement_to_lineage(ends_of(crosswalk), crosswalk, statement)
    return lineage[["direction", "step", "parent_id", v.STATEMENT_ID, "direct"]].values.tolist()[1:]


def confident(value):
    return {v.CONFIDENCE: value}


# --- Which pairs are neighbours -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "neighbours"),
    [
        ([("a", "b"), ("b", "c"), ("a", "c")], [("a", "b"), ("b", "c")]),
        ([("a", "c"), ("a", "b")], [("a", "c"), ("a", "b")]),
        ([("a", "b"), ("a", "b")], [("a", "b")]),
        # Where pairs go round, none replaces another.
        ([("a", "b"), ("b", "a"), ("a", "c"), ("b", "c")], [("a", "b"), ("b", "a"), ("a", "c"), ("b", "c")]),
        ([], []),
    ],
)
def test_which_pairs_are_neighbours(pairs, neighbours):
    assert neighbouring_pairs(pairs) == neighbours


# --- The way of a lineage -----------------------------------------------------------------------------


def test_a_lineage_goes_back_and_forth_a_step_at_a_time():
    crosswalk = links_of(["a:K1 b:K2"], ["b:K2 c:K3"], ["c:K3 d:K4"])
    assert steps_of(crosswalk, "b:K2") == [
        ["came from", 1, "b:K2", "a:K1", ""],
        ["became", 1, "b:K2", "c:K3", ""],
        ["became", 2, "c:K3", "d:K4", ""],
    ]
    assert steps_of(crosswalk, "d:K4") == [
        ["came from", 1, "d:K4", "c:K3", ""],
        ["came from", 2, "c:K3", "b:K2", ""],
        ["came from", 3, "b:K2", "a:K1", ""],
    ]


def test_the_surest_step_goes_first():
    crosswalk = links_of(
        ["a:K1 b:K1", confident(0.5)],
        ["a:K1 b:K2", confident(0.99)],
        ["a:K1 b:K5", confident(1.0)],
        # What a person found is as sure as what is certain, and no surer.
        ["a:K1 b:K3", confident(NAN)],
        ["a:K1 b:K4", confident(0.5)],
    )
    assert [step[3] for step in steps_of(crosswalk, "a:K1")] == ["b:K5", "b:K3", "b:K2", "b:K1", "b:K4"]


@pytest.mark.parametrize(
    ("links", "steps"),
    [
        # The leap says the same as the way over the version between; one that says otherwise; none.
        (
            ["a:K1 b:K1", "b:K1 c:K1", "a:K1 c:K1"],
            [["became", 1, "a:K1", "b:K1", ""], ["became", 2, "b:K1", "c:K1", "too"]],
        ),
        (
            ["a:K1 b:K1", "b:K1 c:K1", "a:K2 c:K1"],
            [["became", 1, "a:K1", "b:K1", ""], ["became", 2, "b:K1", "c:K1", "not"]],
        ),
        (
            ["a:K1 b:K1", "b:K1 c:K1"],
            [["became", 1, "a:K1", "b:K1", ""], ["became", 2, "b:K1", "c:K1", ""]],
        ),
        # The way ends; only the leap leads on.
        (
            ["a:K1 b:K1", "b:K2 c:K1", "a:K1 c:K1"],
            [["became", 1, "a:K1", "b:K1", ""], ["became", 1, "a:K1", "c:K1", "only"]],
        ),
        # One is reached over the version between, the other by the leap alone.
        (
            ["a:K1 b:K1", "b:K1 c:K1", "a:K1 c:K1", "a:K1 c:K2"],
            [
                ["became", 1, "a:K1", "b:K1", ""],
                ["became", 2, "b:K1", "c:K1", "too"],
                ["became", 1, "a:K1", "c:K2", "only"],
            ],
        ),
        # That nothing was found is told of neighbours only.
        (
            ["a:K1 b:-", "b:K2 c:K2", "a:K1 c:-"],
            [["became", 1, "a:K1", NONE, ""]],
        ),
        (
            ["a:K1 b:K1", "b:K1 c:-", "a:K1 c:K1"],
            [
                ["became", 1, "a:K1", "b:K1", ""],
                ["became", 2, "b:K1", NONE, ""],
                ["became", 1, "a:K1", "c:K1", "only"],
            ],
        ),
    ],
)
def test_documents_between_are_leaped_only_where_no_way_over_them_leads(links, steps):
    assert steps_of(links_of(*([link] for link in links)), "a:K1") == steps


def test_leaps_lead_back_by_the_same_rules():
    crosswalk = links_of(
        ["a:K1 b:K1"], ["b:K1 c:K1"], ["a:K1 c:K1"], ["a:K2 c:K1"], ["a:- c:K1"], ["a:- b:K1"]
    )
    assert steps_of(crosswalk, "c:K1") == [
        ["came from", 1, "c:K1", "b:K1", ""],
        ["came from", 2, "b:K1", "a:K1", "too"],
        ["came from", 2, "b:K1", NONE, ""],
        ["came from", 1, "c:K1", "a:K2", "only"],
    ]
    other = links_of(["a:K1 b:K1"], ["b:K1 c:K1"], ["a:K2 c:K1"])
    assert steps_of(other, "c:K1")[1] == ["came from", 2, "b:K1", "a:K1", "not"]


def test_a_leap_goes_on_from_where_it_leads():
    crosswalk = links_of(["a:K1 b:-"], ["b:K2 c:K2"], ["a:K1 c:K1"], ["c:K1 d:K1"])
    assert steps_of(crosswalk, "a:K1") == [
        ["became", 1, "a:K1", NONE, ""],
        ["became", 1, "a:K1", "c:K1", "only"],
        ["became", 2, "c:K1", "d:K1", ""],
    ]


def test_pairs_that_are_registered_both_ways_do_not_go_round():
    crosswalk = links_of(["a:K1 b:K1"], ["b:K1 a:K1"], ["b:K1 a:K2"])
    assert steps_of(crosswalk, "a:K1") == [
        ["came from", 1, "a:K1", "b:K1", ""],
        ["became", 1, "a:K1", "b:K1", ""],
        ["became", 2, "b:K1", "a:K2", ""],
    ]


def test_only_crosswalks_that_link_duties_count_as_ways_of_a_duty():
    # Between b and c no duty is linked, so that a and c are neighbours for duties and not for statements.
    crosswalk = links_of(["a:D1 b:D1"], ["a:K1 b:K1"], ["b:K1 c:K1"], ["a:D1 c:D1"], ["a:K1 c:K1"])
    assert steps_of(crosswalk, "a:D1") == [
        ["became", 1, "a:D1", "b:D1", ""],
        ["became", 1, "a:D1", "c:D1", ""],
    ]
    assert steps_of(crosswalk, "a:K1") == [
        ["became", 1, "a:K1", "b:K1", ""],
        ["became", 2, "b:K1", "c:K1", "too"],
    ]


def test_a_duty_without_a_counterpart_is_of_duties():
    crosswalk = links_of(["a:D1 b:-"], ["a:- b:D2"], ["b:K1 a:K1"])
    assert steps_of(crosswalk, "a:D1") == [["became", 1, "a:D1", NONE, ""]]
    assert steps_of(crosswalk, "b:D2") == [["came from", 1, "b:D2", NONE, ""]]


@pytest.mark.parametrize(("link", "duty"), [("a:D1 b:-", "a:D1"), ("a:- b:D1", "b:D1")])
def test_a_crosswalk_of_one_duty_without_a_counterpart_is_of_duties(link, duty):
    assert [step[3] for step in steps_of(links_of([link]), duty)] == [NONE]


def test_the_columns_of_a_lineage():
    crosswalk = links_of(
        ["a:K1 b:S2", {v.PREDICATE_ID: CLOSE, v.CHANGE: "changed kind", v.BAND: REVIEW, v.CONFIDENCE: 0.4}],
        ["b:S2 c:-", {v.STATUS: v.DECIDED, v.CHANGE: v.WITHDRAWN}],
    )
    lineage = statement_to_lineage(ends_of(crosswalk), crosswalk, "b:S2")
    names = [v.DOCUMENT_ID, v.PREDICATE_ID, v.CHANGE, v.BAND, v.STATUS, v.TEXT]
    assert lineage[["direction", "step", "parent_id", v.STATEMENT_ID, *names]].values.tolist() == [
        ["statement", 0, "", "b:S2", "b", "", "", "", "", "wording of b:S2"],
        *(
            [
                "came from",
                1,
                "b:S2",
                "a:K1",
                "a",
                CLOSE,
                "changed kind",
                REVIEW,
                v.PROPOSED,
                "wording of a:K1",
            ],
            ["became", 1, "b:S2", NONE, "c", EXACT, v.WITHDRAWN, ACCEPT, v.DECIDED, ""],
        ),
    ]
    assert lineage[v.CONFIDENCE].fillna(-1).tolist() == [-1, 0.4, 0.9]


@pytest.mark.parametrize(
    ("asked", "summary"),
    [
        (
            "a:K21",
            "“a:K21”: no such statement; expected a code of a: K1 to K3, D1. "
            "Did you mean a:K2 or a:K1 or a:K3?",
        ),
        ("A:k2", "Did you mean a:K2?"),
        ("", "“”: no such statement; expected the id of a document (a) and a code"),
        # Two of five letters are alike, no six in ten.
        ("x:Z99", "Check the spelling."),
    ],
)
def test_a_statement_that_is_not_there(asked, summary):
    tables = tables_of("a:K1", "a:K2", "a:K3", "a:D1")
    with pytest.raises(NotFound) as refused:
        check_statement(tables, asked)
    assert summary in str(refused.value)
    with pytest.raises(NotFound):
        statement_to_lineage(tables, links_of(["a:K1 b:K1"]), asked)


@pytest.mark.parametrize(
    ("name", "n_more", "is_near"),
    [
        # 12 of 20 letters, 12 of 21; 44 of 73, 44 of 74.
        ("aaa:K1", 8, True),
        ("aaa:K1", 9, False),
        (f"{'a' * 19}:K1", 29, True),
        (f"{'a' * 19}:K1", 30, False),
    ],
)
def test_what_has_six_letters_in_ten_is_near(name, n_more, is_near):
    with pytest.raises(NotFound) as refused:
        check_statement(tables_of(name), name + "x" * n_more)
    assert (f"Did you mean {name}?" in str(refused.value)) == is_near


def test_a_statement_that_is_there_is_not_refused():
    tables = tables_of("a:K1", "a:D1")
    assert check_statement(tables, "a:K1") is None
    assert check_statement(tables, "a:D1") is None


# --- As text and as a graph ---------------------------------------------------------------------------

LONG = "w" * 78


def test_a_lineage_as_text():
    rows = [
        ("statement", 0, "b:K1", "b", "", NAN, "", "", "", "", "the wording"),
        ("came from", 1, "a:K1", "a", CLOSE, 0.456, "reworded", REVIEW, v.PROPOSED, "", LONG),
        ("came from", 2, "z:K1", "z", EXACT, 1.0, "identical", ACCEPT, v.PROPOSED, "too", "the wording"),
        ("came from", 1, "a:K2", "a", BROAD, 0.9, "merged", ACCEPT, v.DECIDED, "not", LONG + "w"),
        ("became", 1, "c:K1", "c", NARROW, NAN, "split", REVIEW, v.DECIDED_BEFORE, "only", ""),
        ("became", 1, NONE, "d", EXACT, 0.5, v.NO_COUNTERPART, REVIEW, v.PROPOSED, "", ""),
        ("became", 1, NONE, "e", EXACT, 0.5, v.WITHDRAWN, ACCEPT, v.DECIDED, "", ""),
        ("became", 1, NONE, "f", EXACT, 0.5, v.WITHDRAWN, ACCEPT, v.DECIDED_BEFORE, "", ""),
        ("became", 1, NONE, "g", EXACT, NAN, v.WITHDRAWN, ACCEPT, v.PROPOSED, "", ""),
        ("became", 1, "h:K1", "h", EXACT, 0.5, "renumbered", ACCEPT, v.COMPOSED, "", "so"),
    ]
    names = ["direction", "step", v.STATEMENT_ID, v.DOCUMENT_ID, v.PREDICATE_ID, v.CONFIDENCE]
    frame = pd.DataFrame(rows, columns=[*names, v.CHANGE, v.BAND, v.STATUS, "direct", v.TEXT])
    assert lineage_to_text(frame) == "\n".join(
        [
            "b:K1  the wording",
            "came from",
            "  a:K1  closeMatch 0.46  reworded  [waits for review]",
            f"    {LONG}",
            "      z:K1  exactMatch 1.00  identical  [directly too]",
            "  a:K2  broadMatch  merged  [decided; not directly]",
            f"    {LONG[:77]}…",
            "became",
            "  c:K1  narrowMatch  split  [decided; waits for review; "
            "directly, not by way of the documents between]",
            "  d: nothing (no counterpart found 0.50)",
            "  e: nothing (withdrawn)  decided",
            "  f: nothing (withdrawn)  decided",
            "  g: nothing (withdrawn)",
            "  h:K1  exactMatch 0.50  renumbered",
            "    so",
            "",
        ]
    )
    assert lineage_to_text(frame[:1]) == (
        "b:K1  the wording\nIt has no links: no crosswalk links it to another statement.\n"
    )


def test_a_lineage_as_a_graph():
    crosswalk = links_of(
        ["a:K1 b:K1", {v.PREDICATE_ID: CLOSE}],
        ["a:S1 b:K1", {v.PREDICATE_ID: BROAD}],
        ["b:K1 c:K2"],
        ["b:K1 d:-"],
        ["a:K9 b:K9"],
    )
    tables = ends_of(crosswalk)
    graph = lineage_to_graph(tables, crosswalk, statement_to_lineage(tables, crosswalk, "b:K1"))
    assert graph.name == "b:K1"
    assert dict(graph.nodes(data=True)) == {
        one: {
            "document_id": one[0],
            "code": one[2:],
            "statement_kind": "skill" if one[2] == "S" else "knowledge",
            "text": f"wording of {one}",
        }
        for one in ("b:K1", "a:K1", "a:S1", "c:K2")
    }
    edges = {(one, other): cells["predicate_id"] for one, other, cells in graph.edges(data=True)}
    assert edges == {("a:K1", "b:K1"): CLOSE, ("a:S1", "b:K1"): BROAD, ("b:K1", "c:K2"): EXACT}


# --- The history of codes -----------------------------------------------------------------------------


def history_of(crosswalk, tables=None):
    frame = crosswalk_to_renumbering(tables or ends_of(crosswalk), crosswalk)
    return [list(frame), *frame.values.tolist()]


def test_every_statement_of_the_newest_document_has_a_row_and_then_what_was_lost():
    crosswalk = links_of(["a:K1 b:K2"], ["a:K2 b:-"], ["a:- b:K1"], ["b:K2 c:K1"], ["b:K1 c:-"])
    assert history_of(crosswalk) == [
        ["last_seen", "text", "a", "b", "c"],
        ["c", "wording of c:K1", "K1", "K2", "K1"],
        ["b", "wording of b:K1", "", "K1", ""],
        ["a", "wording of a:K2", "K2", "", ""],
    ]


@pytest.mark.parametrize(
    ("links", "row"),
    [
        # One open link opens all that lies behind it.
        ([["a:K1 b:K1"], ["b:K1 c:K1"]], ["K1", "K1", "K1"]),
        ([["a:K1 b:K1", {v.BAND: REVIEW}], ["b:K1 c:K1"]], ["K1?", "K1", "K1"]),
        ([["a:K1 b:K1"], ["b:K1 c:K1", {v.BAND: REVIEW}]], ["K1?", "K1?", "K1"]),
        # Of two ways a settled one settles, whichever comes first.
        (
            [["a:K1 b:K1"], ["a:K1 b:K2"], ["b:K1 c:K1", {v.BAND: REVIEW}], ["b:K2 c:K1"]],
            ["K1", "K1?, K2", "K1"],
        ),
        (
            [["a:K1 b:K1"], ["a:K1 b:K2"], ["b:K1 c:K1"], ["b:K2 c:K1", {v.BAND: REVIEW}]],
            ["K1", "K1, K2?", "K1"],
        ),
        # Over the version between where that leads there; else by the leap.
        ([["a:K1 b:K1"], ["b:K1 c:K1"], ["a:K2 c:K1"]], ["K1", "K1", "K1"]),
        ([["a:K9 b:K9"], ["b:K1 c:K1"], ["a:K2 c:K1"]], ["K2", "K1", "K1"]),
        ([["a:K9 b:K9"], ["b:K1 c:K1"], ["a:K2 c:K1", {v.BAND: REVIEW}]], ["K2?", "K1", "K1"]),
        # What is only related is another statement, and a duty is none.
        ([["a:K1 b:K1", {v.PREDICATE_ID: RELATED}], ["b:K1 c:K1"]], ["", "K1", "K1"]),
        ([["a:K1 b:K1", {v.PREDICATE_ID: BROAD}], ["b:K1 c:K1"]], ["K1", "K1", "K1"]),
        ([["a:K1 b:-"], ["a:- b:K1"], ["b:K1 c:K1"]], ["", "K1", "K1"]),
        # In the order of a listing.
        ([[f"a:{one} b:K1"] for one in ("S1", "K10", "K9")] + [["b:K1 c:K1"]], ["K9, K10, S1", "K1", "K1"]),
    ],
)
def test_which_codes_a_statement_had(links, row):
    assert history_of(links_of(*links))[1][2:] == row


def test_a_leap_behind_an_open_link_is_open_and_goes_on():
    crosswalk = links_of(
        ["a:K1 b:K1"],
        ["b:K9 c:K9"],
        ["b:K1 d:K1"],
        ["c:K1 d:K1", {v.BAND: REVIEW}],
        ["b:K2 c:K1"],
        ["a:K2 c:K1"],
    )
    # c:K1 is reached by an open link; b:K2 over it, so that the settled leap from b:K1 is not taken.
    assert history_of(crosswalk)[1][2:] == ["K2?", "K2?", "K1?", "K1"]


def test_where_a_leap_leads_the_way_goes_on():
    crosswalk = links_of(["a:K1 b:K1"], ["b:K9 c:K9"], ["c:K8 d:K8"], ["b:K1 d:K1"], ["a:K3 d:K1"])
    # d:K1 leaps to b and a at once: what a leap reaches keeps no other leap from its own document.
    assert history_of(crosswalk)[1][2:] == ["K1, K3", "K1", "", "K1"]


def test_a_settled_way_stays_settled_whatever_open_leap_leads_there_too():
    crosswalk = links_of(
        ["a:K1 b:K1"], ["b:K9 c:K9"], ["c:K8 d:K8"], ["b:K1 d:K1"], ["a:K1 d:K1", {v.BAND: REVIEW}]
    )
    assert history_of(crosswalk)[1][2:] == ["K1", "K1", "", "K1"]


def test_a_duty_is_in_no_history():
    crosswalk = links_of(["a:D1 b:D1"], ["a:K1 b:D1"], ["a:D1 b:K1"], ["a:K2 b:K1"])
    assert history_of(crosswalk) == [
        ["last_seen", "text", "a", "b"],
        ["b", "wording of b:K1", "K2", "K1"],
        ["a", "wording of a:K1", "K1", ""],
    ]


def test_pairs_that_go_round_lead_to_each_statement_once():
    crosswalk = links_of(["a:K1 b:K1"], ["b:K1 a:K2"], ["b:K1 a:K1"])
    assert history_of(crosswalk) == [
        ["last_seen", "text", "a", "b"],
        ["b", "wording of b:K1", "K1", "K1"],
        ["a", "wording of a:K2", "K1, K2", "K1"],
    ]


@pytest.mark.parametrize(
    ("links", "dates", "order"),
    [
        # As the pairs tell, whatever the dates; then by date, those without one last; then by name.
        (["c:K1 b:K1"], {"c": "2024-01-01", "b": "2020-01-01"}, ["c", "b"]),
        (["b:K1 d:K1", "c:K1 d:K1"], {"c": "2020-01-01", "b": "2021-01-01"}, ["c", "b", "d"]),
        (["b:K1 d:K1", "c:K1 d:K1"], {"c": "2020-01-01"}, ["c", "b", "d"]),
        (["b:K1 d:K1", "c:K1 d:K1"], {"b": "2020-01-01"}, ["b", "c", "d"]),
        (["b:K1 d:K1", "c:K1 d:K1"], {}, ["b", "c", "d"]),
        (["d:K1 b:K1", "c:K1 b:K1"], {}, ["c", "d", "b"]),
        # Where pairs go round they stay as they are listed.
        (["d:K1 b:K1", "b:K1 d:K1"], {"d": "2020-01-01"}, ["b", "d"]),
    ],
)
def test_the_order_of_documents(links, dates, order):
    crosswalk = links_of(*([link] for link in links))
    ids = sorted({one for link in links for one in link.split()})
    assert history_of(crosswalk, tables_of(*ids, dates=dates))[0][2:] == order


def test_documents_without_dates_stand_by_name_however_they_are_listed():
    crosswalk = links_of(["b:K1 d:K1"], ["c:K1 d:K1"])
    assert history_of(crosswalk, tables_of("d:K1", "c:K1", "b:K1"))[0][2:] == ["b", "c", "d"]


def test_a_document_that_no_pair_names_stands_in_the_history_too():
    crosswalk = links_of(["a:K1 b:K1"])
    assert history_of(crosswalk, tables_of("a:K1", "b:K1", "c:K1")) == [
        ["last_seen", "text", "a", "b", "c"],
        ["c", "wording of c:K1", "", "", "K1"],
        ["b", "wording of b:K1", "K1", "K1", ""],
    ]


# --- As files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "has_graph", "refused"),
    [
        ("a.csv", False, ""),
        ("a.XLSX", False, ""),
        ("a.csv", True, ""),
        ("a.xlsx", True, ""),
        ("a.json", True, ""),
        ("a.graphml", True, ""),
        ("a.json", False, "a.json: not a format of histories; expected .csv, .xlsx; found .json."),
        ("a.txt", True, "expected .csv, .xlsx, .graphml, .json; found .txt."),
    ],
)
def test_the_formats_of_a_history(name, has_graph, refused):
    frame = pd.DataFrame({"place": [1], "last_seen": ["a"], v.TEXT: ["wording"], "step": [1], "a": ["K1?"]})
    history = History(frame, (lambda: nx.DiGraph(name="a:K1")) if has_graph else None, NO_DECISIONS)
    if not refused:
        check_history_name(Path(name), has_graph)
        assert history_to_bytes(history, Path(name))
        return
    for write in (
        lambda: check_history_name(Path(name), has_graph),
        lambda: history_to_bytes(history, Path(name)),
    ):
        with pytest.raises(UnsupportedFormat) as summary:
            write()
        assert refused in str(summary.value)


def cells_of(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    (sheet,) = book.worksheets
    return book, sheet, [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]


def test_the_history_of_codes_as_a_workbook():
    frame = pd.DataFrame(
        {"last_seen": ["b", "a"], v.TEXT: ["one", "two"], "a": ["K1?", "K2"], "b": ["K1", ""]}
    )
    book, sheet, rows = cells_of(history_to_bytes(History(frame, None, NO_DECISIONS), Path("h.xlsx")))
    assert rows == [
        ["What each statement is called in each document"],
        ["“?” behind a code: the link to it is proposed, and waits for a person."],
        [],
        ["last seen", "text", "a", "b"],
        ["b", "one", "K1?", "K1"],
        ["a", "two", "K2"],
    ]
    assert [sheet[cell].value for cell in ("A1", "A2", "A4")] == [rows[0][0], rows[1][0], "last seen"]
    assert (sheet.title, sheet.freeze_panes, sheet.page_setup.paperSize) == ("History", "A5", 8)
    assert sheet.auto_filter.ref == "A4:D6"
    assert sheet.row_dimensions[1].height == 24
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert [int(width) for width in widths] == [12, 90, 15]
    assert (book.properties.title, book.properties.creator) == (rows[0][0], "curriculum")
    assert sheet.sheet_view.showGridLines is False
    # No clock: the same bytes whenever it is written.
    assert book.properties.created == CREATED


def test_a_lineage_as_a_workbook_a_table_and_a_graph():
    crosswalk = links_of(["a:K1 b:K1", confident(0.5)], ["b:K1 c:-"])
    tables = ends_of(crosswalk)
    lineage = statement_to_lineage(tables, crosswalk, "b:K1")
    history = History(lineage, lambda: lineage_to_graph(tables, crosswalk, lineage), NO_DECISIONS)
    _, _, rows = cells_of(history_to_bytes(history, Path("h.xlsx")))
    assert rows[0] == ["Where b:K1 came from, and what became of it"]
    assert rows[3][:5] == ["direction", "step", "parent id", "statement id", "document id"]
    assert rows[4] == ["statement", "0", "b:K1", "b", "wording of b:K1"]
    assert rows[6][:4] == ["became", "1", "b:K1", "–"]
    csv = history_to_bytes(history, Path("h.CSV")).decode("utf-8").splitlines()
    assert csv[0].startswith("direction,step,parent_id,statement_id,document_id,place,predicate_id")
    assert csv[3].startswith(f"became,1,b:K1,{NONE},c")
    graph = json.loads(history_to_bytes(history, Path("h.JSON")))
    assert [node["id"] for node in graph["nodes"]] == ["b:K1", "a:K1"]


def test_a_history_is_put_together_of_what_is_read_linked_and_decided(monkeypatch, tmp_path):
    crosswalk = links_of(["a:K1 b:K1"])
    asked = {}

    def fake(name, result):
        def summary(*words, **named):
            asked[name] = (words, named)
            return result

        for module in ("curriculum.project", "curriculum.library.raw_documents"):
            if hasattr(importlib.import_module(module), name):
                monkeypatch.setattr(f"{module}.{name}", summary)

    for name, result in {
        "folder_to_documents": "documents",
        "documents_to_parsed": "parsed",
        "parsed_to_tables": ends_of(crosswalk),
        "read_valid_decisions": NO_DECISIONS,
        "folder_to_pairs": "pairs",
        "folder_to_scorers": "scorers",
        "link_pairs": crosswalk,
    }.items():
        fake(name, result)
    steps = []
    raw, decisions = tmp_path, Path("mine")
    history = Project(raw, decisions, with_decisions=False).lineage("b:K1", steps.append)
    assert steps == ["read", "link", "put together"]
    assert len(steps) == LINEAGE_STEPS
    assert history.frame[v.STATEMENT_ID].tolist() == ["b:K1", "a:K1"]
    assert list(history.graph().edges) == [("a:K1", "b:K1")]
    assert history.decisions is NO_DECISIONS
    tables = asked["read_valid_decisions"][0][1]
    assert asked["read_valid_decisions"][0] == (raw, tables, decisions, False, True)
    assert asked["link_pairs"] == ((tables, "pairs", "scorers"), {"decisions": NO_DECISIONS.decisions})
    every = Project(raw).lineage()
    assert (list(every.frame), every.decisions) == (["last_seen", "text", "a", "b"], NO_DECISIONS)
    for ask in (every.graph, every.plot):
        with pytest.raises(InvalidInput, match=r"history of all codes has no (graph|figure)"):
            ask()
    assert asked["read_valid_decisions"][0] == (raw, tables, None, True, True)
    # A name that is not there is refused before anything is linked.
    del asked["link_pairs"]
    with pytest.raises(NotFound):
        Project(raw).lineage("b:K2")
    assert "link_pairs" not in asked
