"""The marks that give a grade, and the weights of assessment methods, as plans print them for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import GRADES
from curriculum.parsing.headings import Role, heading_to_role
from curriculum.parsing.lines import Line
from curriculum.parsing.method_cells import is_method_column, is_name_of_method
from curriculum.parsing.rows import Detail, MethodName, Rows
from curriculum.parsing.theme_headings import is_method_name, text_to_method_name

__all__ = ["BOUNDARIES", "WEIGHTINGS", "lines_to_boundaries"]

# The sections of the details.
BOUNDARIES = "grade boundaries"
WEIGHTINGS = "weightings"
_GRADES = rf"(?:{'|'.join(GRADES)})"
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?\s?%?"
_MARKS = (
    rf"(?:(?:below|under|over|above|less than|more than|at least|up to) )?{_NUMBER}"
    rf"(?:\s?(?:-|–|—|to)\s?{_NUMBER})?(?: ?(?:out of|/) ?\d{{1,3}})?"
    r"(?: marks?| points?)?"
    r"(?: (?:and|or) (?:above|below|over|more|less|higher))?"
)
_LINE = re.compile(
    rf"(?:(?P<grade>{_GRADES})\s?[:=–-]?\s?(?P<marks>{_MARKS})|(?P<before>{_MARKS})\s?[:=–-]?\s?(?P<behind>{_GRADES}))\.?",
    re.IGNORECASE,
)
_GRADE_COLUMN = re.compile(r"(?:.* )?grades?(?: .*)?|(?:overall )?(?:result|outcome)")
_MARK_COLUMN = re.compile(
    r"(?:.* )?(?:marks?|scores?|percentages?|points?|minimum|maximum|boundary|range)(?: .*)?"
)
_WEIGHT_COLUMN = re.compile(r"(?:.* )?(?:weighting|weight|weightings|percentage|proportion)(?: .*)?")
_ON_GRADES = re.compile(r"\b(?:grad|mark|boundar|weight)", re.IGNORECASE)
_WEIGHT = re.compile(rf"(?:{_NUMBER})")


def lines_to_boundaries(lines: Sequence[Line]) -> Rows:
    """Parse the marks for each grade and the weights of methods; the lines are those of prose too.

    Examples
    --------
    >>> rows = lines_to_boundaries([Line(3, "Multiple-choice test"), Line(4, "Pass 24-31")])
    >>> [(row.section, row.name, row.value) for row in rows.details]
    [('grade boundaries', 'Multiple-choice test: pass', '24-31')]
    """
    details: list[Detail] = []
    names: list[MethodName] = []
    above: Line | None = None
    for line in lines:
        if is_method_name(line) and not _ON_GRADES.search(line.text):
            above = line
        elif above and _ends_method(line, above):
            above = None
        method = text_to_method_name(above.text).rstrip(":") if above else ""
        details += _row_to_boundaries(line, method) if line.parts else _text_to_boundaries(line, method)
        weights = tuple(_row_to_weights(line))
        details += weights
        names += [MethodName(row.name, 0, row.first_line) for row in weights if is_name_of_method(row.name)]
    return Rows(details=tuple(details), method_names=tuple(names))


def _ends_method(line: Line, above: Line) -> bool:
    """Return whether what is below a line is no longer of the method above: of all methods, perhaps."""
    is_beside = 0 < line.level <= above.level and not _ON_GRADES.search(line.text)
    return is_beside or heading_to_role(line.text) not in (None, Role.PROSE)


def _named(method: str, name: str) -> str:
    return f"{method}: {name}" if method else name


def _text_to_boundaries(line: Line, method: str) -> Iterator[Detail]:
    found = _LINE.fullmatch(line.text)
    if found:
        grade = text_to_title_key(found["grade"] or found["behind"])
        marks = (found["marks"] or found["before"]).strip()
        yield Detail(BOUNDARIES, _named(method, grade), marks, line.number, line.last)


def _row_to_cells(line: Line) -> dict[str, str]:
    """Return the text in each column of a row; empty for a header."""
    cells: dict[str, str] = {}
    for part in line.parts:
        cells[part.column] = f"{cells[part.column]} {part.text}" if part.column in cells else part.text
    return {} if any(name == text for name, text in cells.items()) else cells


def _row_to_boundaries(line: Line, method: str) -> Iterator[Detail]:
    cells = _row_to_cells(line)
    grades = [
        name
        for name, text in cells.items()
        if _GRADE_COLUMN.fullmatch(text_to_title_key(name)) and re.fullmatch(_GRADES, text_to_title_key(text))
    ]
    marks = [
        name
        for name, text in cells.items()
        if _MARK_COLUMN.fullmatch(text_to_title_key(name)) and any(map(str.isdigit, text))
    ]
    if len(grades) == 1 and marks:
        grade = text_to_title_key(cells[grades[0]])
        for name in marks:
            yield Detail(BOUNDARIES, _named(method, f"{grade}: {name}"), cells[name], line.number, line.last)


def _row_to_weights(line: Line) -> Iterator[Detail]:
    cells = _row_to_cells(line)
    methods = [text for name, text in cells.items() if is_method_column(name)]
    weights = [
        text
        for name, text in cells.items()
        if _WEIGHT_COLUMN.fullmatch(text_to_title_key(name)) and _WEIGHT.fullmatch(text)
    ]
    if len(methods) == len(weights) == 1:
        yield Detail(WEIGHTINGS, methods[0], weights[0], line.number, line.last)
