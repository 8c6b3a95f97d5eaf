"""Read and write crosswalks in several formats, and find out whether a person has edited a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from curriculum.crosswalk.sssom import crosswalk_to_sssom
from curriculum.errors import InvalidTable, unknown_ending
from curriculum.files.file_signatures import FileFormat, bytes_to_format
from curriculum.model import vocabulary as v
from curriculum.tables.csv_files import export_to_frame, frame_to_csv, frame_to_export
from curriculum.tables.schemas import CROSSWALK, TABLES

__all__ = [
    "CROSSWALK_FORMATS",
    "bytes_to_crosswalk",
    "crosswalk_to_bytes",
    "crosswalk_to_files",
    "crosswalk_to_json",
    "is_built_name",
    "is_reviewed",
]


_SSSOM_ENDING = ".sssom.tsv"


def crosswalk_to_json(crosswalk: pd.DataFrame) -> bytes:
    """Return a crosswalk as JSON: an object whose ``mappings`` are the rows, missing values null."""
    rows = crosswalk.astype(object).where(crosswalk.notna(), None).to_dict("records")
    kept = (v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.STATUS, v.ATTRIBUTION)
    summary = {name: "; ".join(dict.fromkeys(crosswalk[name])) for name in kept}
    data = {**summary, "mappings": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _to_workbook(crosswalk: pd.DataFrame) -> bytes:
    # Imported here, because a build writes no workbook.
    from curriculum.crosswalk.excel import crosswalk_to_workbook

    return crosswalk_to_workbook(crosswalk)


# By ending; longer endings come first.
CROSSWALK_FORMATS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".sssom.tsv": crosswalk_to_sssom,
    ".xlsx": _to_workbook,
    ".csv": frame_to_export,
    ".tsv": lambda crosswalk: frame_to_export(crosswalk, "\t"),
    ".json": crosswalk_to_json,
}


def crosswalk_to_bytes(crosswalk: pd.DataFrame, path: str | Path) -> bytes:
    """Return the crosswalk of one pair in the format of a file name.

    Raises
    ------
    UnsupportedFormat
        If no format has the ending of the name.
    InvalidTable
        If the crosswalk has no row.
    UnsupportedFormat
        If the format does not allow an id.
    """
    path = Path(path)
    ending = next((known for known in CROSSWALK_FORMATS if path.name.casefold().endswith(known)), "")
    if not ending:
        raise unknown_ending("crosswalks", path.as_posix(), tuple(CROSSWALK_FORMATS))
    if crosswalk.empty:
        raise InvalidTable(
            "has no mapping",
            where=path.as_posix(),
            expected="the rows of one pair of documents",
            found="none",
            advice="Check the ids of the documents.",
        )
    return CROSSWALK_FORMATS[ending](crosswalk)


def bytes_to_crosswalk(data: bytes, path: str | Path) -> pd.DataFrame:
    """Read a crosswalk that `crosswalk_to_bytes` wrote as CSV or TSV; it equals the original.

    Raises
    ------
    UnsupportedFormat
        If the name has another ending.
    InvalidTable
        If it does not have the columns of a crosswalk.
    """
    path = Path(path)
    separators = {".csv": ",", ".tsv": "\t"}
    if path.name.casefold().endswith(".sssom.tsv") or path.suffix.casefold() not in separators:
        raise unknown_ending("crosswalks that are read", path.as_posix(), tuple(separators))
    return export_to_frame(CROSSWALK, data, separators[path.suffix.casefold()])


def crosswalk_to_files(crosswalk: pd.DataFrame) -> dict[str, bytes]:
    """Return the files of the crosswalks of all pairs: one table, and an SSSOM file for each pair."""
    pairs = crosswalk.groupby([v.SUBJECT_SOURCE, v.OBJECT_SOURCE], sort=False)
    files = {f"{CROSSWALK}_{old}_to_{new}.sssom.tsv": crosswalk_to_sssom(rows) for (old, new), rows in pairs}
    return {f"{CROSSWALK}.csv": frame_to_csv(crosswalk), **files}


def is_built_name(name: str) -> bool:
    """Return whether a build writes files with this name.

    Examples
    --------
    >>> [is_built_name(name) for name in ("duties.csv", "crosswalk_a_to_b.sssom.tsv", "thesis.csv")]
    [True, True, False]
    """
    tables = {f"{table}.csv" for table in (*TABLES, CROSSWALK)}
    old, is_pair, new = name.removeprefix(f"{CROSSWALK}_").removesuffix(_SSSOM_ENDING).partition("_to_")
    is_sssom = name.startswith(f"{CROSSWALK}_") and name.endswith(_SSSOM_ENDING)
    return name in tables or (is_sssom and all((old, is_pair, new)))


def _bytes_to_rows(data: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings of a crosswalk in any of the text formats."""
    text = data.decode("utf-8-sig", "replace")
    if text.startswith("{"):
        yield from json.loads(text).get("mappings") or ()
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
        from curriculum.crosswalk.excel import is_as_written

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
