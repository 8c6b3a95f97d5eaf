"""Draw how reliable links are: scores, confidence, and the gain of a review."""

from __future__ import annotations

from typing import Final

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from curriculum.model import vocabulary as v
from curriculum.viz.figure_style import (
    INK,
    add_title,
    close_figure,
    closed_on_error,
    number_to_colour,
    remove_frame,
)

__all__ = ["plot_budget", "plot_reliability", "plot_scores"]

# The width of a count beside its point, as a confidence.
_LABEL_WIDTH: Final = 0.06


@closed_on_error
def plot_scores(scores: pd.DataFrame, title: str) -> Figure:
    """Draw the scores of each pair of documents with their intervals.

    Parameters
    ----------
    scores
        As `verdicts_to_scores` returns them.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        A group of points for each measure, a point for each pair, a line for its 95% interval.
    """
    measures = list(dict.fromkeys(scores["measure"]))
    pairs = list(dict.fromkeys(zip(scores[v.SUBJECT_SOURCE], scores[v.OBJECT_SOURCE], strict=True)))
    figure, axes = plt.subplots(figsize=(9, 0.8 * len(measures) + 1.6), layout="constrained")
    for number, (old, new) in enumerate(pairs):
        of_pair = scores[(scores[v.SUBJECT_SOURCE] == old) & (scores[v.OBJECT_SOURCE] == new)]
        shift = (number - (len(pairs) - 1) / 2) * 0.22
        heights = [measures.index(measure) + shift for measure in of_pair["measure"]]
        axes.hlines(
            heights, of_pair["low"], of_pair["high"], color=number_to_colour(number), linewidth=2.5, alpha=0.6
        )
        marker = "osD^v"[number % 5]
        axes.plot(
            of_pair["value"],
            heights,
            marker,
            color=number_to_colour(number),
            markersize=8,
            label=f"{old} → {new}",
        )
        for value, height in zip(of_pair["value"], heights, strict=True):
            axes.text(value, height - 0.075, f"{value:.2f}", ha="center", va="bottom", fontsize=8)
    axes.set_yticks(range(len(measures)), measures)
    axes.set(xlim=(0, 1.02), ylim=(len(measures) - 0.45, -0.6), xlabel="share (the line: 95% interval)")
    axes.grid(axis="x", color="0.92")
    axes.set_axisbelow(True)
    add_title(axes, title)
    remove_frame(axes, sides=True)
    figure.legend(loc="outside lower center", ncols=len(pairs), frameon=False)
    return close_figure(figure)


@closed_on_error
def plot_reliability(reliability: pd.DataFrame, title: str) -> Figure:
    """Draw the share of right links at each confidence.

    Parameters
    ----------
    reliability
        As `verdicts_to_reliability` returns it.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        A point for each bin of confidence with its 95% interval and counts. The dashed line is a perfect
        confidence.
    """
    figure, axes = plt.subplots(figsize=(6, 5), layout="constrained")
    axes.plot([0, 1], [0, 1], linestyle="--", color="0.6", label="confidence would mean what it says")
    across, share = reliability["mean_confidence"], reliability["share_right"]
    axes.vlines(
        across, reliability["low"], reliability["high"], color=number_to_colour(0), linewidth=2.5, alpha=0.6
    )
    axes.plot(
        across, share, "o", color=number_to_colour(0), markersize=8, label="links (the line: 95% interval)"
    )
    counts = reliability["right"].astype(str) + " of " + reliability["links"].astype(str)
    following = [*across[1:], 2.0]
    for x, y, after, label in zip(across, share, following, counts, strict=True):
        # To the left where the next point is near, as the bins of high confidence are close together.
        side, offset = ("right", -8) if after - x < _LABEL_WIDTH else ("left", 8)
        axes.annotate(label, (x, y), (offset, 0), textcoords="offset points", ha=side, va="center", color=INK)
    axes.set(
        xlim=(0.2, 1.14),
        xticks=[0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
        ylim=(0, 1.05),
        xlabel="confidence",
        ylabel="share of links that are right",
    )
    axes.grid(color="0.92")
    axes.set_axisbelow(True)
    add_title(axes, title)
    remove_frame(axes, sides=True)
    figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=9)
    return close_figure(figure)


@closed_on_error
def plot_budget(budget: pd.DataFrame, title: str) -> Figure:
    """Draw how the links of each pair improve while a reviewer decides old statements one by one.

    Parameters
    ----------
    budget
        As `verdicts_to_budget` returns it.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each pair: F1 by the share of decided statements, the lowest confidence first. A dashed
        line of the same colour: in random order.
    """
    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    pairs = budget.groupby([v.SUBJECT_SOURCE, v.OBJECT_SOURCE], sort=False)
    for number, ((old, new), of_pair) in enumerate(pairs):
        colour, marker = number_to_colour(number), "osD^v"[number % 5]
        marker_step = max(len(of_pair) // 8, 1)
        axes.plot(of_pair["share"], of_pair["F1_random"], linestyle="--", color=colour, linewidth=1.2)
        axes.plot(
            of_pair["share"],
            of_pair["F1"],
            marker,
            linestyle="-",
            color=colour,
            markevery=marker_step,
            label=f"{old} → {new}",
        )
    axes.plot([], [], linestyle="--", color="0.4", linewidth=1.2, label="in random order")
    axes.set(
        xlim=(0, 1),
        ylim=(min(0.4, budget["F1"].min()), 1.02),
        xlabel="share of the old statements that a reviewer has settled, the least sure first",
        ylabel="F1",
    )
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(color="0.92")
    axes.set_axisbelow(True)
    add_title(axes, title)
    remove_frame(axes, sides=True)
    axes.legend(loc="lower right", frameon=False)
    return close_figure(figure)
