"""Order standards as versions: by what each prints, and by the name of its file; find copies of one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import pandas as pd

from curriculum.analysis.missing_versions import NamedVersion, log_to_named
from curriculum.analysis.version_chains import Chain, PlacedVersion, VersionFacts, facts_to_chains
from curriculum.analysis.version_facts import NOT_COMPARED
from curriculum.analysis.version_steps import tables_to_changes
from curriculum.documents.record import EmptyRecord
from curriculum.model import vocabulary as v
from curriculum.model.version_numbers import (
    text_to_reference_in_name,
    text_to_version_in_name,
    version_to_numbers,
)
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.tables.carrier import Tables
from curriculum.tables.joined_tables import join_tables

__all__ = ["ReadVersion", "chain_to_named", "standards_to_chains"]

_COMPARED: Final = ("statements", "duties", "methods", "themes", "descriptors")
# Rules that say that a text prints one thing in two ways, of which one is compared.
_CONTRADICTIONS: Final = frozenset(
    ("several-wordings", "option-differs", "theme-differs", "list-differs", "stated-differently")
)
_COUNTED: Final = (*_COMPARED, "duty_ksbs", "overall_grades", "details")


class ReadVersion(Protocol):
    """A version as it was read; a `Standard` is one."""

    @property
    def document_id(self) -> str:
        """Its id."""

    @property
    def parsed(self) -> ParsedDocument:
        """All that was read from it."""

    @property
    def tables(self) -> Tables:
        """Its tables."""


def standards_to_chains(
    standards: Sequence[ReadVersion],
    order: str,
    renamed: Mapping[str, str],
    pairs: Sequence[tuple[str, str]] = (),
) -> tuple[Chain, ...]:
    """Return the versions of each standard in order; a text that is there twice is left out once.

    Parameters
    ----------
    standards
        The versions.
    order
        `found` or `given`.
    renamed
        The id that a standard has elsewhere, by the one that it has here.
    pairs
        Pairs of ids of an old and a new document, as a register lists them.
    """
    by_id = {standard.document_id: standard for standard in standards}
    facts = [_to_facts(standard, renamed.get(standard.document_id, "")) for standard in standards]
    return tuple(_without_copies(chain, by_id) for chain in facts_to_chains(facts, order, pairs))


def _to_facts(standard: ReadVersion, other_id: str) -> VersionFacts:
    row = standard.tables.documents.to_dict("records")[0]
    source = standard.parsed.document.source
    name = Path(source).name
    named_reference, named_version = text_to_reference_in_name(name), text_to_version_in_name(name)
    reference = " ".join(row[v.REFERENCE].upper().split()) or named_reference
    version = row[v.VERSION] or (named_version if named_reference in ("", reference) else "")
    facts = standard.parsed.facts
    is_registered = (row[v.REFERENCE] and not facts.reference) or (row[v.VERSION] and not facts.version)
    inferred = []
    if is_registered:
        why = row[v.INFERRED] or "the reference or the version is that of the register, and is not printed"
        inferred.append(why.rstrip("."))
    if reference and not row[v.REFERENCE]:
        inferred.append(f"the reference {reference} is from the name of the file")
    if version and not row[v.VERSION]:
        inferred.append(f"the version {version} is from the name of the file")
    notes = [f"called {standard.document_id} here, as another document has the id {other_id}"] * bool(
        other_id
    )
    if version_to_numbers(named_version) not in ((), version_to_numbers(version)):
        notes.append(f"its text says version {version}, the name of the file {named_version}")
    return VersionFacts(
        standard.document_id,
        reference,
        version,
        row[v.TITLE],
        row[v.KIND],
        row[v.APPROVED_DATE],
        row[v.UPDATED_DATE],
        source,
        row[v.STATUS],
        "; ".join(inferred),
        "; ".join([*notes, *_findings_to_notes(standard)]),
    )


def _findings_to_notes(standard: ReadVersion) -> list[str]:
    """Return how many errors, and contradictions in its own text, a version has; nothing without any."""
    findings = standard.parsed.findings
    n_errors = sum(finding.severity == "error" for finding in findings)
    n_warnings = sum(
        finding.rule in _CONTRADICTIONS and finding.severity == "warning" for finding in findings
    )
    counts = ((n_errors, "error"), (n_warnings, "contradiction"))
    counted = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts if count]
    return [f"{' and '.join(counted)} in its own text (see the command check)"] if counted else []


def _without_copies(chain: Chain, by_id: Mapping[str, ReadVersion]) -> Chain:
    """Return a chain in which a version whose text another one of its number has is left out of the steps."""
    versions: list[PlacedVersion] = []
    for version in chain.versions:
        at = next((at for at, row in enumerate(versions) if _is_copy(row, version, by_id)), None)
        if at is None:
            versions.append(version)
        elif _n_rows(version, by_id) > _n_rows(versions[at], by_id):
            versions[at] = _as_copy(versions[at], version)
            versions.append(version)
        else:
            versions.append(_as_copy(version, versions[at]))
    return Chain(chain.reference, tuple(versions))


def _as_copy(version: PlacedVersion, twin: PlacedVersion) -> PlacedVersion:
    name = twin.facts.document_id
    note = f"the same text as {name} in all that both print; left out of the steps"
    return version.with_note(note, same_as=name)


def _n_rows(version: PlacedVersion, by_id: Mapping[str, ReadVersion]) -> int:
    """Return how many rows were read of a version: of two copies, the one that prints more is compared."""
    tables = by_id[version.facts.document_id].tables
    return sum(len(frame) for name, frame in tables.items() if name in _COUNTED)


def _is_copy(first: PlacedVersion, second: PlacedVersion, by_id: Mapping[str, ReadVersion]) -> bool:
    if first.same_as or first.facts.numbers != second.facts.numbers or not first.facts.numbers:
        return False
    older, newer = by_id[first.facts.document_id], by_id[second.facts.document_id]
    if older.parsed.document.lines == newer.parsed.document.lines:
        return True
    for name in _COMPARED:
        texts = [_to_texts(standard, name) for standard in (older, newer)]
        is_printed = all(texts) if name != "statements" else any(texts)
        if is_printed and texts[0] != texts[1]:
            return False
    changes = tables_to_changes(
        join_tables([older.tables, newer.tables]), older.document_id, newer.document_id, None
    )
    return all(row.change == NOT_COMPARED for row in changes)


def _to_texts(standard: ReadVersion, name: str) -> list[tuple[str, ...]]:
    """Return the codes and wordings of a table, as they are printed."""
    frame: pd.DataFrame = getattr(standard.tables, name)
    columns = [column for column in (v.CODE, v.GRADE, v.NAME, v.TEXT) if column in frame]
    return sorted(frame[columns].itertuples(index=False, name=None))


def chain_to_named(
    chain: Chain, by_id: Mapping[str, ReadVersion], empty: Iterable[EmptyRecord]
) -> Iterator[NamedVersion]:
    """Yield the versions that the logs and the files of a standard name, those of its newest version first.

    Parameters
    ----------
    chain
        The versions that are here.
    by_id
        All standards, by their ids.
    empty
        Records that hold no KSBs.
    """
    ids = [row.facts.document_id for row in reversed(chain.versions)]
    for document_id in ids:
        yield from log_to_named(by_id[document_id].tables.version_log)
    for record in empty:
        if record.reference.upper() == chain.reference:
            status = f"the record holds no KSBs (status: {record.status or 'none'})"
            yield NamedVersion(record.version, record.source, change_detail=status)
    for document_id in ids:
        document = by_id[document_id].parsed.document
        for other in document.versions:
            status = f"status: {other.status}" if other.status else ""
            yield NamedVersion(other.version, document.source.partition("#")[0], change_detail=status)
