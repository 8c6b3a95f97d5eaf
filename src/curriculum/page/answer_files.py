"""Answers given in a page, as the files that the command line reads, and back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.bundle_decisions import bundle_with_decisions
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.decisions.decision_files import decisions_to_csv, is_decisions_file, path_to_decisions
from curriculum.decisions.validation import decision_to_faults
from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.model.plain_words import relation_to_word, word_to_relation
from curriculum.model.text import text_to_squashed
from curriculum.model.version_pair import VersionPair, text_to_known_codes
from curriculum.page.answer_rows import PageAnswer, answers_to_found, answers_to_rows, bundle_to_pair
from curriculum.review.answer_decisions import decisions_with_answers
from curriculum.review.sheet_columns import ANSWERS, TO_DECIDE
from curriculum.review.sheet_layout import NO_DEFAULT, SheetLayout, text_to_day, tracker_to_sheet_layout
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.review.sheet_writer import FONT_SIZE, TITLE_SIZE, add_to_decide
from curriculum.spreadsheets.checked_workbook import CheckedBook
from curriculum.spreadsheets.report_style import AUTHOR, CREATED, book_to_formats
from curriculum.spreadsheets.tracker import Cell
from curriculum.spreadsheets.tracker_files import path_to_tracker

__all__ = ["answers_to_csv", "answers_to_workbook", "file_to_answers"]

_ABOUT: Final = "Answers that were given in the page. curriculum remap reads them with --decisions."
_NO_CELLS: Final = ("",) * len(ANSWERS)


def answers_to_workbook(answers: Sequence[PageAnswer], bundle: Bundle) -> bytes:
    """Return answers as a workbook with the sheet "To decide", which `curriculum remap` reads.

    The same answers give the same bytes.

    Raises
    ------
    InvalidInput, Faults
        If there are no answers, or answers that cannot be used.
    """
    _refuse_none(answers)
    answers_to_found(answers, bundle)
    pair = bundle_to_pair(bundle)
    buffer = io.BytesIO()
    with CheckedBook(buffer) as book:
        book.set_properties({"title": TO_DECIDE, "author": AUTHOR, "created": CREATED})
        lines = (f"{TO_DECIDE}: {pair.old} to {pair.new}", _ABOUT)
        formats = book_to_formats(book, FONT_SIZE, TITLE_SIZE)
        add_to_decide(book.add_worksheet(TO_DECIDE), lines, answers_to_rows(answers, bundle), pair, formats)
    return buffer.getvalue()


def answers_to_csv(answers: Sequence[PageAnswer], bundle: Bundle) -> bytes:
    """Return the decisions of a bundle and those that the answers make, as CSV.

    Raises
    ------
    InvalidInput, Faults
        If there are no answers, or answers that cannot be kept: without a reviewer or a date, or for one
        file alone.
    """
    _refuse_none(answers)
    found = answers_to_found(answers, bundle)
    faults: list[CurriculumError] = [_for_one_file(code) for code in found.unlisted]
    faults += [fault for decision in found.decisions for fault in decision_to_faults(decision)]
    raise_faults(faults)
    return decisions_to_csv(decisions_with_answers(bundle.decisions, found))


def _refuse_none(answers: Sequence[PageAnswer]) -> None:
    if not answers:
        raise InvalidInput("there are no answers to save", where="your answers", advice="Answer first.")


def _for_one_file(code: str) -> InvalidInput:
    return InvalidInput(
        "it holds for this file alone, so that it has no place in a CSV of decisions",
        where=f"the answer on {code}",
        expected="new codes, or withdrawn, for a code of the old version",
        advice="Save the answers as a workbook, which keeps all of them.",
    )


def file_to_answers(path: Path, bundle: Bundle) -> tuple[PageAnswer, ...]:
    """Read answers from a workbook with the sheet "To decide", or from a file of decisions.

    Raises
    ------
    CurriculumError
        If it cannot be read, or with every fault of every row, in the words of the command line.
    """
    if is_decisions_file(path):
        decisions, faults = path_to_decisions(path)
        checked = bundle_with_decisions(bundle, decisions, faults).decisions
        stored = {decision[:-1] for decision in bundle.decisions}
        of_pair = decisions_of_pair(checked, bundle.old, bundle.new)
        return tuple(_decision_to_answer(decision) for decision in of_pair if decision[:-1] not in stored)
    tracker, pair = path_to_tracker(path), bundle_to_pair(bundle)
    tracker_to_answers(tracker, pair)
    layout = tracker_to_sheet_layout(tracker, pair, NO_DEFAULT)
    return tuple(_layout_to_answers(layout, pair))


def _decision_to_answer(decision: Decision) -> PageAnswer:
    old, new = (
        name.partition(":")[2] if name.startswith(f"{source}:") else ""
        for name, source in zip(decision.link, decision.pair, strict=True)
    )
    relation = relation_to_word(decision.predicate_id)
    signed = (decision.reviewer_label, decision.comment, decision.review_date)
    return PageAnswer(old, new, decision.decision, relation, *signed)


def _layout_to_answers(layout: SheetLayout, pair: VersionPair) -> Iterator[PageAnswer]:
    """Yield the rows of a sheet that were answered or changed since it was exported."""
    for number, cells in layout.sheet.rows.items():
        if number <= layout.header_row:
            continue
        texts = _cells_to_texts(cells, layout)
        now, (stored, shown) = _texts_to_cells(texts), _mark_to_cells(texts["as_exported"])
        is_idle = not (now[0] or now[1] or now[3] or stored[0])
        if now != stored and not is_idle:
            old = _to_code(texts["old_code"], pair.wordings)
            new = _to_code(texts["new_code"], pair.new_wordings)
            decision, relation, reviewer, reason, date = _signed(now, shown, layout)
            yield PageAnswer(old, new, decision, relation_to_word(relation), reviewer, reason, date)


def _cells_to_texts(cells: Mapping[int, Cell], layout: SheetLayout) -> dict[str, str]:
    named = {name: cells[at].text if at in cells else "" for name, at in layout.columns.items()}
    return {"as_exported": "", **{name: text_to_squashed(text) for name, text in named.items()}}


def _texts_to_cells(texts: Mapping[str, str]) -> tuple[str, ...]:
    decision, relation, reviewer, reason, date = (texts.get(name, "") for name in ANSWERS)
    return decision, word_to_relation(relation), reviewer, reason, text_to_day(date)


def _mark_to_cells(mark: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stored answer of an exported row, and the answer that it showed; the sheet was checked."""
    if not mark:
        return _NO_CELLS, _NO_CELLS
    _, _, *cells = json.loads(mark)
    return tuple(cells[: len(ANSWERS)]), tuple(cells[len(ANSWERS) :])


def _signed(now: tuple[str, ...], shown: tuple[str, ...], layout: SheetLayout) -> tuple[str, ...]:
    """Return an answer with the reviewer and the date at the top of the sheet, where the row has none.

    Those of an earlier answer do not sign a new one, as when the sheet itself is read.
    """
    decision, relation, reviewer, reason, date = now
    if now != shown and layout.default.reviewer:
        reviewer = reviewer if reviewer != shown[2] else ""
        date = date if date != shown[4] else ""
    if decision:
        reviewer, date = reviewer or layout.default.reviewer, date or layout.default.date
    return decision, relation, reviewer, reason, date


def _to_code(written: str, known: Mapping[str, str]) -> str:
    return next(iter(text_to_known_codes(written, known)), written)
