"""What of a tracker counts as evidence, and for whom: cells with codes, marks, rows that are filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pandas as pd

from curriculum import vocabulary as v
from curriculum.codes import code_to_sort_key
from curriculum.dates import text_to_iso_date
from curriculum.notation import FoundCode
from curriculum.remapping.counting import MARKS, Rule, column_to_rule, is_counted
from curriculum.remapping.layout import head_to_column
from curriculum.remapping.matrix import is_evidence, matrix_to_marks
from curriculum.remapping.places import Layout
from curriculum.remapping.settlements import Settlement
from curriculum.reviewing.pair import Pair
from curriculum.text import text_to_squashed
from curriculum.trackers.tracker import DATE, NUMBER, Cell

__all__ = ["Evidence", "layouts_to_evidence", "settlements_to_links"]

_LEARNER_HEAD: Final = re.compile(
    r"\b(?:learners?|apprentices?|students?|candidates?|trainees?)\b|^(?:full )?name$", re.IGNORECASE
)
_HEAD_ROWS: Final = 3
_USUAL_MARKS: Final = frozenset(
    [
        "x",
        "y",
        "yes",
        "n",
        "no",
        "✓",
        "✔",
        "☑",
        "☐",
        "✗",
        "r",
        "a",
        "g",
        "b",
        "red",
        "amber",
        "green",
        "blue",
        "met",
        "not met",
        "partly met",
        "pass",
        "fail",
        "complete",
        "completed",
        "in progress",
        "not started",
        "achieved",
        "n/a",
        "-",
        "–",
        "true",
        "false",
    ]
)
_DUTY: Final = re.compile(r"D\d+")


class Evidence(NamedTuple):
    """The evidence of a file: a row a learner and old statement; and how it was counted, in sentences."""

    frame: pd.DataFrame
    told: tuple[str, ...]


@dataclass
class _Tally:
    """What is counted: codes by learner, marks by whether they were taken, rows that deny that they count."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    marks: Counter[tuple[bool, str]] = field(default_factory=Counter)
    n_denied: int = 0


class _Learners(NamedTuple):
    """The column with the learners, nought if there is none, and whether their names were asked for."""

    column: int
    is_asked: bool


def layouts_to_evidence(
    layouts: Sequence[Layout],
    rows: Mapping[str, Collection[int]],
    pair: Pair,
    columns: Sequence[str] = (),
    learners: str | None = None,
) -> Evidence:
    """Count the evidence of a file.

    Parameters
    ----------
    layouts
        Where the codes are.
    rows
        The rows that are remapped, by sheet.
    pair
        The two versions.
    columns
        Headings of columns that must be filled in for a row to count; by default `column_to_rule` tells.
    learners
        The heading of the column with the learners; an empty text finds it; None keeps no names.

    Returns
    -------
    Evidence
        Columns ``learner``, ``subject_id``, ``n_cells``.
    """
    tally = _Tally()
    sentences: dict[str, list[str]] = {}
    for layout in layouts:
        own = rows[layout.sheet.name]
        named = _Learners(_learner_column(layout, learners), learners is not None)
        for column in layout.columns:
            rule = column_to_rule(layout, column, pair, columns)
            sentences.setdefault(rule.sentence, []).append(layout.sheet.name)
            found = {row: codes for row, codes in column.cells.items() if row in own}
            _count_column(tally, layout, found, rule, named)
        _count_matrix(tally, layout, own, named)
    told = [sentence.format(_sheets(names)) for sentence, names in sentences.items()]
    told += _tally_to_told(tally)
    if learners is not None and not any(learner for learner, _ in tally.counts):
        told.append("No column of learners was found: name it, as in --learners “Apprentice name”.")
    held = [
        (learner, f"{pair.old}:{code}", count)
        for (learner, code), count in sorted(tally.counts.items(), key=_to_place)
        if code in pair.wordings and not _DUTY.fullmatch(code)
    ]
    frame = pd.DataFrame(held, columns=["learner", v.SUBJECT_ID, "n_cells"])
    return Evidence(frame.astype({"learner": str, v.SUBJECT_ID: str, "n_cells": int}), tuple(told))


def _to_place(counted: tuple[tuple[str, str], int]) -> tuple[object, ...]:
    (learner, code), _ = counted
    return learner, code_to_sort_key(code), code


def _cell_text(cells: Mapping[int, Cell], column: int) -> str:
    return text_to_squashed(cells[column].text) if column in cells else ""


def _sure_codes(found: Sequence[FoundCode]) -> dict[str, None]:
    """Give the codes of a cell that are certain, each once."""
    return dict.fromkeys(one.code for one in found if one.is_sure)


