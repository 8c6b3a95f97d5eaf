"""Read a saved web page: its text, in the lines that you get if you select all of it and copy it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from curriculum.documents.page_copy import MAX_DEPTH, PageCopy
from curriculum.documents.page_source import COPY_AS_TEXT, bytes_to_source, close_attributes
from curriculum.documents.table_cells import Cell, Content, tables_to_cells
from curriculum.errors import UnreadableFile, UnsupportedFormat, missing_package, refuse_more
from curriculum.model.limit_factor import raised

__all__ = ["MAX_DEPTH", "MAX_PAGE_BYTES", "page_to_content"]

MAX_PAGE_BYTES = 20_000_000
MAX_PAGE_TAGS = 1_000_000
# The lines of a longer page are not looked at one by one: it is refused as too long for a standard.
_MOST_LINES = 20_000
_TAG = re.compile(r"<[a-zA-Z!?/]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def page_to_content(data: bytes, where: str) -> Content:
    r"""Read a saved web page.

    Each block (paragraph, heading, list item, cell of a table) is a line. An item of a list has its
    bullet or its number. What a browser does not show of a page is left out: scripts,
    styles, templates, comments, and what has the attribute ``hidden`` or the
    style ``display: none``. Nothing is fetched.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    Content
        The lines, one blank line at most between two of them; and the cells of tables. A list of terms
        (``<dl>``) is a table too, with a row for each term. Lines that belong to the site (menus, buttons)
        are among the lines, and named as its furniture.

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
        refuse_more("too large for the page of a standard", where, found, most, unit, advice=COPY_AS_TEXT)
    text = bytes_to_source(data, where)
    if text.strip() and not _TAG.search(text):
        raise UnsupportedFormat(
            "not a web page",
            where=where,
            expected="tags such as <p>",
            found="none",
            advice="If it is plain text, name it .txt.",
        )
    content = _source_to_content(text, where) if text.strip() else Content(())
    _refuse_unreadable(content, len(data), where)
    return content


def _source_to_content(text: str, where: str) -> Content:
    try:
        from lxml import etree
    except ImportError as fault:
        raise missing_package("a web page", "lxml", where) from fault
    source, n_repaired = close_attributes(text)
    copy = PageCopy(where)
    # The parser calls the methods of `copy` and builds no tree: with a tree, the time grows with the square
    # of the number of attributes, and elements that are too deep are left out without a warning.
    parser = etree.HTMLParser(target=copy, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        etree.fromstring(source.encode("utf-8"), parser)
    except etree.LxmlError as fault:
        raise _not_parsed(where) from fault
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise _not_parsed(where)
    is_readable = len(copy.lines) <= raised(_MOST_LINES)
    furniture = copy.regions.to_furniture(copy.lines, copy.headings) if is_readable else {}
    markup = copy.markup()
    remarks = (*markup.remarks, *copy.regions.to_remarks(copy.lines, furniture)) if is_readable else ()
    cells = _without_furniture(tables_to_cells(copy.cells.tables, copy.lines), furniture)
    headings = {number: level for number, level in copy.headings.items() if number not in furniture}
    return Content(
        tuple(copy.lines),
        cells,
        (),
        headings,
        furniture,
        tuple(copy.hidden),
        n_repaired,
        copy.links.collected(),
        markup._replace(remarks=remarks),
    )


def _without_furniture(cells: Sequence[Cell], furniture: Collection[int]) -> tuple[Cell, ...]:
    """Return the cells without the lines that belong to the site."""
    kept = (
        cell._replace(lines=tuple(line for line in cell.lines if line.number not in furniture))
        for cell in cells
    )
    return tuple(cell for cell in kept if cell.lines)


def _not_parsed(where: str) -> UnreadableFile:
    return UnreadableFile(
        "cannot be taken apart",
        where=where,
        expected="a web page",
        found="one that the parser cannot read",
        advice=COPY_AS_TEXT,
    )


def _refuse_unreadable(content: Content, size: int, where: str) -> None:
    lines = content.lines
    if not any(line and number not in content.furniture for number, line in enumerate(lines, start=1)):
        n_site = len(content.furniture)
        menus = f"nothing but the menus, the header and the footer of the site ({n_site} lines)"
        raise UnreadableFile(
            "holds no text",
            where=where,
            expected="the text of a standard",
            found=menus if lines else f"{size:,} bytes without a word that is shown",
            advice="Some saved pages hold no text, as a script fills them in when they are shown. "
            + COPY_AS_TEXT,
        )
    for number, line in enumerate(lines, start=1):
        control = _CONTROLS.search(line)
        if control:
            raise UnreadableFile(
                "not a page of text",
                where=f"{where}, line {number} of its text",
                expected="printed characters",
                found=f"the control character U+{ord(control[0]):04X}",
                advice=COPY_AS_TEXT,
            )
