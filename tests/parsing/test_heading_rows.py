"""A row that the file marks as headings and that is a duty or a statement is read, or reported."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

DUTIES = [("Duty 1 Keep the yard clean", "K1 S1"), ("Duty 2 Feed the horses", "K2")]
KSBS = [("K1", "The rules of the yard"), ("K2", "How to store hay"), ("S1", "Lead a horse safely")]
REST = "\n\nK1: The rules of the yard\n\nK2: How to store hay\n\nS1: Lead a horse safely\n"


def markdown(rows):
    rule = f"|{'---|' * len(rows[0])}"
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([first, rule, *others])


def page(rows):
    first, *others = (f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f"<html><body><table><thead>{first.replace('td>', 'th>')}</thead>{''.join(others)}</table>"


def parse(text, name):
    return parse_document(bytes_to_document(text.encode(), name))


def errors(one):
    return [(row.rule, row.line, row.message) for row in one.findings if row.severity == "error"]


@pytest.mark.parametrize("name", ["mine.md", "mine.txt", "mine.html"])
def test_a_duty_in_the_row_of_headings(name):
    rest = "".join(f"<p>{code}: {text}</p>" for code, text in KSBS) if name == "mine.html" else REST
    one = parse((page if name == "mine.html" else markdown)(DUTIES) + rest, name)
    assert [(row.code, row.text) for row in one.duties] == [
        ("D1", "Keep the yard clean"),
        ("D2", "Feed the horses"),
    ]
    assert [(row.duty, row.code) for row in one.rows.duty_ksbs] == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert errors(one) == []


@pytest.mark.parametrize("name", ["mine.md", "mine.txt", "mine.html"])
@pytest.mark.parametrize("rows", [KSBS, [(f"{code}: {text}", "Unit 1") for code, text in KSBS]])
def test_a_statement_in_the_row_of_headings(name, rows):
    one = parse((page if name == "mine.html" else markdown)(rows), name)
    assert {row.code: row.text for row in one.statements} == dict(KSBS)
    assert errors(one) == []


def test_numbers_of_duties_in_the_row_of_headings():
    rows = [("D1", "Keep the yard clean", "K1 S1"), ("D2", "Feed the horses", "K2")]
    one = parse(f"# Duties\n\n{markdown(rows)}\n\n# Knowledge{REST}", "mine.md")
    assert [(row.code, row.text) for row in one.duties] == [
        ("D1", "Keep the yard clean"),
        ("D2", "Feed the horses"),
    ]
    assert {row.code: row.text for row in one.statements} == dict(KSBS)


def test_duties_that_are_the_headings_of_columns_are_reported():
    rows = [("Duty 1 Keep the yard clean", "Duty 2 Feed the horses"), ("K1 S1", "K2")]
    one = parse(markdown(rows) + REST, "mine.md")
    assert one.duties == ()
    message = (
        "headings of a table are duties or KSBs, and nothing is read from them: “Duty 1 Keep the yard clean” "
        "and “Duty 2 Feed the horses”"
    )
    assert ("not-in-a-table", 1, message) in errors(one)


def test_a_grid_of_duties_and_ksbs_makes_no_duty_of_its_ticks():
    rows = [("KSB", "Duty 1", "Duty 2"), ("K1", "x", ""), ("K2", "", "x")]
    one = parse(markdown(rows) + REST, "mine.md")
    assert one.duties == ()
    assert [row[:2] for row in errors(one)] == [("not-in-a-table", 3)]


def test_codes_that_are_the_headings_of_ticks_stay_headings():
    rows = [("Module", "K1", "K2"), ("Induction to the yard", "x", ""), ("Feeding well", "", "x")]
    one = parse(markdown(rows) + REST, "mine.md")
    assert {row.code: row.text for row in one.statements} == dict(KSBS)
    assert [rule for rule, _, _ in errors(one)] == ["not-in-a-table"]
