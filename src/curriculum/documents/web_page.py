"""Read a saved web page: its text, in the lines that you get if you select all of it and copy it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.documents.markup import BoldSpan, Markup, pieces_to_bold
from curriculum.documents.page_styles import Emphasis
from curriculum.documents.page_tables import PageTables, text_to_number
from curriculum.documents.table_cells import Content, tables_to_cells
from curriculum.documents.word_numbering import count_to_text
from curriculum.documents.word_package import INSTALL_THE_EXTRA
from curriculum.errors import UnreadableFile, UnsupportedFormat

__all__ = ["page_to_content"]

MAX_PAGE_BYTES = 20_000_000
MAX_PAGE_TAGS = 1_000_000
# Pages have some tens of levels of elements; far more is a fault of the page, or an attack.
MAX_DEPTH = 1_000
_COPY_AS_TEXT = "Open the page, select all, copy, and save that as plain text (UTF-8)."

_DROPPED = frozenset(
    (
        *("head", "title", "script", "style", "template", "noscript"),
        *("iframe", "object", "svg", "canvas", "audio", "video", "select", "datalist", "textarea"),
    )
)
_LISTS = frozenset(("ol", "ul", "menu", "dir"))
# Before and after these a browser shows a blank line; before and after the next, a new line.
_PARAGRAPHS = _LISTS | frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "dl", "hr", "figure"),
        *("section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset", "details"),
    )
)
_BLOCKS = frozenset(
    (
        *("div", "li", "tr", "td", "th", "dt", "dd", "caption", "thead", "tbody", "tfoot"),
        *("summary", "legend", "figcaption", "address", "center", "dialog", "hgroup", "search"),
    )
)
_COUNTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

_TAG = re.compile(r"<[a-zA-Z!?/]")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta\s[^>]{0,120}?charset\s*+=\s*+[\"']?\s*+(?P<meta>[\w.:-]{1,40})"
    rb"|<\?xml\s[^>]{0,120}?encoding\s*+=\s*+[\"'](?P<xml>[\w.:-]{1,40})",
    re.IGNORECASE,
)
# The encodings that pages declare. Python knows more (punycode, rot13) that no page has.
_ENCODING = re.compile(
    r"utf-8|ascii|cp125\d|cp874|cp866|iso8859-\d+|koi8-[ru]|mac-roman|gbk|gb2312|gb18030|big5|shift_jis"
    r"|cp932|euc_jp|euc_kr|cp949|iso2022_jp"
)


def page_to_content(data: bytes, where: str) -> Content:
    r"""Read a saved web page.

    Each block (paragraph, heading, list item, cell of a table) is a line. An item of a list has its
    bullet or its number. What a browser does not show of a page is left out: scripts,
    styles, templates, comments, and what has the attribute ``hidden``. Nothing is fetched.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    Content
        The lines, one blank line at most between two of them; the cells of tables; and what is bold. A list
        of terms (``<dl>``) is a table too, with a row for each term.

    Raises
    ------
    UnreadableFile
        If the page shows no text.
    UnreadableFile
        If it is too large or too deeply nested, or its bytes are not text.
    UnsupportedFormat
        If it holds no tag, or the extra ``documents`` is not installed.

    Examples
    --------
    >>> page_to_content(b"<h1>KSBs</h1><ul><li>K1: text &amp; more<li>K2: text</ul>", "k.html").lines
    ('KSBs', '', '• K1: text & more', '• K2: text')
    """
    facts = ((len(data), MAX_PAGE_BYTES, "bytes"), (data.count(b"<"), MAX_PAGE_TAGS, "tags"))
    for found, most, unit in facts:
        if found > most:
            raise UnreadableFile(
                "too large for the page of a standard",
                where=where,
                expected=f"at most {most:,} {unit}",
                found=f"{found:,}",
                advice=_COPY_AS_TEXT,
            )
    text = _bytes_to_source(data, where)
    if text.strip() and not _TAG.search(text):
        raise UnsupportedFormat(
            "not a web page",
            where=where,
            expected="tags such as <p>",
            found="none",
            advice="If it is plain text, name it .txt.",
        )
    content = _source_to_content(text, where) if text.strip() else Content(())
    _refuse_unreadable(content.lines, len(data), where)
    return content


def _bytes_to_source(data: bytes, where: str) -> str:
    """Decode by the byte order mark, else as the page declares, else as UTF-8, else as Windows-1252."""
    mark, marked = next(((m, name) for m, name in _MARKS if data.startswith(m)), (b"", ""))
    tried = [marked] if marked else [_page_to_declared(data), "utf-8", "cp1252"]
    for encoding in filter(None, tried):
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(
        "cannot be decoded",
        where=where,
        expected="the declared encoding, UTF-8 or Windows-1252",
        found="bytes that fit none of them",
        advice=_COPY_AS_TEXT,
    )


def _page_to_declared(data: bytes) -> str:
    """Return Python's name of the encoding that a page declares; empty if it is no encoding of pages.

    Examples
    --------
    >>> _page_to_declared(b'<meta charset="ISO-8859-15">'), _page_to_declared(b"<meta charset=rot13>")
    ('iso8859-15', '')
    """
    found = _DECLARED.search(data, 0, 4096)
    try:
        name = codecs.lookup((found["meta"] or found["xml"]).decode("ascii")).name if found else ""
    except (LookupError, UnicodeDecodeError):
        return ""
    if name in ("ascii", "iso8859-1"):
        return "cp1252"  # as browsers do: pages that declare Latin-1 hold typographic quotation marks
    return name if _ENCODING.fullmatch(name) else ""


def _source_to_content(text: str, where: str) -> Content:
    try:
        from lxml import etree
    except ImportError as fault:
        raise UnsupportedFormat(
            "a web page, which needs a package that is not installed",
            where=where,
            expected="the package lxml",
            found="none",
            advice=INSTALL_THE_EXTRA,
        ) from fault
    copy = _Copy(where)
    # The parser calls the methods of `copy` and builds no tree: with a tree, the time grows with the square
    # of the number of attributes, and elements that are too deep are left out without a warning.
    parser = etree.HTMLParser(target=copy, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        etree.fromstring(text.encode("utf-8"), parser)
    except etree.LxmlError as fault:
        raise _not_parsed(where) from fault
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise _not_parsed(where)
    cells = tables_to_cells(copy.cells.tables, copy.lines)
    return Content(
        tuple(copy.lines),
        cells,
        markup=Markup(tuple(copy.bold), depths=tuple(copy.depths), remarks=copy.emphasis.remarks()),
    )


def _not_parsed(where: str) -> UnreadableFile:
    return UnreadableFile(
        "cannot be taken apart",
        where=where,
        expected="a web page",
        found="one that the parser cannot read",
        advice=_COPY_AS_TEXT,
    )


def _refuse_unreadable(lines: tuple[str, ...], size: int, where: str) -> None:
    if not lines:
        raise UnreadableFile(
            "holds no text",
            where=where,
            expected="the text of a standard",
            found=f"{size:,} bytes without a word that is shown",
            advice="Some saved pages hold no text, as a script fills them in when they are shown. "
            + _COPY_AS_TEXT,
        )
    for number, line in enumerate(lines, start=1):
        control = _CONTROLS.search(line)
        if control:
            raise UnreadableFile(
                "not a page of text",
                where=f"{where}, line {number} of its text",
                expected="printed characters",
                found=f"the control character U+{ord(control[0]):04X}",
                advice=_COPY_AS_TEXT,
            )


@dataclass
class _List:
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


def _tag_to_list(tag: str, attributes: Mapping[str, str]) -> _List:
    if tag != "ol":
        return _List("", 1, 1)
    # The first number of a list that is counted down depends on items not yet read, unless it is printed.
    is_reversed = "reversed" in attributes and "start" in attributes
    return _List(
        _COUNTS.get(attributes.get("type", ""), "decimal"),
        text_to_number(attributes.get("start"), 1),
        -1 if is_reversed else 1,
    )


class _Copy:
    """The lines so far. The parser calls `start`, `end`, `data` and `close`, whose names it sets."""

    def __init__(self, where: str) -> None:
        self.lines: list[str] = []
        self.cells = PageTables()
        self.bold: list[BoldSpan] = []
        self.emphasis = Emphasis()
        self.depths: list[tuple[int, int]] = []
        self._is_style = False
        self._css: list[str] = []
        self._where = where
        self._depth = 0
        self._dropped_at = 0
        self._verbatim = 0
        self._lists: list[_List] = []
        self._mark = ""
        self._chunks: list[tuple[str, bool]] = []
        self._is_gap = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableFile(
                "too deeply nested for a page of text",
                where=self._where,
                expected=f"at most {MAX_DEPTH:,} elements within each other",
                found="more",
                advice=_COPY_AS_TEXT,
            )
        # What is hidden "until found" is text of the page: a search finds it and unfolds it.
        is_hidden = attributes.get("hidden", "until-found").casefold() != "until-found"
        if not self._dropped_at and (tag in _DROPPED or is_hidden):
            self._dropped_at = self._depth
        self.emphasis.start(tag, attributes)
        self._is_style = tag == "style"
        if not self._dropped_at:
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        """End an element."""
        if not self._dropped_at:
            self._close(tag)
        if self._dropped_at == self._depth:
            self._dropped_at = 0
        self.emphasis.end()
        if self._is_style:
            self.emphasis.add_rules("".join(self._css))
            self._css.clear()
        self._is_style = False
        self._depth -= 1

    def data(self, text: str) -> None:
        """Add text; the parser can pass a text in several pieces."""
        if self._is_style:
            self._css.append(text)
        if self._dropped_at:
            return
        pieces = _LINE_END.split(text) if self._verbatim else [text]
        for position, piece in enumerate(pieces):
            if position:
                self._end_line()
            self._chunks.append((piece, self.emphasis.is_bold))
            if self.emphasis.is_struck and piece.strip():
                self.emphasis.struck.add(len(self.lines) + 1 + (self._is_gap and bool(self.lines)))

    def close(self) -> None:
        """End the last line."""
        self._flush()

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self._end_line()
        self._break(tag)
        self.cells.start(tag, attributes)
        if tag in _LISTS:
            self._lists.append(_tag_to_list(tag, attributes))
        elif tag == "li":
            self._mark = self._lists[-1].mark(attributes.get("value")) if self._lists else "• "
        elif tag == "pre":
            self._verbatim += 1

    def _close(self, tag: str) -> None:
        if tag in _LISTS and self._lists:
            self._flush()
            self._lists.pop()
        self._break(tag)
        self.cells.end(tag)
        if tag == "li":
            self._mark = ""  # of an item without text
        elif tag == "pre":
            self._verbatim -= 1

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS or tag in _BLOCKS:
            self._flush()
        # No blank line is between an item and the list in it.
        if tag in _PARAGRAPHS and not (tag in _LISTS and self._lists):
            self._is_gap = True

    def _end_line(self) -> None:
        if not self._flush():
            self._is_gap = True

    def _flush(self) -> bool:
        """End a line, and return whether it has text."""
        chunks, self._chunks = self._chunks, []
        raw = "".join(text for text, _ in chunks)
        text = raw.rstrip() if self._verbatim else _SPACE.sub(" ", raw).strip(" ")
        if not text.strip():
            self._is_gap = self._is_gap or bool(text)  # a no-break space alone is a line
            return False
        if self._is_gap and self.lines:
            self.lines.append("")
        self.lines.append(self._mark + text)
        self.cells.add_line(len(self.lines))
        self.bold += pieces_to_bold(chunks, self.lines[-1], len(self.lines), len(self._mark))
        if self._mark and len(self._lists) > 1:
            self.depths.append((len(self.lines), len(self._lists) - 1))
        self._mark, self._is_gap = "", False
        return True
