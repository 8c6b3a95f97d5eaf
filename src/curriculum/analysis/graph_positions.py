"""Place the duties, KSBs and themes of a standard: what `curriculum.html.graph_svg` draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Final

import networkx as nx

from curriculum.errors import NotFound
from curriculum.html.graph_plan import GraphDrawing, GraphEdge, GraphNode
from curriculum.model import vocabulary as v

__all__ = ["graph_to_drawing"]

# As many KSBs stand below each other; more of a kind have several columns.
_MOST_ROWS: Final = 30
_ZONES: Final = {"duty": "left", "theme": "right"}
_SHORT_KINDS: Final = {kind: letters for letters, kind in v.KIND_OF_LETTERS.items()}


def graph_to_drawing(
    graph: nx.DiGraph,
    title: str,
    marks: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
) -> GraphDrawing:
    """Return the places of duties, KSBs and themes: duties at the left, KSBs by kind, themes at the right.

    All are in the order of the document, so that a code is found where it is expected.

    Parameters
    ----------
    graph
        As `tables_to_graph` returns it.
    title
        The title.
    marks
        A word for what became of a duty, KSB or theme, by its code, such as `new`.
    links
        Where a link on it leads, by its code.

    Raises
    ------
    NotFound
        If the graph has no KSB, or neither duties nor themes.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.analysis.standard_graph import tables_to_graph
    >>> graph = tables_to_graph(read_tables("data/processed"), "st0792-1.2")
    >>> drawing = graph_to_drawing(graph, "Graph")
    >>> drawing.nodes[0].facts, len(drawing.nodes), len(drawing.edges)
    ('duty, core; 10 KSBs: K1, K2, K3, K9, S1, S2, S3, S5, B1, B4', 85, 175)
    """
    of_kind = {
        kind: [node for node, kind_of_node in graph.nodes(data="kind") if kind_of_node == kind]
        for kind in ("duty", "statement", "theme")
    }
    if not of_kind["statement"] or not (of_kind["duty"] or of_kind["theme"]):
        raise NotFound(
            "there is no graph to draw",
            expected="a standard with KSBs, and with duties or themes that name them",
        )
    columns = list(_columns(graph, of_kind["statement"]))
    places = {node: (at, row) for at, (_, nodes) in enumerate(columns) for row, node in enumerate(nodes)}
    options = [
        name for _, data in graph.nodes(data=True) if data["kind"] == "option" for name in [data[v.NAME]]
    ]
    nodes = [
        _node(graph, node, places.get(node, (0, row)), marks or {}, links or {})
        for group in (of_kind["duty"], [node for _, nodes in columns for node in nodes], of_kind["theme"])
        for row, node in enumerate(group)
    ]
    edges = [
        GraphEdge(start, end, _style(graph.nodes[start][v.OPTION], options))
        for start, end, kind in graph.edges(data="kind")
        if kind in {"names", "groups"}
    ]
    headings = [
        "duties" if of_kind["duty"] else "",
        *(heading for heading, _ in columns),
        "themes" if of_kind["theme"] else "",
    ]
    alt = _alt(graph, of_kind) + _marks_to_text(nodes)
    return GraphDrawing(title, alt, nodes, edges, headings, options)


def _columns(graph: nx.DiGraph, statements: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the columns of KSBs: a heading and the KSBs of a kind, or of a part of a kind."""
    by_kind: dict[str, list[str]] = {}
    for node in statements:
        by_kind.setdefault(graph.nodes[node]["statement_kind"], []).append(node)
    for kind, nodes in by_kind.items():
        n_columns = ceil(len(nodes) / _MOST_ROWS)
        size = ceil(len(nodes) / n_columns)
        for start in range(0, len(nodes), size):
            yield ("" if start else _SHORT_KINDS.get(kind, kind)), nodes[start : start + size]


def _style(option: str, options: Sequence[str]) -> int:
    """Return the number of the style of an option; several options have that of the first."""
    first = option.partition("; ")[0]
    return options.index(first) if first in options else 0


def _node(
    graph: nx.DiGraph,
    node: str,
    place: tuple[int, int],
    marks: Mapping[str, str],
    links: Mapping[str, str],
) -> GraphNode:
    data = graph.nodes[node]
    code, kind = data[v.CODE], data["kind"]
    facts = [data.get("statement_kind", kind)]
    facts += [data[v.OPTION]] if data[v.OPTION] else []
    near = _neighbours(graph, node)
    others = [f"{len(codes)} {_plural(name, len(codes))}: {', '.join(codes)}" for name, codes in near.items()]
    return GraphNode(
        node,
        code,
        _ZONES.get(kind, "middle"),
        *place,
        "; ".join([", ".join(facts), *(others or ["linked with nothing"])]),
        data[v.NAME] if kind == "theme" else data[v.TEXT],
        marks.get(code, ""),
        links.get(code, ""),
    )


def _neighbours(graph: nx.DiGraph, node: str) -> dict[str, list[str]]:
    """Return the codes of the duties and themes of a KSB, or of the KSBs of a duty or theme."""
    near: dict[str, list[str]] = {}
    for start, end, kind in (*graph.in_edges(node, data="kind"), *graph.out_edges(node, data="kind")):
        if kind in {"names", "groups"}:
            other = graph.nodes[end if start == node else start]
            near.setdefault(other["kind"], []).append(other[v.CODE])
    return near


def _plural(kind: str, count: int) -> str:
    singular, plural = {"duty": ("duty", "duties"), "theme": ("theme", "themes")}.get(kind, ("KSB", "KSBs"))
    return singular if count == 1 else plural


def _marks_to_text(nodes: Sequence[GraphNode]) -> str:
    """Return how many nodes have each mark, as a sentence; empty without marks."""
    counts = Counter(node.mark for node in nodes if node.mark)
    return f" Marked: {', '.join(f'{count} {mark}' for mark, count in counts.items())}." if counts else ""


def _alt(graph: nx.DiGraph, of_kind: Mapping[str, Sequence[str]]) -> str:
    """Return the numbers of the graph, and the KSBs that no duty names or no theme groups."""
    counts = [f"{len(of_kind[kind])} {_plural(kind, len(of_kind[kind]))}" for kind in of_kind]
    kinds = [kind for *_, kind in graph.edges(data="kind")]
    named, grouped = kinds.count("names"), kinds.count("groups")
    sentences = f"{', '.join(counts)}. Duties name KSBs {named} times, themes {grouped} times."
    ways = (
        ("duty", "Each KSB is named by a duty", "Named by no duty"),
        ("theme", "Each is in a theme", "In no theme"),
    )
    for kind, all_are, lacking in ways:
        if of_kind[kind]:
            alone = [
                graph.nodes[node][v.CODE]
                for node in of_kind["statement"]
                if kind not in _neighbours(graph, node)
            ]
            sentences += f" {lacking}: {', '.join(alone)}." if alone else f" {all_are}."
    return sentences
