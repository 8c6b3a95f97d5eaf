"""Decode the source of a saved web page, and close the attributes that it leaves open."""

from __future__ import annotations

import codecs
import re

from curriculum.errors import UnreadableFile

__all__ = ["COPY_AS_TEXT", "bytes_to_source", "close_attributes"]

COPY_AS_TEXT = "Open the page, select all, copy, and save that as plain text (UTF-8)."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta\s[^>]{0,120}?charset\s*+=\s*+[\"']?\s*+(?P<meta>[\w.:-]{1,40})"
    rb"|<\?xml\s[^>]{0,120}?encoding\s*+=\s*+[\"'](?P<xml>[\w.:-]{1,40})",
    re.IGNORECASE,
)
# The encodings that pages declare. Python knows more (punycode, rot13) that no page has.
_ENCODING = re.compile(
    r"utf-8|ascii|cp125\d|cp874|cp866|iso8859-\d+|koi8-[ru]|mac-roman|gbk|gb2312|gb18030|big5|shift_jis"
    r"|cp932|euc_jp|euc_kr|cp949|iso2022_jp"
)

# An attribute whose quotation mark is missing goes on to the mark that opens the next attribute: its value
# ends in the start of a tag, and a letter follows the mark.
_OPEN_ATTRIBUTE = re.compile(r'(="[^"<>]*+)(<[^"]*+(?<==)"(?=[^\W\d]))')


def bytes_to_source(data: bytes, where: str) -> str:
    """Decode by the byte order mark, else as the page declares, else as UTF-8, else as Windows-1252."""
    mark, marked = next(((m, name) for m, name in _MARKS if data.startswith(m)), (b"", ""))
    tried = [marked] if marked else [_page_to_declared(data), "utf-8", "cp1252"]
    for encoding in filter(None, tried):
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(
        "cannot be decoded",
        where=where,
        expected="the declared encoding, UTF-8 or Windows-1252",
        found="bytes that fit none of them",
        advice=COPY_AS_TEXT,
    )


def _page_to_declared(data: bytes) -> str:
    """Return Python's name of the encoding that a page declares; empty if it is no encoding of pages.

    Examples
    --------
    >>> _page_to_declared(b'<meta charset="ISO-8859-15">'), _page_to_declared(b"<meta charset=rot13>")
    ('iso8859-15', '')
    """
    found = _DECLARED.search(data, 0, 4096)
    try:
        name = codecs.lookup((found["meta"] or found["xml"]).decode("ascii")).name if found else ""
    except (LookupError, UnicodeDecodeError):
        return ""
    if name in ("ascii", "iso8859-1"):
        return "cp1252"  # as browsers do: pages that declare Latin-1 hold typographic quotation marks
    return name if _ENCODING.fullmatch(name) else ""


def close_attributes(source: str) -> tuple[str, int]:
    """Close each attribute whose quotation mark is missing before the next tag.

    Returns
    -------
    tuple
        The source, and how many attributes were closed. A browser takes the tags and the text up to the next
        quotation mark for the value of the attribute, and does not show them.

    Examples
    --------
    >>> close_attributes('<i title="Shoeing of horses.<b>K1</b></i><i class="code">K2</i>')
    ('<i title="Shoeing of horses."><b>K1</b></i><i class="code">K2</i>', 1)
    """
    return _OPEN_ATTRIBUTE.subn(r'\1">\2', source)
