"""The short text and the HTML with which an object shows itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

__all__ = ["lines_to_html"]


def lines_to_html(lines: Sequence[str]) -> str:
    """Return lines of text as HTML for a notebook; the first line is bold.

    Examples
    --------
    >>> lines_to_html(["st0792-1.2", "56 statements"])
    '<div style="white-space:pre-wrap"><strong>st0792-1.2</strong><br>56 statements</div>'
    """
    first, *others = (escape(line) for line in lines)
    return f'<div style="white-space:pre-wrap">{"<br>".join([f"<strong>{first}</strong>", *others])}</div>'
