"""The reference, version and level that a document prints above its statements, in whatever form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from curriculum.parsing.labelled import is_known_heading
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Facts, Rows

__all__ = ["is_about_another", "with_printed_facts"]

_PATTERNS = {
    "reference": re.compile(r"\b(?P<value>(?:ST|FA|AU)\d{4})\b"),
    "version": re.compile(
        r"\b(?:version(?: number)?\s?[:–-]?\s?v?|(?:ST|FA|AU)\d{4}[ ,(/-]{1,3}v)"
        r"(?P<value>\d{1,2}\.\d{1,2})(?![\d.])",
        re.IGNORECASE,
    ),
    "level": re.compile(r"\blevel\s?[:–-]?\s?(?P<value>[2-8])\b", re.IGNORECASE),
}
_ANOTHER = re.compile(
    r"\b(?:replac\w*|supersed\w*|previous\w*|former\w*|earlier|withdrawn|until|instead|formerly|was|were|other"
    r"|see|compare\w*|based on|from version|change\w*)\b",
    re.IGNORECASE,
)
# A fact is on a short line that is no sentence: “This replaces version 1.0.” says nothing of the document.
_MOST_WORDS, _MOST_LINES = 14, 30


def with_printed_facts(facts: Facts, lines: Sequence[Line], rows: Rows) -> Facts:
    """Return facts with those that are printed in another form than the kind of document knows.

    Only what is empty is filled in, and only if the lines above the first known heading, statement and duty
    print one value.

    Parameters
    ----------
    facts
        What was read by the kind of document.
    lines, rows
        The lines of the document, and its rows.

    Examples
    --------
    >>> front = [Line(1, "Plasterer (ST0096), level 2"), Line(2, "Version 1.3")]
    >>> found = with_printed_facts(Facts(title="Plasterer"), front, Rows())
    >>> found.reference, found.version, found.level
    ('ST0096', '1.3', '2')
    """
    numbers = [row.first_line for row in rows.occurrences] + [row.first_line for row in rows.duties]
    first = min(numbers, default=_MOST_LINES)
    above = takewhile(lambda line: line.number < first and not is_known_heading(line.text), lines)
    front = [line.text for line in islice(above, _MOST_LINES)]
    short = [text for text in front if len(text.split()) <= _MOST_WORDS and not text.endswith(".")]
    short = [text for text in short if not is_about_another(text)]
    found = {name: _only(pattern, short) for name, pattern in _PATTERNS.items() if not getattr(facts, name)}
    return facts._replace(**{name: value for name, value in found.items() if value})


def is_about_another(text: str) -> bool:
    """Return whether a line names another version, which it replaces or is replaced by.

    Examples
    --------
    >>> is_about_another("Replaces ST0095 version 1.0"), is_about_another("Version 1.3")
    (True, False)
    """
    return _ANOTHER.search(text) is not None


def _only(pattern: re.Pattern[str], texts: Iterable[str]) -> str:
    """Return the only value that the texts have; empty if there is none, or are several."""
    values = {found["value"] for text in texts for found in pattern.finditer(text)}
    return values.pop() if len(values) == 1 else ""
