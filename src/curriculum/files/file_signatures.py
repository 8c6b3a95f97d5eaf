"""Recognise the format of a file by its first bytes, never by its name."""

from __future__ import annotations

import codecs
import re
from enum import Enum

__all__ = ["FileFormat", "bytes_to_format", "is_flat_open_document", "is_page"]


class FileFormat(Enum):
    """A format that the first bytes of a file show; the value is its name in messages."""

    ZIP = "a Word, Excel or zip file"
    OLD_OFFICE = "an old or password-protected Word or Excel file"
    PDF = "a PDF"
    RICH_TEXT = "a rich-text file"
    PICTURE = "a picture"
    MARKUP = "a web page or an XML file"


_SIGNATURES = (
    (b"PK\x03\x04", FileFormat.ZIP),
    (b"PK\x05\x06", FileFormat.ZIP),
    (b"PK\x07\x08", FileFormat.ZIP),
    (b"\xd0\xcf\x11\xe0", FileFormat.OLD_OFFICE),
    (b"%PDF", FileFormat.PDF),
    (b"{\\rtf", FileFormat.RICH_TEXT),
    (b"\x89PNG", FileFormat.PICTURE),
    (b"\xff\xd8\xff", FileFormat.PICTURE),
    # A plain text can begin like this too: `is_page` is more exact.
    (b"<", FileFormat.MARKUP),
)
# Some programs write spaces or empty lines before the first tag of a page.
_SEARCHED_BYTES = 1_000
_PAGE = re.compile(
    rb"\s*+(?:<!--(?:[^-]|-(?!->))*+-->\s*+){0,9}<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE
)
# An OpenDocument file in a single XML file; its names of spaces, which can be long, are behind this.
_FLAT = re.compile(rb"<office:document[\s>]")
_FLAT_START = 4_000
# A part of a page, as it is copied from the tools of a browser.
_PART_OF_PAGE = re.compile(
    rb"\s*+<(?:main|div|section|article|form|nav|header|table|h[1-6]|dl|ul|ol|p)[\s>]", re.IGNORECASE
)
_ENDS_IN_TAG = re.compile(rb"</[a-z][a-z0-9]{0,20}\s*>\s*\Z", re.IGNORECASE)
# A Markdown file can begin with a tag too, and has lines of its own.
_MARKDOWN_LINE = re.compile(rb"^ {0,3}(?:#{1,6}|[-*+]|\d{1,3}[.)]|\|) ", re.MULTILINE)


def bytes_to_format(data: bytes) -> FileFormat | None:
    r"""Return the format that the first bytes of a file show; None for plain text and unknown formats.

    Examples
    --------
    >>> bytes_to_format(b"%PDF-1.7"), bytes_to_format(b"PK\x03\x04"), bytes_to_format(b"PK,name\n1,K1\n")
    (<FileFormat.PDF: 'a PDF'>, <FileFormat.ZIP: 'a Word, Excel or zip file'>, None)
    """
    start = data[:_SEARCHED_BYTES].removeprefix(codecs.BOM_UTF8).lstrip()
    return next((name for signature, name in _SIGNATURES if start.startswith(signature)), None)


def is_flat_open_document(data: bytes) -> bool:
    """Return whether bytes begin like an OpenDocument file that is a single XML file.

    Examples
    --------
    >>> is_flat_open_document(b'<?xml version="1.0"?><office:document xmlns:office="urn:x">')
    True
    """
    return bytes_to_format(data) is FileFormat.MARKUP and _FLAT.search(data[:_FLAT_START]) is not None


def is_page(data: bytes) -> bool:
    r"""Return whether bytes begin like a web page.

    Examples
    --------
    >>> is_page(b"<!DOCTYPE html><title>Farrier</title>"), is_page(b"K1: The hoof")
    (True, False)
    >>> is_page(b"<main><p>K1: The hoof</p></main>"), is_page(b"<h1>Farrier</h1>\n\n- K1: The hoof\n")
    (True, False)
    """
    start = data.removeprefix(codecs.BOM_UTF8)
    if _PAGE.match(start):
        return True
    return (
        _PART_OF_PAGE.match(start) is not None
        and _ENDS_IN_TAG.search(start[-_SEARCHED_BYTES:]) is not None
        and _MARKDOWN_LINE.search(start) is None
    )
