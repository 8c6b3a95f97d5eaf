"""The summary of a parse: what was found, what is missing, how sure it is."""

from __future__ import annotations

import pytest

from curriculum.parsing.parse_summary import parsed_to_summary


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (
            "K1: Flour\nS1: Knead",
            ("Found: 2 statements.", "No finding is an error, and every line is in a table."),
        ),
        (
            "Duty 1 Bake\nK1: Flour",
            (
                "Found: 1 statement, 1 duty and 1 pair of a duty and a KSB.",
                "No finding is an error, and every line is in a table.",
            ),
        ),
        (
            "K1 S1\nDuty 1 Bake\nB1\nK1: Flour\nS1: Knead\nB1: Care",
            (
                "Found: 3 statements and 1 duty.",
                "Not found: pairs of a duty and a KSB. A document of this kind usually has them.",
                "Doubtful: 1 finding is an error (duty-codes-mixed), and 2 lines or cells are in no table. "
                "Compare their lines with the document before you use the tables.",
            ),
        ),
        (
            "K1: Flour\nBakers\nS1: Knead",
            (
                "Found: 2 statements.",
                "Read, but 1 line or cell is in no table: look whether they are part of the standard.",
            ),
        ),
    ],
)
def test_summary_of_a_parse(read, text, summary):
    assert parsed_to_summary(read(text)) == ("No reference and no version was read.", *summary)
