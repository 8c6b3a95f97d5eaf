"""The title, reference, version and level of a document, as people write them above a list."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parse_summary import parsed_to_summary

LIST = "Knowledge\nK1: How hay is stored.\nSkills\nS1: Lead a horse.\n"


def parse(text):
    return parse_document(bytes_to_document(text.encode(), "mine.txt"))


@pytest.mark.parametrize(
    ("front", "facts"),
    [
        ("Groom (ST9401)\nLevel 2\nVersion 1.2\n", ("Groom", "ST9401", "1.2", "2")),
        ("Trailblazer apprenticeship standard: Groom\nLevel 2\n", ("Groom", "", "", "2")),
        ("Groom\nReference: ST9401, version: 1.2, level: 2\n", ("Groom", "ST9401", "1.2", "2")),
        ("Groom\nST9401 v1.2\nLevel 2\n", ("Groom", "ST9401", "1.2", "2")),
        ("Groom\nThis replaces version 1.1.\n", ("Groom", "", "", "")),
        ("Groom\nVersion 1.1\nVersion 1.2\n", ("Groom", "", "", "")),
        ("Groom\nSoftware version 10.1.2 is used.\n", ("Groom", "", "", "")),
    ],
)
def test_facts_above_a_list(front, facts):
    found = parse(front + LIST).facts
    assert (found.title, found.reference, found.version, found.level) == facts


def test_facts_below_the_first_statement_are_none():
    assert parse(f"Groom\n{LIST}Version 1.2\n").facts.version == ""


def test_the_names_of_key_information():
    parsed = parse(
        "Key information\nReference number: ST9401\nVersion number: 1.2\nLevel: 2\nOccupation duties\n"
        f"Duty 1 Feed\nK1 S1\nKSBs\n{LIST}"
    )
    assert (parsed.facts.reference, parsed.facts.version) == ("ST9401", "1.2")


@pytest.mark.parametrize(
    ("front", "sentence"),
    [
        ("Groom (ST9401)\nVersion 1.2\n", "Read as: Groom, ST9401, version 1.2."),
        ("Groom\n", "Read as: Groom; no reference and no version was read."),
        ("", "No reference and no version was read."),
    ],
)
def test_the_summary_says_what_the_document_is(front, sentence):
    assert parsed_to_summary(parse(front + LIST))[0] == sentence


@pytest.mark.parametrize(
    ("front", "facts"),
    [
        ("Groom\nST9402 v1.3\nReplaces ST9401 version 1.0\n", ("Groom", "ST9402", "1.3")),
        ("Groom\nReplaces version 1.0 of ST9401\n", ("Groom", "", "")),
        ("Groom\nVersion 1.3\nPrevious version 1.0\n", ("Groom", "", "1.3")),
    ],
)
def test_the_version_that_is_replaced_is_another_one(front, facts):
    assert parse(front + LIST).facts[:3] == facts


def test_facts_in_the_cells_of_a_list_of_terms():
    page = (
        "<html><body><h1>Groom</h1><dl><dt>Reference</dt><dd>ST9401</dd><dt>Version</dt><dd>1.2</dd></dl>"
        "<h2>Knowledge</h2><p>K1: Hay.</p><h2>Skills</h2><p>S1: Lead a horse.</p></body></html>"
    )
    facts = parse_document(bytes_to_document(page.encode(), "mine.html")).facts
    assert (facts.title, facts.reference, facts.version) == ("Groom", "ST9401", "1.2")


def test_names_of_facts_that_a_file_marks_as_headings():
    text = (
        "# Groom\n\n## Key information\n\n#### Reference\n\nST9401\n\n#### Version\n\n1.2\n\n"
        "## Summary\n\nGrooms care for horses.\n\n"
        "## Occupation duties\n\nDuty 1 Feed\n\nK1 S1\n\n## KSBs\n\n### Knowledge\n\nK1: Hay.\n\n"
        "### Skills\n\nS1: Lead a horse.\n"
    )
    parsed = parse_document(bytes_to_document(text.encode(), "mine.md"))
    assert (parsed.facts.reference, parsed.facts.version) == ("ST9401", "1.2")
    assert [row.text for row in parsed.rows.sections if row.heading == "Summary"] == [
        "Grooms care for horses."
    ]
