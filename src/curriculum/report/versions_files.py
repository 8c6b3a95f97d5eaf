"""Write the versions of a standard as a file: a table of steps, a workbook, or a page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from curriculum.errors import unknown_ending
from curriculum.model import vocabulary as v
from curriculum.model.plain_headings import column_to_heading
from curriculum.model.plain_words import REVIEW_WORDS
from curriculum.report.versions_content import TRUST, VersionsContent
from curriculum.tables.csv_files import frame_to_export

__all__ = ["check_versions_name", "versions_to_bytes"]

_FORMATS: Final = (".csv", ".xlsx", ".html")
_WIDTHS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("what_to_do", "old", "new", v.TEXT, v.REASON, v.NOTE, v.CHANGE_DETAIL, "log"), 50),
    **dict.fromkeys((v.TITLE, v.NAME, v.CHANGE, "also_changed", "not_compared", v.KNOWN_FROM, v.WHERE), 26),
    **dict.fromkeys((v.SOURCE_PATH, v.PART, "action", v.STATUS, v.KIND), 20),
}
_WIDTH: Final = 14


def check_versions_name(path: str | Path) -> None:
    """Raise an error if versions cannot be written in the format of a file name.

    Raises
    ------
    UnsupportedFormat
        If the ending is another one than .csv, .xlsx or .html.
    """
    path = Path(path)
    if path.suffix.casefold() not in _FORMATS:
        raise unknown_ending("versions", path.as_posix(), _FORMATS)


def versions_to_bytes(content: VersionsContent, path: str | Path) -> bytes:
    """Return the versions in the format of a file name; the same versions give the same bytes.

    Parameters
    ----------
    content
        The versions.
    path
        A name that ends in ``.csv`` (the steps), ``.xlsx`` or ``.html``.

    Raises
    ------
    UnsupportedFormat
        If the ending is another one.
    """
    check_versions_name(path)
    ending = Path(path).suffix.casefold()
    if ending == ".csv":
        return frame_to_export(content.frame)
    if ending == ".html":
        # Imported here, because other formats do not need it.
        from curriculum.report.versions_page import versions_to_page

        return versions_to_page(content)
    return _content_to_workbook(content)


def _content_to_workbook(content: VersionsContent) -> bytes:
    from curriculum.spreadsheets.checked_workbook import CheckedBook
    from curriculum.spreadsheets.report_style import AUTHOR, CREATED, add_table, book_to_formats, set_page

    sheets = {
        "What to do": content.to_do,
        "Versions": content.order,
        "Not here": content.missing,
        "Steps": content.frame,
        "Changes": content.changes.assign(**{v.BAND: content.changes[v.BAND].map(_to_review_word)}),
        "History": content.history,
    }
    buffer = io.BytesIO()
    with CheckedBook(buffer) as book:
        book.set_properties({"title": content.title, "author": AUTHOR, "created": CREATED})
        formats = book_to_formats(book)
        for name, frame in sheets.items():
            is_first = name == "What to do"
            if frame.empty and not is_first:
                continue
            sheet = book.add_worksheet(name)
            set_page(sheet)
            if is_first:
                sheet.write_string(0, 0, content.title, formats["title"])
                sheet.write_string(1, 0, TRUST, formats["line"])
            first = 3 if is_first else 0
            rows = list(_to_shown(frame).itertuples(index=False, name=None))
            add_table(sheet, first, rows, _widths(frame), formats)
            sheet.freeze_panes(first + 1, 0)
    return buffer.getvalue()


def _to_review_word(band: str) -> str:
    return REVIEW_WORDS.get(band, band)


def _to_shown(frame: pd.DataFrame) -> pd.DataFrame:
    flags = {
        str(name): frame[name].map({True: "yes", False: "no"}) for name in frame.select_dtypes("bool").columns
    }
    return frame.assign(**flags)


def _widths(frame: pd.DataFrame) -> dict[str, int]:
    return {column_to_heading(str(name)): _WIDTHS.get(str(name), _WIDTH) for name in frame}
