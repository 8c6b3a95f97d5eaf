"""Check the rows of a table that is going to be written, after they were read again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from curriculum.errors import UnwritableOutput
from curriculum.model.text import text_to_quoted
from curriculum.spreadsheets.tracker import cell_name

__all__ = ["ADVICE", "MOST_SHOWN", "check_written_rows", "other_content_error"]

ADVICE: Final = (
    "Nothing has been written. Save the file in another format (Excel Workbook, or CSV UTF-8) and try again; "
    "if that does not help, please report it."
)
MOST_SHOWN: Final = 60


def other_content_error(where: str, row: int, column: int, expected: str, found: str) -> UnwritableOutput:
    """Return the error that a cell would be read with another content."""
    return UnwritableOutput(
        "would be read with another content",
        where=f"{where}, cell {cell_name(row, column)}",
        expected=text_to_quoted(expected, MOST_SHOWN),
        found=text_to_quoted(found, MOST_SHOWN),
        advice=ADVICE,
    )


def check_written_rows(wanted: Sequence[Sequence[str]], found: Sequence[Sequence[str]], where: str) -> None:
    """Check that the rows of a table are as expected.

    Parameters
    ----------
    wanted, found
        The expected cells of each row, and those that were read.
    where
        The file, as a message should name it.

    Raises
    ------
    UnwritableOutput
        With the first cell that differs.
    """
    for row, (expected, read) in enumerate(zip_longest(wanted, found, fillvalue=()), start=1):
        if expected != read:
            pairs = enumerate(zip_longest(expected, read), start=1)
            column, cells = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
            raise other_content_error(where, row, column, cells[0] or "", cells[1] or "")
    if len(wanted) != len(found):
        raise other_content_error(
            where, min(len(wanted), len(found)) + 1, 1, f"{len(wanted)} rows", f"{len(found)}"
        )
