"""Find out whether a person has edited a crosswalk or a workbook that the package wrote."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from curriculum.files.file_signatures import FileFormat, bytes_to_format
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v

__all__ = ["is_as_written", "is_reviewed"]

_MOST_OF_THE_PROPERTIES = 10_000


def is_as_written(data: bytes) -> bool:
    """Return whether a workbook is unchanged since `crosswalk_to_workbook` wrote it.

    Other programs write the time of saving into the properties of the workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book, book.open("docProps/core.xml") as properties:
            found = properties.read(_MOST_OF_THE_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return False
    # Imported here, as the library that writes workbooks takes long to load.
    from curriculum.spreadsheets.report_style import AUTHOR, CREATED

    written = (f"<dc:creator>{AUTHOR}</dc:creator>", f"{CREATED:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>")
    return all(mark.encode() in found for mark in written)


def _bytes_to_rows(data: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings of a crosswalk in any of the text formats."""
    text = data.decode("utf-8-sig", "replace")
    if text.startswith("{"):
        whole = json.loads(text)
        yield from whole.get("mappings") or map(case.extension_of, whole.get(case.ASSOCIATIONS) or ())
        return
    lines = [line for line in io.StringIO(text, newline="") if not line.startswith("#")]
    yield from csv.DictReader(lines, delimiter="\t" if "\t" in "".join(lines[:1]) else ",")


def is_reviewed(data: bytes) -> bool:
    r"""Return whether a person has edited a crosswalk: a row has a reviewer or a comment.

    Rows with the status decided do not count, because they come from stored decisions and are written again
    with them. A workbook counts as edited if another program has saved it. A file that cannot be read counts
    as edited.

    Examples
    --------
    >>> is_reviewed(b"subject_id,reviewer_label,comment\nold:K1,AB,\n")
    True
    """
    if bytes_to_format(data) is FileFormat.ZIP:
        return not is_as_written(data)
    try:
        return any(map(_has_work_of_person, _bytes_to_rows(data)))
    except (ValueError, csv.Error, AttributeError, TypeError, RecursionError):
        return True


def _has_work_of_person(row: Mapping[str, Any]) -> bool:
    """Return whether a row has content of a person. In SSSOM the comment contains the status."""
    comment, status = str(row.get(v.COMMENT) or ""), str(row.get(v.STATUS) or "")
    known_status = status or next(
        (name for name in (v.DECIDED_BEFORE, *v.STATUSES) if comment.startswith(name)), ""
    )
    if known_status in {v.DECIDED, v.DECIDED_BEFORE}:
        return False
    is_generated = not comment or (comment.startswith(v.PROPOSED) and ": " not in comment)
    return bool(row.get(v.REVIEWER_LABEL)) or not is_generated
