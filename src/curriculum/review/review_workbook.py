"""Write the review workbook: a guide, the sheet "To decide", and both versions to look up codes in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.model.plain_words import RELATION_MEANINGS, RELATION_WORDS
from curriculum.model.version_pair import VersionPair
from curriculum.review.review_progress import ReviewProgress
from curriculum.review.review_rows import ReviewRow
from curriculum.review.sheet_columns import ANSWER_MEANINGS, COLUMNS, TO_DECIDE
from curriculum.review.sheet_writer import FONT_SIZE, TITLE_SIZE, add_to_decide
from curriculum.spreadsheets.checked_workbook import CheckedBook
from curriculum.spreadsheets.report_style import (
    AUTHOR,
    CREATED,
    Format,
    Worksheet,
    add_table,
    book_to_formats,
    set_page,
    texts_to_height,
)

__all__ = ["Review", "review_to_workbook"]

_ABOUT: Final = "Read me first"
_LONGEST_NAME: Final = 31
_ABOUT_WIDTHS: Final = (18, 100)
_STATEMENT_WIDTHS: Final = {
    v.CODE: 8,
    v.TEXT: 80,
    v.KIND: 22,
    v.OPTION: 26,
    "duties": 16,
    "methods": 12,
    "linked_to": 18,
    "state": 14,
}
_STATEMENT_HEADERS: Final = {v.TEXT: "wording", "linked_to": "linked to"}
_ANSWERS: Final = (
    *ANSWER_MEANINGS.items(),
    (
        "K4, or K4 & S7",
        "these codes take its place instead; on a row without an old code, the old codes that it comes from. "
        "The sheets of both versions help to find them",
    ),
)
# The term of the data files is in brackets.
_RELATIONS: Final = " ".join(
    f"{word}: {RELATION_MEANINGS[word]} ({term})." for term, word in RELATION_WORDS.items()
)
_STEPS: Final = (
    (
        "1. Look",
        "The sheet “To decide” has a row for each proposal, the most doubtful first. Words that only one of "
        "two wordings has are marked: vermilion and bold in the old one, blue and bold in the new one.",
    ),
    (
        "2. Answer",
        "In the yellow cells. Rows that stay empty stay undecided. You need not do all at once.",
    ),
    *((f"    {word}", f"{meaning[0].upper()}{meaning[1:]}.") for word, meaning in _ANSWERS),
    (
        "3. Relation",
        f"Only if another than the proposed one holds. {_RELATIONS}",
    ),
    (
        "4. Sign",
        "Write your initials or your role once, at the top of the sheet, or in the rows. The day is that on "
        "which you save the file, unless you write another.",
    ),
    (
        "5. Give it back",
        "Save, and run the command review apply with the name of this file. It checks every row and "
        "lists all faults at once, with their cells. It writes only if there is no fault.",
    ),
    (
        "Change your mind",
        "Export again: rows that are decided stand at the end, with their answers. Change or empty them "
        "there.",
    ),
    (
        "Sorting, filtering",
        "Filter as you like. To sort, lift the protection first (Review, Unprotect Sheet; there is no "
        "password), and sort whole rows: when a row is read, its codes are checked against its wordings.",
    ),
    *((column.header, column.meaning) for column in COLUMNS.values() if column.meaning),
)


@dataclass(frozen=True)
class Review:
    """The content of a review workbook.

    Attributes
    ----------
    pair
        The two versions.
    rows
        The rows of the sheet "To decide", in their order.
    progress
        How far the review is.
    statements
        The statements of both versions, by the id of the document: ``code``, ``text``, ``kind``,
        ``option``, ``duties``, ``methods``, ``linked_to``, ``state``.
    attribution
        The attribution that the licences of the texts require.
    """

    pair: VersionPair
    rows: tuple[ReviewRow, ...]
    progress: ReviewProgress
    statements: Mapping[str, pd.DataFrame]
    attribution: str


def review_to_workbook(review: Review) -> bytes:
    """Return a review as a workbook (.xlsx).

    Every text is written as text, so that a text that begins with "=" is no formula. The same review gives
    the same bytes.
    """
    buffer = io.BytesIO()
    pair = review.pair
    with CheckedBook(buffer) as book:
        book.set_properties({"title": "Review", "author": AUTHOR, "created": CREATED})
        formats = book_to_formats(book)
        _add_about(book.add_worksheet(_ABOUT), review, formats)
        to_decide = book.add_worksheet(TO_DECIDE)
        lines = (f"To decide: {pair.old} to {pair.new}", next(review.progress.sentences()))
        small = book_to_formats(book, FONT_SIZE, TITLE_SIZE)
        add_to_decide(to_decide, lines, review.rows, pair, small)
        for side, (document, frame) in zip(("old", "new"), review.statements.items(), strict=True):
            _add_statements(book.add_worksheet(_sheet_name(document, side)), document, frame, formats)
        to_decide.activate()
    return buffer.getvalue()


def _sheet_name(document: str, side: str) -> str:
    """Return the name of a sheet: the id of its document, or its side if the id is too long for Excel."""
    return document if len(document) <= _LONGEST_NAME else f"{side} version"


def _add_about(sheet: Worksheet, review: Review, formats: Mapping[str, Format]) -> None:
    sheet.hide_gridlines(2)
    set_page(sheet)
    for column, width in enumerate(_ABOUT_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, f"Review: {review.pair.old} to {review.pair.new}", formats["title"])
    progress = " ".join(review.progress.sentences())
    lines = (("progress", progress), *_STEPS, ("attribution", review.attribution))
    for at, (name, text) in enumerate((line for line in lines if line[1]), start=2):
        sheet.write_string(at, 0, name, formats["bold"])
        sheet.write_string(at, 1, text, formats["plain"])
        sheet.set_row(at, texts_to_height([(text, _ABOUT_WIDTHS[1]), (name, _ABOUT_WIDTHS[0])]))
    sheet.protect()


def _add_statements(
    sheet: Worksheet, document: str, frame: pd.DataFrame, formats: Mapping[str, Format]
) -> None:
    sheet.hide_gridlines(2)
    set_page(sheet)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, document, formats["title"])
    widths = {_STATEMENT_HEADERS.get(name, name): _STATEMENT_WIDTHS[name] for name in map(str, frame)}
    add_table(sheet, 2, list(frame.itertuples(index=False)), widths, formats)
    sheet.freeze_panes(3, 1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
