"""Read versions as standards, and put them in order, each step linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import pandas as pd

from curriculum.analysis.code_history import crosswalk_to_renumbering
from curriculum.analysis.missing_versions import (
    MISSING_COLUMNS,
    NamedVersion,
    chain_to_missing,
    log_to_named,
    missing_between,
)
from curriculum.analysis.version_chains import Chain, PlacedVersion, VersionFacts, facts_to_chains
from curriculum.analysis.version_facts import NOT_COMPARED, documents_to_log
from curriculum.analysis.version_steps import VersionStep, tables_to_changes
from curriculum.documents.version_files import EmptyRecord
from curriculum.errors import InvalidInput
from curriculum.library.crosswalk_object import Crosswalk, link
from curriculum.library.link_basis import LinkSource
from curriculum.library.standard import Standard
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.model.version_numbers import (
    text_to_reference_in_name,
    text_to_version_in_name,
    version_to_numbers,
)
from curriculum.tables.carrier import Tables

__all__ = [
    "LinkedVersions",
    "refuse_no_order",
    "renamed_standards",
    "standards_to_chains",
    "standards_to_linked",
]

_COMPARED: Final = ("statements", "duties", "methods", "themes", "descriptors")
_COUNTED: Final = (*_COMPARED, "duty_ksbs", "overall_grades", "details")


@dataclass(frozen=True)
class LinkedVersions:
    """The versions of standards in order, and what follows from their texts.

    Attributes
    ----------
    chains
        The versions of each standard, the oldest first.
    steps, crosswalks
        The steps between them, and their links; a version without statements has no links.
    missing
        The versions that are not here.
    histories
        What each statement is called in each version.
    """

    chains: tuple[Chain, ...]
    steps: tuple[VersionStep, ...]
    crosswalks: tuple[Crosswalk, ...]
    missing: pd.DataFrame
    histories: pd.DataFrame


def standards_to_linked(
    standards: Sequence[Standard],
    project: LinkSource | None,
    order: str,
    *,
    empty: Sequence[EmptyRecord] = (),
    renamed: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> LinkedVersions:
    """Put standards in order, and link each to the next.

    Parameters
    ----------
    standards
        The versions, with ids that differ.
    project
        The project whose thesaurus and decisions are used.
    order
        `found`, or `given`: the standards are in the order in which they are named.
    empty
        Records that hold no KSBs, which are no versions to compare.
    renamed
        The id that a standard has elsewhere, by the one that it has here.
    progress
        Is called with the name of each step before it is done.

    Raises
    ------
    InvalidInput, Faults
        If the versions cannot be put in order.
    """
    by_id = {standard.document_id: standard for standard in standards}
    chains = standards_to_chains(standards, order, renamed or {})
    steps: list[VersionStep] = []
    crosswalks: list[Crosswalk] = []
    missing, histories = [], []
    for chain in chains:
        named = [*_chain_to_named(chain, by_id), *_empty_to_named(chain, empty)]
        missing.append(chain_to_missing(chain, named))
        between = missing_between(missing[-1], chain)
        tables = _join(*(by_id[row.facts.document_id].tables for row in chain.versions))
        of_chain = []
        for old, new in pairwise(chain.steps):
            pair = (old.facts.document_id, new.facts.document_id)
            progress(f"link {pair[0]} to {pair[1]}")
            crosswalk = _to_crosswalk(by_id[pair[0]], by_id[pair[1]], project)
            links = crosswalk.table if crosswalk else None
            changes = tables_to_changes(tables, *pair, links)
            log = documents_to_log(tables, chain, new.facts.version)
            steps.append(VersionStep(chain.reference, old, new, links, changes, between[pair], log))
            of_chain += [crosswalk] if crosswalk else []
        crosswalks += of_chain
        histories += _to_history(chain, tables, of_chain)
    return LinkedVersions(
        chains,
        tuple(steps),
        tuple(crosswalks),
        _rows_of(missing, MISSING_COLUMNS),
        _rows_of(histories, (v.REFERENCE, "last_seen", v.TEXT)),
    )


def _to_crosswalk(old: Standard, new: Standard, project: LinkSource | None) -> Crosswalk | None:
    """Return the links of two versions; None if one of them prints no statements."""
    return link(old, new, project) if len(old.statements) and len(new.statements) else None


def _to_history(chain: Chain, tables: Tables, crosswalks: Sequence[Crosswalk]) -> list[pd.DataFrame]:
    if not crosswalks:
        return []
    links = pd.concat([crosswalk.table for crosswalk in crosswalks], ignore_index=True)
    names = {name for crosswalk in crosswalks for name in crosswalk.pair}
    history = crosswalk_to_renumbering(_select(tables, names), links)
    return [history.assign(**{v.REFERENCE: chain.reference})[[v.REFERENCE, *history.columns]]]


def _select(tables: Tables, names: set[str]) -> Tables:
    """Return tables with the documents and statements of some documents alone."""
    documents, statements = (
        frame[frame[v.DOCUMENT_ID].isin(names)] for frame in (tables.documents, tables.statements)
    )
    return replace(tables, documents=documents, statements=statements, read_from=None)


def _rows_of(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """Return several tables as one; a cell that a table does not have is empty."""
    if not frames:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(frames, ignore_index=True).fillna("")


def _join(*tables: Tables) -> Tables:
    """Return the tables of several documents as one."""
    frames = {
        name: pd.concat([getattr(table, name) for table in tables], ignore_index=True)
        for name, _ in tables[0].items()
    }
    return Tables(**frames, read_from=None)


def standards_to_chains(
    standards: Sequence[Standard], order: str, renamed: Mapping[str, str]
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
    """
    by_id = {standard.document_id: standard for standard in standards}
    facts = [_to_facts(standard, renamed.get(standard.document_id, "")) for standard in standards]
    return tuple(_without_copies(chain, by_id) for chain in facts_to_chains(facts, order))


