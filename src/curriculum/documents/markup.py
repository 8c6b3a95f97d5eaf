"""What a file says about its lines beside their words: bold text, headings, paragraphs, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["BoldSpan", "Markup", "NamedValue", "Place", "Remark", "pieces_to_bold"]


class BoldSpan(NamedTuple):
    """A part of a line that is printed in bold: the number of the line, the first character, the end."""

    line: int
    start: int
    end: int


class Remark(NamedTuple):
    """What a reader says about how it read a file; a finding with the same rule, line and severity."""

    rule: str
    line: int
    severity: str
    message: str


class Place(NamedTuple):
    """Where a line is in a file with pages: the number of the page, and that of the line on it, from 1."""

    page: int
    line: int


class NamedValue(NamedTuple):
    """A value that a file has beside its text, such as in the front matter of Markdown, and its line."""

    name: str
    value: str
    line: int


class Markup(NamedTuple):
    """What a file says about its lines.

    Attributes
    ----------
    bold
        The parts of lines that are bold, not counting what is bold only as a heading.
    paragraphs
        The first and the last line of each paragraph that is wrapped over several lines.
    depths
        The line of each item of a list that is within another list, and within how many.
    values
        Named values beside the text.
    remarks
        What the reader says about the file.
    page_heads
        The texts in the headers of its pages, which are in no line or in lines that are furniture.
    places
        Where each line is, in a file with pages; empty for other files.
    """

    bold: tuple[BoldSpan, ...] = ()
    paragraphs: tuple[tuple[int, int], ...] = ()
    depths: tuple[tuple[int, int], ...] = ()
    values: tuple[NamedValue, ...] = ()
    remarks: tuple[Remark, ...] = ()
    page_heads: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def pieces_to_bold(
    pieces: Iterable[tuple[str, bool]], text: str, number: int, start: int = 0
) -> Iterator[BoldSpan]:
    """Yield the bold parts of a line.

    Parameters
    ----------
    pieces
        The pieces that the line was made of, and whether each is bold. Their white space can differ from
        that of the line.
    text
        The line.
    number
        Its number.
    start
        How many of its characters come before the first piece, such as those of a bullet.

    Examples
    --------
    >>> list(pieces_to_bold([("K1: ", False), ("The  hoof", True)], "• K1: The hoof", 4, start=2))
    [BoldSpan(line=4, start=6, end=14)]
    """
    at = start
    first = last = -1
    for piece, is_bold in pieces:
        for sign in piece:
            if sign.isspace():
                continue
            while at < len(text) and text[at] != sign:
                at += 1
            if is_bold and at < len(text):
                first, last = (at if first < 0 else first), at + 1
            elif first >= 0:
                yield BoldSpan(number, first, last)
                first = -1
            at += 1
    if first >= 0:
        yield BoldSpan(number, first, last)
