"""The whole of a remap: a tracker and a crosswalk to edits, an audit, and what a person has to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from curriculum.decisions.applied_decisions import links_with_decisions
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.errors import raise_faults
from curriculum.linking.comparison import ComparedStatement
from curriculum.model import vocabulary as v
from curriculum.model.code_lists import FoundCode
from curriculum.model.text import text_to_squashed
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.detection import sheet_to_layout, text_finder
from curriculum.remapping.evidence import Evidence, layouts_to_evidence
from curriculum.remapping.layout import CodeColumn, Layout
from curriculum.remapping.matrix import matrix_to_added, matrix_to_audit
from curriculum.remapping.options import (
    Options,
    check_places,
    chosen_rows,
    chosen_sheets,
    count_left,
    in_place_faults,
    is_remapped,
)
from curriculum.remapping.outcomes import (
    CodeOutcome,
    links_to_code_outcomes,
    unlisted_code_outcome,
    unsure_code_outcome,
)
from curriculum.remapping.rewriting import (
    Audit,
    CellRemap,
    cell_remapper,
    column_to_added,
    column_to_audit,
    column_to_rewritten,
    marked_as_old,
)
from curriculum.remapping.stale_drop_downs import stale_lists
from curriculum.remapping.to_decide import rows_to_decide
from curriculum.remapping.unclear_cells import layouts_to_possible, layouts_with_answers
from curriculum.remapping.version_check import Verdict, layouts_to_verdict
from curriculum.review.answer_decisions import decisions_with_answers
from curriculum.review.answers import Answers
from curriculum.review.review_rows import ReviewRow, crosswalks_to_rows
from curriculum.spreadsheets.tracker import NUMBER, TEXT, AddedColumn, Cell, Edits, Replacement, Tracker
from curriculum.tables.carrier import Tables
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row

__all__ = ["Options", "Remapped", "remap_tracker"]

Remap = Callable[[tuple[FoundCode, ...]], CellRemap]


@dataclass(frozen=True)
class Remapped:
    """What a remap gives.

    Attributes
    ----------
    pair
        The two versions.
    layouts
        Where codes were found, by sheet.
    verdict
        Whether the file looks like the old version.
    audit
        A row for each code that was found, as docs/remap.md tells.
    edits
        What is to be written, by sheet.
    to_decide
        What a person has to decide, and what was decided.
    settlements
        What becomes of each old code.
    evidence
        What counts as evidence.
    n_left
        How many rows with codes were left, as they are of another version.
    is_done
        Whether the file holds the codes of the new version already.
    stale
        Sentences on the drop-down lists that still offer old codes, where cells are rewritten in place.
    """

    pair: VersionPair
    layouts: tuple[Layout, ...]
    verdict: Verdict
    audit: pd.DataFrame
    edits: Mapping[str, Edits]
    to_decide: tuple[ReviewRow, ...]
    code_outcomes: Mapping[str, CodeOutcome]
    evidence: Evidence
    n_left: int
    is_done: bool
    stale: tuple[str, ...] = ()

    @property
    def n_waiting(self) -> int:
        """How many codes, cells that were not read, and drop-down lists of old codes wait for a person."""
        waits = self.audit[v.OUTCOME].isin([v.REVIEW, v.UNKNOWN, v.NOT_READ])
        return int((waits & (self.audit[v.DECIDED_BY] == "")).sum()) + len(self.stale)


def pair_to_statements(pair: VersionPair) -> dict[str, ComparedStatement]:
    """Return the statements and duties of both versions by id, as decisions know them."""
    olds = {pair.old_id(code): text for code, text in pair.wordings.items()}
    news = {pair.new_id(code): text for code, text in pair.new_wordings.items()}
    return {name: ComparedStatement(name, "", text) for name, text in {**olds, **news}.items()}


def remap_tracker(
    tracker: Tracker,
    tables: Tables | None,
    links: pd.DataFrame,
    pair: VersionPair,
    *,
    options: Options | None = None,
    said: Answers | None = None,
    decisions: Sequence[Decision] = (),
) -> Remapped:
    """Remap a tracker.

    Parameters
    ----------
    tracker
        The file, as it was read; it is not changed.
    tables
        The tables of all documents that are held: the file is held against each. Without any it is taken
        for what it is said to be.
    links
        The crosswalk of the pair, as it is proposed.
    pair
        The two versions.
    options
        What is asked for.
    said
        What was answered on a sheet "To decide".
    decisions
        What reviewers decided before, and is kept.

    Returns
    -------
    Remapped

    Raises
    ------
    NotFound, Faults
        If a sheet, a column or a value was named that the file does not have.
    """
    asked, said = options or Options(), said or Answers()
    sheets = chosen_sheets(tracker, asked)
    finder = text_finder(asked.in_text, pair.wordings)
    layouts = tuple(
        sheet_to_layout(sheet, finder, pair.wordings, pair.old, asked.columns) for sheet in sheets
    )
    check_places(tracker, layouts, asked)
    if asked.in_place:
        raise_faults(list(in_place_faults(tracker, layouts, asked)))
    rows = {layout.sheet.name: chosen_rows(layout, asked.where) for layout in layouts}
    layouts = tuple(_with_unread(layout, rows[layout.sheet.name]) for layout in layouts)
    layouts = layouts_with_answers(layouts, said)
    links = _completed(links)
    held = decisions_with_answers(decisions, said)
    decided = _with_decisions(links, held, pair)
    code_outcomes = links_to_code_outcomes(decided, said.unlisted, asked.accepts_proposals)
    settle = _settler(code_outcomes, pair)
    remap = cell_remapper(settle)
    audit, n_cells = _layouts_to_audit(layouts, remap, rows)
    edits = {
        layout.sheet.name: _layout_to_edits(layout, remap, rows[layout.sheet.name], pair, asked)
        for layout in layouts
    }
    if asked.in_place and tracker.form == "delimited":
        edits = {"": _with_marked_headers(edits[""], layouts[0], pair.new)}
    rows_of_pair = crosswalks_to_rows(links, decided, decisions, pair, shown=held)
    no_codes = {code for code, one in said.unlisted.items() if not one.is_code}
    return Remapped(
        pair,
        layouts,
        layouts_to_verdict(layouts, tables, pair.old, tracker.source, rows) if tables else Verdict("", ()),
        pd.DataFrame(audit.columns),
        {name: one for name, one in edits.items() if one.added or one.rewritten},
        rows_to_decide(rows_of_pair, n_cells, said, pair, layouts_to_possible(layouts, rows)),
        code_outcomes,
        layouts_to_evidence(
            layouts,
            rows,
            _without(pair, no_codes),
            asked.evidence,
            asked.learners,
            source=tracker.source,
        ),
        sum(count_left(layout, rows[layout.sheet.name]) for layout in layouts),
        is_remapped(tracker, layouts, pair.new),
        stale_lists(layouts, edits, finder) if asked.in_place else (),
    )


def _completed(links: pd.DataFrame) -> pd.DataFrame:
    """Return a crosswalk of few columns the others, empty: people's own tables need not have all."""
    empty: dict[str, Any] = {**name_to_empty_row(CROSSWALK), v.STATUS: v.PROPOSED}
    return links.assign(**{name: value for name, value in empty.items() if name not in links})


