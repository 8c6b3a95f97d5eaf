"""Return the rows of the tables: what was parsed, with ids made of the codes of the document."""

from __future__ import annotations

from curriculum.model.codes import code_to_kind, code_to_sort_key
from curriculum.model.text import text_to_title_key
from curriculum.parsing.occurrences import grade_row_to_methods, method_name_to_key
from curriculum.parsing.parse_result import ParsedDocument

__all__ = ["parsed_to_rows"]

_Row = tuple[object, ...]


class _Ids:
    """The ids of one document: its id before a code, and which codes it defines."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self.document = parsed.document.document_id
        self.defined = {row.code: row.position for row in parsed.statements}
        self.themes = {
            (row.method, row.option, text_to_title_key(row.name)): row.code for row in parsed.themes
        }
        self.methods = parsed.method_codes

    def of(self, code: str) -> str:
        return f"{self.document}:{code}" if code else ""

    def method(self, name: str) -> str:
        return self.methods.get(method_name_to_key(name), "")

    def theme(self, method: str, option: str, name: str) -> str:
        return self.themes[self.method(method), option, text_to_title_key(name)]


def _documents(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    known, facts = parsed.document.registration, parsed.facts
    return [
        (
            ids.document,
            facts.reference or known.reference,
            facts.version or known.version,
            facts.title or known.title,
            parsed.recognition.kind,
            parsed.recognition.evidence,
            facts.level,
            facts.status,
            facts.approved_date,
            facts.updated_date,
            facts.review_date,
            known.publisher,
            known.licence,
            known.url,
            known.inferred,
            parsed.document.encoding,
            len(parsed.document.lines),
            known.path,
            parsed.document.sha256,
        )
    ]


def _details(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    positions: dict[str, int] = {}
    rows: list[_Row] = []
    for row in parsed.rows.details:
        positions[row.section] = positions.get(row.section, 0) + 1
        rows.append(
            (
                ids.document,
                row.section,
                positions[row.section],
                row.name,
                row.value,
                row.is_inferred,
                row.first_line,
                row.last_line,
            )
        )
    return rows


def _sections(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    ordered = sorted(parsed.rows.sections, key=lambda row: row.first_line)
    return [
        (
            ids.document,
            position,
            row.heading,
            row.under,
            row.text,
            row.is_inferred,
            row.first_line,
            row.last_line,
        )
        for position, row in enumerate(ordered, start=1)
    ]


def _statements(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (
            ids.of(row.code),
            ids.document,
            row.kind or code_to_kind(row.code, parsed.code_prefixes),
            row.code,
            row.position,
            row.option,
            parsed.is_option_inferred and row.option != "",
            row.is_mandatory,
            row.text,
            row.first_line,
            row.last_line,
            row.is_truncated,
            row.n_occurrences,
            row.guid,
        )
        for row in parsed.statements
    ]


def _occurrences(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    first = {(row.code, row.section, row.first_line): row for row in reversed(parsed.rows.occurrences)}
    ordered = sorted(first.values(), key=lambda row: (code_to_sort_key(row.code), row.first_line))
    return [
        (ids.of(row.code), row.section, row.first_line, row.last_line, row.text, row.option, row.is_truncated)
        for row in ordered
    ]


def _duties(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (
            ids.of(row.code),
            ids.document,
            row.code,
            position,
            row.option,
            row.text,
            row.first_line,
            row.last_line,
        )
        for position, row in enumerate(parsed.duties, start=1)
    ]


def _duty_ksbs(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    first = {(row.duty, row.code): row for row in reversed(parsed.rows.duty_ksbs)}
    order = {row.code: position for position, row in enumerate(parsed.duties)}
    defined = [row for row in first.values() if row.code in ids.defined]
    pairs = sorted(defined, key=lambda row: (order[row.duty], ids.defined[row.code]))
    return [(ids.of(row.duty), ids.of(row.code), row.first_line, row.last_line) for row in pairs]


def _methods(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (
            ids.of(row.code),
            ids.document,
            row.code,
            row.position,
            row.name,
            row.other_names,
            row.first_line,
            row.last_line,
        )
        for row in parsed.methods
    ]


def _themes(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (
            ids.of(row.code),
            ids.document,
            row.code,
            row.position,
            row.name,
            row.option,
            ids.of(row.method),
            row.first_line,
            row.last_line,
        )
        for row in parsed.themes
    ]


def _theme_ksbs(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (ids.of(row.code), ids.of(code), row.first_line, row.last_line)
        for row in parsed.themes
        for code in dict.fromkeys(row.codes)
        if code in ids.defined
    ]


def _statement_methods(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    rows = {
        (row.code, ids.method(row.method), row.option): row
        for row in reversed(parsed.rows.statement_methods)
        if row.code in ids.defined
    }
    ordered = sorted(rows.items(), key=lambda item: (code_to_sort_key(item[0][0]), item[1].first_line))
    return [
        (ids.of(code), ids.of(method), option, row.first_line, row.last_line)
        for (code, method, option), row in ordered
    ]


def _descriptor_codes(parsed: ParsedDocument, ids: _Ids) -> list[tuple[str, str]]:
    """Return the code of each descriptor and of its theme: T4.P2 is the second for a pass in T4."""
    counts: dict[tuple[str, str], int] = {}
    codes = []
    for row in parsed.rows.descriptors:
        theme = ids.theme(row.method, row.option, row.theme)
        counts[theme, row.grade] = counts.get((theme, row.grade), 0) + 1
        codes.append((f"{theme}.{row.grade[0].upper()}{counts[theme, row.grade]}", theme))
    return codes


def _descriptors(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    codes = _descriptor_codes(parsed, ids)
    return [
        (
            ids.of(code),
            ids.document,
            ids.of(theme),
            row.grade,
            position,
            row.text,
            row.first_line,
            row.last_line,
        )
        for position, ((code, theme), row) in enumerate(
            zip(codes, parsed.rows.descriptors, strict=True), start=1
        )
    ]


def _descriptor_ksbs(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    codes = _descriptor_codes(parsed, ids)
    return [
        (ids.of(descriptor), ids.of(code))
        for (descriptor, _), row in zip(codes, parsed.rows.descriptors, strict=True)
        for code in dict.fromkeys(row.codes)
        if code in ids.defined
    ]


def _overall_grades(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    rows: list[_Row] = []
    for position, row in enumerate(parsed.rows.overall_grades, start=1):
        # If the methods do not fit, a finding reports it: a part of a row would be a wrong rule.
        methods = grade_row_to_methods(row, parsed.methods)
        rows += [
            (ids.document, position, ids.of(method), grade, row.overall_grade, row.line, row.line)
            for method, grade in zip(methods, row.grades, strict=False)
        ]
    return rows


def _version_log(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    first = {row.version: row for row in reversed(parsed.rows.version_log)}
    ordered = sorted(first.values(), key=lambda row: row.first_line)
    return [(ids.document, *row) for row in ordered]


def _findings(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (ids.document, row.rule, f"line {row.line}" if row.line else "whole text", row.severity, row.message)
        for row in parsed.findings
    ]


_BUILDERS = {
    "documents": _documents,
    "details": _details,
    "sections": _sections,
    "statements": _statements,
    "occurrences": _occurrences,
    "duties": _duties,
    "duty_ksbs": _duty_ksbs,
    "methods": _methods,
    "themes": _themes,
    "theme_ksbs": _theme_ksbs,
    "statement_methods": _statement_methods,
    "descriptors": _descriptors,
    "descriptor_ksbs": _descriptor_ksbs,
    "overall_grades": _overall_grades,
    "version_log": _version_log,
    "findings": _findings,
}


def parsed_to_rows(parsed: ParsedDocument) -> dict[str, list[_Row]]:
    """Return the rows of each table that one document has, in the order of the columns.

    Parameters
    ----------
    parsed
        The document.

    Returns
    -------
    dict of str to list of tuple
        By table. A code that is named but not defined has no row; a finding reports it.
    """
    ids = _Ids(parsed)
    return {name: builder(parsed, ids) for name, builder in _BUILDERS.items()}
