"""Where codes were found in a sheet: columns of codes, headings of codes over marks, columns passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.notation import FoundCode
from curriculum.trackers.tracker import Sheet, column_to_letters

__all__ = ["CodeColumn", "Layout", "Matrix", "PassedOver", "Unread", "column_name"]


@dataclass(frozen=True)
class CodeColumn:
    """A column that holds codes.

    Attributes
    ----------
    sheet
        The name of the sheet.
    column
        Its number; of type and number in two columns, that of the number.
    name
        Its heading, or `column E`.
    head_row
        The row of its heading, nought if it has none.
    cells
        The codes of each row.
    is_typed
        Whether the type stands in another column.
    gets_columns
        Whether it holds a code for certain, so that new columns are made for it.
    """

    sheet: str
    column: int
    name: str
    head_row: int
    cells: Mapping[int, tuple[FoundCode, ...]]
    is_typed: bool = False
    gets_columns: bool = True


@dataclass(frozen=True)
class Matrix:
    """A heading of codes over columns of marks: the codes of each column, and the row that they stand in."""

    sheet: str
    head_row: int
    heads: Mapping[int, tuple[FoundCode, ...]]


@dataclass(frozen=True)
class PassedOver:
    """A column that holds what looks like codes and is left alone, and why."""

    name: str
    n_cells: int
    why: str


@dataclass(frozen=True)
class Unread:
    """Cells of a column of codes that look as if they held codes, which cannot be read."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Where the codes of a sheet are.

    ``unread`` are cells of its columns that a person has to look at. ``n_formulas`` counts the formulas whose
    result is a code: they are left alone.
    """

    sheet: Sheet
    head_row: int
    columns: tuple[CodeColumn, ...] = ()
    matrix: Matrix | None = None
    passed_over: tuple[PassedOver, ...] = ()
    n_formulas: int = 0
    unread: tuple[Unread, ...] = ()


def column_name(column: int) -> str:
    """Give what a column without a heading is called.

    Examples
    --------
    >>> column_name(5)
    'column E'
    """
    return f"column {column_to_letters(column)}"
