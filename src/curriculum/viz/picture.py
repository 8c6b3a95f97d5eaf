"""A figure that shows itself as SVG, with a text that says what it shows, and the table behind it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Final

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from curriculum.viz.drawing_files import check_drawing_path, write_drawing
from curriculum.viz.figure_style import style

__all__ = ["Picture"]

_NO_METADATA: Final = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_PNG_DPI: Final = 144
# The attributes with coordinates, and a number with more decimals than the eye can see.
_COORDINATES: Final = re.compile(r' (?:d|x|y|x1|y1|x2|y2|points|width|height)="[^"]*"|translate\([^)]*\)')
_LONG_NUMBER: Final = re.compile(r"-?\d+\.\d{3,}")
_HUNDREDTH: Final = Decimal("0.01")
# Nothing refers to the ids of these groups, and two figures of a page would share them.
_GROUP_ID: Final = re.compile(
    r' id="(?:figure|axes|patch|text|line2d|legend|matplotlib\.axis|xtick|ytick|PathCollection'
    r'|LineCollection|FillBetweenPolyCollection|QuadMesh)_\d+"'
)
_COMMENT: Final = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_STYLE: Final = re.compile(r' style="([^"]*)"')
_GLYPH: Final = "DejaVuSans"
# The place of a letter in its line.
_LETTER: Final = re.compile(r'(<use [^>]*)transform="translate\(([\d.]+) 0\)"')


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
        with style(), mpl.rc_context({"svg.hashsalt": f"curriculum {self.title}"}):
            self.figure.savefig(stream, format="svg", metadata=_NO_METADATA)
        return _named(_smaller(stream.getvalue()), self.title, self.alt)

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


def _smaller(svg: str) -> str:
    """Return SVG of matplotlib without prolog, comments and unused ids, its coordinates with two decimals."""
    body = _GROUP_ID.sub("", _COMMENT.sub("", svg[svg.index("<svg") :]))
    body = _COORDINATES.sub(lambda found: _LONG_NUMBER.sub(_rounded, found[0]), body)
    body = _STYLE.sub(lambda found: found[0].replace("; ", ";").replace(": ", ":"), body)
    body = _LETTER.sub(r'\1x="\2"', body.replace("xlink:href", "href").replace(_GLYPH, "D"))
    lines = (line.strip() for line in body.replace("<g/>", "").splitlines())
    return "\n".join(line for line in lines if line)


def _rounded(number: re.Match[str]) -> str:
    # matplotlib writes six decimals, which are the same on every processor; so are two of them.
    return f"{Decimal(number[0]).quantize(_HUNDREDTH).normalize():f}"


def _named(svg: str, title: str, alt: str) -> str:
    """Return SVG with a name for screen readers."""
    head, _, rest = svg.partition(">")
    name = escape(f"{title}. {alt}", quote=True)
    return (
        f'{head} role="img" aria-label="{name}">\n<title>{escape(title)}</title>'
        f"\n<desc>{escape(alt)}</desc>{rest}"
    )
