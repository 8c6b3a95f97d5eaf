"""A list of KSBs in an Excel workbook is read as a table; line n is row n of its sheet."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from curriculum.documents.workbook_lines import is_workbook, workbook_to_content
from curriculum.errors import CurriculumError
from curriculum.library.standard import read


def workbook(**sheets):
    """Return a workbook: the rows of each sheet; a name that ends in `_hidden` is a hidden sheet."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name.endswith("_hidden"):
                sheet.hide()
    return data.getvalue()


ROWS = [["KSB", "Unit", "Description"], ["K1", 1, "Hay, and\nstraw"], [], ["S1", 2, 'Lead a "horse"']]


def test_each_row_is_a_line_of_a_csv():
    content = workbook_to_content(workbook(KSBs=ROWS, Notes=[], Lists_hidden=[["x"]]), "k.xlsx")
    assert content.lines == (
        "KSB,Unit,Description",
        'K1,1,"Hay, and straw"',
        "",
        'S1,2,"Lead a ""horse"""',
    )


def test_a_workbook_is_read_as_a_standard(tmp_path):
    path = tmp_path / "horse.xlsx"
    path.write_bytes(workbook(KSBs=ROWS))
    standard = read(path)
    assert standard.statements[["code", "text", "first_line"]].to_numpy().tolist() == [
        ["K1", "Hay, and straw", 2],
        ["S1", 'Lead a "horse"', 4],
    ]
    assert standard.findings["message"].tolist() == [
        "read from an Excel workbook: line numbers are those of its rows",
        "2 cells of the column “Unit” are kept as details, and are in no wording",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (workbook(Old=ROWS, New=ROWS), r"2 have a list of codes; .*found “Old”, “New”\. Name the sheet"),
        (workbook(Empty=[]), "holds no text"),
        (
            workbook(**{f"S{number}": [] for number in range(201)}),
            "too large .* at most 200 sheets; found 201",
        ),
        (
            workbook(Long=[["K1"]] + [[]] * 9_000 + [["K2"]]),
            "sheet Long: too large .* at most 8,000 rows; found 9,002",
        ),
    ],
)
def test_what_is_not_one_table_is_refused(data, message):
    with pytest.raises(CurriculumError, match=message):
        workbook_to_content(data, "k.xlsx")


def written(write):
    """Return a workbook with the rows, and what a function writes beside them."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("KSBs")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        write(book, sheet)
    return data.getvalue()


def test_struck_out_text_is_refused_with_its_cells():
    def strike(book, sheet):
        line = book.add_format({"font_strikeout": True})
        sheet.write_row(4, 0, ["S2", 2, "Ride a horse"], line)
        sheet.write_rich_string(5, 2, "Lead a ", line, "donkey", " horse")

    with pytest.raises(CurriculumError, match=r"sheet KSBs: holds struck-out text.*A5, B5, C5, C6\. Delete"):
        workbook_to_content(written(strike), "k.xlsx")


def test_a_formula_is_read_by_its_saved_result_and_refused_without_one():
    saved = written(lambda _, sheet: sheet.write_formula("C5", '="Ride"', None, "Ride"))
    assert workbook_to_content(saved, "k.xlsx").lines[4] == ",,Ride"
    unsaved = written(lambda _, sheet: sheet.write_formula("C5", '="Ride"', None, ""))
    with pytest.raises(
        CurriculumError, match=r"formulas without a saved result.*found C5\. Open it in Excel"
    ):
        workbook_to_content(unsaved, "k.xlsx")


def test_a_word_file_and_a_damaged_zip_are_no_workbooks():
    assert not is_workbook(b"PK\x03\x04 no zip")
    assert is_workbook(workbook(KSBs=ROWS))
