"""Cells that need the user: texts that may be no code, and cells that are unclear as written.

A letter with a number that may be no code gets a row on the sheet "To decide". A cell that is unclear as
written has to be corrected in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import DOUBTFUL, FoundCode
from curriculum.remapping.layout import CodeColumn, Layout
from curriculum.review.answers import Answers
from curriculum.review.review_rows import WAITS, ReviewRow
from curriculum.spreadsheets.tracker import cell_name, name_to_position
from curriculum.tables.plain_rows import Row

__all__ = [
    "layouts_to_cells_to_correct",
    "layouts_to_possible_codes",
    "layouts_with_answers",
]


def layouts_with_answers(layouts: Sequence[Layout], answers: Answers) -> tuple[Layout, ...]:
    """Return layouts in which the codes that were answered for are certain, so that they get new columns.

    Parameters
    ----------
    layouts
        Where codes were found.
    answers
        The answers on the sheet "To decide": an answer on a text that may be no code says whether it is one.
    """
    codes = {
        decision.subject_id.partition(":")[2] for decision in answers.decisions
    } | answers.unlisted.keys()
    no_codes = {code for code, answer in answers.unlisted.items() if not answer.is_code}
    if not codes:
        return tuple(layouts)
    return tuple(
        replace(layout, columns=tuple(_with_answers(column, codes, no_codes) for column in layout.columns))
        for layout in layouts
    )


def _with_answers(column: CodeColumn, codes: Collection[str], no_codes: Collection[str]) -> CodeColumn:
    cells = {
        row: tuple(
            found_code._replace(is_sure=True)
            if _is_possible(found_code) and found_code.code in codes
            else found_code
            for found_code in found
        )
        for row, found in column.cells.items()
    }
    is_certain = any(
        found_code.is_sure and found_code.code not in no_codes
        for found in cells.values()
        for found_code in found
    )
    return replace(column, cells=cells, gets_columns=column.gets_columns or is_certain)


def _is_possible(found: FoundCode) -> bool:
    return not found.is_sure and found.form != DOUBTFUL


def layouts_to_possible_codes(
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
                for found_code in found:
                    if _is_possible(found_code) and row in rows[layout.sheet.name]:
                        possible.setdefault(found_code.code, {})[cell] = None
    return {code: tuple(cells) for code, cells in possible.items()}


def _cell(layout: Layout, cell: str, layouts: Sequence[Layout]) -> str:
    """Return the name of a cell, with its sheet if there are several."""
    return f"{cell} of {layout.sheet.name}" if len(layouts) > 1 and layout.sheet.name else cell


def layouts_to_cells_to_correct(
    layouts: Sequence[Layout], audit: Sequence[Row], to_decide: Sequence[ReviewRow]
) -> tuple[str, ...]:
    """Return the cells that have to be corrected in the file, as the sheet "To decide" does not ask for them.

    They are in the order of the sheets, and of the rows in a sheet.

    Parameters
    ----------
    layouts
        Where codes were found.
    audit
        A row for each code that was found in the rows that are remapped.
    to_decide
        The rows of the sheet "To decide".
    """
    waiting = {
        (row[v.SHEET], row[v.CELL]) for row in audit if row[v.OUTCOME] == v.REVIEW and row[v.DECIDED_BY] == ""
    }
    codes_to_decide = {row.old_code for row in to_decide if row.state == WAITS}
    named: dict[str, None] = {}
    for layout in layouts:
        unread = {cell for cells in layout.unread for cell in cells.cells}
        cells = {*_unclear(layout, codes_to_decide, waiting), *unread}
        named |= {_cell(layout, cell, layouts): None for cell in sorted(cells, key=name_to_position)}
    return tuple(named)


def _unclear(
    layout: Layout, codes_to_decide: Collection[str], waiting: Collection[tuple[str, str]]
) -> Iterator[str]:
    for column in layout.columns:
        for row, found in column.cells.items():
            cell = cell_name(row, column.column)
            is_to_decide = all(
                found_code.is_sure or (_is_possible(found_code) and found_code.code in codes_to_decide)
                for found_code in found
            )
            if not is_to_decide and (layout.sheet.name, cell) in waiting:
                yield cell
