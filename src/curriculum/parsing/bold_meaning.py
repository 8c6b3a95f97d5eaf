"""What a document says about bold text: that it marks what must be assessed, or something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from curriculum.model.text import text_to_squashed

__all__ = ["BoldMeaning", "lines_to_bold_meaning", "lines_to_reform_line"]

_BOLD = re.compile(r"\b(?:em)?bold(?:ed|ened|face)?\b", re.IGNORECASE)
_OBLIGES = re.compile(
    r"\b(?:mandatory|compulsory|obligatory)\b"
    r"|\b(?:must|have to|has to|need to|needs to|shall|will|required|always)\b[^.;]{0,80}"
    r"\b(?:assess|demonstrat|evidenc|test|cover|met\b|show)",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"\b(?:not|no|nor|never|neither|non|\w+n['’]t|without|except|other than|rather than|unless|optional"
    r"|sampl\w*|may|might|could|glossary|defined|definitions?|terms?|changes?|changed|amended"
    r"|proposed|proposal|rejected|previous(?:ly)?|former(?:ly)?|earlier|longer|used to|were|was"
    r"|gateway|training provider|the provider|distinctions?|merits?"
    r"|version \d[\d.]*|only by|by the employers?|option \w+)\b",
    re.IGNORECASE,
)
# What begins another statement about the rest: “..., and the others may be sampled”.
_TURN = re.compile(
    r"(?=[;:]|\s(?:but|while|whilst|whereas|although)\s"
    r"|\s(?:and\s)?(?:(?:all|any|the)\s)?(?:rest|others?|remaining|remainder)\b"
    r"|\s(?:and\s)?(?:ksbs?|statements|those|these|knowledge|skills)(?:\sand\sskills)?\s"
    r"(?:(?:that|which)\sare\s)?not\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# By the last letter of the codes: TK is knowledge too.
_KINDS = (
    ("K", re.compile(r"\b(?:knowledge|k|ks|ksbs?)\b", re.IGNORECASE)),
    ("S", re.compile(r"\b(?:skills?|s|ss|ksbs?)\b", re.IGNORECASE)),
    ("B", re.compile(r"\b(?:behaviou?rs?|ksbs?)\b", re.IGNORECASE)),
)
_AROUND = 3
_REFORMED = (
    re.compile(r"\bassessment outcomes?\b", re.IGNORECASE),
    re.compile(r"\bapprenticeship assessment\b(?! plan)", re.IGNORECASE),
    re.compile(r"(?<!end-point )(?<!end point )(?<!endpoint )\bassessment organisations?\b", re.IGNORECASE),
    re.compile(r"\bgateway to completion\b", re.IGNORECASE),
)
_NOT_REFORMED = re.compile(r"\bend[- ]?point assessment\b|\bEPAO?\b", re.IGNORECASE)


class BoldMeaning(NamedTuple):
    """A sentence about bold text.

    ``is_mandatory`` is true if it says that bold text must be assessed; otherwise it says something else, or
    what it says is not clear. ``letters`` are those of the statements that it is about: K, S and B.
    """

    is_mandatory: bool
    letters: frozenset[str]
    line: int
    sentence: str


def lines_to_bold_meaning(lines: Sequence[str], left_out: Collection[int] = ()) -> BoldMeaning | None:
    """Return what a text says about bold; None if it says nothing.

    Parameters
    ----------
    lines
        The lines.
    left_out
        The numbers of lines that are wordings of statements and so say nothing about the text.

    Examples
    --------
    >>> found = lines_to_bold_meaning(["Knowledge and skills in bold must be assessed; others are sampled."])
    >>> found.is_mandatory, sorted(found.letters)
    (True, ['K', 'S'])
    >>> lines_to_bold_meaning(["Terms in bold are in the glossary."]).is_mandatory
    False
    """
    found = [_sentence_to_meaning(number, text) for number, text in _sentences_on_bold(lines, left_out)]
    clear = [meaning for meaning in found if meaning.is_mandatory]
    if not clear:
        return found[0] if found else None
    return clear[0]._replace(letters=frozenset().union(*(meaning.letters for meaning in clear)))


def _sentences_on_bold(lines: Sequence[str], left_out: Collection[int]) -> Iterator[tuple[int, str]]:
    def is_text(number: int) -> bool:
        return 0 < number <= len(lines) and number not in left_out and bool(lines[number - 1].strip())

    for number in range(1, len(lines) + 1):
        if not is_text(number) or not _BOLD.search(lines[number - 1]):
            continue
        before = takewhile(is_text, range(number - 1, number - 1 - _AROUND, -1))
        after = takewhile(is_text, range(number + 1, number + 1 + _AROUND))
        numbers = [*reversed([*before]), number, *after]
        text = text_to_squashed(" ".join(lines[other - 1] for other in numbers))
        yield from ((number, part) for part in _SENTENCE_END.split(text) if _BOLD.search(part))


def _sentence_to_meaning(number: int, sentence: str) -> BoldMeaning:
    parts = [part for part in _TURN.split(sentence) if _BOLD.search(part)]
    is_mandatory = any(_OBLIGES.search(part) and not _ELSE.search(part) for part in parts)
    letters = frozenset(letter for letter, pattern in _KINDS if pattern.search(sentence))
    return BoldMeaning(is_mandatory, letters or frozenset("KS"), number, sentence)


def lines_to_reform_line(lines: Sequence[str]) -> int:
    """Return the line with a term of the plans from 2025 on; 0 if the text is no such plan.

    A plan has at least two of these terms, or one and no term of the plans before.

    Examples
    --------
    >>> lines_to_reform_line(["The assessment organisation must follow it.", "Assessment outcomes"])
    1
    >>> lines_to_reform_line(["The end-point assessment organisation must follow it."])
    0
    """
    first = [
        next((at for at, line in enumerate(lines, start=1) if pattern.search(line)), 0)
        for pattern in _REFORMED
    ]
    shown = [number for number in first if number]
    is_older = any(_NOT_REFORMED.search(line) for line in lines)
    return min(shown) if len(shown) > is_older else 0
