"""Read files, decode plain text, and split it into lines, numbered as in an editor."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from curriculum.errors import NotFound, UnreadableFile, UnsupportedFormat, too_large
from curriculum.files.file_signatures import FileFormat, bytes_to_format, is_page
from curriculum.model.limit_factor import raised

__all__ = ["bytes_to_text", "open_regular", "path_to_bytes", "path_to_escaped", "text_to_lines"]

MAX_BYTES = 100_000_000
# Opening a pipe must not wait. On Windows O_BINARY keeps the line ends.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Tab, line feed, form feed, carriage return and Word's soft line break do occur in text.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SAVE_AS_WORD = (
    "Open it in Word, Excel or LibreOffice, and save it without a password as Word Document (.docx) or Excel "
    "Workbook (.xlsx)."
)
_NOT_FROM_PDF = "A PDF is read only as a document. Text that is copied out of it has its columns mixed."
_SAVE_AS_TEXT = "Open it, copy the whole text into an editor, and save that as plain text (UTF-8)."
_ADVICE = {FileFormat.OLD_OFFICE: _SAVE_AS_WORD, FileFormat.PDF: _NOT_FROM_PDF}


def path_to_bytes(path: str | Path, most: int = MAX_BYTES) -> bytes:
    """Read the bytes of a regular file, up to a maximum size.

    Parameters
    ----------
    path
        The file. A device, a pipe, a socket or a folder is refused without waiting for it.
    most
        The maximum size in bytes, before it is raised.

    Raises
    ------
    NotFound
        If the file does not exist, is not a regular file, or may not be read.
    UnreadableFile
        If the file is larger.
    """
    path = Path(path)
    with open_regular(path) as (file, size):
        data = b"" if size > raised(most) else _read(path, file, raised(most) + 1)
    size = max(size, len(data))
    if size > raised(most):
        advice = "Put each document into a separate file; split a tracker, for example by year."
        found = size if not data else 0
        raise too_large("too large", path_to_escaped(path), found, most, "bytes", advice=advice)
    return data


@contextmanager
def open_regular(path: str | Path) -> Iterator[tuple[BufferedReader, int]]:
    """Open a regular file, and yield it and its size; see `path_to_bytes` for what is refused."""
    path = Path(path)
    try:
        # Checked before it is opened, as opening a device can have effects; and after, as the file may have
        # been replaced meanwhile.
        _refuse_irregular(path, path.stat().st_mode)
        file = open(os.open(path, _READ), "rb")  # noqa: PTH123, SIM115 (with flags; closed below)
    except (OSError, ValueError) as fault:
        raise _unread(path, fault) from fault
    with file:
        status = os.fstat(file.fileno())
        _refuse_irregular(path, status.st_mode)
        yield file, status.st_size


def _read(path: Path, file: BufferedReader, size: int) -> bytes:
    try:
        return file.read(size)
    except OSError as fault:
        raise _unread(path, fault) from fault


def _unread(path: Path, fault: Exception) -> NotFound:
    return NotFound(
        "cannot be read",
        where=path_to_escaped(path),
        expected="a file",
        found=(getattr(fault, "strerror", None) or "no name of a file").lower(),
        advice="Check the name and the folder that you are in.",
    )


def path_to_escaped(path: str | Path) -> str:
    r"""Return the path of a file for a message or a table; bytes that are not UTF-8 are escaped.

    Examples
    --------
    >>> path_to_escaped(Path("data/k.txt"))
    'data/k.txt'
    >>> print(path_to_escaped(Path("a\udcff.txt")))
    a\udcff.txt
    """
    return Path(path).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _refuse_irregular(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kinds = ((stat.S_ISDIR, "folder"), (stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"))
        kind = next((name for has_kind, name in kinds if has_kind(mode)), "device")
        raise NotFound(
            f"a {kind}",
            where=path_to_escaped(path),
            expected="a file",
            advice="Name a file in it." if kind == "folder" else "Save what it holds in a file first.",
        )


def bytes_to_text(data: bytes, where: str) -> tuple[str, str]:
    """Decode the bytes of a text file.

    UTF-8 first (with a byte order mark or without), UTF-16 with a byte order mark, else
    Windows-1252 if every byte is one of its characters and none is a control character.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    tuple of str
        The text, and the name of the encoding.

    Raises
    ------
    UnreadableFile
        If the text is only white space.
    UnreadableFile, UnsupportedFormat
        If the bytes are not text.

    Examples
    --------
    >>> bytes_to_text("K15: the team\u2019s plans".encode("cp1252"), "k.txt")
    ('K15: the team\u2019s plans', 'windows-1252')
    """
    _refuse_other_formats(data, where)
    text, encoding = _decode(data, where)
    control = _CONTROLS.search(text)
    if control:
        raise UnreadableFile(
            "not a text file",
            where=f"{where}, line {text.count(chr(10), 0, control.start()) + 1}",
            expected="printed characters",
            found=f"the control character U+{ord(control[0]):04X}",
            advice=_SAVE_AS_TEXT,
        )
    if not text.strip():
        raise UnreadableFile(
            "holds no text",
            where=where,
            expected="the text of a standard",
            found=f"{len(data)} bytes without a word",
            advice="Save the text again.",
        )
    return text, encoding


def _refuse_other_formats(data: bytes, where: str) -> None:
    found = bytes_to_format(data)
    if found and (found is not FileFormat.MARKUP or is_page(data)):
        advice = _ADVICE.get(found, _SAVE_AS_TEXT)
        raise UnsupportedFormat(
            "not plain text", where=where, expected="a text file", found=found.value, advice=advice
        )


def _decode(data: bytes, where: str) -> tuple[str, str]:
    try:
        if data.startswith(_UTF16_MARKS):
            return _without_mark(data, where).decode("utf-16"), "utf-16"
        return _without_mark(data, where).decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        first = fault
    try:
        # A byte order mark declares the encoding: if it is wrong, any other encoding would be a guess.
        is_marked = data.startswith((*_UTF16_MARKS, codecs.BOM_UTF8))
        if not is_marked and b"\x00" not in data:
            return data.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        pass
    raise UnreadableFile(
        "cannot be decoded",
        where=f"{where}, byte {_byte_number(data, first)}",
        expected=_expected(data),
        found=f"the byte 0x{data[_byte_number(data, first) - 1]:02X}, which does not fit",
        advice=_SAVE_AS_TEXT,
    ) from first


def _without_mark(data: bytes, where: str) -> bytes:
    """Return the bytes after the byte order mark; two marks are a fault of the writing program."""
    unmarked = data.removeprefix(codecs.BOM_UTF8)
    is_twice = unmarked is not data and unmarked.startswith((codecs.BOM_UTF8, *_UTF16_MARKS))
    if is_twice or data.startswith(tuple(mark + mark for mark in _UTF16_MARKS)):
        raise UnreadableFile(
            "begins with two byte order marks",
            where=where,
            expected="one, or none",
            found="two",
            advice=_SAVE_AS_TEXT,
        )
    return unmarked


def _byte_number(data: bytes, fault: UnicodeDecodeError) -> int:
    """Return the number of the byte that does not fit, from 1."""
    is_cut = data.startswith(codecs.BOM_UTF8)
    return min(fault.start + 1 + (len(codecs.BOM_UTF8) if is_cut else 0), len(data))


def _expected(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "UTF-8, as the byte order mark at its beginning says"
    if data.startswith(_UTF16_MARKS):
        return "UTF-16, as the byte order mark at its beginning says"
    return "UTF-8, UTF-16 with a byte order mark, or Windows-1252"


def text_to_lines(text: str) -> tuple[str, ...]:
    r"""Split a text into lines, at line ends of all three kinds.

    The other separators of `str.splitlines` do not end a line, so that line numbers match those of an editor.

    Examples
    --------
    >>> text_to_lines("K1: text\r\nK2: text\n")
    ('K1: text', 'K2: text')
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)
