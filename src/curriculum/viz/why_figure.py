"""Draw how the confidence of a link comes about, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from curriculum.errors import NotFound
from curriculum.model.palette import BLUE, VERMILION
from curriculum.viz.figure_style import (
    GRID,
    INK,
    Fill,
    add_legend,
    add_title,
    check_frame_to_draw,
    new_figure,
    remove_frame,
    styled,
)
from curriculum.viz.picture import Picture

__all__ = ["plot_steps"]

_COLUMNS: Final = ("step", "score", "adds", "log_odds", "confidence")
_MORE, _LESS = Fill(BLUE), Fill(VERMILION, "//")
_SHARES: Final = (0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
_ROW: Final = 0.32


@styled
def plot_steps(steps: pd.DataFrame, title: str) -> Picture:
    """Draw the steps from the scores of a link to its confidence.

    Parameters
    ----------
    steps
        As `pair_to_steps` returns them.
    title
        The title.

    Returns
    -------
    Picture
        A bar for each step, from the log odds before it to those after it. The axis shows the confidence;
        beside each bar is what it adds, and the confidence after it.
    """
    check_frame_to_draw(steps, _COLUMNS, "steps, as crosswalk.why returns them")
    if steps["adds"].isna().all():
        raise NotFound(
            f"there are no steps to draw: {steps['step'].iloc[0]}",
            expected="a link that the linker has scored",
        )
    rows = steps.to_dict("records")
    ends = steps["log_odds"].tolist()
    starts = [0.0, *ends[:-1]]
    figure, axes = new_figure(9.6, _ROW * len(rows) + 1.9)
    for at, (start, row) in enumerate(zip(starts, rows, strict=True)):
        fill = _MORE if row["adds"] >= 0 else _LESS
        (bar,) = axes.barh(
            [at],
            [row["adds"]],
            left=[start],
            height=0.6,
            color=fill.colour,
            edgecolor=fill.edge,
            hatch=fill.hatch,
        )
        bar.set_linewidth(0)
    axes.vlines(ends[:-1], range(len(rows) - 1), range(1, len(rows)), color=INK, linewidth=0.8)
    low, high = min(0.0, *ends), max(0.0, *ends)
    _set_axes(axes, rows, low - 0.05 * (high - low) - 0.2, high + 0.05 * (high - low) + 0.2)
    add_title(figure, title)
    used = {row["adds"] >= 0 for row in rows}
    handles = [(True, _MORE.to_patch("makes it likelier")), (False, _LESS.to_patch("makes it less likely"))]
    add_legend(figure, [patch for is_more, patch in handles if is_more in used])
    return Picture(figure, title, _steps_to_alt(steps), steps)


def _set_axes(axes: Axes, rows: Sequence[Mapping[Any, Any]], low: float, high: float) -> None:
    """Name the steps at the left, what they add and the confidence at the right."""
    names = [
        str(row["step"]) if pd.isna(row["score"]) else f"{row['step']} {row['score']:.2f}" for row in rows
    ]
    axes.set_yticks(range(len(rows)), names, fontsize=9)
    ticks = {share: log(share / (1 - share)) for share in _SHARES}
    shown = {share: place for share, place in ticks.items() if low <= place <= high}
    axes.set_xticks(list(shown.values()), [f"{share:g}" for share in shown], fontsize=9)
    axes.set(xlim=(low, high), ylim=(len(rows) - 0.4, -1.2), xlabel="confidence")
    beside = axes.get_yaxis_transform()
    for across, header in ((1.02, "adds"), (1.11, "confidence")):
        axes.text(across, -0.85, header, transform=beside, fontsize=9, weight="bold", va="center")
    for at, row in enumerate(rows):
        is_last = at == len(rows) - 1
        axes.text(1.02, at, f"{row['adds']:+.2f}", transform=beside, fontsize=9, va="center")
        weight = "bold" if is_last else "normal"
        axes.text(
            1.11, at, f"{row['confidence']:.3f}", transform=beside, fontsize=9, va="center", weight=weight
        )
    axes.grid(axis="x", color=GRID)
    axes.set_axisbelow(True)
    remove_frame(axes, sides=True)


def _steps_to_alt(steps: pd.DataFrame) -> str:
    clauses = ", ".join(
        f"{name} {adds:+.2f}" for name, adds in zip(steps["step"], steps["adds"], strict=True)
    )
    return f"Log odds: {clauses}. Confidence: {steps['confidence'].iloc[-1]:.3f}."
