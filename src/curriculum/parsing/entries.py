"""Parse a line with a name and its value: “Level: 3”."""

from __future__ import annotations

import re

from curriculum.parsing.lines import Line, without_bullet

__all__ = ["line_to_entries"]

_ENTRY = re.compile(r"(?:\d{1,2}[.)]\s+)?(?P<name>[*_]{0,3}[A-Z][^:]{0,60}):(?P<value>[*_]{0,3}(?:\s+.*)?)")
# As the site prints them in boxes of their own.
_SHORT_ENTRY = re.compile(
    r"(?P<name>Level|Version|Reference)\s(?P<value>\d{1,2}(?:\.\d{1,3})?|[A-Z]{2,3}\d{4})", re.IGNORECASE
)
_LONGEST_NAME = 60


def line_to_entries(line: Line) -> tuple[tuple[str, str], ...]:
    """Return names with their values: “Level: 3”, “Level 3”, or the cells of a row; none if there is no pair.

    Examples
    --------
    >>> line_to_entries(Line(3, "2. Level: 3")), line_to_entries(Line(4, "Version 1.1"))
    ((('Level', '3'),), (('Version', '1.1'),))
    >>> line_to_entries(Line(4, "Route Care Health", cells=("Route", "Care", "Health")))
    (('Route', 'Care'), ('Route', 'Health'))
    """
    if len(line.cells) > 1 and len(line.cells[0]) <= _LONGEST_NAME:
        return tuple((line.cells[0].rstrip(":"), value) for value in line.cells[1:])
    text = without_bullet(line.text)
    found = _ENTRY.fullmatch(text) or _SHORT_ENTRY.fullmatch(text)
    return ((found["name"].strip("*_"), (found["value"] or "").strip("*_ ")),) if found else ()