def _to_facts(standard: Standard, other_id: str) -> VersionFacts:
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
        said = row[v.INFERRED] or "the reference or the version is that of the register, and is not printed"
        inferred.append(said.rstrip("."))
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
        "; ".join([*notes, *_errors(standard)]),
    )


def _errors(standard: Standard) -> list[str]:
    """Return how many findings of severity error a version has, in words; nothing without one."""
    count = sum(finding.severity == "error" for finding in standard.parsed.findings)
    words = "an error was" if count == 1 else f"{count} errors were"
    return [f"{words} found in its text (see the command check)"] if count else []


def _without_copies(chain: Chain, by_id: Mapping[str, Standard]) -> Chain:
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


def _n_rows(version: PlacedVersion, by_id: Mapping[str, Standard]) -> int:
    """Return how many rows were read of a version: of two copies, the one that prints more is compared."""
    tables = by_id[version.facts.document_id].tables
    return sum(len(frame) for name, frame in tables.items() if name in _COUNTED)


def _is_copy(first: PlacedVersion, second: PlacedVersion, by_id: Mapping[str, Standard]) -> bool:
    if first.same_as or first.facts.numbers != second.facts.numbers or not first.facts.numbers:
        return False
    one, other = by_id[first.facts.document_id], by_id[second.facts.document_id]
    if one.parsed.document.sha256 == other.parsed.document.sha256 and (
        one.parsed.document.source == other.parsed.document.source
    ):
        return True
    for name in _COMPARED:
        texts = [_to_texts(standard, name) for standard in (one, other)]
        is_printed = all(texts) if name != "statements" else any(texts)
        if is_printed and texts[0] != texts[1]:
            return False
    changes = tables_to_changes(_join(one.tables, other.tables), one.document_id, other.document_id, None)
    return all(row.change == NOT_COMPARED for row in changes)


def _to_texts(standard: Standard, name: str) -> list[tuple[str, ...]]:
    """Return the codes and wordings of a table, as they are printed."""
    frame: pd.DataFrame = getattr(standard.tables, name)
    columns = [column for column in (v.CODE, v.GRADE, v.NAME, v.TEXT) if column in frame]
    return sorted(frame[columns].itertuples(index=False, name=None))


def _chain_to_named(chain: Chain, by_id: Mapping[str, Standard]) -> Iterator[NamedVersion]:
    """Yield the versions that the logs and the files of a standard's versions name, the newest first."""
    ids = [row.facts.document_id for row in reversed(chain.versions)]
    for document_id in ids:
        yield from log_to_named(by_id[document_id].tables.version_log, [document_id])
    for document_id in ids:
        document = by_id[document_id].parsed.document
        for other in document.versions:
            status = f"status: {other.status}" if other.status else ""
            yield NamedVersion(other.version, document.source.partition("#")[0], change_detail=status)


def _empty_to_named(chain: Chain, empty: Iterable[EmptyRecord]) -> Iterator[NamedVersion]:
    for row in empty:
        if row.reference.upper() == chain.reference:
            said = f"the record holds no KSBs (status: {row.status or 'none'})"
            yield NamedVersion(row.version, row.source, change_detail=said)


def refuse_no_order(order: str, orders: Sequence[str]) -> None:
    """Refuse a word for the order that there is not."""
    if order not in orders:
        raise InvalidInput(
            "no such order", where="order", expected=" or ".join(orders), found=repr(order)[:40]
        )


def renamed_standards(standards: Sequence[Standard]) -> tuple[tuple[Standard, ...], dict[str, str]]:
    """Return standards with ids that differ, and the id that each renamed one has elsewhere."""
    seen = {standard.document_id: 0 for standard in standards}
    taken = set(seen)
    renamed: dict[str, str] = {}
    different = []
    for standard in standards:
        own = standard.document_id
        seen[own] += 1
        if seen[own] > 1:
            number = seen[own]
            while f"{own}-{number}" in taken:
                number += 1
            new = f"{own}-{number}"
            taken.add(new)
            renamed[new] = own
            document = replace(standard.parsed.document, document_id=new)
            different.append(Standard(replace(standard.parsed, document=document), standard.project))
        else:
            different.append(standard)
    return tuple(different), renamed
