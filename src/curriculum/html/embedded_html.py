"""Check that HTML from elsewhere can stand in a page: it closes what it opens, and leads nowhere itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

__all__ = ["fits_in_page"]

# They load something, lead to another page without a click, or belong to a page of its own. No content
# security policy forbids all of it.
_REFUSED: Final = frozenset(
    (
        *("applet", "base", "body", "embed", "form", "frame", "frameset", "head", "html", "iframe", "link"),
        *("meta", "noembed", "noframes", "noscript", "object", "plaintext", "template", "xmp"),
    )
)
_VOID: Final = frozenset(("area", "br", "col", "hr", "img", "input", "source", "track", "wbr"))
# They end where what they stand in ends.
_OPTIONAL_END: Final = frozenset(
    ("dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr")
)
_FOREIGN: Final = frozenset(("math", "svg"))
_COMMENT: Final = "<!--"
# Ends of elements that browsers and `HTMLParser` read in different ways.
_DOUBTFUL: Final = re.compile(r"</(?![a-z])|</(?:script|style)(?!>)", re.IGNORECASE)


class _Elements(HTMLParser):
    """The elements that are open, and whether all so far fit in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.n_outermost = 0
        self.fits = True

    def handle_starttag(self, tag: str, *_: object) -> None:
        """Add an element that is opened."""
        self.n_outermost += not self.open
        self.fits &= tag not in _REFUSED
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, *_: object) -> None:
        """Add an element such as `<path/>`; outside of drawings and formulas the stroke means nothing."""
        self.handle_starttag(tag)
        if tag not in _VOID and _FOREIGN & {*self.open}:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element; it has to be the one that was opened last."""
        while self.open and self.open[-1] != tag and self.open[-1] in _OPTIONAL_END:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.fits = False

    def handle_data(self, data: str) -> None:
        """Refuse a comment in a script, which browsers and `HTMLParser` read in different ways."""
        if self.open[-1:] == ["script"] and _COMMENT in data:
            self.fits = False


def fits_in_page(html: str) -> bool:
    """Return whether HTML can stand in a page: what is behind it stays as it is, and the page stays open.

    Examples
    --------
    >>> fits_in_page("<table><tr><td>K1<br></table>"), fits_in_page("<svg><path d='M0 0'/></svg>")
    (True, True)
    >>> fits_in_page("<div>"), fits_in_page("</main>"), fits_in_page("<!-- K1")
    (False, False, False)
    >>> fits_in_page("<meta http-equiv='refresh' content='0;url=https://example.org'>")
    False
    """
    comments = html.split(_COMMENT)[1:]
    if not all("-->" in comment for comment in comments) or _DOUBTFUL.search(html):
        return False
    elements = _Elements()
    # The frame is closed by its own end, if nothing within it is left open or closes too much.
    try:
        elements.feed(f"<div>{html}</div>")
        elements.close()
    except AssertionError:
        # `HTMLParser` cannot read sections such as "<![x".
        return False
    return elements.fits and not elements.open and elements.n_outermost == 1
