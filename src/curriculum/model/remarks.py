"""Detect remarks next to codes: that a code does not apply, or not yet, or that a list is incomplete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["is_denied", "is_left_open"]

# Words that say that a code does not apply, or not yet: in brackets next to it, or as the whole text
# before or after it.
_DENIAL: Final = (
    r"not?|n/?a|none|nil|never|incomplete|invalid|withdrawn?|removed?|dropped|deleted?|obsolete|retired|"
    r"superseded|tb[acd]|todo|to\ (?:be|do|follow|come)|part(?:s|ial|ially|ly)?|half|gaps?|missing|pending|"
    r"await\w*|outstanding|overdue|in\ progress|ongoing|started|working\ towards|underway|draft|planned|"
    r"resubmi\w+|resit|referr?(?:ed|al)?|fail(?:ed|s)?|reject(?:ed)?|excluded?|except|without|old|former(?:ly)?|was|"
    r"previously|query|unsure|uncertain|maybe|possibl[ey]|perhaps|provisional|unmet|unassessed|unconfirmed|"
    r"lacks?|lacking|to\ check|all|onwards?|upwards?|etc|and\ (?:so\ on|up|above|below|others?|more)"
)
_DENIED: Final = re.compile(rf"\b(?:{_DENIAL})\b|\?", re.IGNORECASE)
# These words say so only where they are alone: "(new media)" is a topic. Among them are marks for "no"
# in a column of marks, and marks that can be a cross or a tick.
_ALONE: Final = (
    r"n|r|x|nya|nyc|nym|nyd|wip|wt|ip|dnc|red|new|moved?|miss(?:ed)?|absent|skip(?:ped)?|omit(?:ted)?|ignored?|"
    r"cancel(?:led|ed)?|postponed|deferred|delayed|later|wrong|incorrect|error|mistake|check|confirm|"
    r"to\ confirm|poss|prob|probably|likely|approx|if\ (?:time|needed|possible|required)|part\ of|"
    r"e\.?g|cf|for\ example|such\ as|like|among\ others|uncovered|untaught|next|future|replaced?|replacing"
)
_ALL_DENIED: Final = re.compile(
    rf"\W*+(?>(?:n/?a|{_ALONE}|{_DENIAL}|yet|evidence|met|achieved|complete[d]?|done|covered|assessed|confirmed|seen|signed|"
    r"taught|off|in|from|for|is|it|this|it's|still|only|with|at|version|v?\d++(?:\.\d++)?+)\b\W*+){1,6}+",
    re.IGNORECASE,
)
_NEGATIVE: Final = re.compile(rf"\b(?:{_DENIAL}|{_ALONE})\b|\?", re.IGNORECASE)
_CROSSES: Final = frozenset("✗✘❌✖")
_TICKS: Final = frozenset("xX")
_LONGEST_REMARK: Final = 40
_BRACKETS_BEHIND: Final = re.compile(r"\s{0,3}[(\[{]([^()\[\]{}]{1,40})[)\]}]")
_BRACKETS_BEFORE: Final = re.compile(r"[(\[{]([^()\[\]{}]{1,40})[)\]}]\s{0,3}\Z")
# A single code after these words is one end of a range whose other end is missing.
_OPENS: Final = re.compile(r"\W*(?:starting\ )?(?:from|to|up\ to|until|till|through)\W*", re.IGNORECASE)
_ONE_CODE: Final = re.compile(r"\W*[^\W\d]{1,3}\s?\d{1,3}\W*")
_LEFT_OPEN: Final = re.compile(r"(?:\.\s?\.|…|[\w.][-–—])[\s.)\]}]{0,20}\Z")


def is_denied(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a remark next to the codes of a text says that they do not apply, or not yet.

    Parameters
    ----------
    text
        The text.
    spans
        The start and the end of each code, in order.

    Examples
    --------
    >>> is_denied("K5 (not yet)", [(0, 2)]), is_denied("K5 (N)", [(0, 2)]), is_denied("K5 (met)", [(0, 2)])
    (True, True, False)
    >>> is_denied("from K5", [(5, 7)]), is_denied("K5, K6...", [(0, 6)])
    (True, True)
    """
    for start, end in spans:
        before = _BRACKETS_BEFORE.search(text[max(0, start - _LONGEST_REMARK - 6) : start])
        behind = _BRACKETS_BEHIND.match(text, end)
        # [x] K1 is a ticked box before a code.
        remarks = [bracket[1] for bracket in (before, behind) if bracket and bracket[1] not in _TICKS]
        if any(_says_no(remark, _DENIED) for remark in remarks):
            return True
    edges = (text[: spans[0][0]], text[spans[-1][1] :]) if spans else ()
    if any(_is_all_denial(edge) for edge in edges):
        return True
    return bool(spans) and (is_left_open(text) or _is_half_a_range(text, spans))


def _is_half_a_range(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    before = text[: spans[0][0]]
    codes = text[spans[0][0] : spans[-1][1]]
    return (
        len(before) <= _LONGEST_REMARK and bool(_OPENS.fullmatch(before)) and bool(_ONE_CODE.fullmatch(codes))
    )


def _says_no(remark: str, words: re.Pattern[str]) -> bool:
    return bool(words.search(remark)) or _is_all_denial(remark)


def _is_all_denial(remark: str) -> bool:
    return len(remark) <= _LONGEST_REMARK and (
        bool(_NEGATIVE.search(remark) and _ALL_DENIED.fullmatch(remark))
        or (not _CROSSES.isdisjoint(remark) and not any(map(str.isalnum, remark)))
    )


def is_left_open(text: str) -> bool:
    """Return whether the end of a list of codes shows that the list is incomplete.

    Examples
    --------
    >>> is_left_open("K1, ..."), is_left_open("K1-"), is_left_open("K1."), is_left_open("K1 -")
    (True, True, False, False)
    """
    return bool(_LEFT_OPEN.search(text))
