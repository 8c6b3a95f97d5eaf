"""Remap a tracker through a crosswalk: the edits, the audit, and the codes that need a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from curriculum.decisions.applied_decisions import rows_with_decisions
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.errors import raise_faults
from curriculum.linking.comparison import ComparedStatement
from curriculum.model import vocabulary as v
from curriculum.model.code_lists import FoundCode
from curriculum.model.text import text_to_squashed
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.detection import Finder, sheet_to_layout, text_finder
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
from curriculum.remapping.remap_result import Remapped
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
from curriculum.remapping.unclear_cells import layouts_to_possible_codes, layouts_with_answers
from curriculum.remapping.version_check import Verdict, layouts_to_verdict
from curriculum.review.answer_decisions import decisions_with_answers
from curriculum.review.answers import Answers
from curriculum.review.review_rows import crosswalks_to_rows
from curriculum.spreadsheets.tracker import NUMBER, TEXT, AddedColumn, Cell, Edits, Replacement, Tracker
from curriculum.tables.plain_rows import Row, TableRows
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row

__all__ = ["remap_tracker"]

Remap = Callable[[tuple[FoundCode, ...]], CellRemap]


def pair_to_statements(pair: VersionPair) -> dict[str, ComparedStatement]:
    """Return the statements and duties of both versions by id, in the form that decisions use."""
    old_texts = {pair.old_id(code): text for code, text in pair.wordings.items()}
    new_texts = {pair.new_id(code): text for code, text in pair.new_wordings.items()}
    return {name: ComparedStatement(name, "", text) for name, text in {**old_texts, **new_texts}.items()}


def remap_tracker(
    tracker: Tracker,
    tables: TableRows | None,
    links: Sequence[Row],
    pair: VersionPair,
    *,
    options: Options | None = None,
    answers: Answers | None = None,
    decisions: Sequence[Decision] = (),
    candidates: Sequence[Row] = (),
) -> Remapped:
    """Remap a tracker.

    Parameters
    ----------
    tracker
        The file, as it was read; it is not changed.
    tables
        The rows of all documents, with which the file is compared. Without them its version is not checked.
    links
        The rows of the proposed crosswalk of the pair.
    pair
        The two versions.
    options
        The options of the remap.
    answers
        The answers on a sheet "To decide".
    decisions
        The kept decisions of reviewers.
    candidates
        The rows of the table ``candidates`` of the pair, for the answers that the sheet "To decide" offers.

    Returns
    -------
    Remapped

    Raises
    ------
    NotFound, Faults
        If the options name a sheet, a column or a value that the file does not have.
    """
    options, answers = options or Options(), answers or Answers()
    found = _find_codes(tracker, pair, options, answers)
    links = _completed(links)
    shown = decisions_with_answers(decisions, answers)
    decided = _with_decisions(links, shown, pair)
    code_outcomes = links_to_code_outcomes(decided, answers.unlisted, options.accepts_proposals)
    remap = cell_remapper(_outcome_finder(code_outcomes, pair))
    audit, n_cells = _layouts_to_audit(found.layouts, remap, found.rows)
    edits = _found_to_edits(found, remap, pair, options, is_delimited=tracker.form == "delimited")
    possible = layouts_to_possible_codes(found.layouts, found.rows)
    review_rows = crosswalks_to_rows(links, decided, decisions, pair, shown=shown, candidates=candidates)
    return Remapped(
        pair=pair,
        layouts=found.layouts,
        verdict=_found_to_verdict(found, tables, pair, tracker.source),
        audit=audit,
        edits={name: changes for name, changes in edits.items() if changes.added or changes.rewritten},
        to_decide=rows_to_decide(review_rows, n_cells, answers, pair, possible),
        code_outcomes=code_outcomes,
        evidence=_found_to_evidence(found, pair, options, answers, tracker.source),
        n_left=sum(count_left(layout, found.rows[layout.sheet.name]) for layout in found.layouts),
        is_done=is_remapped(tracker, found.layouts, pair),
        stale=stale_lists(found.layouts, edits, found.finder) if options.in_place else (),
    )


class _Found(NamedTuple):
    """The codes of a file, the rows to remap by sheet, and the function that finds the codes of a text."""

    layouts: tuple[Layout, ...]
    rows: Mapping[str, Collection[int]]
    finder: Finder


def _find_codes(tracker: Tracker, pair: VersionPair, options: Options, answers: Answers) -> _Found:
    """Return the codes of a file; refuse options that do not fit it."""
    finder = text_finder(options.in_text, pair.wordings)
    layouts = tuple(
        sheet_to_layout(sheet, finder, pair.wordings, pair.old, options.columns)
        for sheet in chosen_sheets(tracker, options)
    )
    check_places(tracker, layouts, options)
    if options.in_place:
        raise_faults(list(in_place_faults(tracker, layouts, options)))
    rows = {layout.sheet.name: chosen_rows(layout, options.where) for layout in layouts}
    layouts = tuple(_without_other_rows(layout, rows[layout.sheet.name]) for layout in layouts)
    return _Found(layouts_with_answers(layouts, answers), rows, finder)


def _found_to_edits(
    found: _Found, remap: Remap, pair: VersionPair, options: Options, *, is_delimited: bool
) -> dict[str, Edits]:
    """Return the edits of each sheet."""
    edits = {
        layout.sheet.name: _layout_to_edits(layout, remap, found.rows[layout.sheet.name], pair, options)
        for layout in found.layouts
    }
    if options.in_place and is_delimited:
        return {"": _with_marked_headers(edits[""], found.layouts[0], pair.new)}
    return edits


def _found_to_verdict(found: _Found, tables: TableRows | None, pair: VersionPair, source: str) -> Verdict:
    """Check whether a file looks like the old version, if there are tables to compare it with."""
    if not tables:
        return Verdict("", ())
    return layouts_to_verdict(found.layouts, tables, pair.old, source, found.rows)


def _found_to_evidence(
    found: _Found, pair: VersionPair, options: Options, answers: Answers, source: str
) -> Evidence:
    """Count the evidence of a file, without codes that an answer says are no codes."""
    no_codes = {code for code, answer in answers.unlisted.items() if not answer.is_code}
    return layouts_to_evidence(
        found.layouts,
        found.rows,
        _without(pair, no_codes),
        options.evidence,
        options.learners,
        source=source,
    )


def _completed(links: Sequence[Row]) -> tuple[Row, ...]:
    """Return a crosswalk with all columns: those that a user's table lacks are added, empty."""
    empty = {**name_to_empty_row(CROSSWALK), v.STATUS: v.PROPOSED}
    return tuple({**empty, **row} for row in links)


