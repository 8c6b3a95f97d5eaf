"""Add the sheets of candidates to the workbook of a crosswalk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.spreadsheets.report_style import Format, Worksheet, set_page, texts_to_height, write_text

__all__ = ["add_candidates"]

_SHEETS: Final = ("Candidates, old to new", "Candidates, new to old")
_COLUMNS: Final = (
    ("code", 8),
    ("wording", 55),
    ("rank", 6),
    ("candidate", 10),
    ("its wording", 55),
    ("confidence", 11),
    ("proposed", 9),
)


def add_candidates(
    add_sheet: Callable[[str], Worksheet],
    crosswalk: pd.DataFrame,
    candidates: pd.DataFrame,
    formats: Mapping[str, Format],
) -> None:
    """Add a sheet for the old statements with their new candidates, and one for the new statements.

    Parameters
    ----------
    add_sheet
        Adds a sheet with a name to the workbook.
    crosswalk
        Rows of one pair of documents, which have the wordings of all statements.
    candidates
        The table ``candidates`` of the pair.
    formats
        The formats of the workbook.
    """
    wordings: dict[str, str] = {
        str(name): str(text)
        for ids, labels in ((v.SUBJECT_ID, v.SUBJECT_LABEL), (v.OBJECT_ID, v.OBJECT_LABEL))
        for name, text in zip(crosswalk[ids], crosswalk[labels], strict=True)
    }
    old = crosswalk[v.SUBJECT_SOURCE].iloc[0]
    is_old = candidates[v.SUBJECT_SOURCE] == old
    for name, rows in zip(_SHEETS, (candidates[is_old], candidates[~is_old]), strict=True):
        if len(rows):
            _add_rows(add_sheet(name), rows.to_dict("records"), wordings, formats)


def _add_rows(
    sheet: Worksheet, rows: list[dict[Any, Any]], wordings: Mapping[str, str], formats: Mapping[str, Format]
) -> None:
    for at, (header, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, header, formats["header"])
    for number, row in enumerate(rows, start=1):
        texts = (wordings[row[v.SUBJECT_ID]], wordings[row[v.OBJECT_ID]])
        sheet.set_row(number, texts_to_height([(text, _COLUMNS[1][1]) for text in texts]))
        write_text(sheet, (number, 0), _code(row[v.SUBJECT_ID]), formats["code"], formats)
        write_text(sheet, (number, 1), texts[0], formats["cell"], formats)
        sheet.write_number(number, 2, row[v.RANK], formats["cell"])
        write_text(sheet, (number, 3), _code(row[v.OBJECT_ID]), formats["code"], formats)
        write_text(sheet, (number, 4), texts[1], formats["cell"], formats)
        sheet.write_number(number, 5, row[v.CONFIDENCE], formats["share"])
        sheet.write_string(number, 6, "yes" if row[v.IS_PROPOSED] else "", formats["cell"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(_COLUMNS) - 1)
    sheet.repeat_rows(0)
    set_page(sheet)


def _code(statement_id: str) -> str:
    return statement_id.partition(":")[2]
