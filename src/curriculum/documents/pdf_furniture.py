"""Recognise the running heads and feet of the pages of a PDF, by their place and by repetition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from curriculum.documents.page_furniture import is_row_text
from curriculum.documents.pdf_lines import piece_to_text, pieces_to_rows
from curriculum.documents.pdf_parts import Piece

__all__ = ["PageParts", "pages_to_parts"]

# The upper and the lower part of a page in which running heads and feet stand, and how many lines they have.
_ZONE, _MOST_ROWS = 0.14, 6
_SAME_PLACE = 3.0
_LEAST_PAGES = 3
# Shares of the size of the letters: how near the lines of a paragraph are, and how alike in size.
_NEAR, _SAME_SIZE = 1.6, 0.05
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"(?:page )?(?:[-–|] ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?(?: ?[-–|])?(?: page)?", re.IGNORECASE
)


class PageParts(NamedTuple):
    """The pieces of lines of a page: its running head, its text, and its running foot."""

    head: tuple[Piece, ...]
    body: tuple[Piece, ...]
    foot: tuple[Piece, ...]


class _Row(NamedTuple):
    """A line in the upper or lower part of a page.

    `place` is its distance from the nearer edge; `beside` the key of the line next to it, further in, if that
    is as near as a line of the same paragraph.
    """

    page: int
    place: float
    line: Piece
    pieces: tuple[Piece, ...]
    key: str
    is_head: bool
    beside: str


def pages_to_parts(
    pages: Sequence[tuple[float, tuple[Piece, ...]]], fixed: Sequence[frozenset[int]], body_size: float
) -> tuple[PageParts, ...]:
    """Return the pieces of each page, with those of its running head and foot set apart.

    Parameters
    ----------
    pages
        The height of each page, and its pieces.
    fixed
        The ids of the pieces of each page that are in a table that goes on below the head.
    body_size
        The size of most of the text.
    """
    rows = [
        row
        for number, (height, pieces) in enumerate(pages)
        for row in _rows_at_edges(number, height, pieces, fixed[number])
    ]
    running = {id(row) for row in rows if _is_running(row, rows, len(pages), body_size)}
    taken = {id(piece): row for row in rows if id(row) in running for piece in row.pieces}
    return tuple(_to_parts(pieces, taken) for _, pieces in pages)


def _to_parts(pieces: Sequence[Piece], taken: dict[int, _Row]) -> PageParts:
    head = tuple(piece for piece in pieces if id(piece) in taken and taken[id(piece)].is_head)
    foot = tuple(piece for piece in pieces if id(piece) in taken and not taken[id(piece)].is_head)
    return PageParts(head, tuple(piece for piece in pieces if id(piece) not in taken), foot)


def _rows_at_edges(number: int, height: float, pieces: Sequence[Piece], fixed: frozenset[int]) -> list[_Row]:
    rows = [tuple(row) for row in pieces_to_rows(piece for piece in pieces if id(piece) not in fixed)]
    found = []
    for at, row in enumerate(rows):
        line = piece_to_text(row)
        is_head = at < _MOST_ROWS and line.base < _ZONE * height
        is_foot = at >= len(rows) - _MOST_ROWS and line.top > (1 - _ZONE) * height
        if is_head or is_foot:
            # A page that lies on its side has its foot as far from its edge as the others.
            place = line.base if is_head else height - line.base
            found.append(_Row(number, place, line, row, _key(line), is_head, _beside(rows, at, is_head)))
    return found


def _key(line: Piece) -> str:
    return _NUMBER.sub("#", line.text).casefold()


def _beside(rows: Sequence[tuple[Piece, ...]], at: int, is_head: bool) -> str:
    inner = at + 1 if is_head else at - 1
    if not 0 <= inner < len(rows):
        return ""
    line, other = piece_to_text(rows[at]), piece_to_text(rows[inner])
    is_same = abs(line.size - other.size) < _SAME_SIZE * line.size
    return _key(other) if is_same and abs(line.base - other.base) < _NEAR * line.size else ""


def _is_running(row: _Row, rows: Sequence[_Row], n_pages: int, body_size: float) -> bool:
    if is_row_text(row.line.text):
        return False
    same = [
        other
        for other in rows
        if other.key == row.key
        and other.is_head == row.is_head
        and other.page != row.page
        and abs(other.place - row.place) <= _SAME_PLACE
    ]
    needed = min(_LEAST_PAGES, n_pages) - 1
    if _PAGE_NUMBER.fullmatch(row.line.text):
        if n_pages < 2:
            return "page" in row.key or " of " in row.key
        counted = [other for other in same if _is_counted(row, other)]
        return len(counted) >= min(needed, 1) or _is_wrapped_total(row, same, needed, rows)
    if needed < 1:
        return False
    n_same = sum(other.line.text == row.line.text for other in same)
    if n_same >= needed:
        return not _is_among_text(row, n_same, rows) and not _is_in_paragraph([row, *same], rows)
    counted = [other for other in same if _is_counted(row, other)]
    is_alone = row.line.size <= 1.1 * body_size and _is_outermost(row, rows)
    return len(counted) >= needed and is_alone


def _is_among_text(row: _Row, n_same: int, rows: Sequence[_Row]) -> bool:
    """Return whether more pages have a text of their own at the place of a row than have the same one."""
    near = [
        other.key
        for other in rows
        if other.is_head == row.is_head and abs(other.place - row.place) <= _SAME_PLACE
    ]
    return sum(near.count(key) == 1 for key in set(near)) > n_same + 1


def _is_in_paragraph(same: Sequence[_Row], rows: Sequence[_Row]) -> bool:
    """Return whether a line is as near to a text as if it was the rest of it, on each page that has it."""
    keys = [row.key for row in rows]
    return all(row.beside and keys.count(row.beside) == 1 for row in same)


def _is_wrapped_total(row: _Row, same: Sequence[_Row], needed: int, rows: Sequence[_Row]) -> bool:
    """Return whether a number alone on a line is the rest of a foot, as in “Page 3 of” above “12”."""
    is_alike = sum(other.line.text == row.line.text for other in same) >= needed
    return is_alike and not row.is_head and _is_outermost(row, rows)


def _is_counted(row: _Row, other: _Row) -> bool:
    """Return whether the numbers of two rows are the same, apart from one that counts the pages."""
    pairs = zip(_NUMBER.findall(row.line.text), _NUMBER.findall(other.line.text), strict=False)
    steps = [int(there) - int(here) for here, there in pairs]
    return steps.count(other.page - row.page) == 1 and all(
        step in (0, other.page - row.page) for step in steps
    )


def _is_outermost(row: _Row, rows: Sequence[_Row]) -> bool:
    """Return whether no page has other text at the place of a row, or further out."""
    beyond = [
        other for other in rows if other.is_head == row.is_head and other.place <= row.place + _SAME_PLACE
    ]
    keys = {other.key for other in beyond}
    counts = [sum(other.key == key for other in beyond) for key in keys]
    return all(count > 1 for count in counts)
