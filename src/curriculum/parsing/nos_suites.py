"""Find where each unit of a suite of National Occupational Standards (NOS) begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.lines import Line
from curriculum.parsing.nos_headings import OVERVIEW, URN, heading_to_part, line_to_element, text_to_urn
from curriculum.parsing.rows import PartStart

__all__ = ["lines_to_unit_starts"]

_MARKED = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s")
_MOST_ABOVE = 4


def lines_to_unit_starts(lines: Sequence[Line], texts: Sequence[str]) -> tuple[PartStart, ...]:
    """Return where the second unit and each further one begins: criteria come again after knowledge.

    A unit begins with its title, which is above its overview, and with its number (URN) if that is above or
    below the title. The criteria of a further element of a unit are no further unit.

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
    for at, line in enumerate(lines):
        part, n_lines = heading_to_part(line, lines[at + 1 : at + 4])
        if part == "criteria" and seen[-1:] == ["knowledge"] and "criteria" in seen:
            zone = lines[after_knowledge:at]
            if not any(map(line_to_element, zone)):
                starts.append(PartStart(_title_line(zone, texts), line.number))
        if part in ("criteria", "knowledge"):
            seen.append(part)
            after_knowledge = at + n_lines
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
    return _number_line(zone, at) or (zone[at].number if overviews and is_prose_heading(zone[at]) else 0)


def _number_line(zone: Sequence[Line], at: int) -> int:
    """Return the line with which a unit with a number begins, from the last line above its overview; or 0."""
    if URN.fullmatch(zone[at].text):
        return zone[at - 1].number
    for place in range(at, max(at - _MOST_ABOVE, -1), -1):
        line = zone[place]
        if URN.fullmatch(line.text) or (text_to_urn(line.text) and is_prose_heading(line)):
            return line.number
        if line.gap and place < at:
            break
    return 0
