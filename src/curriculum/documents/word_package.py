"""Open the package of a Word file, and check it before anything in it is parsed."""

from __future__ import annotations

import io
import zipfile
from typing import Any, NamedTuple

from curriculum.errors import UnreadableFile, UnsupportedFormat, missing_package, too_large
from curriculum.files.office_package import Limits, OfficeFormat, UnusualPackage, check_all_xml

__all__ = ["WordParts", "bytes_to_parts"]

# Tags and attributes of all parts: each takes memory many times its bytes, and a long standard has some
# 300,000.
LIMITS = Limits(members=5_000, unpacked=100_000_000, ratio=200, xml_bytes=100_000_000, tags=2_000_000)
_SAVE_AS_TEXT = "Open it in Word and save it as Word Document (.docx), or as plain text (UTF-8)."
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EXCEL = "an Excel workbook"
_SAVE_AS_CSV = "Save the sheet with the codes as CSV; its first line must be code,text."
_FORMATS = (
    ("xl/", _EXCEL),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an e-book"),
)


class WordParts(NamedTuple):
    """The roots of the parts that contain text; None for a part that is missing.

    ``headers`` are those of the headers of pages.
    """

    body: Any
    styles: Any
    numbering: Any
    headers: tuple[Any, ...] = ()


def bytes_to_parts(data: bytes, where: str) -> WordParts:
    """Open a Word file.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    WordParts

    Raises
    ------
    UnreadableFile
        If it is too large.
    UnsupportedFormat
        If it is not a Word file, is damaged, or the extra ``documents`` is not installed.
    """
    with _WORD.open(data, where) as package:
        _refuse_other_packages(package, where)
        return _WORD.guarded(lambda: _package_to_parts(package, data, where), where)


def _other(where: str, found: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        "not a Word file",
        where=where,
        expected="a Word Document (.docx)",
        found=found,
        advice=_SAVE_AS_CSV if found == _EXCEL else _SAVE_AS_TEXT,
    )


def _damaged(where: str, found: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        "cannot be opened as a Word file",
        where=where,
        expected="a Word Document (.docx)",
        found=found,
        advice=_SAVE_AS_TEXT,
    )


def _too_large(where: str, found: int, most: int, unit: str) -> UnreadableFile:
    advice = "Put each document into a separate file, and save it without pictures."
    return too_large("too large for the Word file of a standard", where, found, most, unit, advice=advice)


_WORD = OfficeFormat(LIMITS, _other, _damaged, _too_large)


def _refuse_other_packages(package: zipfile.ZipFile, where: str) -> None:
    names = package.namelist()
    other = [found for start, found in _FORMATS if any(name.startswith(start) for name in names)]
    if "[Content_Types].xml" not in names or (other and not any(n.startswith("word/") for n in names)):
        raise _other(where, other[0] if other else f"a zip file of {len(names)} other files")


def _package_to_parts(package: zipfile.ZipFile, data: bytes, where: str) -> WordParts:
    check_all_xml(package, LIMITS)
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or b"template.main" in types:
        raise _other(where, "a template or a document with macros")
    try:
        from docx import Document
        from docx.opc.constants import RELATIONSHIP_TYPE
    except ImportError as fault:
        raise missing_package("a Word file", "python-docx", where) from fault
    part = Document(io.BytesIO(data)).part
    related = {relation.reltype: relation for relation in part.rels.values() if not relation.is_external}
    kinds = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING)
    styles, numbering = (related[kind].target_part.element if kind in related else None for kind in kinds)
    headers = tuple(
        relation.target_part.element
        for relation in part.rels.values()
        if not relation.is_external and relation.reltype == RELATIONSHIP_TYPE.HEADER
    )
    for root in (part.element, styles, numbering, *headers):
        # A declaration in an encoding in which `check_all_xml` does not find it.
        if root is not None and root.getroottree().docinfo.doctype:
            raise UnusualPackage("a document type declaration")
    body = part.element.find(f"{_W}body")
    if body is None:
        raise _other(where, "a document without a body")
    return WordParts(body, styles, numbering, headers)
