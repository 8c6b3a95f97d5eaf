"""Where the codes of a sheet are: columns of codes, headers that are codes, columns that are skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from curriculum.model.code_lists import FoundCode
from curriculum.spreadsheets.tracker import Sheet, cell_name, column_to_letters

__all__ = [
    "CodeColumn",
    "Layout",
    "Matrix",
    "SkippedColumn",
    "Unread",
    "cells_to_phrase",
    "column_name",
    "unread_to_text",
]

_MOST_NAMED: Final = 6


@dataclass(frozen=True)
class CodeColumn:
    """A column of codes.

    Attributes
    ----------
    sheet
        The name of the sheet.
    column
        Its number; where the type is in another column, that of the column of numbers.
    name
        Its header, or `column E`.
    header_row
        The row of its header, 0 if it has none.
    cells
        The codes of each row.
    is_typed
        Whether the type is in another column.
    gets_columns
        Whether it certainly has a code, so that new columns are added for it.
    unread
        The rows whose cell is filled but was not read, each with the reason.
    """

    sheet: str
    column: int
    name: str
    header_row: int
    cells: Mapping[int, tuple[FoundCode, ...]]
    is_typed: bool = False
    gets_columns: bool = True
    unread: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Matrix:
    """Columns of marks whose headers are codes: the codes of each column, and the row of the headers.

    ``unread`` are the columns whose header looks like a code but was not read, each with the reason.
    """

    sheet: str
    header_row: int
    headers: Mapping[int, tuple[FoundCode, ...]]
    unread: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SkippedColumn:
    """A column that seems to have codes and is not remapped, and why."""

    name: str
    n_cells: int
    why: str


@dataclass(frozen=True)
class Unread:
    """Filled cells of a column of codes, or of headers, that were not read for the same reason."""

    name: str
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Layout:
    """Where the codes of a sheet are.

    ``n_formulas`` counts the formulas outside the columns of codes whose result is a code: they stay as they
    are.
    """

    sheet: Sheet
    header_row: int
    columns: tuple[CodeColumn, ...] = ()
    matrix: Matrix | None = None
    skipped: tuple[SkippedColumn, ...] = ()
    n_formulas: int = 0

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The filled cells that were not read: one entry for each column and reason."""
        found: dict[tuple[str, int, str], list[str]] = {}
        for column in self.columns:
            for row, why in column.unread.items():
                cell = cell_name(row, column.column)
                found.setdefault((column.name, column.column, why), []).append(cell)
        if self.matrix:
            for at, why in self.matrix.unread.items():
                name = f"headers in row {self.matrix.header_row}"
                found.setdefault((name, 0, why), []).append(cell_name(self.matrix.header_row, at))
        return tuple(Unread(name, tuple(cells), why) for (name, _, why), cells in found.items())


def column_name(column: int) -> str:
    """Return the name of a column without a header.

    Examples
    --------
    >>> column_name(5)
    'column E'
    """
    return f"column {column_to_letters(column)}"


def unread_to_text(unread: Unread, sheet: str = "", most: int = 6) -> str:
    """Return a sentence on which cells were not read and why; of many cells it names the first.

    Examples
    --------
    >>> unread_to_text(Unread("KSBs", ("B4", "B5"), "a formula: paste its result as a value"))
    'KSBs: 2 cells (B4, B5), each a formula: paste its result as a value'
    """
    where = f"sheet {sheet}, " if sheet else ""
    cells = ", ".join(unread.cells[:most]) + (" ..." if len(unread.cells) > most else "")
    count = "1 cell" if len(unread.cells) == 1 else f"{len(unread.cells):,} cells"
    each = "" if len(unread.cells) == 1 else "each "
    return f"{where}{unread.name}: {count} ({cells}), {each}{unread.why}"


def cells_to_phrase(cells: Sequence[str]) -> str:
    """Return the names of some cells, and how many more there are.

    Examples
    --------
    >>> cells_to_phrase(("B6", "B7")), cells_to_phrase(tuple("ABCDEFGH"))
    ('B6, B7', 'A, B, C, D, E, F and 2 more')
    """
    more = f" and {len(cells) - _MOST_NAMED:,} more" if len(cells) > _MOST_NAMED else ""
    return ", ".join(cells[:_MOST_NAMED]) + more
