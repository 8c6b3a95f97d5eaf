"""The wordings of two versions, read from tables."""

from __future__ import annotations

from curriculum.model.version_pair import VersionPair
from curriculum.tables.carrier import Tables
from curriculum.tables.frame_rows import frame_to_rows
from curriculum.tables.plain_rows import TableRows
from curriculum.tables.version_pair_rows import rows_to_version_pair

__all__ = ["tables_to_version_pair"]


def tables_to_version_pair(tables: Tables, old: str, new: str) -> VersionPair:
    """Return two versions with the wordings of their statements and duties.

    Raises
    ------
    NotFound
        If the tables do not have both.
    """
    frames = (tables.documents, tables.statements, tables.duties)
    documents, statements, duties = map(frame_to_rows, frames)
    rows = TableRows(documents=documents, statements=statements, duties=duties)
    return rows_to_version_pair(rows, old, new)
