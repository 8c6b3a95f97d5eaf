"""Join what goes on in another column or on another page of a PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from curriculum.documents.pdf_hyphens import Hyphens
from curriculum.documents.pdf_paragraphs import Paragraph, goes_over_page, is_cut, is_item, joined_paragraph
from curriculum.documents.pdf_parts import Doubt
from curriculum.documents.pdf_tables import PdfCell, PdfTable, joined_table
from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_shortened

__all__ = ["Flow", "joined_flow"]

_SHOWN, _LOOKED_AT = 60, 3
# In points: how far the left edges of a column may differ.
_SAME_COLUMN = 4.0


class Flow(NamedTuple):
    """A part of the text in reading order, and its page.

    `is_furniture` for running heads and feet; `is_label` for what stands beside a list, and never goes on.
    """

    page: int
    part: tuple[Paragraph, ...] | PdfTable | Doubt
    is_furniture: bool = False
    is_label: bool = False


def joined_flow(flow: Iterable[Flow], hyphens: Hyphens) -> Iterator[Flow]:
    """Yield the parts of the text, in which what goes on in another column or on another page is joined."""
    waiting: Flow | None = None
    between: list[Flow] = []
    for item in _with_rests_of_rows(flow):
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
        if waiting and (doubt := _doubt_between(waiting, item)):
            yield doubt
        waiting = item
    if waiting:
        yield waiting
    yield from between


def _with_rests_of_rows(flow: Iterable[Flow]) -> Iterator[Flow]:
    """Yield the parts of the text, with codes at the head of a page as the row of a table before that."""
    table: PdfTable | None = None
    for found in flow:
        item = found
        if item.is_furniture:
            yield item
            continue
        if table and isinstance(item.part, tuple) and item.page == table.page + 1:
            rest = list(_rest_of_row(item.part, table))
            if rest:
                yield Flow(item.page, _rest_to_table(rest, item.page, table))
            item = item._replace(part=item.part[len(rest) :])
        table = item.part if isinstance(item.part, PdfTable) and item.part.key else None
        if item.part != ():
            yield item


def _rest_of_row(paragraphs: Sequence[Paragraph], table: PdfTable) -> Iterator[tuple[int, Paragraph]]:
    """Yield the first paragraphs that are codes below a column of a table, with the number of that column."""
    for paragraph in paragraphs:
        left = paragraph.lines[0].left
        columns = [at for at, edge in enumerate(table.columns, 1) if abs(edge - left) <= _SAME_COLUMN]
        if not line_to_codes(paragraph.text) or not columns or columns[0] == table.key:
            return
        yield columns[0], paragraph


def _rest_to_table(rest: Sequence[tuple[int, Paragraph]], page: int, table: PdfTable) -> PdfTable:
    columns = sorted({column for column, _ in rest})
    cells = (
        PdfCell(1, column, 1, 1, tuple(paragraph for at, paragraph in rest if at == column))
        for column in columns
    )
    return PdfTable(page, table.columns, tuple(cells), key=table.key)


def _joined(before: Flow, after: Flow, hyphens: Hyphens) -> Flow | None:
    if before.is_label or after.is_label:
        return None
    if isinstance(before.part, PdfTable) and isinstance(after.part, PdfTable):
        table = joined_table(before.part, after.part, hyphens)
        return Flow(after.page, table) if table else None
    if isinstance(before.part, tuple) and isinstance(after.part, tuple) and before.part and after.part:
        last, first = before.part[-1], after.part[0]
        is_below = first.lines[0].base > last.lines[-1].base and before.page == after.page
        if not is_below and goes_over_page(last, first):
            whole = joined_paragraph(last, first, hyphens)
            return Flow(after.page, (*before.part[:-1], whole, *after.part[1:]))
    return None


def _doubt_behind_table(table: PdfTable, after: Flow) -> Flow | None:
    """Return the doubt whether what begins in mid-sentence below a table is the rest of its last row."""
    if isinstance(after.part, Doubt):
        return None
    if after.page == table.page + 1 and isinstance(after.part, tuple) and _repeats_heading(table, after.part):
        shown = text_to_shortened(after.part[0].text, _SHOWN)
        return Flow(after.page, Doubt(f"the table goes on below “{shown}”, and its rows there are not read"))
    if isinstance(after.part, PdfTable):
        first = [cell.paragraphs[0] for cell in after.part.cells if cell.row == 1]
        ends = [cell.paragraphs[-1] for cell in table.cells if cell.row + cell.n_rows - 1 == table.n_rows]
        following = first if any(map(is_cut, ends)) else []
    elif after.part and line_to_codes(after.part[0].text):
        shown = text_to_shortened(after.part[0].text, _SHOWN)
        return Flow(after.page, Doubt(f"to which row of the table above “{shown}” belongs cannot be told"))
    else:
        following = list(after.part[:_LOOKED_AT])
    rest = next((other for other in following if other.text[0].islower() and not other.lines[0].opens), None)
    if rest is None and after.page != table.page and following and _is_below_cell(following[0], table):
        rest = following[0]
    if rest is None:
        return None
    shown = text_to_shortened(rest.text, _SHOWN)
    return Flow(after.page, Doubt(f"whether “{shown}” goes on with the table above cannot be told"))


def _is_below_cell(first: Paragraph, table: PdfTable) -> bool:
    """Return whether a paragraph can be the rest of a cut cell behind the first column."""
    line = first.lines[0]
    if is_item(first) or line.is_bold or abs(first.size - table.cells[-1].paragraphs[-1].size) > 0.5:
        return False
    return any(
        cell.column > 1
        and cell.row + cell.n_rows - 1 == table.n_rows
        and is_cut(cell.paragraphs[-1])
        and abs(cell.paragraphs[-1].lines[-1].left - line.left) <= _SAME_COLUMN
        for cell in table.cells
    )


def _repeats_heading(table: PdfTable, paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether text begins with the words of the first row of a table, which has several columns."""
    texts = table.row_texts(1)
    words = Counter(" ".join(texts).split())
    first = (" ".join(paragraph.text for paragraph in paragraphs[:at]) for at in range(1, _LOOKED_AT + 1))
    return len(texts) > 1 and any(Counter(text.split()) == words for text in first)


