"""Open an OpenDocument text, packed or flat, and check it before anything in it is parsed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from curriculum.errors import UnreadableFile, UnsupportedFormat, missing_package, too_large
from curriculum.files.file_signatures import is_flat_open_document
from curriculum.files.office_package import (
    Limits,
    OfficeFormat,
    TooMuchXml,
    UnusualPackage,
    check_all_xml,
)
from curriculum.model.limit_factor import raised

__all__ = ["OpenDocumentParts", "bytes_to_open_document_parts", "is_open_document"]

LIMITS = Limits(members=5_000, unpacked=100_000_000, ratio=200, xml_bytes=100_000_000, tags=2_000_000)
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TYPE = "application/vnd.oasis.opendocument."
_TEXTS = frozenset(("text", "text-template", "text-master", "text-web", "text-flat-xml"))
_OTHERS = {
    "spreadsheet": "an OpenDocument spreadsheet",
    "presentation": "an OpenDocument presentation",
    "graphics": "an OpenDocument drawing",
}
_SAVE_AS_WORD = "Open it in LibreOffice Writer or Word and save it as Word Document (.docx)."
_SAVE_AS_WORKBOOK = "Open it in LibreOffice Calc or Excel and save it as Excel Workbook (.xlsx)."
_COPY_TEXT = "Open it in LibreOffice, copy its text into a new text document, and save that as .docx."
_ADVICE = {_OTHERS["spreadsheet"]: _SAVE_AS_WORKBOOK, _OTHERS["presentation"]: _COPY_TEXT}
_MOST_MANIFEST, _MOST_TYPE = 5_000_000, 200


class OpenDocumentParts(NamedTuple):
    """The text of a document, and the roots of the parts that have its styles: the common ones first."""

    body: Any
    roots: tuple[Any, ...]


def is_open_document(data: bytes) -> bool:
    """Return whether bytes are an OpenDocument file of any kind, packed or flat, encrypted ones too."""
    if is_flat_open_document(data):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    if "[Content_Types].xml" in names:
        return False
    return "content.xml" in names or {"mimetype", "META-INF/manifest.xml"} <= set(names)


def bytes_to_open_document_parts(data: bytes, where: str) -> OpenDocumentParts:
    """Open an OpenDocument text.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    OpenDocumentParts

    Raises
    ------
    UnreadableFile
        If it is too large.
    UnsupportedFormat
        If it is no OpenDocument text, is protected by a password, is damaged, or the extra ``documents`` is
        not installed.
    """
    if is_flat_open_document(data):
        return _OPEN_DOCUMENT.guarded(lambda: _flat_to_parts(data, where), where)
    with _OPEN_DOCUMENT.open(data, where) as package:
        return _OPEN_DOCUMENT.guarded(lambda: _package_to_parts(package, where), where)


def _other(where: str, found: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        "not an OpenDocument text",
        where=where,
        expected="an OpenDocument text (.odt)",
        found=found,
        advice=_ADVICE.get(found, _SAVE_AS_WORD),
    )


def _damaged(where: str, found: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        "cannot be opened as an OpenDocument text",
        where=where,
        expected="an OpenDocument text (.odt)",
        found=found,
        advice=_SAVE_AS_WORD,
    )


def _too_large(where: str, found: int, most: int, unit: str) -> UnreadableFile:
    advice = "Put each document into a separate file, and save it without pictures."
    return too_large("too large for the text of a standard", where, found, most, unit, advice=advice)


_OPEN_DOCUMENT = OfficeFormat(LIMITS, _other, _damaged, _too_large)


def _package_to_parts(package: zipfile.ZipFile, where: str) -> OpenDocumentParts:
    names = package.namelist()
    if "mimetype" in names:
        with package.open("mimetype") as file:
            _refuse_other_types(file.read(_MOST_TYPE).decode("ascii", "replace"), where)
    if "encrypted-package" in names or _is_encrypted(package):
        raise UnsupportedFormat(
            "protected by a password",
            where=where,
            expected="a file that opens without one",
            found="an OpenDocument file that is encrypted",
            advice="Open it in LibreOffice with its password, and save it without one "
            "(File > Save As, without “Save with password”).",
        )
    if "content.xml" not in names:
        raise _other(where, "a package without content.xml")
    check_all_xml(package, LIMITS)
    roots = [
        _bytes_to_root(package.read(name), where) for name in ("styles.xml", "content.xml") if name in names
    ]
    return _roots_to_parts(roots, where)


def _is_encrypted(package: zipfile.ZipFile) -> bool:
    try:
        member = package.getinfo("META-INF/manifest.xml")
    except KeyError:
        return False
    if member.file_size > raised(_MOST_MANIFEST):
        raise TooMuchXml(member.file_size, _MOST_MANIFEST, "bytes in the list of its files")
    return b"encryption-data" in package.read(member)


def _refuse_other_types(name: str, where: str) -> None:
    name = name.strip()
    if not name.startswith(_TYPE):
        raise _other(where, f"a package of the type {name[:60]!r}")
    kind = name.removeprefix(_TYPE)
    if kind not in _TEXTS:
        base = kind.removesuffix("-template")
        raise _other(where, _OTHERS.get(base, f"an OpenDocument file of the type {kind[:40]!r}"))


def _flat_to_parts(data: bytes, where: str) -> OpenDocumentParts:
    n_tags = data.count(b"<") + data.count(b"=")
    if n_tags > raised(LIMITS.tags):
        raise TooMuchXml(n_tags, LIMITS.tags, "tags and attributes")
    root = _bytes_to_root(data, where)
    if kind := root.get(f"{_OFFICE}mimetype"):
        _refuse_other_types(str(kind), where)
    return _roots_to_parts([root], where)


def _bytes_to_root(data: bytes, where: str) -> Any:
    try:
        from lxml import etree
    except ImportError as fault:
        raise missing_package("an OpenDocument text", "lxml", where) from fault
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise UnusualPackage("a document type declaration")
    return root


def _roots_to_parts(roots: Sequence[Any], where: str) -> OpenDocumentParts:
    holder = roots[-1].find(f"{_OFFICE}body")
    body = None if holder is None else holder.find(f"{_OFFICE}text")
    if body is None:
        kinds = [] if holder is None else [str(child.tag).rpartition("}")[2] for child in holder]
        raise _other(where, _OTHERS.get(kinds[0] if kinds else "", "a document without a text"))
    return OpenDocumentParts(body, tuple(roots))
