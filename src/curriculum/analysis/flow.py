"""Follow the statements of one version into the next: code by code, or by kind, theme or duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from curriculum.analysis.changes import main_change
from curriculum.analysis.groups import id_to_code
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty
from curriculum.errors import NotFound
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables
from curriculum.tables.known_ids import check_known

__all__ = ["FLOWS", "NOWHERE", "crosswalk_to_flow", "tables_to_group_names"]

# By what a flow can be drawn.
FLOWS: Final = ("code", "kind", "theme", "duty")
# The group of statements that no theme groups, or no duty names.
_WITHOUT: Final = {"theme": "in no theme", "duty": "in no duty"}
# The old group of new statements, and the new group of those without a counterpart.
NOWHERE: Final = ""
_COLUMNS: Final = ("old", "new", v.CHANGE, "n_links", "n_waiting", "old_codes", "new_codes")


def crosswalk_to_flow(crosswalk: pd.DataFrame, tables: Tables | None, by: str = "code") -> pd.DataFrame:
    """Return how many links lead from each old group of statements to each new one.

    Parameters
    ----------
    crosswalk
        The crosswalk of one pair; rows about duties are left out.
    tables
        The tables of both versions; only themes and duties need them.
    by
        What the groups are: `code` (each statement is a group), `kind`, `theme` or `duty`. A statement of
        several themes or duties belongs to each of them.

    Returns
    -------
    pandas.DataFrame
        One row for each old and new group with a link, in the order of the old version, then new statements:
        ``old`` and ``new`` (the groups; empty for none), ``change`` (that of most of the links), ``n_links``,
        ``n_waiting`` (links that wait for review), ``old_codes`` and ``new_codes``. The attributes ``old``
        and ``new`` of the frame list the groups in the order of their version.

    Raises
    ------
    NotFound
        If there is no such group, or a version prints none.

    Examples
    --------
    >>> crosswalk = pd.DataFrame({
    ...     "subject_id": ["1.0:K1", "1.0:K2"], "object_id": ["1.2:K1", "1.2:K1"],
    ...     "subject_category": "knowledge", "object_category": "knowledge", "band": ["accept", "review"],
    ...     "subject_source": "1.0", "object_source": "1.2", "change": "merged"})
    >>> flow = crosswalk_to_flow(crosswalk, None, "kind")
    >>> flow[["old", "new", "n_links", "n_waiting"]].to_numpy().tolist()
    [['knowledge', 'knowledge', 2, 1]]
    """
    check_known([by], list(FLOWS), "way to draw a flow", NotFound)
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    sides = [
        _groups_of_side(statements, tables, by, (column, category))
        for column, category in ((v.SUBJECT_ID, v.SUBJECT_CATEGORY), (v.OBJECT_ID, v.OBJECT_CATEGORY))
    ]
    found: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    for row in statements.to_dict("records"):
        for old in sides[0][row[v.SUBJECT_ID]]:
            for new in sides[1][row[v.OBJECT_ID]]:
                found.setdefault((old, new), []).append(row)
    order = [{group: at for at, group in enumerate(_in_order(side, tables, by))} for side in sides]
    ordered = sorted(found, key=lambda pair: (order[0][pair[0]], order[1][pair[1]]))
    flow = pd.DataFrame([_flow_row(pair, found[pair]) for pair in ordered], columns=list(_COLUMNS))
    flow.attrs = dict(zip(("old", "new"), map(list, order), strict=True))
    return flow


def tables_to_group_names(
    tables: Tables | None, pair: tuple[str, str], by: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the themes or duties of two versions, by code; other groups have none.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> pair = ("st0792-1.0", "st0792-1.2")
    >>> tables_to_group_names(read_tables("data/processed"), pair, "theme")[1]["T5"]
    'Sustainability'
    """
    if tables is None or by not in _WITHOUT:
        return {}, {}
    frame, column = (tables.themes, v.NAME) if by == "theme" else (tables.duties, v.TEXT)
    old, new = (
        dict(zip(rows[v.CODE], rows[column], strict=True))
        for rows in (frame[frame[v.DOCUMENT_ID] == document_id] for document_id in pair)
    )
    return old, new


