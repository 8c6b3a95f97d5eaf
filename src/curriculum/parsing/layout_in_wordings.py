"""Report what the layout of a page leaves in a wording: a gap between two columns, the footer of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from curriculum.model.text import text_to_shortened
from curriculum.parsing.labelled import is_page_footer
from curriculum.parsing.lines import Line
from curriculum.parsing.page_footers import is_reference_alone
from curriculum.parsing.rows import Duty, Finding, Occurrence

__all__ = ["footer_findings", "gap_in_wording_findings"]

_GAP = re.compile(r"\S {3,}\S")
_FRONT = re.compile(
    r"\s*+(?:[•▪◦·*o–-]\s+|\d{1,3}[.)]\s+)?+(?:Duty\s+\d{1,3}|[A-Z]{1,3}\d{1,3})?+[:.)–-]?+\s*+"
)


def gap_in_wording_findings(
    texts: Sequence[str], lines: Sequence[Line], rows: Iterable[Occurrence | Duty]
) -> tuple[Finding, ...]:
    """Report each wording with a wide gap in it: the cell of another column may be part of it.

    Parameters
    ----------
    texts
        The lines as printed, with their spaces.
    lines
        The lines as they are read; those in tables are left out.
    rows
        The occurrences of statements and duties.
    """
    plain = {line.number for line in lines if not line.row and not line.cells}
    gaps: dict[int, str] = {}
    for row in rows:
        numbers = range(row.first_line, row.last_line + 1)
        inside = (number for number in numbers if number in plain and _has_gap(texts[number - 1]))
        for number in inside:
            gaps.setdefault(number, row.code)
    return tuple(
        Finding(
            "columns-in-wording",
            number,
            "error",
            f"the wording of {code} has a wide gap in it, as between two columns that are made by spaces: "
            f"“{text_to_shortened(texts[number - 1].strip())}”",
        )
        for number, code in gaps.items()
    )


def _has_gap(text: str) -> bool:
    """Return whether a line has a wide gap behind its code.

    Examples
    --------
    >>> _has_gap("K1     Types of feed"), _has_gap("K1 Types of feed     Test")
    (False, True)
    """
    if "   " not in text:
        return False
    front = _FRONT.match(text)
    return _GAP.search(text, front.end() if front else 0) is not None


def footer_findings(lines: Sequence[Line], occurrences: Iterable[Occurrence | Duty]) -> tuple[Finding, ...]:
    """Report each footer of a page that is within a wording and was left out of it, and what can be one."""
    footers = {line.number: line for line in lines if is_page_footer(line)}
    return tuple(
        _footer_finding(footers[number], row)
        for row in occurrences
        for number in range(row.first_line + 1, row.last_line + 1)
        if number in footers
    )


def _footer_finding(line: Line, row: Occurrence | Duty) -> Finding:
    shown = text_to_shortened(line.text)
    if is_reference_alone(line.text) and line.text in row.text:
        message = f"the wording of {row.code} goes on over “{shown}”, which can be the footer of a page"
        return Finding("page-footer", line.number, "warning", message)
    message = f"the footer of a page, left out of the wording of {row.code}: “{shown}”"
    return Finding("page-footer", line.number, "note", message)
