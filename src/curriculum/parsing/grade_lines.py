"""Tables of overall grades whose cells are lines of their own, as in a copy that has lost its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import ANY_GRADE, GRADES
from curriculum.parsing.headings import Block
from curriculum.parsing.lines import Line, is_list_item
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import Finding, MethodName, OverallGrade, Rows

__all__ = ["grade_lines_to_rows"]

_GRADE = re.compile("|".join((ANY_GRADE, *GRADES)))
_LAST_HEADER = re.compile(r"overall (?:.* )?(?:grad(?:e|es|ing)|result|outcome)(?: .*)?")
# A table has fewer methods; the names of methods end no sentence.
_MOST_METHODS = 5
_LEAST_CELLS = 4


def grade_lines_to_rows(block: Block) -> Rows | None:
    """Parse the overall grades of a block in which each cell is a line.

    The lines above “Overall grading” are the methods, as far as none is a sentence; each row has a grade for
    each of them and the overall grade. Return None if the block has no such lines. If the number of grades
    does not fit, no row is read and an error says so.
    """
    lines = block.lines
    cells = [
        at
        for at, line in enumerate(lines)
        if not is_list_item(line) and _GRADE.fullmatch(text_to_title_key(line.text))
    ]
    # A list of the grades that there are has each of them once.
    if len(cells) < _LEAST_CELLS or len({text_to_title_key(lines[at].text) for at in cells}) == len(cells):
        return None
    first = cells[0]
    names = _names_above(lines[:first])
    grades = [text_to_title_key(lines[at].text) for at in cells]
    width = len(names) + 1
    is_run = cells == list(range(first, first + len(cells)))
    if not names or not is_run or len(cells) % width:
        return Rows(sections=block_to_section(block), findings=(_unread(lines[first].number, len(cells)),))
    before, behind = lines[: first - width], lines[first + len(cells) :]
    header = " ".join(line.text for line in lines[first - width : first])
    rows = tuple(
        OverallGrade(
            header, tuple(grades[at : at + width - 1]), grades[at + width - 1], lines[first + at].number
        )
        for at in range(0, len(grades), width)
    )
    return Rows(
        overall_grades=rows,
        sections=(*block_to_section(block, before), *block_to_section(block._replace(heading=None), behind)),
        method_names=tuple(MethodName(line.text, 0, line.number) for line in names),
        markers=tuple(line.number for line in lines[first - width : first + len(cells)]),
    )


def _names_above(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a header that name methods; none if its last line is not “Overall grading”."""
    if not lines or not _LAST_HEADER.fullmatch(text_to_title_key(lines[-1].text)):
        return []
    names: list[Line] = []
    for line in reversed(lines[:-1]):
        if line.text.endswith((".", ":", ";")) or len(names) == _MOST_METHODS:
            break
        names.insert(0, line)
    return names


def _unread(number: int, n_cells: int) -> Finding:
    message = (
        f"{n_cells} grades are on lines of their own, and which of them are of one row cannot be told: no "
        "overall grade is read. Write each row of the table on one line"
    )
    return Finding("grades-differ", number, "error", message)
