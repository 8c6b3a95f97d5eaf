"""Read tables of statements and of duties by their columns, as the lines that all kinds of document read.

A row of a table of statements becomes the line “K1: wording”; a row of a table of duties becomes the line of
the duty, and the lines of its codes. What is in other columns is kept as details, and is never part of a
wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from curriculum.model.code_lists import find_numbers, is_without_codes
from curriculum.model.codes import word_to_code
from curriculum.model.text import names_to_phrase, text_to_title_key
from curriculum.parsing.code_cells import text_to_code_list
from curriculum.parsing.column_roles import (
    ColumnRole,
    columns_beside,
    columns_to_roles,
    columns_to_texts,
    heading_to_letters,
    is_key_cell,
    is_of_sentences,
    is_of_words,
    key_of_wordings,
    pair_wordings,
    statement_columns,
    text_to_lone_code,
    worded_column,
)
from curriculum.parsing.duty_matrix import grid_to_duty_matrix
from curriculum.parsing.further_columns import is_duty_heading, is_duty_list
from curriculum.parsing.grids import Grid, GridRow
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_duty
from curriculum.parsing.row_reader import Columns, RowReader, TableReading
from curriculum.parsing.rows import Finding
from curriculum.parsing.wording_headings import (
    can_be_wording_heading,
    is_kind_heading,
    is_sure_wording_heading,
    is_wording_heading,
)

__all__ = ["grid_to_reading"]

_KEYS = frozenset((ColumnRole.CODE, ColumnRole.LABELLED, ColumnRole.DUTY))
_OF_CODES = frozenset((ColumnRole.CODE, ColumnRole.CODES))
_LISTS = frozenset((ColumnRole.CODE, ColumnRole.CODES, ColumnRole.LABELLED))
# Of words: “all”, “see unit 2”; a wording has more.
_LONGEST_MARK = 3
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
    body = Grid(tuple(row for row in grid.rows if row.texts not in head_texts), grid.is_layout)
    headings = _rows_to_headings(head)
    roles = _without_duties_of_statements(
        body, _with_numbers(body, columns_to_roles(body), headings), headings
    )
    wordings: dict[int, int] = {}
    findings: list[Finding] = []
    numbers = 0
    duty = _duty_column(body, roles, headings, is_of_duties)
    if duty:
        is_printed = roles[duty] is ColumnRole.DUTY
        roles = {**roles, duty: ColumnRole.DUTY}
        if _has_numbers_only(body, duty):
            wordings = pair_wordings(body, [duty], roles, headings)
        elif not is_printed:
            numbers = _number_column(body, roles, duty)
        wordings |= _named_wordings(_without_repeated(body, duty), roles, headings, wordings, findings)
    else:
        wordings = _pair_statements(body, roles, headings, findings)
    findings += _place_findings(body, wordings, roles, headings)
    wordings |= _titled_wordings(body, roles, headings)
    worded = frozenset(wordings.values())
    roles = {
        column: ColumnRole.WORDING
        if column in worded
        # The codes beside a statement are of another version, or of what it belongs to.
        else ColumnRole.FURTHER
        if not duty and role in _OF_CODES and _shares_rows(body, column, wordings)
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
            if not row.is_heading and any(map(is_key_cell, row.cells)) and not _names_duties_across(row)
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


def _without_duties_of_statements(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> dict[int, ColumnRole]:
    """Return the roles without columns that list the duties of each statement: their cells are no duties.

    They are to the right of the statements; in a table of duties, the codes are to the right of the duties.
    """
    texts = columns_to_texts(grid)
    lists = {
        column
        for column in roles
        if all(
            is_duty_list(text, is_duty_heading(headings.get(column, ""))) or is_without_codes(text)
            for text in texts[column]
        )
    }
    rest = {
        column: role
        for column, role in roles.items()
        if column not in lists and not is_duty_heading(headings.get(column, ""))
    }
    if not lists or not rest:
        return dict(roles)
    keys = [column for column, role in rest.items() if role is ColumnRole.LABELLED]
    keys += pair_wordings(grid, statement_columns(grid, rest, headings), rest, headings)
    first = min(keys, default=max(roles) + 1)
    return {column: role for column, role in roles.items() if column not in lists or column < first}


def _duty_column(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str], is_of_duties: bool
) -> int:
    """Return the column of duties; 0 if the table has none.

    It is the column of “Duty n”; or, beside lists of codes, the one whose heading is “Duty”, or the column
    with most text of a table below the heading “Duties”.
    """
    printed = [column for column, role in roles.items() if role is ColumnRole.DUTY]
    if printed:
        return printed[0]
    others = [column for column, role in roles.items() if role is ColumnRole.FURTHER]
    # “Duty 1” above a column is the one duty that its ticks are of.
    named = [
        column
        for column in others
        if is_duty_heading(headings.get(column, "")) and not is_duty_list(headings[column])
    ]
    texts = columns_to_texts(grid)
    coded = [column for column in named if all(map(is_duty_list, texts[column]))]
    if coded or not any(role in _LISTS for role in roles.values()):
        return coded[0] if coded else 0
    if named:
        return worded_column(grid, named, {}) or named[0]
    are_listed = any(role is ColumnRole.CODE and _is_numbered(grid, column) for column, role in roles.items())
    return worded_column(grid, others, headings) if is_of_duties and not are_listed else 0


def _is_numbered(grid: Grid, column: int) -> bool:
    """Return whether the codes of a column go up by one, as in a list of KSBs; a duty has any codes."""
    codes = [word_to_code(text_to_lone_code(text)) for text in _body_texts(grid, column)]
    pairs = [(first, second) for first, second in pairwise(codes) if first and second]
    n_next = sum(first.number + 1 == second.number or second.number == 1 for first, second in pairs)
    return len(codes) > 1 and n_next == len(codes) - 1


def _titled_wordings(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> dict[int, int]:
    """Return the column of wordings beside each column of codes with titles: “K1 Clay” | “Kinds of clay”.

    Its heading must say that it holds wordings, and its texts must be longer than the titles.
    """
    texts = columns_to_texts(grid)
    labelled = [column for column, role in roles.items() if role is ColumnRole.LABELLED]
    pairs = {}
    for column in labelled:
        found = worded_column(grid, columns_beside(labelled, column, roles), headings, column)
        lengths = [sum(len(text.split()) for text in texts.get(at, ())) for at in (column, found)]
        if found and is_sure_wording_heading(headings.get(found, "")) and lengths[0] < lengths[1]:
            pairs[column] = found
    return pairs


def _named_wordings(
    grid: Grid,
    roles: Mapping[int, ColumnRole],
    headings: Mapping[int, str],
    taken: Mapping[int, int],
    findings: list[Finding],
) -> dict[int, int]:
    """Return the wordings of codes beside duties, if the heading of a column says that it holds them."""
    named = {
        column: role
        for column, role in roles.items()
        if role is not ColumnRole.FURTHER
        or (column not in taken.values() and is_wording_heading(headings.get(column, "")))
    }
    return _pair_statements(grid, named, headings, findings)


def _without_repeated(grid: Grid, duty: int) -> Grid:
    """Return a table of duties without rows that repeat a statement: it is beside each of its duties."""
    rows = {tuple(cell.text for cell in row.cells if cell.column != duty): row for row in reversed(grid.rows)}
    keys = {row.key for row in rows.values()}
    return Grid(tuple(row for row in grid.rows if row.key in keys), grid.is_layout)


def _pair_statements(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str], findings: list[Finding]
) -> dict[int, int]:
    """Return the column of wordings for each column of codes of statements.

    If several columns of codes are beside the wordings (new and old codes), their headings tell of which the
    wordings are; if they do not, there are no wordings, and an error is added to the findings.
    """
    keys = statement_columns(grid, roles, headings)
    pairs = pair_wordings(grid, keys, roles, headings)
    if not any(_shares_rows(grid, column, pairs) for column in keys):
        return pairs
    key = key_of_wordings(keys, headings)
    if key:
        return pair_wordings(grid, [key], roles, headings)
    first = min(cell.first_line for row in grid.rows for cell in row.cells if cell.column == keys[0])
    names = names_to_phrase(f"“{headings.get(column) or f'column {column}'}”" for column in keys)
    message = f"codes in {names}, and no heading tells of which the wordings are: no wording is read"
    findings.append(Finding("not-in-a-table", first, "error", message))
    return {}


def _shares_rows(grid: Grid, column: int, keys: Mapping[int, int]) -> bool:
    """Return whether a column has cells beside those of the codes with wordings, and is none of them."""
    rows = [{cell.column for cell in row.cells if not row.is_heading} for row in grid.rows]
    return column not in keys and any(column in row and not row.isdisjoint(keys) for row in rows)


def _place_findings(
    grid: Grid, wordings: Mapping[int, int], roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> Iterator[Finding]:
    """Yield a warning for each column of wordings that is chosen by its place, as no heading tells."""
    texts = columns_to_texts(grid)
    keys = list(wordings)
    for key, worded in wordings.items():
        others = [
            column
            for column in columns_beside(keys, key, roles)
            if column != worded and is_of_words(texts.get(column, ()))
        ]
        heading = headings.get(worded, "")
        is_named = is_sure_wording_heading(heading) or is_kind_heading(heading)
        rivals = [
            column
            for column in others
            if not is_named
            or can_be_wording_heading(headings.get(column, ""), is_of_sentences(texts[column]))
        ]
        if rivals and text_to_title_key(headings.get(worded, "")) not in KIND_HEADINGS:
            first = min(cell.first_line for row in grid.rows for cell in row.cells if cell.column == worded)
            names = names_to_phrase(f"“{headings.get(column) or f'column {column}'}”" for column in rivals)
            yield Finding(
                "further-column",
                first,
                "warning",
                f"the wordings are read from “{headings.get(worded) or f'column {worded}'}” by its place, as "
                f"no heading tells whether they are there or in {names}",
            )


def _body_texts(grid: Grid, column: int) -> list[str]:
    return [
        cell.text for row in grid.rows for cell in row.cells if cell.column == column and not row.is_heading
    ]


def _number_column(grid: Grid, roles: Mapping[int, ColumnRole], duty: int) -> int:
    """Return the first column before that of duties with nothing but numbers; 0 if there is none."""
    for column, role in roles.items():
        texts = _body_texts(grid, column)
        n_numbers = sum(_NUMBER.fullmatch(text) is not None for text in texts)
        if role is ColumnRole.FURTHER and n_numbers == len(texts) and column < duty:
            return column
    return 0


def _has_numbers_only(grid: Grid, column: int) -> bool:
    """Return whether a column of duties holds their numbers, so that their wordings are beside it."""
    cells = [cell for row in grid.rows for cell in row.cells if cell.column == column and not row.is_heading]
    bare = [cell for cell in cells if is_bare_duty(cell.lines[0]) or _NUMBER.fullmatch(cell.text)]
    return 2 * sum(len(cell.lines) == 1 for cell in bare) >= len(cells)
