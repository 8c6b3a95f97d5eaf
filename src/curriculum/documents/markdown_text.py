"""Read Markdown: the text of each line as it is shown, without its marks, and the cells of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from curriculum.documents.markdown_lines import MarkdownLines
from curriculum.documents.markdown_signs import front_matter, has_markdown_name
from curriculum.documents.markup import Markup, NamedValue, Remark
from curriculum.documents.page_styles import lines_to_struck_remarks
from curriculum.documents.table_cells import Cell, Content
from curriculum.documents.text_tables import is_torn_row, lines_to_table_cells, pipes_to_texts, torn_remark
from curriculum.errors import missing_package
from curriculum.files.limits import check_time
from curriculum.model.codes import line_to_label, word_to_code

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["lines_to_markdown_content"]

# Blocks within blocks. What is deeper is added line by line.
_MAX_DEPTH = 60
# The letters and brackets of a paragraph, and the letters of HTML; what has more is read as plain lines.
_MAX_LETTERS, _MAX_BRACKETS, _MAX_HTML = 20_000, 400, 500_000
# How many fences without an end are looked for.
_MAX_FENCES = 20
_BY_ITS_SIGNS = Remark(
    "reading", 0, "note", "read as Markdown: it has headings with “#”, or tables with pipes"
)
# The marks of quotations and items of lists before a row of a table.
_BEFORE_ROW = re.compile(r"^(?:\s{0,9}(?:>|[-*+]\s|\d{1,9}[.)]\s)){0,20}")
_TASK = re.compile(r"\[[ xX]\]\s+")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_FOOTNOTE_TEXT = re.compile(r" {0,3}\[\^[^\]\s]{1,40}\]:")
_OPEN_TABLE = {
    "table_open": "table",
    "tr_open": "tr",
    "th_open": "th",
    "td_open": "td",
    "thead_open": "thead",
}
_END_TABLE = {f"{name.removesuffix('_open')}_close": tag for name, tag in _OPEN_TABLE.items()}
_FENCE_MARK = re.compile(r"[>\s]*(?P<mark>`{3,}|~{3,})\s*")


def lines_to_markdown_content(lines: Sequence[str], where: str) -> Content:
    """Read Markdown.

    Parameters
    ----------
    lines
        The lines of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    Content
        As many lines as the file has: the text of each without the marks of Markdown. Those of front matter,
        comments and targets of links are blank.

    Raises
    ------
    UnsupportedFormat
        If the extra ``documents`` is not installed.

    Examples
    --------
    >>> lines_to_markdown_content(["# KSBs", "", "- **K1:** How dough [rises](a.md)"], "k.md").lines
    ('KSBs', '', '• K1: How dough rises')
    """
    try:
        from markdown_it import MarkdownIt
    except ImportError as fault:
        raise missing_package("Markdown", "markdown-it-py", where) from fault
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_DEPTH})
    parser.enable(["table", "strikethrough"]).disable(["code", "inline"])
    values, n_front = front_matter(lines)
    reader = _Reader(parser, _without_fences_of_boxes(lines, n_front))
    reader.read()
    return reader.content(values, () if has_markdown_name(where) else (_BY_ITS_SIGNS,))


def _without_fences_of_boxes(lines: Sequence[str], n_front: int) -> list[str]:
    """Return lines with those of front matter blank, and those that end a box (“:::”)."""
    return [
        "" if at < n_front or (":::" in line and set(line.strip()) == {":"}) else line
        for at, line in enumerate(lines)
    ]


class _Reader:
    """The blocks that were read so far."""

    def __init__(self, parser: MarkdownIt, source: list[str]) -> None:
        self._parser = parser
        self._source = source
        self._shown = MarkdownLines(len(source))
        self._environment: dict[str, Any] = {}
        self._seen: set[int] = set()
        self._headings: list[tuple[int, int]] = []
        self._paragraphs: list[tuple[int, int]] = []
        # For each open list: the number of its next item; 0 if it has bullets.
        self._lists: list[int] = []
        self._is_item = False
        self._depths: dict[int, int] = {}
        self._row = 0
        self._n_cells = 0
        self._torn: list[int] = []
        self._in_tables: set[int] = set()
        self._has_footnotes = any(_FOOTNOTE_TEXT.match(line) for line in source)

    def read(self) -> None:
        """Read all blocks, and the lines that are in none."""
        for token in self._tokens():
            check_time()
            self._read_block(token)
        for reference in self._environment.get("references", {}).values():
            self._read_target(reference)
        for number, line in enumerate(self._source, start=1):
            if number not in self._seen and any(map(str.isalnum, line)):
                self._shown.add(number, line)

    def _tokens(self) -> list[Token]:
        """Return the blocks. A fence that nothing ends is no fence: it would hide all that is below it."""
        tokens: list[Token] = []
        for _ in range(_MAX_FENCES):
            self._environment = {}
            tokens = self._parser.parse("\n".join(self._source), self._environment)
            opened = next(
                (token for token in tokens if token.type == "fence" and not self._is_ended(token)), None
            )
            if opened is None or opened.map is None:
                return tokens
            self._source[opened.map[0]] = ""
        return tokens

    def _is_ended(self, fence: Token) -> bool:
        first, end = fence.map or (0, 0)
        found = _FENCE_MARK.fullmatch(self._source[end - 1]) if end - 1 > first else None
        return found is not None and found["mark"].startswith(fence.markup)

    def _read_block(self, token: Token) -> None:
        first, end = token.map or (0, 0)
        if token.type in ("inline", "hr", "fence", "html_block", "heading_open", "table_open"):
            self._seen.update(range(first + 1, end + 1))
        if token.type == "inline":
            self._read_inline(token.content, first + 1 if token.map else self._row)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            is_bulleted = token.type == "bullet_list_open"
            self._lists.append(0 if is_bulleted else int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            self._start_item(first + 1)
        elif token.type == "heading_open":
            self._headings.append((first + 1, int(token.tag[1:])))
        elif token.type == "fence":
            for number, line in enumerate(token.content.split("\n"), start=first + 2):
                self._shown.add(number, line)
        elif token.type == "html_block":
            self._read_html_block(token.content, first + 1)
        else:
            self._read_table(token)

    def _start_item(self, number: int) -> None:
        indent = "  " * (len(self._lists) - 1)
        mark = f"{self._lists[-1]}. " if self._lists[-1] else "• "
        self._lists[-1] += bool(self._lists[-1])
        self._shown.prefixes[number] = indent + mark
        self._is_item = True
        if len(self._lists) > 1:
            self._depths[number] = len(self._lists) - 1

    def _read_html_block(self, source: str, number: int) -> None:
        if source.lstrip().startswith("<!--") and "-->" not in source:
            # A comment that nothing ends would hide all that is below it.
            for offset, line in enumerate(source.replace("<!--", "", 1).split("\n")):
                self._read_inline(line.strip(), number + offset)
        elif len(source) > _MAX_HTML or source.count("<?") + source.count("<!") > _MAX_BRACKETS:
            self._add_lines(source, number)
        else:
            self._shown.read_html(source, number)

    def _add_lines(self, source: str, number: int) -> None:
        """Add lines as they are: the parsers take long for some texts, and no text of a standard is so."""
        for offset, line in enumerate(source.split("\n")):
            self._shown.add(number + offset, line)

    def _read_table(self, token: Token) -> None:
        if token.type == "table_open" and token.map:
            self._in_tables.update(range(token.map[0] + 1, token.map[1] + 1))
        if token.type == "tr_open" and token.map:
            self._row, self._n_cells = token.map[0] + 1, 0
        if token.type in ("td_open", "th_open"):
            self._n_cells += 1
        if token.type == "tr_close":
            self._read_cells_left()
        if token.type in _OPEN_TABLE:
            self._shown.start(_OPEN_TABLE[token.type], self._row)
        elif token.type in _END_TABLE:
            self._shown.end(_END_TABLE[token.type])

    def _read_cells_left(self) -> None:
        """Read the cells of a row for which the header has no column: Markdown would not show them."""
        texts = pipes_to_texts(_BEFORE_ROW.sub("", self._source[self._row - 1]))
        self._torn += [self._row] if is_torn_row(texts, self._n_cells) else []
        for text in texts[self._n_cells :]:
            self._shown.start("td", self._row)
            self._read_inline(text.strip(), self._row)
            self._shown.end("td")

    def _read_target(self, reference: Any) -> None:
        """Mark the lines of a target of links; “[K1]: Tools” looks like one and is a statement."""
        first, end = reference["map"]
        numbers = range(first + 1, end + 1)
        label = line_to_label(self._source[first].strip())
        if label and not set("/.#:") & set(str(reference["href"])):
            return
        self._seen.update(numbers)

    def _read_inline(self, content: str, number: int) -> None:
        """Read the text of a block that begins on a line."""
        if self._is_item:
            content = _TASK.sub("", content, count=1) if _TASK.match(content) else content
            self._is_item = False
        self._shown.prefixes.setdefault(number, "")
        if len(content) > _MAX_LETTERS or content.count("[") > _MAX_BRACKETS:
            self._add_lines(content, number)
            return
        children: list[Token] = []
        self._parser.inline.parse(content, self._parser, self._environment, children)
        depth = self._shown.depth
        for offset in range(1, content.count("\n") + 1):
            is_indented = bool(self._lists) and self._source[number + offset - 1][:1].isspace()
            self._shown.prefixes.setdefault(number + offset, "  " * len(self._lists) * is_indented)
        _Inline(self._shown, children, content, number, self._has_footnotes).read(self._paragraphs)
        self._shown.end_inline(depth)
        self._shown.bold_depth = self._shown.struck_depth = 0

    def content(self, values: Sequence[NamedValue], remarks: Sequence[Remark]) -> Content:
        """Return what was read, with values and remarks that come from elsewhere."""
        numbers = range(1, len(self._source) + 1)
        lines = tuple(map(self._shown.line, numbers))
        cells = self._shown.cells()
        others = ["" if number in self._in_tables else lines[number - 1] for number in numbers]
        n_tables = len(self._shown.tables.tables)
        shifted = (cell._replace(table=cell.table + n_tables) for cell in lines_to_table_cells(others))
        of_cells = {line.number for cell in cells for line in cell.lines}
        return Content(
            lines,
            (*cells, *_without_lines(shifted, of_cells)),
            headings=dict(self._headings),
            markup=Markup(
                tuple(self._shown.bold()),
                tuple(self._paragraphs),
                tuple(self._depths.items()),
                tuple(values),
                (
                    *lines_to_struck_remarks(self._shown.struck),
                    *_front_remarks(values),
                    *map(torn_remark, self._torn),
                    *remarks,
                ),
            ),
        )


def _without_lines(cells: Iterable[Cell], numbers: set[int]) -> list[Cell]:
    """Return the cells of tables none of whose lines is in another table."""
    kept = [*cells]
    double = {cell.table for cell in kept if any(line.number in numbers for line in cell.lines)}
    return [cell for cell in kept if cell.table not in double]


def _front_remarks(values: Sequence[NamedValue]) -> tuple[Remark, ...]:
    named = [value for value in values if word_to_code(value.name) or line_to_label(value.value.lstrip("- "))]
    if not named:
        return ()
    message = f"the front matter has KSBs, such as in “{named[0].name}”: they are details, and no statements"
    return (Remark("left-out", named[0].line, "warning", message),)


class _Inline:
    """The text within a block: its parts, and the line of each."""

    def __init__(
        self, shown: MarkdownLines, parts: Sequence[Token], content: str, number: int, has_footnotes: bool
    ) -> None:
        self._shown = shown
        self._parts = parts
        self._number = number
        self._first = number
        self._lines = content.split("\n")
        self._has_footnotes = has_footnotes
        n_breaks = sum(part.type in ("softbreak", "hardbreak") for part in parts)
        n_breaks += sum(part.content.count("\n") for part in parts if part.type == "html_inline")
        # Code and targets of links can have line ends that are no parts: then words are looked for.
        self._is_counted = n_breaks == len(self._lines) - 1
        self._at = 0

    def read(self, paragraphs: list[tuple[int, int]]) -> None:
        """Add each part to its line, and the first and last line of what is wrapped to ``paragraphs``."""
        start = self._number
        for at, part in enumerate(self._parts):
            if part.type in ("text", "text_special", "code_inline"):
                self._add(self._without_footnotes(part.content))
            elif part.type in ("strong_open", "strong_close"):
                self._shown.bold_depth += part.nesting
            elif part.type in ("s_open", "s_close"):
                self._shown.struck_depth += part.nesting
            elif part.type == "html_inline":
                self._shown.read_html(part.content, self._number, is_inline=True)
                self._number += part.content.count("\n") if self._is_counted else 0
            elif part.type in ("softbreak", "hardbreak"):
                is_end = part.type == "hardbreak" or _is_line_break(self._parts[at - 1])
                if is_end and self._number > start:
                    paragraphs.append((start, self._number))
                self._break()
                start = self._number if is_end else start
        if self._number > start:
            paragraphs.append((start, self._number))

    def _break(self) -> None:
        if self._is_counted:
            self._number += 1
        self._shown.prefixes.setdefault(self._number, "")

    def _without_footnotes(self, text: str) -> str:
        return _FOOTNOTE.sub("", text) if self._has_footnotes and not _FOOTNOTE_TEXT.match(text) else text

    def _add(self, text: str) -> None:
        if self._is_counted:
            self._shown.add(self._number, text)
            return
        for word in re.findall(r"\s*\S+|\s+$", text):
            self._find(word.strip())
            self._shown.prefixes.setdefault(self._number, "")
            self._shown.add(self._number, word)

    def _find(self, word: str) -> None:
        """Find the line that has a word, from here on."""
        for place in range(self._number - self._first, len(self._lines)):
            start = self._at if place == self._number - self._first else 0
            at = self._lines[place].find(word, start)
            if at >= 0:
                self._number, self._at = self._first + place, at + len(word)
                return


def _is_line_break(part: Token) -> bool:
    return part.type == "html_inline" and part.content.casefold().startswith("<br")
