"""One schema for each table: its columns, their types and values, and its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from curriculum.model import vocabulary as v
from curriculum.tables.table_schema import Column, Schema

__all__ = [
    "CANDIDATES",
    "CROSSWALK",
    "FOREIGN_KEYS",
    "KEYS",
    "OPTIONAL_KEYS",
    "SCHEMAS",
    "TABLES",
    "name_to_empty_row",
]

# KSB codes, and those of other schemes: no white space, and no colon, which separates them from the document.
_CODE = r"[^\s:]+"


def _text(pattern: str = "") -> Column:
    return Column("str", pattern)


def _one_of(*values: str) -> Column:
    return Column("str", values=values)


def _count() -> Column:
    return Column("int64", least=0)


def _share(least: float | None = 0, most: float | None = 1) -> Column:
    return Column("float64", least=least, most=most)


def _flag() -> Column:
    return Column("bool")


def _flag_or_nothing() -> Column:
    return Column("boolean")


_LINES: Final = {v.FIRST_LINE: _count(), v.LAST_LINE: _count()}
_DATE = r"(?:\d{4}-\d{2}(?:-\d{2})?)?"

# Columns in the order of the file; the key first. docs/tables.md describes each column.
_COLUMNS: Final[Mapping[str, Mapping[str, Column]]] = {
    "documents": {
        v.DOCUMENT_ID: _text(r"[a-z0-9.-]+"),
        v.REFERENCE: _text(),
        v.VERSION: _text(),
        v.TITLE: _text(),
        v.KIND: _text(r"\S.*"),
        v.KIND_EVIDENCE: _text(),
        v.LEVEL: _text(),
        v.STATUS: _text(),
        v.APPROVED_DATE: _text(_DATE),
        v.UPDATED_DATE: _text(_DATE),
        v.REVIEW_DATE: _text(_DATE),
        v.PUBLISHER: _text(),
        v.LICENCE: _text(),
        v.URL: _text(),
        v.INFERRED: _text(),
        v.ENCODING: _text(),
        v.N_LINES: _count(),
        v.SOURCE_PATH: _text(),
        v.SHA256: _text(r"[0-9a-f]{64}"),
    },
    "details": {
        v.DOCUMENT_ID: _text(),
        v.SECTION: _text(),
        v.POSITION: _count(),
        v.NAME: _text(),
        v.VALUE: _text(),
        v.IS_INFERRED: _flag(),
        **_LINES,
    },
    "sections": {
        v.DOCUMENT_ID: _text(),
        v.POSITION: _count(),
        v.HEADING: _text(),
        v.UNDER: _text(),
        v.TEXT: _text(),
        v.IS_INFERRED: _flag(),
        **_LINES,
    },
    "statements": {
        v.STATEMENT_ID: _text(rf"[a-z0-9.-]+:{_CODE}"),
        v.DOCUMENT_ID: _text(),
        v.KIND: _one_of(*v.STATEMENT_KINDS),
        v.CODE: _text(_CODE),
        v.POSITION: _count(),
        v.OPTION: _text(),
        v.IS_OPTION_INFERRED: _flag(),
        v.IS_MANDATORY: _flag_or_nothing(),
        v.TEXT: _text(r"[\s\S]+"),
        **_LINES,
        v.IS_TRUNCATED: _flag(),
        v.N_OCCURRENCES: _count(),
        v.GUID: _text(),
    },
    "occurrences": {
        v.STATEMENT_ID: _text(),
        v.SECTION: _text(),
        v.FIRST_LINE: _count(),
        v.LAST_LINE: _count(),
        v.TEXT: _text(r"[\s\S]+"),
        v.OPTION: _text(),
        v.IS_TRUNCATED: _flag(),
    },
    "duties": {
        v.DUTY_ID: _text(r"[a-z0-9.-]+:D[1-9]\d*"),
        v.DOCUMENT_ID: _text(),
        v.CODE: _text(),
        v.POSITION: _count(),
        v.OPTION: _text(),
        v.TEXT: _text(),
        **_LINES,
    },
    "duty_ksbs": {v.DUTY_ID: _text(), v.STATEMENT_ID: _text(), **_LINES},
    "methods": {
        v.METHOD_ID: _text(r"[a-z0-9.-]+:M[1-9]\d*"),
        v.DOCUMENT_ID: _text(),
        v.CODE: _text(),
        v.POSITION: _count(),
        v.NAME: _text(),
        v.OTHER_NAMES: _text(),
        **_LINES,
    },
    "themes": {
        v.THEME_ID: _text(r"[a-z0-9.-]+:T[1-9]\d*"),
        v.DOCUMENT_ID: _text(),
        v.CODE: _text(),
        v.POSITION: _count(),
        v.NAME: _text(),
        v.OPTION: _text(),
        v.METHOD_ID: _text(),
        **_LINES,
    },
    "theme_ksbs": {v.THEME_ID: _text(), v.STATEMENT_ID: _text(), **_LINES},
    "statement_methods": {
        v.STATEMENT_ID: _text(),
        v.METHOD_ID: _text(),
        v.OPTION: _text(),
        **_LINES,
    },
    "descriptors": {
        v.DESCRIPTOR_ID: _text(),
        v.DOCUMENT_ID: _text(),
        v.THEME_ID: _text(),
        v.GRADE: _one_of(*v.GRADES),
        v.POSITION: _count(),
        v.TEXT: _text(),
        **_LINES,
    },
    "descriptor_ksbs": {v.DESCRIPTOR_ID: _text(), v.STATEMENT_ID: _text()},
    "overall_grades": {
        v.DOCUMENT_ID: _text(),
        v.POSITION: _count(),
        v.METHOD_ID: _text(),
        v.GRADE: _one_of(*v.GRADES, v.ANY_GRADE),
        v.OVERALL_GRADE: _one_of(*v.GRADES),
        **_LINES,
    },
    "version_log": {
        v.DOCUMENT_ID: _text(),
        v.VERSION: _text(r"\d+\.\d+"),
        v.CHANGE_DETAIL: _text(),
        v.EARLIEST_START_DATE: _text(),
        v.LATEST_START_DATE: _text(),
        v.LATEST_END_DATE: _text(),
        **_LINES,
    },
    "findings": {
        v.DOCUMENT_ID: _text(),
        v.RULE: _text(r"[a-z-]+"),
        v.WHERE: _text(),
        v.SEVERITY: _one_of(*v.SEVERITIES),
        v.MESSAGE: _text(),
    },
}

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "documents": (v.DOCUMENT_ID,),
    "details": (v.DOCUMENT_ID, v.SECTION, v.POSITION),
    "sections": (v.DOCUMENT_ID, v.POSITION),
    "statements": (v.STATEMENT_ID,),
    "occurrences": (v.STATEMENT_ID, v.SECTION, v.FIRST_LINE),
    "duties": (v.DUTY_ID,),
    "duty_ksbs": (v.DUTY_ID, v.STATEMENT_ID),
    "methods": (v.METHOD_ID,),
    "themes": (v.THEME_ID,),
    "theme_ksbs": (v.THEME_ID, v.STATEMENT_ID),
    "statement_methods": (v.STATEMENT_ID, v.METHOD_ID, v.OPTION),
    "descriptors": (v.DESCRIPTOR_ID,),
    "descriptor_ksbs": (v.DESCRIPTOR_ID, v.STATEMENT_ID),
    "overall_grades": (v.DOCUMENT_ID, v.POSITION, v.METHOD_ID),
    "version_log": (v.DOCUMENT_ID, v.VERSION),
    "findings": (v.DOCUMENT_ID, v.RULE, v.WHERE, v.MESSAGE),
    "crosswalk": (v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID),
    "candidates": (v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.RANK),
}

_CROSSWALK: Final[Mapping[str, Column]] = {
    v.SUBJECT_SOURCE: _text(),
    v.OBJECT_SOURCE: _text(),
    v.SUBJECT_ID: _text(),
    v.SUBJECT_LABEL: _text(),
    v.SUBJECT_CATEGORY: _one_of("", v.DUTY, *v.STATEMENT_KINDS),
    v.PREDICATE_ID: _one_of(*v.RELATIONS),
    v.OBJECT_ID: _text(),
    v.OBJECT_LABEL: _text(),
    v.OBJECT_CATEGORY: _one_of("", v.DUTY, *v.STATEMENT_KINDS),
    v.MAPPING_JUSTIFICATION: _one_of(*v.JUSTIFICATIONS),
    v.MAPPING_CARDINALITY: _one_of(*v.CARDINALITIES),
    v.CONFIDENCE: _share(),
    v.BAND: _one_of(v.ACCEPT, v.REVIEW),
    v.CHANGE: _text(),
    v.RUNNER_UP_ID: _text(),
    v.RUNNER_UP_CONFIDENCE: _share(),
    v.WORDING_SCORE: _share(),
    v.CSLS_SCORE: _share(None, None),
    **{name: _share(-1) for name in v.SCORES_BY_SCORER},
    v.WORDS_INSERTED: _text(),
    v.WORDS_DELETED: _text(),
    v.CAUTION: _text(),
    v.RESPONSIBILITY: _one_of("", *v.RESPONSIBILITY_MOVES),
    v.RESPONSIBILITY_WORDS: _text(),
    v.DUTIES_MOVED: _one_of("", v.MOVED, v.NOT_MOVED),
    v.OPTION_MOVED: _one_of("", v.MOVED, v.NOT_MOVED),
    v.ASSESSMENT_MOVED: _one_of("", v.MOVED, v.NOT_MOVED),
    v.STATUS: _one_of(*v.STATUSES),
    v.REVIEWER_LABEL: _text(),
    v.REVIEW_DATE: _text(_DATE),
    v.COMMENT: _text(),
    v.ATTRIBUTION: _text(),
}

_CANDIDATES: Final[Mapping[str, Column]] = {
    v.SUBJECT_SOURCE: _text(),
    v.OBJECT_SOURCE: _text(),
    v.SUBJECT_ID: _text(),
    v.RANK: _count(),
    v.OBJECT_ID: _text(),
    v.CONFIDENCE: _share(),
    v.IS_PROPOSED: _flag(),
    v.CSLS_SCORE: _share(None, None),
    **{name: _share(-1) for name in v.SCORES_BY_SCORER},
}


TABLES: Final = tuple(_COLUMNS)
CROSSWALK: Final = "crosswalk"
CANDIDATES: Final = "candidates"
_OF_PAIRS: Final = {CROSSWALK: _CROSSWALK, CANDIDATES: _CANDIDATES}
SCHEMAS: Final[Mapping[str, Schema]] = {
    name: Schema(name, columns, KEYS[name]) for name, columns in {**_COLUMNS, **_OF_PAIRS}.items()
}
_EMPTY: Final[Mapping[str, object]] = {"float64": float("nan"), "str": ""}
_EMPTY_ROWS: Final = {
    name: {column: _EMPTY.get(spec.dtype) for column, spec in schema.columns.items()}
    for name, schema in SCHEMAS.items()
}

# Each column with the ids of another table: the table, the column and the other table.
FOREIGN_KEYS: Final = (
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
    *((name, v.DOCUMENT_ID, "documents") for name in ("methods", "themes", "descriptors", "version_log")),
)
# A theme of a plan that prints no methods has none.
OPTIONAL_KEYS: Final = frozenset((("themes", v.METHOD_ID),))


def name_to_empty_row(name: str) -> dict[str, object]:
    """Return a row of a table whose cells are all empty, by column.

    Examples
    --------
    >>> name_to_empty_row("crosswalk")["comment"], name_to_empty_row("crosswalk")["csls_score"]
    ('', nan)
    """
    return dict(_EMPTY_ROWS[name])
