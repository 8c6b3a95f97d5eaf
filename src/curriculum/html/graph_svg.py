"""Draw a graph of three groups of nodes as SVG, which answers to mouse and keyboard, or as a still picture.

It answers by CSS alone. A page may hold several graphs: all ids and rules of one begin with its prefix. The
same graph gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Final

from curriculum.html.graph_plan import (
    BOX_HEIGHT,
    CODE_LETTER,
    GAP,
    LINE,
    MARGIN,
    MIDDLE,
    Box,
    GraphDrawing,
    GraphNode,
    Plan,
    boxes_to_path,
    drawing_to_marks,
    drawing_to_plan,
    node_to_sign,
)
from curriculum.html.graph_style import INK, MARKS, SIZES, STROKES, graph_to_rules
from curriculum.model.palette import background_to_text_colour

__all__ = ["drawing_to_html", "drawing_to_svg"]

_HINT: Final = (
    "Point at a box, or move to it with the Tab key: its lines stand out, and its wording is shown here."
)
# In pixels: the height of the title and of the headings; the width of a letter.
_TITLE, _HEADING = 26, 24
_LETTER: Final = 6.9
_LETTERS_OF_A_LINE: Final = 126
_MOST_LINES: Final = 8


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
    >>> from curriculum.html.graph_plan import GraphNode
    >>> node = GraphNode("a:K1", "K1", "middle", 0, 0, "knowledge", "Knots & ropes")
    >>> part = drawing_to_html(GraphDrawing("Graph", "One KSB.", [node], [], ["", "K", ""]), "g")
    >>> part.startswith('<figure id="g"'), "Knots &amp; ropes" in part
    (True, True)
    """
    wordings = {node.key: _wording(node) for node in drawing.nodes}
    n_lines = max((len(lines) for lines in wordings.values()), default=1)
    plan = drawing_to_plan(drawing, _TITLE + n_lines * LINE + _HEADING)
    numbers = {node.key: f"{prefix}-{number}" for number, node in enumerate(drawing.nodes)}
    parts = [
        f'<figure id="{prefix}" style="margin:0;overflow-x:auto">',
        f"<style>{graph_to_rules(prefix, list(numbers.values()))}</style>",
        f'<a class="skip" href="#{prefix}-end">Skip the graph</a>',
        _head(drawing.width, plan, f'role="group" aria-label="{escape(f"{drawing.title}. {drawing.alt}")}"'),
        *_frame(drawing, plan),
        f'<text class="hint" x="{MARGIN}" y="{_TITLE + 12}">{escape(_HINT)}</text>',
        *_edges(drawing, plan, numbers),
        *_nodes(drawing, plan, numbers),
        *(_panel(numbers[key], lines) for key, lines in wordings.items()),
        "</svg>",
        f'<figcaption id="{prefix}-end" tabindex="-1">{escape(drawing.alt)}</figcaption>',
        "</figure>",
    ]
    return "\n".join(parts)


def drawing_to_svg(drawing: GraphDrawing) -> str:
    """Return a graph as a still picture.

    Examples
    --------
    >>> from curriculum.html.graph_plan import GraphNode
    >>> node = GraphNode("a:K1", "K1", "middle", 0, 0, "knowledge", "Knots & ropes")
    >>> drawing_to_svg(GraphDrawing("Graph", "One KSB.", [node], [], ["", "K", ""]))[:41]
    '<svg xmlns="http://www.w3.org/2000/svg" w'
    """
    plan = drawing_to_plan(drawing, _TITLE + _HEADING)
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


def _head(width: int, plan: Plan, name: str) -> str:
    size = f'width="{width}" height="{plan.height:g}" viewBox="0 0 {width} {plan.height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {name} '
        f'font-family="DejaVu Sans,Verdana,Arial,sans-serif" font-size="{SIZES["text"]}" fill="{INK}">'
    )


