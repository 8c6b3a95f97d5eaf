"""The history of all codes: one table with a column for each document, for people who keep it on the wall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from curriculum.analysis.lineage import neighbouring_pairs
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_sort_key
from curriculum.tables.carrier import Tables
from curriculum.tables.version_order import documents_in_order

__all__ = ["OPEN", "crosswalk_to_renumbering"]

# Stands behind a code that only a link which waits for a person leads to.
OPEN: Final = "?"


def crosswalk_to_renumbering(tables: Tables, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return the codes of every statement in every document; what is only related is another statement.

    Parameters
    ----------
    tables
        Tables that hold all documents.
    crosswalk
        The crosswalks of all pairs, with decisions laid over them; rows about duties are left out.

    Returns
    -------
    pandas.DataFrame
        One row a statement of the newest document, in the order of its listing; after them one row a
        statement that leads to none of it, by the newest document that has it: ``last_seen`` (that
        document), ``text`` (as it prints it), then a column for each document, old before new, with the
        codes there (``?`` behind one that only links which wait for a person lead to). Documents that
        another lies between are reached by way of it; a direct link counts where that fails.
    """
    history = _History(tables, crosswalk)
    rows: list[tuple[object, ...]] = []
    shown: set[str] = set()
    for document in reversed(history.documents):
        for statement, text in history.statements_of(document):
            if statement not in shown:
                codes = history.statement_to_codes(statement)
                shown |= {name for own in codes.values() for name in own}
                rows.append((document, text, *map(_told, codes.values())))
    return pd.DataFrame(rows, columns=["last_seen", v.TEXT, *history.documents])


class _History:
    """Every document, old before new, and for each pair of them what came from what."""

    def __init__(self, tables: Tables, crosswalk: pd.DataFrame) -> None:
        records = [row for row in crosswalk.to_dict("records") if _is_link(row)]
        pairs = dict.fromkeys(zip(crosswalk[v.SUBJECT_SOURCE], crosswalk[v.OBJECT_SOURCE], strict=True))
        self.documents = documents_in_order(tables, crosswalk)
        self.statements = tables.statements
        near = set(neighbouring_pairs(pairs))
        self.near = _sources(row for row in records if (row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]) in near)
        self.far = _sources(
            row for row in records if (row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]) not in near
        )

    def statements_of(self, document: str) -> Iterator[tuple[str, str]]:
        own = self.statements[self.statements[v.DOCUMENT_ID] == document]
        yield from zip(own[v.STATEMENT_ID], own[v.TEXT], strict=True)

    def statement_to_codes(self, statement: str) -> dict[str, dict[str, bool]]:
        """Return the statements of each document that one came from, and whether they are settled."""
        found: dict[str, bool] = {}
        self._gather((statement,), True, found)
        codes: dict[str, dict[str, bool]] = {document: {} for document in self.documents}
        for name, is_settled in found.items():
            codes[name.partition(":")[0]][name] = is_settled
        return codes

    def _gather(self, path: tuple[str, ...], is_settled: bool, found: dict[str, bool]) -> None:
        """Gather what a statement came from; leap over documents only where no way over them leads."""
        statement = path[-1]
        found[statement] = found.get(statement, False) or is_settled
        own: dict[str, bool] = {}
        for name, is_own in self.near.get(statement, {}).items():
            if name not in path:
                self._gather((*path, name), is_settled and is_own, own)
        reached = {name.partition(":")[0] for name in own}
        for name, is_own in self.far.get(statement, {}).items():
            if name.partition(":")[0] not in reached and name not in path:
                self._gather((*path, name), is_settled and is_own, own)
        for name, is_sure in own.items():
            found[name] = found.get(name, False) or is_sure


def _is_link(row: Mapping[Any, Any]) -> bool:
    ids, kinds = {row[v.SUBJECT_ID], row[v.OBJECT_ID]}, {row[v.SUBJECT_CATEGORY], row[v.OBJECT_CATEGORY]}
    is_other = row[v.PREDICATE_ID] == v.RELATED_MATCH
    return not is_other and v.NO_TERM_FOUND not in ids and v.DUTY not in kinds


def _sources(rows: Iterable[Mapping[Any, Any]]) -> dict[str, dict[str, bool]]:
    """Return what each statement came from, and whether the link is settled."""
    sources: dict[str, dict[str, bool]] = {}
    for row in rows:
        sources.setdefault(row[v.OBJECT_ID], {})[row[v.SUBJECT_ID]] = row[v.BAND] == v.ACCEPT
    return sources


def _told(own: Mapping[str, bool]) -> str:
    codes = {name.partition(":")[2]: is_settled for name, is_settled in own.items()}
    ordered = sorted(codes, key=code_to_sort_key)
    return ", ".join(f"{code}{'' if codes[code] else OPEN}" for code in ordered)
