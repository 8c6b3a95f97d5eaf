"""Write crosswalks as Excel workbooks for people: wrapped texts, marked differences, filters."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import pandas as pd

from curriculum.crosswalk.candidate_sheets import add_candidates
from curriculum.crosswalk.column_meanings import COLUMN_MEANINGS
from curriculum.crosswalk.headline import crosswalk_to_headline
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty
from curriculum.model import vocabulary as v
from curriculum.model.plain_words import REVIEW_WORDS, relation_to_word
from curriculum.model.word_differences import WordRun, texts_to_word_runs
from curriculum.spreadsheets.checked_workbook import CheckedBook
from curriculum.spreadsheets.report_style import (
    _LINE_HEIGHT,
    AUTHOR,
    CREATED,
    Format,
    Worksheet,
    add_table,
    book_to_formats,
    set_page,
    texts_to_height,
    write_marked,
    write_text,
)

__all__ = ["Sheet", "crosswalk_to_workbook"]

Row: TypeAlias = Mapping[Any, Any]

_ABOUT_WIDTH = 95


class Sheet(NamedTuple):
    """A further sheet of the workbook: its name, its columns with their widths, and its rows.

    The last ``n_own`` columns are for the reader to fill in.
    """

    name: str
    widths: Mapping[str, int]
    rows: Sequence[Sequence[object]]
    n_own: int = 0


class _Column(NamedTuple):
    """A column of the sheet: its header, its width in characters, and the column of the crosswalk."""

    header: str
    width: int
    name: str


_COLUMNS = (
    _Column("old", 7, v.SUBJECT_ID),
    _Column("old wording", 52, v.SUBJECT_LABEL),
    _Column("new", 7, v.OBJECT_ID),
    _Column("new wording", 52, v.OBJECT_LABEL),
    _Column("change", 18, v.CHANGE),
    _Column("relation", 13, v.PREDICATE_ID),
    _Column("confidence", 11, v.CONFIDENCE),
    _Column("look needed", 9, v.BAND),
    _Column("caution", 20, v.CAUTION),
    _Column("level of responsibility", 14, v.RESPONSIBILITY),
    _Column("by the words", 20, v.RESPONSIBILITY_WORDS),
    _Column("duties moved", 8, v.DUTIES_MOVED),
    _Column("option moved", 8, v.OPTION_MOVED),
    _Column("assessment moved", 12, v.ASSESSMENT_MOVED),
    _Column("second choice", 10, v.RUNNER_UP_ID),
    _Column("its confidence", 14, v.RUNNER_UP_CONFIDENCE),
    _Column("status", 25, v.STATUS),
    _Column("reviewer", 10, v.REVIEWER_LABEL),
    _Column("date", 11, v.REVIEW_DATE),
    _Column("comment", 25, v.COMMENT),
)
# Columns that are left out if all their cells are empty.
_SELDOM = frozenset(
    (
        *(v.CAUTION, v.RESPONSIBILITY, v.RESPONSIBILITY_WORDS),
        *(v.DUTIES_MOVED, v.OPTION_MOVED, v.ASSESSMENT_MOVED),
        *(v.REVIEWER_LABEL, v.REVIEW_DATE),
    )
)
_SHEETS = (("Statements", False), ("Duties", True))
_FURTHER = (
    (
        "second choice",
        "The best other statement; for a split statement it can be another of its links. For a row without a "
        "code on one side, the best candidate there.",
    ),
    (
        "candidates",
        "Two sheets have the five likeliest counterparts of each statement, whether proposed or not. Look "
        "there first where no counterpart was found.",
    ),
    (
        "marked words",
        "Orange and bold: deleted from the old wording. Blue and bold: inserted in the new wording.",
    ),
)


def crosswalk_to_workbook(
    crosswalk: pd.DataFrame,
    candidates: pd.DataFrame | None = None,
    first: Sequence[Sheet] = (),
    last: Sequence[Sheet] = (),
) -> bytes:
    """Return a crosswalk as a workbook (.xlsx) for people.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.
    candidates
        The table ``candidates`` of the pair; by default no sheet shows candidates.
    first, last
        Further sheets, before those of the crosswalk and behind them.

    Returns
    -------
    bytes
        A sheet of explanations, a sheet of statements, a sheet of duties if any are linked, and two sheets of
        candidates: for the old statements, and for the new ones. Every text is
        written as text, so a text that begins with "=" is no formula. The same rows give the same bytes.
    """
    buffer = io.BytesIO()
    with CheckedBook(buffer) as book:
        book.set_properties({"title": "Crosswalk", "author": AUTHOR, "created": CREATED})
        formats = book_to_formats(book)
        _add_about(book.add_worksheet("About"), crosswalk, formats)
        for further in first:
            _add_sheet(book.add_worksheet(further.name), further, formats)
        is_duty = crosswalk_to_is_duty(crosswalk)
        for name, wanted in _SHEETS:
            rows = crosswalk[is_duty == wanted]
            if len(rows):
                _add_rows(book.add_worksheet(name), rows.to_dict("records"), formats)
        if candidates is not None:
            add_candidates(book.add_worksheet, crosswalk, candidates, formats)
        for further in last:
            _add_sheet(book.add_worksheet(further.name), further, formats)
        if len(book.worksheets()) > 1:
            book.worksheets()[1].activate()
    return buffer.getvalue()


def _add_sheet(sheet: Worksheet, further: Sheet, formats: Mapping[str, Format]) -> None:
    add_table(sheet, 0, further.rows, further.widths, formats)
    for number in range(1, len(further.rows) + 1):
        for at in range(len(further.widths) - further.n_own, len(further.widths)):
            sheet.write_blank(number, at, None, formats["input"])
    sheet.freeze_panes(1, 1)
    set_page(sheet)


def _add_about(sheet: Worksheet, crosswalk: pd.DataFrame, formats: Mapping[str, Format]) -> None:
    first = crosswalk.iloc[0]
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, _ABOUT_WIDTH)
    sheet.set_row(0, 1.6 * _LINE_HEIGHT)
    set_page(sheet)
    title = f"What became of {first[v.SUBJECT_SOURCE]} in {first[v.OBJECT_SOURCE]}"
    sheet.write_string(0, 0, title, formats["title"])
    statuses = "; ".join(dict.fromkeys(crosswalk[v.STATUS]))
    headline = ("headline", str(crosswalk_to_headline(crosswalk)))
    attribution = ("attribution", first[v.ATTRIBUTION])
    lines = [headline, ("status", statuses), *_counts(crosswalk), *COLUMN_MEANINGS, *_FURTHER, attribution]
    for number, (name, text) in enumerate((line for line in lines if line[1]), start=2):
        sheet.write_string(number, 0, name, formats["bold"])
        sheet.write_string(number, 1, text, formats["plain"])
        sheet.set_row(number, texts_to_height([(text, _ABOUT_WIDTH)]))


def _counts(crosswalk: pd.DataFrame) -> Iterator[tuple[str, str]]:
    counts = Counter(change for changes in crosswalk[v.CHANGE] for change in changes.split("; "))
    yield "changes", ", ".join(f"{count} {change}" for change, count in counts.most_common())
    waiting = int((crosswalk[v.BAND] == v.REVIEW).sum())
    yield "to look at", f"{waiting} of {len(crosswalk)} rows"


def _add_rows(sheet: Worksheet, rows: Sequence[Row], formats: Mapping[str, Format]) -> None:
    columns = [
        column for column in _COLUMNS if column.name not in _SELDOM or any(row[column.name] for row in rows)
    ]
    sheet.set_row(0, texts_to_height([(column.header, column.width) for column in columns]))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.header, formats["header"])
    for number, row in enumerate(rows, start=1):
        marked = _marked_texts(row)
        wide = [(row[name], width) for _, width, name in columns if isinstance(row[name], str)]
        sheet.set_row(number, texts_to_height(wide))
        for at, column in enumerate(columns):
            # SSSOM requires a relation even without a counterpart; it means nothing to a reader.
            is_empty = column.name == v.PREDICATE_ID and not marked
            value = "" if is_empty else row[column.name]
            _write_cell(sheet, (number, at), (column.name, value), marked.get(column.name, ()), formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.repeat_rows(0)
    set_page(sheet)


def _marked_texts(row: Row) -> dict[str, tuple[WordRun, ...]]:
    """Return the parts of both wordings, to mark the differences; empty if there is only one wording."""
    if not row[v.SUBJECT_LABEL] or not row[v.OBJECT_LABEL]:
        return {}
    old, new = texts_to_word_runs(row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL])
    return {v.SUBJECT_LABEL: old, v.OBJECT_LABEL: new}


def _write_cell(
    sheet: Worksheet,
    at: tuple[int, int],
    cell: tuple[str, Any],
    parts: Sequence[WordRun],
    formats: Mapping[str, Format],
) -> None:
    name, value = cell
    if parts:
        write_marked(sheet, at, parts, "deleted" if name == v.SUBJECT_LABEL else "inserted", formats)
    elif isinstance(value, str):
        text = _shown(name, value)
        style = "code" if name in {v.SUBJECT_ID, v.OBJECT_ID} else "cell"
        write_text(sheet, at, text, formats[style if text else "absent"], formats)
    elif pd.notna(value):
        sheet.write_number(*at, value, formats["share"])
    else:
        sheet.write_blank(*at, None, formats["absent"])


def _shown(name: str, value: str) -> str:
    """Return the text of a cell for people: codes without their document, plain words for terms."""
    if name in {v.SUBJECT_ID, v.OBJECT_ID, v.RUNNER_UP_ID}:
        return "" if value == v.NO_TERM_FOUND else value.rpartition(":")[2]
    if name == v.BAND:
        return REVIEW_WORDS.get(value, value)
    return relation_to_word(value) if name == v.PREDICATE_ID else value
