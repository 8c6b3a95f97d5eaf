"""Files that no program writes, or that were made to do harm: refused with one line, or read."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from curriculum.cli.screen import Screen
from curriculum.documents.file_reading import bytes_to_content, path_to_document
from curriculum.errors import CurriculumError, NotFound, UnreadableFile
from curriculum.files import office_package
from curriculum.files.encodings import bytes_to_text, path_to_bytes
from curriculum.files.office_package import UnusualPackage
from curriculum.model.text import text_to_escaped
from curriculum.spreadsheets import delimited
from curriculum.spreadsheets.tracker import MAX_CELL, MAX_CELLS, MAX_ROWS, AddedColumn, Edits
from curriculum.spreadsheets.tracker_files import path_to_tracker, tracker_to_bytes
from curriculum.spreadsheets.used_columns import note_columns
from curriculum.spreadsheets.xlsx_reading import data_to_tracker
from curriculum.spreadsheets.xml_elements import xml_elements

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHARED = '<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/>'


def book(rows: str, sheets: str = "", relations: str = "", more: dict[str, str] | None = None) -> bytes:
    """Make a workbook of one sheet, or more."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/xlsx_package.xml"/></Relationships>',
        "xl/xlsx_package.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        f'<sheet name="Mine" sheetId="1" r:id="r1"/>{sheets}</sheets></workbook>',
        "xl/_rels/xlsx_package.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="sheet1.xml"/>{relations}</Relationships>',
        "xl/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>K1</t></si></sst>',
        **(more or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


def cell(place: str) -> str:
    return f'<c r="{place}"><v>1</v></c>'


SECOND = f'<Relationship Id="r2" Type="{RELATIONS}/worksheet" Target='


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (book(f'<row r="1">{cell("A1")}{cell("A1")}</row>'), "the cell A1 twice, or out of order"),
        (book(f'<row r="1">{cell("B1")}{cell("A1")}</row>'), "the cell A1 twice, or out of order"),
        (book(f'<row r="1">{cell("A2")}</row>'), "the cell A2 in row 1"),
        (book('<row r="2"/><row r="2"/>'), "row 2 after row 2"),
        (book('<row r="7"/><row r="3"/>'), "row 3 after row 7"),
        (book('<row r="-1"/>'), "row -1 after row 0"),
        (book('<row r="1"><c t="s"><v>-1</v></c></row>', "", SHARED), "text number -1 of 1 shared ones"),
        (book('<row r="1"><c t="s"><v>1e3</v></c></row>', "", SHARED), "text number 1e3 of 1 shared ones"),
        (book('<row r="1"><c t="s"><v>1</v></c></row>', "", SHARED), "text number 1 of 1 shared ones"),
        (
            book(
                "", '<sheet name="MINE" sheetId="2" r:id="r2"/>', SECOND + '"s2.xml"/>', {"xl/s2.xml": "<a/>"}
            ),
            "two sheets named 'MINE'",
        ),
        (
            book("", '<sheet name="Other" sheetId="2" r:id="r2"/>', SECOND + '"sheet1.xml"/>'),
            "two sheets that are one part of the file",
        ),
        (
            book("", '<sheet name="Other" sheetId="2" r:id="r2"/>', SECOND + '"../../x.xml"/>'),
            "the sheet 'Other' without a part",
        ),
        (book("", "", SECOND.replace("r2", "r1") + '"sheet1.xml"/>'), "two relations of one part"),
    ],
)
def test_a_workbook_that_could_be_read_in_two_ways_is_refused(data, message):
    with pytest.raises(UnreadableFile, match=re.escape(message)):
        data_to_tracker(data, "mine.xlsx")


def test_a_cell_that_is_too_long_is_refused_while_it_is_read():
    data = book(f'<row r="1"><c t="str"><v>{"a" * (MAX_CELL + 1)}</v></c></row>')
    with pytest.raises(UnreadableFile, match="at most 1,000,000 characters of a cell"):
        data_to_tracker(data, "mine.xlsx")


def test_the_cells_of_all_sheets_are_counted_together(monkeypatch):
    monkeypatch.setattr("curriculum.spreadsheets.xlsx_reading.MAX_CELLS", 3)
    two = book(
        f'<row r="1">{cell("A1")}{cell("B1")}</row>',
        '<sheet name="Other" sheetId="2" r:id="r2"/>',
        SECOND + '"s2.xml"/>',
        {
            "xl/s2.xml": f'<worksheet><sheetData><row r="1">{cell("A1")}{cell("B1")}</row></sheetData>'
            "</worksheet>"
        },
    )
    with pytest.raises(UnreadableFile, match="at most 3 cells of all sheets"):
        data_to_tracker(two, "mine.xlsx")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a,K1\n" * (4 * MAX_ROWS + 1), "at most 800,000 lines"),
        (b"," * 3_000 + b"\n", ""),
        ((b"," * 9_999 + b"\n") * (MAX_CELLS // 10_000 + 1), "at most 2,000,000 cells"),
        (b"K1," + b"a" * (MAX_CELL + 1), "of at most 1,000,000 characters"),
    ],
)
def test_a_table_that_is_too_large_is_refused_with_the_limit(data, message):
    if not message:
        assert delimited.data_to_tracker(data, "t.csv").sheets[0].last_column == 3_001
        return
    with pytest.raises(UnreadableFile, match=message):
        delimited.data_to_tracker(data, "t.csv")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"K1: a\n" * 8_001, "at most 8,000 lines; found 8,001"),
        (b"K1: " + b"a " * 100_000, "at most 200,000 characters in a line"),
        (b"K1: a\n" * 3_400_000, "at most 20,000,000 bytes"),
    ],
)
def test_a_text_that_is_too_large_is_refused_with_the_limit(data, message):
    with pytest.raises(UnreadableFile, match=message):
        bytes_to_content(data, "k.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name")
