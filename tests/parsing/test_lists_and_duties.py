"""Lists, duties and lines that were once read wrong without a word: one test for each."""

from __future__ import annotations

import pytest

from curriculum.documents.document import Document
from curriculum.parsing.document_parser import parse_document

KSBS = "K1: Types of hay.\nS1: Stack hay.\n"


def read(text):
    return parse_document(Document("hay", tuple(text.splitlines()), "hay.txt", "0" * 64, "utf-8"))


def wordings(text):
    return [(row.code, row.text) for row in read(text).statements]


def pairs(text):
    return [(row.duty, row.code) for row in read(text).rows.duty_ksbs]


def found(text, rule):
    return [(row.line, row.severity) for row in read(text).findings if row.rule == rule]


@pytest.mark.parametrize(
    ("behind", "severity"),
    [
        ("Knowledge, skills and behaviours\nK1: Types of hay.\nK2: Baling.\n", "warning"),
        ("K1: Types of hay.\nK2: Baling.\n", "warning"),
        ("Behaviours\nB1: Works safely.\n", "error"),
        ("KSBs not mapped to a duty\nK3: Farm rules.\n", "error"),
    ],
)
def test_a_list_behind_duties_is_not_given_to_the_last_one(behind, severity):
    text = f"Duty 1 Mow.\nK1: Types of hay.\nDuty 2 Bale.\nK2: Baling.\n{behind}"
    assert pairs(text) == [("D1", "K1"), ("D2", "K2")]
    assert [level for _, level in found(text, "no-pairs")] == [severity]


def test_a_list_behind_a_duty_without_ksbs_is_given_to_no_duty():
    text = "Duty 1 Mow.\nK1: Types of hay.\nDuty 2 Bale.\nKnowledge\nK1: Types of hay.\nK2: Baling.\n"
    assert pairs(text) == [("D1", "K1")]
    assert found(text, "no-pairs") == [(5, "error")]


def test_headings_of_kinds_below_each_duty_end_no_duty():
    text = (
        "Duty 1 Mow.\nKnowledge\nK1: Types of hay.\nDuty 2 Bale.\nKnowledge\nK2: Baling.\n"
        "Behaviours\nB1: Works safely.\n"
    )
    assert pairs(text) == [("D1", "K1"), ("D2", "K2"), ("D2", "B1")]
    assert found(text, "no-pairs") == []


@pytest.mark.parametrize(
    ("line", "wording"),
    [
        ("\u200eK1: Types of hay.", "Types of hay."),
        ("K\u200b1\u200d: Types of\ufeff hay.", "Types of hay."),
        ("K１：Types of hay.", "Types of hay."),
        ("K1 - K1 hay.", "K1 hay."),
        ("K1: S1-based checks.", "S1-based checks."),
        ("K1: S1 and S2 in use.", "S1 and S2 in use."),
        ("K1– Types of hay", "Types of hay"),
    ],
)
def test_a_label_with_a_sign_is_a_label(line, wording):
    assert wordings(f"{line}\nS1: Stack hay.\nS2: Bale hay.\n")[0] == ("K1", wording)


@pytest.mark.parametrize("label", ["Kl", "K l", "К1"])
def test_a_code_with_another_letter_is_an_error(label):
    text = f"{label}: Types of hay.\nS1: Stack hay.\nS2: Bale hay.\n"
    assert found(text, "not-in-a-table")[:1] == [(1, "error")]


def test_labels_in_columns_made_by_spaces_are_read_one_by_one():
    text = "K1 Types of hay.     S1 Stack hay.\nK2 Baling.           S2 Bale hay.\n"
    assert wordings(text) == [
        ("K1", "Types of hay."),
        ("K2", "Baling."),
        ("S1", "Stack hay."),
        ("S2", "Bale hay."),
    ]


def test_a_wide_gap_in_a_wording_is_an_error():
    text = "Ref  Statement        Assessed by\nK1   Types of hay.    Test\nK2   Baling.          Talk\n"
    assert found(text, "columns-in-wording") == [(2, "error"), (3, "error")]
    assert found("K1:     Types of hay.\nS1:     Stack hay.\n", "columns-in-wording") == []


def test_labels_with_a_dash_behind_a_wording_are_separated():
    assert wordings("K1: Types of hay; S1 - Stack hay; B1 - Works safely\n") == [
        ("K1", "Types of hay"),
        ("S1", "Stack hay"),
        ("B1", "Works safely"),
    ]


