"""The drop-down lists of a workbook, in all parts of the file, and the cells with their values."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from curriculum.spreadsheets.drop_downs import data_to_drop_downs, sources_to_ranges
from curriculum.spreadsheets.tracker import CellRange, DropDown
from curriculum.spreadsheets.xlsx_reading import data_to_tracker

A1_TO_A9 = CellRange(1, 9, 1, 1)
EXTENSION = """<worksheet xmlns:x14="a" xmlns:xm="b"><sheetData/><extLst><ext><x14:dataValidations count="2">
<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lists!$A$1:$A$9</xm:f></x14:formula1>
<xm:sqref>B2:B9 D2</xm:sqref></x14:dataValidation>
<x14:dataValidation type="whole"><x14:formula1><xm:f>1</xm:f></x14:formula1>
<xm:sqref>C2</xm:sqref></x14:dataValidation>
</x14:dataValidations></ext></extLst></worksheet>"""
PREFIXED = """<x:worksheet xmlns:x="m"><x:sheetData/><x:dataValidations>
<x:dataValidation type="list" sqref="B2:B9"><x:formula1>"K1,K2"</x:formula1></x:dataValidation>
<x:dataValidation type="custom" sqref="C2"><x:formula1>A1="K1"</x:formula1></x:dataValidation>
</x:dataValidations></x:worksheet>"""


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (EXTENSION, (DropDown("B2:B9 D2", "Lists!$A$1:$A$9"),)),
        (PREFIXED, (DropDown("B2:B9", '"K1,K2"'),)),
        ("<worksheet><sheetData/></worksheet>", ()),
    ],
)
def test_lists_are_read_in_every_form(xml, expected):
    assert data_to_drop_downs(xml.encode()) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Lists!$A$1:$A$9", (("Lists", A1_TO_A9),)),
        ("'The lists'!$A$1:$A$9", (("The lists", A1_TO_A9),)),
        ("'Jo''s'!A1:A9", (("Jo's", A1_TO_A9),)),
        ("$A$1:$A$9", (("Log", A1_TO_A9),)),
        ("KSBs", (("Lists", A1_TO_A9),)),
        ('INDIRECT("ksbs")', (("Lists", A1_TO_A9),)),
        ('INDIRECT("Table1[KSB]")', (("Lists", CellRange(1, 9, 1, 2)),)),
        ("OFFSET(Lists!$A$1,0,0,COUNTA(Lists!$A:$A),1)", (("Lists", CellRange(1, 1_048_576, 1, 1)),)),
        ("Lists!$A$2#", (("Lists", CellRange(2, 1_048_576, 1, 1)),)),
        ('"K1,K2,S1"', ()),
        ('"KSBs"', ()),
        ("INDIRECT($A2)", ()),
        ("Lists!$A$1", ()),
        ("#REF!", ()),
    ],
)
def test_the_cells_with_the_values_of_a_list_are_found(source, expected):
    names = {"ksbs": "Lists!$A$1:$A$9", "table1": "'Lists'!A1:B9"}
    assert sources_to_ranges([("Log", source)], names) == expected


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_with(source, cells="B2:B20"):
    book = openpyxl.Workbook()
    log, lists = book.active, book.create_sheet("Lists")
    log.title = "Log"
    log["A1"] = "KSB"
    for row in range(1, 10):
        lists.cell(row, 1, f"K{row}")
    rule = DataValidation("list", formula1=source)
    rule.add(cells)
    log.add_data_validation(rule)
    return book


def test_a_sheet_has_its_lists_and_its_cells_with_values_of_other_lists():
    log, lists = data_to_tracker(saved(book_with("Lists!$A$1:$A$9")), "x").sheets
    assert (log.drop_downs, log.list_ranges) == ((DropDown("B2:B20", "Lists!$A$1:$A$9"),), ())
    assert (lists.drop_downs, lists.list_ranges) == ((), (A1_TO_A9,))


def test_names_and_tables_are_resolved_to_cells():
    book = book_with("KSBs")
    book.defined_names["KSBs"] = DefinedName("KSBs", attr_text="Table1[KSB]")
    book["Lists"]["A1"] = "KSB"
    book["Lists"].add_table(Table(displayName="Table1", ref="A1:A9"))
    assert data_to_tracker(saved(book), "x").sheets[1].list_ranges == (A1_TO_A9,)
    book["Lists"].tables.clear()
    assert data_to_tracker(saved(book), "x").sheets[1].list_ranges == ()
    book.defined_names["KSBs"] = DefinedName("KSBs", attr_text="Lists!$A$1:$A$9")
    assert data_to_tracker(saved(book), "x").sheets[1].list_ranges == (A1_TO_A9,)
