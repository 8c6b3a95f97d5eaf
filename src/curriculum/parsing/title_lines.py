"""Find the title of a document among the lines above its statements and duties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from curriculum.model.codes import line_to_label, text_to_ending_codes
from curriculum.model.text import text_to_squashed, text_to_title_key
from curriculum.model.vocabulary import GRADES
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.labelled import is_bare_duty, is_known_heading, line_to_duty
from curriculum.parsing.lines import Line, without_bullet

__all__ = ["front_to_title", "is_about_another", "is_fact", "lines_to_title", "texts_to_referenced_title"]

_STANDARD_NUMBER = re.compile(
    r"(?:\breference(?: number)?\s?:?\s)?\b(?:ST|FA|AU)\d{4}\b(?:\s?/\s?AP\d{2})?", re.IGNORECASE
)
_VERSION = re.compile(
    r"\b(?:version(?: (?:no\.?|number))?\s?[:–-]?\s?v?|v\.?\s?)\d{1,2}\.\d{1,2}\b", re.IGNORECASE
)
# At the end or the start: in “Groom (level 2) for racing” it is part of the title.
_LEVEL = re.compile(r"[,(/–-]\s?level\s?:?\s?[2-8]\)?$|^level\s?:?\s?[2-8](?=\s?[,:–-]|$)", re.IGNORECASE)
# What is left of the facts behind a title, or before it: brackets and signs.
_EMPTY_BRACKETS = re.compile(r"\([\s,;:/–-]{0,9}\)")
_EDGES: Final = " ,;:/|–—-"
# With a sign, a number or nothing behind it: “Level crossing keeper” is an occupation.
_NAME_OF_FACT = re.compile(
    r"(?:level|version|status|route|reference|lars code"
    r"|(?:standard|ksb|st|apprenticeship|occupation) (?:code|reference|version|number|level))"
    r"(?: number| no\.?)?(?:\s?[:–-].{0,60}|\s\S{0,3}\d.{0,40}"
    r"|\s(?:approved|retired|in development)\b.{0,40})?",
    re.IGNORECASE,
)
_NAME_OF_TITLE = re.compile(
    r"(?:(?:title|name)(?: of (?:the )?(?:standard|apprenticeship|occupation))?"
    r"|(?:trailblazer )?(?:(?:apprenticeship|occupational) )?standard(?: title)?|occupation"
    r"|apprenticeship(?: title)?)"
    r"\s?:\s+(?=\S)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:replac\w*|supersed\w*|previous\w*|former\w*|earlier|withdrawn|until|instead|formerly|was|were|other"
    r"|see|compare\w*|based on|from version|change\w*)\b",
    re.IGNORECASE,
)
# At the start of a line: “Change practitioner” is an occupation.
_NOT_OF_THIS = re.compile(
    r"(?:this )?(?:(?:replac|supersed)\w*|previous\w*|former\w*|earlier|withdrawn|see|compared?|based on)\b",
    re.IGNORECASE,
)
# A number with a point is that of a version of something, and no part of the name of an occupation.
_POINT = re.compile(r"\d\.\d")
# A title has a word that says more than what sort of text it is.
_GENERAL_WORDS: Final = frozenset(
    (
        *("a", "and", "by", "for", "in", "of", "on", "our", "the", "this", "to", "with", "your"),
        *("apprentice", "apprentices", "apprenticeship", "apprenticeships", "occupation", "occupational"),
        *("standard", "standards", "end", "point", "epa", "assessment", "plan", "initial", "gateway"),
        *("knowledge", "skill", "skills", "behaviour", "behaviours", "ksb", "ksbs", "duty", "duties"),
        *("activity", "activities", "introduction", "overview", "contents", "summary", "scan", "tracker"),
        *("log", "evidence", "checklist", "mapping", "matrix", "record", "review", "document", "handbook"),
        *(
            "code",
            "codes",
            "statement",
            "statements",
            "ref",
            "reference",
            "version",
            "level",
            "text",
            "wording",
        ),
        *("description", "theme", "themes", "method", "methods", "criteria", "key", "information", "details"),
        *("list", "page", "learner", "title", "number", "no", "table"),
    )
)


class _Candidate(NamedTuple):
    """A line that can be the title: its place, the line, the title without the facts beside it."""

    at: int
    line: Line
    title: str
    has_reference: bool


def is_about_another(text: str) -> bool:
    """Return whether a line names another version, which it replaces or is replaced by.

    Examples
    --------
    >>> is_about_another("Replaces ST0095 version 1.0"), is_about_another("Version 1.3")
    (True, False)
    """
    return _ANOTHER.search(text) is not None


def is_fact(text: str) -> bool:
    """Return whether a line has nothing but the reference, version or level of a document.

    Examples
    --------
    >>> is_fact("Version: 1.2"), is_fact("ST0096 v1.2"), is_fact("Plasterer (ST0096)")
    (True, True, False)
    """
    plain = without_bullet(text).strip("*_ ")
    if _NAME_OF_FACT.fullmatch(plain):
        return True
    rest = _without_facts(plain)
    return not rest and rest != plain


def front_to_title(front: Sequence[Line]) -> str:
    """Return the title of a document, from the lines above its statements.

    It is beside the reference, or a marked heading of the first level, or right above the first fact; if
    nothing tells, it is the last line that looks like a heading.

    Examples
    --------
    >>> front_to_title([Line(1, "From education to employment"), Line(3, "Media production co-ordinator")])
    'Media production co-ordinator'
    >>> front_to_title([Line(1, "Plasterer"), Line(2, "Version: 1.2"), Line(3, "Printed for Room B")])
    'Plasterer'
    """
    candidates = _candidates(front)
    return _sure_title(front, candidates) or (candidates[-1].title if candidates else "")


def lines_to_title(lines: Sequence[Line]) -> str:
    """Return the title of a document with headings of its own; empty if it is not sure.

    It is a marked heading of the first level; or above the first known heading, statement and duty, beside
    the reference or right above the first fact, or if no other line can be it.
    """
    marked = next((title for line in lines if line.level == 1 and (title := _line_to_title(line))), "")
    front = list(takewhile(lambda line: not _is_content(line), lines))
    candidates = _candidates(front)
    only = candidates[0].title if len(candidates) == 1 else ""
    return marked or _sure_title(front, candidates) or only


def texts_to_referenced_title(texts: Sequence[str]) -> str:
    """Return the title that is beside the reference in the headers of pages; empty if none has it.

    Examples
    --------
    >>> texts_to_referenced_title(["A college", "Plasterer, reference ST0096, version 1.2"])
    'Plasterer'
    """
    candidates = _candidates([Line(at, text) for at, text in enumerate(texts, start=1)])
    return next((found.title for found in candidates if found.has_reference), "")


def _sure_title(front: Sequence[Line], candidates: Sequence[_Candidate]) -> str:
    marked = [found for found in candidates if found.line.level]
    level = min((found.line.level for found in marked), default=0)
    first_fact = next((at for at, line in enumerate(front) if is_fact(line.text)), -1)
    above = [found for found in candidates if found.at < first_fact]
    below = [found for found in candidates if found.at > first_fact >= 0]
    ordered = (
        *(found for found in candidates if found.has_reference),
        *(found for found in marked if found.line.level == level),
        *reversed(above),
        *below,
    )
    return ordered[0].title if ordered else ""


def _candidates(front: Sequence[Line]) -> list[_Candidate]:
    found = []
    for at, line in enumerate(front):
        title = _line_to_title(line)
        if title:
            found.append(_Candidate(at, line, title, _STANDARD_NUMBER.search(line.text) is not None))
    return found


def _line_to_title(line: Line) -> str:
    """Return the title that a line can be, without the facts beside it; empty if it can be none."""
    if is_fact(line.text) or _NOT_OF_THIS.match(line.text) or is_known_heading(line.text):
        return ""
    text = _without_facts(_NAME_OF_TITLE.sub("", line.text, count=1))
    key = text_to_title_key(text)
    if (
        not text
        or not is_prose_heading(line._replace(text=text))
        or _POINT.search(text)
        or text_to_ending_codes(text)[1]
        or key in GRADES
        or is_known_heading(text)
        or _GENERAL_WORDS.issuperset(key.split())
    ):
        return ""
    return text


def _without_facts(text: str) -> str:
    """Return a text without the reference, version and level before or behind it."""
    rest = text
    for pattern in (_STANDARD_NUMBER, _VERSION, _LEVEL):
        if pattern.search(rest):
            rest = _EMPTY_BRACKETS.sub("", pattern.sub("", rest)).strip(_EDGES)
    return text_to_squashed(rest)


def _is_content(line: Line) -> bool:
    return (
        is_known_heading(line.text)
        or line_to_label(line.text) is not None
        or line_to_duty(line) is not None
        or is_bare_duty(line)
    )
