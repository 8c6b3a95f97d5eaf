"""Read a CSV with known columns: its rows, each with the number of its last line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from curriculum.errors import CurriculumError, raise_faults
from curriculum.files.encodings import bytes_to_text, path_to_bytes

__all__ = ["path_to_table_rows"]


def path_to_table_rows(
    path: str | Path,
    columns: Sequence[str],
    error: type[CurriculumError],
    advice: str,
    *,
    needs_every_cell: bool = False,
) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV with exactly these columns.

    Parameters
    ----------
    path
        The file.
    columns
        Its columns, in order.
    error, advice
        The error to raise if the file is not such a CSV, and its advice.
    needs_every_cell
        Whether a row with fewer cells than columns is a fault; otherwise the missing cells are empty.

    Returns
    -------
    list of (int, dict)
        The number of the last line of each row, and its cells by column.

    Raises
    ------
    CurriculumError
        Of the class ``error``.
    """
    path = Path(path)
    text, _ = bytes_to_text(path_to_bytes(path), path.as_posix())
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins, rows = 1, []
    try:
        for cells in reader:
            if cells:
                rows.append((reader.line_num, cells))
            begins = reader.line_num + 1
    except csv.Error as fault:
        # A quote that does not close is noticed at the end; it was opened where the row began.
        where = f"{path.as_posix()}, line {begins}"
        raise error(
            "no line of a CSV", where=where, expected="cells of a table", found=str(fault), advice=advice
        ) from fault
    header = tuple(rows[0][1]) if rows else ()
    if header != tuple(columns):
        where, found = f"{path.as_posix()}, line 1", ",".join(header) or "nothing"
        raise error("wrong columns", where=where, expected=",".join(columns), found=found, advice=advice)
    raise_faults(
        [
            error(
                f"{'more' if len(cells) > len(header) else 'fewer'} cells than columns",
                where=f"{path.as_posix()}, line {line}",
                expected=f"{len(header)} cells; double quotes around one with a comma",
                found=f"{len(cells)}",
                advice=advice,
            )
            for line, cells in rows[1:]
            if len(cells) > len(header) or (needs_every_cell and len(cells) < len(header))
        ]
    )
    return [(line, dict(zip_longest(header, cells, fillvalue=""))) for line, cells in rows[1:]]
