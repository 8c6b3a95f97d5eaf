"""The refusal of a text of no kind: what was looked for, what was found and where, and what to do."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import UnsupportedFormat
from curriculum.parsing.document_parser import parse_document

ANY = (
    "performance criteria, duties with their KSBs, grading tables, KSBs with codes such as K1 or lists below "
    "Knowledge, Skills and Behaviours"
)


@pytest.mark.parametrize(
    ("name", "text", "expected", "found"),
    [
        ("a.txt", "Dear all\nSee you soon\n", ANY, "2 lines with none of them, first “Dear all” (line 1)"),
        ("a.md", "\nSee K1, K2\n\nK1, K2\n", ANY, "a list of codes on 1 line (first: line 4); but no KSB"),
        ("a.csv", "Name,Done\nAnn,yes\n", f"the columns code and text, {ANY}", "2 lines with none of them"),
        ("a.txt", "Duty 1 Lead horses\n", ANY, "“Duty n” on 1 line (first: line 1); but no KSB with its"),
    ],
)
def test_what_was_looked_for_depends_on_the_ending(name, text, expected, found):
    with pytest.raises(UnsupportedFormat) as raised:
        parse_document(bytes_to_document(text.encode(), name))
    assert f"{name}: no kind of document that can be read; expected {expected}; found " in str(raised.value)
    assert found in str(raised.value)
