"""Say what of a PDF cannot be read or is not sure: scans, text that is not seen, doubtful order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from curriculum.documents.markup import Remark
from curriculum.documents.page_furniture import is_row_text
from curriculum.documents.pdf_parts import LeftOut, PdfFile, PdfPage, Unseen
from curriculum.errors import UnreadableFile
from curriculum.model.codes import text_to_ending_codes
from curriculum.model.text import names_to_phrase, text_to_shortened

__all__ = ["page_doubts", "refuse_unread", "torn_word", "uncertain_order", "uncertain_text"]

_FILLS, _FEW_LETTERS = 0.5, 60
_MANY_PATHS = 60
_GARBLED, _LEAST_LETTERS, _LEAST_WORDS = 0.02, 40, 80
_ENGLISH = re.compile(r"\b(?:the|and|of|to|in|for|a|with|is|are|how|or)\b", re.IGNORECASE)
_SHELL = re.compile(r"please wait|open this (?:pdf )?portfolio|pdf portfolio", re.IGNORECASE)
_PAGES_SHOWN, _SHOWN = 8, 60
_OCR = (
    "Run text recognition (OCR) on it and compare the result with the pages, or use the Word file or the web "
    "page."
)


def refuse_unread(file: PdfFile, where: str) -> None:
    """Refuse a PDF of which no page can be read.

    Raises
    ------
    UnreadableFile
        If it is a scan, a form whose pages a program fills, a portfolio, or holds no text.
    """
    text = "".join(letter.sign for page in file.pages for letter in page.letters)
    is_short = len(text) < 1_500
    if is_short and (_SHELL.search(text) or file.is_filled_form):
        raise UnreadableFile(
            "is a form or a portfolio whose text is made by a program when it is opened",
            where=where,
            expected="pages with text",
            found=text_to_shortened(" ".join(text.split()), _SHOWN) or "none",
            advice="Open it in the program that it is made for, and print it to a new PDF.",
        )
    if any(not _has_no_text(page) for page in file.pages):
        return
    is_scan = any(page.images for page in file.pages)
    has_hidden = any(not letter.sign.isspace() for page in file.pages for letter in page.letters)
    behind = ", but for text behind the pictures that a program has recognised" if has_hidden else ""
    raise UnreadableFile(
        "is a scan: its pages are pictures" if is_scan else "holds no text",
        where=where,
        expected="pages with text",
        found=f"{len(file.pages)} page{'s' if len(file.pages) != 1 else ''} without a word{behind}",
        advice=_OCR,
    )


def _has_no_text(page: PdfPage) -> bool:
    return sum(letter.style.is_seen and not letter.sign.isspace() for letter in page.letters) < 3


def uncertain_order(line: int, page: int, reason: str) -> Remark:
    """Return the remark on a place whose order cannot be told."""
    message = f"{reason}. Compare what was read of page {page} with the page"
    return Remark("uncertain-order", line, "error", message)


def uncertain_text(line: int, word: str, text: str) -> Remark:
    """Return the remark on a word that may be cut at the end of a line, with a hyphen of its own or not."""
    message = (
        f"“{word}” is printed on two lines, and nothing else in the document shows whether it is one word, "
        "and whether a hyphen is part of it. Compare the wording with the page"
    )
    return Remark("uncertain-text", line, "error" if is_row_text(text) else "warning", message)


def torn_word(line: int, parts: str) -> Remark:
    """Return the remark on the parts of a word that is cut without a hyphen, where a column is too narrow."""
    message = (
        f"“{parts}” seems to be one word that the end of a line cuts, and is read as two. Compare the "
        "wording with the page"
    )
    return Remark("uncertain-text", line, "error", message)


def page_doubts(
    file: PdfFile, left_out: Sequence[Sequence[LeftOut]], first_lines: Mapping[int, int]
) -> list[Remark]:
    """Return the remarks on pages that are not read as a whole.

    Parameters
    ----------
    file
        The PDF.
    left_out
        What is left out of each page.
    first_lines
        The first line of each page that has one.
    """
    pages = file.pages
    return [
        *_on_pages([page.number for page in pages if page.is_unread], "damaged and not read", first_lines),
        *_on_pages(
            [page.number for page in pages if _is_picture(page)],
            "a picture without text, such as a scan, and not read. Run text recognition (OCR) on it",
            first_lines,
        ),
        *_on_pages(
            [page.number for page in pages if page.is_crowded],
            "drawn with so many lines that its tables may be read wrongly",
            first_lines,
        ),
        *_on_pages(
            [page.number for page in pages if _is_garbled(page)],
            "written in a font whose letters cannot be told, so that the text is not what the page shows. "
            "Print the page to a new PDF, or run text recognition (OCR)",
            first_lines,
            rule="uncertain-text",
        ),
        *_left_out_remarks(left_out, first_lines),
        *_notes_remarks(pages, first_lines),
        *_attached(file),
    ]


def _is_picture(page: PdfPage) -> bool:
    seen = sum(letter.style.is_seen and not letter.sign.isspace() for letter in page.letters)
    area = page.width * page.height or 1.0
    is_filled = any(image.width * image.height > _FILLS * area for image in page.images)
    is_drawn = page.n_paths > _MANY_PATHS and seen == 0
    return (is_filled and seen < _FEW_LETTERS) or is_drawn


def _is_garbled(page: PdfPage) -> bool:
    seen = [letter.sign for letter in page.letters if not letter.sign.isspace()]
    if len(seen) < _LEAST_LETTERS:
        return False
    strange = sum("\ue000" <= sign <= "\uf8ff" and not "\uf000" <= sign <= "\uf0ff" for sign in seen)
    strange += sum(sign == "\ufffd" or sign < " " for sign in seen)
    if strange + page.n_unmapped > _GARBLED * len(seen):
        return True
    return _is_no_english(page)


def _is_no_english(page: PdfPage) -> bool:
    """Return whether a page has many words and none of those that every English text has."""
    text = "".join(letter.sign for letter in page.letters)
    words = text.split()
    letters = sum(map(str.isalpha, text))
    return (
        len(words) > _LEAST_WORDS
        and letters > 3 * len(words)
        and len(_ENGLISH.findall(text)) * 100 < len(words)
    )


def _on_pages(
    numbers: Sequence[int], what: str, first_lines: Mapping[int, int], rule: str = "left-out"
) -> Iterator[Remark]:
    if numbers:
        is_one = len(numbers) == 1
        start = f"page {numbers[0]} is" if is_one else f"pages {_shown(numbers)} are"
        yield Remark(rule, first_lines.get(numbers[0], 0), "error", f"{start} {what}")


def _shown(numbers: Sequence[int]) -> str:
    more = len(numbers) - _PAGES_SHOWN
    names = list(map(str, numbers[:_PAGES_SHOWN]))
    return f"{', '.join(names)} and {more} more" if more > 0 else names_to_phrase(names)


def _left_out_remarks(
    left_out: Sequence[Sequence[LeftOut]], first_lines: Mapping[int, int]
) -> Iterator[Remark]:
    for why in Unseen:
        found = [
            (number, part.text)
            for number, parts in enumerate(left_out, start=1)
            for part in parts
            if part.why is why and any(map(str.isalnum, part.text))
        ]
        if not found:
            continue
        has_row = any(is_row_text(text) or text_to_ending_codes(text)[1] for _, text in found)
        pages = sorted({number for number, _ in found})
        is_read = why in (Unseen.OVERPRINTED, Unseen.TOUCHING)
        verb = "is on" if is_read else "is left out of"
        message = (
            f"{why.value} {verb} page{'s' if len(pages) > 1 else ''} {_shown(pages)}, first "
            f"“{text_to_shortened(found[0][1], _SHOWN)}”"
        )
        # What goes over the edge of the page can be the end of a word.
        severity = "error" if has_row or is_read or why is Unseen.OUTSIDE else "warning"
        yield Remark(
            "uncertain-text" if is_read else "left-out", first_lines.get(pages[0], 0), severity, message
        )


_NOTE_WORDS = {
    "field": ("fields of a form are not read", "error"),
    "comment": ("comments that are laid over the page are not read", "warning"),
    "struck": ("text is struck out by a comment; it is read like other text", "warning"),
}


def _notes_remarks(pages: Sequence[PdfPage], first_lines: Mapping[int, int]) -> Iterator[Remark]:
    for kind, (words, severity) in _NOTE_WORDS.items():
        found = [
            (page.number, note.text)
            for page in pages
            for note in page.notes
            if note.kind == kind and (note.text.strip() or kind == "struck")
        ]
        if found:
            numbers = sorted({number for number, _ in found})
            shown = f", first “{text_to_shortened(found[0][1], _SHOWN)}”" if found[0][1].strip() else ""
            message = f"{words}, on page{'s' if len(numbers) > 1 else ''} {_shown(numbers)}{shown}"
            yield Remark("left-out", first_lines.get(numbers[0], 0), severity, message)


def _attached(file: PdfFile) -> Iterator[Remark]:
    if file.n_attached:
        files = "1 file is" if file.n_attached == 1 else f"{file.n_attached} files are"
        yield Remark("left-out", 0, "warning", f"{files} attached to the PDF and not read")
