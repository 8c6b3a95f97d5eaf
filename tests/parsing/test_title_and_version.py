"""The title and the version of a document are its own, not those of a handbook or of the file."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

LIST = "Knowledge\nK1: How ropes are spliced.\nSkills\nS1: Coil a rope.\n"
DUTIES = "Duties\nDuty 1 Make ropes.\nK1 S1\n\n"


def facts(text, name="mine.txt"):
    found = parse_document(bytes_to_document(text.encode(), name)).facts
    return found.title, found.reference, found.version


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("Rope maker\nReference: ST9501\nVersion: 1.1\nTeaching pack version 5.1\n", ("ST9501", "1.1")),
        ("Rope maker\nST9501\nVersion no. 1.1\nTemplate version 7.0, May 2024\n", ("ST9501", "1.1")),
        ("Rope maker\nReference: ST9501\nTemplate version 7.0\n", ("ST9501", "")),
        ("Rope maker\nReference: ST9501\nVersion: 1.1\nMade with Writer 4.1\n", ("ST9501", "1.1")),
        ("Rope maker\nOccupational standard ST9501\nVersion: 1.1\n", ("ST9501", "1.1")),
        ("Rope maker\nST9501\nv1.1\n", ("ST9501", "1.1")),
        ("Rope maker\nST9501\nV1.1\n", ("ST9501", "1.1")),
        ("ST9501 Rope maker v1.1\n", ("ST9501", "1.1")),
        ("Rope maker (ST9501/AP02), version 1.1\n", ("ST9501", "1.1")),
        ("Our college\nRope maker version 1.1\n", ("", "1.1")),
        ("Apprenticeship standard: Rope maker\nStandard code: ST9501\n", ("ST9501", "")),
    ],
)
def test_facts_of_the_standard(front, expected):
    assert facts(f"{front}\n{LIST}") == ("Rope maker", *expected)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("Rope maker\nReference: ST9501\nVersion: 1.1\n\n", ("Rope maker", "ST9501", "1.1")),
        ("Rope maker (ST9501)\nLevel 3\n\n", ("Rope maker", "ST9501", "")),
        ("Rope maker\n\n", ("Rope maker", "", "")),
        ("Menu\nSearch this site\n\n", ("", "", "")),
    ],
)
def test_title_above_duties(front, expected):
    assert facts(f"{front}{DUTIES}{LIST}") == expected


def test_facts_above_a_table_with_tabs():
    front = "Rope maker\nReference: ST9501\nVersion: 2.0\n\n"
    table = "Code\tStatement\nK1\tHow ropes are spliced.\nS1\tCoil a rope.\n"
    assert facts(front + table) == ("Rope maker", "ST9501", "2.0")


def test_a_fact_above_a_table_is_no_title():
    assert facts("Version 2.0\nCode\tStatement\nK1\tHow ropes are spliced.\n") == ("", "", "2.0")


def test_the_first_marked_heading_that_says_what_the_document_is_about():
    text = f"# Skills scan\n\n# Rope maker\n\n# Your activities\n\n{LIST}"
    assert facts(text, "mine.md")[0] == "Rope maker"


@pytest.mark.parametrize("title", ["Level crossing keeper", "Change practitioner", "Route planner"])
def test_occupations_that_begin_like_a_fact(title):
    assert facts(f"{title}\nReference: ST9501\nVersion: 1.1\n\n{LIST}") == (title, "ST9501", "1.1")


def test_a_level_within_a_title_stays():
    front = "Rope maker (level 3) with S1 route\nReference: ST9501\n\n"
    assert facts(front + LIST)[0] == "Rope maker (level 3) with S1 route"


@pytest.mark.parametrize("front", ["- Reference: ST9501\n- Version: 1.1\n", "* **Version:** 1.1\n* ST9501\n"])
def test_facts_in_a_list_with_bullets(front):
    assert facts(f"# Rope maker\n\n{front}\n## KSBs\n\n- K1: Hemp.\n- S1: Coil.\n", "mine.md") == (
        "Rope maker",
        "ST9501",
        "1.1",
    )


def test_the_level_on_a_line_of_its_own():
    text = f"Rope maker\nLevel: 2\nDegree: Rope science (level 6)\n\n{LIST}"
    assert parse_document(bytes_to_document(text.encode(), "mine.txt")).facts.level == "2"
