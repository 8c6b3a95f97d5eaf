"""Over several versions: crosswalks turned and composed, lineages, the history of codes, the impact."""

from __future__ import annotations

import io
import re
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum import read_crosswalk, read_tables
from curriculum.analysis.code_history import crosswalk_to_renumbering
from curriculum.analysis.graph_files import bytes_to_graph
from curriculum.analysis.history import History, history_to_bytes
from curriculum.analysis.impact import crosswalk_to_impact
from curriculum.analysis.lineage import (
    lineage_to_graph,
    lineage_to_text,
    neighbouring_pairs,
    statement_to_lineage,
)
from curriculum.cli.main import main
from curriculum.crosswalk.agreement import crosswalks_to_agreement, crosswalks_to_disagreements
from curriculum.crosswalk.composition import compose, identity, invert, relations_to_composed
from curriculum.crosswalk.stored_crosswalk import select_pair
from curriculum.decisions.valid_decisions import NO_DECISIONS
from curriculum.errors import CurriculumError, InvalidTable, NotFound
from curriculum.linking.comparison import ComparedStatement, statements_to_comparison
from curriculum.linking.relations import counts_to_cardinality
from curriculum.model import vocabulary as v
from curriculum.project import Project
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row
from curriculum.tables.typed_frames import rows_to_typed

ROOT = Path(__file__).resolve().parents[2]
NONE = v.NO_TERM_FOUND
EXACT, CLOSE, BROAD, NARROW, RELATED = v.RELATIONS
CODES = ("K1", "K2", "K3")


@pytest.fixture(scope="module")
def tables_and_crosswalk():
    """The committed tables and crosswalks: the same wherever the tests run."""
    folder = ROOT / "data" / "processed"
    return read_tables(folder), read_crosswalk(folder)


def crosswalk(old, new, *links):
    """Make a crosswalk from (old code, relation, new code, confidence, band); "" where there is none."""
    n_old = {link[2]: sum(one[2] == link[2] for one in links) for link in links}
    n_new = {link[0]: sum(one[0] == link[0] for one in links) for link in links}
    rows = []
    for one, relation, other, confidence, band in links:
        empty = {
            **name_to_empty_row(CROSSWALK),
            v.SUBJECT_SOURCE: old,
            v.OBJECT_SOURCE: new,
            v.MAPPING_JUSTIFICATION: v.LEXICAL_SIMILARITY,
            v.STATUS: v.PROPOSED,
        }
        here = ComparedStatement(f"{old}:{one}", "knowledge", f"The old wording {one}")
        there = ComparedStatement(f"{new}:{other}", "knowledge", f"The new wording {other}")
        result = statements_to_comparison(here, there, counts_to_cardinality(n_old[other], n_new[one]))
        if not one:
            result |= {v.SUBJECT_ID: NONE, v.SUBJECT_LABEL: "", v.SUBJECT_CATEGORY: ""}
            result |= {v.CHANGE: "new", v.MAPPING_CARDINALITY: "0:1"}
        if not other:
            result |= {v.OBJECT_ID: NONE, v.OBJECT_LABEL: "", v.OBJECT_CATEGORY: ""}
            result |= {v.CHANGE: v.NO_COUNTERPART, v.MAPPING_CARDINALITY: "1:0"}
        rows.append({**empty, **result, v.PREDICATE_ID: relation, v.CONFIDENCE: confidence, v.BAND: band})
    # Not held against the schema, which takes longer than the rest: what is made of it is.
    return rows_to_typed(CROSSWALK, [tuple(row.values()) for row in rows])


def cells_of(frame):
    return [
        (
            row[v.SUBJECT_ID].partition(":")[2],
            row[v.PREDICATE_ID],
            row[v.OBJECT_ID].partition(":")[2],
            row[v.CONFIDENCE],
            row[v.BAND],
            row[v.COMMENT],
        )
        for row in frame.to_dict("records")
    ]


