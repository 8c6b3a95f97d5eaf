"""Collect the links of a web page to standards, while its elements are read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from curriculum.documents.table_cells import Link

__all__ = ["PageLinks"]

# The end of the address of a standard on the site, with its version if it has one.
_STANDARD = re.compile(
    r"/(?:st|occ|fa|au)\d{4}(?:-v\d{1,2}-\d{1,3}|-in-revision)?/?(?=$|[?#])", re.IGNORECASE
)


class PageLinks:
    """The links so far, and the one that is open."""

    def __init__(self) -> None:
        self._links: list[tuple[int, str, str]] = []
        # The depth of the open link, or 0.
        self._depth = 0
        self._address = ""
        self._chunks: list[str] = []
        # Links of the line that is being read, whose number is not yet known.
        self._waiting: list[tuple[str, str]] = []

    def start(self, attributes: Mapping[str, str], depth: int) -> None:
        """Begin a link; one to a standard is kept."""
        address = attributes.get("href", "").strip()
        is_page = not address.casefold().startswith("mailto:")
        if not self._depth and is_page and _STANDARD.search(address):
            self._depth, self._address = depth, address

    def data(self, text: str) -> None:
        """Add text to the open link."""
        if self._depth:
            self._chunks.append(text)

    def end(self, depth: int) -> None:
        """End an element."""
        if self._depth and self._depth == depth:
            text = " ".join("".join(self._chunks).split())
            self._depth = 0
            self._chunks.clear()
            if text:
                self._waiting.append((text, self._address))

    def end_line(self, number: int) -> None:
        """End a line: the links in it have its number."""
        self._links += [(number, *waiting) for waiting in self._waiting]
        self._waiting.clear()

    def collected(self) -> tuple[Link, ...]:
        """Return the links in the order of their lines."""
        return tuple(Link(*link) for link in self._links)
