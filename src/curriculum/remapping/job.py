"""The whole of a remap: a tracker and a crosswalk to edits, an audit, and what a person has to decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from curriculum import vocabulary as v
from curriculum.errors import UnknownPlace
from curriculum.notation import FoundCode
from curriculum.remapping.columns import (
    Audit,
    CellRemap,
    cell_remapper,
    column_to_added,
    column_to_audit,
    column_to_rewritten,
)
from curriculum.remapping.evidence import Evidence, head_to_column, layouts_to_evidence
from curriculum.remapping.fit import Verdict, layouts_to_verdict
from curriculum.remapping.layout import CodeColumn, Layout, head_to_remapped, sheet_to_layout, text_finder
from curriculum.remapping.matrix import matrix_to_added, matrix_to_audit
from curriculum.remapping.settlements import (
    Decision,
    Pair,
    Settlement,
    links_to_settlements,
    unknown_settlement,
    unsure_settlement,
)
from curriculum.remapping.to_decide import ToDecide, settlements_to_decide
from curriculum.tables import Tables
from curriculum.text import text_to_squashed
from curriculum.trackers.tracker import NUMBER, AddedColumn, Cell, Edits, Replacement, Sheet, Tracker

__all__ = ["Options", "Remapped", "remap_tracker", "tables_to_pair"]

# How the sheets begin that an earlier remap has added.
_OWN_SHEET: Final = re.compile(
    r"Remapped from \S+ to (?P<new>\S+)|To decide: \S+ to \S+|"
    r"What (?:the|each learner's) evidence covers of \S+"
)
_NOTE: Final = "note"
Remap = Callable[[tuple[FoundCode, ...]], CellRemap]


@dataclass(frozen=True)
class Options:
    """What a person asks for.

    Attributes
    ----------
    columns, sheets
        Headings or letters of the columns, names of the sheets to take; by default they are found.
    where
        Values by heading: only rows that have one of them are remapped.
    in_text
        Look for codes inside prose too.
    in_place
        Rewrite the cells instead of adding columns.
    accepts_proposals
        Take what is only proposed.
    evidence
        Headings of columns that must be filled in for a row to count as evidence.
    learners
        The heading of the column with the learners; an empty text finds it; None keeps no names.
    """

    columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_text: bool = False
    in_place: bool = False
    accepts_proposals: bool = False
    evidence: tuple[str, ...] = ()
    learners: str | None = None


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
    """

    pair: Pair
    layouts: tuple[Layout, ...]
    verdict: Verdict
    audit: pd.DataFrame
    edits: Mapping[str, Edits]
    to_decide: tuple[ToDecide, ...]
    settlements: Mapping[str, Settlement]
    evidence: Evidence
    n_left: int
    is_done: bool

    @property
    def n_waiting(self) -> int:
        """How many codes of the audit wait for a person."""
        is_open = self.audit[v.OUTCOME].isin([v.REVIEW, v.UNKNOWN]) & (self.audit[v.DECIDED_BY] == "")
        return int(is_open.sum())


def tables_to_pair(tables: Tables, old: str, new: str) -> Pair:
    """Give two versions with the wordings of their statements and duties."""
    return Pair(old, new, _wordings(tables, old), _wordings(tables, new))


def _wordings(tables: Tables, document_id: str) -> dict[str, str]:
    frames = (tables.statements, tables.duties)
    own = (frame[frame[v.DOCUMENT_ID] == document_id] for frame in frames)
    return {code: text for frame in own for code, text in zip(frame[v.CODE], frame[v.TEXT], strict=True)}


