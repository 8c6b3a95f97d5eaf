"""Which wordings of statements are bold in the file, and which only in part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from curriculum.documents.document import Document
from curriculum.parsing.rows import Occurrence

__all__ = ["Boldness", "occurrences_to_boldness"]

# A wording is bold if nearly all of its letters are: a full stop or a footnote sign often is not.
_NEARLY_ALL = 0.9
_HARDLY_ANY = 0.1

# The letters of a word, and whether each is bold.
_Word = Sequence[tuple[str, bool]]


class Boldness(Enum):
    """How much of a wording is bold."""

    BOLD = "bold"
    PARTLY = "bold in part"
    PLAIN = "not bold"
    UNKNOWN = "not found on its lines"


def occurrences_to_boldness(document: Document, occurrences: Sequence[Occurrence]) -> tuple[Boldness, ...]:
    """Return how bold the wording of each occurrence is. Its label ("K1:") does not count."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for span in document.markup.bold:
        spans.setdefault(span.line, []).append((span.start, span.end))
    return tuple(_occurrence_to_boldness(row, document.lines, spans) for row in occurrences)


def _occurrence_to_boldness(
    row: Occurrence, lines: Sequence[str], spans: Mapping[int, Sequence[tuple[int, int]]]
) -> Boldness:
    numbers = range(row.first_line, row.last_line + 1)
    if not any(number in spans for number in numbers):
        return Boldness.PLAIN
    words = [
        [(sign, any(start <= at < end for start, end in spans.get(number, ()))) for at, sign in word]
        for number in numbers
        for word in _line_to_words(lines[number - 1])
    ]
    flags = _whole_flags(row.text, words) or _flags_of_parts(row.text, words)
    if not flags:
        return Boldness.UNKNOWN
    share = sum(flags) / len(flags)
    if share >= _NEARLY_ALL:
        return Boldness.BOLD
    return Boldness.PLAIN if share <= _HARDLY_ANY else Boldness.PARTLY


def _line_to_words(line: str) -> list[list[tuple[int, str]]]:
    """Return the letters and digits of each word of a line, with their places in the line."""
    words: list[list[tuple[int, str]]] = [[]]
    for at, sign in enumerate(line):
        if sign.isspace():
            words.append([])
        elif sign.isalnum():
            words[-1].append((at, sign))
    return [word for word in words if word]


def _text_to_words(text: str) -> list[str]:
    return [word for part in text.split() if (word := "".join(filter(str.isalnum, part)))]


def _whole_flags(text: str, words: Sequence[_Word]) -> list[bool]:
    """Return which letters of a wording are bold if it is printed in one piece; empty if it is not."""
    signs = [sign for word in words for sign in word]
    wording = "".join(_text_to_words(text))
    start = "".join(sign for sign, _ in signs).find(wording)
    return [is_bold for _, is_bold in signs[start : start + len(wording)]] if start >= 0 else []


def _flags_of_parts(text: str, words: Sequence[_Word]) -> list[bool]:
    """Return which letters of a wording are bold if other text is between its parts; empty if unknown."""
    flags: list[bool] = []
    rest = iter(words)
    for wanted in _text_to_words(text):
        found = next((word for word in rest if "".join(sign for sign, _ in word) == wanted), None)
        if found is None:
            return []
        flags += [is_bold for _, is_bold in found]
    return flags
