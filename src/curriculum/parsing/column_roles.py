"""What each column of a table holds: codes, wordings, duties, lists of codes, or something further."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from curriculum.model.codes import line_to_codes, line_to_label, word_to_code
from curriculum.model.text import text_to_title_key
from curriculum.parsing.grids import Grid, GridCell
from curriculum.parsing.labelled import is_bare_duty, line_to_duty

__all__ = [
    "ColumnRole",
    "cell_to_code",
    "columns_to_roles",
    "is_duty_heading",
    "is_key_cell",
    "is_wording_heading",
    "pair_wordings",
    "statement_columns",
    "text_to_lone_code",
    "worded_column",
]

_MARKS = re.compile(r"[\s*_`:.()\[\]]+")
_DUTY_HEADING = re.compile(r"(?:core |option |occupation(?:al)? )*dut(?:y|ies)(?: .*)?")
_WORDING_HEADING = re.compile(
    r"(?:.* )?(?:description|descriptions|statement|statements|wording|text|detail|details|requirement"
    r"|requirements)"
)
_LIST_HEADING = re.compile(r"(?:.* )?ksbs(?: .*)?")
_LEAST_LETTERS = 4
_ANSWERS = frozenset(("none", "true", "false", "ticked", "covered", "partly", "partial"))
# Of the codes of statements, at least this share is different.
_LEAST_DISTINCT = 0.8
# What is beside a statement and is not its wording.
_FURTHER_HEADING = re.compile(
    r"(?:.* )?(?:methods?|assessment|assessed|unit|units|modules?|pages?|page no|evidence|notes?|comments?"
    r"|pass|merit|distinction|grade|grades|criteria|criterion|weeks?|sessions?|lessons?|status|rag|score"
    r"|rating|met|achieved|topics?|activity|activities|tasks?|resources?|learning outcomes?|yes|no|y n|tick"
    r"|how (?:you|i|we|it|they|this|the) .*|how met|where .*|when .*|who .*|dates?|hours?|ticks|covered"
    r"|coverage|mapped|mapping|type|category|kind)(?: [a-z]{0,2}\d+.*)?"
)


class ColumnRole(Enum):
    """What the cells of a column hold."""

    CODE = "a code each"
    WORDING = "wordings"
    LABELLED = "codes with their wordings"
    CODES = "lists of codes"
    DUTY = "duties"
    FURTHER = "something further"


def cell_to_code(cell: GridCell) -> str:
    """Return the code on the first line of a cell; empty if the line holds more than a code."""
    return text_to_lone_code(cell.lines[0].text)


def text_to_lone_code(text: str) -> str:
    """Return the code that a text is, without the signs around it; empty if it is more than a code.

    Examples
    --------
    >>> text_to_lone_code("**K1:**"), text_to_lone_code("k 2"), text_to_lone_code("K1 The hoof")
    ('K1', 'K2', '')
    """
    code = word_to_code(_MARKS.sub("", text).upper())
    return str(code) if code else ""


def is_duty_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds duties.

    Examples
    --------
    >>> is_duty_heading("Duty"), is_duty_heading("Core duties"), is_duty_heading("KSBs")
    (True, True, False)
    """
    return _DUTY_HEADING.fullmatch(text_to_title_key(text)) is not None


