"""Compute the positions of the boxes and lines of a lineage, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import fmean
from textwrap import wrap
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.analysis.lineage import BECAME, PLACE
from curriculum.model import vocabulary as v

__all__ = ["BOX", "LINE", "Box", "Layout", "Link", "columns_to_width", "lineage_to_layout"]

# The width of a box as a share of its column; the height of a line of text in inches.
BOX: Final = 0.72
LINE: Final = 0.155
# In inches: the widest column, the width of all columns, the width of a letter and the margins of a box.
_WIDEST, _MOST_WIDTH, _LETTER, _SIDES = 3.4, 9.0, 0.068, 0.12
_MOST_LINES = 7
# In inches: the least height of a box, its margin, and the space between two boxes.
_LEAST, _MARGIN, _BETWEEN = 0.62, 0.14, 0.2
_Row = Mapping[Any, Any]


class Box(NamedTuple):
    """The box of a statement: its column, its vertical middle, its height, and its lines of text."""

    column: int
    middle: float
    height: float
    lines: tuple[str, ...]


class Link(NamedTuple):
    """A line between two statements: its row and its points, from the far statement to the near one."""

    row: _Row
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Layout:
    """The positions of a lineage: columns across, inches down.

    Attributes
    ----------
    columns
        The column of each document.
    boxes
        The box of each statement.
    links
        The line of each step.
    height
        The lowest point of the figure.
    """

    columns: Mapping[str, int]
    boxes: Mapping[str, Box]
    links: tuple[Link, ...]
    height: float


def columns_to_width(n_columns: int) -> float:
    """Return the width of a column in inches; many columns are narrower, so that the text stays large.

    Examples
    --------
    >>> columns_to_width(2), columns_to_width(5)
    (3.4, 1.8)
    """
    return min(_WIDEST, _MOST_WIDTH / max(n_columns, 1))


def lineage_to_layout(lineage: pd.DataFrame) -> Layout:
    """Return the layout of a lineage: a column for each document, the oldest first; a band for each line.

    A line is oblique only between two columns, where no box is. In the column of a document that it skips, it
    is horizontal, in a band without a box in that column.

    Parameters
    ----------
    lineage
        As `statement_to_lineage` returns it.
    """
    rows = lineage[lineage[v.STATEMENT_ID] != v.NO_TERM_FOUND].to_dict("records")
    positions = {row[v.DOCUMENT_ID]: row[PLACE] for row in rows}
    columns = {name: column for column, name in enumerate(sorted(positions, key=positions.__getitem__))}
    letters = int((columns_to_width(len(columns)) * BOX - _SIDES) / _LETTER)
    lines = {row[v.STATEMENT_ID]: _text_to_lines(row[v.TEXT], letters) for row in rows}
    heights = {
        name: max(_LEAST, LINE * (len(text_lines) + 1) + _MARGIN) for name, text_lines in lines.items()
    }
    band = max(heights.values()) + _BETWEEN
    bands = _Bands(rows, columns)
    boxes = {
        name: Box(bands.column(name), bands.of[name] * band, heights[name], text_lines)
        for name, text_lines in lines.items()
    }
    links = tuple(
        Link(row, _points(row, boxes, lane * band))
        for row, lane in zip(bands.steps, bands.lanes, strict=True)
    )
    reached = [down for link in links for _, down in link.points]
    return Layout(
        columns, boxes, links, max([*reached, *(box.middle + box.height / 2 for box in boxes.values())])
    )


def _text_to_lines(text: str, letters: int) -> tuple[str, ...]:
    return tuple(wrap(text, letters, max_lines=_MOST_LINES, placeholder=" …"))


class _Bands:
    """The band of each statement, and the band in which each step passes the documents that it skips."""

    def __init__(self, rows: Sequence[_Row], columns: Mapping[str, int]) -> None:
        self.columns = columns
        self.documents = {row[v.STATEMENT_ID]: row[v.DOCUMENT_ID] for row in rows}
        self.root = rows[0][v.STATEMENT_ID]
        self.steps = rows[1:]
        self.of: dict[str, float] = {}
        if self._is_in_order():
            self._share_bands()
        else:
            self._separate()
        self.lanes = self._lanes()

    def column(self, name: str) -> int:
        return self.columns[self.documents[name]]

    def _is_in_order(self) -> bool:
        """Return whether every step goes in its direction, to a statement that no other step leads to."""
        ways = (
            (self.column(row[v.STATEMENT_ID]) - self.column(row["parent_id"]))
            * (1 if row["direction"] == BECAME else -1)
            for row in self.steps
        )
        return all(way > 0 for way in ways) and len(self.documents) == len(self.steps) + 1

    def _share_bands(self) -> None:
        """Assign a band to the end of each line; other statements take the middle of those they lead to.

        Older and newer statements are on different sides of the root, and share bands.
        """
        sides = [
            self._side([row for row in self.steps if row["direction"] == direction])
            for direction in dict.fromkeys(row["direction"] for row in self.steps)
        ]
        middle = max((side[self.root] for side in sides), default=0.5)
        self.of[self.root] = middle
        for side in sides:
            down = middle - side[self.root]
            self.of |= {name: place + down for name, place in side.items()}

    def _side(self, steps: Sequence[_Row]) -> dict[str, float]:
        beyond: dict[str, list[str]] = {}
        for row in steps:
            beyond.setdefault(row["parent_id"], []).append(row[v.STATEMENT_ID])
        bands = count()
        found: dict[str, float] = {}

        def place(name: str) -> float:
            bands_beyond = [place(other) for other in beyond.get(name, ())]
            found[name] = fmean(bands_beyond) if bands_beyond else next(bands) + 0.5
            return found[name]

        place(self.root)
        return found

    def _separate(self) -> None:
        """Assign a separate band to each statement, because versions in a cycle have no order."""
        self.of = {name: number + 0.5 for number, name in enumerate(self.documents)}

    def _lanes(self) -> list[float]:
        """Return the band of each step: that of its statement, or a free one if another step has that."""
        free = count(int(max(self.of.values()) + 0.5))
        led_to: set[str] = {self.root}
        lanes: list[float] = []
        for row in self.steps:
            name = row[v.STATEMENT_ID]
            lanes.append(self.of[name] if name not in led_to else next(free) + 0.5)
            led_to.add(name)
        return lanes


def _points(row: _Row, boxes: Mapping[str, Box], lane: float) -> tuple[tuple[float, float], ...]:
    """Return the points of a step: from the far box, horizontal in the columns between, to the near box."""
    far, near = boxes[row[v.STATEMENT_ID]], boxes[row["parent_id"]]
    if far.column == near.column:
        edge, gap = far.column + BOX / 2, far.column + 0.5
        return (edge, far.middle), (gap, far.middle), (gap, near.middle), (edge, near.middle)
    way = 1 if near.column > far.column else -1
    passed = range(far.column + way, near.column, way)
    between = [(column + side * way * BOX / 2, lane) for column in passed for side in (-1, 1)]
    ends = (far.column + way * BOX / 2, far.middle), (near.column - way * BOX / 2, near.middle)
    return ends[0], *between, ends[1]
