"""Answers given in a page, as rows of the sheet "To decide": so they pass the same checks as on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from curriculum.crosswalk.bundle import Bundle
from curriculum.decisions.applied_decisions import rows_with_decisions
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.errors import CurriculumError, Faults, InvalidInput, raise_faults
from curriculum.model import vocabulary as v
from curriculum.model.plain_words import relation_to_word, word_to_relation
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.remapped import pair_to_statements
from curriculum.review.answers import Answers
from curriculum.review.review_rows import ReviewRow, crosswalks_to_rows, row_to_mark, unlisted_to_row
from curriculum.review.sheet_columns import ANSWERS, COLUMNS, PAIR_COLUMNS, TO_DECIDE
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.spreadsheets.tracker import Cell, Sheet, Tracker
from curriculum.tables.version_pair_rows import rows_to_version_pair

__all__ = ["PageAnswer", "answers_to_found", "answers_to_rows", "bundle_to_pair", "dicts_to_answers"]

_SOURCE: Final = "your answers"
_CELL: Final = re.compile(rf"{_SOURCE}, sheet {TO_DECIDE}, cell [A-Z]+(\d+)")
_HEADER_ROW: Final = 1
# What the reader of the sheet compares with the versions, and what a person fills in.
_READ: Final = (*PAIR_COLUMNS, "old_wording", "new_wording", "proposed", *ANSWERS, "as_exported")
_NO_CELLS: Final = ("",) * len(ANSWERS)
# There is no command in a page.
_ADVICE: Final = ("Correct it, and run the command again", "Correct it")


class PageAnswer(NamedTuple):
    """An answer, as a row of the sheet "To decide" has it; without a decision, a stored one is taken back."""

    old_code: str = ""
    new_code: str = ""
    decision: str = ""
    relation: str = ""
    reviewer: str = ""
    reason: str = ""
    date: str = ""

    @property
    def link(self) -> tuple[str, str]:
        """The old and the new code of the row."""
        return self.old_code, self.new_code


def dicts_to_answers(given: object) -> tuple[PageAnswer, ...]:
    """Return the answers that a page sends.

    Raises
    ------
    InvalidInput
        If they are no answers.

    Examples
    --------
    >>> dicts_to_answers([{"old_code": "K9", "new_code": "K4", "decision": "accept"}])[0].link
    ('K9', 'K4')
    """
    rows: list[Any] = given if isinstance(given, list) else [None]
    if not all(map(_is_answer, rows)):
        raise InvalidInput(
            "answers that cannot be read",
            where=_SOURCE,
            expected=f"for each row the texts {', '.join(PageAnswer._fields)}",
            found="something else",
            advice="Delete them in the page, and answer again.",
        )
    return tuple(PageAnswer(**row) for row in rows)


def _is_answer(row: object) -> bool:
    return isinstance(row, dict) and all(
        name in PageAnswer._fields and isinstance(value, str) for name, value in row.items()
    )


def bundle_to_pair(bundle: Bundle) -> VersionPair:
    """Return the two versions of a bundle."""
    return rows_to_version_pair(bundle.tables, bundle.old, bundle.new)


def answers_to_rows(answers: Iterable[PageAnswer], bundle: Bundle) -> tuple[ReviewRow, ...]:
    """Return the rows of the sheet "To decide" that the answers are about, filled in."""
    pair = bundle_to_pair(bundle)
    known = _bundle_to_rows(bundle, pair)
    return tuple(_filled(known.get(answer.link) or _new_row(answer, pair), answer) for answer in answers)


def _bundle_to_rows(bundle: Bundle, pair: VersionPair) -> dict[tuple[str, str], ReviewRow]:
    """Return the row of each link that is proposed or decided, by its codes."""
    of_pair = decisions_of_pair(bundle.decisions, pair.old, pair.new)
    statements = pair_to_statements(pair)
    decided = rows_with_decisions(bundle.links, of_pair, statements, pair.old) if of_pair else bundle.links
    rows = crosswalks_to_rows(bundle.links, decided, bundle.decisions, pair, candidates=bundle.candidates)
    return {(row.old_code, row.new_code): row for row in rows}


def _new_row(answer: PageAnswer, pair: VersionPair) -> ReviewRow:
    """Return the row of a link that is not proposed, or of a code that the old version lacks."""
    if answer.old_code and answer.old_code not in pair.wordings:
        return unlisted_to_row(answer.old_code, pair, None, 0)
    return ReviewRow(
        old_code=answer.old_code,
        old_wording=pair.wordings.get(answer.old_code, ""),
        new_code=answer.new_code,
        new_wording=pair.new_wordings.get(answer.new_code, ""),
        proposed=v.NOTHING_PROPOSED,
        as_exported=row_to_mark(answer.link, _NO_CELLS, _NO_CELLS),
        choices=(v.ADD_LINK, v.REJECT) if all(answer.link) else (v.WITHDRAWN,),
    )


def _filled(row: ReviewRow, answer: PageAnswer) -> ReviewRow:
    return row._replace(
        decision=answer.decision,
        relation=word_to_relation(answer.relation),
        reviewer=answer.reviewer,
        reason=answer.reason,
        date=answer.date,
    )


def answers_to_found(answers: Sequence[PageAnswer], bundle: Bundle) -> Answers:
    """Return what the answers decide, after the checks of the sheet "To decide".

    Raises
    ------
    InvalidInput, Faults
        With every fault of every answer, and the codes that it is about.
    """
    pair, rows = bundle_to_pair(bundle), answers_to_rows(answers, bundle)
    labels = {str(at): _to_label(row) for at, row in enumerate(rows, start=_HEADER_ROW + 1)}
    try:
        found = tracker_to_answers(_rows_to_tracker(rows, pair), pair)
    except CurriculumError as fault:
        faults = fault.faults if isinstance(fault, Faults) else (fault,)
        raise_faults([_renamed(found_fault, labels) for found_fault in faults])
        raise
    decisions = [_with_label(decision, labels) for decision in found.decisions]
    revised = [
        row._replace(
            before=row.before._replace(where=_to_named(row.before.where, labels)),
            made=tuple(_with_label(decision, labels) for decision in row.made),
        )
        for row in found.revised
    ]
    return Answers(tuple(decisions), tuple(revised), found.unlisted)


def _to_label(row: ReviewRow) -> str:
    return f"the answer on {' -> '.join(filter(None, (row.old_code, row.new_code)))}"


def _to_named(where: str, labels: Mapping[str, str]) -> str:
    """Return a place in words of the page: it shows no cells of the sheet."""
    return _CELL.sub(lambda found: labels[found[1]], where)


def _with_label(decision: Decision, labels: Mapping[str, str]) -> Decision:
    return decision._replace(where=_to_named(decision.where, labels))


def _renamed(fault: CurriculumError, labels: Mapping[str, str]) -> CurriculumError:
    """Return a fault whose place is named in words of the page."""
    where, found = (_to_named(text, labels) for text in (fault.where, fault.found))
    advice = fault.advice.replace(*_ADVICE)
    return type(fault)(fault.what, where=where, expected=fault.expected, found=found, advice=advice)


def _rows_to_tracker(rows: Sequence[ReviewRow], pair: VersionPair) -> Tracker:
    """Return rows as the sheet that its reader reads."""
    versions = dict(zip(PAIR_COLUMNS, (pair.old, pair.new), strict=True))
    headers = [
        f"{COLUMNS[name].header} ({versions[name]})" if name in versions else COLUMNS[name].header
        for name in _READ
    ]
    texts = [headers, *([_row_to_text(row, name) for name in _READ] for row in rows)]
    cells = {
        number: {at: Cell(text) for at, text in enumerate(line, start=1) if text}
        for number, line in enumerate(texts, start=_HEADER_ROW)
    }
    return Tracker(_SOURCE, "workbook", (Sheet(TO_DECIDE, cells, len(_READ)),), b"")


def _row_to_text(row: ReviewRow, name: str) -> str:
    text = str(getattr(row, name))
    return relation_to_word(text) if COLUMNS[name].is_relation else text
