"""Read a file in the Rich Text Format (RTF), as Word, LibreOffice, WordPad and TextEdit write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from curriculum.documents.markup import Remark
from curriculum.documents.rich_text_flow import RichTextFlow
from curriculum.documents.rich_text_fonts import bytes_to_raw_encoding
from curriculum.documents.rich_text_lists import RichTextLists
from curriculum.documents.rich_text_reader import RichTextReader
from curriculum.documents.rich_text_splitter import bytes_to_tokens
from curriculum.documents.rich_text_tables import TableFlow
from curriculum.documents.table_cells import Content
from curriculum.documents.text_flow import TextFlow
from curriculum.documents.unread_remarks import changes_to_remarks, unread_to_remarks
from curriculum.errors import UnsupportedFormat, too_large
from curriculum.files.office_package import TooMuchXml, UnusualPackage

__all__ = ["rich_text_to_content"]

_TOO_LARGE: Final = "too large for the text of a standard"
_SAVE_APART: Final = "Put each document into a separate file, and save it without pictures."
_SAVE_AS_WORD: Final = "Open it in Word or LibreOffice and save it as Word Document (.docx)."


def rich_text_to_content(data: bytes, where: str) -> Content:
    """Read a file in the Rich Text Format.

    Each paragraph is a line, in the order of the document, those in the cells of tables too; a line break
    within a paragraph ends a line. Labels and bullets of lists are before their paragraphs. Tracked
    changes are read as if all were accepted. Hidden text, comments, footnotes and embedded files are left
    out. The headers of pages are in no line, but in the markup.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Returns
    -------
    Content
        The lines (an empty paragraph is a blank one), the cells of tables, and what is bold.

    Raises
    ------
    UnreadableFile
        If it holds no text, or is too large.
    UnsupportedFormat
        If it is damaged.
    """
    # Some programs write a byte order mark or empty lines before the first group.
    data = data[max(data.find(b"{\\rtf"), 0) :]
    try:
        flow = TextFlow()
        lists = RichTextLists(has_changes=b"\\deleted" in data)
        reader = RichTextReader(RichTextFlow(flow, TableFlow(flow), lists), bytes_to_raw_encoding(data))
        reader.read(bytes_to_tokens(data))
    except TooMuchXml as fault:
        raise too_large(_TOO_LARGE, where, *fault.args, advice=_SAVE_APART) from fault
    except UnusualPackage as fault:
        raise UnsupportedFormat(
            "cannot be read as rich text",
            where=where,
            expected="a file in the Rich Text Format (.rtf)",
            found=f"a damaged or unusual one ({fault})",
            advice=_SAVE_AS_WORD,
        ) from fault
    text = reader.text
    remarks = (*changes_to_remarks(text.changes), *_remarks(reader), *unread_to_remarks(text.unread))
    return text.flow.to_content(where, remarks, tuple(text.page_heads))


def _remarks(reader: RichTextReader) -> Iterator[Remark]:
    """Yield what is to be said about the file as a whole, and about the labels of its lists."""
    if reader.is_cut_off:
        message = "the file ends before its last group: its end may be missing"
        yield Remark("left-out", len(reader.text.flow.lines), "error", message)
    if reader.has_more:
        message = "text behind the end of the outermost group is not read, and Word does not show it"
        yield Remark("left-out", len(reader.text.flow.lines), "error", message)
    lists = reader.text.lists
    if lists.emptied:
        message = (
            "an item of a list whose text is deleted still counts, as its end is not deleted: compare the "
            "labels of those behind it"
        )
        yield Remark("list-labels", lists.emptied[0], "warning", message)
    if lists.differing:
        count = len(lists.differing)
        labels = "a label of a list is" if count == 1 else f"{count} labels of lists are"
        message = f"{labels} not in the file, or other than Word counts: compare the labels with the document"
        yield Remark("list-labels", lists.differing[0], "warning", message)
