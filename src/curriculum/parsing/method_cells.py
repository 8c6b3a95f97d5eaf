"""Read the assessment methods of a KSB from the cells of its row: their names, or ticks below their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from curriculum.model.text import text_to_title_key
from curriculum.parsing.lines import Line

__all__ = [
    "MethodCells",
    "TickedCells",
    "cells_to_methods",
    "is_method_column",
    "is_name_of_method",
    "lines_to_ticked",
    "texts_to_method_cells",
]

_METHOD_COLUMN: Final = re.compile(
    r"(?:assessment |assessed by |epa |end point assessment )?(?:methods?|method of assessment|components?)"
    r"(?: s| mapped (?:against|to)| used)?|assessed (?:by|in|through|using)|how assessed"
    r"|(?:assessment )?methods? (?:of|for) (?:the )?(?:assessment|epa)"
)
_TICK: Final = re.compile(r"[xX✓✔✅☑☒√●•■*]|[Yy](?:es)?|YES")
_NO_TICK: Final = re.compile(r"[-–—✗✘☐□○]|[Nn](?:o|/[Aa])?|NO")
_BETWEEN: Final = re.compile(r" ?[,;/&+] ?(?:and )?| and ")
# A name ends with what the apprentice does.
_NAME: Final = re.compile(
    r"(?:assessment |end point assessment |epa )?(?:method|component) \d{1,2}\b.*"
    r"|(?:.* )?(?:observation|discussion|interview|project|portfolio|test|presentation|practical|assignment"
    r"|exam|examination|showcase|simulation|demonstration|questioning|case study|report|log|assessment"
    r"|task|viva|viva voce|essay|dissertation|scenario|trade test|role play|exercise|journal|diary)"
    r"(?: (?:with|underpinned|supported) .*)?"
)
# Of words: a longer cell is no list of names of methods.
_LONGEST_CELL: Final = 40
# The name of the assessment as a whole.
_WHOLE: Final = re.compile(
    r"(?:the )?(?:(?:end point|apprenticeship|synoptic|overall|final|summative|about|your|this) ){0,3}"
    r"assessment"
)


class TickedCells(NamedTuple):
    """The cells of a row that have a tick, those that have none, and the other cells."""

    ticked: tuple[Line, ...]
    empty: tuple[Line, ...]
    others: tuple[Line, ...]


class MethodCells(NamedTuple):
    """The names of the methods that the cells of a column name alone, by their keys."""

    alone: frozenset[str]


def is_method_column(heading: str) -> bool:
    """Return whether the heading of a column says that it holds assessment methods.

    Examples
    --------
    >>> is_method_column("Assessment method(s)"), is_method_column("Observation")
    (True, False)
    """
    return _METHOD_COLUMN.fullmatch(text_to_title_key(heading)) is not None


def is_name_of_method(text: str) -> bool:
    """Return whether a text looks like the name of an assessment method.

    Examples
    --------
    >>> is_name_of_method("Professional discussion"), is_name_of_method("End-point assessment")
    (True, False)
    """
    key = text_to_title_key(text)
    return _NAME.fullmatch(key) is not None and _WHOLE.fullmatch(key) is None


def lines_to_ticked(lines: Sequence[Line]) -> TickedCells:
    """Return the cells of a row by whether they are ticks: a sign, or “Yes” and “No”.

    Examples
    --------
    >>> cells = [Line(4, "Hay."), Line(5, "x", column="Interview"), Line(6, "No", column="Test")]
    >>> [line.column for line in lines_to_ticked(cells).ticked]
    ['Interview']
    """
    ticked = tuple(line for line in lines if line.column and _TICK.fullmatch(line.text))
    empty = tuple(line for line in lines if line.column and _NO_TICK.fullmatch(line.text))
    others = tuple(line for line in lines if line not in ticked and line not in empty)
    return TickedCells(ticked, empty, others)


def texts_to_method_cells(texts: Iterable[str]) -> MethodCells:
    """Return the methods that are alone in cells."""
    return MethodCells(frozenset(text_to_title_key(text) for text in texts if len(_split(text)) == 1))


def cells_to_methods(lines: Sequence[Line], cells: MethodCells) -> tuple[Line, ...]:
    """Return a line for each method that a cell names.

    A cell names several, each on a line of its own that begins in upper case; or with commas or “and” between
    them, if another cell names one of them alone, or each looks like a name.

    Examples
    --------
    >>> cells = texts_to_method_cells(["Interview", "Observation, Interview"])
    >>> [line.text for line in cells_to_methods([Line(4, "Observation, Interview")], cells)]
    ['Observation', 'Interview']
    >>> [line.text for line in cells_to_methods([Line(4, "Project and presentation")], cells)]
    ['Project and presentation']
    """
    joined: list[Line] = []
    for line in lines:
        whole = f"{joined[-1].text} {line.text}" if joined else ""
        if joined and (not line.text[:1].isupper() or text_to_title_key(whole) in cells.alone):
            joined[-1] = joined[-1]._replace(text=whole, last_number=line.last)
        else:
            joined.append(line)
    return tuple(line._replace(text=name) for line in joined for name in _split_known(line.text, cells))


def _split(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part]


def _split_names(text: str, alone: frozenset[str]) -> list[str]:
    """Return the names that stand in a text with nothing between them, if other cells name each of them.

    Examples
    --------
    >>> _split_names("Interview Skills test", frozenset(("interview", "skills test")))
    ['Interview', 'Skills test']
    """
    words = text.split()
    if len(words) > _LONGEST_CELL:
        return []
    # The names that the words from each place on are, as far as they are names; the whole text is none.
    behind: dict[int, list[str]] = {len(words): []}
    for at in range(len(words) - 1, -1, -1):
        for end in range(at + 1, len(words) + 1):
            name = " ".join(words[at:end])
            is_part = end in behind and (at, end) != (0, len(words))
            if is_part and name[:1].isupper() and text_to_title_key(name) in alone:
                behind[at] = [name, *behind[end]]
                break
    return behind.get(0, [])


def _split_known(text: str, cells: MethodCells) -> list[str]:
    """Return the names that a text has; it is one name if no part of it is sure to be a name alone."""
    parts = _split_names(text, cells.alone) or _split(text)
    are_names = all(part[:1].isupper() for part in parts)
    is_known = any(text_to_title_key(part) in cells.alone for part in parts)
    are_sure = all(" " in part and is_name_of_method(part) for part in parts)
    return parts if are_names and (is_known or are_sure) else [text]
