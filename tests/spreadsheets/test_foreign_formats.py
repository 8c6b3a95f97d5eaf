"""Formats that other programs than Excel write: read and extended, or refused."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from curriculum.errors import UnreadableFile
from curriculum.spreadsheets.tracker import CODES, AddedColumn, Edits
from curriculum.spreadsheets.tracker_files import path_to_tracker, tracker_to_bytes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    "<borders count='1'><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellXfs>'
)
SECOND = '<xf numFmtId="14"'


CELL = '<c r="A1" s="0" t="inlineStr"><is><t>K1</t></is></c>'


def without(name: str) -> str:
    return re.sub(f"<{name} .*?</{name}>", "", STYLES)


def added_to(path: Path, styles: str, first: str = CELL) -> openpyxl.Workbook:
    """Give the copy of a workbook with these formats, with a column and the sheets of a report."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    cells = f'<row r="1">{first}'
    style = '<c r="B1" s="1"><v>43000</v></c></row>' if SECOND in styles else "</row>"
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{cells}{style}</sheetData></worksheet>'.encode()
    )
    parts["xl/styles.xml"] = styles.encode()
    with zipfile.ZipFile(path, "w") as out:
        for name, data in parts.items():
            out.writestr(name, data)
    tracker, report = path_to_tracker(path), io.BytesIO()
    with xlsxwriter.Workbook(report) as book:
        book.add_worksheet("Report").write_string(0, 0, "ours", book.add_format({"num_format": "0.000"}))
    edits = Edits((AddedColumn({1: "K4"}, 1, look=CODES, header_row=1),))
    data = tracker_to_bytes(tracker, {tracker.sheets[0].name: edits}, report.getvalue())
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize(
    "inside",
    [
        STYLES,
        "",
        without("fonts"),
        without("fills"),
        without("borders"),
        without("cellXfs"),
        without("cellXfs") + '<cellXfs count="0"/>',
        without("cellXfs") + '<dxfs count="0"/>',
        re.search("<cellXfs.*", STYLES)[0] + without("cellXfs"),
        STYLES.replace(SECOND, f"<!-- <xf/> --><?p <xf/> ?>{SECOND}"),
        STYLES.replace("</cellXfs>", "<!-- </xf> --></cellXfs>"),
        STYLES.replace("<xf ", f'<q:xf xmlns:q="{MAIN}" '),
        f'<numFmts count="1"><numFmt numFmtId="164" formatCode="[>9]0;0"/></numFmts>{STYLES}',
        f'<numFmts count="1"><numFmt numFmtId="2147483647" formatCode="0"/></numFmts>{STYLES}',
        STYLES.replace(
            '"0"/></cellXfs>', '"0"><extLst><ext uri="x"><z:xf xmlns:z="u:z"/></ext></extLst></xf></cellXfs>'
        ),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:", "x-1.y:", "é:"])
def test_sheets_are_added_to_formats_of_every_form(tmp_path, inside, prefix):
    named = re.sub(r"<(/?)(?=(?!q:|z:)[A-Za-z])", rf"<\1{prefix}", inside)
    colon = f":{prefix[:-1]}" if prefix else ""
    copy = added_to(
        tmp_path / "a.xlsx", f'<{prefix}styleSheet xmlns{colon}="{MAIN}">{named}</{prefix}styleSheet>'
    )
    assert copy["Report"]["A1"].number_format == "0.000"
    sheet = copy.worksheets[0]
    last = sheet.max_column
    assert [sheet["A1"].value, sheet.cell(1, last).value] == ["K1", "K4"]
    assert sheet.cell(1, last).alignment.wrapText
    assert not sheet["A1"].alignment.wrapText
    assert sheet["B1"].is_date == (SECOND in inside and "cellXfs" in inside) or last == 2


@pytest.mark.parametrize(
    ("first", "message"),
    [
        ('<c r="A1" s="2"><v>1</v></c>', "format 2 of 2"),
        ('<c r="A1" s="-1"/>', "format -1 of 2"),
        ('<c r="A1"><v>1_0</v></c>', "cell A1 with the number '1_0'"),
        ('<c r="A1"><v>NaN</v></c>', "cell A1 with the number 'NaN'"),
        ('<c r="A1"><v>1e999</v></c>', "cell A1 with the number '1e999'"),
    ],
)
def test_a_missing_format_and_an_invalid_number_are_refused(tmp_path, first, message):
    # A format that is added would take that number, and the cell would look like it.
    with pytest.raises(UnreadableFile, match=message):
        added_to(tmp_path / "a.xlsx", f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>', first)


def test_formats_in_alternatives_are_refused(tmp_path):
    twice = STYLES.replace(SECOND, f"<Choice><xf/></Choice>{SECOND}")
    with pytest.raises(UnreadableFile, match="'Choice'"):
        added_to(tmp_path / "a.xlsx", f'<styleSheet xmlns="{MAIN}">{twice}</styleSheet>')
