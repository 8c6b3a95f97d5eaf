"""Lines that look like statements are read, or are errors: none is lost with a warning alone."""

from __future__ import annotations

import pytest
from tests.parsing.test_code_cells import errors, parse
from tests.parsing.test_tables_by_cells import texts

from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Occurrence, Rows
from curriculum.parsing.sunk_lines import sunk_findings

COOPER = (
    "Cooper\n\nKnowledge\nK1: Oak and its faults.\n{}\nSkills\nS1: Raise a cask.\n{}\n"
    "Behaviours\nB1: Is careful.\n"
)


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
        for text in ("S1: Raise a cask.", "S7: Sell casks.", "S7;Sell casks", "AS7: Sell.", "D7: Sell casks.")
    }
    assert [text for text, severities in found.items() if severities == ["warning"]] == ["S1: Raise a cask."]
    assert all(severities in (["warning"], ["error"]) for severities in found.values())


def numbered(*numbers):
    knowledge, skills = (
        "\n".join(f"{group[at]}. How {word} is made." for at, word in enumerate(("oak", "a hoop", "a lid")))
        for group in numbers
    )
    return parse(f"Cooper\n\nKnowledge\n{knowledge}\nSkills\n{skills}\nBehaviours\n1. Is careful.\n")


def test_a_printed_number_that_is_not_the_code_is_an_error():
    one = numbered((1, 2, 4), (1, 2, 3))
    assert list(texts(one))[:3] == ["K1", "K2", "K3"]
    assert errors(one) == ["an item has the number 4, and 3 was expected: its code is that of its order"]
    assert errors(numbered((2, 3, 4), (1, 2, 3))) == [
        "an item has the number 2, and 1 was expected: its code is that of its order"
    ]


def test_numbers_that_go_on_over_the_kinds_are_a_warning_and_those_that_begin_anew_a_note():
    going_on = numbered((1, 2, 3), (4, 5, 6))
    assert not errors(going_on)
    assert [row.message for row in going_on.findings if row.severity == "warning"][:1] == [
        "an item has the number 4, and 1 was expected: its code is that of its order"
    ]
    assert [row.severity for row in numbered((1, 2, 1), (1, 2, 3)).findings] == ["note"]


def test_a_code_within_brackets_begins_no_statement():
    one = parse(COOPER.format("K2: Hoops.", "S2: Fit heads (formerly S3: Fit heads and hoops)."))
    assert errors(one) == [
        "S2 and S3 are printed one behind the other; they are separated at their codes, which cuts brackets "
        "in the wording of S2"
    ]
    whole = parse(COOPER.format("K2: Hoops.", "S2: Fit heads (oak). S3: Fit hoops (iron)."))
    assert not errors(whole)
    assert texts(whole)["S3"] == "Fit hoops (iron)."


def test_all_ksbs_behind_a_duty_are_no_pairs_and_an_error():
    duties = "Occupation duties\nDuty 1 Raise a cask. K1, S1, B1\nDuty 2 {}\n\nKSBs\n"
    for end in ("All KSBs", "(all KSBs)", "All K, S and Bs", "All knowledge, skills and behaviours."):
        one = parse(duties.format(f"Sell casks. {end}") + COOPER.format("K2: Hoops.", "S2: Fit heads."))
        (message,) = errors(one)
        assert message.startswith("the wording of D2 ends “")
        assert "cannot be read as codes: this duty is paired with no KSB" in message
    sold = parse(duties.format("Sell all casks. K2, S2") + COOPER.format("K2: Hoops.", "S2: Fit heads."))
    assert not errors(sold)


@pytest.mark.parametrize("items", ["1. Oak.\n2. Parts of a cask.", "• Oak.", "Oak and its faults.\nParts."])
def test_a_kind_whose_list_has_lost_its_codes_is_an_error(items):
    one = parse(f"Cooper\n\nKnowledge\n{items}\nSkills\nS1: Raise a cask.\nBehaviours\nB1: Is careful.\n")
    (message,) = errors(one)
    assert message.startswith("no knowledge is read below the heading “Knowledge”, while others have codes: ")
    assert f"“{items.splitlines()[0]}” on line 4 can be one whose code is lost" in message


@pytest.mark.parametrize(
    "end",
    [
        "",
        "Behaviours\nBehaviours are verified by the employer.\n",
        "Behaviours\nNot applicable\n",
        "Skills\nS2: Fit heads.\n",
    ],
)
def test_a_kind_without_a_list_is_no_error(end):
    assert not errors(parse(f"Cooper\n\nKnowledge\nK1: Oak.\nSkills\nS1: Raise a cask.\n{end}"))


