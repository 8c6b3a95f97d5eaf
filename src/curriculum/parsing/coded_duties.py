"""Duties with a code ("D1: Bake bread") below a heading of duties, as the lines that other parsers read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.parsing.headings import Role, heading_to_role
from curriculum.parsing.labelled import line_to_duty
from curriculum.parsing.lines import Line, without_bullet

__all__ = ["with_coded_duties"]

_CODED = re.compile(r"D(?P<number>[1-9]\d?)\s?[:.–-]\s+(?P<text>\S.*)")
_OF_DUTIES = frozenset((Role.DUTY_LIST, Role.DUTY_KSBS))


def with_coded_duties(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with “Duty 1” in place of the code D1, below a heading of duties.

    Elsewhere D1 can be a criterion for a distinction; and where duties are printed as “Duty 1”, it is a code.

    Examples
    --------
    >>> [line.text for line in with_coded_duties([Line(1, "Duties"), Line(2, "D1: Bake bread")])]
    ['Duties', 'Duty 1: Bake bread']
    """
    if any(line_to_duty(line) for line in lines):
        return tuple(lines)
    return tuple(_below_headings(lines))


def _below_headings(lines: Sequence[Line]) -> Iterator[Line]:
    role: Role | None = None
    for line in lines:
        role = heading_to_role(line.text) or role
        found = _CODED.fullmatch(without_bullet(line.text)) if role in _OF_DUTIES and not line.row else None
        yield line._replace(text=f"Duty {found['number']}: {found['text']}") if found else line