def test_pipes_devices_and_folders_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "k.txt")
    for path, message in (
        (tmp_path / "k.txt", "a pipe"),
        (Path("/dev/zero"), "a device"),
        (tmp_path, "a folder"),
    ):
        with pytest.raises(NotFound, match=message):
            path_to_bytes(path)


def test_a_file_that_is_too_large_is_refused_with_the_limit(tmp_path):
    (tmp_path / "k.txt").write_bytes(b"K1: a")
    with pytest.raises(UnreadableFile, match="at most 4 bytes; found 5"):
        path_to_bytes(tmp_path / "k.txt", 4)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xef\xbb\xbfK1: y\x93", "expected UTF-8, as the byte order mark"),
        (b"\xef\xbb\xbf\xef\xbb\xbfK1: y", "two byte order marks"),
        (b"\xff\xfe\xff\xfeK\x001\x00", "two byte order marks"),
    ],
)
def test_a_byte_order_mark_decides_the_encoding(data, message):
    with pytest.raises(UnreadableFile, match=message):
        bytes_to_text(data, "k.txt")


def test_a_first_line_can_have_any_length(read):
    with pytest.raises(CurriculumError):
        read("code,text" + "x" * 132_000 + "\nplain words")


def test_a_file_name_that_is_no_utf8_can_be_written_to_a_table(tmp_path):
    try:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))
        path.write_bytes(b"K1: a\n")
    except (OSError, UnicodeError):
        pytest.skip("a file system of names in UTF-8 alone")
    assert path_to_document(path).source.encode("utf-8").endswith(b"/a\\udcff.txt")


def test_control_characters_for_a_terminal_are_shown_as_escapes(capsys):
    assert text_to_escaped("K1\x1b[2J\u202e\ud800\x9b é\u200d") == "K1\\x1b[2J\\u202e\\ud800\\x9b é\u200d"
    fault = CurriculumError("wrong", where="a\nb\u202e.txt", found="\x1b[2J")
    assert str(fault) == "a\\nb\\u202e.txt: wrong; found \\x1b[2J."
    Screen().say("K1 \x1b[31m \u202e")
    assert capsys.readouterr().err == "K1 \\x1b[31m \\u202e\n"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(A1:C3)", {"": 3}),
        ("Mine!$A$1:$D4+'My ''own'' sheet'!B:F", {"Mine": 4, "My 'own' sheet": 6}),
        ("'unclosed A1:B2", {}),
        ("LOG10(A1:B2)*max.x:y", {"": 2}),
    ],
)
def test_ranges_are_found_in_formulas(formula, expected):
    found: dict[str, int] = {}
    note_columns(formula, found)
    assert found == expected


def prefixed(xml: str) -> str:
    named = re.sub(r"<(/?)(?=[A-Za-z]\w*[\s/>])", r"<\1x:", xml)
    return named.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


@pytest.mark.parametrize("declared", ["UTF-8", "us-ascii"])
@pytest.mark.parametrize(
    "parts", [r"xl/styles\.xml", r"xl/(styles|workbook|sharedStrings|worksheets/\w+)\.xml"]
)
def test_a_workbook_with_prefixes_of_namespaces_is_read_and_written(tmp_path, parts, declared):
    path = tmp_path / "log.xlsx"
    with zipfile.ZipFile(EXAMPLES / "evidence_log.xlsx") as source, zipfile.ZipFile(path, "w") as out:
        for name in source.namelist():
            data = source.read(name)
            if re.fullmatch(parts, name):
                text = prefixed(data.decode()).replace('encoding="UTF-8"', f'encoding="{declared}"')
                data = text.encode("ascii", "xmlcharrefreplace")
            out.writestr(name, data)
    tracker, plain = path_to_tracker(path), path_to_tracker(EXAMPLES / "evidence_log.xlsx")
    assert [sheet.rows for sheet in tracker.sheets] == [sheet.rows for sheet in plain.sheets]
    sheet = tracker.sheets[0]
    added = AddedColumn(dict.fromkeys(sheet.rows, "K4 –"), 1)
    copy = openpyxl.load_workbook(io.BytesIO(tracker_to_bytes(tracker, {sheet.name: Edits((added,))})))
    assert copy[sheet.name].cell(min(sheet.rows), sheet.last_column + 1).value == "K4 –"


def test_a_part_that_is_nearly_all_comment_is_refused(monkeypatch):
    monkeypatch.setattr(office_package, "_LARGE", 1_000)
    (element,) = xml_elements(b"<a><!--" + b"x" * 1_990 + b"--></a>")
    assert element.name == "a"
    with pytest.raises(UnusualPackage, match="3,513 bytes of XML with 3 tags"):
        list(xml_elements(b"<a><!--" + b"x" * 3_499 + b"--></a>"))
