"""Style the workbooks that are written: formats, page setup, row heights, wrapped and marked texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import isnan
from numbers import Integral, Real
from textwrap import wrap
from typing import Any, TypeAlias

import xlsxwriter

from curriculum.model.palette import DELETED, INSERTED
from curriculum.model.word_differences import WordRun

__all__ = [
    "A3",
    "A4",
    "AUTHOR",
    "CREATED",
    "Format",
    "Worksheet",
    "add_table",
    "book_to_formats",
    "set_page",
    "texts_to_height",
    "write_marked",
    "write_text",
]

Format: TypeAlias = Any
Worksheet: TypeAlias = Any
# The date of creation of each workbook is fixed, so that the same input gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
AUTHOR = "curriculum"
_INK, _PAPER = "#595959", "#F2F2F2"
_MOST_OF_A_CELL = 32_767
# XlsxWriter writes the escapes of Excel twice in a text with marks. These signs need one, or look like one.
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# Sizes of paper, as Excel numbers them.
A3, A4 = 8, 9
_FONT_SIZE = 11
# A line of the default font in points; and the highest row that Excel allows.
_LINE_HEIGHT, _MOST_HEIGHT = 15.0, 409.0


def book_to_formats(
    book: xlsxwriter.Workbook, font_size: int = _FONT_SIZE, title_size: int = 16
) -> dict[str, Format]:
    """Return the cell formats of a workbook for people, by name; sizes are in points."""
    font = {} if font_size == _FONT_SIZE else {"font_size": font_size}
    cell = {**font, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#D9D9D9"}
    return {
        "title": book.add_format({"bold": True, "font_size": title_size}),
        "bold": book.add_format({**font, "bold": True, "valign": "top"}),
        "line": book.add_format({**font, "valign": "top"}),
        "question": book.add_format({**font, "align": "right", "valign": "top"}),
        "plain": book.add_format({**font, "text_wrap": True, "valign": "top"}),
        "input": book.add_format({**cell, "bg_color": "#FFF9E5", "locked": False}),
        "header": book.add_format({**cell, "bold": True, "bg_color": "#1F3864", "font_color": "white"}),
        "cell": book.add_format(cell),
        "code": book.add_format({**cell, "bold": True}),
        "share": book.add_format({**cell, "num_format": "0.00"}),
        "count": book.add_format({**cell, "align": "center"}),
        "confidence": book.add_format({**cell, "align": "center", "num_format": "0.00"}),
        "absent": book.add_format({**cell, "bg_color": _PAPER, "font_color": _INK, "italic": True}),
        "deleted": book.add_format({**font, "bold": True, "font_color": DELETED}),
        "inserted": book.add_format({**font, "bold": True, "font_color": INSERTED}),
        "deleted cell": book.add_format({**cell, "bold": True, "font_color": DELETED}),
        "inserted cell": book.add_format({**cell, "bold": True, "font_color": INSERTED}),
        "shared": book.add_format(font),
    }


def set_page(sheet: Worksheet, paper: int = A4) -> None:
    """Set the page of a sheet for printing: A4 or A3, landscape, fitted to the width of the page."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&RPage &P of &N")


def texts_to_height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row, in points, that shows all of its texts when they are wrapped."""
    lines = (sum(_text_to_lines(part, width) for part in text.split("\n")) for text, width in cells)
    return min(_LINE_HEIGHT * (max(lines) + 0.3), _MOST_HEIGHT)


def _text_to_lines(text: str, width: int) -> int:
    # Most texts are short. A tab is as broad as several signs.
    is_short = len(text) <= width and "\t" not in text
    return 1 if is_short else len(wrap(text, width)) or 1


def write_text(
    sheet: Worksheet, at: tuple[int, int], text: str, style: Format, formats: Mapping[str, Format]
) -> None:
    """Write a text as a text cell, even if it looks like a formula or markup."""
    text = _cut(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would write a string between these tags as XML of a rich text.
        sheet.write_rich_string(*at, text[:1], formats["shared"], text[1:], style)
    else:
        sheet.write_string(*at, text, style)


def _cut(text: str) -> str:
    """Return as much of a text as Excel keeps in a cell; it counts an emoji as two characters."""
    if len(text) * 2 <= _MOST_OF_A_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * _MOST_OF_A_CELL].decode("utf-16-le", "ignore")


def add_table(
    sheet: Worksheet,
    first: int,
    rows: Sequence[Sequence[object]],
    widths: Mapping[str, int],
    formats: Mapping[str, Format],
) -> None:
    """Write a header row and rows below it, with a filter; the header is repeated on each printed page.

    Parameters
    ----------
    sheet
        The sheet.
    first
        The row of the header.
    rows
        The rows; a value that is neither a text nor a number gives an empty cell.
    widths
        The width of each column in characters, by its header.
    formats
        The formats from `book_to_formats`.
    """
    for column, (name, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(first, column, name, formats["header"])
    for at, row in enumerate(rows, start=first + 1):
        wide = [
            (cell, width) for width, cell in zip(widths.values(), row, strict=True) if isinstance(cell, str)
        ]
        sheet.set_row(at, texts_to_height(wide))
        for column, value in enumerate(row):
            if isinstance(value, str):
                write_text(sheet, (at, column), value, formats["cell" if value else "absent"], formats)
            elif isinstance(value, Real) and not isnan(value):
                style = formats["count" if isinstance(value, Integral) else "share"]
                sheet.write_number(at, column, value, style)
            else:
                sheet.write_blank(at, column, None, formats["absent"])
    sheet.repeat_rows(first)
    if rows:
        sheet.autofilter(first, 0, first + len(rows), len(widths) - 1)


def write_marked(
    sheet: Worksheet, at: tuple[int, int], parts: Sequence[WordRun], mark: str, formats: Mapping[str, Format]
) -> None:
    """Write a wording and mark the words that the other wording lacks as `deleted` or `inserted`."""
    spaced = (*(f"{part.text} " for part in parts[:-1]), parts[-1].text)
    text = "".join(spaced)
    if len(parts) == 1 or _cut(text) != text or _ESCAPED.search(text):
        is_shared = len(parts) > 1 or parts[0].is_shared
        write_text(sheet, at, text, formats["cell" if is_shared else f"{mark} cell"], formats)
        return
    styles = (formats["shared" if part.is_shared else mark] for part in parts)
    runs = (run for pair in zip(styles, spaced, strict=True) for run in pair)
    sheet.write_rich_string(*at, *runs, formats["cell"])
