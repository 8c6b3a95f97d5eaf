"""Assessment methods and themes in the cells and the headings of tables."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

PLAN = "# Rope maker\n\nEnd-point assessment plan\n\n"
MAPPING = f"{PLAN}## Mapping of KSBs to assessment methods\n\n"


def parse(text, name="mine.md"):
    return parse_document(bytes_to_document(text.encode(), name))


def methods(parsed):
    return [(row.code, row.method) for row in parsed.rows.statement_methods]


@pytest.mark.parametrize(("tick", "empty"), [("x", ""), ("✓", ""), ("Yes", "No"), ("Y", "-")])
def test_ticks_below_the_names_of_methods(tick, empty):
    parsed = parse(
        f"{MAPPING}| KSB | Statement | Observation | Interview |\n|---|---|---|---|\n"
        f"| K1 | Hemp fibres. | {empty} | {tick} |\n| S1 | Splice. | {tick} | {tick} |\n"
    )
    assert [(row.code, row.text, row.option) for row in parsed.statements] == [
        ("K1", "Hemp fibres.", ""),
        ("S1", "Splice.", ""),
    ]
    assert methods(parsed) == [("K1", "Interview"), ("S1", "Observation"), ("S1", "Interview")]
    assert {row.name for row in parsed.methods} == {"Observation", "Interview"}
    assert not parsed.findings


@pytest.mark.parametrize("between", [", ", "<br>", "; ", " and ", " / "])
def test_two_methods_in_a_cell(between):
    parsed = parse(
        f"{MAPPING}| KSB | Statement | Assessment method |\n|---|---|---|\n"
        f"| K1 | Hemp fibres. | Interview |\n| S1 | Splice. | Observation{between}Interview |\n"
    )
    assert methods(parsed) == [("K1", "Interview"), ("S1", "Observation"), ("S1", "Interview")]
    assert [row.text for row in parsed.statements] == ["Hemp fibres.", "Splice."]


def test_a_name_with_and_is_one_method():
    parsed = parse(
        f"{MAPPING}| KSB | Statement | Assessment method |\n|---|---|---|\n"
        "| K1 | Hemp fibres. | Project, presentation and questioning |\n| S1 | Splice. | Observation |\n"
    )
    assert methods(parsed)[0] == ("K1", "Project, presentation and questioning")


THEMES = "| Theme | KSBs | Pass |\n|---|---|---|\n| Laying | K1 | Lays rope. (K1) |\n\n"
KSBS = "## KSBs\n\n- K1: Hemp.\n- S1: Splice.\n"


def test_the_title_of_the_document_is_no_method():
    parsed = parse(f"{PLAN}## Grading\n\n{THEMES}{KSBS}")
    assert [(theme.name, theme.method) for theme in parsed.themes] == [("Laying", "")]
    assert not parsed.methods


def test_the_method_in_the_row_of_a_theme():
    parsed = parse(
        f"{PLAN}## Grading\n\n| Assessment method | Theme | KSBs | Pass |\n|---|---|---|---|\n"
        "| Interview | Laying | K1 | Lays rope. (K1) |\n| Observation | Selling | S1 | Sells. (S1) |\n\n"
        f"{KSBS}"
    )
    assert [row.name for row in parsed.methods] == ["Interview", "Observation"]
    assert [(theme.name, theme.method) for theme in parsed.rows.themes] == [
        ("Laying", "Interview"),
        ("Selling", "Observation"),
    ]


def test_the_words_before_the_name_of_a_method():
    parsed = parse(f"{PLAN}## Assessment method: Visit to a ropewalk\n\n{THEMES}{KSBS}")
    assert [row.name for row in parsed.methods] == ["Visit to a ropewalk"]


@pytest.mark.parametrize("name", ["mine.md", "mine.html", "mine.csv"])
def test_a_column_of_methods_beside_a_list_of_ksbs(name):
    rows = [
        ("Code", "Statement", "Assessment method"),
        ("K1", "Hemp.", "Interview"),
        ("S1", "Splice.", "Test"),
    ]
    text = {
        "mine.md": "# KSBs\n\n| Code | Statement | Assessment method |\n|---|---|---|\n"
        + "".join(f"| {' | '.join(row)} |\n" for row in rows[1:]),
        "mine.html": "<h1>KSBs</h1><table>"
        + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        + "</table>",
        "mine.csv": "\n".join(",".join(row) for row in rows),
    }[name]
    parsed = parse(text, name)
    assert methods(parsed) == [("K1", "Interview"), ("S1", "Test")]
    assert [row.text for row in parsed.statements] == ["Hemp.", "Splice."]


def test_ticks_below_the_names_of_themes():
    parsed = parse(
        f"{PLAN}## Mapping of KSBs to themes\n\n| KSB | Statement | Laying | Selling | Page |\n"
        "|---|---|---|---|---|\n| K1 | Hemp. | ✓ |  | 4 |\n| S1 | Splice. | ✓ | ✓ | 5 |\n"
    )
    assert [(theme.name, theme.codes) for theme in parsed.rows.themes] == [
        ("Laying", ("K1", "S1")),
        ("Selling", ("S1",)),
    ]
    assert "2 cells of the column “Page”" in parsed.findings[0].message


@pytest.mark.parametrize(
    ("tick", "expected"), [("x", [("K1", "Interview"), ("S1", "Observation")]), ("", [])]
)
def test_ticks_beside_a_list_of_ksbs_are_methods_if_each_ksb_has_one(tick, expected):
    parsed = parse(
        "# Rope maker\n\n## KSBs\n\n| Code | Statement | Observation | Interview |\n|---|---|---|---|\n"
        f"| K1 | Hemp. |  | {tick} |\n| S1 | Splice. | x | - |\n"
    )
    assert methods(parsed) == expected
    assert [row.text for row in parsed.statements] == ["Hemp.", "Splice."]
