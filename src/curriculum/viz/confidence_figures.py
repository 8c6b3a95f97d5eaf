"""Draw how reliable links are: scores, confidence, and the gain of a review."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from curriculum.model import vocabulary as v
from curriculum.viz.figure_style import (
    GRID,
    INK,
    SMALL,
    add_legend,
    add_title,
    check_frame_to_draw,
    new_figure,
    number_to_colour,
    number_to_marker,
    remove_frame,
    styled,
)
from curriculum.viz.picture import Picture

__all__ = ["plot_budget", "plot_reliability", "plot_scores"]

_PAIR: Final = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]
_ROW: Final = 0.22


@styled
def plot_scores(scores: pd.DataFrame, title: str) -> Picture:
    """Draw the scores of each pair of documents with their intervals.

    Parameters
    ----------
    scores
        As `verdicts_to_scores` returns them.
    title
        The title.

    Returns
    -------
    Picture
        A group of points for each measure, a point for each pair, a line for its 95% interval.
    """
    check_frame_to_draw(
        scores, [*_PAIR, "measure", "value", "low", "high"], "as verdicts_to_scores returns it"
    )
    measures = list(dict.fromkeys(scores["measure"]))
    pairs = scores.groupby(_PAIR, sort=False)
    # The rows of a measure, and one empty row between two measures.
    step = pairs.ngroups + 1
    figure, axes = new_figure(9, _ROW * step * len(measures) + 1.7)
    handles = []
    for number, ((old, new), of_pair) in enumerate(pairs):
        colour, marker = number_to_colour(number), number_to_marker(number)
        heights = [step * measures.index(measure) + number for measure in of_pair["measure"]]
        axes.hlines(heights, of_pair["low"], of_pair["high"], color=colour, linewidth=2)
        axes.plot(of_pair["value"], heights, marker, color=colour, markersize=7)
        for value, end, height in zip(of_pair["value"], of_pair["high"], heights, strict=True):
            _beside(axes, max(value, end), height, f"{value:.2f}")
        handles.append(Line2D([], [], color=colour, marker=marker, linewidth=2, label=f"{old} → {new}"))
    middles = [step * number + (pairs.ngroups - 1) / 2 for number in range(len(measures))]
    axes.set_yticks(middles, measures)
    _share_axis(axes, step * len(measures) - 1.5, "share (the line: 95% interval)")
    add_title(figure, title)
    add_legend(figure, handles)
    clauses = [
        f"{old} to {new}: "
        + ", ".join(f"{name} {value:.2f}" for name, value in zip(rows["measure"], rows["value"], strict=True))
        for (old, new), rows in pairs
    ]
    return Picture(figure, title, f"{'; '.join(clauses)}.", scores)


def _beside(axes: Axes, across: float, height: float, text: str) -> None:
    """Write a text to the right of a point."""
    axes.annotate(
        text, (across, height), (7, 0), textcoords="offset points", va="center", fontsize=SMALL + 0.5
    )


def _share_axis(axes: Axes, lowest: float, label: str) -> None:
    """Set an axis to shares from 0 to 1, with room for texts beside them."""
    axes.set(xlim=(0, 1.1), ylim=(lowest + 0.3, -0.8), xlabel=label)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.grid(axis="x", color=GRID)
    axes.set_axisbelow(True)
    remove_frame(axes, sides=True)


@styled
def plot_reliability(reliability: pd.DataFrame, title: str) -> Picture:
    """Draw the share of right links at each confidence.

    Parameters
    ----------
    reliability
        As `verdicts_to_reliability` returns it.
    title
        The title.

    Returns
    -------
    Picture
        A row for each bin of confidence: a diamond for the mean confidence, and a point for the share of its
        links that are right, with its 95% interval. The nearer the two are, the better.
    """
    needed = ["from", "to", "links", "right", "share_right", "mean_confidence", "low", "high"]
    check_frame_to_draw(reliability, needed, "as verdicts_to_reliability returns it")
    rows = reliability.to_dict("records")
    heights = range(len(rows))
    colour, other = number_to_colour(0), number_to_colour(1)
    figure, axes = new_figure(8, 0.42 * len(rows) + 1.8)
    axes.hlines(heights, reliability["low"], reliability["high"], color=colour, linewidth=2)
    axes.plot(reliability["share_right"], heights, "o", color=colour, markersize=8)
    axes.plot(
        reliability["mean_confidence"],
        heights,
        "D",
        color=other,
        markersize=7,
        fillstyle="none",
        markeredgewidth=2,
    )
    for height, row in enumerate(rows):
        _beside(axes, max(row["high"], row["mean_confidence"]), height, f"{row['right']} of {row['links']}")
    axes.set_yticks(heights, [f"{row['from']:g} to {row['to']:g}" for row in rows])
    _share_axis(axes, len(rows) - 0.7, "share")
    axes.set(xlim=(0, 1.16), ylabel="confidence")
    add_title(figure, title)
    right = Line2D(
        [], [], color=colour, marker="o", linewidth=2, label="links that are right (the line: 95%)"
    )
    mean = Line2D(
        [],
        [],
        color=other,
        marker="D",
        linestyle="",
        fillstyle="none",
        markeredgewidth=2,
        label="mean confidence",
    )
    add_legend(figure, [right, mean])
    clauses = [
        f"confidence {row['from']:g} to {row['to']:g}: {row['right']} of {row['links']} links are right "
        f"({row['share_right']:.2f}; mean confidence {row['mean_confidence']:.2f})"
        for row in rows
    ]
    return Picture(figure, title, f"{'; '.join(clauses).capitalize()}.", reliability)


@styled
def plot_budget(budget: pd.DataFrame, title: str) -> Picture:
    """Draw how the links of each pair improve while a reviewer decides old statements one by one.

    Parameters
    ----------
    budget
        As `verdicts_to_budget` returns it.
    title
        The title.

    Returns
    -------
    Picture
        A line for each pair: F1 by the share of decided statements, the lowest confidence first. A dashed
        line of the same colour: in random order.
    """
    check_frame_to_draw(budget, [*_PAIR, "share", "F1", "F1_random"], "as verdicts_to_budget returns it")
    figure, axes = new_figure(8.5, 5.2)
    handles, clauses = [], []
    for number, ((old, new), of_pair) in enumerate(budget.groupby(_PAIR, sort=False)):
        colour, marker = number_to_colour(number), number_to_marker(number)
        axes.plot(of_pair["share"], of_pair["F1_random"], linestyle="--", color=colour, linewidth=1.2)
        (line,) = axes.plot(
            of_pair["share"],
            of_pair["F1"],
            marker,
            linestyle="-",
            color=colour,
            markevery=max(len(of_pair) // 8, 1),
            label=f"{old} → {new}",
        )
        handles.append(line)
        clauses.append(f"{old} to {new}: F1 from {of_pair['F1'].iloc[0]:.2f} to {of_pair['F1'].iloc[-1]:.2f}")
    random = Line2D([], [], linestyle="--", color=INK, linewidth=1.2, label="in random order")
    axes.set(
        xlim=(-0.01, 1.01),
        ylim=(min(0.4, budget["F1"].min()) - 0.02, 1.02),
        xlabel="share of the old statements that a reviewer has settled, the least sure first",
        ylabel="F1",
    )
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(color=GRID)
    axes.set_axisbelow(True)
    add_title(figure, title)
    remove_frame(axes, sides=True)
    add_legend(figure, [*handles, random])
    return Picture(figure, title, f"{'; '.join(clauses)}.", budget)
