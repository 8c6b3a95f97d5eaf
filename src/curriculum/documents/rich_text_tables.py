"""The tables of a file in the Rich Text Format: the right edges of cells say which columns they fill."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from curriculum.documents.rich_text_events import CellEnd, CellShape, Paragraph, RowEnd, RowShape
from curriculum.documents.table_cells import OpenCell, OpenTable
from curriculum.documents.text_flow import TextFlow
from curriculum.files.office_package import TooMuchXml
from curriculum.model.limit_factor import raised

__all__ = ["TableFlow"]

# Edges that are closer than this are the same column: a millimetre, in twentieths of a point.
_TOLERANCE = 57
_MOST_LINES = 8_000


@dataclass
class _Row:
    shape: RowShape
    cells: list[list[int]]


@dataclass
class _Table:
    """A table that is being read: its rows, the cells of the open row, and the lines of the open cell."""

    table: OpenTable
    rows: list[_Row] = field(default_factory=list)
    cells: list[list[int]] = field(default_factory=list)
    lines: OpenCell = field(default_factory=lambda: OpenCell(0, 0, 0, 1, 1, False))

    def end_cell(self) -> None:
        self.cells.append(self.lines.numbers)
        self.lines = OpenCell(0, 0, 0, 1, 1, False)

    def end_row(self, shape: RowShape) -> None:
        if self.lines.numbers:
            self.end_cell()
        if self.cells:
            self.rows.append(_Row(shape, self.cells))
        self.cells = []


@dataclass
class TableFlow:
    """Paragraphs and the ends of cells and rows, one after the other, as lines and tables."""

    flow: TextFlow
    _open: list[_Table] = field(default_factory=list)

    def add(self, event: Paragraph | CellEnd | RowEnd) -> None:
        """Add a paragraph, or end a cell or a row."""
        # The end of a row without a cell begins no table.
        self._reach(min(event.depth, len(self._open)) if isinstance(event, RowEnd) else event.depth)
        if isinstance(event, Paragraph):
            cell = self._open[-1].lines if self._open else None
            self.flow.add_paragraph(event.pieces, event.label, cell, event.heading)
            _refuse_more(len(self.flow.lines))
        elif isinstance(event, CellEnd):
            self._open[-1].end_cell()
        elif len(self._open) == event.depth:
            self._open[-1].end_row(event.shape)

    def is_in_cell(self, depth: int) -> bool:
        """Return whether the open cell of the table at a depth has text."""
        return len(self._open) == depth and bool(self._open[-1].lines.numbers)

    def close(self) -> None:
        """End the tables that are open."""
        self._reach(0)

    def _reach(self, depth: int) -> None:
        while len(self._open) > depth:
            table = self._open.pop()
            # Paragraphs behind the description of a row without a single cell are in no table.
            if table.cells:
                table.end_row(RowShape())
            _fill_table(table.table, table.rows)
        while len(self._open) < depth:
            self._open.append(_Table(self.flow.open_table()))


def _refuse_more(n_lines: int) -> None:
    # A paragraph of a few bytes can begin as many tables as can be within each other.
    if n_lines > raised(_MOST_LINES):
        raise TooMuchXml(n_lines, _MOST_LINES, "lines")


def _fill_table(table: OpenTable, rows: Sequence[_Row]) -> None:
    """Add the rows to a table, with the columns of their cells."""
    edges = _rows_to_edges(rows)
    for row in rows:
        table.start_row()
        last: OpenCell | None = None
        for shape, column, n_columns, numbers in _row_to_places(row, edges):
            if shape.is_deleted:
                continue
            if shape.goes_on_before and last:
                last.n_columns = column + n_columns - last.column
            else:
                table.go_to_column(column)
                is_heading = row.shape.is_heading
                last = (
                    table.go_on_above(n_columns)
                    if shape.goes_on_above
                    else table.add_cell(1, n_columns, is_heading)
                )
            last.numbers += numbers


def _rows_to_edges(rows: Sequence[_Row]) -> list[int]:
    """Return the right edges of the columns of a table, in order; edges that nearly coincide are one."""
    edges: list[int] = []
    for edge in sorted({cell.edge for row in rows for cell in row.shape.cells}):
        if not edges or edge - edges[-1] > _TOLERANCE:
            edges.append(edge)
    return edges


def _row_to_places(row: _Row, edges: Sequence[int]) -> Iterator[tuple[CellShape, int, int, list[int]]]:
    """Yield each cell of a row: its shape, its first column, how many it fills, and its lines.

    A cell without an edge is in the column behind the one before.
    """
    behind = bisect_right(edges, row.shape.left + _TOLERANCE) + 1
    shapes = row.shape.cells
    for at, numbers in enumerate(row.cells):
        if at >= len(shapes):
            yield CellShape(0), behind, 1, numbers
            behind += 1
            continue
        end = max(bisect_right(edges, shapes[at].edge + _TOLERANCE) + 1, behind + 1)
        yield shapes[at], behind, end - behind, numbers
        behind = end
