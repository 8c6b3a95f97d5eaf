"""What all figures share: colours that people with any kind of colour vision tell apart, bare axes."""

from __future__ import annotations

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
    "escape_dollars",
    "number_to_colour",
    "remove_frame",
]

PLACED = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, YELLOW)
KIND_COLOURS = dict(
    zip(STATEMENT_KINDS, (SKY, BLUE, ORANGE, GREEN, VERMILION, PURPLE, YELLOW, GREY), strict=True)
)
CHANGE_COLOURS = {
    "identical": GREY,
    "reworded": SKY,
    "merged": ORANGE,
    "split": PURPLE,
    "withdrawn": VERMILION,
    "new": BLUE,
}
INK = "0.25"
_DARK = frozenset((BLUE, VERMILION))


def number_to_colour(number: int) -> str:
    """Return the colour of the place in a row of things: the first, the second ..."""
    return PLACED[number % len(PLACED)]


def background_to_text_colour(colour: str) -> str:
    """Return the colour of writing that can be read on a colour."""
    return "white" if colour in _DARK else "black"


def escape_dollars(text: str) -> str:
    """Return a text of a document as it is to be written: a dollar sign is no mathematics."""
    return text.replace("$", r"\$")


def remove_frame(axes: Axes, *, sides: bool = False) -> None:
    """Take off what tells nothing: the frame, the ticks."""
    axes.spines[["top", "right"] if sides else ["top", "right", "left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def add_title(axes: Axes, title: str) -> None:
    """Put a title over the left edge."""
    axes.set_title(title, loc="left", fontsize=12)


def close_figure(figure: Figure) -> Figure:
    """Return a figure that pyplot no longer holds, so that a notebook shows it once."""
    plt.close(figure)
    return figure
