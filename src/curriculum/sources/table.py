"""A CSV whose columns are known: its rows, each with the line that it ends on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from curriculum.errors import CurriculumError
from curriculum.sources.plain import bytes_to_text, path_to_bytes

__all__ = ["path_to_table_rows"]


def path_to_table_rows(
    path: Path, columns: Sequence[str], error: type[CurriculumError], advice: str
) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV with just these columns.

    Parameters
    ----------
    path
        The file.
    columns
        Its columns, in order.
    error, advice
        What to raise if it has others or is none, and what to say that is to be done.

    Returns
    -------
    list of (int, dict)
        The number of the last line of each row, and its cells by column; what is missing is empty.

    Raises
    ------
    CurriculumError
        Of the kind that is given.
    """
    text, _ = bytes_to_text(path_to_bytes(path), path.as_posix())
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        head = tuple(reader.fieldnames or ())
        rows = [(reader.line_num, {name: cell or "" for name, cell in row.items() if name}) for row in reader]
    except csv.Error as fault:
        where = f"{path.as_posix()}, line {reader.line_num}"
        raise error(
            "no line of a CSV", where=where, expected="cells of a table", found=str(fault), advice=advice
        ) from fault
    if head != tuple(columns):
        where, found = f"{path.as_posix()}, line 1", ",".join(head) or "nothing"
        raise error("wrong columns", where=where, expected=",".join(columns), found=found, advice=advice)
    return rows
