"""Letters in a wrong encoding are told: those of an old Mac, and those that another program has mistaken."""

from __future__ import annotations

import pytest
from tests.parsing.test_code_cells import parse

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

TEXT = "Cooper\n\nKnowledge\nK1: {}\nSkills\nS1: Raise a cask.\nBehaviours\nB1: Is careful.\n"


@pytest.mark.parametrize("wording", ["The cooper’s tools", "Oak – its faults", "“Dry” and “wet” casks"])
def test_a_text_of_an_old_mac_is_an_error(wording):
    text = TEXT.format(wording)
    for encoding, expected in (("mac_roman", ["error"]), ("cp1252", ["note"]), ("utf-8", [])):
        one = parse_document(bytes_to_document(text.encode(encoding), "mine.txt"))
        assert [row.severity for row in one.findings if row.rule == "reading"] == expected


def test_letters_that_another_program_has_mistaken_are_a_warning():
    (finding,) = parse(TEXT.format("The cooperâ€™s tools")).findings
    assert (finding.rule, finding.severity, finding.line) == ("reading", "warning", 4)
    assert finding.message.startswith(
        "1 line has letters that another program has mistaken, such as “K1: The"
    )
    assert not parse(TEXT.format("Café crème and São Paulo")).findings
