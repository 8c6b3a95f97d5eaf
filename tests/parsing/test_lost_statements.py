"""Lines that look like statements are read, or are errors: none is lost with a warning alone."""

from __future__ import annotations

from tests.parsing.test_code_cells import errors, parse
from tests.parsing.test_tables_by_cells import texts

from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Occurrence, Rows
from curriculum.parsing.sunk_lines import sunk_findings

COOPER = "Cooper\n\nKnowledge\nK1: Oak and its faults.\n{}\nSkills\nS1: Raise a cask.\n{}\nBehaviours\nB1: Is careful.\n"


def test_a_statement_that_ends_like_the_footer_of_a_page_is_read():
    one = parse(COOPER.format("K2: How to set out a page 2", "S2: Label the casks of page 4"))
    assert texts(one)["K2"] == "How to set out a page 2"
    assert texts(one)["S2"] == "Label the casks of page 4"
    footer = parse(COOPER.format("K2: How casks are\nCooper page 2\nset out", "S2: Fit heads."))
    assert texts(footer)["K2"] == "How casks are set out"


def test_a_code_with_a_letter_behind_it_is_an_error():
    (message,) = errors(parse(COOPER.format("K1a How oak is bent by heat", "S2: Fit heads.")))
    assert message.startswith(
        "1 line looks like KSBs with a sign, a letter or a second number in their codes"
    )
    assert "first “K1a How oak is bent by heat”" in message


def test_a_statement_in_no_row_is_an_error_if_no_row_has_its_code():
    rows = Rows(occurrences=(Occurrence("S1", "", "Raise a cask.", 1, 1),))
    found = {
        text: [finding.severity for finding in sunk_findings([Line(9, text)], rows)]
        for text in ("S1: Raise a cask.", "S7: Sell casks.", "D7: Sell casks.")
    }
    assert found == {
        "S1: Raise a cask.": ["warning"],
        "S7: Sell casks.": ["error"],
        "D7: Sell casks.": ["error"],
    }
