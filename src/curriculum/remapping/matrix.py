"""A matrix of marks whose headers are codes: a new column for each new code, and its marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import FoundCode
from curriculum.model.codes import code_to_sort_key
from curriculum.remapping.layout import Matrix
from curriculum.remapping.rewriting import Audit, CellRemap
from curriculum.spreadsheets.tracker import CODES, FORMULA, PLAIN, AddedColumn, Cell, Sheet, cell_name

__all__ = ["matrix_to_added", "matrix_to_audit", "matrix_to_marks"]

Remap = Callable[[tuple[FoundCode, ...]], CellRemap]

_CODE_WIDTH, _NOTE_WIDTH = 8.0, 28.0


def matrix_to_audit(sheet: Sheet, matrix: Matrix, remap: Remap, audit: Audit) -> None:
    """Add every code in the headers to the audit, and every header that was not read."""
    for column in sorted({*matrix.headers, *matrix.unread}):
        cell = cell_name(matrix.header_row, column)
        if column in matrix.unread:
            audit.add_unread(matrix.sheet, cell, sheet.rows[matrix.header_row][column].text)
            continue
        found = matrix.headers[column]
        for found_code, code_outcome in zip(found, remap(found).code_outcomes, strict=True):
            audit.add(matrix.sheet, cell, found_code, code_outcome)


def matrix_to_marks(sheet: Sheet, matrix: Matrix, rows: Collection[int]) -> dict[int, dict[int, Cell]]:
    """Return the marks by row and column; results of formulas are not marks."""
    return {
        row: {column: cells[column] for column in matrix.headers if _is_mark(cells.get(column))}
        for row, cells in sheet.rows.items()
        if row > matrix.header_row and row in rows
    }


def _is_mark(cell: Cell | None) -> bool:
    return bool(cell and cell.text.strip() and cell.form != FORMULA)


def matrix_to_added(
    sheet: Sheet, matrix: Matrix, remap: Remap, rows: Collection[int], new: str
) -> tuple[AddedColumn, ...]:
    """Return the new columns of a matrix: a note, then a column for each new code that is settled.

    Parameters
    ----------
    sheet, matrix
        The marks, and the headers above them.
    remap
        A function that remaps the codes of a header.
    rows
        The rows that are remapped; others stay empty.
    new
        The id of the new version, which is part of each header: K4 alone would look like the old K4.

    Returns
    -------
    tuple of AddedColumn
        A row has a mark if any column that maps to the code has one. Two different marks are both kept, and
        the note explains them.
    """
    origins: dict[str, list[int]] = {}
    for column, found in matrix.headers.items():
        for code_outcome in remap(found).code_outcomes:
            for code in code_outcome.new_codes:
                columns = origins.setdefault(code, [])
                columns += [] if column in columns else [column]
    marks = matrix_to_marks(sheet, matrix, rows)
    notes: dict[int, list[str]] = {}
    added = [
        AddedColumn(
            {matrix.header_row: f"{code} ({new})", **_marked(code, origins[code], marks, matrix, notes)},
            origins[code][0],
            _CODE_WIDTH,
            CODES,
            matrix.header_row,
        )
        for code in sorted(origins, key=code_to_sort_key)
    ]
    note_cells = {
        matrix.header_row: f"{v.NOTE} ({new})",
        **{row: "; ".join(notes.get(row, [])) for row in marks},
    }
    note = AddedColumn(note_cells, min(matrix.headers), _NOTE_WIDTH, PLAIN, matrix.header_row)
    return note, *added


def _marked(
    code: str,
    columns: Collection[int],
    marks: Mapping[int, Mapping[int, Cell]],
    matrix: Matrix,
    notes: dict[int, list[str]],
) -> dict[int, str | Cell]:
    """Return the marks of a new code by row; add a note where the marks of two old codes differ."""
    # A cell without a mark has the same style as the others.
    values: dict[int, str | Cell] = dict.fromkeys(marks, "")
    for row, marks_of_row in marks.items():
        marks_of_code = {column: marks_of_row[column] for column in columns if column in marks_of_row}
        different = {cell.text.strip(): cell for cell in marks_of_code.values()}
        if len(different) == 1:
            values[row] = next(iter(marks_of_code.values()))
        elif different:
            values[row] = "; ".join(different)
            shown = ", ".join(
                f"{_header(matrix, column)} {cell.text.strip()}" for column, cell in marks_of_code.items()
            )
            notes.setdefault(row, []).append(f"{code} has two marks: {shown}")
    return values


def _header(matrix: Matrix, column: int) -> str:
    return ", ".join(found_code.code for found_code in matrix.headers[column])
