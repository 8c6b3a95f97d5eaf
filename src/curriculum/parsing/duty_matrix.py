"""Read a table of duties with the codes of KSBs across its top, and ticks below them, as lists of codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from curriculum.model.code_lists import is_without_codes
from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_title_key
from curriculum.parsing.code_cells import text_to_code_list, unread_codes
from curriculum.parsing.further_columns import is_duty_heading, is_duty_list
from curriculum.parsing.grids import Grid, GridCell, GridRow
from curriculum.parsing.labelled import is_bare_duty, line_to_duty
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Finding

__all__ = ["DutyMatrix", "grid_to_duty_matrix"]

_LEAST_CODES = 2
_TICKS: Final = frozenset("xX✓✔☑☒■●√•*✅1")
_TICK_WORDS: Final = frozenset(("x", "y", "yes", "tick", "ticked", "true"))
_NO_SIGNS: Final = frozenset("✗✘❌✖☐□0")
_NO_WORDS: Final = frozenset(("n", "no", "false"))


class DutyMatrix(NamedTuple):
    """A matrix as a table with a column of codes; lines that are structure; marks that cannot be read."""

    grid: Grid
    markers: tuple[int, ...]
    findings: tuple[Finding, ...]


def grid_to_duty_matrix(grid: Grid, is_of_duties: bool) -> DutyMatrix | None:
    """Return a matrix of duties and KSBs with the ticks of each row as a list of codes.

    Parameters
    ----------
    grid
        The table.
    is_of_duties
        Whether the heading above it announces duties.

    Returns
    -------
    DutyMatrix or None
        None if no row has several codes in cells of their own, or if the rows below it are not of duties.
    """
    at = next((at for at, row in enumerate(grid.rows) if len(_row_to_codes(row)) >= _LEAST_CODES), -1)
    codes = _row_to_codes(grid.rows[at]) if at >= 0 else {}
    if not codes or not _has_duties(grid, at, codes, is_of_duties):
        return None
    rows: list[GridRow] = []
    markers: list[int] = []
    findings: list[Finding] = []
    for row in grid.rows:
        columns = [cell for cell in row.cells if cell.column in codes]
        others = tuple(cell for cell in row.cells if cell.column not in codes)
        is_header = _row_to_codes(row) == codes
        if is_header:
            listed = _header_cell(columns)
        else:
            findings += (_unread_mark(others, cell, codes) for cell in columns if _is_unclear(cell, codes))
            listed = _ticks_to_cell([cell for cell in columns if _is_tick(cell, codes)], codes)
        # A title across the codes, such as “Knowledge” above K1 and K2, is left as it is.
        is_title = not is_header and row.key <= grid.rows[at].key
        if not is_title:
            markers += [line.number for cell in columns for line in cell.lines]
        cells = row.cells if is_title else sorted((*others, *listed), key=lambda cell: cell.column)
        if cells:
            rows.append(row._replace(cells=tuple(cells)))
    return DutyMatrix(Grid(tuple(rows), grid.is_layout), tuple(markers), tuple(findings))


def _row_to_codes(row: GridRow) -> dict[int, str]:
    """Return the code of each cell that holds a code alone, by column; none if two cells have the same."""
    codes = {cell.column: _cell_to_code(cell) for cell in row.cells}
    found = {column: code for column, code in codes.items() if code}
    return found if len(set(found.values())) == len(found) else {}


def _cell_to_code(cell: GridCell) -> str:
    codes = text_to_code_list(cell.text.strip("*_`: "))
    return codes[0] if len(codes) == 1 else ""


def _has_duties(grid: Grid, at: int, codes: Mapping[int, str], is_of_duties: bool) -> bool:
    """Return whether the rows below the codes are of duties, and none has codes of its own."""
    below = [row for row in grid.rows[at + 1 :] if _row_to_codes(row) != codes]
    beside = [cell for row in below for cell in row.cells if cell.column not in codes]
    if any(line_to_codes(cell.text) for cell in beside):
        return False
    is_named = any(is_duty_heading(cell.text) for cell in grid.rows[at].cells if cell.column not in codes)
    firsts = [row.cells[0] for row in below if row.cells[0].column not in codes]
    return bool(below) and (is_of_duties or is_named or (bool(firsts) and all(map(_is_duty, firsts))))


def _is_duty(cell: GridCell) -> bool:
    first = cell.lines[0]
    return line_to_duty(first) is not None or is_bare_duty(first) or is_duty_list(cell.text)


def _header_cell(columns: list[GridCell]) -> tuple[GridCell, ...]:
    first = columns[0]
    return (first._replace(lines=(first.lines[0]._replace(text="KSBs"),)),)


def _ticks_to_cell(ticks: list[GridCell], codes: Mapping[int, str]) -> tuple[GridCell, ...]:
    """Return the cell with the codes of the ticks of a row; none if it has no tick."""
    if not ticks:
        return ()
    lines = tuple(Line(cell.first_line, codes[cell.column]) for cell in ticks)
    return (ticks[0]._replace(column=min(codes), n_rows=1, lines=lines),)


def _is_tick(cell: GridCell, codes: Mapping[int, str]) -> bool:
    key = text_to_title_key(cell.text)
    is_sign = cell.text.strip(" []()") in _TICKS
    return is_sign or key in _TICK_WORDS or _cell_to_code(cell) == codes[cell.column]


def _is_unclear(cell: GridCell, codes: Mapping[int, str]) -> bool:
    is_no = cell.text.strip() in _NO_SIGNS or text_to_title_key(cell.text) in _NO_WORDS
    return not (_is_tick(cell, codes) or is_no or is_without_codes(cell.text))


def _unread_mark(others: tuple[GridCell, ...], cell: GridCell, codes: Mapping[int, str]) -> Finding:
    owner = f"“{others[0].text}”" if others else "its duty"
    return unread_codes(owner, codes[cell.column], cell.text, cell.first_line)
