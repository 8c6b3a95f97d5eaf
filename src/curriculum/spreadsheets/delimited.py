"""Read CSV and TSV files cell by cell, and write them back with all other bytes unchanged."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from curriculum.errors import UnreadableFile, refuse_more
from curriculum.files.csv_cells import cell_to_field, text_to_safe
from curriculum.files.encodings import bytes_to_text
from curriculum.files.limits import check_time
from curriculum.model.limit_factor import raised
from curriculum.spreadsheets.rich_text import text_with_replacements
from curriculum.spreadsheets.tracker import (
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
from curriculum.spreadsheets.written_rows import check_written_rows

__all__ = ["data_to_tracker", "tracker_to_data"]

_DELIMITERS = (",", ";", "\t", "|")
_NUMBER_OR_SIGN = re.compile(r"[+-]?[\d.,]*%?")
_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16", "windows-1252": "cp1252"}
# Rows that are read to find the delimiter.
_SAMPLE_ROWS = 50
_SAMPLE_CHARACTERS = 100_000


class _Dialect(NamedTuple):
    """The dialect of a file: its delimiter, whether spaces come before quotes, its encoding."""

    delimiter: str
    is_spaced: bool
    encoding: str


class _Record(NamedTuple):
    """A row: its text without the line end, its line end, and its cells."""

    text: str
    ending: str
    cells: tuple[str, ...]


def data_to_tracker(data: bytes, where: str) -> Tracker:
    """Read a CSV or TSV file; the delimiter is detected.

    Raises
    ------
    UnreadableFile, UnsupportedFormat
        If it is not text.
    UnreadableFile
        If its quotes do not close, or it is larger than a tracker may be.
    """
    records = _data_to_records(data, where)[0]
    rows = {
        number: {at: Cell(text) for at, text in enumerate(record.cells, start=1) if text}
        for number, record in enumerate(records, start=1)
    }
    filled = {number: cells for number, cells in rows.items() if cells}
    width = max((len(record.cells) for record in records), default=0)
    _check_limit(where, len(filled), MAX_ROWS, "rows")
    _check_limit(where, width, MAX_COLUMNS, "columns")
    return Tracker(where, "delimited", (Sheet("", filled, width),), data)


def _check_limit(where: str, found: int, most: int, unit: str) -> None:
    refuse_more("too large for a tracker", where, found, most, unit, advice="Split it, for example by year.")


def _data_to_records(data: bytes, where: str) -> tuple[list[_Record], _Dialect]:
    """Return the rows of a file, and its dialect."""
    if not data.strip():
        expected, advice = "a table with codes", "Save the table again."
        raise UnreadableFile("is empty", where=where, expected=expected, found="nothing", advice=advice)
    _check_limit(where, len(data), 2 * MAX_CHARACTERS, "bytes")
    text, encoding = bytes_to_text(data, where)
    text = text.removeprefix("﻿")
    _check_limit(where, len(text), MAX_CHARACTERS, "characters")
    # A quick count before the lines are parsed; a cell may contain line ends.
    _check_limit(where, text.count("\n") + text.count("\r"), 4 * MAX_ROWS, "lines")
    # The limit holds for the whole process, so it is restored.
    before = csv.field_size_limit(raised(MAX_CELL))
    try:
        delimiter = _text_to_delimiter(text)
        dialect = _Dialect(delimiter, _has_spaced_quotes(text, delimiter), encoding)
        return list(_text_to_records(text, dialect, where)), dialect
    finally:
        csv.field_size_limit(before)


def _text_to_delimiter(text: str) -> str:
    """Return the delimiter that gives most of the first rows the same number of cells."""
    lines = _lines(text[:_SAMPLE_CHARACTERS])[:_SAMPLE_ROWS]

    def steadiness(sign: str) -> tuple[int, int]:
        try:
            reader = csv.reader(lines, delimiter=sign, skipinitialspace=True)
            widths = [len(row) for row in reader if row]
        except csv.Error:
            return 0, 0
        first = widths[0] if widths else 0
        return (widths.count(first) if first > 1 else 0, first)

    return max(_DELIMITERS, key=steadiness)


def _has_spaced_quotes(text: str, delimiter: str) -> bool:
    """Return whether cells of a file have spaces before their quotes (1, "K1, S2").

    A comma, a space and a quote can also be the end of a cell in quotes.
    """
    sign = re.escape(delimiter)
    if not re.search(rf'(?:^|{sign})\ ++"(?:[^"]|"")*+"(?={sign}|[\r\n]|\Z)', text, re.MULTILINE):
        return False
    try:
        rows = csv.reader(_lines(text), delimiter=delimiter)
        return any(cell[:1] == " " and cell.lstrip(" ")[:1] == '"' for row in rows for cell in row)
    except csv.Error:
        return True


def _text_to_records(text: str, dialect: _Dialect, where: str) -> Iterator[_Record]:
    lines = _lines(text)
    reader = csv.reader(lines, delimiter=dialect.delimiter, skipinitialspace=dialect.is_spaced, strict=True)
    done = n_cells = 0
    try:
        for cells in reader:
            n_cells += len(cells)
            check_time()
            if n_cells > raised(MAX_CELLS):
                _check_limit(f"{where}, line {done + 1}", n_cells, MAX_CELLS, "cells")
            line = "".join(lines[done : reader.line_num])
            done = reader.line_num
            body = line.rstrip("\r\n") if line.endswith(("\r", "\n")) else line
            ending = line[len(body) :]
            yield _Record(body, ending, tuple(cells))
    except csv.Error as fault:
        raise UnreadableFile(
            "a quote is opened and not closed, or a cell is too long",
            where=f"{where}, line {done + 1}",
            expected=f"cells whose quotes are closed, of at most {raised(MAX_CELL):,} characters",
            found=str(fault),
            advice="Correct the quotes in that row, or open the file in Excel and save it as .xlsx.",
        ) from fault


def _lines(text: str) -> list[str]:
    """Split a text only at line ends; `str.splitlines` knows more separators than a CSV."""
    return io.StringIO(text, newline="").readlines()


def tracker_to_data(tracker: Tracker, edits: Edits) -> bytes:
    """Return the file with cells added to the right of its rows, or rewritten.

    All other bytes stay. A rewritten cell is quoted as before, or if it needs quotes.

    Raises
    ------
    UnwritableOutput
        If a cell would be read back with another content.
    """
    records, dialect = _data_to_records(tracker.data, tracker.source)
    (sheet,) = tracker.sheets
    ending = next((record.ending for record in records if record.ending), "\n")
    rows = (
        _record_to_text(number, record, sheet.last_column, edits, dialect)
        + (record.ending or (ending if number < len(records) else ""))
        for number, record in enumerate(records, start=1)
    )
    text = "".join(rows)
    wanted = [
        _record_to_wanted(number, record, sheet.last_column, edits)
        for number, record in enumerate(records, start=1)
    ]
    data = _encoded(text, tracker.data, dialect.encoding)
    check_written_rows(wanted, _data_to_rows(data, dialect), tracker.source)
    return data


def _added(number: int, edits: Edits) -> list[str]:
    """Return the new cells of a row; a number or a dash is not a formula and is not escaped."""
    added = (column.values.get(number, "") for column in edits.added)
    texts = [value if isinstance(value, str) else value.text for value in added]
    return [text if _NUMBER_OR_SIGN.fullmatch(text) else text_to_safe(text) for text in texts]


def _rewritten(number: int, record: _Record, edits: Edits) -> dict[int, str]:
    """Return the cells of a row that change, by position from 0."""
    return {
        at: text_with_replacements(cell, edits.rewritten[number, at + 1])
        for at, cell in enumerate(record.cells)
        if (number, at + 1) in edits.rewritten
    }


def _record_to_wanted(number: int, record: _Record, width: int, edits: Edits) -> list[str]:
    """Return the expected cells of an edited row."""
    cells = list(record.cells)
    for at, text in _rewritten(number, record, edits).items():
        cells[at] = text
    added = _added(number, edits)
    return [*cells, *[""] * (width - len(cells)), *added] if any(added) else cells


def _record_to_text(number: int, record: _Record, width: int, edits: Edits, dialect: _Dialect) -> str:
    text, delimiter = record.text, dialect.delimiter
    rewritten = _rewritten(number, record, edits)
    if rewritten:
        fields = _record_to_fields(record, dialect)
        for at, new in rewritten.items():
            bare = fields[at].lstrip(" ") if dialect.is_spaced else fields[at]
            spaces = " " * (len(fields[at]) - len(bare))
            fields[at] = spaces + cell_to_field(new, delimiter, bare.startswith('"'))
        text = delimiter.join(fields)
    added = _added(number, edits)
    if not any(added):
        return text
    lacking = width - max(len(record.cells), 1)
    # In a file in which every cell is quoted, new cells are quoted too.
    is_quoted = len(record.cells) > 1 and text.count(f'"{delimiter}"') >= len(record.cells) - 1
    fresh = [cell_to_field(cell, delimiter, is_quoted) for cell in [""] * lacking + added]
    return text + delimiter + delimiter.join(fresh)


def _record_to_fields(record: _Record, dialect: _Dialect) -> list[str]:
    """Return the fields of a row as written in the file; if they cannot be separated, quoted again."""
    delimiter = dialect.delimiter
    spaces = r"\ *+" if dialect.is_spaced else ""
    pattern = re.compile(rf'{spaces}"(?:[^"]|"")*+"|[^{re.escape(delimiter)}]*+')
    fields, at = [], 0
    while found := pattern.match(record.text, at):
        fields.append(found[0])
        at = found.end() + 1
        if not record.text.startswith(delimiter, at - 1):
            break
    bare = [field.lstrip(" ") for field in fields] if dialect.is_spaced else fields
    if tuple(map(_field_to_cell, bare)) == record.cells and delimiter.join(fields) == record.text:
        return fields
    return [cell_to_field(cell, delimiter) for cell in record.cells]


def _field_to_cell(field: str) -> str:
    return field[1:-1].replace('""', '"') if field.startswith('"') else field


def _encoded(text: str, data: bytes, encoding: str) -> bytes:
    """Return the text in the encoding of a file, with the marks that the file begins with."""
    if encoding == "utf-16":
        is_big = data.startswith(codecs.BOM_UTF16_BE)
        mark, codec = (codecs.BOM_UTF16_BE, "utf-16-be") if is_big else (codecs.BOM_UTF16_LE, "utf-16-le")
    else:
        mark, codec = codecs.BOM_UTF8 if encoding == "utf-8" else b"", _CODECS[encoding]
    marks = b""
    while mark and data.startswith(mark, len(marks)):
        marks += mark
    # A character that the encoding lacks is found when the rows are read back.
    return marks + text.encode(codec, "replace")


def _data_to_rows(data: bytes, dialect: _Dialect) -> list[list[str]]:
    """Read the rows of a written file, with its known dialect."""
    text = data.decode(_CODECS[dialect.encoding]).lstrip("\ufeff")
    before = csv.field_size_limit(raised(MAX_CELL))
    try:
        return list(csv.reader(_lines(text), delimiter=dialect.delimiter, skipinitialspace=dialect.is_spaced))
    finally:
        csv.field_size_limit(before)
