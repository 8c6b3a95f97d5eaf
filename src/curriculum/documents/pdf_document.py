"""Read a PDF: its paragraphs and the cells of its tables, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curriculum.documents.markup import BoldSpan, Markup, Place, Remark, pieces_to_bold
from curriculum.documents.pdf_cell_sentences import table_with_parted_cells
from curriculum.documents.pdf_doubts import (
    page_doubts,
    refuse_unread,
    torn_word,
    uncertain_order,
    uncertain_text,
)
from curriculum.documents.pdf_flow import Flow, joined_flow
from curriculum.documents.pdf_headings import HeadingLevels, paragraphs_to_levels
from curriculum.documents.pdf_hyphens import Hyphens, words_to_hyphens
from curriculum.documents.pdf_page_text import PageText, pages_to_texts, text_blocks, whole_words
from curriculum.documents.pdf_pages import bytes_to_pdf
from curriculum.documents.pdf_paragraphs import (
    Leading,
    Paragraph,
    block_to_paragraphs,
    blocks_to_leading,
    last_listed,
)
from curriculum.documents.pdf_parts import Doubt, Grid, PdfPage, Piece, RowTable, TextBlock
from curriculum.documents.pdf_tables import PdfTable, grid_to_table, rows_to_table, torn_rows
from curriculum.documents.pdf_words import page_to_words
from curriculum.documents.symbol_fonts import UNKNOWN_SIGN
from curriculum.documents.table_cells import Cell, CellLine, Content
from curriculum.documents.unread_remarks import unread_to_remarks
from curriculum.documents.unread_text import UnreadText
from curriculum.files.limits import check_time

__all__ = ["pdf_to_content"]

HEADS = "running heads and feet of pages"
REPEATED = "rows of headings that a table repeats on each page"
# Space between paragraphs, as a share of the usual distance of lines.
_BLANK = 1.25


def pdf_to_content(data: bytes, where: str) -> Content:
    """Read a PDF.

    Each paragraph is a line, in the order in which a person reads the page, those in cells of tables too.
    Running heads and feet are lines too, but furniture. Text that is not seen is left out. What cannot be
    told is a remark.

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
    texts = pages_to_texts(file.pages, [words for words, _ in read])
    hyphens = words_to_hyphens(whole_words(texts))
    leading = blocks_to_leading(text_blocks(texts))
    joined = joined_flow(_texts_to_flow(texts, leading, hyphens), hyphens)
    flow = [_with_parted_cells(piece, hyphens) for piece in joined]
    writer = _Writer(paragraphs_to_levels(_paragraphs(flow)), _printed_lines(texts))
    for piece in flow:
        check_time()
        writer.write(piece)
    writer.remarks += page_doubts(file, [left_out for _, left_out in read], writer.first_lines())
    return writer.to_content([line for text in texts for line in _heads(text)])


def _with_parted_cells(flow: Flow, hyphens: Hyphens) -> Flow:
    if isinstance(flow.part, PdfTable):
        return flow._replace(part=table_with_parted_cells(flow.part, hyphens))
    return flow


def _heads(text: PageText) -> Iterator[str]:
    for line in text.parts.head:
        yield line.text


def _texts_to_flow(texts: Sequence[PageText], leading: Leading, hyphens: Hyphens) -> Iterator[Flow]:
    rights = _column_rights(texts)
    listed: Piece | None = None
    for text in texts:
        number = text.page.number
        yield from _furniture(text.parts.head, number, leading, hyphens)
        for region in text.regions:
            if isinstance(region, TextBlock):
                right = region.right if region.is_cell else rights[_column_key(text.page, region)]
                block = region._replace(right=right)
                part = tuple(block_to_paragraphs(block, leading, hyphens, listed))
                listed = last_listed(part, listed)
                yield Flow(number, part, is_label=region.is_label)
            elif isinstance(region, Grid):
                yield Flow(number, grid_to_table(region, text.blocks[id(region)], number, leading, hyphens))
            elif isinstance(region, RowTable):
                yield Flow(number, rows_to_table(region, number, leading, hyphens))
            else:
                yield Flow(number, region)
        yield from _furniture(text.parts.foot, number, leading, hyphens)


def _column_key(page: PdfPage, block: TextBlock) -> tuple[int, ...]:
    left = min(line.left for line in block.lines)
    return round(page.width), round(page.height), round(left / 6), round(block.right / 6)


def _column_rights(texts: Sequence[PageText]) -> dict[tuple[int, ...], float]:
    """Return how far the lines of each column go to the right, over all pages."""
    found: dict[tuple[int, ...], float] = {}
    for text in texts:
        for region in text.regions:
            if isinstance(region, TextBlock):
                key = _column_key(text.page, region)
                longest = max(line.right for line in region.lines)
                found[key] = max(found.get(key, 0.0), longest)
    return found


def _furniture(pieces: Sequence[Piece], page: int, leading: Leading, hyphens: Hyphens) -> Iterator[Flow]:
    for piece in pieces:
        block = TextBlock((piece,), piece.right)
        yield Flow(page, tuple(block_to_paragraphs(block, leading, hyphens)), is_furniture=True)


def _paragraphs(flow: Iterable[Flow]) -> Iterator[Paragraph]:
    for item in flow:
        if isinstance(item.part, tuple) and not item.is_furniture:
            yield from item.part


def _printed_lines(texts: Sequence[PageText]) -> dict[int, tuple[int, int]]:
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
        self._unread = UnreadText()
        self._n_tables = 0

    def write(self, flow: Flow) -> None:
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
        self.remarks += [torn_word(number, parts) for parts in paragraph.torn]
        self._unread.marks += [number] * paragraph.n_marks
        self._unread.unknown_signs += [number] * text.count(UNKNOWN_SIGN)
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
        remarks = (*self.remarks, *unread_to_remarks(self._unread))
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
