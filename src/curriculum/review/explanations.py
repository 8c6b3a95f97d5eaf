"""Write the evidence for a proposal in sentences that a reviewer reads."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from curriculum.linking.broad_kinds import is_between_knowing_and_doing
from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase

__all__ = ["Neighbours", "OtherStatement", "others_to_text", "row_to_evidence", "row_to_others"]

_Row = Mapping[Any, Any]
# From this confidence on, a runner-up is mentioned; with this share of the confidence of the proposal it is
# nearly as likely.
_CLOSE: Final = 0.25
_NEARLY: Final = 0.7
_MOVES: Final = (
    (v.DUTIES_MOVED, "belongs to other duties", "belongs to the same duties"),
    (v.OPTION_MOVED, "moved between core and option", ""),
    (v.ASSESSMENT_MOVED, "is assessed by another method", ""),
)


class Neighbours(NamedTuple):
    """The other proposals: the partners of each statement, and the wording of each statement."""

    of_old: Mapping[str, tuple[str, ...]]
    of_new: Mapping[str, tuple[str, ...]]
    wordings: Mapping[str, str]

    @staticmethod
    def of(rows: Mapping[tuple[str, str], _Row], every: Mapping[tuple[str, str], _Row]) -> Neighbours:
        """Return the partners in the rows of a crosswalk, and the wordings in every known row."""
        of_old: dict[str, tuple[str, ...]] = {}
        of_new: dict[str, tuple[str, ...]] = {}
        wordings: dict[str, str] = {}
        for (old, new), row in every.items():
            wordings[old], wordings[new] = row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL]
        for old, new in rows:
            if v.NO_TERM_FOUND not in (old, new):
                of_old[old] = (*of_old.get(old, ()), new)
                of_new[new] = (*of_new.get(new, ()), old)
        return Neighbours(of_old, of_new, wordings)


def row_to_evidence(row: _Row, neighbours: Neighbours) -> str:
    """Return the evidence for and against a proposal.

    Parameters
    ----------
    row
        A row of a crosswalk.
    neighbours
        The other proposals.

    Returns
    -------
    str
        Sentences; those that call for caution are first.
    """
    if v.NO_TERM_FOUND in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}:
        return _unlinked_to_evidence(row)
    return " ".join(_sentences(row, neighbours))


def _unlinked_to_evidence(row: _Row) -> str:
    other = "new" if row[v.OBJECT_ID] == v.NO_TERM_FOUND else "old"
    likeliest = str(row[v.RUNNER_UP_ID]).partition(":")[2]
    if not likeliest:
        return f"No {other} statement is known to come near."
    confidence = row[v.RUNNER_UP_CONFIDENCE]
    if math.isnan(confidence):
        return f"The likeliest {other} statement is {likeliest}."
    return f"The likeliest {other} statement is {likeliest} ({confidence:.2f})."


def _sentences(row: _Row, neighbours: Neighbours) -> Iterator[str]:
    if row[v.CAUTION]:
        yield f"Mind: {row[v.CAUTION]}."
    kinds = str(row[v.SUBJECT_CATEGORY]), str(row[v.OBJECT_CATEGORY])
    if is_between_knowing_and_doing(*kinds):
        yield f"Mind: {kinds[0]} -> {kinds[1]}."
    yield _wording(row)
    old, new = row[v.SUBJECT_ID], row[v.OBJECT_ID]
    others = [other for other in neighbours.of_new.get(new, ()) if other != old]
    if others:
        yield f"With it {_codes(others)} would merge into {_codes([new])}."
    parts = [part for part in neighbours.of_old.get(old, ()) if part != new]
    if parts:
        yield f"It would be split: {_codes(parts)} too."
    if row[v.RESPONSIBILITY] in {v.RAISED, v.LOWERED}:
        yield f"Responsibility {row[v.RESPONSIBILITY]}: {row[v.RESPONSIBILITY_WORDS]}."
    for column, moved, stayed in _MOVES:
        predicate = {v.MOVED: moved, v.NOT_MOVED: stayed}.get(row[column], "")
        if predicate:
            yield f"It {predicate}."
    # A comparison with a confidence that is not known is false.
    if row[v.RUNNER_UP_CONFIDENCE] >= _CLOSE and row[v.RUNNER_UP_ID] not in parts:
        is_near = row[v.RUNNER_UP_CONFIDENCE] >= _NEARLY * row[v.CONFIDENCE]
        yield "Another statement is nearly as likely." if is_near else "Another statement is possible too."


def _wording(row: _Row) -> str:
    changes = str(row[v.CHANGE]).split("; ")
    if "identical" in changes:
        return "The same words."
    if math.isnan(row[v.WORDING_SCORE]):
        return f"{row[v.CHANGE]}.".capitalize() if row[v.CHANGE] else "As the crosswalk has it."
    n_deleted, n_inserted = (len(str(row[name]).split()) for name in (v.WORDS_DELETED, v.WORDS_INSERTED))
    scopes = [name for name in ("narrowed", "widened") if name in changes]
    words = f"{_counted(n_deleted)} deleted, {_counted(n_inserted)} inserted"
    counts = f"Wording {row[v.WORDING_SCORE]:.0%} alike, {words}"
    return f"{counts}{'; ' if scopes else ''}{' and '.join(scopes)}."


def _counted(count: int) -> str:
    return f"{count} word" if count == 1 else f"{count} words"


def _codes(ids: list[str]) -> str:
    return names_to_phrase(statement_id.partition(":")[2] for statement_id in ids)


class OtherStatement(NamedTuple):
    """Another statement that can be the counterpart: its id, and how likely it is (NaN if not known)."""

    id: str
    confidence: float

    def __str__(self) -> str:
        likely = "" if math.isnan(self.confidence) else f" ({self.confidence:.2f})"
        return f"{self.id.partition(':')[2]}{likely}"


def row_to_others(
    row: _Row, candidates: Mapping[str, Sequence[OtherStatement]]
) -> tuple[OtherStatement, ...]:
    """Return the statements that can be the counterpart instead of the one of a row, the likeliest first.

    Parameters
    ----------
    row
        A row of a crosswalk.
    candidates
        The candidates of each statement, by its id; without them the row's runner-up is the only one.
    """
    is_new = row[v.SUBJECT_ID] == v.NO_TERM_FOUND
    given, linked = (v.OBJECT_ID, v.SUBJECT_ID) if is_new else (v.SUBJECT_ID, v.OBJECT_ID)
    listed = [other for other in candidates.get(row[given], ()) if other.id != row[linked]]
    runner_up = [OtherStatement(str(row[v.RUNNER_UP_ID]), row[v.RUNNER_UP_CONFIDENCE])] * bool(
        row[v.RUNNER_UP_ID]
    )
    by_id = {other.id: other for other in (*runner_up, *listed)}
    return tuple(by_id.values())


def others_to_text(others: Sequence[OtherStatement], neighbours: Neighbours) -> str:
    """Return the best other statement, how likely it is, and its wording."""
    if not others:
        return ""
    return f"{others[0]}: {neighbours.wordings.get(others[0].id, '')}".rstrip(": ")
