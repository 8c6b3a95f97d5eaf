"""The sheet "To decide" read back: every row held against the two versions, all faults with their cells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from curriculum.decisions.decision import Decision
from curriculum.decisions.validation import contradictions, decision_to_faults, mixed, wrong_decision
from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.model.plain_words import RELATION_WORDS, word_to_relation
from curriculum.model.text import text_to_key, text_to_quoted, text_to_shortened, text_to_squashed
from curriculum.model.version_pair import VersionPair, text_to_known_codes
from curriculum.review.answers import (
    RELATION_NAMES,
    Answer,
    Answers,
    RevisedRow,
    UnlistedCode,
    answer_to_decisions,
    answer_to_unlisted_code,
    is_no_code,
)
from curriculum.review.sheet_columns import ANSWERS
from curriculum.review.sheet_layout import (
    EXPORT_ANEW,
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
    "reviewer": ("decisions of nobody", "initials or a role", "--reviewer"),
    "date": ("decisions without a day", "a day such as 2026-11-22", "--date"),
}
_CELL_OF: Final = {"date": "date", "comment": "reason", "reviewer": "reviewer"}
_NO_ANSWER: Final = ("", "", "", "", "")


class _Line(NamedTuple):
    """A row as it was read."""

    row: int
    cells: Mapping[str, Cell]
    texts: Mapping[str, str]


def tracker_to_answers(
    tracker: Tracker, pair: VersionPair, default: Default = NO_DEFAULT, *, is_kept: bool = False
) -> Answers:
    """Read the answers on a sheet "To decide" that a person filled in.

    Parameters
    ----------
    tracker
        The workbook that holds the sheet.
    pair
        The two versions.
    default
        Who decided, and when, where neither the row nor the top of the sheet says.
    is_kept
        Whether the decisions are to be kept: then each says who decided, and when.

    Returns
    -------
    Answers
        What was answered or changed since the sheet was made; rows that were left alone say nothing.

    Raises
    ------
    InvalidInput, Faults
        Every fault of every row, with its cell: a code that a version lacks, a formula, two answers for one
        row, wordings that are not those of the codes, a sheet of another pair.
    """
    place = tracker_to_sheet_layout(tracker, pair, default)
    check_columns(place, is_kept)
    reading = _Reading(place, pair, is_kept)
    for row, cells in place.sheet.rows.items():
        if row > place.header_row:
            reading.read(row, cells)
    found = [fault for one in reading.decisions for fault in mixed(one, pair.duties)]
    found += [_no_code_and_more(one) for one in reading.decisions if reading.is_no_code(one)]
    faults = [*reading.faults, *reading.unsigned_faults(), *found, *contradictions(reading.decisions)]
    raise_faults(faults)
    return Answers(tuple(reading.decisions), tuple(reading.revised), reading.unlisted)


class _Reading:
    """The rows read so far, and what was wrong with them."""

    def __init__(self, place: SheetLayout, pair: VersionPair, is_kept: bool) -> None:
        self.place, self.pair, self.is_kept = place, pair, is_kept
        self.decisions: list[Decision] = []
        self.revised: list[RevisedRow] = []
        self.unlisted: dict[str, UnlistedCode] = {}
        self.faults: list[CurriculumError] = []
        self.unsigned: dict[str, list[int]] = {}
        self._answered: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {}

    def read(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Read a row, if a person answered or changed it."""
        own = {name: cells[at] for name, at in self.place.columns.items() if at in cells}
        line = _Line(row, own, {name: text_to_squashed(cell.text) for name, cell in own.items()})
        try:
            self._refuse_formulas(line)
            now, (link, before, shown) = self._answer(line), self._mark(line)
            # Who and when decide nothing alone: people fill them down to the last row.
            is_idle = not (now.decision or now.relation or now.reason or before.decision)
            if now.cells != before.cells and not is_idle:
                self._take(line, link, now, before, shown)
        except CurriculumError as fault:
            self.faults.append(fault)

    def _refuse_formulas(self, line: _Line) -> None:
        for name in ANSWERS:
            if name in line.cells and line.cells[name].form == FORMULA:
                raise wrong_decision(self.place.cell(line.row, name), "a formula", "text", "a formula")

    def _answer(self, line: _Line) -> Answer:
        texts = [line.texts.get(name, "") for name in ANSWERS]
        texts[-1] = text_to_day(texts[-1])
        texts[1] = word_to_relation(texts[1])
        return self._cells_to_answer(texts, line.row)

    def _cells_to_answer(self, cells: Sequence[str], row: int) -> Answer:
        decision, relation, reviewer, reason, date = cells
        return Answer(decision, relation, reviewer, reason, date, self.place.cell(row, "decision"))

    def _mark(self, line: _Line) -> tuple[tuple[str, str] | None, Answer, Answer]:
        """Return whose row it was when the sheet was made, what was kept of it then, and what it showed."""
        text = line.texts.get("as_exported", "")
        none = self._cells_to_answer(_NO_ANSWER, line.row)
        if not text:
            return None, none, none
        try:
            held = json.loads(text)
        except (ValueError, RecursionError):
            held = None
        is_sound = isinstance(held, list) and len(held) == 2 + 2 * len(ANSWERS)
        if not is_sound or not all(isinstance(one, str) for one in held):
            where = self.place.cell(line.row, "as_exported")
            expected = "what the export wrote"
            raise wrong_decision(where, "was changed by hand", expected, "something else", EXPORT_ANEW)
        old, new, *cells = held
        kept, shown = cells[: len(ANSWERS)], cells[len(ANSWERS) :]
        return (old, new), self._cells_to_answer(kept, line.row), self._cells_to_answer(shown, line.row)

    def _take(
        self, line: _Line, mark: tuple[str, str] | None, now: Answer, before: Answer, shown: Answer
    ) -> None:
        link = self._link(line, mark)
        self._refuse_second(link, now, line.row)
        made: tuple[Decision, ...] = ()
        if now.decision or not before.decision:
            self._check_relation(line, now)
            made = self._decide(line, link, self._signed(now, shown))
        # That something is no code holds for one file: what is kept of the code stays.
        if before.decision and not is_no_code(now):
            self.revised.append(RevisedRow(self.pair, link, before, made))

    def _decide(self, line: _Line, link: tuple[str, str], answer: Answer) -> tuple[Decision, ...]:
        if link[0] and (link[0] not in self.pair.wordings or is_no_code(answer)):
            self.unlisted[link[0]] = answer_to_unlisted_code(answer, self.pair)
            return ()
        proposed = word_to_relation(line.texts.get("proposed", ""))
        made = answer_to_decisions(link, proposed, answer, self.pair)
        self._keep(made, line.row)
        return made

    def is_no_code(self, one: Decision) -> bool:
        """Return whether a decision is about something that another row says is no code."""
        said = self.unlisted.get(one.subject_id.partition(":")[2])
        return said is not None and not said.is_code

    def _check_relation(self, line: _Line, now: Answer) -> None:
        if not now.decision:
            expected = "a decision beside the relation or the reason"
            raise wrong_decision(now.where, "no decision", expected, "an empty cell")
        if now.relation and now.relation not in RELATION_NAMES:
            where = self.place.cell(line.row, "relation")
            expected = ", ".join(RELATION_WORDS.values())
            raise wrong_decision(where, "an unknown relation", expected, text_to_quoted(now.relation))

    def _signed(self, now: Answer, shown: Answer) -> Answer:
        """Say who decided, and when; what stands there from an earlier answer says nothing of a new one."""
        default = self.place.default
        reviewer, date = now.reviewer, now.date
        if now.cells != shown.cells and self._can_sign():
            reviewer = reviewer if reviewer != shown.reviewer else ""
            date = date if date != shown.date else ""
        return now._replace(reviewer=reviewer or default.reviewer, date=date or default.date)

    def _can_sign(self) -> bool:
        """Return whether a changed row can be signed: always to be stored, else where somebody signs."""
        return self.is_kept or bool(self.place.default.reviewer)

    def _keep(self, made: tuple[Decision, ...], row: int) -> None:
        if self.is_kept:
            for name, value in (("reviewer", made[0].reviewer_label), ("date", made[0].review_date)):
                if not value:
                    self.unsigned.setdefault(name, []).append(row)
            if made[0].reviewer_label and made[0].review_date:
                # All that an answer makes shares who, when and why: the first tells of all.
                raise_faults([self._with_cell(one, row) for one in decision_to_faults(made[0])])
        self.decisions += made

    def _with_cell(self, fault: InvalidInput, row: int) -> InvalidInput:
        """Name the cell of what is wrong, where that is not the decision itself."""
        name = next((own for word, own in _CELL_OF.items() if word in fault.what), "decision")
        where = self.place.cell(row, name) if name in self.place.columns else fault.where
        return wrong_decision(where, fault.what, fault.expected, fault.found, fault.advice)

    def unsigned_faults(self) -> Iterator[CurriculumError]:
        """Tell once, and not for each row, that nobody signed, or on no day."""
        for name, rows in self.unsigned.items():
            cells = [cell_name(row, self.place.columns.get(name, 1)) for row in rows]
            more = f" and {len(cells) - _MOST_NAMED} more" if len(cells) > _MOST_NAMED else ""
            what, expected, option = _UNSIGNED[name]
            yield wrong_decision(
                f"{self.place.source}, sheet {self.place.sheet.name}, {', '.join(cells[:_MOST_NAMED])}{more}",
                what,
                expected,
                "none",
                f"Fill it in at the top of the sheet, or give {option}; nothing has been written.",
            )

    def _refuse_second(self, link: tuple[str, str], now: Answer, row: int) -> None:
        cells, first = self._answered.setdefault(link, (now.cells, row))
        if cells != now.cells:
            told = " -> ".join(filter(None, link))
            raise wrong_decision(
                now.where, f"a second answer for {told}", f"one, as in row {first}", "another"
            )

    def _link(self, line: _Line, mark: tuple[str, str] | None) -> tuple[str, str]:
        """Return the codes of a row, once its wordings are theirs and it is the row that it was."""
        old = self._code(line, "old_code", self.pair.wordings)
        new = self._code(line, "new_code", self.pair.new_wordings)
        if mark is not None and mark != (old, new):
            where = self.place.cell(line.row, "new_code" if mark[0] == old else "old_code")
            expected, found = (" -> ".join(filter(None, link)) for link in (mark, (old, new)))
            raise wrong_decision(where, "rows were pasted or sorted in part", expected, found, EXPORT_ANEW)
        where = self.place.cell(line.row, "decision")
        if not old and not new:
            raise wrong_decision(where, "an answer without a code in its row", "an old or a new code", "none")
        self._check_wording(line, "old_wording", old, self.pair.wordings, self.pair.old)
        self._check_wording(line, "new_wording", new, self.pair.new_wordings, self.pair.new)
        return old, new

    def _code(self, line: _Line, name: str, known: Mapping[str, str]) -> str:
        written = line.texts.get(name, "")
        (code, *others) = text_to_known_codes(written, known) or (written,)
        if others:
            where = self.place.cell(line.row, name)
            raise wrong_decision(where, "several codes", "one in each row", f"{len(others) + 1}")
        if name == "new_code" and code and code not in known:
            where = self.place.cell(line.row, name)
            found = text_to_shortened(code)
            raise wrong_decision(
                where, f"a code that {self.pair.new} lacks", f"a code of {self.pair.new}", found
            )
        return code

    def _check_wording(
        self, line: _Line, name: str, code: str, known: Mapping[str, str], document: str
    ) -> None:
        """Refuse a row whose wording is another's: it was pasted or sorted in part, or exported long ago."""
        held, found = known.get(code), line.texts.get(name, "")
        if not code and found:
            where = self.place.cell(line.row, name.replace("wording", "code"))
            raise wrong_decision(
                where, "a wording without its code", f"a code of {document}", "none", EXPORT_ANEW
            )
        if held is None or name not in self.place.columns or text_to_key(held) == text_to_key(found):
            return
        owner = next((one for one, text in known.items() if text_to_key(text) == text_to_key(found)), "")
        told = f"that of {owner}" if owner else text_to_quoted(found, 60)
        what = "rows were pasted or sorted in part" if owner else "it was exported before the wording changed"
        raise wrong_decision(
            self.place.cell(line.row, name),
            f"not the wording of {code} in {document}: {what}",
            f"“{text_to_shortened(held, 60)}”",
            told,
            EXPORT_ANEW,
        )


def _no_code_and_more(one: Decision) -> InvalidInput:
    told = "an answer about what another row says is no code"
    return wrong_decision(one.where, told, "one of them", one.told())
