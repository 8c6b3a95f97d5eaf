"""Where a sheet "To decide" has what: its headings, its columns, and who signs for all rows."""

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
    "EXPORT_ANEW",
    "NO_DEFAULT",
    "Default",
    "SheetLayout",
    "check_columns",
    "text_to_day",
    "tracker_to_pairs",
    "tracker_to_sheet_layout",
]

EXPORT_ANEW: Final = "Export the workbook anew and answer there; nothing has been written."
_TOP: Final = 20
# A cell that is formatted as a date can hold a time as well.
_TIME: Final = re.compile(r"(?<=\d)T[\d:.]+$")


def text_to_day(text: str) -> str:
    """Return a day as ISO 8601, or the text as it stands if it is none.

    Examples
    --------
    >>> text_to_day("2026-11-22T00:00:00"), text_to_day("1 AUGUST 2026"), text_to_day("soon")
    ('2026-11-22', '2026-08-01', 'soon')
    """
    return text_to_iso_date(_TIME.sub("", text)) or text


class Default(NamedTuple):
    """Who decided, and when, where a row does not say."""

    reviewer: str = ""
    date: str = ""


NO_DEFAULT: Final = Default()


@dataclass(frozen=True)
class SheetLayout:
    """Where a sheet has what: the row of the headings, the columns by field, who and when for all rows."""

    sheet: Sheet
    source: str
    header_row: int
    columns: Mapping[str, int]
    documents: tuple[str, str]
    default: Default

    def cell(self, row: int, name: str) -> str:
        """Name a cell as a message should."""
        return f"{self.source}, sheet {self.sheet.name}, cell {cell_name(row, self.columns[name])}"


def tracker_to_pairs(tracker: Tracker) -> tuple[tuple[str, str], ...]:
    """Return the pairs of versions that the sheets "To decide" of a workbook are about."""
    return tuple(place.documents for place in _places(tracker))


def check_columns(place: SheetLayout, is_kept: bool) -> None:
    """Refuse a sheet that lost a column: what is not there would be taken for having been emptied."""
    is_exported = is_kept or "as_exported" in place.columns
    lacking = [COLUMNS[name].header for name in (*ANSWERS, "as_exported") if name not in place.columns]
    if is_exported and lacking:
        raise invalid_decision(
            f"{place.source}, sheet {place.sheet.name}, row {place.header_row}",
            "lacks columns that the export wrote",
            ", ".join(f"“{header}”" for header in lacking),
            "none of these headings",
            EXPORT_ANEW,
        )


def tracker_to_sheet_layout(tracker: Tracker, pair: VersionPair, default: Default) -> SheetLayout:
    """Find the sheet of a pair; refuse if there is none, or more than one."""
    places = list(_places(tracker))
    own = [place for place in places if place.documents == (pair.old, pair.new)]
    if len(own) == 1:
        given = own[0].default
        return replace(
            own[0], default=Default(given.reviewer or default.reviewer, given.date or default.date)
        )
    others = [" to ".join(place.documents) for place in places]
    raise invalid_decision(
        tracker.source,
        f"holds no sheet “{TO_DECIDE}” of this pair" if not own else f"holds it {len(own)} times",
        f"one of {pair.old} to {pair.new}",
        f"one of {', '.join(others)}" if others else "none",
        "Give the workbook that curriculum review export or curriculum remap wrote, filled in.",
    )


def _places(tracker: Tracker) -> Iterator[SheetLayout]:
    """Find the sheets by their headings, and the columns by theirs: all can have been moved."""
    for sheet in tracker.sheets:
        for row, cells in list(sheet.rows.items())[:_TOP]:
            headers = {at: text_to_header(text_to_squashed(cell.text)) for at, cell in cells.items()}
            columns = {name: at for at, (name, _) in headers.items() if name}
            documents = {name: document for name, document in headers.values() if document}
            if columns.keys() >= REQUIRED and documents.keys() >= set(PAIR_COLUMNS):
                _refuse_repeated(headers, tracker.source, sheet.name, row)
                pair = (documents["old_code"], documents["new_code"])
                yield SheetLayout(sheet, tracker.source, row, columns, pair, _sheet_to_default(sheet, row))
                break


def _refuse_repeated(headers: Mapping[int, tuple[str, str]], source: str, sheet: str, row: int) -> None:
    first: dict[str, int] = {}
    for at, (name, _) in headers.items():
        if name and first.setdefault(name, at) != at:
            where = f"{source}, sheet {sheet}, cell {cell_name(row, at)}"
            found = f"it in {cell_name(row, first[name])} too"
            raise invalid_decision(
                where, f"a second column “{COLUMNS[name].header}”", "each column once", found
            )


def _sheet_to_default(sheet: Sheet, header_row: int) -> Default:
    """Read who decided, and when, from the top of a sheet: beside the sentence that asks for it."""
    found = {REVIEWER_FOR_ALL: "", DATE_FOR_ALL: ""}
    for row, cells in sheet.rows.items():
        for at, cell in cells.items():
            if row < header_row and text_to_squashed(cell.text) in found and at + 1 in cells:
                found[text_to_squashed(cell.text)] = text_to_squashed(cells[at + 1].text)
    date = found[DATE_FOR_ALL]
    return Default(found[REVIEWER_FOR_ALL], text_to_day(date))
