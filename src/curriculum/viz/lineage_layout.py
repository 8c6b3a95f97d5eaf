"""Where the boxes and lines of a lineage stand, computed before anything is drawn."""

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

__all__ = ["BOX", "LINE", "Box", "Layout", "Link", "lineage_to_layout"]

# The width of a box, as a share of that of a column; the height of a line of text, in inches.
BOX: Final = 0.7
LINE: Final = 0.17
_WIDTH, _MOST_LINES = 36, 5
# The least height of a box, what it has beside its lines, and what lies between two, in inches.
_LEAST, _MARGIN, _BETWEEN = 0.62, 0.14, 0.2
_Row = Mapping[Any, Any]


class Box(NamedTuple):
    """A statement as it is drawn: its column, where its middle is, its height, and what is written in it."""

    column: int
    middle: float
    height: float
    lines: tuple[str, ...]


class Link(NamedTuple):
    """A line between two statements, by the points that it runs over, from the further one to the nearer."""

    row: _Row
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Layout:
    """A lineage laid out: across in columns, downwards in inches.

    Attributes
    ----------
    columns
        The column of each document.
    boxes
        The box of each statement.
    links
        The line of each step.
    height
        How far down the boxes reach.
    """

    columns: Mapping[str, int]
    boxes: Mapping[str, Box]
    links: tuple[Link, ...]
    height: float


def lineage_to_layout(lineage: pd.DataFrame) -> Layout:
    """Lay a lineage out: a column for each document, the oldest first; a band for each line of statements.

    A line slants only between two columns, where no box is. Where it passes the column of a document that it
    leaps over, it runs level, in a band in which that column has no box.

    Parameters
    ----------
    lineage
        As `statement_to_lineage` gives it.
    """
    rows = lineage[lineage[v.STATEMENT_ID] != v.NO_TERM_FOUND].to_dict("records")
    places = {row[v.DOCUMENT_ID]: row[PLACE] for row in rows}
    columns = {name: column for column, name in enumerate(sorted(places, key=places.__getitem__))}
    lines = {row[v.STATEMENT_ID]: _text_to_lines(row[v.TEXT]) for row in rows}
    heights = {name: max(_LEAST, LINE * (len(own) + 1) + _MARGIN) for name, own in lines.items()}
    band = max(heights.values()) + _BETWEEN
    bands = _Bands(rows, columns)
    boxes = {
        name: Box(bands.column(name), bands.of[name] * band, heights[name], own)
        for name, own in lines.items()
    }
    links = tuple(
        Link(row, _points(row, boxes, lane * band))
        for row, lane in zip(bands.steps, bands.lanes, strict=True)
    )
    reached = [down for link in links for _, down in link.points]
    return Layout(
        columns, boxes, links, max([*reached, *(box.middle + box.height / 2 for box in boxes.values())])
    )


def _text_to_lines(text: str) -> tuple[str, ...]:
    return tuple(wrap(text, _WIDTH, max_lines=_MOST_LINES, placeholder=" …"))


class _Bands:
    """The band of each statement, and the one in which each step passes what it leaps over."""

    def __init__(self, rows: Sequence[_Row], columns: Mapping[str, int]) -> None:
        self.columns = columns
        self.documents = {row[v.STATEMENT_ID]: row[v.DOCUMENT_ID] for row in rows}
        self.root = rows[0][v.STATEMENT_ID]
        self.steps = rows[1:]
        self.of: dict[str, float] = {}
        if self._is_in_order():
            self._share()
        else:
            self._part()
        self.lanes = self._lanes()

    def column(self, name: str) -> int:
        return self.columns[self.documents[name]]

    def _is_in_order(self) -> bool:
        """Return whether every step leads to its own side, and to a statement that no other leads to."""
        ways = (
            (self.column(row[v.STATEMENT_ID]) - self.column(row["parent_id"]))
            * (1 if row["direction"] == BECAME else -1)
            for row in self.steps
        )
        return all(way > 0 for way in ways) and len(self.documents) == len(self.steps) + 1

    def _share(self) -> None:
        """Return the end of each line a band, and every other statement the middle of those that it leads to.

        What a statement came from and what became of it stand on either side of it, and share bands.
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
            own = [place(other) for other in beyond.get(name, ())]
            found[name] = fmean(own) if own else next(bands) + 0.5
            return found[name]

        place(self.root)
        return found

    def _part(self) -> None:
        """Return each statement a band of its own, as versions that are linked in a circle have no order."""
        self.of = {name: number + 0.5 for number, name in enumerate(self.documents)}

    def _lanes(self) -> list[float]:
        """Return the band of each step: of the statement it leads to, unless another leads there too."""
        free = count(int(max(self.of.values()) + 0.5))
        led_to: set[str] = {self.root}
        lanes: list[float] = []
        for row in self.steps:
            name = row[v.STATEMENT_ID]
            lanes.append(self.of[name] if name not in led_to else next(free) + 0.5)
            led_to.add(name)
        return lanes


def _points(row: _Row, boxes: Mapping[str, Box], lane: float) -> tuple[tuple[float, float], ...]:
    """Return the points of a step: from the far box, level past the columns between, to the near box."""
    far, near = boxes[row[v.STATEMENT_ID]], boxes[row["parent_id"]]
    if far.column == near.column:
        edge, gap = far.column + BOX / 2, far.column + 0.5
        return (edge, far.middle), (gap, far.middle), (gap, near.middle), (edge, near.middle)
    way = 1 if near.column > far.column else -1
    passed = range(far.column + way, near.column, way)
    between = [(column + side * way * BOX / 2, lane) for column in passed for side in (-1, 1)]
    ends = (far.column + way * BOX / 2, far.middle), (near.column - way * BOX / 2, near.middle)
    return ends[0], *between, ends[1]
