"""Put the words of a page of a PDF together to pieces of lines, which end at wide gaps."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from curriculum.documents.pdf_parts import Piece, Word, is_duty
from curriculum.model.codes import line_to_codes, line_to_label, word_to_code

__all__ = [
    "is_label_alone",
    "opens_paragraph",
    "piece_to_text",
    "pieces_to_rows",
    "words_to_pieces",
]

_Placed = TypeVar("_Placed", Word, Piece)
# Shares of the size of the letters.
_COLUMN_GAP, _BULLET_GAP, _LABEL_GAP = 1.15, 4.5, 7.0
_SAME_BASE = 0.25
_EDGE_GAP, _LEAST_EDGES, _LONE_GAP = 0.42, 3, 2.5
# How many lines a column has at the least, and how far the next lines can be, as a share of the size.
_LEAST_LINES, _NEXT_LINES, _MOST_PASSES = 4, 3.0, 6
# Times the usual space of a line.
_WIDER = 1.9
_BULLET = re.compile(r"[•▪◦·●○■□➢➤✓✗☐☑☒–—*o-]")
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,4})[.)]?\)?")
_SIGNED_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\)?|\d{1,3}(?:\.\d{1,3}){1,3}\.?")
_DUTY_ALONE = re.compile(r"(?:duty|theme)\s?\d{1,3}[:.]?", re.IGNORECASE)
_CODE_ALONE = re.compile(r"[(\[]?(?:TK|TS|ESB|[KSBPD])\s?\d{1,3}[)\]]?[:.]?")


def words_to_pieces(words: Iterable[Word]) -> tuple[Piece, ...]:
    """Return the pieces of lines, from the top, and from left to right on a line.

    A bullet, a number or a code is of one piece with the text behind it, also behind a wide gap.
    """
    pieces: list[Piece] = []
    rows = list(pieces_to_rows(words))
    edges = _rows_to_edges(rows)
    for row in rows:
        parts: list[list[Word]] = []
        usual = _usual_gap(row)
        for word in row:
            if parts and not _is_apart(parts[-1][-1], word, usual, edges):
                parts[-1].append(word)
            else:
                parts.append([word])
        pieces += _with_labels([_words_to_piece(part) for part in parts])
    # A line that is parted shows where the next one has to be.
    for _ in range(_MOST_PASSES):
        n_pieces = len(pieces)
        pieces = list(_split_at_columns(pieces))
        if len(pieces) == n_pieces:
            break
    return tuple(pieces)


def _split_at_columns(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, parted at a word that begins where the lines next to it begin.

    A narrow label at the side can nearly touch the list beside it.
    """
    begun: dict[int, list[Piece]] = {}
    for piece in pieces:
        begun.setdefault(round(piece.left), []).append(piece)
    edges = {edge for edge, found in begun.items() if len(found) >= _LEAST_LINES}
    for piece in pieces:
        at = next((at for at in range(1, len(piece.words)) if _begins_column(piece, at, edges, begun)), 0)
        if at:
            yield _words_to_piece(piece.words[:at])
            yield _words_to_piece(piece.words[at:])
        else:
            yield piece


def _begins_column(piece: Piece, at: int, edges: set[int], begun: dict[int, list[Piece]]) -> bool:
    """Return whether lines next to a piece begin at one of its words, or it has a duty behind codes."""
    word = piece.words[at]
    if is_duty(" ".join(other.text for other in piece.words[at : at + 2])) and _are_codes(piece.words[:at]):
        return True
    if round(word.left) not in edges or _label_gap(" ".join(other.text for other in piece.words[:at])):
        return False
    near = [abs(other.base - piece.base) < _NEXT_LINES * piece.size for other in begun[round(word.left)]]
    return sum(near) > 1


def _are_codes(words: Sequence[Word]) -> bool:
    """Return whether words are a list of codes, and not the label of a text."""
    text = " ".join(word.text for word in words)
    return bool(line_to_codes(text)) and not is_label_alone(text)