# --- Turned round and composed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        (EXACT, EXACT, EXACT),
        (EXACT, CLOSE, CLOSE),
        (NARROW, EXACT, NARROW),
        (BROAD, BROAD, BROAD),
        (NARROW, NARROW, NARROW),
        (CLOSE, CLOSE, ""),
        (BROAD, NARROW, ""),
        (CLOSE, BROAD, ""),
        (RELATED, RELATED, ""),
    ],
)
def test_relations_compose_as_skos_allows(first, second, result):
    assert relations_to_composed(first, second) == result


def test_what_two_crosswalks_say_together():
    first = crosswalk(
        "a",
        "b",
        ("K1", EXACT, "K1", 1.0, "accept"),
        ("K2", CLOSE, "K2", 0.9, "review"),
        ("K3", BROAD, "K3", 0.8, "accept"),
        ("K4", BROAD, "K3", 0.7, "accept"),
        ("K5", EXACT, "", 0.6, "review"),
        ("", EXACT, "K4", 0.5, "review"),
    )
    second = crosswalk(
        "b",
        "c",
        ("K1", CLOSE, "K9", 0.9, "accept"),
        ("K2", CLOSE, "K8", 0.5, "accept"),
        ("K3", EXACT, "", 0.5, "review"),
        ("K4", EXACT, "K7", 1.0, "accept"),
        ("", EXACT, "K6", 0.4, "review"),
    )
    assert cells_of(compose(first, second)) == [
        ("K1", CLOSE, "K9", 0.9, "accept", "by way of b:K1"),
        # A close match of a close match need not be one.
        ("K2", RELATED, "K8", 0.45, "review", "by way of b:K2"),
        ("K3", EXACT, "NoTermFound", 0.4, "review", "by way of b:K3"),
        ("K4", EXACT, "NoTermFound", 0.35, "review", "by way of b:K3"),
        ("K5", EXACT, "NoTermFound", 0.6, "review", ""),
        ("NoTermFound", EXACT, "K7", 0.5, "review", "by way of b:K4"),
        ("NoTermFound", EXACT, "K6", 0.4, "review", ""),
    ]
    composed = compose(first, second)
    assert set(composed[v.MAPPING_JUSTIFICATION]) == {v.MAPPING_CHAINING}
    assert set(composed[v.STATUS]) == {v.COMPOSED}


def test_of_several_ways_the_settled_one_counts_then_the_likelier():
    first = crosswalk("a", "b", ("K1", NARROW, "K1", 0.9, "accept"), ("K1", NARROW, "K2", 0.99, "review"))
    second = crosswalk("b", "c", ("K1", EXACT, "K5", 0.9, "accept"), ("K2", BROAD, "K5", 0.9, "accept"))
    assert cells_of(compose(first, second)) == [("K1", NARROW, "K5", 0.81, "accept", "by way of b:K1, b:K2")]


def test_what_a_reviewer_found_is_taken_for_certain_when_composed():
    first = crosswalk("a", "b", ("K1", EXACT, "K1", float("nan"), "accept"))
    second = crosswalk("b", "c", ("K1", CLOSE, "K2", 0.9, "accept"))
    assert cells_of(compose(first, second))[0][3] == 0.9


def test_crosswalks_that_do_not_meet_are_refused(tables_and_crosswalk):
    _, every = tables_and_crosswalk
    one = select_pair(every, "draft-2019", "st0792-1.0")
    with pytest.raises(InvalidTable, match="do not meet"):
        compose(one, one)
    with pytest.raises(InvalidTable, match="not the crosswalk of one pair"):
        compose(every, one)


@st.composite
def crosswalks(draw, old="a", new="b"):
    """Give any crosswalk of a small pair in which every statement has a row."""
    linked = draw(st.sets(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), max_size=6))
    links = [
        (
            *(one, draw(st.sampled_from(v.RELATIONS)), other),
            draw(st.sampled_from([0.5, 0.7, 0.97])),
            draw(st.sampled_from(["accept", "review"])),
        )
        for one, other in sorted(linked)
    ]
    links += [(one, EXACT, "", 0.5, "review") for one in CODES if one not in {link[0] for link in links}]
    links += [("", EXACT, one, 0.5, "review") for one in CODES if one not in {link[2] for link in links}]
    return crosswalk(old, new, *links)


