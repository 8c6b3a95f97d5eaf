"""An official record: a standard as Skills England publishes it as data, with an id for each KSB and duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from curriculum.documents.record import Record
from curriculum.errors import UnreadableFile
from curriculum.model.vocabulary import OFFICIAL_RECORD
from curriculum.parsing.document_kind import KSB_FAMILIES, DocumentKind, DocumentText
from curriculum.parsing.record_findings import record_to_findings
from curriculum.parsing.rows import Detail, Duty, DutyKsb, Facts, Occurrence, Rows, Section

__all__ = ["KIND"]

_KSBS = "KSBs"
_OVERVIEW = "Overview of role"
# Where each KSB and duty is in the data, and the ids of duties.
JSON_PATH = "JSON path"
DUTY_GUID = "GUID of the duty"
OPTIONS = "options"


def _recognise(text: DocumentText) -> str:
    record = text.document.record
    if record is None:
        return ""
    return f"the fields of a record of Skills England ({len(record.statements)} KSBs, by position)"


def _text_to_rows(text: DocumentText) -> Rows:
    """Return the rows of a record.

    Raises
    ------
    UnreadableFile
        If it has no KSBs.
    """
    record = text.document.record
    if record is None:
        return Rows()
    if not record.statements:
        raise _no_ksbs(record, text.document.source)
    return Rows(
        details=tuple(_record_to_details(record)),
        sections=_record_to_sections(record, text.document.lines),
        occurrences=tuple(
            Occurrence(row.code, _KSBS, row.text, row.line, row.line, guid=row.guid)
            for row in record.statements
        ),
        duties=tuple(Duty(row.code, row.option, row.text, row.line, row.line) for row in record.duties),
        duty_ksbs=tuple(
            DutyKsb(row.code, code, row.codes_line, row.codes_line)
            for row in record.duties
            for code in row.codes
        ),
        markers=record.markers,
        findings=tuple(record_to_findings(text.document)),
    )


def _no_ksbs(record: Record, where: str) -> UnreadableFile:
    status = record.status or "no status"
    is_open = "development" in status.casefold() or "proposal" in status.casefold()
    return UnreadableFile(
        "in development: the record holds no KSBs yet" if is_open else "the record holds no KSBs",
        where=where,
        expected="knowledge, skills or behaviours with a wording",
        found=f"none (status: {status})",
        advice="Take the record again when the standard is approved, or take another version."
        if is_open
        else "The KSBs of some standards are only in a document: take its web page or its Word file.",
    )


def _record_to_details(record: Record) -> Iterator[Detail]:
    for row in record.fields:
        yield Detail(row.section, row.name, row.value, row.line, row.line)
    first = record.markers[0]
    for option, title in record.options:
        yield Detail(OPTIONS, title, option, first, first)
    for statement in record.statements:
        yield Detail(JSON_PATH, statement.code, statement.path, statement.line, statement.line)
    for duty in record.duties:
        yield Detail(JSON_PATH, duty.code, duty.path, duty.line, duty.line)
        if duty.guid:
            yield Detail(DUTY_GUID, duty.code, duty.guid, duty.line, duty.line)


def _record_to_sections(record: Record, lines: tuple[str, ...]) -> tuple[Section, ...]:
    first, last = record.overview
    if not first:
        return ()
    return (Section(_OVERVIEW, "", "\n".join(lines[first - 1 : last]), first, last),)


def _to_facts(text: DocumentText, rows: Rows) -> Facts:
    del rows
    record = text.document.record
    if record is None:
        return Facts()
    return Facts(
        title=record.title,
        reference=record.reference,
        version=record.version,
        level=record.level,
        status=record.status,
        approved_date=record.approved,
        updated_date=record.updated,
    )


KIND: Final = DocumentKind(
    name=OFFICIAL_RECORD,
    description="a record of Skills England",
    file_endings=(".json",),
    recognise=_recognise,
    parse=_text_to_rows,
    facts=_to_facts,
    code_families=KSB_FAMILIES,
    has_prose_lines=False,
)
