"""The rows of the sheet "To decide": a row a proposal, the most doubtful first, with what speaks for it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum import vocabulary as v
from curriculum.decisions.decision import LINKING, Decision, decisions_of_pair
from curriculum.reviewing.answers import NOT_A_CODE, Unlisted
from curriculum.reviewing.pair import Pair, code_to_nearest
from curriculum.reviewing.telling import Neighbours, row_to_evidence, row_to_runner_up

__all__ = [
    "ADDED",
    "AGAIN",
    "DECIDED",
    "NO_LOOK",
    "STATES",
    "WAITS",
    "ReviewRow",
    "crosswalks_to_rows",
    "unlisted_to_row",
]

# What state a proposal is in, those first that need a person most.
AGAIN: Final = "look again"
WAITS: Final = "waits"
NO_LOOK: Final = "no look needed"
DECIDED: Final = "decided"
STATES: Final = (AGAIN, WAITS, NO_LOOK, DECIDED)
# What stands for the proposal where a reviewer found the link.
ADDED: Final = "nothing"
_NOT_PROPOSED: Final = "Not proposed: a reviewer decided it."
_Row = Mapping[Any, Any]
_Link = tuple[str, str]


class ReviewRow(NamedTuple):
    """A row of the sheet: a proposal, what speaks for it, and what was answered."""

    old_code: str = ""
    old_wording: str = ""
    new_code: str = ""
    new_wording: str = ""
    proposed: str = ""
    confidence: float = float("nan")
    evidence: str = ""
    runner_up: str = ""
    old_duties: str = ""
    new_duties: str = ""
    n_cells: int = 0
    decision: str = ""
    relation: str = ""
    reviewer: str = ""
    reason: str = ""
    date: str = ""
    state: str = ""
    as_exported: str = ""
    choices: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether a person is needed."""
        return self.state in {AGAIN, WAITS}


def crosswalks_to_rows(
    proposals: pd.DataFrame,
    crosswalk: pd.DataFrame,
    decisions: Iterable[Decision],
    pair: Pair,
    *,
    duties: Mapping[str, str] | None = None,
    answered: Iterable[Decision] = (),
) -> tuple[ReviewRow, ...]:
    """Give a row for each proposal, and for each link that a reviewer found.

    Parameters
    ----------
    proposals
        The crosswalk of the pair as the linker proposes it.
    crosswalk
        The same with all decisions laid over it.
    decisions
        The decisions that are kept; each row says which of them stood on it.
    pair
        The two versions.
    duties
        The codes of the duties that name a statement, by its id.
    answered
        Decisions that were answered and are not kept yet.

    Returns
    -------
    tuple of ReviewRow
        Those that need a person first, the least sure of them first. A proposal that another decision has
        made void, such as that a statement is withdrawn which a reviewer has linked, has no row.
    """
    kept = _by_link(decisions_of_pair(decisions, pair.old, pair.new))
    machine, now = _records(proposals), _records(crosswalk)
    held = {**machine, **{link: row for link, row in now.items() if link not in machine}}
    making = _Making(machine, now, kept, {**kept, **_by_link(answered)}, Neighbours.of(held), duties or {})
    rows = [making.row(link, own) for link, own in held.items() if link in now or link in making.shown]
    return tuple(sorted(rows, key=_to_place))


def _records(crosswalk: pd.DataFrame) -> dict[tuple[str, str], _Row]:
    return {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in crosswalk.to_dict("records")}


