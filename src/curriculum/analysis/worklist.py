"""Say what to do with the material for each statement and duty of a new version, the costliest first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.analysis.groups import codes_by_statement, id_to_code
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_pair
from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.frame_rows import frame_to_rows

__all__ = ["ACTIONS", "crosswalk_to_worklist"]

# What to do with the material, the costliest first.
ACTIONS = TEACH, REWRITE, CHECK, ADJUST, KEEP = ("teach anew", "rewrite", "check", "adjust", "keep")
# Below this similarity of the wordings most words differ.
_LEAST_ALIKE: Final = 0.5
_COLUMNS: Final = (
    "action",
    v.CODE,
    v.KIND,
    v.TEXT,
    "reason",
    "old_codes",
    v.OPTION,
    "duties",
    "themes",
    "methods",
)
_Row = Mapping[Any, Any]


class _Task(NamedTuple):
    """What to do for one statement or duty, and why."""

    action: str
    reason: str


def crosswalk_to_worklist(tables: Tables, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return what to do with the material for each statement and duty of the new version.

    Parameters
    ----------
    tables
        Tables of both versions.
    crosswalk
        The crosswalk of the pair, with decisions applied.

    Returns
    -------
    pandas.DataFrame
        One row for each statement and duty of the new version, in the order of ``ACTIONS`` and then of the
        document: ``action``, ``code``, ``kind`` (or `duty`), ``text``, ``reason`` (a sentence), ``old_codes``
        (proposed or decided), ``option``, ``duties``, ``themes``, ``methods`` (codes; empty for a duty).
        Actions: `teach anew` (no old statement was found, or only a related one), `rewrite` (merged, a raised
        level of responsibility, or most words differ), `check` (a link needs a look first), `adjust` (other
        differences), `keep` (equivalent).

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
    >>> pair = select_pair(read_crosswalk(Path("data/processed")), "draft-2019", "st0792-1.0")
    >>> worklist = crosswalk_to_worklist(read_tables(Path("data/processed")), pair)
    >>> worklist[["action", "code", "reason"]].iloc[-1].tolist()
    ['keep', 'B6', 'The same as B6.']
    """
    old, new = crosswalk_to_pair(crosswalk)
    check_documents(tables, old, new)
    rows_by_new: dict[str, list[_Row]] = {}
    for row in crosswalk[crosswalk[v.OBJECT_ID] != v.NO_TERM_FOUND].to_dict("records"):
        rows_by_new.setdefault(str(row[v.OBJECT_ID]), []).append(row)
    listed = _listed(tables, new)
    tasks = [_rows_to_task(rows_by_new.get(new_id, [])) for new_id in listed["id"]]
    sources = [_old_codes(_replacing(rows_by_new.get(new_id, []))) for new_id in listed["id"]]
    worklist = listed.assign(
        action=[task.action for task in tasks],
        reason=[task.reason for task in tasks],
        old_codes=[", ".join(codes) for codes in sources],
    )
    # Duties have rows in the crosswalk only if both versions print duties.
    worklist = worklist[worklist["id"].isin(rows_by_new)]
    cost = worklist["action"].map({action: place for place, action in enumerate(ACTIONS)})
    ordered = worklist.assign(cost=cost).sort_values("cost", kind="stable")
    return ordered[list(_COLUMNS)].reset_index(drop=True)


def _listed(tables: Tables, document_id: str) -> pd.DataFrame:
    """Return the statements and the duties of a document, with what names or assesses each."""
    statements = tables.statements[tables.statements[v.DOCUMENT_ID] == document_id]
    duties = tables.duties[tables.duties[v.DOCUMENT_ID] == document_id]
    named = (
        codes_by_statement(frame_to_rows(tables.duty_ksbs), v.DUTY_ID),
        codes_by_statement(frame_to_rows(tables.theme_ksbs), v.THEME_ID),
        codes_by_statement(frame_to_rows(tables.statement_methods), v.METHOD_ID),
    )
    rows = [
        (
            *(row[name] for name in (v.STATEMENT_ID, v.CODE, v.KIND, v.TEXT, v.OPTION)),
            *(codes.get(row[v.STATEMENT_ID], "") for codes in named),
        )
        for row in statements.to_dict("records")
    ]
    rows += [
        (row[v.DUTY_ID], row[v.CODE], v.DUTY, row[v.TEXT], row[v.OPTION], "", "", "")
        for row in duties.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["id", v.CODE, v.KIND, v.TEXT, v.OPTION, "duties", "themes", "methods"])


def _old_codes(rows: Sequence[_Row]) -> list[str]:
    return [id_to_code(str(row[v.SUBJECT_ID])) for row in rows if row[v.SUBJECT_ID] != v.NO_TERM_FOUND]


def _replacing(rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows in which the new statement takes the place of the old one; a related one does not."""
    return [row for row in rows if row[v.PREDICATE_ID] != v.RELATED_MATCH]


def _rows_to_task(rows: Sequence[_Row]) -> _Task:
    """Return what to do for a statement with these rows of a crosswalk."""
    links = [row for row in rows if row[v.SUBJECT_ID] != v.NO_TERM_FOUND]
    if not links:
        return _Task(TEACH, "No old statement was found for it.")
    waiting = [row for row in links if row[v.BAND] != v.ACCEPT]
    if waiting:
        codes = zip(_old_codes(waiting), waiting, strict=True)
        proposed = names_to_phrase(_with_confidence(code, row[v.CONFIDENCE]) for code, row in codes)
        return _Task(CHECK, f"Look needed: perhaps from {proposed}.")
    replacing = _replacing(links)
    if not replacing:
        related = names_to_phrase(_old_codes(links))
        return _Task(TEACH, f"Only related to {related}, which it does not replace.")
    return _settled_to_task(replacing)


def _settled_to_task(links: Sequence[_Row]) -> _Task:
    """Return what to do for a statement whose links are all settled."""
    source = names_to_phrase(_old_codes(links))
    moves = [_move(row) for row in links if row[v.RESPONSIBILITY] in (v.RAISED, v.LOWERED)]
    if len(links) > 1:
        return _Task(REWRITE, " ".join([f"Merged from {source}.", *moves]))
    (link,) = links
    if link[v.PREDICATE_ID] == v.EXACT_MATCH:
        return _Task(KEEP, f"The same as {source}.")
    alike = f"{link[v.WORDING_SCORE]:.0%} alike"
    is_harder = link[v.RESPONSIBILITY] == v.RAISED or link[v.WORDING_SCORE] < _LEAST_ALIKE
    return _Task(REWRITE if is_harder else ADJUST, " ".join([f"Reworded from {source}, {alike}.", *moves]))


def _with_confidence(code: str, confidence: float) -> str:
    return code if math.isnan(confidence) else f"{code} ({confidence:.2f})"


def _move(row: _Row) -> str:
    return f"Level of responsibility {row[v.RESPONSIBILITY]}: {row[v.RESPONSIBILITY_WORDS]}."
