"""Make the codes of a table with columns for the kind and the number: “Knowledge”, 1, “How clay is dug”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from curriculum.documents.delimited_tables import KIND_LETTERS
from curriculum.model.text import text_to_title_key
from curriculum.parsing.grids import Grid, GridCell, GridRow

__all__ = ["grid_with_codes"]

_NUMBER = re.compile(r"0*(?P<number>[1-9]\d{0,2})[.):]?")
_NUMBER_HEADINGS = frozenset(
    ("no", "number", "num", "ref", "reference", "code", "id", "item", "ksb no", "ksb number", "")
)
_LEAST_ROWS = 2


class _Columns(NamedTuple):
    """The column of numbers, and that of kinds; the letters above the table where it has no kinds."""

    number: int
    kind: int
    letters: str


def grid_with_codes(grid: Grid, above: str) -> tuple[Grid, tuple[int, ...]]:
    """Return a table whose numbers are codes, and the lines of the kinds that were made part of them.

    Parameters
    ----------
    grid
        The table. It is returned as it is if it has no such columns.
    above
        The text of the last line above it: “Knowledge” is the kind of all of its numbers.
    """
    columns = _find_columns(grid, KIND_LETTERS.get(text_to_title_key(above), ""))
    if columns is None:
        return grid, ()
    letters = columns.letters
    rows: list[GridRow] = []
    markers: list[int] = []
    for row in grid.rows:
        if row.cells == grid.header:
            rows.append(row)
            continue
        by_column = {cell.column: cell for cell in row.cells}
        kind = by_column.pop(columns.kind, None)
        if kind:
            letters = KIND_LETTERS.get(text_to_title_key(kind.text), letters)
            markers += [line.number for line in kind.lines]
        code = _number_to_code(by_column.get(columns.number), letters)
        cells = {**by_column, columns.number: code} if code else by_column
        if cells:
            rows.append(row._replace(cells=tuple(cells[column] for column in sorted(cells))))
    return Grid(tuple(rows), grid.is_layout), tuple(markers)


def _number_to_code(cell: GridCell | None, letters: str) -> GridCell | None:
    found = _NUMBER.fullmatch(cell.text) if cell else None
    if cell is None or found is None:
        return None
    return cell._replace(lines=(cell.lines[0]._replace(text=f"{letters}{found['number']}"),))


def _find_columns(grid: Grid, letters: str) -> _Columns | None:
    """Return the columns of numbers and kinds; None if there are none, or not each row has a number."""
    headings = {cell.column: text_to_title_key(cell.text) for cell in grid.header}
    body = [row for row in grid.rows if row.cells != grid.header]
    cells = {column: _cells_of(body, column) for column in headings}
    numbers = [
        column
        for column, found in cells.items()
        if headings[column] in _NUMBER_HEADINGS
        and len(found) == len(body) >= _LEAST_ROWS
        and all(_NUMBER.fullmatch(cell.text) for cell in found.values())
    ]
    kinds = [
        column
        for column, found in cells.items()
        if found and all(text_to_title_key(cell.text) in KIND_LETTERS for cell in found.values())
    ]
    if len(numbers) != 1 or len(kinds) > 1 or not (kinds or letters) or len(headings) <= 1 + len(kinds):
        return None
    # The first row must say its kind; below it, a merged or an empty cell means the same kind.
    if kinds and body[0].key not in cells[kinds[0]]:
        return None
    return _Columns(numbers[0], kinds[0] if kinds else 0, letters)


def _cells_of(body: list[GridRow], column: int) -> Mapping[int, GridCell]:
    """Return the cells of a column, by the keys of their rows."""
    return {row.key: cell for row in body for cell in row.cells if cell.column == column}
