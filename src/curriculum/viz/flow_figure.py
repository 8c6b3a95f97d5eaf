"""Draw the flow of statements from version to version, by change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.palette import background_to_text_colour
from curriculum.viz.figure_style import (
    CHANGE_FILLS,
    INK,
    MOST_WIDTH,
    SMALL,
    add_legend,
    add_title,
    check_frame_to_draw,
    styled,
)
from curriculum.viz.picture import Picture

__all__ = ["ease", "plot_flow"]

# As shares of the distance between two bars: the width of a bar, and of a ribbon that ends nowhere.
_BAR, _STUB = 0.06, 0.2
# In inches: the distance between two bars, the margin, the height of a row, and the height of a text.
_BETWEEN, _MARGIN, _HEIGHT, _TEXT = 4.2, 1.1, 5.6, 0.19
# As many pairs stand beside each other as have room for their texts.
_MOST_PAIRS: Final = 2
# The distances suit bars of this number of statements; shorter bars get shorter ones.
_UNITS: Final = 96
_STEPS: Final = 60
_Pair = tuple[str, str]
_Counts = Mapping[str, Mapping[str, int]]


@styled
def plot_flow(changes: pd.DataFrame, title: str) -> Picture:
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
    Picture
        A bar for each document, whose height is the number of its statements; a ribbon for each change.
        Ribbons of statements without a counterpart and of new ones end below the bar. More than two pairs are
        drawn in several rows.
    """
    names = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.CHANGE, "n_old", "n_new"]
    check_frame_to_draw(changes, names, "as crosswalk_to_changes returns it")
    of_pairs = _by_pair(changes)
    rows = [list(of_pairs)[at : at + _MOST_PAIRS] for at in range(0, len(of_pairs), _MOST_PAIRS)]
    width = max(len(pairs) for pairs in rows) * _BETWEEN + _MARGIN
    figure = Figure(figsize=(min(width, MOST_WIDTH), _HEIGHT * len(rows) + 1), layout="constrained")
    for axes, pairs in zip(figure.subplots(len(rows), squeeze=False).flat, rows, strict=True):
        _draw_row(axes, {pair: of_pairs[pair] for pair in pairs}, len(rows[0]))
    add_title(figure, title)
    used = [name for name in CHANGE_FILLS if name in set(changes[v.CHANGE])]
    add_legend(figure, [CHANGE_FILLS[name].to_patch(name) for name in used])
    return Picture(figure, title, _changes_to_alt(of_pairs), changes)


def _by_pair(changes: pd.DataFrame) -> dict[_Pair, _Counts]:
    """Return the counts of each pair by change, and check that each pair begins where the one before ends."""
    of_pairs: dict[_Pair, dict[str, Mapping[str, int]]] = {}
    for row in changes.to_dict("records"):
        of_pair = of_pairs.setdefault((row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]), {})
        of_pair[row[v.CHANGE]] = {"n_old": row["n_old"], "n_new": row["n_new"]}
    pairs = list(of_pairs)
    for (_, before), (old, new) in pairwise(pairs):
        if before != old:
            raise InvalidInput(
                "crosswalks that do not follow each other",
                where=f"{old} to {new}",
                expected=f"a crosswalk that begins with {before}",
                found=f"one that begins with {old}",
                advice="Give the crosswalks in the order of the versions.",
            )
    unknown = {name for rows in of_pairs.values() for name in rows} - set(CHANGE_FILLS)
    if unknown:
        raise InvalidInput("no change", expected=", ".join(CHANGE_FILLS), found=", ".join(sorted(unknown)))
    return dict(of_pairs)


class _Canvas(NamedTuple):
    """Where to draw, and the unit of distances, in statements."""

    axes: Axes
    unit: float

    @property
    def text_height(self) -> float:
        """The height of a line of text, in statements."""
        return _TEXT * self.unit * _UNITS / (_HEIGHT * 0.8)


def _draw_row(axes: Axes, of_pairs: Mapping[_Pair, _Counts], n_slots: int) -> None:
    """Draw successive pairs beside each other."""
    sizes = [_sizes(counts) for counts in of_pairs.values()]
    canvas = _Canvas(axes, max(1, *(max(size) for size in sizes)) / _UNITS)
    lowest = 0.0
    for position, counts in enumerate(of_pairs.values()):
        low, unlabelled = _draw_pair(canvas, position, counts)
        if unlabelled:
            low += 7 * canvas.unit
            axes.text(
                position + 0.5,
                -low,
                f"also {', '.join(unlabelled)}",
                ha="center",
                va="top",
                fontsize=SMALL + 1,
            )
        lowest = max(lowest, low)
        for side, count in zip((position, position + 1), sizes[position], strict=True):
            axes.add_patch(Rectangle((side - _BAR / 2, -count), _BAR, count, facecolor=INK, zorder=3))
    names = [next(iter(of_pairs))[0], *(new for _, new in of_pairs)]
    for position, name in enumerate(names):
        count = sizes[0][0] if position == 0 else sizes[position - 1][1]
        label = f"{name}\n{count}"
        axes.text(position, 2 * canvas.unit, label, ha="center", va="bottom", fontsize=10.5)
    axes.set(xlim=(-0.2, n_slots + 0.2), ylim=(-lowest - 9 * canvas.unit, 12 * canvas.unit))
    axes.set_axis_off()


