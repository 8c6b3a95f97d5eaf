"""What a group of a file in the Rich Text Format changes until its end: how text looks, and where it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from curriculum.documents.rich_text_events import CellShape, Paragraph, RowShape
from curriculum.documents.text_looks import Look, Piece

__all__ = ["OpenRow", "State", "Stream", "StreamKind", "Target"]


class Target(Enum):
    """What the text of a group is: text of the document, the label of a list, or part of a drawing."""

    TEXT = "text"
    LABEL = "label"
    SHAPE = "shape"


class State(NamedTuple):
    """What a group inherits from the one around it, and changes until its end.

    Attributes
    ----------
    target
        What its text is.
    look, font
        How text looks, and the number of its font; None for the default font.
    n_fallback
        How many letters behind a number of Unicode are for programs that do not know it.
    change
        The tracked change that text is: `insertion`, `deletion`, `move`; empty if none.
    style, outline, list_number, level
        Of paragraphs: the number of the style, the level as a heading (from 1), the list, the level in it.
    depth
        In how many tables paragraphs are.
    is_nested_row
        Whether words for rows are about a table within another.
    """

    target: Target = Target.TEXT
    look: Look = Look()
    font: int | None = None
    n_fallback: int = 1
    change: str = ""
    style: int = 0
    outline: int = 0
    list_number: int = 0
    level: int = 0
    depth: int = 0
    is_nested_row: bool = False

    def plain(self) -> State:
        """Return the state with the look of plain text."""
        return self._replace(look=Look(), font=None, change="")

    def new_paragraph(self) -> State:
        """Return the state with the defaults of paragraphs."""
        return self._replace(style=0, outline=0, list_number=0, level=0, depth=0)


class StreamKind(Enum):
    """Where paragraphs are: in the text, in the header of pages, or in a text box."""

    TEXT = "text"
    HEADER = "header"
    BOX = "box"


@dataclass
class Stream:
    """The paragraph that is open in a text, a header or a text box, and the boxes that are anchored in it."""

    kind: StreamKind = StreamKind.TEXT
    pieces: list[Piece] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    has_numbers: bool = False
    has_deleted: bool = False

    def is_empty(self) -> bool:
        """Return whether nothing of a paragraph was read."""
        return not (self.pieces or self.label or self.hidden or self.boxes)


@dataclass
class OpenRow:
    """The cells of a row of a table, as far as they were read."""

    left: int = 0
    is_heading: bool = False
    cells: list[CellShape] = field(default_factory=list)
    _next: CellShape = field(default_factory=lambda: CellShape(0))

    def mark(self, **flags: bool) -> None:
        """Mark the cell whose edge comes next."""
        self._next = self._next._replace(**flags)

    def add_edge(self, edge: int) -> None:
        """Add a cell by its right edge."""
        self.cells.append(self._next._replace(edge=edge))
        self._next = CellShape(0)

    def shape(self) -> RowShape:
        """Return the cells of the row."""
        return RowShape(self.left, tuple(self.cells), self.is_heading)
