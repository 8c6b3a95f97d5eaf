"""What a person asks of a remap, held against the file: sheets, columns, rows, rewriting in place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from curriculum.errors import CurriculumError, NotFound, UnwritableOutput
from curriculum.model.text import text_to_squashed
from curriculum.remapping.detection import header_to_column, headers_to_columns, name_to_columns
from curriculum.remapping.layout import Layout
from curriculum.remapping.matrix_headers import header_to_remapped
from curriculum.spreadsheets.tracker import NUMBER, Cell, Sheet, Tracker, column_to_letters

__all__ = [
    "Options",
    "check_places",
    "chosen_rows",
    "chosen_sheets",
    "count_left",
    "in_place_faults",
    "is_remapped",
]

# How the sheets begin that an earlier remap has added.
_OWN_SHEET: Final = re.compile(
    r"Remapped from \S+ to (?P<new>\S+)|To decide: \S+ to \S+|"
    r"What (?:the|each learner's) (?:evidence|planned teaching) covers of \S+"
)


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


def _own_sheet(sheet: Sheet) -> re.Match[str] | None:
    """Read the title of a sheet that an earlier remap has added."""
    first = sheet.rows.get(1, {}).get(1)
    return _OWN_SHEET.fullmatch(first.text) if first and sheet.name else None


def chosen_sheets(tracker: Tracker, asked: Options) -> tuple[Sheet, ...]:
    """Return the sheets to take, without those that an earlier remap has added."""
    names = {sheet.name for sheet in tracker.sheets}
    missing = [name for name in asked.sheets if name not in names]
    if missing:
        raise NotFound(
            f"there is no sheet {', '.join(missing)}",
            where=tracker.source,
            expected=", ".join(sheet.name for sheet in tracker.sheets) or "no --sheets: a table has none",
            advice="Name one of those with --sheets.",
        )
    chosen = asked.sheets or tuple(names)
    return tuple(sheet for sheet in tracker.sheets if sheet.name in chosen and not _own_sheet(sheet))


def is_remapped(tracker: Tracker, layouts: Sequence[Layout], new: str) -> bool:
    """Return whether a file has the new codes: by the headers of new columns, or by the audit sheet."""
    marks = [found["new"] for sheet in tracker.sheets if (found := _own_sheet(sheet))]
    header_rows = [(layout, column.header_row) for layout in layouts for column in layout.columns]
    header_rows += [(layout, layout.matrix.header_row) for layout in layouts if layout.matrix]
    headers = [cell.text for layout, row in header_rows for cell in layout.sheet.rows.get(row, {}).values()]
    return new in marks or any(header_to_remapped(header, new) for header in headers)


def check_places(tracker: Tracker, layouts: Sequence[Layout], asked: Options) -> None:
    """Refuse the names of columns that no sheet has, or that stand over two columns of one.

    Raises
    ------
    NotFound
        Names them, and those of the file that are most like them; others are a person's and stay untold.
    """
    wanted = [*asked.where, *([asked.learners] if asked.learners else [])]
    _refuse_shared(tracker, layouts, wanted)
    missing = [
        name
        for name in wanted
        if not any(header_to_column(layout.sheet, layout.header_row, name) for layout in layouts)
    ]
    missing += [
        name
        for name in (*asked.columns, *asked.evidence)
        if not any(name_to_columns(layout.sheet, layout.header_row, name) for layout in layouts)
    ]
    if not missing:
        return
    cells = (cell for layout in layouts for cell in layout.sheet.rows.get(layout.header_row, {}).values())
    headers = {text_to_squashed(cell.text).casefold(): text_to_squashed(cell.text) for cell in cells}
    alike = [headers[one] for name in missing for one in get_close_matches(name.casefold(), headers, n=2)]
    meant = f" Did you mean {' or '.join(dict.fromkeys(alike))}?" if alike else ""
    raise NotFound(
        f"there is no column headed {', '.join(missing)}",
        where=tracker.source,
        expected="a heading as the file has it, in quotes; with --columns and --evidence also letters",
        advice=meant.strip() or "Copy the heading from the file.",
    )


def _refuse_shared(tracker: Tracker, layouts: Sequence[Layout], wanted: Sequence[str]) -> None:
    """Refuse a heading that stands over two columns of a sheet: which of them is meant cannot be told."""
    for name in wanted:
        for layout in layouts:
            columns = headers_to_columns(layout.sheet, layout.header_row, name)
            if len(columns) > 1:
                raise NotFound(
                    f"the heading {name} stands over {len(columns)} columns",
                    where=_where(tracker, layout),
                    expected="a heading of one column",
                    found=", ".join(map(column_to_letters, columns)),
                    advice="Give the column that you mean a heading of its own in the file.",
                )


def _where(tracker: Tracker, layout: Layout) -> str:
    return f"{tracker.source}, sheet {layout.sheet.name}" if layout.sheet.name else tracker.source


def in_place_faults(tracker: Tracker, layouts: Sequence[Layout], asked: Options) -> Iterator[CurriculumError]:
    """Yield a fault for each place where codes cannot be rewritten without breaking or hiding something."""
    for layout in layouts:
        where = _where(tracker, layout)
        whats = ["type and number stand in two columns" for column in layout.columns if column.is_typed]
        if layout.matrix and layout.sheet.has_table:
            whats.append("the codes are headings of an Excel table")
        if tracker.form == "delimited" and any(not column.header_row for column in layout.columns):
            whats.append("the columns have no headings, in which to say of which version they are")
        if layout.matrix and asked.where:
            whats.append("the codes are headings, which stand over the rows that are left too")
        if tracker.form == "delimited" and layout.matrix:
            whats.append("the codes are headings, which cannot say of which version they are")
        for what in dict.fromkeys(whats):
            yield UnwritableOutput(
                what, where=where, advice="Leave out --in-place: new columns are added then."
            )


def chosen_rows(layout: Layout, where: Mapping[str, tuple[str, ...]]) -> Collection[int]:
    """Return the rows to remap: all, or those whose cells have one of the values that were asked for."""
    rows = layout.sheet.rows
    columns = {
        header_to_column(layout.sheet, layout.header_row, name): values for name, values in where.items()
    }
    if not columns:
        return rows.keys()
    return {
        row
        for row, cells in rows.items()
        if row > layout.header_row
        and all(at and _has_value(cells.get(at), values) for at, values in columns.items())
    }


def _has_value(cell: Cell | None, values: Collection[str]) -> bool:
    """Return whether a cell has one of some values; of a number 1.0 is 1."""
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


def count_left(layout: Layout, rows: Collection[int]) -> int:
    """Count the rows with codes, or below a heading of codes, that are left as another version's."""
    held = {row for column in layout.columns for row in column.cells}
    if layout.matrix:
        held |= {row for row in layout.sheet.rows if row > layout.matrix.header_row}
    return sum(row not in rows for row in held)
