"""The sheet "To decide" as a person fills it in: yellow cells to answer in, all others locked.

It is laid out for a laptop: what an answer needs (codes, both wordings, what is proposed) stands beside the
cell for the answer within the width of a screen, and little stands above the rows. What speaks for a proposal
follows to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final
from unicodedata import east_asian_width

from curriculum.model.plain_words import RELATION_MEANINGS, RELATION_WORDS, relation_to_word
from curriculum.model.version_pair import VersionPair
from curriculum.model.word_differences import WordRun, texts_to_parts
from curriculum.review.review_rows import ReviewRow
from curriculum.review.sheet_columns import (
    ANSWER_MEANINGS,
    ANSWERS,
    DATE_FOR_ALL,
    HEADERS,
    PAIR_COLUMNS,
    REVIEWER_FOR_ALL,
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
# How many characters of a running text stand in the width of one digit of the default font, and how much
# wider than those others are.
_CHARACTERS: Final = 1.15
_CAPITAL: Final = 1.3
# What the button of a filter takes of a heading.
_BUTTON: Final = 2
_BROAD: Final = 2.0
_WIDTHS: Final = {
    "old_code": 10,
    "new_code": 10,
    "old_wording": 57,
    "new_wording": 57,
    "proposed": 10,
    "decision": 13,
    "relation": 10,
    "reason": 28,
    "reviewer": 10,
    "date": 12,
    "confidence": 11,
    "evidence": 80,
    "runner_up": 80,
    "old_duties": 10,
    "new_duties": 10,
    "n_cells": 7,
    "state": 14,
    "as_exported": 10,
}
# What is printed: from the first column to this one. The rest would make it too small to read.
_LAST_PRINTED: Final = "reason"
_MOST_OF_A_LIST: Final = 255
_MOST_OF_A_HINT: Final = 255
# Not sorting: on a locked sheet it would sort the answers alone.
_UNLOCKED: Final = ("format_columns", "format_rows", "autofilter", "select_locked_cells")
# Columns that are left out where no row has anything in them.
_SELDOM: Final = ("old_duties", "new_duties", "n_cells")
_RELATIONS: Final = ("proposed", "relation")
_MARKS: Final = {"old_wording": "gone", "new_wording": "came"}
# Answers that are explained on every sheet; others where a row offers or shows them.
_ALWAYS: Final = ("accept", "reject", "withdrawn")
_CODES: Final = "or the codes that take its place (K4 & S7)"
_EMPTY: Final = "Empty: undecided."
_RELATION_HINT: Final = "Only if another one holds. "


def rows_to_guide(rows: Iterable[ReviewRow]) -> str:
    """Return a sentence with every answer that the rows offer or show, and what each says.

    Examples
    --------
    >>> rows_to_guide([ReviewRow(choices=("accept", "add link"))]).split(", ")[3]
    'add link (the two belong together)'
    """
    used = {word for row in rows for word in (*row.choices, row.decision)}
    told = [
        f"{word} ({meaning})" for word, meaning in ANSWER_MEANINGS.items() if word in _ALWAYS or word in used
    ]
    return f"Answer in the yellow cells: {', '.join(told)}, {_CODES}. {_EMPTY}"


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
        A title, and sentences below it; each takes a line of the screen from the rows.
    rows
        Its rows, in their order.
    pair
        The two versions; two headings name them.
    formats
        The looks that cells have, as `book_to_formats` gives them for `FONT_SIZE` and `TITLE_SIZE`.
    """
    names = [name for name in HEADERS if name not in _SELDOM or any(getattr(row, name) for row in rows)]
    sheet.hide_gridlines(2)
    set_page(sheet, A4)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    guide = (rows_to_guide(rows),) if rows else ()
    first = _add_top(sheet, (*lines, *guide), formats)
    if rows:
        _ask_who_and_when(sheet, names.index("new_wording"), formats)
    _add_headers(sheet, first, names, pair, formats)
    for at, row in enumerate(rows, start=first + 1):
        _add_row(sheet, at, row, names, formats)
    sheet.freeze_panes(first + 1, len(PAIR_COLUMNS))
    sheet.protect("", dict.fromkeys(_UNLOCKED, True))
    sheet.print_area(0, 0, first + len(rows), names.index(_LAST_PRINTED))
    if rows:
        sheet.autofilter(first, 0, first + len(rows), len(names) - 1)
        sheet.repeat_rows(first)


