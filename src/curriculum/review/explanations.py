"""What speaks for a proposal, in words that a reviewer reads."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase

__all__ = ["Neighbours", "row_to_evidence", "row_to_runner_up"]

_Row = Mapping[Any, Any]
# From this confidence a runner-up is worth a look.
_CLOSE: Final = 0.25
_MOVES: Final = (
    (v.DUTIES_MOVED, "stands under other duties", "stands under the same duties"),
    (v.OPTION_MOVED, "moved between core and option", ""),
    (v.ASSESSMENT_MOVED, "is assessed by another method", ""),
)


class Neighbours(NamedTuple):
    """What else is proposed: the partners of each statement, and the wording of each."""

    of_old: Mapping[str, tuple[str, ...]]
    of_new: Mapping[str, tuple[str, ...]]
    wordings: Mapping[str, str]

    @staticmethod
    def of(rows: Mapping[tuple[str, str], _Row], every: Mapping[tuple[str, str], _Row]) -> Neighbours:
        """Gather the partners from the rows of a crosswalk, the wordings from every row that is known."""
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
    """Return what speaks for a proposal, and what against it.

    Parameters
    ----------
    row
        A row of a crosswalk.
    neighbours
        What else is proposed.

    Returns
    -------
    str
        Sentences in a row; those that call for caution first.
    """
    if v.NO_TERM_FOUND in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}:
        return _alone(row)
    return " ".join(_sentences(row, neighbours))


def _alone(row: _Row) -> str:
    other = "new" if row[v.OBJECT_ID] == v.NO_TERM_FOUND else "old"
    likeliest = str(row[v.RUNNER_UP_ID]).partition(":")[2]
    if not likeliest:
        return f"No {other} statement is known to come near."
    sureness = row[v.RUNNER_UP_CONFIDENCE]
    if math.isnan(sureness):
        return f"The likeliest {other} statement is {likeliest}."
    return f"The likeliest {other} statement is {likeliest} ({sureness:.2f})."


def _sentences(row: _Row, neighbours: Neighbours) -> Iterator[str]:
    if row[v.CAUTION]:
        yield f"Mind: {row[v.CAUTION]}."
    yield _wording(row)
    old, new = row[v.SUBJECT_ID], row[v.OBJECT_ID]
    others = [one for one in neighbours.of_new.get(new, ()) if one != old]
    if others:
        yield f"With it {_codes(others)} would merge into {_codes([new])}."
    parts = [one for one in neighbours.of_old.get(old, ()) if one != new]
    if parts:
        yield f"It would be split: {_codes(parts)} too."
    if row[v.RESPONSIBILITY] in {v.RAISED, v.LOWERED}:
        yield f"Responsibility {row[v.RESPONSIBILITY]}: {row[v.RESPONSIBILITY_WORDS]}."
    for column, moved, stayed in _MOVES:
        told = {v.MOVED: moved, v.NOT_MOVED: stayed}.get(row[column], "")
        if told:
            yield f"It {told}."
    if not math.isnan(row[v.RUNNER_UP_CONFIDENCE]) and row[v.RUNNER_UP_CONFIDENCE] >= _CLOSE:
        yield "Another statement is nearly as likely."


def _wording(row: _Row) -> str:
    changes = str(row[v.CHANGE]).split("; ")
    if "identical" in changes:
        return "The same words."
    if math.isnan(row[v.WORDING_SCORE]):
        return f"{row[v.CHANGE]}.".capitalize() if row[v.CHANGE] else "As the crosswalk has it."
    gone, came = (len(str(row[name]).split()) for name in (v.WORDS_DELETED, v.WORDS_INSERTED))
    items = [name for name in ("narrowed", "widened") if name in changes]
    alike = f"Wording {row[v.WORDING_SCORE]:.0%} alike, {_counted(gone)} gone, {_counted(came)} new"
    return f"{alike}{'; ' if items else ''}{' and '.join(items)}."


def _counted(count: int) -> str:
    return f"{count} word" if count == 1 else f"{count} words"


def _codes(ids: list[str]) -> str:
    return names_to_phrase(one.partition(":")[2] for one in ids)


def row_to_runner_up(row: _Row, neighbours: Neighbours) -> str:
    """Return the best other statement, how likely it is, and its wording."""
    runner_up = str(row[v.RUNNER_UP_ID])
    if not runner_up:
        return ""
    wording = neighbours.wordings.get(runner_up, "")
    sureness = row[v.RUNNER_UP_CONFIDENCE]
    likely = "" if math.isnan(sureness) else f" ({sureness:.2f})"
    return f"{runner_up.partition(':')[2]}{likely}: {wording}".rstrip(": ")
