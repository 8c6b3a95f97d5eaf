"""What is found one after the other in a file in the Rich Text Format: paragraphs, ends of cells and rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from curriculum.documents.list_numbering import Label
from curriculum.documents.text_looks import Piece

__all__ = ["CellEnd", "CellShape", "EventTarget", "Paragraph", "RowEnd", "RowShape"]


class CellShape(NamedTuple):
    """A cell of a row: its right edge, and whether it goes on with another cell or is deleted."""

    edge: int
    goes_on_above: bool = False
    goes_on_before: bool = False
    is_deleted: bool = False


@dataclass(frozen=True)
class RowShape:
    """The cells of a row, its left edge, and whether it is one of headings."""

    left: int = 0
    cells: tuple[CellShape, ...] = ()
    is_heading: bool = False


class Paragraph(NamedTuple):
    """A paragraph: its text, its label, its level as a heading, and in how many tables it is."""

    pieces: list[Piece]
    label: Label
    heading: int
    depth: int


class CellEnd(NamedTuple):
    """The end of a cell of a table at a depth."""

    depth: int


class RowEnd(NamedTuple):
    """The end of a row of a table at a depth."""

    depth: int
    shape: RowShape


class EventTarget(Protocol):
    """What makes lines and tables of paragraphs and of the ends of cells and rows."""

    def add(self, event: Paragraph | CellEnd | RowEnd) -> None:
        """Add a paragraph, or end a cell or a row."""

    def is_in_cell(self, depth: int) -> bool:
        """Return whether the open cell of the table at a depth has text."""

    def close(self) -> None:
        """End the tables that are open."""
