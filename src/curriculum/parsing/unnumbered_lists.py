"""Find the lists without codes below the headings of kinds: items with signs, lead-ins, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from curriculum.model.text import text_to_title_key
from curriculum.parsing.announced_items import announcing_findings
from curriculum.parsing.item_marks import Mark, Style, line_to_mark
from curriculum.parsing.kind_headings import line_to_letters, text_to_letters
from curriculum.parsing.labelled import goes_on, is_page_footer
from curriculum.parsing.lines import Line, Passage, lines_to_cells, parts_to_cells
from curriculum.parsing.rows import Detail, Finding
from curriculum.parsing.unnumbered_items import UnnumberedList

__all__ = ["lines_to_lists"]

# “Communication: talks to opticians” where no item has a sign.
_LEAD_IN = re.compile(r"[A-Z][^:.!?]{1,58}: \S")
_WORDING_HEADINGS = frozenset(
    (
        *("description", "what is required", "requirement", "requirements", "statement", "detail", "details"),
        *("wording", "criteria", "what this means", "minimum standard", "definition"),
    )
)
_LEAST_CELLS: Final = 2
_DEEPER: Final = 2


def _new_list(letters: str, name: str, number: int) -> UnnumberedList:
    return UnnumberedList(letters, text_to_title_key(name), number, [], {}, [], [])


def lines_to_lists(lines: Sequence[Line]) -> tuple[UnnumberedList, ...]:
    """Return the lists; a line that is no item and goes on with none ends its list.

    An item within an item is part of it, where the file or a sign of its own says so.

    Parameters
    ----------
    lines
        The lines of a text; the rows of its tables are lines with parts.
    """
    reader = _Reader(lines)
    reader.read()
    lists = tuple(found for found in reader.lists if found.items)
    for found in lists:
        if found.items[0].first_line in reader.with_bullets:
            found.findings.extend(announcing_findings(found.items))
    return lists


class _Reader:
    """Reads the lines of a text, one after the other."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lists: list[UnnumberedList] = []
        self.with_bullets: set[int] = set()
        self._lines = lines
        self._title = next((line.text for line in lines if not line_to_letters(line)), "")
        self._columns: dict[str, UnnumberedList] = {}
        self._is_open = False
        self._first: tuple[Mark, Line] | None = None
        self._has_lead_ins = False
        # The number that was printed last, of each kind and of all.
        self._last: dict[str, int] = {}

    def read(self) -> None:
        """Read all lines."""
        for at, line in enumerate(self._lines):
            if len(line.cells) >= _LEAST_CELLS and self._read_row(line):
                continue
            for part in lines_to_cells([line]):
                self._read_line(part, at)

    # --- Rows of tables ---------------------------------------------------------------------------

    def _read_row(self, line: Line) -> bool:
        """Read a row of a table; return whether it was read as one."""
        letters = [text_to_letters(cell) for cell in line.cells]
        if all(letters) and len(set(letters)) == len(letters):
            lists = [
                _new_list(found, cell, line.number) for found, cell in zip(letters, line.cells, strict=True)
            ]
            self._columns = dict(zip(line.cells, lists, strict=True))
            self.lists += lists
            lists[0].markers.extend(line.numbers)
            self._is_open = False
            return True
        cells = parts_to_cells(lines_to_cells([line]))
        if self._columns and {part.column for cell in cells for part in cell} <= set(self._columns):
            for cell in cells:
                self._columns[cell[0].column].items.extend(_cell_to_items(cell))
            return True
        self._columns = {}
        return self._is_open and len(cells) == _LEAST_CELLS and self._read_pair(line, cells)

    def _read_pair(self, line: Line, cells: Sequence[Sequence[Line]]) -> bool:
        """Read a row with a title and a wording; return whether it is one."""
        found = self.lists[-1]
        title, wording = (" ".join(part.text for part in cell) for cell in cells)
        if text_to_title_key(wording) in _WORDING_HEADINGS:
            found.markers.extend(line.numbers)
            return True
        if any(map(text_to_letters, line.cells)):
            return False
        if line_to_mark(cells[0][0], "") or (found.items and not found.titles):
            return False
        column, of_wording = cells[0][0].column, cells[1][0].column
        is_headed = text_to_title_key(of_wording) in _WORDING_HEADINGS
        first, last = cells[1][0].number, cells[1][-1].last
        name = column if is_headed and column else "column 1"
        found.titles[first] = Detail("", name, title, cells[0][0].number, cells[0][-1].last)
        found.items.append(Passage(wording, first, last))
        return True

    # --- Lines ------------------------------------------------------------------------------------

    def _read_line(self, line: Line, at: int) -> None:
        letters = line_to_letters(line)
        is_stem = line.text.endswith(":") and not text_to_letters(line.text)
        if letters and not (is_stem and self._is_empty()):
            self._open(letters, line, at)
        elif not self._is_open:
            return
        elif self._is_empty() and is_stem and line_to_mark(line, "") is None:
            self.lists[-1].markers.append(line.number)
        elif self._read_item(line):
            return
        elif is_page_footer(line) or (line.is_repeated and line.text == self._title):
            self.lists[-1].markers.append(line.number)
        elif self.lists[-1].items and goes_on(line, self.lists[-1].items[-1].text):
            self._join(line)
        else:
            self._is_open = False

    def _is_empty(self) -> bool:
        return self._is_open and not self.lists[-1].items

    def _open(self, letters: str, line: Line, at: int) -> None:
        self.lists.append(_new_list(letters, line.text, line.number))
        self._is_open, self._first = True, None
        following = self._lines[at + 1 : at + 2]
        self._has_lead_ins = bool(following) and _LEAD_IN.match(following[0].text) is not None

    def _read_item(self, line: Line) -> bool:
        """Read a line with a mark, or with a lead-in; return whether it is one."""
        mark = line_to_mark(line, "")
        items = self.lists[-1].items
        if mark is None or not mark.text or not self._can_be_mark(mark):
            is_item = self._has_lead_ins and _LEAD_IN.match(line.text) is not None
            if is_item and self._first is None:
                items.append(Passage(line.text, line.number, line.last))
            return is_item and self._first is None
        if self._first is None and not items:
            self._first = (mark, line)
            if mark.style is Style.BULLET:
                self.with_bullets.add(line.number)
        elif self._is_within(mark, line):
            self._join(line)
            return True
        self._check_number(mark, line)
        items.append(Passage(mark.text, line.number, line.last))
        return True

    def _check_number(self, mark: Mark, line: Line) -> None:
        """Report a printed number that is neither the next one nor the first of a list."""
        if mark.style not in (Style.SIGNED, Style.NUMBER):
            return
        found, number = self.lists[-1], int(mark.number)
        before = self._last.get(found.letters, 0)
        goes_on_over_kinds = not found.items and number == self._last.get("", 0) + 1
        if number not in (1, before + 1):
            expected = f"{before + 1} was expected: its code is that of its order"
            severity = "warning" if goes_on_over_kinds else "error"
            message = f"an item has the number {number}, and {expected}"
            found.findings.append(Finding("numbers-lost", line.number, severity, message))
        self._last |= {found.letters: number, "": number}

    def _can_be_mark(self, mark: Mark) -> bool:
        """Return whether a number without a sign is that of an item: the next one, from 1."""
        if mark.style is not Style.NUMBER:
            return mark.style is not Style.DOTTED or self._first is not None
        n_items = len(self.lists[-1].items)
        has_numbers = self._first is None or self._first[0].style is Style.NUMBER
        return has_numbers and mark.number == str(n_items + 1)

    def _is_within(self, mark: Mark, line: Line) -> bool:
        """Return whether a mark is that of an item within the one above."""
        if self._first is None:
            return True
        first, first_line = self._first
        is_bullet = first.style is Style.BULLET
        is_same = first.style is mark.style and (not is_bullet or _dash(first.number) == _dash(mark.number))
        is_deeper = line.depth > first_line.depth or (
            is_bullet and line.row <= 0 and line.indent >= first_line.indent + _DEEPER
        )
        if is_same or not is_bullet or is_deeper or ":" in self.lists[-1].items[-1].text:
            return is_deeper or not is_same
        message = (
            f"an item with the sign {mark.number} among those with {first.number}: it is read as part of the "
            "item above it"
        )
        self.lists[-1].findings.append(Finding("numbers-lost", line.number, "warning", message))
        return True

    def _join(self, line: Line) -> None:
        items = self.lists[-1].items
        items[-1] = items[-1].joined(line)


def _dash(sign: str) -> str:
    return sign.replace("–", "-")


def _cell_to_items(cell: Sequence[Line]) -> Iterator[Passage]:
    """Yield the items in a cell: one for each line with a mark; without marks, the cell is one."""
    marks = [line_to_mark(line, "") for line in cell]
    first = next((mark for mark in marks if mark), None)
    depth = cell[0].depth
    item: Passage | None = None
    for line, mark in zip(cell, marks, strict=True):
        is_item = mark is not None and first is not None and mark.style is first.style
        if item is None or (is_item and line.depth <= depth):
            if item:
                yield item
            item = Passage(mark.text if mark and is_item else line.text, line.number, line.last)
        else:
            item = item.joined(line)
    if item:
        yield item
