"""Themes that are columns beside KSBs, with a tick for each KSB of theirs."""

from __future__ import annotations

from curriculum.model.text import text_to_title_key
from curriculum.parsing.further_columns import further_findings
from curriculum.parsing.lines import Line
from curriculum.parsing.method_cells import lines_to_ticked
from curriculum.parsing.row_reader import TableReading
from curriculum.parsing.rows import Detail, Finding, Rows, Theme

__all__ = ["reading_to_rows"]

_THEME_WORDS = frozenset(("theme", "themes", "outcome", "outcomes"))


def reading_to_rows(reading: TableReading, above: str) -> Rows:
    """Return what a table holds beside its lines.

    Parameters
    ----------
    reading
        The table.
    above
        The line above the table. If it announces themes, the columns that hold nothing but ticks beside
        statements are themes.
    """
    is_of_themes = not _THEME_WORDS.isdisjoint(text_to_title_key(above).split())
    ticked = _ticked_columns(reading) if is_of_themes else {}
    themes = tuple(_column_to_theme(name, above, rows) for name, rows in ticked.items())
    used = {row for rows in ticked.values() for row in rows}
    rest = tuple(row for row in reading.details if row not in used)
    kept = (*_without_columns(reading.findings), *further_findings(rest))
    findings = kept if used else reading.findings
    return Rows(
        occurrences=reading.occurrences,
        details=rest,
        markers=reading.markers,
        findings=findings,
        themes=themes,
    )


def _ticked_columns(reading: TableReading) -> dict[str, list[Detail]]:
    columns: dict[str, list[Detail]] = {}
    for row in reading.details:
        columns.setdefault(row.name.partition(": ")[2], []).append(row)
    return {
        name: rows
        for name, rows in columns.items()
        if all(not lines_to_ticked([_to_cell(row, name)]).others for row in rows)
    }


def _to_cell(row: Detail, column: str) -> Line:
    return Line(row.first_line, row.value, column=column)


def _column_to_theme(name: str, above: str, rows: list[Detail]) -> Theme:
    ticked = [row for row in rows if lines_to_ticked([_to_cell(row, name)]).ticked]
    codes = dict.fromkeys(row.name.partition(": ")[0] for row in ticked)
    return Theme("", "", name, tuple(codes), above, rows[0].first_line, rows[-1].last_line)


def _without_columns(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings without the note that further columns are kept as details."""
    return tuple(row for row in findings if row.rule != "further-column" or row.severity != "note")
