"""Plain text: which encoding it is in, and its lines, numbered as an editor numbers them."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from curriculum.errors import NotFound, UnreadableFile, UnsupportedFormat

__all__ = ["bytes_to_text", "is_page", "path_to_bytes", "path_to_escaped", "text_to_lines"]

MAX_BYTES = 100_000_000
# A pipe must not be waited for; Windows has no such flag, and translates line ends without another.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Tab, line feed, form feed, carriage return and Word's soft line break do occur in text.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_SAVE_AS_TEXT = "Open it, copy the whole text into an editor, and save that as plain text (UTF-8)."


def path_to_bytes(path: str | Path, most: int = MAX_BYTES) -> bytes:
    """Read a file's bytes: of a regular file alone, and no more than a number of them.

    Parameters
    ----------
    path
        The file. A device, a pipe, a socket or a folder is refused without waiting for it.
    most
        The most bytes that are read.

    Raises
    ------
    NotFound
        If there is no such file, it is no regular one, or it may not be read.
    UnreadableFile
        If it is larger.
    """
    path = Path(path)
    try:
        # Looked at before it is opened, as opening a device can do something; and after, as the name may
        # be another's by then.
        _refuse_irregular(path, path.stat().st_mode)
        with open(os.open(path, _READ), "rb") as file:  # noqa: PTH123 (with flags)
            told = os.fstat(file.fileno())
            _refuse_irregular(path, told.st_mode)
            data = b"" if told.st_size > most else file.read(most + 1)
    except (OSError, ValueError) as fault:
        raise NotFound(
            "cannot be read",
            where=path_to_escaped(path),
            expected="a file",
            found=(getattr(fault, "strerror", None) or "no name of a file").lower(),
            advice="Check the name and the folder that you are in.",
        ) from fault
    size = max(told.st_size, len(data))
    if size > most:
        raise UnreadableFile(
            "too large",
            where=path_to_escaped(path),
            expected=f"at most {most:,} bytes",
            found=f"{told.st_size:,}" if told.st_size > most else "more",
            advice="Put each document into a file of its own; split a tracker, for example by year.",
        )
    return data


def path_to_escaped(path: str | Path) -> str:
    r"""Return the path of a file as a message or a table may hold it; a byte that is no UTF-8 is escaped.

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
        kind = next((name for is_one, name in kinds if is_one(mode)), "device")
        raise NotFound(
            f"a {kind}",
            where=path_to_escaped(path),
            expected="a file",
            advice="Name a file in it." if kind == "folder" else "Save what it holds in a file first.",
        )


def bytes_to_text(data: bytes, where: str) -> tuple[str, str]:
    """Decode the bytes of a text file, or refuse.

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
        If there is nothing but white space.
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


def is_page(data: bytes) -> bool:
    """Return whether bytes open as a web page does.

    Examples
    --------
    >>> is_page(b"<!DOCTYPE html><title>Farrier</title>"), is_page(b"K1: The hoof")
    (True, False)
    """
    return _PAGE.match(data.removeprefix(codecs.BOM_UTF8)) is not None


def _refuse_other_formats(data: bytes, where: str) -> None:
    names = [name for signature, name in _SIGNATURES if data.startswith(signature)]
    if is_page(data):
        names = ["a web page"]
    if names:
        raise UnsupportedFormat(
            "not plain text", where=where, expected="a text file", found=names[0], advice=_SAVE_AS_TEXT
        )


def _decode(data: bytes, where: str) -> tuple[str, str]:
    try:
        if data.startswith(_UTF16_MARKS):
            return _without_mark(data, where).decode("utf-16"), "utf-16"
        return _without_mark(data, where).decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        first = fault
    try:
        # A mark says that the bytes are UTF-8: if they are not, another encoding would be a guess.
        is_marked = data.startswith((*_UTF16_MARKS, codecs.BOM_UTF8))
        if not is_marked and b"\x00" not in data:
            return data.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        pass
    raise UnreadableFile(
        "cannot be decoded",
        where=f"{where}, byte {_place(data, first)}",
        expected=_expected(data),
        found=f"the byte 0x{data[_place(data, first) - 1]:02X}, which does not fit",
        advice=_SAVE_AS_TEXT,
    ) from first


def _without_mark(data: bytes, where: str) -> bytes:
    """Return the bytes behind a byte order mark; two of them are a fault of what wrote the file."""
    held = data.removeprefix(codecs.BOM_UTF8)
    is_twice = held is not data and held.startswith((codecs.BOM_UTF8, *_UTF16_MARKS))
    if is_twice or data.startswith(tuple(mark + mark for mark in _UTF16_MARKS)):
        raise UnreadableFile(
            "begins with two byte order marks",
            where=where,
            expected="one, or none",
            found="two",
            advice=_SAVE_AS_TEXT,
        )
    return held


def _place(data: bytes, fault: UnicodeDecodeError) -> int:
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
    r"""Split a text at its line ends, whichever of the three kinds they are.

    Other separators that Python's `str.splitlines` knows do not end a line: an editor's line
    numbers would no longer match.

    Examples
    --------
    >>> text_to_lines("K1: text\r\nK2: text\n")
    ('K1: text', 'K2: text')
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)