def test_codes_at_the_end_of_a_criterion_that_are_read_as_words_are_an_error():
    plan = (
        "Assessment plan\nTheme: Making (K1, S1)\nPass\n{}\n\nK1: Oak.\nS1: Raise a cask.\nB1: Is careful.\n"
    )
    one = parse(plan.format("Mends a cask K1, S1"))
    assert errors(one) == [
        "a criterion of “Making” ends in “K1, S1”, which is read as words: if these are its KSBs, put them "
        "in brackets"
    ]
    for criterion in ("Mends a cask (K1, S1)", "Mends a cask. K1 S1", "Explains the use of vitamin B12"):
        assert not errors(parse(plan.format(criterion)))


def test_a_row_of_a_table_within_a_wording_is_an_error():
    (message,) = errors(parse("# Cooper\n\n- K1: Oak.\n\nS1: Raise a cask\n| K3 | Heads |\n", "mine.md"))
    assert message.startswith("the wording of S1 has K3 in it")


def test_the_end_of_a_wording_behind_a_tab_is_an_error():
    one = parse(COOPER.format("K2: Use a drill\tand a saw.", "S2: Fit heads."))
    assert errors(one) == ["not placed: the cell “and a saw.”"]


@pytest.mark.parametrize("end", ["D2", "Duties 1-2", "D1, D2.", "Duty 2"])
def test_duties_behind_a_wording_without_brackets_are_an_error(end):
    text = f"Cooper\n\nK1: Oak. (Duty 1)\nS1: Raise a cask. {end}\n\nDuty 1: Make casks\nDuty 2: Mend casks\n"
    assert errors(parse(text)) == [
        f"the wording of S1 ends in “{end.rstrip('.')}”, which is read as words: if these are duties, "
        "put them in brackets"
    ]
    assert not errors(parse(text.replace(end, "Carry out all duties")))


@pytest.mark.parametrize("heading", ["Typical duties", "Duties", "Occupational duties and tasks"])
def test_duties_without_codes_are_an_error(heading):
    text = (
        f"Cooper\n\n{heading}\n\nMake casks\n\nMend casks\n\nKSBs\nK1: Oak.\nS1: Raise a cask.\nB1: Care.\n"
    )
    (message,) = errors(parse(text))
    assert message.startswith(f"no duty is read below the heading “{heading}”, while others have codes: ")
    assert not errors(parse(text.replace("Make", "Duty 1: Make").replace("Mend", "Duty 2: Mend")))


def test_criteria_that_are_of_no_known_theme_are_an_error():
    plan = "Pass\nMakes a cask (K1 S1)\nDistinction\nMakes it fast (S1)\n\nPass\nMends (B1)"
    one = parse(f"Assessment plan\n\n{plan}\n\nK1: Oak.\nS1: Raise a cask.\nB1: Care.\n")
    assert any("are of no theme that is known, and are not read" in message for message in errors(one))


@pytest.mark.parametrize("name", ["Theme", "Assessment outcome"])
def test_themes_with_numbers_in_words(name):
    first = f"{name} one: Make\nK1 S1\nPass\n• Makes.\nDistinction\n• Makes fast.\n"
    plan = f"{first}{name} two: Mend\nB1\nPass\n• Mends."
    one = parse(f"Assessment plan\n\n{plan}\n\nK1: Oak.\nS1: Raise a cask.\nB1: Care.\n")
    assert [row.name for row in one.themes] == ["Make", "Mend"]
    assert not errors(one)


@pytest.mark.parametrize("items", ["1. stave\n2. head\n3. hoop", "a) stave\nb) head\nc) hoop"])
def test_a_numbered_list_within_a_wording_is_read_as_a_whole(items):
    one = parse(COOPER.format(f"K2: Parts, such as:\n{items}", "S2: Fit heads."))
    assert texts(one)["K2"] == f"Parts, such as: {' '.join(items.splitlines())}"
    assert not one.findings


def test_several_codes_before_one_wording_are_an_error():
    for codes in ("K2/K3", "K2 & K3", "K2, K3", "K2-K3"):
        (message,) = errors(parse(COOPER.format(f"{codes}: Parts of a cask.", "S2: Fit heads.")))
        assert message.startswith("1 line looks like KSBs with several codes before one wording")


@pytest.mark.parametrize("text", ["[deleted]", "Not used", "Reserved.", "This KSB has been withdrawn."])
def test_a_code_that_is_not_used_has_no_wording(text):
    (message,) = errors(parse(COOPER.format(f"K2: {text}", "S2: Fit heads.")))
    assert message == f"K2 has no wording: “{text}” is a note that the code is not used"
