"""Read a tracker of any format from a path, and return the bytes of a copy with changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from curriculum.files.encodings import path_to_bytes, path_to_escaped
from curriculum.files.file_sets import refuse_mixed
from curriculum.files.file_signatures import FileFormat, bytes_to_format
from curriculum.files.limits import time_limit
from curriculum.spreadsheets import delimited, xlsx_reading
from curriculum.spreadsheets.new_column_styles import FormatList
from curriculum.spreadsheets.read_back import check_written_cells, check_written_report
from curriculum.spreadsheets.tracker import Edits, Tracker
from curriculum.spreadsheets.xlsx_added_sheets import workbook_to_changed_parts
from curriculum.spreadsheets.xlsx_package import (
    WORKBOOK,
    Workbook,
    data_to_workbook,
    part_to_utf8,
    require_utf8,
    unreadable,
)
from curriculum.spreadsheets.xlsx_writing import part_to_edited

__all__ = ["path_to_tracker", "tracker_to_bytes"]

_WORKBOOK_ENDINGS = frozenset((".xlsx", ".xlsm"))
_DELIMITED_ENDINGS = frozenset((".csv", ".tsv", ".txt"))


def path_to_tracker(path: str | Path, comment: str = "") -> Tracker:
    """Read a spreadsheet: a workbook, or a table as CSV or TSV, recognised by its bytes.

    Parameters
    ----------
    path
        The file.
    comment
        The sign of comment lines before the first row of a table; by default there are none.

    Raises
    ------
    NotFound, UnreadableFile
        If there is no such file, or it is too large.
    MixedFolder
        If it is one of several files of a run that was interrupted.
    UnreadableFile
        If it is damaged, protected by a password, or of a format that is not read.
    """
    path = Path(path)
    refuse_mixed(path)
    data = path_to_bytes(path)
    where = path_to_escaped(Path(path.name))
    if path.suffix.casefold() in _DELIMITED_ENDINGS and bytes_to_format(data) is not FileFormat.ZIP:
        while comment and data.startswith(comment.encode()):
            data = data.partition(b"\n")[2]
        with time_limit(where):
            return delimited.data_to_tracker(data, where)
    with time_limit(where):
        tracker = xlsx_reading.data_to_tracker(data, where)
    if path.suffix.casefold() not in _WORKBOOK_ENDINGS:
        found, advice = path.suffix or "no ending", "Give the file the ending .xlsx."
        raise unreadable(where, f"one whose name ends in {found}", advice)
    return tracker


def tracker_to_bytes(tracker: Tracker, edits: Mapping[str, Edits], report: bytes = b"") -> bytes:
    """Return the copy of a file with what is to be written to its sheets.

    Parameters
    ----------
    tracker
        The file, as it was read.
    edits
        The changes, by the name of the sheet.
    report
        A workbook whose sheets are added if the file is a workbook.

    Returns
    -------
    bytes
        The same edits give the same bytes. Parts of a workbook's package without changes stay as they
        are, and so does every byte of a table outside the rewritten rows.

    Raises
    ------
    UnreadableFile
        If a sheet has no room, or the sheets cannot be added to the workbook.
    UnwritableOutput
        If a cell of the copy would be read with another content.
    """
    if tracker.form == "delimited":
        return delimited.tracker_to_data(tracker, edits.get("", Edits()))
    book = data_to_workbook(tracker.data, tracker.source)
    changed = (
        WORKBOOK.guarded(lambda: workbook_to_changed_parts(book, report, tracker.source), tracker.source)
        if report
        else {}
    )
    sheets = {sheet.name: sheet for sheet in tracker.sheets}
    has_rewritten = any(changes.rewritten for changes in edits.values())
    strings = _shared_items(book, tracker.source) if has_rewritten else {}
    styles = changed.get(book.styles) or (book.package.read(book.styles) if book.styles else b"")
    looks = WORKBOOK.guarded(partial(FormatList, styles), tracker.source)
    for part in book.sheets:
        changes = edits.get(part.name)
        if changes and (changes.added or changes.rewritten):
            where = f"{tracker.source}, sheet {part.name}"
            data = part_to_utf8(book.package, part.path)
            edit = partial(part_to_edited, data, sheets[part.name], changes, strings, where, looks=looks)
            changed[part.path] = WORKBOOK.guarded(edit, where)
    if book.styles and (grown := WORKBOOK.guarded(looks.to_bytes, tracker.source)) != styles:
        changed[book.styles] = grown
    data = WORKBOOK.guarded(partial(_packed, book.package, changed), tracker.source)
    check_written_cells(tracker, edits, data, set(changed))
    if report:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            added = sorted(changed.keys() - set(book.package.namelist()), key=_part_to_number)
            parts = [package.read(path) for path in added if "/worksheets/" in path]
        check_written_report(parts, report, tracker.source)
    return data


def _part_to_number(path: str) -> int:
    """Return the number in the name of a part that was added, which gives the order of the added parts."""
    return int("".join(filter(str.isdigit, path.rpartition("/")[2])) or 0)


def _shared_items(book: Workbook, where: str) -> dict[int, bytes]:
    """Return the XML of the shared texts, from which the text of rewritten cells is made."""
    if not book.shared_strings:
        return {}
    data = part_to_utf8(book.package, book.shared_strings)
    require_utf8(where, data)
    return xlsx_reading.shared_to_items(data)


def _packed(package: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return a package with changed and new parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for member in package.infolist():
            data = changed.get(member.filename)
            info = _like(member.filename, member)
            out.writestr(info, package.read(member) if data is None else data)
        new = zipfile.ZipInfo("", package.infolist()[0].date_time)
        new.compress_type = zipfile.ZIP_DEFLATED
        for path in sorted(changed.keys() - set(package.namelist())):
            out.writestr(_like(path, new), changed[path])
    return buffer.getvalue()


def _like(path: str, member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, member.date_time)
    info.compress_type = zipfile.ZIP_DEFLATED if member.compress_type else zipfile.ZIP_STORED
    info.external_attr, info.create_system = member.external_attr, member.create_system
    return info
