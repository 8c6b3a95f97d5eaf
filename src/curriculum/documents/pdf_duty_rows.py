"""Find the tables without lines of a page of a PDF that have a duty in each row, and its codes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from curriculum.documents.pdf_lines import piece_to_text, pieces_to_rows
from curriculum.documents.pdf_parts import Item, Piece, RowTable, is_duty

__all__ = ["DutyRows", "items_to_duty_rows"]

# In points: how far the left edges of a column may differ.
_EDGE = 3.0
# Shares of the size of the letters: base lines of one row, how far lines of a cell are below each other, a
# row of headings above its table, what is near below it, and how much more space is between rows.
_SAME_BASE, _LINES, _CODES, _HEADER, _NEAR, _LARGER = 0.35, 1.5, 2.4, 3.0, 1.5, 0.1
_OTHER_SIZE = 0.08


class DutyRows(NamedTuple):
    """A table of duties, and what is above and below it."""

    above: tuple[Item, ...]
    table: RowTable
    below: tuple[Item, ...]


class _Columns(NamedTuple):
    """The left edges of the columns of a table, and which of them has the duties."""

    edges: tuple[float, ...]
    key: int

    def of(self, piece: Piece) -> int | None:
        """Return the column that a piece is in; None if it goes over an edge, or cannot be in this column."""
        column = sum(piece.left >= edge - _EDGE for edge in self.edges) - 1
        following = self.edges[column + 1] if 0 <= column < len(self.edges) - 1 else float("inf")
        if column < 0 or piece.right > following:
            return None
        is_edge = piece.left - self.edges[column] <= _EDGE
        return column if is_edge and (column == self.key or piece.is_codes) else None


def items_to_duty_rows(items: Sequence[Item]) -> DutyRows | None:
    """Return the first table of a page that has a duty in each row and codes beside it, if it is clear.

    It is if each row begins at one base line in all of its columns, and space parts the rows. A row of
    headings is part of it, and above the first duty of a page the rest of a row of the page before.

    Parameters
    ----------
    items
        Pieces of lines, and tables with lines, from the top.
    """
    pieces = [item for item in items if isinstance(item, Piece)]
    duties = [piece for piece in pieces if is_duty(piece.text)]
    columns = _duties_to_columns(duties, pieces) if duties else None
    if columns is None:
        return None
    rows = [tuple(row) for row in pieces_to_rows(pieces)]
    first = next(at for at, row in enumerate(rows) if _duty_of(row, columns))
    end = _end(rows, first, columns)
    start, header, is_clear = _start(rows, first, columns)
    body = rows[start:end]
    has_duty = any(_duty_of(row, columns) for row in body)
    if not (has_duty and is_clear) or _is_run_on(rows, end) or not _are_clear(body, columns):
        return None
    taken = {id(piece) for row in (*header, *body) for piece in row}
    top = min(piece.base for row in (*header, *body) for piece in row)
    rest = [item for item in items if id(item) not in taken]
    if any(
        not isinstance(item, Piece) and top < item.box.bottom and item.box.top < body[-1][0].base
        for item in rest
    ):
        return None
    above = tuple(item for item in rest if _at(item) < top)
    below = tuple(item for item in rest if _at(item) >= top)
    return DutyRows(above, _to_table(header, body, columns), below)


def _at(item: Item) -> float:
    return item.base if isinstance(item, Piece) else item.box.top


def _duties_to_columns(duties: Sequence[Piece], pieces: Sequence[Piece]) -> _Columns | None:
    """Return the columns of duties and of the codes that stand on their base lines."""
    left = duties[0].left
    aligned = [duty for duty in duties if abs(duty.left - left) <= _EDGE]
    edges = [left]
    for piece in pieces:
        is_beside = any(_is_beside(piece, duty) for duty in aligned)
        if piece.is_codes and is_beside and all(abs(piece.left - edge) > _EDGE for edge in edges):
            edges.append(piece.left)
    if len(edges) < 2:
        return None
    ordered = tuple(sorted(edges))
    return _Columns(ordered, ordered.index(left))


def _is_beside(piece: Piece, duty: Piece) -> bool:
    is_apart = piece.left > duty.right or piece.right < duty.left
    return is_apart and abs(piece.base - duty.base) <= _SAME_BASE * duty.size


def _duty_of(row: Sequence[Piece], columns: _Columns) -> Piece | None:
    """Return the duty that a line begins a row with."""
    found = (piece for piece in row if is_duty(piece.text) and columns.of(piece) == columns.key)
    return next(found, None)


def _fits(row: Sequence[Piece], columns: _Columns) -> bool:
    return all(columns.of(piece) is not None for piece in row)


def _goes_on(above: Sequence[Sequence[Piece]], row: Sequence[Piece], columns: _Columns) -> bool:
    """Return whether a line goes on with the cells above it."""
    for piece in row:
        column = columns.of(piece)
        last = next(
            (other for line in reversed(above) for other in line if columns.of(other) == column), None
        )
        most = _LINES if column == columns.key else _CODES
        is_text = column == columns.key and last is not None
        if last is None or piece.base - last.base > most * last.size:
            return False
        if is_text and (
            abs(piece.size - last.size) > _OTHER_SIZE * last.size or piece.is_bold > last.is_bold
        ):
            return False
    return True


def _end(rows: Sequence[Sequence[Piece]], first: int, columns: _Columns) -> int:
    """Return behind which line a table ends."""
    for at in range(first, len(rows)):
        row = rows[at]
        if not _fits(row, columns):
            return at
        if not _duty_of(row, columns) and not _goes_on(rows[first:at], row, columns):
            return at
    return len(rows)


def _start(
    rows: Sequence[Sequence[Piece]], first: int, columns: _Columns
) -> tuple[int, tuple[tuple[Piece, ...], ...], bool]:
    """Return with which line the rows of a table begin, its row of headings, and whether that is clear.

    What is above the first duty can only be the rest of a row if it is the first text of the page.
    """
    start = first
    while start and _fits(rows[start - 1], columns) and _is_near(rows[start - 1], rows[start], _CODES):
        start -= 1
    at = start
    header: tuple[tuple[Piece, ...], ...] = ()
    if at and _is_header(rows[at - 1], columns) and _is_near(rows[at - 1], rows[at], _HEADER):
        header = (tuple(rows[at - 1]),)
        at -= 1
    return start, header, start == first or at == 0


def _is_near(row: Sequence[Piece], below: Sequence[Piece], most: float) -> bool:
    return below[0].base - row[0].base <= most * below[0].size


def _is_header(row: Sequence[Piece], columns: _Columns) -> bool:
    """Return whether a line has the headings of columns: one text for each, and at the same edges."""
    at_edges = [
        [at for at, edge in enumerate(columns.edges) if abs(piece.left - edge) <= _EDGE] for piece in row
    ]
    return len(row) > 1 and all(at_edges) and not any(piece.is_codes for piece in row)


def _is_run_on(rows: Sequence[Sequence[Piece]], end: int) -> bool:
    """Return whether text that does not fit the columns of a table is near below it, and no heading."""
    if end == len(rows):
        return False
    above, row = rows[end - 1], rows[end]
    is_heading = all(piece.is_bold or piece.size > (1 + _OTHER_SIZE) * above[0].size for piece in row)
    return not is_heading and row[0].base - above[0].base <= _NEAR * above[0].size


def _are_clear(rows: Sequence[Sequence[Piece]], columns: _Columns) -> bool:
    """Return whether the codes of each row begin beside its duty, with more space above them than in them."""
    duties = [duty for row in rows if (duty := _duty_of(row, columns))]
    for column in range(len(columns.edges)):
        if column == columns.key:
            continue
        codes = [piece for row in rows for piece in row if columns.of(piece) == column]
        if not _begin_beside(codes, duties):
            return False
    return all(
        any(_is_beside(piece, duty) for row in rows for piece in row if piece.is_codes) for duty in duties
    )


def _begin_beside(codes: Sequence[Piece], duties: Sequence[Piece]) -> bool:
    """Return whether the first codes of each row are beside its duty, parted from those above by space."""
    within: list[float] = []
    between: list[float] = []
    for before, piece in pairwise(codes):
        step = piece.base - before.base
        is_first = any(_is_beside(piece, duty) for duty in duties)
        (between if is_first else within).append(step)
    following = [*duties[1:], None]
    if any(_is_late(duty, after, codes) for duty, after in zip(duties, following, strict=True)):
        return False
    size = duties[0].size
    return not within or not between or min(between) > max(within) + _LARGER * size


def _is_late(duty: Piece, following: Piece | None, codes: Sequence[Piece]) -> bool:
    """Return whether the codes of a row begin below the first line of its duty."""
    reach = _SAME_BASE * duty.size
    end = following.base - reach if following else float("inf")
    codes_of_row = [piece for piece in codes if duty.base - reach <= piece.base < end]
    return bool(codes_of_row) and not _is_beside(codes_of_row[0], duty)


def _to_table(
    header: Sequence[Sequence[Piece]], rows: Sequence[Sequence[Piece]], columns: _Columns
) -> RowTable:
    groups = list(_to_groups(rows, columns))
    headings = [tuple(_header_cells(row, columns)) for row in header]
    cells = [
        tuple(_column_lines(group, column, columns) for column in range(len(columns.edges)))
        for group in groups
    ]
    return RowTable((*headings, *cells), columns.edges, columns.key + 1)


def _to_groups(rows: Sequence[Sequence[Piece]], columns: _Columns) -> Iterator[list[Piece]]:
    """Yield the pieces of each row of a table."""
    group: list[Piece] = []
    for row in rows:
        if _duty_of(row, columns) and group:
            yield group
            group = []
        group += row
    yield group


def _header_cells(row: Sequence[Piece], columns: _Columns) -> Iterator[tuple[Piece, ...]]:
    for edge in columns.edges:
        yield tuple(piece for piece in row if abs(piece.left - edge) <= _EDGE)


def _column_lines(pieces: Sequence[Piece], column: int, columns: _Columns) -> tuple[Piece, ...]:
    of_column = [piece for piece in pieces if columns.of(piece) == column]
    return tuple(piece_to_text(row) for row in pieces_to_rows(of_column))
