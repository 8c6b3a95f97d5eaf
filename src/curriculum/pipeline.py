"""The main job: every registered document to tables, every registered pair to a crosswalk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from curriculum import vocabulary as v
from curriculum.calibration import cross_validated_links
from curriculum.checks import parsed_to_checked
from curriculum.crosswalk import link_documents, link_pairs, link_to_weighed
from curriculum.errors import CurriculumError, DuplicateDocument, UnknownDocument, raise_faults
from curriculum.evaluate import crosswalk_to_verdicts
from curriculum.formats import crosswalk_to_files
from curriculum.linking import NO_THESAURUS, Voice, Weighed, default_voices, read_thesaurus
from curriculum.outputs import MANIFEST_NAME, is_mixed, write_folder
from curriculum.parsing import ParsedDocument, parse_document
from curriculum.reference import Reference, check_reference, read_reference, reference_to_pairs
from curriculum.sources import (
    THESAURUS_NAME,
    Document,
    check_document_id,
    folder_to_documents,
    folder_to_pairs,
    path_to_document,
    registered_document,
)
from curriculum.tables import Tables, parsed_to_tables, tables_to_files

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Built",
    "build",
    "check",
    "documents_to_parsed",
    "evaluate",
    "folder_to_voices",
    "graph",
    "link",
    "name_to_document",
    "parse",
    "reference_to_weighed",
]

Progress = Callable[[str], None]


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
    """

    tables: Tables
    crosswalk: pd.DataFrame
    files: tuple[str, ...]
    was_mixed: bool
    kept: tuple[str, ...]


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


def build(raw: Path, out: Path, progress: Progress = _silent) -> Built:
    """Build every table and crosswalk of a raw folder, and write them.

    Parameters
    ----------
    raw
        The folder of the documents, with its registers.
    out
        The folder to write; a manifest of hashes is written last.
    progress
        Is called with the name of each step before it is done.

    Returns
    -------
    Built

    Raises
    ------
    CurriculumError
        Nothing is written if any document is faulty.
    """
    documents = folder_to_documents(raw, lambda name: progress(f"read {name}"))
    pairs = folder_to_pairs(raw)
    tables = parsed_to_tables(map(parsed_to_checked, documents_to_parsed(documents, progress)))
    crosswalk = link_pairs(tables, pairs, folder_to_voices(raw), progress)
    progress("write")
    files = {**tables_to_files(tables), **crosswalk_to_files(crosswalk)}
    was_mixed = is_mixed(out)
    kept = write_folder(out, files)
    return Built(tables, crosswalk, (*sorted(files), MANIFEST_NAME), was_mixed, kept)


def folder_to_voices(
    raw: Path, thesaurus: Path | None = None, with_vectors: bool = True
) -> tuple[Voice, ...]:
    """Give the voices that speak for a pair of statements, with the thesaurus of a raw folder if it has one.

    Parameters
    ----------
    raw
        The raw folder.
    thesaurus
        Another thesaurus to take instead.
    with_vectors
        Whether to use word vectors, where they are installed.

    Raises
    ------
    MissingDocument, WrongThesaurus
        If the thesaurus is not there, or has rows that cannot be used.
    """
    path = thesaurus or raw / THESAURUS_NAME
    held = read_thesaurus(path) if thesaurus or path.exists() else NO_THESAURUS
    return default_voices(held, with_vectors)


def _advice(path: Path, raw: Path) -> str:
    """Name the files beside that a person may have meant."""
    beside = sorted(one.name for one in path.parent.iterdir()) if path.parent.is_dir() else []
    meant = [name for name in beside if Path(name).stem == path.name]
    meant = meant or get_close_matches(path.name, beside, n=2, cutoff=0.7)
    if meant:
        return f"Did you mean {' or '.join(meant)}?"
    advice = "Check the spelling and the folder that you are in; put a name with spaces into quotes."
    return (
        advice if raw.is_dir() else f"{advice} There is no folder {raw.as_posix()} here: name it with --raw."
    )


def name_to_document(name: str, raw: Path) -> Document:
    """Give the document that a person means: an id that is registered, or a path.

    Raises
    ------
    UnknownDocument
        If it is neither.
    """
    registered = registered_document(raw, name)
    if registered:
        return registered
    path = Path(name)
    if not name or not path.exists():
        raise UnknownDocument(
            "neither a registered document nor a file",
            where=name or "an empty name",
            expected=f"an id from {(raw / 'SOURCES.csv').as_posix()}, or the path of a text",
            found="no file of that name",
            advice=_advice(path, raw),
        )
    return path_to_document(path)


