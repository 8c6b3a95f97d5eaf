"""Summarise what a new version means for teaching and assessment: new, missing and harder statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.analysis.changes import main_change
from curriculum.analysis.groups import codes_by_statement, id_to_code, rows_to_groups
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty, crosswalk_to_pair
from curriculum.html.summaries import lines_to_html
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents, select_document
from curriculum.tables.frame_rows import frame_to_rows, tables_to_rows

__all__ = ["SORTS", "Impact", "crosswalk_to_impact"]

# The sorts of statements of the new version, for people who taught the old one.
SORTS = SAME, REWORDED, JOINED, NEW = ("same", "reworded", "merged or split", "new")
_SORT_OF: Final = {"identical": SAME, "reworded": REWORDED, "merged": JOINED, "split": JOINED, "new": NEW}
_COUNTS: Final = ("n_same", "n_reworded", "n_joined", "n_new")
_NAMES: Final = ("group", v.CODE, v.NAME, v.OPTION, "n_ksbs", *_COUNTS, "share_new")
_MOVES: Final = ("n_raised", "n_lowered", "n_waiting")
_OF_GROUPS: Final = (*_NAMES, *_MOVES, "new")
_Row = Mapping[Any, Any]


@dataclass(frozen=True, repr=False, eq=False)
class Impact:
    """The meaning of a new version for teaching and assessment, as five tables.

    Attributes
    ----------
    groups
        One row for each duty, theme, method, descriptor, option and kind of the new version that has KSBs:
        ``group``, ``code``, ``name``, ``option``, ``n_ksbs``; how many of these are `n_same` (the same
        wording), `n_reworded`, `n_joined` (merged or split) and `n_new`; ``share_new``; ``n_raised`` and
        ``n_lowered`` (level of responsibility); ``n_waiting`` (links that wait for review); ``new`` (codes).
    to_teach
        One row for each new statement without an old one: ``code``, ``kind``, ``text``, ``option``,
        ``duties``, ``themes``, ``methods`` (codes), ``confidence`` and ``status``.
    without_counterpart
        One row for each old statement without a new one: ``code``, ``kind``, ``text``, ``option``,
        ``duties``, ``confidence``, ``status``.
    responsibility
        One row for each link with a change in the level of responsibility: ``old_code``, ``new_code``,
        ``responsibility``, ``responsibility_words``, ``old_wording``, ``new_wording``, ``confidence``,
        ``status``.
    assessment
        One row for each method, and one for all: ``method``, ``n_ksbs``, ``n_same`` and so on, ``share_new``;
        ``n_descriptors`` and ``n_descriptors_new`` (grading descriptors with a new KSB).
    """

    groups: pd.DataFrame
    to_teach: pd.DataFrame
    without_counterpart: pd.DataFrame
    responsibility: pd.DataFrame
    assessment: pd.DataFrame

    def _lines(self) -> list[str]:
        return [
            "The meaning of the new version for teaching and assessment",
            f"New statements to teach: {len(self.to_teach)}; "
            f"old statements without a counterpart: {len(self.without_counterpart)}",
            f"Links with a change in the level of responsibility: {len(self.responsibility)}",
            f"Groups: {', '.join(f'{n} {name}' for name, n in self.groups['group'].value_counts().items())}",
        ]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


class _NewStatement(NamedTuple):
    """A statement of the new version: its sort, its changes of responsibility, whether they are settled."""

    sort: str
    moves: frozenset[str]
    is_settled: bool


def crosswalk_to_impact(tables: Tables, crosswalk: pd.DataFrame) -> Impact:
    """Return what a new version means for teaching and assessment.

    Parameters
    ----------
    tables
        Tables of both versions.
    crosswalk
        The crosswalk of the pair, with decisions applied; rows about duties are left out.

    Returns
    -------
    Impact
        ``n_waiting``, ``confidence`` and ``status`` show what is only proposed.

    Raises
    ------
    InvalidTable
        If the crosswalk has no row, or rows of several pairs.
    NotFound
        If the tables do not have one of its documents.

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
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    became = _rows_to_became(statements.to_dict("records"))
    groups = _groups(tables, new, became)
    return Impact(
        groups,
        _unlinked(tables, statements, v.OBJECT_ID, v.SUBJECT_ID, ("duties", "themes", "methods")),
        _unlinked(tables, statements, v.SUBJECT_ID, v.OBJECT_ID, ("duties",)),
        _responsibility(statements),
        _assessment(tables, new, groups, became),
    )


def _rows_to_became(rows: Iterable[_Row]) -> dict[str, _NewStatement]:
    became: dict[str, _NewStatement] = {}
    for row in rows:
        if row[v.OBJECT_ID] != v.NO_TERM_FOUND:
            of_row = _NewStatement(
                _SORT_OF.get(main_change(row[v.CHANGE]), REWORDED),
                frozenset({row[v.RESPONSIBILITY]} & {v.RAISED, v.LOWERED}),
                row[v.BAND] == v.ACCEPT,
            )
            before = became.get(row[v.OBJECT_ID], of_row)
            became[row[v.OBJECT_ID]] = _NewStatement(
                max(of_row.sort, before.sort, key=SORTS.index),
                of_row.moves | before.moves,
                of_row.is_settled and before.is_settled,
            )
    return became