@settings(max_examples=20, deadline=None)
@given(frame=crosswalks())
def test_inverting_twice_is_the_identity(frame):
    turned = check_frame(CROSSWALK, invert(frame))
    pd.testing.assert_frame_equal(invert(turned), frame)
    assert set(zip(turned[v.SUBJECT_ID], turned[v.OBJECT_ID], strict=True)) == set(
        zip(frame[v.OBJECT_ID], frame[v.SUBJECT_ID], strict=True)
    )


def test_inverting_the_six_crosswalks_twice_is_the_identity(tables_and_crosswalk):
    _, every = tables_and_crosswalk
    pd.testing.assert_frame_equal(invert(invert(every)), every)
    turned = check_frame(CROSSWALK, invert(every))
    assert (turned[v.CHANGE] == "new").sum() == (every[v.CHANGE] == v.NO_COUNTERPART).sum()
    assert (turned[v.RESPONSIBILITY] == v.RAISED).sum() == (every[v.RESPONSIBILITY] == v.LOWERED).sum()


def test_composing_with_the_identity_changes_nothing(tables_and_crosswalk):
    tables, every = tables_and_crosswalk
    for old, new in (("draft-2019", "st0792-1.2"), ("nos-2017", "nos-2019")):
        pair = select_pair(every, old, new)
        pd.testing.assert_frame_equal(compose(identity(tables, old), pair), pair)
        pd.testing.assert_frame_equal(compose(pair, identity(tables, new)), pair)
    own = identity(tables, "st0792-1.2")
    assert (own[v.SUBJECT_ID] == own[v.OBJECT_ID]).all()
    assert len(own) == 56 + 12


@settings(max_examples=20, deadline=None)
@given(first=crosswalks(), second=crosswalks("b", "c"))
def test_a_composed_crosswalk_has_every_statement_and_only_links_with_a_way(first, second):
    composed = compose(first, second)
    assert set(composed[v.SUBJECT_ID]) - {NONE} == {f"a:{code}" for code in CODES}
    assert set(composed[v.OBJECT_ID]) - {NONE} == {f"c:{code}" for code in CODES}
    steps = [set(zip(one[v.SUBJECT_ID], one[v.OBJECT_ID], strict=True)) for one in (first, second)]
    ways = {
        (old, new)
        for old, middle in steps[0]
        for other, new in steps[1]
        if middle == other and NONE not in (old, middle, new)
    }
    linked = composed[(composed[[v.SUBJECT_ID, v.OBJECT_ID]] != NONE).all(axis=1)]
    assert set(zip(linked[v.SUBJECT_ID], linked[v.OBJECT_ID], strict=True)) == ways
    # Turned round, the same links come of the crosswalks turned round.
    back = compose(invert(second), invert(first))
    back_linked = back[(back[[v.SUBJECT_ID, v.OBJECT_ID]] != NONE).all(axis=1)]
    assert set(zip(back_linked[v.OBJECT_ID], back_linked[v.SUBJECT_ID], strict=True)) == ways


def test_how_far_the_composed_and_the_direct_link_agree(tables_and_crosswalk):
    _, every = tables_and_crosswalk
    pairs = [("draft-2019", "st0792-1.0"), ("st0792-1.0", "st0792-1.2"), ("draft-2019", "st0792-1.2")]
    first, second, direct = (select_pair(every, *pair) for pair in pairs)
    composed = compose(first, second)
    assert crosswalks_to_agreement(composed, direct).values.tolist() == [
        ["links", 53, 67, 0.791],
        ["old statements", 84, 96, 0.875],
        ["relations", 38, 42, 0.905],
    ]
    result = crosswalks_to_disagreements(composed, direct)
    assert result[[v.SUBJECT_ID, "composed", "direct", "via"]].values.tolist() == [
        ["draft-2019:K2", "K4", "K13, K4", "by way of st0792-1.0:K2"],
        ["draft-2019:K11", "K8", "", "by way of st0792-1.0:K11"],
        ["draft-2019:K14", "", "S15", ""],
        ["draft-2019:K19", "K15, K20", "K15, K19, K20", "by way of st0792-1.0:K17"],
        ["draft-2019:K21", "K3", "K1", "by way of st0792-1.0:K19"],
        ["draft-2019:K22", "K13", "", "by way of st0792-1.0:K20"],
        ["draft-2019:K33", "K24, K27", "K27", "by way of st0792-1.0:K30"],
        ["draft-2019:S8", "", "S16", ""],
        ["draft-2019:S15", "S15", "", "by way of st0792-1.0:S12"],
        ["draft-2019:S16", "S15", "", "by way of st0792-1.0:S12"],
        ["draft-2019:S18", "K19", "S18", "by way of st0792-1.0:S14"],
        ["draft-2019:B2", "S8", "", "by way of st0792-1.0:B2"],
    ]
    assert crosswalks_to_agreement(direct, direct)["share"].tolist() == [1.0, 1.0, 1.0]
    assert crosswalks_to_disagreements(direct, direct).empty


