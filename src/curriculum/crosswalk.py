"""Crosswalks: the mappings between two documents, proposed, put together, and written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from curriculum import vocabulary as v
from curriculum.errors import MissingDocument, UnknownFormat
from curriculum.linking import propose_links
from curriculum.outputs import check_folder
from curriculum.schemas import CROSSWALK, check_frame, rows_to_frame
from curriculum.tables import Tables, csv_to_frame, frame_to_csv

__all__ = [
    "CROSSWALK_FORMATS",
    "crosswalk_to_bytes",
    "crosswalk_to_files",
    "crosswalk_to_is_duty",
    "crosswalk_to_json",
    "documents_to_attribution",
    "is_reviewed",
    "link_documents",
    "link_pairs",
    "read_crosswalk",
    "select_pair",
]


def _of(frame: pd.DataFrame, document_id: str) -> pd.DataFrame:
    return frame[frame[v.DOCUMENT_ID] == document_id]


def documents_to_attribution(tables: Tables, document_ids: Sequence[str]) -> str:
    """Give the attribution that the licences of documents ask for; empty if none does.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> documents_to_attribution(read_tables(Path("data/processed")), ["st0792-1.0", "st0792-1.2"])
    'Contains public sector information licensed under the Open Government Licence v3.0.'
    """
    registered = tables.documents[tables.documents[v.DOCUMENT_ID].isin(document_ids)][v.LICENCE]
    details = tables.details[tables.details[v.DOCUMENT_ID].isin(document_ids)]
    printed = details[details[v.SECTION] == "licence"][v.VALUE]
    is_open = any(v.OGL in text for text in (*registered, *printed))
    return v.OGL_ATTRIBUTION if is_open else ""


def link_documents(tables: Tables, old: str, new: str) -> pd.DataFrame:
    """Propose the crosswalk from one document to another.

    Duties are linked to duties, apart from statements, where both documents print duties.

    Parameters
    ----------
    tables
        Tables that hold both.
    old, new
        Their ids.

    Returns
    -------
    pandas.DataFrame
        One row a mapping, as docs/tables.md tells: every statement of both documents is in it, and
        every duty if both print duties.
    """
    return check_frame(CROSSWALK, _link(tables, old, new))


def _link(tables: Tables, old: str, new: str) -> pd.DataFrame:
    frames = [propose_links(_of(tables.statements, old), _of(tables.statements, new))]
    duties = [_of(tables.duties, one).assign(**{v.KIND: v.DUTY}) for one in (old, new)]
    if all(map(len, duties)):
        frames.append(propose_links(*duties))
    attribution = documents_to_attribution(tables, (old, new))
    return pd.concat(frames, ignore_index=True).assign(**{v.ATTRIBUTION: attribution})


def link_pairs(
    tables: Tables, pairs: Sequence[tuple[str, str]], progress: Callable[[str], object] = str
) -> pd.DataFrame:
    """Propose the crosswalks of several pairs, as one table in the order of the pairs.

    ``progress`` is called with the name of each step before it is done.
    """
    frames = []
    for old, new in pairs:
        progress(f"link {old} to {new}")
        frames.append(_link(tables, old, new))
    if not frames:
        return rows_to_frame(CROSSWALK, [])
    return check_frame(CROSSWALK, pd.concat(frames, ignore_index=True))


def crosswalk_to_is_duty(crosswalk: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each row whether it is about duties, and not about statements."""
    return (crosswalk[v.SUBJECT_CATEGORY] == v.DUTY) | (crosswalk[v.OBJECT_CATEGORY] == v.DUTY)


