"""The text of the pages of a PDF: pieces of lines, tables, running heads, in the order of reading."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from curriculum.documents.pdf_columns import items_to_regions
from curriculum.documents.pdf_duty_rows import items_to_duty_rows
from curriculum.documents.pdf_furniture import PageParts, pages_to_parts
from curriculum.documents.pdf_grids import page_to_grids
from curriculum.documents.pdf_lines import piece_to_text, pieces_to_rows, words_to_pieces
from curriculum.documents.pdf_parts import (
    Grid,
    GridBox,
    Item,
    PdfPage,
    Piece,
    Region,
    TextBlock,
    Word,
    are_same_columns,
)
from curriculum.files.limits import check_time

__all__ = ["PageText", "pages_to_texts", "text_blocks", "whole_words"]

_PADDING_LEAST, _PADDING_MOST = 1.5, 8.0


class PageText(NamedTuple):
    """The text of a page: its tables, and its parts in reading order."""

    page: PdfPage
    parts: PageParts
    blocks: dict[int, dict[GridBox, TextBlock]]
    regions: tuple[Region, ...]


def pages_to_texts(pages: Sequence[PdfPage], words: Sequence[Sequence[Word]]) -> list[PageText]:
    """Return the text of each page, from its words."""
    grids = [page_to_grids(page, of_page) for page, of_page in zip(pages, words, strict=True)]
    pieces = [_to_pieces(of_page, of_grids) for of_page, of_grids in zip(words, grids, strict=True)]
    fixed = [
        frozenset(id(piece) for piece in found if _is_in_long(piece, of_grids, page))
        for page, found, of_grids in zip(pages, pieces, grids, strict=True)
    ]
    heights = [(page.height, found) for page, found in zip(pages, pieces, strict=True)]
    parts = pages_to_parts(heights, fixed, _body_size(words))
    texts: list[PageText] = []
    for page, of_page, of_grids in zip(pages, parts, grids, strict=True):
        texts.append(_page_to_text(page, of_page, of_grids, _open_columns(texts)))
    return texts


def _open_columns(texts: Sequence[PageText]) -> tuple[float, ...]:
    """Return the columns of the table at the end of the last page; none if there is no table."""
    last = texts[-1].regions[-1] if texts and texts[-1].regions else None
    return last.columns if isinstance(last, Grid) else ()


def _to_pieces(words: Sequence[Word], grids: Sequence[Grid]) -> tuple[Piece, ...]:
    """Return the pieces of lines of a page; none goes from one cell of a table into another."""
    free = list(words)
    pieces: list[Piece] = []
    for grid in grids:
        of_cells = _words_of_cells(grid, [word for word in free if grid.box.holds(*word.centre)])
        free = [word for word in free if not grid.box.holds(*word.centre)]
        for cell in (None, *grid.cells):
            pieces += words_to_pieces(of_cells.get(cell, ()))
    return (*words_to_pieces(free), *pieces)


def _words_of_cells(grid: Grid, words: Iterable[Word]) -> dict[GridBox | None, list[Word]]:
    """Return the words in each cell of a table that has some; those in no cell are at None."""
    by_column: dict[int, list[GridBox]] = {}
    for cell in grid.cells:
        for column in range(cell.column, cell.column + cell.n_columns):
            by_column.setdefault(column, []).append(cell)
    found: dict[GridBox | None, list[Word]] = {}
    for word in words:
        check_time()
        column = min(bisect_right(grid.columns, word.centre[0]), grid.n_columns)
        cells = by_column.get(column, [])
        of_word = next((cell for cell in cells if cell.box.holds(*word.centre)), None)
        found.setdefault(of_word, []).append(word)
    return found


def _is_in_long(piece: Piece, grids: Sequence[Grid], page: PdfPage) -> bool:
    """Return whether a piece is in a table that is higher than a running head."""
    x, y = piece.words[0].centre
    return any(grid.box.holds(x, y) and grid.box.height > 0.12 * page.height for grid in grids)


def _body_size(words: Sequence[Sequence[Word]]) -> float:
    sizes: Counter[float] = Counter()
    for of_page in words:
        for word in of_page:
            sizes[word.size] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _page_to_text(
    page: PdfPage, parts: PageParts, grids: Sequence[Grid], columns: Sequence[float]
) -> PageText:
    blocks: dict[int, dict[GridBox, TextBlock]] = {}
    free = list(parts.body)
    used: list[Grid] = []
    for grid in grids:
        of_grid = [piece for piece in free if grid.box.holds(*piece.words[0].centre)]
        found = _cell_blocks(grid, of_grid)
        # The rest of a row can be in one cell: the table is on the page before.
        is_rest = grid is grids[0] and len(columns) > 2 and are_same_columns(columns, grid.columns)
        if len(found) < 2 and not (found and is_rest):
            continue
        inside = set(map(id, of_grid))
        free = [piece for piece in free if id(piece) not in inside]
        blocks[id(grid)] = found
        used.append(grid)
    regions = tuple(_items_to_regions([*free, *used], page.width))
    return PageText(page, parts, blocks, regions)


def _items_to_regions(items: Sequence[Item], right: float) -> Iterator[Region]:
    """Yield the parts of a page in the order in which they are read; tables of duties without lines first."""
    duties = items_to_duty_rows(sorted(items, key=_item_to_top))
    if not duties:
        yield from items_to_regions(items, right)
        return
    yield from _items_to_regions(duties.above, right)
    yield duties.table
    yield from _items_to_regions(duties.below, right)


def _item_to_top(item: Item) -> float:
    return item.box.top if isinstance(item, Grid) else item.base


def _cell_blocks(grid: Grid, pieces: Iterable[Piece]) -> dict[GridBox, TextBlock]:
    """Return the lines of each cell of a table that has text."""
    of_cells = _words_of_cells(grid, (word for piece in pieces for word in piece.words))
    found = {cell: _words_to_block(of_cells[cell], cell) for cell in grid.cells if cell in of_cells}
    return _with_column_edges(found) if grid.is_ruled else found


def _with_column_edges(blocks: dict[GridBox, TextBlock]) -> dict[GridBox, TextBlock]:
    """Return the lines of cells without lines between columns: the longest line shows where a column ends."""
    edges: dict[int, float] = {}
    for cell, block in blocks.items():
        longest = max(line.right for line in block.lines)
        edges[cell.column] = max(edges.get(cell.column, 0.0), longest)
    return {cell: block._replace(right=edges[cell.column]) for cell, block in blocks.items()}


def _words_to_block(words: Sequence[Word], cell: GridBox) -> TextBlock:
    lines = tuple(piece_to_text(row) for row in pieces_to_rows(words_to_pieces(words)))
    padding = min(line.left for line in lines) - cell.box.left
    edge = cell.box.right - min(max(padding, _PADDING_LEAST), _PADDING_MOST)
    return TextBlock(lines, max(edge, *(line.right for line in lines)), is_cell=True)


def text_blocks(texts: Iterable[PageText]) -> Iterator[TextBlock]:
    """Yield all lines below each other, those in the cells of tables too."""
    for text in texts:
        yield from (region for region in text.regions if isinstance(region, TextBlock))
        for cells in text.blocks.values():
            yield from cells.values()


def whole_words(texts: Iterable[PageText]) -> Iterator[str]:
    """Yield words that are surely whole: those within a line, with a capital first, or alone in a cell."""
    for text in texts:
        for piece in text.parts.body:
            yield from (word.text for word in piece.words[1:-1])
            if len(piece.words) > 1 and piece.words[0].text[0].isupper():
                yield piece.words[0].text
            if piece.words[-1].text[-1] in ".,;:)":
                yield piece.words[-1].text
        for cells in text.blocks.values():
            for block in cells.values():
                if len(block.lines) == len(block.lines[0].words) == 1:
                    yield block.lines[0].text
