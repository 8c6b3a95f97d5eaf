"""Texts about KSBs are not taken for their wordings: questions, statuses, errors of a spreadsheet."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from tests.parsing.test_code_cells import errors, parse
from tests.parsing.test_tables_by_cells import texts

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document


def sheet(*rows, number_format="General"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell in book.active["A"][1:]:
        cell.number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return parse_document(bytes_to_document(stream.getvalue(), "mine.xlsx"))


def test_questions_are_no_wordings():
    one = parse(
        "Potter\n\nKSBs\nK1: Which clay would you choose?\nS1: How do you trim a pot?\nB1: Is calm.\n"
    )
    assert errors(one) == [
        "2 of 3 wordings are questions, such as “Which clay would you choose?”: read the standard, and "
        "not a text about it"
    ]
    assert errors(parse("Potter\n\nKSBs\nK1: Which clay is used when?\nS1: Trim.\nB1: Calm.\n")) == []


def test_the_words_of_a_learner_are_no_wordings():
    one = parse("Potter\n\nKSBs\nK1: I read about clay.\nS1: My tutor showed me.\n")
    assert [message[:57] for message in errors(one)] == [
        "2 of 2 wordings are in the words of a learner, such as “I"
    ]
    with pytest.raises(CurriculumError, match="no KSB with its wording"):
        parse(
            "# Log\n\n| KSB | What I did |\n|---|---|\n| K1 | Read of clay. |\n| S1 | Made a pot. |\n",
            "log.md",
        )


def test_statuses_are_no_wordings():
    one = parse(json.dumps({"K1": "complete", "K2": "Not started", "S1": "Trim a pot"}), "mine.json")
    assert errors(one) == [
        "K1 has no wording: “complete” is the status of a learner",
        "K2 has no wording: “Not started” is the status of a learner",
    ]


def test_errors_of_a_spreadsheet_are_no_wordings():
    one = parse("Code,Statement\nK1,Kinds of clay\nK2,#REF!\nS1,#N/A\n", "mine.csv")
    assert errors(one) == [
        "K2 has no wording: “#REF!” is an error of a spreadsheet",
        "S1 has no wording: “#N/A” is an error of a spreadsheet",
    ]


def test_a_number_that_is_shown_with_letters_is_read_as_it_is_shown():
    rows = (("Code", "Statement"), (1, "Kinds of clay"), (2, "How a kiln_x000D_ is fired"))
    assert texts(sheet(*rows, number_format='"K"0')) == {"K1": "Kinds of clay", "K2": "How a kiln is fired"}


def items(*names):
    lists = zip(("Knowledge", "Knowledge", "Skills"), names, strict=True)
    knowledge, also, skill = (f"- {name}" for _, name in lists)
    return parse(f"Potter\n\nKnowledge\n{knowledge}\n{also}\n\nSkills\n{skill}\n")


def test_codes_behind_items_are_their_codes():
    for names in (("Clay. K2", "Kilns. K1", "Trim. S1"), ("Clay (K2)", "Kilns [K1]", "Trim – S1")):
        one = items(*names)
        assert [(row.code, row.text.rstrip(".")) for row in one.statements] == [
            ("K1", "Kilns"),
            ("K2", "Clay"),
            ("S1", "Trim"),
        ]
        assert "numbers-lost" not in [row.rule for row in one.findings]


def test_codes_behind_some_items_are_an_error():
    (message,) = errors(items("Clay. K2", "Kilns.", "Trim. S1"))
    assert message.startswith("2 of 3 items end with a code: each needs a code of its own, or none. ")


def test_a_sheet_of_duties_that_is_not_read_is_an_error():
    book = openpyxl.Workbook()
    for row in (("Code", "Statement"), ("K1", "Kinds of clay"), ("S1", "Trim a pot")):
        book.active.append(row)
    for row in (("Duty", "Description"), ("Duty 1", "Throw a pot")):
        (book["Duties"] if "Duties" in book.sheetnames else book.create_sheet("Duties")).append(row)
    stream = io.BytesIO()
    book.save(stream)
    (message,) = errors(parse_document(bytes_to_document(stream.getvalue(), "mine.xlsx")))
    assert message.startswith("the sheet “Duties” with duties: not read")
