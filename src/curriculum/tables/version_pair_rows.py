"""The wordings of two versions, read from rows."""

from __future__ import annotations

from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.tables.plain_rows import TableRows, check_document_rows

__all__ = ["rows_to_version_pair"]


def rows_to_version_pair(tables: TableRows, old: str, new: str) -> VersionPair:
    """Return two versions with the wordings of their statements and duties.

    Raises
    ------
    NotFound
        If the tables do not have both.

    Examples
    --------
    >>> tables = TableRows(
    ...     documents=({"document_id": "mine"}, {"document_id": "yours"}),
    ...     statements=({"document_id": "mine", "code": "K1", "text": "Health and safety law"},))
    >>> rows_to_version_pair(tables, "mine", "yours").wordings
    {'K1': 'Health and safety law'}
    """
    check_document_rows(tables, old, new)
    duties = frozenset(str(row[v.DUTY_ID]) for row in tables.duties)
    return VersionPair(old, new, _wordings(tables, old), _wordings(tables, new), duties)


def _wordings(tables: TableRows, document_id: str) -> dict[str, str]:
    rows = (*tables.statements, *tables.duties)
    return {row[v.CODE]: row[v.TEXT] for row in rows if row[v.DOCUMENT_ID] == document_id}
