"""What follows a code and is probably no wording is an error."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

LIST = "Groom\n\nK1: The rules of the yard\nK2: How to store hay\nS1: Lead a horse safely\n\n"


def errors(line):
    one = parse_document(bytes_to_document(f"{LIST}{line}\n".encode(), "mine.txt"))
    return [(row.rule, row.line, row.message) for row in one.findings if row.severity == "error"]


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("K1. K2 and S1 are assessed together.", "K1", "K2 and S1"),
        ("K3: K2, S1 are seen in the interview.", "K3", "K2 and S1"),
        ("S2: K1 must be covered in the discussion.", "S2", "K1"),
        ("K3. and S1 are assessed together", "K3", "S1"),
        ("K3: K8 and S9 will be shown in the project", "K3", "K8 and S9"),
        ("K3: K1 and S1 in one project", "K3", "K1 and S1"),
    ],
)
def test_a_sentence_about_other_codes_is_no_wording(line, code, named):
    message = f"the wording of {code} has {named} in it: it begins as a sentence about them, and may be no "
    assert errors(line) == [("codes-in-wording", 7, f"{message}statement")]


@pytest.mark.parametrize(
    "line",
    [
        "S2: B12 is given to horses that are ill.",
        "K3: B1 vitamins and how they are fed",
        "K3: How K2 is put to use",
        "K3: Both kinds of hay are stored",
    ],
)
def test_a_wording_that_names_something_else(line):
    assert errors(line) == []
