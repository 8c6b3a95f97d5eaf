"""The lines below the title of the coverage: the file, the versions and the date."""

from __future__ import annotations

from typing import Final

from curriculum.model import vocabulary as v
from curriculum.model.dates import text_to_iso_date
from curriculum.model.version_pair import VersionPair
from curriculum.tables.plain_rows import TableRows, check_document_rows

__all__ = ["about_coverage", "document_to_label"]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def about_coverage(file: str, tables: TableRows, pair: VersionPair, date: str = "") -> tuple[str, ...]:
    """Return the lines with the file, the versions and the date of a coverage.

    Parameters
    ----------
    file
        The name of the file.
    tables, pair
        The rows of both versions, and the pair.
    date
        The date, in ISO 8601; it is left out if it is empty.

    Examples
    --------
    >>> pair = VersionPair("st0792-1.0", "st0792-1.2", {}, {})
    >>> tables = TableRows(documents=(
    ...     {"document_id": "st0792-1.0", "title": "Media production co-ordinator"},
    ...     {"document_id": "st0792-1.2", "title": "junior production coordinator"}))
    >>> print(*about_coverage("log.xlsx", tables, pair, "2026-11-29"), sep=chr(10))
    Tracker: log.xlsx
    From: st0792-1.0 Media production co-ordinator
    To: st0792-1.2 junior production coordinator
    Date: 29 November 2026
    """
    lines = [
        f"Tracker: {file}",
        f"From: {document_to_label(tables, pair.old)}",
        f"To: {document_to_label(tables, pair.new)}",
    ]
    if date:
        year, month, day = text_to_iso_date(date).split("-")
        lines.append(f"Date: {int(day)} {_MONTHS[int(month) - 1]} {year}")
    return tuple(lines)


def document_to_label(tables: TableRows, document_id: str) -> str:
    """Return the id of a document and its title; without a title the id alone."""
    check_document_rows(tables, document_id)
    titles = [row[v.TITLE] for row in tables.documents if row[v.DOCUMENT_ID] == document_id]
    return " ".join([document_id, *filter(None, titles)])
