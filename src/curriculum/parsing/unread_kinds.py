"""Report the heading of duties, or of a kind of KSBs, whose list was not read, while others have codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_shortened, text_to_title_key
from curriculum.model.vocabulary import KIND_OF_LETTERS
from curriculum.parsing.kind_headings import text_to_letters
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Finding, Rows

__all__ = ["unread_kind_findings"]

_DUTIES: Final = re.compile(
    r"(?:(?:the|typical|main|key|core|job|occupation|occupational) ){0,3}+duties"
    r"(?: and (?:tasks|responsibilities))?"
)
_NAMES: Final = {"D": "duty", **KIND_OF_LETTERS}
_KSB: Final = re.compile(r"[A-Z]{0,2}(?P<letter>[KSB])[1-9]\d{0,2}")
# “Behaviours are verified by the employer.” is said of the kind, and is no behaviour.
_OF_KIND: Final = re.compile(
    r"\b(?:knowledge|skills?|behaviours?|KSBs?|none|not applicable|n/a)\b", re.IGNORECASE
)


def unread_kind_findings(lines: Sequence[Line], rows: Rows) -> tuple[Finding, ...]:
    """Report each kind whose heading has text below it, and of which no statement was read.

    Documents without codes of KSBs, and NOS units, have other headings and are left out.

    Parameters
    ----------
    lines
        The lines of the document.
    rows
        Its rows.

    Returns
    -------
    tuple of Finding
        An error for each such kind: its list can have lost its codes.
    """
    found = [_KSB.fullmatch(row.code) for row in rows.occurrences]
    letters = {code["letter"] for code in found if code}
    if not letters or not all(found):
        return ()
    prose = {number for row in rows.sections for number in range(row.first_line, row.last_line + 1)}
    read = rows.numbers() - prose - set(rows.markers)
    letters |= {"D"} if rows.duties else set()
    errors = {
        kind: Finding("not-in-a-table", heading.number, "error", _message(kind, heading, below))
        for kind, heading, below in _headings(lines)
        if kind not in letters and below.number not in read
    }
    return tuple(errors.values())


def _headings(lines: Sequence[Line]) -> Iterator[tuple[str, Line, Line]]:
    """Yield each heading of a kind that has a text below it: the letter, and both lines."""
    for heading, below in pairwise(lines):
        kind = "" if heading.cells or heading.row else _text_to_kind(heading.text)
        is_text = not text_to_letters(below.text) and not line_to_codes(below.text)
        if kind and is_text and not below.cells and not _OF_KIND.search(below.text):
            yield kind, heading, below


def _text_to_kind(text: str) -> str:
    """Return the letter of the kind that a heading names; empty if it names none.

    Examples
    --------
    >>> _text_to_kind("Occupation duties"), _text_to_kind("Core skills"), _text_to_kind("Duties of a cook")
    ('D', 'S', '')
    """
    return "D" if _DUTIES.fullmatch(text_to_title_key(text)) else text_to_letters(text)


def _message(kind: str, heading: Line, below: Line) -> str:
    return (
        f"no {_NAMES[kind]} is read below the heading “{heading.text}”, while others have codes: “"
        f"{text_to_shortened(below.text, 60)}” on line {below.number} can be one whose code is lost. Write "
        f"the code before each, such as “{kind}1: ...”"
    )
