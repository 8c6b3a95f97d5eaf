"""The lines of a Markdown text while it is read: their pieces, the cells of tables, and HTML within them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from curriculum.documents.markup import BoldSpan, pieces_to_bold
from curriculum.documents.page_styles import Emphasis
from curriculum.documents.page_tables import PageTables
from curriculum.documents.table_cells import Cell, CellLine, OpenCell

__all__ = ["MarkdownLines"]


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_INLINE = _tags(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr"
)
_KNOWN = _INLINE | _tags(
    "address area article aside audio base blockquote body br button canvas caption center col colgroup "
    "datalist dd details dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset "
    "h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe input legend li link main map menu meta meter nav "
    "noscript object ol optgroup option output p param picture pre progress script search section select "
    "source style summary svg table tbody td template textarea tfoot th thead title tr track ul video"
)
_EMPTY = _tags("area base br col embed hr img input link meta param source track wbr")
_DROPPED = frozenset(("script", "style", "template"))
_IN_TABLE = frozenset(("td", "th", "tr", "thead", "tbody", "tfoot", "caption"))
# What the start of an element of a table ends, as its end can be left out.
_ENDS = {
    **dict.fromkeys(("td", "th"), ("td", "th")),
    "tr": ("td", "th", "tr"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("td", "th", "tr", "thead", "tbody", "tfoot")),
    "li": ("li",),
    "p": ("p",),
    **dict.fromkeys(("dt", "dd"), ("dt", "dd")),
}
_TABLES = frozenset(("table", "dl"))
# Pages have some tens of levels of elements; what is deeper is read as text.
_MAX_DEPTH = 200
_SPACES = re.compile(r" {2,}")


class MarkdownLines:
    """The lines that were read so far, by their numbers in the file."""

    def __init__(self, n_lines: int) -> None:
        self.prefixes: dict[int, str] = {}
        self.struck: set[int] = set()
        self.tables = PageTables()
        self.bold_depth = 0
        self.struck_depth = 0
        self._n_lines = n_lines
        self._pieces: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        self._of_cell: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
        self._is_broken = False
        self._emphasis = Emphasis()
        self._open: list[str] = []
        # The tables and the text outside tables that are on a line.
        self._tables_of_line: dict[int, set[int]] = defaultdict(set)

    def add(self, number: int, text: str) -> None:
        """Add text to a line, and to the cell that is open."""
        if not 0 < number <= self._n_lines or not text or _DROPPED.intersection(self._open[-1:]):
            return
        is_bold = self.bold_depth > 0 or self._emphasis.is_bold
        self._pieces[number].append((text, is_bold))
        if (self.struck_depth > 0 or self._emphasis.is_struck) and text.strip():
            self.struck.add(number)
        cell = self.tables.cell
        if text.strip():
            self._tables_of_line[number].add(cell.table if cell else 0)
        if cell:
            parts = self._of_cell[id(cell)]
            if not parts or parts[-1][0] != number or self._is_broken:
                parts.append((number, []))
            parts[-1][1].append(text)
            self._is_broken = False

    def end_line(self, number: int) -> None:
        """End a line within the text of a line, as `<br>` does."""
        self._is_broken = True
        if number in self._pieces:
            self._pieces[number].append((" ", False))

    def start(self, tag: str, number: int, attributes: dict[str, str] | None = None) -> None:
        """Begin an element that is in a table, or a table."""
        if tag in _TABLES or tag in _IN_TABLE or tag in ("dt", "dd"):
            self.tables.start(tag, attributes or {})
            # As in a copy of a page, a tab is between two cells of HTML; those of Markdown keep their pipes.
            if tag in ("td", "th", "dd") and number in self._pieces:
                self._pieces[number].append((" | " if attributes is None else "\t", False))

    def end(self, tag: str) -> None:
        """End an element."""
        self.tables.end(tag)

    def read_html(self, source: str, number: int, is_inline: bool = False) -> None:
        """Read HTML that begins on a line. What an inline part leaves open is closed at its block's end."""
        parser = _Parser(self, number)
        parser.feed(source)
        parser.close()
        if not is_inline:
            self._end_dropped()

    def _end_dropped(self) -> None:
        while self._open and self._open[-1] in _DROPPED:
            self._pop()

    @property
    def depth(self) -> int:
        """How many elements of HTML are open."""
        return len(self._open)

    def end_inline(self, depth: int) -> None:
        """Close the elements within a text that a block has left open."""
        while len(self._open) > depth and self._open[-1] in _INLINE | _DROPPED:
            self._pop()

    def _pop(self) -> None:
        tag = self._open.pop()
        self._emphasis.end()
        self.end(tag)

    def open_element(self, tag: str, number: int, attributes: dict[str, str]) -> None:
        """Begin an element of HTML, and end those that it ends."""
        self._close_implied(tag)
        if tag not in _INLINE and tag not in ("td", "th"):
            self.end_line(number)
        if tag in _EMPTY or len(self._open) >= _MAX_DEPTH:
            return
        self._open.append(tag)
        self._emphasis.start(tag, attributes)
        self.start(tag, number, attributes)

    def close_element(self, tag: str, number: int) -> None:
        """End an element of HTML; an end without a start changes nothing."""
        within = self._within_table() if tag not in _TABLES else self._open
        if tag not in within:
            return
        while self._open[-1] != tag:
            self._pop()
        self._pop()
        if tag not in _INLINE:
            self.end_line(number)

    def _within_table(self) -> list[str]:
        """Return the elements that are open in the innermost table."""
        at = max((place for place, tag in enumerate(self._open) if tag in _TABLES), default=-1)
        return self._open[at + 1 :]

    def _close_implied(self, tag: str) -> None:
        ends = _ENDS.get(tag, ())
        while ends and set(ends).intersection(self._within_table()):
            self._pop()

    def has_text(self, number: int) -> bool:
        """Return whether a line has text so far."""
        return any(text.strip() for text, _ in self._pieces.get(number, ()))

    def line(self, number: int) -> str:
        """Return a line as it is shown."""
        text = "".join(text for text, _ in self._pieces.get(number, ())).rstrip()
        if not text.strip():
            return ""
        prefix = self.prefixes.get(number)
        return text if prefix is None else prefix + _SPACES.sub(" ", text.strip(" ")).replace(" \t", "\t")

    def bold(self) -> Iterator[BoldSpan]:
        """Yield the bold parts of all lines."""
        for number, pieces in sorted(self._pieces.items()):
            if any(is_bold for _, is_bold in pieces):
                yield from pieces_to_bold(
                    pieces, self.line(number), number, len(self.prefixes.get(number, ""))
                )

    def cells(self) -> tuple[Cell, ...]:
        """Return the cells of tables.

        A table is read by its lines alone if it shares one with another table or with text outside tables.
        """
        mixed = {table for tables in self._tables_of_line.values() if len(tables) > 1 for table in tables}
        return tuple(
            Cell(
                cell.table,
                cell.row,
                cell.column,
                cell.n_rows,
                cell.n_columns,
                is_heading,
                self._lines_of(cell),
            )
            for table in self.tables.tables
            if table.number not in mixed
            for row in _by_row(table.cells)
            for is_heading in (all(cell.is_heading for cell in row),)
            for cell in row
            if self._lines_of(cell)
        )

    def _lines_of(self, cell: OpenCell) -> tuple[CellLine, ...]:
        joined = ((number, " ".join("".join(parts).split())) for number, parts in self._of_cell[id(cell)])
        return tuple(CellLine(number, text) for number, text in joined if text)


def _by_row(cells: Sequence[OpenCell]) -> list[list[OpenCell]]:
    rows: dict[int, list[OpenCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [*rows.values()]


class _Parser(HTMLParser):
    """Pass the parts of some HTML on, with the numbers of their lines."""

    def __init__(self, lines: MarkdownLines, number: int) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = lines
        self._first = number

    def _number(self) -> int:
        return self._first + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; what is in angle brackets and no tag of HTML is text."""
        if tag in _KNOWN:
            self._lines.open_element(tag, self._number(), {name: value or "" for name, value in attrs})
        elif ":" not in tag:
            self.handle_data(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin and end an element."""
        self.handle_starttag(tag, attrs)
        if tag in _KNOWN and tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _KNOWN:
            self._lines.close_element(tag, self._number())
        elif ":" not in tag:
            self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Add the text of each line."""
        for number, text in enumerate(data.split("\n"), start=self._number()):
            self._lines.prefixes.setdefault(number, "")
            self._lines.add(number, text)
