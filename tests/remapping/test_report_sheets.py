"""The sheets that a remap adds: what they show of literal rows."""

from __future__ import annotations

import io
import math

import openpyxl
import pytest

from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.remapping import report_sheets
from curriculum.remapping.report_sheets import (
    AUDIT,
    COVERAGE,
    LEARNERS,
    Report,
    ReportTable,
    audit_to_counts,
    report_to_workbook,
)

NAN = float("nan")
PAIR = VersionPair("old", "new", {}, {})


def audit_of(*rows):
    return tuple(dict(zip(v.AUDIT_COLUMNS, row, strict=True)) for row in rows)


AUDITED = audit_of(
    ("Log", "B2", "K1", "K1", v.REPLACED, "K4", "closeMatch", 0.75, "band accept"),
    ("Log", "B3", "K9", "K9", v.REVIEW, "", "broadMatch", NAN, ""),
    ("Log", "B4", "k1", "K1", v.REPLACED, "K4", "closeMatch", 0.75, "band accept"),
    ("Log", "B5", "K9", "K9", v.REVIEW, "", "broadMatch", NAN, ""),
    ("Log", "B6", "K9", "K9", v.REVIEW, "", "broadMatch", 0.5, ""),
)


def sheet_of(report, name):
    book = openpyxl.load_workbook(io.BytesIO(report_to_workbook(report)))
    if name not in book.sheetnames:
        return None
    return [
        tuple(cell for cell in row if cell not in {None, ""})
        for row in book[name].iter_rows(values_only=True)
    ]


def test_codes_with_the_same_outcome_are_counted_in_their_order_also_without_a_confidence():
    names = (v.CODE, v.OUTCOME, v.NEW_CODES, v.RELATION, v.CONFIDENCE, v.DECIDED_BY, "n_codes")
    one, other, third = audit_to_counts(AUDITED)
    assert [tuple(row) for row in (one, other, third)] == [names] * 3
    assert tuple(one.values()) == ("K1", v.REPLACED, "K4", "closeMatch", 0.75, "band accept", 2)
    assert math.isnan(other[v.CONFIDENCE])
    assert (other[v.CODE], other["n_codes"]) == ("K9", 2)
    assert tuple(third.values()) == ("K9", v.REVIEW, "", "broadMatch", 0.5, "", 1)


def test_the_audit_has_a_row_for_each_code_in_plain_words():
    assert sheet_of(Report(PAIR, (), AUDITED, (), ()), AUDIT) == [
        ("Remapped from old to new",),
        ("5 codes in the file: 2 replaced, 3 review",),
        (),
        (
            *("sheet", "cell", "as written", "code", "outcome", "new codes", "relation", "confidence"),
            "decided by",
        ),
        ("Log", "B2", "K1", "K1", "replaced", "K4", "close", 0.75, "no look needed"),
        ("Log", "B3", "K9", "K9", "review", "merged"),
        ("Log", "B4", "k1", "K1", "replaced", "K4", "close", 0.75, "no look needed"),
        ("Log", "B5", "K9", "K9", "review", "merged"),
        ("Log", "B6", "K9", "K9", "review", "merged", 0.5),
    ]


def test_a_long_audit_has_a_row_for_each_code_and_outcome(monkeypatch):
    monkeypatch.setattr(report_sheets, "MOST_AUDIT_ROWS", 4)
    assert sheet_of(Report(PAIR, (), AUDITED, (), ()), AUDIT)[1:] == [
        ("5 codes in the file: 2 replaced, 3 review",),
        ("A row for each old code and outcome, as there are so many; the CSV has them all.",),
        (),
        ("code", "outcome", "new codes", "relation", "confidence", "decided by", "n codes"),
        ("K1", "replaced", "K4", "close", 0.75, "no look needed", 2),
        ("K9", "review", "merged", 2),
        ("K9", "review", "merged", 0.5, 1),
    ]


def test_a_table_shows_its_columns_in_their_order_and_no_others():
    lost = ({"subject_id": "old:K9", "code": "K9", "text": "Risk", "n_cells": 2, "why": "waiting"},)
    table = ReportTable("What does not count", ("why", "code", "n_cells"), lost)
    assert sheet_of(Report(PAIR, (), (), ("K9 waits.",), (table,)), COVERAGE) == [
        ("What the evidence covers of new",),
        ("K9 waits.",),
        (),
        ("What does not count",),
        ("Why", "Code", "Cells"),
        ("waiting", "K9", 2),
    ]


@pytest.mark.parametrize(("learners", "is_shown"), [(None, False), ((), True)])
def test_learners_are_shown_if_they_were_asked_for_even_if_there_are_none(learners, is_shown):
    rows = sheet_of(Report(PAIR, (), (), (), (), learners), LEARNERS)
    assert (rows is not None) is is_shown
    if is_shown:
        headers = ("Learner", "Covered", "In part", "Not covered", "If every proposal is right", "Lacking")
        assert rows[-1] == headers