def _frame(drawing: GraphDrawing, plan: Plan) -> Iterator[str]:
    """Yield the title, the headings and the legend."""
    yield f'<text x="{MARGIN}" y="16" font-size="{SIZES["title"]}">{escape(drawing.title)}</text>'
    for x, heading, anchor in plan.headings:
        if heading:
            yield (
                f'<text x="{x:g}" y="{plan.top - 7:g}" text-anchor="{anchor}" font-weight="bold">'
                f"{escape(heading)}</text>"
            )
    y = plan.height - GAP / 2
    if drawing_to_marks(drawing):
        yield from _legend(y, drawing_to_marks(drawing))
        y -= LINE
    if len(drawing.styles) > 1:
        yield from _line_legend(y, drawing.styles)


def _legend(y: float, marks: Sequence[str]) -> Iterator[str]:
    """Yield for each mark a small box with its colour and its sign, and the mark."""
    x = float(MARGIN)
    for mark in marks:
        sign, fill = MARKS.get(mark, ("•", "#FFFFFF"))
        yield (
            f'<rect x="{x:g}" y="{y - 11:g}" width="18" height="14" rx="3" fill="{fill}" stroke="#767676"/>'
            f'<text x="{x + 9:g}" y="{y:g}" text-anchor="middle" fill="{background_to_text_colour(fill)}" '
            f'font-size="{SIZES["code"]}">{escape(sign)}</text>'
            f'<text x="{x + 24:g}" y="{y:g}">{escape(mark)}</text>'
        )
        x += 24 + _LETTER * len(mark) + 20


def _line_legend(y: float, styles: Sequence[str]) -> Iterator[str]:
    x = float(MARGIN)
    for number, style in enumerate(styles):
        colour, dashes = STROKES[number % len(STROKES)]
        yield (
            f'<path d="M{x:g} {y - 4:g}h28" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
            f'<text x="{x + 34:g}" y="{y:g}">{escape(style)}</text>'
        )
        x += 34 + _LETTER * len(style) + 24


def _edges(drawing: GraphDrawing, plan: Plan, numbers: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines; they are below the boxes. In a page, a line has the classes of its two nodes."""
    yield f'<g fill="none"{"" if numbers else " opacity=" + chr(34) + "0.45" + chr(34)}>'
    for edge in drawing.edges:
        start, end = sorted((plan.boxes[edge.start], plan.boxes[edge.end]), key=lambda box: box.x)
        path = boxes_to_path(start, end, plan.middle)
        colour, dashes = STROKES[edge.style % len(STROKES)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        classes = f' class="e {numbers[edge.start]} {numbers[edge.end]}"' if numbers else ""
        yield f'<path d="{path}" stroke="{colour}"{dashed}{classes}/>'
    yield "</g>"


def _nodes(drawing: GraphDrawing, plan: Plan, numbers: Mapping[str, str]) -> Iterator[str]:
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


def _box_body(node: GraphNode, box: Box) -> str:
    """Return the box of a node with its code, and beside it the beginning of its text."""
    fill = MARKS.get(node.mark, ("", "#FFFFFF"))[1] if node.mark else "#FFFFFF"
    ink = background_to_text_colour(fill) if node.mark else INK
    middle = box.y + box.height / 2 + 4
    rect = (
        f'<rect x="{box.x:g}" y="{box.y:.1f}" width="{box.width:g}" height="{box.height:g}" rx="3" '
        f'fill="{fill}" stroke="{"#767676" if node.zone == MIDDLE else "#D0D0D0"}"/>'
    )
    code = f"{node.code}{node_to_sign(node)}"
    if node.zone == MIDDLE:
        text = (
            f'<text x="{box.x + box.width / 2:g}" y="{middle:.1f}" text-anchor="middle" fill="{ink}" '
            f'font-size="{SIZES["code"]}">{escape(code)}</text>'
        )
        return rect + text
    x = box.x + 6
    beside = x + len(code) * CODE_LETTER + 10
    letters = max(int((box.x + box.width - 4 - beside) / _LETTER), 8)
    n_lines = 2 if box.height > BOX_HEIGHT else 1
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
        f'<tspan x="{MARGIN}" y="{_TITLE + 12 + at * LINE}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    return f'<text id="{number}t" class="t">{spans}</text>'
