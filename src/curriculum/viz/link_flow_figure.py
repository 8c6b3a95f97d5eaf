"""Draw where the statements of one version went, code by code, or by kind, theme or duty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from textwrap import shorten
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from curriculum.analysis.flow import NOWHERE
from curriculum.model import vocabulary as v
from curriculum.viz.figure_style import (
    CHANGE_FILLS,
    INK,
    SMALL,
    add_legend,
    add_title,
    check_frame_to_draw,
    escape_dollars,
    new_figure,
    styled,
)
from curriculum.viz.picture import Picture

__all__ = ["plot_link_flow"]

_COLUMNS: Final = ("old", "new", v.CHANGE, "n_links", "n_waiting", "old_codes", "new_codes")
# In inches: the least height of a group, for its text; the height of a link; the space between groups.
_LEAST, _LINK, _SPACE = 0.165, 0.11, 0.035
# In inches: the width of a figure of codes, and of one of longer names; the part of it without ribbons.
_CODES, _NAMED, _LETTER = 7.0, 10.2, 0.078
_LONGEST, _SHORT = 36, 8
_BAR, _STUB = 0.05, 0.3
# Many links are thinner, so that the bars of a version are not higher than this.
_HIGHEST: Final = 7.0
# As many groups as the text of a figure names.
_MOST_SAID: Final = 30
_NO_NAMES: Final[tuple[Mapping[str, str], Mapping[str, str]]] = ({}, {})


class _Node(NamedTuple):
    """A group of statements: its top, its height, and how much each link takes of it."""

    top: float
    height: float
    n_links: int


@styled
def plot_link_flow(
    flow: pd.DataFrame,
    title: str,
    documents: tuple[str, str] = ("old", "new"),
    names: tuple[Mapping[str, str], Mapping[str, str]] = _NO_NAMES,
) -> Picture:
    """Draw a ribbon from each old group to each new group with a link between them.

    Parameters
    ----------
    flow
        As `crosswalk_to_flow` returns it.
    title
        The title.
    documents
        The ids of the two versions, which head their columns.
    names
        The names of old and of new groups, by code; a group without a name is drawn with its code alone.

    Returns
    -------
    Picture
        A bar for each group with its code and name. The colour of a ribbon is the change of most of its
        links, its thickness their number. A short ribbon leads nowhere, or comes from nowhere.
    """
    check_frame_to_draw(flow, _COLUMNS, "a flow, as crosswalk_to_flow returns it")
    labels = [_labels(flow[side], known) for side, known in zip(("old", "new"), names, strict=True)]
    longest = max((len(label) for of_side in labels for label in of_side.values()), default=0)
    width = _CODES if longest <= _SHORT else _NAMED
    left = longest * _LETTER + 0.2
    stacks = [_stack(flow, side) for side in ("old", "new")]
    height = max(node.top + node.height for side in stacks for node in side.values())
    sides = [_spread(stack, height) for stack in stacks]
    figure, axes = new_figure(width, height + 1.6)
    _draw_ribbons(axes, flow, sides, (left, width - left))
    _draw_nodes(axes, sides, labels, (left, width - left))
    for name, across, side in zip(documents, (left, width - left), ("right", "left"), strict=True):
        axes.text(across, -0.1, name, ha=side, va="bottom", fontsize=10, weight="bold")
    axes.set(xlim=(0, width), ylim=(height + 0.05, -0.35))
    axes.set_axis_off()
    add_title(figure, title)
    used = [name for name in CHANGE_FILLS if name in set(flow[v.CHANGE])]
    add_legend(figure, [CHANGE_FILLS[name].to_patch(name) for name in used])
    return Picture(figure, title, _flow_to_alt(flow), flow)


def _labels(groups: pd.Series[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return what is written beside each group."""
    codes = [code for code in dict.fromkeys(groups) if code != NOWHERE]
    return {
        code: shorten(f"{code} {names.get(code, '')}".strip(), _LONGEST, placeholder=" …") for code in codes
    }


def _stack(flow: pd.DataFrame, side: str) -> dict[str, _Node]:
    """Return the place of each group of a version, from top to bottom, in the order of the version."""
    counts: dict[str, int] = {}
    for group, count in zip(flow[side], flow["n_links"], strict=True):
        counts[group] = counts.get(group, 0) + count
    top, nodes = 0.0, {}
    link = min(_LINK, _HIGHEST / sum(counts.values()))
    for group in _in_order(flow, side):
        height = max(_LEAST, link * counts[group])
        nodes[group] = _Node(top, height, counts[group])
        top += height + _SPACE
    return nodes


def _spread(nodes: Mapping[str, _Node], height: float) -> dict[str, _Node]:
    """Return the groups of the shorter version with more space between them, so that both end together."""
    spare = height - max((node.top + node.height for node in nodes.values()), default=height)
    step = spare / max(len(nodes) - 1, 1)
    return {group: node._replace(top=node.top + at * step) for at, (group, node) in enumerate(nodes.items())}


