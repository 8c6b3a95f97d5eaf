"""The tables of a PDF: the text of their cells, and tables that go on over pages."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from curriculum.documents.page_furniture import is_row_text
from curriculum.documents.pdf_hyphens import Hyphens
from curriculum.documents.pdf_paragraphs import (
    Leading,
    Paragraph,
    block_to_paragraphs,
    goes_over_page,
    is_cut,
    is_surely_rest,
    joined_paragraph,
)
from curriculum.documents.pdf_parts import Grid, GridBox, RowTable, TextBlock, are_same_columns
from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_shortened

__all__ = ["PdfCell", "PdfTable", "grid_to_table", "joined_table", "rows_to_table", "torn_rows"]

_MOST_HEADER_ROWS = 3
_FEW_LOWER, _SHOWN = 0.3, 60


@dataclass(frozen=True)
class PdfCell:
    """A cell of a table: its row and column from 1, how many it spans, and its paragraphs."""

    row: int
    column: int
    n_rows: int
    n_columns: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The text of its paragraphs."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class PdfTable:
    """A table.

    Attributes
    ----------
    page
        The page that it ends on.
    columns
        The edges of its columns; none where no lines are drawn.
    cells
        Its cells, row by row.
    doubts
        What cannot be told about it.
    repeated
        The lines of rows of headings that are printed again.
    top, bottom
        Where on its page it begins and ends.
    starts
        The rows that its parts on the pages before begin with: a row of headings can be among them.
    key
        The column with the labels that rows begin with; 0 if none is known.
    """

    page: int
    columns: tuple[float, ...]
    cells: tuple[PdfCell, ...]
    doubts: tuple[str, ...] = ()
    repeated: tuple[Paragraph, ...] = ()
    top: float = 0.0
    bottom: float = 0.0
    starts: tuple[int, ...] = (1,)
    key: int = 0

    @property
    def n_rows(self) -> int:
        """The number of its rows."""
        return max((cell.row + cell.n_rows - 1 for cell in self.cells), default=0)

    def row_texts(self, row: int) -> tuple[str, ...]:
        """Return the texts of the cells that begin in a row."""
        return tuple(cell.text for cell in self.cells if cell.row == row)


def grid_to_table(
    grid: Grid, blocks: dict[GridBox, TextBlock], page: int, leading: Leading, hyphens: Hyphens
) -> PdfTable:
    """Return a table with lines around its cells; rows and columns without text are left out."""
    rows = {row: at for at, row in enumerate(sorted({cell.row for cell in blocks}), start=1)}
    cells = []
    for cell in sorted(blocks, key=lambda cell: (cell.row, cell.column)):
        paragraphs = tuple(block_to_paragraphs(blocks[cell], leading, hyphens))
        n_rows = max(sum(cell.row <= row < cell.row + cell.n_rows for row in rows), 1)
        cells.append(PdfCell(rows[cell.row], cell.column, n_rows, cell.n_columns, paragraphs))
    doubts = () if grid.is_whole else ("the lines of a table do not go around each of its cells",)
    return PdfTable(page, grid.columns, tuple(cells), doubts, (), grid.box.top, grid.box.bottom)


def rows_to_table(table: RowTable, page: int, leading: Leading, hyphens: Hyphens) -> PdfTable:
    """Return a table without lines."""
    edges = [
        max((line.right for row in table.rows for line in row[column]), default=0.0)
        for column in range(max(map(len, table.rows)))
    ]
    cells = tuple(
        PdfCell(
            number,
            column + 1,
            1,
            1,
            tuple(block_to_paragraphs(TextBlock(lines, edges[column]), leading, hyphens)),
        )
        for number, row in enumerate(table.rows, start=1)
        for column, lines in enumerate(row)
        if lines
    )
    return PdfTable(page, table.edges, cells, key=table.key)


def joined_table(before: PdfTable, after: PdfTable, hyphens: Hyphens) -> PdfTable | None:
    """Return two tables as one if the second is the rest of the first, on the next page.

    Rows of headings that are printed again are left out, and the cells of a row that goes on are joined.
    """
    is_beside = (
        after.page == before.page and after.top < before.bottom and after.columns[:1] > before.columns[-1:]
    )
    is_next = after.page == before.page + 1 or is_beside
    if not is_next or not before.columns or not are_same_columns(before.columns, after.columns):
        return None
    n_header = _n_repeated(before, after)
    repeated = tuple(
        paragraph for cell in after.cells if cell.row <= n_header for paragraph in cell.paragraphs
    )
    rest = [replace(cell, row=cell.row - n_header) for cell in after.cells if cell.row > n_header]
    doubts = [*before.doubts, *after.doubts]
    cells = list(before.cells)
    shift = before.n_rows
    starts = before.starts
    if rest:
        first = [cell for cell in rest if cell.row == 1]
        goes_on, is_sure = _row_goes_on(before, first, after.key)
        if not is_sure:
            doubts.append("it cannot be told whether a row of a table goes on, on the next page")
        if goes_on:
            cells, rest, more = _with_rest(cells, shift, rest, hyphens)
            doubts += more
            shift -= 1
        elif all(cell.column > 1 for cell in first):
            cells = _with_merged(cells, shift)
        starts = starts if goes_on or n_header else (*starts, before.n_rows + 1)
    cells += [replace(cell, row=cell.row + shift) for cell in rest]
    repeated = (*before.repeated, *repeated)
    return replace(after, cells=tuple(cells), doubts=tuple(doubts), repeated=repeated, starts=starts)


def torn_rows(table: PdfTable) -> tuple[str, ...]:
    """Return the doubts about cells that begin in mid-sentence, below a cell that ends in one."""
    columns: dict[int, list[PdfCell]] = {}
    for cell in table.cells:
        columns.setdefault(cell.column, []).append(cell)
    return tuple(
        f"“{text_to_shortened(cell.text, _SHOWN)}” in a table may be the rest of the cell above it"
        for cells in columns.values()
        if sum(cell.text[0].islower() for cell in cells) <= _FEW_LOWER * len(cells)
        for before, cell in itertools.pairwise(cells)
        if cell.text[0].islower() and is_cut(before.paragraphs[-1])
    )


def _n_repeated(before: PdfTable, after: PdfTable) -> int:
    """Return how many rows of headings the second table repeats, those of the last part first."""
    return next(filter(None, (_n_same_rows(before, start, after) for start in reversed(before.starts))), 0)


def _n_same_rows(before: PdfTable, start: int, after: PdfTable) -> int:
    number = 0
    while number < min(_MOST_HEADER_ROWS, after.n_rows, before.n_rows - start):
        texts = before.row_texts(start + number)
        if not texts or texts != after.row_texts(number + 1) or any(map(is_row_text, texts)):
            break
        number += 1
    return number


def _row_goes_on(before: PdfTable, first: Sequence[PdfCell], key: int) -> tuple[bool, bool]:
    """Return whether the first row of a page goes on with the last before it, and if that is sure."""
    if key:
        labels = [cell for cell in first if cell.column == key]
        return not labels or not labels[0].paragraphs[0].lines[0].opens, True
    return _cells_go_on(before, first)


def _cells_go_on(before: PdfTable, first: Sequence[PdfCell]) -> tuple[bool, bool]:
    """Return the same for a row that begins with no known label, by what its cells begin with."""
    last_row = before.n_rows
    last = {cell.column: cell for cell in before.cells if cell.row + cell.n_rows - 1 == last_row}
    pairs = [(last[cell.column], cell) for cell in first if cell.column in last]
    rests_of = [after for cell, after in pairs if is_surely_rest(cell.paragraphs[-1], after.paragraphs[0])]
    is_rest = bool(rests_of)
    if any(cell.column == 1 and cell.paragraphs[0].lines[0].opens for cell in first):
        goes_on = is_rest and any(cell.column == 1 and _are_more_codes(last.get(1), cell) for cell in first)
        return goes_on, goes_on or not is_rest
    others = [cell for cell in first if cell not in rests_of]
    if any(is_row_text(cell.text) and not line_to_codes(cell.text) for cell in others):
        return False, not is_rest
    if is_rest:
        return True, True
    if all(cell.column > 1 for cell in first) and 1 in last:
        is_span = last[1].n_rows > 1
        return not is_span, not is_span
    if before.n_rows == 1 and not any(map(_has_codes, first)):
        return False, False
    # In a row that goes on, each cell does, or is empty.
    rests = [goes_over_page(cell.paragraphs[-1], after.paragraphs[0]) for cell, after in pairs]
    return False, False in rests or not any(rests)


def _has_codes(cell: PdfCell) -> bool:
    """Return whether a cell has codes, so that it is in no row of headings."""
    texts = [paragraph.text for paragraph in cell.paragraphs]
    return any(is_row_text(text) or line_to_codes(text) for text in texts)


def _are_more_codes(before: PdfCell | None, after: PdfCell) -> bool:
    """Return whether a cell has codes that belong to those in the cell above, or to the title there."""
    n_codes = len(line_to_codes(after.text))
    n_before = len(line_to_codes(before.text)) if before else 1
    return n_codes > 0 and (n_codes, n_before) != (1, 1)


def _with_rest(
    cells: Sequence[PdfCell], last_row: int, rest: Sequence[PdfCell], hyphens: Hyphens
) -> tuple[list[PdfCell], list[PdfCell], list[str]]:
    """Return the cells with those of the first row of the next page joined to them, and the others."""
    first = {cell.column: cell for cell in rest if cell.row == 1}
    doubts: list[str] = []
    joined: list[PdfCell] = []
    for cell in cells:
        after = first.pop(cell.column, None) if cell.row + cell.n_rows - 1 == last_row else None
        if after is None:
            joined.append(cell)
            continue
        paragraphs, is_sure = _joined_paragraphs(cell.paragraphs, after.paragraphs, hyphens)
        if not is_sure:
            doubts.append("it cannot be told whether a paragraph of a cell goes on, on the next page")
        joined.append(replace(cell, paragraphs=paragraphs, n_rows=cell.n_rows + after.n_rows - 1))
    new = [replace(cell, row=last_row) for cell in first.values()]
    return [*joined, *new], [cell for cell in rest if cell.row > 1], doubts


def _joined_paragraphs(
    before: tuple[Paragraph, ...], after: tuple[Paragraph, ...], hyphens: Hyphens
) -> tuple[tuple[Paragraph, ...], bool]:
    goes_on = goes_over_page(before[-1], after[0])
    if goes_on:
        return (*before[:-1], joined_paragraph(before[-1], after[0], hyphens), *after[1:]), True
    return (*before, *after), goes_on is not None


def _with_merged(cells: Sequence[PdfCell], last_row: int) -> list[PdfCell]:
    """Return the cells with that in the first column going on over the next row."""
    return [
        replace(cell, n_rows=cell.n_rows + 1)
        if cell.column == 1 and cell.row + cell.n_rows - 1 == last_row
        else cell
        for cell in cells
    ]
