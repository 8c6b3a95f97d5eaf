"""Recognise the running heads and feet of the pages of a PDF, by their place and by repetition."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from curriculum.documents.page_furniture import is_row_text
from curriculum.documents.pdf_lines import piece_to_text, pieces_to_rows
from curriculum.documents.pdf_parts import Piece
from curriculum.files.limits import check_time

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
    text: str
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
    edges = _Edges(rows)
    running = {id(row) for row in rows if _is_running(row, edges, len(pages), body_size)}
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
            beside = _beside(rows, at, is_head)
            found.append(_Row(number, place, line, row, line.text, _key(line), is_head, beside))
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


class _Edges:
    """The lines at the edges of all pages, by what they are searched for."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self.n_of_key = Counter(row.key for row in rows)
        self._of_key: dict[tuple[bool, str], list[_Row]] = {}
        self._of_side: dict[bool, list[_Row]] = {True: [], False: []}
        for row in sorted(rows, key=lambda row: row.place):
            self._of_key.setdefault((row.is_head, row.key), []).append(row)
            self._of_side[row.is_head].append(row)

    def same(self, row: _Row) -> list[_Row]:
        """Return the lines of other pages that are the same at the same place, apart from their numbers."""
        near = _between(self._of_key[row.is_head, row.key], row.place - _SAME_PLACE, row.place + _SAME_PLACE)
        return [other for other in near if other.page != row.page]

    def n_near(self, row: _Row) -> Counter[str]:
        """Return how many lines there are of each key at the place of a row."""
        near = _between(self._of_side[row.is_head], row.place - _SAME_PLACE, row.place + _SAME_PLACE)
        return Counter(other.key for other in near)

    def n_beyond(self, row: _Row) -> Counter[str]:
        """Return how many lines there are of each key at the place of a row, or further out."""
        beyond = _between(self._of_side[row.is_head], float("-inf"), row.place + _SAME_PLACE)
        return Counter(other.key for other in beyond)


def _between(rows: Sequence[_Row], first: float, last: float) -> Sequence[_Row]:
    """Return the rows from one place to another, of rows that are ordered by their places."""
    start = bisect_left(rows, first, key=lambda row: row.place)
    return rows[start : bisect_right(rows, last, key=lambda row: row.place)]


def _is_running(row: _Row, edges: _Edges, n_pages: int, body_size: float) -> bool:
    check_time()
    if is_row_text(row.text):
        return False
    same = edges.same(row)
    needed = min(_LEAST_PAGES, n_pages) - 1
    if _PAGE_NUMBER.fullmatch(row.text):
        if n_pages < 2:
            return "page" in row.key or " of " in row.key
        counted = [other for other in same if _is_counted(row, other)]
        return len(counted) >= min(needed, 1) or _is_wrapped_total(row, same, needed, edges)
    if needed < 1:
        return False
    n_same = sum(other.text == row.text for other in same)
    if n_same >= needed:
        return not _is_among_text(row, n_same, edges) and not _is_in_paragraph([row, *same], edges)
    counted = [other for other in same if _is_counted(row, other)]
    is_alone = row.line.size <= 1.1 * body_size and _is_outermost(row, edges)
    return len(counted) >= needed and is_alone


def _is_among_text(row: _Row, n_same: int, edges: _Edges) -> bool:
    """Return whether more pages have a text of their own at the place of a row than have the same one."""
    return sum(count == 1 for count in edges.n_near(row).values()) > n_same + 1


def _is_in_paragraph(same: Sequence[_Row], edges: _Edges) -> bool:
    """Return whether a line is as near to a text as if it was the rest of it, on each page that has it."""
    return all(row.beside and edges.n_of_key[row.beside] == 1 for row in same)


def _is_wrapped_total(row: _Row, same: Sequence[_Row], needed: int, edges: _Edges) -> bool:
    """Return whether a number alone on a line is the rest of a foot, as in “Page 3 of” above “12”."""
    is_alike = sum(other.text == row.text for other in same) >= needed
    return is_alike and not row.is_head and _is_outermost(row, edges)


def _is_counted(row: _Row, other: _Row) -> bool:
    """Return whether the numbers of two rows are the same, apart from one that counts the pages."""
    pairs = zip(_NUMBER.findall(row.text), _NUMBER.findall(other.text), strict=False)
    steps = [int(there) - int(here) for here, there in pairs]
    return steps.count(other.page - row.page) == 1 and all(
        step in (0, other.page - row.page) for step in steps
    )


def _is_outermost(row: _Row, edges: _Edges) -> bool:
    """Return whether no page has other text at the place of a row, or further out."""
    return all(count > 1 for count in edges.n_beyond(row).values())
