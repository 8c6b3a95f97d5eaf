"""Crosswalks turned, composed and held against each other: each rule on made-up rows, from both sides."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import pytest

from curriculum.crosswalk.agreement import crosswalks_to_agreement, crosswalks_to_disagreements
from curriculum.crosswalk.composition import compose, identity, invert, relations_to_composed
from curriculum.errors import InvalidTable
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row
from curriculum.tables.typed_frames import rows_to_typed

NONE = v.NO_TERM_FOUND
NAN = float("nan")
EXACT, CLOSE, BROAD, NARROW, RELATED = v.RELATIONS
SURE = {v.BAND: v.ACCEPT}


def category(code):
    return v.DUTY if code.startswith("D") else v.KIND_OF_LETTERS[code[0]]


def crosswalk(old, new, *links):
    """Make a crosswalk of an old code, a relation, a new code (or ""), a confidence, and other cells."""
    rows = []
    for one, relation, other, confidence, *cells in links:
        row = {
            **name_to_empty_row(CROSSWALK),
            v.SUBJECT_SOURCE: old,
            v.SUBJECT_ID: f"{old}:{one}" if one else NONE,
            v.SUBJECT_LABEL: f"wording {one} of {old}" if one else "",
            v.SUBJECT_CATEGORY: category(one) if one else "",
            v.PREDICATE_ID: relation,
            v.OBJECT_SOURCE: new,
            v.OBJECT_ID: f"{new}:{other}" if other else NONE,
            v.OBJECT_LABEL: f"wording {other} of {new}" if other else "",
            v.OBJECT_CATEGORY: category(other) if other else "",
            v.MAPPING_JUSTIFICATION: v.LEXICAL_SIMILARITY,
            v.MAPPING_CARDINALITY: "1:1" if one and other else "1:0" if one else "0:1",
            v.CONFIDENCE: confidence,
            v.BAND: v.REVIEW,
            v.STATUS: v.PROPOSED,
        }
        rows.append(tuple({**row, **(cells[0] if cells else {})}.values()))
    return rows_to_typed(CROSSWALK, rows)


def cells_of(frame, *columns):
    names = [v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID, *columns]
    return frame[names].values.tolist()


# --- Turned -------------------------------------------------------------------------------------------


def test_each_cell_of_a_link_is_turned():
    cells = {
        v.MAPPING_CARDINALITY: "n:1",
        v.CHANGE: "reworded; merged; narrowed",
        v.WORDS_INSERTED: "more",
        v.WORDS_DELETED: "less",
        v.CAUTION: "number: 25 -> 250; negation: none -> not",
        v.RESPONSIBILITY: v.RAISED,
        v.RESPONSIBILITY_WORDS: "assist -> manage",
        v.RUNNER_UP_ID: "b:K9",
        v.COMMENT: "a comment",
    }
    before = crosswalk("a", "b", ("K1", BROAD, "S2", 0.7, cells))
    after = invert(before)
    assert list(after) == list(before)
    row = {name: cell for name, cell in after.iloc[0].items() if cell != name_to_empty_row(CROSSWALK)[name]}
    assert {name: cell for name, cell in row.items() if not pd.isna(cell)} == {
        v.SUBJECT_SOURCE: "b",
        v.SUBJECT_ID: "b:S2",
        v.SUBJECT_LABEL: "wording S2 of b",
        v.SUBJECT_CATEGORY: "skill",
        v.PREDICATE_ID: NARROW,
        v.OBJECT_SOURCE: "a",
        v.OBJECT_ID: "a:K1",
        v.OBJECT_LABEL: "wording K1 of a",
        v.OBJECT_CATEGORY: "knowledge",
        v.MAPPING_JUSTIFICATION: v.LEXICAL_SIMILARITY,
        v.MAPPING_CARDINALITY: "1:n",
        v.CONFIDENCE: 0.7,
        v.BAND: v.REVIEW,
        v.CHANGE: "reworded; split; widened",
        v.RUNNER_UP_ID: "b:K9",
        v.WORDS_INSERTED: "less",
        v.WORDS_DELETED: "more",
        v.CAUTION: "number: 250 -> 25; negation: not -> none",
        v.RESPONSIBILITY: v.LOWERED,
        v.RESPONSIBILITY_WORDS: "manage -> assist",
        v.STATUS: v.PROPOSED,
        v.COMMENT: "a comment",
    }
    pd.testing.assert_frame_equal(invert(after), before)


@pytest.mark.parametrize(
    ("column", "cell", "turned"),
    [
        *((v.PREDICATE_ID, one, one) for one in (EXACT, CLOSE, RELATED)),
        (v.PREDICATE_ID, BROAD, NARROW),
        (v.PREDICATE_ID, NARROW, BROAD),
        (v.CHANGE, "merged", "split"),
        (v.CHANGE, "split", "merged"),
        (v.CHANGE, "narrowed", "widened"),
        (v.CHANGE, "widened", "narrowed"),
        (v.CHANGE, v.WITHDRAWN, v.NEW),
        (v.CHANGE, v.NO_COUNTERPART, v.NEW),
        (v.CHANGE, v.NEW, v.NO_COUNTERPART),
        (v.CHANGE, "reworded; renumbered", "reworded; renumbered"),
        (v.RESPONSIBILITY, v.RAISED, v.LOWERED),
        (v.RESPONSIBILITY, v.LOWERED, v.RAISED),
        (v.RESPONSIBILITY, v.SAME_LEVEL, v.SAME_LEVEL),
        (v.MAPPING_CARDINALITY, "1:0", "0:1"),
        (v.MAPPING_CARDINALITY, "n:n", "n:n"),
        # What has no arrow has no direction.
        (v.CAUTION, "scope: words gone", "scope: words gone"),
        (v.CAUTION, "a: b: c -> d", "a: b: d -> c"),
        (v.CAUTION, "", ""),
        (v.RESPONSIBILITY_WORDS, "a -> b", "b -> a"),
    ],
)
def test_how_a_cell_is_turned(column, cell, turned):
    frame = crosswalk("a", "b", ("K1", EXACT, "K1", 0.9, {column: cell}))
    assert invert(frame)[column].tolist() == [turned]
    assert str(invert(frame)[column].dtype) == "str"


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (v.PROPOSED, v.NO_COUNTERPART),
        (v.COMPOSED, v.NO_COUNTERPART),
        (v.DECIDED, v.WITHDRAWN),
        (v.DECIDED_BEFORE, v.WITHDRAWN),
    ],
)
def test_what_a_reviewer_calls_new_is_withdrawn_the_other_way_round(status, change):
    came = crosswalk("a", "b", ("", EXACT, "K1", 0.9, {v.CHANGE: v.NEW, v.STATUS: status}))
    assert invert(came)[v.CHANGE].tolist() == [change]
    assert invert(invert(came))[v.CHANGE].tolist() == [v.NEW]
    gone = crosswalk("a", "b", ("K1", EXACT, "", 0.9, {v.CHANGE: change, v.STATUS: status}))
    assert invert(gone)[v.CHANGE].tolist() == [v.NEW]
    assert invert(invert(gone))[v.CHANGE].tolist() == [change]


# --- Composed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "composed"),
    [
        (EXACT, [EXACT, CLOSE, BROAD, NARROW, RELATED]),
        (CLOSE, [CLOSE, "", "", "", ""]),
        (BROAD, [BROAD, "", BROAD, "", ""]),
        (NARROW, [NARROW, "", "", NARROW, ""]),
        (RELATED, [RELATED, "", "", "", ""]),
    ],
)
def test_every_pair_of_relations(first, composed):
    assert [relations_to_composed(first, second) for second in v.RELATIONS] == composed


@pytest.mark.parametrize(
    ("status", "confidence", "composed"),
    [
        (v.PROPOSED, 0.5, 0.45),
        # What a reviewer decided is certain, now or before, whatever the linker thought of it.
        (v.DECIDED, 0.5, 0.9),
        (v.DECIDED_BEFORE, 0.5, 0.9),
        (v.COMPOSED, 0.5, 0.45),
        (v.PROPOSED, NAN, 0.9),
        (v.PROPOSED, 0.0, 0.0),
    ],
)
def test_how_likely_two_steps_are_together(status, confidence, composed):
    first = crosswalk("a", "b", ("K1", EXACT, "K1", confidence, {v.STATUS: status}))
    second = crosswalk("b", "c", ("K1", EXACT, "K1", 0.9))
    assert compose(first, second)[v.CONFIDENCE].tolist() == [composed]
    assert compose(invert(second), invert(first))[v.CONFIDENCE].tolist() == [composed]


def test_a_likelihood_has_three_places():
    first = crosswalk("a", "b", ("K1", EXACT, "K1", 0.333), ("K2", EXACT, "K1", 0.334))
    second = crosswalk("b", "c", ("K1", EXACT, "K1", 0.8))
    # 0.2664 and 0.2672
    assert compose(first, second)[v.CONFIDENCE].tolist() == [0.266, 0.267]


@pytest.mark.parametrize(
    ("bands", "relations", "band"),
    [
        ((v.ACCEPT, v.ACCEPT), (EXACT, CLOSE), v.ACCEPT),
        ((v.REVIEW, v.ACCEPT), (EXACT, CLOSE), v.REVIEW),
        ((v.ACCEPT, v.REVIEW), (EXACT, CLOSE), v.REVIEW),
        ((v.REVIEW, v.REVIEW), (EXACT, CLOSE), v.REVIEW),
        ((v.ACCEPT, v.ACCEPT), (CLOSE, CLOSE), v.REVIEW),
    ],
)
def test_a_link_is_settled_if_both_steps_are_and_their_relations_compose(bands, relations, band):
    first, second = (
        crosswalk(*pair, ("K1", relation, "K1", 0.9, {v.BAND: own}))
        for pair, own, relation in zip((("a", "b"), ("b", "c")), bands, relations, strict=True)
    )
    composed = compose(first, second)
    relation = CLOSE if relations[0] == EXACT else RELATED
    assert cells_of(composed, v.BAND) == [["a:K1", relation, "c:K1", band]]


def test_the_whole_row_of_a_composed_link():
    texts = {"a:K1": "Manage the budget", "b:K1": "The budget", "c:S1": "Assist with the budget"}
    first = crosswalk("a", "b", ("K1", EXACT, "K1", 0.9, {v.SUBJECT_LABEL: texts["a:K1"], **SURE}))
    second = crosswalk("b", "c", ("K1", CLOSE, "S1", 0.8, {v.OBJECT_LABEL: texts["c:S1"], **SURE}))
    (row,) = compose(first, second).to_dict("records")
    result = {name: cell for name, cell in row.items() if cell and not pd.isna(cell)}
    wording_score = result.pop(v.WORDING_SCORE)
    assert 0 < wording_score < 1
    assert result == {
        v.SUBJECT_SOURCE: "a",
        v.SUBJECT_ID: "a:K1",
        v.SUBJECT_LABEL: "Manage the budget",
        v.SUBJECT_CATEGORY: "knowledge",
        v.PREDICATE_ID: CLOSE,
        v.OBJECT_SOURCE: "c",
        v.OBJECT_ID: "c:S1",
        v.OBJECT_LABEL: "Assist with the budget",
        v.OBJECT_CATEGORY: "skill",
        v.MAPPING_JUSTIFICATION: v.MAPPING_CHAINING,
        v.MAPPING_CARDINALITY: "1:1",
        v.CONFIDENCE: 0.72,
        v.BAND: v.ACCEPT,
        v.CHANGE: "reworded; renumbered; changed kind",
        v.WORDS_INSERTED: "Assist with",
        v.WORDS_DELETED: "Manage",
        v.STATUS: v.COMPOSED,
        v.COMMENT: "by way of b:K1",
    }


def test_of_several_ways_the_settled_then_the_likelier_one_counts_and_all_are_told():
    first = crosswalk(
        "a",
        "b",
        ("K1", EXACT, "K1", 0.9),
        ("K1", EXACT, "K2", 0.5, SURE),
        ("K1", EXACT, "K3", 0.6, SURE),
        ("K1", EXACT, "K4", 0.95),
    )
    second = crosswalk(
        "b",
        "c",
        ("K1", EXACT, "K7", 1.0, SURE),
        ("K2", NARROW, "K7", 1.0, SURE),
        ("K3", BROAD, "K7", 1.0, SURE),
        ("K4", CLOSE, "K7", 1.0, SURE),
    )
    assert cells_of(compose(first, second), v.CONFIDENCE, v.BAND, v.MAPPING_CARDINALITY, v.COMMENT) == [
        ["a:K1", BROAD, "c:K7", 0.6, v.ACCEPT, "1:1", "by way of b:K3, b:K2, b:K4, b:K1"]
    ]


def test_links_stand_in_the_order_of_the_old_listing_then_by_likelihood_and_are_counted():
    first = crosswalk(
        "a",
        "b",
        ("K2", EXACT, "K2", 0.5),
        ("K1", EXACT, "K1", 1.0),
        ("", EXACT, "K4", 0.5),
        ("K3", EXACT, "K2", 0.25),
    )
    second = crosswalk(
        "b",
        "c",
        ("K1", NARROW, "K8", 0.5),
        ("K1", NARROW, "K9", 0.75),
        ("K1", NARROW, "K5", 0.75),
        ("K2", BROAD, "K8", 1.0),
        ("K4", EXACT, "K6", 1.0),
    )
    assert cells_of(compose(first, second), v.CONFIDENCE, v.MAPPING_CARDINALITY) == [
        ["a:K2", BROAD, "c:K8", 0.5, "n:1"],
        ["a:K1", NARROW, "c:K9", 0.75, "1:n"],
        ["a:K1", NARROW, "c:K5", 0.75, "1:n"],
        ["a:K1", NARROW, "c:K8", 0.5, "n:n"],
        ["a:K3", BROAD, "c:K8", 0.25, "n:1"],
        [NONE, EXACT, "c:K6", 0.5, "0:1"],
    ]


def test_what_has_no_way_has_no_counterpart_found_or_is_new_and_waits_for_review():
    first = crosswalk(
        "a",
        "b",
        ("K1", EXACT, "", 0.5, SURE),
        ("K2", BROAD, "K1", 0.8, SURE),
        ("K2", BROAD, "K2", 0.5, SURE),
        ("K3", EXACT, "K8", 0.7, SURE),
        ("", EXACT, "K3", 0.9, SURE),
    )
    second = crosswalk(
        "b",
        "c",
        ("K1", EXACT, "", 0.5, SURE),
        ("K2", EXACT, "", 0.9, {**SURE, v.STATUS: v.DECIDED}),
        ("K3", CLOSE, "K1", 0.5, SURE),
        ("", EXACT, "K2", 0.25, SURE),
    )
    frame = compose(first, second)
    assert cells_of(frame, v.CONFIDENCE, v.BAND, v.CHANGE, v.MAPPING_CARDINALITY, v.COMMENT) == [
        ["a:K1", EXACT, NONE, 0.5, v.REVIEW, v.NO_COUNTERPART, "1:0", ""],
        ["a:K2", EXACT, NONE, 0.2, v.REVIEW, v.NO_COUNTERPART, "1:0", "by way of b:K1, b:K2"],
        ["a:K3", EXACT, NONE, 0.7, v.REVIEW, v.NO_COUNTERPART, "1:0", "by way of b:K8"],
        [NONE, EXACT, "c:K1", 0.45, v.REVIEW, v.NEW, "0:1", "by way of b:K3"],
        [NONE, EXACT, "c:K2", 0.25, v.REVIEW, v.NEW, "0:1", ""],
    ]
    ends = [v.SUBJECT_LABEL, v.SUBJECT_CATEGORY, v.OBJECT_LABEL, v.OBJECT_CATEGORY]
    assert frame[ends].values.tolist()[2:4] == [
        ["wording K3 of a", "knowledge", "", ""],
        ["", "", "wording K1 of c", "knowledge"],
    ]
    assert set(frame[v.STATUS]) == {v.COMPOSED}
    assert set(frame[v.MAPPING_JUSTIFICATION]) == {v.MAPPING_CHAINING}
    assert set(frame[v.SUBJECT_SOURCE] + frame[v.OBJECT_SOURCE]) == {"ac"}


def test_a_new_statement_is_as_likely_new_as_every_way_back_was_none():
    first = crosswalk("a", "b", ("", EXACT, "K1", 0.5), ("", EXACT, "K2", 0.5), ("K9", EXACT, "", 0.5))
    second = crosswalk("b", "c", ("K1", BROAD, "K3", 0.5), ("K2", BROAD, "K3", 0.8))
    assert cells_of(compose(first, second), v.CONFIDENCE, v.COMMENT) == [
        ["a:K9", EXACT, NONE, 0.5, ""],
        [NONE, EXACT, "c:K3", 0.1, "by way of b:K1, b:K2"],
    ]


def test_whose_words_they_are_is_told_once_each():
    first = crosswalk(
        "a",
        "b",
        ("K1", EXACT, "K1", 0.9, {v.ATTRIBUTION: "Contains A."}),
        ("K2", EXACT, "K2", 0.9, {v.ATTRIBUTION: ""}),
    )
    second = crosswalk(
        "b",
        "c",
        ("K1", EXACT, "K1", 0.9, {v.ATTRIBUTION: "Contains B."}),
        ("K2", EXACT, "K2", 0.9, {v.ATTRIBUTION: "Contains A."}),
    )
    assert compose(first, second)[v.ATTRIBUTION].tolist() == ["Contains A. Contains B."] * 2


def test_crosswalks_must_meet():
    one, other = crosswalk("a", "b", ("K1", EXACT, "K1", 1.0)), crosswalk("c", "d", ("K1", EXACT, "K1", 1.0))
    with pytest.raises(InvalidTable) as result:
        compose(one, other)
    assert str(result.value) == (
        "crosswalks that do not meet; expected one that begins with b; found one that begins with c. "
        "Compose the crosswalks of versions that follow each other."
    )


def tables_of(statements, duties):
    rows = {
        "statements": (statements, [v.STATEMENT_ID, v.DOCUMENT_ID, v.KIND, v.TEXT]),
        "duties": (duties, [v.DUTY_ID, v.DOCUMENT_ID, v.TEXT]),
    }
    frames = {field.name: rows.get(field.name, ([], ["none"])) for field in fields(Tables)}
    return Tables(**{name: pd.DataFrame(own, columns=names) for name, (own, names) in frames.items()})


def test_a_document_is_an_exact_match_of_itself_and_changes_nothing():
    tables = tables_of(
        [("a:K1", "a", "knowledge", "one"), ("b:K1", "b", "knowledge", "other")], [("a:D1", "a", "do")]
    )
    own = check_frame(CROSSWALK, identity(tables, "a"))
    columns = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.MAPPING_JUSTIFICATION, v.MAPPING_CARDINALITY]
    others = [v.CONFIDENCE, v.BAND, v.STATUS, v.CHANGE]
    cells = ["a", "a", v.LEXICAL_MATCHING, "1:1", 1.0, v.ACCEPT, v.PROPOSED, "identical"]
    assert cells_of(own, *columns, *others) == [
        ["a:K1", EXACT, "a:K1", *cells],
        ["a:D1", EXACT, "a:D1", *cells],
    ]
    link = crosswalk("a", "b", ("K1", CLOSE, "K1", 0.4))
    assert compose(own, link) is link
    assert compose(link, identity(tables, "b")) is link


# --- Held against each other --------------------------------------------------------------------------


def rows_of(old, new, *links):
    return crosswalk(
        old, new, *((one, relation, other, confidence) for one, relation, other, confidence in links)
    )


COMPOSED = rows_of(
    *("a", "c"),
    ("K1", EXACT, "K1", 0.9),
    ("K2", RELATED, "K2", 0.8),
    ("K3", BROAD, "K3", 0.7),
    ("K3", BROAD, "K9", 0.75),
    ("K4", EXACT, "", 0.6),
    ("K5", EXACT, "", 0.5),
    ("", EXACT, "K7", 0.5),
    ("D1", EXACT, "D1", 0.9),
)
DIRECT = rows_of(
    *("a", "c"),
    ("K1", CLOSE, "K1", 0.95),
    ("K2", CLOSE, "K2", 0.85),
    ("K3", BROAD, "K3", 0.55),
    ("K4", EXACT, "", 0.65),
    ("K5", EXACT, "K7", 0.35),
    ("D1", EXACT, "D2", 0.9),
)


def test_how_far_two_crosswalks_agree_is_counted():
    # K2 is not composable; of the two others one has the same relation. Duties are left out.
    assert crosswalks_to_agreement(COMPOSED, DIRECT).to_dict("records") == [
        {"measure": "links", "same": 3, "of": 5, "share": 0.6},
        {"measure": "old statements", "same": 3, "of": 5, "share": 0.6},
        {"measure": "relations", "same": 1, "of": 2, "share": 0.5},
    ]


def test_the_order_of_links_does_not_count():
    links = [("K1", EXACT, "K1", 0.9), ("K1", EXACT, "K2", 0.8)]
    one, other = rows_of("a", "c", *links), rows_of("a", "c", *links[::-1])
    assert crosswalks_to_agreement(one, other)["share"].tolist() == [1.0, 1.0, 1.0]
    assert crosswalks_to_disagreements(one, other).empty


def test_a_share_has_three_places_and_of_nothing_there_is_none():
    links = [(f"K{number}", EXACT, f"K{number}", 1.0) for number in range(1, 4)]
    of_three = crosswalks_to_agreement(rows_of("a", "c", *links), rows_of("a", "c", *links[:2]))
    assert of_three["share"].tolist() == [0.667, 1.0, 1.0]
    nothing = rows_of("a", "c", ("", EXACT, "K1", 0.5))
    result = crosswalks_to_agreement(nothing, nothing)
    assert result[["same", "of"]].values.tolist() == [[0, 0]] * 3
    assert result["share"].isna().all()


def test_where_two_crosswalks_differ_is_told():
    composed = COMPOSED.assign(
        **{v.COMMENT: [*("", "", "by way of b:K3", "by way of b:K4"), *["", "way 5"], "", ""]}
    )
    result = crosswalks_to_disagreements(composed, DIRECT)
    assert result.to_dict("records") == [
        {
            v.SUBJECT_ID: "a:K3",
            v.SUBJECT_LABEL: "wording K3 of a",
            "composed": "K3, K9",
            "direct": "K3",
            "via": "by way of b:K3; by way of b:K4",
            "composed_confidence": 0.75,
            "direct_confidence": 0.55,
        },
        {
            v.SUBJECT_ID: "a:K5",
            v.SUBJECT_LABEL: "wording K5 of a",
            "composed": "",
            "direct": "K7",
            "via": "way 5",
            "composed_confidence": 0.5,
            "direct_confidence": 0.35,
        },
    ]


def test_a_statement_that_the_composed_crosswalk_lacks_is_told_without_a_way():
    direct = rows_of("a", "c", ("K1", EXACT, "K2", 0.5), ("K2", EXACT, "K1", 0.5))
    composed = rows_of("a", "c", ("K1", EXACT, "K2", 0.5))
    result = crosswalks_to_disagreements(composed, direct)
    assert result.iloc[:, :5].values.tolist() == [["a:K2", "wording K2 of a", "", "K1", ""]]
    assert result["composed_confidence"].isna().tolist() == [True]
    assert list(crosswalks_to_disagreements(direct, direct)) == list(result)


@pytest.mark.parametrize("ask", [crosswalks_to_agreement, crosswalks_to_disagreements])
def test_crosswalks_of_two_pairs_are_not_held_against_each_other(ask):
    with pytest.raises(InvalidTable) as refused:
        ask(rows_of("a", "b", ("K1", EXACT, "K1", 0.9)), rows_of("a", "c", ("K1", EXACT, "K1", 0.9)))
    assert str(refused.value) == (
        "crosswalks of two pairs; expected two of one pair, such as a to c; found a to b, and a to c. Select "
        "crosswalks of the same versions with select_pair."
    )
