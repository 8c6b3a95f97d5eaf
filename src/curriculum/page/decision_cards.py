"""The cards of a page: one for each old code that is to be decided, with both wordings and the candidates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, TypeAlias

from curriculum.crosswalk.bundle import Bundle
from curriculum.model import vocabulary as v
from curriculum.model.plain_words import relation_to_word
from curriculum.model.word_differences import WordRun, texts_to_word_runs
from curriculum.remapping.remap_result import Remapped
from curriculum.review.review_rows import DECIDED, STATES, WAITS, ReviewRow

__all__ = ["number_to_json", "rows_to_cards"]

# Whether a proposal is nearly certain, by its band.
CellNumbers: TypeAlias = Mapping[str, Sequence[int]]
_BANDS: Final = {v.ACCEPT: "no look needed", v.REVIEW: "look at it"}


def rows_to_cards(remapped: Remapped, bundle: Bundle) -> list[dict[str, Any]]:
    """Return a card for each old code on the sheet "To decide", in the order of the sheet."""
    by_code: dict[str, list[ReviewRow]] = {}
    for row in remapped.to_decide:
        by_code.setdefault(row.old_code or f" {row.new_code}", []).append(row)
    candidates = _to_candidates(bundle)
    cells = _to_cells(remapped)
    return [_rows_to_card(rows, remapped, candidates, cells) for rows in by_code.values()]


def _to_cells(remapped: Remapped) -> dict[str, list[int]]:
    """Return the cells of each code as numbers: the same cell has the same number for each of its codes."""
    columns = remapped.audit.columns
    numbers: dict[tuple[str, str], int] = {}
    cells: dict[str, dict[int, None]] = {}
    for code, sheet, cell in zip(*(columns[name] for name in (v.CODE, v.SHEET, v.CELL)), strict=True):
        cells.setdefault(code, {})[numbers.setdefault((sheet, cell), len(numbers))] = None
    return {code: list(found) for code, found in cells.items()}


def _rows_to_card(
    rows: Sequence[ReviewRow],
    remapped: Remapped,
    candidates: Mapping[str, list[tuple[str, float]]],
    cells: CellNumbers,
) -> dict[str, Any]:
    pair, first = remapped.pair, rows[0]
    state = min((row.state for row in rows), key=STATES.index)
    shown = {row.new_code for row in rows}
    others = candidates.get(pair.old_id(first.old_code), []) if first.old_code else []
    return {
        "old_code": first.old_code,
        "old_wording": first.old_wording,
        "n_cells": max(row.n_cells for row in rows),
        "cells": cells.get(first.old_code, []),
        "state": state if len({row.state for row in rows}) == 1 or state != DECIDED else WAITS,
        "rows": [_row_to_facts(row, remapped) for row in rows],
        "candidates": [
            {
                "code": code,
                "wording": pair.new_wordings[code],
                "confidence": number_to_json(confidence),
                "runs": _runs(texts_to_word_runs(first.old_wording, pair.new_wordings[code])[1]),
            }
            for code, confidence in others
            if code in pair.new_wordings and code not in shown
        ],
        "is_unlisted": bool(first.old_code) and first.old_code not in pair.wordings,
    }


def _row_to_facts(row: ReviewRow, remapped: Remapped) -> dict[str, Any]:
    old_runs, new_runs = texts_to_word_runs(row.old_wording, row.new_wording) if row.new_wording else ((), ())
    return {
        "new_code": row.new_code,
        "new_wording": row.new_wording,
        "old_runs": _runs(old_runs),
        "new_runs": _runs(new_runs),
        "proposed": relation_to_word(row.proposed),
        "confidence": number_to_json(row.confidence),
        "band_word": _row_to_band_word(row, remapped),
        "evidence": row.evidence,
        "runner_up": row.runner_up,
        "old_duties": row.old_duties,
        "new_duties": row.new_duties,
        "choices": list(row.choices),
        "decision": row.decision,
        "relation": relation_to_word(row.relation),
        "reviewer": row.reviewer,
        "reason": row.reason,
        "date": row.date,
    }


def _row_to_band_word(row: ReviewRow, remapped: Remapped) -> str:
    outcome = remapped.code_outcomes.get(row.old_code)
    proposals = outcome.proposals if outcome else ()
    settled = {proposal.new_code: proposal.is_settled for proposal in proposals}
    if math.isnan(row.confidence):
        return ""
    return _BANDS[v.ACCEPT if settled.get(row.new_code) else v.REVIEW]


def _runs(runs: Iterable[WordRun]) -> list[list[Any]]:
    return [[run.text, run.is_shared] for run in runs]


def number_to_json(number: float) -> float | None:
    """Return a number with four decimals; JSON has none for a number that is not there.

    Examples
    --------
    >>> number_to_json(0.61234), number_to_json(float("nan"))
    (0.6123, None)
    """
    return None if math.isnan(number) else round(number, 4)


def _to_candidates(bundle: Bundle) -> dict[str, list[tuple[str, float]]]:
    """Return the new codes that come into question for each old statement, the likeliest first."""
    rows = [row for row in bundle.candidates if row[v.SUBJECT_ID].partition(":")[0] == bundle.old]
    return {
        subject: [(row[v.OBJECT_ID].partition(":")[2], row[v.CONFIDENCE]) for row in group]
        for subject, group in groupby(rows, key=lambda row: row[v.SUBJECT_ID])
    }