def _by_link(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    found: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        found.setdefault(one.link, one)
    return found


def _to_place(row: ReviewRow) -> tuple[object, ...]:
    """Give what puts the most doubtful first; of a link without any confidence nothing is known."""
    return STATES.index(row.state), -1.0 if math.isnan(row.confidence) else row.confidence


@dataclass(frozen=True)
class _Making:
    """All that the rows are made of: rows and decisions, each by link."""

    machine: Mapping[_Link, _Row]
    now: Mapping[_Link, _Row]
    kept: Mapping[_Link, Decision]
    shown: Mapping[_Link, Decision]
    neighbours: Neighbours
    duties: Mapping[str, str]

    def row(self, link: _Link, own: _Row) -> ReviewRow:
        """Give the row of a link."""
        now = self.now.get(link)
        is_proposed = link in self.machine or (now is not None and now[v.STATUS] == v.PROPOSED)
        proposed = _proposed(own) if is_proposed else ADDED
        told = (
            row_to_evidence(own, self.neighbours) if is_proposed else "Not proposed: a reviewer decided it."
        )
        decision, relation, reviewer, reason, date = _answer(self.shown.get(link), proposed)
        return ReviewRow(
            old_code=_code(link[0]),
            old_wording=own[v.SUBJECT_LABEL],
            new_code=_code(link[1]),
            new_wording=own[v.OBJECT_LABEL],
            proposed=proposed,
            confidence=own[v.CONFIDENCE],
            evidence=told,
            runner_up=row_to_runner_up(own, self.neighbours),
            old_duties=self.duties.get(link[0], ""),
            new_duties=self.duties.get(link[1], ""),
            decision=decision,
            relation=relation,
            reviewer=reviewer,
            reason=reason,
            date=date,
            state=_state(now),
            as_exported=_cells_to_mark(_answer(self.kept.get(link), proposed)),
            choices=tuple(_choices(own, is_proposed)),
        )


def _code(statement_id: str) -> str:
    return "" if statement_id == v.NO_TERM_FOUND else statement_id.partition(":")[2]


def _proposed(row: _Row) -> str:
    if v.NO_TERM_FOUND in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}:
        return v.NEW if row[v.SUBJECT_ID] == v.NO_TERM_FOUND else v.WITHDRAWN
    return str(row[v.PREDICATE_ID]).removeprefix("skos:")


def _answer(decision: Decision | None, proposed: str) -> tuple[str, str, str, str, str]:
    """Give the cells that make a decision, as it would be answered on its row."""
    if decision is None:
        return "", "", "", "", ""
    word = decision.decision
    if word in LINKING and v.NO_TERM_FOUND not in decision.link:
        word = v.ADD_LINK if proposed == ADDED else v.ACCEPT
    relation = decision.predicate_id.removeprefix("skos:")
    shown = "" if relation == proposed else relation
    return word, shown, decision.reviewer_label, decision.comment, decision.review_date


def _cells_to_mark(cells: Sequence[str]) -> str:
    """Give what the sheet keeps of a row's cells, to tell later what a person changed.

    Examples
    --------
    >>> _cells_to_mark(["accept", "", "AB", "", "2026-11-22"])
    '["accept", "", "AB", "", "2026-11-22"]'
    """
    return json.dumps(list(cells), ensure_ascii=False) if any(cells) else ""


def _state(now: _Row | None) -> str:
    """Tell the state of a proposal; one that is gone was rejected."""
    if now is None or now[v.STATUS] == v.DECIDED:
        return DECIDED
    if now[v.STATUS] == v.DECIDED_BEFORE:
        return AGAIN
    return NO_LOOK if now[v.BAND] == v.ACCEPT else WAITS


def _choices(row: _Row, is_proposed: bool) -> Iterator[str]:
    runner_up = str(row[v.RUNNER_UP_ID]).partition(":")[2]
    is_linked = v.NO_TERM_FOUND not in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}
    if not is_proposed:
        yield v.ADD_LINK if is_linked else _proposed(row)
        return
    yield v.ACCEPT
    if is_linked:
        yield v.REJECT
    if runner_up:
        yield runner_up
    if is_linked:
        yield v.WITHDRAWN


def unlisted_to_row(code: str, pair: Pair, said: Unlisted | None, n_cells: int) -> ReviewRow:
    """Give the row of a code in a file that the old version, or its crosswalk, does not have."""
    nearest = code_to_nearest(code, pair.wordings)
    wording = pair.wordings.get(code) or f"not in {pair.old}; the nearest code is {nearest or 'none'}"
    decision = ""
    if said:
        decision = (" & ".join(said.new_codes) or v.WITHDRAWN) if said.is_code else NOT_A_CODE
    return ReviewRow(
        old_code=code,
        old_wording=wording,
        n_cells=n_cells,
        evidence="It is not in the crosswalk." if code in pair.wordings else "",
        decision=decision,
        reviewer=said.reviewer if said else "",
        state=DECIDED if said else WAITS,
        choices=(v.WITHDRAWN, NOT_A_CODE),
    )
