"""Headings and lists that say which KSBs must be assessed: “Mandatory knowledge”, “Mandatory: K1, S2”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from curriculum.model.codes import line_to_codes, word_to_code
from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import heading_to_role
from curriculum.parsing.rows import Occurrence

__all__ = ["is_kind_of_list", "lines_to_stated_mandatory"]

_KIND = r"(?:knowledge|skills?|behaviours?|ksbs?|knowledge (?:and )?skills)(?: statements?| ksbs?)?"
_MUST = r"(?:mandatory|compulsory)"
_MAY = r"(?:sampled|optional|non mandatory|not mandatory|other|remaining|additional)"
_HEADING = re.compile(
    rf"(?:(?P<must>{_MUST})|(?P<may>{_MAY})) {_KIND}"
    rf"|{_KIND} (?:that|which) (?:(?P<must_be>must be assessed)|(?P<may_be>(?:may|can|will) be sampled))"
)
_LIST = re.compile(
    rf"(?:(?:the )?{_MUST}(?: {_KIND})?(?: are)?|{_KIND} (?:that|which) must be assessed)"
    r"\s?:\s*(?P<codes>.+)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=\.) ")
_ENDS = re.compile(r"(?:assessment |learning )?outcome \w+.*|(?:theme|ao) ?\d.*|(?:annex|appendix) .*")


def is_kind_of_list(text: str) -> bool:
    """Return whether a heading is above a part of the KSBs of an outcome.

    Examples
    --------
    >>> is_kind_of_list("Mandatory knowledge"), is_kind_of_list("Other skills"), is_kind_of_list("Knowledge")
    (True, True, False)
    """
    return _HEADING.fullmatch(text_to_title_key(text)) is not None


def lines_to_stated_mandatory(lines: Sequence[str], rows: Iterable[Occurrence]) -> Mapping[str, bool]:
    """Return which statements must be assessed, by the headings above them or a list that names them.

    A statement that is below headings of both kinds is left out.

    Examples
    --------
    >>> lines = ["Mandatory knowledge", "K1: Oak.", "Other knowledge", "K2: Ash.", "Mandatory: S1"]
    >>> rows = [Occurrence("K1", "", "Oak.", 2, 2), Occurrence("K2", "", "Ash.", 4, 4)]
    >>> lines_to_stated_mandatory(lines, rows)
    {'S1': True, 'K1': True, 'K2': False}
    """
    states: dict[int, bool] = {}
    found: dict[str, set[bool]] = {}
    state: bool | None = None
    for number, text in enumerate(lines, start=1):
        for part in _SENTENCE_END.split(text.strip()):
            named = _LIST.fullmatch(part)
            for listed in line_to_codes(named["codes"]) if named else ():
                found.setdefault(listed, set()).add(True)
        state = _text_to_state(text, state)
        if state is not None:
            states[number] = state
    for row in rows:
        code = word_to_code(row.code)
        if row.first_line in states and code and code.letters[-1] in "KS":
            found.setdefault(row.code, set()).add(states[row.first_line])
    return {code: next(iter(values)) for code, values in found.items() if len(values) == 1}


def _text_to_state(text: str, state: bool | None) -> bool | None:
    """Return what holds for the statements below a line: they must be, may be, or nothing is said."""
    key = text_to_title_key(text)
    heading = _HEADING.fullmatch(key)
    if heading:
        return bool(heading["must"] or heading["must_be"])
    is_kind = key in ("knowledge", "skills", "skill", "behaviours", "behaviour")
    is_end = is_kind or _ENDS.fullmatch(key) is not None or heading_to_role(text) is not None
    return None if is_end else state
