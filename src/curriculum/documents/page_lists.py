"""Count the items of the lists of a web page as a browser does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.documents.list_numbering import count_to_text
from curriculum.documents.page_tables import text_to_number

__all__ = ["PageList", "tag_to_list"]

_COUNTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass
class PageList:
    """An open list: how its items are numbered (not at all if empty), and the next number."""

    count: str
    number: int
    step: int

    def mark(self, value: str | None) -> str:
        """Return the mark of the next item."""
        if not self.count:
            return "• "
        number = text_to_number(value, self.number)
        self.number = number + self.step
        return f"{count_to_text(number, self.count)}. "


def tag_to_list(tag: str, attributes: Mapping[str, str]) -> PageList:
    """Return the list that an element opens."""
    if tag != "ol":
        return PageList("", 1, 1)
    # The first number of a list that is counted down depends on items not yet read, unless it is printed.
    is_reversed = "reversed" in attributes and "start" in attributes
    return PageList(
        _COUNTS.get(attributes.get("type", ""), "decimal"),
        text_to_number(attributes.get("start"), 1),
        -1 if is_reversed else 1,
    )
