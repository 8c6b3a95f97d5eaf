"""Draw a standard as a whole: its graph in columns, and the duties that give evidence for each theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_shortened
from curriculum.viz.figure_style import (
    INK,
    add_title,
    close_figure,
    closed_on_error,
    escape_dollars,
    number_to_colour,
    remove_frame,
)

__all__ = ["plot_graph_in_columns", "plot_theme_evidence"]

_COLUMNS = {"duty": 0.0, "statement": 1.0, "theme": 2.0}
_LONGEST = 44
_INCHES_PER_KSB = 0.2


def graph_to_positions(graph: nx.DiGraph) -> dict[str, tuple[float, float]]:
    """Return the position of each duty, KSB and theme: a column for each kind, from top to bottom.

    KSBs are sorted by the mean height of the duties that name them, and themes by the mean height of their
    KSBs, so that few lines cross. Ties keep the order of the document. Nothing is random.
    """
    order = {node: position for position, node in enumerate(graph)}
    nodes = {
        kind: [n for n, kind_of_node in graph.nodes(data="kind") if kind_of_node == kind] for kind in _COLUMNS
    }
    heights = _spread(nodes["duty"])
    for kind, edge in (("statement", "names"), ("theme", "groups")):
        near = nx.Graph(pair[:2] for pair in graph.edges(data="kind") if pair[2] == edge)
        means = {node: _mean_height(near, node, heights) for node in nodes[kind]}
        heights |= _spread(sorted(nodes[kind], key=lambda node: (means[node], order[node])))
    return {node: (_COLUMNS[graph.nodes[node]["kind"]], -height) for node, height in heights.items()}


def _mean_height(near: nx.Graph, node: str, heights: Mapping[str, float]) -> float:
    """Return the mean height of the neighbours of a node; the bottom if it has none."""
    known = [heights[other] for other in near.adj.get(node, ()) if other in heights]
    return fmean(known) if known else 1.0


def _spread(nodes: Sequence[str]) -> dict[str, float]:
    """Return evenly spaced heights from 0 to 1 for nodes."""
    return {node: (position + 0.5) / len(nodes) for position, node in enumerate(nodes)}


@closed_on_error
def plot_graph_in_columns(graph: nx.DiGraph, title: str) -> Figure:
    """Draw duties, KSBs and themes in three columns, with lines from duties and themes to their KSBs.

    Parameters
    ----------
    graph
        As `tables_to_graph` returns it.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        Lines have the colour of the option of their duty or theme.
    """
    positions = graph_to_positions(graph)
    counts = Counter(kind for _, kind in graph.nodes(data="kind"))
    height = _INCHES_PER_KSB * max(counts[kind] for kind in _COLUMNS) + 1.2
    right = 2.95 if counts["theme"] else 1.25
    figure, axes = plt.subplots(figsize=(2.6 * (right + 1.25), max(4, height)), layout="constrained")
    options = [name for node, name in graph.nodes(data=v.NAME) if graph.nodes[node]["kind"] == "option"]
    colours = {name: number_to_colour(number) for number, name in enumerate(options)}
    pairs = [pair[:2] for pair in graph.edges(data="kind") if pair[2] in {"names", "groups"}]
    strokes = [colours.get(graph.nodes[source][v.OPTION], INK) for source, _ in pairs]
    lines = [[positions[source], positions[target]] for source, target in pairs]
    axes.add_collection(LineCollection(lines, colors=strokes, alpha=0.55, linewidths=1.1, zorder=1))
    for node, (across, down) in positions.items():
        _draw_node(axes, graph.nodes[node], across, down)
    axes.set(xlim=(-1.25, right), ylim=(-1.01, 0.03), xticks=[], yticks=[])
    headers = (("duty", "duties", "right"), ("statement", "KSBs", "center"), ("theme", "themes", "left"))
    for kind, header, side in headers:
        label = header if counts[kind] else ""
        axes.text(_COLUMNS[kind], 0.012, label, ha=side, va="bottom", fontsize=11, color=INK)
    add_title(axes, title)
    remove_frame(axes)
    handles = [
        Line2D([], [], color=colour, linewidth=3, label=escape_dollars(name))
        for name, colour in colours.items()
    ]
    if handles:
        figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False)
    return close_figure(figure)


def _draw_node(axes: Axes, attributes: Mapping[str, str], across: float, down: float) -> None:
    """Draw a node: the text of duties on the left, of themes on the right; a KSB as its code."""
    if attributes["kind"] == "statement":
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "0.6"}
        axes.text(across, down, attributes[v.CODE], ha="center", va="center", fontsize=8, bbox=box, zorder=3)
        return
    is_duty = attributes["kind"] == "duty"
    text_of_node = escape_dollars(
        text_to_shortened(attributes[v.TEXT] if is_duty else attributes[v.NAME], _LONGEST)
    )
    text = f"{text_of_node}  {attributes[v.CODE]}" if is_duty else f"{attributes[v.CODE]}  {text_of_node}"
    offset = -0.03 if is_duty else 0.03
    axes.text(across + offset, down, text, ha="right" if is_duty else "left", va="center", fontsize=8.5)
    axes.plot([across], [down], marker="o", markersize=4, color=INK, zorder=2)


@closed_on_error
def plot_theme_evidence(evidence: pd.DataFrame, title: str) -> Figure:
    """Draw the duties that give evidence for each theme.

    Parameters
    ----------
    evidence
        As `graph_to_theme_evidence` returns it.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        A square for each theme and duty with a common KSB, with the number of common KSBs. A darker square is
        a larger share of the KSBs of the theme.
    """
    themes = list(dict.fromkeys(zip(evidence["theme"], evidence[v.NAME], strict=True)))
    duties = sorted(set(evidence["duty"]), key=lambda code: int(code[1:]))
    rows = {code: position for position, (code, _) in enumerate(themes)}
    columns = {code: position for position, code in enumerate(duties)}
    size = (0.55 * len(duties) + 4.2, 0.36 * len(themes) + 1.6)
    figure, axes = plt.subplots(figsize=size, layout="constrained")
    across = [columns[code] for code in evidence["duty"]]
    down = [rows[code] for code in evidence["theme"]]
    shares = evidence["share_of_theme"]
    squares = axes.scatter(across, down, c=shares, s=390, marker="s", cmap="Blues", vmin=0, vmax=1)
    for x, y, count, share in zip(across, down, evidence["n_shared"], shares, strict=True):
        axes.text(x, y, str(count), ha="center", va="center", color="white" if share > 0.6 else "black")
    axes.set_xticks(range(len(duties)), duties)
    axes.set_yticks(range(len(themes)), [f"{escape_dollars(name)}  {code}" for code, name in themes])
    axes.set(xlim=(-0.6, len(duties) - 0.4), ylim=(len(themes) - 0.4, -0.6), xlabel="duty", ylabel="theme")
    axes.grid(color="0.93", zorder=0)
    axes.set_axisbelow(True)
    add_title(axes, title)
    remove_frame(axes)
    bar = figure.colorbar(squares, ax=axes, shrink=0.5, aspect=18, pad=0.02)
    bar.set_label("share of the theme's KSBs (the number: how many)")
    bar.outline.set_visible(False)
    return close_figure(figure)
