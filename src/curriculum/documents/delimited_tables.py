"""The cells of a CSV: rows whose cells are separated by commas, semicolons, tabs or pipes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from curriculum.documents.table_cells import Cell, CellLine
from curriculum.model.codes import is_only_codes, line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key

__all__ = ["KIND_LETTERS", "has_code_list", "lines_to_delimited_cells"]

# Of two that separate the same number of lines, the first: wordings have commas in them.
_SEPARATORS: Final = ("\t", "|", ";", ",")


# The letter of the code for each name of a kind.
KIND_LETTERS: Final = {
    **dict.fromkeys(("k", "knowledge"), "K"),
    **dict.fromkeys(("s", "skill", "skills"), "S"),
    **dict.fromkeys(("b", "behaviour", "behaviours", "behavior", "behaviors"), "B"),
}
_NUMBER = re.compile(r"[1-9]\d{0,2}(?:\.0)?")
_LEAST_WORDS = 2
# A sign that no text has: every line is one cell.
_NO_SEPARATOR = "\x1f"


class _Row(NamedTuple):
    """A row: the number of its first line, its cells without quotes, and how many it has with empty ones.

    Empty cells at the end are left out of the cells.
    """

    first_line: int
    cells: tuple[str, ...]
    width: int


def lines_to_delimited_cells(lines: Sequence[str]) -> tuple[Cell, ...]:
    """Return the cells of a CSV as those of one table.

    Parameters
    ----------
    lines
        All lines of the file as printed; a quoted cell may run over several.

    Returns
    -------
    tuple of Cell
        None if its quotes are not closed, or if a row has more cells than the header, as where commas of a
        wording are not in quotes.

    Examples
    --------
    >>> cells = lines_to_delimited_cells(['K1;"Hay; and straw"', "K2;The hoof"])
    >>> [(cell.row, cell.column, cell.lines[0].text) for cell in cells][1:3]
    [(1, 2, 'Hay; and straw'), (2, 1, 'K2')]
    """
    rows = _rows_of_table(lines, _separator(lines)) or _rows_of_labels(lines)
    return tuple(
        Cell(1, number, column, 1, 1, False, _text_to_lines(text, row.first_line))
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row.cells, start=1)
        if text.strip()
    )


def _rows_of_table(lines: Sequence[str], separator: str) -> tuple[_Row, ...]:
    """Return the rows of a table; none if its quotes are not closed, or if a row has too many cells."""
    try:
        rows = tuple(_lines_to_rows(lines, separator))
    except csv.Error:
        return ()
    width = _rows_to_width(rows)
    is_torn = any(len(row.cells) > width or _is_cut_wording(row.cells) for row in rows)
    return () if is_torn else rows


def _rows_of_labels(lines: Sequence[str]) -> tuple[_Row, ...]:
    """Return the rows of a list with a code and its wording in one cell (“K1: Hay, straw”); else none."""
    rows = _rows_of_table(lines, _NO_SEPARATOR)
    n_labels = sum(line_to_label(row.cells[0]) is not None for row in rows)
    return rows if 2 * n_labels > len(rows) else ()


def has_code_list(lines: Sequence[str]) -> bool:
    """Return whether a CSV looks like a list of codes: half of its rows have a code, or a kind and a number.

    A wording must be beside them.

    Examples
    --------
    >>> has_code_list(["KSB,Text", "K1,How hay is stored", "K2,The parts of the hoof"])
    True
    >>> has_code_list(["Learner,K1,K2", "Ann Other Person,x,", "Bo Other Person,,x"])
    False
    """
    rows = [row.cells for row in _lines_to_rows(lines, _separator(lines))]
    n_found = sum(map(_is_row_of_list, rows))
    return n_found > 0 and 2 * n_found >= len(rows)


def _is_row_of_list(cells: Sequence[str]) -> bool:
    has_code = any(len(line_to_codes(cell)) == 1 for cell in cells)
    has_number = any(_NUMBER.fullmatch(cell.strip()) for cell in cells)
    has_kind = any(text_to_title_key(cell) in KIND_LETTERS for cell in cells)
    is_worded = any(len(cell.split()) >= _LEAST_WORDS and not is_only_codes(cell) for cell in cells)
    return any(map(line_to_label, cells)) or (is_worded and (has_code or (has_number and has_kind)))


def _separator(lines: Sequence[str]) -> str:
    """Return the separator that is on most lines."""
    return max(_SEPARATORS, key=lambda sign: sum(sign in line for line in lines))


def _lines_to_rows(lines: Sequence[str], separator: str) -> Iterator[_Row]:
    """Yield the rows that have text, without the empty cells at their ends."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    first = 1
    for cells in reader:
        last = max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)
        if last and not cells[0].casefold().startswith("sep="):
            yield _Row(first, tuple(cells[:last]), len(cells))
        first = reader.line_num + 1


def _rows_to_width(rows: Sequence[_Row]) -> int:
    """Return how many cells a row can have: as many as the header, the row above the first with codes."""
    first = next((at for at, row in enumerate(rows) if any(map(_has_codes, row.cells))), -1)
    if first < 0:
        return max((row.width for row in rows), default=0)
    above = rows[max(first - 1, 0)].width
    # A row with one cell is a title.
    return above if above > 1 else rows[first].width


def _has_codes(cell: str) -> bool:
    return bool(line_to_codes(cell)) or line_to_label(cell) is not None


def _is_cut_wording(cells: Sequence[str]) -> bool:
    """Return whether a wording goes on in the next cell: “K1,Hay, straw” or “K1: Hay, straw” without quotes.

    Then there is a space behind one of the commas and none behind another.
    """
    is_spaced = [cell.startswith(" ") for cell in cells[1:] if cell]
    return any(is_spaced) and (line_to_label(cells[0]) is not None or not all(is_spaced))


def _text_to_lines(text: str, first_line: int) -> tuple[CellLine, ...]:
    parts = enumerate(text.split("\n"), start=first_line)
    return tuple(CellLine(number, part.strip()) for number, part in parts if part.strip())
