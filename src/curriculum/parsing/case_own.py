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


_DATES: Final = ("approved_date", "updated_date", "review_date")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_VERSION: Final = re.compile(r"[0-9]+\.[0-9]+")


def own_facts(package: CasePackage) -> Facts:
    """Return what the document says about itself, as its tables had it."""
    extension = case.extension_of(package.document)
    texts = {name: _text(extension, name) for name in Facts._fields if name != "title"}
    texts |= {name: "" for name in _DATES if not _DATE.fullmatch(texts[name])}
    texts["version"] = _text(package.document, "version")
    return Facts(
        title=_text(package.document, case.TITLE) if not extension.get("has_no_title") else "", **texts
    )


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name, "")
    return found if isinstance(found, str) else ""


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
    mandatory = extension.get("is_mandatory")
    alone = Occurrence(
        code,
        case.ITEMS,
        item.text,
        item.line,
        item.line,
        guid=_text(extension, "guid"),
        kind=kind,
        is_mandatory=mandatory if isinstance(mandatory, bool) else None,
    )
    rows = []
    for at, row in _rows(extension, "occurrences"):
        line = _line(package, f"{path}[{at}]", row, item.line)
        rows.append(
            alone._replace(
                section=_text(row, "section"),
                text=text_to_squashed(_text(row, "text")) or item.text,
                first_line=line,
                last_line=line,
                option=_text(row, "option"),
                is_truncated=row.get("is_truncated") is True,
            )
        )
    if rows and occurrences_to_chosen(rows).text == item.text:
        return rows, []
    message = (
        f"the wording of {code} was changed in the file, but not in the places where it is printed: the "
        "changed wording is read"
    )
    return [alone], [Finding("case-field", item.line, "warning", message)] if rows else []


def document_to_kept_rows(package: CasePackage, path: str) -> Rows:
    """Return the rows of the tables for which CASE has no class: details, prose, versions, findings."""
    extension = case.extension_of(package.document)
    place = f"{path}.{case.DOCUMENT}.{case.EXTENSIONS}.{case.EXTENSION}"

    def placed(name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for at, row in _rows(extension, name):
            yield _line(package, f"{place}.{name}[{at}]", row, 1), row

    return Rows(
        details=tuple(
            Detail(
                _text(row, "section"),
                _text(row, "name"),
                _text(row, "value"),
                line,
                line,
                row.get("is_inferred") is True,
            )
            for line, row in placed("details")
        ),
        sections=tuple(
            Section(
                _text(row, "heading"),
                _text(row, "under"),
                _text(row, "text"),
                line,
                line,
                row.get("is_inferred") is True,
            )
            for line, row in placed("sections")
        ),
        version_log=tuple(
            VersionLogEntry(
                _text(row, "version"),
                _text(row, "change_detail"),
                _text(row, "earliest_start_date"),
                _text(row, "latest_start_date"),
                _text(row, "latest_end_date"),
                line,
                line,
            )
            for line, row in placed("version_log")
            if _VERSION.fullmatch(_text(row, "version"))
        ),
        findings=tuple(
            Finding(
                _text(row, "rule"),
                line,
                _text(row, "severity"),
                f"{case.OF_EXPORTED_TEXT}{_text(row, 'message')}",
            )
            for line, row in placed("findings")
            if _text(row, "rule") in case.READING_RULES and _text(row, "severity") in v.SEVERITIES
        ),
    )


def document_to_grades(package: CasePackage, path: str, methods: Mapping[str, str]) -> Iterator[OverallGrade]:
    """Yield the rows of the table of overall grades.

    Parameters
    ----------
    package, path
        The package, and its place as a JSON path.
    methods
        The name of each method, by its code.
    """
    extension = case.extension_of(package.document)
    place = f"{path}.{case.DOCUMENT}.{case.EXTENSIONS}.{case.EXTENSION}.overall_grades"
    for at, row in _rows(extension, "overall_grades"):
        grades = row.get("grades")
        texts = (
            {key: value for key, value in grades.items() if isinstance(value, str)}
            if isinstance(grades, dict)
            else {}
        )
        header = " ".join(methods.get(code, "") for code in texts)
        line = _line(package, f"{place}[{at}]", row, 1)
        overall = _text(row, "overall_grade")
        if texts and overall in v.GRADES and {*texts.values()} <= {*v.GRADES, v.ANY_GRADE}:
            yield OverallGrade(header, tuple(texts.values()), overall, line)
