"""CSV and TSV files: read cell by cell, and written with every byte of their own where it was."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from curriculum.errors import UnreadableTracker
from curriculum.sources.plain import bytes_to_text
from curriculum.trackers.tracker import (
    MAX_CELL,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Edits,
    Sheet,
    Tracker,
)
from curriculum.trackers.writing import texts_replaced

__all__ = ["data_to_tracker", "text_to_safe", "tracker_to_data"]

_DELIMITERS = (",", ";", "\t", "|")
_FORMULA = re.compile(r"\s*[=+@\t\r-]")
_NUMBER_OR_SIGN = re.compile(r"[+-]?[\d.,]*%?")
_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16", "windows-1252": "cp1252"}
# Rows that are looked at to tell what parts the cells.
_LOOKED_AT = 50
_LOOKED_AT_CHARACTERS = 100_000


class _Record(NamedTuple):
    """A row: its text as it stands, without its line end; its line end; its cells."""

    text: str
    ending: str
    cells: tuple[str, ...]


def text_to_safe(text: str) -> str:
    """Give a text as a cell of a CSV that a spreadsheet will not take for a formula.

    Examples
    --------
    >>> text_to_safe("=1+1"), text_to_safe("-"), text_to_safe("K1, S3")
    ("'=1+1", '-', 'K1, S3')
    """
    is_harmless = not _FORMULA.match(text) or _NUMBER_OR_SIGN.fullmatch(text)
    return text if is_harmless else f"'{text}"


def data_to_tracker(data: bytes, where: str) -> Tracker:
    """Read a CSV or TSV file; what parts its cells is found by itself.

    Raises
    ------
    NotText, EmptyDocument, UnknownFormat
        If it is no text.
    UnreadableTracker
        If its quotes do not close, or it is larger than a tracker is.
    """
    records = _data_to_records(data, where)[0]
    rows = {
        number: {at: Cell(text) for at, text in enumerate(record.cells, start=1) if text}
        for number, record in enumerate(records, start=1)
    }
    held = {number: cells for number, cells in rows.items() if cells}
    width = max((len(record.cells) for record in records), default=0)
    _refuse_more(where, len(held), MAX_ROWS, "rows")
    _refuse_more(where, width, MAX_COLUMNS, "columns")
    return Tracker(where, "delimited", (Sheet("", held, width),), data)


def _refuse_more(where: str, found: int, most: int, unit: str) -> None:
    if found > most:
        raise UnreadableTracker(
            "too large for a tracker",
            where=where,
            expected=f"at most {most:,} {unit}",
            found=f"{found:,}",
            advice="Split it, for example by year.",
        )


def _data_to_records(data: bytes, where: str) -> tuple[list[_Record], str, str]:
    """Give the rows of a file, what parts their cells, and the encoding."""
    if not data.strip():
        expected, advice = "a table with codes", "Save the table again."
        raise UnreadableTracker("is empty", where=where, expected=expected, found="nothing", advice=advice)
    _refuse_more(where, len(data), 2 * MAX_CHARACTERS, "bytes")
    text, encoding = bytes_to_text(data, where)
    text = text.removeprefix("﻿")
    _refuse_more(where, len(text), MAX_CHARACTERS, "characters")
    # A quick count, before anything is made of each line; a cell may hold a line end or some.
    _refuse_more(where, text.count("\n") + text.count("\r"), 4 * MAX_ROWS, "lines")
    # The limit is the process's own: what others read has theirs.
    before = csv.field_size_limit(MAX_CELL)
    try:
        delimiter = _text_to_delimiter(text)
        return list(_text_to_records(text, delimiter, where)), delimiter, encoding
    finally:
        csv.field_size_limit(before)


def _text_to_delimiter(text: str) -> str:
    """Give the sign that parts the first rows into the most cells that are as many in each row."""
    lines = _lines(text[:_LOOKED_AT_CHARACTERS])[:_LOOKED_AT]

    def steadiness(sign: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            return 0, 0
        first = widths[0] if widths else 0
        return (widths.count(first) if first > 1 else 0, first)

    return max(_DELIMITERS, key=steadiness)


def _text_to_records(text: str, delimiter: str, where: str) -> Iterator[_Record]:
    lines = _lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    done = n_cells = 0
    try:
        for cells in reader:
            n_cells += len(cells)
            if n_cells > MAX_CELLS:
                _refuse_more(f"{where}, line {done + 1}", n_cells, MAX_CELLS, "cells")
            held = "".join(lines[done : reader.line_num])
            done = reader.line_num
            body = held.rstrip("\r\n") if held.endswith(("\r", "\n")) else held
            ending = held[len(body) :]
            yield _Record(body, ending, tuple(cells))
    except csv.Error as fault:
        raise UnreadableTracker(
            "no row of a table",
            where=f"{where}, line {done + 1}",
            expected=f"cells whose quotes close, of at most {MAX_CELL:,} characters",
            found=str(fault),
            advice="Mend the quotes in that row, or open the file in Excel and save it as .xlsx.",
        ) from fault


def _lines(text: str) -> list[str]:
    """Split a text at its line ends alone; Python knows more separators than a CSV does."""
    return io.StringIO(text, newline="").readlines()


def tracker_to_data(tracker: Tracker, edits: Edits) -> bytes:
    """Give the file with cells added to the right of its rows, or rewritten.

    Everything else stays byte for byte; only rows that are rewritten are quoted anew.
    """
    records, delimiter, encoding = _data_to_records(tracker.data, tracker.source)
    (sheet,) = tracker.sheets
    ending = next((record.ending for record in records if record.ending), "\n")
    rows = (
        _record_to_text(number, record, sheet.last_column, edits, delimiter)
        + (record.ending or (ending if number < len(records) else ""))
        for number, record in enumerate(records, start=1)
    )
    return _encoded("".join(rows), tracker.data, encoding)


def _record_to_text(number: int, record: _Record, width: int, edits: Edits, delimiter: str) -> str:
    places = [at for at in range(1, len(record.cells) + 1) if (number, at) in edits.rewritten]
    text = record.text
    if places:
        cells = list(record.cells)
        for at in places:
            cells[at - 1] = texts_replaced(cells[at - 1], edits.rewritten[number, at])
        text = _cells_to_text(cells, delimiter)
    added = [one.values.get(number, "") for one in edits.added]
    if not any(added):
        return text
    new = [text_to_safe(one if isinstance(one, str) else one.text) for one in added]
    lacking = width - max(len(record.cells), 1)
    return text + delimiter + _cells_to_text([""] * lacking + new, delimiter)


def _cells_to_text(cells: list[str], delimiter: str) -> str:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=delimiter, lineterminator="").writerow(cells)
    # A row of one empty cell is written as a pair of quotes.
    return "" if cells == [""] else held.getvalue()


def _encoded(text: str, data: bytes, encoding: str) -> bytes:
    if data.startswith(codecs.BOM_UTF16_BE):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    if encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    # A code that the encoding of the file lacks is written with a question mark, and stands in the audit.
    return mark + text.encode(_CODECS[encoding], "replace")
