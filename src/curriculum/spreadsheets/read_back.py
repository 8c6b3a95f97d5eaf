"""What is to be written is read again first: each cell is the one that is meant, or nothing is written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from curriculum.errors import UnwritableOutput
from curriculum.model.text import text_to_quoted
from curriculum.spreadsheets.rich_text import text_with_replacements
from curriculum.spreadsheets.tracker import TEXT, Cell, Edits, Sheet, Tracker, cell_name, name_to_position
from curriculum.spreadsheets.xlsx_reading import data_to_named_sheets, shared_to_items

__all__ = ["check_written_cells", "check_written_report", "check_written_rows"]

_ADVICE = (
    "Nothing has been written. Save the file in another format (Excel Workbook, or CSV UTF-8) and try again; "
    "if it stays, please report it."
)
_CELL = re.compile(
    rb'<c r="(?P<place>[A-Z]{1,3}\d{1,7})"(?P<attributes>[^<>]*+)>'
    rb"(?:<v>(?P<value>[^<]*+)</v>|<is>(?P<inline>(?:[^<]|<(?!/is>|c ))*+)</is>)</c>"
)
_MOST_TOLD = 60
_NO_CELLS: Mapping[int, Cell] = {}


class _Meant(NamedTuple):
    """What a cell is to hold: a text, or a value as a file keeps it."""

    text: str
    raw: str


def _other(where: str, row: int, column: int, expected: str, found: str) -> UnwritableOutput:
    return UnwritableOutput(
        "would not be read again as it is meant",
        where=f"{where}, cell {cell_name(row, column)}",
        expected=text_to_quoted(expected, _MOST_TOLD),
        found=text_to_quoted(found, _MOST_TOLD),
        advice=_ADVICE,
    )


def check_written_rows(wanted: Sequence[Sequence[str]], found: Sequence[Sequence[str]], where: str) -> None:
    """Refuse the rows of a table that are not those that were meant.

    Parameters
    ----------
    wanted, found
        The cells of each row.
    where
        The file, as a message should name it.

    Raises
    ------
    UnwritableOutput
        With the first cell that differs.
    """
    for row, (own, other) in enumerate(zip_longest(wanted, found, fillvalue=()), start=1):
        if own != other:
            pairs = enumerate(zip_longest(own, other), start=1)
            column, cells = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
            raise _other(where, row, column, cells[0] or "", cells[1] or "")
    if len(wanted) != len(found):
        raise _other(where, min(len(wanted), len(found)) + 1, 1, f"{len(wanted)} rows", f"{len(found)}")


def check_written_cells(tracker: Tracker, edits: Mapping[str, Edits], data: bytes, changed: set[str]) -> None:
    """Refuse the copy of a workbook that holds other cells than are meant.

    Parameters
    ----------
    tracker
        The workbook, as it was read.
    edits
        What was to be written, by the name of the sheet.
    data
        The copy.
    changed
        The parts of the package that are others now, or new.

    Raises
    ------
    UnwritableOutput
        With the first cell that differs, or the part of the package that changed and should not.
    """
    _refuse_other_parts(tracker, data, changed)
    # A sheet without edits is, byte for byte, the part that it was.
    names = frozenset(name for name, own in edits.items() if own.added or own.rewritten)
    copies = {sheet.name: sheet for sheet in data_to_named_sheets(data, tracker.source, names)}
    for sheet in tracker.sheets:
        if sheet.name in names:
            _refuse_other_sheet(sheet, copies.get(sheet.name), edits[sheet.name], tracker.source)


def _refuse_other_parts(tracker: Tracker, data: bytes, changed: set[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(tracker.data)) as own, zipfile.ZipFile(io.BytesIO(data)) as other:
        sums = {member.filename: (member.file_size, member.CRC) for member in other.infolist()}
        for member in own.infolist():
            if member.filename not in changed and sums.get(member.filename) != (member.file_size, member.CRC):
                raise UnwritableOutput(
                    "would lose a part of the workbook",
                    where=tracker.source,
                    expected=f"{member.filename} as it was",
                    found="something else",
                    advice=_ADVICE,
                )


def check_written_report(parts: Sequence[bytes], report: bytes, where: str) -> None:
    """Refuse sheets that were added to a workbook and hold other cells than the report they came from.

    Parameters
    ----------
    parts
        The parts of the sheets that were added, in their order.
    report
        The workbook whose sheets they are.
    where
        The file, as a message should name it.

    Raises
    ------
    UnwritableOutput
        With the first cell that differs.
    """
    with zipfile.ZipFile(io.BytesIO(report)) as package:
        items = shared_to_items(package.read("xl/sharedStrings.xml"))
        for number, part in enumerate(parts, start=1):
            own = _part_to_values(package.read(f"xl/worksheets/sheet{number}.xml"), items)
            for meant, found in zip_longest(own, _part_to_values(part, items), fillvalue=("", b"")):
                if meant != found:
                    place = name_to_position(meant[0] or found[0])
                    told = (value.decode(errors="replace") for value in (meant[1], found[1]))
                    raise _other(f"{where}, sheet {number} of the report", *place, *told)


def _part_to_values(part: bytes, items: Mapping[int, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the cells of a sheet that hold something: a number, or the XML of a text."""
    for found in _CELL.finditer(part):
        value, inline = found["value"], found["inline"]
        is_shared = b't="s"' in found["attributes"]
        held = inline if inline is not None else items[int(value)] if is_shared else value
        yield found["place"].decode(), held


def _refuse_other_sheet(sheet: Sheet, copy: Sheet | None, edits: Edits, source: str) -> None:
    where = f"{source}, sheet {sheet.name}"
    held = copy.rows if copy else {}
    meant = _meant_cells(sheet, edits)
    for row in sorted({*sheet.rows, *held, *meant}):
        own, found = sheet.rows.get(row, _NO_CELLS), held.get(row, _NO_CELLS)
        if row not in meant and own == found:
            continue
        for column in sorted({*own, *found, *meant.get(row, ())}):
            wanted = meant.get(row, {}).get(column)
            cell = found.get(column)
            if not _is_meant(own.get(column), wanted, cell):
                expected = wanted.text if wanted else own[column].text if column in own else ""
                raise _other(where, row, column, expected, cell.text if cell else "")


def _is_meant(own: Cell | None, wanted: _Meant | None, found: Cell | None) -> bool:
    """Return whether a cell that was found is the one that was there, or that was to come."""
    if wanted is None:
        return own == found
    if found is None:
        return not wanted.text and not wanted.raw
    return found.raw == wanted.raw if wanted.raw else (found.text, found.form) == (wanted.text, TEXT)


def _meant_cells(sheet: Sheet, edits: Edits) -> dict[int, dict[int, _Meant]]:
    """Return the cells that are to change or to come, by row and column."""
    meant: dict[int, dict[int, _Meant]] = {}
    for row, column, one in _edits_to_meant(sheet, edits):
        meant.setdefault(row, {})[column] = one
    return meant


def _edits_to_meant(sheet: Sheet, edits: Edits) -> Iterator[tuple[int, int, _Meant]]:
    for (row, column), replacements in edits.rewritten.items():
        yield row, column, _Meant(text_with_replacements(sheet.rows[row][column].text, replacements), "")
    for column, added in enumerate(edits.added, start=sheet.last_column + 1):
        for row, value in added.values.items():
            if isinstance(value, str):
                yield row, column, _Meant(value, "")
            else:
                yield row, column, _Meant(value.text, value.raw if value.form != TEXT else "")
