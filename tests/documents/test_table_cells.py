"""The cells of tables in pages, Word files and texts: row, column, span, heading, and their lines."""

from __future__ import annotations

import io

import docx
import pytest

from curriculum.documents.file_reading import MAX_CELLS, MAX_TABS, bytes_to_content
from curriculum.documents.web_page import page_to_content
from curriculum.errors import UnreadableFile


def cells_of(data):
    content = page_to_content(data, "k") if data.startswith(b"<") else bytes_to_content(data, "k")[0]
    return [
        (cell.table, cell.row, cell.column, cell.n_rows, cell.n_columns, [line.text for line in cell.lines])
        for cell in content.cells
    ]


def word_bytes(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_page_with_spans_headings_and_an_empty_cell():
    content = page_to_content(
        b"<table><thead><tr><td colspan=2>Bread<td>Oven</thead>"
        b"<tr><th rowspan=2>K1<td>Flour<td></td><tr><td><p>Salt</p><p>Water</p><td>hot</table><p>End",
        "k.html",
    )
    assert [
        (cell.row, cell.column, cell.n_rows, cell.n_columns, cell.is_heading) for cell in content.cells
    ] == [
        (1, 1, 1, 2, True),
        (1, 3, 1, 1, True),
        (2, 1, 2, 1, True),
        (2, 2, 1, 1, False),
        (3, 2, 1, 1, False),
        (3, 3, 1, 1, False),
    ]
    salt = content.cells[4]
    assert [(line.number, line.text) for line in salt.lines] == [(6, "Salt"), (8, "Water")]
    assert content.lines[5] == "Salt"


def test_a_table_within_a_cell_has_its_own_number_and_lines():
    data = b"<table><tr><td>Outer<table><tr><td>K1<td>Flour</table>after<td>beside</table>"
    assert cells_of(data) == [
        (1, 1, 1, 1, 1, ["Outer", "after"]),
        (1, 1, 2, 1, 1, ["beside"]),
        (2, 1, 1, 1, 1, ["K1"]),
        (2, 1, 2, 1, 1, ["Flour"]),
    ]


def test_a_list_of_terms_is_a_table():
    data = b"<dl><div><dt>Level<dd>2</div><dt>Route<dd>Food<dd>Change</dl>"
    assert cells_of(data) == [
        (1, 1, 1, 1, 1, ["Level"]),
        (1, 1, 2, 1, 1, ["2"]),
        (1, 2, 1, 1, 1, ["Route"]),
        (1, 2, 2, 1, 1, ["Food"]),
        (1, 2, 3, 1, 1, ["Change"]),
    ]


def test_hidden_cells_and_cells_outside_a_table():
    assert cells_of(b"<td>a<table><tr><td hidden>no<td>b</table>") == [(1, 1, 1, 1, 1, ["b"])]
    assert cells_of(b"<table><tr><td rowspan=9999999 colspan=x>b</table>") == [(1, 1, 1, 100, 1, ["b"])]


def test_a_word_table_with_merged_cells():
    document = docx.Document()
    document.add_paragraph("Before")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Tall"
    table.cell(2, 1).text = "Low"
    table.cell(2, 2).text = "Right"
    assert cells_of(word_bytes(document)) == [
        (1, 1, 1, 1, 2, ["Wide"]),
        (1, 2, 1, 2, 1, ["Tall"]),
        (1, 3, 2, 1, 1, ["Low"]),
        (1, 3, 3, 1, 1, ["Right"]),
    ]


def test_a_word_table_within_a_cell():
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Outer"
    table.cell(0, 0).add_table(1, 1).cell(0, 0).text = "Inner"
    table.cell(0, 1).text = "Beside"
    assert cells_of(word_bytes(document)) == [
        (1, 1, 1, 1, 1, ["Outer"]),
        (1, 1, 2, 1, 1, ["Beside"]),
        (2, 1, 1, 1, 1, ["Inner"]),
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "| KSB | Text |\n|---|---|\n| K1 | Flour \\| salt |\n\nEnd",
            [(1, 1, "KSB"), (1, 2, "Text"), (2, 1, "K1"), (2, 2, "Flour | salt")],
        ),
        ("KSB | Text\n--- | ---\nK1 | Flour", [(1, 1, "KSB"), (1, 2, "Text"), (2, 1, "K1"), (2, 2, "Flour")]),
        ("K1\tFlour\t\nK2\t\tx", [(1, 1, "K1"), (1, 2, "Flour"), (2, 1, "K2"), (2, 3, "x")]),
        ("K1\tFlour\nK2\tSalt\tx", []),
        ("•\tK1: Flour\n•\tK2: Salt", []),
        ("| alone |", []),
    ],
)
def test_tables_of_a_text(text, cells):
    content, _ = bytes_to_content(text.encode(), "k.txt")
    assert [(cell.row, cell.column, cell.lines[0].text) for cell in content.cells] == cells


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"K1" + b"\t" * (MAX_TABS + 1), "at most 100,000 tabs; found 100,001"),
        (
            b"|a" * (MAX_CELLS // 2) + b"|\n" + b"|a" * (MAX_CELLS // 2) + b"|b|\n",
            "at most 100,000 cells of tables",
        ),
    ],
)
def test_tables_that_are_too_large_are_refused(data, said):
    with pytest.raises(UnreadableFile, match=said):
        bytes_to_content(data, "k.txt")
