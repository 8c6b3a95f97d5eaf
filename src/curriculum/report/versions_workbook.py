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
    **dict.fromkeys((v.SOURCE_PATH, v.PART, "action", v.STATUS, v.KIND, "step"), 20),
    **{"what it gives": 40, "what to type": 90},
}
# Plain words for the counts of a step; the columns keep their names in the table.
_COUNTS: Final[Mapping[str, str]] = {
    "versions_between": "versions between them that are not here",
    "n_shared": "codes in both versions",
    "n_other": "codes that now name another statement",
    "n_without": "of these, without a counterpart found",
    "n_renumbered": "statements with another code",
    "n_same": "kept",
    "n_reworded": "edited",
    "n_joined": "merged or split",
    "n_gone": "no counterpart found",
    "n_new": "new",
    "log": "what the version log or the record says",
}
# Columns that are left out where they are empty.
_LEFT_OUT: Final = (v.NOTE, v.SAME_AS, "not_compared", *_COUNTS.values())
_TWICE: Final = (v.SUBJECT_SOURCE, v.OBJECT_SOURCE, "old_version_number", "new_version_number")
_WIDTH: Final = 14
# The row of the header of the first sheet, below its title and what the links are based on.
_FIRST_ROW: Final = 5


def versions_to_workbook(content: VersionsContent) -> bytes:
    """Return the versions as a workbook (.xlsx); the same versions give the same bytes.

    A sheet without a row is left out, but for what to do.
    """
    changes = content.changes.assign(**{v.BAND: content.changes[v.BAND].map(_to_review_word)})
    sheets = {
        "What to type": _commands(content),
        "Versions": content.order,
        "Not here": content.missing,
        "Steps": _with_step(content.frame.drop(columns="what_to_do"), content).rename(columns=_COUNTS),
        "Changes": _with_step(changes, content),
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
        _add(first, _FIRST_ROW, _shown(_with_step(content.to_do, content), content), formats)
        for name, frame in sheets.items():
            if len(frame):
                _add(book.add_worksheet(name), 0, _shown(frame, content), formats)
    return buffer.getvalue()


def _with_step(frame: pd.DataFrame, content: VersionsContent) -> pd.DataFrame:
    """Return a frame with the name of the step in place of its two versions."""
    names = content.step_names
    pairs = zip(frame[v.SUBJECT_SOURCE], frame[v.OBJECT_SOURCE], strict=True)
    kept = frame.drop(columns=[name for name in _TWICE if name in frame])
    kept.insert(1, "step", [names[pair] for pair in pairs])
    return kept


def _shown(frame: pd.DataFrame, content: VersionsContent) -> pd.DataFrame:
    """Return a frame without the reference, if there is only one standard, and without empty columns."""
    is_one = len(content.references) == 1
    first = [v.REFERENCE] if is_one and v.REFERENCE in frame else []
    empty = [name for name in frame if name in _LEFT_OUT and (frame[name].astype(str) == "").all()]
    return frame.drop(columns=[*first, *empty])


def _commands(content: VersionsContent) -> pd.DataFrame:
    rows = [
        (step.name, gives, typed)
        for step in content.steps
        for gives, typed in content.commands.get(step.pair, ())
    ]
    return pd.DataFrame(rows, columns=["step", "what it gives", "what to type"], dtype="str")


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
