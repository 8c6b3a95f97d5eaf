"""Draw the lineage of a statement, and the impact of a new version on each group of KSBs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from curriculum.analysis.impact import SORTS
from curriculum.model import vocabulary as v
from curriculum.model.palette import BLUE, GREY, ORANGE, SKY, VERMILION
from curriculum.viz.figure_style import (
    INK,
    add_title,
    background_to_text_colour,
    close_figure,
    closed_on_error,
    escape_dollars,
    remove_frame,
)
from curriculum.viz.lineage_layout import BOX, LINE, Box, Link, lineage_to_layout

__all__ = ["plot_impact", "plot_lineage"]

# The width of a column in inches; the position of a label on its line, as a share of its length.
_COLUMN = 3.6
_LABEL = 0.42
# The line style of links by their state.
_LINE_STYLES: dict[str, dict[str, Any]] = {
    "decided": {"color": BLUE, "linestyle": "-", "linewidth": 2.2},
    "needs no look": {"color": INK, "linestyle": "-", "linewidth": 1.6},
    "waits for review": {"color": VERMILION, "linestyle": "--", "linewidth": 1.4},
}
_SORT_COLOURS = dict(zip(SORTS, (GREY, SKY, ORANGE, BLUE), strict=True))
_COUNTS = dict(zip(SORTS, ("n_same", "n_reworded", "n_joined", "n_new"), strict=True))


@closed_on_error
def plot_lineage(lineage: pd.DataFrame, title: str) -> Figure:
    """Draw the lineage of a statement: a column for each document, old before new.

    Parameters
    ----------
    lineage
        As `statement_to_lineage` returns it.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        A box for each statement with its code and the beginning of its wording, with a thicker frame for the
        statement itself; a line for each link with its relation and confidence. Links that wait for review
        are dashed. Documents without a counterpart are left out. `lineage_to_layout` computes the positions.
    """
    layout = lineage_to_layout(lineage)
    # A title needs the width of two columns.
    wide = max(len(layout.columns), 2)
    size = (_COLUMN * wide + 0.4, layout.height + 1.8)
    figure, axes = plt.subplots(figsize=size, layout="constrained")
    for link in layout.links:
        _draw_link(axes, link)
    for name, box in layout.boxes.items():
        _draw_box(axes, name, box, is_root=name == lineage[v.STATEMENT_ID].iloc[0])
    for document, column in layout.columns.items():
        axes.text(column, -0.25, document, ha="center", va="bottom", fontsize=11, weight="bold")
    axes.set(xlim=(-0.55, wide - 0.45), ylim=(layout.height + 0.2, -0.7), xticks=[], yticks=[])
    add_title(axes, title)
    remove_frame(axes)
    drawn = {_row_to_line_style(link.row) for link in layout.links}
    handles = [Line2D([], [], label=name, **look) for name, look in _LINE_STYLES.items() if name in drawn]
    if handles:
        figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False)
    return close_figure(figure)


def _draw_box(axes: Axes, name: str, box: Box, is_root: bool) -> None:
    """Draw the box of a statement; the root of the lineage has a thicker frame."""
    corner = (box.column - BOX / 2, box.middle - box.height / 2)
    width = 2.2 if is_root else 0.8
    axes.add_patch(
        Rectangle(corner, BOX, box.height, facecolor="white", edgecolor=INK, linewidth=width, zorder=2)
    )
    left, top = corner[0] + 0.025, corner[1] + 0.07
    axes.text(left, top, name.partition(":")[2], va="top", fontsize=10, weight="bold", zorder=3)
    text = escape_dollars("\n".join(box.lines))
    axes.text(left, top + LINE, text, va="top", fontsize=8, linespacing=1.25, zorder=3)


def _draw_link(axes: Axes, link: Link) -> None:
    across, down = zip(*link.points, strict=True)
    axes.plot(across, down, zorder=1, **_LINE_STYLES[_row_to_line_style(link.row)])
    # The label is on the first part of the line, where no two lines meet.
    (start, high), (stop, low) = link.points[:2]
    axes.text(
        start + _LABEL * (stop - start),
        high + _LABEL * (low - high),
        _row_to_label(link.row),
        ha="center",
        va="center",
        fontsize=7.5,
        zorder=3,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def _row_to_label(row: Mapping[Any, Any]) -> str:
    """Return the relation of a link, with its confidence unless a person decided."""
    relation: str = row[v.PREDICATE_ID].removeprefix("skos:").removesuffix("Match")
    has_no_confidence = pd.isna(row[v.CONFIDENCE]) or _row_to_line_style(row) == "decided"
    return relation if has_no_confidence else f"{relation} {row[v.CONFIDENCE]:.2f}"


def _row_to_line_style(row: Mapping[Any, Any]) -> str:
    if row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE}:
        return "decided"
    return "needs no look" if row[v.BAND] == v.ACCEPT else "waits for review"


@closed_on_error
def plot_impact(groups: pd.DataFrame, title: str, sorts: Sequence[str] = SORTS) -> Figure:
    """Draw how many KSBs of each group are the same, reworded, merged or split, and new.

    Parameters
    ----------
    groups
        Rows of `Impact.groups`, such as all duties.
    title
        The title.
    sorts
        The sorts to draw, in order.

    Returns
    -------
    matplotlib.figure.Figure
        A bar for each group, divided by sort, with the counts. The legend has the sorts that occur.
    """
    labels = [f"{row.code} {row.name}".strip() for row in groups[[v.CODE, v.NAME]].itertuples(index=False)]
    figure, axes = plt.subplots(figsize=(9.5, 0.36 * len(groups) + 1.5), layout="constrained")
    start = [0] * len(groups)
    drawn = [sort for sort in sorts if groups[_COUNTS[sort]].any()]
    for sort in drawn:
        counts = groups[_COUNTS[sort]].tolist()
        bars = axes.barh(range(len(groups)), counts, left=start, color=_SORT_COLOURS[sort], label=sort)
        numbers = [str(count) if count else "" for count in counts]
        text_colour = background_to_text_colour(_SORT_COLOURS[sort])
        axes.bar_label(bars, numbers, label_type="center", fontsize=9, color=text_colour)
        start = [left + count for left, count in zip(start, counts, strict=True)]
    names = [shorten(escape_dollars(label), 52, placeholder=" …") for label in labels]
    axes.set_yticks(range(len(groups)), names, fontsize=9)
    axes.margins(y=0.01)
    axes.invert_yaxis()
    axes.set_xticks([])
    add_title(axes, title)
    remove_frame(axes)
    if drawn:
        figure.legend(loc="outside lower center", ncols=len(drawn), frameon=False)
    return close_figure(figure)