def _groups(tables: Tables, new: str, became: Mapping[str, _NewStatement]) -> pd.DataFrame:
    order = {name: position for position, name in enumerate(tables.statements[v.STATEMENT_ID])}
    document = tables_to_rows(select_document(tables, new))
    rows = []
    for group in rows_to_groups(document, new):
        ksbs = sorted((ksb for ksb in group.ksbs if ksb in became), key=lambda ksb: order[ksb])
        if ksbs:
            new_codes = ", ".join(id_to_code(ksb) for ksb in ksbs if became[ksb].sort == NEW)
            rows.append((*group[:4], *_counted([became[ksb] for ksb in ksbs]), new_codes))
    return pd.DataFrame(rows, columns=list(_OF_GROUPS))


def _counted(ksbs: Sequence[_NewStatement]) -> tuple[object, ...]:
    sorts = Counter(ksb.sort for ksb in ksbs)
    moves = Counter(move for ksb in ksbs for move in ksb.moves)
    waiting = sum(not ksb.is_settled for ksb in ksbs)
    counts = [sorts[sort] for sort in SORTS]
    return (
        len(ksbs),
        *counts,
        round(sorts[NEW] / len(ksbs), 3),
        moves[v.RAISED],
        moves[v.LOWERED],
        waiting,
    )


def _unlinked(
    tables: Tables, links: pd.DataFrame, column: str, other: str, named: Sequence[str]
) -> pd.DataFrame:
    """Return the statements of one document without a counterpart in the other."""
    rows = links[(links[other] == v.NO_TERM_FOUND) & (links[column] != v.NO_TERM_FOUND)]
    known = rows[[column, v.CONFIDENCE, v.STATUS]].rename(columns={column: v.STATEMENT_ID})
    listed = tables.statements[[v.STATEMENT_ID, v.CODE, v.KIND, v.TEXT, v.OPTION]]
    pairs = {
        "duties": (tables.duty_ksbs, v.DUTY_ID),
        "themes": (tables.theme_ksbs, v.THEME_ID),
        "methods": (tables.statement_methods, v.METHOD_ID),
    }
    unlinked = listed.merge(known, on=v.STATEMENT_ID)
    known_codes = {
        name: codes_by_statement(frame_to_rows(frame), key)
        for name, (frame, key) in pairs.items()
        if name in named
    }
    codes = {
        name: pd.Series(
            [codes_by_id.get(statement_id, "") for statement_id in unlinked[v.STATEMENT_ID]], dtype="str"
        )
        for name, codes_by_id in known_codes.items()
    }
    names = [v.CODE, v.KIND, v.TEXT, v.OPTION, *named, v.CONFIDENCE, v.STATUS]
    return unlinked.assign(**codes)[names].reset_index(drop=True)


def _responsibility(links: pd.DataFrame) -> pd.DataFrame:
    rows = links[links[v.RESPONSIBILITY].isin([v.RAISED, v.LOWERED])]
    moved = pd.DataFrame(
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
    return moved.reset_index(drop=True)


def _assessment(
    tables: Tables, new: str, groups: pd.DataFrame, became: Mapping[str, _NewStatement]
) -> pd.DataFrame:
    """Count the new KSBs of each method, and of all methods together."""
    methods = groups[groups["group"] == "method"]
    names = ["method", "n_ksbs", *_COUNTS, "share_new", "n_descriptors", "n_descriptors_new"]
    if methods.empty:
        return pd.DataFrame(columns=names)
    theme_methods = dict(zip(tables.themes[v.THEME_ID], tables.themes[v.METHOD_ID], strict=True))
    of_version = tables.descriptors[tables.descriptors[v.DOCUMENT_ID] == new]
    of_method = dict(zip(of_version[v.DESCRIPTOR_ID], of_version[v.THEME_ID].map(theme_methods), strict=True))
    resting = tables.descriptor_ksbs
    on_new = {
        descriptor
        for descriptor, ksb in zip(resting[v.DESCRIPTOR_ID], resting[v.STATEMENT_ID], strict=True)
        if ksb in became and became[ksb].sort == NEW
    }
    rows = []
    for row in methods.to_dict("records"):
        of_this_method = [
            descriptor for descriptor, method in of_method.items() if id_to_code(str(method)) == row[v.CODE]
        ]
        counts = (row["n_ksbs"], *(row[name] for name in _COUNTS), row["share_new"])
        rows.append(
            (
                row[v.NAME],
                *counts,
                len(of_this_method),
                sum(descriptor in on_new for descriptor in of_this_method),
            )
        )
    assessed = tables.statement_methods[v.STATEMENT_ID].drop_duplicates()
    assessed_ksbs = [became[descriptor] for descriptor in assessed if descriptor in became]
    total = (
        *_counted(assessed_ksbs)[:6],
        len(of_method),
        sum(descriptor in on_new for descriptor in of_method),
    )
    return pd.DataFrame([*rows, ("all methods", *total)], columns=names)
