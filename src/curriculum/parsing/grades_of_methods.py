"""Criteria for a grade below the name of an assessment method, in plans whose grading is prose.

“To pass the practical demonstration, the apprentice must:”, or “To pass the apprentice must:” below the
heading “Practical demonstration”: the method is the theme of the criteria.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model.codes import line_to_codes, text_to_ending_codes
from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import heading_to_role
from curriculum.parsing.lines import Line, is_list_item
from curriculum.parsing.method_cells import is_name_of_method
from curriculum.parsing.theme_headings import (
    GradeHeading,
    is_method_name,
    line_to_theme,
    text_to_grade,
    text_to_method_name,
)

__all__ = ["line_to_method_of_grade"]

# “pass (in) the practical demonstration, the apprentice must”
_OF_METHOD = re.compile(
    r"\b(?:pass|credit|merit|distinction)(?: grade)?(?: in| for| on)?"
    r" (?:the |this )?(?P<method>[^,:]{3,100}?)"
    r"(?:,)? (?:the |an |each )?(?:apprentice|learner|candidate)s?"
    r" (?:must|will|should|needs? to|has to|have to)\b",
    re.IGNORECASE,
)
_LINES_AHEAD = 12


def line_to_method_of_grade(line: Line, below: Sequence[Line], title: Line | None) -> str:
    """Return the method whose criteria begin with the heading of a grade; empty if they are of none.

    Parameters
    ----------
    line
        The heading of the grade.
    below
        The lines below it. One of them must name KSBs, or be the first item of a list that is announced.
    title
        The last heading above it.

    Examples
    --------
    >>> line = Line(4, "To pass the test of skills, the apprentice must:")
    >>> line_to_method_of_grade(line, [Line(5, "- make a joint (S1)")], None)
    ''
    >>> line = Line(4, "To pass the practical test, the apprentice must:")
    >>> line_to_method_of_grade(line, [Line(5, "- make a joint (S1)")], None)
    'practical test'
    """
    grade = text_to_grade(line.text)
    if grade is None or line.cells or not _has_criteria(line, grade, below):
        return ""
    found = _OF_METHOD.search(line.text)
    if found and is_name_of_method(found["method"]):
        return found["method"]
    return text_to_method_name(title.text) if title and is_method_name(title) else ""


def _has_criteria(line: Line, grade: GradeHeading, below: Sequence[Line]) -> bool:
    if text_to_ending_codes(grade.text)[1]:
        return True
    is_announced = line.text.endswith(":") and len(text_to_title_key(line.text).split()) > 2
    if is_announced and below and is_list_item(below[0]):
        return True
    for after in below[:_LINES_AHEAD]:
        if text_to_ending_codes(after.text)[1] or line_to_codes(after.text):
            return True
        if heading_to_role(after.text) or text_to_grade(after.text) or line_to_theme(after):
            return False
    return False
