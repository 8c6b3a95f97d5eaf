"""The cells of tables: which lines of a document are in which cell, and what a reader counts to find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from curriculum.documents.markup import Markup
from curriculum.documents.record import Unread

__all__ = ["Cell", "CellLine", "Content", "Link", "OpenCell", "OpenTable", "tables_to_cells"]

# A cell that spans more columns or rows than this is a fault of the file; it is read as this wide.
_MOST_SPANNED = 100


class CellLine(NamedTuple):
    """A line, or the part of a line, that is in a cell: its number in the document, and its text."""

    number: int
    text: str


class Cell(NamedTuple):
    """A cell of a table that has text.

    Attributes
    ----------
    table
        The number of its table in the document, from 1; a table within a cell has a number of its own.
    row, column
        Its first row and its first column, from 1.
    n_rows, n_columns
        How many rows and columns it spans.
    is_heading
        Whether the file marks it as a heading.
    lines
        Its lines, without those of a table within it.
    """

    table: int
    row: int
    column: int
    n_rows: int
    n_columns: int
    is_heading: bool
    lines: tuple[CellLine, ...]


_NONE: Mapping[int, Any] = MappingProxyType({})


class Link(NamedTuple):
    """A link of a web page to another standard: the number of its line, its words and its address."""

    number: int
    text: str
    address: str


class Content(NamedTuple):
    """What is read of a file: its lines, and the cells of its tables.

    Attributes
    ----------
    lines, cells
        The lines, and the cells of tables.
    headings
        The level of each line that the file marks as a heading, by its number; empty if the format has no
        headings, or they are not read.
    furniture
        The lines of a web page that belong to the site, by their numbers, each with the words that say why.
    hidden
        Texts that look like KSBs or duties in parts of a web page that are never shown.
    n_repaired
        How many attributes of a web page lack their second quotation mark and were closed.
    links
        The links of a web page whose addresses name a standard.
    unread
        Parts of the file that are not read.
    markup
        What the file says about its lines: which parts are bold, which paragraphs are wrapped.
    """

    lines: tuple[str, ...]
    cells: tuple[Cell, ...] = ()
    unread: tuple[Unread, ...] = ()
    headings: Mapping[int, int] = _NONE
    furniture: Mapping[int, str] = _NONE
    hidden: tuple[str, ...] = ()
    n_repaired: int = 0
    links: tuple[Link, ...] = ()
    markup: Markup = Markup()


@dataclass
class OpenCell:
    """A cell whose lines are being read; ``numbers`` are those of its lines so far."""

    table: int
    row: int
    column: int
    n_rows: int
    n_columns: int
    is_heading: bool
    numbers: list[int] = field(default_factory=list)


@dataclass
class OpenTable:
    """A table that is being read: it counts its rows, and finds the column of each cell.

    Examples
    --------
    >>> table = OpenTable(1)
    >>> table.start_row()
    >>> first = table.add_cell(n_rows=2)
    >>> table.start_row()
    >>> table.add_cell().column
    2
    """

    number: int
    row: int = 0
    cells: list[OpenCell] = field(default_factory=list)
    _column: int = 1
    # By column: the last row that a cell above fills.
    _filled_to: dict[int, int] = field(default_factory=dict)
    # By first column: the last cell that begins there.
    _last: dict[int, OpenCell] = field(default_factory=dict)

    def start_row(self) -> None:
        """Begin the next row."""
        self.row += 1
        self._column = 1

    def skip_rows(self, number: int) -> None:
        """Count rows that have no text; the next row begins below them."""
        self.row += max(number, 0)

    def go_to_column(self, column: int) -> None:
        """Begin the next cell in a column, or in the first free one behind it."""
        self._column = column

    def skip_columns(self, number: int) -> None:
        """Count columns that have no cell."""
        self._column += min(max(number, 0), _MOST_SPANNED)

    def add_cell(self, n_rows: int = 1, n_columns: int = 1, is_heading: bool = False) -> OpenCell:
        """Add a cell in the next free column of the row; a cell before any row begins the first."""
        if not self.row:
            self.start_row()
        while self._filled_to.get(self._column, 0) >= self.row:
            self._column += 1
        n_rows = min(max(n_rows, 1), _MOST_SPANNED)
        n_columns = min(max(n_columns, 1), _MOST_SPANNED)
        cell = OpenCell(self.number, self.row, self._column, n_rows, n_columns, is_heading)
        self.cells.append(cell)
        self._last[cell.column] = cell
        for column in range(cell.column, cell.column + n_columns):
            self._filled_to[column] = self.row + n_rows - 1
        self._column += n_columns
        return cell

    def end_merged(self, column: int) -> None:
        """End the cell that begins in a column, so that no cell below goes on with it."""
        self._last.pop(column, None)

    def go_on_above(self, n_columns: int) -> OpenCell:
        """Return the cell above in this column, which goes on in this row; a new cell if there is none."""
        cell = self._last.get(self._column)
        if cell is None or cell.row == self.row:
            return self.add_cell(n_columns=n_columns)
        cell.n_rows = self.row - cell.row + 1
        self._column += min(max(n_columns, 1), _MOST_SPANNED)
        return cell


def tables_to_cells(tables: Iterable[OpenTable], lines: Sequence[str]) -> tuple[Cell, ...]:
    """Return the cells that have text, when the lines of the document are known."""
    return tuple(
        Cell(
            cell.table,
            cell.row,
            cell.column,
            cell.n_rows,
            cell.n_columns,
            cell.is_heading,
            tuple(CellLine(number, lines[number - 1]) for number in cell.numbers),
        )
        for table in tables
        for cell in table.cells
        if any(lines[number - 1].strip() for number in cell.numbers)
    )