def _with_decisions(links: pd.DataFrame, decisions: Sequence[Decision], pair: VersionPair) -> pd.DataFrame:
    own = decisions_of_pair(decisions, pair.old, pair.new)
    return links_with_decisions(links, own, pair_to_statements(pair), pair.old) if own else links


def _with_marked_headers(edits: Edits, layout: Layout, new: str) -> Edits:
    """Say in the headings of rewritten columns of which version they are: a CSV has no other place for it."""
    columns = {column for _, column in edits.rewritten}
    headers = layout.sheet.rows.get(layout.header_row, {})
    marked = {
        (layout.header_row, column): (
            Replacement(len(headers[column].text), len(headers[column].text), f" ({new})"),
        )
        for column in columns
        if column in headers and (layout.header_row, column) not in edits.rewritten
    }
    return Edits(rewritten={**edits.rewritten, **marked})


def _with_unread(layout: Layout, rows: Collection[int]) -> Layout:
    """Keep of the cells that could not be read those of the rows that are remapped."""
    columns = (
        replace(one, unread={row: why for row, why in one.unread.items() if row in rows})
        for one in layout.columns
    )
    return replace(layout, columns=tuple(one for one in columns if one.cells or one.unread))


def _without(pair: VersionPair, codes: Collection[str]) -> VersionPair:
    """Return a pair whose old version lacks some codes."""
    return pair._replace(wordings={code: text for code, text in pair.wordings.items() if code not in codes})


