"""The rows that parsers return, by table. Codes are those of the document; `table_rows` makes ids of them.

Field names are column names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

__all__ = [
    "Descriptor",
    "Detail",
    "Duty",
    "DutyKsb",
    "Facts",
    "Finding",
    "Method",
    "MethodName",
    "Occurrence",
    "OverallGrade",
    "PartStart",
    "Rows",
    "Section",
    "StatementMethod",
    "Theme",
    "VersionLogEntry",
    "join_rows",
]


class Facts(NamedTuple):
    """What a document prints about itself; empty where it prints nothing. Dates are ISO 8601."""

    title: str = ""
    reference: str = ""
    version: str = ""
    level: str = ""
    status: str = ""
    approved_date: str = ""
    updated_date: str = ""
    review_date: str = ""


class Detail(NamedTuple):
    """One named value: key information, NOS metadata, a gateway requirement, an employer, a job title."""

    section: str
    name: str
    value: str
    first_line: int
    last_line: int
    is_inferred: bool = False


class Section(NamedTuple):
    """Prose under one heading; the paragraphs of the text are separated by line feeds.

    ``is_inferred`` is true if the heading is not printed.
    """

    heading: str
    under: str
    text: str
    first_line: int
    last_line: int
    is_inferred: bool = False


class Occurrence(NamedTuple):
    """One occurrence of a statement. ``option`` is what is printed with it; empty if nothing is.

    ``guid`` is its id in official data or in CASE, ``kind`` its kind and ``is_mandatory`` whether it must be
    assessed, where the data say so; empty for other documents.
    """

    code: str
    section: str
    text: str
    first_line: int
    last_line: int
    option: str = ""
    is_truncated: bool = False
    guid: str = ""
    kind: str = ""
    is_mandatory: bool | None = None


class Duty(NamedTuple):
    """One occurrence of a duty."""

    code: str
    option: str
    text: str
    first_line: int
    last_line: int


class DutyKsb(NamedTuple):
    """A duty names a KSB."""

    duty: str
    code: str
    first_line: int
    last_line: int


class MethodName(NamedTuple):
    """One occurrence of the name of an assessment method; ``number`` is 0 if none is printed."""

    name: str
    number: int
    line: int


class Method(NamedTuple):
    """An assessment method, and the other names that the document prints for it."""

    code: str
    position: int
    name: str
    other_names: str
    first_line: int
    last_line: int


class Theme(NamedTuple):
    """One occurrence of a theme, with its KSBs there. ``method`` is the name as printed."""

    method: str
    option: str
    name: str
    codes: tuple[str, ...]
    section: str
    first_line: int
    last_line: int


class Descriptor(NamedTuple):
    """A grading descriptor of a theme, with the KSBs that it names."""

    method: str
    option: str
    theme: str
    grade: str
    text: str
    codes: tuple[str, ...]
    first_line: int
    last_line: int


class StatementMethod(NamedTuple):
    """A row of the KSB mapping table: which method assesses a KSB, for whom."""

    code: str
    method: str
    option: str
    first_line: int
    last_line: int


class OverallGrade(NamedTuple):
    """A row of the table of overall grades: a grade for each method, and the overall grade.

    ``header`` is the header of the table, in which the names of the methods are not separated.
    """

    header: str
    grades: tuple[str, ...]
    overall_grade: str
    line: int


class VersionLogEntry(NamedTuple):
    """A row of the version log; a date is ISO 8601, or as printed if it is no date ("Not set")."""

    version: str
    change_detail: str
    earliest_start_date: str
    latest_start_date: str
    latest_end_date: str
    first_line: int
    last_line: int


class PartStart(NamedTuple):
    """Where another standard begins.

    Attributes
    ----------
    line
        The line with its title; 0 if it cannot be told where its text begins.
    item
        The line of its first statement or duty.
    """

    line: int
    item: int


class Finding(NamedTuple):
    """A finding: the rule, the line (0 for the whole text), the severity and the message."""

    rule: str
    line: int
    severity: str
    message: str


@dataclass(frozen=True)
class Rows:
    """The rows of a part of a document, by table.

    ``markers`` are the numbers of lines that were read as structure: headings, headers of columns, labels.
    """

    details: tuple[Detail, ...] = ()
    sections: tuple[Section, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    duties: tuple[Duty, ...] = ()
    duty_ksbs: tuple[DutyKsb, ...] = ()
    method_names: tuple[MethodName, ...] = ()
    themes: tuple[Theme, ...] = ()
    descriptors: tuple[Descriptor, ...] = ()
    statement_methods: tuple[StatementMethod, ...] = ()
    overall_grades: tuple[OverallGrade, ...] = ()
    version_log: tuple[VersionLogEntry, ...] = ()
    findings: tuple[Finding, ...] = ()
    markers: tuple[int, ...] = ()

    def without_occurrences(self) -> Rows:
        """Return the same rows without the occurrences."""
        return replace(self, occurrences=())

    def with_lines(self) -> list[Any]:
        """Return every row that has a first and a last line."""
        return [
            row
            for field in fields(self)
            if field.name not in {"findings", "markers", "method_names", "overall_grades"}
            for row in getattr(self, field.name)
        ]

    def numbers(self) -> frozenset[int]:
        """Return the number of every line that is in a row or was read as structure."""
        spanned = {n for row in self.with_lines() for n in range(row.first_line, row.last_line + 1)}
        single = {row.line for row in self.method_names} | {row.line for row in self.overall_grades}
        return frozenset(spanned | single | set(self.markers))


def join_rows(parts: Iterable[Rows]) -> Rows:
    """Return the rows of several parts as one, in order.

    Examples
    --------
    >>> join_rows([Rows(markers=(1,)), Rows(markers=(3, 4))]).markers
    (1, 3, 4)
    """
    kept = tuple(parts)
    return Rows(
        **{
            field.name: tuple(row for part in kept for row in getattr(part, field.name))
            for field in fields(Rows)
        }
    )
