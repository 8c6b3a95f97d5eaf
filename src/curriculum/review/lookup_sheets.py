"""Both versions to look up codes in: wording, kind, option, duties, methods, and what each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from curriculum.analysis.groups import codes_by_statement
from curriculum.model import vocabulary as v
from curriculum.review.review_rows import AGAIN, DECIDED, NO_LOOK, WAITS
from curriculum.tables.carrier import Tables, check_documents

__all__ = ["tables_to_lookup"]


def tables_to_lookup(tables: Tables, crosswalk: pd.DataFrame, old: str, new: str) -> dict[str, pd.DataFrame]:
    """Return what a reviewer looks up in each of two versions.

    Parameters
    ----------
    tables
        Tables that hold both.
    crosswalk
        Their crosswalk.
    old, new
        Their ids.

    Returns
    -------
    dict of str to pandas.DataFrame
        By document, one row a statement and then one a duty: ``code``, ``text``, ``kind``, ``option``,
        ``duties``, ``methods`` (codes), ``linked_to`` (codes in the other version) and ``state``. Columns
        that say nothing of any row are left out.

    Raises
    ------
    NotFound
        If the tables lack either.
    """
    check_documents(tables, old, new)
    sides = ((old, v.SUBJECT_ID, v.OBJECT_ID), (new, v.OBJECT_ID, v.SUBJECT_ID))
    return {document: _lookup(tables, crosswalk, document, own, other) for document, own, other in sides}


def _lookup(tables: Tables, crosswalk: pd.DataFrame, document: str, own: str, other: str) -> pd.DataFrame:
    partners: dict[str, list[str]] = {}
    states: dict[str, str] = {}
    for row in crosswalk.to_dict("records"):
        partners.setdefault(row[own], []).append(row[other].partition(":")[2].replace("NoTermFound", ""))
        states[row[own]] = max(states.get(row[own], ""), _state(row), key=_gravity)
    duties = tables.duties.assign(**{v.KIND: v.DUTY})
    frames = [frame[frame[v.DOCUMENT_ID] == document] for frame in (tables.statements, duties)]
    columns = [v.CODE, v.TEXT, v.KIND, v.OPTION]
    told = pd.concat([frame[columns] for frame in frames], ignore_index=True)
    ids = document + ":" + told[v.CODE]
    named = codes_by_statement(tables.duty_ksbs, v.DUTY_ID)
    assessed = codes_by_statement(tables.statement_methods, v.METHOD_ID)
    told = told.assign(
        duties=[named.get(one, "") for one in ids],
        methods=[assessed.get(one, "") for one in ids],
        linked_to=[", ".join(filter(None, partners.get(one, ()))) for one in ids],
        state=[states.get(one, "") for one in ids],
    )
    return told.loc[:, (told != "").any()] if len(told) else told


def _state(row: Mapping[Any, Any]) -> str:
    if row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE}:
        return DECIDED if row[v.STATUS] == v.DECIDED else AGAIN
    return NO_LOOK if row[v.BAND] == v.ACCEPT else WAITS


def _gravity(state: str) -> int:
    return ("", DECIDED, NO_LOOK, WAITS, AGAIN).index(state)
