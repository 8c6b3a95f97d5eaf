"""The lineage of a statement, and what a new version asks of each duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from textwrap import shorten, wrap
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from curriculum import vocabulary as v
from curriculum.graph.lineage import BECAME
from curriculum.impact import SORTS
from curriculum.palette import BLUE, GREY, ORANGE, SKY, VERMILION
from curriculum.plots.style import INK, bare, closed, ink_on, titled, written

__all__ = ["plot_impact", "plot_lineage"]

_WIDTH, _LONGEST = 30, 118
# Inches: of a column, of a line of text, and the least height of a box.
_COLUMN, _LINE, _LEAST = 3.5, 0.17, 0.62
_BOX = 0.7
# How links are drawn, by what is known of them.
_LOOKS: dict[str, dict[str, Any]] = {
    "decided": {"color": BLUE, "linestyle": "-", "linewidth": 2.2},
    "needs no look": {"color": INK, "linestyle": "-", "linewidth": 1.6},
    "waits for review": {"color": VERMILION, "linestyle": "--", "linewidth": 1.4},
}
_SORT_COLOURS = dict(zip(SORTS, (GREY, SKY, ORANGE, BLUE), strict=True))
_COUNTS = dict(zip(SORTS, ("n_same", "n_reworded", "n_joined", "n_new"), strict=True))


class _Box(NamedTuple):
    """A statement as it is drawn: its column, where its middle is, its height, and what is written in it."""

    column: int
    middle: float
    height: float
    lines: tuple[str, ...]


def plot_lineage(lineage: pd.DataFrame, title: str) -> Figure:
    """Draw the lineage of a statement: a column for each document, old before new.

    Parameters
    ----------
    lineage
        As `statement_to_lineage` gives it.
    title
        What the figure shows.

    Returns
    -------
    matplotlib.figure.Figure
        A box for each statement with its code and the beginning of its wording; a line for each link with
        its relation and confidence. Links that wait for review are dashed. Documents without a
        counterpart are left out.
    """
    shown = lineage[lineage[v.STATEMENT_ID] != v.NO_TERM_FOUND]
    columns = _documents_to_columns(shown)
    boxes = _statements_to_boxes(shown, columns)
    height = max(box.middle + box.height / 2 for box in boxes.values()) + 0.5
    figure, axes = plt.subplots(figsize=(_COLUMN * len(columns) + 0.4, height + 1.3), layout="constrained")
    for row in shown[shown["parent_id"] != ""].to_dict("records"):
        _draw_link(axes, boxes, row)
    for name, box in boxes.items():
        _draw_box(axes, name, box)
    for document, column in columns.items():
        axes.text(column, -0.25, document, ha="center", va="bottom", fontsize=11, weight="bold")
    axes.set(xlim=(-0.55, len(columns) - 0.45), ylim=(height, -0.7), xticks=[], yticks=[])
    titled(axes, title)
    bare(axes)
    handles = [Line2D([], [], label=name, **look) for name, look in _LOOKS.items()]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False)
    return closed(figure)


def _documents_to_columns(shown: pd.DataFrame) -> dict[str, int]:
    """Give each document a column: the further back, the further left."""
    signs = shown["direction"].map(lambda direction: 1 if direction == BECAME else -1)
    far = (shown["step"] * signs).groupby(shown[v.DOCUMENT_ID]).agg(lambda steps: max(steps, key=abs))
    ordered = sorted(far.items(), key=lambda item: (item[1], str(item[0])))
    return {str(document): column for column, (document, _) in enumerate(ordered)}


def _statements_to_boxes(shown: pd.DataFrame, columns: Mapping[str, int]) -> dict[str, _Box]:
    """Place the boxes: each line of statements has a band of its own, so that no link runs through a box."""
    rows = shown.to_dict("records")
    texts = {row[v.STATEMENT_ID]: _text_to_lines(row[v.TEXT]) for row in rows}
    band = max(map(_lines_to_height, texts.values())) + 0.2
    middles: dict[str, float] = {}
    for direction in dict.fromkeys(row["direction"] for row in rows[1:]):
        own = [row for row in rows if row["direction"] == direction]
        _place(rows[0][v.STATEMENT_ID], own, band, middles)
    middles.setdefault(rows[0][v.STATEMENT_ID], band / 2)
    documents = {row[v.STATEMENT_ID]: row[v.DOCUMENT_ID] for row in rows}
    return {
        name: _Box(columns[documents[name]], middles[name], _lines_to_height(lines), lines)
        for name, lines in texts.items()
    }


def _place(root: str, rows: Sequence[Mapping[Any, Any]], band: float, middles: dict[str, float]) -> None:
    """Give each last statement of a line the next band, and every other the middle of those beyond it."""
    beyond: dict[str, list[str]] = {}
    for row in rows:
        beyond.setdefault(row["parent_id"], []).append(row[v.STATEMENT_ID])
    bands = count()

    def middle(name: str) -> float:
        if name not in middles:
            own = [middle(other) for other in beyond.get(name, ())]
            middles[name] = sum(own) / len(own) if own else (next(bands) + 0.5) * band
        return middles[name]

    middle(root)
    for row in rows:
        middle(row[v.STATEMENT_ID])


def _text_to_lines(text: str) -> tuple[str, ...]:
    return tuple(wrap(shorten(written(text), _LONGEST, placeholder=" …"), _WIDTH))


def _lines_to_height(lines: Sequence[str]) -> float:
    return max(_LEAST, _LINE * (len(lines) + 1) + 0.14)


def _draw_box(axes: Axes, name: str, box: _Box) -> None:
    code = name.partition(":")[2]
    corner = (box.column - _BOX / 2, box.middle - box.height / 2)
    look: dict[str, Any] = {"facecolor": "white", "edgecolor": INK, "linewidth": 0.8, "zorder": 2}
    axes.add_patch(Rectangle(corner, _BOX, box.height, **look))
    top = corner[1] + 0.07
    axes.text(corner[0] + 0.025, top, code, va="top", fontsize=10, weight="bold", zorder=3)
    axes.text(
        corner[0] + 0.025, top + _LINE, "\n".join(box.lines), va="top", fontsize=8, linespacing=1.1, zorder=3
    )


def _draw_link(axes: Axes, boxes: Mapping[str, _Box], row: Mapping[Any, Any]) -> None:
    ends = sorted((boxes[row["parent_id"]], boxes[row[v.STATEMENT_ID]]), key=lambda box: box.column)
    across = [ends[0].column + _BOX / 2, ends[1].column - _BOX / 2]
    axes.plot(across, [end.middle for end in ends], zorder=1, **_LOOKS[_row_to_look(row)])
    relation = row[v.PREDICATE_ID].removeprefix("skos:").removesuffix("Match")
    is_untold = pd.isna(row[v.CONFIDENCE]) or _row_to_look(row) == "decided"
    sureness = "" if is_untold else f" {row[v.CONFIDENCE]:.2f}"
    # Nearer to the further end, where no two lines meet.
    far, near = ends if ends[0] is boxes[row[v.STATEMENT_ID]] else ends[::-1]
    start, stop = across if far is ends[0] else across[::-1]
    axes.text(
        start + 0.36 * (stop - start),
        far.middle + 0.36 * (near.middle - far.middle),
        f"{relation}{sureness}",
        ha="center",
        va="center",
        fontsize=7.5,
        zorder=3,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def _row_to_look(row: Mapping[Any, Any]) -> str:
    if row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE}:
        return "decided"
    return "needs no look" if row[v.BAND] == v.ACCEPT else "waits for review"


def plot_impact(groups: pd.DataFrame, title: str, sorts: Sequence[str] = SORTS) -> Figure:
    """Draw what is the same, reworded, merged or split, and new of each group of KSBs.

    Parameters
    ----------
    groups
        Rows of `Impact.groups`, such as all duties.
    title
        What the figure shows.
    sorts
        The sorts to draw, in their order.

    Returns
    -------
    matplotlib.figure.Figure
        A bar for each group, parted by sort, with the counts in it.
    """
    labels = [f"{row.code} {row.name}".strip() for row in groups[[v.CODE, v.NAME]].itertuples(index=False)]
    figure, axes = plt.subplots(figsize=(9.5, 0.36 * len(groups) + 1.5), layout="constrained")
    start = [0] * len(groups)
    for sort in sorts:
        counts = groups[_COUNTS[sort]].tolist()
        bars = axes.barh(range(len(groups)), counts, left=start, color=_SORT_COLOURS[sort], label=sort)
        told = [str(count) if count else "" for count in counts]
        axes.bar_label(bars, told, label_type="center", fontsize=9, color=ink_on(_SORT_COLOURS[sort]))
        start = [one + count for one, count in zip(start, counts, strict=True)]
    told = [shorten(written(one), 52, placeholder=" …") for one in labels]
    axes.set_yticks(range(len(groups)), told, fontsize=9)
    axes.invert_yaxis()
    axes.set_xticks([])
    titled(axes, title)
    bare(axes)
    figure.legend(loc="outside lower center", ncols=len(sorts), frameon=False)
    return closed(figure)
