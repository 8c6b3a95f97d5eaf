"""Cells of a CSV: quoted by one rule on every Python, and escaped where people open it as a spreadsheet.

A spreadsheet program takes a cell that begins with one of certain signs for a formula. In files that
people open, such a text stands behind an apostrophe; what reads them takes it away again. A text that begins
with apostrophes and such a sign gets one more, so that each text comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["cell_to_field", "cells_to_line", "rows_to_csv", "safe_to_text", "text_to_safe"]

# What stands before a formula in the eyes of a program, in either width of the signs.
_FORMULA = re.compile(r"'*\s*[=+@\t\r\n\-＝＋－＠]")
_ESCAPE = "'"


def text_to_safe(text: str) -> str:
    """Return a text as a cell that a spreadsheet program does not take for a formula.

    Examples
    --------
    >>> text_to_safe("=1+1"), text_to_safe("'=1+1"), text_to_safe("K1, S3")
    ("'=1+1", "''=1+1", 'K1, S3')
    """
    return f"{_ESCAPE}{text}" if _FORMULA.match(text) else text


def safe_to_text(cell: str) -> str:
    """Return the text of a cell that `text_to_safe` gave.

    Examples
    --------
    >>> safe_to_text("'=1+1"), safe_to_text("''=1+1"), safe_to_text("'tis so")
    ('=1+1', "'=1+1", "'tis so")
    """
    return cell[1:] if cell.startswith(_ESCAPE) and _FORMULA.match(cell) else cell


def cell_to_field(cell: str, delimiter: str = ",", is_quoted: bool = False) -> str:
    r"""Return a cell as it stands in a line of a CSV.

    It is quoted if it holds the delimiter, a quote or either sign of a line end. The writer of Python tells
    them by the line end that it is given, and before Python 3.13 by nothing else.

    Parameters
    ----------
    cell
        The text.
    delimiter
        What stands between cells.
    is_quoted
        Whether it is quoted in any case.

    Examples
    --------
    >>> [cell_to_field(cell) for cell in ("K1", "one, two", "a\rb", 'a "b" c')]
    ['K1', '"one, two"', '"a\rb"', '"a ""b"" c"']
    """
    if is_quoted or '"' in cell or delimiter in cell or "\n" in cell or "\r" in cell:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def cells_to_line(cells: Sequence[str], delimiter: str = ",") -> str:
    """Return the cells of a row as a line of a CSV, without its line end.

    Examples
    --------
    >>> cells_to_line(["K1", "one, two", ""]), cells_to_line([""])
    ('K1,"one, two",', '""')
    """
    # A row of one empty cell would be no row.
    is_bare = len(cells) == 1 and not cells[0]
    return delimiter.join(cell_to_field(cell, delimiter, is_bare) for cell in cells)


def rows_to_csv(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    r"""Return rows as the text of a CSV whose lines end in line feeds.

    Examples
    --------
    >>> rows_to_csv([["old", "new"], ["K1", "K2"]])
    'old,new\nK1,K2\n'
    """
    return "".join(f"{cells_to_line(row, delimiter)}\n" for row in rows)
