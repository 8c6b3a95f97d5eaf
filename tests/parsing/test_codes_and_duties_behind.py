"""Codes and duties that are printed behind the wordings."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

DUTIES = "\nDuties\nDuty 1: Lay rope.\nDuty 2: Twist yarn.\nDuty 3: Sell rope.\n"


def parse(text):
    return parse_document(bytes_to_document(text.encode(), "mine.txt"))


def wordings(parsed):
    return {row.code: row.text for row in parsed.statements}


@pytest.mark.parametrize("shape", ["{}. {}", "{}. ({})", "{} [{}]", "{} {}"])
def test_codes_behind_bullets(shape):
    items = [("Hemp fibres", "K2"), ("Knots", "K1")]
    knowledge = "\n".join(f"- {shape.format(*item)}" for item in items)
    parsed = parse(f"Rope maker\n\nKnowledge\n{knowledge}\n\nSkills\n- {shape.format('Splice', 'S1')}\n")
    stop = "." if ". " in shape else ""
    assert wordings(parsed) == {"K1": f"Knots{stop}", "K2": f"Hemp fibres{stop}", "S1": f"Splice{stop}"}
    assert not parsed.findings


def test_codes_behind_some_items_are_an_error():
    parsed = parse("Rope maker\n\nKnowledge\n- Hemp. K2\n- Knots. K1\n\nSkills\n- Splice.\n")
    found = [(row.rule, row.severity) for row in parsed.findings if row.rule == "numbers-lost"]
    assert found == [("numbers-lost", "error")]
    assert "2 of 3 items" in parsed.findings[0].message


def test_codes_of_another_kind_behind_items_are_not_theirs():
    parsed = parse("Rope maker\n\nKnowledge\n- Hemp.\n\nSkills\n- Splice as in K1\n")
    assert wordings(parsed) == {"K1": "Hemp.", "S1": "Splice as in K1"}


@pytest.mark.parametrize(
    ("behind", "duties"),
    [
        ("(Duties 1, 2)", ["D1", "D2"]),
        ("(Duty 3)", ["D3"]),
        ("[D1]", ["D1"]),
        ("(D1 to D3).", ["D1", "D2", "D3"]),
        ("(Duties: 1 and 3)", ["D1", "D3"]),
    ],
)
def test_duties_behind_wordings_are_pairs(behind, duties):
    parsed = parse(f"Rope maker\n\nKSBs\nK1: Hemp fibres. {behind}\nS1: Splice. (by hand)\n{DUTIES}")
    assert wordings(parsed) == {"K1": "Hemp fibres.", "S1": "Splice. (by hand)"}
    assert [(pair.duty, pair.code) for pair in parsed.rows.duty_ksbs] == [(duty, "K1") for duty in duties]
    assert not [row for row in parsed.findings if row.severity == "error"]


def test_a_duty_behind_a_wording_that_is_printed_nowhere_is_an_error():
    parsed = parse(f"Rope maker\n\nKSBs\nK1: Hemp. (Duties 1, 9)\nS1: Splice.\n{DUTIES}")
    found = [row.message for row in parsed.findings if row.severity == "error"]
    assert found == ["D9, named behind statements, is a duty that is printed nowhere: no pair is read of it"]


def test_duties_behind_wordings_of_a_text_without_duties_are_a_warning():
    parsed = parse("Rope maker\n\nKSBs\nK1: Hemp. (Duties 1, 9)\nS1: Splice.\n")
    assert wordings(parsed)["K1"] == "Hemp. (Duties 1, 9)"
    assert [row.severity for row in parsed.findings if row.rule == "no-pairs"] == ["warning"]
