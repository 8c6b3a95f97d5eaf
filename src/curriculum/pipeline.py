"""The main job: every registered document to tables, every registered pair to a crosswalk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from curriculum.checks import parsed_to_checked
from curriculum.crosswalk import link_documents, link_pairs
from curriculum.decisions.held import NO_DECISIONS, Held
from curriculum.errors import CurriculumError, DuplicateDocument, UnknownDocument, raise_faults
from curriculum.formats import crosswalk_to_files, is_built_name
from curriculum.known import name_to_nearest
from curriculum.outputs import MANIFEST_NAME, write_folder
from curriculum.parsing import ParsedDocument, parse_document
from curriculum.raw_folder import folder_to_voices, read_held
from curriculum.sources import (
    SOURCES_NAME,
    Document,
    check_document_id,
    folder_to_documents,
    folder_to_pairs,
    path_to_document,
    read_sources,
    registered_document,
)
from curriculum.tables import Tables, parsed_to_tables, tables_to_files

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Built",
    "Linked",
    "build",
    "check",
    "documents_to_parsed",
    "folder_to_voices",
    "graph",
    "link",
    "name_to_document",
    "names_to_documents",
    "parse",
    "read_held",
]

Progress = Callable[[str], None]
# Of documents: ids that are registered, or paths; one alone will do.
Names = str | Path | Sequence[str | Path]


def _silent(step: str) -> None:
    del step


@dataclass(frozen=True)
class Built:
    """What a build gave.

    Attributes
    ----------
    tables
        The tables of all documents.
    crosswalk
        The crosswalks of all pairs, as one table.
    files
        The names of the files that were written.
    was_mixed
        Whether the folder held a mixture of runs before, as a run was cut off or a file changed.
    kept
        The names under which files that a person had changed are kept beside.
    held
        The decisions that were laid over the proposals.
    foreign
        The lines of the manifest that stood there which name what no run has written.
    """

    tables: Tables
    crosswalk: pd.DataFrame
    files: tuple[str, ...]
    was_mixed: bool
    kept: tuple[str, ...]
    held: Held = NO_DECISIONS
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True)
class Linked:
    """What linking two documents gave.

    Attributes
    ----------
    crosswalk
        Their crosswalk.
    held
        The decisions that were laid over the proposals.
    """

    crosswalk: pd.DataFrame
    held: Held


def documents_to_parsed(
    documents: tuple[Document, ...], progress: Progress = _silent
) -> tuple[ParsedDocument, ...]:
    """Parse documents, or tell every fault of every document at once.

    Raises
    ------
    UnknownKind, MissingSection, Faults
        As the texts have it.
    """
    parsed: list[ParsedDocument] = []
    faults: list[CurriculumError] = []
    for document in documents:
        progress(f"parse {document.document_id}")
        try:
            parsed.append(parse_document(document))
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return tuple(parsed)


def build(
    raw: str | Path,
    out: str | Path,
    progress: Progress = _silent,
    decisions: str | Path | None = None,
    with_decisions: bool = True,
) -> Built:
    """Build every table and crosswalk of a raw folder, and write them.

    Parameters
    ----------
    raw
        The folder of the documents, with its registers.
    out
        The folder to write; a manifest of hashes is written last.
    progress
        Is called with the name of each step before it is done.
    decisions
        The folder of what reviewers decided, by default that of the raw folder.
    with_decisions
        Whether decisions are laid over the proposals.

    Returns
    -------
    Built

    Raises
    ------
    CurriculumError
        Nothing is written if any document or decision is faulty.
    """
    raw, out = Path(raw), Path(out)
    documents = folder_to_documents(raw, lambda name: progress(f"read {name}"))
    pairs = folder_to_pairs(raw)
    tables = parsed_to_tables(map(parsed_to_checked, documents_to_parsed(documents, progress)))
    held = read_held(raw, tables, decisions, with_decisions)
    crosswalk = link_pairs(tables, pairs, folder_to_voices(raw), progress, decisions=held.decisions)
    progress("write")
    files = {**tables_to_files(tables), **crosswalk_to_files(crosswalk)}
    kept, was_mixed, foreign = write_folder(out, files, is_built_name)
    return Built(tables, crosswalk, (*sorted(files), MANIFEST_NAME), was_mixed, kept, held, foreign)


def _advice(path: Path, raw: Path, known: Sequence[str]) -> str:
    """Name the files beside, or the ids, that a person may have meant."""
    beside = sorted(one.name for one in path.parent.iterdir()) if path.parent.is_dir() else []
    meant = [name for name in beside if Path(name).stem == path.name]
    meant = meant or get_close_matches(path.name, beside, n=2, cutoff=0.7) or name_to_nearest(path, known)
    if meant:
        return f"Did you mean {' or '.join(meant)}?"
    advice = "Check the spelling and the folder that you are in; put a name with spaces into quotes."
    return (
        advice if raw.is_dir() else f"{advice} There is no folder {raw.as_posix()} here: name it with --raw."
    )


def name_to_document(name: str | Path, raw: str | Path) -> Document:
    """Give the document that a person means: an id that is registered, or a path.

    Raises
    ------
    UnknownDocument
        If it is neither.
    """
    name, raw = str(name), Path(raw)
    registered = registered_document(raw, name)
    if registered:
        return registered
    path = Path(name)
    if not name or not path.exists():
        register = raw / SOURCES_NAME
        known = [row.document_id for row in read_sources(raw)] if register.exists() else []
        told = f" ({', '.join(known)})" if known else ""
        raise UnknownDocument(
            "neither a registered document nor a file",
            where=name or "an empty name",
            expected=f"an id of {register.as_posix()}{told}, or the path of a text",
            found="no file of that name",
            advice=_advice(path, raw, known),
        )
    return path_to_document(path)


def names_to_documents(names: Names, raw: str | Path) -> tuple[Document, ...]:
    """Give the documents that a person means, or tell every fault of every name at once."""
    documents: list[Document] = []
    faults: list[CurriculumError] = []
    for name in (names,) if isinstance(names, str | Path) else names:
        try:
            documents.append(name_to_document(name, raw))
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return tuple(documents)


def parse(names: Names, raw: str | Path) -> tuple[Tables, tuple[ParsedDocument, ...]]:
    """Parse the documents that a person names into tables.

    Raises
    ------
    CurriculumError
        Every fault of every document at once.
    """
    parsed = tuple(map(parsed_to_checked, documents_to_parsed(names_to_documents(names, raw))))
    return parsed_to_tables(parsed), parsed


def graph(name: str | Path, raw: str | Path) -> nx.DiGraph:
    """Give the graph of the document that a person names.

    Raises
    ------
    CurriculumError
        If it cannot be read.
    """
    # Fetched late: nothing else here needs networkx.
    from curriculum.graph import tables_to_graph

    (parsed,) = documents_to_parsed((name_to_document(name, raw),))
    return tables_to_graph(parsed_to_tables([parsed]), parsed.document.document_id)


def check(names: Names, raw: str | Path) -> Tables:
    """Give the tables, with all findings, of the documents that a person names, or of all registered.

    Raises
    ------
    CurriculumError
        Every fault of every document at once.
    """
    documents = names_to_documents(names, raw) if names else folder_to_documents(raw)
    return parsed_to_tables(map(parsed_to_checked, documents_to_parsed(documents)))


def link(
    old: str | Path,
    new: str | Path,
    raw: str | Path,
    *,
    old_id: str = "",
    new_id: str = "",
    thesaurus: str | Path | None = None,
    progress: Progress = _silent,
    decisions: str | Path | None = None,
    with_decisions: bool = True,
) -> Linked:
    """Give the crosswalk between two documents that a person names.

    Parameters
    ----------
    old, new
        An id that is registered in ``raw``, or a path.
    raw
        The raw folder.
    old_id, new_id
        Ids to give the documents instead of their own.
    thesaurus
        A thesaurus of one's own, instead of that of the raw folder.
    progress
        Is called with the name of each step before it is done.
    decisions
        The folder of what reviewers decided, by default that of the raw folder.
    with_decisions
        Whether decisions are laid over the proposals.

    Returns
    -------
    Linked

    Raises
    ------
    DuplicateDocument
        If both have one id.
    CurriculumError
        If either, the thesaurus or a decision cannot be read.
    """
    for given in filter(None, (old_id, new_id)):
        check_document_id(given)
    documents = names_to_documents((old, new), raw)
    first, second = (
        replace(document, document_id=given or document.document_id)
        for document, given in zip(documents, (old_id, new_id), strict=True)
    )
    if first.document_id == second.document_id:
        raise DuplicateDocument(
            f"both documents have the id {first.document_id}",
            where=f"{first.source} and {second.source}",
            expected="two documents with an id each",
            advice="Name two documents; if they are two, tell them apart with --old-id or --new-id.",
        )
    voices = folder_to_voices(raw, thesaurus)
    tables = parsed_to_tables(documents_to_parsed((first, second)))
    held = read_held(raw, tables, decisions, with_decisions, is_whole=False)
    pair = (first.document_id, second.document_id)
    return Linked(link_documents(tables, *pair, voices, progress, decisions=held.decisions), held)
