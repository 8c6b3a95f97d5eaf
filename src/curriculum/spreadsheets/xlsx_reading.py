"""Read the sheets of a workbook: texts, numbers, dates and results of formulas, in one pass."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from curriculum.errors import refuse_more, too_large
from curriculum.files.limits import check_time
from curriculum.files.office_package import UnusualPackage
from curriculum.model.limit_factor import raised
from curriculum.spreadsheets.array_formulas import sheet_with_array_results
from curriculum.spreadsheets.cell_formats import CellFormats, data_to_styles
from curriculum.spreadsheets.drop_downs import data_to_drop_downs, sheets_with_drop_downs
from curriculum.spreadsheets.rich_text import excel_to_text
from curriculum.spreadsheets.strikethrough import (
    data_to_struck_styles,
    data_to_struck_texts,
    sheet_with_strikethrough,
)
from curriculum.spreadsheets.tracker import (
    DATE,
    FORMULA,
    MAX_CELL,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_ROWS,
    NUMBER,
    OTHER,
    TEXT,
    Cell,
    DropDown,
    Sheet,
    Tracker,
    column_to_letters,
    name_to_position,
)
from curriculum.spreadsheets.used_columns import note_columns, part_to_ranges
from curriculum.spreadsheets.xlsx_package import (
    WORKBOOK,
    PackagePart,
    Workbook,
    data_to_workbook,
    part_to_relations,
)
from curriculum.spreadsheets.xml_elements import data_to_parser, local_name, xml_elements

__all__ = [
    "data_to_named_sheets",
    "data_to_shared_texts",
    "data_to_tracker",
    "shared_to_items",
]

# Numbers as XML writes them: Python's float accepts more, such as 1_0 and nan.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_FIRST_DAY, _FIRST_DAY_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
# The last row of Excel.
_LAST_ROW = 1_048_576
_RANGES = frozenset(("mergeCell", "autoFilter"))
_CELL_FORMS = {"s": TEXT, "inlineStr": TEXT, "str": TEXT, "b": OTHER, "e": OTHER, "d": DATE, "n": NUMBER}


def data_to_tracker(data: bytes, where: str) -> Tracker:
    """Read a workbook.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Raises
    ------
    UnreadableFile
        If it is not a workbook, is damaged, or is larger than a tracker may be.
    """
    book = data_to_workbook(data, where)
    return WORKBOOK.guarded(lambda: _workbook_to_tracker(book, data, where), where)


def _workbook_to_tracker(book: Workbook, data: bytes, where: str) -> Tracker:
    shared = book.package.read(book.shared_strings) if book.shared_strings else b""
    strings = data_to_shared_texts(shared) if book.shared_strings else []
    formats = book.package.read(book.styles) if book.styles else b""
    looks = data_to_styles(formats)
    readers: dict[str, _SheetReader] = {}
    lists: dict[str, tuple[DropDown, ...]] = {}
    spent = _Totals()
    for part in book.sheets:
        reader = _SheetReader(strings, looks, book.counts_from_1904, f"{where}, sheet {part.name}", spent)
        xml = book.package.read(part.path)
        WORKBOOK.guarded(partial(reader.read, xml), reader.where)
        lists[part.name] = data_to_drop_downs(xml)
        rows = sum(1 for cells in reader.rows.values() if cells)
        what, advice = "too large for a tracker", "Split it, for example by year."
        refuse_more(what, f"{where}, sheet {part.name}", rows, MAX_ROWS, "rows", advice=advice)
        readers[part.name] = reader
    named: dict[str, int] = {}
    for text in dict.fromkeys(text for reader in readers.values() for text in reader.ranges):
        note_columns(text, named)
    for text in dict.fromkeys(book.names):
        note_columns(text, named)
    styles = data_to_struck_styles(formats)
    texts = data_to_struck_texts(shared)
    sheets = [
        sheet_with_strikethrough(
            sheet_with_array_results(
                _sheet(book, part, readers[part.name], named), xml := book.package.read(part.path)
            ),
            xml,
            styles,
            texts,
        )
        for part in book.sheets
    ]
    return Tracker(where, "workbook", sheets_with_drop_downs(book, sheets, lists), data, book.titles)


def _sheet(book: Workbook, part: PackagePart, reader: _SheetReader, named: Mapping[str, int]) -> Sheet:
    """Return a sheet with the last column that any part of the workbook uses."""
    used: dict[str, int] = {}
    for text in dict.fromkeys((*reader.ranges, *part_to_ranges(book, part))):
        note_columns(text, used)
    last = max(reader.last_column, used.get("", 0), used.get(part.name, 0), named.get(part.name, 0))
    has_table = any(kind == "table" for kind, _ in part_to_relations(book.package, part.path).values())
    return Sheet(part.name, reader.rows, last, part.is_hidden, has_table)


def data_to_shared_texts(data: bytes) -> list[str]:
    """Return the texts of a part of shared texts, in order, without their pronunciation (``rPh``).

    Here and for cells, the parser calls functions: for many small elements, an iterator takes twice as long.
    """
    texts: list[str] = []
    pieces: list[str] = []
    within = ""

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal within
        if within != "rPh":
            within = local_name(tag)
        if within == "si":
            pieces.clear()

    def end(tag: str) -> None:
        nonlocal within
        name = local_name(tag)
        if name == "si":
            texts.append(excel_to_text("".join(pieces)))
        if within != "rPh" or name == "rPh":
            within = ""

    def text(piece: str) -> None:
        if within == "t":
            pieces.append(piece)

    parser = data_to_parser(data)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(data, True)
    return texts


def shared_to_items(data: bytes) -> dict[int, bytes]:
    """Return the XML of the texts of a part of shared texts, by number."""
    return dict(enumerate(element.content for element in xml_elements(data, "si")))


@dataclass
class _Totals:
    """The number of cells and characters of all sheets that were read so far."""

    cells: int = 0
    characters: int = 0


class _SheetReader:
    """Collects the cells of a sheet's part while its XML is read."""

    def __init__(
        self, strings: Sequence[str], styles: CellFormats, counts_from_1904: bool, where: str, spent: _Totals
    ) -> None:
        self.strings, self.styles, self.where = strings, styles, where
        self.first_day = _FIRST_DAY_OF_1904 if counts_from_1904 else _FIRST_DAY
        self.rows: dict[int, dict[int, Cell]] = {}
        self.last_column = 0
        self.ranges: list[str] = []
        self._row, self._column = 0, 0
        self._cells: dict[int, Cell] = {}
        self._type = self._style = self._within = ""
        self._spent = spent
        self._n_characters = 0
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False

    def read(self, data: bytes) -> None:
        """Read the part of a sheet."""
        parser = data_to_parser(data)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = local_name(name)
        if element == "c":
            place = attributes.get("r")
            self._column = self._place(place) if place else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._refuse_unknown(self._style)
            self._value, self._has_formula = [], False
            self._n_characters = 0
            self._spend(cells=1)
        elif element == "row":
            self._open_row(int(attributes.get("r", self._row + 1)))
            self._refuse_unknown(attributes.get("s", ""))
        elif element == "col":
            self._refuse_unknown(attributes.get("style", ""))
        elif element in {"v", "t", "f", "rPh"}:
            self._within = element if self._within != "rPh" else "rPh"
            self._has_formula |= element == "f"
        elif element in _RANGES:
            self.ranges.append(attributes.get("ref", ""))

    def _text(self, piece: str) -> None:
        if self._within in {"v", "t"}:
            self._value.append(piece)
            self._n_characters += len(piece)
        elif self._within == "f":
            self._formula.append(piece)
            self._n_characters += len(piece)
        if self._n_characters > raised(MAX_CELL):
            self._refuse(MAX_CELL, "characters of a cell")

    def _spend(self, cells: int = 0, characters: int = 0) -> None:
        """Count cells and characters, and refuse more than the limits."""
        self._spent.cells += cells
        self._spent.characters += characters
        if self._spent.cells > raised(MAX_CELLS):
            self._refuse(MAX_CELLS, "cells of all sheets")
        if self._spent.characters > raised(MAX_CHARACTERS):
            self._refuse(MAX_CHARACTERS, "characters of all cells")

    def _refuse(self, most: int, unit: str) -> None:
        where = f"{self.where}, row {self._row}"
        advice = "Delete what is empty or not needed, or split the file."
        raise too_large("too large for a tracker", where, 0, most, unit, advice=advice)

    def _refuse_unknown(self, style: str) -> None:
        """Refuse a format that does not exist: a format that is added could get its number."""
        if style and style not in self.styles.known:
            raise UnusualPackage(f"format {style[:20]} of {len(self.styles.known):,} in row {self._row}")

    def _open_row(self, row: int) -> None:
        """Begin a row; a row that comes twice, or out of order, could be read in two ways."""
        check_time()
        if not self._row < row <= _LAST_ROW:
            raise UnusualPackage(f"row {row} after row {self._row}")
        self._row, self._column, self._cells = row, 0, {}

    def _place(self, name: str) -> int:
        """Return the column of a cell; the cell must be in the row, after the previous cell."""
        row, column = name_to_position(name)
        if row != self._row or not column:
            raise UnusualPackage(f"the cell {name[:20]} in row {self._row}")
        if column <= self._column:
            raise UnusualPackage(f"the cell {name[:20]} twice, or out of order")
        return column

    def _end(self, name: str) -> None:
        element = local_name(name)
        if element == "c":
            cell = self._cell()
            if cell:
                self._spend(characters=len(cell.text))
                self._cells[self._column] = cell
                self.last_column = max(self.last_column, self._column)
        elif element == "row":
            if self._cells:
                self.rows[self._row] = self._cells
        elif element == "f":
            formula = "".join(self._formula)
            if ":" in formula:
                self.ranges.append(formula)
            self._formula, self._within = [], ""
        elif element in {"v", "t", "rPh"} and (self._within != "rPh" or element == "rPh"):
            self._within = ""

    def _cell(self) -> Cell | None:
        raw = "".join(self._value)
        if not raw and not self._has_formula:
            return None
        text = self._shared(raw) if self._type == "s" and raw else raw
        if self._has_formula:
            # A formula with an empty text has the type of a text; without a type, it was never calculated.
            return Cell(text, FORMULA, self._style, raw, "" if raw else self._type)
        form = _CELL_FORMS.get(self._type, OTHER)
        if form == TEXT:
            return Cell(text if self._type == "s" else excel_to_text(text), TEXT, self._style)
        if form == NUMBER:
            return self._number(raw)
        shown = {"0": "FALSE", "1": "TRUE"}.get(raw, raw) if self._type == "b" else text
        return Cell(shown, form, self._style, raw, self._type)

    def _shared(self, raw: str) -> str:
        number = raw.strip()
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        if not is_number or int(number) >= len(self.strings):
            place = f"{column_to_letters(self._column)}{self._row}"
            raise UnusualPackage(
                f"cell {place} with text number {raw[:20]} of {len(self.strings):,} shared ones"
            )
        return self.strings[int(number)]

    def _number(self, raw: str) -> Cell:
        number = float(raw) if _NUMBER.fullmatch(raw.strip()) else math.nan
        if not math.isfinite(number):
            place = f"{column_to_letters(self._column)}{self._row}"
            raise UnusualPackage(f"cell {place} with the number {raw[:20]!r}")
        # Excel has no days before 1900 or after 9999.
        if self._style in self.styles.dates and 1 <= number < 2_958_466:
            return Cell((self.first_day + timedelta(int(number))).isoformat(), DATE, self._style, raw)
        return Cell(f"{number:.15g}", NUMBER, self._style, raw)


def data_to_named_sheets(data: bytes, where: str, names: frozenset[str]) -> tuple[Sheet, ...]:
    """Read some of the sheets of a workbook, as `data_to_tracker` reads them all."""
    book = data_to_workbook(data, where)
    book = book._replace(sheets=tuple(part for part in book.sheets if part.name in names))
    return WORKBOOK.guarded(lambda: _workbook_to_tracker(book, data, where), where).sheets
