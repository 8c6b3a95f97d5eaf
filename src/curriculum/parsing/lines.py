"""Prepare the lines of a document for parsing: without extra white space, with gaps and indents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from curriculum.model.lookalikes import text_without_invisible
from curriculum.model.text import is_table_rule, text_to_squashed, text_to_title_key

__all__ = [
    "Line",
    "Passage",
    "is_continuation",
    "is_list_item",
    "lines_to_cells",
    "lines_with_next",
    "parts_to_cells",
    "text_to_line",
    "texts_to_lines",
    "without_bullet",
]

# Text of a web page or a word processor that is copied along; it is not the wording of a standard.
_RESIDUE = re.compile(r"\[bookmark: [^\]\[]*+\]")
_LINK = re.compile(r"(?:Back|Return) to (?:Duty|Duties|Grading|KSBs)\s*$")
_FURNITURE = re.compile(
    r"(?:hide |show )?contents|print (?:this )?(?:apprenticeship summary|occupational standard|epa plan|page"
    r"|(?:end point |apprenticeship )?assessment plan)"
    r"|(?:back|return) to (?:duty|duties|grading|ksbs|top|all approved qualifications)"
    r"|is this (?:web)?page useful|report a problem with this (?:web)?page|share this page"
    r"|view occupation in map|view apprenticeship standard|(?:show|hide) (?:all|this) sections?"
    r"|thank you for your feedback|tell us about your experience|skip to (?:main )?content"
    r"|page \d+ of \d+"
)
# A tab separates the cells of a table, but not a bullet or a number from its text.
_MARK_AND_TAB = re.compile(r"^(\s*(?:[•▪◦·*o–-]|\d{1,3}[.)]))\t+")
# Markdown is read by its own reader. These signs are left out of other texts too, as people paste them into
# Word: those before a heading, a link on a code (“[K1](#k1)”), an empty or ticked box (“- [ ] K1: text”).
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s+(?=[A-Z*_\[])")
_WEB_LINK = re.compile(r"\[([*_]{0,3}(?:Duty |[A-Z]{1,3}) ?\d[^\[\]]*+)\]\([^()\s]*+\)")
_CHECK_BOX = re.compile(r"^(\s*[*+-]\s+)\[[ xX]\]\s+")
_ADDRESS = re.compile(r"www\.|https?:|\S{1,60}@\S")
_BULLET = re.compile(r"^[•▪◦·*–-]\s+")
# A second label far behind the first, as in columns that are made by spaces.
_NEXT_COLUMN = re.compile(r"(?<=\S)\s{3,}(?=(?:TK|TS|ESB|[KSB])[1-9]\d{0,2}(?:\s?[:.)–-])?\s+[^\W\d])")
_LABEL_START = re.compile(r"\s*+(?:TK|TS|ESB|[KSB])[1-9]\d{0,2}\b")
# The number of the page at the end of a running head.
_PAGE_NUMBER = re.compile(r"(?<=\s)\d{1,3}$")
# A line that is printed so often, between other lines, is the head or the foot of pages.
_LEAST_RUNNING = 3


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
        The wording of each cell of a line with tabs, or of a row of a table; empty for other lines.
    parts
        The lines in the cells of a row of a table; empty for other lines.
    row
        The row of a table that the line is in, counted over all tables of the document, or
        less than 0 for a line with tabs; 0 if it is in none.
    is_opening
        Whether it begins a cell, or is the first after a table: wording before it does not go on in it.
    column
        The heading of its column in a table.
    depth
        Within how many lists its list is, as far as the file says so.
    last_number
        The number of its last line, if it was made of several lines of a cell; 0 if it is one line.
    level
        Its level if the file marks it as a heading, from 1; 0 if it is none, or nothing is known.
    is_running
        Whether the text has it three times or more, as the head or the foot of each page is.
    is_repeated
        Whether the text has it twice or more, apart from the number of the page.
    """

    number: int
    text: str
    gap: int = 0
    indent: int = 0
    cells: tuple[str, ...] = ()
    parts: tuple[Line, ...] = ()
    row: int = 0
    is_opening: bool = False
    column: str = ""
    last_number: int = 0
    depth: int = 0
    level: int = 0
    is_running: bool = False
    is_repeated: bool = False

    @property
    def last(self) -> int:
        """The number of the last line that it was made of."""
        return self.last_number or self.number

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all lines that it was made of."""
        return tuple(part.number for part in self.parts) or tuple(range(self.number, self.last + 1))


class Passage(NamedTuple):
    """Wording that can be on several lines."""

    text: str
    first_line: int
    last_line: int

    def joined(self, line: Line) -> Passage:
        """Return the passage with a further line joined on."""
        return Passage(f"{self.text} {line.text}", self.first_line, line.last)


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
        line = text_to_line(number, raw, gap)
        if line:
            lines.append(line)
            gap = 0
        else:
            furniture.append(number)
    return _with_running(lines), tuple(furniture)


def _with_running(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines that know whether the text repeats them, and if as the head or the foot of a page."""
    keys = [_PAGE_NUMBER.sub("", line.text) for line in lines]
    counts = Counter(keys)
    # A part of several wordings is always behind an open one; a running head is somewhere behind a full stop.
    before = ["."] + [line.text for line in lines[:-1]]
    sure = {key for key, text in zip(keys, before, strict=False) if text.endswith((".", ";"))}
    running = {key for key in sure if counts[key] >= _LEAST_RUNNING}
    return tuple(
        line._replace(is_running=key in running and _can_run(line), is_repeated=True)
        if counts[key] > 1
        else line
        for line, key in zip(lines, keys, strict=True)
    )


