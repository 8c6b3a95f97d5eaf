"""A table or a text with two versions of a standard side by side is never read as one list."""

from __future__ import annotations

import csv
import io

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document

BODY = [
    ("K1", "The rules of the yard", "K2", "The rules of yards and roads"),
    ("K2", "How to store hay", "K3", "How to store hay and straw"),
    ("S1", "Lead a horse", "S1", "Lead a horse safely"),
]


def to_csv(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def to_page(rows):
    lines = (f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f"<html><body><table>{''.join(lines)}</table></body></html>"


def to_markdown(rows):
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([first, f"|{'---|' * len(rows[0])}", *others])


FORMS = [(to_csv, "mine.csv"), (to_page, "mine.html"), (to_markdown, "mine.md")]


def parse(text, name):
    return parse_document(bytes_to_document(text.encode(), name))


def texts(one):
    return {row.code: row.text for row in one.statements}


def refusal(text, name):
    with pytest.raises(CurriculumError) as raised:
        parse(text, name)
    return str(raised.value)


@pytest.mark.parametrize(("form", "name"), FORMS)
@pytest.mark.parametrize(
    ("head", "why"),
    [
        (("Old code", "Old wording", "New code", "New wording"), "the columns “Old code” and “New code”"),
        (("v1.0 code", "Text", "v1.1 code", "Text"), "the columns “v1.0 code” and “v1.1 code”"),
        (("Code", "Wording", "Code", "Wording"), "K2 and S1 are in it with two wordings side by side"),
        (("Code", "Wording", "New code", "New wording"), "K2 and S1 are in it with two wordings"),
    ],
)
def test_old_and_new_codes_with_their_wordings(form, name, head, why):
    message = refusal(form([head, *BODY]), name)
    assert "its statements are in a table that cannot be read" in message
    assert f"a table shows two versions of the statements, and none of it is read: {why}" in message
    assert "Save the codes and the wordings of each version as a separate file" in message


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_one_column_of_codes_with_old_and_new_wordings(form, name):
    rows = [("Code", "Old wording", "New wording"), ("K1", "The rules", "The rules of yards")]
    message = refusal(form([*rows, ("K2", "Hay and straw", "Hay or straw")]), name)
    assert "none of it is read: the columns “Old wording” and “New wording”" in message


def test_codes_and_wordings_in_one_cell():
    rows = [("Today", "Then"), ("K1: The rules", "K1: The rules of yards"), ("K2: Hay", "K2: Hay")]
    assert "K1 is in it with two wordings side by side" in refusal(to_page(rows), "mine.html")


def test_the_list_below_such_a_table_is_read_and_the_table_is_an_error():
    head = ("Old code", "Old wording", "New code", "New wording")
    one = parse(f"{to_markdown([head, *BODY])}\n\n- K1: Types of saddles\n- K2: Kinds of hay\n", "mine.md")
    assert texts(one) == {"K1": "Types of saddles", "K2": "Kinds of hay"}
    assert [(row.rule, row.line) for row in one.findings if row.severity == "error"] == [
        ("not-in-a-table", 3)
    ]


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_halves_of_one_list_are_read(form, name):
    head = ("Code", "Wording", "Code", "Wording")
    body = [("K1", "The rules", "S1", "Lead a horse"), ("K2", "Kinds of hay", "S2", "Feed a horse")]
    one = parse(form([head, *body]), name)
    assert texts(one) == {
        "K1": "The rules",
        "K2": "Kinds of hay",
        "S1": "Lead a horse",
        "S2": "Feed a horse",
    }


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        (("Old code", "Old wording", "New code"), ["K1", "K2"]),
        (("Code", "Wording", "New code"), ["K1", "K2"]),
        (("New code", "New wording", "Old code"), ["K1", "K2"]),
        (("Old code", "New wording", "New code"), ["K2", "K3"]),
    ],
)
def test_the_wordings_are_those_of_the_codes_that_the_headings_say(head, codes):
    rows = [head, ("K1", "The rules of the yard", "K2"), ("K2", "Hay and straw", "K3")]
    one = parse(to_page(rows), "mine.html")
    assert texts(one) == dict(zip(codes, ["The rules of the yard", "Hay and straw"], strict=True))


def test_what_is_called_old_is_no_wording_where_another_column_is():
    rows = [("Code", "Old wording", "Wording"), ("K1", "The rules", "The rules of yards")]
    one = parse(to_page([*rows, ("K2", "Hay and straw", "Hay or straw")]), "mine.html")
    assert texts(one) == {"K1": "The rules of yards", "K2": "Hay or straw"}


def test_two_lists_with_the_names_of_versions_above_them():
    text = "Version 1.0\n\nK1: The rules of the yard\n\nVersion 1.1\n\nK1: The rules of all yards\n"
    assert "holds several standards" in refusal(text, "mine.txt")
