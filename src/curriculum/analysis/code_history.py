"""Build the history of all codes: one table with a column for each document."""

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

# Marks a code that is reached only over a link that waits for review.
OPEN: Final = "?"


def crosswalk_to_renumbering(tables: Tables, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return the codes of every statement in every document; related matches are not followed.

    Parameters
    ----------
    tables
        Tables of all documents.
    crosswalk
        The crosswalks of all pairs, with decisions applied; rows about duties are left out.

    Returns
    -------
    pandas.DataFrame
        One row for each statement of the newest document, in the order of its list; then one row for each
        statement without a counterpart in it, by the newest document that has it. Columns: ``last_seen``
        (that document), ``text`` (its wording there), then a column for each document, old before new, with
        the codes there (``?`` after a code that is reached only over links that wait for review). A link over
        several versions is used only where the links between neighbouring versions lead nowhere.
    """
    history = _History(tables, crosswalk)
    rows: list[tuple[object, ...]] = []
    shown: set[str] = set()
    for document in reversed(history.documents):
        for statement, text in history.statements_of(document):
            if statement not in shown:
                codes = history.statement_to_codes(statement)
                shown |= {name for names in codes.values() for name in names}
                rows.append((document, text, *map(_codes_to_text, codes.values())))
    return pd.DataFrame(rows, columns=["last_seen", v.TEXT, *history.documents])


class _History:
    """The documents, old before new, and the old statements of every statement."""

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
        rows = self.statements[self.statements[v.DOCUMENT_ID] == document]
        yield from zip(rows[v.STATEMENT_ID], rows[v.TEXT], strict=True)

    def statement_to_codes(self, statement: str) -> dict[str, dict[str, bool]]:
        """Return the old statements of a statement by document, and whether their links are settled."""
        found: dict[str, bool] = {}
        self._gather((statement,), True, found)
        codes: dict[str, dict[str, bool]] = {document: {} for document in self.documents}
        for name, is_settled in found.items():
            codes[name.partition(":")[0]][name] = is_settled
        return codes

    def _gather(self, path: tuple[str, ...], is_settled: bool, found: dict[str, bool]) -> None:
        """Collect the old statements of a statement; links over several versions are the last resort."""
        statement = path[-1]
        found[statement] = found.get(statement, False) or is_settled
        sources: dict[str, bool] = {}
        for name, is_link_settled in self.near.get(statement, {}).items():
            if name not in path:
                self._gather((*path, name), is_settled and is_link_settled, sources)
        reached = {name.partition(":")[0] for name in sources}
        for name, is_link_settled in self.far.get(statement, {}).items():
            if name.partition(":")[0] not in reached and name not in path:
                self._gather((*path, name), is_settled and is_link_settled, sources)
        for name, is_sure in sources.items():
            found[name] = found.get(name, False) or is_sure


def _is_link(row: Mapping[Any, Any]) -> bool:
    ids, kinds = {row[v.SUBJECT_ID], row[v.OBJECT_ID]}, {row[v.SUBJECT_CATEGORY], row[v.OBJECT_CATEGORY]}
    is_other = row[v.PREDICATE_ID] == v.RELATED_MATCH
    return not is_other and v.NO_TERM_FOUND not in ids and v.DUTY not in kinds


def _sources(rows: Iterable[Mapping[Any, Any]]) -> dict[str, dict[str, bool]]:
    """Return the old statements of each statement, and whether each link is settled."""
    sources: dict[str, dict[str, bool]] = {}
    for row in rows:
        sources.setdefault(row[v.OBJECT_ID], {})[row[v.SUBJECT_ID]] = row[v.BAND] == v.ACCEPT
    return sources


def _codes_to_text(statements: Mapping[str, bool]) -> str:
    codes = {name.partition(":")[2]: is_settled for name, is_settled in statements.items()}
    ordered = sorted(codes, key=code_to_sort_key)
    return ", ".join(f"{code}{'' if codes[code] else OPEN}" for code in ordered)
