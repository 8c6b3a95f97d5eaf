"""Write a standard as a package of CASE 1.1: an item for each statement, duty, method, theme and descriptor.

CASE has classes for items and for associations of two items. What our tables have beside these (options,
where a statement is printed, prose, key information) is in the field `extensions`, which only version 1.1
has: so the tables that are read from the file are those that were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, select_document

__all__ = ["frame_to_dicts", "tables_to_case"]

_METHOD, _THEME, _DESCRIPTOR = "Assessment method", "Assessment theme", "Grading descriptor"
# The words of CASE for the status of a framework, by the first word of ours.
_ADOPTION: Final = {
    "approved": "Adopted",
    "retired": "Deprecated",
    "withdrawn": "Deprecated",
    "in development": "Draft",
    "proposal": "Draft",
}
_ADDRESS: Final = re.compile(r"https?://\S+$")
_FACTS: Final = (
    v.REFERENCE,
    v.LEVEL,
    v.STATUS,
    v.APPROVED_DATE,
    v.UPDATED_DATE,
    v.REVIEW_DATE,
)
_Row = dict[str, Any]


def tables_to_case(tables: Tables, document_id: str) -> dict[str, Any]:
    """Return a document as a package of CASE 1.1.

    Parameters
    ----------
    tables
        The tables, with this document.
    document_id
        Its id.

    Returns
    -------
    dict
        The package, as `object_to_bytes` writes it. The same tables give the same package: the ids are made
        of those of the tables, and the time of the last change is the date of the document (its last
        update, else its approval), or `UNKNOWN_TIME` where it prints none.

    Raises
    ------
    NotFound
        If the tables have no such document.
    """
    return _StandardWriter(select_document(tables, document_id), document_id).package()


def frame_to_dicts(frame: pd.DataFrame) -> list[_Row]:
    """Return the rows of a frame as dicts, missing values as None.

    Examples
    --------
    >>> frame_to_dicts(pd.DataFrame({"confidence": [0.5, float("nan")]}))
    [{'confidence': 0.5}, {'confidence': None}]
    """
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


class _Group(NamedTuple):
    """A table of pairs as a group of associations: its columns of their ends, and their type."""

    title: str
    description: str
    frame: pd.DataFrame
    origin: str
    kind: str
    destination: str


def _to_groups(tables: Tables) -> tuple[_Group, ...]:
    return (
        _Group(
            case.DUTY_KSBS,
            "The KSBs that each duty names.",
            tables.duty_ksbs,
            *(v.STATEMENT_ID, case.PART_OF, v.DUTY_ID),
        ),
        _Group(
            case.THEME_KSBS,
            "The KSBs that each theme groups.",
            tables.theme_ksbs,
            *(v.STATEMENT_ID, case.PART_OF, v.THEME_ID),
        ),
        _Group(
            case.STATEMENT_METHODS,
            "The assessment methods of each statement.",
            tables.statement_methods,
            *(v.STATEMENT_ID, case.RELATED_TO, v.METHOD_ID),
        ),
        _Group(
            case.DESCRIPTOR_KSBS,
            "The KSBs that each grading descriptor names.",
            tables.descriptor_ksbs,
            *(v.DESCRIPTOR_ID, case.RELATED_TO, v.STATEMENT_ID),
        ),
    )


class _StandardWriter:
    """Write the tables of one document."""

    def __init__(self, tables: Tables, document_id: str) -> None:
        self._tables, self._id = tables, document_id
        self._facts = frame_to_dicts(tables.documents)[0]
        date = self._facts[v.UPDATED_DATE] or self._facts[v.APPROVED_DATE]
        self._changed = {case.CHANGED: case.date_to_time(date)}
        self._titles: dict[str, str] = {document_id: self._facts[v.TITLE] or document_id}
        self._groups = _to_groups(tables)
        self._items = list(self._all_items())

    def package(self) -> dict[str, Any]:
        """Return the package."""
        groupings = list(self._groupings())
        return {
            case.DOCUMENT: self._document(),
            case.ITEMS: self._items,
            case.ASSOCIATIONS: list(self._associations()),
            **({case.DEFINITIONS: {case.GROUPINGS: groupings}} if groupings else {}),
        }

    def _document(self) -> _Row:
        facts = self._facts
        status = facts[v.STATUS].casefold()
        adoption = next((word for start, word in _ADOPTION.items() if status.startswith(start)), "")
        # An address of CASE begins with its scheme; others are kept as they are registered.
        is_address = _ADDRESS.match(facts[v.URL]) is not None
        optional = {
            "officialSourceURL": facts[v.URL] if is_address else "",
            "publisher": facts[v.PUBLISHER],
            "version": facts[v.VERSION],
            "adoptionStatus": adoption,
            case.NOTES: facts[v.LICENCE] and f"Licence: {facts[v.LICENCE]}",
        }
        extension = {
            "document_id": self._id,
            "licence": facts[v.LICENCE],
            "inferred": facts[v.INFERRED],
            "url": "" if is_address else facts[v.URL],
            "has_no_title": not facts[v.TITLE] or None,
            **{name: facts[name] for name in _FACTS},
            **self._kept_tables(),
        }
        return {
            **case.id_to_object(self._id),
            "frameworkType": "Occupational standards",
            "caseVersion": case.CASE_VERSION,
            "creator": facts[v.PUBLISHER] or "not stated",
            case.TITLE: self._titles[self._id],
            **self._changed,
            **{name: value for name, value in optional.items() if value},
            **case.to_extension(**extension),
        }

    def _kept_tables(self) -> dict[str, list[_Row]]:
        """Return the rows of the tables for which CASE has no class, without their lines."""
        tables = self._tables
        return {
            "details": _kept(tables.details, (v.SECTION, v.NAME, v.VALUE, v.IS_INFERRED)),
            "sections": _kept(tables.sections, (v.HEADING, v.UNDER, v.TEXT, v.IS_INFERRED)),
            "version_log": _kept(
                tables.version_log,
                (v.VERSION, v.CHANGE_DETAIL, v.EARLIEST_START_DATE, v.LATEST_START_DATE, v.LATEST_END_DATE),
            ),
            "findings": [
                {name: row[name] for name in (v.RULE, v.SEVERITY)}
                | {v.MESSAGE: row[v.MESSAGE].removeprefix(case.OF_EXPORTED_TEXT)}
                for row in frame_to_dicts(tables.findings)
                if case.is_of_reading(row[v.RULE], row[v.SEVERITY])
            ],
            "overall_grades": [
                {
                    "grades": {self._code(row[v.METHOD_ID]): row[v.GRADE] for row in frame_to_dicts(rows)},
                    v.OVERALL_GRADE: rows[v.OVERALL_GRADE].iloc[0],
                }
                for _, rows in tables.overall_grades.groupby(v.POSITION, sort=True)
            ],
        }

    def _code(self, name: str) -> str:
        return name.removeprefix(f"{self._id}:")

    def _item(self, name: str, text: str, item_type: str, **extension: object) -> _Row:
        self._titles[name] = text
        return {
            **case.id_to_object(name),
            case.FULL_STATEMENT: text,
            case.ITEM_TYPE: item_type,
            case.CODING_SCHEME: self._code(name),
            **self._changed,
            **case.to_extension(**extension),
        }

    def _all_items(self) -> Iterator[_Row]:
        tables = self._tables
        occurrences = dict(list(tables.occurrences.groupby(v.STATEMENT_ID, sort=False)))
        for row in frame_to_dicts(tables.statements):
            name, text = row[v.STATEMENT_ID], row[v.TEXT]
            printed = (
                [_to_printed(place, text) for place in frame_to_dicts(occurrences[name])]
                if name in occurrences
                else []
            )
            extension = {"occurrences": printed, v.IS_MANDATORY: row[v.IS_MANDATORY], v.GUID: row[v.GUID]}
            yield self._item(name, text, row[v.KIND].capitalize(), **extension)
        for row in frame_to_dicts(tables.duties):
            yield self._item(row[v.DUTY_ID], row[v.TEXT], v.DUTY.capitalize(), option=row[v.OPTION])
        for row in frame_to_dicts(tables.methods):
            others = [name for name in row[v.OTHER_NAMES].split("; ") if name]
            yield self._item(row[v.METHOD_ID], row[v.NAME], _METHOD, other_names=others)
        for row in frame_to_dicts(tables.themes):
            yield self._item(row[v.THEME_ID], row[v.NAME], _THEME, option=row[v.OPTION])
        for row in frame_to_dicts(tables.descriptors):
            yield self._item(row[v.DESCRIPTOR_ID], row[v.TEXT], _DESCRIPTOR, grade=row[v.GRADE])

    def _associations(self) -> Iterator[_Row]:
        tables = self._tables
        theme_methods = dict(zip(tables.themes[v.THEME_ID], tables.themes[v.METHOD_ID], strict=True))
        themes = dict(zip(tables.descriptors[v.DESCRIPTOR_ID], tables.descriptors[v.THEME_ID], strict=True))
        above = {**theme_methods, **themes}
        for at, name in enumerate(list(self._titles)[1:], start=1):
            yield self._association(name, case.CHILD_OF, above.get(name) or self._id, at)
        for group in self._groups:
            for at, row in enumerate(frame_to_dicts(group.frame), start=1):
                origin, destination = row[group.origin], row[group.destination]
                if origin in self._titles and destination in self._titles:
                    option = row.get(v.OPTION) or ""
                    yield self._association(origin, group.kind, destination, at, group.title, option=option)

    def _association(
        self, origin: str, kind: str, destination: str, at: int, group: str = "", *, option: str = ""
    ) -> _Row:
        name = ":".join(filter(None, (self._id, "association", origin, kind, destination, option)))
        link = {case.GROUPING_URI: case.id_to_link(self._group_name(group), group)} if group else {}
        return {
            **case.id_to_object(name),
            case.ASSOCIATION_TYPE: kind,
            case.SEQUENCE: at,
            case.ORIGIN: case.id_to_link(origin, self._titles[origin]),
            case.DESTINATION: case.id_to_link(destination, self._titles[destination]),
            **link,
            **self._changed,
            **case.to_extension(option=option),
        }

    def _group_name(self, group: str) -> str:
        return f"{self._id}:group:{group.replace(' ', '-')}"

    def _groupings(self) -> Iterator[_Row]:
        for group in self._groups:
            if len(group.frame):
                text = {case.TITLE: group.title, "description": group.description}
                yield {**case.id_to_object(self._group_name(group.title)), **text, **self._changed}


def _kept(frame: pd.DataFrame, columns: Sequence[str]) -> list[_Row]:
    """Return rows of a table, without cells that are empty or false."""
    return [
        {name: row[name] for name in columns if row[name] not in ("", None, False)}
        for row in frame_to_dicts(frame)
    ]


def _to_printed(row: _Row, text: str) -> _Row:
    """Return where a statement is printed, with its wording there if that is another one."""
    cells = {
        v.SECTION: row[v.SECTION],
        v.TEXT: "" if row[v.TEXT] == text else row[v.TEXT],
        v.OPTION: row[v.OPTION],
        v.IS_TRUNCATED: row[v.IS_TRUNCATED] or None,
    }
    return {name: value for name, value in cells.items() if value}
