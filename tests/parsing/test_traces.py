"""Every row of every table leads back to the lines that it stands on, and every line is accounted for."""

from __future__ import annotations

import re

import pytest

from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_squashed
from curriculum.parsing.lines import texts_to_lines


def printed(parsed, document_id, first, last):
    lines = parsed[document_id].document.lines[first - 1 : last]
    return text_to_squashed(re.sub(r"\[bookmark: [^\]]*\]", "", " ".join(lines)))


WORDED = [
    ("statements", v.TEXT),
    ("occurrences", v.TEXT),
    ("duties", v.TEXT),
    ("descriptors", v.TEXT),
    ("themes", v.NAME),
    ("methods", v.NAME),
    ("sections", v.HEADING),
    ("version_log", v.CHANGE_DETAIL),
]


@pytest.mark.parametrize(("name", "column"), WORDED)
def test_wording_stands_on_the_lines_that_the_row_names(tables, parsed, name, column):
    frame = getattr(tables, name)
    for row in frame.to_dict("records"):
        if column == v.HEADING and row[v.IS_INFERRED]:
            continue
        document_id = row[frame.columns[0]].split(":")[0]
        assert row[column] in printed(parsed, document_id, row[v.FIRST_LINE], row[v.LAST_LINE])


def test_every_paragraph_of_prose_is_a_line(tables, parsed):
    for row in tables.sections.to_dict("records"):
        held = [
            line.text
            for line in texts_to_lines(parsed[row[v.DOCUMENT_ID]].document.lines)[0]
            if row[v.FIRST_LINE] <= line.number <= row[v.LAST_LINE]
        ]
        if row[v.HEADING] and not row[v.IS_INFERRED]:
            assert held[0] == row[v.HEADING]
            held = held[1:]
        assert row[v.TEXT].split("\n") == (held or [""])


def test_details_stand_on_their_lines(tables, parsed):
    for row in tables.details.to_dict("records"):
        held = printed(parsed, row[v.DOCUMENT_ID], row[v.FIRST_LINE], row[v.LAST_LINE])
        assert row[v.VALUE] in held
        if row[v.SECTION] in {"key information", "metadata"} and not row[v.IS_INFERRED]:
            assert row[v.NAME] in held


@pytest.mark.parametrize(
    ("name", "column"),
    [("duty_ksbs", v.STATEMENT_ID), ("theme_ksbs", v.STATEMENT_ID), ("statement_methods", v.STATEMENT_ID)],
)
def test_codes_stand_on_the_lines_that_the_row_names(tables, parsed, name, column):
    for row in getattr(tables, name).to_dict("records"):
        document_id, code = row[column].split(":")
        held = printed(parsed, document_id, row[v.FIRST_LINE], row[v.LAST_LINE])
        assert re.search(rf"\b{code}\b", held)


def test_codes_of_descriptors_stand_on_the_lines_of_the_descriptor(tables, parsed):
    joined = tables.descriptor_ksbs.merge(tables.descriptors, on=v.DESCRIPTOR_ID)
    for row in joined.to_dict("records"):
        document_id, code = row[v.STATEMENT_ID].split(":")
        assert re.search(rf"\b{code}\b", printed(parsed, document_id, row[v.FIRST_LINE], row[v.LAST_LINE]))


def test_every_line_is_a_row_a_heading_furniture_or_reported(parsed):
    for one in parsed.values():
        lines, furniture = texts_to_lines(one.document.lines)
        blank = {n for n, line in enumerate(one.document.lines, start=1) if not line.strip()}
        reported = {row.line for row in one.findings if row.rule == "unplaced-line"}
        accounted = one.rows.numbers() | set(furniture) | blank | reported
        assert accounted >= set(range(1, len(one.document.lines) + 1))
        assert {line.number for line in lines}.isdisjoint(furniture)


def test_only_page_furniture_is_left_out(parsed):
    left = {
        one.document.lines[number - 1].strip()
        for one in parsed.values()
        for number in texts_to_lines(one.document.lines)[1]
    }
    assert left == {
        "Hide contents",
        "Contents",
        "Print apprenticeship summary",
        "Print occupational standard",
        "Print EPA plan",
        "Back to Grading",
        "Is this webpage useful?",
        "Thank you for your feedback",
        "Tell us about your experience",
    }
