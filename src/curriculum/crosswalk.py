"""Crosswalks: the mappings between two documents, proposed, put together, and written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
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
    "is_reviewed",
    "link_documents",
    "link_pairs",
    "read_crosswalk",
]

CROSSWALK_FORMATS = {".csv": ",", ".tsv": "\t"}


def _statements_of(tables: Tables, document_id: str) -> pd.DataFrame:
    statements = tables.statements
    return statements[statements[v.DOCUMENT_ID] == document_id]


def link_documents(tables: Tables, old: str, new: str) -> pd.DataFrame:
    """Propose the crosswalk from one document to another.

    Parameters
    ----------
    tables
        Tables that hold both.
    old, new
        Their ids.

    Returns
    -------
    pandas.DataFrame
        One row a mapping, as docs/tables.md tells: every statement of both documents is in it.
    """
    return propose_links(_statements_of(tables, old), _statements_of(tables, new))


def link_pairs(
    tables: Tables, pairs: Sequence[tuple[str, str]], progress: Callable[[str], object] = str
) -> pd.DataFrame:
    """Propose the crosswalks of several pairs, as one table in the order of the pairs.

    ``progress`` is called with the name of each step before it is done.
    """
    frames = []
    for old, new in pairs:
        progress(f"link {old} to {new}")
        frames.append(link_documents(tables, old, new))
    if not frames:
        return rows_to_frame(CROSSWALK, [])
    return check_frame(CROSSWALK, pd.concat(frames, ignore_index=True))


def crosswalk_to_bytes(crosswalk: pd.DataFrame, path: Path) -> bytes:
    """Give a crosswalk in the format that a file name asks for.

    Raises
    ------
    UnknownFormat
        If the name ends otherwise than in a format that is written.
    """
    separator = CROSSWALK_FORMATS.get(path.suffix.casefold())
    if separator is None:
        raise UnknownFormat(
            "not a format that crosswalks are written in",
            where=path.as_posix(),
            expected=" or ".join(CROSSWALK_FORMATS),
            found=path.suffix or "no ending",
            advice="Choose another ending.",
        )
    return frame_to_csv(crosswalk, separator)


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


def is_reviewed(data: bytes) -> bool:
    r"""Tell whether a person has worked on a crosswalk: a row names a reviewer or holds a comment.

    Examples
    --------
    >>> is_reviewed(b"subject_id,reviewer_label,comment\nold:K1,AB,\n")
    True
    """
    text = io.StringIO(data.decode("utf-8-sig", "replace"), newline="")
    rows = csv.DictReader(text, delimiter="\t" if b"\t" in data.split(b"\n")[0] else ",")
    return any(row.get(v.REVIEWER_LABEL) or row.get(v.COMMENT) for row in rows)
