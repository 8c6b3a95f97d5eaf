"""Assessment methods with the KSBs that each assesses: below its name, or beside it in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.code_cells import is_ksb_heading
from curriculum.parsing.further_columns import FURTHER_COLUMNS
from curriculum.parsing.grids import Grid, GridCell
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.labelled import KIND_HEADINGS, goes_on, lines_to_labelled
from curriculum.parsing.lines import Line
from curriculum.parsing.method_cells import is_method_column, is_name_of_method
from curriculum.parsing.rows import Detail, MethodName, Occurrence, Rows, StatementMethod

__all__ = [
    "MethodList",
    "begins_with_method",
    "is_method_grid",
    "lines_to_method_lists",
    "method_grid_to_rows",
    "method_lists_to_rows",
]

_FURTHER = re.compile(r"(?:.* )?(?:weighting|duration|grades?|grading|time|length)(?: .*)?")


class MethodList(NamedTuple):
    """The name of a method, and the lines with its KSBs."""

    name: Line
    lines: tuple[Line, ...]


def begins_with_method(lines: Sequence[Line]) -> bool:
    """Return whether the name of a method is above the first KSB, so that methods come before their KSBs."""
    first = next((at for at, line in enumerate(lines) if _names_ksbs(line)), 0)
    return any(map(_is_name, lines[max(first - 2, 0) : first]))


def lines_to_method_lists(lines: Sequence[Line]) -> tuple[MethodList, ...]:
    """Return the lists of KSBs below names of methods; none if KSBs are not listed in this way.

    In the usual table a KSB comes first, and its method behind it. Here a name comes first, and KSBs with
    their wordings, or their codes alone, are below it.

    Examples
    --------
    >>> lines = [Line(1, "Interview"), Line(2, "K1 Hay."), Line(3, "Observation"), Line(4, "S1 Feed.")]
    >>> [(row.name.text, len(row.lines)) for row in lines_to_method_lists(lines)]
    [('Interview', 1), ('Observation', 1)]
    """
    found: list[tuple[Line, list[Line]]] = []
    before = ""
    for line in lines:
        if _is_name(line):
            found.append((line, []))
        elif found and _is_other_heading(line, before):
            return ()  # It can be the name of a method that is not known as one.
        elif found:
            found[-1][1].append(line)
        elif _names_ksbs(line):
            return ()
        before = line.text
    is_each = bool(found) and all(any(map(_names_ksbs, listed)) for _, listed in found)
    return tuple(MethodList(name, tuple(listed)) for name, listed in found) if is_each else ()


def _is_name(line: Line) -> bool:
    is_alone = line.row <= 0 and not line.cells
    return is_alone and is_name_of_method(line.text.rstrip(":")) and not _names_ksbs(line)


def _is_other_heading(line: Line, before: str) -> bool:
    is_heading = is_prose_heading(line) and text_to_title_key(line.text) not in KIND_HEADINGS
    return is_heading and not _names_ksbs(line) and not goes_on(line, before)


def _names_ksbs(line: Line) -> bool:
    return bool(line_to_codes(line.text)) or line_to_label(line.text) is not None


def method_lists_to_rows(lists: Sequence[MethodList], section: str) -> Rows:
    """Parse lists of KSBs below names of methods."""
    occurrences: list[Occurrence] = []
    methods: list[StatementMethod] = []
    markers: list[int] = []
    for name, lines in lists:
        of_codes = [line for line in lines if line_to_codes(line.text) and line_to_label(line.text) is None]
        markers += [line.number for line in lines if text_to_title_key(line.text) in KIND_HEADINGS]
        for item in lines_to_labelled([line for line in lines if line not in of_codes]):
            passage = item.passage
            row = Occurrence(item.code, section, passage.text, passage.first_line, passage.last_line)
            occurrences.append(row)
            methods.append(
                StatementMethod(item.code, name.text.rstrip(":"), "", row.first_line, row.last_line)
            )
        methods += [
            StatementMethod(code, name.text.rstrip(":"), "", line.number, line.last)
            for line in of_codes
            for code in line_to_codes(line.text)
        ]
    named = tuple(MethodName(row.name.text.rstrip(":"), 0, row.name.number) for row in lists)
    return Rows(
        occurrences=tuple(occurrences),
        statement_methods=tuple(methods),
        method_names=named,
        markers=tuple(markers),
    )


def is_method_grid(grid: Grid) -> bool:
    """Return whether a table has a row for each assessment method, with the codes of its KSBs beside it."""
    heads = {cell.column: cell.text for cell in grid.header}
    first, *others = list(heads.values()) or [""]
    of_ksbs = {column for column, text in heads.items() if is_ksb_heading(text)}
    rest = [text for text in others if not is_ksb_heading(text)]
    body = [row for row in grid.rows if row.cells != grid.header]
    cells = [cell for row in body for cell in row.cells if cell.column in of_ksbs]
    is_known = is_method_column(first) and bool(of_ksbs)
    return (
        is_known
        and all(_FURTHER.fullmatch(text_to_title_key(text)) for text in rest)
        and bool(cells)
        and all(map(_cell_to_codes, cells))
    )


def _cell_to_codes(cell: GridCell) -> list[str]:
    codes = [line_to_codes(line.text) for line in cell.lines]
    return [code for found in codes for code in found] if all(codes) else []


def method_grid_to_rows(grid: Grid) -> Rows:
    """Parse a table of methods with the codes of their KSBs; its other cells are details."""
    first = grid.header[0].column
    of_ksbs = {cell.column for cell in grid.header if is_ksb_heading(cell.text)}
    return Rows(
        details=tuple(_grid_to_details(grid, {first, *of_ksbs})),
        statement_methods=tuple(_grid_to_methods(grid, first, of_ksbs)),
        method_names=tuple(
            MethodName(cell.text, 0, cell.first_line)
            for row in grid.rows
            for cell in row.cells
            if cell.column == first and row.cells != grid.header
        ),
        markers=tuple(sorted(grid.numbers)),
    )


def _grid_to_details(grid: Grid, known: set[int]) -> Iterator[Detail]:
    """Yield the cells of the other columns, such as the weighting of a method."""
    heads = {cell.column: cell.text for cell in grid.header}
    for row in grid.rows:
        for cell in row.cells:
            if cell.column not in known and row.cells != grid.header:
                name = f"{row.cells[0].text}: {heads.get(cell.column, f'column {cell.column}')}"
                yield Detail(FURTHER_COLUMNS, name, cell.text, cell.first_line, cell.last_line)


def _grid_to_methods(grid: Grid, first: int, of_ksbs: set[int]) -> Iterator[StatementMethod]:
    for row in grid.rows:
        names = [cell for cell in row.cells if cell.column == first]
        for cell in row.cells if names and row.cells != grid.header else ():
            for code in _cell_to_codes(cell) if cell.column in of_ksbs else ():
                name = names[0]
                yield StatementMethod(code, name.text, "", name.first_line, cell.last_line)
