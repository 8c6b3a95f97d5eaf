"""The tables of a plain text: Markdown tables with pipes, and rows of cells separated by tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from curriculum.documents.table_cells import Cell, CellLine
from curriculum.model.text import is_table_rule

__all__ = ["lines_to_table_cells", "pipes_to_texts"]

_PIPE = re.compile(r"(?<!\\)\|")
# A tab after a bullet or a number does not separate cells.
_MARK_AND_TAB = re.compile(r"\s*(?:[•▪◦·*o–-]|\d{1,3}[.)])\t")


def lines_to_table_cells(lines: Sequence[str]) -> tuple[Cell, ...]:
    """Return the cells of the tables in a text.

    A table is two or more lines below each other that begin with a pipe, or that a rule of a Markdown table
    follows; or that have the same number of tabs. The first row is a heading only where a rule says so.

    Examples
    --------
    >>> cells = lines_to_table_cells(["| KSB | Text |", "| --- | --- |", "| K1 | The hoof |"])
    >>> [(cell.row, cell.column, cell.is_heading, cell.lines[0].text) for cell in cells][1:3]
    [(1, 2, True, 'Text'), (2, 1, False, 'K1')]
    """
    groups = groupby(enumerate(lines, start=1), key=lambda item: _line_to_form(item[1]))
    tables = [(form, rows) for form, group in groups if form and len(rows := list(group)) > 1]
    return tuple(
        cell
        for number, (form, rows) in enumerate(tables, start=1)
        for cell in _rows_to_cells(rows, number, pipes_to_texts if form == "|" else _tabs_to_texts)
    )


def _line_to_form(line: str) -> str:
    """Return what separates the cells of a line, as often as a table must repeat it; empty if nothing."""
    stripped = line.strip()
    if stripped.startswith("|") or is_table_rule(stripped) or " | " in stripped:
        return "|"
    return "\t" * line.count("\t") if not _MARK_AND_TAB.match(line) else ""


def pipes_to_texts(line: str) -> list[str]:
    r"""Return the texts of the cells of a row with pipes.

    Examples
    --------
    >>> pipes_to_texts(r"| K1 | either \| or |")
    [' K1 ', ' either | or ']
    """
    inside = line.strip().removeprefix("|")
    texts = _PIPE.split(inside)
    return [text.replace("\\|", "|") for text in (texts[:-1] if not texts[-1].strip() else texts)]


def _tabs_to_texts(line: str) -> list[str]:
    return line.split("\t")


def _rows_to_cells(
    table: Sequence[tuple[int, str]], number: int, split: Callable[[str], list[str]]
) -> Iterator[Cell]:
    rules = [at for at, (_, line) in enumerate(table) if is_table_rule(line)]
    is_headed = bool(rules) and rules[0] > 0
    rows = [item for item in table if not is_table_rule(item[1])]
    for row, (line_number, line) in enumerate(rows, start=1):
        is_heading = is_headed and row <= rules[0]
        for column, text in enumerate(split(line), start=1):
            if text.strip():
                yield Cell(number, row, column, 1, 1, is_heading, (CellLine(line_number, text.strip()),))
