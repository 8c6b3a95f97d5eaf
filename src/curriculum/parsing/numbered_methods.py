"""Assessment methods that a plan names by their number: “Assessment method 2”, or “2” in a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from curriculum.model.text import names_to_phrase
from curriculum.parsing.rows import Finding, MethodName, OverallGrade, Rows, StatementMethod

__all__ = ["with_numbered_methods"]

_WORD = r"(?:(?:epa |end[- ]point )?(?:assessment )?(?:method|component)|AM)"
_NAMED = re.compile(rf"{_WORD} ?(?P<number>\d{{1,2}})\s?[:.–—-]\s*(?P<name>\S.*)", re.IGNORECASE)
_NUMBER = re.compile(rf"(?:{_WORD} ?)?(?P<number>\d{{1,2}})", re.IGNORECASE)
_IN_HEADER = re.compile(rf"{_WORD} ?(?P<number>\d{{1,2}})\b(?!\s?[:.–—-]\s*[A-Za-z])", re.IGNORECASE)
_BETWEEN = re.compile(r"\s?(?:,|;|/|&|\+|\band\b)\s?")
_BOTH = re.compile(
    r"both(?: (?:assessment )?methods)?|(?P<all>all)(?: (?:assessment )?methods)?", re.IGNORECASE
)


def with_numbered_methods(rows: Rows) -> Rows:
    """Return rows in which each method that is named by its number has its name.

    The name is the one behind the number elsewhere in the plan (“Assessment method 2: Interview”). If it has
    none, an error says so, and no method is made of the number.
    """
    names = _number_to_name(rows)
    read = replace(
        rows,
        themes=tuple(row._replace(method=_to_name(row.method, names)) for row in rows.themes),
        descriptors=tuple(row._replace(method=_to_name(row.method, names)) for row in rows.descriptors),
        overall_grades=tuple(_with_names(row, names) for row in rows.overall_grades),
    )
    methods = [(row, _texts_to_numbers(row.method, names)) for row in rows.statement_methods]
    findings = tuple(_unnamed_findings(methods, names))
    return replace(
        read,
        statement_methods=tuple(
            found for row, numbers in methods for found in _to_methods(row, numbers, names)
        ),
        method_names=tuple(_to_method_names(rows.method_names, names)),
        findings=(*rows.findings, *findings),
        markers=(*rows.markers, *(row.first_line for row, numbers in methods if numbers)),
    )


def _number_to_name(rows: Rows) -> dict[int, str]:
    names: dict[int, str] = {}
    for row in sorted(rows.method_names, key=lambda row: row.line):
        found = _NAMED.fullmatch(row.name)
        if found:
            names.setdefault(int(found["number"]), found["name"])
        elif row.number:
            names.setdefault(row.number, row.name)
    return names


def _to_name(text: str, names: Mapping[int, str]) -> str:
    """Return the name of a method without its number, or the name that its number has elsewhere.

    Examples
    --------
    >>> _to_name("Assessment method 2 - Interview", {}), _to_name("Assessment method 1", {1: "Test"})
    ('Interview', 'Test')
    """
    named = _NAMED.fullmatch(text)
    if named:
        return named["name"]
    number = _NUMBER.fullmatch(text)
    return names.get(int(number["number"]), text) if number else text


def _with_names(row: OverallGrade, names: Mapping[int, str]) -> OverallGrade:
    """Return a row of overall grades whose header has the names of methods that it numbers only."""

    def to_name(found: re.Match[str]) -> str:
        return names.get(int(found["number"]), found[0])

    return row._replace(header=_IN_HEADER.sub(to_name, row.header))


def _texts_to_numbers(text: str, names: Mapping[int, str]) -> list[int]:
    """Return the numbers that a cell of methods has; none if it names its methods.

    Examples
    --------
    >>> _texts_to_numbers("1 and 2", {}), _texts_to_numbers("AM2", {}), _texts_to_numbers("Interview", {})
    ([1, 2], [2], [])
    >>> _texts_to_numbers("Both", {1: "Test", 2: "Interview"})
    [1, 2]
    """
    every = _BOTH.fullmatch(text)
    if every:
        return sorted(names) if every["all"] or len(names) == 2 else [0]
    found = [_NUMBER.fullmatch(part) for part in _BETWEEN.split(text) if part]
    return [int(number["number"]) for number in found if number] if all(found) else []


def _to_methods(
    row: StatementMethod, numbers: Sequence[int], names: Mapping[int, str]
) -> Iterator[StatementMethod]:
    if not numbers:
        yield row._replace(method=_to_name(row.method, names))
    for number in numbers:
        if number in names:
            yield row._replace(method=names[number])


def _to_method_names(rows: Sequence[MethodName], names: Mapping[int, str]) -> Iterator[MethodName]:
    for row in rows:
        named = _NAMED.fullmatch(row.name)
        if named:
            yield row._replace(name=named["name"], number=int(named["number"]))
        elif not _texts_to_numbers(row.name, names):
            yield row


def _unnamed_findings(
    rows: Sequence[tuple[StatementMethod, Sequence[int]]], names: Mapping[int, str]
) -> Iterator[Finding]:
    unnamed = [(row, numbers) for row, numbers in rows if set(numbers) - names.keys()]
    if unnamed:
        codes = list(dict.fromkeys(row.code for row, _ in unnamed))
        shown = names_to_phrase(dict.fromkeys(f"“{row.method}”" for row, _ in unnamed))
        yield Finding(
            "method-unnamed",
            unnamed[0][0].first_line,
            "error",
            f"the assessment method {shown} has no name in the document, so that the method of "
            f"{names_to_phrase(codes)} is in no table: write its name, as in “Assessment method 1: Test”",
        )
