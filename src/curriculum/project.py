"""The main job: every registered document to tables, every registered pair to a crosswalk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from curriculum.checks.all_findings import parsed_to_checked
from curriculum.crosswalk.crosswalk_files import crosswalk_to_files, is_built_name
from curriculum.crosswalk.linked_documents import link_documents, link_pairs
from curriculum.crosswalk.raw_folder import folder_to_scorers, read_valid_decisions
from curriculum.decisions.valid_decisions import NO_DECISIONS, ValidDecisions
from curriculum.documents.named_documents import Names, name_to_document, names_to_documents
from curriculum.documents.register import (
    check_document_id,
    folder_to_documents,
    folder_to_pairs,
)
from curriculum.errors import InvalidInput
from curriculum.files.output_folder import MANIFEST_NAME, write_folder
from curriculum.model.progress import Progress, silent
from curriculum.parsing.parsed_document import ParsedDocument
from curriculum.parsing.parsed_tables import documents_to_parsed, parsed_to_tables
from curriculum.tables.carrier import Tables
from curriculum.tables.csv_files import tables_to_files

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Built",
    "Linked",
    "build",
    "check",
    "folder_to_scorers",
    "graph",
    "link",
    "parse",
    "read_valid_decisions",
]


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
    held: ValidDecisions = NO_DECISIONS
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
    held: ValidDecisions


def build(
    raw: str | Path,
    out: str | Path,
    progress: Progress = silent,
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
    held = read_valid_decisions(raw, tables, decisions, with_decisions)
    crosswalk = link_pairs(tables, pairs, folder_to_scorers(raw), progress, decisions=held.decisions)
    progress("write")
    files = {**tables_to_files(tables), **crosswalk_to_files(crosswalk)}
    kept, was_mixed, foreign = write_folder(out, files, is_built_name)
    return Built(tables, crosswalk, (*sorted(files), MANIFEST_NAME), was_mixed, kept, held, foreign)


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
    """Return the graph of the document that a person names.

    Raises
    ------
    CurriculumError
        If it cannot be read.
    """
    # Fetched late: nothing else here needs networkx.
    from curriculum.analysis.standard_graph import tables_to_graph

    (parsed,) = documents_to_parsed((name_to_document(name, raw),))
    return tables_to_graph(parsed_to_tables([parsed]), parsed.document.document_id)


def check(names: Names, raw: str | Path) -> Tables:
    """Return the tables, with all findings, of the documents that a person names, or of all registered.

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
    progress: Progress = silent,
    decisions: str | Path | None = None,
    with_decisions: bool = True,
) -> Linked:
    """Return the crosswalk between two documents that a person names.

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
    InvalidInput
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
        raise InvalidInput(
            f"both documents have the id {first.document_id}",
            where=f"{first.source} and {second.source}",
            expected="two documents with an id each",
            advice="Name two documents; if they are two, tell them apart with --old-id or --new-id.",
        )
    scorers = folder_to_scorers(raw, thesaurus)
    tables = parsed_to_tables(documents_to_parsed((first, second)))
    held = read_valid_decisions(raw, tables, decisions, with_decisions, is_whole=False)
    pair = (first.document_id, second.document_id)
    return Linked(link_documents(tables, *pair, scorers, progress, decisions=held.decisions), held)
