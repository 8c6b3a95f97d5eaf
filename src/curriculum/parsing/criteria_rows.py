"""Parse the rows of tables of criteria: a theme, a label, a criterion, a grade and codes in cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import GRADES
from curriculum.parsing.code_cells import is_ksb_heading
from curriculum.parsing.criteria import CriteriaList
from curriculum.parsing.grids import Grid
from curriculum.parsing.labelled import text_to_option
from curriculum.parsing.lines import Line, parts_to_cells
from curriculum.parsing.method_cells import is_method_column
from curriculum.parsing.theme_headings import (
    ThemeHeading,
    is_no_criterion,
    is_theme_column,
    line_to_theme,
    text_to_grade,
    text_to_name_and_codes,
)

__all__ = [
    "Cells",
    "RowOfCriteria",
    "has_header",
    "is_criteria_grid",
    "is_outcome_grid",
    "row_to_criteria",
    "row_to_method",
]

_LABEL = re.compile(r"[*_]{0,3}(?:AC|PC|DC|MC|(?P<letter>[PMDF]))?\s?\d{1,3}(?:\.\d{1,2}){0,2}[*_:.)]{0,3}")
# “(Core) Production”
_OPTION = re.compile(r"\((?P<option>[^()\d]{2,80})\)\s*(?=\S)")
_LABELS = re.compile(r"[PMDF]\d{1,2}(?:[,;/& ]{1,3}[PMDF]\d{1,2}){0,50}")
_OF_LETTER = {"P": "pass", "M": "merit", "D": "distinction", "F": "fail"}
_CRITERION = re.compile(r"(?:.* )?(?:criteri(?:a|on)|descriptors?)")
# With a code of a KSB below the first, the second is above wordings of KSBs.
_CODE_KEYS = frozenset(("ref", "reference", "code", "ksb", "ksb ref", "ksb code", "criteria ref", "id", "no"))
_WORDING_KEYS = frozenset(("descriptor", "ksb descriptor", "criteria", "criterion"))
# The heading of criteria, or of KSBs: what else is in the table tells.
_MUST = re.compile(r"(?:.* )?the (?:apprentice|learner) (?:must|will|can)(?: .*)?")
# Alone, it is what a unit of a qualification is worth.
_CREDIT = "credit"
# The lines of a cell.
Cells = tuple[Line, ...]


@dataclass(frozen=True)
class RowOfCriteria:
    """A row of a table of criteria.

    Attributes
    ----------
    line
        The row.
    theme
        The theme that begins with it; None if its theme is above it.
    codes
        The codes of the theme.
    lists
        Its criteria, by grade; the grade is empty if the row does not say it.
    further
        Its cells that are no theme, code, label or criterion.
    is_header
        Whether it is the header of its table.
    is_of_method
        Whether it has no theme but the name of a method, which is taken for its theme.
    """

    line: Line
    theme: ThemeHeading | None = None
    codes: tuple[str, ...] = ()
    lists: tuple[CriteriaList, ...] = ()
    further: tuple[Cells, ...] = ()
    is_header: bool = False
    is_of_method: bool = False

    @property
    def has_criteria(self) -> bool:
        """Whether it has criteria."""
        return bool(self.lists)


def is_criteria_grid(grid: Grid) -> bool:
    """Return whether a table is one of criteria, so that “P1” in it is the label of a criterion.

    It is if the heading of a column says so, or a column of labels has criteria of two grades.
    """
    headings = [cell.text for cell in grid.header if not _holds_labels(grid, cell.column)]
    if _is_list_of_codes(grid):
        return False
    labels = [
        found["letter"]
        for row in grid.rows
        if (found := _LABEL.fullmatch(row.cells[0].text)) and found["letter"] and len(row.cells) > 1
    ]
    return len(grid.header) > 1 and (
        any(map(_is_criterion_heading, headings)) or ("P" in labels and len(set(labels)) > 1)
    )


def _is_list_of_codes(grid: Grid) -> bool:
    """Return whether a table lists KSBs: “Ref” above their codes, “Descriptor” above their wordings."""
    keys = [text_to_title_key(cell.text) for cell in grid.header]
    is_known = len(keys) > 1 and keys[0] in _CODE_KEYS and keys[1] in _WORDING_KEYS
    is_graded = any(text_to_grade(cell.text) or is_theme_column(cell.text) for cell in grid.header)
    is_plain = not (is_graded or {"grade", "grades", "ksb", "ksbs"} & set(keys[2:]))
    return is_known and is_plain and _holds_codes(grid, grid.header[0].column)


def _holds_codes(grid: Grid, column: int) -> bool:
    """Return whether each cell of a column is the code of a KSB, and each of another one."""
    cells = [cell for row in grid.rows for cell in row.cells if cell.column == column]
    codes = [line_to_codes(cell.text) for cell in cells if cell not in grid.header]
    are_ksbs = all(len(found) == 1 and found[0][0] in "KSB" for found in codes)
    return bool(codes) and are_ksbs and len(set(codes)) == len(codes)


def _holds_labels(grid: Grid, column: int) -> bool:
    """Return whether the cells of a column only name criteria (“P1, D2”), or each of them one KSB."""
    cells = [cell for row in grid.rows for cell in row.cells if cell.column == column]
    texts = [cell.text for cell in cells if cell not in grid.header]
    are_labels = bool(texts) and all(_LABELS.fullmatch(text) for text in texts)
    return are_labels or _holds_codes(grid, column)


def has_header(grid: Grid) -> bool:
    """Return whether the first row of a table is its header, and not a criterion with its label."""
    return not grid.header or _LABEL.fullmatch(grid.header[0].text) is None


def _is_criterion_heading(text: str) -> bool:
    grade = text_to_grade(text)
    return (grade is not None and grade.grade != _CREDIT) or _CRITERION.fullmatch(
        text_to_title_key(text)
    ) is not None


def row_to_criteria(line: Line) -> RowOfCriteria | None:
    """Parse the row of a table as a row of criteria; return None if the line is no row of a table.

    Examples
    --------
    >>> cells = [("Ref", "P1"), ("Criterion", "Explains the rules."), ("KSB", "K2")]
    >>> parts = tuple(Line(4, text, is_opening=True, column=column) for column, text in cells)
    >>> row = row_to_criteria(Line(4, "", cells=("P1", "Explains the rules.", "K2"), parts=parts))
    >>> row.lists[0].grade, [(criterion.text, criterion.codes) for criterion in row.lists[0].criteria()]
    ('pass', [('Explains the rules.', ('K2',))])
    """
    # A row with one cell is a line without cells, which knows its column.
    grade = text_to_grade(line.column) if line.row > 0 else None
    is_of_grade = grade is not None and grade.grade != _CREDIT
    parts = line.parts or ((line,) if is_of_grade else ())
    if not parts:
        return None
    cells = parts_to_cells(parts)
    if line.cells and all(cell[0].column and _text(cell) == cell[0].column for cell in cells):
        headings = [cell[0].column for cell in cells]
        is_header = any(map(_is_criterion_heading, headings)) or any(map(is_theme_column, headings))
        return RowOfCriteria(line, is_header=is_header)
    theme = next((cell for cell in cells if is_theme_column(cell[0].column)), None)
    if theme and _cell_to_codes(theme):
        theme = None  # Codes below the name of the theme, in a row of their own.
    others = [cell for cell in cells if cell is not theme]
    of_grades = [(grade.grade, cell) for cell in others if (grade := text_to_grade(cell[0].column))]
    if {grade for grade, _ in of_grades} == {_CREDIT}:
        of_grades = []  # Credits of a unit, beside its level.
    if of_grades:
        lists = tuple(_cell_to_list(grade, cell) for grade, cell in of_grades)
        read = [cell for _, cell in of_grades]
        further = [cell for cell in others if cell not in read and not _cell_to_codes(cell)]
        codes = [code for cell in others for code in _cell_to_codes(cell)]
        for listed in lists if not theme and codes else ():
            # Of several criteria in a cell, it is not known which names which code.
            if len(listed.items) == 1:
                listed.add_codes(line, tuple(codes))
    else:
        lists, rest = _cells_to_lists(others, line)
        further = list(rest)
        codes = []
    if theme and not lists and (codes := _codes_of_outcome(others)):
        beside = tuple(tuple(cell) for cell in others if not _cell_to_codes(cell))
        return RowOfCriteria(line, _cell_to_theme(theme), tuple(codes), (), beside)
    heading = _cell_to_theme(theme) if theme and lists else None
    methods = [cell for cell in further if is_method_column(cell[0].column)]
    is_of_method = heading is None and bool(lists) and len(methods) == 1
    if is_of_method:
        heading = ThemeHeading(_text(methods[0]), ())
    found = tuple(listed for listed in lists if listed.items)
    beside = tuple(map(tuple, further))
    return RowOfCriteria(line, heading, tuple(codes), found, beside, is_of_method=is_of_method)


def _codes_of_outcome(cells: Sequence[Sequence[Line]]) -> list[str]:
    """Return the codes beside an outcome; none if a cell holds something else than codes or a method."""
    rest = [cell for cell in cells if not is_method_column(cell[0].column)]
    codes = [_cell_to_codes(cell) for cell in rest]
    return [code for found in codes for code in found] if all(codes) else []


def is_outcome_grid(grid: Grid) -> bool:
    """Return whether a table has a row for each outcome, or theme, with its KSBs and no criteria.

    Its columns are the outcome, then KSBs or a kind of them, perhaps with the assessment method.
    """
    first, *others = [cell.text for cell in grid.header] or [""]
    of_ksbs = [text for text in others if is_ksb_heading(text)]
    rest = [text for text in others if text not in of_ksbs and not is_method_column(text)]
    return is_theme_column(first) and bool(of_ksbs) and not rest


def row_to_method(row: RowOfCriteria) -> tuple[str, RowOfCriteria]:
    """Return the assessment method in a row, and the row without its cell; the name is empty without one."""
    named = [cell for cell in row.further if is_method_column(cell[0].column)]
    rest = tuple(cell for cell in row.further if cell not in named)
    return (_text(named[0]), replace(row, further=rest)) if len(named) == 1 else ("", row)


def _text(cell: Sequence[Line]) -> str:
    return " ".join(part.text for part in cell)


def _cell_to_codes(cell: Sequence[Line]) -> list[str]:
    found = [line_to_codes(part.text) for part in cell]
    return [code for codes in found for code in codes] if all(found) else []


def _cell_to_theme(cell: Sequence[Line]) -> ThemeHeading:
    codes = [code for part in cell[1:] for code in line_to_codes(part.text)]
    names = [part.text for part in cell if not line_to_codes(part.text)]
    text = " ".join(names)
    option = _OPTION.match(text)
    line = cell[0]._replace(text=text[option.end() :] if option else text, cells=())
    heading = line_to_theme(line)
    if heading is None:
        name, inside = text_to_name_and_codes(line.text)
        heading = ThemeHeading(name, inside)
    title = text_to_option(option["option"]) if option else ""
    return heading._replace(codes=(*heading.codes, *codes), option=title)


def _cell_to_list(grade: str, cell: Sequence[Line]) -> CriteriaList:
    listed = CriteriaList(grade)
    for part in cell:
        codes = line_to_codes(part.text)
        if codes:
            listed.add_codes(part, codes)
        elif not is_no_criterion(part):
            listed.add(part)
    return listed


def _cells_to_lists(
    cells: Sequence[list[Line]], line: Line
) -> tuple[tuple[CriteriaList, ...], list[list[Line]]]:
    """Return the criterion of a row of a label, a criterion, a grade and codes, and the further cells."""
    label = grade = ""
    codes: list[str] = []
    wordings: list[list[Line]] = []
    for cell in cells:
        text = _text(cell)
        found = _LABEL.fullmatch(text)
        if found:
            label, grade = text, grade or _OF_LETTER.get(found["letter"] or "", "")
        elif _cell_to_codes(cell):
            codes += _cell_to_codes(cell)
        elif text_to_title_key(text) in GRADES:
            grade = text_to_title_key(text)
        else:
            wordings.append(cell)
    keys = [text_to_title_key(cell[0].column) for cell in wordings]
    named = [
        cell
        for cell, key in zip(wordings, keys, strict=True)
        if _CRITERION.fullmatch(key) or ((label or grade) and _MUST.fullmatch(key))
    ]
    chosen = named if len(named) == 1 else wordings
    if len(chosen) != 1 or not (named or (label and grade)):
        return (), []
    if not label:
        listed = _cell_to_list(grade, chosen[0])
    else:
        listed = CriteriaList(grade)
        listed.add(chosen[0][0]._replace(text=f"{label.strip('*_:.)')} {_text(chosen[0])}"))
    if codes and len(listed.items) == 1:
        listed.add_codes(line, tuple(codes))
    return (listed,), [cell for cell in wordings if cell is not chosen[0]]