def is_wording_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds wordings.

    Examples
    --------
    >>> is_wording_heading("KSB statement"), is_wording_heading("Unit 1")
    (True, False)
    """
    return _WORDING_HEADING.fullmatch(text_to_title_key(text)) is not None


def _is_labelled(cell: GridCell) -> bool:
    return line_to_label(cell.lines[0].text) is not None


def _is_list(cell: GridCell) -> bool:
    return all(line_to_codes(line.text) for line in cell.lines)


def _is_duty(cell: GridCell) -> bool:
    return line_to_duty(cell.lines[0]) is not None or is_bare_duty(cell.lines[0])


_TESTS: tuple[tuple[ColumnRole, Callable[[GridCell], bool]], ...] = (
    (ColumnRole.DUTY, _is_duty),
    (ColumnRole.CODE, lambda cell: bool(cell_to_code(cell))),
    (ColumnRole.CODES, _is_list),
    (ColumnRole.LABELLED, _is_labelled),
)


def is_key_cell(cell: GridCell) -> bool:
    """Return whether a cell is a duty, a code, a list of codes or a labelled statement: no heading is."""
    return any(test(cell) for _, test in _TESTS)


def columns_to_roles(grid: Grid) -> dict[int, ColumnRole]:
    """Return the role of each column, from what at least half of its cells are.

    A column of single codes without wordings beside it holds lists of codes. Wordings are found by
    `pair_wordings`; all other columns are further columns.
    """
    cells: dict[int, list[GridCell]] = {}
    for row in grid.rows:
        for cell in row.cells:
            if not row.is_heading:
                cells.setdefault(cell.column, []).append(cell)
    return {
        column: next(
            (role for role, test in _TESTS if 2 * sum(map(test, found)) >= len(found)), ColumnRole.FURTHER
        )
        for column, found in sorted(cells.items())
    }


def statement_columns(grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str]) -> list[int]:
    """Return the columns of codes that can be the codes of statements.

    A column that names many of its codes twice, or has the heading “KSBs” without one of wordings beside it,
    lists the codes that belong to the rows: a plan of lessons, for example.
    """
    named = any(map(is_wording_heading, headings.values()))
    found = []
    for column, role in roles.items():
        codes = [
            cell_to_code(cell)
            for row in grid.rows
            for cell in row.cells
            if cell.column == column and cell_to_code(cell)
        ]
        # Pass and distinction criteria (P1, D1), each with the KSBs that it covers.
        are_criteria = any(
            other != column and roles[other] in (ColumnRole.CODE, ColumnRole.CODES) for other in roles
        ) and all(code.startswith("P") for code in codes)
        is_list = _LIST_HEADING.fullmatch(text_to_title_key(headings.get(column, ""))) is not None
        is_distinct = len(set(codes)) >= _LEAST_DISTINCT * len(codes)
        if role is ColumnRole.CODE and is_distinct and not are_criteria and (named or not is_list):
            found.append(column)
    return found


def pair_wordings(
    grid: Grid, keys: Sequence[int], roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> dict[int, int]:
    """Return the column of wordings for each column of codes, or of numbers of duties.

    With several such columns, as in a table in two halves, the wordings of each are to its right. Otherwise
    they are in the column whose heading says so, or in that with most text.

    Parameters
    ----------
    grid
        The table.
    keys
        The columns of codes.
    roles, headings
        The role of each column, and its heading where it has one.

    Returns
    -------
    dict
        By column of codes; one without wordings is left out.
    """
    pairs = {}
    for at, column in enumerate(keys):
        last = keys[at + 1] if at + 1 < len(keys) else max(roles) + 1
        beside = [
            other
            for other, role in roles.items()
            if role is ColumnRole.FURTHER and (len(keys) == 1 or column < other < last)
        ]
        found = worded_column(grid, beside, headings)
        if found:
            pairs[column] = found
    return pairs


def worded_column(grid: Grid, beside: Sequence[int], headings: Mapping[int, str]) -> int:
    """Return the column that holds wordings; 0 if none does."""
    keys = {column: text_to_title_key(headings.get(column, "")) for column in beside}
    named = [column for column in beside if is_wording_heading(keys[column])]
    others = [column for column in beside if not _FURTHER_HEADING.fullmatch(keys[column])]
    lengths = dict.fromkeys(named or others, 0)
    is_worded = dict.fromkeys(lengths, False)
    for row in grid.rows:
        for cell in row.cells:
            if cell.column in lengths and not row.is_heading:
                lengths[cell.column] += len(cell.text)
                is_worded[cell.column] |= cell.column in named or _is_wording(cell.text)
    worded = [column for column in lengths if is_worded[column]]
    return max(worded, key=lambda column: lengths[column], default=0)


def _is_wording(text: str) -> bool:
    """Return whether a text can be a wording: it has several words, or a long one that is no answer."""
    is_long = sum(map(str.isalpha, text)) >= _LEAST_LETTERS and text_to_title_key(text) not in _ANSWERS
    return len(text.split()) > 1 or is_long
