"""Plain text: which encoding it is in, and its lines, numbered as an editor numbers them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from curriculum.errors import EmptyDocument, MissingDocument, NotText, UnknownFormat

__all__ = ["bytes_to_text", "is_page", "path_to_bytes", "text_to_lines"]

MAX_BYTES = 100_000_000
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


def path_to_bytes(path: str | Path) -> bytes:
    """Read a file's bytes.

    Raises
    ------
    MissingDocument
        If there is no such file, it is a folder, or it may not be read.
    NotText
        If it is larger than any text of a standard.
    """
    path = Path(path)
    if path.is_dir():
        raise MissingDocument(
            "a folder", where=path.as_posix(), expected="a file", advice="Name a file in it."
        )
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NotText(
                "too large for a text of a standard",
                where=path.as_posix(),
                expected=f"at most {MAX_BYTES:,} bytes",
                found=f"{path.stat().st_size:,}",
                advice="Give one document a file.",
            )
        return path.read_bytes()
    except OSError as fault:
        raise MissingDocument(
            "cannot be read",
            where=path.as_posix(),
            expected="a file",
            found=(fault.strerror or type(fault).__name__).lower(),
            advice="Check the name and the folder that you are in.",
        ) from fault


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
    EmptyDocument
        If there is nothing but white space.
    NotText, UnknownFormat
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
        raise NotText(
            "not a text file",
            where=f"{where}, line {text.count(chr(10), 0, control.start()) + 1}",
            expected="printed characters",
            found=f"the control character U+{ord(control[0]):04X}",
            advice=_SAVE_AS_TEXT,
        )
    if not text.strip():
        raise EmptyDocument(
            "holds no text",
            where=where,
            expected="the text of a standard",
            found=f"{len(data)} bytes without a word",
            advice="Save the text again.",
        )
    return text, encoding


def is_page(data: bytes) -> bool:
    """Tell whether bytes open as a web page does.

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
        raise UnknownFormat(
            "not plain text", where=where, expected="a text file", found=names[0], advice=_SAVE_AS_TEXT
        )


def _decode(data: bytes, where: str) -> tuple[str, str]:
    try:
        if data.startswith(_UTF16_MARKS):
            return data.decode("utf-16"), "utf-16"
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as fault:
        first = fault
    try:
        if not data.startswith(_UTF16_MARKS) and b"\x00" not in data:
            return data.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        pass
    raise NotText(
        "cannot be decoded",
        where=f"{where}, byte {first.start + 1}",
        expected="UTF-8, UTF-16 with a byte order mark, or Windows-1252",
        found=f"the byte 0x{data[first.start]:02X}, which fits none of them",
        advice=_SAVE_AS_TEXT,
    ) from first


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