def _count_column(
    tally: _Tally,
    layout: Layout,
    found: Mapping[int, tuple[FoundCode, ...]],
    rule: Rule,
    learners: _Learners,
) -> None:
    """Count the cells of a column of codes that count by a rule."""
    heads = layout.sheet.rows.get(layout.head_row, {})
    for row, codes in found.items():
        cells = layout.sheet.rows[row]
        counts, is_denied = is_counted(rule, cells)
        tally.n_denied += is_denied
        who = [_cell_text(cells, learners.column)] if counts else []
        if rule.what == MARKS:
            held = {at: cells[at] for at in rule.columns if at in cells}
            tally.marks.update((is_evidence(cell), _mark(cell)) for cell in held.values())
            marked = [at for at, cell in held.items() if is_evidence(cell)]
            who = [_cell_text(heads, at) if learners.is_asked else "" for at in marked]
        tally.counts.update((learner, code) for learner in who for code in _sure_codes(codes))


def _count_matrix(tally: _Tally, layout: Layout, rows: Collection[int], learners: _Learners) -> None:
    """Count the marks below a heading of codes that say that there is evidence."""
    if not layout.matrix:
        return
    for row, marks in matrix_to_marks(layout.sheet, layout.matrix, rows).items():
        learner = _cell_text(layout.sheet.rows[row], learners.column)
        tally.marks.update((is_evidence(cell), _mark(cell)) for cell in marks.values())
        for at, cell in marks.items():
            if is_evidence(cell):
                tally.counts.update((learner, one.code) for one in layout.matrix.heads[at])


def _mark(cell: Cell) -> str:
    """Give a mark as it can be told: what is none of the usual ones can be a person's name."""
    text = cell.text.strip()
    if cell.form == DATE or text_to_iso_date(text):
        return "dates"
    return "numbers" if cell.form == NUMBER else text if text.casefold() in _USUAL_MARKS else "other marks"


def _tally_to_told(tally: _Tally) -> list[str]:
    """Say which rows did not count, and which marks were taken for evidence."""
    told: list[str] = []
    if tally.n_denied:
        count = "1 row does" if tally.n_denied == 1 else f"{tally.n_denied} rows do"
        told.append(f"{count} not count: a status there says “not started” or the like.")
    for is_taken, what in ((True, "Marks taken as evidence"), (False, "Marks not taken as evidence")):
        own = sorted((-count, mark) for (taken, mark), count in tally.marks.items() if taken == is_taken)
        if own:
            told.append(f"{what}: {', '.join(f'{mark} ({-count})' for count, mark in own)}.")
    return told


def _sheets(names: Sequence[str]) -> str:
    """Give the names of sheets as part of a sentence."""
    own = list(dict.fromkeys(names))
    if own == [""]:
        return "the file"
    return f"sheet {own[0]}" if len(own) == 1 else f"sheets {', '.join(own[:-1])} and {own[-1]}"


def _learner_column(layout: Layout, learners: str | None) -> int:
    if learners is None:
        return 0
    if learners:
        return head_to_column(layout.sheet, layout.head_row, learners)
    # A heading of two rows names the learner in the first.
    for row in range(layout.head_row, max(0, layout.head_row - _HEAD_ROWS), -1):
        for at, cell in layout.sheet.rows.get(row, {}).items():
            if _LEARNER_HEAD.search(cell.text):
                return at
    return 0


def settlements_to_links(settlements: Mapping[str, Settlement], pair: Pair) -> pd.DataFrame:
    """Give the links of old codes as rows, each settled or only proposed; what was decided wins.

    Returns
    -------
    pandas.DataFrame
        ``subject_id``, ``predicate_id``, ``object_id``, ``is_settled``.
    """
    rows: list[tuple[str, str, str, bool]] = []
    for code, settlement in settlements.items():
        subject = f"{pair.old}:{code}"
        relations = {one.new_code: one.relation for one in settlement.proposals}
        if settlement.outcome == v.REVIEW:
            rows += [
                (subject, _predicate(relation), _object(pair, new), False)
                for new, relation in relations.items()
            ]
        elif settlement.outcome != v.UNKNOWN:
            own = settlement.relation if ";" not in settlement.relation else ""
            rows += [
                (
                    subject,
                    _predicate((own or relations.get(new) or "closeMatch") if new else ""),
                    _object(pair, new),
                    True,
                )
                for new in settlement.new_codes or ("",)
            ]
    return pd.DataFrame(rows, columns=[v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID, "is_settled"])


def _predicate(relation: str) -> str:
    """Give a relation as SKOS names it; without a counterpart SSSOM has an exact one."""
    return f"skos:{relation}" if relation else v.EXACT_MATCH


def _object(pair: Pair, code: str) -> str:
    return f"{pair.new}:{code}" if code else v.NO_TERM_FOUND
