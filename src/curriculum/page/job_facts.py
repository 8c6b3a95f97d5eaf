"""What a page shows of a remap: what was found, what became of the codes, and what is covered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from curriculum.crosswalk.bundle import Bundle
from curriculum.model import vocabulary as v
from curriculum.page.bundle_facts import document_row
from curriculum.page.decision_cards import number_to_json, rows_to_cards
from curriculum.page.sentence_codes import layout_to_sentence_codes
from curriculum.remapping.layout import Layout, unread_to_text
from curriculum.remapping.outcomes import OUTCOME_MEANINGS
from curriculum.remapping.remap_files import RemapJob
from curriculum.remapping.remap_result import Remapped
from curriculum.review.review_rows import AGAIN, WAITS
from curriculum.spreadsheets.tracker import column_to_letters
from curriculum.tables.plain_rows import Row

__all__ = ["job_to_facts"]


def job_to_facts(job: RemapJob, bundle: Bundle, *, in_text: bool = False) -> dict[str, Any]:
    """Return the result of a remap as values of JSON; the files are not part of it.

    Unless codes are looked for in sentences (``in_text``), the columns are counted that have such codes.
    """
    remapped = job.remapped
    pair, verdict = remapped.pair, remapped.verdict
    cards = rows_to_cards(remapped, bundle)
    return {
        "pair": {
            "old": pair.old,
            "new": pair.new,
            "old_title": document_row(bundle, pair.old)[v.TITLE],
            "new_title": document_row(bundle, pair.new)[v.TITLE],
        },
        "against": verdict.against,
        "likely": list(verdict.likely),
        "sentences": list(verdict.sentences),
        "is_done": job.is_done,
        "headline": job.headline,
        **_to_headline(remapped),
        "outcomes": _to_outcomes(remapped),
        "layouts": [
            _layout_to_facts(layout, () if in_text else pair.wordings) for layout in remapped.layouts
        ],
        "stale": [*(f"{sentence}." for sentence in remapped.stale), *map(_stale_to_sentence, job.stale)],
        "n_left": remapped.n_left,
        "cells_to_correct": list(job.cells_to_correct),
        "cards": cards,
        "n_waiting": sum(card["state"] in {WAITS, AGAIN} for card in cards),
        "n_cells_waiting": len(
            {cell for card in cards if card["state"] in {WAITS, AGAIN} for cell in card["cells"]}
        ),
        "coverage": _to_coverage(job),
        "learners": _to_learners(job),
    }


def _to_headline(remapped: Remapped) -> dict[str, Any]:
    """Return how many of the codes in the file now name another statement, in a sentence and as numbers."""
    pair = remapped.pair
    codes = [code for code in dict.fromkeys(remapped.audit.columns[v.CODE]) if code in pair.wordings]
    changed = [
        code for code in codes if code in pair.new_wordings and code not in _counterparts(remapped, code)
    ]
    gone = [code for code in codes if code not in pair.new_wordings]
    verb = "means" if len(changed) == 1 else "mean"
    sentence = f"{len(changed)} of the {len(codes)} codes in this file now {verb} something else"
    if len(codes) == 1:
        sentence = f"The one code in this file now means {'something else' if changed else 'the same'}"
    more = f"; {len(gone)} {'is' if len(gone) == 1 else 'are'} not in {pair.new} at all" if gone else ""
    return {"file_headline": f"{sentence}{more}.", "n_codes": len(codes), "n_changed": len(changed)}


def _counterparts(remapped: Remapped, code: str) -> set[str]:
    """Return the new codes of an old one: as they are settled, or as they are proposed."""
    outcome = remapped.code_outcomes.get(code)
    if outcome is None:
        return set()
    return {*outcome.new_codes, *(proposal.new_code for proposal in outcome.proposals)}


def _to_outcomes(remapped: Remapped) -> list[dict[str, Any]]:
    """Return each outcome with its different codes and its cells."""
    codes: dict[str, set[str]] = {}
    cells: dict[str, set[tuple[str, str]]] = {}
    columns = remapped.audit.columns
    names = (v.OUTCOME, v.CODE, v.SHEET, v.CELL)
    for outcome, code, sheet, cell in zip(*(columns[name] for name in names), strict=True):
        codes.setdefault(outcome, set()).add(code)
        cells.setdefault(outcome, set()).add((sheet, cell))
    return [
        {
            "outcome": outcome,
            "n_codes": len(codes[outcome] - {""}),
            "n_cells": len(cells[outcome]),
            "means": OUTCOME_MEANINGS[outcome],
        }
        for outcome in v.OUTCOMES
        if outcome in codes
    ]


def _layout_to_facts(layout: Layout, known: Collection[str]) -> dict[str, Any]:
    matrix = layout.matrix
    return {
        "sheet": layout.sheet.name,
        "is_hidden": layout.sheet.is_hidden,
        "columns": [
            {
                "name": column.name,
                "letter": column_to_letters(column.column),
                "n_cells": len(column.cells),
                "n_codes": sum(map(len, column.cells.values())),
                "is_unsure": not column.gets_columns,
            }
            for column in layout.columns
        ],
        "headers": {
            "row": matrix.header_row,
            "n_columns": len(matrix.headers),
            "n_codes": sum(map(len, matrix.headers.values())),
        }
        if matrix
        else None,
        "skipped": [
            {"name": column.name, "letter": "", "n_cells": column.n_cells, "why": column.why}
            for column in layout.skipped
        ],
        "unread": [f"{unread_to_text(unread, layout.sheet.name)}." for unread in layout.unread],
        "in_sentences": layout_to_sentence_codes(layout, known) if known else [],
        "n_formulas": layout.n_formulas,
    }


def _stale_to_sentence(row: Row) -> str:
    return f"A decision on {row[v.STATEMENT_ID]} was made before its wording changed: look at it again."


def _to_coverage(job: RemapJob) -> dict[str, Any] | None:
    covered = job.coverage
    if covered is None:
        return None
    return {
        "what": covered.what,
        "sentences": list(covered.sentences),
        "groups": _to_json_rows(covered.groups),
        "statements": _to_json_rows(covered.statements),
    }


def _to_learners(job: RemapJob) -> list[dict[str, Any]] | None:
    covered = job.coverage
    return None if covered is None or covered.learners is None else _to_json_rows(covered.learners)


def _to_json_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [
        {name: number_to_json(value) if isinstance(value, float) else value for name, value in row.items()}
        for row in rows
    ]
