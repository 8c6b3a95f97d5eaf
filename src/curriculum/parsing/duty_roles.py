"""Which columns of a table hold duties, and which only name the duties of what is beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from curriculum.model.code_lists import is_without_codes
from curriculum.model.codes import word_to_code
from curriculum.model.text import text_to_title_key
from curriculum.parsing.code_cells import text_to_lone_code
from curriculum.parsing.column_roles import (
    ColumnRole,
    columns_to_texts,
    pair_wordings,
    statement_columns,
    worded_column,
)
from curriculum.parsing.further_columns import is_duty_heading, is_duty_list
from curriculum.parsing.grids import Grid
from curriculum.parsing.rows import Finding
from curriculum.parsing.wording_headings import is_wording_heading

__all__ = [
    "body_texts",
    "duties_of_others",
    "duty_column",
    "of_others_finding",
    "without_duties_of_statements",
]

_LISTS = frozenset((ColumnRole.CODE, ColumnRole.CODES, ColumnRole.LABELLED))
_DIGITS = re.compile(r"\d+")


def duties_of_others(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> tuple[int, ...]:
    """Return the columns of duties without wordings that are those of themes or modules to their left."""
    if any(role is ColumnRole.LABELLED for role in roles.values()):
        return ()
    if pair_wordings(grid, statement_columns(grid, roles, headings), roles, headings):
        return ()
    texts = columns_to_texts(grid)
    columns = (
        column
        for column in roles
        if is_duty_heading(headings.get(column, ""))
        and all(is_duty_list(text, True) for text in texts[column])
    )
    return tuple(column for column in columns if _names_others(grid, column, roles, headings))


def _names_others(
    grid: Grid, column: int, roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> bool:
    beside = pair_wordings(grid, [column], roles, headings).get(column, 0)
    further = [other for other, role in roles.items() if role is ColumnRole.FURTHER and other < column]
    names = [headings[other] for other in further if headings.get(other) and other in (beside or other,)]
    return any(not (is_wording_heading(name) or is_duty_heading(name) or _is_number(name)) for name in names)


def of_others_finding(grid: Grid, column: int, headings: Mapping[int, str]) -> Finding:
    """Return the error for a column that names the duties of themes or modules."""
    first = min(cell.first_line for row in grid.rows for cell in row.cells if cell.column == column)
    message = f"“{headings[column]}” names duties of what is to its left: no duty and no pair is read from it"
    return Finding("not-in-a-table", first, "error", message)


def _is_number(heading: str) -> bool:
    return text_to_title_key(heading) in ("no", "number", "nr", "ref", "id", "")


def _has_several(texts: Sequence[str]) -> bool:
    """Return whether cells name several duties, or the same one: then they are no numbers of duties."""
    numbers = [_DIGITS.findall(text) for text in texts]
    each = [found[0] for found in numbers if len(found) == 1]
    return len(each) < len([found for found in numbers if found]) or len(set(each)) < len(each)


def without_duties_of_statements(
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
    return {
        column: role
        for column, role in roles.items()
        if column not in lists or (column < first and not (keys and _has_several(texts[column])))
    }


def duty_column(
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
    # “Duties 1 and 2” above a column are those that its ticks are of.
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
    codes = [word_to_code(text_to_lone_code(text)) for text in body_texts(grid, column)]
    pairs = [(first, second) for first, second in pairwise(codes) if first and second]
    n_next = sum(first.number + 1 == second.number or second.number == 1 for first, second in pairs)
    return len(codes) > 1 and n_next == len(codes) - 1


def body_texts(grid: Grid, column: int) -> list[str]:
    """Return the texts of a column below its heading."""
    return [
        cell.text for row in grid.rows for cell in row.cells if cell.column == column and not row.is_heading
    ]
