"""Spreadsheets of users: they are read, and written with nothing else changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from curriculum.errors import CurriculumError, UnreadableFile
from curriculum.spreadsheets import delimited
from curriculum.spreadsheets.rich_text import item_with_replacements
from curriculum.spreadsheets.tracker import DATE, FORMULA, NUMBER, AddedColumn, Cell, Edits, Replacement
from curriculum.spreadsheets.tracker_files import path_to_tracker, tracker_to_bytes
from curriculum.spreadsheets.xlsx_reading import data_to_tracker

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BOOKS = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in {".xlsx", ".xlsm"})

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)


def book(sheet: str, parts: dict[str, str] | None = None, header: str = "") -> bytes:
    """Return a workbook of one sheet with the fewest parts."""
    parts_of_book = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{header}<sheets>'
        '<sheet name="Mine" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in parts_of_book.items():
            package.writestr(zipfile.ZipInfo(name, (2023, 5, 1, 0, 0, 0)), text)
    return buffer.getvalue()


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def new_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def written(data: bytes, **edits) -> str:
    tracker = data_to_tracker(data, "mine.xlsx")
    return sheet_of(tracker_to_bytes(tracker, {"Mine": Edits(**edits)}))


NEW = AddedColumn({1: "K4", 2: "=1+1"}, like=1, width=12)


def test_cells_are_read_with_their_form():
    rows = (
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>K1</t></r><r><t xml:space="preserve"> &amp; K2</t></r>'
        '</is></c><c r="B2"><v>1</v></c><c r="C2" t="str"><f>A2</f><v>K1</v></c><c r="D2" t="b"><v>1</v></c>'
        '<c r="E2" s="0"/></row>'
    )
    (sheet,) = data_to_tracker(book(sheet_xml(rows)), "mine.xlsx").sheets
    assert {at: (cell.text, cell.form) for at, cell in sheet.rows[2].items()} == {
        1: ("K1 & K2", "text"),
        2: ("1", NUMBER),
        3: ("K1", FORMULA),
        4: ("TRUE", "other"),
    }
    assert sheet.last_column == 4


HEADERS = [("", "2023-05-01"), ('<workbookPr date1904="1"/>', "2027-05-02")]


@pytest.mark.parametrize(("header", "day"), HEADERS)
def test_dates_are_recognised_by_their_format(header, day):
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/>'
        "</numFmts>"
        '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    relations = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/worksheet" '
        f'Target="/xl/worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATIONS}/styles" '
        'Target="styles.xml"/></Relationships>'
    )
    rows = '<row><c s="1"><v>45047</v></c><c s="2"><v>45047.5</v></c><c s="0"><v>45047</v></c></row>'
    parts = {"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": relations}
    (sheet,) = data_to_tracker(book(sheet_xml(rows), parts, header), "mine.xlsx").sheets
    assert [(cell.text, cell.form) for cell in sheet.rows[1].values()] == [
        (day, DATE),
        (day, DATE),
        ("45047", NUMBER),
    ]


def test_new_cells_are_texts_after_the_last_used_column():
    data = book(sheet_xml(f'<row r="1" spans="1:1">{text_cell("A1", "K1")}</row><row r="2"/>'))
    assert written(data, added=(NEW,)) == sheet_xml(
        f'<row r="1" spans="1:2">{text_cell("A1", "K1")}{new_cell("B1", "K4")}</row>'
        f'<row r="2">{new_cell("B2", "=1+1")}</row>',
        before='<cols><col min="2" max="2" width="12" customWidth="1"/></cols>',
    )


def test_empty_formatted_cells_are_replaced_or_stay_in_order():
    row = f'<row r="1">{text_cell("A1", "K1")}<c r="B1" s="0"/><c r="D1" s="0"/></row>'
    assert written(
        book(sheet_xml(row)), added=(AddedColumn({1: "K4"}, 1), AddedColumn({1: "x"}, 1))
    ) == sheet_xml(
        f'<row r="1">{text_cell("A1", "K1")}{new_cell("B1", "K4")}'
        '<c r="C1" t="inlineStr"><is><t xml:space="preserve">x</t></is></c><c r="D1" s="0"/></row>',
        before='<cols><col min="2" max="2" width="16" customWidth="1"/>'
        '<col min="3" max="3" width="16" customWidth="1"/></cols>',
    )


def test_widths_of_old_columns_are_cut_at_the_new_ones_and_new_ones_are_shown():
    before = '<cols><col min="1" max="1" width="9"/><col min="2" max="16384" width="8" hidden="1"/></cols>'
    rows = f'<row r="1">{text_cell("A1", "K1")}</row><row r="2"/>'
    xml = written(book(sheet_xml(rows, before)), added=(NEW,))
    assert (
        '<cols><col min="1" max="1" width="9"/><col min="2" max="2" width="12" customWidth="1"/>'
        '<col min="3" max="16384" width="8" hidden="1"/></cols>'
    ) in xml


def test_a_prefix_of_the_namespace_is_kept():
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1"/><x:sheetData><x:row><x:c t="str"><x:v>K1</x:v>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert written(book(xml), added=(AddedColumn({1: "K4"}, 1, 12),)) == (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:B1"/><x:cols><x:col min="2" max="2" width="12" '
        'customWidth="1"/></x:cols><x:sheetData><x:row><x:c t="str"><x:v>K1</x:v></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t xml:space="preserve">K4</x:t></x:is></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )


def test_a_copied_mark_keeps_its_number_and_its_format():
    data = book(sheet_xml('<row r="1"><c r="A1" s="0"><v>45047</v></c></row>'))
    cell = data_to_tracker(data, "mine.xlsx").sheets[0].rows[1][1]
    assert '<c r="B1" s="0"><v>45047</v></c>' in written(data, added=(AddedColumn({1: cell}, 1),))


@pytest.mark.parametrize(
    ("after", "last"),
    [
        ('<mergeCells><mergeCell ref="A1:C1"/></mergeCells>', 3),
        ('<autoFilter ref="A1:D9"/>', 4),
    ],
)
def test_ranges_count_as_used(after, last):
    xml = sheet_xml(f'<row r="1">{text_cell("A1", "K1")}</row>', after=after)
    assert data_to_tracker(book(xml), "mine.xlsx").sheets[0].last_column == last


@pytest.mark.parametrize(
    ("formula", "last"),
    [
        ('COUNTIF(A1:F1,"x")', 6),
        ("SUM($A:$H)", 8),
        ("SUM(Mine!A1:G9)", 7),
        ("SUM('Other sheet'!A1:Z9)", 2),
        ("SUM(1:1)", 2),
        ("SUM(A1:XFD1)", 2),
    ],
)
def test_the_range_of_a_formula_counts_as_used(formula, last):
    row = f'<row r="1">{text_cell("A1", "K1")}<c r="B1"><f>{formula}</f><v>1</v></c></row>'
    assert data_to_tracker(book(sheet_xml(row)), "mine.xlsx").sheets[0].last_column == last


def test_a_sheet_without_room_is_refused():
    data = book(sheet_xml(f'<row r="1">{text_cell("XFD1", "K1")}</row>'))
    with pytest.raises(UnreadableFile, match="no room for more columns"):
        written(data, added=(NEW,))


def test_rewriting_keeps_the_formats_within_a_cell():
    item = (
        b"<r><t>K11, </t></r><r><rPr><b/></rPr><t>S9</t></r><r><t>, K12</t></r>"
        b'<rPh sb="0" eb="1"><t>K1</t></rPh>'
    )
    replaced = item_with_replacements(
        item, [Replacement(0, 3, "K2"), Replacement(5, 7, "S4"), Replacement(7, 12, "")]
    )
    assert replaced == (
        '<r><t xml:space="preserve">K2, </t></r><r><rPr><b/></rPr><t xml:space="preserve">S4</t></r>'
        '<rPh sb="0" eb="1"><t>K1</t></rPh>'
    )


def test_a_code_in_two_formats_gets_the_format_of_its_start():
    item = b"<r><rPr><b/></rPr><t>K</t></r><r><t>12 &amp; more</t></r>"
    assert item_with_replacements(item, [Replacement(0, 3, "S4")]) == (
        '<r><rPr><b/></rPr><t xml:space="preserve">S4</t></r><r><t xml:space="preserve"> &amp; more</t></r>'
    )


@pytest.mark.parametrize(
    ("item", "at", "expected"),
    [
        (b"<t>All</t>", 3, '<t xml:space="preserve">All [x]</t>'),
        (b"<t>All</t>", 0, '<t xml:space="preserve"> [x]All</t>'),
        (b"<t>All </t>", 3, '<t xml:space="preserve">All [x] </t>'),
        (
            b"<r><t>Al</t></r><r><t>l</t></r>",
            2,
            '<r><t xml:space="preserve">Al [x]</t></r><r><t xml:space="preserve">l</t></r>',
        ),
        (
            b"<r><t>Al</t></r><r><t>l</t></r>",
            3,
            '<r><t xml:space="preserve">Al</t></r><r><t xml:space="preserve">l [x]</t></r>',
        ),
    ],
)
def test_an_insertion_into_a_text_is_made_once_in_the_right_piece(item, at, expected):
    assert item_with_replacements(item, [Replacement(at, at, " [x]")]) == expected


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_written_without_edits_has_the_same_parts(name):
    tracker = path_to_tracker(EXAMPLES / name)
    assert parts_of(tracker_to_bytes(tracker, {})) == parts_of(tracker.data)


@pytest.mark.parametrize("name", BOOKS)
def test_only_sheets_with_new_cells_change_and_every_old_cell_stays(name):
    tracker = path_to_tracker(EXAMPLES / name)
    edits = {
        sheet.name: Edits((AddedColumn(dict.fromkeys(sheet.rows, "new"), 1),)) for sheet in tracker.sheets[:1]
    }
    data = tracker_to_bytes(tracker, edits)
    before, after = parts_of(tracker.data), parts_of(data)
    changed = [part for part in before if before[part] != after[part]]
    assert changed == ["xl/worksheets/sheet1.xml"]
    assert before.keys() == after.keys()
    old, new = (
        openpyxl.load_workbook(io.BytesIO(content), rich_text=True) for content in (tracker.data, data)
    )
    for sheet in old:
        other = new[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                if cell.value is not None:
                    assert twin.value == cell.value
                    assert twin.style_id == cell.style_id
        assert other.merged_cells.ranges == sheet.merged_cells.ranges
        assert str(other.auto_filter.ref) == str(sheet.auto_filter.ref)
        assert other.freeze_panes == sheet.freeze_panes


def test_the_same_edits_give_the_same_bytes():
    tracker = path_to_tracker(EXAMPLES / "scheme_of_work.xlsx")
    edits = {"Scheme of work": Edits((NEW,))}
    assert tracker_to_bytes(tracker, edits) == tracker_to_bytes(tracker, edits)


# --- What is refused --------------------------------------------------------------------------------

BOMB = f'<!DOCTYPE a [<!ENTITY b "{"K1 " * 50}">]>' + sheet_xml("<row><c><v>&b;</v></c></row>")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "an empty file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old or password-protected Word or Excel file"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"PK\x03\x04 not really", "a damaged zip file"),
        (book(BOMB), "a damaged or unusual one (a document type declaration)"),
        (book(sheet_xml("<row><c r='A1'>")), "a damaged or unusual one"),
        (book(sheet_xml(""), {"_xmlsignatures/sig1.xml": "<s/>"}), "a digital signature"),
        (book(sheet_xml(""), {"xl/revisions/log.xml": "<s/>"}), "a log of tracked changes"),
        (book(sheet_xml(""), {"xl/workbook.bin": "x"}), "a binary workbook"),
        (book(sheet_xml(""), {"../evil.xml": "x"}), "a package with the path"),
        (book(sheet_xml('<row><c r="A1" t="s"><v>99</v></c></row>')), "a damaged or unusual one"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(data, message):
    with pytest.raises(UnreadableFile, match="cannot be read as a workbook") as fault:
        data_to_tracker(data, "mine.xlsx")
    assert message in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    packed = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with packed as package, package.open("a.xml", "w") as part:
        for _ in range(60):
            part.write(b" " * 10_000_000)
    with pytest.raises(UnreadableFile, match="too large for a tracker"):
        data_to_tracker(buffer.getvalue(), "mine.xlsx")


def test_empty_formatted_rows_cost_nothing_and_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("curriculum.spreadsheets.xlsx_reading.MAX_ROWS", 2)
    empty = "".join(f'<row r="{row}" s="0"><c r="A{row}" s="0"/></row>' for row in range(1, 2000))
    full = "".join(f'<row r="{row}">{text_cell(f"A{row}", "K1")}</row>' for row in (2001, 2002))
    assert len(data_to_tracker(book(sheet_xml(empty + full)), "mine.xlsx").sheets[0].rows) == 2
    more = f'<row r="2003">{text_cell("A2003", "K1")}</row>'
    with pytest.raises(UnreadableFile, match="at most 2 rows; found 3"):
        data_to_tracker(book(sheet_xml(empty + full + more)), "mine.xlsx")


def test_a_file_that_is_cut_anywhere_is_refused():
    data = (EXAMPLES / "headings.xlsx").read_bytes()
    for end in range(0, len(data), 97):
        with pytest.raises(CurriculumError):
            data_to_tracker(data[:end], "mine.xlsx")


# --- Tables as text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (b'a,KSBs\nx,"K1, K2"\n', {1: "x", 2: "K1, K2"}),
        (b"a;KSBs\r\nx;K1, K2\r\n", {1: "x", 2: "K1, K2"}),
        (b"a\tKSBs\nx\tK1, K2", {1: "x", 2: "K1, K2"}),
        ("\ufeffa,KSBs\n\u201cx\u201d,K1\n".encode(), {1: "\u201cx\u201d", 2: "K1"}),
        ("a;KSBs\n\u201cx\u201d;K1\n".encode("cp1252"), {1: "\u201cx\u201d", 2: "K1"}),
        ("a\tKSBs\nx\tK1\n".encode("utf-16"), {1: "x", 2: "K1"}),
        (b'a,KSBs\n"two\nlines",K1\n', {1: "two\nlines", 2: "K1"}),
    ],
)
def test_tables_are_read_with_any_delimiter(data, cells):
    (sheet,) = delimited.data_to_tracker(data, "mine.csv").sheets
    assert {at: cell.text for at, cell in sheet.rows[2].items()} == cells


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'a,"KSBs"\r\nx,K1\r\n', b'a,"KSBs",new\r\nx,K1,"K4, S7"\r\n'),
        (b"a,KSBs\nx", b'a,KSBs,new\nx,,"K4, S7"'),
        ("a\tKSBs\nx\tK1\n".encode("utf-16-le"), None),
        (b"a;KSBs\nx;K1\n\n", b"a;KSBs;new\nx;K1;K4, S7\n\n"),
    ],
)
def test_a_table_gets_cells_and_keeps_every_byte(data, expected):
    if expected is None:
        data = b"\xff\xfe" + data
        expected = b"\xff\xfe" + "a\tKSBs\tnew\nx\tK1\tK4, S7\n".encode("utf-16-le")
    tracker = delimited.data_to_tracker(data, "mine.csv")
    column = AddedColumn({1: "new", 2: "K4, S7"}, 1)
    assert tracker_to_bytes(tracker, {"": Edits((column,))}) == expected


def test_only_the_given_cells_of_a_table_are_rewritten():
    data = b'"a",KSBs\n"x","K1, K2"\n"y",K3\n'
    tracker = delimited.data_to_tracker(data, "mine.csv")
    edits = {"": Edits(rewritten={(2, 2): (Replacement(0, 2, "S9"),)})}
    assert tracker_to_bytes(tracker, edits) == b'"a",KSBs\n"x","S9, K2"\n"y",K3\n'


def test_text_that_looks_like_a_formula_is_written_as_text():
    tracker = delimited.data_to_tracker(b"K1\nx\n", "mine.csv")
    copy = tracker_to_bytes(tracker, {"": Edits((AddedColumn({2: Cell("=cmd|' /C calc'!A0")}, 1),))})
    assert copy == b"K1\nx,'=cmd|' /C calc'!A0\n"


def test_quotes_that_do_not_close_are_reported_with_their_line():
    with pytest.raises(UnreadableFile, match=r"mine\.csv, line 2"):
        delimited.data_to_tracker(b'a,b\n"x,K1\ny,K2\n', "mine.csv")
