"""Read a PDF: its paragraphs and the cells of its tables, in the order in which a person reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from curriculum.documents.markup import BoldSpan, Markup, Place, Remark, pieces_to_bold
from curriculum.documents.note_marks import numbers_to_remarks
from curriculum.documents.pdf_columns import Doubt, RowTable, TextBlock, items_to_regions
from curriculum.documents.pdf_doubts import page_doubts, refuse_unread, uncertain_order, uncertain_text
from curriculum.documents.pdf_furniture import PageParts, pages_to_parts
from curriculum.documents.pdf_grids import Grid, GridBox, page_to_grids
from curriculum.documents.pdf_headings import HeadingLevels, paragraphs_to_levels
from curriculum.documents.pdf_hyphens import Hyphens, words_to_hyphens
from curriculum.documents.pdf_lines import Piece, opens_paragraph, words_to_pieces
from curriculum.documents.pdf_pages import PdfPage, bytes_to_pdf
from curriculum.documents.pdf_paragraphs import (
    Leading,
    Paragraph,
    block_to_paragraphs,
    blocks_to_leading,
    goes_over_page,
    is_cut,
    joined_paragraph,
)
from curriculum.documents.pdf_tables import (
    PdfTable,
    cell_blocks,
    grid_to_table,
    joined_table,
    rows_to_table,
    torn_rows,
)
from curriculum.documents.pdf_words import Word, page_to_words
from curriculum.documents.table_cells import Cell, CellLine, Content
from curriculum.files.limits import check_time
from curriculum.model.text import text_to_shortened

__all__ = ["pdf_to_content"]

HEADS = "running heads and feet of pages"
REPEATED = "rows of headings that a table repeats on each page"
# Space between paragraphs, as a share of the usual distance of lines.
_BLANK = 1.25
_SHOWN, _LOOKED_AT = 60, 3


class _Flow(NamedTuple):
    """A part of the text in reading order: paragraphs, a table or a doubt, and its page."""

    page: int
    part: tuple[Paragraph, ...] | PdfTable | Doubt
    # Whether it is the first or the last of its page.
    is_furniture: bool = False


class _PageText(NamedTuple):
    """The text of a page: its tables, and its parts in reading order."""

    page: PdfPage
    parts: PageParts
    blocks: dict[int, dict[GridBox, TextBlock]]
    regions: tuple[TextBlock | RowTable | Grid | Doubt, ...]


def pdf_to_content(data: bytes, where: str) -> Content:
    """Read a PDF.

    Each paragraph is a line, in the order in which a person reads the page, those in the cells of tables too.
    Running heads and feet are lines too, but furniture. Text that is not seen is left out. What cannot be told
    is a remark.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    Content
        The lines, the cells of tables, and the place of each line: its page, and its line on the page.

    Raises
    ------
    UnreadableFile
        If it needs a password, is a scan, or is too large.
    UnsupportedFormat
        If it is damaged, or the extra ``documents`` is not installed.
    """
    file = bytes_to_pdf(data, where)
    refuse_unread(file, where)
    read = [page_to_words(page) for page in file.pages]
    texts = _pages_to_texts(file.pages, [words for words, _ in read])
    hyphens = words_to_hyphens(_words_in_lines(texts))
    leading = blocks_to_leading(_text_blocks(texts))
    flow = list(_joined_flow(_texts_to_flow(texts, leading, hyphens), hyphens))
    writer = _Writer(paragraphs_to_levels(_paragraphs(flow)), _printed_lines(texts))
    for piece in flow:
        check_time()
        writer.write(piece)
    writer.remarks += page_doubts(file, [left_out for _, left_out in read], writer.first_lines())
    return writer.to_content([line for text in texts for line in _heads(text)])


def _heads(text: _PageText) -> Iterator[str]:
    for line in text.parts.head:
        yield line.text


def _pages_to_texts(pages: Sequence[PdfPage], words: Sequence[Sequence[Word]]) -> list[_PageText]:
    grids = [page_to_grids(page, of_page) for page, of_page in zip(pages, words, strict=True)]
    pieces = [_to_pieces(of_page, of_grids) for of_page, of_grids in zip(words, grids, strict=True)]
    fixed = [
        frozenset(id(piece) for piece in found if _is_in_long(piece, of_grids, page))
        for page, found, of_grids in zip(pages, pieces, grids, strict=True)
    ]
    heights = [(page.height, found) for page, found in zip(pages, pieces, strict=True)]
    parts = pages_to_parts(heights, fixed, _body_size(words))
    return [
        _page_to_text(page, of_page, of_grids)
        for page, of_page, of_grids in zip(pages, parts, grids, strict=True)
    ]


def _to_pieces(words: Sequence[Word], grids: Sequence[Grid]) -> tuple[Piece, ...]:
    """Return the pieces of lines of a page; none goes from one cell of a table into another."""
    groups: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        place = (-1, -1)
        for number, grid in enumerate(grids):
            if grid.box.holds(*word.centre):
                cells = (at for at, cell in enumerate(grid.cells) if cell.box.holds(*word.centre))
                place = (number, next(cells, -1))
        groups.setdefault(place, []).append(word)
    return tuple(piece for place in sorted(groups) for piece in words_to_pieces(groups[place]))


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


def _page_to_text(page: PdfPage, parts: PageParts, grids: Sequence[Grid]) -> _PageText:
    blocks: dict[int, dict[GridBox, TextBlock]] = {}
    free = list(parts.body)
    used: list[Grid] = []
    for grid in grids:
        own = [piece for piece in free if grid.box.holds(*piece.words[0].centre)]
        found = cell_blocks(grid, own)
        if len({cell.column for cell in found}) < 2 and len(found) < 2:
            continue
        inside = set(map(id, own))
        free = [piece for piece in free if id(piece) not in inside]
        blocks[id(grid)] = found
        used.append(grid)
    regions = tuple(items_to_regions([*free, *used], page.width))
    return _PageText(page, parts, blocks, regions)


def _text_blocks(texts: Iterable[_PageText]) -> Iterator[TextBlock]:
    for text in texts:
        yield from (region for region in text.regions if isinstance(region, TextBlock))
        for cells in text.blocks.values():
            yield from cells.values()


def _words_in_lines(texts: Iterable[_PageText]) -> Iterator[str]:
    """Yield the words of a document that are surely whole: those that neither begin nor end a line."""
    for text in texts:
        for piece in text.parts.body:
            yield from (word.text for word in piece.words[1:-1])
            if piece.words[-1].text[-1] in ".,;:)":
                yield piece.words[-1].text


def _texts_to_flow(texts: Sequence[_PageText], leading: Leading, hyphens: Hyphens) -> Iterator[_Flow]:
    rights = _column_rights(texts)
    for text in texts:
        number = text.page.number
        yield from _furniture(text.parts.head, number, leading, hyphens)
        for region in text.regions:
            if isinstance(region, TextBlock):
                right = region.right if region.is_cell else rights[_column_key(text.page, region)]
                block = region._replace(right=right)
                yield _Flow(number, tuple(block_to_paragraphs(block, leading, hyphens)))
            elif isinstance(region, Grid):
                yield _Flow(number, grid_to_table(region, text.blocks[id(region)], number, leading, hyphens))
            elif isinstance(region, RowTable):
                yield _Flow(number, rows_to_table(region, number, leading, hyphens))
            else:
                yield _Flow(number, region)
        yield from _furniture(text.parts.foot, number, leading, hyphens)


def _column_key(page: PdfPage, block: TextBlock) -> tuple[int, ...]:
    left = min(line.left for line in block.lines)
    return round(page.width), round(page.height), round(left / 6), round(block.right / 6)


def _column_rights(texts: Sequence[_PageText]) -> dict[tuple[int, ...], float]:
    """Return how far the lines of each column go to the right, over all pages."""
    found: dict[tuple[int, ...], float] = {}
    for text in texts:
        for region in text.regions:
            if isinstance(region, TextBlock):
                key = _column_key(text.page, region)
                found[key] = max(found.get(key, 0.0), max(line.right for line in region.lines))
    return found


def _furniture(pieces: Sequence[Piece], page: int, leading: Leading, hyphens: Hyphens) -> Iterator[_Flow]:
    for piece in pieces:
        block = TextBlock((piece,), piece.right)
        yield _Flow(page, tuple(block_to_paragraphs(block, leading, hyphens)), is_furniture=True)


def _joined_flow(flow: Iterable[_Flow], hyphens: Hyphens) -> Iterator[_Flow]:
    """Yield the parts of the text, in which what goes on in another column or on another page is joined."""
    waiting: _Flow | None = None
    between: list[_Flow] = []
    for item in flow:
        if item.is_furniture:
            between.append(item)
            continue
        joined = _joined(waiting, item, hyphens) if waiting else None
        if joined:
            waiting = joined
            continue
        if waiting:
            yield waiting
            yield from between
            between = []
        yield from between
        between = []
        if waiting and (doubt := _doubt_between(waiting, item)):
            yield doubt
        waiting = item
    if waiting:
        yield waiting
    yield from between


def _joined(before: _Flow, after: _Flow, hyphens: Hyphens) -> _Flow | None:
    if isinstance(before.part, PdfTable) and isinstance(after.part, PdfTable):
        table = joined_table(before.part, after.part, hyphens)
        return _Flow(after.page, table) if table else None
    if isinstance(before.part, tuple) and isinstance(after.part, tuple) and before.part and after.part:
        last, first = before.part[-1], after.part[0]
        is_below = first.lines[0].base > last.lines[-1].base and before.page == after.page
        if not is_below and goes_over_page(last, first):
            whole = joined_paragraph(last, first, hyphens)
            return _Flow(after.page, (*before.part[:-1], whole, *after.part[1:]))
    return None


def _doubt_between(before: _Flow, after: _Flow) -> _Flow | None:
    """Return the doubt whether the last wording of a page goes on at the head of the next."""
    if not (isinstance(before.part, tuple) and isinstance(after.part, tuple) and before.part and after.part):
        return None
    last, first = before.part[-1], after.part[0]
    is_below = first.lines[0].base > last.lines[-1].base and before.page == after.page
    rest = next((other for other in after.part[:_LOOKED_AT] if other.text[0].islower()), None)
    if is_below:
        return None
    if rest and is_cut(last) and not opens_paragraph(rest.text):
        first = rest
    elif goes_over_page(last, first) is not None or not opens_paragraph(last.text):
        return None
    shown = text_to_shortened(first.text, _SHOWN)
    return _Flow(after.page, Doubt(f"whether “{shown}” goes on with the wording above cannot be told"))


def _paragraphs(flow: Iterable[_Flow]) -> Iterator[Paragraph]:
    for item in flow:
        if isinstance(item.part, tuple) and not item.is_furniture:
            yield from item.part


def _printed_lines(texts: Sequence[_PageText]) -> dict[int, tuple[int, int]]:
    """Return the page and the line on the page of each word, counted over all columns, by its id."""
    places: dict[int, tuple[int, int]] = {}
    for text in texts:
        pieces = (*text.parts.head, *text.parts.body, *text.parts.foot)
        bases = sorted((piece.base, id(piece), piece) for piece in pieces)
        number, last = 0, float("-inf")
        for base, _, piece in bases:
            if base - last > 0.3 * piece.size:
                number, last = number + 1, base
            for word in piece.words:
                places[id(word)] = (text.page.number, number)
    return places


class _Writer:
    """The lines that are written so far."""

    def __init__(self, levels: HeadingLevels, printed: dict[int, tuple[int, int]]) -> None:
        self.levels, self.printed = levels, printed
        self.lines: list[str] = []
        self.cells: list[Cell] = []
        self.headings: dict[int, int] = {}
        self.furniture: dict[int, str] = {}
        self.bold: list[BoldSpan] = []
        self.remarks: list[Remark] = []
        self.places: list[Place] = []
        self._marks: list[int] = []
        self._n_tables = 0

    def write(self, flow: _Flow) -> None:
        """Write the lines of a part of the text."""
        if isinstance(flow.part, Doubt):
            self.remarks.append(uncertain_order(len(self.lines) + 1, flow.page, flow.part.reason))
        elif isinstance(flow.part, PdfTable):
            self._write_table(flow.part)
        else:
            for at, paragraph in enumerate(flow.part):
                if self.lines and not flow.is_furniture and (paragraph.gap > _BLANK or not at):
                    self._add_blank()
                number = self._add(paragraph)
                if flow.is_furniture:
                    self.furniture[number] = HEADS
                elif level := self.levels.level(paragraph):
                    self.headings[number] = level

    def _add_blank(self) -> None:
        self.lines.append("")
        self.places.append(self.places[-1])

    def _add(self, paragraph: Paragraph) -> int:
        text = paragraph.text
        self.lines.append(text)
        number = len(self.lines)
        first = self.printed.get(id(paragraph.lines[0].words[0]), (0, 0))
        self.places.append(Place(*first))
        if not self.levels.level(paragraph):
            self.bold += pieces_to_bold(paragraph.pieces, text, number)
        for word in paragraph.doubts:
            self.remarks.append(uncertain_text(number, word, text))
        self._marks += [number] * paragraph.n_marks
        return number

    def _write_table(self, table: PdfTable) -> None:
        self._n_tables += 1
        first = len(self.lines) + 1
        if self.lines:
            self._add_blank()
        for cell in table.cells:
            numbers = [self._add(paragraph) for paragraph in cell.paragraphs]
            lines = tuple(CellLine(number, self.lines[number - 1]) for number in numbers)
            self.cells.append(
                Cell(self._n_tables, cell.row, cell.column, cell.n_rows, cell.n_columns, False, lines)
            )
        for paragraph in table.repeated:
            self.furniture[self._add(paragraph)] = REPEATED
        doubts = (*table.doubts, *torn_rows(table))
        self.remarks += [uncertain_order(first, table.page, doubt) for doubt in doubts]

    def first_lines(self) -> dict[int, int]:
        """Return the first line of each page."""
        found: dict[int, int] = {}
        for number, place in enumerate(self.places, start=1):
            found.setdefault(place.page, number)
        return found

    def to_content(self, heads: Sequence[str]) -> Content:
        """Return what was written."""
        remarks = (*self.remarks, *numbers_to_remarks(self._marks))
        markup = Markup(
            tuple(self.bold),
            remarks=remarks,
            page_heads=tuple(dict.fromkeys(heads)),
            places=tuple(self.places),
        )
        return Content(
            tuple(self.lines),
            tuple(self.cells),
            headings=self.headings,
            furniture=self.furniture,
            markup=markup,
        )
