"""The assessment methods of KSBs that a column beside them names, in whatever table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from curriculum.parsing.further_columns import FURTHER_COLUMNS
from curriculum.parsing.lines import Line
from curriculum.parsing.method_cells import (
    cells_to_methods,
    is_method_column,
    is_name_of_method,
    lines_to_ticked,
    texts_to_method_cells,
)
from curriculum.parsing.rows import Detail, MethodName, Rows, StatementMethod

__all__ = ["with_methods_of_columns"]


def with_methods_of_columns(rows: Rows) -> Rows:
    """Return rows with the methods in columns “Assessment method” beside statements, or with ticks.

    Their cells stay details too. The method of a statement that is read elsewhere stays as it is.
    """
    known = {row.code for row in rows.occurrences} - {row.code for row in rows.statement_methods}
    beside = [row for row in rows.details if row.section == FURTHER_COLUMNS and _owner(row) in known]
    named = [row for row in beside if is_method_column(_column(row)) and _is_name(row.value)]
    names = texts_to_method_cells(row.value for row in named)
    methods = [
        StatementMethod(_owner(row), method.text, "", row.first_line, row.last_line)
        for row in named
        for method in cells_to_methods([Line(row.first_line, row.value)], names)
    ]
    methods += [] if named else _ticked_methods(beside, known)
    return replace(
        rows,
        statement_methods=(*rows.statement_methods, *methods),
        method_names=(*rows.method_names, *(MethodName(row.method, 0, row.first_line) for row in methods)),
    )


def _ticked_methods(beside: Sequence[Detail], known: Collection[str]) -> Iterator[StatementMethod]:
    """Yield the methods that are columns with ticks: two or more, of which each statement has one.

    Examples
    --------
    >>> cells = [("K1: Interview", "x"), ("S1: Observation", "x"), ("S1: Interview", "-")]
    >>> beside = [Detail(FURTHER_COLUMNS, name, value, 4, 4) for name, value in cells]
    >>> [(row.code, row.method) for row in _ticked_methods(beside, {"K1", "S1"})]
    [('K1', 'Interview'), ('S1', 'Observation')]
    """
    columns: dict[str, list[Detail]] = {}
    for row in beside:
        if is_name_of_method(_column(row)):
            columns.setdefault(_column(row), []).append(row)
    cells = [row for rows in columns.values() for row in rows]
    ticks = {row: lines_to_ticked([Line(row.first_line, row.value, column=_column(row))]) for row in cells}
    ticked = [row for row in cells if ticks[row].ticked]
    is_matrix = len(columns) > 1 and not any(found.others for found in ticks.values())
    if is_matrix and {_owner(row) for row in ticked} == set(known):
        for row in sorted(ticked, key=lambda row: row.first_line):
            yield StatementMethod(_owner(row), _column(row), "", row.first_line, row.last_line)


def _owner(row: Detail) -> str:
    return row.name.partition(": ")[0]


def _column(row: Detail) -> str:
    return row.name.partition(": ")[2]


def _is_name(value: str) -> bool:
    """Return whether the text of a cell can be a name: it has a word, and is more than a tick."""
    return sum(map(str.isalpha, value)) > 1