def _add_top(sheet: Worksheet, lines: Sequence[str], formats: Mapping[str, Format]) -> int:
    """Write the title and the sentences; give the row of the headings."""
    count = max(len(lines), 2)
    for at, line in enumerate((*lines, "")[:count]):
        sheet.set_row(at, _TITLE if at == 0 else _LINE)
        if line:
            sheet.write_string(at, 0, line, formats["title"] if at == 0 else formats["line"])
    return count


def _ask_who_and_when(sheet: Worksheet, column: int, formats: Mapping[str, Format]) -> None:
    """Ask beside the title who decides, and when, for all rows."""
    for at, asked in enumerate((REVIEWER_FOR_ALL, DATE_FOR_ALL)):
        sheet.write_string(at, column, asked, formats["asked"])
        sheet.write_blank(at, column + 1, None, formats["input"])


def _add_headers(
    sheet: Worksheet, at: int, names: Sequence[str], pair: VersionPair, formats: Mapping[str, Format]
) -> None:
    documents = dict(zip(PAIR_COLUMNS, (pair.old, pair.new), strict=True))
    headers = {name: HEADERS[name] + (f" ({documents[name]})" if name in documents else "") for name in names}
    sheet.set_row(at, _texts_to_height((header, _WIDTHS[name] - _BUTTON) for name, header in headers.items()))
    for column, (name, header) in enumerate(headers.items()):
        # What the sheet remembers of its own making is nobody's to read.
        sheet.set_column(column, column, _WIDTHS[name], None, {"hidden": name == "as_exported"})
        sheet.write_string(at, column, header, formats["head"])
    meanings = "; ".join(f"{word}: {told}" for word, told in RELATION_MEANINGS.items())
    _add_hint(sheet, (at, names.index("relation")), "relation", _RELATION_HINT + meanings)


def _add_hint(sheet: Worksheet, at: tuple[int, int], title: str, text: str) -> None:
    """Show a text beside a cell while it is chosen."""
    told = text if len(text) <= _MOST_OF_A_HINT else f"{text[: _MOST_OF_A_HINT - 1]}…"
    sheet.data_validation(*at, *at, {"validate": "any", "input_title": title, "input_message": told})


def _texts_to_height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row, in points, that shows all of its texts when they are wrapped."""
    lines = max((sum(map(_line_counter(width), text.split("\n"))) for text, width in cells), default=1)
    return min(_LINE * lines + _MARGIN, _MOST_HEIGHT)


def _line_counter(width: int) -> Callable[[str], int]:
    def count(text: str) -> int:
        room = width * _CHARACTERS * len(text) / (sum(map(_sign_to_width, text)) or 1)
        return len(wrap(text, max(int(room), 1))) or 1

    return count


def _sign_to_width(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return _BROAD
    return _CAPITAL if sign.isupper() else 1.0


def _add_row(
    sheet: Worksheet, at: int, row: ReviewRow, names: Sequence[str], formats: Mapping[str, Format]
) -> None:
    sheet.set_row(at, _texts_to_height(_texts(row, names)))
    marked = _marked(row)
    for column, name in enumerate(names):
        value = _shown(row, name)
        if name in marked:
            write_marked(sheet, (at, column), marked[name], _MARKS[name], formats)
        else:
            _write(sheet, (at, column), value, _style(name, value), formats)
    _add_choices(sheet, (at, names.index("decision")), row.choices)
    _add_choices(sheet, (at, names.index("relation")), tuple(RELATION_WORDS.values()))


def _shown(row: ReviewRow, name: str) -> Any:
    """Return the value of a cell as people read it."""
    value = getattr(row, name)
    return relation_to_word(value) if name in _RELATIONS else value


def _texts(row: ReviewRow, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        value = _shown(row, name)
        if isinstance(value, str) and name != "as_exported":
            yield value, _WIDTHS[name]


def _marked(row: ReviewRow) -> dict[str, tuple[WordRun, ...]]:
    """Return the parts of both wordings, to be marked, where there are two."""
    if not row.old_wording or not row.new_wording:
        return {}
    old, new = texts_to_parts(row.old_wording, row.new_wording)
    return {"old_wording": old, "new_wording": new}


def _style(name: str, value: object) -> str:
    if name in ANSWERS:
        return "input"
    if name in {"old_code", "new_code"}:
        return "code" if value else "absent"
    return "cell" if value else "absent"


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
        sheet.write_number(*at, value, formats["sureness" if isinstance(value, float) else "count"])


def _add_choices(sheet: Worksheet, at: tuple[int, int], choices: Sequence[str]) -> None:
    """Offer choices; anything else can be typed, and is checked when it is read."""
    if choices and len(",".join(choices)) <= _MOST_OF_A_LIST:
        sheet.data_validation(*at, *at, {"validate": "list", "source": list(choices), "show_error": False})