def _in_order(flow: pd.DataFrame, side: str) -> list[str]:
    """Return the groups of a version in its order, which the frame keeps, without nowhere."""
    groups = flow.attrs.get(side) or dict.fromkeys(flow[side])
    known = set(flow[side])
    return [group for group in groups if group != NOWHERE and group in known]


def _draw_nodes(
    axes: Axes,
    sides: Sequence[Mapping[str, _Node]],
    labels: Sequence[Mapping[str, str]],
    places: tuple[float, float],
) -> None:
    for nodes, of_side, across, way in zip(sides, labels, places, (-1, 1), strict=True):
        for group, node in nodes.items():
            corner = (across - (_BAR if way < 0 else 0), node.top)
            axes.add_patch(Rectangle(corner, _BAR, node.height, facecolor=INK, linewidth=0, zorder=3))
            axes.text(
                across + way * (_BAR + 0.05),
                node.top + node.height / 2,
                escape_dollars(of_side[group]),
                ha="right" if way < 0 else "left",
                va="center",
                fontsize=SMALL + 0.5,
            )


def _draw_ribbons(
    axes: Axes, flow: pd.DataFrame, sides: Sequence[Mapping[str, _Node]], places: tuple[float, float]
) -> None:
    """Draw the ribbons, each from its part of the old group to its part of the new one."""
    order = {group: at for at, group in enumerate(sides[1])}
    starts = _parts(flow, "old", sides[0], key=lambda row: order.get(row["new"], len(order)))
    place = {group: at for at, group in enumerate(sides[0])}
    ends = _parts(flow, "new", sides[1], key=lambda row: place.get(row["old"], len(place)))
    rows = flow.to_dict("records")
    # Wide ribbons first, so that narrow ones stay visible.
    for at in sorted(range(len(rows)), key=lambda number: -rows[number]["n_links"]):
        fill = CHANGE_FILLS[rows[at][v.CHANGE]]
        axes.add_patch(
            PathPatch(
                _shape(starts.get(at), ends.get(at), places),
                facecolor=fill.colour,
                edgecolor=fill.edge if fill.hatch else INK,
                hatch=fill.hatch,
                linewidth=0.4,
                zorder=1,
                clip_on=False,
            )
        )


def _parts(
    flow: pd.DataFrame, side: str, nodes: Mapping[str, _Node], key: Callable[[Mapping[Any, Any]], int]
) -> dict[int, tuple[float, float]]:
    """Return the top and the bottom of each row in its group of one version."""
    rows = flow.to_dict("records")
    used: dict[str, float] = dict.fromkeys(nodes, 0.0)
    parts: dict[int, tuple[float, float]] = {}
    for at in sorted(range(len(rows)), key=lambda number: key(rows[number])):
        group = rows[at][side]
        if group != NOWHERE:
            node = nodes[group]
            share = node.height * rows[at]["n_links"] / node.n_links
            parts[at] = (node.top + used[group], node.top + used[group] + share)
            used[group] += share
    return parts


def _shape(
    start: tuple[float, float] | None, end: tuple[float, float] | None, places: tuple[float, float]
) -> Path:
    """Return the outline of a ribbon: the upper edge, and the lower edge back. Without an end it is short."""
    left, right = places
    if start is None or end is None:
        left, right = (left, left + _STUB) if start else (right - _STUB, right)
    first, last = start or end or (0.0, 0.0), end or start or (0.0, 0.0)
    middle = (left + right) / 2
    points = [(left, first[0]), (middle, first[0]), (middle, last[0]), (right, last[0])]
    points += [(right, last[1]), (middle, last[1]), (middle, first[1]), (left, first[1]), (left, first[0])]
    curve = [Path.CURVE4] * 3
    return Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])


def _flow_to_alt(flow: pd.DataFrame) -> str:
    """Return the numbers of a flow, and its groups as far as a text can list them."""
    linked = flow[(flow["old"] != NOWHERE) & (flow["new"] != NOWHERE)]
    counts = (
        f"{int(linked['n_links'].sum())} links between {linked['old'].nunique()} old and "
        f"{linked['new'].nunique()} new groups, {int(linked['n_waiting'].sum())} of them wait for review."
    )
    ways = (linked["old"] + " to " + linked["new"], linked["n_links"])
    without, new = flow[flow["new"] == NOWHERE], flow[flow["old"] == NOWHERE]
    lists = (
        ("Links", *ways),
        ("Without a counterpart", without["old"], without["n_links"]),
        ("New", new["new"], new["n_links"]),
    )
    return counts + "".join(_listed(*parts) for parts in lists)


def _listed(what: str, names: pd.Series[str], counts: pd.Series[int]) -> str:
    clauses = [name if n == 1 else f"{name} ({n})" for name, n in zip(names, counts, strict=True)]
    more = f" and {len(clauses) - _MOST_SAID} more" if len(clauses) > _MOST_SAID else ""
    return f" {what}: {', '.join(clauses[:_MOST_SAID])}{more}." if clauses else ""
