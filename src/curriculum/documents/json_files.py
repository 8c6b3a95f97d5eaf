"""Read JSON as documents: a record of a standard, one of several by its name, or a list of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from curriculum.documents.case_documents import JSON_ENCODING, package_to_document, refuse_part
from curriculum.documents.case_reading import value_to_packages
from curriculum.documents.document import Document, Registration, path_to_document_id
from curriculum.documents.json_lists import value_to_code_list, value_to_unread
from curriculum.documents.json_stream import ByteSource, HashedSource, JsonReader, PlacedRecord
from curriculum.documents.record import OtherVersion
from curriculum.documents.record_reading import (
    record_to_name,
    record_to_options,
    record_to_status,
    value_to_record,
)
from curriculum.errors import CurriculumError, InvalidInput, NotFound, UnreadableFile

__all__ = ["JSON_ENCODING", "json_to_document", "json_to_documents"]

_NAMES_SHOWN = 12
_WORDS = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")


@dataclass
class _Found:
    """What was found in a file: the record that is wanted, and what is known about the others."""

    records: list[PlacedRecord] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    # By reference: the version, the status and the options of each record.
    versions: dict[str, list[OtherVersion]] = field(default_factory=dict)

    def add(self, record: PlacedRecord, wanted: str) -> None:
        """Count a record, and keep it if it is wanted, or may be."""
        name = record_to_name(record.value)
        reference, version, status = record_to_status(record.value)
        known = OtherVersion(version, status, record_to_options(record.value))
        self.versions.setdefault(reference.casefold(), []).append(known)
        self.names.append(name or f"(without a reference, {record.path})")
        if _is_wanted((name, reference, record.path), wanted) or (not wanted and not self.records):
            self.records.append(record)


def _is_wanted(names: Sequence[str], wanted: str) -> bool:
    return bool(wanted) and wanted.casefold() in map(str.casefold, names)


def json_to_document(
    source: ByteSource, name: str, shown: str, wanted: str = "", registration: Registration | None = None
) -> Document:
    """Read a document from JSON.

    Parameters
    ----------
    source
        Its bytes; they are read once, in bounded memory.
    name, shown
        The name of the file; and the file as a message should name it.
    wanted
        The name of the record: `ST0116-1.1`; a reference of which there is one version; or its place, as a
        JSON path. Of a package of CASE its title, its identifier or its place. Empty for a file with one of
        them or with a list of codes.
    registration
        Its row of `SOURCES.csv`.

    Raises
    ------
    InvalidInput
        If there are several records, or packages of CASE, and none is named.
    NotFound
        If there is no record, and no package, of this name.
    UnreadableFile, UnsupportedFormat
        If it is no JSON, or holds neither records nor a list of codes.
    """
    hashed = HashedSource(source)
    reader = JsonReader(hashed, shown)
    found = _Found()
    for record in reader.records():
        found.add(record, wanted)
    sha256 = hashed.sha256()
    if not found.names and (packages := value_to_packages(reader.rest))[0]:
        return package_to_document(packages, name, shown, sha256, wanted=wanted, registration=registration)
    if not found.names:
        refuse_part(reader.rest, shown)
    if not found.names and not wanted:
        return _list_to_document(reader.rest, name, shown, sha256, registration)
    chosen = _choose(found, shown, wanted)
    document = _record_to_document(
        chosen, name, shown, sha256, is_one_of_several=len(found.names) > 1, registration=registration
    )
    reference = record_to_status(chosen.value)[0].casefold()
    others = tuple(found.versions[reference]) if reference else ()
    return _with_rest(document, reader.rest, others)


def json_to_documents(
    source: ByteSource, name: str, shown: str, sha256: str, wanted: str = ""
) -> Iterator[Document | CurriculumError]:
    """Yield each record of a feed as a document, one after the other, in bounded memory.

    A record that cannot be read is yielded as the error that says why.

    Parameters
    ----------
    source, name, shown
        As for `json_to_document`.
    sha256
        The hash of the whole file.
    wanted
        The reference of the standard whose records are wanted; empty for all records.
    """
    for record in JsonReader(HashedSource(source), shown).records():
        if wanted and not _is_wanted(record_to_status(record.value)[:1], wanted):
            continue
        try:
            yield _record_to_document(record, name, shown, sha256, is_one_of_several=True)
        except CurriculumError as fault:
            yield fault


def _with_rest(document: Document, rest: object, others: tuple[OtherVersion, ...]) -> Document:
    return replace(document, unread=value_to_unread(rest), versions=others)


def _choose(found: _Found, shown: str, wanted: str) -> PlacedRecord:
    exact = [row for row in found.records if _is_wanted((record_to_name(row.value), row.path), wanted)]
    chosen = exact or found.records
    example = next((name for name in found.names if not name.startswith("(")), "ST0116-1.1")
    if not wanted and len(found.names) > 1:
        raise InvalidInput(
            "holds several standards",
            where=shown,
            expected=f"the name of one of them after #, such as {shown}#{example}",
            found=_names_to_shown(found.names),
            advice="Name the one to read.",
        )
    if not chosen:
        near = [name for name in found.names if name.casefold().startswith(f"{wanted.casefold()}-")]
        near = near or get_close_matches(wanted.upper(), found.names, n=3, cutoff=0.6)
        raise NotFound(
            f"holds no record {wanted}",
            where=shown,
            expected="the reference and version of a record",
            found=_names_to_shown(found.names),
            advice=f"Did you mean {' or '.join(near)}?" if near else "Check the name.",
        )
    if len(chosen) > 1:
        names = [row.path if exact else record_to_name(row.value) for row in chosen]
        raise InvalidInput(
            f"holds several records {wanted}",
            where=shown,
            expected="one" if exact else "a reference and a version, as the reference has several versions",
            found=_names_to_shown(names),
            advice=f"Name one, such as {shown}#{names[0]}.",
        )
    return chosen[0]


def _names_to_shown(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES_SHOWN:,} more" if len(names) > _NAMES_SHOWN else ""
    if not names:
        return "no records"
    return f"{_count(len(names), 'record')}: {', '.join(names[:_NAMES_SHOWN])}{more}"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _record_to_document(
    chosen: PlacedRecord,
    name: str,
    shown: str,
    sha256: str,
    *,
    is_one_of_several: bool,
    registration: Registration | None = None,
) -> Document:
    record_name = record_to_name(chosen.value)
    ending = f"#{record_name or chosen.path}" if is_one_of_several else ""
    record, lines = value_to_record(chosen.value, chosen.path)
    document_id = "-".join(_WORDS.findall(record_name.casefold())) or path_to_document_id(name)
    known = registration or Registration(document_id, f"{name}{ending}", sha256)
    return Document(known.document_id, lines, f"{shown}{ending}", sha256, JSON_ENCODING, known, record=record)


def _list_to_document(
    rest: object, name: str, shown: str, sha256: str, registration: Registration | None
) -> Document:
    read = value_to_code_list(rest)
    if not read.lines:
        first = "; ".join(f"{row.path}: {row.value[:40]}" for row in read.unread[:3])
        raise UnreadableFile(
            "JSON without a record of a standard and without a list of codes",
            where=shown,
            expected="referenceNumber with knowledges, skills and behaviours; or CFDocument with CFItems; or "
            '{"K1": "wording"}; or [{"code": "K1", "description": "wording"}]',
            found=f"{_count(len(read.unread), 'value')}{f' ({first})' if first else ''}",
            advice="Save the codes and their wordings in one of these forms, or as a CSV with the columns "
            "code and text.",
        )
    known = registration or Registration(path_to_document_id(name), name, sha256)
    return Document(known.document_id, read.lines, shown, sha256, JSON_ENCODING, known, unread=read.unread)
