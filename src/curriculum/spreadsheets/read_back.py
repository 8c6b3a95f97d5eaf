"""Read again the workbook that is going to be written, and refuse it if a cell is not as expected."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from curriculum.errors import UnwritableOutput
from curriculum.spreadsheets.rich_text import text_with_replacements
from curriculum.spreadsheets.tracker import TEXT, Cell, Edits, Sheet, Tracker, name_to_position
from curriculum.spreadsheets.written_rows import ADVICE, other_content_error
from curriculum.spreadsheets.xlsx_reading import data_to_named_sheets, shared_to_items

__all__ = ["check_written_cells", "check_written_report"]

_CELL = re.compile(
    rb'<c r="(?P<place>[A-Z]{1,3}\d{1,7})"(?P<attributes>[^<>]*+)>'
    rb"(?:<v>(?P<value>[^<]*+)</v>|<is>(?P<inline>(?:[^<]|<(?!/is>|c ))*+)</is>)</c>"
)
_NO_CELLS: Mapping[int, Cell] = {}


class _Expected(NamedTuple):
    """The expected content of a cell: a text, or a value as the file stores it."""

    text: str
    raw: str


def check_written_cells(tracker: Tracker, edits: Mapping[str, Edits], data: bytes, changed: set[str]) -> None:
    """Check that the copy of a workbook has the expected cells.

    Parameters
    ----------
    tracker
        The workbook, as it was read.
    edits
        The changes, by the name of the sheet.
    data
        The copy.
    changed
        The parts of the package that are changed or new.

    Raises
    ------
    UnwritableOutput
        With the first cell that differs, or the part of the package that changed but should not.
    """
    _refuse_other_parts(tracker, data, changed)
    # The part of a sheet without edits has the same bytes as before.
    names = frozenset(name for name, changes in edits.items() if changes.added or changes.rewritten)
    copies = {sheet.name: sheet for sheet in data_to_named_sheets(data, tracker.source, names)}
    for sheet in tracker.sheets:
        if sheet.name in names:
            _refuse_other_sheet(sheet, copies.get(sheet.name), edits[sheet.name], tracker.source)


def _refuse_other_parts(tracker: Tracker, data: bytes, changed: set[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(tracker.data)) as old, zipfile.ZipFile(io.BytesIO(data)) as new:
        sums = {member.filename: (member.file_size, member.CRC) for member in new.infolist()}
        for member in old.infolist():
            if member.filename not in changed and sums.get(member.filename) != (member.file_size, member.CRC):
                raise UnwritableOutput(
                    "would lose a part of the workbook",
                    where=tracker.source,
                    expected=f"{member.filename} as it was",
                    found="something else",
                    advice=ADVICE,
                )


def check_written_report(parts: Sequence[bytes], report: bytes, where: str) -> None:
    """Check that the sheets of a report have the same cells in the workbook to which they were added.

    Parameters
    ----------
    parts
        The parts of the sheets that were added, in their order.
    report
        The workbook from which they were copied.
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
            cells = _part_to_values(package.read(f"xl/worksheets/sheet{number}.xml"), items)
            for expected, found in zip_longest(cells, _part_to_values(part, items), fillvalue=("", b"")):
                if expected != found:
                    place = name_to_position(expected[0] or found[0])
                    texts = (value.decode(errors="replace") for value in (expected[1], found[1]))
                    raise other_content_error(f"{where}, sheet {number} of the report", *place, *texts)


def _part_to_values(part: bytes, items: Mapping[int, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the cells of a sheet that are not empty: the name, and a number or the XML of a text."""
    for found in _CELL.finditer(part):
        value, inline = found["value"], found["inline"]
        is_shared = b't="s"' in found["attributes"]
        content = inline if inline is not None else items[int(value)] if is_shared else value
        yield found["place"].decode(), content


def _refuse_other_sheet(sheet: Sheet, copy: Sheet | None, edits: Edits, source: str) -> None:
    where = f"{source}, sheet {sheet.name}"
    new_rows = copy.rows if copy else {}
    wanted_cells = _edits_to_cells(sheet, edits)
    for row in sorted({*sheet.rows, *new_rows, *wanted_cells}):
        old, new = sheet.rows.get(row, _NO_CELLS), new_rows.get(row, _NO_CELLS)
        if row not in wanted_cells and old == new:
            continue
        for column in sorted({*old, *new, *wanted_cells.get(row, ())}):
            wanted = wanted_cells.get(row, {}).get(column)
            found = new.get(column)
            if not _is_expected(old.get(column), wanted, found):
                expected = wanted.text if wanted else old[column].text if column in old else ""
                raise other_content_error(where, row, column, expected, found.text if found else "")


def _is_expected(old: Cell | None, wanted: _Expected | None, found: Cell | None) -> bool:
    """Return whether a cell is as before, or as the edits want it."""
    if wanted is None:
        return old == found
    if found is None:
        return not wanted.text and not wanted.raw
    return found.raw == wanted.raw if wanted.raw else (found.text, found.form) == (wanted.text, TEXT)


def _edits_to_cells(sheet: Sheet, edits: Edits) -> dict[int, dict[int, _Expected]]:
    """Return the expected content of changed and new cells, by row and column."""
    cells: dict[int, dict[int, _Expected]] = {}
    for row, column, expected in _edits_to_expected(sheet, edits):
        cells.setdefault(row, {})[column] = expected
    return cells


def _edits_to_expected(sheet: Sheet, edits: Edits) -> Iterator[tuple[int, int, _Expected]]:
    for (row, column), replacements in edits.rewritten.items():
        yield row, column, _Expected(text_with_replacements(sheet.rows[row][column].text, replacements), "")
    for column, added in enumerate(edits.added, start=sheet.last_column + 1):
        for row, value in added.values.items():
            if isinstance(value, str):
                yield row, column, _Expected(value, "")
            else:
                yield row, column, _Expected(value.text, value.raw if value.form != TEXT else "")
