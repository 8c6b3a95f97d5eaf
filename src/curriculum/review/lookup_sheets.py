"""Build the tables in which a reviewer looks up the codes of both versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from curriculum.analysis.groups import codes_by_statement
from curriculum.model import vocabulary as v
from curriculum.review.review_rows import AGAIN, DECIDED, NO_LOOK, WAITS
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.frame_rows import frame_to_rows

__all__ = ["tables_to_lookup"]

# A statement has the last of the states of its links.
_STATES: Final = ("", DECIDED, NO_LOOK, WAITS, AGAIN)


def tables_to_lookup(tables: Tables, crosswalk: pd.DataFrame, old: str, new: str) -> dict[str, pd.DataFrame]:
    """Return a table of each of two versions.

    Parameters
    ----------
    tables
        The tables of both.
    crosswalk
        Their crosswalk.
    old, new
        Their ids.

    Returns
    -------
    dict of str to pandas.DataFrame
        By document, one row a statement and then one a duty: ``code``, ``text``, ``kind``, ``option``,
        ``duties``, ``methods`` (codes), ``linked_to`` (codes in the other version) and ``state``. Columns
        that are empty in every row are left out.

    Raises
    ------
    NotFound
        If the tables lack either.
    """
    check_documents(tables, old, new)
    sides = ((old, v.SUBJECT_ID, v.OBJECT_ID), (new, v.OBJECT_ID, v.SUBJECT_ID))
    return {document: _lookup(tables, crosswalk, document, *names) for document, *names in sides}


def _lookup(
    tables: Tables, crosswalk: pd.DataFrame, document: str, side: str, other_side: str
) -> pd.DataFrame:
    partners: dict[str, list[str]] = {}
    states: dict[str, str] = {}
    for row in crosswalk.to_dict("records"):
        statement_id, partner = row[side], row[other_side]
        code = "" if partner == v.NO_TERM_FOUND else partner.partition(":")[2]
        partners.setdefault(statement_id, []).append(code)
        states[statement_id] = max(states.get(statement_id, ""), _row_to_state(row), key=_STATES.index)
    duties = tables.duties.assign(**{v.KIND: v.DUTY})
    frames = [frame[frame[v.DOCUMENT_ID] == document] for frame in (tables.statements, duties)]
    columns = [v.CODE, v.TEXT, v.KIND, v.OPTION]
    rows = pd.concat([frame[columns] for frame in frames], ignore_index=True)
    ids = document + ":" + rows[v.CODE]
    named = codes_by_statement(frame_to_rows(tables.duty_ksbs), v.DUTY_ID)
    assessed = codes_by_statement(frame_to_rows(tables.statement_methods), v.METHOD_ID)
    rows = rows.assign(
        duties=[named.get(key, "") for key in ids],
        methods=[assessed.get(key, "") for key in ids],
        linked_to=[", ".join(filter(None, partners.get(key, ()))) for key in ids],
        state=[states.get(key, "") for key in ids],
    )
    return rows.loc[:, (rows != "").any()] if len(rows) else rows


def _row_to_state(row: Mapping[Any, Any]) -> str:
    if row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE}:
        return DECIDED if row[v.STATUS] == v.DECIDED else AGAIN
    return NO_LOOK if row[v.BAND] == v.ACCEPT else WAITS
