"""The marks of footnotes: small raised numbers that are printed behind a wording and are no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.documents.markup import Remark

__all__ = ["PageMarks", "is_mark_behind", "numbers_to_remarks"]

_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z]|[*†‡]{1,3})\]?")
_NUMBER = re.compile(r"\[?\d{1,3}\]?")
# “m” and “km” have a power behind them, as in m²; a word of more letters does not.
_LEAST_LETTERS = 4
_ENDS = tuple('.;:,)”"')


def is_mark_behind(raised: str, before: str) -> bool:
    """Return whether a raised text is the mark of a footnote behind a wording, and no power of a unit.

    Examples
    --------
    >>> is_mark_behind("1", "Types of feed."), is_mark_behind("2", "Areas in m")
    (True, False)
    """
    last = before[-_LEAST_LETTERS:]
    is_behind_word = len(last) == _LEAST_LETTERS and last.isalpha()
    return _NUMBER.fullmatch(raised.strip()) is not None and (is_behind_word or before.endswith(_ENDS))


def numbers_to_remarks(numbers: Sequence[int]) -> tuple[Remark, ...]:
    """Return the remark on the marks that are left out, from the numbers of their lines.

    Examples
    --------
    >>> numbers_to_remarks([4])[0].message
    '1 mark of a footnote is left out of the wordings: their texts are not joined to them'
    """
    if not numbers:
        return ()
    marks = "1 mark of a footnote is" if len(numbers) == 1 else f"{len(numbers)} marks of footnotes are"
    message = f"{marks} left out of the wordings: their texts are not joined to them"
    return (Remark("left-out", numbers[0], "note", message),)


class PageMarks:
    """Find the marks of footnotes in a web page: raised text with a link, or in brackets."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self._depth = 0
        self._first = 0
        self._links: list[int] = []
        self._is_link = False

    def start(self, tag: str, href: str, depth: int, n_pieces: int) -> None:
        """Begin an element within a line that has this number of pieces of text."""
        if tag == "a" and "#" in href:
            self._links.append(depth)
            self._is_link = self._is_link or self._depth > 0
        elif tag == "sup" and not self._depth:
            self._depth, self._first, self._is_link = depth, n_pieces, bool(self._links)

    def end(self, depth: int, pieces: Sequence[str], line: int) -> int:
        """End an element, and return how many of the last pieces of its line are a mark."""
        if self._links and self._links[-1] == depth:
            self._links.pop()
        if self._depth != depth:
            return 0
        self._depth = 0
        text = "".join(pieces[self._first :]).strip()
        is_mark = self._is_link or text.startswith("[")
        if not (is_mark and self._first and _MARK.fullmatch(text)):
            return 0
        self.lines.append(line)
        return len(pieces) - self._first
