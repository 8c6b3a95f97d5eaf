"""Lines between, above and behind lists that are read as what they are."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document

DUTIES = "Duties\nDuty 1: Lay rope.\nDuty 2: Sell rope.\n\n"
KSBS = "KSBs\nK1: Hemp fibres.\nS1: Splice.\n\n"


def parse(text, name="mine.txt"):
    return parse_document(bytes_to_document(text.encode(), name))


def wordings(parsed):
    return {row.code: row.text for row in parsed.statements}


@pytest.mark.parametrize("heading", ["Mapping\n", "Mapping of duties to KSBs\n", ""])
@pytest.mark.parametrize("word", ["D", "Duty ", "• Duty "])
@pytest.mark.parametrize("is_before", [True, False])
def test_lines_of_duties_and_codes_are_pairs(heading, word, is_before):
    mapping = f"{heading}{word}1: K1, S1\n{word}2: S1\n\n"
    parsed = parse(
        f"Rope maker\n\n{DUTIES}{mapping if is_before else ''}{KSBS}{'' if is_before else mapping}"
    )
    assert [(pair.duty, pair.code) for pair in parsed.rows.duty_ksbs] == [
        ("D1", "K1"),
        ("D1", "S1"),
        ("D2", "S1"),
    ]
    assert {row.code: row.text for row in parsed.duties} == {"D1": "Lay rope.", "D2": "Sell rope."}
    assert wordings(parsed) == {"K1": "Hemp fibres.", "S1": "Splice."}
    assert not parsed.findings


def test_criteria_for_a_distinction_are_no_duties():
    text = f"Rope maker\n\n{DUTIES}{KSBS}Criteria\nP1: K1\nD1: S1\n"
    assert not parse(text).rows.duty_ksbs


def test_a_last_word_that_looks_like_a_heading():
    parsed = parse(
        "Rope maker\n\nKnowledge\nK1: Hemp and the role of\nSkills\nK2: Knots.\nSkills\nS1: Lay.\n"
    )
    assert wordings(parsed) == {"K1": "Hemp and the role of Skills", "K2": "Knots.", "S1": "Lay."}


def test_a_semicolon_between_statements_on_one_line_is_in_none():
    parsed = parse("Rope maker\n\nKSBs\nK1: Hemp; K2: Knots; S1: Lay.\n")
    assert wordings(parsed) == {"K1": "Hemp", "K2": "Knots", "S1": "Lay."}


def test_the_wordings_are_those_of_the_full_list_below_short_titles():
    parsed = parse(
        "Rope maker\n\nSummary\nK1 The families\nK2 Properties of\n\nDuties\nDuty 1 Lay rope.\nK1 K2 S1\n\n"
        "KSBs\nK1: The families of fibres.\nK2: Properties of hemp.\nS1: Lay.\n"
    )
    assert wordings(parsed) == {
        "K1": "The families of fibres.",
        "K2": "Properties of hemp.",
        "S1": "Lay.",
    }


def test_headings_of_groups_with_their_codes():
    parsed = parse(
        "Rope maker\n\nKnowledge – Fibres (K1-K2)\nK1: Hemp.\nK2: Jute.\n"
        "Skills – Laying (S1)\nS1: Lay rope.\n"
    )
    assert wordings(parsed) == {"K1": "Hemp.", "K2": "Jute.", "S1": "Lay rope."}
    assert not parsed.findings


def test_a_second_list_with_the_same_codes_need_not_be_a_standard():
    log = "Log\nK1: Walked the dog on Monday.\nS1: Bought string in town.\n\n"
    with pytest.raises(CurriculumError, match="or lists of something else with the same codes"):
        parse(f"Rope maker\n\n{log}{KSBS}")


HEADER = "| Theme | KSBs | Pass |\n|---|---|---|\n"


@pytest.mark.parametrize("sign", ["(continued)", "(cont’d)", "(cont.)", "– continued"])
def test_a_theme_that_goes_on_is_one_theme(sign):
    parsed = parse(
        f"# Rope maker\n\nAssessment plan\n\n## Grading\n\n{HEADER}"
        "| Laying | K1, S1 | Names fibres. (K1) |\n\n"
        f"{HEADER}| Laying {sign} |  | Lays rope. (S1) |\n\n## KSBs\n\n- K1: Hemp.\n- S1: Lay rope.\n",
        "mine.md",
    )
    assert [(theme.name, theme.codes) for theme in parsed.rows.themes] == [("Laying", ("K1", "S1"))]
    assert {(row.theme, row.text) for row in parsed.rows.descriptors} == {
        ("Laying", "Names fibres."),
        ("Laying", "Lays rope."),
    }


def outcome(number, name, code):
    return (
        f"## Assessment outcome {number}: {name}\n\nPerformance descriptors\n\n"
        "| Pass | Merit |\n|---|---|\n| Does it. | Does it well. |\n\n"
        f"| KSB | Statement |\n|---|---|\n| {code} | About {name}. |\n\n"
    )


def test_a_table_of_ksbs_below_each_outcome_has_those_of_the_outcome():
    plan = "# Rope maker\n\nAssessment plan\n\n"
    parsed = parse(plan + outcome(1, "Laying", "K1") + outcome(2, "Selling", "S1"), "mine.md")
    assert [(theme.name, theme.codes) for theme in parsed.rows.themes] == [
        ("Laying", ("K1",)),
        ("Selling", ("S1",)),
    ]
    assert wordings(parsed) == {"K1": "About Laying.", "S1": "About Selling."}
    assert not [row for row in parsed.findings if row.severity != "note"]