def _may_go_on(before: Flow, table: PdfTable) -> bool:
    """Return whether the first row of a table can be the rest of a text: not if its cells begin anew."""
    first = [cell.text for cell in table.cells if cell.row == 1]
    return before.page != table.page or len(first) < 2 or any(text[0].islower() for text in first)


def _doubt_between(before: Flow, after: Flow) -> Flow | None:  # noqa: PLR0911
    """Return the doubt whether the last wording of a page goes on at the head of the next."""
    if before.is_label or after.is_label:
        return None
    if isinstance(before.part, PdfTable):
        return _doubt_behind_table(before.part, after)
    if not isinstance(before.part, tuple) or not before.part:
        return None
    last = before.part[-1]
    if isinstance(after.part, PdfTable) and is_cut(last) and is_item(last) and _may_go_on(before, after.part):
        shown = text_to_shortened(last.text, _SHOWN)
        return Flow(after.page, Doubt(f"whether “{shown}” goes on in the table below cannot be told"))
    if not isinstance(after.part, tuple) or not after.part:
        return None
    first = after.part[0]
    is_below = first.lines[0].base > last.lines[-1].base and before.page == after.page
    rest = next((other for other in after.part[:_LOOKED_AT] if other.text[0].islower()), None)
    if is_below:
        return None
    if rest and is_cut(last) and not rest.lines[0].opens:
        first = rest
    elif goes_over_page(last, first) is not None or not last.lines[0].opens:
        return None
    shown = text_to_shortened(first.text, _SHOWN)
    return Flow(after.page, Doubt(f"whether “{shown}” goes on with the wording above cannot be told"))
