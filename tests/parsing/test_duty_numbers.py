"""The numbers of duties are those that are printed, in whatever words."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

KSBS = "## KSBs\n\n| Code | Statement |\n|---|---|\n| K1 | Ropes. |\n| S1 | Splice. |\n"


def parse_table(first, second):
    table = f"| Duty | KSBs |\n|---|---|\n| {first} | K1 |\n| {second} | S1 |\n"
    text = f"# Rope maker\n\n## Duties\n\n{table}\n{KSBS}"
    return parse_document(bytes_to_document(text.encode(), "mine.md"))


def duties(parsed):
    return {row.code: (row.option, row.text) for row in parsed.duties}


@pytest.mark.parametrize(
    ("second", "code", "option"),
    [
        ("Core duty 4: Twist yarn.", "D4", ""),  # without options no duty is core
        ("Option duty 7: Twist yarn.", "D7", "Option"),
        ("Option 2 duty 7: Twist yarn.", "D7", "Option 2"),
        ("Duty No. 7 Twist yarn.", "D7", ""),
        ("Duty #7 Twist yarn.", "D7", ""),
        ("Duty number 7 - Twist yarn.", "D7", ""),
        ("Duty Seven: Twist yarn.", "D7", ""),
    ],
)
def test_printed_numbers_of_duties(second, code, option):
    parsed = parse_table("Duty 3 Lay rope.", second)
    assert duties(parsed) == {"D3": ("", "Lay rope."), code: (option, "Twist yarn.")}
    assert [(pair.duty, pair.code) for pair in parsed.rows.duty_ksbs] == [("D3", "K1"), (code, "S1")]
    assert not [found for found in parsed.findings if found.rule == "numbers-lost"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Duty 1a Lay rope.", "Duty 1b Twist yarn."), ("Pflicht 3: Lay rope.", "Pflicht 4: Twist yarn.")],
)
def test_numbers_of_duties_that_are_not_known_are_an_error(first, second):
    found = [row for row in parse_table(first, second).findings if row.rule == "numbers-lost"]
    assert [row.severity for row in found] == ["error"]
    assert first.split("Lay")[0].strip() in found[0].message


def test_duties_without_numbers_are_a_note():
    found = parse_table("Lay rope.", "Twist yarn.").findings
    assert [row.severity for row in found if row.rule == "numbers-lost"] == ["note"]


def test_core_and_option_duties_on_lines():
    text = (
        "Rope maker\n\nDuties\nCore duty 1: Lay rope.\nK1\nOption duty 2: Twist yarn.\nS1\n\n"
        "KSBs\nK1: Ropes.\nS1: Splice.\n"
    )
    parsed = parse_document(bytes_to_document(text.encode(), "mine.txt"))
    assert duties(parsed) == {"D1": ("core", "Lay rope."), "D2": ("Option", "Twist yarn.")}
