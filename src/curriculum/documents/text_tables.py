"""The tables of a plain text: Markdown tables with pipes, and rows of cells separated by tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from curriculum.documents.markup import Remark
from curriculum.documents.table_cells import Cell, CellLine
from curriculum.model.codes import line_to_codes
from curriculum.model.text import is_table_rule

__all__ = ["is_torn_row", "lines_to_table_cells", "pipes_to_texts", "torn_remark"]

_WORD = re.compile(r"[^\W\d_]{3}")
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
    width = len(split(rows[0][1])) if is_headed and rows else 0
    for row, (line_number, line) in enumerate(rows, start=1):
        is_heading = is_headed and row <= rules[0]
        for column, text in enumerate(_without_torn(split(line), width), start=1):
            if text.strip():
                yield Cell(number, row, column, 1, 1, is_heading, (CellLine(line_number, text.strip()),))


def is_torn_row(texts: Sequence[str], width: int) -> bool:
    """Return whether a row of a list of codes has words behind its last column: a wording has a pipe in it.

    Parameters
    ----------
    texts
        The texts of its cells.
    width
        The number of columns of its header.

    Examples
    --------
    >>> is_torn_row(["K1", "Input", "output devices"], 2), is_torn_row(["K1", "Input", "x"], 2)
    (True, False)
    """
    has_words = any(_WORD.search(text) for text in texts[width:])
    return 0 < width < len(texts) and has_words and any(map(line_to_codes, texts))


def torn_remark(number: int) -> Remark:
    """Return the error on a row with a pipe in a wording."""
    message = (
        "this row has more cells than its header has columns, so that a wording may be cut: write a “|” "
        "within a wording as “\\|”, or give each column a heading"
    )
    return Remark("not-in-a-table", number, "error", message)


def _without_torn(texts: list[str], width: int) -> list[str]:
    """Return the cells of a row; one with a pipe in a wording is one cell, which is reported as not read."""
    return [" | ".join(text.strip() for text in texts)] if is_torn_row(texts, width) else texts
