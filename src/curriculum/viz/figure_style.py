"""The common style of all figures: fills, series, sizes of text, titles and legends."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from textwrap import wrap
from typing import Any, Final, NamedTuple, ParamSpec, TypeVar

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from curriculum.errors import InvalidInput, NotFound
from curriculum.model.palette import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    MAUVE,
    NAVY,
    ORANGE,
    PALE,
    SKY,
    VERMILION,
    YELLOW,
    background_to_text_colour,
)
from curriculum.model.vocabulary import STATEMENT_KINDS

__all__ = [
    "CHANGE_FILLS",
    "GRID",
    "INK",
    "KIND_FILLS",
    "MOST_WIDTH",
    "SMALL",
    "Fill",
    "add_legend",
    "add_title",
    "check_frame_to_draw",
    "escape_dollars",
    "label_bars",
    "new_figure",
    "number_to_colour",
    "number_to_marker",
    "remove_frame",
    "style",
    "styled",
]

# JupyterLab at 1440 pixels, with names of files in full in its side bar, has 910 pixels for a figure.
MOST_WIDTH: Final = 9.4
# The size of the smallest text in points; a point is 4/3 of a pixel.
SMALL: Final = 8.0
INK: Final = "#404040"
GRID: Final = "#EBEBEB"
# In inches: the width of a letter of a title, and of a letter and the mark of a legend.
_TITLE_LETTER, _LEGEND_LETTER, _LEGEND_MARK = 0.105, 0.088, 0.6
_SERIES: Final = (BLUE, VERMILION, GREEN, MAUVE, INK)
_MARKERS: Final = "osD^v"
_STYLE: Final = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "hatch.linewidth": 0.8,
    "svg.fonttype": "path",
}
_Arguments = ParamSpec("_Arguments")
_Drawn = TypeVar("_Drawn")


class Fill(NamedTuple):
    """The fill of an area: its colour, and the hatching that tells it from areas of a similar lightness."""

    colour: str
    hatch: str = ""

    def to_patch(self, label: str) -> Patch:
        """Return a sample for a legend."""
        return Patch(facecolor=self.colour, edgecolor=self.edge, hatch=self.hatch, linewidth=0, label=label)

    @property
    def edge(self) -> str:
        """The colour of the hatching."""
        return background_to_text_colour(self.colour)


KIND_FILLS: Final = dict(
    zip(
        STATEMENT_KINDS,
        (
            *(Fill(SKY, ".."), Fill(BLUE), Fill(ORANGE), Fill(GREEN)),
            *(Fill(BLUE, "//"), Fill(ORANGE, "//"), Fill(GREEN, "//"), Fill(GREY, "xx")),
        ),
        strict=True,
    )
)
CHANGE_FILLS: Final = {
    "identical": Fill(PALE),
    "reworded": Fill(SKY),
    "merged": Fill(AMBER),
    "split": Fill(MAUVE),
    "no counterpart found": Fill(VERMILION, "//"),
    "withdrawn": Fill(YELLOW, "xx"),
    "new": Fill(NAVY),
}


@contextmanager
def style(**settings: object) -> Iterator[None]:
    """Return a context in which matplotlib has its own settings and ours, and none of the user.

    A sign that its font does not have is drawn as a box, without a warning.

    Parameters
    ----------
    **settings
        Further settings, by their names with `_` for the point.
    """
    defaults: Mapping[Any, object] = mpl.rcParamsDefault
    further = {name.replace("_", "."): value for name, value in settings.items()}
    fixed = {name: value for name, value in defaults.items() if not name.startswith("backend")}
    rc_context: Callable[..., AbstractContextManager[None]] = mpl.rc_context
    with warnings.catch_warnings(), rc_context({**fixed, **_STYLE, **further}):
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font")
        yield


def styled(plot: Callable[_Arguments, _Drawn]) -> Callable[_Arguments, _Drawn]:
    """Return a plotting function that draws with the same settings everywhere."""

    @wraps(plot)
    def plot_in_style(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Drawn:
        with style():
            return plot(*args, **kwargs)

    return plot_in_style


def check_frame_to_draw(frame: object, columns: Sequence[str], expected: str) -> None:
    """Raise an error if a thing is no frame with certain columns, or has no row.

    Parameters
    ----------
    frame
        What was given.
    columns
        The columns that are drawn.
    expected
        What to give instead, in words.

    Raises
    ------
    InvalidInput
        For another type, or without one of the columns.
    NotFound
        Without a row.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InvalidInput("nothing that can be drawn", expected=expected, found=type(frame).__name__)
    missing = [name for name in columns if name not in frame]
    if missing:
        raise InvalidInput(
            f"a frame without the column {' and '.join(missing)}",
            expected=expected,
            found=f"the columns {', '.join(map(str, frame.columns))}" if len(frame.columns) else "no column",
        )
    if frame.empty:
        raise NotFound("a frame without rows, so that there is nothing to draw", expected=expected)


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure with one pair of axes; a width above the widest is cut to that. Sizes are in inches."""
    figure = Figure(figsize=(min(width, MOST_WIDTH), height), layout="constrained")
    return figure, figure.subplots()


def number_to_colour(number: int) -> str:
    """Return the colour of a series by its number, from 0."""
    return _SERIES[number % len(_SERIES)]


def number_to_marker(number: int) -> str:
    """Return the marker of a series by its number, from 0."""
    return _MARKERS[number % len(_MARKERS)]


def escape_dollars(text: str) -> str:
    """Return a text with its dollar signs escaped, which matplotlib would read as mathematics."""
    return text.replace("$", r"\$")


def remove_frame(axes: Axes, *, sides: bool = False) -> None:
    """Remove the frame and the ticks, or with ``sides`` only a part of the frame."""
    axes.spines[["top", "right"] if sides else ["top", "right", "left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def add_title(figure: Figure, title: str) -> None:
    """Add a title at the left edge of a figure, in as many lines as it needs.

    Raises
    ------
    InvalidInput
        If it is no text.
    """
    if not isinstance(title, str):
        raise InvalidInput("no title", where=repr(title)[:60], expected="a text", found=type(title).__name__)
    lines = wrap(title, int(figure.get_figwidth() / _TITLE_LETTER))
    figure.suptitle(escape_dollars("\n".join(lines)), x=0.008, ha="left", fontsize=12)


def add_legend(figure: Figure, handles: Sequence[Artist]) -> None:
    """Add a legend below a figure, in as many columns as fit."""
    if handles:
        widths = [len(str(handle.get_label())) * _LEGEND_LETTER + _LEGEND_MARK for handle in handles]
        width = figure.get_figwidth()
        n_columns = len(handles) if sum(widths) <= width else max(1, int(width / max(widths)))
        figure.legend(handles=handles, loc="outside lower left", ncols=n_columns, frameon=False, fontsize=9.5)


def label_bars(axes: Axes, bars: BarContainer, counts: Sequence[int], fill: Fill) -> None:
    """Write its count into each bar that has room for it."""
    labels = [str(count) if count else "" for count in counts]
    texts = axes.bar_label(
        bars, labels, label_type="center", fontsize=9, color=background_to_text_colour(fill.colour)
    )
    for text in texts:
        if fill.hatch and text.get_text():
            text.set_bbox({"facecolor": fill.colour, "edgecolor": "none", "pad": 1.5})