def _usual_gap(row: Sequence[Word]) -> float:
    """Return how wide the spaces of a line are: in justified text they can be wide; 0 if it has too few."""
    gaps = sorted(word.left - before.right for before, word in itertools.pairwise(row))
    return gaps[(len(gaps) - 1) // 2] if len(gaps) > 1 else 0.0


def _rows_to_edges(rows: Iterable[Sequence[Word]]) -> frozenset[int]:
    """Return where words begin behind a wide gap in several lines: the edges of columns."""
    counts: Counter[int] = Counter()
    for row in rows:
        usual = _usual_gap(row)
        for before, word in itertools.pairwise(row):
            if word.left - before.right > max(_EDGE_GAP * word.size, _WIDER * usual):
                counts[round(word.left)] += 1
    return frozenset(
        edge for edge, count in counts.items() if count + counts[edge - 1] + counts[edge + 1] >= _LEAST_EDGES
    )


def _is_apart(before: Word, word: Word, usual: float, edges: frozenset[int]) -> bool:
    """Return whether a gap is wider than the spaces of its line, and than a space can be.

    A line of two words in justified text has one gap, which can be wide: it parts columns only if other lines
    have one there, or if it is very wide.
    """
    gap, size = word.left - before.right, max(word.size, before.size)
    if gap <= max(_EDGE_GAP * size, _WIDER * usual):
        return False
    return round(word.left) in edges or gap > (_COLUMN_GAP if usual else _LONE_GAP) * size


def _words_to_piece(words: Sequence[Word]) -> Piece:
    sizes = sorted(word.size for word in words for _ in word.text)
    text = " ".join(word.text for word in words)
    return Piece(
        tuple(words),
        words[0].left,
        max(word.right for word in words),
        max(words, key=lambda word: len(word.text)).base,
        sizes[len(sizes) // 2],
        opens_paragraph(text),
        bool(line_to_codes(text)),
    )


def _with_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a row, in which a label is joined to the text behind it."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is None or piece.left - before.right > _label_gap(before.text) * piece.size:
            joined.append(piece)
            continue
        words = (*before.words, *piece.words)
        is_code = _CODE_ALONE.fullmatch(before.text) is not None
        joined[-1] = _words_to_piece(words)._replace(base=piece.base, has_tab=is_code or before.has_tab)
    return joined


def _label_gap(text: str) -> float:
    """Return how far behind a label its text can begin, as a share of the size; 0 if it is no label."""
    if _BULLET.fullmatch(text) or _NUMBER.fullmatch(text):
        return _BULLET_GAP
    return _LABEL_GAP if is_label_alone(text) else 0.0


def is_label_alone(text: str) -> bool:
    """Return whether a text is the label of what is behind it: a code, or “Duty n”.

    Examples
    --------
    >>> is_label_alone("K1"), is_label_alone("Duty 2:"), is_label_alone("K1 K2"), is_label_alone("Tools")
    (True, True, False, False)
    """
    return (_CODE_ALONE.fullmatch(text) or _DUTY_ALONE.fullmatch(text)) is not None


def opens_paragraph(text: str) -> bool:
    """Return whether a text begins with a bullet, a number, a code or “Duty n”, or is a list of codes.

    Examples
    --------
    >>> opens_paragraph("• Tools"), opens_paragraph("K1: Tools"), opens_paragraph("2. Tools")
    (True, True, True)
    >>> opens_paragraph("tools and K1"), opens_paragraph("a tool")
    (False, False)
    """
    first = text.split(" ", 1)[0]
    is_marked = _BULLET.fullmatch(first) is not None and (first not in "-–—o" or len(text) > 2)
    is_numbered = _SIGNED_NUMBER.fullmatch(first) is not None and first != text
    if is_marked or is_numbered or is_duty(text):
        return True
    label = line_to_label(text)
    return (
        (label is not None and bool(label.text))
        or bool(line_to_codes(text))
        or word_to_code(text) is not None
    )


def pieces_to_rows(pieces: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the pieces, or words, on each base line, from left to right."""
    row: list[_Placed] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        if row and piece.base - row[0].base > _SAME_BASE * min(piece.size, row[0].size):
            yield sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda piece: piece.left)


def piece_to_text(pieces: Sequence[Piece]) -> Piece:
    """Return the pieces of a row as one; a tab is behind a code at its beginning that is set apart."""
    first = pieces[0]
    if len(pieces) == 1:
        return first
    words = tuple(word for piece in pieces for word in piece.words)
    is_code = first.has_tab or _CODE_ALONE.fullmatch(first.text) is not None
    return _words_to_piece(words)._replace(base=first.base, has_tab=is_code)
