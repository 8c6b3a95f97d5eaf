"""Read the rows of a table whose columns are known, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from curriculum.model.codes import line_to_label
from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_title_key
from curriculum.parsing.code_cells import (
    cell_to_code_lines,
    is_ksb_heading,
    may_name_codes,
    text_to_code_list,
    text_to_lone_code,
    unread_codes,
)
from curriculum.parsing.column_headings import heading_to_letters
from curriculum.parsing.column_roles import ColumnRole, cell_to_code
from curriculum.parsing.duty_numbers import UnnumberedDuty, numbered_by_order_findings
from curriculum.parsing.further_columns import FURTHER_COLUMNS, further_findings
from curriculum.parsing.grids import Grid, GridCell, GridRow, row_to_line
from curriculum.parsing.labelled import KIND_HEADINGS, goes_on, is_bare_duty, line_to_duty
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Detail, Finding, Occurrence

__all__ = ["Columns", "RowReader", "TableReading", "is_duty_row"]

_NUMBERED = re.compile(r"(?:D ?)?(?P<number>[1-9]\d{0,2})[.):]?(?:\s+(?P<text>\S.*))?")
_KEYS = frozenset((ColumnRole.CODE, ColumnRole.LABELLED, ColumnRole.DUTY))


class TableReading(NamedTuple):
    """What was read of a table: lines, details of further columns, numbers of header lines, findings.

    The statements that are in a table of criteria are in no line.
    """

    lines: tuple[Line, ...]
    details: tuple[Detail, ...] = ()
    markers: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


class Columns(NamedTuple):
    """The columns of a table.

    Attributes
    ----------
    roles
        What each column holds.
    wordings
        The column of wordings for each column of codes, or of numbers of duties.
    headings
        The heading of each column that has one.
    numbers
        The column of the numbers of duties, if their own column has none; 0 if there is none.
    """

    roles: Mapping[int, ColumnRole]
    wordings: Mapping[int, int]
    headings: Mapping[int, str]
    numbers: int

    def role(self, column: int) -> ColumnRole:
        """Return the role of a column; one in which only headings begin has no role of its own."""
        return self.roles.get(column, ColumnRole.FURTHER)

    def name(self, column: int) -> str:
        """Return the heading of a column, or its number."""
        return self.headings.get(column) or f"column {column}"


def _is_number_of_duty(cell: GridCell) -> bool:
    """Return whether a cell has only the number of a duty, so that its wording is in another cell."""
    numbered = _NUMBERED.fullmatch(cell.text)
    is_bare = len(cell.lines) == 1 and is_bare_duty(cell.lines[0])
    return is_bare or (numbered is not None and not numbered["text"])


def is_duty_row(row: GridRow) -> bool:
    """Return whether a row has nothing but a duty with its wording: its KSBs are in the rows below."""
    cell = row.cells[0]
    return len(row.cells) == 1 and len(cell.lines) == 1 and line_to_duty(cell.lines[0]) is not None


def _lines_to_codes(cell: GridCell) -> list[str]:
    """Return the codes of a cell with a code alone on each line; none if a line holds anything else."""
    codes = [text_to_lone_code(line.text) for line in cell.lines]
    return codes if all(codes) else []


class RowReader:
    """The rows of one table that were read so far.

    The owner is the duty or statement to which the other cells of a row belong. It is the owner of the rows
    below too, as far as its cell spans them.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._lines: list[Line] = []
        self._details: list[Detail] = []
        self._markers: list[int] = []
        self._findings: list[Finding] = []
        self._owner = ""
        self._owner_to_row = 0
        # The row of the duty that owns the codes below it.
        self._owner_key = 0
        self._statement = -1
        self._n_duties = 0
        self._unnumbered: list[UnnumberedDuty] = []
        self._spanning: list[GridCell] = []

    def read(self, grid: Grid, head: Sequence[GridRow], titles: Sequence[GridRow]) -> TableReading:
        """Read all rows; header rows are read once, and known where they are repeated on a later page."""
        head_texts = {row.texts for row in head}
        for row in grid.rows:
            if row in head or row.texts in head_texts:
                self._markers += [line.number for cell in row.cells for line in cell.lines]
            elif row in titles:
                self._add_plain(row, row.cells)
            else:
                self._read_row(row)
        return TableReading(
            tuple(self._lines), tuple(self._details), tuple(self._markers), tuple(self._all_findings())
        )

    def _all_findings(self) -> Iterator[Finding]:
        yield from self._findings
        yield from numbered_by_order_findings(self._unnumbered, self._n_duties)
        yield from further_findings(self._details)

    def _read_row(self, row: GridRow) -> None:
        """Read a row; of several duties beside each other, each has the cells up to the next."""
        if is_duty_row(row):
            self._add_duty(row, row.cells[0], None, None)
            self._owner_to_row = row.cells[0].row
            return
        starts = [
            at for at, cell in enumerate(row.cells) if self._columns.role(cell.column) is ColumnRole.DUTY
        ]
        for first, end in pairwise([0, *starts[1:], len(row.cells)]):
            self._read_cells(row._replace(cells=row.cells[first:end]))

    def _read_cells(self, row: GridRow) -> None:
        keys = [cell for cell in row.cells if self._columns.role(cell.column) in _KEYS]
        # The statements of a row are those of its duty, on whichever side of it they are.
        keys.sort(key=lambda cell: self._columns.role(cell.column) is not ColumnRole.DUTY)
        duty = next((cell for cell in keys if self._columns.role(cell.column) is ColumnRole.DUTY), None)
        if duty and text_to_title_key(duty.text) in KIND_HEADINGS:
            self._add_plain(row, row.cells)  # a heading between the rows
            return
        first_row = row.cells[0].row
        if not keys and first_row > self._owner_to_row and not self._belongs(row):
            self._add_plain(row, row.cells)
            return
        taken = self._read_keys(row, keys)
        for cell in row.cells:
            role = self._columns.role(cell.column)
            if cell in taken or cell in keys:
                continue
            if role is ColumnRole.CODES or self._lists_codes(cell):
                self._add_codes(row, cell)
            elif role is ColumnRole.WORDING and self._statement >= 0 and not keys:
                self._extend_statement(cell)
            else:
                self._add_further(row, cell)
        if keys:
            self._add_spanning(first_row, keys)

    def _lists_codes(self, cell: GridCell) -> bool:
        """Return whether a cell beside a duty is of a column of codes, few of which can be read.

        Below “KSBs” is nothing else; below “Skills”, there can be words.
        """
        heading = self._columns.headings.get(cell.column, "")
        is_sure = text_to_title_key(heading) == "ksbs" or may_name_codes(cell.text)
        return self._owner_key > 0 and is_ksb_heading(heading) and is_sure

    def _read_keys(self, row: GridRow, keys: Sequence[GridCell]) -> list[GridCell]:
        """Read the duties and statements of a row, and return the other cells that belong to them."""
        taken: list[GridCell] = []
        by_column = {cell.column: cell for cell in row.cells}
        for cell in keys:
            wording = by_column.get(self._columns.wordings.get(cell.column, 0))
            role = self._columns.role(cell.column)
            if role is ColumnRole.DUTY:
                number = by_column.get(self._columns.numbers)
                wording = wording if _is_number_of_duty(cell) else None
                self._add_duty(row, cell, wording, number)
                taken += [found for found in (wording, number) if found]
            elif role is ColumnRole.CODE:
                self._add_statement(row, cell, wording)
                taken += [wording] if wording else []
            elif wording:
                self._add_titled(row, cell, wording)
                taken.append(wording)
            else:
                self._add_labelled(row, cell)
            self._owner_to_row = max(self._owner_to_row, cell.row + cell.n_rows - 1)
        return taken

    def _add_line(self, row: GridRow, text: str, cells: Sequence[GridCell]) -> None:
        numbers = [line.number for cell in cells for line in cell.lines]
        column = self._columns.headings.get(cells[0].column, "")
        self._lines.append(
            Line(
                min(numbers),
                text,
                row=row.key,
                is_opening=True,
                column=column,
                last_number=max(numbers),
            )
        )

    def _add_plain(self, row: GridRow, cells: Sequence[GridCell]) -> None:
        """Add cells that belong to no duty and no statement, for the parser of the document."""
        if cells:
            self._lines.append(row_to_line(row, cells, dict(self._columns.headings)))
        self._owner, self._owner_key, self._statement = "", 0, -1

    def _belongs(self, row: GridRow) -> bool:
        """Return whether a row without a code goes on with the statement or the duty above."""
        roles = {self._columns.role(cell.column): cell for cell in row.cells}
        wording = roles.get(ColumnRole.WORDING)
        if not self._owner or (wording and not self._goes_on(wording)):
            return False
        return wording is not None or ColumnRole.CODES in roles or self._statement >= 0

    def _goes_on(self, cell: GridCell) -> bool:
        line = cell.lines[0]._replace(is_opening=False)
        return self._statement >= 0 and goes_on(line, self._lines[self._statement].text)

    def _extend_statement(self, cell: GridCell) -> None:
        line = self._lines[self._statement]
        self._lines[self._statement] = line._replace(
            text=f"{line.text} {cell.text}", last_number=max(line.last, cell.last_line)
        )

    def _add_statement(self, row: GridRow, cell: GridCell, wording: GridCell | None) -> None:
        code = cell_to_code(cell)
        if code and wording and len(found := _lines_to_codes(cell)) > 1:
            self._add_several(row, cell, wording, found)
        elif code and wording:
            label = line_to_label(wording.text)
            text = label.text if label and label.code == code else wording.text
            self._owner, self._statement = code, len(self._lines)
            self._add_line(row, f"{code}: {text}", [cell, wording])
            for line in cell.lines[1:]:
                self._details.append(self._detail(cell.column, line.text, line.number, line.number))
        elif wording and line_to_label(cell.text):
            self._add_titled(row, cell, wording)
        elif line_to_label(cell.text):
            self._add_labelled(row, cell)
        else:
            self._add_plain(row, [cell, *([wording] if wording else [])])

    def _add_titled(self, row: GridRow, cell: GridCell, wording: GridCell) -> None:
        """Add a statement whose code has a title or a remark behind it, and its wording in another cell."""
        label = line_to_label(cell.text)
        if label is None:
            self._add_plain(row, [cell, wording])
            return
        self._owner, self._statement = label.code, len(self._lines)
        self._add_line(row, f"{label.code}: {wording.text}", [cell, wording])
        self._details.append(self._detail(cell.column, label.text, cell.first_line, cell.last_line))

    def _add_several(self, row: GridRow, cell: GridCell, wording: GridCell, codes: Sequence[str]) -> None:
        """Add the statements of a cell with several codes, each with its line of the cell beside it."""
        if len(codes) == len(wording.lines):
            for code, code_line, line in zip(codes, cell.lines, wording.lines, strict=True):
                cells = [cell._replace(lines=(code_line,)), wording._replace(lines=(line,))]
                self._add_line(row, f"{code}: {line.text}", cells)
            self._owner, self._statement = "", -1
            return
        self._findings.append(
            Finding(
                "not-in-a-table",
                cell.first_line,
                "error",
                f"{names_to_phrase(codes)} are in a cell beside “{text_to_shortened(wording.text)}”: which "
                "wording is of which code cannot be told, and none is read. Give each code a row of its own",
            )
        )
        self._markers += [line.number for found in (cell, wording) for line in found.lines]
        self._owner, self._statement = "", -1

    def _add_labelled(self, row: GridRow, cell: GridCell) -> None:
        """Add each labelled statement of a cell, with the lines up to the next label."""
        found: list[list[Line]] = []
        for line in cell.lines:
            if line_to_label(line.text) or not found:
                found.append([])
            found[-1].append(line)
        for lines in found:
            text = " ".join(line.text for line in lines)
            label = line_to_label(text)
            self._owner, self._statement = (label.code if label else ""), len(self._lines)
            self._add_line(row, text, [cell._replace(lines=tuple(lines))])
        if len(found) > 1:
            self._owner, self._statement = "", -1

    def _add_duty(
        self, row: GridRow, cell: GridCell, wording: GridCell | None, number: GridCell | None
    ) -> None:
        self._n_duties += 1
        first = cell.lines[0]
        of_cell = _NUMBERED.fullmatch(cell.text)
        beside = _NUMBERED.fullmatch(number.text) if number else None
        if line_to_duty(first) or is_bare_duty(first):
            start = cell.text
        elif of_cell:
            start = f"Duty {of_cell['number']} {of_cell['text'] or ''}".rstrip()
        elif beside:
            start = f"Duty {beside['number']} {cell.text}"
        else:
            start = f"Duty {self._n_duties} {cell.text}"
            self._unnumbered.append(UnnumberedDuty(cell.first_line, cell.text))
        cells = [found for found in (cell, wording, number) if found]
        self._add_line(row, f"{start} {wording.text}" if wording else start, cells)
        duty = line_to_duty(self._lines[-1])
        self._owner_key = row.key
        self._owner, self._statement = (duty.code if duty else ""), -1

    def _add_codes(self, row: GridRow, cell: GridCell) -> None:
        """Add the codes of a cell, or those whose numbers it has; of a duty, report what cannot be read."""
        row = row._replace(key=self._owner_key or row.key)
        letters = heading_to_letters(self._columns.headings.get(cell.column, ""))
        read = cell_to_code_lines(cell.lines, letters)
        if read is None and self._owner_key:
            name = self._columns.name(cell.column)
            self._findings.append(unread_codes(self._owner or "the duty", name, cell.text, cell.first_line))
            self._markers += [line.number for line in cell.lines]
            return
        if line_to_label(cell.lines[0].text) and not text_to_code_list(cell.text, letters):
            # KSBs in full, beside a duty: their codes are read, and the wordings are in the list of KSBs.
            self._add_further(row, cell)
        for text, lines in read or [(line.text, (line,)) for line in cell.lines]:
            if text:
                self._add_line(row, text, [cell._replace(lines=lines)])
            else:
                self._markers += [line.number for line in lines]

    def _detail(self, column: int, value: str, first: int, last: int) -> Detail:
        return Detail(FURTHER_COLUMNS, f"{self._owner}: {self._columns.name(column)}", value, first, last)

    def _add_further(self, row: GridRow, cell: GridCell | None) -> None:
        if cell is None:
            return
        if not self._owner:
            self._lines.append(row_to_line(row, [cell], dict(self._columns.headings)))
            return
        self._details.append(self._detail(cell.column, cell.text, cell.first_line, cell.last_line))
        if cell.n_rows > 1:
            self._spanning.append(cell)

    def _add_spanning(self, at_row: int, keys: Sequence[GridCell]) -> None:
        """Add the further cells of rows above that span this row: they belong to its statement too."""
        for cell in self._spanning:
            if self._owner and cell.row < at_row < cell.row + cell.n_rows:
                self._details.append(self._detail(cell.column, cell.text, cell.first_line, cell.last_line))
        del keys
