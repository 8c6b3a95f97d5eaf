"""Report the items of a list that announce a list within them, where nothing tells its items apart."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.text import text_to_shortened
from curriculum.parsing.lines import Passage
from curriculum.parsing.rows import Finding

__all__ = ["announcing_findings"]


def announcing_findings(items: Sequence[Passage]) -> tuple[Finding, ...]:
    """Report each item that ends with a colon and is not the last.

    Examples
    --------
    >>> [row.line for row in announcing_findings([Passage("kinds of:", 3, 3), Passage("rye", 4, 4)])]
    [3]
    """
    return tuple(
        Finding(
            "numbers-lost",
            item.last_line,
            "error",
            f"“{text_to_shortened(item.text)}” announces a list: whether the items below it are parts of it "
            "cannot be told",
        )
        for item in items[:-1]
        if item.text.endswith(":")
    )