# --- Lineages -----------------------------------------------------------------------------------------


def test_pairs_that_others_replace_are_no_neighbours():
    assert neighbouring_pairs([("a", "c"), ("a", "b"), ("b", "c")]) == [("a", "b"), ("b", "c")]
    assert neighbouring_pairs([("a", "b"), ("b", "a")]) == [("a", "b"), ("b", "a")]


def test_the_lineage_of_a_merge_goes_back_to_every_part(tables_and_crosswalk):
    lineage = statement_to_lineage(*tables_and_crosswalk, "st0792-1.2:K20")
    assert lineage[["direction", "step", v.STATEMENT_ID, "direct"]].values.tolist() == [
        ["statement", 0, "st0792-1.2:K20", ""],
        ["came from", 1, "st0792-1.0:K17", ""],
        ["came from", 2, "draft-2019:K19", "too"],
        ["came from", 1, "st0792-1.0:K18", ""],
        ["came from", 2, "draft-2019:K20", "too"],
        ["came from", 1, "st0792-1.0:K16", ""],
        ["came from", 2, "draft-2019:K18", "too"],
        ["came from", 1, NONE, ""],
        ["came from", 1, "nos-2017:K6", "only"],
    ]
    graph = lineage_to_graph(*tables_and_crosswalk, lineage)
    assert set(graph.edges) >= {
        ("draft-2019:K19", "st0792-1.0:K17"),
        ("st0792-1.0:K17", "st0792-1.2:K20"),
    }
    assert nx.is_directed_acyclic_graph(graph)
    assert {"predicate_id", "confidence", "change", "status"} <= set(next(iter(graph.edges(data=True)))[2])


def test_a_lineage_leads_forwards_and_tells_what_only_the_direct_link_knows(tables_and_crosswalk):
    lineage = statement_to_lineage(*tables_and_crosswalk, "draft-2019:K14")
    assert lineage_to_text(lineage).splitlines() == [
        "draft-2019:K14  The relevant health and safety legislation and company policies to ensure a safe "
        "working environment for themselves, colleagues and customers",
        "became",
        "  st0792-1.0: nothing (no counterpart found 0.64)",
        "  st0792-1.2:S15  broadMatch 0.36  reworded; renumbered; merged; changed kind  [waits for review; "
        "directly, not by way of the documents between]",
        "    Operate within legislation, regulations, organisational policies, industry st…",
    ]


def test_duties_have_lineages_of_their_own(tables_and_crosswalk):
    lineage = statement_to_lineage(*tables_and_crosswalk, "st0792-1.2:D7")
    assert lineage[v.STATEMENT_ID].tolist() == ["st0792-1.2:D7", "draft-2019:D8"]


def test_every_statement_has_a_lineage_and_every_step_a_link(tables_and_crosswalk):
    tables, every = tables_and_crosswalk
    links = set(zip(every[v.SUBJECT_ID], every[v.OBJECT_ID], strict=True))
    for statement in tables.statements[v.STATEMENT_ID].iloc[::13]:
        lineage = statement_to_lineage(tables, every, statement)
        for row in lineage.iloc[1:].to_dict("records"):
            link = (row["parent_id"], row[v.STATEMENT_ID])
            assert (link if row["direction"] == "became" else link[::-1]) in links


