"""Struck-out text, cells that array formulas fill, and cells that are quoted after spaces."""

from __future__ import annotations

import io

import pandas as pd
import pytest
import xlsxwriter

from curriculum.errors import UnreadableFile
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.options import Options
from curriculum.remapping.remapped import remap_tracker
from curriculum.spreadsheets import delimited
from curriculum.spreadsheets.tracker import AddedColumn, Edits, Replacement
from curriculum.spreadsheets.xlsx_reading import data_to_tracker
from curriculum.tables.frame_rows import frame_to_rows

CODES = [f"{letter}{number}" for letter in "KSB" for number in range(1, 9)]
PAIR = VersionPair("old-1", "new-1", dict.fromkeys(CODES, "t"), {})
CROSSWALK = pd.DataFrame(
    [
        (f"old-1:{code}", f"new-1:{code[0]}{int(code[1:]) + 50}", "skos:closeMatch", 0.97, "accept")
        for code in CODES
    ],
    columns=[v.SUBJECT_ID, v.OBJECT_ID, v.PREDICATE_ID, v.CONFIDENCE, v.BAND],
).assign(**{v.SUBJECT_SOURCE: "old-1", v.OBJECT_SOURCE: "new-1", v.SUBJECT_LABEL: "t", v.OBJECT_LABEL: "t"})


def audit_of(tracker, **options):
    remapped = remap_tracker(tracker, None, frame_to_rows(CROSSWALK), PAIR, options=Options(**options))
    return remapped, [[row["cell"], row["as_written"], row["outcome"]] for row in remapped.audit]


@pytest.fixture
def struck() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Log")
        line, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["Week", "KSBs"])
        sheet.write_row(1, 0, ["1", "K1, S2"])
        sheet.write_row(2, 0, ["2", "K2, S3"], line)
        sheet.write_string(3, 0, "3")
        sheet.write_rich_string(3, 1, plain, "K3, ", line, "K4")
        sheet.write_string(4, 0, "4")
        sheet.write_rich_string(4, 1, plain, "K5", line, " ")
        sheet.write_row(5, 0, ["5", "B1"])
    return buffer.getvalue()


def test_codes_that_are_struck_out_go_to_review(struck):
    remapped, rows = audit_of(data_to_tracker(struck, "log.xlsx"))
    assert rows == [
        ["B2", "K1", "replaced"],
        ["B2", "S2", "replaced"],
        ["B3", "K2", "review"],
        ["B3", "S3", "review"],
        ["B4", "K3", "review"],
        ["B4", "K4", "review"],
        # Only a space is struck out.
        ["B5", "K5", "replaced"],
        ["B6", "B1", "replaced"],
    ]
    assert remapped.n_waiting == 4


def test_a_header_that_is_struck_out_is_not_read():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Log")
        line = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Learner", "K1", "K2", "K3"])
        sheet.write_string(0, 4, "K4", line)
        sheet.write_row(1, 0, ["a", "x", "x", "", "x"])
        sheet.write_row(2, 0, ["b", "", "x", "x", "x"])
    remapped, rows = audit_of(data_to_tracker(buffer.getvalue(), "log.xlsx"))
    assert rows[3] == ["E1", "K4", "not read"]
    assert [finding.why for layout in remapped.layouts for finding in layout.unread] == [
        "struck out: delete it, or take the line away"
    ]


def spilled() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Week", "KSBs"])
        sheet.write_dynamic_array_formula("B2:B4", "=Lists!A1:A3", None, "K1")
        sheet.write_column(2, 1, ["K2", "S3"])
        sheet.write_row(4, 0, ["4", "K5"])
        sheet.write_column(1, 0, ["1", "2", "3"])
    return buffer.getvalue()


def test_cells_that_an_array_formula_fills_are_not_written():
    remapped, rows = audit_of(data_to_tracker(spilled(), "log.xlsx"), in_place=True)
    assert rows == [
        ["B2", "K1", "not read"],
        ["B3", "K2", "not read"],
        ["B4", "S3", "not read"],
        ["B5", "K5", "replaced"],
    ]
    assert list(remapped.edits["Log"].rewritten) == [(5, 2)]


def test_overlapping_array_formulas_are_refused(monkeypatch):
    monkeypatch.setattr("curriculum.spreadsheets.array_formulas.MAX_CELLS", 3)
    with pytest.raises(UnreadableFile, match="overlapping array formulas"):
        data_to_tracker(spilled(), "log.xlsx")


SPACED = b'Week, KSBs\n1, "K1, S2"\n2,  "K4; ""S5"""\n3, B1\n'


def test_cells_that_are_quoted_after_spaces_are_read():
    (sheet,) = delimited.data_to_tracker(SPACED, "m.csv").sheets
    texts = [[cells[at].text for at in sorted(cells)] for cells in sheet.rows.values()]
    assert texts == [["Week", "KSBs"], ["1", "K1, S2"], ["2", 'K4; "S5"'], ["3", "B1"]]


def test_quotes_after_spaces_stay():
    tracker = delimited.data_to_tracker(SPACED, "m.csv")
    edits = Edits(
        added=(AddedColumn({1: "new", 2: "K51, S52"}, 2),), rewritten={(2, 2): (Replacement(0, 2, "K51"),)}
    )
    assert delimited.tracker_to_data(tracker, edits) == (
        b'Week, KSBs,new\n1, "K51, S2","K51, S52"\n2,  "K4; ""S5"""\n3, B1\n'
    )


def test_a_quote_within_a_sentence_does_not_quote_the_cell():
    (sheet,) = delimited.data_to_tracker(b'a,b\n" x","He said ""K1, "" twice"\n', "m.csv").sheets
    assert sheet.rows[2][1].text == " x"
    assert sheet.rows[2][2].text == 'He said "K1, " twice'
