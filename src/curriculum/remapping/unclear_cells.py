"""Cells of which a person has to say what they hold.

A letter with a number that may be no code is put on the sheet "To decide". A cell that is unclear as it is
written has to be mended in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import DOUBTFUL, FoundCode
from curriculum.remapping.layout import CodeColumn, Layout
from curriculum.review.answers import Answers
from curriculum.review.review_rows import WAITS, ReviewRow
from curriculum.spreadsheets.tracker import cell_name

__all__ = ["cells_to_phrase", "layouts_to_cells_to_correct", "layouts_to_possible", "layouts_with_answers"]

_MOST_NAMED: Final = 6


def layouts_with_answers(layouts: Sequence[Layout], said: Answers) -> tuple[Layout, ...]:
    """Return layouts in which what a person answered for is certain; columns of codes get new columns.

    Parameters
    ----------
    layouts
        Where codes were found.
    said
        What was answered on the sheet "To decide": an answer says of what may be no code that it is one, or
        that it is none.
    """
    codes = {one.subject_id.partition(":")[2] for one in said.decisions} | said.unlisted.keys()
    no_codes = {code for code, one in said.unlisted.items() if not one.is_code}
    if not codes:
        return tuple(layouts)
    return tuple(
        replace(layout, columns=tuple(_with_answers(one, codes, no_codes) for one in layout.columns))
        for layout in layouts
    )


def _with_answers(column: CodeColumn, codes: Collection[str], no_codes: Collection[str]) -> CodeColumn:
    cells = {
        row: tuple(
            one._replace(is_sure=True) if _is_possible(one) and one.code in codes else one for one in own
        )
        for row, own in column.cells.items()
    }
    is_certain = any(one.is_sure and one.code not in no_codes for own in cells.values() for one in own)
    return replace(column, cells=cells, gets_columns=column.gets_columns or is_certain)


def _is_possible(found: FoundCode) -> bool:
    return not found.is_sure and found.form != DOUBTFUL


def layouts_to_possible(
    layouts: Sequence[Layout], rows: Mapping[str, Collection[int]]
) -> dict[str, tuple[str, ...]]:
    """Return the cells in which each code may be none, by code.

    Parameters
    ----------
    layouts
        Where codes were found.
    rows
        The rows that are remapped, by sheet.
    """
    possible: dict[str, dict[str, None]] = {}
    for layout in layouts:
        for column in layout.columns:
            for row, found in column.cells.items():
                cell = _cell(layout, cell_name(row, column.column), layouts)
                for one in found:
                    if _is_possible(one) and row in rows[layout.sheet.name]:
                        possible.setdefault(one.code, {})[cell] = None
    return {code: tuple(cells) for code, cells in possible.items()}


def _cell(layout: Layout, cell: str, layouts: Sequence[Layout]) -> str:
    """Name a cell; of several sheets with its sheet."""
    return f"{cell} of {layout.sheet.name}" if len(layouts) > 1 and layout.sheet.name else cell


def cells_to_phrase(cells: Sequence[str]) -> str:
    """Return the names of some cells, and how many more there are.

    Examples
    --------
    >>> cells_to_phrase(("B6", "B7")), cells_to_phrase(tuple("ABCDEFGH"))
    ('B6, B7', 'A, B, C, D, E, F and 2 more')
    """
    more = f" and {len(cells) - _MOST_NAMED:,} more" if len(cells) > _MOST_NAMED else ""
    return ", ".join(cells[:_MOST_NAMED]) + more


def layouts_to_cells_to_correct(
    layouts: Sequence[Layout], audit: pd.DataFrame, to_decide: Sequence[ReviewRow]
) -> tuple[str, ...]:
    """Return the cells that a person has to mend in the file: no answer elsewhere says what they hold.

    Parameters
    ----------
    layouts
        Where codes were found.
    audit
        A row for each code that was found in the rows that are remapped.
    to_decide
        What is put to a person on the sheet "To decide".
    """
    is_open = (audit[v.OUTCOME] == v.REVIEW) & (audit[v.DECIDED_BY] == "")
    waiting = set(zip(audit[v.SHEET][is_open], audit[v.CELL][is_open], strict=True))
    asked = {row.old_code for row in to_decide if row.state == WAITS}
    return tuple(
        dict.fromkeys(
            _cell(layout, cell, layouts)
            for layout in layouts
            for cell in (*_unclear(layout, asked, waiting), *(c for one in layout.unread for c in one.cells))
        )
    )


def _unclear(layout: Layout, asked: Collection[str], waiting: Collection[tuple[str, str]]) -> Iterator[str]:
    for column in layout.columns:
        for row, found in column.cells.items():
            cell = cell_name(row, column.column)
            is_asked = all(one.is_sure or (_is_possible(one) and one.code in asked) for one in found)
            if not is_asked and (layout.sheet.name, cell) in waiting:
                yield cell
