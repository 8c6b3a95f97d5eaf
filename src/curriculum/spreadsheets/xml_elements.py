"""Iterate over the elements of a part of a workbook, with the bytes at which each begins and ends.

Only elements that are open, and those of the last few thousand bytes, are in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from curriculum.files.office_package import Limits, new_parser

__all__ = ["LIMITS", "XmlElement", "data_to_parser", "local_name", "xml_elements", "xml_events"]

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


@dataclass(slots=True, eq=False)
class XmlElement:
    """An element of a part.

    Attributes
    ----------
    tag, name
        Its name with the prefix of its namespace, and without.
    parents
        The names of the elements around it, the root first.
    attributes
        Its attributes.
    start, end
        The byte at which its start tag begins, and the byte at which its end tag begins.
    data
        The XML of the part.
    pieces
        The pieces of its text.
    """

    tag: str
    name: str
    parents: tuple[str, ...]
    attributes: dict[str, str]
    start: int
    data: bytes = field(repr=False)
    end: int = -1
    pieces: list[str] = field(default_factory=list, repr=False)

    @property
    def parent(self) -> str:
        """The name of the element around it; empty for the root."""
        return self.parents[-1] if self.parents else ""

    @property
    def text(self) -> str:
        """The text in it that is not in another element of those that are iterated over."""
        return "".join(self.pieces)

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
        """Whether it has no end tag, but a start tag that closes itself."""
        return self.data.startswith(b"/>", self.inside - 2)

    @property
    def stop(self) -> int:
        """The byte after the element."""
        return self.inside if self.is_closed else self.data.index(b">", self.end) + 1

    @property
    def content(self) -> bytes:
        """The XML between its start tag and its end tag."""
        return self.data[self.inside : self.end]


def xml_events(data: bytes, *names: str) -> Iterator[tuple[bool, XmlElement]]:
    """Yield the elements of some names, each where it starts (true) and where it ends (false).

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
    >>> for is_start, element in xml_events(b"<row><c r='A1'><v>7</v></c></row>", "row", "v"):
    ...     print(is_start, element.name, element.parents)
    True row ()
    True v ('row', 'c')
    False v ('row', 'c')
    False row ()
    """
    parser = data_to_parser(data)
    wanted = frozenset(names)
    inside: list[str] = []
    opened: list[XmlElement] = []
    events: list[tuple[bool, XmlElement]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if not wanted or name in wanted:
            element = XmlElement(tag, name, tuple(inside), attributes, parser.CurrentByteIndex, data)
            opened.append(element)
            events.append((True, element))
        inside.append(name)

    def end(_: str) -> None:
        name = inside.pop()
        if not wanted or name in wanted:
            element = opened.pop()
            element.end = parser.CurrentByteIndex
            events.append((False, element))

    def text(piece: str) -> None:
        if opened:
            opened[-1].pieces.append(piece)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    view = memoryview(data)
    fault: Exception | None = None
    try:
        for at in range(0, len(data) or 1, _STEP):
            try:
                parser.Parse(view[at : at + _STEP], at + _STEP >= len(data))
            except Exception as error:
                fault = error
            yield from events
            events.clear()
            if fault:
                raise fault
    finally:
        # Parser and functions refer to each other, and would keep the part in memory.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def xml_elements(data: bytes, *names: str) -> Iterator[XmlElement]:
    """Yield the elements of some names, each where it ends: after the elements in it.

    Examples
    --------
    >>> data = b"<x:sst><x:si><x:t>K1</x:t></x:si><x:si/></x:sst>"
    >>> [(element.text, element.start, element.stop) for element in xml_elements(data, "t")]
    [('K1', 13, 26)]
    >>> [element.content for element in xml_elements(data, "si")]
    [b'<x:t>K1</x:t>', b'']
    """
    return (element for is_start, element in xml_events(data, *names) if not is_start)
