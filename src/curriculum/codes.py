"""The grammar of codes and code lists: K7, S3, B2, P4, TK1, D5, and rows such as "K14, S14 , S17".

Every other module asks this one what a code is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from curriculum.text import text_to_squashed
from curriculum.vocabulary import KIND_OF_LETTERS

__all__ = [
    "Code",
    "Label",
    "code_to_kind",
    "code_to_sort_key",
    "line_to_codes",
    "line_to_label",
    "text_to_trailing_code",
    "word_to_code",
]

_LETTERS = "|".join(sorted(KIND_OF_LETTERS, key=lambda letters: (-len(letters), letters)))
_CODE = rf"(?:{_LETTERS})\d{{1,5}}"
_ONE_CODE = re.compile(rf"({_LETTERS})0*(\d{{1,5}})")
_CODE_LIST = re.compile(rf"{_CODE}(?:\s*(?:[,;/&]|\band\b)?\s*{_CODE})*\s*[.,;]?")
# What may stand between a code and its wording; without a sign, the wording must open like a sentence.
_JOINT = r"\s*(?:\*\*)?\s*(?:[:.)]|\s[-–—])\s*(?:\*\*)?\s*"
_OPENING = r"\s+(?=[A-Z“‘\"'(])"
_LABEL = re.compile(rf"[\s•*\-–]*(?P<code>{_CODE})(?:{_JOINT}|{_OPENING})(?P<text>.*)")
_FIRST_WORD = re.compile(r"\w*")
_TRAILING = re.compile(rf"(?P<text>.*\S)\s*\((?P<code>{_CODE})\)\s*")


class Code(NamedTuple):
    """A code taken apart: its letters, and its number."""

    letters: str
    number: int

    def __str__(self) -> str:
        """Give the code as standards print it."""
        return f"{self.letters}{self.number}"


class Label(NamedTuple):
    """A line that introduces a statement: its code, and what stands behind it."""

    code: str
    text: str


def word_to_code(word: str) -> Code | None:
    """Read one code, or give None.

    Examples
    --------
    >>> word_to_code("K07")
    Code(letters='K', number=7)
    >>> word_to_code("Keep") is None
    True
    """
    found = _ONE_CODE.fullmatch(word)
    return Code(found[1], int(found[2])) if found else None


def code_to_kind(code: str) -> str:
    """Give the kind of statement that a code stands for.

    Examples
    --------
    >>> code_to_kind("S12")
    'skill'
    """
    found = word_to_code(code)
    if found is None:
        raise ValueError(f"not a code of a statement: {code!r}")
    return KIND_OF_LETTERS[found.letters]


def code_to_sort_key(code: str) -> tuple[int, int]:
    """Give the key that puts codes in the order of a listing: by kind, then by number.

    Examples
    --------
    >>> sorted(["S1", "K10", "K9", "B1"], key=code_to_sort_key)
    ['K9', 'K10', 'S1', 'B1']
    """
    found = word_to_code(code)
    if found is None:
        raise ValueError(f"not a code of a statement: {code!r}")
    return list(KIND_OF_LETTERS).index(found.letters), found.number


def line_to_codes(line: str) -> tuple[str, ...]:
    """Give the codes of a line that holds nothing else; an empty tuple if it holds more.

    Examples
    --------
    >>> line_to_codes("K14, S14 , S17, B3")
    ('K14', 'S14', 'S17', 'B3')
    >>> line_to_codes("K7: How to research and access resources")
    ()
    """
    squashed = text_to_squashed(line)
    if not _CODE_LIST.fullmatch(squashed):
        return ()
    return tuple(str(Code(letters, int(number))) for letters, number in _ONE_CODE.findall(squashed))


def line_to_label(line: str) -> Label | None:
    """Read a line that opens with a code: "K1: text", "- **K1:** text", "K1. text" or "K1 Text".

    Examples
    --------
    >>> line_to_label("K8: How to reconcile and code production expenditure.")
    Label(code='K8', text='How to reconcile and code production expenditure.')
    >>> line_to_label("K3 S2 S3") is None
    True
    """
    found = _LABEL.fullmatch(line)
    if not found or line_to_codes(line) or word_to_code(_FIRST_WORD.match(found["text"])[0]):  # type: ignore[index]
        return None
    return Label(str(word_to_code(found["code"])), text_to_squashed(found["text"]))


def text_to_trailing_code(line: str) -> Label | None:
    """Read a line that closes with its code in brackets, as grading tables print it.

    Examples
    --------
    >>> text_to_trailing_code("The importance of financial procedures and policies. (K6)")
    Label(code='K6', text='The importance of financial procedures and policies.')
    """
    found = _TRAILING.fullmatch(line)
    code = word_to_code(found["code"]) if found else None
    return Label(str(code), text_to_squashed(found["text"])) if found and code else None
