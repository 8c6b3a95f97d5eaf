"""The graph of a standard as it shows itself: as a still picture, or as a part of a page that answers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import pandas as pd

from curriculum.html.graph_plan import GraphDrawing
from curriculum.html.graph_svg import drawing_to_html, drawing_to_svg
from curriculum.viz.drawing_files import PAGE_HEAD, check_drawing_path, write_drawing

__all__ = ["GraphPicture", "GraphView", "document_to_prefix"]

_PAGE: Final = (
    PAGE_HEAD + '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n{body}\n</html>\n"
)


@dataclass(frozen=True, repr=False, eq=False)
class GraphPicture:
    """The duties, KSBs and themes of a standard as a still picture. It shows itself as SVG.

    Attributes
    ----------
    drawing
        Its nodes and lines with their places.
    table
        The nodes and edges that are drawn, counted by kind.
    prefix
        What the ids of the page begin with.
    """

    drawing: GraphDrawing
    table: pd.DataFrame
    prefix: str

    @property
    def title(self) -> str:
        """The title."""
        return self.drawing.title

    @property
    def alt(self) -> str:
        """What it shows, in a sentence or two with its numbers."""
        return self.drawing.alt

    def svg(self) -> str:
        """Return the graph as SVG."""
        return drawing_to_svg(self.drawing)

    def html(self) -> str:
        """Return the graph as a part of a page: a node that is pointed at stands out with its neighbours."""
        return drawing_to_html(self.drawing, self.prefix)

    def save(self, path: str | Path) -> Path:
        """Write the graph; the ending of the name decides the format.

        Parameters
        ----------
        path
            A name that ends in ``.svg``, or in ``.html`` for a page. A previous file with other content is
            kept as ``<name>.previous``.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput
            If the ending is another one, or the file cannot be written.
        """
        path = check_drawing_path(path, (".svg", ".html"))
        if path.suffix.lower() == ".svg":
            return write_drawing(path, self.svg().encode())
        return write_drawing(path, _PAGE.format(title=escape(self.title), body=self.html()).encode())

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the graph for a notebook, and its text where figures are not shown."""
        del include, exclude
        return {"image/svg+xml": self.svg(), "text/plain": repr(self)}


class GraphView(GraphPicture):
    """The graph of a standard as a part of a page, which answers to the mouse and the keyboard."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the graph for a notebook, and its text where no page is shown."""
        del include, exclude
        return {"text/html": self.html(), "text/plain": repr(self)}


def document_to_prefix(document_id: str) -> str:
    """Return what the ids of the graph of a document begin with.

    Examples
    --------
    >>> document_to_prefix("st0792-1.2")
    'graph-st0792-1-2'
    """
    letters = [letter if letter.isascii() and letter.isalnum() else "-" for letter in document_id.lower()]
    return f"graph-{''.join(letters)}"
