"""Write the evidence for a proposal in sentences that a reviewer reads."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase

__all__ = ["Neighbours", "row_to_evidence", "row_to_runner_up"]

_Row = Mapping[Any, Any]
# From this confidence on, a runner-up is mentioned.
_CLOSE: Final = 0.25
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
    if not math.isnan(row[v.RUNNER_UP_CONFIDENCE]) and row[v.RUNNER_UP_CONFIDENCE] >= _CLOSE:
        yield "Another statement is nearly as likely."


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


def row_to_runner_up(row: _Row, neighbours: Neighbours) -> str:
    """Return the best other statement, how likely it is, and its wording."""
    runner_up = str(row[v.RUNNER_UP_ID])
    if not runner_up:
        return ""
    wording = neighbours.wordings.get(runner_up, "")
    confidence = row[v.RUNNER_UP_CONFIDENCE]
    likely = "" if math.isnan(confidence) else f" ({confidence:.2f})"
    return f"{runner_up.partition(':')[2]}{likely}: {wording}".rstrip(": ")
