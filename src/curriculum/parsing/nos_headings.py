"""The headings of a National Occupational Standards (NOS) unit, in the forms in which units print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from curriculum.model.codes import line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.lines import Line

__all__ = [
    "CRITERIA",
    "KNOWLEDGE",
    "OVERVIEW",
    "SIDE",
    "URN",
    "has_ksb_codes",
    "heading_to_part",
    "is_kind_of_knowledge",
    "is_part_again",
    "is_stem",
    "line_to_element",
    "lines_to_headings",
    "text_to_urn",
]

_YOU = r"(?:to (?:achieve|meet) (?:this|the) (?:nos|standard|unit) )?you (?:must|need to|should) be able to"
_NEED = r"you (?:need to|must) (?:know and understand|know|understand)"
# In text copied from a PDF, the heading at the side and the line that begins the list are one line.
CRITERIA: Final = re.compile(
    rf"(?:the )?performance criteria|(?:performance )?{_YOU}(?: do)?|performance {_YOU} criteria"
    rf"|performance criteria {_YOU}|what {_YOU}(?: do)?|what you must do|outcomes of effective performance"
)
KNOWLEDGE: Final = re.compile(
    rf"(?:underpinning |required )?knowledge and understanding|(?:knowledge and )?{_NEED}|what {_NEED}"
    rf"|knowledge and {_NEED} understanding|knowledge and understanding {_NEED}|knowledge understanding"
    r"|underpinning knowledge"
)
# A list of its own within the knowledge, as the standards for managers have.
_KINDS_OF_KNOWLEDGE = re.compile(
    r"(?:general|(?:industry |sector ){0,2}specific|context specific|core|technical|organisational)"
    r" knowledge(?: and understanding)?"
)
OVERVIEW: Final = re.compile(
    r"overview|(?:unit )?(?:summary|description|overview)|introduction"
    r"|about this (?:unit|standard)|what this (?:unit|standard) is about"
)
URN: Final = re.compile(r"[A-Z]{2}[A-Za-z&]*+\d[A-Za-z0-9&]*+(?:[.-]\d+)?|[A-Z]{2,8} \d{1,4}[a-z]?")
_ELEMENT = re.compile(r"element\s+(?P<number>[a-z]\b|\d{1,4}(?:\.\d{1,2})*+)(?!\w).*", re.IGNORECASE)
_LONGEST_ELEMENT: Final = 120
_STEM = re.compile(
    r"(?:[\w'’]+ ){0,9}(?:must|need to|needs to|should|will) be able to(?: do)?|you (?:must|will|should)|you"
    r"|this means that you(?: \w+){0,3}|you need to show that you(?: can)?|you need to do the following"
    r"|(?:[\w'’]+ ){0,9}(?:must|need to|needs to) know(?: and understand)?(?: about)?"
    rf"|{_YOU} do the following|you need to"
)
# The column of words at the side of a list that are no known heading.
SIDE: Final = "at the side"
_HEADINGS = {"criteria": CRITERIA, "knowledge": KNOWLEDGE, "overview": OVERVIEW}
_CONTINUED = re.compile(r" (?:continued|cont d|cont)$")
_LONGEST_HEADING = 80
_MOST_LINES = 4


def _text_to_part(key: str) -> str:
    return next((part for part, pattern in _HEADINGS.items() if pattern.fullmatch(key)), "")


def _line_to_key(line: Line) -> str:
    """Return the key of a line that can be a heading or a part of one; empty if it cannot."""
    return text_to_title_key(line.text) if len(line.text) <= _LONGEST_HEADING else ""


def heading_to_part(line: Line, after: Sequence[Line]) -> tuple[str, int]:
    """Return the part that a heading begins, and how many lines the heading has.

    Parameters
    ----------
    line
        The line.
    after
        The lines below it: a heading can be on several lines.

    Examples
    --------
    >>> heading_to_part(Line(1, "Performance"), [Line(2, "criteria"), Line(3, "P1 Bake")])
    ('criteria', 2)
    >>> heading_to_part(Line(1, "You need to know and understand:"), [])
    ('knowledge', 1)
    """
    words, found = "", ("", 0)
    for n, part in enumerate((line, *after[: _MOST_LINES - 1]), start=1):
        key = _line_to_key(part)
        if not key or (n > 1 and part.cells):
            break
        words = f"{words} {key}".strip()
        name = _text_to_part(_CONTINUED.sub("", words))
        found = (name, n) if name else found
    return found


def lines_to_headings(lines: Sequence[Line]) -> dict[str, list[int]]:
    """Return the numbers of the lines with the headings of each part."""
    numbers: dict[str, list[int]] = {part: [] for part in _HEADINGS}
    for at, line in enumerate(lines):
        part, _ = heading_to_part(line, lines[at + 1 : at + _MOST_LINES])
        if part:
            numbers[part].append(line.number)
    return numbers


def line_to_element(line: Line) -> str:
    """Return the number of an element of the unit, of which a line is the heading; empty if it is none.

    Examples
    --------
    >>> line_to_element(Line(3, "Element 14.2: Show the dog")), line_to_element(Line(4, "Elements of a dog"))
    ('2', '')
    """
    is_short = len(line.text) <= _LONGEST_ELEMENT and line.text[-1] not in ".;,"
    found = _ELEMENT.fullmatch(line.text) if is_short else None
    return found["number"].rpartition(".")[2] if found else ""


def has_ksb_codes(lines: Sequence[Line]) -> bool:
    """Return whether a text has skills or behaviours with codes (S1), which no NOS unit has.

    Examples
    --------
    >>> has_ksb_codes([Line(1, "S1: Bake"), Line(2, "B1: Be kind")]), has_ksb_codes([Line(1, "P1: Bake")])
    (True, False)
    """
    labels = filter(None, (line_to_label(line.text) for line in lines))
    return sum(not label.code.startswith(("P", "K")) for label in labels) > 1


def is_kind_of_knowledge(line: Line) -> bool:
    """Return whether a line is the heading of a list within the knowledge: “General knowledge”."""
    return _KINDS_OF_KNOWLEDGE.fullmatch(_line_to_key(line)) is not None


def is_stem(line: Line) -> bool:
    """Return whether a line only begins the sentences of a list: “This means that you:”.

    Examples
    --------
    >>> is_stem(Line(4, "The person must be able to:")), is_stem(Line(5, "You must be able to weld"))
    (True, False)
    """
    return _STEM.fullmatch(_line_to_key(line)) is not None


def is_part_again(line: Line, after: Sequence[Line]) -> bool:
    """Return whether a heading says of itself that it goes on with a list of the page before."""
    words = " ".join(_line_to_key(part) for part in (line, *after[: _MOST_LINES - 1]))
    return _CONTINUED.search(words) is not None


def text_to_urn(text: str) -> str:
    """Return the number of a unit (its URN) that a text begins with; empty if it begins with none.

    Examples
    --------
    >>> text_to_urn("BAKE7 Bake a loaf"), text_to_urn("CFAM&LBA2"), text_to_urn("Bake a loaf")
    ('BAKE7', 'CFAM&LBA2', '')
    """
    found = URN.match(text)
    is_whole = found is not None and not text[found.end() :][:1].isalnum()
    return found[0] if found and is_whole else ""