def test_a_statement_that_is_not_there_is_named_with_those_near_it(tables_and_crosswalk):
    with pytest.raises(NotFound, match=r"Did you mean st0792-1\.2:K9"):
        statement_to_lineage(*tables_and_crosswalk, "st0792-1.2:K99")
    with pytest.raises(CurriculumError, match="Check the spelling"):
        statement_to_lineage(*tables_and_crosswalk, "xyz")


def test_the_history_of_codes_has_every_statement_once_as_last_seen(tables_and_crosswalk):
    tables, every = tables_and_crosswalk
    result = crosswalk_to_renumbering(tables, every)
    documents = ["nos-2017", "nos-2019", "draft-2019", "st0792-1.0", "st0792-1.2"]
    assert list(result) == ["last_seen", "text", *documents]
    shown = {
        f"{document}:{code.rstrip('?')}"
        for document in documents
        for cell in result[document]
        for code in filter(None, cell.split(", "))
    }
    assert shown == set(tables.statements[v.STATEMENT_ID])
    newest = result[result["last_seen"] == "st0792-1.2"]
    assert newest["st0792-1.2"].tolist() == [f"K{n}" for n in range(1, 30)] + [
        f"S{n}" for n in range(1, 24)
    ] + [f"B{n}" for n in range(1, 5)]
    k20 = newest.set_index("st0792-1.2").loc["K20"]
    assert k20[documents[:4]].tolist() == ["K6?", "", "K18?, K19?, K20?", "K16?, K17?, K18?"]
    k4 = newest.set_index("st0792-1.2").loc["K4"]
    assert (k4["draft-2019"], k4["st0792-1.0"]) == ("K2", "K2")


# --- Impact ---------------------------------------------------------------------------------------------


def test_the_impact_of_a_version_counted_by_hand(tables_and_crosswalk):
    tables, every = tables_and_crosswalk
    pair = select_pair(every, "st0792-1.0", "st0792-1.2")
    impact = crosswalk_to_impact(tables, pair)
    groups = impact.groups.set_index(["group", "code"])
    # D11 names K24 K25 K27 K28 K29 S21 S22 (line 237): one new, three merged or split, three reworded.
    own = groups.loc[("duty", "D11")]
    assert own[["n_ksbs", "n_same", "n_reworded", "n_joined", "n_new", "n_waiting", "new"]].tolist() == [
        *(7, 0, 3, 3, 1, 4),
        "S22",
    ]
    options = impact.groups[impact.groups["group"] == "option"]
    assert options[["name", "n_ksbs", "n_new"]].values.tolist() == [
        ["core", 37, 5],
        ["Production coordinator", 10, 2],
        ["Post production coordinator", 9, 1],
    ]
    counted = impact.groups["n_same"] + impact.groups["n_reworded"] + impact.groups["n_joined"]
    assert (counted + impact.groups["n_new"] == impact.groups["n_ksbs"]).all()
    assert len(impact.to_teach) == (pair[v.CHANGE] == "new").sum() == 8
    assert len(impact.without_counterpart) == (pair[v.CHANGE] == v.NO_COUNTERPART).sum() == 34
    k16 = impact.to_teach.set_index("code").loc["K16"]
    assert k16[["duties", "themes", "methods"]].tolist() == ["D5, D8", "T5", "M1"]
    assert impact.responsibility[["old_code", "new_code", "responsibility_words"]].values.tolist()[0] == [
        *("S8", "S6"),
        "manage -> coordinate",
    ]
    counts = ["n_ksbs", "n_new", "n_descriptors", "n_descriptors_new"]
    assert impact.assessment[counts].values.tolist() == [[27, 5, 13, 5], [29, 3, 14, 3], [56, 8, 27, 8]]
    assert impact.assessment["method"].tolist()[::2] == ["Presentation and questions", "all methods"]


