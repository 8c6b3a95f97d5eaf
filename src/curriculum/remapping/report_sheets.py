"""The sheets that are added to a remapped file: codes to decide, the audit, and the coverage."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.plain_words import text_to_plain_words
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.evidence_coverage import LEARNER_COLUMNS
from curriculum.remapping.layout import cells_to_phrase
from curriculum.review.review_rows import WAITS, ReviewRow
from curriculum.review.sheet_columns import TO_DECIDE
from curriculum.review.sheet_writer import FONT_SIZE, TITLE_SIZE, add_to_decide
from curriculum.spreadsheets.checked_workbook import CheckedBook
from curriculum.spreadsheets.report_style import (
    AUTHOR,
    CREATED,
    Format,
    Worksheet,
    book_to_formats,
    set_page,
    texts_to_height,
    write_text,
)
from curriculum.tables.plain_rows import Row

__all__ = [
    "AUDIT",
    "COVERAGE",
    "LEARNERS",
    "MOST_AUDIT_ROWS",
    "Report",
    "ReportTable",
    "audit_to_counts",
    "report_to_workbook",
]

AUDIT: Final = "Audit"
COVERAGE: Final = "Coverage"
LEARNERS: Final = "Learners"
MOST_AUDIT_ROWS: Final = 50_000
_WIDTHS: Final = {
    "text": 60,
    "name": 52,
    "lacking": 32,
    "evidence": 16,
    v.RELATION: 14,
    v.NEW_CODES: 16,
    v.DECIDED_BY: 22,
    v.AS_WRITTEN: 14,
    v.SHEET: 20,
    "group": 18,
    "state": 14,
    "state_if_right": 14,
    "waiting": 16,
    "option": 24,
    "kind": 12,
    "learner": 26,
    "n_if_right": 9,
}
_WIDTH: Final = 10
# Headers that are not made from the name of the column.
_HEADERS: Final = {
    "n_ksbs": "KSBs",
    "n_if_right": "If every proposal is right",
    "state_if_right": "State if every proposal is right",
    "evidence": "Old codes",
    "waiting": "Only proposed",
    "lacking": "Lacking",
}
_SHEET_PATTERN: Final = "Remapped from {old} to {new}"
_NOTHING: Final = "Nothing has to be decided."
_HOW_TO_CORRECT: Final = (
    "Write the codes there like K2, S3 (move other words into another column), and run the command again."
)
# The columns that stay when the rows of a long audit are counted.
_COUNTED: Final = (v.CODE, v.OUTCOME, v.NEW_CODES, v.RELATION, v.CONFIDENCE, v.DECIDED_BY)
_N_CODES: Final = "n_codes"
# The value of the data for a link that needs no look, and the words of the sheet for it.
_BY_BAND, _NO_LOOK = ("band accept", "no look needed")
_EACH_ROW: Final = "A code with several rows waits until each of them is answered."


class ReportTable(NamedTuple):
    """A table of a sheet: its title, the columns that are shown, and its rows, which can have others too."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Report:
    """The content of the sheets of a remapped file.

    Attributes
    ----------
    pair
        The two versions.
    rows
        The rows of the sheet "To decide".
    audit
        A row for each code that was found.
    sentences
        Sentences on the coverage.
    tables
        The tables on the coverage.
    learners
        A row for each learner, as `evidence_to_learners` returns it; None if the coverage of learners is not
        shown.
    what
        What covers the version: `evidence` or `planned teaching`.
    cells_to_correct
        The cells that have to be corrected in the file.
    headline
        How many codes now name another statement, in a sentence; it can be empty.
    """

    pair: VersionPair
    rows: tuple[ReviewRow, ...]
    audit: Sequence[Row]
    sentences: tuple[str, ...]
    tables: tuple[ReportTable, ...]
    learners: Sequence[Row] | None = None
    what: str = "evidence"
    cells_to_correct: tuple[str, ...] = ()
    headline: str = ""


