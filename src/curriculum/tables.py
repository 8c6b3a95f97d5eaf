"""The frozen carrier of the frames: built from parsed documents, checked, written and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from curriculum import vocabulary as v
from curriculum.codes import code_to_kind, code_to_sort_key
from curriculum.errors import BrokenSchema, DuplicateDocument, raise_faults
from curriculum.outputs import check_folder
from curriculum.parsing import ParsedDocument
from curriculum.parsing.prints import method_name_to_key
from curriculum.schemas import check_frame, rows_to_frame, text_to_typed
from curriculum.text import text_to_title_key

__all__ = [
    "Tables",
    "check_keys",
    "frame_to_csv",
    "csv_to_frame",
    "parsed_to_tables",
    "read_tables",
    "select_document",
    "tables_to_files",
]

_Row = tuple[object, ...]


@dataclass(frozen=True)
class Tables:
    """The tables of one or more documents. No frame is ever changed in place; docs/tables.md tells
    what each column holds.
    """

    documents: pd.DataFrame
    details: pd.DataFrame
    sections: pd.DataFrame
    statements: pd.DataFrame
    occurrences: pd.DataFrame
    duties: pd.DataFrame
    duty_ksbs: pd.DataFrame
    methods: pd.DataFrame
    themes: pd.DataFrame
    theme_ksbs: pd.DataFrame
    statement_methods: pd.DataFrame
    descriptors: pd.DataFrame
    descriptor_ksbs: pd.DataFrame
    overall_grades: pd.DataFrame
    version_log: pd.DataFrame
    findings: pd.DataFrame

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Give each table's name and frame."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)


class _Ids:
    """The ids of one document: its prefix before a local code, and which codes it defines."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self.document = parsed.document.document_id
        self.defined = {row.code for row in parsed.statements}
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
        (ids.document, position, row.heading, row.under, row.text, row.is_inferred, row.first_line, row.last_line)
        for position, row in enumerate(ordered, start=1)
    ]


def _statements(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (
            ids.of(row.code),
            ids.document,
            code_to_kind(row.code),
            row.code,
            row.position,
            row.option,
            parsed.is_option_inferred and row.option != "",
            row.text,
            row.first_line,
            row.last_line,
            row.is_truncated,
            row.n_occurrences,
        )
        for row in parsed.statements
    ]


