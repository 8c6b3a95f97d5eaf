"""Quote the cells of a CSV by one rule on every Python, and escape them in files that people open.

A spreadsheet program reads a cell that begins with certain signs as a formula. In files that people open,
an apostrophe is written before such a text, and removed when the file is read. A text that begins with
apostrophes and such a sign gets one more apostrophe, so that each text is read back unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["cell_to_field", "cells_to_line", "rows_to_csv", "safe_to_text", "text_to_safe"]

# The beginning of a cell that a spreadsheet program reads as a formula; signs of both widths.
_FORMULA = re.compile(r"'*\s*[=+@\t\r\n\-＝＋－＠]")
_ESCAPE = "'"


def text_to_safe(text: str) -> str:
    """Return a text as a cell that a spreadsheet program does not read as a formula.

    Examples
    --------
    >>> text_to_safe("=1+1"), text_to_safe("'=1+1"), text_to_safe("K1, S3")
    ("'=1+1", "''=1+1", 'K1, S3')
    """
    return f"{_ESCAPE}{text}" if _FORMULA.match(text) else text


def safe_to_text(cell: str) -> str:
    """Return the text of a cell that `text_to_safe` returned.

    Examples
    --------
    >>> safe_to_text("'=1+1"), safe_to_text("''=1+1"), safe_to_text("'tis so")
    ('=1+1', "'=1+1", "'tis so")
    """
    return cell[1:] if cell.startswith(_ESCAPE) and _FORMULA.match(cell) else cell


def cell_to_field(cell: str, delimiter: str = ",", is_quoted: bool = False) -> str:
    r"""Return a cell as a field of a CSV line.

    The field is quoted if it contains the delimiter, a quote, a line feed or a carriage return. Before
    Python 3.13 the standard writer quotes only the signs of the line end that it is given.

    Parameters
    ----------
    cell
        The text.
    delimiter
        The sign between cells.
    is_quoted
        Whether the field is quoted in any case.

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
    # Without quotes, a row of one empty cell would be an empty line.
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
