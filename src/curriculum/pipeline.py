"""The main job: every registered document to tables, every registered pair to a crosswalk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from curriculum import vocabulary as v
from curriculum.checks import parsed_to_checked
from curriculum.crosswalk import link_documents, link_pairs
from curriculum.errors import CurriculumError, DuplicateDocument, UnknownDocument, raise_faults
from curriculum.evaluate import crosswalk_to_verdicts
from curriculum.formats import crosswalk_to_files
from curriculum.outputs import MANIFEST_NAME, is_mixed, write_folder
from curriculum.parsing import ParsedDocument, parse_document
from curriculum.reference import check_reference, read_reference
from curriculum.sources import (
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
    "graph",
    "link",
    "name_to_document",
    "parse",
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
    crosswalk = link_pairs(tables, pairs, progress)
    progress("write")
    files = {**tables_to_files(tables), **crosswalk_to_files(crosswalk)}
    was_mixed = is_mixed(out)
    kept = write_folder(out, files)
    return Built(tables, crosswalk, (*sorted(files), MANIFEST_NAME), was_mixed, kept)


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


def evaluate(path: Path, raw: Path) -> pd.DataFrame:
    """Propose the links of a reference's pairs anew, and judge each by the reference.

    Parameters
    ----------
    path
        The reference crosswalk.
    raw
        The raw folder, which holds its documents.

    Returns
    -------
    pandas.DataFrame
        As `crosswalk_to_verdicts` gives it.

    Raises
    ------
    CurriculumError
        If the reference or a document of it cannot be read.
    """
    reference = read_reference(path)
    pairs = tuple(dict.fromkeys((row.subject_source, row.object_source) for row in reference))
    names = tuple(dict.fromkeys(name for pair in pairs for name in pair))
    tables = parsed_to_tables(documents_to_parsed(_names_to_documents(names, raw)))
    check_reference(reference, tables.statements[v.STATEMENT_ID], path)
    return crosswalk_to_verdicts(link_pairs(tables, pairs), reference)


def link(old: str, new: str, raw: Path, old_id: str = "", new_id: str = "") -> pd.DataFrame:
    """Propose the crosswalk between two documents that a person names.

    Parameters
    ----------
    old, new
        An id that is registered in ``raw``, or a path.
    raw
        The raw folder.
    old_id, new_id
        Ids to give the documents instead of their own.

    Raises
    ------
    DuplicateDocument
        If both have one id.
    CurriculumError
        If either cannot be read.
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
    tables = parsed_to_tables(documents_to_parsed((first, second)))
    return link_documents(tables, first.document_id, second.document_id)
