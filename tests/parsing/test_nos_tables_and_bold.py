"""NOS units whose headings and items are in tables, and sentences on bold that are about something else."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.bold_meaning import lines_to_bold_meaning
from curriculum.parsing.document_parser import parse_document

TITLE = "<h1>Make rope</h1>"
CRITERIA, MUST = "Performance criteria", "You must be able to:"
KNOWLEDGE, NEED = "Knowledge and understanding", "You need to know and understand:"


def rows(*cells):
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)


def table(*cells):
    return f"<table>{rows(*cells)}</table>"


IN_THREE_COLUMNS = table(
    (CRITERIA, "", ""), ("", "", MUST), ("P1", "Lay rope.", ""), ("P2", "Coil rope.", "")
) + table((KNOWLEDGE, "", ""), ("", "", NEED), ("K1", "Hemp.", ""), ("K2", "Knots.", ""))
HEADINGS_ABOVE = (
    f"<h2>{CRITERIA}</h2><p>{MUST}</p>"
    + table(("P1", "Lay rope.", ""), ("P2", "Coil rope.", ""))
    + f"<h2>{KNOWLEDGE}</h2><p>{NEED}</p>"
    + table(("K1", "Hemp.", ""), ("K2", "Knots.", ""))
)
HEADINGS_BESIDE = table(
    (f"<p>{CRITERIA}</p><p>{MUST}</p>", "<p>P1 Lay rope.</p><p>P2 Coil rope.</p>"),
    (f"<p>{KNOWLEDGE}</p><p>{NEED}</p>", "<p>K1 Hemp.</p><p>K2 Knots.</p>"),
)


@pytest.mark.parametrize("body", [IN_THREE_COLUMNS, HEADINGS_ABOVE, HEADINGS_BESIDE])
def test_units_in_tables(body):
    page = f"<html><body>{TITLE}{body}</body></html>"
    parsed = parse_document(bytes_to_document(page.encode(), "mine.html"))
    assert {row.code: row.text for row in parsed.statements} == {
        "P1": "Lay rope.",
        "P2": "Coil rope.",
        "K1": "Hemp.",
        "K2": "Knots.",
    }
    assert parsed.recognition.kind == "NOS unit"
    assert not parsed.themes
    assert [row.rule for row in parsed.findings] == ["reading"]


@pytest.mark.parametrize(
    ("sentence", "is_mandatory"),
    [
        ("KSBs in bold must be assessed.", True),
        ("The training provider must make sure that KSBs in bold are assessed.", False),
        ("Every KSB in bold must be tested before gateway.", False),
        ("Skills in bold need to be assessed for a distinction.", False),
    ],
)
def test_what_a_sentence_says_of_bold(sentence, is_mandatory):
    found = lines_to_bold_meaning([sentence])
    assert found is not None
    assert found.is_mandatory is is_mandatory
