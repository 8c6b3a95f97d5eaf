"""Open the zip package of an Office file, after checks that run before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from curriculum.errors import CurriculumError

__all__ = ["Limits", "bytes_to_package", "is_protected_or_old"]

# Makes the error for what was found instead of a package.
Refusal: TypeAlias = Callable[[str], CurriculumError]
# Makes the error for a number that was found, the most that is allowed, and the unit.
TooLarge: TypeAlias = Callable[[int, int, str], CurriculumError]

_OLD = b"\xd0\xcf\x11\xe0"
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (_OLD, "an old or password-protected Word or Excel file"),
    (b"{\\rtf", "a rich-text file"),
    (b"<", "a web page or an XML file"),
)


class Limits(NamedTuple):
    """The limits of a package: number of files, unpacked bytes, and ratio of unpacked to packed bytes."""

    members: int
    unpacked: int
    ratio: int


def is_protected_or_old(data: bytes) -> bool:
    """Return whether a file has the format of old Office files and of those with a password."""
    return data.startswith(_OLD)


def bytes_to_package(data: bytes, limits: Limits, refuse: Refusal, too_large: TooLarge) -> zipfile.ZipFile:
    """Return the package of an Office file, opened and checked.

    Parameters
    ----------
    data
        The bytes of the file.
    limits
        The largest package that is opened.
    refuse, too_large
        Functions that make the error to raise.

    Raises
    ------
    CurriculumError
        The error that ``refuse`` or ``too_large`` returns.
    """
    # Counted by their signatures in the directory, as opening a zip makes an object for each file.
    members = data.count(b"PK\x01\x02")
    if members > limits.members:
        raise too_large(members, limits.members, "files within it")
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except Exception as fault:  # a damaged directory raises errors of many classes
        names = [name for signature, name in _SIGNATURES if data.lstrip().startswith(signature)]
        is_zip = data.startswith(b"PK")
        other = f"{len(data):,} bytes that are no zip file" if data else "an empty file"
        found = "a damaged zip file" if is_zip else other
        raise refuse(names[0] if names else found) from fault
    _refuse_tricks(packed, refuse)
    _refuse_large(packed, len(data), limits, too_large)
    return packed


def _refuse_tricks(packed: zipfile.ZipFile, refuse: Refusal) -> None:
    names = [member.filename for member in packed.infolist()]
    if len(set(names)) < len(names):
        raise refuse("a package that holds one name twice")
    for member in packed.infolist():
        parts = member.filename.split("/")
        # zipfile cuts a name at a zero byte; `orig_filename` is the full name.
        is_trick = parts[0] == "" or ".." in parts or set("\\:\x00") & set(member.orig_filename)
        if is_trick:
            raise refuse(f"a package with the path {member.orig_filename[:60]!r}")
        if member.flag_bits & 1:
            raise refuse("a package that is protected by a password")


def _refuse_large(packed: zipfile.ZipFile, size: int, limits: Limits, too_large: TooLarge) -> None:
    unpacked = sum(member.file_size for member in packed.infolist())
    facts = (
        (unpacked, limits.unpacked, "bytes when unpacked"),
        (unpacked // max(size, 1), limits.ratio, "times its size when unpacked"),
    )
    for found, most, unit in facts:
        if found > most:
            raise too_large(found, most, unit)
