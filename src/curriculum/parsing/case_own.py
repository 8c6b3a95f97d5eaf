"""The rows of a CASE package that was written from our tables: those for which CASE has no class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from curriculum.documents.case_package import CaseItem, CasePackage
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_squashed
from curriculum.parsing.rows import (
    Detail,
    Facts,
    Finding,
    Occurrence,
    OverallGrade,
    Rows,
    Section,
    VersionLogEntry,
)
from curriculum.parsing.statements import occurrences_to_chosen

__all__ = ["document_to_kept_rows", "item_to_occurrences", "own_facts"]

_DATES: Final = (v.APPROVED_DATE, v.UPDATED_DATE, v.REVIEW_DATE)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_VERSION: Final = re.compile(r"[0-9]+\.[0-9]+")
_OF_VERSIONS: Final = (
    v.VERSION,
    v.CHANGE_DETAIL,
    v.EARLIEST_START_DATE,
    v.LATEST_START_DATE,
    v.LATEST_END_DATE,
)


def own_facts(package: CasePackage) -> Facts:
    """Return what the document says about itself, as its tables had it."""
    extension = case.extension_of(package.document)
    texts = {name: _text(extension, name) for name in Facts._fields if name != v.TITLE}
    texts |= {name: "" for name in _DATES if not _DATE.fullmatch(texts[name])}
    texts[v.VERSION] = _text(package.document, v.VERSION)
    return Facts(
        title=_text(package.document, case.TITLE) if not extension.get("has_no_title") else "", **texts
    )


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name, "")
    return found if isinstance(found, str) else ""


def _texts(row: Mapping[str, Any], *names: str) -> Iterator[str]:
    return (_text(row, name) for name in names)


def _rows(value: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the objects of a list, with their places in it."""
    listed = value.get(name)
    for at, row in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(row, dict):
            yield at, row


def _line(package: CasePackage, place: str, row: Mapping[str, Any], default: int) -> int:
    """Return the line of the first value of an object."""
    places = (f"{place}.{name}" for name in row)
    return next((package.lines[inner] for inner in places if inner in package.lines), default)


def item_to_occurrences(
    package: CasePackage, item: CaseItem, code: str, kind: str
) -> tuple[list[Occurrence], list[Finding]]:
    """Return the occurrences of a statement, as its tables had them.

    If the wording of the item was changed since, it alone is read, and a finding says so.
    """
    extension = case.extension_of(item.value)
    path = f"{item.path}.{case.EXTENSIONS}.{case.EXTENSION}.occurrences"
    mandatory = extension.get(v.IS_MANDATORY)
    alone = Occurrence(
        code,
        case.ITEMS,
        item.text,
        item.line,
        item.line,
        guid=_text(extension, v.GUID),
        kind=kind,
        is_mandatory=mandatory if isinstance(mandatory, bool) else None,
    )
    rows = []
    for at, row in _rows(extension, "occurrences"):
        line = _line(package, f"{path}[{at}]", row, item.line)
        rows.append(
            alone._replace(
                section=_text(row, v.SECTION),
                text=text_to_squashed(_text(row, v.TEXT)) or item.text,
                first_line=line,
                last_line=line,
                option=_text(row, v.OPTION),
                is_truncated=row.get(v.IS_TRUNCATED) is True,
            )
        )
    if rows and occurrences_to_chosen(rows).text == item.text:
        return rows, []
    message = (
        f"the wording of {code} was changed in the file, but not in the places where it is printed: the "
        "changed wording is read"
    )
    return [alone], [Finding("case-field", item.line, "warning", message)] if rows else []


def document_to_kept_rows(package: CasePackage, methods: Mapping[str, str]) -> Rows:
    """Return the rows of the tables for which CASE has no class: details, prose, versions, findings, grades.

    Parameters
    ----------
    package
        The package.
    methods
        The name of each method, by its code.
    """
    extension = case.extension_of(package.document)
    place = f"{package.path}.{case.DOCUMENT}.{case.EXTENSIONS}.{case.EXTENSION}"

    def placed(name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for at, row in _rows(extension, name):
            yield _line(package, f"{place}.{name}[{at}]", row, 1), row

    grades = (_to_grade(row, line, methods) for line, row in placed("overall_grades"))
    return Rows(
        details=tuple(
            Detail(section, name, value, line, line, row.get(v.IS_INFERRED) is True)
            for line, row in placed("details")
            for section, name, value in [_texts(row, v.SECTION, v.NAME, v.VALUE)]
        ),
        sections=tuple(
            Section(heading, under, text, line, line, row.get(v.IS_INFERRED) is True)
            for line, row in placed("sections")
            for heading, under, text in [_texts(row, v.HEADING, v.UNDER, v.TEXT)]
        ),
        version_log=tuple(
            VersionLogEntry(version, change, first_start, last_start, last_end, line, line)
            for line, row in placed("version_log")
            for version, change, first_start, last_start, last_end in [_texts(row, *_OF_VERSIONS)]
            if _VERSION.fullmatch(version)
        ),
        findings=tuple(
            Finding(rule, line, severity, f"{case.OF_EXPORTED_TEXT}{message}")
            for line, row in placed("findings")
            for rule, severity, message in [_texts(row, v.RULE, v.SEVERITY, v.MESSAGE)]
            if case.is_of_reading(rule, severity) and severity in v.SEVERITIES
        ),
        overall_grades=tuple(row for row in grades if row),
    )


def _to_grade(row: Mapping[str, Any], line: int, methods: Mapping[str, str]) -> OverallGrade | None:
    """Return a row of the table of overall grades; None if it has a grade that there is not."""
    grades = row.get("grades")
    found = grades if isinstance(grades, dict) else {}
    texts = {code: grade for code, grade in found.items() if isinstance(grade, str)}
    overall = _text(row, v.OVERALL_GRADE)
    if not texts or overall not in v.GRADES or not {*texts.values()} <= {*v.GRADES, v.ANY_GRADE}:
        return None
    header = " ".join(methods.get(code, "") for code in texts)
    return OverallGrade(header, tuple(texts.values()), overall, line)
