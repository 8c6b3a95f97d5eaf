"""The sheet "To decide": each old code that needs a person, once; and the answers given on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from curriculum import vocabulary as v
from curriculum.codes import code_to_sort_key
from curriculum.errors import CurriculumError, WrongDecisions, raise_faults
from curriculum.remapping.settlements import (
    Decision,
    Pair,
    Settlement,
    code_to_nearest,
    text_to_known_codes,
)
from curriculum.text import text_to_key, text_to_squashed
from curriculum.trackers.tracker import FORMULA, Cell, Sheet, Tracker, place_to_name

__all__ = [
    "ANSWERS",
    "HEADS",
    "NOT_A_CODE",
    "TO_DECIDE",
    "ToDecide",
    "answers_to_decisions",
    "settlements_to_decide",
    "to_heads",
    "tracker_to_decisions",
]

TO_DECIDE: Final = "To decide"
NOT_A_CODE: Final = "not a code"
OLD_CODE, OLD_WORDING, N_CELLS, PROPOSED, PROPOSED_WORDING = (
    "old code",
    "old wording",
    "cells",
    "proposed",
    "proposed wording",
)
DECISION, REVIEWER, REASON = "decision", "reviewer", "reason"
HEADS: Final = (
    OLD_CODE,
    OLD_WORDING,
    N_CELLS,
    PROPOSED,
    v.CONFIDENCE,
    PROPOSED_WORDING,
    "evidence",
    DECISION,
    v.RELATION,
    REVIEWER,
    REASON,
)
# The columns that a person fills in.
ANSWERS: Final = (DECISION, v.RELATION, REVIEWER, REASON)
RELATION_NAMES: Final = tuple(name.removeprefix("skos:") for name in v.RELATIONS)
_HEAD: Final = re.compile(rf"(?P<name>{OLD_CODE}|{DECISION}) \((?P<document>[^()]+)\)")


class ToDecide(NamedTuple):
    """A row of the sheet: an old code, what is proposed, and what was decided of it."""

    code: str
    wording: str
    n_cells: int
    proposed: str
    confidence: float
    proposed_wording: str
    evidence: str
    decision: str
    relation: str
    reviewer: str
    reason: str
    choices: tuple[str, ...]


def to_heads(old: str, new: str) -> tuple[str, ...]:
    """Give the headings of the sheet; two of them say which pair of versions it is about.

    Examples
    --------
    >>> to_heads("st0792-1.0", "st0792-1.2")[0]
    'old code (st0792-1.0)'
    """
    documents = {OLD_CODE: old, DECISION: new}
    return tuple(f"{head} ({documents[head]})" if head in documents else head for head in HEADS)


def settlements_to_decide(
    settlements: Mapping[str, Settlement],
    n_cells: Mapping[str, int],
    pair: Pair,
    decisions: Mapping[str, Decision],
) -> tuple[ToDecide, ...]:
    """Give the rows of the sheet.

    Parameters
    ----------
    settlements
        What becomes of each code that was found.
    n_cells
        In how many cells each was found for certain.
    pair
        The two versions.
    decisions
        What was decided before: these rows are kept, behind those that wait.

    Returns
    -------
    tuple of ToDecide
        Those that wait first, the code with the most cells first.
    """
    waiting = {
        code
        for code, one in settlements.items()
        if one.outcome in {v.REVIEW, v.UNKNOWN} and not one.decided_by and n_cells.get(code)
    }
    rows = [
        _row(code, settlements.get(code), n_cells.get(code, 0), pair, decisions.get(code))
        for code in waiting | decisions.keys()
    ]
    return tuple(sorted(rows, key=_to_place))


def _to_place(row: ToDecide) -> tuple[object, ...]:
    return bool(row.decision), -row.n_cells, code_to_sort_key(row.code), row.code


def _row(
    code: str, settlement: Settlement | None, n_cells: int, pair: Pair, decision: Decision | None
) -> ToDecide:
    proposals = settlement.proposals if settlement else ()
    news = [one.new_code for one in proposals if one.new_code]
    others = [one.runner_up for one in proposals if one.runner_up and one.runner_up not in news]
    told = [f"{one}: {pair.new_wordings.get(one, '')}" for one in news]
    told += [f"or perhaps {one}: {pair.new_wordings.get(one, '')}" for one in others]
    together = [" & ".join(news)] if len(news) > 1 else []
    is_known = code in pair.wordings
    nearest = "" if is_known else code_to_nearest(code, pair.wordings)
    choices = (*together, *news, *others, "withdrawn", *([] if is_known else [NOT_A_CODE]))
    return ToDecide(
        code,
        pair.wordings.get(code, f"not in {pair.old}; the nearest code is {nearest or 'none'}"),
        n_cells,
        " & ".join(news) or ("withdrawn" if proposals else ""),
        min((one.confidence for one in proposals), default=float("nan")),
        "\n".join(told),
        "; ".join(dict.fromkeys(one.evidence for one in proposals if one.new_code and one.evidence)),
        _decision_to_text(decision) if decision else "",
        decision.relation if decision else "",
        decision.reviewer if decision else "",
        decision.reason if decision else "",
        tuple(dict.fromkeys(choices)),
    )


def _decision_to_text(decision: Decision) -> str:
    if not decision.is_code:
        return NOT_A_CODE
    return " & ".join(decision.new_codes) or "withdrawn"


def tracker_to_decisions(tracker: Tracker, pair: Pair) -> dict[str, Decision]:
    """Read the answers on a sheet "To decide" that a person filled in.

    Parameters
    ----------
    tracker
        The workbook that holds the sheet.
    pair
        The two versions.

    Returns
    -------
    dict of str to Decision
        By old code; rows without a decision are left out.

    Raises
    ------
    WrongDecisions, Faults
        Every fault of every row, with its cell: a code that the new version lacks, a formula, two answers
        for one code, a wording that is another now, a sheet of another pair.
    """
    sheet, head_row, columns = _decision_sheet(tracker, pair)
    where = f"{tracker.source}, sheet {sheet.name}"
    decisions: dict[str, Decision] = {}
    faults: list[CurriculumError] = []
    for row, cells in sheet.rows.items():
        decision = cells.get(columns[DECISION])
        if row <= head_row or not decision or not decision.text.strip():
            continue
        try:
            own = _row_to_decision(row, cells, columns, where, pair)
            before = decisions.setdefault(own.code, own)
            if before[:3] != own[:3]:
                raise _wrong(
                    f"{where}, row {row}", "a second answer", f"one answer for {own.code}", "another above"
                )
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return decisions


def answers_to_decisions(answers: Mapping[str, str], pair: Pair) -> dict[str, Decision]:
    """Read answers by old code, as a sheet "To decide" has them.

    Raises
    ------
    WrongDecisions, Faults
        If an answer names a code that the new version lacks, or cannot be read.
    """
    decisions: dict[str, Decision] = {}
    faults: list[CurriculumError] = []
    for written, answer in answers.items():
        (code, *others) = text_to_known_codes(written, pair.wordings) or (written,)
        try:
            if others:
                raise _wrong(f"the decision on {written}", "several old codes", "one", "more")
            news, is_code = _text_to_new_codes(answer, f"the decision on {code}", pair)
            decisions[code] = Decision(code, news, is_code=is_code)
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return decisions


def _wrong(where: str, what: str, expected: str, found: str, advice: str = "") -> WrongDecisions:
    advice = advice or "Mend it, save the workbook, and run the command again; nothing has been written."
    return WrongDecisions(what, where=where, expected=expected, found=found, advice=advice)


def _decision_sheet(tracker: Tracker, pair: Pair) -> tuple[Sheet, int, dict[str, int]]:
    """Find the sheet by its headings, and its columns by theirs: both can have been moved."""
    others = []
    for sheet in tracker.sheets:
        for row, cells in list(sheet.rows.items())[:20]:
            heads = {text_to_squashed(cell.text): column for column, cell in cells.items()}
            named = {found["name"]: found["document"] for head in heads if (found := _HEAD.fullmatch(head))}
            if len(named) < 2:
                continue
            others.append(f"{named[OLD_CODE]} to {named[DECISION]}")
            if named == {OLD_CODE: pair.old, DECISION: pair.new}:
                return sheet, row, {head.partition(" (")[0]: column for head, column in heads.items()}
    raise _wrong(
        tracker.source,
        'holds no sheet "To decide" of this pair',
        f"one of {pair.old} to {pair.new}",
        f"one of {', '.join(others)}" if others else "none",
        "Give the workbook that curriculum remap wrote, filled in.",
    )


def _row_to_decision(
    row: int, cells: Mapping[int, Cell], columns: Mapping[str, int], where: str, pair: Pair
) -> Decision:
    texts = {name: text_to_squashed(cells[at].text) for name, at in columns.items() if at in cells}
    place = f"{where}, cell {place_to_name(row, columns[DECISION])}"
    written = texts.get(OLD_CODE, "")
    (code, *others) = text_to_known_codes(written, pair.wordings) or (written,)
    held = pair.wordings.get(code)
    if cells[columns[DECISION]].form == FORMULA:
        raise _wrong(place, "a formula", "codes as text", "a formula")
    if others:
        raise _wrong(place, "an answer for several old codes", "one in its row", f"{len(others) + 1}")
    if not code:
        raise _wrong(place, "an answer without an old code", "a code in its row", "none")
    if held and OLD_WORDING in texts and text_to_key(texts[OLD_WORDING]) != text_to_key(held):
        raise _wrong(place, f"an answer about another wording of {code}", f"“{held[:60]}”", "another wording")
    relation = texts.get(v.RELATION, "")
    if relation and relation not in RELATION_NAMES:
        raise _wrong(place, "an unknown relation", ", ".join(RELATION_NAMES), "another word")
    news, is_code = _text_to_new_codes(texts[DECISION], place, pair)
    return Decision(code, news, relation, texts.get(REVIEWER, ""), texts.get(REASON, ""), is_code)


def _text_to_new_codes(text: str, place: str, pair: Pair) -> tuple[tuple[str, ...], bool]:
    answer = text.casefold().strip(" .")
    if answer in {"withdrawn", NOT_A_CODE}:
        return (), answer != NOT_A_CODE
    codes = text_to_known_codes(text, pair.new_wordings)
    if not codes:
        expected = f"codes of {pair.new}, “withdrawn” or “{NOT_A_CODE}”"
        raise _wrong(place, "an answer that cannot be read", expected, f"{len(text)} other characters")
    strangers = [code for code in codes if code not in pair.new_wordings]
    if strangers:
        nearest = code_to_nearest(strangers[0], pair.new_wordings)
        expected = f"codes of {pair.new}" + (f", such as {nearest}" if nearest else "")
        raise _wrong(place, "a code that the new version lacks", expected, ", ".join(strangers))
    return codes, True
