"""Crosswalks that were built: read from a folder, and one pair selected from many."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from curriculum.errors import InvalidTable, NotFound
from curriculum.files.output_folder import check_folder
from curriculum.model import vocabulary as v
from curriculum.tables.csv_files import csv_to_frame
from curriculum.tables.known_ids import check_known
from curriculum.tables.schemas import CANDIDATES, CROSSWALK

__all__ = ["crosswalk_to_is_duty", "crosswalk_to_pair", "read_candidates", "read_crosswalk", "select_pair"]


def crosswalk_to_is_duty(crosswalk: pd.DataFrame) -> pd.Series[bool]:
    """Return for each row whether it links duties, not statements."""
    return (crosswalk[v.SUBJECT_CATEGORY] == v.DUTY) | (crosswalk[v.OBJECT_CATEGORY] == v.DUTY)


def read_crosswalk(folder: str | Path) -> pd.DataFrame:
    """Read the crosswalk of a folder that `curriculum build` wrote, and check it against the manifest.

    Raises
    ------
    NotFound, MixedFolder
        If the folder was not written by `curriculum build`, or not completely by one run.
    InvalidTable
        If the table does not match its schema.
    """
    return _read_table(folder, CROSSWALK)


def read_candidates(folder: str | Path) -> pd.DataFrame:
    """Read the candidates of a folder that `curriculum build` wrote, and check them against the manifest.

    Raises
    ------
    NotFound, MixedFolder, InvalidTable
        As for `read_crosswalk`.

    Examples
    --------
    >>> candidates = read_candidates("data/processed")
    >>> candidates.loc[0, ["subject_id", "object_id"]].tolist()
    ['draft-2019:K1', 'st0792-1.0:K1']
    """
    return _read_table(folder, CANDIDATES)


def _read_table(folder: str | Path, table: str) -> pd.DataFrame:
    folder = Path(folder)
    files = check_folder(folder)
    name = f"{table}.csv"
    if name not in files:
        raise NotFound(
            f"holds no {table}",
            where=folder.as_posix(),
            expected=name,
            advice="Run curriculum build, which links the pairs of the raw folder.",
        )
    return csv_to_frame(table, files[name])


def select_pair(crosswalk: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Return the rows of one pair of documents.

    Raises
    ------
    NotFound
        If the crosswalk has no such document, or no rows of such a pair.

    Examples
    --------
    >>> crosswalk = read_crosswalk("data/processed")
    >>> select_pair(crosswalk, "st0792-1.2", "st0792-1.0")
    Traceback (most recent call last):
        ...
    curriculum.errors.NotFound: st0792-1.2 to st0792-1.0: no such pair; expected one of \
draft-2019 to st0792-1.0, st0792-1.0 to st0792-1.2, draft-2019 to st0792-1.2, nos-2019 to st0792-1.2, \
nos-2017 to st0792-1.2, nos-2017 to nos-2019. Did you mean st0792-1.0 to st0792-1.2? \
`composition.invert` inverts a crosswalk.
    """
    pairs = dict.fromkeys(zip(crosswalk[v.SUBJECT_SOURCE], crosswalk[v.OBJECT_SOURCE], strict=True))
    check_known((old, new), dict.fromkeys(name for pair in pairs for name in pair))
    if (old, new) not in pairs:
        raise _unknown_pair((old, new), pairs)
    is_of_pair = (crosswalk[v.SUBJECT_SOURCE] == old) & (crosswalk[v.OBJECT_SOURCE] == new)
    return crosswalk[is_of_pair].reset_index(drop=True)


def _unknown_pair(asked: tuple[str, str], pairs: Collection[tuple[str, str]]) -> NotFound:
    advice = (
        f"Did you mean {asked[1]} to {asked[0]}? `composition.invert` inverts a crosswalk."
        if asked[::-1] in pairs
        else "Add the pair to CROSSWALKS.csv and build again, or link it with link_documents."
    )
    return NotFound(
        "no such pair",
        where=" to ".join(asked),
        expected=f"one of {', '.join(' to '.join(pair) for pair in pairs)}",
        advice=advice,
    )


def crosswalk_to_pair(crosswalk: pd.DataFrame) -> tuple[str, str]:
    """Return the ids of the two documents of a crosswalk.

    Raises
    ------
    InvalidTable
        If it has no row, or rows of several pairs.
    """
    pairs = crosswalk[[v.SUBJECT_SOURCE, v.OBJECT_SOURCE]].drop_duplicates().values.tolist()
    if len(pairs) != 1:
        raise InvalidTable(
            "not the crosswalk of one pair",
            expected="rows of one pair of versions",
            found="none" if not pairs else ", ".join(f"{old} to {new}" for old, new in pairs),
            advice="Select one pair with select_pair.",
        )
    ((old, new),) = pairs
    return old, new
