"""The assessment methods of KSBs that a column beside them names, in whatever table."""

from __future__ import annotations

from dataclasses import replace

from curriculum.parsing.further_columns import FURTHER_COLUMNS
from curriculum.parsing.lines import Line
from curriculum.parsing.method_cells import cells_to_methods, is_method_column, texts_to_method_cells
from curriculum.parsing.rows import Detail, MethodName, Rows, StatementMethod

__all__ = ["with_methods_of_columns"]


def with_methods_of_columns(rows: Rows) -> Rows:
    """Return rows with the methods in columns “Assessment method” beside statements.

    Their cells stay details too. The method of a statement that is read elsewhere stays as it is.
    """
    known = {row.code for row in rows.occurrences} - {row.code for row in rows.statement_methods}
    cells = [
        (code, row) for row in rows.details if (code := _detail_to_code(row)) in known and _is_name(row.value)
    ]
    if not cells:
        return rows
    names = texts_to_method_cells(row.value for _, row in cells)
    methods = [
        StatementMethod(code, method.text, "", row.first_line, row.last_line)
        for code, row in cells
        for method in cells_to_methods([Line(row.first_line, row.value)], names)
    ]
    return replace(
        rows,
        statement_methods=(*rows.statement_methods, *methods),
        method_names=(*rows.method_names, *(MethodName(row.method, 0, row.first_line) for row in methods)),
    )


def _detail_to_code(row: Detail) -> str:
    """Return the code of the statement whose method a detail is; empty if it is something else.

    Examples
    --------
    >>> _detail_to_code(Detail(FURTHER_COLUMNS, "K1: Assessment method", "Interview", 4, 4))
    'K1'
    """
    code, _, column = row.name.partition(": ")
    return code if row.section == FURTHER_COLUMNS and is_method_column(column) else ""


def _is_name(value: str) -> bool:
    """Return whether the text of a cell can be a name: it has a word, and is more than a tick."""
    return sum(map(str.isalpha, value)) > 1
