"""Workbooks are read again before they are written, and refused if a cell is not as expected."""

from __future__ import annotations

import io

import openpyxl
import pytest

from curriculum.errors import UnwritableOutput
from curriculum.spreadsheets import checked_workbook, tracker_files, xlsx_reading
from curriculum.spreadsheets.checked_workbook import CheckedBook
from curriculum.spreadsheets.tracker import AddedColumn, Edits, Replacement
from curriculum.spreadsheets.tracker_files import tracker_to_bytes
from curriculum.spreadsheets.xlsx_writing import part_to_edited

EDITS = {"Mine": Edits((AddedColumn({1: "new", 2: "K4"}, 1),), {(2, 1): (Replacement(0, 2, "S9"),)})}


@pytest.fixture
def tracker():
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "Mine"
    for row in (("KSBs", "Notes"), ("K1", "mine"), ("K2", 7)):
        book.active.append(row)
    book.save(buffer)
    return xlsx_reading.data_to_tracker(buffer.getvalue(), "mine.xlsx")


def test_a_copy_as_expected_is_returned(tracker):
    sheet = openpyxl.load_workbook(io.BytesIO(tracker_to_bytes(tracker, EDITS))).active
    assert list(sheet.values) == [("KSBs", "Notes", "new"), ("S9", "mine", "K4"), ("K2", 7, None)]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (b">K4<", b">K5<", "cell C2: .*expected “K4”; found “K5”"),
        (b">S9<", b">S8<", "cell A2: .*expected “S9”; found “S8”"),
        (b"<v>7</v>", b"<v>8</v>", "cell B3: .*expected “7”; found “8”"),
        (b">new<", b"><", "cell C1: .*expected “new”; found nothing"),
    ],
)
def test_a_copy_that_differs_in_a_cell_is_refused(tracker, monkeypatch, old, new, where):
    def edited(*given, **named):
        data = part_to_edited(*given, **named)
        assert old in data
        return data.replace(old, new)

    monkeypatch.setattr(tracker_files, "part_to_edited", edited)
    with pytest.raises(UnwritableOutput, match=rf"mine\.xlsx, sheet Mine, {where}"):
        tracker_to_bytes(tracker, EDITS)


def test_a_new_workbook_that_differs_in_a_cell_is_refused(monkeypatch):
    texts = checked_workbook._package_to_texts
    monkeypatch.setattr(
        checked_workbook, "_package_to_texts", lambda package: (text.upper() for text in texts(package))
    )
    book = CheckedBook(io.BytesIO())
    sheet = book.add_worksheet("Codes")
    sheet.write_string(0, 0, "K1")
    sheet.write_string(1, 1, "=a\r_x000D_")
    with pytest.raises(UnwritableOutput, match=r"sheet Codes, cell B2: .*expected"):
        book.close()


def test_every_kind_of_cell_of_a_new_workbook_is_read_back():
    buffer = io.BytesIO()
    with CheckedBook(buffer) as book:
        sheet = book.add_worksheet("Codes")
        sheet.write_string(0, 0, "=a\r\n_x000D_ \x01<r>&")
        sheet.write_number(1, 0, 0.1 + 0.2)
        sheet.write_rich_string(2, 0, book.add_format({"bold": True}), "K1", " and more")
        sheet.write_string(3, 0, "")
    assert openpyxl.load_workbook(buffer)["Codes"]["A3"].value == "K1 and more"
