"""Draw a graph of three groups of nodes as SVG, which answers to mouse and keyboard, or as a still picture.

It answers by CSS alone. A page may hold several graphs: all ids and rules of one begin with its prefix. The
same graph gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Final, NamedTuple

from curriculum.html.graph_style import INK, MARKS, SIZES, STROKES, graph_to_rules
from curriculum.model.palette import background_to_text_colour

__all__ = ["GraphDrawing", "GraphEdge", "GraphNode", "drawing_to_html", "drawing_to_svg"]

LEFT, MIDDLE, RIGHT = "left", "middle", "right"
_HINT: Final = (
    "Point at a box, or move to it with the Tab key: its lines stand out, and its wording is shown here."
)
# In pixels.
_TITLE, _LINE, _HEADING, _ROW, _BOX_HEIGHT = 26, 17, 24, 20, 16
_MARGIN, _LANE, _GAP = 6, 84, 8
# The widest box of a duty or theme; what is left is space between the columns of KSBs, up to the widest.
_WIDEST, _WIDEST_SPACE = 315, 58
# The width of the bend at a box that a line reaches between two columns.
_TURN = 7
_LETTER, _CODE_LETTER = 6.9, 7.6
_LETTERS_OF_A_LINE: Final = 126
_MOST_LINES: Final = 8


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
    width: int = 984


class _Box(NamedTuple):
    """The box of a node, in pixels."""

    x: float
    y: float
    width: float
    height: float


class _Plan(NamedTuple):
    """Where everything stands, in pixels."""

    boxes: Mapping[str, _Box]
    headings: Sequence[tuple[float, str, str]]
    middle: tuple[float, float]
    top: float
    height: float


def drawing_to_html(drawing: GraphDrawing, prefix: str) -> str:
    """Return a graph as a part of a page, in which a node and its neighbours stand out when it is active.

    Parameters
    ----------
    drawing
        What to draw.
    prefix
        What all ids begin with: letters, digits and hyphens, the first a letter; unique on the page.

    Examples
    --------
    >>> node = GraphNode("a:K1", "K1", "middle", 0, 0, "knowledge", "Knots & ropes")
    >>> part = drawing_to_html(GraphDrawing("Graph", "One KSB.", [node], [], ["", "K", ""]), "g")
    >>> part.startswith('<figure id="g"'), "Knots &amp; ropes" in part
    (True, True)
    """
    wordings = {node.key: _wording(node) for node in drawing.nodes}
    n_lines = max((len(lines) for lines in wordings.values()), default=1)
    plan = _plan(drawing, _TITLE + n_lines * _LINE + _HEADING)
    numbers = {node.key: f"{prefix}-{number}" for number, node in enumerate(drawing.nodes)}
    parts = [
        f'<figure id="{prefix}" style="margin:0;overflow-x:auto">',
        f"<style>{graph_to_rules(prefix, list(numbers.values()))}</style>",
        f'<a class="skip" href="#{prefix}-end">Skip the graph</a>',
        _head(drawing.width, plan, f'role="group" aria-label="{escape(f"{drawing.title}. {drawing.alt}")}"'),
        *_frame(drawing, plan),
        f'<text class="hint" x="{_MARGIN}" y="{_TITLE + 12}">{escape(_HINT)}</text>',
        *_edges(drawing, plan, numbers),
        *_nodes(drawing, plan, numbers),
        *(_panel(numbers[key], lines) for key, lines in wordings.items()),
        "</svg>",
        f'<span id="{prefix}-end" tabindex="-1"></span>',
        "</figure>",
    ]
    return "\n".join(parts)


def drawing_to_svg(drawing: GraphDrawing) -> str:
    """Return a graph as a still picture.

    Examples
    --------
    >>> node = GraphNode("a:K1", "K1", "middle", 0, 0, "knowledge", "Knots & ropes")
    >>> drawing_to_svg(GraphDrawing("Graph", "One KSB.", [node], [], ["", "K", ""]))[:41]
    '<svg xmlns="http://www.w3.org/2000/svg" w'
    """
    plan = _plan(drawing, _TITLE + _HEADING)
    name = escape(f"{drawing.title}. {drawing.alt}")
    parts = [
        _head(drawing.width, plan, f'role="img" aria-label="{name}"'),
        f"<title>{escape(drawing.title)}</title>",
        f"<desc>{escape(drawing.alt)}</desc>",
        f'<rect width="{drawing.width}" height="{plan.height:g}" fill="#FFFFFF"/>',
        *_frame(drawing, plan),
        *_edges(drawing, plan, {}),
        *_nodes(drawing, plan, {}),
        "</svg>",
    ]
    return "\n".join(parts)


def _plan(drawing: GraphDrawing, top: float) -> _Plan:
    """Return the box of each node. The rows of the three zones are spread over the same height."""
    zones = {zone: [node for node in drawing.nodes if node.zone == zone] for zone in (LEFT, MIDDLE, RIGHT)}
    n_rows = max(max((node.row for node in nodes), default=0) + 1 for nodes in zones.values())
    body = n_rows * _ROW + _GAP
    longest = max((len(node.code) + len(_sign(node)) for node in zones[MIDDLE]), default=0)
    box = longest * _CODE_LETTER + 10
    n_columns = len(drawing.headings) - 2
    sides = [zone for zone in (LEFT, RIGHT) if zones[zone]]
    room = drawing.width - 2 * _MARGIN - n_columns * box - len(sides) * _LANE
    spare = room - len(sides) * _WIDEST
    gap = min(_WIDEST_SPACE, max(_GAP, spare / max(n_columns - 1, 1)))
    middle = n_columns * (box + gap) - gap
    side = min(_WIDEST + _LANE, (room - (n_columns - 1) * gap) / max(len(sides), 1))
    start = _MARGIN + (side + _LANE if zones[LEFT] else 0)
    boxes: dict[str, _Box] = {}
    for node in zones[MIDDLE]:
        y = top + node.row * _ROW + (_ROW - _BOX_HEIGHT) / 2
        boxes[node.key] = _Box(start + node.column * (box + gap), y, box, _BOX_HEIGHT)
    for zone, x in ((LEFT, _MARGIN), (RIGHT, start + middle + _LANE)):
        step = body / max(len(zones[zone]), 1)
        height = 2 * _BOX_HEIGHT if step >= 2 * _ROW else _BOX_HEIGHT
        for node in zones[zone]:
            boxes[node.key] = _Box(x, top + (node.row + 0.5) * step - height / 2, side, height)
    headings = [
        (_MARGIN + side, drawing.headings[0], "end"),
        (start + middle + _LANE, drawing.headings[-1], "start"),
    ]
    headings += [
        (start + at * (box + gap), heading, "start") for at, heading in enumerate(drawing.headings[1:-1])
    ]
    return _Plan(boxes, headings, (start, start + middle), top, top + body + _legend_height(drawing))


def _legend_height(drawing: GraphDrawing) -> int:
    return _LINE * ((len(drawing.styles) > 1) + bool(_marks(drawing))) + _GAP


def _marks(drawing: GraphDrawing) -> list[str]:
    return list(dict.fromkeys(node.mark for node in drawing.nodes if node.mark))


def _sign(node: GraphNode) -> str:
    return MARKS.get(node.mark, ("•", ""))[0] if node.mark else ""


def _head(width: int, plan: _Plan, name: str) -> str:
    size = f'width="{width}" height="{plan.height:g}" viewBox="0 0 {width} {plan.height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {name} '
        f'font-family="DejaVu Sans,Verdana,Arial,sans-serif" font-size="{SIZES["text"]}" fill="{INK}">'
    )


def _frame(drawing: GraphDrawing, plan: _Plan) -> Iterator[str]:
    """Yield the title, the headings and the legend."""
    yield f'<text x="{_MARGIN}" y="16" font-size="{SIZES["title"]}">{escape(drawing.title)}</text>'
    for x, heading, anchor in plan.headings:
        if heading:
            yield (
                f'<text x="{x:g}" y="{plan.top - 7:g}" text-anchor="{anchor}" font-weight="bold">'
                f"{escape(heading)}</text>"
            )
    y = plan.height - _GAP / 2
    if _marks(drawing):
        yield _legend(y, [(MARKS.get(mark, ("•", ""))[0], mark) for mark in _marks(drawing)])
        y -= _LINE
    if len(drawing.styles) > 1:
        yield from _line_legend(y, drawing.styles)


def _legend(y: float, marks: Sequence[tuple[str, str]]) -> str:
    clauses = "   ".join(f"{sign} {mark}" for sign, mark in marks)
    return f'<text x="{_MARGIN}" y="{y:g}" xml:space="preserve">{escape(clauses)}</text>'


def _line_legend(y: float, styles: Sequence[str]) -> Iterator[str]:
    x = float(_MARGIN)
    for number, style in enumerate(styles):
        colour, dashes = STROKES[number % len(STROKES)]
        yield (
            f'<path d="M{x:g} {y - 4:g}h28" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
            f'<text x="{x + 34:g}" y="{y:g}">{escape(style)}</text>'
        )
        x += 34 + _LETTER * len(style) + 24


def _edges(drawing: GraphDrawing, plan: _Plan, numbers: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines; they are below the boxes. In a page, a line has the classes of its two nodes."""
    yield f'<g fill="none"{"" if numbers else " opacity=" + chr(34) + "0.45" + chr(34)}>'
    for edge in drawing.edges:
        start, end = sorted((plan.boxes[edge.start], plan.boxes[edge.end]), key=lambda box: box.x)
        path = _route(start, end, plan.middle)
        colour, dashes = STROKES[edge.style % len(STROKES)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        classes = f' class="e {numbers[edge.start]} {numbers[edge.end]}"' if numbers else ""
        yield f'<path d="{path}" stroke="{colour}"{dashed}{classes}/>'
    yield "</g>"


def _route(start: _Box, end: _Box, middle: tuple[float, float]) -> str:
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


def _nodes(drawing: GraphDrawing, plan: _Plan, numbers: Mapping[str, str]) -> Iterator[str]:
    """Yield the boxes. In a page each is focusable, named, and has the classes of its neighbours."""
    near: dict[str, list[str]] = {node.key: [node.key] for node in drawing.nodes}
    for edge in drawing.edges:
        near[edge.start].append(edge.end)
        near[edge.end].append(edge.start)
    for node in drawing.nodes:
        body = _box_body(node, plan.boxes[node.key])
        if not numbers:
            yield f"<g>{body}</g>"
            continue
        number = numbers[node.key]
        classes = " ".join(numbers[key] for key in dict.fromkeys(near[node.key]))
        shared = f'id="{number}" class="n {classes}" aria-labelledby="{number}t"'
        if node.href:
            yield f'<a {shared} href="{escape(node.href)}">{body}</a>'
        else:
            yield f'<g {shared} role="img" tabindex="0">{body}</g>'


def _box_body(node: GraphNode, box: _Box) -> str:
    """Return the box of a node with its code, and beside it the beginning of its text."""
    fill = MARKS.get(node.mark, ("", "#FFFFFF"))[1] if node.mark else "#FFFFFF"
    ink = background_to_text_colour(fill) if node.mark else INK
    middle = box.y + box.height / 2 + 4
    rect = (
        f'<rect x="{box.x:g}" y="{box.y:.1f}" width="{box.width:g}" height="{box.height:g}" rx="3" '
        f'fill="{fill}" stroke="{"#767676" if node.zone == MIDDLE else "#D0D0D0"}"/>'
    )
    code = f"{node.code}{_sign(node)}"
    if node.zone == MIDDLE:
        text = (
            f'<text x="{box.x + box.width / 2:g}" y="{middle:.1f}" text-anchor="middle" fill="{ink}" '
            f'font-size="{SIZES["code"]}">{escape(code)}</text>'
        )
        return rect + text
    x = box.x + 6
    beside = x + len(code) * _CODE_LETTER + 10
    letters = max(int((box.x + box.width - 4 - beside) / _LETTER), 8)
    n_lines = 2 if box.height > _BOX_HEIGHT else 1
    lines = wrap(node.text, letters, max_lines=n_lines, placeholder=" …")
    first = middle - (len(lines) - 1) * 7
    spans = "".join(
        f'<tspan x="{beside:g}" y="{first + at * 14:.1f}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    return (
        f'{rect}<text x="{x:g}" y="{middle:.1f}" font-weight="bold" fill="{ink}">{escape(code)}</text>'
        f'<text fill="{ink}">{spans}</text>'
    )


def _wording(node: GraphNode) -> list[str]:
    """Return the lines that are shown when a node is active, which are its name too."""
    facts = f"{node.code}: {node.facts}"
    head = f"{facts}; {node.mark}." if node.mark else f"{facts}."
    lines = wrap(node.text, _LETTERS_OF_A_LINE, max_lines=_MOST_LINES, placeholder=" …")
    return [*wrap(head, _LETTERS_OF_A_LINE), *lines]


def _panel(number: str, lines: Sequence[str]) -> str:
    spans = " ".join(
        f'<tspan x="{_MARGIN}" y="{_TITLE + 12 + at * _LINE}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    return f'<text id="{number}t" class="t">{spans}</text>'
