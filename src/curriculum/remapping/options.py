"""The options of a remap, and whether they fit the file: sheets, columns, rows, rewriting in place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from curriculum.errors import CurriculumError, InvalidInput, NotFound, UnwritableOutput, raise_faults
from curriculum.model import vocabulary as v
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_squashed
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.column_headers import header_to_column, headers_to_columns, name_to_columns
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

# How the titles of sheets begin that an earlier remap has added.
_ADDED_SHEET: Final = re.compile(
    r"Remapped from \S+ to (?P<new>\S+)|To decide: \S+ to \S+|"
    r"What (?:the|each learner's) (?:evidence|planned teaching) covers of \S+"
)


@dataclass(frozen=True)
class Options:
    """The options of a remap.

    Attributes
    ----------
    columns, sheets
        Headers or letters of the columns to remap, and names of the sheets; by default they are found.
    where
        Values by header: only rows that have one of them are remapped.
    in_text
        Look for codes inside prose too.
    in_place
        Rewrite the cells instead of adding columns.
    accepts_proposals
        Use links that are only proposed.
    evidence
        Headers of columns that must be filled in for a row to count as evidence; by default the headers of
        the table decide, and a row of which that is not clear does not count.
    learners
        The header of the column with the learners. With an empty text the column is found. With None, the
        default, no names are kept.
    option
        The title of the option of the standard whose coverage is shown.
    date
        Of a file: the date on the coverage, in ISO 8601. Without it no date is shown, as no clock is read.

    Raises
    ------
    NotFound
        If the date is not a date in ISO 8601.
    InvalidInput
        If an option has another type.

    Examples
    --------
    >>> Options(columns=["KSBs"], where={"Standard version": ["1.0"]}).in_place
    False
    """

    columns: Sequence[str] = ()
    sheets: Sequence[str] = ()
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    in_text: bool = False
    in_place: bool = False
    accepts_proposals: bool = False
    evidence: Sequence[str] = ()
    learners: str | None = None
    option: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        _refuse_other_types(self)
        for name in ("columns", "sheets", "evidence"):
            given = getattr(self, name)
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(map(str, given)))
        # A single value is a list of one.
        where = {
            name: tuple(values) if isinstance(values, list | tuple | set) else (str(values),)
            for name, values in self.where.items()
        }
        object.__setattr__(self, "where", where)
        if self.date and text_to_iso_date(self.date) != self.date:
            raise NotFound(
                "no date",
                where=f"--date {self.date}",
                expected="year, month and day, such as --date 2026-11-29",
                advice="Write it like that, or leave it out: no date is shown then.",
            )


_LIST = (str | list | tuple, "a header, or a list of headers")
_FLAG = (bool, "True or False")
_TEXT = (str, "a text")
_TYPES: Final = {
    **dict.fromkeys(("columns", "sheets", "evidence"), _LIST),
    **dict.fromkeys(("in_text", "in_place", "accepts_proposals"), _FLAG),
    **dict.fromkeys(("option", "date"), _TEXT),
    "learners": (str | None, "a header, '' or None"),
    "where": (Mapping, "values by header: {'Cohort': ['2024']}"),
}


def _refuse_other_types(options: Options) -> None:
    """Refuse options of other types, all at once."""
    raise_faults(
        [
            InvalidInput(
                "cannot be used",
                where=f"{name}={getattr(options, name)!r}"[:60],
                expected=expected,
                found=type(getattr(options, name)).__name__,
            )
            for name, (kind, expected) in _TYPES.items()
            if not isinstance(getattr(options, name), kind)
        ]
    )


def _match_added_sheet(sheet: Sheet) -> re.Match[str] | None:
    """Return the match of the title of a sheet that an earlier remap has added, if it is one."""
    first = sheet.rows.get(1, {}).get(1)
    return _ADDED_SHEET.fullmatch(first.text) if first and sheet.name else None


def chosen_sheets(tracker: Tracker, options: Options) -> tuple[Sheet, ...]:
    """Return the sheets to remap, without those that an earlier remap has added."""
    names = {sheet.name for sheet in tracker.sheets}
    missing = [name for name in options.sheets if name not in names]
    if missing:
        raise NotFound(
            f"there is no sheet {', '.join(missing)}",
            where=tracker.source,
            expected=", ".join(sheet.name for sheet in tracker.sheets) or "no --sheets: a table has none",
            advice="Name one of those with --sheets.",
        )
    chosen = options.sheets or tuple(names)
    return tuple(sheet for sheet in tracker.sheets if sheet.name in chosen and not _match_added_sheet(sheet))


def is_remapped(tracker: Tracker, layouts: Sequence[Layout], pair: VersionPair) -> bool:
    """Return whether a file has the new codes already: by its headers, its audit sheet, or marks in cells.

    A mark such as “K5 [st0792-1.0: review]” is what a remap in place writes behind a code that it leaves.
    """
    new = pair.new
    marks = [found["new"] for sheet in tracker.sheets if (found := _match_added_sheet(sheet))]
    header_rows = [(layout, column.header_row) for layout in layouts for column in layout.columns]
    header_rows += [(layout, layout.matrix.header_row) for layout in layouts if layout.matrix]
    headers = [cell.text for layout, row in header_rows for cell in layout.sheet.rows.get(row, {}).values()]
    return (
        new in marks
        or any(header_to_remapped(header, new) for header in headers)
        or any(map(_outcome_mark(pair.old).search, _cells_of_codes(layouts)))
    )


def _outcome_mark(old: str) -> re.Pattern[str]:
    outcomes = "|".join(map(re.escape, v.OUTCOMES))
    return re.compile(rf"\[{re.escape(old)}: (?:{outcomes})\]")


def _cells_of_codes(layouts: Sequence[Layout]) -> Iterator[str]:
    """Yield the texts of the cells below the headers of columns of codes."""
    for layout in layouts:
        for column in layout.columns:
            for row, cells in layout.sheet.rows.items():
                if row > column.header_row and column.column in cells:
                    yield cells[column.column].text


def check_places(tracker: Tracker, layouts: Sequence[Layout], options: Options) -> None:
    """Refuse headers that no sheet has, or that two columns of a sheet share.

    Raises
    ------
    NotFound
        It names them and the most similar headers of the file. Other headers can be private: it shows none.
    """
    wanted = [*options.where, *([options.learners] if options.learners else [])]
    _refuse_shared(tracker, layouts, wanted)
    missing = [
        name
        for name in wanted
        if not any(header_to_column(layout.sheet, layout.header_row, name) for layout in layouts)
    ]
    missing += [
        name
        for name in (*options.columns, *options.evidence)
        if not any(name_to_columns(layout.sheet, layout.header_row, name) for layout in layouts)
    ]
    if not missing:
        return
    cells = (cell for layout in layouts for cell in layout.sheet.rows.get(layout.header_row, {}).values())
    headers = {text_to_squashed(cell.text).casefold(): text_to_squashed(cell.text) for cell in cells}
    alike = [
        headers[header] for name in missing for header in get_close_matches(name.casefold(), headers, n=2)
    ]
    meant = f" Did you mean {' or '.join(dict.fromkeys(alike))}?" if alike else ""
    raise NotFound(
        f"there is no column headed {', '.join(missing)}",
        where=tracker.source,
        expected="a header as the file has it, in quotes; with --columns and --evidence also letters",
        advice=meant.strip() or "Copy the header from the file.",
    )


def _refuse_shared(tracker: Tracker, layouts: Sequence[Layout], wanted: Sequence[str]) -> None:
    """Refuse a header that two columns of a sheet share: it is not clear which of them is meant."""
    for name in wanted:
        for layout in layouts:
            columns = headers_to_columns(layout.sheet, layout.header_row, name)
            if len(columns) > 1:
                raise NotFound(
                    f"{len(columns)} columns have the header {name}",
                    where=_where(tracker, layout),
                    expected="a header that only one column has",
                    found=", ".join(map(column_to_letters, columns)),
                    advice="Give the column that you mean another header in the file.",
                )


def _where(tracker: Tracker, layout: Layout) -> str:
    return f"{tracker.source}, sheet {layout.sheet.name}" if layout.sheet.name else tracker.source


def in_place_faults(
    tracker: Tracker, layouts: Sequence[Layout], options: Options
) -> Iterator[CurriculumError]:
    """Yield an error for each sheet whose codes cannot be rewritten without breaking or hiding something."""
    for layout in layouts:
        where = _where(tracker, layout)
        obstacles = ["type and number are in two columns" for column in layout.columns if column.is_typed]
        if layout.matrix and layout.sheet.has_table:
            obstacles.append("the codes are headers of an Excel table")
        if tracker.form == "delimited" and any(not column.header_row for column in layout.columns):
            obstacles.append("the columns have no headers, which could show the version of the codes")
        if layout.matrix and options.where:
            obstacles.append("the codes are headers, which also apply to the rows that are not remapped")
        if tracker.form == "delimited" and layout.matrix:
            obstacles.append("the codes are headers, which cannot show their version")
        for obstacle in dict.fromkeys(obstacles):
            yield UnwritableOutput(
                obstacle, where=where, advice="Leave out --in-place: new columns are added then."
            )


def chosen_rows(layout: Layout, where: Mapping[str, Sequence[str]]) -> Collection[int]:
    """Return the rows to remap: all, or those whose cells have one of the chosen values."""
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
    """Return whether a cell has one of some values; the number 1 equals 1.0."""
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
    """Count the rows with codes, or below headers that are codes, that are not remapped."""
    rows_with_codes = {row for column in layout.columns for row in column.cells}
    if layout.matrix:
        rows_with_codes |= {row for row in layout.sheet.rows if row > layout.matrix.header_row}
    return sum(row not in rows for row in rows_with_codes)
