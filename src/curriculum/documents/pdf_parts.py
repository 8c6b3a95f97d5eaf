"""The parts of a PDF, from the letters of a page to the blocks of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

__all__ = [
    "REACH",
    "SYMBOL_BULLETS",
    "Box",
    "Doubt",
    "Filled",
    "Grid",
    "GridBox",
    "GridLine",
    "Item",
    "LeftOut",
    "Letter",
    "Note",
    "PdfFile",
    "PdfPage",
    "Piece",
    "Region",
    "RowTable",
    "Style",
    "TextBlock",
    "Unseen",
    "Word",
    "are_same_columns",
    "is_duty",
]

# In points: how far the end of a line may be off.
REACH: Final = 3.2
# Bullets of the fonts for symbols, which stand in the private part of Unicode.
SYMBOL_BULLETS: Final = frozenset(
    map(chr, (0xF0B7, 0xF0A7, 0xF0D8, 0xF0A8, 0xF076, 0xF02D, 0xF0E0, 0xF09F, 0xF06E))
)
# In points: how far the edges of a column may differ in two parts of a table.
_SAME_COLUMN: Final = 4.0
_DUTY_START: Final = re.compile(r"duty\s?\d{1,3}\b", re.IGNORECASE)
# How far letters go above and below their base line, as shares of their size.
_ASCENT, _DESCENT = 0.78, 0.22


class Box(NamedTuple):
    """A rectangle of a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point is within it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.bottom - self.top


class Filled(NamedTuple):
    """A rectangle that is filled with a colour, and its place in the order of drawing."""

    box: Box
    is_white: bool
    is_opaque: bool
    order: int


class Style(NamedTuple):
    """How letters are drawn: size, bold or not, seen or not, angle in degrees, colour, order of drawing."""

    size: float
    is_bold: bool
    is_seen: bool
    angle: float
    is_white: bool
    order: int


class Letter(NamedTuple):
    """A letter: its sign, its left and right edge, its base line, and how it is drawn."""

    sign: str
    left: float
    right: float
    base: float
    style: Style


class Note(NamedTuple):
    """What is laid over a page: its kind, its text and its place."""

    kind: str
    text: str
    box: Box


class PdfPage(NamedTuple):
    """What is on a page.

    Attributes
    ----------
    number
        The number of the page, from 1.
    width, height
        Its size in points, as it is shown.
    letters
        Its letters, in the order in which the file has them.
    rules, boxes, images
        Straight lines, filled rectangles, and the places of pictures.
    notes
        Fields of forms, comments and strokes that are laid over the page.
    n_unmapped
        How many letters are drawn without a known sign.
    n_paths
        How many lines, curves and filled forms are drawn.
    is_unread
        Whether the page is damaged.
    is_crowded
        Whether it has so many lines that not all of them are known.
    """

    number: int
    width: float = 0
    height: float = 0
    letters: tuple[Letter, ...] = ()
    rules: tuple[Box, ...] = ()
    boxes: tuple[Filled, ...] = ()
    images: tuple[Box, ...] = ()
    notes: tuple[Note, ...] = ()
    n_unmapped: int = 0
    n_paths: int = 0
    is_unread: bool = False
    is_crowded: bool = False


class PdfFile(NamedTuple):
    """A PDF: its pages, how many files are attached to it, and whether it is a form that a program fills."""

    pages: tuple[PdfPage, ...]
    n_attached: int = 0
    is_filled_form: bool = False


class Unseen(Enum):
    """Why letters are left out; the value is its name in messages."""

    INVISIBLE = "text that is not drawn"
    WHITE = "white text"
    COVERED = "text that is covered"
    OUTSIDE = "text outside of the page"
    TURNED = "text that is turned"
    TINY = "text too small to read"
    OVERPRINTED = "text that is printed over other text"
    TOUCHING = "text without a space to the text of another column"


class LeftOut(NamedTuple):
    """A text that is left out of a page, and why."""

    why: Unseen
    text: str


class Word(NamedTuple):
    """A word: its text, edges, base line and size, whether it is bold, and has the mark of a footnote."""

    text: str
    left: float
    right: float
    base: float
    size: float
    is_bold: bool
    is_marked: bool = False

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.base + _DESCENT * self.size

    @property
    def centre(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, self.base - 0.28 * self.size


class Piece(NamedTuple):
    """Words on one base line without a wide gap between them.

    Attributes
    ----------
    words
        The words, from left to right.
    left, right, base, size
        Its edges, its base line, and the size of its letters.
    opens
        Whether it begins a paragraph: with a bullet, a label or a number, or as a list of codes.
    is_codes
        Whether it has nothing but codes.
    has_tab
        Whether a gap is behind its label.
    """

    words: tuple[Word, ...]
    left: float
    right: float
    base: float
    size: float
    opens: bool = False
    is_codes: bool = False
    has_tab: bool = False

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        """Its words, with one space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def is_bold(self) -> bool:
        """Whether all of its words are bold."""
        return all(word.is_bold for word in self.words)


class GridLine(NamedTuple):
    """A straight line: its place, and where it begins and ends."""

    at: float
    start: float
    end: float


class GridBox(NamedTuple):
    """A cell: its place, its row and column from 1, and how many of them it spans."""

    box: Box
    row: int
    column: int
    n_rows: int
    n_columns: int


class Grid(NamedTuple):
    """A table: its place, its cells, and the edges of its columns.

    `is_whole` is false if some of its cells are no rectangles; `is_ruled` if no lines part its columns.
    """

    box: Box
    cells: tuple[GridBox, ...]
    columns: tuple[float, ...]
    is_whole: bool = True
    is_ruled: bool = False

    @property
    def n_columns(self) -> int:
        """The number of its columns."""
        return len(self.columns) - 1


class TextBlock(NamedTuple):
    """Lines below each other in a column, and its right edge.

    `is_cell` if that edge is sure; `is_label` if it is narrow text beside a list, whose edge is not known.
    """

    lines: tuple[Piece, ...]
    right: float
    is_cell: bool = False
    is_label: bool = False


class RowTable(NamedTuple):
    """A table without lines: for each row the lines in each of its columns.

    `edges` are the left edges of its columns, if it can go on over pages; each of its rows begins with a
    label in the column `key`, from 1, if that is not 0.
    """

    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    edges: tuple[float, ...] = ()
    key: int = 0


@dataclass(frozen=True)
class Doubt:
    """What cannot be told about a place, as a clause."""

    reason: str


Region = TextBlock | RowTable | Grid | Doubt
Item = Piece | Grid


def are_same_columns(columns: Sequence[float], others: Sequence[float]) -> bool:
    """Return whether two tables have columns of the same widths, from their edges in points."""
    return len(columns) == len(others) and all(
        abs((first - columns[0]) - (second - others[0])) <= _SAME_COLUMN
        for first, second in zip(columns, others, strict=True)
    )


def is_duty(text: str) -> bool:
    """Return whether a text begins with the label of a duty.

    Examples
    --------
    >>> is_duty("Duty 3 Mend the net"), is_duty("Duty free")
    (True, False)
    """
    return _DUTY_START.match(text) is not None
