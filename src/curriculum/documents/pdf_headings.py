"""Tell the headings of a PDF from its paragraphs, by the size and the weight of their letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from curriculum.documents.pdf_paragraphs import Paragraph

__all__ = ["HeadingLevels", "paragraphs_to_levels"]

_LARGER = 1.12
_LONGEST, _MOST_WORDS, _MOST_LEVELS = 160, 12, 6


class HeadingLevels(NamedTuple):
    """The sizes of headings, the largest first, and the size of the other text."""

    sizes: tuple[float, ...]
    body: float
    has_bold: bool

    def level(self, paragraph: Paragraph) -> int:
        """Return the level of a heading, from 1; 0 for other paragraphs."""
        if len(paragraph.text) > _LONGEST:
            return 0
        size = round(paragraph.size * 2) / 2
        if size in self.sizes:
            return min(self.sizes.index(size) + 1, _MOST_LEVELS)
        is_heading = self.has_bold and _is_bold_heading(paragraph, self.body)
        return min(len(self.sizes) + 1, _MOST_LEVELS) if is_heading else 0


def _is_bold_heading(paragraph: Paragraph, body: float) -> bool:
    text = paragraph.text
    return (
        paragraph.is_bold
        and paragraph.size >= 0.95 * body
        and len(text.split()) <= _MOST_WORDS
        and text[-1] not in ".,;"
        and not paragraph.lines[0].opens
    )


def paragraphs_to_levels(paragraphs: Iterable[Paragraph]) -> HeadingLevels:
    """Return which sizes are those of headings.

    Text that is larger than most of the document is a heading, if it is short. A short line in bold is one
    too, of the lowest level.
    """
    every = list(paragraphs)
    letters: Counter[float] = Counter()
    bold = 0
    for paragraph in every:
        letters[round(paragraph.size * 2) / 2] += len(paragraph.text)
        bold += len(paragraph.text) if paragraph.is_bold else 0
    if not letters:
        return HeadingLevels((), 0.0, False)
    body = letters.most_common(1)[0][0]
    sizes = sorted((size for size in letters if size >= _LARGER * body), reverse=True)
    return HeadingLevels(tuple(sizes), body, 2 * bold < letters.total())