def _can_run(line: Line) -> bool:
    """Return whether a line can be a running head: a few words that begin in upper case, and no sentence."""
    words = line.text.split()
    return len(words) > 1 and words[0][0].isupper() and line.text[-1] not in ".:;," and not line.cells


def text_to_line(number: int, raw: str, gap: int = 0) -> Line | None:
    """Return a line as it is read; None if it belongs to a web page, or to the form of the text, only.

    Examples
    --------
    >>> text_to_line(7, "### Duty 1:  Shoe horses").text
    'Duty 1: Shoe horses'
    """
    cells = tuple(cell for cell in _line_to_cells(raw) if not _is_furniture(cell))
    if not cells or is_table_rule(raw) or not raw.strip('|,;" \t'):
        return None
    indent = len(raw) - len(raw.lstrip())
    return Line(number, " ".join(cells), gap, indent, cells if len(cells) > 1 else ())


def _line_to_cells(raw: str) -> list[str]:
    """Return the wording of each cell of a line; a line without tabs is one cell."""
    shown = raw if raw.isascii() else text_without_invisible(raw)
    plain = _WEB_LINK.sub(r"\1", _RESIDUE.sub("", shown)) if "](" in shown else _RESIDUE.sub("", shown)
    unmarked = _CHECK_BOX.sub(r"\1", _HEADING_MARK.sub("", plain))
    if "   " in unmarked and _LABEL_START.match(unmarked):
        unmarked = _NEXT_COLUMN.sub("\t", unmarked)
    cells = _MARK_AND_TAB.sub(r"\1 ", unmarked).split("\t")
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
    return tuple(cell for line in lines for cell in (line.parts or _tabs_to_lines(line)))


def parts_to_cells(parts: Iterable[Line]) -> list[list[Line]]:
    """Return the lines of a row of a table, those of each cell together.

    Examples
    --------
    >>> parts = [Line(5, "K1", is_opening=True), Line(5, "The", is_opening=True), Line(6, "hoof.")]
    >>> [[line.text for line in cell] for cell in parts_to_cells(parts)]
    [['K1'], ['The', 'hoof.']]
    """
    cells: list[list[Line]] = []
    for part in parts:
        if part.is_opening or not cells:
            cells.append([])
        cells[-1].append(part)
    return cells


def _tabs_to_lines(line: Line) -> tuple[Line, ...]:
    """Return the cells of a line with tabs as lines; a line without is returned as it is."""
    if not line.cells:
        return (line,)
    return tuple(
        Line(
            line.number,
            cell,
            0 if position else line.gap,
            line.indent,
            row=-line.number,
            is_opening=position > 0,
        )
        for position, cell in enumerate(line.cells)
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
    is_open = not line.is_opening and not before.endswith(".")
    return is_open and line.text[:1].islower() and _ADDRESS.match(line.text) is None


def lines_with_next(lines: Sequence[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Yield each line with the one after it; None after the last."""
    return zip(lines, [*lines[1:], None], strict=False)
