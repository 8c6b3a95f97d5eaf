"""Iterate over the elements of a part of a workbook, with the bytes at which each begins and ends.

Only elements that are open, and those of the last few thousand bytes, are in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from curriculum.files.office_package import Limits, new_parser

__all__ = ["LIMITS", "XmlElement", "data_to_parser", "local_name", "xml_elements"]

# 2,000,000 cells are some 100,000,000 bytes of XML; the rest is for pictures. DEFLATE packs to a 1,032th at
# most, so the ratio is no limit here. The limits of XML are for one part: each tag takes time.
LIMITS = Limits(members=10_000, unpacked=300_000_000, ratio=1_100, xml_bytes=150_000_000, tags=12_000_000)
_STEP = 1 << 16
_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")


def local_name(tag: str) -> str:
    """Return the name of an element or attribute without the prefix of its namespace."""
    return tag.rpartition(":")[2]


def data_to_parser(data: bytes) -> expat.XMLParserType:
    """Return a parser for the XML of a part of a workbook, after its size is checked."""
    return new_parser(data, LIMITS)


class XmlElement(NamedTuple):
    """An element of a part.

    ``tag`` is its name with the prefix of its namespace, ``name`` without. ``parents`` are the names of the
    elements around it, the root first. ``text`` is the text in it that is not in another element of those
    that are iterated over. ``start`` and ``end`` are the bytes at which its start tag and its end tag begin,
    and ``data`` is the XML of the part.
    """

    tag: str
    name: str
    parents: tuple[str, ...]
    attributes: dict[str, str]
    text: str
    start: int
    end: int
    data: bytes

    @property
    def parent(self) -> str:
        """The name of the element around it; empty for the root."""
        return self.parents[-1] if self.parents else ""

    @property
    def prefix(self) -> str:
        """The prefix of its namespace, with the colon; empty if it has none."""
        return self.tag[: -len(self.name)]

    @property
    def inside(self) -> int:
        """The byte after its start tag."""
        found = _TAG.match(self.data, self.start)
        return found.end() if found else self.start

    @property
    def is_closed(self) -> bool:
        """True if it has no end tag, but a start tag that closes itself."""
        return self.data.startswith(b"/>", self.inside - 2)

    @property
    def stop(self) -> int:
        """The byte after the element."""
        return self.inside if self.is_closed else self.data.index(b">", self.end) + 1

    @property
    def content(self) -> bytes:
        """The XML between its start tag and its end tag."""
        return self.data[self.inside : self.end]


def xml_elements(data: bytes, *names: str) -> Iterator[XmlElement]:
    """Yield the elements of some names, each where it ends: after the elements in it.

    Parameters
    ----------
    data
        The XML of a part.
    names
        The names, without prefix; without any, all elements are yielded.

    Raises
    ------
    UnusualPackage, TooMuchXml
        If the part declares a document type, or is too large.
    xml.parsers.expat.ExpatError
        If it is not well formed; the elements before that place are yielded first.

    Examples
    --------
    >>> data = b"<x:sst><x:si><x:t>K1</x:t></x:si><x:si/></x:sst>"
    >>> [(element.text, element.parents, element.start, element.stop) for element in xml_elements(data, "t")]
    [('K1', ('sst', 'si'), 13, 26)]
    >>> [element.content for element in xml_elements(data, "si")]
    [b'<x:t>K1</x:t>', b'']
    """
    parser = data_to_parser(data)
    inside: list[str] = []
    opened: list[tuple[dict[str, str], int, list[str]]] = []
    found: list[XmlElement] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        inside.append(name)
        if not names or name in names:
            opened.append((attributes, parser.CurrentByteIndex, []))

    def end(tag: str) -> None:
        name = inside.pop()
        if not names or name in names:
            attributes, at, pieces = opened.pop()
            text = "".join(pieces)
            end_at = parser.CurrentByteIndex
            found.append(XmlElement(tag, name, tuple(inside), attributes, text, at, end_at, data))

    def text(piece: str) -> None:
        if opened:
            opened[-1][2].append(piece)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    view = memoryview(data)
    fault: Exception | None = None
    try:
        for at in range(0, len(data) or 1, _STEP):
            try:
                parser.Parse(view[at : at + _STEP], at + _STEP >= len(data))
            except Exception as error:
                fault = error
            yield from found
            found.clear()
            if fault:
                raise fault
    finally:
        # Parser and functions refer to each other, and would keep the part in memory.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
