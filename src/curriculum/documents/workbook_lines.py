"""Read the sheet of an Excel workbook as lines: a line of a CSV for each row."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from curriculum.documents.delimited_tables import has_code_list
from curriculum.documents.record import SHEET_WITH_DUTIES, Unread
from curriculum.documents.table_cells import Content
from curriculum.errors import (
    NotFound,
    UnreadableFile,
    UnsupportedFormat,
    missing_package,
    refuse_more,
    too_large,
)
from curriculum.files.limits import check_time
from curriculum.files.office_package import Limits, OfficeFormat, check_all_xml
from curriculum.model.limit_factor import raised
from curriculum.spreadsheets.rich_text import excel_to_text

__all__ = ["is_workbook", "workbook_to_content"]

LIMITS: Final = Limits(members=5_000, unpacked=100_000_000, ratio=200, xml_bytes=50_000_000, tags=400_000)
_MOST_ROWS, _MOST_COLUMNS, _MOST_SHEETS = 8_000, 200, 200
_SHEETS_SHOWN = _CELLS_SHOWN = 8
# A cell that begins with the word: its heading, or “Duty 1”.
_DUTY: Final = re.compile(r"(?:^|,)\"?\s*(?:core |option )?dut(?:y|ies)\b", re.IGNORECASE)
# The format of a number that is shown with letters before it: "K"0.
_LETTERS_FORMAT = re.compile(r'(?:"(?P<quoted>[A-Za-z]{1,5})"|\\?(?P<plain>[KSB]))(?P<zeros>[0#]{1,5})')
_TOO_LARGE = "too large for the list of a standard"
_DELETE_REST = "Delete what is below and beside the last statement."
_SAVE_AS_CSV = "Save the sheet with the codes as a CSV (UTF-8)."


def is_workbook(data: bytes) -> bool:
    """Return whether a zip file is an Excel workbook, and no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return any(name.startswith("xl/") for name in names) and not any(n.startswith("word/") for n in names)


def workbook_to_content(data: bytes, where: str, sheet: str = "") -> Content:
    """Read the sheet of a workbook as a table: line *n* is row *n* of the sheet, as in a CSV.

    The values of formulas are the saved ones. Hidden sheets are not read.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.
    sheet
        The name of the sheet; by default the only one with text, or the only one with a list of codes.

    Raises
    ------
    NotFound
        If there is no sheet of this name.
    UnsupportedFormat
        If it is not plain which sheet to read, the workbook is damaged, or the extra ``documents`` is not
        installed.
    UnreadableFile
        If the sheet is too large, or has no text, struck-out text, or a formula without a saved result.
    """
    with _WORKBOOK.open(data, where) as package:
        n_sheets = sum(name.startswith("xl/worksheets/") for name in package.namelist())
        _refuse_more(where, n_sheets, _MOST_SHEETS, "sheets")
        _WORKBOOK.guarded(lambda: check_all_xml(package, LIMITS), where)
    return _WORKBOOK.guarded(lambda: _data_to_content(data, where, sheet), where)


def _data_to_content(data: bytes, where: str, name: str) -> Content:
    book, formulas = _load(data, where)
    sheets = {sheet.title: sheet for sheet in book.worksheets if sheet.sheet_state == "visible"}
    lines = {title: _sheet_to_lines(sheet) for title, sheet in sheets.items()}
    filled = {title: found for title, found in lines.items() if any(found)}
    chosen = _choose(filled, where, name)
    sheet, at = sheets[chosen], f"{where}, sheet {chosen}"
    _refuse_more(at, sheet.max_row, _MOST_ROWS, "rows")
    _refuse_more(at, sheet.max_column, _MOST_COLUMNS, "columns")
    _refuse_unclear(sheet, formulas[chosen], at)
    hidden = [f"“{sheet.title}” (hidden)" for sheet in book.worksheets if sheet.sheet_state != "visible"]
    others = [f"“{title}”" for title in filled if title != chosen]
    with_duties = [
        f"“{title}”" for title, found in filled.items() if title != chosen and any(map(_DUTY.search, found))
    ]
    return Content(
        filled[chosen],
        unread=tuple(
            Unread(SHEET_WITH_DUTIES if title in with_duties else "sheet", title)
            for title in (*others, *hidden)
        ),
    )


def _load(data: bytes, where: str) -> tuple[Any, Any]:
    """Return the workbook with the saved results of formulas, and the same with its formulas."""
    try:
        import openpyxl
    except ImportError as fault:
        raise missing_package("an Excel workbook", "openpyxl", where) from fault
    with warnings.catch_warnings():
        # It warns of charts and styles that it does not read.
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
        return values, openpyxl.load_workbook(io.BytesIO(data))


