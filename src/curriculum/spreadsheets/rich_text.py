"""Read and change a text in the XML of a workbook, which can consist of pieces with a format each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from curriculum.spreadsheets.tracker import Replacement
from curriculum.spreadsheets.xml_elements import xml_elements
from curriculum.spreadsheets.xml_text import text_to_content

__all__ = [
    "excel_to_text",
    "item_to_text",
    "item_with_replacements",
    "text_to_xml",
    "text_with_replacements",
]

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# The sign that begins what Excel would read as one of its escapes.
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EMPTY_PIECE = re.compile(
    r"<(?P<r>(?:\w+:)?r)>(?:<(?P<p>(?:\w+:)?rPr)>(?:[^<]|<(?!/?(?:\w+:)?rPr>))*+</(?P=p)>|<(?:\w+:)?rPr/>)?"
    r'<(?P<t>(?:\w+:)?t) xml:space="preserve"></(?P=t)></(?P=r)>',
    re.DOTALL,
)


def text_to_xml(text: str) -> str:
    r"""Return a text as the XML of a workbook; control characters become escapes of Excel.

    Examples
    --------
    >>> text_to_xml("K1 & <K2>\r")
    'K1 &amp; &lt;K2&gt;_x000D_'
    """
    escaped = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    return text_to_content(_NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped))


def excel_to_text(text: str) -> str:
    r"""Return a text without Excel's escapes of control characters.

    Examples
    --------
    >>> excel_to_text("K1_x000D_")
    'K1\r'
    """
    if "_x" not in text:
        return text
    decoded = _EXCEL_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # A character beyond the first 65,536 is written as two halves; half of one is no character.
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def text_with_replacements(text: str, replacements: Sequence[Replacement]) -> str:
    """Replace characters of a text, all at once.

    Examples
    --------
    >>> text_with_replacements("K1, K2", [Replacement(0, 2, "K2"), Replacement(4, 6, "K3")])
    'K2, K3'
    """
    for replacement in sorted(replacements, reverse=True):
        text = text[: replacement.start] + replacement.text + text[replacement.end :]
    return text


class _Piece(NamedTuple):
    """An element with a piece of a text: its tag, the bytes at which it begins and ends, and the text."""

    tag: str
    start: int
    end: int
    text: str


def _item_to_pieces(item: bytes) -> list[_Piece]:
    """Return the pieces of a text, without its pronunciation, which Japanese workbooks contain."""
    root = b"<si>"
    return [
        _Piece(element.tag, element.start - len(root), element.stop - len(root), excel_to_text(element.text))
        for element in xml_elements(root + item + b"</si>", "t")
        if not {"rPh", "t"} & {*element.parents}
    ]


def item_to_text(item: bytes) -> str:
    """Return the text in XML that consists of pieces with a format each."""
    return "".join(piece.text for piece in _item_to_pieces(item))


def item_with_replacements(item: bytes, replacements: Sequence[Replacement]) -> str:
    """Replace characters of a text in XML that consists of pieces with a format each.

    Examples
    --------
    >>> item = b"<r><rPr><b/></rPr><t>K1</t></r><r><t>, S3</t></r>"
    >>> item_with_replacements(item, [Replacement(0, 2, "K9")])
    '<r><rPr><b/></rPr><t xml:space="preserve">K9</t></r><r><t xml:space="preserve">, S3</t></r>'
    """
    xml: list[str] = []
    at = done = 0
    for piece in _item_to_pieces(item):
        length = len(piece.text)
        in_piece = [
            _clipped(replacement, at, length)
            for replacement in replacements
            if _is_in_piece(replacement, at, at + length)
        ]
        at += length
        text = text_to_xml(text_with_replacements(piece.text, in_piece))
        xml += [item[done : piece.start].decode(), f'<{piece.tag} xml:space="preserve">{text}</{piece.tag}>']
        done = piece.end
    xml.append(item[done:].decode())
    # Excel allows no piece without a text.
    return _EMPTY_PIECE.sub("", "".join(xml)) or '<t xml:space="preserve"></t>'


def _is_in_piece(replacement: Replacement, start: int, end: int) -> bool:
    """Return whether a replacement changes a piece; an insertion belongs to the piece before it."""
    if replacement.start == replacement.end:
        return start < replacement.start <= end or replacement.start == start == 0 < end
    return replacement.start < end and replacement.end > start


def _clipped(replacement: Replacement, start: int, length: int) -> Replacement:
    """Return the part of a replacement that is in a piece; its text is in the piece where it starts."""
    text = replacement.text if replacement.start >= start else ""
    return Replacement(max(replacement.start - start, 0), min(replacement.end - start, length), text)