def _occurrences(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    ordered = sorted(parsed.rows.occurrences, key=lambda row: (code_to_sort_key(row.code), row.first_line))
    return [
        (ids.of(row.code), row.section, row.first_line, row.last_line, row.text, row.option, row.is_truncated)
        for row in ordered
    ]


def _duties(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [
        (ids.of(row.code), ids.document, row.code, position, row.option, row.text, row.first_line, row.last_line)
        for position, row in enumerate(parsed.duties, start=1)
    ]


def _duty_ksbs(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    first = {(row.duty, row.code): row for row in reversed(parsed.rows.duty_ksbs)}
    order = {row.code: position for position, row in enumerate(parsed.duties)}
    pairs = sorted(first.values(), key=lambda row: (order[row.duty], code_to_sort_key(row.code)))
    return [
        (ids.of(row.duty), ids.of(row.code), row.first_line, row.last_line)
        for row in pairs
        if row.code in ids.defined
    ]


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
    rows = {(row.code, ids.method(row.method)): row for row in reversed(parsed.rows.statement_methods)}
    return [
        (ids.of(code), ids.of(method), row.option, row.first_line, row.last_line)
        for (code, method), row in sorted(rows.items(), key=lambda item: code_to_sort_key(item[0][0]))
    ]


def _descriptor_codes(parsed: ParsedDocument, ids: _Ids) -> list[tuple[str, str]]:
    """Give the code of each descriptor and of its theme: T4.P2 is the second for a pass in T4."""
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


def _head_to_methods(head: str, parsed: ParsedDocument, count: int) -> list[str]:
    """Give the codes of the methods in the order in which a table's head names them."""
    key = text_to_title_key(head)
    names = {row.code: [row.name, *row.other_names.split("; ")] for row in parsed.methods}
    found = {
        code: min((key.find(text_to_title_key(name)) for name in known if text_to_title_key(name) in key),
                  default=-1)
        for code, known in names.items()
    }
    named = sorted((code for code, at in found.items() if at >= 0), key=lambda code: found[code])
    return named if len(named) == count else [row.code for row in parsed.methods][:count]


def _overall_grades(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    rows: list[_Row] = []
    for position, row in enumerate(parsed.rows.overall_grades, start=1):
        methods = _head_to_methods(row.head, parsed, len(row.grades))
        rows += [
            (ids.document, position, ids.of(method), grade, row.overall_grade, row.line, row.line)
            for method, grade in zip(methods, row.grades, strict=False)
        ]
    return rows


def _version_log(parsed: ParsedDocument, ids: _Ids) -> list[_Row]:
    return [(ids.document, *row) for row in parsed.rows.version_log]


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
_FOREIGN_KEYS = (
    ("occurrences", v.STATEMENT_ID, "statements"),
    ("duty_ksbs", v.DUTY_ID, "duties"),
    ("duty_ksbs", v.STATEMENT_ID, "statements"),
    ("themes", v.METHOD_ID, "methods"),
    ("theme_ksbs", v.THEME_ID, "themes"),
    ("theme_ksbs", v.STATEMENT_ID, "statements"),
    ("statement_methods", v.METHOD_ID, "methods"),
    ("statement_methods", v.STATEMENT_ID, "statements"),
    ("descriptors", v.THEME_ID, "themes"),
    ("descriptor_ksbs", v.DESCRIPTOR_ID, "descriptors"),
    ("descriptor_ksbs", v.STATEMENT_ID, "statements"),
    ("overall_grades", v.METHOD_ID, "methods"),
    *((name, v.DOCUMENT_ID, "documents") for name in ("statements", "duties", "sections", "details")),
)


def parsed_to_tables(parsed: Iterable[ParsedDocument]) -> Tables:
    """Make the tables of parsed documents, in the order of their ids, every key checked.

    Raises
    ------
    DuplicateDocument
        If two documents have one id.
    BrokenSchema
        If a row does not fit, or a key leads nowhere.
    """
    ordered = sorted(parsed, key=lambda one: one.document.document_id)
    _refuse_duplicates(ordered)
    pairs = [(one, _Ids(one)) for one in ordered]
    frames = {
        name: rows_to_frame(name, [row for one, ids in pairs for row in builder(one, ids)])
        for name, builder in _BUILDERS.items()
    }
    return check_keys(Tables(**frames))


def _refuse_duplicates(ordered: Sequence[ParsedDocument]) -> None:
    raise_faults(
        [
            DuplicateDocument(
                f"two documents have the id {one.document.document_id}",
                where=f"{one.document.source} and {other.document.source}",
                advice="Rename one of the files: the id of a file is made of its name.",
            )
            for one, other in zip(ordered, ordered[1:], strict=False)
            if one.document.document_id == other.document.document_id
        ]
    )


def check_keys(tables: Tables) -> Tables:
    """Hold every key of one table against the table that it leads to.

    Raises
    ------
    BrokenSchema
        With the first ids that lead nowhere, for all tables at once.
    """
    frames = dict(tables.items())
    faults = []
    for name, column, target in _FOREIGN_KEYS:
        known = set(frames[target].iloc[:, 0])
        stray = sorted(set(frames[name][column]) - known)
        if stray:
            faults.append(
                BrokenSchema(
                    f"{name}.{column} leads to no row of {target}",
                    found=", ".join(stray[:5]),
                    advice="This is a fault of the program: please report it.",
                )
            )
    raise_faults(faults)
    return tables


def select_document(tables: Tables, document_id: str) -> Tables:
    """Give the tables of one document out of many.

    Ids begin with the id of their document, so the first column of every table tells.
    """
    def rows_of(frame: pd.DataFrame) -> pd.DataFrame:
        first = frame.iloc[:, 0].str.partition(":")[0] if len(frame) else frame.iloc[:, 0]
        return frame[first == document_id].reset_index(drop=True)

    return Tables(**{name: rows_of(frame) for name, frame in tables.items()})


def frame_to_csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    """Give a frame as CSV: UTF-8, line feeds, `true` and `false`, shares to three places.

    Examples
    --------
    >>> frame_to_csv(pd.DataFrame({"code": ["K7"], "is_truncated": [False], "confidence": [0.5]}))
    b'code,is_truncated,confidence\\nK7,false,0.500\\n'
    """
    flags = {name: frame[name].map({True: "true", False: "false"}) for name in frame.select_dtypes("bool")}
    text = frame.assign(**flags).to_csv(
        index=False, lineterminator="\n", float_format="%.3f", sep=separator, quoting=csv.QUOTE_MINIMAL
    )
    return text.encode("utf-8")


def csv_to_frame(name: str, data: bytes) -> pd.DataFrame:
    """Read a table from its CSV, typed and checked; the inverse of `frame_to_csv`."""
    raw = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8")
    return check_frame(name, text_to_typed(name, raw))


def tables_to_files(tables: Tables) -> dict[str, bytes]:
    """Give the files that hold the tables, by name."""
    return {f"{name}.csv": frame_to_csv(frame) for name, frame in tables.items()}


def read_tables(folder: Path) -> Tables:
    """Read the tables of a folder that `curriculum` has written, held against its manifest.

    Parameters
    ----------
    folder
        Such as ``data/processed``.

    Raises
    ------
    MissingDocument, MixedFolder
        If the folder was not written by `curriculum`, or not wholly by one run.
    BrokenSchema
        If a table does not fit its schema.
    """
    files: Mapping[str, bytes] = check_folder(folder)
    missing = [field.name for field in fields(Tables) if f"{field.name}.csv" not in files]
    if missing:
        raise BrokenSchema(
            "tables are missing",
            where=folder.as_posix(),
            expected=", ".join(field.name for field in fields(Tables)),
            found=f"none of {', '.join(missing)}",
            advice="Run curriculum build again.",
        )
    return check_keys(Tables(**{f.name: csv_to_frame(f.name, files[f"{f.name}.csv"]) for f in fields(Tables)}))
