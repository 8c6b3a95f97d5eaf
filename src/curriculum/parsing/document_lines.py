"""The lines of a document as the kinds of document read them, its tables read by their cells."""

from __future__ import annotations

from curriculum.documents.document import Document
from curriculum.parsing.document_kind import DocumentText
from curriculum.parsing.grids import Grid, cells_to_grids, row_to_line
from curriculum.parsing.headings import Role, heading_to_role
from curriculum.parsing.known_tables import grid_to_reading
from curriculum.parsing.lines import Line, texts_to_lines
from curriculum.parsing.row_reader import TableReading
from curriculum.parsing.rows import Rows, join_rows

__all__ = ["document_to_text"]

# The tables below these headings have parsers of their own.
_OWN_TABLES = frozenset(
    (
        Role.KEY_INFORMATION,
        Role.GRADING,
        Role.OVERALL_GRADING,
        Role.KSB_MAPPING,
        Role.THEME_MAPPING,
        Role.VERSION_LOG,
    )
)
_OF_DUTIES = frozenset((Role.DUTY_LIST, Role.DUTY_KSBS))


def document_to_text(document: Document) -> DocumentText:
    """Return the text of a document, with its tables read by their cells.

    A row of a table of statements or duties is the line that it would be in a text (“K1: wording”). A row of
    another table is one line, with the lines of its cells as its parts. A table that only places the parts of
    a page is read as if it was none, but no wording goes on from one cell to another. A record of official
    data is read by its values; none of its lines is.
    """
    if document.record:
        return DocumentText(document, ())
    plain, _ = texts_to_lines(document.lines)
    grids = cells_to_grids(document.cells)
    if not grids:
        return DocumentText(document, plain)
    of_line = {number: grid for grid in grids for number in grid.numbers}
    openings = {
        cell.first_line for grid in grids if grid.is_layout for row in grid.rows for cell in row.cells
    }
    lines: list[Line] = []
    readings: list[TableReading] = []
    done: set[int] = set()
    role: Role | None = None
    before: Grid | None = None
    for line in plain:
        grid = of_line.get(line.number)
        if grid is None or grid.is_layout:
            is_opening = line.number in openings or (before is not None and before is not grid)
            lines.append(line._replace(is_opening=is_opening) if is_opening else line)
            role = heading_to_role(line.text) or role
        elif id(grid) not in done:
            done.add(id(grid))
            readings.append(_grid_to_reading(grid, role))
            lines += readings[-1].lines
        before = grid
    rows = (Rows(details=r.details, markers=r.markers, findings=r.findings) for r in readings)
    return DocumentText(document, tuple(lines), join_rows(rows))


def _grid_to_reading(grid: Grid, role: Role | None) -> TableReading:
    reading = None if role in _OWN_TABLES else grid_to_reading(grid, role in _OF_DUTIES)
    if reading:
        return reading
    first = grid.rows[0]
    columns = {cell.column: cell.text for cell in first.cells}
    return TableReading(tuple(row_to_line(row, row.cells, columns) for row in grid.rows))