def _choose(filled: Mapping[str, tuple[str, ...]], where: str, name: str) -> str:
    """Return the name of the sheet to read."""
    if not filled:
        raise UnreadableFile("holds no text", where=where, expected="a sheet with codes and their wordings")
    named = [title for title in filled if title.strip().casefold() == name.strip().casefold()]
    if name and not named:
        raise NotFound(
            f"holds no sheet {name} with text",
            where=where,
            expected="the name of a sheet after #",
            found=_names_to_shown(filled),
            advice="Check the name.",
        )
    with_lists = [title for title, lines in filled.items() if has_code_list(lines)]
    found = named or (list(filled) if len(filled) == 1 else with_lists)
    if len(found) == 1:
        return found[0]
    raise UnsupportedFormat(
        f"a workbook with several sheets, of which {_count_to_words(len(found))} a list of codes",
        where=where,
        expected=f"one such sheet, or its name after #, such as {where}#{(*found, *filled)[0]}",
        found=_names_to_shown(found or filled),
        advice="Name the sheet to read. If the list is on several, copy it below each other on one.",
    )


def _count_to_words(number: int) -> str:
    return "none has" if not number else f"{number} have"


def _names_to_shown(titles: Iterable[str]) -> str:
    names = [f"“{title}”" for title in titles]
    more = f" and {len(names) - _SHEETS_SHOWN} more" if len(names) > _SHEETS_SHOWN else ""
    return ", ".join(names[:_SHEETS_SHOWN]) + more


def _refuse_unclear(sheet: Any, formulas: Any, where: str) -> None:
    """Refuse cells whose text may not count: it is struck out, or a formula has no saved result."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    struck = [cell.coordinate for cell in cells if _is_struck(cell)]
    unsaved = [
        cell.coordinate for cell in cells if cell.value is None and formulas[cell.coordinate].data_type == "f"
    ]
    for places, what, advice in (
        (struck, "struck-out text", "Delete what is struck out, or remove the line through it."),
        (unsaved, "formulas without a saved result", "Open it in Excel and save it."),
    ):
        if places:
            more = f" and {len(places) - _CELLS_SHOWN} more" if len(places) > _CELLS_SHOWN else ""
            raise UnreadableFile(
                f"holds {what}",
                where=where,
                expected="texts that count",
                found=f"{', '.join(places[:_CELLS_SHOWN])}{more}",
                advice=advice,
            )


def _is_struck(cell: Any) -> bool:
    """Return whether text of a cell is struck out, all of it or a part."""
    parts = cell.value if isinstance(cell.value, list) else ()
    fonts = [getattr(part, "font", None) for part in parts]
    is_whole = cell.value is not None and cell.font is not None and cell.font.strike
    return bool(is_whole or any(font is not None and font.strike for font in fonts))


def _sheet_to_lines(sheet: Any) -> tuple[str, ...]:
    """Return the rows of a sheet as lines, as many as can be read."""
    lines = []
    for row in sheet.iter_rows(max_row=min(sheet.max_row, raised(_MOST_ROWS))):
        check_time()
        values = [_cell_to_text(cell) for cell in row]
        lines.append(_values_to_line(values) if any(values) else "")
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _cell_to_text(cell: Any) -> str:
    """Return the text of a cell; a number with letters before it as it is shown, such as K1."""
    text = _value_to_text(cell.value)
    shown = _LETTERS_FORMAT.fullmatch(cell.number_format or "") if text.isdigit() else None
    return f"{shown['quoted'] or shown['plain']}{text.zfill(len(shown['zeros']))}" if shown else text


def _value_to_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(excel_to_text(str(value)).split())


def _values_to_line(values: list[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _damaged(where: str, found: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        "cannot be opened as a workbook",
        where=where,
        expected="an Excel workbook (.xlsx)",
        found=found,
        advice=_SAVE_AS_CSV,
    )


def _too_large(where: str, found: int, most: int, unit: str) -> UnreadableFile:
    return too_large(_TOO_LARGE, where, found, most, unit, advice=_DELETE_REST)


def _refuse_more(where: str, found: int, most: int, unit: str) -> None:
    refuse_more(_TOO_LARGE, where, found, most, unit, advice=_DELETE_REST)


_WORKBOOK = OfficeFormat(LIMITS, _damaged, _damaged, _too_large)
