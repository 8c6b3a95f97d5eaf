"""Show many lines that are not placed, one after the other, as one line of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from curriculum.model import vocabulary as v

__all__ = ["findings_to_shown"]

_RULE: Final = "unplaced-line"
_MESSAGE: Final = "not placed: "
# As many lines, with at most so many between two of them, are shown as one.
_LEAST_RUN: Final = 4
_FARTHEST: Final = 5


def findings_to_shown(findings: Iterable[Mapping[Any, Any]]) -> list[dict[str, str]]:
    """Return the findings of a document as they are shown, in their order.

    Parameters
    ----------
    findings
        Rows of the table of findings.

    Returns
    -------
    list of dict
        ``where``, ``severity``, ``rule`` and ``message`` of each; lines that are not placed, from a web page
        for example, are one row if there are several one after the other.
    """
    shown: list[dict[str, str]] = []
    for _, group in groupby(_numbered(findings), key=lambda pair: pair[0]):
        rows = [
            {name: str(row[name]) for name in (v.WHERE, v.SEVERITY, v.RULE, v.MESSAGE)} for _, row in group
        ]
        shown += [_run_to_row(rows)] if len(rows) >= _LEAST_RUN and rows[0][v.RULE] == _RULE else rows
    return shown


def _numbered(findings: Iterable[Mapping[Any, Any]]) -> Iterable[tuple[int, Mapping[Any, Any]]]:
    """Yield each finding with the number of the run that it belongs to."""
    run, last = 0, -1
    for row in findings:
        line = _line_of(row)
        is_near = line >= 0 and last >= 0 and 0 <= line - last <= _FARTHEST
        run += not is_near
        last = line
        yield run, row


def _line_of(row: Mapping[Any, Any]) -> int:
    """Return the line of a finding on a line that is not placed; -1 for any other."""
    number = str(row[v.WHERE]).removeprefix("line ")
    return int(number) if row[v.RULE] == _RULE and number.isdecimal() else -1


def _run_to_row(rows: list[dict[str, str]]) -> dict[str, str]:
    first, last = rows[0], rows[-1]
    texts = [row[v.MESSAGE].removeprefix(_MESSAGE) for row in (first, last)]
    return {
        **first,
        v.WHERE: f"{first[v.WHERE].replace('line', 'lines')} to {last[v.WHERE].removeprefix('line ')}",
        v.MESSAGE: f"{len(rows)} lines are not placed, from {texts[0]} to {texts[1]}",
    }