def _settler(
    code_outcomes: Mapping[str, CodeOutcome], pair: VersionPair
) -> Callable[[FoundCode], CodeOutcome]:
    """Return what says of a code that was found what becomes of it."""
    unsure: dict[tuple[str, str], CodeOutcome] = {}
    unknown: dict[str, CodeOutcome] = {}

    def settle(found: FoundCode) -> CodeOutcome:
        if not found.is_sure:
            return unsure.setdefault((found.code, found.form), unsure_code_outcome(found))
        own = code_outcomes.get(found.code) or unknown.get(found.code)
        return own or unknown.setdefault(found.code, unlisted_code_outcome(found.code, pair))

    return settle


def _layouts_to_audit(
    layouts: Sequence[Layout], remap: Remap, rows: Mapping[str, Collection[int]]
) -> tuple[Audit, Counter[str]]:
    """Log each code; and count the cells that hold it for certain."""
    audit = Audit()
    n_cells: Counter[str] = Counter()
    for layout in layouts:
        for column in layout.columns:
            column_to_audit(column, remap, rows[layout.sheet.name], layout.sheet, audit)
            for row, found in column.cells.items():
                if row in rows[layout.sheet.name]:
                    n_cells.update(dict.fromkeys(one.code for one in found if one.is_sure).keys())
        if layout.matrix and any(row in rows[layout.sheet.name] for row in layout.sheet.rows):
            matrix_to_audit(layout.sheet, layout.matrix, remap, audit)
            n_cells.update(one.code for found in layout.matrix.headers.values() for one in found)
    return audit, n_cells


def _layout_to_edits(
    layout: Layout, remap: Remap, rows: Collection[int], pair: VersionPair, asked: Options
) -> Edits:
    if asked.in_place:
        return Edits(rewritten=dict(_rewritten(layout, remap, rows, pair.old)))
    own = [column for column in layout.columns if column.gets_columns]
    added: list[AddedColumn] = []
    taken = {text_to_squashed(cell.text) for column in own for cell in _cells(layout, column.header_row)}
    for column in own:
        headers = _headers(column.name, len(own), taken, pair.new)
        taken.update(headers)
        added += column_to_added(column, remap, rows, headers)
    if layout.matrix:
        added += matrix_to_added(layout.sheet, layout.matrix, remap, rows, pair.new)
    return Edits(tuple(added))


def _cells(layout: Layout, row: int) -> Collection[Cell]:
    return layout.sheet.rows.get(row, {}).values()


def _headers(name: str, n_columns: int, taken: set[str], new: str) -> tuple[str, ...]:
    """Return the headings of the new columns of a column of codes, none of which is taken."""
    ending = f" ({name})" if n_columns > 1 else ""
    told: list[str] = []
    for header in (f"{name} ({new})", f"{v.OUTCOME}{ending}", f"{v.NOTE}{ending}"):
        marked = header if header.endswith(f"({new})") else f"{header} ({new})"
        names = (header, marked, *(f"{marked} {number}" for number in range(2, 1000)))
        told.append(next(name for name in names if name not in {*taken, *told}))
    return tuple(told)


def _rewritten(
    layout: Layout, remap: Remap, rows: Collection[int], old: str
) -> Iterator[tuple[tuple[int, int], tuple[Replacement, ...]]]:
    for column in layout.columns:
        if column.gets_columns and not column.is_typed:
            own = {row: layout.sheet.rows[row][column.column] for row in {*column.cells, *column.unread}}
            # A formula or a date would be lost with a mark behind it: these are named and left.
            texts = {row: cell.text for row, cell in own.items() if cell.form in {TEXT, NUMBER}}
            yield from column_to_rewritten(column, remap, rows, texts, old)
    if layout.matrix:
        for at, found in layout.matrix.headers.items():
            header = CodeColumn(layout.sheet.name, at, "", 0, {layout.header_row: found})
            texts = {layout.header_row: layout.sheet.rows[layout.header_row][at].text}
            yield from column_to_rewritten(header, remap, {layout.header_row}, texts, old)
        for at in layout.matrix.unread:
            text = layout.sheet.rows[layout.header_row][at].text
            yield (layout.header_row, at), marked_as_old(text, old, v.NOT_READ)
