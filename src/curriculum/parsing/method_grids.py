"""Tables with a row for each assessment method, and the codes of its KSBs beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_title_key
from curriculum.parsing.code_cells import is_ksb_heading
from curriculum.parsing.further_columns import FURTHER_COLUMNS
from curriculum.parsing.grids import Grid, GridCell
from curriculum.parsing.method_cells import is_method_column
from curriculum.parsing.rows import Detail, MethodName, Rows, StatementMethod

__all__ = ["is_method_grid", "method_grid_to_rows"]

_FURTHER = re.compile(r"(?:.* )?(?:weighting|duration|grades?|grading|time|length)(?: .*)?")


def is_method_grid(grid: Grid) -> bool:
    """Return whether a table has a row for each assessment method, with the codes of its KSBs beside it."""
    heads = {cell.column: cell.text for cell in grid.header}
    first, *others = list(heads.values()) or [""]
    of_ksbs = {column for column, text in heads.items() if is_ksb_heading(text)}
    rest = [text for text in others if not is_ksb_heading(text)]
    body = [row for row in grid.rows if row.cells != grid.header]
    cells = [cell for row in body for cell in row.cells if cell.column in of_ksbs]
    is_known = is_method_column(first) and bool(of_ksbs)
    return (
        is_known
        and all(_FURTHER.fullmatch(text_to_title_key(text)) for text in rest)
        and bool(cells)
        and all(map(_cell_to_codes, cells))
    )


def _cell_to_codes(cell: GridCell) -> list[str]:
    codes = [line_to_codes(line.text) for line in cell.lines]
    return [code for found in codes for code in found] if all(codes) else []


def method_grid_to_rows(grid: Grid) -> Rows:
    """Parse a table of methods with the codes of their KSBs; its other cells are details."""
    first = grid.header[0].column
    of_ksbs = {cell.column for cell in grid.header if is_ksb_heading(cell.text)}
    return Rows(
        details=tuple(_grid_to_details(grid, {first, *of_ksbs})),
        statement_methods=tuple(_grid_to_methods(grid, first, of_ksbs)),
        method_names=tuple(
            MethodName(cell.text, 0, cell.first_line)
            for row in grid.rows
            for cell in row.cells
            if cell.column == first and row.cells != grid.header
        ),
        markers=tuple(sorted(grid.numbers)),
    )


def _grid_to_details(grid: Grid, known: set[int]) -> Iterator[Detail]:
    """Yield the cells of the other columns, such as the weighting of a method."""
    heads = {cell.column: cell.text for cell in grid.header}
    for row in grid.rows:
        for cell in row.cells:
            if cell.column not in known and row.cells != grid.header:
                name = f"{row.cells[0].text}: {heads.get(cell.column, f'column {cell.column}')}"
                yield Detail(FURTHER_COLUMNS, name, cell.text, cell.first_line, cell.last_line)


def _grid_to_methods(grid: Grid, first: int, of_ksbs: set[int]) -> Iterator[StatementMethod]:
    for row in grid.rows:
        names = [cell for cell in row.cells if cell.column == first]
        for cell in row.cells if names and row.cells != grid.header else ():
            for code in _cell_to_codes(cell) if cell.column in of_ksbs else ():
                name = names[0]
                yield StatementMethod(code, name.text, "", name.first_line, cell.last_line)
