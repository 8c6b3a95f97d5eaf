"""Draw the flow of statements from version to version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from curriculum.model import vocabulary as v
from curriculum.viz.figure_style import (
    CHANGE_COLOURS,
    INK,
    add_title,
    close_figure,
    closed_on_error,
    remove_frame,
)

__all__ = ["plot_flow"]

_BAR = 0.06
_STUB = 0.28
_HEIGHT = 96
# As many entries of the legend as fit below one pair.
_LEGENDS = 4
_LEAST_LABELLED = 2
_STEPS = 60


@closed_on_error
def plot_flow(changes: pd.DataFrame, title: str) -> Figure:
    """Draw the changes of the statements of each version in the next version.

    Parameters
    ----------
    changes
        Rows of `crosswalk_to_changes` for successive pairs: the new document of one pair is the old document
        of the next.
    title
        The title.

    Returns
    -------
    matplotlib.figure.Figure
        A bar for each document, whose height is the number of its statements; a ribbon for each change.
        Ribbons of withdrawn and new statements end below the bar.
    """
    pairs = list(dict.fromkeys(zip(changes[v.SUBJECT_SOURCE], changes[v.OBJECT_SOURCE], strict=True)))
    documents = [pairs[0][0], *(new for _, new in pairs)]
    figure, axes = plt.subplots(figsize=(3.4 * len(pairs) + 3.2, 6), layout="constrained")
    counts = changes.groupby([v.SUBJECT_SOURCE, v.OBJECT_SOURCE])[["n_old", "n_new"]].sum()
    # The distances suit bars of this height; shorter bars get shorter ones.
    unit = max(1, int(counts.to_numpy().max())) / _HEIGHT
    canvas, tallest = _Canvas(axes, unit), 0.0
    for position, pair in enumerate(pairs):
        of_pair = changes[(changes[v.SUBJECT_SOURCE] == pair[0]) & (changes[v.OBJECT_SOURCE] == pair[1])]
        rows = of_pair.set_index("change")[["n_old", "n_new"]].to_dict("index")
        of_change = {str(name): row for name, row in rows.items()}
        tallest = max(tallest, _draw_pair(canvas, position, of_change))
        sizes = of_pair[["n_old", "n_new"]].sum()
        for side, count in ((position, sizes["n_old"]), (position + 1, sizes["n_new"])):
            axes.add_patch(Rectangle((side - _BAR / 2, -count), _BAR, count, color=INK, zorder=3))
    for position, document in enumerate(documents):
        column = "n_old" if position < len(pairs) else "n_new"
        source = pairs[min(position, len(pairs) - 1)]
        of_pair = changes[(changes[v.SUBJECT_SOURCE] == source[0]) & (changes[v.OBJECT_SOURCE] == source[1])]
        axes.text(
            position, 2 * unit, f"{document}\n{of_pair[column].sum()}", ha="center", va="bottom", fontsize=11
        )
    axes.set(xlim=(-0.35, len(pairs) + 0.35), ylim=(-tallest - 8 * unit, 12 * unit), xticks=[], yticks=[])
    add_title(axes, title)
    remove_frame(axes)
    used = [name for name in CHANGE_COLOURS if name in set(changes["change"])]
    patches = [Patch(color=CHANGE_COLOURS[name], label=name) for name in used]
    n_columns = min(len(patches), _LEGENDS * len(pairs))
    figure.legend(handles=patches, loc="outside lower center", ncols=n_columns, frameon=False)
    return close_figure(figure)


class _Canvas(NamedTuple):
    """Where to draw, and the unit of distances, in statements."""

    axes: Axes
    unit: float


def _draw_pair(canvas: _Canvas, position: int, rows: Mapping[str, Mapping[str, int]]) -> float:
    """Draw the ribbons from one document to the next, and return their lowest point."""
    left = right = 0.0
    for change in CHANGE_COLOURS:
        n_old, n_new = (rows.get(change, {}).get(name, 0) for name in ("n_old", "n_new"))
        if n_old and n_new:
            _draw_ribbon(canvas, position, (left, n_old), (right, n_new), change)
        left, right = left + n_old, right + n_new
        if n_old and not n_new:
            _draw_stub(canvas, position + _BAR / 2, 1, (left - n_old, n_old), change)
        if n_new and not n_old:
            _draw_stub(canvas, position + 1 - _BAR / 2, -1, (right - n_new, n_new), change)
    return max(left, right)


def _ease(start: float, end: float) -> np.ndarray:
    """Return heights of a smooth curve from start to end, flat at both ends."""
    share = np.linspace(0, 1, _STEPS)
    return start + (end - start) * (3 * share**2 - 2 * share**3)


def _draw_ribbon(
    canvas: _Canvas, position: int, old: tuple[float, int], new: tuple[float, int], change: str
) -> None:
    across = np.linspace(position + _BAR / 2, position + 1 - _BAR / 2, _STEPS)
    top, bottom = _ease(-old[0], -new[0]), _ease(-old[0] - old[1], -new[0] - new[1])
    canvas.axes.fill_between(across, top, bottom, color=CHANGE_COLOURS[change], alpha=0.75, linewidth=0)
    middle = (top[_STEPS // 2] + bottom[_STEPS // 2]) / 2
    label = f"{change} {old[1]}" if old[1] == new[1] else f"{change} {old[1]} into {new[1]}"
    if max(old[1], new[1]) >= _LEAST_LABELLED * canvas.unit:
        canvas.axes.text(position + 0.5, middle, label, ha="center", va="center", fontsize=10)


def _draw_stub(canvas: _Canvas, start: float, direction: int, old: tuple[float, int], change: str) -> None:
    """Draw a short ribbon that leaves or enters a bar."""
    across = np.linspace(start, start + direction * _STUB, _STEPS)
    drop = _ease(0, -5 * canvas.unit)
    top, bottom = -old[0] + drop, -old[0] - old[1] + drop
    canvas.axes.fill_between(across, top, bottom, color=CHANGE_COLOURS[change], alpha=0.75, linewidth=0)
    side = "left" if direction > 0 else "right"
    middle = (top[-1] + bottom[-1]) / 2
    canvas.axes.text(
        across[-1] + direction * 0.015, middle, f"{change} {old[1]}", ha=side, va="center", fontsize=10
    )
