"""Draw what evidence covers: a bar for each group, divided by state."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from curriculum.model import vocabulary as v
from curriculum.model.palette import BLUE, GREY, SKY
from curriculum.model.text import text_to_shortened
from curriculum.viz.figure_style import (
    add_title,
    background_to_text_colour,
    close_figure,
    closed_on_error,
    escape_dollars,
    remove_frame,
)

__all__ = ["plot_coverage"]

_PARTS = (
    ("n_covered", "covered", BLUE),
    ("n_in_part", "in part", SKY),
    ("n_not_covered", "not covered", GREY),
)
_LONGEST = 44


@closed_on_error
def plot_coverage(groups: pd.DataFrame, title: str) -> Figure:
    """Draw how many KSBs of each group evidence covers.

    Parameters
    ----------
    groups
        Rows of one kind of group, as `coverage_to_groups` returns them.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        One bar for each group, divided into covered, in part and not covered, each with its number.
    """
    figure, axes = plt.subplots(figsize=(9, 0.34 * len(groups) + 1.2), layout="constrained")
    names = [
        escape_dollars(text_to_shortened(f"{code} {name}".strip(), _LONGEST))
        for code, name in zip(groups[v.CODE], groups[v.NAME], strict=True)
    ]
    start = pd.Series(0, index=groups.index)
    for column, label, colour in _PARTS:
        bars = axes.barh(range(len(groups)), groups[column], left=start, color=colour, label=label)
        axes.bar_label(
            bars,
            [str(n or "") for n in groups[column]],
            label_type="center",
            color=background_to_text_colour(colour),
        )
        start = start + groups[column]
    axes.set_yticks(range(len(groups)), names, fontsize=9)
    axes.invert_yaxis()
    axes.set(xlabel="number of KSBs")
    add_title(axes, title)
    remove_frame(axes, sides=True)
    figure.legend(loc="outside lower center", ncols=len(_PARTS), frameon=False)
    return close_figure(figure)
