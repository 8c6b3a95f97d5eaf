"""The rows of the tables that a remap needs, without pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.tables.known_ids import check_known

__all__ = ["Row", "TableRows", "check_document_rows", "rows_of_document", "rows_to_version_pair"]

# The cells of a row by the names of their columns.
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class TableRows:
    """The rows of tables of one or more documents; docs/tables.md describes the columns.

    Each field has the name of its table.
    """

    documents: tuple[Row, ...] = ()
    statements: tuple[Row, ...] = ()
    duties: tuple[Row, ...] = ()
    duty_ksbs: tuple[Row, ...] = ()
    methods: tuple[Row, ...] = ()
    themes: tuple[Row, ...] = ()
    theme_ksbs: tuple[Row, ...] = ()
    statement_methods: tuple[Row, ...] = ()
    descriptors: tuple[Row, ...] = ()
    descriptor_ksbs: tuple[Row, ...] = ()
    version_log: tuple[Row, ...] = ()

    def __repr__(self) -> str:
        counted = (f"{field.name} {len(getattr(self, field.name))}" for field in fields(self))
        return f"TableRows({', '.join(counted)})"


def rows_of_document(rows: Iterable[Row], document_id: str) -> tuple[Row, ...]:
    """Return the rows of one document.

    Ids begin with the id of their document, so the first cell of every row is enough to select by.

    Examples
    --------
    >>> rows = ({"statement_id": "mine:K1", "code": "K1"}, {"statement_id": "yours:K1", "code": "K1"})
    >>> rows_of_document(rows, "yours")
    ({'statement_id': 'yours:K1', 'code': 'K1'},)
    """
    return tuple(row for row in rows if str(next(iter(row.values()))).partition(":")[0] == document_id)


def check_document_rows(tables: TableRows, *document_ids: str) -> None:
    """Refuse ids of documents that the tables lack; all of them are named at once.

    Raises
    ------
    NotFound
        With the ids that exist, and the one that was probably meant.
    """
    check_known(document_ids, [str(row[v.DOCUMENT_ID]) for row in tables.documents])


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
