"""Read the wordings of KSBs in tables of criteria, beside the criteria or in the cells of their themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from curriculum.model.codes import line_to_label, word_to_code
from curriculum.parsing.code_cells import is_ksb_heading
from curriculum.parsing.column_roles import cell_to_code
from curriculum.parsing.grids import Grid, GridCell, GridRow
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Occurrence
from curriculum.parsing.theme_headings import text_to_grade
from curriculum.parsing.wording_headings import is_sure_wording_heading

__all__ = ["CriteriaStatements", "grid_to_criteria_statements"]

_SECTION = "KSBs"
_LETTERS_OF_CRITERIA = frozenset("PMD")


class CriteriaStatements(NamedTuple):
    """A table of criteria with nothing but the codes of its KSBs, and the statements that were in it."""

    grid: Grid
    occurrences: tuple[Occurrence, ...]


def grid_to_criteria_statements(grid: Grid) -> CriteriaStatements:
    """Return a table of criteria without the wordings of KSBs, and these as statements.

    The wordings are below a heading such as “Statement”, beside a column of codes; or each is behind its code
    in a cell of the column “KSBs”.
    """
    headings = {cell.column: cell.text for cell in grid.header}
    worded = {
        column
        for column, text in headings.items()
        if is_sure_wording_heading(text) and text_to_grade(text) is None
    }
    found: list[Occurrence] = []
    rows = []
    for row in grid.rows:
        if row.cells != grid.header:
            row_found, cells = _row_to_statements(row, worded, headings)
            found += row_found
            rows.append(row._replace(cells=cells))
        else:
            rows.append(row)
    return CriteriaStatements(Grid(tuple(rows), grid.is_layout), tuple(found))


def _row_to_statements(
    row: GridRow, worded: set[int], headings: dict[int, str]
) -> tuple[list[Occurrence], tuple[GridCell, ...]]:
    codes = [code for cell in row.cells if (code := _ksb_code(cell))]
    wordings = [cell for cell in row.cells if cell.column in worded]
    if len(codes) == 1 and len(wordings) == 1:
        wording = wordings[0]
        statement = Occurrence(codes[0], _SECTION, wording.text, wording.first_line, wording.last_line)
        return [statement], tuple(cell for cell in row.cells if cell is not wording)
    found: list[Occurrence] = []
    cells = []
    for cell in row.cells:
        listed = _cell_to_statements(cell) if is_ksb_heading(headings.get(cell.column, "")) else []
        found += listed
        cells.append(_with_codes(cell, listed) if listed else cell)
    return found, tuple(cells)


def _ksb_code(cell: GridCell) -> str:
    """Return the code of a KSB that a cell is; a code of criteria (P1, D2) is none."""
    code = word_to_code(cell_to_code(cell)) if len(cell.lines) == 1 else None
    return str(code) if code and code.letters not in _LETTERS_OF_CRITERIA else ""


def _cell_to_statements(cell: GridCell) -> list[Occurrence]:
    """Return the KSBs that a cell prints in full; none if its first line is no code with a wording."""
    if line_to_label(cell.lines[0].text) is None:
        return []
    groups: list[list[Line]] = []
    for line in cell.lines:
        if line_to_label(line.text):
            groups.append([])
        groups[-1].append(line)
    found = []
    for lines in groups:
        label = line_to_label(" ".join(line.text for line in lines))
        if label:
            found.append(Occurrence(label.code, _SECTION, label.text, lines[0].number, lines[-1].number))
    return found


def _with_codes(cell: GridCell, statements: Sequence[Occurrence]) -> GridCell:
    lines = tuple(Line(row.first_line, row.code, is_opening=not at) for at, row in enumerate(statements))
    return cell._replace(lines=lines)
