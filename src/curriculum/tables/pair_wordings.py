"""The wordings of two versions, read from tables."""

from __future__ import annotations

from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.tables.carrier import Tables, check_documents

__all__ = ["tables_to_version_pair"]


def tables_to_version_pair(tables: Tables, old: str, new: str) -> VersionPair:
    """Return two versions with the wordings of their statements and duties.

    Raises
    ------
    NotFound
        If the tables do not have both.
    """
    check_documents(tables, old, new)
    duties = frozenset(tables.duties[v.DUTY_ID])
    return VersionPair(old, new, _wordings(tables, old), _wordings(tables, new), duties)


def _wordings(tables: Tables, document_id: str) -> dict[str, str]:
    frames = (tables.statements, tables.duties)
    selected = (frame[frame[v.DOCUMENT_ID] == document_id] for frame in frames)
    return {code: text for frame in selected for code, text in zip(frame[v.CODE], frame[v.TEXT], strict=True)}
