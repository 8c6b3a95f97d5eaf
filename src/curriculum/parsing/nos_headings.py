"""The headings of a National Occupational Standards (NOS) unit, and where each unit of a suite begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.lines import Line, lines_with_next
from curriculum.parsing.rows import PartStart

__all__ = [
    "CRITERIA",
    "KNOWLEDGE",
    "OVERVIEW",
    "URN",
    "heading_to_part",
    "is_unit",
    "lines_to_unit_starts",
]

# In text copied from a PDF, the heading at the side and the line that begins the list are one line.
CRITERIA = re.compile(
    r"performance criteria|(?:performance )?you must be able to|performance you must be able to criteria"
)
KNOWLEDGE = re.compile(
    r"knowledge and understanding|(?:knowledge and )?you need to know and understand"
    r"|knowledge and you need to know and understand understanding"
)
OVERVIEW = re.compile(r"overview")
URN = re.compile(r"[A-Z]{2}[A-Za-z]*+\d[A-Za-z0-9]*+(?:\.\d+)?")
_HEADINGS = {"criteria": CRITERIA, "knowledge": KNOWLEDGE, "overview": OVERVIEW}
_LONGEST_HEADING = 80
_MARKED = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s")


def is_unit(texts: Sequence[str]) -> bool:
    """Return whether a text has the headings of a NOS unit: one of its criteria, and one of its knowledge.

    Examples
    --------
    >>> is_unit(["You must be able to:", "P1 Bake", "You need to know and understand:"]), is_unit(["Duties"])
    (True, False)
    """
    keys = [text_to_title_key(text) for text in texts if len(text) <= _LONGEST_HEADING]
    return any(map(CRITERIA.fullmatch, keys)) and any(map(KNOWLEDGE.fullmatch, keys))


def heading_to_part(line: Line, after: Line | None) -> tuple[str, int]:
    """Return the part that a heading begins, and how many lines the heading has (one or two)."""
    keys = [text_to_title_key(line.text)]
    if after:
        keys.append(f"{keys[0]} {text_to_title_key(after.text)}")
    found = [
        (part, n)
        for n, key in enumerate(keys, 1)
        for part, pattern in _HEADINGS.items()
        if pattern.fullmatch(key)
    ]
    return found[-1] if found else ("", 0)


def lines_to_unit_starts(lines: Sequence[Line], texts: Sequence[str]) -> tuple[PartStart, ...]:
    """Return where the second unit and each further one begins: criteria come again after knowledge.

    A unit begins with its title, which is above its overview, and with its number (URN) if that is above or
    below the title.

    Parameters
    ----------
    lines
        The lines as they are read.
    texts
        All lines as printed.
    """
    starts: list[PartStart] = []
    seen: list[str] = []
    after_knowledge = 0
    for at, (line, after) in enumerate(lines_with_next(lines)):
        part, _ = heading_to_part(line, after)
        if part == "criteria" and seen[-1:] == ["knowledge"] and "criteria" in seen:
            title = _title_line(lines[after_knowledge:at], texts)
            starts.append(PartStart(title, line.number))
        if part in ("criteria", "knowledge"):
            seen.append(part)
            after_knowledge = at + 1
    return tuple(starts)


def _title_line(zone: Sequence[Line], texts: Sequence[str]) -> int:
    """Return the line with which a unit begins; 0 if it cannot be told.

    Parameters
    ----------
    zone
        The lines from the heading of knowledge of the unit before to the criteria of the unit.
    texts
        All lines as printed.
    """
    levels = {
        line.number: line.level or (len(found["marks"]) if found else 0)
        for line in zone
        for found in (_MARKED.match(texts[line.number - 1]),)
        if line.level or found
    }
    highest = [number for number, level in levels.items() if level == min(levels.values())]
    if len(highest) == 1 and len(levels) > 1:
        return highest[0]
    overviews = [at for at, line in enumerate(zone) if OVERVIEW.fullmatch(text_to_title_key(line.text))]
    at = (overviews[-1] if overviews else len(zone)) - 1
    while at > 0 and ": " in zone[at].text:
        at -= 1
    if at <= 0:
        return 0
    line, above = zone[at], zone[at - 1]
    has_number_below = URN.fullmatch(line.text) is not None
    has_number = has_number_below or URN.fullmatch(above.text) is not None
    if has_number:
        return above.number
    return line.number if overviews and is_prose_heading(line) else 0
