"""Find the sheet "To decide" in a workbook: its headers, its columns, and the signature for all rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from curriculum.decisions.validation import invalid_decision
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_squashed
from curriculum.model.version_pair import VersionPair
from curriculum.review.sheet_columns import (
    ANSWERS,
    COLUMNS,
    DATE_FOR_ALL,
    PAIR_COLUMNS,
    REQUIRED,
    REVIEWER_FOR_ALL,
    TO_DECIDE,
    text_to_header,
)
from curriculum.spreadsheets.tracker import Sheet, Tracker, cell_name

__all__ = [
    "EXPORT_AGAIN",
    "NO_DEFAULT",
    "Default",
    "SheetLayout",
    "check_columns",
    "text_to_day",
    "tracker_to_pairs",
    "tracker_to_sheet_layout",
]

EXPORT_AGAIN: Final = "Export the workbook again and answer there; nothing has been written."
_TOP: Final = 20
# A cell that is formatted as a date can hold a time as well.
_TIME: Final = re.compile(r"(?<=\d)T[\d:.]+$")


def text_to_day(text: str) -> str:
    """Return a day as ISO 8601, or the text unchanged if it is not a day.

    Examples
    --------
    >>> text_to_day("2026-11-22T00:00:00"), text_to_day("1 AUGUST 2026"), text_to_day("soon")
    ('2026-11-22', '2026-08-01', 'soon')
    """
    return text_to_iso_date(_TIME.sub("", text)) or text


class Default(NamedTuple):
    """The reviewer and the date of the rows that have none."""

    reviewer: str = ""
    date: str = ""


NO_DEFAULT: Final = Default()


@dataclass(frozen=True)
class SheetLayout:
    """The layout of a sheet.

    Attributes
    ----------
    sheet, source
        The sheet, and the name of its file.
    header_row
        The row of the headers.
    columns
        The number of each column, by the name in `COLUMNS`.
    documents
        The old and the new version in the headers.
    default
        The reviewer and the date at the top of the sheet.
    """

    sheet: Sheet
    source: str
    header_row: int
    columns: Mapping[str, int]
    documents: tuple[str, str]
    default: Default

    def cell(self, row: int, name: str) -> str:
        """Return the location of a cell for a message."""
        return f"{self.source}, sheet {self.sheet.name}, cell {cell_name(row, self.columns[name])}"


def tracker_to_pairs(tracker: Tracker) -> tuple[tuple[str, str], ...]:
    """Return the pairs of versions that the sheets "To decide" of a workbook are about."""
    return tuple(layout.documents for layout in _layouts(tracker))


def check_columns(layout: SheetLayout, is_kept: bool) -> None:
    """Raise if an exported sheet lacks a column: its cells would count as emptied."""
    is_exported = is_kept or "as_exported" in layout.columns
    lacking = [COLUMNS[name].header for name in (*ANSWERS, "as_exported") if name not in layout.columns]
    if is_exported and lacking:
        raise invalid_decision(
            f"{layout.source}, sheet {layout.sheet.name}, row {layout.header_row}",
            "lacks columns that the export wrote",
            ", ".join(f"“{header}”" for header in lacking),
            "none of these headings",
            EXPORT_AGAIN,
        )


def tracker_to_sheet_layout(tracker: Tracker, pair: VersionPair, default: Default) -> SheetLayout:
    """Return the layout of the sheet of a pair; raise if there is none, or more than one."""
    layouts = list(_layouts(tracker))
    found = [layout for layout in layouts if layout.documents == (pair.old, pair.new)]
    if len(found) == 1:
        (layout,) = found
        reviewer = layout.default.reviewer or default.reviewer
        return replace(layout, default=Default(reviewer, layout.default.date or default.date))
    others = [" to ".join(layout.documents) for layout in layouts]
    raise invalid_decision(
        tracker.source,
        f"holds no sheet “{TO_DECIDE}” of this pair" if not found else f"holds it {len(found)} times",
        f"one of {pair.old} to {pair.new}",
        f"one of {', '.join(others)}" if others else "none",
        "Give the workbook that curriculum review export or curriculum remap wrote, filled in.",
    )


def _layouts(tracker: Tracker) -> Iterator[SheetLayout]:
    """Yield the layouts of the sheets. Headers identify sheets and columns, as people can move both."""
    for sheet in tracker.sheets:
        for row, cells in list(sheet.rows.items())[:_TOP]:
            headers = {at: text_to_header(text_to_squashed(cell.text)) for at, cell in cells.items()}
            columns = {name: at for at, (name, _) in headers.items() if name}
            documents = {name: document for name, document in headers.values() if document}
            if columns.keys() >= REQUIRED and documents.keys() >= set(PAIR_COLUMNS):
                _check_repeated(headers, tracker.source, sheet.name, row)
                pair = (documents["old_code"], documents["new_code"])
                yield SheetLayout(sheet, tracker.source, row, columns, pair, _sheet_to_default(sheet, row))
                break


def _check_repeated(headers: Mapping[int, tuple[str, str]], source: str, sheet: str, row: int) -> None:
    first: dict[str, int] = {}
    for at, (name, _) in headers.items():
        if name and first.setdefault(name, at) != at:
            where = f"{source}, sheet {sheet}, cell {cell_name(row, at)}"
            found = f"it in {cell_name(row, first[name])} too"
            raise invalid_decision(
                where, f"a second column “{COLUMNS[name].header}”", "each column once", found
            )


def _sheet_to_default(sheet: Sheet, header_row: int) -> Default:
    """Return the reviewer and the date at the top of a sheet, each beside its question."""
    found = {REVIEWER_FOR_ALL: "", DATE_FOR_ALL: ""}
    for row, cells in sheet.rows.items():
        for at, cell in cells.items():
            if row < header_row and text_to_squashed(cell.text) in found and at + 1 in cells:
                found[text_to_squashed(cell.text)] = text_to_squashed(cells[at + 1].text)
    date = found[DATE_FOR_ALL]
    return Default(found[REVIEWER_FOR_ALL], text_to_day(date))