def _with_decisions(links: Sequence[Row], decisions: Sequence[Decision], pair: VersionPair) -> Sequence[Row]:
    of_pair = decisions_of_pair(decisions, pair.old, pair.new)
    return rows_with_decisions(links, of_pair, pair_to_statements(pair), pair.old) if of_pair else links


def _with_marked_headers(edits: Edits, layout: Layout, new: str) -> Edits:
    """Return edits that add the new version to the headers of rewritten columns, as a CSV has no sheets."""
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


def _without_other_rows(layout: Layout, rows: Collection[int]) -> Layout:
    """Return a layout without the unread cells of rows that are not remapped."""
    columns = (
        replace(column, unread={row: why for row, why in column.unread.items() if row in rows})
        for column in layout.columns
    )
    return replace(layout, columns=tuple(column for column in columns if column.cells or column.unread))


def _without(pair: VersionPair, codes: Collection[str]) -> VersionPair:
    """Return a pair without some codes of the old version."""
    return pair._replace(wordings={code: text for code, text in pair.wordings.items() if code not in codes})


def _outcome_finder(
    code_outcomes: Mapping[str, CodeOutcome], pair: VersionPair
) -> Callable[[FoundCode], CodeOutcome]:
    """Return a function that finds the outcome of a code in the file."""
    unsure: dict[tuple[str, str], CodeOutcome] = {}
    unknown: dict[str, CodeOutcome] = {}

    def to_outcome(found: FoundCode) -> CodeOutcome:
        if not found.is_sure:
            return unsure.setdefault((found.code, found.form), unsure_code_outcome(found))
        known = code_outcomes.get(found.code) or unknown.get(found.code)
        return known or unknown.setdefault(found.code, unlisted_code_outcome(found.code, pair))

    return to_outcome


