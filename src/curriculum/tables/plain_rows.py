"""The rows of the tables that a remap needs, without pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from curriculum.model import vocabulary as v
from curriculum.tables.known_ids import check_known

__all__ = [
    "Row",
    "TableRows",
    "check_document_rows",
    "row_to_document",
    "row_to_id",
    "rows_of_document",
    "rows_to_texts",
]

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
    return tuple(row for row in rows if row_to_document(row) == document_id)


def row_to_document(row: Row) -> str:
    """Return the id of the document of a row, with which its first cell begins.

    Examples
    --------
    >>> row_to_document({"statement_id": "mine:K1", "code": "K1"})
    'mine'
    """
    return row_to_id(row).partition(":")[0]


def row_to_id(row: Row) -> str:
    """Return the first cell of a row, which is its id or begins with that of its document.

    Examples
    --------
    >>> row_to_id({"statement_id": "mine:K1", "code": "K1"})
    'mine:K1'
    """
    return str(next(iter(row.values())))


def rows_to_texts(tables: TableRows) -> dict[str, str]:
    """Return the wordings of all statements and duties by their ids.

    Examples
    --------
    >>> rows_to_texts(TableRows(statements=({"statement_id": "mine:K1", "text": "Health and safety law"},)))
    {'mine:K1': 'Health and safety law'}
    """
    return {row_to_id(row): row[v.TEXT] for row in (*tables.statements, *tables.duties)}


def check_document_rows(tables: TableRows, *document_ids: str) -> None:
    """Refuse ids of documents that the tables lack; all of them are named at once.

    Raises
    ------
    NotFound
        With the ids that exist, and the one that was probably meant.
    """
    rows = (*tables.documents, *tables.statements, *tables.duties)
    check_known(document_ids, dict.fromkeys(map(row_to_document, rows)))
