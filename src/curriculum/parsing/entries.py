"""Parse a line with a name and its value: “Level: 3”."""

from __future__ import annotations

import re

from curriculum.model.text import text_to_title_key
from curriculum.parsing.lines import Line, without_bullet

__all__ = ["is_fact_name", "line_to_entries"]

_ENTRY = re.compile(r"(?:\d{1,2}[.)]\s+)?(?P<name>[*_]{0,3}[A-Z][^:]{0,60}):(?P<value>[*_]{0,3}(?:\s+.*)?)")
# As the site prints them in boxes of their own.
_SHORT_ENTRY = re.compile(
    r"(?P<name>Level|Version|Reference)\s(?P<value>\d{1,2}(?:\.\d{1,3})?|[A-Z]{2,3}\d{4})", re.IGNORECASE
)
_LONGEST_NAME = 60
# Facts of a standard whose values can be on the next line.
_NAMES = frozenset(
    (
        *("reference", "version", "level", "status", "route", "pathway", "cluster", "integration"),
        *("date updated", "last updated", "approved for delivery", "lars code", "soc code", "soc 2020 code"),
        *("maximum funding", "typical duration", "typical duration to gateway", "typical epa period"),
        *("eqa provider", "regulated occupation", "regulated body"),
    )
)


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


def is_fact_name(text: str) -> bool:
    """Return whether a text is the name of a fact of a standard, whose value can be on the next line.

    Examples
    --------
    >>> is_fact_name("Maximum funding"), is_fact_name("Occupation summary")
    (True, False)
    """
    return text_to_title_key(text) in _NAMES