def _groups_of_side(
    statements: pd.DataFrame, tables: Tables | None, by: str, columns: tuple[str, str]
) -> dict[str, Sequence[str]]:
    """Return the groups of each statement of one version."""
    column, category = columns
    known = statements[statements[column] != v.NO_TERM_FOUND].drop_duplicates(column)
    ids = known[column].tolist()
    if by == "code":
        groups: dict[str, Sequence[str]] = {name: (id_to_code(name),) for name in _sorted(ids, tables)}
    elif by == "kind":
        groups = {name: (kind,) for name, kind in zip(ids, known[category], strict=True)}
    else:
        groups = _printed_groups(ids, tables, by)
    return {**groups, v.NO_TERM_FOUND: (NOWHERE,)}


def _sorted(ids: Sequence[str], tables: Tables | None) -> list[str]:
    """Return statements in the order of their list, where it is known."""
    if tables is None:
        return list(ids)
    place = {name: at for at, name in enumerate(tables.statements[v.STATEMENT_ID])}
    return sorted(ids, key=lambda name: place.get(name, len(place)))


def _printed_groups(ids: Sequence[str], tables: Tables | None, by: str) -> dict[str, Sequence[str]]:
    """Return the themes or duties of each statement, in the order in which they are printed."""
    groups: dict[str, dict[str, None]] = {}
    for group_id, statement_id in [] if tables is None else _pairs(tables, by):
        groups.setdefault(statement_id, {})[id_to_code(group_id)] = None
    named = {name: tuple(groups[name]) for name in ids if name in groups}
    if ids and not named:
        document = ids[0].partition(":")[0]
        raise NotFound(
            f"{document} prints no {by} with KSBs, so that there is no flow by {by}",
            expected=f"two versions that print {'themes' if by == 'theme' else 'duties'}",
            advice="Draw the flow by code or by kind.",
        )
    return {name: named.get(name, (_WITHOUT[by],)) for name in ids}


def _pairs(tables: Tables, by: str) -> list[tuple[str, str]]:
    """Return the pairs of a theme or duty and a statement."""
    pairs, key = (tables.theme_ksbs, v.THEME_ID) if by == "theme" else (tables.duty_ksbs, v.DUTY_ID)
    return list(zip(pairs[key].tolist(), pairs[v.STATEMENT_ID].tolist(), strict=True))


def _in_order(side: Mapping[str, Sequence[str]], tables: Tables | None, by: str) -> list[str]:
    """Return the groups of a version in its order; then those of statements without a group, and none."""
    groups = list(dict.fromkeys(group for of_statement in side.values() for group in of_statement))
    listed: Sequence[str] = v.STATEMENT_KINDS if by == "kind" else ()
    if tables is not None and by in _WITHOUT:
        documents = {name.partition(":")[0] for name in side}
        frame = tables.themes if by == "theme" else tables.duties
        listed = frame[frame[v.DOCUMENT_ID].isin(documents)][v.CODE].tolist()
    place = {name: at for at, name in enumerate((*(listed or groups), *_WITHOUT.values(), NOWHERE))}
    # By code, nowhere is one of the groups; it stays the last of them.
    return sorted(groups, key=lambda group: (group == NOWHERE, place[group]))


def _flow_row(pair: tuple[str, str], rows: Sequence[Mapping[Any, Any]]) -> tuple[object, ...]:
    changes = [main_change(row[v.CHANGE]) for row in rows]
    codes = (
        dict.fromkeys(id_to_code(row[column]) for row in rows if row[column] != v.NO_TERM_FOUND)
        for column in (v.SUBJECT_ID, v.OBJECT_ID)
    )
    return (
        *pair,
        max(changes, key=changes.count),
        len(rows),
        sum(row[v.BAND] == v.REVIEW for row in rows),
        *(", ".join(of_side) for of_side in codes),
    )
