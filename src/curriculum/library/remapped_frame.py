"""Remap a DataFrame, by the same rules as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_pair
from curriculum.errors import InvalidInput
from curriculum.html.summaries import lines_to_html
from curriculum.library.coverage_object import Coverage, coverage_to_frames
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.counted_cells import COUNTED_COLUMNS
from curriculum.remapping.evidence import EVIDENCE_COLUMNS, LINK_COLUMNS, Evidence, code_outcomes_to_links
from curriculum.remapping.options import Options
from curriculum.remapping.remap_files import refuse_nothing
from curriculum.remapping.remap_result import Remapped, outcomes_to_sentence
from curriculum.remapping.remapped import remap_tracker
from curriculum.remapping.tracker_coverage import remapped_to_coverage
from curriculum.review.answer_decisions import texts_to_answers
from curriculum.review.answers import Answers
from curriculum.spreadsheets.rich_text import text_with_replacements
from curriculum.spreadsheets.tracker import DATE, NUMBER, OTHER, TEXT, Cell, Edits, Sheet, Tracker
from curriculum.tables.carrier import Tables
from curriculum.tables.frame_rows import frame_to_rows, rows_to_plain_frame, tables_to_rows
from curriculum.tables.known_ids import check_known, codes_to_runs

__all__ = ["RemappedFrame", "decisions_to_answers", "refuse_stray", "remap_frame"]

_TO_DECIDE: Final = (
    *("old_code", "old_wording", "n_cells", "new_code", "new_wording", "proposed", "confidence", "evidence"),
    *("runner_up", "decision"),
)


@dataclass(frozen=True, repr=False, eq=False)
class RemappedFrame:
    """A frame that was remapped; the frame that was given is not changed.

    Attributes
    ----------
    frame
        The frame with its new columns, or with its cells rewritten.
    audit
        A row for each code that was found: ``sheet`` (empty), ``cell``, ``as_written``, ``code``,
        ``outcome``, ``new_codes``, ``relation``, ``confidence``, ``decided_by``. A cell is named as in a
        spreadsheet whose first row has the names of the columns.
    to_decide
        A row for each proposal that needs a decision, or has one: ``old_code``, ``old_wording``,
        ``n_cells``, ``new_code``, ``new_wording``, ``proposed``, ``confidence``, ``evidence``,
        ``runner_up``, ``decision``.
    evidence
        The cells with evidence, for `coverage`: ``learner``, ``subject_id``, ``n_cells``.
    links
        The links with ``is_settled``, for `coverage`.
    counted
        Which cells counted as evidence and which did not: ``sheet`` (empty), ``column``, ``n_cells``,
        ``counted`` (`yes` or `no`), ``why``.
    coverage
        What the evidence covers of both versions; None if there is no evidence, or if the crosswalk was
        given as a DataFrame, as it has no themes and duties.
    against
        Why the frame looks like another version; empty if it looks like the old version.
    is_done
        Whether the frame has the new codes already, so that it was returned as it is.
    source
        How a message names the frame.
    """

    frame: pd.DataFrame
    audit: pd.DataFrame
    to_decide: pd.DataFrame
    evidence: pd.DataFrame
    links: pd.DataFrame
    counted: pd.DataFrame
    coverage: Coverage | None = None
    against: str = ""
    is_done: bool = False
    source: str = "the frame"

    def _lines(self) -> list[str]:
        sentences = self.coverage.sentences if self.coverage else ()
        done = "It has the new codes already: nothing was changed." if self.is_done else ""
        return [
            f"A frame of {len(self.frame)} {'row' if len(self.frame) == 1 else 'rows'}",
            *filter(None, [self.against, done]),
            outcomes_to_sentence(self.audit[v.OUTCOME].tolist()),
            f"To decide: {len(self.to_decide)}",
            *sentences,
        ]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


def remap_frame(
    frame: pd.DataFrame,
    crosswalk: pd.DataFrame,
    options: Options | None = None,
    *,
    decisions: Mapping[str, str] | None = None,
    tables: Tables | None = None,
) -> RemappedFrame:
    """Remap the codes of a frame.

    Parameters
    ----------
    frame
        A tracker: columns with lists of codes, or columns of marks whose names are codes.
    crosswalk
        The rows of one pair of versions, from `select_pair` or `link_documents`.
    options
        The columns and rows to remap, how to write, and what counts as evidence. ``sheets`` and ``date``
        have no effect on a frame; ``option`` has none without ``tables``.
    decisions
        Decisions by old code: new codes, or "withdrawn".
    tables
        The tables of both versions, with which the coverage is counted and the version is checked.

    Returns
    -------
    RemappedFrame
        The frame that was given is not changed. If it has the new codes already, it is returned as it is.

    Raises
    ------
    InvalidTable
        If the crosswalk has no row, or rows of several pairs.
    NotFound, InvalidInput
        If there is no code to remap; if the options name a column that the frame lacks, or if a decision has
        a new code that the new version lacks, or an old code that neither the old version nor the frame has.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk
    >>> from curriculum.crosswalk.stored_crosswalk import select_pair
    >>> crosswalk = read_crosswalk(Path("data/processed"))
    >>> pair = select_pair(crosswalk, "st0792-1.0", "st0792-1.2")
    >>> tracker = pd.DataFrame({"Session": ["Crew lists", "Risk"], "KSBs": ["K2, K3", "K13 and S12"]})
    >>> remapped = remap_frame(tracker, pair, decisions={"S12": "withdrawn"})
    >>> remapped.frame[["KSBs", "KSBs (st0792-1.2)", "outcome"]]
              KSBs KSBs (st0792-1.2)    outcome
    0       K2, K3           K4, K10   replaced
    1  K13 and S12               K11  withdrawn
    """
    options = options or Options()
    where = {name: tuple(map(str, values)) for name, values in options.where.items()}
    options = replace(options, sheets=(), where=where)
    answers = decisions_to_answers(decisions or {}, crosswalk)
    sheet = _frame_to_sheet(frame)
    tracker = Tracker("the frame", "frame", (sheet,), b"")
    pair = _crosswalk_to_versions(crosswalk)
    rows = None if tables is None else tables_to_rows(tables)
    remapped = remap_tracker(tracker, rows, frame_to_rows(crosswalk), pair, options=options, answers=answers)
    refuse_stray(answers, remapped)
    _refuse_nothing(frame, remapped, options)
    result = _remapped_to_frames(frame, sheet, remapped)
    if rows is None:
        return result
    covered = remapped_to_coverage(remapped, rows, options, ())
    return replace(
        result,
        coverage=coverage_to_frames(covered) if covered else None,
        against=remapped.verdict.against,
    )


def _refuse_nothing(frame: pd.DataFrame, remapped: Remapped, options: Options) -> None:
    """Refuse a frame in which no code was found; codes or learners in the index are not read."""
    has_index = any(name is not None for name in frame.index.names)
    refuse_nothing(
        "the frame, whose index is not read (frame.reset_index())" if has_index else "the frame",
        remapped,
        options,
    )


def decisions_to_answers(decisions: Mapping[str, str], crosswalk: pd.DataFrame) -> Answers:
    """Return decisions by old code as the answers of a person.

    Parameters
    ----------
    decisions
        New codes, or "withdrawn", by old code.
    crosswalk
        The rows of one pair of versions.

    Raises
    ------
    InvalidInput
        If a decision is no text, or has a new code that the new version lacks.
    """
    for code, decision in decisions.items():
        if not isinstance(code, str) or not isinstance(decision, str):
            raise InvalidInput(
                "not a decision",
                where=f"{code!r}: {decision!r}"[:60],
                expected="an old code and, as text, its new codes or “withdrawn”: {'K9': 'K12'}",
            )
    return texts_to_answers(decisions, _linked_codes(crosswalk), _crosswalk_to_versions(crosswalk))


def refuse_stray(answers: Answers, remapped: Remapped) -> None:
    """Refuse decisions on old codes that do not occur, as they would have no effect.

    Raises
    ------
    InvalidInput
        If an old code is neither one of the old version nor one that was found.
    """
    pair = remapped.pair
    known = [*pair.wordings, *remapped.audit.columns[v.CODE]]
    expected = f"a code of {pair.old} ({codes_to_runs(pair.wordings)}), or one that the tracker has"
    check_known(answers.unlisted, known, "old code to decide on", InvalidInput, expected)


def _linked_codes(crosswalk: pd.DataFrame) -> dict[str, list[str]]:
    """Return the new codes that are linked to each old one."""
    linked = crosswalk[(crosswalk[[v.SUBJECT_ID, v.OBJECT_ID]] != v.NO_TERM_FOUND).all(axis="columns")]
    codes: dict[str, list[str]] = {}
    for old, new in zip(linked[v.SUBJECT_ID], linked[v.OBJECT_ID], strict=True):
        codes.setdefault(old.partition(":")[2], []).append(new.partition(":")[2])
    return codes


def _crosswalk_to_versions(crosswalk: pd.DataFrame) -> VersionPair:
    old, new = crosswalk_to_pair(crosswalk)
    return VersionPair(
        old,
        new,
        _wordings(crosswalk, v.SUBJECT_ID, v.SUBJECT_LABEL),
        _wordings(crosswalk, v.OBJECT_ID, v.OBJECT_LABEL),
    )


def _wordings(crosswalk: pd.DataFrame, ids: str, labels: str) -> dict[str, str]:
    rows = crosswalk[crosswalk[ids] != v.NO_TERM_FOUND]
    return dict(zip(rows[ids].str.partition(":")[2], rows[labels], strict=True))


def _frame_to_sheet(frame: pd.DataFrame) -> Sheet:
    rows = {1: {at: Cell(str(name)) for at, name in enumerate(frame, start=1)}}
    for number, values in enumerate(frame.itertuples(index=False, name=None), start=2):
        cells = {at: cell for at, value in enumerate(values, start=1) if (cell := _value_to_cell(value))}
        if cells:
            rows[number] = cells
    return Sheet("", rows, len(frame.columns), header_row=1)


def _value_to_cell(value: Any) -> Cell | None:
    if isinstance(value, str):
        return Cell(value, TEXT) if value else None
    if not pd.api.types.is_scalar(value):
        return Cell(str(value), OTHER)
    if pd.isna(value):
        return None
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}", DATE, "", str(value))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(f"{value:.15g}" if is_number else str(value), NUMBER if is_number else TEXT, "", str(value))


def _remapped_to_frames(frame: pd.DataFrame, sheet: Sheet, remapped: Remapped) -> RemappedFrame:
    edits = Edits() if remapped.is_done else remapped.edits.get("", Edits())
    rows = [[getattr(row, name) for name in _TO_DECIDE] for row in remapped.to_decide]
    return RemappedFrame(
        _with_rewritten(_with_added(frame, edits, remapped.pair.new), sheet, edits),
        pd.DataFrame(remapped.audit.columns),
        pd.DataFrame(rows, columns=list(_TO_DECIDE)),
        _evidence_to_frame(remapped.evidence),
        rows_to_plain_frame(code_outcomes_to_links(remapped.code_outcomes, remapped.pair), LINK_COLUMNS),
        rows_to_plain_frame(remapped.evidence.counted, COUNTED_COLUMNS).astype({"n_cells": int}),
        is_done=remapped.is_done,
    )


def _evidence_to_frame(evidence: Evidence) -> pd.DataFrame:
    frame = rows_to_plain_frame(evidence.rows, EVIDENCE_COLUMNS)
    return frame.astype({"learner": str, v.SUBJECT_ID: str, "n_cells": int})


def _with_added(frame: pd.DataFrame, edits: Edits, new: str) -> pd.DataFrame:
    """Return a frame with the new columns; if a name is taken, the version is added to it."""
    columns: dict[str, list[str]] = {}
    for column in edits.added:
        header, *values = (column.values.get(row, "") for row in range(1, len(frame) + 2))
        name = str(header) if str(header) not in {*frame, *columns} else f"{header} ({new})"
        columns[name] = [value.text if isinstance(value, Cell) else value for value in values]
    return pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)


def _with_rewritten(frame: pd.DataFrame, sheet: Sheet, edits: Edits) -> pd.DataFrame:
    texts = {
        place: text_with_replacements(sheet.rows[place[0]][place[1]].text, replacements)
        for place, replacements in edits.rewritten.items()
    }
    columns = [texts.get((1, at), name) for at, name in enumerate(frame, start=1)]
    rewritten = {
        at: [texts.get((row, at + 1), value) for row, value in enumerate(frame.iloc[:, at], start=2)]
        for at in {column - 1 for _, column in texts}
    }
    series = [
        pd.Series(rewritten[at], index=frame.index) if at in rewritten else frame.iloc[:, at]
        for at in range(len(columns))
    ]
    return pd.concat(series, axis=1, keys=columns) if series else frame
