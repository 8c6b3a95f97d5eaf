"""Open the zip package of an Office file, and parse its XML, within limits against hostile files.

Everything is checked before it is unpacked or parsed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, NoReturn, TypeVar
from xml.parsers import expat

from curriculum.errors import CurriculumError
from curriculum.files.file_signatures import FileFormat, bytes_to_format
from curriculum.model.limit_factor import raised

__all__ = ["Limits", "OfficeFormat", "TooMuchXml", "UnusualPackage", "check_all_xml", "new_parser"]

_T = TypeVar("_T")
_DECLARATION = "a document type declaration"
# A part as large as this with so many bytes to a tag holds no table and no text: a comment or spaces.
_LARGE, _MOST_BYTES_TO_A_TAG = 20_000_000, 1_000


class Limits(NamedTuple):
    """The limits of a package.

    ``members`` is the number of files, ``unpacked`` the number of bytes of all files when unpacked, and
    ``ratio`` the most that the package grows when unpacked. ``xml_bytes`` and ``tags`` limit what is parsed.
    """

    members: int
    unpacked: int
    ratio: int
    xml_bytes: int
    tags: int


class TooMuchXml(Exception):
    """XML exceeds a limit; the arguments are the number found, the limit, and the unit."""


class UnusualPackage(Exception):
    """A package has content that Office programs do not write, or that could be read in two ways."""


@dataclass(frozen=True)
class OfficeFormat:
    """A format of Office files: the limits of its packages, and the errors for files that are refused.

    Attributes
    ----------
    limits
        The limits.
    other
        Makes the error for a file of another format: the file, for messages, and what was found.
    damaged
        Makes the error for a damaged or unusual file, likewise.
    too_large
        Makes the error for a file that is too large: the file, the number found, the limit before it is
        raised, and the unit.
    """

    limits: Limits
    other: Callable[[str, str], CurriculumError]
    damaged: Callable[[str, str], CurriculumError]
    too_large: Callable[[str, int, int, str], CurriculumError]

    def open(self, data: bytes, where: str) -> zipfile.ZipFile:
        """Return the package of an Office file, opened and checked.

        Raises
        ------
        CurriculumError
            The error that ``other`` or ``too_large`` returns.
        """
        # Counted by their signatures in the directory, as opening a zip makes an object for each file.
        members = data.count(b"PK\x01\x02")
        if members > raised(self.limits.members):
            raise self.too_large(where, members, self.limits.members, "files within it")
        try:
            package = zipfile.ZipFile(io.BytesIO(data))
        except Exception as fault:  # a damaged directory raises errors of many classes
            raise self.other(where, _bytes_to_found(data)) from fault
        found = _find_trick(package)
        if found:
            raise self.other(where, found)
        self._refuse_large(package, len(data), where)
        return package

    def _refuse_large(self, package: zipfile.ZipFile, size: int, where: str) -> None:
        unpacked = sum(member.file_size for member in package.infolist())
        facts = (
            (unpacked, self.limits.unpacked, "bytes when unpacked"),
            (unpacked // max(size, 1), self.limits.ratio, "times its size when unpacked"),
        )
        for found, most, unit in facts:
            if found > raised(most):
                raise self.too_large(where, found, most, unit)

    def guarded(self, step: Callable[[], _T], where: str) -> _T:
        """Return the result of a step that reads a package, which can be damaged anywhere.

        zipfile, zlib, expat, lxml and python-docx raise errors of many classes. Each of them means that the
        file cannot be read.

        Raises
        ------
        CurriculumError
            The error that ``damaged`` or ``too_large`` returns, or that the step raises.
        """
        try:
            return step()
        except (CurriculumError, MemoryError):
            raise
        except TooMuchXml as fault:
            raise self.too_large(where, *fault.args) from fault
        except Exception as fault:
            found = str(fault) if isinstance(fault, UnusualPackage) else type(fault).__name__
            raise self.damaged(where, f"a damaged or unusual one ({found})") from fault


def _bytes_to_found(data: bytes) -> str:
    """Return what a file is that cannot be opened as a package."""
    found = bytes_to_format(data)
    if found is FileFormat.ZIP:
        return "a damaged zip file"
    if found:
        return str(found.value)
    return f"{len(data):,} bytes that are no zip file" if data else "an empty file"


def _find_trick(package: zipfile.ZipFile) -> str:
    """Return what makes a package dangerous: names twice, paths out of it, a password; empty if nothing."""
    names = [member.filename for member in package.infolist()]
    if len(set(names)) < len(names):
        return "a package that holds one name twice"
    for member in package.infolist():
        parts = member.filename.split("/")
        # zipfile cuts a name at a zero byte; `orig_filename` is the full name.
        if parts[0] == "" or ".." in parts or set("\\:\x00") & set(member.orig_filename):
            return f"a package with the path {member.orig_filename[:60]!r}"
        if member.flag_bits & 1:
            return "a package that is protected by a password"
    return ""


def check_all_xml(package: zipfile.ZipFile, limits: Limits) -> None:
    """Check the XML of all parts of a package that another library is going to parse.

    Raises
    ------
    TooMuchXml
        If the parts have too many tags and attributes together.
    UnusualPackage
        If a part declares a document type.
    """
    tags = 0
    for member in package.infolist():
        if not member.filename.casefold().endswith((".xml", ".rels")):
            continue
        # Without zero bytes, tags in UTF-16 look as they do in UTF-8.
        xml = package.read(member).replace(b"\x00", b"")
        tags += xml.count(b"<") + xml.count(b"=")
        if b"<!DOCTYPE" in xml:
            raise UnusualPackage(f"{_DECLARATION} in {member.filename[:60]}")
        if tags > raised(limits.tags):
            raise TooMuchXml(tags, limits.tags, "tags and attributes")


def new_parser(data: bytes, limits: Limits) -> expat.XMLParserType:
    """Return a parser for the XML of a part, after its size is checked.

    The parser refuses a document type declaration, because its entities can grow without limit.

    Raises
    ------
    TooMuchXml
        If the part is too long or has too many tags.
    UnusualPackage
        If it is long and has hardly any tags.
    """
    n_tags = data.count(b"<")
    if len(data) > raised(limits.xml_bytes):
        raise TooMuchXml(len(data), limits.xml_bytes, "bytes of XML")
    if n_tags > raised(limits.tags):
        raise TooMuchXml(n_tags, limits.tags, "tags of XML")
    if len(data) > max(_LARGE, _MOST_BYTES_TO_A_TAG * n_tags):
        raise UnusualPackage(f"{len(data):,} bytes of XML with {n_tags:,} tags")
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    return parser


def _refuse_declaration(*_: object) -> NoReturn:
    raise UnusualPackage(_DECLARATION)
