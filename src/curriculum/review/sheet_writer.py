"""Write the sheet "To decide" as a person fills it in: yellow cells to answer in, all others locked.

The layout is for a laptop: all that an answer needs (codes, both wordings, the proposal) is beside the cell
for the answer within the width of a screen, with few lines above the rows. The evidence is to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final
from unicodedata import east_asian_width

from curriculum.model import vocabulary as v
from curriculum.model.plain_words import RELATION_MEANINGS, RELATION_WORDS, relation_to_word
from curriculum.model.version_pair import VersionPair
from curriculum.model.word_differences import WordRun, texts_to_word_runs
from curriculum.review.review_rows import ReviewRow
from curriculum.review.sheet_columns import (
    ANSWER_MEANINGS,
    COLUMNS,
    DATE_FOR_ALL,
    PAIR_COLUMNS,
    REVIEWER_FOR_ALL,
    Column,
)
from curriculum.spreadsheets.report_style import A4, Format, Worksheet, set_page, write_marked, write_text

__all__ = ["FONT_SIZE", "TITLE_SIZE", "add_to_decide", "rows_to_guide"]

# In points. A row shows three lines of it, so that five rows fit a laptop.
FONT_SIZE: Final = 10
TITLE_SIZE: Final = 12
_LINE: Final = 12.75
_MARGIN: Final = 2.25
_TITLE: Final = 16.5
_MOST_HEIGHT: Final = 409.0
# How many characters of a running text fit in the width of one digit of the default font, and how much wider
# than these a capital is.
_CHARACTERS: Final = 1.15
_CAPITAL: Final = 1.3
# The width that the button of a filter takes of a header.
_BUTTON: Final = 2
_BROAD: Final = 2.0
_MOST_OF_A_LIST: Final = 255
_MOST_OF_A_HINT: Final = 255
# Sorting stays locked: on a locked sheet it would sort the answers alone.
_UNLOCKED: Final = ("format_columns", "format_rows", "autofilter", "select_locked_cells")
_MARKS: Final = {"old_wording": "deleted", "new_wording": "inserted"}
# Answers that are explained on every sheet; others where a row offers or shows them.
_ALWAYS: Final = (v.ACCEPT, v.REJECT, v.WITHDRAWN)
_CODES: Final = "or the codes that take its place (K4 & S7)"
_EMPTY: Final = "Empty: undecided."
_RELATION_HINT: Final = "Only if another one holds. "


def rows_to_guide(rows: Iterable[ReviewRow]) -> str:
    """Return a sentence with every answer that the rows offer or show, and the meaning of each.

    Examples
    --------
    >>> rows_to_guide([ReviewRow(choices=("accept", "add link"))]).split(", ")[3]
    'add link (the two belong together)'
    """
    used = {word for row in rows for word in (*row.choices, row.decision)}
    answers = [
        f"{word} ({meaning})" for word, meaning in ANSWER_MEANINGS.items() if word in _ALWAYS or word in used
    ]
    return f"Answer in the yellow cells: {', '.join(answers)}, {_CODES}. {_EMPTY}"


def add_to_decide(
    sheet: Worksheet,
    lines: Sequence[str],
    rows: Sequence[ReviewRow],
    pair: VersionPair,
    formats: Mapping[str, Format],
) -> None:
    """Write the sheet.

    Parameters
    ----------
    sheet
        An empty sheet.
    lines
        A title, and sentences below it. Each takes a line of the screen from the rows.
    rows
        Its rows, in their order.
    pair
        The two versions; two headers name them.
    formats
        The formats of cells, as `book_to_formats` returns them for `FONT_SIZE` and `TITLE_SIZE`.
    """
    columns = [
        column
        for column in COLUMNS.values()
        if not column.is_left_out_if_empty or any(getattr(row, column.name) for row in rows)
    ]
    names = [column.name for column in columns]
    sheet.hide_gridlines(2)
    set_page(sheet, A4)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    guide = (rows_to_guide(rows),) if rows else ()
    first = _add_top(sheet, (*lines, *guide), formats)
    if rows:
        _add_signature_cells(sheet, names.index("new_wording"), formats)
    _add_headers(sheet, first, columns, pair, formats)
    for at, row in enumerate(rows, start=first + 1):
        _add_row(sheet, at, row, columns, formats)
    sheet.freeze_panes(first + 1, len(PAIR_COLUMNS))
    sheet.protect("", dict.fromkeys(_UNLOCKED, True))
    last_printed = next(at for at, column in enumerate(columns) if column.is_last_printed)
    sheet.print_area(0, 0, first + len(rows), last_printed)
    if rows:
        sheet.autofilter(first, 0, first + len(rows), len(columns) - 1)
        sheet.repeat_rows(first)


def _add_top(sheet: Worksheet, lines: Sequence[str], formats: Mapping[str, Format]) -> int:
    """Write the title and the sentences; return the row of the headers."""
    count = max(len(lines), 2)
    for at, line in enumerate((*lines, "")[:count]):
        sheet.set_row(at, _TITLE if at == 0 else _LINE)
        if line:
            sheet.write_string(at, 0, line, formats["title"] if at == 0 else formats["line"])
    return count


def _add_signature_cells(sheet: Worksheet, column: int, formats: Mapping[str, Format]) -> None:
    """Write beside the title the cells for the reviewer and the date of all rows."""
    for at, question in enumerate((REVIEWER_FOR_ALL, DATE_FOR_ALL)):
        sheet.write_string(at, column, question, formats["question"])
        sheet.write_blank(at, column + 1, None, formats["input"])


def _add_headers(
    sheet: Worksheet, at: int, columns: Sequence[Column], pair: VersionPair, formats: Mapping[str, Format]
) -> None:
    versions = dict(zip(PAIR_COLUMNS, (pair.old, pair.new), strict=True))
    headers = [
        f"{column.header} ({versions[column.name]})" if column.names_version else column.header
        for column in columns
    ]
    widths = (column.width - _BUTTON for column in columns)
    sheet.set_row(at, _texts_to_height(zip(headers, widths, strict=True)))
    meanings = "; ".join(f"{word}: {meaning}" for word, meaning in RELATION_MEANINGS.items())
    for number, (column, header) in enumerate(zip(columns, headers, strict=True)):
        sheet.set_column(number, number, column.width, None, {"hidden": column.is_hidden})
        sheet.write_string(at, number, header, formats["header"])
        if column.drop_down == "relations":
            _add_hint(sheet, (at, number), column.header, _RELATION_HINT + meanings)


def _add_hint(sheet: Worksheet, at: tuple[int, int], title: str, text: str) -> None:
    """Add a text that is shown beside a cell while it is selected."""
    hint = text if len(text) <= _MOST_OF_A_HINT else f"{text[: _MOST_OF_A_HINT - 1]}…"
    sheet.data_validation(*at, *at, {"validate": "any", "input_title": title, "input_message": hint})


def _texts_to_height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row, in points, in which all of its wrapped texts are visible."""
    lines = max((sum(map(_line_counter(width), text.split("\n"))) for text, width in cells), default=1)
    return min(_LINE * lines + _MARGIN, _MOST_HEIGHT)


