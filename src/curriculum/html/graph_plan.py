"""Place the nodes of a graph in three zones, in pixels, and find lines between them that cross no box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from curriculum.html.graph_style import MARKS

__all__ = [
    "BOX_HEIGHT",
    "CODE_LETTER",
    "GAP",
    "LINE",
    "MARGIN",
    "MIDDLE",
    "Box",
    "GraphDrawing",
    "GraphEdge",
    "GraphNode",
    "Plan",
    "boxes_to_path",
    "drawing_to_marks",
    "drawing_to_plan",
    "node_to_sign",
]

LEFT, MIDDLE, RIGHT = "left", "middle", "right"
# In pixels: a margin, a small gap, a line of text, a box, and a letter of a code.
MARGIN, GAP, LINE, BOX_HEIGHT = 6, 8, 17, 16
CODE_LETTER: Final = 7.6
_ROW, _LANE = 20, 84
# The widest box of a duty or theme; what is left is space between the columns of KSBs, up to the widest.
_WIDEST, _WIDEST_SPACE = 315, 58
# The width of the bend at a box that a line reaches between two columns.
_TURN = 7


class GraphNode(NamedTuple):
    """A node of a graph.

    Attributes
    ----------
    key
        Its id, unique in the graph.
    code
        What is written in its box, such as ``K7``.
    zone
        `left`, `middle` or `right`. Nodes of the middle are small boxes; the others show their text too.
    column, row
        Its place in the zone, from 0.
    facts
        What it is and what it is linked with, in words.
    text
        Its wording.
    mark
        A word for what became of it, such as `new`; empty for none. It is shown by a sign and a colour.
    href
        Where a link on it leads; empty for none.
    """

    key: str
    code: str
    zone: str
    column: int
    row: int
    facts: str
    text: str
    mark: str = ""
    href: str = ""


class GraphEdge(NamedTuple):
    """A line between two nodes, and the number of its style in the legend."""

    start: str
    end: str
    style: int = 0


class GraphDrawing(NamedTuple):
    """All that is drawn.

    Attributes
    ----------
    title
        The title.
    alt
        What the graph shows, in a sentence or two.
    nodes, edges
        The nodes in the order of the Tab key, and the lines.
    headings
        The heading of the left zone, of each column of the middle, and of the right zone.
    styles
        The name of each style of lines; no legend if there are fewer than two.
    width
        The width in pixels.
    """

    title: str
    alt: str
    nodes: Sequence[GraphNode]
    edges: Sequence[GraphEdge]
    headings: Sequence[str]
    styles: Sequence[str] = ()
    width: int = 900


class Box(NamedTuple):
    """The box of a node, in pixels."""

    x: float
    y: float
    width: float
    height: float


class Plan(NamedTuple):
    """Where everything stands, in pixels."""

    boxes: Mapping[str, Box]
    headings: Sequence[tuple[float, str, str]]
    middle: tuple[float, float]
    top: float
    height: float


def drawing_to_plan(drawing: GraphDrawing, top: float) -> Plan:
    """Return where everything stands; the rows of the three zones are spread over the same height.

    Parameters
    ----------
    drawing
        What is drawn.
    top
        The height of what is above the boxes.
    """
    zones = {zone: [node for node in drawing.nodes if node.zone == zone] for zone in (LEFT, MIDDLE, RIGHT)}
    n_rows = max(max((node.row for node in nodes), default=0) + 1 for nodes in zones.values())
    body = n_rows * _ROW + GAP
    longest = max((len(node.code) + len(node_to_sign(node)) for node in zones[MIDDLE]), default=0)
    box = longest * CODE_LETTER + 10
    n_columns = len(drawing.headings) - 2
    sides = [zone for zone in (LEFT, RIGHT) if zones[zone]]
    room = drawing.width - 2 * MARGIN - n_columns * box - len(sides) * _LANE
    spare = room - len(sides) * _WIDEST
    gap = min(_WIDEST_SPACE, max(GAP, spare / max(n_columns - 1, 1)))
    middle = n_columns * (box + gap) - gap
    side = min(_WIDEST + _LANE, (room - (n_columns - 1) * gap) / max(len(sides), 1))
    start = MARGIN + (side + _LANE if zones[LEFT] else 0)
    boxes: dict[str, Box] = {}
    for node in zones[MIDDLE]:
        y = top + node.row * _ROW + (_ROW - BOX_HEIGHT) / 2
        boxes[node.key] = Box(start + node.column * (box + gap), y, box, BOX_HEIGHT)
    for zone, x in ((LEFT, MARGIN), (RIGHT, start + middle + _LANE)):
        step = body / max(len(zones[zone]), 1)
        height = 2 * BOX_HEIGHT if step >= 2 * _ROW else BOX_HEIGHT
        for node in zones[zone]:
            boxes[node.key] = Box(x, top + (node.row + 0.5) * step - height / 2, side, height)
    headings = [
        (MARGIN + side, drawing.headings[0], "end"),
        (start + middle + _LANE, drawing.headings[-1], "start"),
    ]
    headings += [
        (start + at * (box + gap), heading, "start") for at, heading in enumerate(drawing.headings[1:-1])
    ]
    return Plan(boxes, headings, (start, start + middle), top, top + body + _legend_height(drawing))


def _legend_height(drawing: GraphDrawing) -> int:
    return LINE * ((len(drawing.styles) > 1) + bool(drawing_to_marks(drawing))) + GAP


def drawing_to_marks(drawing: GraphDrawing) -> list[str]:
    """Return the marks of a drawing, each once."""
    return list(dict.fromkeys(node.mark for node in drawing.nodes if node.mark))


def node_to_sign(node: GraphNode) -> str:
    """Return the sign of the mark of a node; empty without a mark."""
    return MARKS.get(node.mark, ("•", ""))[0] if node.mark else ""


def boxes_to_path(start: Box, end: Box, middle: tuple[float, float]) -> str:
    """Return a line from the right of a box to the left of another, which runs through no box.

    Boxes of the middle stand in rows. A line to a box behind the first column takes the space above its row,
    a line from a box before the last column the space below its row.
    """
    x1, y1, x2, y2 = start.x + start.width, start.y + start.height / 2, end.x, end.y + end.height / 2
    first, last = middle
    if x2 > first and x1 < first:
        between = end.y - 1
        return f"{_curve(x1, y1, first, between)}H{x2 - _TURN:.1f}{_bend(x2 - _TURN, between, x2, y2)}"
    if x1 < last and x2 > last:
        between = start.y + start.height + 1
        return f"{_curve(x1, y1, x1 + _TURN, between)}H{last:.1f}{_bend(last, between, x2, y2)}"
    return _curve(x1, y1, x2, y2)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{x1:.1f} {y1:.1f}{_bend(x1, y1, x2, y2)}"


def _bend(x1: float, y1: float, x2: float, y2: float) -> str:
    part = (x2 - x1) * 0.6
    return f"C{x1 + part:.1f} {y1:.1f} {x2 - part:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
