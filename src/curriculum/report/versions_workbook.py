"""Write the versions of a standard as a workbook: what to do, the order, the steps, and every change."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.model.plain_headings import column_to_heading
from curriculum.model.plain_words import REVIEW_WORDS
from curriculum.report.versions_content import TRUST, VersionsContent
from curriculum.spreadsheets.checked_workbook import CheckedBook
from curriculum.spreadsheets.report_style import (
    AUTHOR,
    CREATED,
    Format,
    Worksheet,
    add_table,
    book_to_formats,
    set_page,
)

__all__ = ["versions_to_workbook"]

_WIDTHS: Final[Mapping[str, int]] = {
    "what_to_do": 90,
    **dict.fromkeys(("old", "new", v.TEXT, v.REASON, v.NOTE, v.CHANGE_DETAIL, "log"), 50),
    **dict.fromkeys((v.TITLE, v.NAME, v.CHANGE, "also_changed", "not_compared", v.KNOWN_FROM, v.WHERE), 26),
    **dict.fromkeys((v.SOURCE_PATH, v.PART, "action", v.STATUS, v.KIND), 20),
}
_WIDTH: Final = 14
# The row of the header of the first sheet, below its title and what the links are based on.
_FIRST_ROW: Final = 5


def versions_to_workbook(content: VersionsContent) -> bytes:
    """Return the versions as a workbook (.xlsx); the same versions give the same bytes.

    A sheet without a row is left out, but for what to do.
    """
    sheets = {
        "Versions": content.order,
        "Not here": content.missing,
        "Steps": content.frame.drop(columns="what_to_do"),
        "Changes": content.changes.assign(**{v.BAND: content.changes[v.BAND].map(_to_review_word)}),
        "History": content.history,
    }
    buffer = io.BytesIO()
    with CheckedBook(buffer) as book:
        book.set_properties({"title": content.title, "author": AUTHOR, "created": CREATED})
        formats = book_to_formats(book)
        first = book.add_worksheet("What to do")
        first.write_string(0, 0, content.title, formats["title"])
        for at, line in enumerate(filter(None, (*TRUST.split(". ", 1), content.basis)), start=1):
            first.write_string(at, 0, line, formats["line"])
        _add(first, _FIRST_ROW, content.to_do, formats)
        for name, frame in sheets.items():
            if len(frame):
                _add(book.add_worksheet(name), 0, frame, formats)
    return buffer.getvalue()


def _add(sheet: Worksheet, first: int, frame: pd.DataFrame, formats: Mapping[str, Format]) -> None:
    """Write a frame as a table for printing; ``first`` is the row of its header."""
    set_page(sheet)
    add_table(
        sheet, first, list(_to_shown(frame).itertuples(index=False, name=None)), _widths(frame), formats
    )
    sheet.freeze_panes(first + 1, 0)


def _to_review_word(band: str) -> str:
    return REVIEW_WORDS.get(band, band)


def _to_shown(frame: pd.DataFrame) -> pd.DataFrame:
    flags = {
        str(name): frame[name].map({True: "yes", False: "no"}) for name in frame.select_dtypes("bool").columns
    }
    return frame.assign(**flags)


def _widths(frame: pd.DataFrame) -> dict[str, int]:
    return {column_to_heading(str(name)): _WIDTHS.get(str(name), _WIDTH) for name in frame}
