"""Describe tables for pages and notebooks: columns, rows, and cells with marks, bars and details."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = [
    "CODE",
    "LEAST_ROWS",
    "NUMBER",
    "TEXT",
    "WORDING",
    "Bar",
    "Cell",
    "Column",
    "Details",
    "Link",
    "Run",
    "Section",
    "Table",
]

# The kinds of column: they are classes of the style.
CODE: Final = "code"
NUMBER: Final = "number"
TEXT: Final = "text"
WORDING: Final = "wording"
# Longer tables are folded: they scroll in a box, which a reader can open. A line has about so many letters.
_MOST_LINES: Final = 20
_LETTERS: Final = 45
# Shorter tables need no search.
LEAST_ROWS: Final = 6


class Run(NamedTuple):
    """A run of words; the mark is `del` for deleted words, `ins` for inserted words, or empty."""

    text: str
    mark: str = ""


class Bar(NamedTuple):
    """A bar with its number: a value from 0 to 1, and what it is the value of."""

    label: str
    value: float

    @property
    def width(self) -> str:
        """The length of the bar in percent; nothing is shorter than 0 or longer than 100."""
        return f"{100 * min(max(self.value, 0.0), 1.0):.0f}"

    @property
    def shown(self) -> str:
        """The value with two decimals."""
        return f"{self.value:.2f}"


class Link(NamedTuple):
    """A text that leads to another place of the page."""

    text: str
    target: str


class Details(NamedTuple):
    """What a reader can open below a text: bars, and lines."""

    summary: str
    bars: Sequence[Bar] = ()
    lines: Sequence[str] = ()


class Cell(NamedTuple):
    """A cell of a table, as the macro `cell` in `parts.html` renders it.

    Attributes
    ----------
    text
        The text.
    code
        A code in bold before the text.
    mark
        A sign before the text that repeats it, hidden from screen readers.
    counts
        The lengths of the parts of a bar before the text: whole, part, none. No bar if it is empty.
    notes
        Small lines below the text.
    runs
        The text in runs of words, in place of ``text``, to mark deleted and inserted words.
    bars
        Bars with their numbers.
    links
        Codes that lead to other places of the page, in place of ``text``.
    details
        What a reader can open below the text.
    anchor
        The id of the cell, to which a link can lead.
    sort
        What the cell is sorted by; by default its text.
    """

    text: str = ""
    code: str = ""
    mark: str = ""
    counts: Sequence[float] = ()
    notes: Sequence[str] = ()
    runs: Sequence[Run] = ()
    bars: Sequence[Bar] = ()
    links: Sequence[Link] = ()
    details: Details | None = None
    anchor: str = ""
    sort: str = ""


class Column(NamedTuple):
    """A column: its heading, its kind (a class of the style), and whether readers can filter by it.

    ``name`` is the name of the column in the data, which the heading shows when it is pointed at.
    """

    heading: str
    kind: str = TEXT
    is_filter: bool = False
    name: str = ""


class Table(NamedTuple):
    """A table: its caption, its columns, and a cell for each column in each row.

    ``has_row_headers`` says whether the first cell of a row names the row.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    has_row_headers: bool = True

    @property
    def is_folded(self) -> bool:
        """Whether the table is long, so that it scrolls in a box."""
        return sum(map(_row_to_lines, self.rows)) > _MOST_LINES

    @property
    def has_tools(self) -> bool:
        """Whether the table is worth searching and sorting."""
        return len(self.rows) >= LEAST_ROWS


class Section(NamedTuple):
    """A section of a page: its id, its heading, its table, a text below the heading, and meanings."""

    id: str
    heading: str
    table: Table
    about: str = ""
    meanings: Sequence[tuple[str, str]] = ()


def _row_to_lines(row: Sequence[Cell]) -> int:
    """Return about how many lines a row has on a screen."""
    texts = (cell.text or " ".join(run.text for run in cell.runs) for cell in row)
    return 1 + max((len(text) for text in texts), default=0) // _LETTERS
