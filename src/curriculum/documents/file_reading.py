"""Read a file of any supported format as a `Document`."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from curriculum.documents.delimited_tables import lines_to_delimited_cells
from curriculum.documents.document import (
    Document,
    Registration,
    path_to_document_id,
    text_to_document_id,
)
from curriculum.documents.json_stream import ByteSource, is_json
from curriculum.documents.markdown_signs import has_markdown_name, is_markdown
from curriculum.documents.table_cells import Cell, Content
from curriculum.documents.text_tables import lines_to_table_cells
from curriculum.documents.yaml_signs import is_yaml
from curriculum.errors import CurriculumError, refuse_more
from curriculum.files.encodings import (
    bytes_to_text,
    open_regular,
    path_to_bytes,
    path_to_escaped,
    text_to_lines,
)
from curriculum.files.file_signatures import FileFormat, bytes_to_format, is_flat_open_document, is_page
from curriculum.files.limits import time_limit

__all__ = ["READ_SUFFIXES", "bytes_to_content", "bytes_to_document", "path_to_document", "path_to_documents"]

_TABLE_SUFFIXES = (".csv", ".tsv")
# A sheet of a workbook, or a document of YAML, is chosen when the file is read.
_WITH_PARTS = frozenset(("xlsx", "yaml"))
# Files of a raw folder that must be in its register. Markdown is read too, but such folders hold notes in it.
READ_SUFFIXES = (".txt", ".html", ".htm", ".docx", ".odt", ".rtf", ".pdf", ".json")
# The largest text that is read, in any format. The longest standards have some 5,000 lines and 500,000
# bytes; a text within these limits is parsed and checked in some ten seconds.
MAX_TEXT_BYTES = 20_000_000
MAX_MARKDOWN = 2_000_000
MAX_JSON_BYTES = 1_000_000_000
PEEKED_BYTES = 1_000
MAX_LINES = 8_000
MAX_LINE = 200_000
MAX_TABS = 100_000
MAX_CELLS = 100_000


def bytes_to_content(data: bytes, where: str, part: str = "") -> tuple[Content, str]:
    """Return the lines of a file and the cells of its tables.

    Its format is found from its bytes; of texts, Markdown is known by the ending of the name, too.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.
    part
        The name of the sheet of a workbook, or the place of a document in YAML; by default the only one.

    Returns
    -------
    tuple
        The content, and how it was read: the encoding of a text or of Markdown, `html`, `docx`, `odt`,
        `rtf`, `pdf`, `xlsx` or `yaml`.

    Raises
    ------
    UnreadableFile, UnsupportedFormat
        If the bytes are no text of a supported format, or are damaged.
    """
    with time_limit(where):
        content, encoding = _bytes_to_content(data, where, part)
    _refuse_more(where, len(content.lines), MAX_LINES, "lines")
    _refuse_more(where, max(map(len, content.lines), default=0), MAX_LINE, "characters in a line")
    _refuse_more(where, sum(line.count("\t") for line in content.lines), MAX_TABS, "tabs")
    if not content.cells:
        content = content._replace(cells=_lines_to_cells(content.lines, where, encoding))
    _refuse_more(where, len(content.cells), MAX_CELLS, "cells of tables")
    return content, encoding


def _lines_to_cells(lines: tuple[str, ...], where: str, encoding: str) -> tuple[Cell, ...]:
    """Return the cells of a text; of a CSV only if its name says that it is one: texts have commas too."""
    is_table = encoding == "xlsx" or where.casefold().endswith(_TABLE_SUFFIXES)
    return (lines_to_delimited_cells(lines) if is_table else ()) or lines_to_table_cells(lines)


def _bytes_to_content(data: bytes, where: str, part: str) -> tuple[Content, str]:
    # A reader is loaded when a file of its format is read.
    if bytes_to_format(data) in (FileFormat.ZIP, FileFormat.RICH_TEXT) or is_flat_open_document(data):
        return _office_to_content(data, where, part)
    if bytes_to_format(data) is FileFormat.PDF:
        from curriculum.documents.pdf_document import pdf_to_content

        return pdf_to_content(data, where), "pdf"
    if is_page(data):
        from curriculum.documents.web_page import page_to_content

        return page_to_content(data, where), "html"
    _refuse_more(where, len(data), MAX_TEXT_BYTES, "bytes")
    text, encoding = bytes_to_text(data, where)
    if not has_markdown_name(where) and is_yaml(text, where):
        from curriculum.documents.yaml_lists import yaml_to_content

        return yaml_to_content(text, where, part), "yaml"
    lines = text_to_lines(text)
    if not is_markdown(where, lines):
        return Content(lines), encoding
    _refuse_more(where, len(lines), MAX_LINES, "lines")
    _refuse_more(where, max(map(len, lines), default=0), MAX_LINE, "characters in a line")
    _refuse_more(where, len(text), MAX_MARKDOWN, "characters of Markdown")
    from curriculum.documents.markdown_text import lines_to_markdown_content

    return lines_to_markdown_content(lines, where), encoding


def _office_to_content(data: bytes, where: str, part: str) -> tuple[Content, str]:
    from curriculum.documents.open_document_package import is_open_document
    from curriculum.documents.workbook_lines import is_workbook, workbook_to_content

    if bytes_to_format(data) is FileFormat.RICH_TEXT:
        from curriculum.documents.rich_text_file import rich_text_to_content

        return rich_text_to_content(data, where), "rtf"
    if is_workbook(data):
        return workbook_to_content(data, where, part), "xlsx"
    if is_open_document(data):
        from curriculum.documents.open_document import open_document_to_content

        return open_document_to_content(data, where), "odt"
    from curriculum.documents.word_document import word_to_content

    return word_to_content(data, where), "docx"


def _json_to_document(
    source: ByteSource, path: Path, record: str, registration: Registration | None
) -> Document:
    from curriculum.documents.json_files import json_to_document

    shown = path_to_escaped(path)
    with time_limit(shown):
        return json_to_document(source, path_to_escaped(Path(path.name)), shown, record, registration)


def _refuse_more(where: str, found: int, most: int, unit: str) -> None:
    advice = "Save each document as a separate file."
    refuse_more("too large for a text of a standard", where, found, most, unit, advice=advice)


def path_to_document(
    path: str | Path, registration: Registration | None = None, record: str = ""
) -> Document:
    """Read a file as a document.

    Parameters
    ----------
    path
        A plain text, a saved web page, a Word, OpenDocument or RTF file, or JSON; large JSON is not held in
        memory.
    registration
        Its row of `SOURCES.csv`; without one, its id is made from its name, or of a record from its reference
        and version.
    record
        The name of one of several standards in the file: of a record of JSON, such as `ST0116-1.1`; of a
        sheet of a workbook; in a text its title, its reference or its place.

    Returns
    -------
    Document

    Raises
    ------
    NotFound, UnreadableFile, UnsupportedFormat
        If the file does not exist, or is no text of a supported format.
    """
    path = Path(path)
    shown = path_to_escaped(path)
    with open_regular(path) as (file, size):
        if is_json(file.read(PEEKED_BYTES)):
            _refuse_more(shown, size, MAX_JSON_BYTES, "bytes")
            file.seek(0)
            return _json_to_document(file, path, record, registration)
    return bytes_to_document(path_to_bytes(path), path, registration, record)


def path_to_documents(path: str | Path, reference: str = "") -> Iterator[Document | CurriculumError]:
    """Yield each record of a JSON file as a document, one after the other, in bounded memory.

    A record that cannot be read is yielded as the error that says why.

    Parameters
    ----------
    path
        The file.
    reference
        The reference of the standard whose records are wanted; empty for all records.

    Raises
    ------
    NotFound, UnreadableFile, UnsupportedFormat
        If the file does not exist, or is no JSON.
    """
    from curriculum.documents.json_files import json_to_documents

    path = Path(path)
    shown = path_to_escaped(path)
    with open_regular(path) as (file, size):
        _refuse_more(shown, size, MAX_JSON_BYTES, "bytes")
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        yield from json_to_documents(file, path_to_escaped(path.name), shown, sha256, reference)


def bytes_to_document(
    data: bytes, path: str | Path, registration: Registration | None = None, record: str = ""
) -> Document:
    """Return the document in the bytes of a file; see `path_to_document`."""
    path = Path(path)
    sha256 = hashlib.sha256(data).hexdigest()
    shown = path_to_escaped(path)
    if is_json(data[:PEEKED_BYTES]):
        return _json_to_document(io.BytesIO(data), path, record, registration)
    content, encoding = bytes_to_content(data, shown, record)
    ending = f"#{record}" if record else ""
    name = f"{path_to_escaped(Path(path.name))}{ending}"
    known = registration or Registration(_part_to_id(path, record), name, sha256)
    return Document(
        known.document_id,
        content.lines,
        f"{shown}{ending}",
        sha256,
        encoding,
        known,
        content.cells,
        unread=content.unread,
        markup=content.markup,
        part="" if encoding in _WITH_PARTS else record,
        headings=dict(content.headings),
        furniture=dict(content.furniture),
        hidden=content.hidden,
        n_repaired=content.n_repaired,
        links=content.links,
    )


def _part_to_id(path: Path, part: str) -> str:
    """Return the id of a file, or of one of several standards in it."""
    whole = path_to_document_id(path)
    if not part:
        return whole
    return f"{whole}-{part}" if part.isdecimal() else text_to_document_id(part)
