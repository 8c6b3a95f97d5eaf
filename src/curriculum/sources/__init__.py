"""Bytes of a registered or a user's own file become a `Document`: its lines, and where they are from."""

from curriculum.sources.document import Document, Registration, path_to_document_id
from curriculum.sources.plain import bytes_to_text, path_to_bytes, text_to_lines
from curriculum.sources.reading import bytes_to_lines, path_to_document
from curriculum.sources.registry import (
    CROSSWALKS_NAME,
    SOURCES_NAME,
    THESAURUS_NAME,
    check_document_id,
    folder_to_documents,
    folder_to_pairs,
    read_crosswalks,
    read_sources,
    registered_document,
)
from curriculum.sources.table import path_to_table_rows

__all__ = [
    "CROSSWALKS_NAME",
    "SOURCES_NAME",
    "THESAURUS_NAME",
    "Document",
    "Registration",
    "bytes_to_lines",
    "bytes_to_text",
    "check_document_id",
    "folder_to_documents",
    "folder_to_pairs",
    "path_to_bytes",
    "path_to_document",
    "path_to_document_id",
    "path_to_table_rows",
    "read_crosswalks",
    "read_sources",
    "registered_document",
    "text_to_lines",
]