def report_to_workbook(report: Report, taken: Iterable[str] = ()) -> bytes:
    """Return the sheets of a report as a workbook.

    Parameters
    ----------
    report
        The content of the sheets.
    taken
        The names of the sheets that the file has already.

    Returns
    -------
    bytes
        Every text is written as text, even if it looks like a formula. The same report gives the same bytes.
    """
    buffer = io.BytesIO()
    names_in_use = {name.casefold() for name in taken}
    with CheckedBook(buffer) as book:
        book.set_properties({"title": "Remap", "author": AUTHOR, "created": CREATED})
        formats = book_to_formats(book)
        small = book_to_formats(book, FONT_SIZE, TITLE_SIZE)
        _add_to_decide(book.add_worksheet(_free(TO_DECIDE, names_in_use)), report, small)
        _add_audit(book.add_worksheet(_free(AUDIT, names_in_use)), report, formats)
        if report.tables:
            title = f"What the {report.what} covers of {{new}}"
            sheet = book.add_worksheet(_free(COVERAGE, names_in_use))
            _add_tables(sheet, _titled(title, report.pair), report.sentences, report.tables, formats)
        if report.learners is not None:
            sheet = book.add_worksheet(_free(LEARNERS, names_in_use))
            title = _titled(f"What each learner's {report.what} covers of {{new}}", report.pair)
            table = ReportTable("learners", LEARNER_COLUMNS, report.learners)
            _add_tables(sheet, title, (), (table,), formats)
    return buffer.getvalue()


def _titled(title: str, pair: VersionPair) -> str:
    return title.format(old=pair.old, new=pair.new)


def _free(name: str, taken: set[str]) -> str:
    """Return a name for a sheet that no other sheet has."""
    names = (name, *(f"{name} ({number})" for number in range(2, 1000)))
    return next(free_name for free_name in names if free_name.casefold() not in taken)


def _write(
    sheet: Worksheet, at: tuple[int, int], value: Any, style: Format, formats: Mapping[str, Format]
) -> None:
    if isinstance(value, str):
        write_text(sheet, at, value, style, formats)
    elif isinstance(value, float) and math.isnan(value):
        sheet.write_blank(*at, None, formats["absent"])
    else:
        sheet.write_number(*at, value, formats["confidence" if isinstance(value, float) else "count"])


def _add_title(sheet: Worksheet, lines: Sequence[str], formats: Mapping[str, Format]) -> int:
    """Write a title and sentences below it, and return the next row after an empty one."""
    sheet.hide_gridlines(2)
    set_page(sheet)
    for at, line in enumerate(lines):
        sheet.set_row(at, 24 if at == 0 else 15)
        sheet.write_string(at, 0, line, formats["title"] if at == 0 else formats["line"])
    return len(lines) + 1


def _add_headers(
    sheet: Worksheet, at: int, headers: Sequence[str], names: Sequence[str], formats: Mapping[str, Format]
) -> None:
    sheet.set_row(
        at,
        texts_to_height(
            [(header, _WIDTHS.get(name, _WIDTH) - 1) for header, name in zip(headers, names, strict=True)]
        ),
    )
    for column, header in enumerate(headers):
        sheet.write_string(at, column, header, formats["header"])


def _set_widths(sheet: Worksheet, names: Sequence[str]) -> None:
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))


def _add_to_decide(sheet: Worksheet, report: Report, formats: Mapping[str, Format]) -> None:
    waiting = {row.old_code for row in report.rows if row.state == WAITS}
    decided = {row.old_code for row in report.rows} - waiting
    wait = "1 code waits" if len(waiting) == 1 else f"{len(waiting)} codes wait"
    line = f"{wait}; decided: {len(decided)}." if report.rows else _NOTHING
    unclear = report.cells_to_correct
    if unclear and not report.rows:
        line = "Nothing can be decided here. Some cells of your file have to be corrected:"
    lines = [_titled("To decide: {old} to {new}", report.pair), f"{line} {_EACH_ROW}" if waiting else line]
    if unclear:
        verb = "is" if len(unclear) == 1 else "are"
        lines.append(f"{cells_to_phrase(unclear)} {verb} unclear as written or not read. {_HOW_TO_CORRECT}")
    add_to_decide(sheet, lines, report.rows, report.pair, formats)


