"""Duties whose codes are in the column of the codes of KSBs, above those, are not lost in silence."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

TABLE = (
    "# Groom\n\n| Code | Text |\n|---|---|\n"
    "| D1 | Lead horses |\n| D2 | Feed horses |\n| K1 | Rules of a yard |\n"
)
# The sentence below “KSB” can be a wording, so that the whole columns tell.
CSV = "Code,Text,KSB\nD1,Lead horses,Know the rules\nK1,The rules of a yard,b\n"


@pytest.mark.parametrize(
    ("text", "name", "named"), [(TABLE, "mine.md", "“D1” and “D2”"), (CSV, "mine.csv", "“D1”")]
)
def test_codes_of_duties_above_those_of_ksbs_are_an_error(text, name, named):
    one = parse_document(bytes_to_document(text.encode(), name))
    assert [row.code for row in one.statements] == ["K1"]
    errors = [row.message for row in one.findings if row.severity == "error"]
    assert errors == [f"headings of a table are duties or KSBs, and nothing is read from them: {named}"]
