"""Read and write crosswalks in several formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from curriculum.crosswalk.case_crosswalk import case_to_crosswalk, crosswalk_to_case
from curriculum.crosswalk.sssom import crosswalk_to_sssom
from curriculum.errors import InvalidTable, unknown_ending
from curriculum.model import vocabulary as v
from curriculum.model.case_terms import CASE_ENDING
from curriculum.tables.csv_files import export_to_frame, frame_to_csv, frame_to_export
from curriculum.tables.schemas import CANDIDATES, CROSSWALK, TABLES

__all__ = [
    "CROSSWALK_FORMATS",
    "bytes_to_crosswalk",
    "crosswalk_to_bytes",
    "crosswalk_to_files",
    "crosswalk_to_json",
    "is_built_name",
]


_SSSOM_ENDING = ".sssom.tsv"


def crosswalk_to_json(crosswalk: pd.DataFrame) -> bytes:
    """Return a crosswalk as JSON: an object whose ``mappings`` are the rows, missing values null."""
    rows = crosswalk.astype(object).where(crosswalk.notna(), None).to_dict("records")
    kept = (v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.STATUS, v.ATTRIBUTION)
    summary = {name: "; ".join(dict.fromkeys(crosswalk[name])) for name in kept}
    data = {**summary, "mappings": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


_WORKBOOK = ".xlsx"
# By ending; longer endings come first. A workbook has candidates too.
_TABLE_FORMATS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".sssom.tsv": crosswalk_to_sssom,
    ".csv": frame_to_export,
    ".tsv": lambda crosswalk: frame_to_export(crosswalk, "\t"),
    ".json": crosswalk_to_json,
}


CROSSWALK_FORMATS = (_SSSOM_ENDING, CASE_ENDING, _WORKBOOK, ".csv", ".tsv", ".json")


def crosswalk_to_bytes(
    crosswalk: pd.DataFrame,
    path: str | Path,
    candidates: pd.DataFrame | None = None,
    links: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """Return the crosswalk of one pair in the format of a file name.

    Parameters
    ----------
    crosswalk
        The rows of the pair.
    path
        The name of the file.
    candidates
        The table ``candidates`` of the pair, for a workbook.
    links
        The identifier and the address of statements of frameworks of CASE, by their ids, for CASE.

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
    if ending == CASE_ENDING:
        return crosswalk_to_case(crosswalk, links)
    if ending != _WORKBOOK:
        return _TABLE_FORMATS[ending](crosswalk)
    # Imported here, because a build writes no workbook.
    from curriculum.crosswalk.excel import crosswalk_to_workbook

    return crosswalk_to_workbook(crosswalk, candidates)


def bytes_to_crosswalk(data: bytes, path: str | Path) -> pd.DataFrame:
    """Read a crosswalk that `crosswalk_to_bytes` wrote as CSV, TSV or CASE; it equals the original.

    Raises
    ------
    UnsupportedFormat
        If the name has another ending.
    InvalidTable
        If it does not have the columns of a crosswalk.
    InvalidInput, Faults
        If it is another package of CASE, or was changed.
    """
    path = Path(path)
    if path.name.casefold().endswith(CASE_ENDING):
        return case_to_crosswalk(data, path.name)
    separators = {".csv": ",", ".tsv": "\t"}
    if path.name.casefold().endswith(".sssom.tsv") or path.suffix.casefold() not in separators:
        raise unknown_ending("crosswalks that are read", path.as_posix(), (*separators, CASE_ENDING))
    return export_to_frame(CROSSWALK, data, separators[path.suffix.casefold()])


def crosswalk_to_files(crosswalk: pd.DataFrame, candidates: pd.DataFrame) -> dict[str, bytes]:
    """Return the files of the crosswalks of all pairs: two tables, and an SSSOM file for each pair."""
    pairs = crosswalk.groupby([v.SUBJECT_SOURCE, v.OBJECT_SOURCE], sort=False)
    files = {f"{CROSSWALK}_{old}_to_{new}.sssom.tsv": crosswalk_to_sssom(rows) for (old, new), rows in pairs}
    tables = {CROSSWALK: crosswalk, CANDIDATES: candidates}
    return {**{f"{name}.csv": frame_to_csv(frame) for name, frame in tables.items()}, **files}


def is_built_name(name: str) -> bool:
    """Return whether a build writes files with this name.

    Examples
    --------
    >>> [is_built_name(name) for name in ("duties.csv", "crosswalk_a_to_b.sssom.tsv", "thesis.csv")]
    [True, True, False]
    """
    tables = {f"{table}.csv" for table in (*TABLES, CROSSWALK, CANDIDATES)}
    old, is_pair, new = name.removeprefix(f"{CROSSWALK}_").removesuffix(_SSSOM_ENDING).partition("_to_")
    is_sssom = name.startswith(f"{CROSSWALK}_") and name.endswith(_SSSOM_ENDING)
    return name in tables or (is_sssom and all((old, is_pair, new)))
