"""The common style of all figures: colours for every kind of colour vision, and axes without a frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from curriculum.model.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, YELLOW
from curriculum.model.vocabulary import STATEMENT_KINDS

__all__ = [
    "CHANGE_COLOURS",
    "INK",
    "KIND_COLOURS",
    "add_title",
    "background_to_text_colour",
    "close_figure",
    "closed_on_error",
    "escape_dollars",
    "number_to_colour",
    "remove_frame",
]

COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, YELLOW)
KIND_COLOURS = dict(
    zip(STATEMENT_KINDS, (SKY, BLUE, ORANGE, GREEN, VERMILION, PURPLE, YELLOW, GREY), strict=True)
)
CHANGE_COLOURS = {
    "identical": GREY,
    "reworded": SKY,
    "merged": ORANGE,
    "split": PURPLE,
    "no counterpart found": VERMILION,
    "withdrawn": YELLOW,
    "new": BLUE,
}
INK = "0.25"
_Arguments = ParamSpec("_Arguments")
_DARK = frozenset((BLUE, VERMILION))


def number_to_colour(number: int) -> str:
    """Return the colour of a series by its number, from 0."""
    return COLOURS[number % len(COLOURS)]


def background_to_text_colour(background: str) -> str:
    """Return the colour of text that is readable on a background."""
    return "white" if background in _DARK else "black"


def escape_dollars(text: str) -> str:
    """Return a text with its dollar signs escaped, which matplotlib would read as mathematics."""
    return text.replace("$", r"\$")


def remove_frame(axes: Axes, *, sides: bool = False) -> None:
    """Remove the frame and the ticks, or with ``sides`` only a part of the frame."""
    axes.spines[["top", "right"] if sides else ["top", "right", "left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def add_title(axes: Axes, title: str) -> None:
    """Add a title at the left edge."""
    axes.set_title(title, loc="left", fontsize=12)


def close_figure(figure: Figure) -> Figure:
    """Close a figure in pyplot and return it, so that a notebook shows it only once."""
    plt.close(figure)
    return figure


def closed_on_error(plot: Callable[_Arguments, Figure]) -> Callable[_Arguments, Figure]:
    """Return a plotting function that leaves no figure open when it fails.

    A notebook shows every figure that is open at the end of a cell: a failed one would be blank.
    """

    @wraps(plot)
    def plot_or_close(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> Figure:
        before = set(plt.get_fignums())
        try:
            return plot(*args, **kwargs)
        except BaseException:
            for number in set(plt.get_fignums()) - before:
                plt.close(number)
            raise

    return plot_or_close