@pytest.mark.parametrize(
    "footer",
    [
        "12 | Page",
        "Farrier ST9999/AP01 v1.1",
        "https://www.example.org/st9999 3/14",
        "17/09/2024, 10:31 Farrier",
        "3/14",
    ],
)
def test_a_footer_is_left_out_of_statements_and_duties(footer):
    duty = f"Duty 1 Stack hay in\n{footer}\nbarns.\nK1 S1\n"
    text = f"{duty}K1: Types of hay and\n{footer}\nstraw.\nS1: Stack it.\n"
    one = read(text)
    assert [row.text for row in one.duties] == ["Stack hay in barns."]
    assert one.statements[0].text == "Types of hay and straw."
    assert found(text, "page-footer") == [(2, "note"), (6, "note")]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["The rules as in", "ST9999/AP01 v1.1", "and in the law."],
            "The rules as in ST9999/AP01 v1.1 and in the law.",
        ),
        (["The rules of the", "ST9999 v1.1"], "The rules of the ST9999 v1.1"),
    ],
)
def test_a_reference_on_a_line_of_its_own_stays_in_a_wording_that_goes_on(lines, text):
    for start in ("K1: ", "Duty 1 "):
        page = "\n".join([f"{start}{lines[0]}", *lines[1:], "S1: Stack it.", "K2: Types of hay."])
        one = read(page)
        assert (one.duties or one.statements)[0].text == text
        assert found(page, "page-footer") == [(2, "warning")]


def test_a_reference_that_follows_a_whole_wording_is_not_placed():
    text = "K1: How plans differ.\nST9999/AP01 v1.1\nK2: Types of hay.\nS1: Stack it.\n"
    assert wordings(text)[0] == ("K1", "How plans differ.")
    assert found(text, "unplaced-line") == [(2, "warning")]


def test_a_running_head_is_left_out_of_wordings():
    text = "Hay farmer\nK1: Types of hay and\nHay farmer\nstraw.\nK2: Baling of\nHay farmer\nstraw.\n"
    assert wordings(text) == [("K1", "Types of hay and straw."), ("K2", "Baling of straw.")]
    assert found(text, "page-footer") == [(3, "note"), (6, "note")]


def test_words_that_several_wordings_share_are_no_running_head():
    text = "K1: Rules of\nHay and Straw\nK2: Uses of\nHay and Straw\nS1: Sort the\nHay and Straw\n"
    assert [wording for _, wording in wordings(text)] == [
        "Rules of Hay and Straw",
        "Uses of Hay and Straw",
        "Sort the Hay and Straw",
    ]


def test_a_sentence_that_begins_with_a_code_is_no_statement():
    text = "K1: Types of hay.\nS1 boots are worn in the barn.\nS2: Stack hay.\n"
    assert wordings(text) == [("K1", "Types of hay."), ("S2", "Stack hay.")]
    assert found(text, "not-in-a-table") == [(2, "error")]
    assert [code for code, _ in wordings("K1 types of hay\nS1 stack hay\n")] == ["K1", "S1"]


@pytest.mark.parametrize("option", ["(option: dairy)", "[Option: dairy]", "(Option 2: dairy)"])
def test_an_option_behind_the_wording_of_a_duty(option):
    text = f"Duty 1 Mow.\nK1 S1\nDuty 2 Milk {option}.\nS1\nOption: Beef\nDuty 3 Feed.\nK1\n{KSBS}"
    assert [(row.code, row.option, row.text) for row in read(text).duties] == [
        ("D1", "core", "Mow."),
        ("D2", "dairy", "Milk."),
        ("D3", "Beef", "Feed."),
    ]


def test_an_option_within_the_wording_of_a_duty_is_a_warning():
    text = f"Duty 1 Mow. K1\nDuty 2 Milk. Option 1 only. S1\n{KSBS}"
    assert found(text, "option-differs") == [(2, "warning")]


def test_a_number_of_two_duties_is_an_error():
    text = f"Duty 1 Mow.\nK1\nDuty 1 Bale.\nS1\n{KSBS}"
    assert found(text, "several-wordings") == [(1, "error")]
    again = f"Duty 1 Mow.\nK1\nDuty 1 Mow hay.\nK1\n{KSBS}"
    assert found(again, "several-wordings") == [(1, "warning")]


def test_a_duty_with_codes_in_its_wording_is_paired_with_no_ksb():
    text = f"Duty 1 Mow with K1 tools.\nK1 S1\nDuty 2 Bale.\nS1\n{KSBS}"
    assert pairs(text) == [("D2", "S1")]
    assert found(text, "codes-in-wording") == [(1, "error")]


def test_a_plan_with_duties_can_print_its_ksbs_in_the_mapping_table_alone():
    cells = "K1: Types of hay.\tDiscussion\nS1: Stack hay.\tObservation\n"
    text = (
        "Duties\nDuty 1 Mow the meadow.\nK1 S1\nDuty 2 Bale the hay.\nS1\n"
        f"Mapping of KSBs to assessment methods\nKSBs\tMethods\nKnowledge\n{cells}"
    )
    assert wordings(text) == [("K1", "Types of hay."), ("S1", "Stack hay.")]
    assert pairs(text) == [("D1", "K1"), ("D1", "S1"), ("D2", "S1")]
