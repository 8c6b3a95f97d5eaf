"""Headings of grades whose criteria are of no theme that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.text import names_to_phrase
from curriculum.model.vocabulary import GRADES
from curriculum.parsing.lines import Line, is_list_item
from curriculum.parsing.rows import Finding
from curriculum.parsing.theme_headings import text_to_grade

__all__ = ["unread_grade_findings"]

_LINES_SHOWN = 5


def unread_grade_findings(rest: Sequence[Line]) -> Iterator[Finding]:
    """Yield a finding on headings of grades above text that is of no theme; a list of grades is none."""
    numbers = [
        line.number
        for before, line, after in zip([None, *rest], rest, rest[1:], strict=False)
        if _is_grade(line) and not _is_grade(after) and not (before and _is_grade(before))
    ]
    if numbers:
        shown = f"line{'s' if len(numbers) > 1 else ''} {names_to_phrase(map(str, numbers[:_LINES_SHOWN]))}"
        message = (
            f"criteria below the heading of a grade are of no theme that is known, and are not read ({shown})"
        )
        yield Finding("not-in-a-table", numbers[0], "error", message)


def _is_grade(line: Line) -> bool:
    grade = None if line.cells or is_list_item(line) else text_to_grade(line.text)
    return grade is not None and not grade.text and grade.grade != GRADES[0]
