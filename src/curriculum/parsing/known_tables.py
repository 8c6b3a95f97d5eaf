"""Read tables of statements and of duties by their columns, as the lines that all kinds of document read.

A row of a table of statements becomes the line “K1: wording”; a row of a table of duties becomes the line of
the duty, and the lines of its codes. What is in other columns is kept as details, and is never part of a
wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from curriculum.model.code_lists import find_numbers
from curriculum.model.text import names_to_phrase, text_to_shortened
from curriculum.parsing.code_cells import text_to_code_list
from curriculum.parsing.column_headings import heading_to_letters
from curriculum.parsing.column_roles import (
    ColumnRole,
    columns_beside,
    columns_to_roles,
    columns_to_texts,
    is_key_cell,
    is_of_words,
    pair_wordings,
)
from curriculum.parsing.duty_matrix import grid_to_duty_matrix
from curriculum.parsing.duty_roles import (
    body_texts,
    duties_of_others,
    duty_column,
    of_others_finding,
    without_duties_of_statements,
)
from curriculum.parsing.further_columns import is_duty_heading
from curriculum.parsing.grids import Grid, GridCell, GridRow
from curriculum.parsing.heading_rows import is_item
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_duty
from curriculum.parsing.row_reader import Columns, RowReader, TableReading, is_duty_row
from curriculum.parsing.rows import Finding
from curriculum.parsing.version_columns import StatementColumns, versions_finding
from curriculum.parsing.wording_columns import (
    named_wordings,
    pair_statements,
    place_findings,
    shares_rows,
    titled_wordings,
)
from curriculum.parsing.wording_headings import is_wording_heading

__all__ = ["grid_to_reading"]

_KEYS = frozenset((ColumnRole.CODE, ColumnRole.LABELLED, ColumnRole.DUTY))
_OF_CODES = frozenset((ColumnRole.CODE, ColumnRole.CODES))
_ITEMS_SHOWN = 3
_KSB_HEADINGS = KIND_HEADINGS | {"knowledge skill or behaviour", "knowledge skill behaviour"}
# Of words: “all”, “see unit 2”; a wording has more.
_LONGEST_MARK = 3
_DUTY_CODE = re.compile(r"D ?\d{1,3}[.):]?")
_NUMBER = re.compile(r"(?:D ?)?\d{1,3}[.):]?")


def grid_to_reading(grid: Grid, is_of_duties: bool) -> TableReading | None:
    """Read a table of statements or of duties.

    Parameters
    ----------
    grid
        The table.
    is_of_duties
        Whether the heading above it announces duties.

    Returns
    -------
    TableReading or None
        None if the table is neither: it has no column of duties, of labelled statements, or of codes with
        wordings beside them.
    """
    matrix = grid_to_duty_matrix(grid, is_of_duties)
    if matrix:
        reading = _plain_grid_to_reading(matrix.grid, is_of_duties)
        markers = (*reading.markers, *matrix.markers) if reading else ()
        findings = (*reading.findings, *matrix.findings) if reading else ()
        return reading and reading._replace(markers=markers, findings=findings)
    return _plain_grid_to_reading(grid, is_of_duties)


def _plain_grid_to_reading(grid: Grid, is_of_duties: bool) -> TableReading | None:
    """Read a table with a row for each duty or statement."""
    head, titles = _rows_above(grid)
    head_texts = {row.texts for row in head}
    below = tuple(row for row in grid.rows if row.texts not in head_texts)
    body = Grid(tuple(row for row in below if not is_duty_row(row)) or below, grid.is_layout)
    # Duties in rows of their own, above the rows of their KSBs, are in no column.
    are_above = len(body.rows) < len(below)
    is_of_duties = is_of_duties and not are_above
    headings = _rows_to_headings(head)
    roles = _with_numbers(body, columns_to_roles(body), headings)
    of_others = duties_of_others(body, roles, headings)
    findings = [of_others_finding(body, column, headings) for column in of_others]
    roles = {column: role for column, role in roles.items() if column not in of_others}
    roles = without_duties_of_statements(body, roles, headings)
    wordings: dict[int, int] = {}
    numbers = 0
    duty = duty_column(body, roles, headings, is_of_duties)
    if duty:
        is_printed = roles[duty] is ColumnRole.DUTY
        roles = {**roles, duty: ColumnRole.DUTY}
        if _has_numbers_only(body, duty):
            wordings = pair_wordings(body, [duty], roles, headings)
        elif not is_printed:
            numbers = _number_column(body, roles, duty)
        wordings |= named_wordings(_without_repeated(body, duty), roles, headings, wordings, findings)
    else:
        listed = _without_repeated(body, duty) if are_above else body
        wordings = pair_statements(listed, roles, headings, findings)
    versions = _two_versions(body, wordings, roles, headings)
    if versions:
        return TableReading((), (), tuple(sorted(grid.numbers)), (versions,))
    findings += [*place_findings(body, wordings, roles, headings), *_heading_findings(head)]
    wordings |= titled_wordings(body, roles, headings)
    worded = frozenset(wordings.values())
    roles = {
        column: ColumnRole.WORDING
        if column in worded
        # The codes beside a statement are of another version, or of what it belongs to.
        else ColumnRole.FURTHER
        if not duty and role in _OF_CODES and shares_rows(body, column, wordings)
        else ColumnRole.CODES
        if role is ColumnRole.CODE and column not in wordings
        else role
        for column, role in roles.items()
    }
    if not findings and not any(role in _KEYS for role in roles.values()):
        return None
    reading = RowReader(Columns(roles, wordings, headings, numbers)).read(grid, head, titles)
    return reading._replace(findings=(*reading.findings, *findings))


def _rows_above(grid: Grid) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """Return the rows of the header, and the titles above or between them: rows with one cell."""
    first = next(
        (
            at
            for at, row in enumerate(grid.rows)
            if is_duty_row(row)
            or (not row.is_heading and any(map(is_key_cell, row.cells)) and not _names_duties_across(row))
        ),
        -1,
    )
    first = _row_below_duty_heading(grid) if first < 0 else first
    above = grid.rows[:first]
    head = tuple(row for row in above if len(row.cells) > 1 or row.is_heading)
    return head, tuple(row for row in above if row not in head)


def _row_below_duty_heading(grid: Grid) -> int:
    """Return the place of the row below the heading “Duty”; if there is none, behind all rows."""
    rows = (at for at, row in enumerate(grid.rows, start=1) if len(row.cells) > 1 and _names_duty_column(row))
    return next(rows, len(grid.rows))


def _heading_findings(head: Sequence[GridRow]) -> Iterator[Finding]:
    """Yield an error for a duty or a statement that is the heading of a column, and so in no row."""
    items = [cell for row in head for cell in row.cells if is_item(cell) or _is_coded_duty(row, cell)]
    if items:
        shown = names_to_phrase(f"“{text_to_shortened(cell.text, 40)}”" for cell in items[:_ITEMS_SHOWN])
        more = f" and {len(items) - _ITEMS_SHOWN} more" if len(items) > _ITEMS_SHOWN else ""
        message = f"headings of a table are duties or KSBs, and nothing is read from them: {shown}{more}"
        yield Finding("not-in-a-table", items[0].first_line, "error", message)


def _is_coded_duty(row: GridRow, cell: GridCell) -> bool:
    """Return whether a cell is the code of a duty (D1) with its wording beside it, and no heading."""
    beside = [other.text for other in row.cells if other.column > cell.column][:1]
    is_worded = any(any(map(str.islower, text)) for text in beside)
    return is_worded and not row.is_heading and _DUTY_CODE.fullmatch(cell.text) is not None


def _names_duties_across(row: GridRow) -> bool:
    """Return whether a row is a header with the numbers of duties, as above ticks: “Duty 1”, “Duty 2”."""
    numbers = [cell for cell in row.cells if is_bare_duty(cell.lines[0]) and len(cell.lines) == 1]
    others = [cell for cell in row.cells if cell not in numbers]
    return len(numbers) > 1 and bool(others) and not any(map(is_key_cell, others))


def _names_duty_column(row: GridRow) -> bool:
    return any(is_duty_heading(cell.text) for cell in row.cells)


def _rows_to_headings(head: Sequence[GridRow]) -> dict[int, str]:
    """Return the heading of each column; with several header rows, the lowest in the column."""
    return {cell.column: cell.text for row in head for cell in row.cells}


def _with_numbers(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> dict[int, ColumnRole]:
    """Return the roles, with those of the columns beside duties that hold the numbers of codes of a kind."""
    texts = columns_to_texts(grid)
    has_duties = ColumnRole.DUTY in roles.values() or any(map(is_duty_heading, headings.values()))
    return {
        column: ColumnRole.CODES
        if has_duties
        and role is ColumnRole.FURTHER
        and (letters := heading_to_letters(headings.get(column, "")))
        and any(find_numbers(text, letters) for text in texts[column])
        and all(
            len(text.split()) <= _LONGEST_MARK or text_to_code_list(text, letters) for text in texts[column]
        )
        else role
        for column, role in roles.items()
    }


def _without_repeated(grid: Grid, duty: int) -> Grid:
    """Return a table of duties without rows that repeat a statement: it is beside each of its duties."""
    rows = {tuple(cell.text for cell in row.cells if cell.column != duty): row for row in reversed(grid.rows)}
    keys = {row.key for row in rows.values()}
    return Grid(tuple(row for row in grid.rows if row.key in keys), grid.is_layout)


def _two_versions(
    grid: Grid, wordings: Mapping[int, int], roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> Finding | None:
    """Return an error if a table shows two versions of its statements side by side."""
    lists = [StatementColumns(code, worded) for code, worded in wordings.items()]
    labelled = [column for column, role in roles.items() if role is ColumnRole.LABELLED]
    lists += [StatementColumns(column, column) for column in labelled]
    texts = columns_to_texts(grid)
    keys = list(wordings)
    further = [
        [
            column
            for column in columns_beside(keys, key, roles)
            if is_of_words(texts.get(column, ()))
            and (is_wording_heading(headings.get(column, "")) or column == wordings[key])
        ]
        for key in keys
    ]
    return versions_finding(grid, lists, further, headings)


def _number_column(grid: Grid, roles: Mapping[int, ColumnRole], duty: int) -> int:
    """Return the first column before that of duties with nothing but numbers; 0 if there is none."""
    for column, role in roles.items():
        texts = body_texts(grid, column)
        n_numbers = sum(_NUMBER.fullmatch(text) is not None for text in texts)
        if role is ColumnRole.FURTHER and n_numbers == len(texts) and column < duty:
            return column
    return 0


def _has_numbers_only(grid: Grid, column: int) -> bool:
    """Return whether a column of duties holds their numbers, so that their wordings are beside it."""
    cells = [cell for row in grid.rows for cell in row.cells if cell.column == column and not row.is_heading]
    bare = [cell for cell in cells if is_bare_duty(cell.lines[0]) or _NUMBER.fullmatch(cell.text)]
    return 2 * sum(len(cell.lines) == 1 for cell in bare) >= len(cells)
