"""Render pages and tables from the templates of this package.

Autoescape is on: a text never becomes markup. A page loads nothing from elsewhere; its only script is that of
its tables, which the content security policy names by its hash. The same content gives the same bytes.
"""

from __future__ import annotations

import functools
from base64 import b64encode
from hashlib import sha256
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from curriculum.html.cells import LEAST_ROWS, Table
from curriculum.model.palette import BLUE, DELETED, INSERTED, ORANGE

__all__ = ["render_page", "render_table"]

# The colours of a whole and of a part in the bars, and of words that differ.
_COLOURS: Final = {
    "whole_colour": BLUE,
    "part_colour": ORANGE,
    "deleted_colour": DELETED,
    "inserted_colour": INSERTED,
}


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
    environment.globals.update(_COLOURS, least_rows=LEAST_ROWS)
    script = environment.get_template("tables.js").render()
    digest = b64encode(sha256(script.encode()).digest()).decode()
    environment.globals.update(script_hash=f"sha256-{digest}")
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


def render_table(table: Table) -> str:
    """Return a table as HTML for a notebook, with its style, and with its script if it is worth searching.

    Examples
    --------
    >>> from curriculum.html.cells import Cell, Column
    >>> html = render_table(Table("", [Column("code")], [[Cell("K7 & S13")]]))
    >>> html.count("K7 &amp; S13"), "<script>" in html
    (1, False)
    """
    return _environment().get_template("notebook_table.html").render(table=table)
