"""Read the card of a duty: a table of names and values, such as “Description” and “KSBs”, below “Duty 1”."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_title_key
from curriculum.parsing.grids import Grid, GridRow
from curriculum.parsing.lines import Line
from curriculum.parsing.row_reader import TableReading

__all__ = ["grid_to_card"]

_WORDINGS = frozenset(("description", "duty", "detail", "details", "duty description", "statement"))
_CODES = frozenset(
    ("ksbs", "knowledge", "skills", "behaviours", "knowledge skills and behaviours", "linked ksbs")
)


def grid_to_card(grid: Grid) -> TableReading | None:
    """Return the lines of the values of a card; None if a table below a heading of duties is none.

    A card has two columns, the first with nothing but the names of what is in the second.
    """
    if not _is_card(grid):
        return None
    names = tuple(line.number for row in grid.rows for line in row.cells[0].lines)
    return TableReading(tuple(_lines(grid)), (), names, ())


def _is_card(grid: Grid) -> bool:
    names = [text_to_title_key(row.cells[0].text) for row in grid.rows]
    return (
        all(len(row.cells) == 2 for row in grid.rows)
        and set(names) <= _WORDINGS | _CODES
        and all(_has_codes(row) for row, name in zip(grid.rows, names, strict=True) if name in _CODES)
        and bool(_CODES.intersection(names))
    )


def _has_codes(row: GridRow) -> bool:
    return all(line_to_codes(line.text) for line in row.cells[1].lines)


def _lines(grid: Grid) -> Iterator[Line]:
    for row in grid.rows:
        # As in a text without tables, they belong to the line “Duty 1” above the card.
        yield from (line._replace(is_opening=False) for line in row.cells[1].lines)
