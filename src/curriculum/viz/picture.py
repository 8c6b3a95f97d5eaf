"""A figure that shows itself as SVG, with a text that says what it shows, and the table behind it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from curriculum.viz.drawing_files import check_drawing_path, write_drawing
from curriculum.viz.figure_style import style
from curriculum.viz.svg_text import svg_to_small

__all__ = ["Picture"]

_NO_METADATA: Final = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_PNG_DPI: Final = 144


@dataclass(frozen=True, repr=False, eq=False)
class Picture:
    """A figure, with the text and the table that say the same.

    It shows itself as SVG. The same table gives the same bytes, whatever the settings of matplotlib.

    Attributes
    ----------
    figure
        The figure of matplotlib.
    title
        Its title.
    alt
        What it shows, in a sentence or two with its numbers.
    table
        The values that are drawn.
    """

    figure: Figure
    title: str
    alt: str
    table: pd.DataFrame

    def svg(self) -> str:
        """Return the figure as SVG, with its title and its text for screen readers."""
        return self._svg

    def save(self, path: str | Path) -> Path:
        """Write the figure; the ending of the name decides the format.

        Parameters
        ----------
        path
            A name that ends in ``.svg`` or ``.png``. A previous file with other content is kept as
            ``<name>.previous``.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput
            If the ending is another one, or the file cannot be written.
        """
        makers = {".svg": lambda: self.svg().encode(), ".png": self._to_png}
        path = check_drawing_path(path, makers)
        return write_drawing(path, makers[path.suffix.lower()]())

    @cached_property
    def _svg(self) -> str:
        stream = io.StringIO()
        # Figures of one page must not share the ids of their clipped areas.
        with style(svg_hashsalt=f"curriculum {self.title}"):
            self.figure.savefig(stream, format="svg", metadata=_NO_METADATA)
        return svg_to_small(stream.getvalue(), self.title, self.alt)

    def _to_png(self) -> bytes:
        stream = io.BytesIO()
        with style():
            self.figure.savefig(stream, format="png", dpi=_PNG_DPI, metadata={"Software": None})
        return stream.getvalue()

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the figure for a notebook, and its text where figures are not shown."""
        del include, exclude
        return {"image/svg+xml": self.svg(), "text/plain": repr(self)}
