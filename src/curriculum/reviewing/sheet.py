"""The sheet "To decide" as a person fills it in: yellow cells to answer in, all others locked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from curriculum.differences import Part, texts_to_parts
from curriculum.reviewing.answers import RELATION_NAMES
from curriculum.reviewing.heads import ANSWERS, DATE_FOR_ALL, HEADS, OF_PAIR, REVIEWER_FOR_ALL
from curriculum.reviewing.pair import Pair
from curriculum.reviewing.proposals import ReviewRow
from curriculum.workbook import (
    A3,
    Format,
    Worksheet,
    set_page,
    texts_to_height,
    write_marked,
    write_text,
)

__all__ = ["GUIDE", "add_to_decide"]

_WIDTHS: Final = {
    "old_code": 11,
    "old_wording": 42,
    "new_code": 11,
    "new_wording": 42,
    "proposed": 13,
    "confidence": 11,
    "evidence": 38,
    "runner_up": 32,
    "old_duties": 10,
    "new_duties": 10,
    "n_cells": 7,
    "decision": 15,
    "relation": 14,
    "reviewer": 10,
    "reason": 26,
    "date": 12,
    "state": 10,
    "as_exported": 10,
}
GUIDE: Final = (
    "Answer in the yellow cells: accept, reject, withdrawn, or type the codes that take the place of the one "
    "proposed (K4 & S7). Rows that stay empty stay undecided.",
    "A relation is needed only if another than the proposed one holds. Reasons are kept with the decision.",
)
_MOST_OF_A_LIST: Final = 255
# Not sorting: on a locked sheet it would sort the answers alone.
_UNLOCKED: Final = ("format_columns", "format_rows", "autofilter", "select_locked_cells")
# Columns that are left out where no row has anything in them.
_SELDOM: Final = ("old_duties", "new_duties", "n_cells")
_MARKS: Final = {"old_wording": "gone", "new_wording": "came"}


def add_to_decide(
    sheet: Worksheet,
    lines: Sequence[str],
    rows: Sequence[ReviewRow],
    pair: Pair,
    formats: Mapping[str, Format],
) -> None:
    """Write the sheet.

    Parameters
    ----------
    sheet
        An empty sheet.
    lines
        A title, and sentences below it.
    rows
        Its rows, in their order.
    pair
        The two versions; two headings name them.
    formats
        The looks that cells have, as `book_to_formats` gives them.
    """
    names = [name for name in HEADS if name not in _SELDOM or any(getattr(row, name) for row in rows)]
    sheet.hide_gridlines(2)
    set_page(sheet, A3)
    first = _add_top(sheet, lines, formats)
    _add_heads(sheet, first, names, pair, formats)
    for at, row in enumerate(rows, start=first + 1):
        _add_row(sheet, at, row, names, formats)
    sheet.freeze_panes(first + 1, names.index("old_wording"))
    sheet.protect("", dict.fromkeys(_UNLOCKED, True))
    if rows:
        sheet.autofilter(first, 0, first + len(rows), len(names) - 1)
        sheet.repeat_rows(first)


def _add_top(sheet: Worksheet, lines: Sequence[str], formats: Mapping[str, Format]) -> int:
    """Write the title, the sentences, and where to say who and when; give the row of the headings."""
    for at, line in enumerate(lines):
        sheet.set_row(at, 24 if at == 0 else 15)
        sheet.write_string(at, 0, line, formats["title"] if at == 0 else formats["line"])
    at = len(lines) + 1
    for asked in (REVIEWER_FOR_ALL, DATE_FOR_ALL):
        sheet.set_row(at, texts_to_height([(asked, _WIDTHS["old_wording"])]))
        sheet.write_string(at, 1, asked, formats["plain"])
        sheet.write_blank(at, 2, None, formats["input"])
        at += 1
    return at + 1


def _add_heads(
    sheet: Worksheet, at: int, names: Sequence[str], pair: Pair, formats: Mapping[str, Format]
) -> None:
    documents = dict(zip(OF_PAIR, (pair.old, pair.new), strict=True))
    heads = {name: HEADS[name] + (f" ({documents[name]})" if name in documents else "") for name in names}
    sheet.set_row(at, texts_to_height([(head, _WIDTHS[name] - 1) for name, head in heads.items()]))
    for column, (name, head) in enumerate(heads.items()):
        # What the sheet remembers of its own making is nobody's to read.
        sheet.set_column(column, column, _WIDTHS[name], None, {"hidden": name == "as_exported"})
        sheet.write_string(at, column, head, formats["head"])


def _add_row(
    sheet: Worksheet, at: int, row: ReviewRow, names: Sequence[str], formats: Mapping[str, Format]
) -> None:
    sheet.set_row(at, texts_to_height(list(_texts(row, names))))
    marked = _marked(row)
    for column, name in enumerate(names):
        value = getattr(row, name)
        if name in marked:
            write_marked(sheet, (at, column), marked[name], _MARKS[name], formats)
        else:
            _write(sheet, (at, column), value, _style(name, value), formats)
    _add_choices(sheet, (at, names.index("decision")), row.choices)
    _add_choices(sheet, (at, names.index("relation")), RELATION_NAMES)


def _texts(row: ReviewRow, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        value = getattr(row, name)
        if isinstance(value, str) and name != "as_exported":
            yield value, _WIDTHS[name]


def _marked(row: ReviewRow) -> dict[str, tuple[Part, ...]]:
    """Give the parts of both wordings, to be marked, where there are two."""
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
