"""Prepare the lines of a document for parsing: without extra white space, with gaps and indents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from curriculum.model.text import text_to_squashed, text_to_title_key

__all__ = [
    "Line",
    "Passage",
    "is_continuation",
    "is_list_item",
    "lines_to_cells",
    "lines_with_next",
    "texts_to_lines",
    "without_bullet",
]

# Text of a web page or a word processor that is copied along; it is not the wording of a standard.
_RESIDUE = re.compile(r"\[bookmark: [^\]\[]*+\]")
_LINK = re.compile(r"Back to (?:Duty|Grading)\s*$")
_FURNITURE = re.compile(
    r"(?:hide |show )?contents|print (?:this )?(?:apprenticeship summary|occupational standard|epa plan|page"
    r"|(?:end point |apprenticeship )?assessment plan)|back to (?:duty|grading|top)"
    r"|is this (?:web)?page useful"
    r"|thank you for your feedback|tell us about your experience|skip to (?:main )?content"
    r"|page \d+ of \d+"
)
# A tab separates the cells of a table, but not a bullet or a number from its text.
_MARK_AND_TAB = re.compile(r"^(\s*(?:[•▪◦·*o–-]|\d{1,3}[.)]))\t+")
_BULLET = re.compile(r"^[•▪◦·*–-]\s+")


class Line(NamedTuple):
    """One non-blank line.

    Attributes
    ----------
    number
        Its number in the file, from 1.
    text
        Its wording, without extra white space and without text that belongs to a web page.
    gap
        The number of blank lines before it.
    indent
        The number of characters that it is indented.
    cells
        The wording of each cell of a line with tabs; empty for a line without.
    """

    number: int
    text: str
    gap: int = 0
    indent: int = 0
    cells: tuple[str, ...] = ()


class Passage(NamedTuple):
    """Wording that can be on several lines."""

    text: str
    first_line: int
    last_line: int

    def joined(self, line: Line) -> Passage:
        """Return the passage with a further line joined on."""
        return Passage(f"{self.text} {line.text}", self.first_line, line.number)


def texts_to_lines(texts: Sequence[str]) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Return the lines of a document that are read, and the numbers of those that belong to a web page only.

    Parameters
    ----------
    texts
        All lines as printed.

    Returns
    -------
    tuple
        The `Line` objects in order, and the numbers of the lines left out (links back, menus,
        bookmarks of a word processor). Blank lines are in neither; each line knows its gap.
    """
    lines: list[Line] = []
    furniture: list[int] = []
    gap = 0
    for number, raw in enumerate(texts, start=1):
        if not raw.strip():
            gap += 1
            continue
        cells = tuple(cell for cell in _line_to_cells(raw) if not _is_furniture(cell))
        if cells:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(number, " ".join(cells), gap, indent, cells if len(cells) > 1 else ()))
            gap = 0
        else:
            furniture.append(number)
    return tuple(lines), tuple(furniture)


def _line_to_cells(raw: str) -> list[str]:
    """Return the wording of each cell of a line; a line without tabs is one cell."""
    cells = _MARK_AND_TAB.sub(r"\1 ", _RESIDUE.sub("", raw)).split("\t")
    return [text_to_squashed(_LINK.sub("", cell)) for cell in cells if cell.strip()]


def _is_furniture(text: str) -> bool:
    return not text or _FURNITURE.fullmatch(text_to_title_key(text)) is not None


def lines_to_cells(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return each cell of a table as a line, as in a copy without tabs.

    Examples
    --------
    >>> [cell.text for cell in lines_to_cells([Line(5, "K1 The hoof.", cells=("K1", "The hoof."))])]
    ['K1', 'The hoof.']
    """
    return tuple(
        line._replace(text=cell, gap=0 if position else line.gap, cells=())
        for line in lines
        for position, cell in enumerate(line.cells or (line.text,))
    )


def is_list_item(line: Line) -> bool:
    """Return whether a line begins with a bullet."""
    return _BULLET.match(line.text) is not None


def without_bullet(text: str) -> str:
    """Return the text after a bullet.

    Examples
    --------
    >>> without_bullet("• submit a portfolio of evidence")
    'submit a portfolio of evidence'
    """
    return _BULLET.sub("", text)


def is_continuation(line: Line, before: str) -> bool:
    """Return whether a line is the wrapped rest of the wording before it.

    It is if it starts in lower case and the wording before it does not end with a full stop.

    Examples
    --------
    >>> is_continuation(Line(9, "clients and visitors"), "communication with technical colleagues,")
    True
    >>> is_continuation(Line(9, "Related Articles"), "Recognises when mistakes are made")
    False
    """
    return line.text[:1].islower() and not before.endswith(".")


def lines_with_next(lines: Sequence[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Yield each line with the one after it; None after the last."""
    return zip(lines, [*lines[1:], None], strict=False)
