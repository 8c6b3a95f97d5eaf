"""What to do with the material for each statement of a new version, on made-up rows."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import curriculum as cu
from curriculum.analysis.worklist import ACTIONS, crosswalk_to_worklist
from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables

OLD = "Knowledge\nK1: How hay is dried\nK2: How straw is stacked\nSkills\nS1: Bale hay\nS2: Cart straw\n"
NEW = "Knowledge\nK1: How hay is dried\nK2: How hay and straw are stacked\nSkills\nS1: Mend\nS2: Bale hay\n"
LEVEL = "Level of responsibility"


@pytest.fixture
def crosswalk(tmp_path) -> cu.Crosswalk:
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return cu.link(*(cu.read(tmp_path / f"{name}.txt") for name in ("old", "new")))


def links(tables: Tables, *rows: tuple[object, ...]) -> pd.DataFrame:
    """Return a crosswalk of rows: old code, new code, predicate, band, wording score, level."""
    assert {"old", "new"} == set(tables.documents[v.DOCUMENT_ID])
    return pd.DataFrame(
        [
            {
                v.SUBJECT_SOURCE: "old",
                v.OBJECT_SOURCE: "new",
                v.SUBJECT_ID: f"old:{old}" if old else v.NO_TERM_FOUND,
                v.OBJECT_ID: f"new:{new}" if new else v.NO_TERM_FOUND,
                v.PREDICATE_ID: predicate,
                v.BAND: band,
                v.CONFIDENCE: 0.9,
                v.WORDING_SCORE: alike,
                v.RESPONSIBILITY: level,
                v.RESPONSIBILITY_WORDS: "assist -> lead" if level == v.RAISED else "lead -> assist",
            }
            for old, new, predicate, band, alike, level in rows
        ]
    )


def test_each_action_with_its_reason_the_costliest_first(crosswalk):
    rows = links(
        crosswalk.tables,
        ("K1", "K1", v.EXACT_MATCH, v.ACCEPT, 1.0, ""),
        ("K2", "K2", v.CLOSE_MATCH, v.REVIEW, 0.7, ""),
        ("", "S1", v.EXACT_MATCH, v.REVIEW, math.nan, ""),
        ("S1", "S2", v.CLOSE_MATCH, v.ACCEPT, 0.8, ""),
        ("S2", "", v.EXACT_MATCH, v.REVIEW, math.nan, ""),
    )
    worklist = crosswalk_to_worklist(crosswalk.tables, rows)
    assert worklist[["action", "code", "kind", "reason", "old_codes"]].values.tolist() == [
        ["teach anew", "S1", "skill", "No old statement was found for it.", ""],
        ["check", "K2", "knowledge", "Look needed: perhaps from K2 (0.90).", "K2"],
        ["adjust", "S2", "skill", "Reworded from S1, 80% alike.", "S1"],
        ["keep", "K1", "knowledge", "The same as K1.", "K1"],
    ]
    assert set(worklist["action"]) < set(ACTIONS)


@pytest.mark.parametrize(
    ("alike", "level", "action", "reason"),
    [
        (0.5, "", "adjust", "Reworded from K1, 50% alike."),
        (0.49, "", "rewrite", "Reworded from K1, 49% alike."),
        (
            0.9,
            v.LOWERED,
            "adjust",
            "Reworded from K1, 90% alike. Level of responsibility lowered: lead -> assist.",
        ),
        (
            0.9,
            v.RAISED,
            "rewrite",
            "Reworded from K1, 90% alike. Level of responsibility raised: assist -> lead.",
        ),
    ],
)
def test_a_reworded_statement_is_adjusted_or_rewritten(crosswalk, alike, level, action, reason):
    rows = links(crosswalk.tables, ("K1", "K1", v.CLOSE_MATCH, v.ACCEPT, alike, level))
    (task,) = crosswalk_to_worklist(crosswalk.tables, rows)[["action", "reason"]].values.tolist()
    assert task == [action, reason]


def test_a_merged_statement_is_rewritten_once_all_its_links_are_settled(crosswalk):
    merged = [("K1", "K2", v.BROAD_MATCH, v.ACCEPT, 0.9, ""), ("K2", "K2", v.BROAD_MATCH, v.ACCEPT, 0.9, "")]
    (task,) = crosswalk_to_worklist(crosswalk.tables, links(crosswalk.tables, *merged)).values.tolist()
    assert task[:6] == [
        "rewrite",
        "K2",
        "knowledge",
        "How hay and straw are stacked",
        "Merged from K1 and K2.",
        "K1, K2",
    ]
    waiting = [merged[0], (*merged[1][:3], v.REVIEW, *merged[1][4:])]
    (task,) = crosswalk_to_worklist(crosswalk.tables, links(crosswalk.tables, *waiting)).values.tolist()
    assert task[0] == "check"


def test_a_link_without_a_confidence_waits_too(crosswalk):
    rows = links(crosswalk.tables, ("K1", "K1", v.CLOSE_MATCH, v.REVIEW, 0.7, "")).assign(confidence=math.nan)
    reason = crosswalk_to_worklist(crosswalk.tables, rows)["reason"].tolist()
    assert reason == ["Look needed: perhaps from K1."]


def test_a_crosswalk_has_a_worklist(crosswalk):
    worklist = crosswalk.worklist()
    assert sorted(worklist["code"]) == ["K1", "K2", "S1", "S2"]
    assert worklist.set_index("code").loc["S2", ["action", "reason"]].tolist() == ["keep", "The same as S1."]


def test_a_composed_crosswalk_has_none(crosswalk):
    with pytest.raises(InvalidInput):
        cu.invert(cu.compose(crosswalk, cu.invert(crosswalk))).worklist()


@pytest.mark.vectors
def test_duties_are_in_it_where_both_versions_print_them(raw):
    worklist = cu.Project(raw).link("draft-2019", "st0792-1.2").worklist()
    duties = worklist[worklist["kind"] == "duty"].set_index("code")
    assert len(worklist) == 56 + 12 == len(worklist.drop_duplicates(["kind", "code"]))
    assert duties.loc["D6", ["action", "reason"]].tolist() == ["keep", "The same as D7."]
    statement = worklist.set_index("code").loc["K16"]
    assert statement[["action", "option", "duties", "themes"]].tolist() == [
        "teach anew",
        "core",
        "D5, D8",
        "T5",
    ]


def test_a_related_statement_is_no_source_of_a_new_one(crosswalk):
    rows = links(
        crosswalk.tables,
        ("K1", "K1", v.RELATED_MATCH, v.ACCEPT, 0.6, ""),
        ("K2", "K2", v.CLOSE_MATCH, v.ACCEPT, 0.8, ""),
        ("S2", "K2", v.RELATED_MATCH, v.ACCEPT, 0.3, ""),
    )
    worklist = crosswalk_to_worklist(crosswalk.tables, rows)
    assert worklist[["action", "code", "reason", "old_codes"]].values.tolist() == [
        ["teach anew", "K1", "Only related to K1, which it does not replace.", ""],
        ["adjust", "K2", "Reworded from K2, 80% alike.", "K2"],
    ]
