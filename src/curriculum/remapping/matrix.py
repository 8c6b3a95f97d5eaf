"""A matrix of marks under a heading of codes: a new column for each new code, and what counts as a mark."""

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
    """Log every code of a heading, and every cell of it that looks like a code and was not read."""
    for column in sorted({*matrix.headers, *matrix.unread}):
        cell = cell_name(matrix.header_row, column)
        if column in matrix.unread:
            audit.add_unread(matrix.sheet, cell, sheet.rows[matrix.header_row][column].text)
            continue
        found = matrix.headers[column]
        for one, code_outcome in zip(found, remap(found).code_outcomes, strict=True):
            audit.add(matrix.sheet, cell, one, code_outcome)


def matrix_to_marks(sheet: Sheet, matrix: Matrix, rows: Collection[int]) -> dict[int, dict[int, Cell]]:
    """Return the marks below a heading, by row and column; results of formulas are none."""
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
    """Return the new columns of a matrix: a note, then one for each new code that is settled.

    Parameters
    ----------
    sheet, matrix
        The marks, and the heading over them.
    remap
        What becomes of the codes of a heading.
    rows
        The rows that are remapped; others stay empty.
    new
        The id of the new version, which stands in each heading: K4 alone would be taken for the old K4.

    Returns
    -------
    tuple of AddedColumn
        A row is marked where any column that maps to the code is; two different marks are both kept, and
        told in the note.
    """
    origins: dict[str, list[int]] = {}
    for column, found in matrix.headers.items():
        for code_outcome in remap(found).code_outcomes:
            for code in code_outcome.new_codes:
                own = origins.setdefault(code, [])
                own += [] if column in own else [column]
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
    told = {matrix.header_row: f"{v.NOTE} ({new})", **{row: "; ".join(notes.get(row, [])) for row in marks}}
    note = AddedColumn(told, min(matrix.headers), _NOTE_WIDTH, PLAIN, matrix.header_row)
    return note, *added


def _marked(
    code: str,
    columns: Collection[int],
    marks: Mapping[int, Mapping[int, Cell]],
    matrix: Matrix,
    notes: dict[int, list[str]],
) -> dict[int, str | Cell]:
    """Return the marks of a new code by row; where two differ, note from which codes they come."""
    # A cell without a mark takes the look of the others all the same.
    values: dict[int, str | Cell] = dict.fromkeys(marks, "")
    for row, own in marks.items():
        held = {column: own[column] for column in columns if column in own}
        different = {cell.text.strip(): cell for cell in held.values()}
        if len(different) == 1:
            values[row] = next(iter(held.values()))
        elif different:
            values[row] = "; ".join(different)
            told = ", ".join(
                f"{_header(matrix, column)} {cell.text.strip()}" for column, cell in held.items()
            )
            notes.setdefault(row, []).append(f"{code} has two marks: {told}")
    return values


def _header(matrix: Matrix, column: int) -> str:
    return ", ".join(one.code for one in matrix.headers[column])
