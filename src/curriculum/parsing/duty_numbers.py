"""What is said of duties in a table that are numbered by their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from curriculum.parsing.rows import Finding

__all__ = ["UnnumberedDuty", "numbered_by_order_findings"]

# “Duty 2a Feed”, “Dyletswydd 2: Bwydo”: a word, a number, and a sign behind it.
_OF_DUTY: Final = re.compile(
    r"(?:\w+\s)?duty\s(?:no\.?\s|#)?(?P<number>\w{0,3}\d\w{0,3}|[ivx]{1,4})\b", re.IGNORECASE
)
_OF_ANY: Final = re.compile(
    r"(?P<word>[^\W\d_]+)\s(?:no\.?\s|#)?\d{1,3}[a-z]?(?:\s?[:.)–-])?\s", re.IGNORECASE
)


class UnnumberedDuty(NamedTuple):
    """The line and the words of a duty whose number was not read."""

    line: int
    text: str


def numbered_by_order_findings(duties: Sequence[UnnumberedDuty], n_duties: int) -> Iterator[Finding]:
    """Yield a note that duties are numbered by order; an error if they print numbers that are not known.

    Examples
    --------
    >>> duties = [UnnumberedDuty(4, "Duty 1a Feed"), UnnumberedDuty(5, "Duty 1b Milk")]
    >>> [found.severity for found in numbered_by_order_findings(duties, 2)]
    ['error']
    """
    if not duties:
        return
    printed = _printed_number(duties)
    codes = f"D1 to D{n_duties}"
    if printed:
        message = (
            f"duties print “{printed.strip()}”, which is no number that is known here: they are numbered by "
            f"order, {codes}. Write “Duty 1”, “Duty 2” and so on before them"
        )
        yield Finding("numbers-lost", duties[0].line, "error", message)
    else:
        message = f"a table of duties without numbers: they are numbered by order, {codes}"
        yield Finding("numbers-lost", duties[0].line, "note", message)


def _printed_number(duties: Sequence[UnnumberedDuty]) -> str:
    """Return how a duty prints its number; empty if they print none."""
    named = next((found[0] for duty in duties if (found := _OF_DUTY.match(duty.text))), "")
    first = [_OF_ANY.match(duty.text) for duty in duties]
    words = {found["word"].casefold() for found in first if found}
    are_numbered = len(duties) > 1 and all(first) and len(words) == 1
    return named or (first[0][0] if are_numbered and first[0] else "")
