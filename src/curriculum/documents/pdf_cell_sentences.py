"""Part the paragraphs in the cells of a PDF where a line happens to be full: by how the table ends others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from curriculum.documents.pdf_hyphens import Hyphens
from curriculum.documents.pdf_paragraphs import Paragraph, parted_paragraph
from curriculum.documents.pdf_parts import Piece
from curriculum.documents.pdf_tables import PdfCell, PdfTable
from curriculum.model.text import text_to_shortened

__all__ = ["table_with_parted_cells"]

_SHOWN, _LEAST_ENDS = 60, 2
_CAPITAL = re.compile(r"[A-Z](?:[a-z’'-]+)?,?")
# A sentence that ends within a line: then paragraphs have several.
_INNER_END = re.compile(r"[a-z)][.!?] [A-Z]")
# Behind such a word a sentence goes on.
_OPEN_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "their",
        "to",
        "using",
        "with",
        "within",
        "under",
        "its",
        "your",
        "all",
        "each",
        "including",
        "between",
        "against",
        "across",
        "through",
        "is",
        "are",
        "that",
        "which",
    )
)


class _Habits(NamedTuple):
    """How the paragraphs of a table end and begin.

    Attributes
    ----------
    n_closed, n_open
        How many end with a full stop, and without a sign, above another one.
    has_inner
        Whether a sentence ends within a line.
    starts
        The words that paragraphs begin with.
    names
        The words with a capital letter within a line.
    """

    n_closed: int
    n_open: int
    has_inner: bool
    starts: frozenset[str]
    names: frozenset[str]


def table_with_parted_cells(table: PdfTable, hyphens: Hyphens) -> PdfTable:
    """Return a table in which paragraphs that a full line joins are parted, or a doubt about them.

    Where the paragraphs of a cell have no space between them, one whose last line is full looks like one
    that goes on. The others of its table show how they end and begin.

    Parameters
    ----------
    table
        The table.
    hyphens
        The words of the document, which tell the hyphens at line ends.
    """
    habits = _table_to_habits(table)
    if not habits.n_closed and not habits.n_open:
        return table
    doubts: list[str] = []
    cells = tuple(
        _parted_cell(cell, habits, hyphens, doubts) if cell.row > 1 else cell for cell in table.cells
    )
    return replace(table, cells=cells, doubts=(*table.doubts, *doubts))


def _table_to_habits(table: PdfTable) -> _Habits:
    body = [cell for cell in table.cells if cell.row > 1]
    pairs = [
        (before, after)
        for cell in body
        for before, after in pairwise(cell.paragraphs)
        if _CAPITAL.fullmatch(_first_word(after)) and not _opens(before) and not after.is_bold
    ]
    lines = [line.text for cell in body for paragraph in cell.paragraphs for line in paragraph.lines]
    return _Habits(
        sum(before.text[-1] in ".!?" for before, _ in pairs),
        sum(before.text[-1].isalpha() for before, _ in pairs),
        any(map(_INNER_END.search, lines)),
        frozenset(_first_word(after) for _, after in pairs)
        | {_first_word(cell.paragraphs[0]) for cell in body if cell.column > 1},
        frozenset(word for line in lines for word in _names(line)),
    )


def _names(line: str) -> Iterator[str]:
    for before, word in pairwise(line.split()):
        if before[-1] not in ".!?:)" and _CAPITAL.fullmatch(word):
            yield word


def _first_word(paragraph: Paragraph) -> str:
    return paragraph.lines[0].words[0].text


def _opens(paragraph: Paragraph) -> bool:
    return paragraph.lines[0].opens


def _parted_cell(cell: PdfCell, habits: _Habits, hyphens: Hyphens, doubts: list[str]) -> PdfCell:
    found: list[Paragraph] = []
    for paragraph in cell.paragraphs:
        rest = paragraph
        for before, line in [] if _opens(paragraph) else list(pairwise(paragraph.lines)):
            begins = _begins_paragraph(before, line, habits)
            if begins is None:
                shown = text_to_shortened(line.text, _SHOWN)
                doubts.append(f"whether “{shown}” begins a paragraph in a cell cannot be told")
            elif begins:
                above, rest = parted_paragraph(rest, rest.lines.index(line), hyphens)
                found.append(above)
        found.append(rest)
    return cell if len(found) == len(cell.paragraphs) else replace(cell, paragraphs=tuple(found))


def _begins_paragraph(before: Piece, line: Piece, habits: _Habits) -> bool | None:
    """Return whether a line below a full one begins a paragraph; None if that cannot be told."""
    word, end = line.words[0].text, before.text[-1]
    if not _CAPITAL.fullmatch(word):
        return False
    if end in ".!?":
        if habits.n_closed >= _LEAST_ENDS and not habits.has_inner:
            return True
        return None if habits.n_closed else False
    if not end.isalpha() or not habits.n_open or before.words[-1].text.casefold() in _OPEN_WORDS:
        return False
    # A name can be cut at the line end: “Health and Safety” above “Executive”.
    is_name = word in habits.names or _CAPITAL.fullmatch(before.words[-1].text) is not None
    if is_name:
        return None if word in habits.starts else False
    return True if word in habits.starts and habits.n_open >= _LEAST_ENDS else None
