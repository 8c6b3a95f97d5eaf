"""What the employer verifies: in plans from 2025 on the behaviours, which no assessment method assesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curriculum.parsing.further_columns import FURTHER_COLUMNS
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Descriptor, Detail, Duty, Occurrence, Rows

__all__ = ["ALL_BEHAVIOURS", "VERIFIED", "with_employer_verified"]

# The section of the details, and the name of one that is about all behaviours.
VERIFIED = "verified by the employer"
ALL_BEHAVIOURS = "behaviours"
_VERIFY = r"(?:verif(?:y|ies|ied|ication)|confirm(?:s|ed|ation)?|signed off|sign off)"
_EMPLOYER = r"(?:(?:the|their|an|each|apprentice['’]s) ){0,3}employers?"
_BY_EMPLOYER = re.compile(
    rf"\b{_VERIFY}\b(?: \w+){{0,3}} by {_EMPLOYER}\b|\b{_EMPLOYER} (?:\w+ ){{0,3}}?{_VERIFY}\b", re.IGNORECASE
)
_BEHAVIOURS = re.compile(r"\bbehaviou?rs?\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never|without|rather than)\b(?: \w+){0,3} (?:be )?verif", re.IGNORECASE)
# The cell of a column of methods.
_CELL = re.compile(
    rf"(?:to be )?(?:{_VERIFY} (?:by )?{_EMPLOYER}|{_EMPLOYER} {_VERIFY}|by {_EMPLOYER}|{_EMPLOYER})\.?",
    re.IGNORECASE,
)


def with_employer_verified(rows: Rows, lines: Sequence[Line]) -> Rows:
    """Return rows with a detail for each behaviour, or sentence on behaviours, that the employer verifies.

    A cell of a column of methods that says so is no assessment method.

    Examples
    --------
    >>> read = with_employer_verified(Rows(), [Line(7, "Behaviours are verified by the employer.")])
    >>> [(row.section, row.name) for row in read.details]
    [('verified by the employer', 'behaviours')]
    """
    cells = [row for row in rows.statement_methods if _CELL.fullmatch(row.method)]
    of_cells = [Detail(VERIFIED, row.code, row.method, row.first_line, row.last_line) for row in cells]
    details = (*rows.details, *of_cells, *_columns(rows), *_behaviours(rows), *_sentences(rows, lines))
    return replace(
        rows,
        details=details,
        statement_methods=tuple(row for row in rows.statement_methods if not _CELL.fullmatch(row.method)),
        method_names=tuple(row for row in rows.method_names if not _CELL.fullmatch(row.name)),
    )


def _columns(rows: Rows) -> Iterator[Detail]:
    """Yield a detail for each statement that another column says the employer verifies."""
    for row in rows.details:
        code = row.name.partition(": ")[0]
        is_said = _CELL.fullmatch(row.value) and _BY_EMPLOYER.search(row.value)
        if row.section == FURTHER_COLUMNS and is_said and code:
            yield Detail(VERIFIED, code, row.value, row.first_line, row.last_line)


def _behaviours(rows: Rows) -> Iterator[Detail]:
    """Yield a detail for each behaviour whose wording, as printed, says that the employer verifies it."""
    for row in rows.occurrences:
        if row.code.startswith("B") and (found := _BY_EMPLOYER.search(row.text)):
            yield Detail(VERIFIED, row.code, found[0], row.first_line, row.last_line)


def _sentences(rows: Rows, lines: Sequence[Line]) -> Iterator[Detail]:
    worded: list[Occurrence | Duty | Descriptor] = [*rows.occurrences, *rows.duties, *rows.descriptors]
    taken = {number for row in worded for number in range(row.first_line, row.last_line + 1)}
    for line in lines:
        if line.number not in taken and _is_on_behaviours(line.text):
            yield Detail(VERIFIED, ALL_BEHAVIOURS, line.text, line.number, line.last)


def _is_on_behaviours(text: str) -> bool:
    is_said = _BEHAVIOURS.search(text) is not None and _BY_EMPLOYER.search(text) is not None
    return is_said and not _NOT.search(text)
