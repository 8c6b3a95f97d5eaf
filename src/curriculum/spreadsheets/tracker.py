"""Represent the spreadsheet of a user in any format: sheets of cells, and the changes to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

__all__ = [
    "CODES",
    "DATE",
    "FORMULA",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "NEVER_CALCULATED",
    "NUMBER",
    "OTHER",
    "PLAIN",
    "TEXT",
    "AddedColumn",
    "Cell",
    "CellRange",
    "DropDown",
    "Edits",
    "Replacement",
    "Sheet",
    "Tracker",
    "cell_name",
    "column_to_letters",
    "letters_to_column",
    "name_to_position",
]

# How new columns look.
CODES: Final = "codes"
PLAIN: Final = "plain"
TEXT: Final = "text"
NUMBER: Final = "number"
DATE: Final = "date"
FORMULA: Final = "formula"
OTHER: Final = "other"
# The type of a formula whose result was never saved; a formula with an empty text has the type of a text.
NEVER_CALCULATED: Final = "n"
# The largest tracker, all its sheets together: more than a year of evidence of a large provider, read in
# some ten seconds and less than 1 GiB.
MAX_ROWS: Final = 200_000
MAX_CELLS: Final = 2_000_000
MAX_CHARACTERS: Final = 40_000_000
MAX_SHEETS: Final = 1_000
# A cell of Excel has at most 32,767 characters; a cell of a CSV can have any number.
MAX_CELL: Final = 1_000_000
# The last column that Excel has.
MAX_COLUMNS: Final = 16_384
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_CELL_NAME: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")


class Cell(NamedTuple):
    """A cell that is not empty.

    ``text`` is its text: for a number the number, for a date ISO 8601, for a formula the saved result.
    ``raw`` is the value as the file stores it if that is no text, ``style`` the number of its format in the
    file, and ``type`` its type there. ``is_struck`` is true if a part of its text is struck out.
    """

    text: str
    form: str = TEXT
    style: str = ""
    raw: str = ""
    type: str = ""
    is_struck: bool = False


class Replacement(NamedTuple):
    """A replacement of characters in the text of a cell."""

    start: int
    end: int
    text: str


class DropDown(NamedTuple):
    """A drop-down list: its cells, and the source of its values, both as the file writes them.

    ``source`` is a formula: ``"K1,K2"`` in quotes, a range such as ``Lists!$A$1:$A$20``, or a name.
    """

    cells: str
    source: str


class CellRange(NamedTuple):
    """Cells next to each other: the first and the last row, the first and the last column."""

    top: int
    bottom: int
    first: int
    last: int


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet.

    Attributes
    ----------
    name
        The name on its tab; of a file without sheets empty.
    rows
        The cells by row, then by column; both from 1. Empty cells are left out.
    last_column
        The last column that a cell, a merged cell, a table, a filter, a picture, a chart or a range in a
        formula uses.
    is_hidden
        Whether the sheet is hidden.
    has_table
        Whether it contains a table of Excel, whose headers are also in a separate part.
    drop_downs
        Its drop-down lists.
    list_ranges
        The ranges on it with the values of drop-down lists, of this sheet or of another.
    header_row
        The row with the headers if it is known, as for a DataFrame; 0 if it has to be found.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    last_column: int
    is_hidden: bool = False
    has_table: bool = False
    drop_downs: tuple[DropDown, ...] = ()
    list_ranges: tuple[CellRange, ...] = ()
    header_row: int = 0


@dataclass(frozen=True)
class Tracker:
    """The spreadsheet of a user, as it was read.

    Attributes
    ----------
    source
        The file, as a message should name it.
    form
        ``workbook`` or ``delimited``.
    sheets
        Its sheets, in their order.
    data
        The bytes of the file.
    titles
        The names of all its sheets, also of those that contain only a chart.
    """

    source: str
    form: str
    sheets: tuple[Sheet, ...]
    data: bytes = field(repr=False)
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AddedColumn:
    """A new column to the right of a sheet.

    Attributes
    ----------
    values
        The content by row: a text, or a cell to copy.
    like
        The column that the new cells look like.
    width
        Its width in characters; it becomes wider if its header needs more.
    look
        Empty: the new cells look like those of ``like``. `CODES`: only if those look the same in every row,
        so that no colour is copied that has a meaning for another cell. `PLAIN`: they get only the borders.
    header_row
        The row of the header, which wraps; 0 if there is none.
    """

    values: Mapping[int, str | Cell]
    like: int
    width: float = 16.0
    look: str = ""
    header_row: int = 0


@dataclass(frozen=True)
class Edits:
    """The changes to a sheet: new columns, and the replacements in cells by row and column."""

    added: tuple[AddedColumn, ...] = ()
    rewritten: Mapping[tuple[int, int], tuple[Replacement, ...]] = field(default_factory=dict)


def column_to_letters(column: int) -> str:
    """Return the letters of a column.

    Examples
    --------
    >>> column_to_letters(1), column_to_letters(28), column_to_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def letters_to_column(letters: str) -> int:
    """Return the number of a column, from 1; 0 if the letters do not name a column.

    Examples
    --------
    >>> letters_to_column("AB"), letters_to_column("XFE")
    (28, 0)
    """
    if not _LETTERS.fullmatch(letters):
        return 0
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column if column <= MAX_COLUMNS else 0


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell.

    Examples
    --------
    >>> cell_name(4, 5)
    'E4'
    """
    return f"{column_to_letters(column)}{row}"


def name_to_position(name: str) -> tuple[int, int]:
    """Return the row and the column of a cell.

    Examples
    --------
    >>> name_to_position("E4"), name_to_position("$E$4")
    ((4, 5), (4, 5))
    """
    found = _CELL_NAME.fullmatch(name)
    if not found:
        raise ValueError(f"{name[:20]!r} is not the name of a cell")
    return int(found[2]), letters_to_column(found[1])
