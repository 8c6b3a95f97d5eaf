"""How pieces of text look, and which styles are those of headings."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Look", "Piece", "name_to_heading_level"]


class Look(NamedTuple):
    """How a run of text looks."""

    is_bold: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    is_raised: bool = False


class Piece(NamedTuple):
    """A piece of text, and how it looks."""

    text: str
    look: Look


def name_to_heading_level(name: str, outline: str) -> int:
    """Return the level of a style of headings, from 1; 0 if it is none.

    Examples
    --------
    >>> [name_to_heading_level(*style) for style in (("heading 2", ""), ("Title", ""), ("KSB", "2"))]
    [2, 1, 3]
    >>> name_to_heading_level("Normal", ""), name_to_heading_level("Body Text", "9")
    (0, 0)
    """
    name = name.casefold()
    number = name.removeprefix("heading ")
    if number.isdecimal() and number != name:
        return int(number)
    if name in ("title", "subtitle", "heading"):
        return 1
    return int(outline) + 1 if outline in tuple("012345678") else 0
