"""Order documents, old before new. Everything that lists versions in order uses this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables

__all__ = ["documents_in_order", "documents_to_dates", "ids_in_order"]

_NO_DATES: Final[Mapping[str, str]] = MappingProxyType({})
# Sorts after every ISO date.
_NO_DATE: Final = "9"
_DATES: Final = {v.APPROVED_DATE: "approved", v.UPDATED_DATE: "updated"}


def ids_in_order(
    document_ids: Iterable[str], pairs: Iterable[tuple[str, str]], dates: Mapping[str, str] = _NO_DATES
) -> list[str]:
    """Return the ids of documents, old before new.

    The old document of a pair comes before the new one. Among the others the earlier date comes first, and
    documents without a date come last, by id.

    Parameters
    ----------
    document_ids
        The ids.
    pairs
        Pairs of an old and a new document.
    dates
        ISO dates by id; a date may be missing or empty.

    Returns
    -------
    list of str
        Every id once. If the pairs form a cycle, no order exists: then the ids keep the order in which they
        are given.

    Examples
    --------
    >>> ids_in_order(["b", "a", "c"], [("c", "a")], {"b": "2019-01-01"})
    ['b', 'c', 'a']
    >>> ids_in_order(["b", "a"], [("b", "a"), ("a", "b")])
    ['b', 'a']
    """
    older: dict[str, set[str]] = {name: set() for name in document_ids}
    for old, new in pairs:
        older.setdefault(old, set())
        older.setdefault(new, set()).add(old)
    ordered: list[str] = []
    waiting = sorted(older, key=lambda name: (dates.get(name) or _NO_DATE, name))
    while waiting:
        done = set(ordered)
        following = next((name for name in waiting if older[name] <= done), None)
        if following is None:
            return list(older)
        waiting.remove(following)
        ordered.append(following)
    return ordered


def documents_in_order(tables: Tables, crosswalk: pd.DataFrame) -> list[str]:
    """Return the ids of the documents of tables, old before new, by the pairs of a crosswalk, then by date.

    Examples
    --------
    >>> from curriculum import read_crosswalk, read_tables
    >>> documents_in_order(read_tables("data/processed"), read_crosswalk("data/processed"))
    ['nos-2017', 'nos-2019', 'draft-2019', 'st0792-1.0', 'st0792-1.2']
    """
    document_ids = list(tables.documents[v.DOCUMENT_ID])
    dates = dict(zip(document_ids, tables.documents[v.APPROVED_DATE], strict=True))
    pairs = zip(crosswalk[v.SUBJECT_SOURCE], crosswalk[v.OBJECT_SOURCE], strict=True)
    return ids_in_order(document_ids, pairs, dates)


def documents_to_dates(tables: Tables) -> dict[str, str]:
    """Return the dates of each document in words, by its id; an empty text if it prints none.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> dates = documents_to_dates(read_tables("data/processed"))
    >>> dates["st0792-1.2"], dates["draft-2019"]
    ('approved 2020-08-24; updated 2024-09-02', '')
    """
    return {
        row[v.DOCUMENT_ID]: "; ".join(f"{word} {row[name]}" for name, word in _DATES.items() if row.get(name))
        for row in tables.documents.to_dict("records")
    }
