"""Short names of assessment methods that a plan explains: “MCT” for a multiple-choice test."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curriculum.parsing.lines import Line
from curriculum.parsing.method_cells import is_name_of_method
from curriculum.parsing.rows import Rows

__all__ = ["with_long_names"]

_SHORT = re.compile(r"[A-Z]{2,5}")
# “MCT = multiple-choice test”
_KEY = re.compile(r"\b(?P<short>[A-Z]{2,5})\s?[=:–-]\s(?P<long>[A-Za-z][A-Za-z -]{2,80})")
# “a multiple-choice test (MCT)”
_IN_BRACKETS = re.compile(r"(?P<before>(?:[\w-]{1,30} ){1,8})\((?P<short>[A-Z]{2,5})\)")


def with_long_names(rows: Rows, lines: Sequence[Line]) -> Rows:
    """Return rows in which each method with a short name has the name that the document gives for it.

    A short name that is explained nowhere, or in two ways, stays.

    Examples
    --------
    >>> list(_explained("The methods are a multiple-choice test (MCT) and an interview."))
    [('MCT', 'multiple-choice test')]
    >>> list(_explained("Key: PD = professional discussion; MCT = multiple-choice test"))
    [('PD', 'professional discussion'), ('MCT', 'multiple-choice test')]
    """
    used = {row.name for row in rows.method_names if _SHORT.fullmatch(row.name)}
    if not used:
        return rows
    found: dict[str, set[str]] = {}
    markers = [row.first_line for row in rows.statement_methods if row.method in used]
    for line in lines:
        for short, long in _explained(line.text):
            found.setdefault(short, set()).add(long)
            markers += [line.number] if short in used else []
    names = {short: next(iter(long)) for short, long in found.items() if short in used and len(long) == 1}
    return replace(
        rows,
        markers=(*rows.markers, *markers),
        themes=tuple(row._replace(method=names.get(row.method, row.method)) for row in rows.themes),
        descriptors=tuple(row._replace(method=names.get(row.method, row.method)) for row in rows.descriptors),
        statement_methods=tuple(
            row._replace(method=names.get(row.method, row.method)) for row in rows.statement_methods
        ),
        method_names=tuple(row._replace(name=names.get(row.name, row.name)) for row in rows.method_names),
        overall_grades=tuple(
            row._replace(header=" ".join(names.get(word, word) for word in row.header.split()))
            for row in rows.overall_grades
        ),
    )


def _explained(text: str) -> Iterator[tuple[str, str]]:
    for found in _KEY.finditer(text):
        long = found["long"].strip(" -")
        if is_name_of_method(long):
            yield found["short"], long
    for found in _IN_BRACKETS.finditer(text):
        words = found["before"].split()
        for first in range(len(words) - 1, -1, -1):
            long = " ".join(words[first:])
            if _initials(long) == found["short"] and is_name_of_method(long):
                yield found["short"], long
                break


def _initials(text: str) -> str:
    return "".join(word[0].upper() for word in re.split(r"[\s-]+", text) if word)
