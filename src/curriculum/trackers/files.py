"""A path to a tracker, and a tracker with edits to the bytes of its copy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from curriculum.sources.plain import MAX_BYTES, path_to_bytes
from curriculum.trackers import delimited, reading
from curriculum.trackers.grafting import workbook_to_grafted
from curriculum.trackers.tracker import Edits, Tracker
from curriculum.trackers.workbook import data_to_workbook, guarded
from curriculum.trackers.writing import part_to_edited

__all__ = ["MAX_BYTES", "TRACKER_ENDINGS", "path_to_tracker", "tracker_to_bytes"]

TRACKER_ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")


def path_to_tracker(path: Path, progress: Callable[[str], object] = str) -> Tracker:
    """Read a spreadsheet: a workbook or a table as CSV or TSV, told by its bytes and not by its name.

    Parameters
    ----------
    path
        The file.
    progress
        Is called with the name of each step before it is done.

    Raises
    ------
    MissingDocument, NotText
        If there is no such file, or it is too large.
    UnreadableTracker
        If it is damaged, protected by a password, or of a format that is not read.
    """
    data = path_to_bytes(path)
    where = path.name
    if path.suffix.casefold() in {".csv", ".tsv", ".txt"} and not data.startswith(b"PK"):
        return delimited.data_to_tracker(data, where)
    return reading.data_to_tracker(data, where, progress)


def tracker_to_bytes(
    tracker: Tracker,
    edits: Mapping[str, Edits],
    report: bytes = b"",
    progress: Callable[[str], object] = str,
) -> bytes:
    """Give the copy of a file with what is to be written to its sheets.

    Parameters
    ----------
    tracker
        The file, as it was read.
    edits
        What is to be written, by the name of the sheet.
    report
        A workbook whose sheets are added to a workbook; a table takes none.
    progress
        Is called with the name of each step before it is done.

    Returns
    -------
    bytes
        The same edits give the same bytes. Every part of a workbook's package that gains nothing, and
        every byte of a table outside the cells, are as they were.

    Raises
    ------
    UnreadableTracker
        If a sheet has no room, or the workbook cannot take the sheets.
    """
    if tracker.form == "delimited":
        return delimited.tracker_to_data(tracker, edits.get("", Edits()))
    book = data_to_workbook(tracker.data, tracker.source)
    changed = (
        guarded(lambda: workbook_to_grafted(book, report, tracker.source), tracker.source) if report else {}
    )
    sheets = {sheet.name: sheet for sheet in tracker.sheets}
    wanted = any(one.rewritten for one in edits.values())
    strings = reading.workbook_to_shared_items(book) if wanted else {}
    for part in book.sheets:
        own = edits.get(part.name)
        if own and (own.added or own.rewritten):
            progress(f"write {part.name}")
            where = f"{tracker.source}, sheet {part.name}"
            data = book.package.read(part.path)
            changed[part.path] = part_to_edited(data, sheets[part.name], own, strings, where)
    progress("pack")
    return _packed(book.package, changed)


def _packed(package: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Pack the parts of a package again, those that change and those that come with them."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        for member in package.infolist():
            data = changed.get(member.filename)
            info = _like(member.filename, member)
            out.writestr(info, package.read(member) if data is None else data)
        first = package.infolist()[0]
        for path in sorted(changed.keys() - set(package.namelist())):
            out.writestr(_like(path, first), changed[path])
    return held.getvalue()


def _like(path: str, member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, member.date_time)
    info.compress_type = zipfile.ZIP_DEFLATED if member.compress_type else zipfile.ZIP_STORED
    info.external_attr, info.create_system = member.external_attr, member.create_system
    return info