def _line_counter(width: int) -> Callable[[str], int]:
    def count(text: str) -> int:
        # However broad its signs are, it fits; a tab is as broad as several.
        if len(text) * _BROAD <= width * _CHARACTERS and "\t" not in text:
            return 1
        length = width * _CHARACTERS * len(text) / (sum(map(_sign_to_width, text)) or 1)
        return len(wrap(text, max(int(length), 1))) or 1

    return count


def _sign_to_width(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return _BROAD
    return _CAPITAL if sign.isupper() else 1.0


def _add_row(
    sheet: Worksheet, at: int, row: ReviewRow, columns: Sequence[Column], formats: Mapping[str, Format]
) -> None:
    sheet.set_row(at, _texts_to_height(_row_to_texts(row, columns)))
    marked = _row_to_marked_wordings(row)
    for number, column in enumerate(columns):
        value = _row_to_value(row, column)
        if column.name in marked:
            write_marked(sheet, (at, number), marked[column.name], _MARKS[column.name], formats)
        else:
            style = column.style if value or column.is_answer else "absent"
            _write(sheet, (at, number), value, style, formats)
    relations = tuple(RELATION_WORDS.values())
    for number, column in enumerate(columns):
        if column.drop_down:
            choices = row.choices if column.drop_down == "choices" else relations
            _add_choices(sheet, (at, number), choices)


def _row_to_value(row: ReviewRow, column: Column) -> Any:
    """Return the value of a cell in the words that people read."""
    value = getattr(row, column.name)
    return relation_to_word(value) if column.is_relation else value


def _row_to_texts(row: ReviewRow, columns: Sequence[Column]) -> Iterator[tuple[str, int]]:
    """Yield the visible texts of a row, and the width of the column of each."""
    for column in columns:
        value = _row_to_value(row, column)
        if isinstance(value, str) and not column.is_hidden:
            yield value, column.width


def _row_to_marked_wordings(row: ReviewRow) -> dict[str, tuple[WordRun, ...]]:
    """Return the parts of both wordings, with their differences marked, if the row has both."""
    if not row.old_wording or not row.new_wording:
        return {}
    old, new = texts_to_word_runs(row.old_wording, row.new_wording)
    return {"old_wording": old, "new_wording": new}


def _write(
    sheet: Worksheet, at: tuple[int, int], value: Any, style: str, formats: Mapping[str, Format]
) -> None:
    if isinstance(value, str):
        if value:
            write_text(sheet, at, value, formats[style], formats)
        else:
            sheet.write_blank(*at, None, formats[style])
    elif isinstance(value, float) and math.isnan(value):
        sheet.write_blank(*at, None, formats["absent"])
    else:
        sheet.write_number(*at, value, formats["confidence" if isinstance(value, float) else "count"])


def _add_choices(sheet: Worksheet, at: tuple[int, int], choices: Sequence[str]) -> None:
    """Add a list of choices to a cell; the reader of the sheet checks what is typed instead."""
    if choices and len(",".join(choices)) <= _MOST_OF_A_LIST:
        sheet.data_validation(*at, *at, {"validate": "list", "source": list(choices), "show_error": False})