def _add_audit(sheet: Worksheet, report: Report, formats: Mapping[str, Format]) -> None:
    audit, names = report.audit, list(v.AUDIT_COLUMNS)
    counts = Counter(row[v.OUTCOME] for row in audit)
    counted = ", ".join(f"{counts[outcome]} {outcome}" for outcome in v.OUTCOMES if outcome in counts)
    lines = [_titled(_SHEET_PATTERN, report.pair), *filter(None, [report.headline])]
    codes = "1 code" if len(audit) == 1 else f"{len(audit):,} codes"
    lines.append(f"{codes} in the file: {counted}" if len(audit) else "No code was found.")
    if len(audit) > MOST_AUDIT_ROWS:
        lines.append("A row for each old code and outcome, as there are so many; the CSV has them all.")
        audit, names = audit_to_counts(audit), [*_COUNTED, _N_CODES]
    _set_widths(sheet, names)
    first = _add_title(sheet, lines, formats)
    _add_headers(sheet, first, [name.replace("_", " ") for name in names], names, formats)
    for at, row in enumerate(_audit_to_plain(audit), start=first + 1):
        for column, name in enumerate(names):
            _write(sheet, (at, column), row[name], formats["cell"], formats)
    sheet.freeze_panes(first + 1, 0)
    if len(audit):
        sheet.autofilter(first, 0, first + len(audit), len(names) - 1)
        sheet.repeat_rows(first)


def _audit_to_plain(audit: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of an audit in plain words; the CSV keeps the terms of the data."""
    for row in audit:
        decided = _NO_LOOK if row[v.DECIDED_BY] == _BY_BAND else row[v.DECIDED_BY]
        yield {**row, v.RELATION: text_to_plain_words(row[v.RELATION]), v.DECIDED_BY: decided}


def audit_to_counts(audit: Iterable[Row]) -> tuple[Row, ...]:
    """Count the rows of an audit for each old code and outcome.

    Returns
    -------
    tuple of Row
        One row for each old code and outcome: ``code``, ``outcome``, ``new_codes``, ``relation``,
        ``confidence``, ``decided_by``, ``n_codes``.
    """
    first: dict[tuple[object, ...], Row] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    for row in audit:
        # NaN is not equal to itself, but its text is.
        key = tuple(str(row[name]) for name in _COUNTED)
        first.setdefault(key, row)
        counts[key] += 1
    return tuple(
        {**{name: row[name] for name in _COUNTED}, _N_CODES: counts[key]} for key, row in first.items()
    )


def _add_tables(
    sheet: Worksheet,
    title: str,
    sentences: Sequence[str],
    tables: Sequence[ReportTable],
    formats: Mapping[str, Format],
) -> None:
    """Write tables one below the other."""
    widths: dict[int, int] = {}
    for table in tables:
        for column, name in enumerate(table.columns):
            widths[column] = max(widths.get(column, 0), _WIDTHS.get(name, _WIDTH))
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    at = _add_title(sheet, (title, *sentences), formats)
    for table in tables:
        sheet.set_row(at, 20)
        sheet.write_string(at, 0, table.title, formats["bold"])
        headers = [_name_to_header(name) for name in table.columns]
        sheet.set_row(at + 1, texts_to_height([(header, widths[n] - 1) for n, header in enumerate(headers)]))
        for column, header in enumerate(headers):
            sheet.write_string(at + 1, column, header, formats["header"])
        at = _add_table_rows(sheet, at + 2, table, widths, formats) + 1
    sheet.freeze_panes(1, 0)


def _name_to_header(name: str) -> str:
    return _HEADERS.get(name) or name.removeprefix("n_").replace("_", " ").capitalize()


def _add_table_rows(
    sheet: Worksheet, at: int, table: ReportTable, widths: Mapping[int, int], formats: Mapping[str, Format]
) -> int:
    for row in table.rows:
        values = [row[name] for name in table.columns]
        sheet.set_row(
            at,
            texts_to_height(
                [(value, widths[n]) for n, value in enumerate(values) if isinstance(value, str)] or [("", 1)]
            ),
        )
        for column, value in enumerate(values):
            _write(sheet, (at, column), value, formats["cell"], formats)
        at += 1
    return at