def remap_tracker(
    tracker: Tracker,
    tables: Tables | None,
    links: pd.DataFrame,
    pair: Pair,
    *,
    options: Options | None = None,
    decisions: Mapping[str, Decision] | None = None,
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
        The crosswalk of the pair.
    pair
        The two versions.
    options
        What is asked for.
    decisions
        What a person decided, by old code.

    Returns
    -------
    Remapped

    Raises
    ------
    UnknownPlace, Faults
        If a sheet, a column or a value was named that the file does not have.
    """
    asked, decided = options or Options(), decisions or {}
    sheets = _chosen_sheets(tracker, asked)
    finder = text_finder(asked.in_text, pair.wordings)
    layouts = tuple(
        sheet_to_layout(sheet, finder, pair.wordings, pair.old, asked.columns) for sheet in sheets
    )
    _check_places(tracker, layouts, asked)
    rows = {layout.sheet.name: _chosen_rows(layout, asked.where) for layout in layouts}
    settlements = links_to_settlements(links, decided, asked.accepts_proposals)
    settle = _settler(settlements, pair)
    remap = cell_remapper(settle)
    audit, n_cells = _layouts_to_audit(layouts, remap, rows)
    edits = {
        layout.sheet.name: _layout_to_edits(layout, remap, rows[layout.sheet.name], pair, asked)
        for layout in layouts
    }
    found = {code: settle(FoundCode(code, code, 0, 0, "", True)) for code in n_cells}
    return Remapped(
        pair,
        layouts,
        layouts_to_verdict(layouts, tables, pair.old, tracker.source, rows) if tables else Verdict("", ()),
        pd.DataFrame(audit.columns),
        {name: one for name, one in edits.items() if one.added or one.rewritten},
        settlements_to_decide(found, n_cells, pair, decided),
        settlements,
        layouts_to_evidence(layouts, rows, pair, asked.evidence, asked.learners),
        sum(_count_left(layout, rows[layout.sheet.name]) for layout in layouts),
        _is_remapped(tracker, layouts, pair.new),
    )


def _is_own(sheet: Sheet) -> re.Match[str] | None:
    """Tell whether an earlier remap has added a sheet."""
    first = sheet.rows.get(1, {}).get(1)
    return _OWN_SHEET.fullmatch(first.text) if first else None


def _chosen_sheets(tracker: Tracker, asked: Options) -> tuple[Sheet, ...]:
    names = {sheet.name for sheet in tracker.sheets}
    missing = [name for name in asked.sheets if name not in names]
    if missing:
        raise UnknownPlace(
            f"there is no sheet {', '.join(missing)}",
            where=tracker.source,
            expected=", ".join(sheet.name for sheet in tracker.sheets) or "no --sheets: a table has none",
            advice="Name one of those with --sheets.",
        )
    chosen = asked.sheets or tuple(names)
    return tuple(sheet for sheet in tracker.sheets if sheet.name in chosen and not _is_own(sheet))


def _is_remapped(tracker: Tracker, layouts: Sequence[Layout], new: str) -> bool:
    """Tell whether a file has the new codes: by the headings of new columns, or by the sheet of the audit."""
    marks = [found["new"] for sheet in tracker.sheets if (found := _is_own(sheet))]
    head_rows = [(layout, column.head_row) for layout in layouts for column in layout.columns]
    head_rows += [(layout, layout.matrix.head_row) for layout in layouts if layout.matrix]
    heads = [cell.text for layout, row in head_rows for cell in layout.sheet.rows.get(row, {}).values()]
    return new in marks or any(head_to_remapped(head, new) for head in heads)


def _check_places(tracker: Tracker, layouts: Sequence[Layout], asked: Options) -> None:
    """Refuse the names of columns that no sheet has."""
    letters = {name for name in asked.columns if name.isascii() and name.isalpha() and len(name) <= 3}
    wanted = [*(name for name in asked.columns if name not in letters), *asked.where, *asked.evidence]
    wanted += [asked.learners] if asked.learners else []
    missing = [name for name in wanted if not any(head_to_column(layout, name) for layout in layouts)]
    if missing:
        heads = [
            text_to_squashed(cell.text)
            for layout in layouts
            for cell in layout.sheet.rows.get(layout.head_row, {}).values()
        ]
        raise UnknownPlace(
            f"there is no column headed {', '.join(missing)}",
            where=tracker.source,
            expected=", ".join(dict.fromkeys(heads)) or "a table with headings",
            advice="Write the heading as it stands in the file, in quotes.",
        )


def _chosen_rows(layout: Layout, where: Mapping[str, tuple[str, ...]]) -> Collection[int]:
    """Give the rows to remap: all, or those whose cells have one of the values that were asked for."""
    rows = layout.sheet.rows
    columns = {head_to_column(layout, name): values for name, values in where.items()}
    if not columns:
        return rows.keys()
    return {
        row
        for row, cells in rows.items()
        if row > layout.head_row
        and all(at and _has_value(cells.get(at), values) for at, values in columns.items())
    }


def _has_value(cell: Cell | None, values: Collection[str]) -> bool:
    """Tell whether a cell has one of some values; of a number 1.0 is 1."""
    if cell is None:
        return "" in values
    text = text_to_squashed(cell.text).casefold()
    if cell.form == NUMBER:
        return any(_to_number(value) == float(cell.text) for value in values)
    return any(text == text_to_squashed(value).casefold() for value in values)


def _to_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _settler(settlements: Mapping[str, Settlement], pair: Pair) -> Callable[[FoundCode], Settlement]:
    """Give what says of a code that was found what becomes of it."""
    unsure: dict[str, Settlement] = {}
    unknown: dict[str, Settlement] = {}

    def settle(found: FoundCode) -> Settlement:
        if not found.is_sure:
            return unsure.setdefault(found.code, unsure_settlement(found.code))
        own = settlements.get(found.code) or unknown.get(found.code)
        return own or unknown.setdefault(found.code, unknown_settlement(found.code, pair.old, pair.wordings))

    return settle


def _layouts_to_audit(
    layouts: Sequence[Layout], remap: Remap, rows: Mapping[str, Collection[int]]
) -> tuple[Audit, Counter[str]]:
    """Log each code; and count the cells that hold it for certain."""
    audit = Audit()
    n_cells: Counter[str] = Counter()
    for layout in layouts:
        for column in layout.columns:
            column_to_audit(column, remap, rows[layout.sheet.name], audit)
            for row, found in column.cells.items():
                if row in rows[layout.sheet.name]:
                    n_cells.update({one.code for one in found if one.is_sure})
        if layout.matrix:
            matrix_to_audit(layout.matrix, remap, audit)
            n_cells.update(one.code for found in layout.matrix.heads.values() for one in found)
    return audit, n_cells


def _layout_to_edits(
    layout: Layout, remap: Remap, rows: Collection[int], pair: Pair, asked: Options
) -> Edits:
    if asked.in_place:
        return Edits(rewritten=dict(_rewritten(layout, remap, rows, pair.old)))
    own = [column for column in layout.columns if column.gets_columns]
    added: list[AddedColumn] = []
    for column in own:
        added += column_to_added(column, remap, rows, _heads(column, len(own), layout, pair.new))
    if layout.matrix:
        head = f"{_NOTE} ({pair.new})"
        added += matrix_to_added(layout.sheet, layout.matrix, remap, rows, head)
    return Edits(tuple(added))


def _heads(column: CodeColumn, n_columns: int, layout: Layout, new: str) -> tuple[str, str, str]:
    """Give the headings of the new columns; none that the sheet has already."""
    taken = {text_to_squashed(cell.text) for cell in layout.sheet.rows.get(column.head_row, {}).values()}
    ending = f" ({column.name})" if n_columns > 1 else ""
    others = (f"{name}{ending}" for name in (v.OUTCOME, _NOTE))
    outcome, note = (name if name not in taken else f"{name} ({new})" for name in others)
    return f"{column.name} ({new})", outcome, note


def _rewritten(
    layout: Layout, remap: Remap, rows: Collection[int], old: str
) -> Iterator[tuple[tuple[int, int], tuple[Replacement, ...]]]:
    for column in layout.columns:
        if column.gets_columns and not column.is_typed:
            texts = {row: layout.sheet.rows[row][column.column].text for row in column.cells}
            yield from column_to_rewritten(column, remap, rows, texts, old)
    if layout.matrix:
        for at, found in layout.matrix.heads.items():
            head = CodeColumn(layout.sheet.name, at, "", 0, {layout.head_row: found})
            texts = {layout.head_row: layout.sheet.rows[layout.head_row][at].text}
            yield from column_to_rewritten(head, remap, {layout.head_row}, texts, old)


def _count_left(layout: Layout, rows: Collection[int]) -> int:
    """Count the rows with codes, or marks, that are left as they are of another version."""
    held = {row for column in layout.columns for row in column.cells}
    if layout.matrix:
        held |= {row for row in layout.sheet.rows if row > layout.matrix.head_row}
    return sum(row not in rows for row in held)
