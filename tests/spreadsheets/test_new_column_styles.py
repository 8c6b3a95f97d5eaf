"""The look of the columns that a remap adds to a workbook: whole headers, and notes without colours."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from curriculum.model.code_lists import find_codes
from curriculum.remapping.layout import CodeColumn
from curriculum.remapping.outcomes import CodeOutcome
from curriculum.remapping.rewriting import cell_remapper, column_to_added
from curriculum.spreadsheets.new_column_styles import FormatList, row_to_height
from curriculum.spreadsheets.tracker import CODES, PLAIN, AddedColumn, Cell, Edits
from curriculum.spreadsheets.tracker_files import tracker_to_bytes
from curriculum.spreadsheets.xlsx_reading import data_to_tracker

GREEN, RED, BLUE = (PatternFill("solid", fgColor=name) for name in ("00B050", "FF0000", "1F3864"))
LONG = "K7: no counterpart found (0.56); S9: no counterpart found (0.53); K8: proposed K4 (0.71)"
HEADERS = ("Topic and activity (st0792-1.2)", "outcome", "note")


def workbook(fills, header_height=None):
    """Make a workbook with a column of codes whose cells have fills."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "KSBs"
    sheet["A1"].font, sheet["A1"].fill = Font(bold=True, color="FFFFFF"), BLUE
    sheet["A1"].alignment = Alignment(vertical="center", horizontal="center")
    for row, fill in enumerate(fills, start=2):
        cell = sheet.cell(row, 1, "K1")
        cell.border = Border(bottom=Side("thin"))
        if fill:
            cell.fill = fill
    sheet.row_dimensions[1].height = header_height
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def remapped(data, note=LONG):
    """Give the sheet of a copy with the new columns of its column of codes."""
    tracker = data_to_tracker(data, "t.xlsx")
    rows = [row for row in tracker.sheets[0].rows if row > 1]
    column = CodeColumn("Sheet", 1, "KSBs", 1, {row: find_codes("K1") for row in rows})
    settled = CodeOutcome("K1", "review", ("K4",), "", 1.0, "", note)
    added = column_to_added(column, cell_remapper(lambda _: settled), rows, HEADERS)
    copy = tracker_to_bytes(tracker, {tracker.sheets[0].name: Edits(added)})
    return openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]


def color(cell):
    return cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else ""


def test_a_header_looks_like_its_neighbour_wraps_and_is_shown_whole():
    sheet = remapped(workbook([None]))
    for place in ("B1", "C1", "D1"):
        assert (color(sheet[place]), sheet[place].font.b, sheet[place].alignment.wrap_text) == (
            "1F3864",
            True,
            True,
        )
        assert sheet[place].alignment.vertical == "center"
    # In bold letters of the default size the heading takes a quarter more than a digit a letter.
    assert sheet.column_dimensions["B"].width >= 1.25 * len(HEADERS[0])


def test_in_a_high_row_a_header_has_several_lines():
    narrow, wide = (remapped(workbook([None], height)).column_dimensions["B"].width for height in (45, None))
    assert narrow < wide


@pytest.mark.parametrize("fills", [[GREEN, RED], [GREEN, None], [RED, RED]])
def test_outcome_and_note_do_not_get_the_colour_of_their_neighbour(fills):
    sheet = remapped(workbook(fills))
    for place in ("C2", "D2", "C3", "D3"):
        assert (color(sheet[place]), sheet[place].alignment.wrap_text) == ("", True)
        # The borders go on.
        assert sheet[place].border.bottom.style == "thin"


def test_new_codes_get_the_colour_of_their_neighbour_only_if_it_has_no_meaning():
    assert {color(remapped(workbook([RED, RED]))[place]) for place in ("B2", "B3")} == {"FF0000"}
    for fills in ([GREEN, RED], [GREEN, None]):
        assert {color(remapped(workbook(fills))[place]) for place in ("B2", "B3")} == {""}


def test_a_row_is_as_high_as_its_note_needs_unless_a_user_set_its_height():
    # 90 characters in 44 take two lines.
    assert remapped(workbook([None])).row_dimensions[2].height == 30
    assert remapped(workbook([None]), "short").row_dimensions[2].height is None
    book = openpyxl.load_workbook(io.BytesIO(workbook([None])))
    book.active.row_dimensions[2].height = 20
    buffer = io.BytesIO()
    book.save(buffer)
    assert remapped(buffer.getvalue()).row_dimensions[2].height == 20


def test_cells_of_the_workbook_keep_their_look():
    data = workbook([GREEN, RED])
    before, after = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0], remapped(data)
    for row in before.iter_rows():
        for cell in row:
            for look in ("font", "fill", "border", "alignment"):
                assert repr(getattr(after[cell.coordinate], look)) == repr(getattr(cell, look))


def test_a_mark_keeps_its_look_and_an_empty_cell_gets_no_colour_with_a_meaning():
    tracker = data_to_tracker(workbook([GREEN, RED]), "t.xlsx")
    sheet = tracker.sheets[0]
    mark = Cell("x", style=sheet.rows[2][1].style)
    added = AddedColumn({1: "K4", 2: mark, 3: ""}, 1, 8.0, CODES, 1)
    copy = tracker_to_bytes(tracker, {sheet.name: Edits((added,))})
    new = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]
    assert (color(new["B2"]), color(new["B3"])) == ("00B050", "")


def test_formats_are_added_under_a_prefix():
    styles = (
        b'<x:styleSheet xmlns:x="urn:x"><x:cellXfs count="1">'
        b'<x:xf numFmtId="0" fontId="1" fillId="2" borderId="3">'
        b'<x:alignment horizontal="left"/></x:xf></x:cellXfs></x:styleSheet>'
    )
    looks = FormatList(styles)
    assert (looks.header("0"), looks.plain(""), looks.header("0")) == ("1", "2", "1")
    xml = looks.to_bytes().decode()
    assert '<x:cellXfs count="3">' in xml
    assert '<x:xf numFmtId="0" fontId="1" fillId="2" borderId="3" applyAlignment="1">' in xml
    assert '<x:alignment horizontal="left" wrapText="1"/></x:xf><x:xf numFmtId="0" fontId="0"' in xml
    assert "<x:x:" not in xml


def test_without_a_list_of_formats_a_cell_gets_the_format_of_its_neighbour():
    looks = FormatList(b"<styleSheet/>")
    assert (looks.header("4"), looks.plain("4"), looks.to_bytes()) == ("4", "4", b"<styleSheet/>")


def test_only_notes_make_a_row_higher():
    assert row_to_height([AddedColumn({2: LONG}, 1, 18.0, CODES, 1)], 2, "") == ""
    assert row_to_height([AddedColumn({1: LONG}, 1, 18.0, PLAIN, 1)], 1, "") == ""
