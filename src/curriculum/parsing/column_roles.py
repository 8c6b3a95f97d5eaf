"""What each column of a table holds: codes, wordings, duties, lists of codes, or something further."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.code_cells import text_to_code_list, text_to_lone_code
from curriculum.parsing.column_headings import is_further_heading, is_list_heading
from curriculum.parsing.grids import Grid, GridCell
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_duty, line_to_duty
from curriculum.parsing.wording_headings import (
    heading_to_key,
    is_former_heading,
    is_kind_heading,
    is_ksb_wording_heading,
    is_of_sentences,
    is_sure_wording_heading,
    is_wording_heading,
)

__all__ = [
    "ColumnRole",
    "cell_to_code",
    "cell_to_role",
    "columns_beside",
    "columns_to_roles",
    "columns_to_texts",
    "is_key_cell",
    "is_of_words",
    "pair_wordings",
    "statement_columns",
    "worded_column",
]

_LEAST_LETTERS = 4
_ANSWERS = frozenset(("none", "true", "false", "ticked", "covered", "partly", "partial"))
# Of the codes of statements, at least this share is different.
_LEAST_DISTINCT = 0.8


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


def _is_labelled(cell: GridCell) -> bool:
    return line_to_label(cell.lines[0].text) is not None


def _is_list(cell: GridCell) -> bool:
    return all(line_to_codes(line.text) for line in cell.lines) or bool(text_to_code_list(cell.text))


def _is_duty(cell: GridCell) -> bool:
    return line_to_duty(cell.lines[0]) is not None or is_bare_duty(cell.lines[0])


_TESTS: tuple[tuple[ColumnRole, Callable[[GridCell], bool]], ...] = (
    (ColumnRole.DUTY, _is_duty),
    (ColumnRole.CODE, lambda cell: bool(cell_to_code(cell))),
    (ColumnRole.CODES, _is_list),
    (ColumnRole.LABELLED, _is_labelled),
)


def cell_to_role(cell: GridCell) -> ColumnRole | None:
    """Return what a cell holds: a duty, a code, a list of codes or a labelled statement; None if none is."""
    return next((role for role, test in _TESTS if test(cell)), None)


def is_key_cell(cell: GridCell) -> bool:
    """Return whether a cell is a duty, a code, a list of codes or a labelled statement: no heading is."""
    return cell_to_role(cell) is not None


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
        is_list = is_list_heading(headings.get(column, ""))
        is_distinct = len(set(codes)) >= _LEAST_DISTINCT * len(codes)
        if role is ColumnRole.CODE and is_distinct and not are_criteria and (named or not is_list):
            found.append(column)
    return found


def pair_wordings(
    grid: Grid, keys: Sequence[int], roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> dict[int, int]:
    """Return the column of wordings for each column of codes, or of numbers of duties.

    With several such columns, as in a table in two halves, the wordings of each are to its right. Otherwise
    they are in the column whose heading says so, or in the column of texts that is next to the codes.

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
    for column in keys:
        found = worded_column(grid, columns_beside(keys, column, roles), headings, column)
        if found:
            pairs[column] = found
    return pairs


def columns_beside(keys: Sequence[int], key: int, roles: Mapping[int, ColumnRole]) -> list[int]:
    """Return the further columns that can belong to a column of codes."""
    last = min((other for other in keys if other > key), default=max(roles) + 1)
    return [
        other
        for other, role in roles.items()
        if role is ColumnRole.FURTHER and (len(keys) == 1 or key < other < last)
    ]


def worded_column(grid: Grid, beside: Sequence[int], headings: Mapping[int, str], key: int = 0) -> int:
    """Return the column that holds wordings; 0 if none does.

    Parameters
    ----------
    grid
        The table.
    beside
        The columns from which it is chosen.
    headings
        The heading of each column that has one.
    key
        The column of the codes. Of several columns of texts, the one next to it is chosen; without it, the
        one with most text.
    """
    found = _worded_columns(grid, beside, headings, is_distinct=key > 0)
    if not key:
        texts = columns_to_texts(grid)
        return max(found, key=lambda column: sum(map(len, texts[column])), default=0)
    nearest = min((abs(column - key) for column in found), default=0)
    nearby = [column for column in found if abs(column - key) == nearest]
    return nearby[0] if len(nearby) == 1 else 0


def _worded_columns(
    grid: Grid, beside: Sequence[int], headings: Mapping[int, str], is_distinct: bool
) -> list[int]:
    """Return the columns that can hold wordings; if headings say that some do, those alone.

    The same text beside many codes, such as the name of a person, is no wording.
    """
    texts = columns_to_texts(grid)
    keys = {column: heading_to_key(headings.get(column, "")) for column in beside if column in texts}
    named = [column for column, key in keys.items() if is_wording_heading(key)]
    sure = [column for column in named if is_sure_wording_heading(keys[column])]
    current = [column for column in sure if not is_former_heading(keys[column])]
    # “KSB” above sentences is of wordings, and “Short description” beside it of something else.
    titled = [
        column for column, key in keys.items() if is_kind_heading(key) and is_of_sentences(texts[column])
    ]
    rest = [column for column in named if not is_former_heading(keys[column])]
    # “Statement” beside “KSB statement” can be that of a learner.
    of_ksbs = [column for column in current if is_ksb_wording_heading(keys[column])]
    for found in (of_ksbs, current, titled, rest, named):
        if found:
            return found
    others = [
        column
        for column, key in keys.items()
        if not is_further_heading(key)
        and any(map(_is_wording, texts[column]))
        and (not is_distinct or len(set(texts[column])) >= _LEAST_DISTINCT * len(texts[column]))
    ]
    of_kinds = [column for column in others if keys[column] in KIND_HEADINGS]
    # “Criteria” beside the codes of KSBs is above what the learner must meet: their wordings.
    of_criteria = [column for column, key in keys.items() if key in ("criteria", "criterion")]
    return of_kinds or [column for column in others if is_of_words(texts[column])] or others or of_criteria


def columns_to_texts(grid: Grid) -> dict[int, list[str]]:
    """Return the texts of each column below its heading."""
    texts: dict[int, list[str]] = {}
    for row in grid.rows:
        for cell in row.cells:
            if not row.is_heading:
                texts.setdefault(cell.column, []).append(cell.text)
    return texts


def is_of_words(texts: Sequence[str]) -> bool:
    """Return whether at least half of the texts of a column have several words."""
    return 2 * sum(len(text.split()) > 1 for text in texts) >= len(texts)


def _is_wording(text: str) -> bool:
    """Return whether a text can be a wording: it has several words, or a long one that is no answer."""
    is_long = sum(map(str.isalpha, text)) >= _LEAST_LETTERS and text_to_title_key(text) not in _ANSWERS
    return len(text.split()) > 1 or is_long
