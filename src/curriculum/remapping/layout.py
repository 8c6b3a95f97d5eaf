"""Where codes were found in a sheet: columns of codes, headings of codes over marks, columns passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from curriculum.model.code_lists import FoundCode
from curriculum.spreadsheets.tracker import Sheet, cell_name, column_to_letters

__all__ = ["CodeColumn", "Layout", "Matrix", "PassedOver", "Unread", "column_name", "unread_to_told"]


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
    header_row
        The row of its heading, nought if it has none.
    cells
        The codes of each row.
    is_typed
        Whether the type stands in another column.
    gets_columns
        Whether it holds a code for certain, so that new columns are made for it.
    unread
        The rows whose cell is filled and was not read, each with the reason.
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
    """A heading of codes over columns of marks: the codes of each column, and the row that they stand in.

    ``unread`` are the columns whose heading looks like a code and was not read, each with the reason.
    """

    sheet: str
    header_row: int
    headers: Mapping[int, tuple[FoundCode, ...]]
    unread: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PassedOver:
    """A column that holds what looks like codes and is left alone, and why."""

    name: str
    n_cells: int
    why: str


@dataclass(frozen=True)
class Unread:
    """Filled cells of a column or heading of codes that were not read, for one reason."""

    name: str
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Layout:
    """Where the codes of a sheet are.

    ``n_formulas`` counts the formulas outside its columns of codes whose result is a code: these are left.
    """

    sheet: Sheet
    header_row: int
    columns: tuple[CodeColumn, ...] = ()
    matrix: Matrix | None = None
    passed_over: tuple[PassedOver, ...] = ()
    n_formulas: int = 0

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The filled cells of its columns and heading that were not read: an entry a column and reason."""
        found: dict[tuple[str, int, str], list[str]] = {}
        for column in self.columns:
            for row, why in column.unread.items():
                cell = cell_name(row, column.column)
                found.setdefault((column.name, column.column, why), []).append(cell)
        if self.matrix:
            for at, why in self.matrix.unread.items():
                name = f"headings in row {self.matrix.header_row}"
                found.setdefault((name, 0, why), []).append(cell_name(self.matrix.header_row, at))
        return tuple(Unread(name, tuple(cells), why) for (name, _, why), cells in found.items())


def column_name(column: int) -> str:
    """Return what a column without a heading is called.

    Examples
    --------
    >>> column_name(5)
    'column E'
    """
    return f"column {column_to_letters(column)}"


def unread_to_told(unread: Unread, sheet: str = "", most: int = 6) -> str:
    """Return which cells were not read, and why, in words; of many the first.

    Examples
    --------
    >>> unread_to_told(Unread("KSBs", ("B4", "B5"), "a formula: paste its result as a value"))
    'KSBs: 2 cells (B4, B5), each a formula: paste its result as a value'
    """
    where = f"sheet {sheet}, " if sheet else ""
    cells = ", ".join(unread.cells[:most]) + (" ..." if len(unread.cells) > most else "")
    count = "1 cell" if len(unread.cells) == 1 else f"{len(unread.cells):,} cells"
    each = "" if len(unread.cells) == 1 else "each "
    return f"{where}{unread.name}: {count} ({cells}), {each}{unread.why}"
