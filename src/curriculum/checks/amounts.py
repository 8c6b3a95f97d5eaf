"""Compare the amounts that a document states about its assessment methods: how long, how many questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from curriculum.model.text import names_to_phrase, text_to_title_key
from curriculum.parsing.lines import Line
from curriculum.parsing.occurrences import method_name_to_key
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

__all__ = ["NUMBER", "amount_findings", "line_to_method", "word_to_number"]

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
NUMBER = rf"(?<![\d.])\d{{1,4}}(?![\d.])|{'|'.join(_NUMBERS)}"
_AMOUNT = rf"(?P<bound>at least |a minimum of |up to |no more than |a maximum of )?(?P<number>{NUMBER})"
# Only whole sentences match: "For a deaf apprentice, ..." and "... 5 questions on safety" are about a part.
_LASTS = re.compile(
    rf"(?:^|\. )(?P<subject>[\w ]{{2,120}}?) (?:will|must|should) (?:last|take) (?:for )?{_AMOUNT} "
    r"(?P<unit>minute|hour)s?(?=\.|$)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"(?:^|\. )[\w ]{{2,80}}? (?:ask|be asked) (?:you |the apprentice )?{_AMOUNT} (?:open )?questions"
    r"(?P<unit>)(?P<subject>)(?=\.|$)",
    re.IGNORECASE,
)
_BOUNDS = {
    "at least ": "at least ",
    "a minimum of ": "at least ",
    "up to ": "at most ",
    "no more than ": "at most ",
    "a maximum of ": "at most ",
}
_WHOLE = frozenset(("it", "this", "assessment", "assessment method", "this assessment method", "epa"))


def word_to_number(word: str) -> int:
    """Return the number that a word or a row of digits means.

    Examples
    --------
    >>> word_to_number("Twelve"), word_to_number("60")
    (12, 60)
    """
    return _NUMBERS.get(word.casefold()) or int(word)


def line_to_method(parsed: ParsedDocument) -> dict[int, str]:
    """Return for each line of prose the name of the method whose section it is in."""
    names = {row.code: row.name for row in parsed.methods}
    methods = {}
    for section in parsed.rows.sections:
        for heading in (section.heading, section.under.rpartition(" > ")[2]):
            code = parsed.method_codes.get(method_name_to_key(heading))
            if code:
                lines = range(section.first_line, section.last_line + 1)
                methods.update(dict.fromkeys(lines, names[code]))
                break
    return methods


class _Amount(NamedTuple):
    """A stated amount: its number in the smallest unit, its bound, and its words as printed."""

    number: int
    bound: str
    printed: str
    line: int


def _line_to_amount(line: Line, pattern: re.Pattern[str], method: str) -> _Amount | None:
    """Read the amount that a line states about a whole method, and not about a part of it such as a break."""
    for found in pattern.finditer(line.text):
        if found["subject"] and not _is_whole(found["subject"], method):
            continue
        number = word_to_number(found["number"]) * (60 if found["unit"].casefold() == "hour" else 1)
        start = found.start("bound") if found["bound"] else found.start("number")
        printed = line.text[start : found.end()]
        return _Amount(number, _BOUNDS.get((found["bound"] or "").casefold(), ""), printed, line.number)
    return None


def _is_whole(subject: str, method: str) -> bool:
    """Return whether the subject of a sentence is a method, and not a part of it.

    Examples
    --------
    >>> _is_whole("The professional discussion", "Professional discussion underpinned by a portfolio")
    True
    >>> _is_whole("The presentation", "Presentation with questions"), _is_whole("Breaks", "Interview")
    (False, False)
    """
    if text_to_title_key(subject).removeprefix("the ") in _WHOLE:
        return True
    named, whole = method_name_to_key(subject), method_name_to_key(method)
    is_first = bool(named) and whole[: len(named)] == named
    return is_first and not any(word.startswith("question") for word in whole[len(named) :])


def amount_findings(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report amounts of a method that differ between two places of the document."""
    methods = line_to_method(parsed)
    for what, pattern in (("how long it lasts", _LASTS), ("how many questions are asked", _ASKS)):
        stated: dict[str, list[_Amount]] = {}
        for line in parsed.lines:
            method = methods.get(line.number)
            amount = _line_to_amount(line, pattern, method) if method else None
            if method and amount:
                stated.setdefault(method, []).append(amount)
        for method, amounts in stated.items():
            severities = {_amounts_to_severity(*pair) for pair in combinations(amounts, 2)} - {""}
            if severities:
                firsts = _first_of_each(amounts)
                places = names_to_phrase(f"“{amount.printed}” on line {amount.line}" for amount in firsts)
                last = max(amount.line for amount in firsts)
                yield Finding("stated-differently", last, min(severities), f"{method}, {what}: {places}")


def _amounts_to_severity(first: _Amount, second: _Amount) -> str:
    """Return how gravely two amounts contradict each other; empty if both can be true.

    Examples
    --------
    >>> least, exact, most = (_Amount(60, bound, "", 0) for bound in ("at least ", "", "at most "))
    >>> _amounts_to_severity(least, exact), _amounts_to_severity(least, least._replace(number=90))
    ('warning', 'error')
    >>> _amounts_to_severity(least, most)
    ''
    """
    if first.bound == second.bound:
        return "" if first.number == second.number else "error"
    least = max((amount.number for amount in (first, second) if amount.bound != "at most "), default=0)
    most = min((amount.number for amount in (first, second) if amount.bound != "at least "), default=least)
    if least > most:
        return "error"
    return "" if first.bound and second.bound else "warning"


def _first_of_each(amounts: Sequence[_Amount]) -> list[_Amount]:
    return list({(amount.number, amount.bound): amount for amount in reversed(amounts)}.values())[::-1]
