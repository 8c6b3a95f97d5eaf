"""What a new version means for those who teach and assess: what is new, gone, harder, and how much of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.analysis.changes import main_change
from curriculum.analysis.groups import codes_by_statement, id_to_code, tables_to_groups
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty, crosswalk_to_pair
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents

__all__ = ["SORTS", "Impact", "crosswalk_to_impact"]

# What a statement of the new version is to those who taught the old one.
SORTS = SAME, REWORDED, JOINED, NEW = ("same", "reworded", "merged or split", "new")
_SORT_OF: Final = {"identical": SAME, "reworded": REWORDED, "merged": JOINED, "split": JOINED, "new": NEW}
_COUNTS: Final = ("n_same", "n_reworded", "n_joined", "n_new")
_NAMES: Final = ("group", v.CODE, v.NAME, v.OPTION, "n_ksbs", *_COUNTS, "share_new")
_MOVES: Final = ("n_raised", "n_lowered", "n_waiting")
_OF_GROUPS: Final = (*_NAMES, *_MOVES, "new")
_Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Impact:
    """What a new version means.

    Attributes
    ----------
    groups
        One row a duty, theme, method, descriptor, option and kind of the new version that has KSBs:
        ``group``, ``code``, ``name``, ``option``, ``n_ksbs``; how many of these are `n_same`
        (worded alike), `n_reworded`, `n_joined` (merged or split) and `n_new`; ``share_new``;
        ``n_raised`` and ``n_lowered`` (level of responsibility); ``n_waiting`` (what is said of them waits
        for a person); ``new`` (codes).
    to_teach
        One row a new statement that nothing led to: ``code``, ``kind``, ``text``, ``option``, ``duties``,
        ``themes``, ``methods`` (codes), ``confidence`` and ``status``.
    withdrawn
        One row an old statement that leads nowhere: ``code``, ``kind``, ``text``, ``option``, ``duties``,
        ``confidence``, ``status``.
    responsibility
        One row a link by which the level of responsibility moved: ``old_code``, ``new_code``,
        ``responsibility``, ``responsibility_words``, ``old_wording``, ``new_wording``, ``confidence``,
        ``status``.
    assessment
        One row a method, and one for all: ``method``, ``n_ksbs``, ``n_same`` and so on, ``share_new``;
        ``n_descriptors`` and ``n_descriptors_new`` (grading descriptors that rest on a new KSB).
    """

    groups: pd.DataFrame
    to_teach: pd.DataFrame
    withdrawn: pd.DataFrame
    responsibility: pd.DataFrame
    assessment: pd.DataFrame


class _Became(NamedTuple):
    """What is said of a statement of the new version."""

    sort: str
    moves: frozenset[str]
    is_settled: bool


def crosswalk_to_impact(tables: Tables, crosswalk: pd.DataFrame) -> Impact:
    """Return what a new version means for those who teach and assess it.

    Parameters
    ----------
    tables
        Tables that hold both versions.
    crosswalk
        The crosswalk of the pair, with decisions laid over it; rows about duties are left out.

    Returns
    -------
    Impact
        Much of it is proposed only: ``n_waiting``, ``confidence`` and ``status`` tell.

    Raises
    ------
    InvalidTable
        If the crosswalk has no row, or those of several pairs.
    NotFound
        If the tables lack one of its documents.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk, read_tables
    >>> from curriculum.crosswalk.stored_crosswalk import select_pair
    >>> folder = Path("data/processed")
    >>> pair = select_pair(read_crosswalk(folder), "st0792-1.0", "st0792-1.2")
    >>> impact = crosswalk_to_impact(read_tables(folder), pair)
    >>> theme = impact.groups.query("group == 'theme'").set_index("code").loc["T5"]
    >>> theme["name"], int(theme["n_ksbs"]), int(theme["n_new"])
    ('Sustainability', 2, 2)
    """
    old, new = crosswalk_to_pair(crosswalk)
    check_documents(tables, old, new)
    own = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    became = _rows_to_became(own.to_dict("records"))
    groups = _groups(tables, new, became)
    return Impact(
        groups,
        _alone(tables, own, v.OBJECT_ID, v.SUBJECT_ID, ("duties", "themes", "methods")),
        _alone(tables, own, v.SUBJECT_ID, v.OBJECT_ID, ("duties",)),
        _responsibility(own),
        _assessment(tables, new, groups, became),
    )


def _rows_to_became(rows: Iterable[_Row]) -> dict[str, _Became]:
    became: dict[str, _Became] = {}
    for row in rows:
        if row[v.OBJECT_ID] != v.NO_TERM_FOUND:
            own = _Became(
                _SORT_OF.get(main_change(row[v.CHANGE]), REWORDED),
                frozenset({row[v.RESPONSIBILITY]} & {v.RAISED, v.LOWERED}),
                row[v.BAND] == v.ACCEPT,
            )
            before = became.get(row[v.OBJECT_ID], own)
            became[row[v.OBJECT_ID]] = _Became(
                max(own.sort, before.sort, key=SORTS.index),
                own.moves | before.moves,
                own.is_settled and before.is_settled,
            )
    return became


def _groups(tables: Tables, new: str, became: Mapping[str, _Became]) -> pd.DataFrame:
    order = {name: place for place, name in enumerate(tables.statements[v.STATEMENT_ID])}
    rows = []
    for group in tables_to_groups(tables, new):
        ksbs = sorted((one for one in group.ksbs if one in became), key=lambda one: order[one])
        if ksbs:
            coming = ", ".join(id_to_code(one) for one in ksbs if became[one].sort == NEW)
            rows.append((*group[:4], *_counted([became[one] for one in ksbs]), coming))
    return pd.DataFrame(rows, columns=list(_OF_GROUPS))


def _counted(own: Sequence[_Became]) -> tuple[object, ...]:
    sorts = Counter(one.sort for one in own)
    moves = Counter(move for one in own for move in one.moves)
    waiting = sum(not one.is_settled for one in own)
    counts = [sorts[sort] for sort in SORTS]
    return (
        len(own),
        *counts,
        round(sorts[NEW] / len(own), 3),
        moves[v.RAISED],
        moves[v.LOWERED],
        waiting,
    )


def _alone(tables: Tables, own: pd.DataFrame, column: str, other: str, named: Sequence[str]) -> pd.DataFrame:
    """Return the statements of one side that have no counterpart on the other."""
    rows = own[(own[other] == v.NO_TERM_FOUND) & (own[column] != v.NO_TERM_FOUND)]
    known = rows[[column, v.CONFIDENCE, v.STATUS]].rename(columns={column: v.STATEMENT_ID})
    listed = tables.statements[[v.STATEMENT_ID, v.CODE, v.KIND, v.TEXT, v.OPTION]]
    pairs = {
        "duties": (tables.duty_ksbs, v.DUTY_ID),
        "themes": (tables.theme_ksbs, v.THEME_ID),
        "methods": (tables.statement_methods, v.METHOD_ID),
    }
    told = listed.merge(known, on=v.STATEMENT_ID)
    known_codes = {name: codes_by_statement(*pairs[name]) for name in named}
    codes = {
        name: pd.Series([own_codes.get(one, "") for one in told[v.STATEMENT_ID]], dtype="str")
        for name, own_codes in known_codes.items()
    }
    names = [v.CODE, v.KIND, v.TEXT, v.OPTION, *named, v.CONFIDENCE, v.STATUS]
    return told.assign(**codes)[names].reset_index(drop=True)


def _responsibility(own: pd.DataFrame) -> pd.DataFrame:
    rows = own[own[v.RESPONSIBILITY].isin([v.RAISED, v.LOWERED])]
    told = pd.DataFrame(
        {
            "old_code": rows[v.SUBJECT_ID].map(id_to_code),
            "new_code": rows[v.OBJECT_ID].map(id_to_code),
            v.RESPONSIBILITY: rows[v.RESPONSIBILITY],
            v.RESPONSIBILITY_WORDS: rows[v.RESPONSIBILITY_WORDS],
            "old_wording": rows[v.SUBJECT_LABEL],
            "new_wording": rows[v.OBJECT_LABEL],
            v.CONFIDENCE: rows[v.CONFIDENCE],
            v.STATUS: rows[v.STATUS],
        }
    )
    return told.reset_index(drop=True)


def _assessment(
    tables: Tables, new: str, groups: pd.DataFrame, became: Mapping[str, _Became]
) -> pd.DataFrame:
    """Count what is new of what each method assesses, and of all that any assesses."""
    methods = groups[groups["group"] == "method"]
    names = ["method", "n_ksbs", *_COUNTS, "share_new", "n_descriptors", "n_descriptors_new"]
    if methods.empty:
        return pd.DataFrame(columns=names)
    theme_methods = dict(zip(tables.themes[v.THEME_ID], tables.themes[v.METHOD_ID], strict=True))
    own = tables.descriptors[tables.descriptors[v.DOCUMENT_ID] == new]
    of_method = dict(zip(own[v.DESCRIPTOR_ID], own[v.THEME_ID].map(theme_methods), strict=True))
    resting = tables.descriptor_ksbs
    on_new = {
        descriptor
        for descriptor, ksb in zip(resting[v.DESCRIPTOR_ID], resting[v.STATEMENT_ID], strict=True)
        if ksb in became and became[ksb].sort == NEW
    }
    rows = []
    for row in methods.to_dict("records"):
        held = [one for one, method in of_method.items() if id_to_code(str(method)) == row[v.CODE]]
        counts = (row["n_ksbs"], *(row[name] for name in _COUNTS), row["share_new"])
        rows.append((row[v.NAME], *counts, len(held), sum(one in on_new for one in held)))
    assessed = tables.statement_methods[v.STATEMENT_ID].drop_duplicates()
    every = [became[one] for one in assessed if one in became]
    total = (*_counted(every)[:6], len(of_method), sum(one in on_new for one in of_method))
    return pd.DataFrame([*rows, ("all methods", *total)], columns=names)
