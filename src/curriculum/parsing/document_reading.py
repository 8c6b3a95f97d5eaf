"""Parse documents, and read the versions that a user names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from curriculum.documents.document import Document
from curriculum.documents.named_documents import names_to_documents, refuse_same_ids
from curriculum.documents.register import check_document_id, folder_to_documents
from curriculum.errors import CurriculumError, raise_faults
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_kinds import document_kinds, name_to_kind
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.tables.carrier import Tables

__all__ = ["check_kinds", "documents_to_parsed", "names_to_version_documents", "names_to_versions"]


def documents_to_parsed(
    documents: tuple[Document, ...], progress: Progress = silent
) -> tuple[ParsedDocument, ...]:
    """Parse documents; raise with every fault of every document at once.

    Raises
    ------
    UnsupportedFormat, UnreadableFile, Faults
        If a text cannot be parsed.
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


def check_kinds(names: Sequence[str]) -> None:
    """Refuse the name of a kind of document that there is not; an empty name is none.

    Raises
    ------
    NotFound
        With the names that there are.
    """
    for name in filter(None, names):
        name_to_kind(name, document_kinds())


def names_to_version_documents(
    names: Sequence[str | Path], raw: str | Path, ids: Sequence[str] = (), kinds: Sequence[str] = ()
) -> tuple[Document, ...]:
    """Read the documents of several versions.

    Parameters
    ----------
    names, raw, ids
        As for `names_to_versions`.
    kinds
        The name of the kind of each; an empty text, or none at all, for kinds that are to be found.

    Raises
    ------
    NotFound
        If there is no kind of this name.
    InvalidInput
        If two of the versions have the same id.
    CurriculumError
        If a document cannot be read.
    """
    for document_id in filter(None, ids):
        check_document_id(document_id)
    check_kinds(kinds)
    documents = names_to_documents(tuple(names), raw, kinds)
    if ids:
        pairs = zip(documents, ids, strict=True)
        documents = tuple(
            replace(document, document_id=new or document.document_id) for document, new in pairs
        )
    # `link`, which takes other ids, gives an empty one for each document.
    refuse_same_ids(
        documents, "or give one another id with --old-id or --new-id (old_id, new_id)" if ids else ""
    )
    return documents


def names_to_versions(
    names: Sequence[str | Path],
    raw: str | Path,
    ids: Sequence[str] = (),
    *,
    kinds: Sequence[str] = (),
    with_registered: bool = False,
) -> tuple[Tables, tuple[str, ...]]:
    """Return the tables of several versions, without findings, and their ids.

    Parameters
    ----------
    names
        A registered id or a path for each version.
    raw
        The raw folder with the register.
    ids
        An id for each version to use instead; an empty text keeps the id of the document.
    kinds
        The name of the kind of each; an empty text, or none at all, for kinds that are to be found.
    with_registered
        Whether the tables also have all other documents of the register.

    Raises
    ------
    InvalidInput
        If two of the versions have the same id.
    CurriculumError
        If a document cannot be read.
    """
    documents = names_to_version_documents(names, raw, ids, kinds)
    others = folder_to_documents(raw) if with_registered and Path(raw).is_dir() else ()
    every = {document.document_id: document for document in (*others, *documents)}
    tables = parsed_to_tables(documents_to_parsed(tuple(every.values())))
    return tables, tuple(document.document_id for document in documents)