def crosswalk_to_json(crosswalk: pd.DataFrame) -> bytes:
    """Give a crosswalk as JSON: an object whose ``mappings`` are the rows, missing values null."""
    rows = crosswalk.astype(object).where(crosswalk.notna(), None).to_dict("records")
    first = rows[0] if rows else {}
    kept = (v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.STATUS, v.ATTRIBUTION)
    data = {**{name: first.get(name, "") for name in kept}, "mappings": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _to_sssom(crosswalk: pd.DataFrame) -> bytes:
    from curriculum.sssom import crosswalk_to_sssom

    return crosswalk_to_sssom(crosswalk)


def _to_workbook(crosswalk: pd.DataFrame) -> bytes:
    from curriculum.workbook import crosswalk_to_workbook

    return crosswalk_to_workbook(crosswalk)


# By ending; the longer of two that fit comes first.
CROSSWALK_FORMATS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".sssom.tsv": _to_sssom,
    ".xlsx": _to_workbook,
    ".csv": frame_to_csv,
    ".tsv": lambda crosswalk: frame_to_csv(crosswalk, "\t"),
    ".json": crosswalk_to_json,
}


def crosswalk_to_bytes(crosswalk: pd.DataFrame, path: Path) -> bytes:
    """Give the crosswalk of one pair in the format that a file name asks for.

    Raises
    ------
    UnknownFormat
        If the name ends otherwise than in a format that is written.
    """
    ending = next((one for one in CROSSWALK_FORMATS if path.name.casefold().endswith(one)), "")
    if not ending:
        raise UnknownFormat(
            "not a format that crosswalks are written in",
            where=path.as_posix(),
            expected=", ".join(CROSSWALK_FORMATS),
            found=path.suffix or "no ending",
            advice="Choose another ending.",
        )
    return CROSSWALK_FORMATS[ending](crosswalk)


def crosswalk_to_files(crosswalk: pd.DataFrame) -> dict[str, bytes]:
    """Give the files that hold the crosswalks of all pairs: one table, and an SSSOM file for each pair."""
    pairs = crosswalk.groupby([v.SUBJECT_SOURCE, v.OBJECT_SOURCE], sort=False)
    files = {f"{CROSSWALK}_{old}_to_{new}.sssom.tsv": _to_sssom(rows) for (old, new), rows in pairs}
    return {f"{CROSSWALK}.csv": frame_to_csv(crosswalk), **files}


def read_crosswalk(folder: Path) -> pd.DataFrame:
    """Read the crosswalk of a folder that `curriculum build` has written, held against its manifest.

    Raises
    ------
    MissingDocument, MixedFolder
        If the folder was not written by `curriculum build`, or not wholly by one run.
    BrokenSchema
        If the table does not fit its schema.
    """
    files = check_folder(folder)
    name = f"{CROSSWALK}.csv"
    if name not in files:
        raise MissingDocument(
            "holds no crosswalk",
            where=folder.as_posix(),
            expected=name,
            advice="Run curriculum build, which links the pairs of the raw folder.",
        )
    return csv_to_frame(CROSSWALK, files[name])


def _bytes_to_rows(data: bytes) -> list[dict[str, str]]:
    """Give the mappings of a crosswalk as texts, from whichever format of text it is in."""
    text = data.decode("utf-8-sig", "replace")
    if text.startswith("{"):
        loaded = json.loads(text)
        return [row for row in loaded.get("mappings", ()) if isinstance(row, dict)]
    lines = [line for line in io.StringIO(text, newline="") if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t" if "\t" in "".join(lines[:1]) else ","))


def select_pair(crosswalk: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Give the rows of one pair of documents."""
    is_own = (crosswalk[v.SUBJECT_SOURCE] == old) & (crosswalk[v.OBJECT_SOURCE] == new)
    return crosswalk[is_own].reset_index(drop=True)


def is_reviewed(data: bytes) -> bool:
    r"""Tell whether a person has worked on a crosswalk: a row names a reviewer or holds a comment.

    Of a workbook: whether another program has saved it.

    Examples
    --------
    >>> is_reviewed(b"subject_id,reviewer_label,comment\nold:K1,AB,\n")
    True
    """
    if data.startswith(b"PK"):
        from curriculum.workbook import is_as_written

        return not is_as_written(data)
    try:
        rows = _bytes_to_rows(data)
    except ValueError:
        return True
    comments = (row.get(v.COMMENT) or "" for row in rows)
    return any(row.get(v.REVIEWER_LABEL) for row in rows) or any(
        comment and not comment.startswith(v.PROPOSED) for comment in comments
    )
