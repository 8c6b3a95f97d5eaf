"""Which kind of document a text is, found from its content, with what spoke for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from curriculum.errors import UnsupportedFormat
from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_shortened, text_to_title_key
from curriculum.model.vocabulary import (
    ASSESSMENT_PLAN,
    DUTY_LISTING,
    KSB_LISTING,
    NOS_UNIT,
    OCCUPATIONAL_STANDARD,
)
from curriculum.parsing.headings import Role, heading_to_role
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_code, line_to_duty
from curriculum.parsing.lines import Line, lines_with_next
from curriculum.parsing.nos import KNOWLEDGE, PERFORMANCE_CRITERIA
from curriculum.parsing.parse_result import Recognition

__all__ = ["lines_to_kind"]

_PAGE_ADVICE = (
    "If it is a saved web page, open the page, select all, copy, and save that as text: part of a page is "
    "filled in only when it is shown."
)
_CSV_ADVICE = "If its columns hold codes and their wordings, name them code and text in the first line."


class _Sign(NamedTuple):
    """Something that a line can be, and how a person would say how often it was seen."""

    name: str
    is_seen: Callable[[Line, Line | None], bool]


def _is_heading(*roles: Role) -> Callable[[Line, Line | None], bool]:
    return lambda line, _: heading_to_role(line.text) in roles


def _is_label(line: Line, after: Line | None) -> bool:
    return line_to_label(line.text) is not None or is_bare_code(line, after)


_CRITERIA = _Sign("“You must be able to”", lambda line, _: _matches(PERFORMANCE_CRITERIA, line))
_KNOWLEDGE = _Sign("“You need to know and understand”", lambda line, _: _matches(KNOWLEDGE, line))
_KEY_INFORMATION = _Sign("“Key information”", _is_heading(Role.KEY_INFORMATION))
_DUTY_KSBS = _Sign("duties with lists of KSBs", _is_heading(Role.DUTY_KSBS))
_KSBS = _Sign("“KSBs”", _is_heading(Role.KSBS))
_PLAN = _Sign("grading tables", _is_heading(Role.GRADING, Role.THEME_MAPPING))
_MAPPING = _Sign("a KSB mapping table", _is_heading(Role.KSB_MAPPING))
_DUTIES = _Sign("“Duties”", _is_heading(Role.DUTY_LIST, Role.DUTY_KSBS))
_KINDS = _Sign("“Knowledge”", lambda line, _: text_to_title_key(line.text) in KIND_HEADINGS)
_DUTY = _Sign("“Duty n”", lambda line, _: line_to_duty(line) is not None)
_LABEL = _Sign("labelled KSBs", _is_label)
_CODES = _Sign("lists of codes", lambda line, _: bool(line_to_codes(line.text)))


def _matches(pattern: re.Pattern[str], line: Line) -> bool:
    return pattern.fullmatch(text_to_title_key(line.text)) is not None


class _Rule(NamedTuple):
    """A kind, and groups of signs: one of each group must be seen. The first rule that fits decides."""

    kind: str
    needs: tuple[tuple[_Sign, ...], ...]


_RULES = (
    _Rule(NOS_UNIT, ((_CRITERIA, _KNOWLEDGE),)),
    _Rule(OCCUPATIONAL_STANDARD, ((_KEY_INFORMATION, _DUTY_KSBS), (_KEY_INFORMATION, _KSBS, _CODES))),
    _Rule(OCCUPATIONAL_STANDARD, ((_DUTIES,), (_CODES,), (_KINDS,), (_LABEL,))),
    _Rule(ASSESSMENT_PLAN, ((_PLAN, _MAPPING), (_CODES, _LABEL))),
    _Rule(DUTY_LISTING, ((_DUTY,), (_LABEL,))),
    _Rule(KSB_LISTING, ((_LABEL,),)),
)
_SIGNS = tuple(dict.fromkeys(sign for rule in _RULES for group in rule.needs for sign in group))


def _said(sign: _Sign, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"{sign.name} (line {numbers[0]})"
    return f"{sign.name} ({len(numbers)} times, first on line {numbers[0]})"


def lines_to_kind(lines: Sequence[Line], where: str) -> Recognition:
    """Find the kind of document that a text is.

    Parameters
    ----------
    lines
        The lines of the document.
    where
        The file, as a message should name it.

    Returns
    -------
    Recognition
        The kind, and its evidence with line numbers.

    Raises
    ------
    UnsupportedFormat
        If the text shows the signs of no kind.

    Examples
    --------
    >>> lines_to_kind([Line(1, "K1: How structure, vision and purpose affects production.")], "k.txt")
    Recognition(kind='KSB listing', evidence='labelled KSBs (line 1)')
    """
    pairs = list(lines_with_next(lines))
    seen = {sign: [line.number for line, after in pairs if sign.is_seen(line, after)] for sign in _SIGNS}
    for rule in _RULES:
        if all(any(seen[sign] for sign in group) for group in rule.needs):
            signs = dict.fromkeys(sign for group in rule.needs for sign in group if seen[sign])
            return Recognition(rule.kind, "; ".join(_said(sign, seen[sign]) for sign in signs))
    is_table = where.casefold().endswith((".csv", ".tsv"))
    first = f" (the first: {text_to_shortened(lines[0].text, 60)})" if is_table and lines else ""
    raise UnsupportedFormat(
        "no kind of document that can be read",
        where=where,
        expected="duties, labelled KSBs (K1: ...), the performance criteria of a NOS unit, or a CSV with the "
        "columns code and text",
        found=f"{len(lines)} lines with none of them{first}",
        advice=_CSV_ADVICE if is_table else _PAGE_ADVICE,
    )
