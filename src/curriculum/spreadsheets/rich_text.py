"""A text of a workbook as its XML has it, in pieces with a format each: told, and characters replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from curriculum.spreadsheets.tracker import Replacement
from curriculum.spreadsheets.xlsx_package import local_name
from curriculum.spreadsheets.xlsx_reading import excel_to_text

__all__ = ["item_to_text", "item_with_replacements", "text_to_xml", "text_with_replacements"]

_NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What Excel would read as one of its escapes.
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EMPTY_PIECE = re.compile(
    r"<(?P<r>(?:\w+:)?r)>(?:<(?P<p>(?:\w+:)?rPr)>(?:[^<]|<(?!/?(?:\w+:)?rPr>))*+</(?P=p)>|<(?:\w+:)?rPr/>)?"
    r'<(?P<t>(?:\w+:)?t) xml:space="preserve"></(?P=t)></(?P=r)>',
    re.DOTALL,
)


def text_to_xml(text: str) -> str:
    r"""Return a text as it stands in the XML of a workbook, which has a way to write control characters.

    Examples
    --------
    >>> text_to_xml("K1 & <K2>\r")
    'K1 &amp; &lt;K2&gt;_x000D_'
    """
    held = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    return escape(_NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", held))


def text_with_replacements(text: str, replacements: Sequence[Replacement]) -> str:
    """Replace characters of a text, all at once.

    Examples
    --------
    >>> text_with_replacements("K1, K2", [Replacement(0, 2, "K2"), Replacement(4, 6, "K3")])
    'K2, K3'
    """
    for one in sorted(replacements, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


class _Piece(NamedTuple):
    """An element that holds a piece of a text: its tag, the bytes that it takes, its text."""

    tag: str
    start: int
    end: int
    text: str


def _item_to_pieces(item: bytes) -> list[_Piece]:
    """Return the pieces of a text, without how it is to be spoken, in languages that write so."""
    data = b"<si>" + item + b"</si>"
    found: list[_Piece] = []
    inside: list[str] = []
    starts: list[int] = []
    texts: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(local_name(name))
        if inside[-1] == "t":
            starts.append(parser.CurrentByteIndex)
            texts.clear()

    def end(name: str) -> None:
        if inside.pop() == "t":
            first, at = starts.pop(), parser.CurrentByteIndex
            last = data.index(b">", at) + 1 if data.startswith(b"</", at) else data.index(b">", first) + 1
            if "rPh" not in inside:
                found.append(_Piece(name, first - 4, last - 4, excel_to_text("".join(texts))))

    def text(piece: str) -> None:
        if inside[-1] == "t":
            texts.append(piece)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    return found


def item_to_text(item: bytes) -> str:
    """Return the text that stands in XML, in pieces that have a format each."""
    return "".join(piece.text for piece in _item_to_pieces(item))


def item_with_replacements(item: bytes, replacements: Sequence[Replacement]) -> str:
    """Replace characters of a text that stands in XML, in pieces that have a format each.

    Examples
    --------
    >>> item = b"<r><rPr><b/></rPr><t>K1</t></r><r><t>, S3</t></r>"
    >>> item_with_replacements(item, [Replacement(0, 2, "K9")])
    '<r><rPr><b/></rPr><t xml:space="preserve">K9</t></r><r><t xml:space="preserve">, S3</t></r>'
    """
    told: list[str] = []
    at = done = 0
    for piece in _item_to_pieces(item):
        own = [
            _clipped(one, at, len(piece.text))
            for one in replacements
            if _is_in_piece(one, at, at + len(piece.text))
        ]
        at += len(piece.text)
        text = text_to_xml(text_with_replacements(piece.text, own))
        told += [item[done : piece.start].decode(), f'<{piece.tag} xml:space="preserve">{text}</{piece.tag}>']
        done = piece.end
    told.append(item[done:].decode())
    # Excel allows no piece without a text.
    return _EMPTY_PIECE.sub("", "".join(told)) or '<t xml:space="preserve"></t>'


def _is_in_piece(one: Replacement, start: int, end: int) -> bool:
    """Return whether a replacement changes a piece; what is only added belongs to the piece before it."""
    if one.start == one.end:
        return start < one.start <= end or one.start == start == 0 < end
    return one.start < end and one.end > start


def _clipped(one: Replacement, start: int, length: int) -> Replacement:
    """Return the part of a replacement that falls into a piece; its text goes where it starts."""
    text = one.text if one.start >= start else ""
    return Replacement(max(one.start - start, 0), min(one.end - start, length), text)
