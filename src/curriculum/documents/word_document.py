"""Read a Word file: its paragraphs and the cells of its tables, with the labels that Word generates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from curriculum.documents.table_cells import Content, OpenCell, OpenTable, tables_to_cells
from curriculum.documents.word_numbering import Label, Labels, is_on, parts_to_labels
from curriculum.documents.word_package import bytes_to_parts
from curriculum.errors import UnreadableFile
from curriculum.model.codes import word_to_code

__all__ = ["word_to_content"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted text, the old place of moved text, and the second form of drawings that are stored in two forms.
_UNSHOWN = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}rt", f"{_MC}Fallback"))
_NOT_OF_PARAGRAPH = frozenset((f"{_W}p", f"{_W}pPr"))
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}


def word_to_content(data: bytes, where: str) -> Content:
    """Read a Word file.

    Each paragraph is a line, in the order of the document, those in the cells of tables too; a line
    break within a paragraph ends a line. Labels and bullets that Word generates are before
    their paragraphs. Deleted and hidden text, headers, footnotes, macros and embedded files are left
    out.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    Content
        The lines (an empty paragraph is a blank one), and the cells of tables.

    Raises
    ------
    UnreadableFile
        If it holds no text.
    UnreadableFile
        If it is too large.
    UnsupportedFormat
        If it is no Word file or a damaged one, or the extra ``documents`` is not installed.
    """
    body, styles, numbering = bytes_to_parts(data, where)
    labels = parts_to_labels(styles, numbering)
    tables: list[OpenTable] = []
    lines: list[str] = []
    for paragraph, cell in _paragraphs(body, tables):
        added = _paragraph_to_lines(paragraph, labels, in_cell=cell is not None)
        if cell:
            first = len(lines) + 1
            shown = (number for number, line in enumerate(added, first) if line.strip())
            cell.numbers.extend(shown)
        lines += added
    if not any(line.strip() for line in lines):
        raise UnreadableFile(
            "holds no text",
            where=where,
            expected="the text of a standard",
            found=f"{len(lines)} paragraphs without a word",
            advice="Its text may stand in pictures; copy it into a new document.",
        )
    return Content(tuple(lines), tables_to_cells(tables, lines))


def _descend(element: Any, left_out: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Yield what is shown below an element, in order, without recursion."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag in _UNSHOWN or child.tag in left_out:
            continue
        if child.tag == f"{_W}r" and is_on(child.find(f"{_W}rPr/{_W}vanish")):
            continue
        yield child
        stack.extend(reversed(child))


class _Place(NamedTuple):
    """The innermost table and cell of an element; None outside tables, or between the rows of one."""

    table: OpenTable | None = None
    cell: OpenCell | None = None


def _paragraphs(body: Any, tables: list[OpenTable]) -> Iterator[tuple[Any, OpenCell | None]]:
    """Yield each paragraph that is shown, with its cell; each table that is found is added to ``tables``."""
    stack = [(child, _Place()) for child in reversed(body)]
    while stack:
        element, place = stack.pop()
        if element.tag in _UNSHOWN:
            continue
        if element.tag == f"{_W}p":
            yield element, place.cell
        if element.tag == f"{_W}tbl":
            tables.append(OpenTable(len(tables) + 1))
            place = _Place(tables[-1])
        elif element.tag == f"{_W}tr" and place.table:
            place.table.start_row()
            place.table.skip_columns(_number(element, "trPr/gridBefore", 0))
        elif element.tag == f"{_W}tc" and place.table:
            place = place._replace(cell=_start_cell(element, place.table))
        stack.extend((child, place) for child in reversed(element))


def _number(element: Any, path: str, otherwise: int) -> int:
    found = element.find("/".join(_W + name for name in path.split("/")))
    text = "" if found is None else str(found.get(f"{_W}val", ""))
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else otherwise


def _start_cell(element: Any, table: OpenTable) -> OpenCell:
    """Begin a cell; one that is merged with the cell above goes on with it."""
    n_columns = _number(element, "tcPr/gridSpan", 1)
    merged = element.find(f"{_W}tcPr/{_W}vMerge")
    if merged is not None and merged.get(f"{_W}val", "continue") == "continue":
        return table.go_on_above(n_columns)
    row = next((parent for parent in element.iterancestors() if parent.tag == f"{_W}tr"), None)
    is_heading = row is not None and is_on(row.find(f"{_W}trPr/{_W}tblHeader"))
    return table.add_cell(n_columns=n_columns, is_heading=is_heading)


def _paragraph_to_text(paragraph: Any) -> str:
    """Return the text of a paragraph, without that of a text box anchored in it."""
    pieces = []
    for element in _descend(paragraph, _NOT_OF_PARAGRAPH):
        if element.tag == f"{_W}t":
            # A line end in the XML is a space; only `br` ends a line.
            pieces.append(re.sub(r"[\r\n]+", " ", element.text or ""))
        else:
            pieces.append(_SIGNS.get(element.tag, ""))
    return "".join(pieces)


def _paragraph_to_lines(paragraph: Any, labels: Labels, in_cell: bool = False) -> tuple[str, ...]:
    text = _paragraph_to_text(paragraph)
    marks = paragraph.find(f"{_W}pPr/{_W}rPr")
    if not text and marks is not None and any(mark.tag in _UNSHOWN for mark in marks):
        return ()  # deleted as a whole: neither shown nor counted
    # A paragraph without text is counted, as Word does, but its label alone would say nothing.
    label = labels.next_label(paragraph)
    if in_cell and not text.strip() and word_to_code(label.text.rstrip(":.")):
        return (label.text,)  # The code of the wording in the next cell.
    return tuple((_label_to_prefix(label, text) + text if text.strip() else text).split("\n"))


def _label_to_prefix(label: Label, text: str) -> str:
    """Return the label before the text.

    In Word a tab is between a code and its text. In lines of text it would look like a space in a sentence
    ("K1 and K2 are ..."), so a colon is written instead.

    Examples
    --------
    >>> _label_to_prefix(Label("K1", "tab"), "How to"), _label_to_prefix(Label("1.", "tab"), "How to")
    ('K1: ', '1. ')
    """
    if word_to_code(label.text) and text.lstrip()[:1] not in (":", "-", "–"):
        return f"{label.text}: "
    return label.text + (" " if label.text and label.joint != "nothing" else "")
