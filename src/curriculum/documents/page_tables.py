"""Find the cells of the tables in a web page, while its elements are read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from curriculum.documents.table_cells import OpenCell, OpenTable

__all__ = ["PageTables", "text_to_number"]

_CELLS = frozenset(("td", "th", "dt", "dd"))
# A list of terms is a table with a row for each term.
_TABLES = frozenset(("table", "dl"))
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})(?![0-9])")


def text_to_number(text: str | None, otherwise: int) -> int:
    """Return the number that an attribute holds, or another if it holds none.

    Examples
    --------
    >>> text_to_number("2 ", 1), text_to_number(None, 1)
    (2, 1)
    """
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else otherwise


class PageTables:
    """The tables of a web page so far, and the cells that are open: a line is added to the innermost."""

    def __init__(self) -> None:
        self.tables: list[OpenTable] = []
        self._open_tables: list[OpenTable] = []
        self._open_cells: list[OpenCell | None] = []
        self._heads = 0
        # Tables whose last row has ended, so that a cell begins the next even without a tag for it.
        self._between_rows: set[int] = set()

    @property
    def cell(self) -> OpenCell | None:
        """The innermost open cell; None if there is none."""
        return self._open_cells[-1] if self._open_cells else None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element that has been shown."""
        if tag in _TABLES:
            table = OpenTable(len(self.tables) + 1)
            self.tables.append(table)
            self._open_tables.append(table)
            # Text between the rows is in no cell, and in no cell of a table around this one either.
            self._open_cells.append(None)
        elif tag == "thead":
            self._heads += 1
        elif tag in _CELLS:
            self._open_cells.append(self._start_cell(tag, attributes))
        elif tag == "tr" and self._open_tables:
            self._open_tables[-1].start_row()
            self._between_rows.discard(self._open_tables[-1].number)

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in _TABLES and self._open_tables:
            self._open_tables.pop()
        elif tag == "thead":
            self._heads -= 1
        elif tag == "tr" and self._open_tables:
            self._between_rows.add(self._open_tables[-1].number)
        if tag in _TABLES | _CELLS and self._open_cells:
            self._open_cells.pop()

    def add_line(self, number: int) -> None:
        """Add a line to the innermost open cell, if there is one."""
        if self.cell:
            self.cell.numbers.append(number)

    def _start_cell(self, tag: str, attributes: Mapping[str, str]) -> OpenCell | None:
        if not self._open_tables:
            return None
        table = self._open_tables[-1]
        if tag == "dt":
            table.start_row()
        if tag in ("dt", "dd"):
            return table.add_cell()
        if table.number in self._between_rows:
            table.start_row()
            self._between_rows.discard(table.number)
        return table.add_cell(
            text_to_number(attributes.get("rowspan"), 1),
            text_to_number(attributes.get("colspan"), 1),
            tag == "th" or self._heads > 0,
        )
