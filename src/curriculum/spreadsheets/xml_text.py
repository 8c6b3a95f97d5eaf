"""Escape texts for XML.

`xml.sax.saxutils` of the standard library does the same, but loads a client for the network with it.
"""

from __future__ import annotations

from html import escape

__all__ = ["text_to_attribute", "text_to_content"]

_IN_ATTRIBUTE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def text_to_content(text: str) -> str:
    """Return a text as the content of an element.

    Examples
    --------
    >>> text_to_content("K1 & <K2>")
    'K1 &amp; &lt;K2&gt;'
    """
    return escape(text, quote=False)


def text_to_attribute(text: str) -> str:
    """Return a text as the value of an attribute, in double quotes; in single ones if it has double ones.

    Examples
    --------
    >>> print(text_to_attribute("R&D"), text_to_attribute('the "new" sheet'))
    "R&amp;D" 'the "new" sheet'
    """
    escaped = text_to_content(text).translate(_IN_ATTRIBUTE)
    if '"' in escaped and "'" not in escaped:
        return f"'{escaped}'"
    escaped = escaped.replace('"', "&quot;")
    return f'"{escaped}"'
