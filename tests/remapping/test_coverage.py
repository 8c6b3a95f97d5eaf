"""How much evidence for an old version covers of a new one, and the page that shows it."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model import vocabulary as v
from curriculum.remapping.coverage_page import CoveragePage, coverage_to_page
from curriculum.remapping.coverage_sentences import coverage_to_sentences
from curriculum.remapping.evidence_coverage import (
    BEFORE_COLUMNS,
    COVERAGE_COLUMNS,
    GROUP_COLUMNS,
    LEARNER_COLUMNS,
    LOST_COLUMNS,
    STATES,
    coverage,
    coverage_to_groups,
    evidence_to_before,
    evidence_to_learners,
    evidence_to_lost,
)
from curriculum.tables.frame_rows import tables_to_rows
from curriculum.tables.plain_rows import TableRows

EXACT, CLOSE, BROAD, NARROW, RELATED = v.RELATIONS
NONE = v.NO_TERM_FOUND
STATEMENT = [v.STATEMENT_ID, v.DOCUMENT_ID, v.KIND, v.CODE, v.OPTION, v.TEXT]
COLUMNS = {
    "documents": [v.DOCUMENT_ID],
    "statements": STATEMENT,
    "duties": [v.DUTY_ID, v.CODE, v.OPTION, v.TEXT],
    "duty_ksbs": [v.DUTY_ID, v.STATEMENT_ID],
    "themes": [v.THEME_ID, v.CODE, v.NAME, v.OPTION],
    "theme_ksbs": [v.THEME_ID, v.STATEMENT_ID],
    "methods": [v.METHOD_ID, v.CODE, v.NAME],
    "statement_methods": [v.STATEMENT_ID, v.METHOD_ID, v.OPTION],
    "descriptors": [v.DESCRIPTOR_ID, v.THEME_ID, v.GRADE, v.TEXT],
    "descriptor_ksbs": [v.DESCRIPTOR_ID, v.STATEMENT_ID],
}


def named(rows, columns):
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


def values_of(rows, *names):
    """Give the values of some columns, or of all."""
    return [[row[name] for name in names or row] for row in rows]


def tables_of(**rows):
    return TableRows(**{name: named(rows_of_table, COLUMNS[name]) for name, rows_of_table in rows.items()})


def statement(statement_id, option="", text=""):
    document_id, _, code = statement_id.partition(":")
    kind = v.KIND_OF_LETTERS[code[0]]
    return (statement_id, document_id, kind, code, option, text or f"wording of {statement_id}")


OLD = [statement(f"a:{code}") for code in ("K1", "K2", "K9", "K10", "S1")]
NEW = [
    statement("b:K1", "core"),
    statement("b:K2", "Farriery"),
    statement("b:K3", "Saddlery; Farriery"),
    statement("b:S1", ""),
    statement("b:S2", "Saddlery"),
]
BOTH = tables_of(
    statements=[*OLD, *NEW],
    duties=[
        ("b:D1", "D1", "core", "run a forge"),
        ("b:D2", "D2", "Saddlery", "cut leather"),
        ("b:D3", "D3", "core", "names no KSB"),
    ],
    duty_ksbs=[("b:D1", "b:K1"), ("b:D1", "b:S2"), ("b:D1", "b:K2"), ("b:D2", "b:S2")],
    themes=[("b:T1", "T1", "Hoofs", "core"), ("b:T2", "T2", "Leather", "Saddlery")],
    theme_ksbs=[("b:T1", "b:K1"), ("b:T2", "b:S2")],
    methods=[("b:M1", "M1", "Practical"), ("b:M2", "M2", "Discussion")],
    statement_methods=[
        ("b:K1", "b:M1", "core"),
        ("b:K3", "b:M1", "Saddlery"),
        ("b:K3", "b:M1", "Farriery"),
        ("b:K3", "b:M2", "Saddlery"),
    ],
    descriptors=[
        ("b:T1.P1", "b:T1", "pass", "Shoes a horse"),
        ("b:T1.D1", "b:T1", "distinction", "Shoes it well"),
        ("b:T2.P1", "b:T2", "pass", "Cuts leather"),
    ],
    descriptor_ksbs=[("b:T1.P1", "b:K1"), ("b:T1.D1", "b:K1"), ("b:T2.P1", "b:S2")],
)


def evidence_of(*rows):
    """Rows of an old code and its cells, or of a learner too."""
    full = [row if len(row) == 3 else ("", *row) for row in rows]
    rows = [(learner, f"a:{code}", cells) for learner, code, cells in full]
    return named(rows, ["learner", "subject_id", "n_cells"])


def links_of(*rows):
    """Rows of an old code, a relation and a new code; a star on the relation for a mere proposal."""
    return named(
        [
            (
                old if old == NONE else f"a:{old}",
                relation.rstrip("*"),
                new if new == NONE else f"b:{new}",
                not relation.endswith("*"),
            )
            for old, relation, new in rows
        ],
        ["subject_id", "predicate_id", "object_id", "is_settled"],
    )


def of_k1(codes, *links):
    covered = coverage(evidence_of(*((code, 2) for code in codes)), links_of(*links), BOTH, "b")
    [of_code] = [row for row in covered if row["code"] == "K1"]
    return list(of_code.values())[5:]


@pytest.mark.parametrize(
    ("codes", "links", "expected"),
    [
        # One link.
        (["K9"], [("K9", EXACT, "K1")], ["covered", "covered", "K9", "", "", 2]),
        (["K9"], [("K9", CLOSE, "K1")], ["covered", "covered", "K9", "", "", 2]),
        (["K9"], [("K9", NARROW, "K1")], ["covered", "covered", "K9", "", "", 2]),
        (["K9"], [("K9", BROAD, "K1")], ["in part", "in part", "K9", "", "", 2]),
        (["K9"], [("K9", RELATED, "K1")], ["not covered", "not covered", "", "", "", 0]),
        ([], [("K9", EXACT, "K1")], ["not covered", "not covered", "", "", "", 0]),
        (["K9"], [], ["not covered", "not covered", "", "", "", 0]),
        # Proposals count only if they are right; codes are in the order of the tables.
        (["K9"], [("K9", EXACT + "*", "K1")], ["not covered", "covered", "", "", "K9", 0]),
        (["K9"], [("K9", RELATED + "*", "K1")], ["not covered", "not covered", "", "", "", 0]),
        (
            ["K10", "K9"],
            [("K10", BROAD, "K1"), ("K9", BROAD + "*", "K1")],
            ["in part", "covered", "K10", "", "K9", 2],
        ),
        # Merges.
        (
            ["S1", "K9", "K10"],
            [("S1", BROAD, "K1"), ("K10", BROAD, "K1"), ("K9", BROAD, "K1")],
            ["covered", "covered", "K9, K10, S1", "", "", 6],
        ),
        (
            ["K9"],
            [("K9", BROAD, "K1"), ("K10", BROAD, "K1"), ("K2", BROAD, "K1")],
            ["in part", "in part", "K9", "K2, K10", "", 2],
        ),
        ([], [("K9", BROAD, "K1"), ("K2", CLOSE, "K1")], ["not covered", "not covered", "", "K2, K9", "", 0]),
        (["K9"], [("K9", CLOSE, "K1"), ("K2", CLOSE, "K1")], ["in part", "in part", "K9", "K2", "", 2]),
        (
            ["K9", "K2"],
            [("K9", CLOSE, "K1"), ("K2", CLOSE, "K1")],
            ["covered", "covered", "K2, K9", "", "", 4],
        ),
        (
            ["K9", "K2"],
            [("K9", CLOSE, "K1"), ("K2", BROAD, "K1")],
            ["covered", "covered", "K2, K9", "", "", 4],
        ),
        (["K9"], [("K9", CLOSE, "K1"), ("K2", BROAD, "K1")], ["in part", "in part", "K9", "K2", "", 2]),
        # What says the same, or was split off, is enough even in a merge.
        (["K9"], [("K9", EXACT, "K1"), ("K2", BROAD, "K1")], ["covered", "covered", "K9", "K2", "", 2]),
        (["K9"], [("K9", NARROW, "K1"), ("K2", CLOSE, "K1")], ["covered", "covered", "K9", "K2", "", 2]),
        (["K2"], [("K9", EXACT, "K1"), ("K2", CLOSE, "K1")], ["in part", "in part", "K2", "K9", "", 2]),
        # What is only related is no part of a merge.
        (["K9"], [("K9", CLOSE, "K1"), ("K2", RELATED, "K1")], ["covered", "covered", "K9", "", "", 2]),
        # A proposal that makes a merge of it, with a part that has no evidence, makes it worse.
        (["K9"], [("K9", CLOSE, "K1"), ("K2", BROAD + "*", "K1")], ["covered", "in part", "K9", "K2", "", 2]),
        # A row that is there twice is one part, and the link that shows most counts.
        (["K9"], [("K9", BROAD, "K1"), ("K9", BROAD, "K1")], ["in part", "in part", "K9", "", "", 2]),
        (["K9"], [("K9", BROAD, "K1"), ("K9", CLOSE, "K1")], ["covered", "covered", "K9", "", "", 2]),
        (["K9"], [("K9", BROAD, "K1"), ("K9", EXACT + "*", "K1")], ["in part", "covered", "K9", "", "", 2]),
        (
            ["K9"],
            [("K9", RELATED, "K1"), ("K9", EXACT + "*", "K1")],
            ["not covered", "covered", "", "", "K9", 0],
        ),
        # An old code that the tables lack counts by its links, and is last.
        (
            ["K9", "K0"],
            [("K0", BROAD, "K1"), ("K9", BROAD, "K1")],
            ["covered", "covered", "K9, K0", "", "", 4],
        ),
        # Links to no statement of the new document, and rows without a counterpart, give nothing.
        (["K9"], [("K9", EXACT, "K77"), ("K9", EXACT, NONE)], ["not covered", "not covered", "", "", "", 0]),
        (["K9"], [(NONE, EXACT, "K1")], ["not covered", "not covered", "", "", "", 0]),
    ],
)
def test_rules(codes, links, expected):
    assert of_k1(codes, *links) == expected


def test_a_split_covers_each_part_and_learners_are_put_together():
    evidence = evidence_of(("Ada", "K9", 3), ("Ben", "K9", 4), ("Ben", "K2", 1))
    covered = coverage(evidence, links_of(("K9", NARROW, "K1"), ("K9", NARROW, "S1")), BOTH, "b")
    assert [list(row) for row in covered] == [list(COVERAGE_COLUMNS)] * 5
    names = [name for name in COVERAGE_COLUMNS if name != "text"]
    assert values_of(covered, *names) == [
        ["b:K1", "K1", "knowledge", "core", "covered", "covered", "K9", "", "", 7],
        ["b:K2", "K2", "knowledge", "Farriery", "not covered", "not covered", "", "", "", 0],
        ["b:K3", "K3", "knowledge", "Saddlery; Farriery", "not covered", "not covered", "", "", "", 0],
        ["b:S1", "S1", "skill", "", "covered", "covered", "K9", "", "", 7],
        ["b:S2", "S2", "skill", "Saddlery", "not covered", "not covered", "", "", "", 0],
    ]


@pytest.mark.parametrize(
    ("option", "codes"),
    [
        ("", ["K1", "K2", "K3", "S1", "S2"]),
        ("farriery", ["K1", "K2", "K3", "S1"]),
        ("SADDLERY", ["K1", "K3", "S1", "S2"]),
        ("core", ["K1", "S1"]),
    ],
)
def test_an_option_leaves_out_the_statements_of_others(option, codes):
    covered = coverage(evidence_of(), links_of(), BOTH, "b", option)
    assert [row["code"] for row in covered] == codes
    assert [row["code"] for row in evidence_to_before(evidence_of(), BOTH, "b", option)] == codes


def test_nothing_in_gives_no_rows_out():
    none = tables_of(documents=[["a"], ["b"]])
    covered = coverage(evidence_of(), links_of(), none, "b")
    groups, lost = (
        coverage_to_groups(covered, none, "b"),
        evidence_to_lost(evidence_of(), links_of(), none, "a"),
    )
    assert (covered, groups, lost) == ((), (), ())
    assert evidence_to_learners(evidence_of(), links_of(), none, "b") == ()
    assert coverage_to_sentences(covered, groups, lost) == ()
    assert b"<h2>Before and now</h2>\n<p>None.</p>" in coverage_to_page(
        CoveragePage("x", (), groups, groups, covered, lost)
    )


def test_before():
    evidence = evidence_of(("Ada", "K9", 2), ("Ben", "K9", 3), ("S1", 1), ("K77", 5))
    before = evidence_to_before(evidence, BOTH, "a")
    assert {tuple(row) for row in before} == {BEFORE_COLUMNS}
    assert values_of(before, "code", "state", "n_cells") == [
        ["K1", "not covered", 0],
        ["K2", "not covered", 0],
        ["K9", "covered", 5],
        ["K10", "not covered", 0],
        ["S1", "covered", 1],
    ]


STATED = named(
    [
        ("b:K1", "covered"),
        ("b:K2", "not covered"),
        ("b:K3", "in part"),
        ("b:S1", "not covered"),
        ("b:S2", "not covered"),
    ],
    ["statement_id", "state"],
)


def test_groups():
    groups = coverage_to_groups(STATED, BOTH, "b")
    assert {tuple(row) for row in groups} == {GROUP_COLUMNS}
    assert values_of(groups) == [
        ["duty", "D1", "run a forge", "core", 3, 1, 0, 2, "some covered", "K2, S2"],
        ["duty", "D2", "cut leather", "Saddlery", 1, 0, 0, 1, "none covered", "S2"],
        ["theme", "T1", "Hoofs", "core", 1, 1, 0, 0, "all covered", ""],
        ["theme", "T2", "Leather", "Saddlery", 1, 0, 0, 1, "none covered", "S2"],
        ["method", "M1", "Practical", "", 2, 1, 1, 0, "some covered", "K3"],
        ["method", "M2", "Discussion", "", 1, 0, 1, 0, "some covered", "K3"],
        ["pass descriptor", "T1.P1", "Shoes a horse", "core", 1, 1, 0, 0, "all covered", ""],
        ["pass descriptor", "T2.P1", "Cuts leather", "Saddlery", 1, 0, 0, 1, "none covered", "S2"],
        ["distinction descriptor", "T1.D1", "Shoes it well", "core", 1, 1, 0, 0, "all covered", ""],
        ["core", "", "Core", "core", 1, 1, 0, 0, "all covered", ""],
        ["option", "", "Saddlery", "Saddlery", 2, 0, 1, 1, "some covered", "K3, S2"],
        ["option", "", "Farriery", "Farriery", 2, 0, 1, 1, "some covered", "K2, K3"],
        ["kind", "", "knowledge", "", 3, 1, 1, 1, "some covered", "K2, K3"],
        ["kind", "", "skill", "", 2, 0, 0, 2, "none covered", "S1, S2"],
    ]


def test_groups_of_another_option_and_its_ksbs_are_left_out():
    groups = coverage_to_groups(STATED, BOTH, "b", "farriery")
    assert values_of(groups, "group", "code", "name", "n_ksbs", "lacking") == [
        ["duty", "D1", "run a forge", 2, "K2"],
        ["theme", "T1", "Hoofs", 1, ""],
        ["method", "M1", "Practical", 2, "K3"],
        ["pass descriptor", "T1.P1", "Shoes a horse", 1, ""],
        ["distinction descriptor", "T1.D1", "Shoes it well", 1, ""],
        ["core", "", "Core", 1, ""],
        ["option", "", "Farriery", 2, "K2, K3"],
        ["kind", "", "knowledge", 3, "K2, K3"],
        ["kind", "", "skill", 1, "S1"],
    ]


def test_what_is_in_part_alone_is_some():
    only = [row for row in STATED if row["state"] == "in part"]
    groups = coverage_to_groups(only, BOTH, "b")
    assert values_of(groups, "group", "name", "state") == [
        ["method", "Practical", "some covered"],
        ["method", "Discussion", "some covered"],
        ["option", "Saddlery", "some covered"],
        ["option", "Farriery", "some covered"],
        ["kind", "knowledge", "some covered"],
    ]


def test_the_groups_of_1_2(tables):
    rows = tables_to_rows(tables)
    groups = coverage_to_groups(evidence_to_before(evidence_of(), rows, "st0792-1.2"), rows, "st0792-1.2")
    assert Counter(row["group"] for row in groups) == {
        "duty": 12,
        "theme": 17,
        "method": 2,
        "pass descriptor": 21,
        "distinction descriptor": 6,
        "core": 1,
        "option": 2,
        "kind": 3,
    }
    assert {row["state"] for row in groups} == {"none covered"}


@pytest.mark.parametrize(
    ("links", "why"),
    [
        ([("K9", EXACT, NONE)], "withdrawn"),
        ([("K9", EXACT + "*", NONE)], "waiting"),
        ([("K9", CLOSE + "*", "K1")], "waiting"),
        ([("K9", RELATED, "K1")], "related only"),
        ([("K9", RELATED + "*", "K1")], "waiting"),
        ([("K9", RELATED, "K1"), ("K9", CLOSE + "*", "K2")], "waiting"),
        ([("K9", CLOSE + "*", "K2"), ("K9", EXACT, NONE)], "waiting"),
        ([("K9", RELATED, "K1"), ("K9", EXACT, NONE)], "related only"),
        ([("K9", EXACT, "K77")], "waiting"),
        ([], "waiting"),
        ([("K9", BROAD, "K1")], None),
        ([("K9", NARROW, "K1"), ("K9", CLOSE + "*", "K2")], None),
    ],
)
def test_why_evidence_counts_for_nothing(links, why):
    lost = evidence_to_lost(evidence_of(("Ada", "K9", 2), ("Ben", "K9", 1)), links_of(*links), BOTH, "a")
    expected = [["a:K9", "K9", "wording of a:K9", 3, why]] if why else []
    assert lost == named(expected, LOST_COLUMNS)


def test_lost_codes_are_in_the_order_of_the_tables_and_unknown_codes_last():
    lost = evidence_to_lost(evidence_of(("K0", 1), ("S1", 1), ("K10", 1), ("K9", 1)), links_of(), BOTH, "a")
    assert values_of(lost, "code", "text") == [
        ["K9", "wording of a:K9"],
        ["K10", "wording of a:K10"],
        ["S1", "wording of a:S1"],
        ["K0", ""],
    ]
    assert evidence_to_lost(evidence_of(("K9", 1)), links_of(), BOTH, "b") == ()


def test_the_evidence_of_each_learner_is_counted_apart():
    links = links_of(("K9", BROAD, "K1"), ("K10", BROAD, "K1"), ("S1", EXACT + "*", "S1"))
    evidence = evidence_of(("Zoe", "K9", 1), ("Ada", "K9", 2), ("Zoe", "K10", 1), ("Ada", "S1", 1))
    learners = [("Zoe", 1, 0, 4, 1, "K2, K3, S1, S2"), ("Ada", 0, 1, 4, 1, "K1, K2, K3, S1, S2")]
    assert evidence_to_learners(evidence, links, BOTH, "b") == named(learners, LEARNER_COLUMNS)
    by_learner = evidence_to_learners(evidence, links, BOTH, "b", "Farriery")
    assert [row["n_not_covered"] for row in by_learner] == [3, 3]


def test_each_further_learner_takes_as_many_steps_as_the_one_before():
    links = links_of(("K9", CLOSE, "K1"), ("K10", CLOSE, "K2"))

    def steps_of(n):
        evidence = evidence_of(*((f"L{number}", "K9", 1) for number in range(n)))
        steps = 0

        def count(*_):
            nonlocal steps
            steps += 1

        profiler = sys.getprofile()
        sys.setprofile(count)
        by_learner = evidence_to_learners(evidence, links, BOTH, "b")
        sys.setprofile(profiler)
        assert [row["n_covered"] for row in by_learner] == [1] * n
        return steps

    once, twice, thrice = map(steps_of, (100, 200, 300))
    assert abs((thrice - twice) - (twice - once)) < 0.1 * (twice - once)


# Sentences.


def sentences_of(states, later=None, groups=(), lost=()):
    ids = [f"b:K{n}" for n in range(len(states))]
    covered = zip(ids, states, later or states, strict=True)
    return coverage_to_sentences(
        named(covered, ["statement_id", "state", "state_if_right"]),
        named(groups, ["group", "state"]),
        named(lost, ["code", "why"]),
    )


@pytest.mark.parametrize(
    ("states", "later", "sentence"),
    [
        (["covered"], None, "1 of 1 statement of b is covered."),
        (["covered"] * 3, None, "3 of 3 statements of b are covered."),
        (["not covered"] * 2, None, "0 of 2 statements of b are covered, 2 not."),
        (["covered", "in part"], None, "1 of 2 statements of b is covered, 1 in part."),
        (
            ["covered", "covered", "in part", "not covered"],
            ["covered"] * 4,
            "2 of 4 statements of b are covered, 1 in part, 1 not; "
            "4 would be covered if every proposal were right.",
        ),
        (
            ["covered", "covered"],
            ["covered", "in part"],
            "2 of 2 statements of b are covered.",
        ),
    ],
)
def test_the_sentence_on_statements(states, later, sentence):
    assert sentences_of(states, later) == (sentence,)


def test_the_sentences_on_groups():
    groups = [
        *[("duty", "all covered")] * 2,
        ("theme", "some covered"),
        ("pass descriptor", "all covered"),
        *[("pass descriptor", "none covered")] * 2,
        *[("distinction descriptor", "none covered")] * 1,
        ("option", "all covered"),
        ("kind", "all covered"),
    ]
    assert sentences_of([], groups=groups) == (
        "2 of 2 duties have evidence for all their KSBs.",
        "0 of 1 theme have evidence for all their KSBs.",
        "1 of 3 pass descriptors has evidence for all its KSBs; 2 have none.",
        "0 of 1 distinction descriptor have evidence for all their KSBs; 1 has none.",
    )


def test_lost_evidence_is_listed_and_long_lists_are_cut():
    lost = [*((f"K{n}", "waiting") for n in range(1, 15)), ("S1", "withdrawn"), ("S2", "withdrawn")]
    assert sentences_of([], lost=[*lost, ("B1", "related only")]) == (
        "Evidence for 14 old codes does not count until a decision is made about them: "
        "K1, K2, K3, K4, K5, K6, K7, K8, K9, K10, K11, K12 and 2 more.",
        "Evidence for 1 old code does not count while it is only related to statements of the new "
        "version: B1.",
        "Evidence for 2 old codes does not count as they are withdrawn: S1, S2.",
    )
    assert sentences_of([], lost=[("K1", "waiting")]) == (
        "Evidence for 1 old code does not count until a decision is made about it: K1.",
    )


# Properties.

OLD_CODES = ["K1", "K2", "K9", "K10"]
LINKS = st.lists(
    st.tuples(
        st.sampled_from(OLD_CODES),
        st.sampled_from([*v.RELATIONS, *(f"{relation}*" for relation in v.RELATIONS)]),
        st.sampled_from(["K1", "K2"]),
    ),
    max_size=6,
)
HELD = st.sets(st.sampled_from(OLD_CODES))


def ranks(covered, column):
    return [STATES.index(row[column]) for row in covered]


@settings(max_examples=60, deadline=None)
@given(LINKS, HELD, HELD)
def test_more_evidence_never_makes_a_state_worse(links, codes, more):
    some, all_of_it = (
        coverage(evidence_of(*((code, 1) for code in sorted(codes))), links_of(*links), BOTH, "b")
        for tagged in (codes, codes | more)
    )
    for column in ("state", "state_if_right"):
        pairs = zip(ranks(some, column), ranks(all_of_it, column), strict=True)
        assert all(better <= worse for worse, better in pairs)


@settings(max_examples=60, deadline=None)
@given(LINKS, HELD)
def test_proposals_make_worse_only_what_they_add_a_part_without_evidence_to(links, codes):
    covered = coverage(evidence_of(*((code, 1) for code in sorted(codes))), links_of(*links), BOTH, "b")
    for row in covered:
        if STATES.index(row["state_if_right"]) > STATES.index(row["state"]):
            links_of_code = [
                (old, relation)
                for old, relation, new in links
                if new == row["code"] and not relation.startswith(RELATED)
            ]
            settled = {old for old, relation in links_of_code if not relation.endswith("*")}
            assert {old for old, _ in links_of_code} - settled - codes
            assert (row["state"], row["state_if_right"]) == ("covered", "in part")
            assert row["lacking"]


@settings(max_examples=40, deadline=None)
@given(LINKS, HELD)
def test_one_learner_covers_the_same_as_coverage(links, codes):
    evidence = evidence_of(*((code, 1) for code in sorted(codes)))
    covered = coverage(evidence, links_of(*links), BOTH, "b")
    by_learner = evidence_to_learners(evidence, links_of(*links), BOTH, "b")
    counts = [sum(row["state"] == state for row in covered) for state in STATES]
    assert [list(row.values())[1:4] for row in by_learner] == ([counts] if codes else [])


# The page.

HOSTILE = '<script>alert("1")</script>&amp;{0}</title></td> =1+1'


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, data):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(data.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


def content_of(text):
    rows = [statement(row[0], row[4] and f"{row[4]}; {text}", text) for row in NEW]
    tables = replace(
        BOTH,
        statements=named([*OLD, *rows], STATEMENT),
        duties=tuple({**row, v.TEXT: text} for row in BOTH.duties),
        themes=tuple({**row, v.NAME: text} for row in BOTH.themes),
    )
    evidence = evidence_of((text, "K9", 1), ("Ben", "K10", 1), ("Ben", "K2", 1), ("Ben", text, 1))
    links = links_of(
        ("K9", CLOSE, "K1"), ("K10", BROAD, "K2"), ("K1", BROAD, "K2"), (text, CLOSE + "*", "S1")
    )
    covered = coverage(evidence, links, tables, "b")
    groups = coverage_to_groups(covered, tables, "b")
    before = coverage_to_groups(evidence_to_before(evidence, tables, "a"), tables, "a")
    lost = evidence_to_lost(evidence, links, tables, "a")
    learners = evidence_to_learners(evidence, links, tables, "b")
    sentences = (*coverage_to_sentences(covered, groups, lost), text)
    counted = (
        {"sheet": "Log", "column": text, "counted": "yes", "n_cells": 1200, "why": text},
        {"sheet": "", "column": "B", "counted": "no", "n_cells": 1, "why": text},
    )
    return CoveragePage(text, sentences, before, groups, covered, lost, learners, (text,), counted)


def page_of(text):
    return coverage_to_page(content_of(text))


class Rows(HTMLParser):
    """The visible text of a page, a line a block; a bar is shown as the classes and widths of its parts."""

    def __init__(self, data):
        super().__init__()
        self.lines = []
        self.feed(data.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in {"h1", "h2", "p", "li", "caption", "tr"}:
            self.lines.append("")
        elif tag in {"td", "th"} and self.lines[-1]:
            self.lines[-1] += " | "
        elif tag == "small":
            self.lines[-1] += " / "
        elif tag == "i":
            self.lines[-1] += f"[{values['class']} {values['style'].removeprefix('width:')}]"

    def handle_data(self, data):
        # Only the title and what follows it are seen, and not the script at the end.
        if self.lines and self.get_starttag_text() != "<script>":
            self.lines[-1] += data.strip()


def test_the_page_shows_every_text_number_and_bar():
    shown = Path(__file__).with_name("coverage_page.txt").read_text(encoding="utf-8").splitlines()
    assert [line.rstrip() for line in Rows(page_of("plain")).lines] == shown


def test_codes_are_escaped_too():
    page = content_of("plain")
    tables = {name: getattr(page, name) for name in ("groups", "statements", "lost")}
    hostile = replace(
        page, **{name: [{**row, "code": HOSTILE} for row in rows] for name, rows in tables.items()}
    )
    data = coverage_to_page(hostile)
    assert data.count(b"<script") == 1
    assert [tag for tag, _ in Page(data).tags if tag != "b"] == [
        tag for tag, _ in Page(coverage_to_page(page)).tags if tag != "b"
    ]


def test_markup_in_a_text_stays_text():
    page = Page(page_of(HOSTILE))
    plain = Page(page_of("plain"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert sum(HOSTILE in text for text in page.texts) == sum("plain" in text for text in plain.texts) > 10


def test_the_page_is_the_same_twice_and_holds_nothing_from_elsewhere():
    data = page_of("plain")
    assert data == page_of("plain")
    page = Page(data)
    assert [values["href"] for tag, values in page.tags if tag == "a"] == ["#content"]
    assert not {tag for tag, _ in page.tags} & {"link", "img", "iframe", "form"}
    assert b"http:" not in data
    assert b"https:" not in data
    assert b"url(" not in data
    assert b"@import" not in data


def test_every_table_has_a_caption_and_headers_with_scope():
    tags = Page(page_of("plain")).tags
    names = [tag for tag, _ in tags]
    assert names.count("table") == names.count("caption") == names.count("thead") == 12
    assert {attributes.get("scope") for tag, attributes in tags if tag == "th"} == {"col", "row"}
    assert ("html", {"lang": "en-GB"}) in tags


def test_the_page_shows_states_in_words_and_numbers_beside_bars():
    text = page_of("plain").decode("utf-8")
    assert "<h2>Learners</h2>" in text
    assert 'style="width:20.0%"' in text
    assert "1 of 5 covered, 4 not" in text
    assert '<span aria-hidden="true">◐</span> in part<' in text
    assert "K10 (1 cell)<small>no evidence: K1</small>" in text
    assert "<small>covered if every proposal is right</small>" in text
    assert "none printed" in text


def test_learners_are_shown_only_if_they_are_given():
    covered = coverage(evidence_of(), links_of(), BOTH, "b")
    groups, lost = (
        coverage_to_groups(covered, BOTH, "b"),
        evidence_to_lost(evidence_of(), links_of(), BOTH, "a"),
    )
    page = coverage_to_page(CoveragePage("Now", (), (), groups, covered, lost)).decode("utf-8")
    assert "<h2>Learners</h2>" not in page
    assert "<h2>Evidence that no longer counts</h2>\n<p>None.</p>" in page
