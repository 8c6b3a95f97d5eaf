"""Read documents by name, parse them, and make tables of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path

from curriculum.documents.document import Document
from curriculum.documents.named_documents import names_to_documents, refuse_same_ids
from curriculum.documents.register import check_document_id, folder_to_documents
from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.table_rows import parsed_to_rows
from curriculum.tables.carrier import Tables, check_keys
from curriculum.tables.schemas import rows_to_frame

__all__ = ["documents_to_parsed", "names_to_versions", "parsed_to_tables"]


def parsed_to_tables(parsed: Iterable[ParsedDocument]) -> Tables:
    """Return the tables of parsed documents, in the order of their ids, with every key checked.

    ``findings`` holds the findings of the documents: those of parsing, or those of every rule
    (`curriculum.checks.all_findings.parsed_to_checked`).

    Raises
    ------
    InvalidInput
        If two documents have one id.
    InvalidTable
        If a row does not fit, or a key is in no table.
    """
    ordered = sorted(parsed, key=lambda result: result.document.document_id)
    _refuse_duplicates(ordered)
    rows = [parsed_to_rows(result) for result in ordered]
    frames = {
        field.name: rows_to_frame(field.name, [row for tables in rows for row in tables[field.name]])
        for field in fields(Tables)
    }
    return check_keys(Tables(**frames, read_from=None))


def _refuse_duplicates(ordered: Sequence[ParsedDocument]) -> None:
    raise_faults(
        [
            InvalidInput(
                f"two documents have the id {first.document.document_id}",
                where=f"{first.document.source} and {second.document.source}",
                advice="Rename one of the files: the id of a file is made of its name.",
            )
            for first, second in pairwise(ordered)
            if first.document.document_id == second.document.document_id
        ]
    )


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


def names_to_versions(
    names: Sequence[str | Path],
    raw: str | Path,
    ids: Sequence[str] = (),
    *,
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
    with_registered
        Whether the tables also have all other documents of the register.

    Raises
    ------
    InvalidInput
        If two of the versions have the same id.
    CurriculumError
        If a document cannot be read.
    """
    for document_id in filter(None, ids):
        check_document_id(document_id)
    documents = names_to_documents(tuple(names), raw)
    if ids:
        pairs = zip(documents, ids, strict=True)
        documents = tuple(
            replace(document, document_id=new or document.document_id) for document, new in pairs
        )
    refuse_same_ids(documents)
    others = folder_to_documents(raw) if with_registered and Path(raw).is_dir() else ()
    every = {document.document_id: document for document in (*others, *documents)}
    tables = parsed_to_tables(documents_to_parsed(tuple(every.values())))
    return tables, tuple(document.document_id for document in documents)
