"""Read the sheet "To decide" and check every row against the two versions; each fault names its cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from curriculum.decisions.decision import Decision
from curriculum.decisions.validation import (
    contradictions,
    decision_to_faults,
    decision_to_kind_faults,
    invalid_decision,
)
from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.model.plain_words import RELATION_WORDS, word_to_relation
from curriculum.model.text import text_to_key, text_to_quoted, text_to_shortened, text_to_squashed
from curriculum.model.version_pair import VersionPair, text_to_known_codes
from curriculum.review.answer_decisions import (
    RELATION_NAMES,
    answer_to_decisions,
    answer_to_unlisted_code,
)
from curriculum.review.answers import Answer, Answers, RevisedRow, UnlistedCode
from curriculum.review.sheet_columns import ANSWERS
from curriculum.review.sheet_layout import (
    EXPORT_AGAIN,
    NO_DEFAULT,
    Default,
    SheetLayout,
    check_columns,
    text_to_day,
    tracker_to_sheet_layout,
)
from curriculum.spreadsheets.tracker import FORMULA, Cell, Tracker, cell_name

__all__ = ["tracker_to_answers"]

_MOST_NAMED: Final = 6
_UNSIGNED: Final = {
    "reviewer": ("decisions without a reviewer", "initials or a role", "--reviewer"),
    "date": ("decisions without a day", "a day such as 2026-11-22", "--date"),
}
_CELL_OF: Final = {"date": "date", "comment": "reason", "reviewer": "reviewer"}
_NO_ANSWER: Final = ("", "", "", "", "")


class _Row(NamedTuple):
    """A row of the sheet: its number, its cells, and their texts, both by the name of the column."""

    number: int
    cells: Mapping[str, Cell]
    texts: Mapping[str, str]


class _Exported(NamedTuple):
    """What the export stored about a row: its link, and its answer as a stored decision and as it was shown.

    The link is None on a row that was not exported.
    """

    link: tuple[str, str] | None
    stored: Answer
    shown: Answer


def tracker_to_answers(
    tracker: Tracker, pair: VersionPair, default: Default = NO_DEFAULT, *, is_kept: bool = False
) -> Answers:
    """Read the answers on a sheet "To decide" that a person filled in.

    Parameters
    ----------
    tracker
        The workbook with the sheet.
    pair
        The two versions.
    default
        The reviewer and the date, where neither the row nor the top of the sheet has them.
    is_kept
        Whether the decisions are to be stored: then each needs a reviewer and a date.

    Returns
    -------
    Answers
        The answers that were added or changed since the sheet was exported.

    Raises
    ------
    InvalidInput, Faults
        With every fault of every row, and its cell: a code that a version lacks, a formula, two answers on
        one row, a wording that is not that of its code, a sheet of another pair.
    """
    layout = tracker_to_sheet_layout(tracker, pair, default)
    check_columns(layout, is_kept)
    reading = _Reading(layout, pair, is_kept)
    for number, cells in layout.sheet.rows.items():
        if number > layout.header_row:
            reading.read(number, cells)
    decisions = reading.decisions
    found = [fault for decision in decisions for fault in decision_to_kind_faults(decision, pair.duties)]
    found += [_no_code_and_more(decision) for decision in decisions if reading.is_about_no_code(decision)]
    faults = [*reading.faults, *reading.unsigned_faults(), *found, *contradictions(decisions)]
    raise_faults(faults)
    return Answers(tuple(decisions), tuple(reading.revised), reading.unlisted)


class _Reading:
    """The rows read so far, and their faults."""

    def __init__(self, layout: SheetLayout, pair: VersionPair, is_kept: bool) -> None:
        self.layout, self.pair, self.is_kept = layout, pair, is_kept
        self.decisions: list[Decision] = []
        self.revised: list[RevisedRow] = []
        self.unlisted: dict[str, UnlistedCode] = {}
        self.faults: list[CurriculumError] = []
        self.unsigned: dict[str, list[int]] = {}
        self._answered: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {}

    def read(self, number: int, cells: Mapping[int, Cell]) -> None:
        """Read a row, if a person answered or changed it."""
        named = {name: cells[at] for name, at in self.layout.columns.items() if at in cells}
        row = _Row(number, named, {name: text_to_squashed(cell.text) for name, cell in named.items()})
        try:
            self._check_formulas(row)
            now, exported = self._row_to_answer(row), self._row_to_exported(row)
            # A reviewer and a date alone are no answer: people fill them down to the last row.
            is_idle = not (now.decision or now.relation or now.reason or exported.stored.decision)
            if now.cells != exported.stored.cells and not is_idle:
                self._add(row, now, exported)
        except CurriculumError as fault:
            self.faults.append(fault)

    def _check_formulas(self, row: _Row) -> None:
        for name in ANSWERS:
            if name in row.cells and row.cells[name].form == FORMULA:
                raise invalid_decision(self.layout.cell(row.number, name), "a formula", "text", "a formula")

    def _row_to_answer(self, row: _Row) -> Answer:
        texts = [row.texts.get(name, "") for name in ANSWERS]
        texts[-1] = text_to_day(texts[-1])
        texts[1] = word_to_relation(texts[1])
        return self._cells_to_answer(texts, row.number)

    def _cells_to_answer(self, cells: Sequence[str], number: int) -> Answer:
        decision, relation, reviewer, reason, date = cells
        return Answer(decision, relation, reviewer, reason, date, self.layout.cell(number, "decision"))

    def _row_to_exported(self, row: _Row) -> _Exported:
        text = row.texts.get("as_exported", "")
        if not text:
            empty = self._cells_to_answer(_NO_ANSWER, row.number)
            return _Exported(None, empty, empty)
        try:
            mark = json.loads(text)
        except (ValueError, RecursionError):
            mark = None
        is_sound = isinstance(mark, list) and len(mark) == 2 + 2 * len(ANSWERS)
        if not is_sound or not all(isinstance(value, str) for value in mark):
            where = self.layout.cell(row.number, "as_exported")
            expected = "what the export wrote"
            raise invalid_decision(where, "was changed by hand", expected, "something else", EXPORT_AGAIN)
        old, new, *cells = mark
        stored, shown = cells[: len(ANSWERS)], cells[len(ANSWERS) :]
        return _Exported(
            (old, new),
            self._cells_to_answer(stored, row.number),
            self._cells_to_answer(shown, row.number),
        )

    def _add(self, row: _Row, now: Answer, exported: _Exported) -> None:
        link = self._row_to_link(row, exported.link)
        self._check_repeated(link, now, row.number)
        made: tuple[Decision, ...] = ()
        if now.decision or not exported.stored.decision:
            self._check_relation(row, now)
            made = self._decide(row, link, self._signed(now, exported.shown))
        # That something is no code is about one file: a stored decision on the code stays.
        if exported.stored.decision and not now.is_no_code:
            self.revised.append(RevisedRow(self.pair, link, exported.stored, made))

    def _decide(self, row: _Row, link: tuple[str, str], answer: Answer) -> tuple[Decision, ...]:
        if link[0] and (link[0] not in self.pair.wordings or answer.is_no_code):
            self.unlisted[link[0]] = answer_to_unlisted_code(answer, self.pair)
            return ()
        proposed = word_to_relation(row.texts.get("proposed", ""))
        made = answer_to_decisions(link, proposed, answer, self.pair)
        self._add_decisions(made, row.number)
        return made

    def is_about_no_code(self, decision: Decision) -> bool:
        """Return whether the answer on another row is that the old code of a decision is no code."""
        unlisted = self.unlisted.get(decision.subject_id.partition(":")[2])
        return unlisted is not None and not unlisted.is_code

    def _check_relation(self, row: _Row, now: Answer) -> None:
        if not now.decision:
            expected = "a decision beside the relation or the reason"
            raise invalid_decision(now.where, "no decision", expected, "an empty cell")
        if now.relation and now.relation not in RELATION_NAMES:
            where = self.layout.cell(row.number, "relation")
            expected = ", ".join(RELATION_WORDS.values())
            raise invalid_decision(where, "an unknown relation", expected, text_to_quoted(now.relation))

    def _signed(self, now: Answer, shown: Answer) -> Answer:
        """Return an answer with its reviewer and date; those of an earlier answer do not sign a new one."""
        default = self.layout.default
        reviewer, date = now.reviewer, now.date
        if now.cells != shown.cells and self._can_sign():
            reviewer = reviewer if reviewer != shown.reviewer else ""
            date = date if date != shown.date else ""
        return now._replace(reviewer=reviewer or default.reviewer, date=date or default.date)

    def _can_sign(self) -> bool:
        """Return whether a changed row gets a signature: always to be stored, else if there is a default."""
        return self.is_kept or bool(self.layout.default.reviewer)

    def _add_decisions(self, made: tuple[Decision, ...], number: int) -> None:
        if self.is_kept:
            for name, value in (("reviewer", made[0].reviewer_label), ("date", made[0].review_date)):
                if not value:
                    self.unsigned.setdefault(name, []).append(number)
            if made[0].reviewer_label and made[0].review_date:
                # All decisions of an answer have the same reviewer, date and reason: checking one is enough.
                raise_faults([self._with_cell(fault, number) for fault in decision_to_faults(made[0])])
        self.decisions += made

    def _with_cell(self, fault: InvalidInput, number: int) -> InvalidInput:
        """Return a fault with the cell of the faulty value, if that is not the decision."""
        name = next((column for word, column in _CELL_OF.items() if word in fault.what), "decision")
        where = self.layout.cell(number, name) if name in self.layout.columns else fault.where
        return invalid_decision(where, fault.what, fault.expected, fault.found, fault.advice)

    def unsigned_faults(self) -> Iterator[CurriculumError]:
        """Yield one fault for all rows without a reviewer, and one for all rows without a date."""
        for name, numbers in self.unsigned.items():
            cells = [cell_name(number, self.layout.columns.get(name, 1)) for number in numbers]
            more = f" and {len(cells) - _MOST_NAMED} more" if len(cells) > _MOST_NAMED else ""
            what, expected, option = _UNSIGNED[name]
            named = ", ".join(cells[:_MOST_NAMED])
            yield invalid_decision(
                f"{self.layout.source}, sheet {self.layout.sheet.name}, {named}{more}",
                what,
                expected,
                "none",
                f"Fill it in at the top of the sheet, or give {option}; nothing has been written.",
            )

    def _check_repeated(self, link: tuple[str, str], now: Answer, number: int) -> None:
        cells, first = self._answered.setdefault(link, (now.cells, number))
        if cells != now.cells:
            codes = " -> ".join(filter(None, link))
            raise invalid_decision(
                now.where, f"a second answer for {codes}", f"one, as in row {first}", "another"
            )

    def _row_to_link(self, row: _Row, exported: tuple[str, str] | None) -> tuple[str, str]:
        """Return the codes of a row, after a check of its wordings and of the link that was exported."""
        old = self._row_to_code(row, "old_code", self.pair.wordings)
        new = self._row_to_code(row, "new_code", self.pair.new_wordings)
        if exported is not None and exported != (old, new):
            where = self.layout.cell(row.number, "new_code" if exported[0] == old else "old_code")
            expected, found = (" -> ".join(filter(None, link)) for link in (exported, (old, new)))
            raise invalid_decision(where, "rows were pasted or sorted in part", expected, found, EXPORT_AGAIN)
        where = self.layout.cell(row.number, "decision")
        if not old and not new:
            raise invalid_decision(
                where, "an answer without a code in its row", "an old or a new code", "none"
            )
        self._check_wording(row, "old_wording", old, self.pair.wordings, self.pair.old)
        self._check_wording(row, "new_wording", new, self.pair.new_wordings, self.pair.new)
        return old, new

    def _row_to_code(self, row: _Row, name: str, known: Mapping[str, str]) -> str:
        written = row.texts.get(name, "")
        (code, *others) = text_to_known_codes(written, known) or (written,)
        if others:
            where = self.layout.cell(row.number, name)
            raise invalid_decision(where, "several codes", "one in each row", f"{len(others) + 1}")
        if name == "new_code" and code and code not in known:
            where = self.layout.cell(row.number, name)
            found = text_to_shortened(code)
            raise invalid_decision(
                where, f"a code that {self.pair.new} lacks", f"a code of {self.pair.new}", found
            )
        return code

    def _check_wording(
        self, row: _Row, name: str, code: str, known: Mapping[str, str], document: str
    ) -> None:
        """Raise if a wording is not that of its code: the row was sorted in part, or exported long ago."""
        expected, found = known.get(code), row.texts.get(name, "")
        if not code and found:
            where = self.layout.cell(row.number, name.replace("wording", "code"))
            raise invalid_decision(
                where, "a wording without its code", f"a code of {document}", "none", EXPORT_AGAIN
            )
        if expected is None or name not in self.layout.columns or text_to_key(expected) == text_to_key(found):
            return
        owner = next((other for other, text in known.items() if text_to_key(text) == text_to_key(found)), "")
        shown = f"that of {owner}" if owner else text_to_quoted(found, 60)
        what = "rows were pasted or sorted in part" if owner else "it was exported before the wording changed"
        raise invalid_decision(
            self.layout.cell(row.number, name),
            f"not the wording of {code} in {document}: {what}",
            f"“{text_to_shortened(expected, 60)}”",
            shown,
            EXPORT_AGAIN,
        )


def _no_code_and_more(decision: Decision) -> InvalidInput:
    what = "an answer about what another row says is no code"
    return invalid_decision(decision.where, what, "one of them", decision.summary())
