"""The package of a Word file: a zip, checked before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from curriculum.errors import CurriculumError, UnreadableFile, UnsupportedFormat
from curriculum.files.zip_guard import Limits, bytes_to_package

__all__ = ["INSTALL_THE_EXTRA", "WordParts", "bytes_to_parts"]

INSTALL_THE_EXTRA = "Start curriculum with run.py, which installs it; or save the text as plain text (UTF-8)."
MAX_UNPACKED = 100_000_000
MAX_RATIO = 200
MAX_MEMBERS = 5_000
# Tags and attributes: each costs memory many times its bytes, and a long standard has some 300,000.
MAX_MARKS = 2_000_000
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
    """The roots of the parts that hold text; None for one that is not there."""

    body: Any
    styles: Any
    numbering: Any


def bytes_to_parts(data: bytes, where: str) -> WordParts:
    """Open a Word file, or refuse.

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
        If it is no Word file or a damaged one, or the extra ``documents`` is not installed.
    """
    limits = Limits(MAX_MEMBERS, MAX_UNPACKED, MAX_RATIO)
    refuse, too_large = partial(_unknown, where), partial(_too_large, where)
    with bytes_to_package(data, limits, refuse, too_large) as packed:
        _refuse_other_packages(packed, where)
        return _guarded(lambda: _zip_to_parts(packed, data, where), where)


def _unknown(where: str, found: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        "not a Word file",
        where=where,
        expected="a Word Document (.docx)",
        found=found,
        advice=_SAVE_AS_CSV if found == _EXCEL else _SAVE_AS_TEXT,
    )


def _refuse_other_packages(packed: zipfile.ZipFile, where: str) -> None:
    names = [member.filename for member in packed.infolist()]
    other = [found for start, found in _FORMATS if any(name.startswith(start) for name in names)]
    if "[Content_Types].xml" not in names or (other and not any(n.startswith("word/") for n in names)):
        raise _unknown(where, other[0] if other else f"a zip file of {len(names)} other files")


def _too_large(where: str, found: int, most: int, unit: str) -> UnreadableFile:
    return UnreadableFile(
        "too large for the Word file of a standard",
        where=where,
        expected=f"at most {most:,} {unit}",
        found=f"{found:,}",
        advice="Give one document a file, and save it without pictures.",
    )


def _guarded(step: Callable[[], WordParts], where: str) -> WordParts:
    """Take a step over a package that can be damaged anywhere.

    zipfile, lxml and python-docx raise errors of many kinds (of zlib, keys, attributes, recursion
    over parts that name each other): whatever it is, the file cannot be opened.
    """
    try:
        return step()
    except CurriculumError:
        raise
    except Exception as fault:
        raise UnsupportedFormat(
            "cannot be opened as a Word file",
            where=where,
            expected="a Word Document (.docx)",
            found=f"a damaged or unusual one ({type(fault).__name__})",
            advice=_SAVE_AS_TEXT,
        ) from fault


def _refuse_declarations(packed: zipfile.ZipFile, where: str) -> None:
    marks = 0
    for member in packed.infolist():
        if not member.filename.casefold().endswith((".xml", ".rels")):
            continue
        # Without zero bytes, UTF-16 reads as UTF-8 does, as far as marks go.
        xml = packed.read(member).replace(b"\x00", b"")
        marks += xml.count(b"<") + xml.count(b"=")
        if b"<!DOCTYPE" in xml:
            raise _unknown(where, f"a document type declaration in {member.filename[:60]}")
        if marks > MAX_MARKS:
            raise _too_large(where, marks, MAX_MARKS, "tags and attributes")


def _zip_to_parts(packed: zipfile.ZipFile, data: bytes, where: str) -> WordParts:
    _refuse_declarations(packed, where)
    types = packed.read("[Content_Types].xml")
    if b"macroEnabled" in types or b"template.main" in types:
        raise _unknown(where, "a template or a document with macros")
    try:
        from docx import Document
        from docx.opc.constants import RELATIONSHIP_TYPE
    except ImportError as fault:
        raise UnsupportedFormat(
            "a Word file, which needs a package that is not installed",
            where=where,
            expected="the package python-docx",
            found="none",
            advice=INSTALL_THE_EXTRA,
        ) from fault
    part = Document(io.BytesIO(data)).part
    related = {relation.reltype: relation for relation in part.rels.values() if not relation.is_external}
    kinds = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING)
    styles, numbering = (related[kind].target_part.element if kind in related else None for kind in kinds)
    for root in (part.element, styles, numbering):
        # A declaration in an encoding that the search above cannot read.
        if root is not None and root.getroottree().docinfo.doctype:
            raise _unknown(where, "a document type declaration")
    body = part.element.find(f"{_W}body")
    if body is None:
        raise _unknown(where, "a document without a body")
    return WordParts(body, styles, numbering)