def test_a_version_without_an_assessment_plan_has_an_impact_too(tables_and_crosswalk):
    tables, every = tables_and_crosswalk
    impact = crosswalk_to_impact(tables, select_pair(every, "draft-2019", "st0792-1.0"))
    assert impact.assessment.empty
    assert set(impact.groups["group"]) == {"kind"}


# --- Commands and pages ---------------------------------------------------------------------------------


def test_the_columns_are_documented(tables_and_crosswalk):
    tables, every = tables_and_crosswalk
    text = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
    documented = {
        part.splitlines()[0].strip("` "): re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)
        for part in text.split("\n## ")[1:]
    }
    pair = select_pair(every, "draft-2019", "st0792-1.2")
    given_columns = {
        "statement_to_lineage": statement_to_lineage(tables, every, "st0792-1.2:K9"),
        "crosswalk_to_renumbering": crosswalk_to_renumbering(tables, every).iloc[:, :2],
        "crosswalk_to_impact": crosswalk_to_impact(tables, pair).groups,
        "crosswalks_to_agreement": crosswalks_to_agreement(pair, pair),
        "crosswalks_to_disagreements": crosswalks_to_disagreements(pair, pair),
    }
    for name, frame in given_columns.items():
        assert list(frame) == documented[name], name


@pytest.mark.usefixtures("project")
def test_the_command_shows_a_lineage_and_writes_it(capsys):
    assert main(["lineage", "st0792-1.2:K20", "-o", "k20.graphml"]) == 0
    result = capsys.readouterr()
    assert result.out == ""
    assert result.err.startswith("st0792-1.2:K20  The processes required")
    graph = bytes_to_graph(Path("k20.graphml").read_bytes(), Path("k20.graphml"))
    assert ("st0792-1.0:K16", "st0792-1.2:K20") in graph.edges


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("words", "result"),
    [
        (("st0792-1.2:K200",), "no such statement"),
        (("st0792-1.2:K20", "-o", "k20.doc"), "expected .csv, .xlsx, .graphml, .json; found .doc"),
        (("-o", "history.graphml"), "expected .csv, .xlsx; found .graphml"),
    ],
)
def test_what_has_no_lineage_is_refused_in_a_line(words, result, capsys):
    assert main(["lineage", *words]) == 2
    err = capsys.readouterr().err
    assert result in err
    assert len(err.splitlines()) == 1


def test_the_history_of_all_codes_is_written_to_be_pinned_up(tables_and_crosswalk):
    from openpyxl import load_workbook

    history = History(crosswalk_to_renumbering(*tables_and_crosswalk), None, NO_DECISIONS)
    data = history_to_bytes(history, Path("history.xlsx"))
    sheet = load_workbook(io.BytesIO(data))["History"]
    headers = [cell.value for cell in sheet[4]]
    assert headers[:3] == ["last seen", "text", "nos-2017"]
    assert sheet.page_setup.paperSize == 8
    assert history_to_bytes(history, Path("history.xlsx")) == data
    csv = history_to_bytes(history, Path("history.csv")).decode("utf-8")
    assert csv.startswith("last_seen,text,nos-2017,nos-2019,draft-2019,st0792-1.0,st0792-1.2")


def test_a_review_says_what_comes_of_it_by_way_of_a_version_between(raw):
    reviewed = Project(raw, with_decisions=False).review("draft-2019", "st0792-1.2", via="st0792-1.0")
    rows = {(row.old_code, row.new_code): row for row in reviewed.rows}
    statements = [row for link, row in rows.items() if not any(code.startswith("D") for code in link)]
    assert all("By way of st0792-1.0" in row.evidence for row in statements)
    # Version 1.0 prints no duties: nothing is said of them.
    duties = [row for link, row in rows.items() if any(code.startswith("D") for code in link)]
    assert duties
    assert not any("By way of" in row.evidence for row in duties)
    otherwise = {row.old_code for row in statements if row.old_code and "the same" not in row.evidence}
    result = {name.partition(":")[2] for name in reviewed.disagreements[v.SUBJECT_ID]}
    assert result
    assert otherwise <= result
    with pytest.raises(CurriculumError, match="both documents have the id draft-2019"):
        Project(raw).review("draft-2019", "st0792-1.2", via="draft-2019")
