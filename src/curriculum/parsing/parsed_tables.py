"""Parsed documents become tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING

from curriculum.documents.document import Document
from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.table_rows import parsed_to_rows
from curriculum.tables.carrier import Tables, check_keys
from curriculum.tables.schemas import rows_to_frame

if TYPE_CHECKING:
    pass

__all__ = ["documents_to_parsed", "parsed_to_tables"]


def parsed_to_tables(parsed: Iterable[ParsedDocument]) -> Tables:
    """Make the tables of parsed documents, in the order of their ids, every key checked.

    ``findings`` are those that the documents bring: of parsing alone, or of every rule
    (`curriculum.checks.all_findings.parsed_to_checked`).

    Raises
    ------
    InvalidInput
        If two documents have one id.
    InvalidTable
        If a row does not fit, or a key leads nowhere.
    """
    ordered = sorted(parsed, key=lambda one: one.document.document_id)
    _refuse_duplicates(ordered)
    rows = [parsed_to_rows(one) for one in ordered]
    frames = {
        field.name: rows_to_frame(field.name, [row for one in rows for row in one[field.name]])
        for field in fields(Tables)
    }
    return check_keys(Tables(**frames, read_from=None))


def _refuse_duplicates(ordered: Sequence[ParsedDocument]) -> None:
    raise_faults(
        [
            InvalidInput(
                f"two documents have the id {one.document.document_id}",
                where=f"{one.document.source} and {other.document.source}",
                advice="Rename one of the files: the id of a file is made of its name.",
            )
            for one, other in pairwise(ordered)
            if one.document.document_id == other.document.document_id
        ]
    )


def documents_to_parsed(
    documents: tuple[Document, ...], progress: Progress = silent
) -> tuple[ParsedDocument, ...]:
    """Parse documents, or tell every fault of every document at once.

    Raises
    ------
    UnsupportedFormat, UnreadableFile, Faults
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
