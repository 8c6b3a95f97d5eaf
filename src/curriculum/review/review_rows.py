"""Build the rows of the sheet "To decide": one row a proposal, the least certain first, with its evidence."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.decisions.validation import is_same_wording
from curriculum.linking.mapping_rows import RowBuilder
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_nearest
from curriculum.model.version_pair import VersionPair
from curriculum.review.answers import NOT_A_CODE, Answer, UnlistedCode, decisions_to_answer
from curriculum.review.explanations import (
    Neighbours,
    OtherStatement,
    others_to_text,
    row_to_evidence,
    row_to_others,
)
from curriculum.review.via_versions import LinksVia
from curriculum.tables.plain_rows import Row

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

# The states of a proposal. Those that need a person most are first.
AGAIN: Final = "look again"
WAITS: Final = "waits"
NO_LOOK: Final = "no look needed"
DECIDED: Final = "decided"
STATES: Final = (AGAIN, WAITS, NO_LOOK, DECIDED)
_NO_CELLS: Final = ("", "", "", "", "")
_NOT_PROPOSED: Final = "Not proposed: a reviewer decided it."
_Link = tuple[str, str]


class ReviewRow(NamedTuple):
    """A row of the sheet: a proposal, its evidence, and its answer."""

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
        """Whether a person has to answer it."""
        return self.state in {AGAIN, WAITS}


def crosswalks_to_rows(
    proposals: Sequence[Row],
    crosswalk: Sequence[Row],
    stored: Iterable[Decision],
    pair: VersionPair,
    *,
    duties: Mapping[str, str] | None = None,
    shown: Iterable[Decision] | None = None,
    links_via: LinksVia | None = None,
    candidates: Sequence[Row] = (),
) -> tuple[ReviewRow, ...]:
    """Return a row for each proposal, and for each link that a reviewer added.

    Parameters
    ----------
    proposals
        The rows of the crosswalk of the pair as the linker proposes it.
    crosswalk
        The same after all decisions are applied.
    stored
        The stored decisions. The cell `as exported` of a row has those on its link.
    pair
        The two versions.
    duties
        The codes of the duties that name a statement, by its id.
    shown
        The decisions that the rows show, by default the stored ones.
    links_via
        The links by way of a version between. The evidence says whether they are the same.
    candidates
        The rows of the table ``candidates`` of the pair. The sheet offers these codes as answers.

    Returns
    -------
    tuple of ReviewRow
        Rows that need a person are first, the least certain of them at the top. A proposal that a decision
        has made invalid has no row: for example, that a statement is withdrawn which a reviewer has linked.
    """
    on_link = _by_link(decisions_of_pair(stored, pair.old, pair.new))
    shown_on_link = on_link if shown is None else _by_link(decisions_of_pair(shown, pair.old, pair.new))
    proposed, now = _rows_by_link(proposals), _rows_by_link(crosswalk)
    known = {**proposed, **now}
    known |= {link: _link_to_row(link, pair) for link in {**on_link, **shown_on_link} if link not in known}
    neighbours = Neighbours.of(now, known)
    others = _candidates_to_others(candidates)
    sources = _RowSources(proposed, now, on_link, shown_on_link, neighbours, duties or {}, links_via, others)
    links = [link for link in known if link in now or link in shown_on_link or link in on_link]
    return tuple(sorted((sources.link_to_row(link, known[link]) for link in links), key=_sort_key))


def _link_to_row(link: _Link, pair: VersionPair) -> Row:
    """Return the row of a link that a reviewer added and another rejected: no crosswalk has it."""
    old, new = map(_code, link)
    labels = {v.SUBJECT_LABEL: pair.wordings.get(old, ""), v.OBJECT_LABEL: pair.new_wordings.get(new, "")}
    row = RowBuilder(pair.old, pair.new, status="").empty()
    return {**row, v.SUBJECT_ID: link[0], v.OBJECT_ID: link[1], **labels}


def _candidates_to_others(candidates: Sequence[Row]) -> dict[str, list[OtherStatement]]:
    """Return the candidates of each statement, the likeliest first."""
    found: dict[str, list[OtherStatement]] = {}
    for row in candidates:
        other = OtherStatement(row[v.OBJECT_ID], row[v.CONFIDENCE])
        found.setdefault(row[v.SUBJECT_ID], []).append(other)
    return found


def _rows_by_link(crosswalk: Sequence[Row]) -> dict[_Link, Row]:
    return {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in crosswalk}


def _by_link(decisions: Iterable[Decision]) -> dict[_Link, list[Decision]]:
    found: dict[_Link, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.link, []).append(decision)
    return found


def _sort_key(row: ReviewRow) -> tuple[object, ...]:
    """Return a key that sorts the least certain first; a link without a confidence is the least certain."""
    return STATES.index(row.state), -1.0 if math.isnan(row.confidence) else row.confidence


@dataclass(frozen=True)
class _RowSources:
    """The data of the rows: crosswalk rows and decisions, each by link."""

    proposed: Mapping[_Link, Row]
    now: Mapping[_Link, Row]
    stored: Mapping[_Link, Sequence[Decision]]
    shown: Mapping[_Link, Sequence[Decision]]
    neighbours: Neighbours
    duties: Mapping[str, str]
    links_via: LinksVia | None
    candidates: Mapping[str, Sequence[OtherStatement]]

    def link_to_row(self, link: _Link, row: Row) -> ReviewRow:
        """Return the row of a link."""
        now = self.now.get(link)
        is_open = now is not None and now[v.STATUS] == v.PROPOSED
        is_proposed = is_open or link in self.proposed
        proposed = v.NOTHING_PROPOSED
        if is_proposed:
            # A decided row shows the former proposal, an open row the present one.
            proposed = _proposed(row if is_open else self.proposed[link])
        evidence = row_to_evidence(row, self.neighbours) if is_proposed else _NOT_PROPOSED
        via: tuple[str, ...] = ()
        if self.links_via:
            evidence = f"{evidence} {self.links_via.link_to_sentence(link)}".rstrip()
            via = self.links_via.others(link)
        others = row_to_others(row, self.candidates)
        state = _state(now, row, self.shown.get(link, ()))
        answer, stored = (
            decisions_to_answer(decisions.get(link, ()), is_proposed)
            for decisions in (self.shown, self.stored)
        )
        if state == AGAIN:
            # The row needs a new answer, which replaces the earlier decision.
            evidence = f"Decided before the wording changed: {_answer_to_words(answer)}. {evidence}"
            answer = stored = decisions_to_answer(())
        return ReviewRow(
            old_code=_code(link[0]),
            old_wording=row[v.SUBJECT_LABEL],
            new_code=_code(link[1]),
            new_wording=row[v.OBJECT_LABEL],
            proposed=proposed,
            confidence=row[v.CONFIDENCE],
            evidence=evidence,
            runner_up=others_to_text(others, self.neighbours),
            old_duties=self.duties.get(link[0], ""),
            new_duties=self.duties.get(link[1], ""),
            decision=answer.decision,
            relation=answer.relation,
            reviewer=answer.reviewer,
            reason=answer.reason,
            date=answer.date,
            state=state,
            as_exported=row_to_mark(map(_code, link), stored.cells, answer.cells),
            choices=tuple(dict.fromkeys((*_choices(row, is_proposed, others), *via))),
        )


def _code(statement_id: str) -> str:
    return "" if statement_id == v.NO_TERM_FOUND else statement_id.partition(":")[2]


def _proposed(row: Row) -> str:
    if v.NO_TERM_FOUND in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}:
        return v.NEW if row[v.SUBJECT_ID] == v.NO_TERM_FOUND else v.NO_COUNTERPART
    return str(row[v.PREDICATE_ID]).removeprefix("skos:")


def _answer_to_words(answer: Answer) -> str:
    words = " as ".join(filter(None, (answer.decision, answer.relation)))
    return f"{words} ({answer.reviewer}, {answer.date})"


def row_to_mark(link: Iterable[str], stored: Iterable[str], shown: Iterable[str]) -> str:
    """Return the cell `as exported` of a row.

    The reader of the sheet compares it with the row, to find rows that were moved in part, and changes.

    Parameters
    ----------
    link
        The codes of the row.
    stored
        The cells of the answer that is stored as a decision.
    shown
        The cells of the answer that the sheet shows, which need not be stored.

    Examples
    --------
    >>> row_to_mark(("K9", "K6"), ("", "", "", "", ""), ("reject", "", "AB", "", ""))
    '["K9", "K6", "", "", "", "", "", "reject", "", "AB", "", ""]'
    """
    return json.dumps([*link, *stored, *shown], ensure_ascii=False)


def _state(now: Row | None, row: Row, decisions: Iterable[Decision]) -> str:
    """Return the state of a proposal; one that is no longer in the crosswalk was rejected."""
    if now is None:
        wordings = (row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL])
        labels = [(decision.subject_label, decision.object_label) for decision in decisions]
        is_same = all(all(map(is_same_wording, label, wordings)) for label in labels)
        return DECIDED if is_same else AGAIN
    if now[v.STATUS] == v.DECIDED:
        return DECIDED
    if now[v.STATUS] == v.DECIDED_BEFORE:
        return AGAIN
    return NO_LOOK if now[v.BAND] == v.ACCEPT else WAITS


def _choices(row: Row, is_proposed: bool, others: Sequence[OtherStatement]) -> Iterator[str]:
    is_linked = v.NO_TERM_FOUND not in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}
    if not is_proposed:
        if is_linked:
            yield from (v.ADD_LINK, v.REJECT)
        else:
            yield v.NEW if row[v.SUBJECT_ID] == v.NO_TERM_FOUND else v.WITHDRAWN
        return
    yield v.ACCEPT
    if is_linked:
        yield v.REJECT
    yield from (_code(other.id) for other in others)
    if row[v.SUBJECT_ID] != v.NO_TERM_FOUND:
        yield v.WITHDRAWN


def unlisted_to_row(code: str, pair: VersionPair, answer: UnlistedCode | None, n_cells: int) -> ReviewRow:
    """Return the row of a code in a file that the old version or the crosswalk lacks."""
    nearest = code_to_nearest(code, pair.wordings)
    wording = pair.wordings.get(code) or f"not in {pair.old}; the nearest code is {nearest or 'none'}"
    decision, reviewer = "", ""
    if answer:
        reviewer = answer.reviewer
        decision = (" & ".join(answer.new_codes) or v.WITHDRAWN) if answer.is_code else NOT_A_CODE
    return ReviewRow(
        old_code=code,
        old_wording=wording,
        n_cells=n_cells,
        evidence="It is not in the crosswalk." if code in pair.wordings and not answer else "",
        decision=decision,
        reviewer=reviewer,
        state=DECIDED if answer else WAITS,
        as_exported=row_to_mark((code, ""), _NO_CELLS, (decision, "", reviewer, "", "")),
        choices=(v.WITHDRAWN, NOT_A_CODE),
    )
