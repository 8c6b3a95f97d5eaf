"""What is known of a place in a web page: the part of the page, the heading or the cell that it is in."""

from __future__ import annotations

from typing import NamedTuple

from curriculum.documents.page_furniture import (
    SECTIONING,
    WITH_MEANING,
    Element,
    Part,
    Region,
    element_to_part,
    is_spoken,
)
from curriculum.documents.page_tables import text_to_number

__all__ = ["BROKEN", "LISTS", "PARAGRAPHS", "PageState"]

LISTS = frozenset(("ol", "ul", "menu", "dir"))
# Before and after these a browser shows a blank line; before and after the next, a new line.
PARAGRAPHS = LISTS | frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "dl", "hr", "figure"),
        *("section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset", "details"),
    )
)
_BLOCKS = frozenset(
    (
        *("div", "li", "tr", "td", "th", "dt", "dd", "caption", "thead", "tbody", "tfoot"),
        *("summary", "legend", "figcaption", "address", "center", "dialog", "hgroup", "search"),
    )
)

# Elements that end a line.
BROKEN = PARAGRAPHS | _BLOCKS
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_USUAL_LEVEL = 2
_NAMES = frozenset(("td", "th", "dt", "caption", "summary"))
_WITH_STATE = WITH_MEANING | _HEADINGS | _NAMES | SECTIONING


class PageState(NamedTuple):
    """What is known of the innermost open element.

    Attributes
    ----------
    region
        The part of the page that it is in.
    level
        The level of the heading that it is in, from 1; 0 if it is in none.
    is_in_section
        Whether it is in the main part, an article or a section.
    is_in_name
        Whether it is in a heading, or in a cell of a table.
    is_in_cell
        Whether it is in a cell of a table.
    """

    region: Region
    level: int = 0
    is_in_section: bool = False
    is_in_name: bool = False
    is_in_cell: bool = False

    def within(self, element: Element) -> PageState:
        """Return the state within an element."""
        if not element.attributes and element.tag not in _WITH_STATE:
            return self
        is_main = element.tag == "main" or element.attributes.get("role", "") == "main"
        level = _element_to_level(element) or self.level
        part = None
        if element.tag in BROKEN:
            part = element_to_part(element, self.is_in_section, level > 0)
            is_name = level or element.tag in ("td", "th", "dt", "dd")
            part = part or (Part.SPOKEN if is_spoken(element) and not is_name else None)
        region = self.region
        if part or is_main:
            region = Region(part, is_main or region.is_main, region)
        return PageState(
            region,
            level,
            self.is_in_section or is_main or element.tag in SECTIONING,
            self.is_in_name or level > 0 or element.tag in _NAMES,
            self.is_in_cell or element.tag in ("td", "th"),
        )


def _element_to_level(element: Element) -> int:
    """Return the level of a heading; 0 if an element is none."""
    if element.tag in _HEADINGS:
        return int(element.tag[1])
    if element.attributes.get("role", "") == "heading":
        return text_to_number(element.attributes.get("aria-level"), _USUAL_LEVEL)
    return 0
