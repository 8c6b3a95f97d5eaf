"""Which column holds the wordings, and what is beside a code in its cell."""

from __future__ import annotations

import pytest
from tests.parsing.test_code_cells import errors, parse
from tests.parsing.test_tables_by_cells import further, html_table, page, pairs, texts, word

KILN = {"K1": "Kinds of clay and where they are dug", "K2": "How a kiln is fired"}
NOTES = ("Different kinds of clay here", "Firing of the kilns we have")


def table(*headings, notes=NOTES):
    return [headings, *((code, *pair) for code, *pair in zip(KILN, KILN.values(), notes, strict=True))]


def comma(rows):
    return parse("\n".join(",".join(row) for row in rows), "mine.csv")


def html(rows):
    return page(html_table(rows))


READERS = [comma, word, html]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "headings",
    [
        ("Code", "Knowledge", "Superseded wording"),
        ("Code", "KSB", "Old statement"),
        ("Ref", "KSB", "Short description"),
        ("Code", "Standard", "Gap statement"),
        ("Code", "Knowledge, skill or behaviour", "Prior learning details"),
        ("Ref", "KSB", "Details"),
        ("Code", "Statement", "Suggested wording"),
    ],
)
def test_a_heading_of_other_texts_is_no_heading_of_wordings(read, headings):
    rows = table(*(heading.replace(",", "") for heading in headings))
    one = read(rows)
    assert texts(one) == KILN
    assert [row for row in one.findings if row.severity != "note"] == []


@pytest.mark.parametrize("read", READERS)
def test_two_columns_that_can_hold_the_wordings_are_a_warning(read):
    one = read(table("Code", "Text", "Wording"))
    assert texts(one) == KILN
    assert [row.message for row in one.findings if row.severity == "warning"] == [
        "the wordings are read from “Text” by its place, as no heading tells whether they are there or in "
        "“Wording”"
    ]


@pytest.mark.parametrize("read", [word, html])
@pytest.mark.parametrize("labels", [("K1 Clay", "K2 Kilns"), ("K1 (core)", "K2 (new)"), ("K1", "K2 (new)")])
def test_what_is_behind_a_code_is_no_wording_beside_a_column_of_wordings(read, labels):
    one = read([("KSB", "Statement"), *zip(labels, KILN.values(), strict=True)])
    assert texts(one) == KILN
    assert further(one) == [(f"{label[:2]}: KSB", label[3:]) for label in labels if len(label) > 2]


def test_several_codes_in_a_cell_have_a_line_each_beside_them():
    rows = [("Code", "Statement"), ("K1<br>K2", "Clay.<br>Kilns."), ("S1<br>S2", "Throw.<br>Trim.<br>Fire.")]
    one = page(html_table(rows))
    assert texts(one) == {"K1": "Clay.", "K2": "Kilns."}
    assert errors(one) == [
        "S1 and S2 are in a cell beside “Throw. Trim. Fire.”: which wording is of which code cannot be told, "
        "and none is read. Give each code a row of its own"
    ]


def test_ksbs_in_full_in_one_cell_of_a_column_of_codes_are_pairs():
    rows = [
        ("Duty", "KSBs"),
        ("Duty 1 Throw.", "K1, S1"),
        ("Duty 2 Fire.", "K1 Clay.\nS1 Trim."),
        ("Duty 3 Sell.", "S1"),
    ]
    one = word("Duties", rows, "KSBs", "K1: Clay.", "S1: Trim.")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K1"), ("D2", "S1"), ("D3", "S1")]
    assert further(one) == [("D2: KSBs", "K1 Clay. S1 Trim.")]
    assert errors(one) == []


def test_a_heading_that_names_ksbs_is_surer_than_one_that_does_not():
    rows = "KSB ref,Statement,KSB statement\nK1,I can do it now,Kinds of clay\nS1,I can try,Throw a pot\n"
    one = parse(rows, "mine.csv")
    assert [row.text for row in one.statements] == ["Kinds of clay", "Throw a pot"]
    assert [row for row in one.findings if row.severity != "note"] == []
