"""The title, reference, version and level that a document prints above its statements, in whatever form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from curriculum.model.text import text_to_title_key
from curriculum.parsing.labelled import is_known_heading
from curriculum.parsing.lines import Line, without_bullet
from curriculum.parsing.rows import Facts, Rows
from curriculum.parsing.title_lines import is_about_another, lines_to_title, texts_to_referenced_title

__all__ = ["with_facts_of_texts", "with_printed_facts"]

_STANDARD_NUMBER = re.compile(r"\b(?P<value>(?:ST|FA|AU)\d{4})\b")
_LEVEL = re.compile(r"\blevel\s?[:–-]?\s?(?P<value>[2-8])\b", re.IGNORECASE)
_VERSION = re.compile(
    r"\b(?:version(?:\s(?:no\.?|number))?\s?[:–-]?\s?v?\.?\s?|v\.?\s?)"
    r"(?P<value>\d{1,2}\.\d{1,2})(?![\d.])",
    re.IGNORECASE,
)
# Before “version”: nothing, another fact, or the standard. “Handbook version 5.1” is that of another text.
_OWN = re.compile(r"[•*_\s–-]*+(?:(?:level|status|route|reference)\b.*|[\s,;(/|–—-]*+)", re.IGNORECASE)
_OF_STANDARD = re.compile(
    r"(?:.*\b(?:ST|FA|AU)\d{4}(?:\s?/\s?AP\d{2})?|(?:.*\s)?(?:standard|apprenticeship|occupation|ksbs?))"
    r"(?:,? level [2-8])?[\s,;:()/|–—-]*",
    re.IGNORECASE,
)
# A fact is on a short line that is no sentence: “This replaces version 1.0.” says nothing of the document.
_MOST_WORDS, _MOST_LINES = 14, 30


def with_printed_facts(
    facts: Facts, lines: Sequence[Line], rows: Rows, page_heads: Sequence[str] = ()
) -> Facts:
    """Return facts with those that are printed in another form than the kind of document knows.

    Only what is empty is filled in, and only if the lines above the first known heading, statement and duty
    print one value.

    Parameters
    ----------
    facts
        What was read by the kind of document.
    lines, rows
        The lines of the document, and its rows.
    page_heads
        The texts in the headers of its pages, which say what the lines do not.

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
    title = facts.title or lines_to_title([line for line in lines if line.number < first])
    found = with_facts_of_texts(facts._replace(title=title), front)
    in_head = found.title or texts_to_referenced_title(page_heads)
    return with_facts_of_texts(found._replace(title=in_head), page_heads)


def with_facts_of_texts(facts: Facts, front: Sequence[str]) -> Facts:
    """Return facts with those that the lines above a list print; only what is empty is filled in.

    Examples
    --------
    >>> with_facts_of_texts(Facts(), ["Groom", "Reference: ST9401", "Version: 1.2"])[1:3]
    ('ST9401', '1.2')
    """
    short = [text for text in front if len(text.split()) <= _MOST_WORDS and not text.endswith(".")]
    short = [text for text in short if not is_about_another(text)]
    found = {
        "reference": _only(_values(_STANDARD_NUMBER, short)),
        "version": _only(_versions(short, facts.title)),
        "level": _only(_values(_LEVEL, filter(_begins_with_level, short)) or _values(_LEVEL, short)),
    }
    return facts._replace(
        **{name: value for name, value in found.items() if value and not getattr(facts, name)}
    )


def _versions(texts: Iterable[str], title: str) -> set[str]:
    """Return the versions that a document prints for itself: those on lines of their own come first.

    Examples
    --------
    >>> _versions(["Handbook version 5.1", "Groom, v1.2"], "Groom")
    {'1.2'}
    """
    of_its_own: set[str] = set()
    beside: set[str] = set()
    for text in texts:
        for found in _VERSION.finditer(text):
            before = without_bullet(text[: found.start()])
            key = text_to_title_key(before)
            if _OWN.fullmatch(before):
                of_its_own.add(found["value"])
            elif _OF_STANDARD.fullmatch(before) or (title and key.endswith(text_to_title_key(title))):
                beside.add(found["value"])
    return of_its_own or beside


def _begins_with_level(text: str) -> bool:
    """Return whether a line is one on the level: “Degree (level 6)” is on something else too."""
    return _LEVEL.match(without_bullet(text)) is not None


def _values(pattern: re.Pattern[str], texts: Iterable[str]) -> set[str]:
    return {found["value"] for text in texts for found in pattern.finditer(text)}


def _only(values: set[str]) -> str:
    """Return the only one of the values; empty if there is none, or are several."""
    return values.pop() if len(values) == 1 else ""
