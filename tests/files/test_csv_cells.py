"""Cells of a CSV: one rule for quotes, one for texts that a spreadsheet program reads as a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.crosswalk.crosswalk_files import bytes_to_crosswalk, crosswalk_to_bytes
from curriculum.crosswalk.sssom import crosswalk_to_sssom
from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import decisions_to_csv, read_decisions
from curriculum.errors import UnwritableOutput
from curriculum.files.csv_cells import cell_to_field, rows_to_csv, safe_to_text, text_to_safe
from curriculum.model import vocabulary as v
from curriculum.spreadsheets import delimited
from curriculum.spreadsheets.tracker import AddedColumn, Edits, Replacement
from curriculum.spreadsheets.tracker_files import tracker_to_bytes
from curriculum.tables.csv_files import frame_to_csv, frame_to_export
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row
from curriculum.tables.typed_frames import rows_to_frame

SIGNS = "=+-@\t\r\n'\" ,;KB1é＝"
# Texts that begin as a formula does, and any others.
TEXTS = st.text(SIGNS, max_size=6) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=9
)
# As documents are parsed to: white space is squashed.
WORDINGS = TEXTS.map(lambda text: " ".join(text.split()))


@settings(deadline=None)
@given(TEXTS)
def test_an_escaped_text_is_read_back(text):
    safe = text_to_safe(text)
    assert safe_to_text(safe) == text
    assert safe.lstrip()[:1] not in {*"=+-@＝＋－＠"}
    assert safe[:1] not in {"\t", "\r", "\n"}


@settings(deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from(",;\t|"))
def test_rows_with_any_content_are_read_back(rows, delimiter):
    text = rows_to_csv(rows, delimiter)
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)) == rows


def crosswalk(old, new, comment, number=1):
    return rows_to_frame(CROSSWALK, [tuple(crosswalk_row(old, new, comment, number).values())])


def crosswalk_row(old, new, comment, number):
    return {
        **name_to_empty_row(CROSSWALK),
        v.SUBJECT_SOURCE: "old",
        v.OBJECT_SOURCE: "new",
        v.SUBJECT_ID: f"old:K{number}",
        v.OBJECT_ID: "new:K2",
        v.SUBJECT_LABEL: old,
        v.OBJECT_LABEL: new,
        v.PREDICATE_ID: v.EXACT_MATCH,
        v.MAPPING_JUSTIFICATION: v.LEXICAL_MATCHING,
        v.MAPPING_CARDINALITY: "1:1",
        v.CHANGE: "identical",
        v.STATUS: v.PROPOSED,
        v.BAND: v.REVIEW,
        v.COMMENT: comment,
        v.CONFIDENCE: 0.5,
    }


# One table for many texts: to check a table against its schema takes most of the time.
@settings(max_examples=3, deadline=None)
@given(st.lists(st.tuples(WORDINGS, WORDINGS, WORDINGS), min_size=50, max_size=60))
def test_an_exported_crosswalk_is_read_back_to_the_same_texts(texts):
    rows = [tuple(crosswalk_row(*three, number).values()) for number, three in enumerate(texts)]
    frame = rows_to_frame(CROSSWALK, rows)
    for path in (Path("x.csv"), Path("x.tsv")):
        pd.testing.assert_frame_equal(bytes_to_crosswalk(crosswalk_to_bytes(frame, path), path), frame)


def test_files_for_people_are_escaped_and_files_for_programs_are_not():
    frame = crosswalk("=1+1", "@SUM(A1)", "")
    exported = crosswalk_to_bytes(frame, Path("x.csv"))
    assert b",'=1+1," in exported
    assert b",'@SUM(A1)," in exported
    assert b"'=1+1" in crosswalk_to_bytes(frame, Path("x.TSV"))
    assert b"\t=1+1\t" in crosswalk_to_sssom(frame)
    assert b",=1+1," in frame_to_csv(frame)


def test_decisions_are_escaped_and_read_back(tmp_path):
    decision = Decision("reject", "a:K1", "", "b:K2", "=1+1", "'-x", "a", "b", "AB", "2026-11-22", "fine")
    (tmp_path / "a_to_b.csv").write_bytes(decisions_to_csv([decision]))
    assert b",'=1+1,''-x,a,b,AB,2026-11-22,fine" in decisions_to_csv([decision])
    assert [kept[:-1] for kept in read_decisions(tmp_path)] == [decision[:-1]]


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", "a\nb", "\r", 'a"b', "a,b"])
def test_a_table_with_line_ends_in_a_cell_is_read_back(text):
    frame = pd.DataFrame({"code": ["K1", "K2"], "text": [text, "plain"]})
    rows = list(csv.reader(io.StringIO(frame_to_csv(frame).decode(), newline="")))
    assert rows == [["code", "text"], ["K1", text], ["K2", "plain"]]
    assert rows == list(csv.reader(io.StringIO(frame_to_export(frame).decode(), newline=""))) or text == "\r"


def test_a_table_that_would_not_be_read_back_is_refused(monkeypatch):
    monkeypatch.setattr(pd.DataFrame, "to_csv", lambda *_, **__: "code,text\nK1,other\n")
    with pytest.raises(UnwritableOutput, match=r"column text, row 2: .*expected “mine”; found “other”"):
        frame_to_csv(pd.DataFrame({"code": ["K1"], "text": ["mine"]}))


# --- The copy of a person's table ---------------------------------------------------------------------


def rewritten(data, place, *replacements, added=()):
    tracker = delimited.data_to_tracker(data, "mine.csv")
    return tracker_to_bytes(tracker, {"": Edits(tuple(added), {place: replacements})})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (b'x,K1,"first\nsecond"\n', b'x,S9,"first\nsecond"\n'),
        (b'x,K1,"first\rsecond"\n', b'x,S9,"first\rsecond"\n'),
        (b'x,K1,"first\r\nsecond"\r\n', b'x,S9,"first\r\nsecond"\r\n'),
        (b'"x",K1,"a ""b"" c"\n', b'"x",S9,"a ""b"" c"\n'),
        (b'x,"K1","a, b"\n', b'x,"S9","a, b"\n'),
        (b'x,K1,5" pipe\n', b'x,S9,5" pipe\n'),
        (b"x,K1, spaced \n", b"x,S9, spaced \n"),
        (b'x,K1,""\r', b'x,S9,""\r'),
        (b"x,K1,=B6", b"x,S9,=B6"),
    ],
)
def test_a_row_that_is_rewritten_keeps_its_other_cells_byte_for_byte(row, expected):
    header = b"a,KSBs,Notes\n"
    assert rewritten(header + row, (2, 2), Replacement(0, 2, "S9")) == header + expected


@pytest.mark.parametrize("new", ["S9, K4", 'say "K4"', "S9\nK4", "S9\rK4", "=K4", ""])
def test_a_new_text_is_quoted_if_it_needs_quotes(new):
    copy = rewritten(b"a,KSBs\nx,K1\n", (2, 2), Replacement(0, 2, new))
    assert list(csv.reader(io.StringIO(copy.decode(), newline=""))) == [["a", "KSBs"], ["x", new]]


def test_new_cells_are_quoted_in_a_file_that_quotes_all_cells():
    column = AddedColumn({1: "new", 2: "K4"}, 1)
    tracker = delimited.data_to_tracker(b'"a","b"\n"x","K1"\n', "mine.csv")
    copy = tracker_to_bytes(tracker, {"": Edits((column,))})
    assert copy == b'"a","b","new"\n"x","K1","K4"\n'


def test_a_byte_order_mark_stays_as_it_is():
    for marks in (b"", b"\xef\xbb\xbf"):
        assert rewritten(marks + b"a,b\nx,K1\n", (2, 2), Replacement(0, 2, "S9")) == marks + b"a,b\nx,S9\n"


def test_a_sign_that_the_encoding_lacks_is_refused_and_not_guessed():
    data = "Übung,KSBs\nx,K1\n".encode("cp1252")
    with pytest.raises(UnwritableOutput, match=r"mine\.csv, cell B2: .*expected “≥9”; found “\?9”"):
        rewritten(data, (2, 2), Replacement(0, 2, "≥9"))


def test_a_copy_that_differs_in_a_cell_is_refused(monkeypatch):
    monkeypatch.setattr(delimited, "cell_to_field", lambda cell, *_: cell_to_field(cell).replace("9", "8"))
    with pytest.raises(UnwritableOutput, match=r"B2: would be read with another .*expected “S9”; found “S8”"):
        rewritten(b"a,KSBs\nx,K1\n", (2, 2), Replacement(0, 2, "S9"))


CELLS = st.text(st.sampled_from("K1, ;\"'\t\n\r=x"), max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
    st.text(st.sampled_from('S9, "\n\r;'), max_size=5),
)
def test_every_other_cell_of_a_copy_is_the_same(rows, quoting, ending, new):
    buffer = io.StringIO(newline="")
    # Three cells in the first rows, so that the comma is what parts them.
    table = [["a", "b", "c"]] * 5 + rows
    csv.writer(buffer, quoting=quoting, lineterminator=ending).writerows(table)
    data = buffer.getvalue().encode()
    tracker = delimited.data_to_tracker(data, "mine.csv")
    before = [list(record) for record in csv.reader(io.StringIO(data.decode(), newline=""))]
    last = len(before)
    length = len(before[-1][0])
    added = AddedColumn({last: "K4"}, 1)
    edits = Edits((added,), {(last, 1): (Replacement(0, length, new),)})
    copy = tracker_to_bytes(tracker, {"": edits}).decode()
    after = list(csv.reader(io.StringIO(copy, newline="")))
    width = max(map(len, before))
    assert after[:-1] == before[:-1]
    assert after[-1] == [new, *before[-1][1:], *[""] * (width - len(before[-1])), "K4"]


def test_a_comma_a_space_and_a_quote_within_a_cell_are_no_space_before_a_quote():
    data = b'a,b,c\n", ",",",x\n ,K1,y\n'
    tracker = delimited.data_to_tracker(data, "mine.csv")
    assert [cell.text for cell in tracker.sheets[0].rows[2].values()] == [", ", ",", "x"]
    assert [cell.text for cell in tracker.sheets[0].rows[3].values()] == [" ", "K1", "y"]
