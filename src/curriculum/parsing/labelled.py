"""Runs of labelled lines ("K1: text"), as every listing prints them, with wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from curriculum.codes import line_to_codes, line_to_label
from curriculum.parsing.lines import Line, Passage, is_continuation, lines_with_next, without_bullet
from curriculum.text import text_to_squashed, text_to_title_key
from curriculum.vocabulary import CORE

__all__ = [
    "DutyLine",
    "Labelled",
    "is_bare_code",
    "line_to_duty",
    "lines_to_labelled",
    "text_to_option",
]

_DUTY = re.compile(
    r"Duty (?P<number>\d{1,5})\s*(?:[:.–-]\s+|\s)\s*(?:\((?P<option>[^)]+)\)\s*)?(?P<text>\S.*)",
    re.IGNORECASE,
)


class Labelled(NamedTuple):
    """A labelled statement and the lines that it runs over."""

    code: str
    passage: Passage


class DutyLine(NamedTuple):
    """A line that opens a duty: its code, the option printed in brackets, its wording."""

    code: str
    option: str
    text: str


def text_to_option(text: str) -> str:
    """Give an option as tables hold it: `core`, or its title as printed.

    Examples
    --------
    >>> text_to_option("Core."), text_to_option("Production coordinator.")
    ('core', 'Production coordinator')
    """
    title = text_to_squashed(text).rstrip(".")
    return CORE if text_to_title_key(title) == CORE else title


def line_to_duty(line: Line) -> DutyLine | None:
    """Read a line that opens a duty.

    Examples
    --------
    >>> line_to_duty(Line(163, "Duty 8: Manage others on productions as required"))
    DutyLine(code='D8', option='', text='Manage others on productions as required')
    >>> line_to_duty(Line(66, "• Duty 10 (Production coordinator) Determine the clearances.")).option
    'Production coordinator'
    """
    found = _DUTY.fullmatch(without_bullet(line.text))
    if not found:
        return None
    option = text_to_option(found["option"]) if found["option"] else ""
    return DutyLine(f"D{int(found['number'])}", option, found["text"])


def lines_to_labelled(lines: Sequence[Line]) -> tuple[Labelled, ...]:
    """Give the labelled statements of a run of lines; a line that continues one is joined to it.

    A code alone labels the line below it, as the cells of a table do. A line is joined only to a
    statement directly before it, or to another line joined to that.
    """
    statements: list[Labelled] = []
    is_open = False
    bare: Line | None = None
    for line, after in lines_with_next(lines):
        label = line_to_label(line.text)
        if bare:
            code = line_to_codes(bare.text)[0]
            statements.append(Labelled(code, Passage(line.text, bare.number, line.number)))
            is_open, bare = True, None
        elif is_bare_code(line, after):
            bare = line
        elif label and label.text:
            statements.append(Labelled(label.code, Passage(label.text, line.number, line.number)))
            is_open = True
        elif is_open and is_continuation(line, statements[-1].passage.text):
            last = statements[-1]
            statements[-1] = last._replace(passage=last.passage.joined(line))
        else:
            is_open = False
    return tuple(statements)


def is_bare_code(line: Line, after: Line | None) -> bool:
    """Tell whether a line is a code alone, above a line of wording.

    Examples
    --------
    >>> is_bare_code(Line(1, "K1"), Line(2, "The hoof.")), is_bare_code(Line(1, "K1"), Line(2, "S1 S2"))
    (True, False)
    """
    return (
        len(line_to_codes(line.text)) == 1
        and after is not None
        and not line_to_codes(after.text)
        and line_to_label(after.text) is None
        and line_to_duty(after) is None
    )
