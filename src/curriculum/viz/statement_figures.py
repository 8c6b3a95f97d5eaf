"""Draw the contents of documents: statements by kind, duties and their KSBs."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from curriculum.model.codes import code_to_kind
from curriculum.model.vocabulary import STATEMENT_KINDS
from curriculum.viz.figure_style import (
    KIND_COLOURS,
    add_title,
    background_to_text_colour,
    close_figure,
    closed_on_error,
    remove_frame,
)

__all__ = ["plot_duty_matrix", "plot_statements_by_kind"]

_LEAST_LABELLED = 3


@closed_on_error
def plot_statements_by_kind(overview: pd.DataFrame) -> Figure:
    """Draw the number of statements of each kind in each document.

    Parameters
    ----------
    overview
        As `tables_to_overview` returns it.

    Returns
    -------
    matplotlib.figure.Figure
        One bar for each document, divided by kind, each part with its number.
    """
    kinds = [kind for kind in STATEMENT_KINDS if kind in overview]
    figure, axes = plt.subplots(figsize=(9, 0.6 * len(overview) + 1.2), layout="constrained")
    start = pd.Series(0, index=overview.index)
    for kind in kinds:
        count = overview[kind]
        bars = axes.barh(overview["document_id"], count, left=start, color=KIND_COLOURS[kind], label=kind)
        labels = [str(n) if n >= _LEAST_LABELLED else "" for n in count]
        axes.bar_label(bars, labels, label_type="center", color=background_to_text_colour(KIND_COLOURS[kind]))
        start = start + count
    axes.invert_yaxis()
    axes.set(xlabel="number of statements")
    add_title(axes, "Statements by kind in each document")
    remove_frame(axes, sides=True)
    figure.legend(loc="outside lower center", ncols=len(kinds), frameon=False)
    return close_figure(figure)


@closed_on_error
def plot_duty_matrix(matrix: pd.DataFrame, title: str) -> Figure:
    """Draw the KSBs that each duty names.

    Parameters
    ----------
    matrix
        As `duties_to_matrix` returns it.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        One row for each duty with its number of KSBs, one column for each KSB, a mark if the duty names it.
    """
    kinds = [code_to_kind(code) for code in matrix.columns]
    size = (0.23 * len(matrix.columns) + 1.2, 0.32 * len(matrix) + 1.6)
    figure, axes = plt.subplots(figsize=size, layout="constrained")
    for column, kind in enumerate(kinds):
        rows = [row for row, named in enumerate(matrix.iloc[:, column]) if named]
        axes.scatter([column] * len(rows), rows, marker="s", s=95, color=KIND_COLOURS[kind], zorder=2)
        if column and kind != kinds[column - 1]:
            axes.axvline(column - 0.5, color="0.6", linewidth=1)
    axes.set_xticks(range(len(matrix.columns)), matrix.columns, rotation=90, fontsize=9)
    labels = [f"{duty} ({count})" for duty, count in zip(matrix.index, matrix.sum(axis=1), strict=True)]
    axes.set_yticks(range(len(matrix)), labels, fontsize=9)
    axes.set(xlim=(-0.6, len(kinds) - 0.4), ylim=(len(matrix) - 0.4, -0.6), ylabel="duty (number of KSBs)")
    add_title(axes, title)
    axes.grid(color="0.92", zorder=0)
    remove_frame(axes)
    patches = [Patch(color=KIND_COLOURS[kind], label=kind) for kind in dict.fromkeys(kinds)]
    figure.legend(handles=patches, loc="outside lower center", ncols=len(patches), frameon=False)
    return close_figure(figure)
