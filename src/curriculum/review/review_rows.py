"""The rows of the sheet "To decide": a row a proposal, the most doubtful first, with what speaks for it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.decisions.validation import is_same_wording
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_nearest
from curriculum.model.version_pair import VersionPair
from curriculum.review.answers import NOT_A_CODE, Answer, UnlistedCode, decisions_to_answer
from curriculum.review.explanations import Neighbours, row_to_evidence, row_to_runner_up
from curriculum.review.via_versions import LinksVia
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row

__all__ = [
    "AGAIN",
    "DECIDED",
    "NO_LOOK",
    "STATES",
    "WAITS",
    "ReviewRow",
    "crosswalks_to_rows",
    "row_to_mark",
    "unlisted_to_row",
]

# What state a proposal is in, those first that need a person most.
AGAIN: Final = "look again"
WAITS: Final = "waits"
NO_LOOK: Final = "no look needed"
DECIDED: Final = "decided"
STATES: Final = (AGAIN, WAITS, NO_LOOK, DECIDED)
_NO_CELLS: Final = ("", "", "", "", "")
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
    def needs_person(self) -> bool:
        """Whether a person is needed."""
        return self.state in {AGAIN, WAITS}


def crosswalks_to_rows(
    proposals: pd.DataFrame,
    crosswalk: pd.DataFrame,
    kept: Iterable[Decision],
    pair: VersionPair,
    *,
    duties: Mapping[str, str] | None = None,
    shown: Iterable[Decision] | None = None,
    ways: LinksVia | None = None,
) -> tuple[ReviewRow, ...]:
    """Return a row for each proposal, and for each link that a reviewer found.

    Parameters
    ----------
    proposals
        The crosswalk of the pair as the linker proposes it.
    crosswalk
        The same with all decisions laid over it.
    kept
        The decisions that are kept; each row says which of them stood on it.
    pair
        The two versions.
    duties
        The codes of the duties that name a statement, by its id.
    shown
        The decisions that the rows show, by default those that are kept.
    ways
        What the links become by way of a version between; the evidence says whether it is the same.

    Returns
    -------
    tuple of ReviewRow
        Those that need a person first, the least sure of them first. A proposal that another decision has
        made void, such as that a statement is withdrawn which a reviewer has linked, has no row.
    """
    of_kept = _by_link(decisions_of_pair(kept, pair.old, pair.new))
    of_shown = of_kept if shown is None else _by_link(decisions_of_pair(shown, pair.old, pair.new))
    machine, now = _records(proposals), _records(crosswalk)
    held = {**machine, **now}
    held |= {link: _link_to_row(link, pair) for link in {**of_kept, **of_shown} if link not in held}
    making = _Making(machine, now, of_kept, of_shown, Neighbours.of(now, held), duties or {}, ways)
    links = [link for link in held if link in now or link in of_shown or link in of_kept]
    return tuple(sorted((making.row(link, held[link]) for link in links), key=_sort_key))


def _link_to_row(link: _Link, pair: VersionPair) -> _Row:
    """Return the row of a link that is not proposed and does not hold: one that was added, then rejected."""
    old, new = map(_code, link)
    labels = {v.SUBJECT_LABEL: pair.wordings.get(old, ""), v.OBJECT_LABEL: pair.new_wordings.get(new, "")}
    return {**name_to_empty_row(CROSSWALK), v.SUBJECT_ID: link[0], v.OBJECT_ID: link[1], **labels}


def _records(crosswalk: pd.DataFrame) -> dict[tuple[str, str], _Row]:
    return {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in crosswalk.to_dict("records")}


def _by_link(decisions: Iterable[Decision]) -> dict[_Link, list[Decision]]:
    found: dict[_Link, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.link, []).append(one)
    return found


def _sort_key(row: ReviewRow) -> tuple[object, ...]:
    """Return what puts the most doubtful first; of a link without any confidence nothing is known."""
    return STATES.index(row.state), -1.0 if math.isnan(row.confidence) else row.confidence


@dataclass(frozen=True)
class _Making:
    """All that the rows are made of: rows and decisions, each by link."""

    machine: Mapping[_Link, _Row]
    now: Mapping[_Link, _Row]
    kept: Mapping[_Link, Sequence[Decision]]
    shown: Mapping[_Link, Sequence[Decision]]
    neighbours: Neighbours
    duties: Mapping[str, str]
    ways: LinksVia | None

    def row(self, link: _Link, own: _Row) -> ReviewRow:
        """Return the row of a link."""
        now = self.now.get(link)
        is_open = now is not None and now[v.STATUS] == v.PROPOSED
        is_proposed = is_open or link in self.machine
        proposed = v.NOTHING_PROPOSED
        if is_proposed:
            # What is decided shows what was proposed; what is open, what is proposed now.
            proposed = _proposed(own if is_open else self.machine[link])
        told = row_to_evidence(own, self.neighbours) if is_proposed else _NOT_PROPOSED
        others: tuple[str, ...] = ()
        if self.ways:
            told, others = f"{told} {self.ways.told(link)}".rstrip(), self.ways.others(link)
        state = _state(now, own, self.shown.get(link, ()))
        answer, kept = (
            decisions_to_answer(own_decisions.get(link, ()), is_proposed)
            for own_decisions in (self.shown, self.kept)
        )
        if state == AGAIN:
            # To be answered anew: what is answered takes the place of what was decided before.
            told = f"Decided before the wording changed: {_answer_to_words(answer)}. {told}"
            answer = kept = decisions_to_answer(())
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
            decision=answer.decision,
            relation=answer.relation,
            reviewer=answer.reviewer,
            reason=answer.reason,
            date=answer.date,
            state=state,
            as_exported=row_to_mark(map(_code, link), kept.cells, answer.cells),
            choices=tuple(dict.fromkeys((*_choices(own, is_proposed), *others))),
        )


def _code(statement_id: str) -> str:
    return "" if statement_id == v.NO_TERM_FOUND else statement_id.partition(":")[2]


def _proposed(row: _Row) -> str:
    if v.NO_TERM_FOUND in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}:
        return v.NEW if row[v.SUBJECT_ID] == v.NO_TERM_FOUND else v.WITHDRAWN
    return str(row[v.PREDICATE_ID]).removeprefix("skos:")


def _answer_to_words(answer: Answer) -> str:
    told = " as ".join(filter(None, (answer.decision, answer.relation)))
    return f"{told} ({answer.reviewer}, {answer.date})"


def row_to_mark(link: Iterable[str], kept: Iterable[str], shown: Iterable[str]) -> str:
    """Return what the sheet keeps of a row, to tell if only a part of it was moved, and what was changed.

    Parameters
    ----------
    link
        The codes of the row.
    kept
        The cells of the answer that is kept as a decision.
    shown
        The cells of the answer that the sheet shows, which need not be kept.

    Examples
    --------
    >>> row_to_mark(("K9", "K6"), ("", "", "", "", ""), ("reject", "", "AB", "", ""))
    '["K9", "K6", "", "", "", "", "", "reject", "", "AB", "", ""]'
    """
    return json.dumps([*link, *kept, *shown], ensure_ascii=False)


def _state(now: _Row | None, own: _Row, decisions: Iterable[Decision]) -> str:
    """Tell the state of a proposal; one that is gone was rejected."""
    if now is None:
        wordings = (own[v.SUBJECT_LABEL], own[v.OBJECT_LABEL])
        labels = [(one.subject_label, one.object_label) for one in decisions]
        is_same = all(all(map(is_same_wording, label, wordings)) for label in labels)
        return DECIDED if is_same else AGAIN
    if now[v.STATUS] == v.DECIDED:
        return DECIDED
    if now[v.STATUS] == v.DECIDED_BEFORE:
        return AGAIN
    return NO_LOOK if now[v.BAND] == v.ACCEPT else WAITS


def _choices(row: _Row, is_proposed: bool) -> Iterator[str]:
    runner_up = str(row[v.RUNNER_UP_ID]).partition(":")[2]
    is_linked = v.NO_TERM_FOUND not in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}
    if not is_proposed:
        yield from (v.ADD_LINK, v.REJECT) if is_linked else (_proposed(row),)
        return
    yield v.ACCEPT
    if is_linked:
        yield v.REJECT
    if runner_up:
        yield runner_up
    if is_linked:
        yield v.WITHDRAWN


def unlisted_to_row(code: str, pair: VersionPair, said: UnlistedCode | None, n_cells: int) -> ReviewRow:
    """Return the row of a code in a file that the old version, or its crosswalk, does not have."""
    nearest = code_to_nearest(code, pair.wordings)
    wording = pair.wordings.get(code) or f"not in {pair.old}; the nearest code is {nearest or 'none'}"
    decision = ""
    if said:
        decision = (" & ".join(said.new_codes) or v.WITHDRAWN) if said.is_code else NOT_A_CODE
    return ReviewRow(
        old_code=code,
        old_wording=wording,
        n_cells=n_cells,
        evidence="It is not in the crosswalk." if code in pair.wordings and not said else "",
        decision=decision,
        reviewer=said.reviewer if said else "",
        state=DECIDED if said else WAITS,
        as_exported=row_to_mark((code, ""), _NO_CELLS, (decision, "", said.reviewer if said else "", "", "")),
        choices=(v.WITHDRAWN, NOT_A_CODE),
    )
