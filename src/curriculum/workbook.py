"""Crosswalks as Excel workbooks, made to be read: wrapped texts, the words that differ marked, filters."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from textwrap import wrap
from typing import Any, NamedTuple, TypeAlias

import pandas as pd
import xlsxwriter

from curriculum import vocabulary as v
from curriculum.checked_book import CheckedBook
from curriculum.crosswalk import crosswalk_to_is_duty
from curriculum.differences import Part, texts_to_parts
from curriculum.palette import CAME, GONE
from curriculum.plain_words import LOOK_WORDS, RELATION_MEANINGS, RELATION_WORDS, relation_to_word

__all__ = [
    "A3",
    "A4",
    "AUTHOR",
    "CREATED",
    "Format",
    "Worksheet",
    "add_frame",
    "book_to_formats",
    "crosswalk_to_workbook",
    "is_as_written",
    "set_page",
    "texts_to_height",
    "write_marked",
    "write_text",
]

Format: TypeAlias = Any
Worksheet: TypeAlias = Any
Row: TypeAlias = Mapping[Any, Any]

# A workbook says when it was made; the same input must give the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
AUTHOR = "curriculum"
_MOST_OF_THE_PROPERTIES = 10_000
_INK, _PAPER = "#595959", "#F2F2F2"
_MOST_OF_A_CELL = 32_767
# Sizes of paper, as Excel numbers them.
A3, A4 = 8, 9
_FONT_SIZE = 11
# A line of the default font in points; and the highest row that Excel allows.
_LINE_HEIGHT, _MOST_HEIGHT = 15.0, 409.0
_ABOUT_WIDTH = 95


class _Column(NamedTuple):
    """A column of the sheet: its head, its width in characters, and the column of the crosswalk."""

    head: str
    width: int
    name: str


_COLUMNS = (
    _Column("old", 7, v.SUBJECT_ID),
    _Column("old wording", 52, v.SUBJECT_LABEL),
    _Column("new", 7, v.OBJECT_ID),
    _Column("new wording", 52, v.OBJECT_LABEL),
    _Column("change", 18, v.CHANGE),
    _Column("relation", 13, v.PREDICATE_ID),
    _Column("confidence", 11, v.CONFIDENCE),
    _Column("look needed", 9, v.BAND),
    _Column("caution", 20, v.CAUTION),
    _Column("level of responsibility", 14, v.RESPONSIBILITY),
    _Column("by the words", 20, v.RESPONSIBILITY_WORDS),
    _Column("duties moved", 8, v.DUTIES_MOVED),
    _Column("option moved", 8, v.OPTION_MOVED),
    _Column("assessment moved", 12, v.ASSESSMENT_MOVED),
    _Column("second choice", 10, v.RUNNER_UP_ID),
    _Column("its confidence", 14, v.RUNNER_UP_CONFIDENCE),
    _Column("status", 25, v.STATUS),
    _Column("reviewer", 10, v.REVIEWER_LABEL),
    _Column("date", 11, v.REVIEW_DATE),
    _Column("comment", 25, v.COMMENT),
)
# Columns that are left out where they tell nothing of any row.
_SELDOM = frozenset(
    (
        *(v.CAUTION, v.RESPONSIBILITY, v.RESPONSIBILITY_WORDS),
        *(v.DUTIES_MOVED, v.OPTION_MOVED, v.ASSESSMENT_MOVED),
        *(v.REVIEWER_LABEL, v.REVIEW_DATE),
    )
)
_SHEETS = (("Statements", False), ("Duties", True))
_LEGEND = (
    (
        "relation",
        " ".join(f"{word}: {RELATION_MEANINGS[word]} ({term})." for term, word in RELATION_WORDS.items())
        + " In brackets stands the term that the files of data have for it.",
    ),
    (
        "no code",
        "Nothing in the other version takes its place: withdrawn (no new code) or new (no old code).",
    ),
    (
        "confidence",
        "0 to 1: how likely the link is right; of a statement without one, that it has no counterpart. "
        "Begin to review with the lowest.",
    ),
    (
        "look needed",
        "no: a reviewer decided; or the same words on both sides, once each; or a confidence of 0.95 and "
        "more, far ahead of all others, at least half alike, and nothing under caution. yes: a person has "
        "to look. (The files of data call it band: accept or review.)",
    ),
    (
        "change",
        "narrowed, widened: items of a list were removed or added, and nothing else. merged, split: several "
        "old or several new statements belong together.",
    ),
    (
        "caution",
        "Small differences that may turn the meaning round: a number, a negation, an opposite.",
    ),
    (
        "responsibility",
        "raised or lowered: by verbs that say whether one answers for others, does it, helps or follows.",
    ),
    (
        "second choice",
        "The best other statement; of one that was split it can be another of its links. For a row without a "
        "code on one side, the likeliest one there.",
    ),
    ("marked words", "Vermilion and bold: gone from the old wording. Blue and bold: came with the new one."),
)


def crosswalk_to_workbook(crosswalk: pd.DataFrame) -> bytes:
    """Give a crosswalk as a workbook (.xlsx) for people.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.

    Returns
    -------
    bytes
        A sheet that explains, one of statements, and one of duties if any are linked. Every text is
        written as text, so that one that begins with "=" is no formula. The same rows give the same
        bytes.
    """
    buffer = io.BytesIO()
    with CheckedBook(buffer) as book:
        book.set_properties({"title": "Crosswalk", "author": AUTHOR, "created": CREATED})
        formats = book_to_formats(book)
        _add_about(book.add_worksheet("About"), crosswalk, formats)
        is_duty = crosswalk_to_is_duty(crosswalk)
        for name, wanted in _SHEETS:
            rows = crosswalk[is_duty == wanted]
            if len(rows):
                _add_rows(book.add_worksheet(name), rows.to_dict("records"), formats)
        if len(book.worksheets()) > 1:
            book.worksheets()[1].activate()
    return buffer.getvalue()


def is_as_written(data: bytes) -> bool:
    """Tell whether a workbook is as `crosswalk_to_workbook` wrote it: no other program has saved it.

    Other programs put the time of saving into the properties of the workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book, book.open("docProps/core.xml") as properties:
            told = properties.read(_MOST_OF_THE_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return False
    written = (f"<dc:creator>{AUTHOR}</dc:creator>", f"{CREATED:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>")
    return all(mark.encode() in told for mark in written)


def book_to_formats(
    book: xlsxwriter.Workbook, font_size: int = _FONT_SIZE, title_size: int = 16
) -> dict[str, Format]:
    """Give the looks that cells of a workbook for people have, by name; sizes are in points."""
    font = {} if font_size == _FONT_SIZE else {"font_size": font_size}
    cell = {**font, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#D9D9D9"}
    return {
        "title": book.add_format({"bold": True, "font_size": title_size}),
        "strong": book.add_format({**font, "bold": True, "valign": "top"}),
        "line": book.add_format({**font, "valign": "top"}),
        "asked": book.add_format({**font, "align": "right", "valign": "top"}),
        "plain": book.add_format({**font, "text_wrap": True, "valign": "top"}),
        "input": book.add_format({**cell, "bg_color": "#FFF9E5", "locked": False}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#1F3864", "font_color": "white"}),
        "cell": book.add_format(cell),
        "code": book.add_format({**cell, "bold": True}),
        "share": book.add_format({**cell, "num_format": "0.00"}),
        "count": book.add_format({**cell, "align": "center"}),
        "sureness": book.add_format({**cell, "align": "center", "num_format": "0.00"}),
        "absent": book.add_format({**cell, "bg_color": _PAPER, "font_color": _INK, "italic": True}),
        "gone": book.add_format({**font, "bold": True, "font_color": GONE}),
        "came": book.add_format({**font, "bold": True, "font_color": CAME}),
        "gone cell": book.add_format({**cell, "bold": True, "font_color": GONE}),
        "came cell": book.add_format({**cell, "bold": True, "font_color": CAME}),
        "shared": book.add_format(font),
    }


def _add_about(sheet: Worksheet, crosswalk: pd.DataFrame, formats: Mapping[str, Format]) -> None:
    first = crosswalk.iloc[0]
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, _ABOUT_WIDTH)
    sheet.set_row(0, 1.6 * _LINE_HEIGHT)
    set_page(sheet)
    title = f"What became of {first[v.SUBJECT_SOURCE]} in {first[v.OBJECT_SOURCE]}"
    sheet.write_string(0, 0, title, formats["title"])
    statuses = "; ".join(dict.fromkeys(crosswalk[v.STATUS]))
    lines = [("status", statuses), *_counts(crosswalk), *_LEGEND, ("attribution", first[v.ATTRIBUTION])]
    for number, (name, text) in enumerate((line for line in lines if line[1]), start=2):
        sheet.write_string(number, 0, name, formats["strong"])
        sheet.write_string(number, 1, text, formats["plain"])
        sheet.set_row(number, texts_to_height([(text, _ABOUT_WIDTH)]))


def _counts(crosswalk: pd.DataFrame) -> Iterator[tuple[str, str]]:
    counts = Counter(change for changes in crosswalk[v.CHANGE] for change in changes.split("; "))
    yield "changes", ", ".join(f"{count} {change}" for change, count in counts.most_common())
    waiting = int((crosswalk[v.BAND] == v.REVIEW).sum())
    yield "to review", f"{waiting} of {len(crosswalk)} rows"


def _add_rows(sheet: Worksheet, rows: Sequence[Row], formats: Mapping[str, Format]) -> None:
    told = [
        column for column in _COLUMNS if column.name not in _SELDOM or any(row[column.name] for row in rows)
    ]
    sheet.set_row(0, texts_to_height([(column.head, column.width) for column in told]))
    for at, column in enumerate(told):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.head, formats["head"])
    for number, row in enumerate(rows, start=1):
        marked = _marked_texts(row)
        wide = [(row[name], width) for _, width, name in told if isinstance(row[name], str)]
        sheet.set_row(number, texts_to_height(wide))
        for at, column in enumerate(told):
            # Without a counterpart SSSOM has a relation all the same; it tells a reader nothing.
            is_empty = column.name == v.PREDICATE_ID and not marked
            value = "" if is_empty else row[column.name]
            _write_cell(sheet, (number, at), (column.name, value), marked.get(column.name, ()), formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(told) - 1)
    sheet.repeat_rows(0)
    set_page(sheet)


def set_page(sheet: Worksheet, paper: int = A4) -> None:
    """Set a sheet up to be printed: A4 or A3, across, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&RPage &P of &N")


def texts_to_height(cells: Iterable[tuple[str, int]]) -> float:
    """Give the height of a row, in points, that shows all of its texts when they are wrapped."""
    lines = (sum(len(wrap(part, width)) or 1 for part in text.split("\n")) for text, width in cells)
    return min(_LINE_HEIGHT * (max(lines) + 0.3), _MOST_HEIGHT)


def _marked_texts(row: Row) -> dict[str, tuple[Part, ...]]:
    """Give the parts of both wordings, to be marked, where there are two."""
    if not row[v.SUBJECT_LABEL] or not row[v.OBJECT_LABEL]:
        return {}
    old, new = texts_to_parts(row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL])
    return {v.SUBJECT_LABEL: old, v.OBJECT_LABEL: new}


def _write_cell(
    sheet: Worksheet,
    at: tuple[int, int],
    cell: tuple[str, Any],
    parts: Sequence[Part],
    formats: Mapping[str, Format],
) -> None:
    name, value = cell
    if parts:
        write_marked(sheet, at, parts, "gone" if name == v.SUBJECT_LABEL else "came", formats)
    elif isinstance(value, str):
        text = _shown(name, value)
        style = "code" if name in {v.SUBJECT_ID, v.OBJECT_ID} else "cell"
        write_text(sheet, at, text, formats[style if text else "absent"], formats)
    elif pd.notna(value):
        sheet.write_number(*at, value, formats["share"])
    else:
        sheet.write_blank(*at, None, formats["absent"])


def write_text(
    sheet: Worksheet, at: tuple[int, int], text: str, style: Format, formats: Mapping[str, Format]
) -> None:
    """Write a text as text, whatever it looks like."""
    text = text[:_MOST_OF_A_CELL]
    if text.startswith("<r>"):
        # A string in these tags is taken for the XML of a rich text, and written as it stands.
        sheet.write_rich_string(*at, text[:1], formats["shared"], text[1:], style)
    else:
        sheet.write_string(*at, text, style)


def add_frame(
    sheet: Worksheet,
    first: int,
    frame: pd.DataFrame,
    widths: Mapping[str, int],
    formats: Mapping[str, Format],
) -> None:
    """Write a frame with its headings, from a row on, with a filter; the headings stand on each printed page.

    Parameters
    ----------
    sheet
        The sheet.
    first
        The row of the headings.
    frame
        The table; the names of its columns are the headings.
    widths
        The width of each column in characters.
    formats
        The looks that cells have.
    """
    names = [str(name) for name in frame]
    for column, name in enumerate(names):
        sheet.set_column(column, column, widths[name])
        sheet.write_string(first, column, name, formats["head"])
    for at, row in enumerate(frame.itertuples(index=False), start=first + 1):
        wide = [(one, widths[name]) for name, one in zip(names, row, strict=True) if isinstance(one, str)]
        sheet.set_row(at, texts_to_height(wide))
        for column, value in enumerate(row):
            if isinstance(value, str):
                write_text(sheet, (at, column), value, formats["cell" if value else "absent"], formats)
            elif pd.notna(value):
                sheet.write_number(at, column, value, formats["share"])
            else:
                sheet.write_blank(at, column, None, formats["absent"])
    sheet.repeat_rows(first)
    if len(frame):
        sheet.autofilter(first, 0, first + len(frame), len(names) - 1)


def write_marked(
    sheet: Worksheet, at: tuple[int, int], parts: Sequence[Part], own: str, formats: Mapping[str, Format]
) -> None:
    """Write a wording with the words marked that the other wording lacks: `gone` or `came`."""
    spaced = (*(f"{part.text} " for part in parts[:-1]), parts[-1].text)
    if len(parts) == 1 or sum(map(len, spaced)) > _MOST_OF_A_CELL:
        is_shared = len(parts) > 1 or parts[0].is_shared
        write_text(sheet, at, "".join(spaced), formats["cell" if is_shared else f"{own} cell"], formats)
        return
    styles = (formats["shared" if part.is_shared else own] for part in parts)
    runs = (run for pair in zip(styles, spaced, strict=True) for run in pair)
    sheet.write_rich_string(*at, *runs, formats["cell"])


def _shown(name: str, value: str) -> str:
    """Give a cell as a person reads it: codes without their document, plain words for terms of the data."""
    if name in {v.SUBJECT_ID, v.OBJECT_ID, v.RUNNER_UP_ID}:
        return "" if value == v.NO_TERM_FOUND else value.rpartition(":")[2]
    if name == v.BAND:
        return LOOK_WORDS.get(value, value)
    return relation_to_word(value) if name == v.PREDICATE_ID else value