def _sizes(counts: _Counts) -> tuple[int, int]:
    """Return the number of old and of new statements."""
    old, new = (sum(row[name] for row in counts.values()) for name in ("n_old", "n_new"))
    return old, new


def _draw_pair(canvas: _Canvas, position: int, counts: _Counts) -> tuple[float, list[str]]:
    """Draw the ribbons from one document to the next; return their lowest point, and texts without room."""
    left = right = 0.0
    unlabelled: list[str] = []
    for change in (name for name in CHANGE_FILLS if name in counts):
        n_old, n_new = counts[change]["n_old"], counts[change]["n_new"]
        label = _label(change, n_old, n_new)
        if n_old and n_new:
            has_room = _draw_ribbon(canvas, position, (left, n_old), (right, n_new), change)
        elif n_old:
            has_room = _draw_stub(canvas, position + _BAR / 2, 1, (left, n_old), change)
        else:
            has_room = _draw_stub(canvas, position + 1 - _BAR / 2, -1, (right, n_new), change)
        left, right = left + n_old, right + n_new
        if not has_room:
            unlabelled.append(label)
    return max(left, right), unlabelled


def _label(change: str, n_old: int, n_new: int) -> str:
    return (
        f"{change} {n_old} into {n_new}"
        if n_old and n_new and n_old != n_new
        else f"{change} {n_old or n_new}"
    )


def ease(start: float, end: float, steps: int = _STEPS) -> np.ndarray:
    """Return heights of a smooth curve from start to end, flat at both ends."""
    share = np.linspace(0, 1, steps)
    return start + (end - start) * (3 * share**2 - 2 * share**3)


def _fill(canvas: _Canvas, across: np.ndarray, top: np.ndarray, bottom: np.ndarray, change: str) -> None:
    fill = CHANGE_FILLS[change]
    canvas.axes.fill_between(
        across, top, bottom, facecolor=fill.colour, edgecolor=fill.edge, hatch=fill.hatch, linewidth=0
    )


def _draw_ribbon(
    canvas: _Canvas, position: int, old: tuple[float, int], new: tuple[float, int], change: str
) -> bool:
    """Draw a ribbon from bar to bar, and return whether its text has room in it."""
    across = np.linspace(position + _BAR / 2, position + 1 - _BAR / 2, _STEPS)
    top, bottom = ease(-old[0], -new[0]), ease(-old[0] - old[1], -new[0] - new[1])
    _fill(canvas, across, top, bottom, change)
    has_room = _is_flat(canvas, top, bottom)
    if has_room:
        middle = (top[_STEPS // 2] + bottom[_STEPS // 2]) / 2
        canvas.axes.text(
            position + 0.5,
            middle,
            _label(change, old[1], new[1]),
            ha="center",
            va="center",
            fontsize=9.5,
            color=background_to_text_colour(CHANGE_FILLS[change].colour),
        )
    return has_room


def _is_flat(canvas: _Canvas, top: np.ndarray, bottom: np.ndarray) -> bool:
    """Return whether a line of text in the middle stays within a ribbon."""
    part = slice(_STEPS // 2 - 14, _STEPS // 2 + 15)
    return bool(top[part].min() - bottom[part].max() >= canvas.text_height)


def _draw_stub(canvas: _Canvas, start: float, direction: int, of_bar: tuple[float, int], change: str) -> bool:
    """Draw a short ribbon that leaves or enters a bar, and return whether its text has room beside it."""
    across = np.linspace(start, start + direction * _STUB, _STEPS)
    drop = ease(0, -5 * canvas.unit)
    top, bottom = -of_bar[0] + drop, -of_bar[0] - of_bar[1] + drop
    _fill(canvas, across, top, bottom, change)
    has_room = of_bar[1] >= canvas.text_height
    if has_room:
        canvas.axes.text(
            across[-1] + direction * 0.02,
            (top[-1] + bottom[-1]) / 2,
            _label(change, of_bar[1], of_bar[1]),
            ha="left" if direction > 0 else "right",
            va="center",
            fontsize=9.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )
    return has_room


def _changes_to_alt(of_pairs: Mapping[_Pair, _Counts]) -> str:
    """Return a sentence for each pair with the numbers of its changes."""
    return " ".join(_pair_to_sentence(pair, counts) for pair, counts in of_pairs.items())


def _pair_to_sentence(pair: _Pair, counts: _Counts) -> str:
    n_old, n_new = _sizes(counts)
    labels: Sequence[str] = [_label(change, row["n_old"], row["n_new"]) for change, row in counts.items()]
    return f"{pair[0]} ({n_old} statements) to {pair[1]} ({n_new}): {', '.join(labels)}."
