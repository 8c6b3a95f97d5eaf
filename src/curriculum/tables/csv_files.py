"""Write tables as CSV files, and read them again from a folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import fields
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from curriculum.errors import InvalidTable, UnwritableOutput
from curriculum.files.csv_cells import rows_to_csv, safe_to_text, text_to_safe
from curriculum.files.output_folder import check_folder
from curriculum.model.text import text_to_quoted
from curriculum.tables.carrier import Tables, check_keys
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.typed_frames import text_to_typed

__all__ = [
    "csv_to_frame",
    "export_to_frame",
    "frame_to_csv",
    "frame_to_export",
    "read_tables",
    "tables_to_files",
]


def frame_to_csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    r"""Return a frame as CSV: UTF-8, line feeds, `true` and `false`, numbers with three decimal places.

    Examples
    --------
    >>> frame_to_csv(pd.DataFrame({"code": ["K7"], "is_truncated": [False], "confidence": [0.5]}))
    b'code,is_truncated,confidence\nK7,false,0.500\n'
    """
    flags = {
        str(name): frame[name].map({True: "true", False: "false"})
        for name in frame.select_dtypes(["bool", "boolean"])
    }
    shown = frame.assign(**flags)
    text = _frame_to_text(shown, separator, "\n")
    if "\r" in text:
        # Before Python 3.13 a carriage return is quoted only if line ends have one.
        stream = io.StringIO(_frame_to_text(shown, separator, "\r\n"), newline="")
        text = rows_to_csv(csv.reader(stream, delimiter=separator), separator)
    _refuse_other(shown, text, separator)
    return text.encode("utf-8")


def _frame_to_text(frame: pd.DataFrame, separator: str, ending: str) -> str:
    return frame.to_csv(
        index=False, lineterminator=ending, float_format="%.3f", sep=separator, quoting=csv.QUOTE_MINIMAL
    )


def _refuse_other(frame: pd.DataFrame, text: str, separator: str) -> None:
    """Read a CSV again, and refuse it if it differs from the frame that it was made from."""
    limit = csv.field_size_limit()
    csv.field_size_limit(max(len(text), limit))
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    finally:
        csv.field_size_limit(limit)
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    wanted = [(str(name), tuple(_column_to_texts(frame[name]))) for name in frame]
    for name, cells, (column, texts) in zip(header, columns, wanted, strict=True):
        if name != column or cells != texts:
            pairs = enumerate(zip_longest((column, *texts), (name, *cells)), start=1)
            row, (expected, found) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
            raise UnwritableOutput(
                "a table would not be read again as it is",
                where=f"column {column}, row {row}",
                expected=text_to_quoted(expected or ""),
                found=text_to_quoted(found or ""),
                advice="Nothing has been written; please report it.",
            )


def _column_to_texts(column: pd.Series[Any]) -> list[str]:
    """Return the texts of the cells of a column; empty where there is no value."""
    is_share = pd.api.types.is_float_dtype(column.dtype)
    return [
        "" if is_absent else f"{value:.3f}" if is_share else str(value)
        for value, is_absent in zip(column, column.isna(), strict=True)
    ]


def frame_to_export(frame: pd.DataFrame, separator: str = ",") -> bytes:
    r"""Return a frame as CSV for a spreadsheet program, which will take no text of it for a formula.

    Examples
    --------
    >>> frame_to_export(pd.DataFrame({"code": ["K7"], "text": ["=1+1"]}))
    b"code,text\nK7,'=1+1\n"
    """
    return frame_to_csv(_mapped(frame, text_to_safe), separator)


def export_to_frame(name: str, data: bytes, separator: str = ",") -> pd.DataFrame:
    """Read a table that `frame_to_export` wrote, typed and checked; each text is as it was before."""
    raw = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8", sep=separator)
    return check_frame(name, text_to_typed(name, _mapped(raw, safe_to_text)))


def _mapped(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    texts = frame.select_dtypes(["object", "str"])
    changed = {
        str(name): texts[name].map(lambda cell: change(cell) if isinstance(cell, str) else cell)
        for name in texts
    }
    return frame.assign(**changed)


def csv_to_frame(name: str, data: bytes) -> pd.DataFrame:
    """Read a table from its CSV, typed and checked; the inverse of `frame_to_csv`."""
    raw = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8")
    return check_frame(name, text_to_typed(name, raw))


def tables_to_files(tables: Tables) -> dict[str, bytes]:
    """Return the files of the tables, by name."""
    return {f"{name}.csv": frame_to_csv(frame) for name, frame in tables.items()}


def read_tables(folder: str | Path) -> Tables:
    """Read the tables of a folder that `curriculum` has written, after a check of its manifest.

    Parameters
    ----------
    folder
        Such as ``data/processed``.

    Raises
    ------
    NotFound, MixedFolder
        If the folder was not written by `curriculum`, or not completely by one run.
    InvalidTable
        If a table does not fit its schema.
    """
    folder = Path(folder)
    files: Mapping[str, bytes] = check_folder(folder)
    missing = [field.name for field in fields(Tables) if f"{field.name}.csv" not in files]
    if missing:
        raise InvalidTable(
            "tables are missing",
            where=folder.as_posix(),
            expected=", ".join(field.name for field in fields(Tables)),
            found=f"none of {', '.join(missing)}",
            advice="Run curriculum build again.",
        )
    frames = {field.name: csv_to_frame(field.name, files[f"{field.name}.csv"]) for field in fields(Tables)}
    # Absolute, so that it is found if the current folder changes.
    return check_keys(Tables(**frames, read_from=folder.absolute()))
