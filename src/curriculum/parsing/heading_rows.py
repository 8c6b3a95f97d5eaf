"""Tell the rows that a file marks as headings from those that are content: a duty, or a statement.

Markdown marks the first row of each table, and a word processor the row that a template begins with,
whatever is in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.codes import line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.column_headings import is_code_heading
from curriculum.parsing.column_roles import ColumnRole, cell_to_role
from curriculum.parsing.further_columns import is_duty_heading
from curriculum.parsing.grids import Grid, GridCell, GridRow
from curriculum.parsing.labelled import KIND_HEADINGS, line_to_duty
from curriculum.parsing.wording_headings import is_wording_heading

__all__ = ["is_item", "with_content_rows"]

_OF_CODES = frozenset((ColumnRole.CODE, ColumnRole.CODES))
_OF_STATEMENTS = frozenset((ColumnRole.CODE, ColumnRole.LABELLED))


def with_content_rows(grid: Grid) -> Grid:
    """Return a table in which a row that is content is none of headings, whatever the file says."""
    rows = tuple(_as_content(row) if _is_content(row, grid) else row for row in grid.rows)
    return Grid(rows, grid.is_layout)


def is_item(cell: GridCell) -> bool:
    """Return whether a cell is a duty or a statement with its wording, and no heading of a column."""
    return line_to_duty(cell.lines[0]) is not None or line_to_label(cell.lines[0].text) is not None


def _as_content(row: GridRow) -> GridRow:
    return row._replace(cells=tuple(cell._replace(is_heading=False) for cell in row.cells))


def _is_content(row: GridRow, grid: Grid) -> bool:
    if not row.is_heading or any(map(_is_name, row.cells)):
        return False
    return _is_one_item(row) or any(_is_as_its_column(cell, grid) for cell in row.cells)


def _is_name(cell: GridCell) -> bool:
    """Return whether a cell is the name of a column: Duty, Code, Wording, Knowledge."""
    text = cell.text
    is_duty = is_duty_heading(text) and line_to_duty(cell.lines[0]) is None
    is_kind = text_to_title_key(text) in KIND_HEADINGS
    is_named = is_duty or is_kind or is_wording_heading(text) or is_code_heading(text)
    return is_named and cell_to_role(cell) is None


def _is_as_its_column(cell: GridCell, grid: Grid) -> bool:
    """Return whether a cell holds what at least half of the other cells of its column hold."""
    role = cell_to_role(cell)
    others = [
        cell_to_role(other)
        for row in grid.rows
        for other in row.cells
        if other.column == cell.column and other != cell
    ]
    alike = _OF_CODES if role in _OF_CODES else (role,)
    return role is not None and bool(others) and 2 * sum(map(alike.__contains__, others)) >= len(others)


def _is_one_item(row: GridRow) -> bool:
    """Return whether a row is one duty or one statement, with its wording in the same cell or the next.

    A row that names several is a header: each is the heading of its column.
    """
    roles = [cell_to_role(cell) for cell in row.cells]
    if roles[0] is ColumnRole.DUTY:
        is_only = ColumnRole.DUTY not in roles[1:]
    else:
        is_only = roles[0] in _OF_STATEMENTS and _OF_STATEMENTS.isdisjoint(roles[1:])
    return is_only and (is_item(row.cells[0]) or _has_words(row.cells[1:]))


def _has_words(cells: Sequence[GridCell]) -> bool:
    return bool(cells) and len(cells[0].text.split()) > 1
