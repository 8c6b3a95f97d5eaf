"""The facts of a standard in the headers of the pages of a Word file."""

from __future__ import annotations

import io

import docx

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document


def parse(head, *paragraphs):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = head
    for text in (*paragraphs, "K1: Hemp fibres.", "S1: Lay rope."):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return parse_document(bytes_to_document(out.getvalue(), "mine.docx"))


def facts(parsed):
    return parsed.facts.title, parsed.facts.reference, parsed.facts.version


def test_facts_in_the_header_of_pages():
    parsed = parse("Rope maker, reference: ST9501, version: 1.3")
    assert facts(parsed) == ("Rope maker", "ST9501", "1.3")
    assert [row.text for row in parsed.statements] == ["Hemp fibres.", "Lay rope."]


def test_the_text_is_surer_than_the_header():
    parsed = parse("ST9502 version 2.0", "Rope maker", "Reference: ST9501", "Version: 1.3")
    assert facts(parsed) == ("Rope maker", "ST9501", "1.3")


def test_a_header_without_a_reference_is_no_title():
    assert facts(parse("College of crafts")) == ("", "", "")