def _names_to_documents(names: tuple[str, ...], raw: Path) -> tuple[Document, ...]:
    documents: list[Document] = []
    faults: list[CurriculumError] = []
    for name in names:
        try:
            documents.append(name_to_document(name, raw))
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return tuple(documents)


def parse(names: tuple[str, ...], raw: Path) -> tuple[Tables, tuple[ParsedDocument, ...]]:
    """Parse the documents that a person names into tables.

    Raises
    ------
    CurriculumError
        Every fault of every document at once.
    """
    parsed = tuple(map(parsed_to_checked, documents_to_parsed(_names_to_documents(names, raw))))
    return parsed_to_tables(parsed), parsed


def graph(name: str, raw: Path) -> nx.DiGraph:
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


def check(names: tuple[str, ...], raw: Path) -> Tables:
    """Give the tables, with all findings, of the documents that a person names, or of all registered.

    Raises
    ------
    CurriculumError
        Every fault of every document at once.
    """
    documents = _names_to_documents(names, raw) if names else folder_to_documents(raw)
    return parsed_to_tables(map(parsed_to_checked, documents_to_parsed(documents)))


def _reference_to_tables(path: Path, raw: Path) -> tuple[tuple[Reference, ...], Tables]:
    """Read a reference, and the documents that it is about."""
    reference = read_reference(path)
    names = tuple(
        dict.fromkeys(name for row in reference for name in (row.subject_source, row.object_source))
    )
    tables = parsed_to_tables(documents_to_parsed(_names_to_documents(names, raw)))
    check_reference(reference, tables.statements[v.STATEMENT_ID], path)
    return reference, tables


def evaluate(path: Path, raw: Path, is_cross_validated: bool = False) -> pd.DataFrame:
    """Propose the links of a reference's pairs anew, and judge each by the reference.

    Parameters
    ----------
    path
        The reference crosswalk.
    raw
        The raw folder, which holds its documents.
    is_cross_validated
        Propose the links of each statement by a confidence that was fitted to the others.

    Returns
    -------
    pandas.DataFrame
        As `crosswalk_to_verdicts` gives it.

    Raises
    ------
    CurriculumError
        If the reference, a document of it or the thesaurus cannot be read.
    """
    if is_cross_validated:
        reference, weighed = reference_to_weighed(path, raw)
        return crosswalk_to_verdicts(cross_validated_links(weighed, reference), reference)
    reference, tables = _reference_to_tables(path, raw)
    return crosswalk_to_verdicts(
        link_pairs(tables, reference_to_pairs(reference), folder_to_voices(raw)), reference
    )


def reference_to_weighed(
    path: Path, raw: Path, voices: Sequence[Voice] | None = None
) -> tuple[tuple[Reference, ...], tuple[Weighed, ...]]:
    """Weigh the pairs of documents that a reference is about.

    Parameters
    ----------
    path
        The reference crosswalk.
    raw
        The raw folder, which holds its documents.
    voices
        What speaks for a pair of statements, by default what `folder_to_voices` gives.

    Returns
    -------
    tuple
        The reference, and its pairs in its own order.

    Raises
    ------
    CurriculumError
        If the reference, a document of it or the thesaurus cannot be read.
    """
    reference, tables = _reference_to_tables(path, raw)
    chosen = folder_to_voices(raw) if voices is None else voices
    weighed = tuple(link_to_weighed(tables, *pair, chosen) for pair in reference_to_pairs(reference))
    return reference, weighed


def link(
    old: str,
    new: str,
    raw: Path,
    *,
    old_id: str = "",
    new_id: str = "",
    thesaurus: Path | None = None,
    progress: Progress = _silent,
) -> pd.DataFrame:
    """Propose the crosswalk between two documents that a person names.

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

    Raises
    ------
    DuplicateDocument
        If both have one id.
    CurriculumError
        If either, or the thesaurus, cannot be read.
    """
    for given in filter(None, (old_id, new_id)):
        check_document_id(given)
    documents = _names_to_documents((old, new), raw)
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
    return link_documents(tables, first.document_id, second.document_id, voices, progress)
