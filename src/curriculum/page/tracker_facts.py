"""What a page shows of a tracker at first: its sheets, its columns, and which version it looks like."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from curriculum.crosswalk.bundle import Bundle
from curriculum.errors import NotFound
from curriculum.model.text import text_to_squashed
from curriculum.remapping.detection import sheet_to_layout, text_finder
from curriculum.remapping.layout import Layout
from curriculum.remapping.options import Options, chosen_sheets
from curriculum.remapping.version_check import layouts_to_verdict
from curriculum.spreadsheets.tracker import Sheet, Tracker, column_to_letters, letters_to_column
from curriculum.tables.version_pair_rows import rows_to_version_pair

__all__ = ["tracker_to_facts", "tracker_to_fit", "tracker_to_values"]

_MOST_VALUES: Final = 50
# Headers are in one of the first rows: the one with the most cells that are no numbers.
_TOP: Final = 30


def tracker_to_facts(tracker: Tracker) -> dict[str, Any]:
    """Return the sheets of a tracker, with the headers of their columns."""
    return {
        "name": tracker.source,
        "form": tracker.form,
        "sheets": [
            {
                "name": sheet.name,
                "is_hidden": sheet.is_hidden,
                "n_rows": len(sheet.rows),
                "columns": [
                    {"letter": column_to_letters(at), "header": header}
                    for at, header in sorted(_headers(sheet).items())
                ],
            }
            for sheet in tracker.sheets
        ],
    }


def _header_row(sheet: Sheet) -> int:
    """Return the row that is probably that of the headers; the first of several; 0 without rows."""
    if sheet.header_row:
        return sheet.header_row
    top = list(sheet.rows)[:_TOP]
    texts = {row: len({cell.text for cell in sheet.rows[row].values() if cell.form == "text"}) for row in top}
    return max(top, key=lambda row: (texts[row], -row), default=0)


def _headers(sheet: Sheet) -> dict[int, str]:
    """Return the header of each column that has a cell; a column without one has an empty header."""
    headers = sheet.rows.get(_header_row(sheet), {})
    used = {at for cells in sheet.rows.values() for at in cells}
    return {at: text_to_squashed(headers[at].text) if at in headers else "" for at in used}


def tracker_to_fit(tracker: Tracker, bundle: Bundle) -> dict[str, Any]:
    """Return whether a tracker looks like the old version of a bundle, and the evidence in sentences."""
    pair = rows_to_version_pair(bundle.tables, bundle.old, bundle.new)
    finder = text_finder(False, pair.wordings)
    layouts = [
        sheet_to_layout(sheet, finder, pair.wordings, pair.old) for sheet in chosen_sheets(tracker, Options())
    ]
    rows = {layout.sheet.name: layout.sheet.rows.keys() for layout in layouts}
    verdict = layouts_to_verdict(layouts, bundle.tables, pair.old, tracker.source, rows)
    has_codes = any(map(_has_codes, layouts))
    sentences = list(dict.fromkeys(filter(None, (verdict.against, *verdict.sentences))))
    # Rows of several versions are against every version, and against none as a whole.
    is_likely = has_codes and not (verdict.against and verdict.likely)
    return {"is_likely": is_likely, "sentences": sentences}


def _has_codes(layout: Layout) -> bool:
    return bool(layout.matrix) or any(column.cells for column in layout.columns)


def tracker_to_values(tracker: Tracker, sheet: str, column: str) -> list[dict[str, Any]]:
    """Return the distinct values of a column below its header, the most frequent first.

    Raises
    ------
    NotFound
        If the tracker has no such sheet.
    """
    found = next((known for known in tracker.sheets if known.name == sheet), None)
    if found is None:
        raise NotFound(f"there is no sheet {sheet}", where=tracker.source, expected="one of its sheets")
    at, top = letters_to_column(column), _header_row(found)
    cells = (cells.get(at) for row, cells in found.rows.items() if row > top)
    counts = Counter(text_to_squashed(cell.text) if cell else "" for cell in cells)
    return [{"value": value, "n_rows": count} for value, count in counts.most_common(_MOST_VALUES)]