def _layouts_to_audit(
    layouts: Sequence[Layout], remap: Remap, rows: Mapping[str, Collection[int]]
) -> tuple[Audit, Counter[str]]:
    """Return the audit, and the number of cells in which each code is certain."""
    audit = Audit()
    n_cells: Counter[str] = Counter()
    for layout in layouts:
        for column in layout.columns:
            column_to_audit(column, remap, rows[layout.sheet.name], layout.sheet, audit)
            for row, found in column.cells.items():
                if row in rows[layout.sheet.name]:
                    codes = dict.fromkeys(code.code for code in found if code.is_sure)
                    n_cells.update(codes.keys())
        if layout.matrix and any(row in rows[layout.sheet.name] for row in layout.sheet.rows):
            matrix_to_audit(layout.sheet, layout.matrix, remap, audit)
            n_cells.update(code.code for found in layout.matrix.headers.values() for code in found)
    return audit, n_cells


def _layout_to_edits(
    layout: Layout, remap: Remap, rows: Collection[int], pair: VersionPair, options: Options
) -> Edits:
    if options.in_place:
        return Edits(rewritten=dict(_rewritten(layout, remap, rows, pair.old)))
    columns = [column for column in layout.columns if column.gets_columns]
    added: list[AddedColumn] = []
    taken = {text_to_squashed(cell.text) for column in columns for cell in _cells(layout, column.header_row)}
    for column in columns:
        headers = _headers(column.name, len(columns), taken, pair.new)
        taken.update(headers)
        added += column_to_added(column, remap, rows, headers)
    if layout.matrix:
        added += matrix_to_added(layout.sheet, layout.matrix, remap, rows, pair.new)
    return Edits(tuple(added))


def _cells(layout: Layout, row: int) -> Collection[Cell]:
    return layout.sheet.rows.get(row, {}).values()


def _headers(name: str, n_columns: int, taken: set[str], new: str) -> tuple[str, ...]:
    """Return the headers of the new columns of a column of codes; none of them is taken."""
    ending = f" ({name})" if n_columns > 1 else ""
    headers: list[str] = []
    for header in (f"{name} ({new})", f"{v.OUTCOME}{ending}", f"{v.NOTE}{ending}"):
        marked = header if header.endswith(f"({new})") else f"{header} ({new})"
        names = (header, marked, *(f"{marked} {number}" for number in range(2, 1000)))
        headers.append(next(name for name in names if name not in {*taken, *headers}))
    return tuple(headers)


def _rewritten(
    layout: Layout, remap: Remap, rows: Collection[int], old: str
) -> Iterator[tuple[tuple[int, int], tuple[Replacement, ...]]]:
    for column in layout.columns:
        if column.gets_columns and not column.is_typed:
            cells = {row: layout.sheet.rows[row][column.column] for row in {*column.cells, *column.unread}}
            # A mark after a formula or a date would destroy it: they are shown and stay as they are.
            texts = {row: cell.text for row, cell in cells.items() if cell.form in {TEXT, NUMBER}}
            yield from column_to_rewritten(column, remap, rows, texts, old)
    if layout.matrix:
        for at, found in layout.matrix.headers.items():
            header = CodeColumn(layout.sheet.name, at, "", 0, {layout.header_row: found})
            texts = {layout.header_row: layout.sheet.rows[layout.header_row][at].text}
            yield from column_to_rewritten(header, remap, {layout.header_row}, texts, old)
        for at in layout.matrix.unread:
            text = layout.sheet.rows[layout.header_row][at].text
            yield (layout.header_row, at), marked_as_old(text, old, v.NOT_READ)
