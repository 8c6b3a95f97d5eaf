"""Render pages from the templates of this package.

Autoescape is on: a text never becomes markup. A page loads nothing from elsewhere, and has no scripts but
those of an output of a notebook. The same content gives the same bytes.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from curriculum.model.palette import BLUE, ORANGE

__all__ = ["Cell", "render_page"]

# The colours of a whole and of a part in the bars.
_COLOURS: Final = {"whole_colour": BLUE, "part_colour": ORANGE}


class Cell(NamedTuple):
    """A cell of a table, as the macro `cell` in `parts.html` renders it.

    Attributes
    ----------
    text
        The text.
    code
        A code in bold before the text.
    mark
        A sign before the text that repeats it, hidden from screen readers.
    counts
        The lengths of the parts of a bar before the text: whole, part, none. No bar if it is empty.
    notes
        Small lines below the text.
    """

    text: str = ""
    code: str = ""
    mark: str = ""
    counts: Sequence[int] = ()
    notes: Sequence[str] = ()


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("curriculum.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Templates of a release do not change while it runs.
        auto_reload=False,
    )
    environment.globals.update(_COLOURS)
    return environment


def render_page(template: str, **content: object) -> bytes:
    """Return a page as HTML in UTF-8.

    Parameters
    ----------
    template
        The name of a file in `templates`, such as `coverage.html`.
    **content
        The values that the template shows. The frame in `base.html` needs ``title``, ``about`` (lines below
        it), ``sentences`` (a list) and ``legend`` (cells).

    Raises
    ------
    jinja2.UndefinedError
        If the template needs a value that is missing.

    Examples
    --------
    >>> page = render_page("base.html", title="K7 & S13", about=[], sentences=["<b>"], legend=[])
    >>> b"<h1>K7 &amp; S13</h1>" in page, b"<li>&lt;b&gt;</li>" in page
    (True, True)
    """
    return _environment().get_template(template).render(content).encode()
