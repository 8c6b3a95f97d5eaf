"""The text of a paragraph of a Word file as it is shown: results of fields, signs, accepted changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from curriculum.documents.symbol_fonts import UNKNOWN_SIGN, number_to_sign
from curriculum.documents.text_flow import without_note_mark
from curriculum.documents.text_looks import Look, Piece
from curriculum.documents.unread_text import UnreadText
from curriculum.documents.word_numbering import is_on
from curriculum.documents.word_styles import RunStyles
from curriculum.model.text import text_to_squashed

__all__ = ["TextReader", "is_mark_deleted", "is_shown"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted text, the former place of moved text, and what is printed above letters.
_UNSHOWN = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}rt"))
_DELETED_MARK = (f"{_W}del", f"{_W}moveFrom")
_NOT_OF_PARAGRAPH = frozenset((f"{_W}p", f"{_W}pPr", f"{_W}rPr"))
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_NOTES = frozenset((f"{_W}footnoteReference", f"{_W}endnoteReference"))
_EMBEDDED = {
    f"{_W}subDoc": ("a document that is linked into this one", "error"),
    f"{_W}object": ("an embedded object", "warning"),
}
_COUNTING_FIELD = re.compile(r"\s*(?:LISTNUM|AUTONUM\w*)\b", re.IGNORECASE)


def is_mark_deleted(paragraph: Any) -> bool:
    """Return whether a tracked change deletes the end of a paragraph: the next one goes on with it."""
    marks = paragraph.find(f"{_W}pPr/{_W}rPr")
    return marks is not None and any(mark.tag in _DELETED_MARK for mark in marks)


def is_shown(element: Any) -> bool:
    """Return whether an element is part of the document with all tracked changes accepted.

    Of drawings that are stored in several forms, the first is.
    """
    if element.tag in _UNSHOWN:
        return False
    if element.tag == f"{_MC}Fallback":
        return element.getparent().find(f"{_MC}Choice") is None
    if element.tag == f"{_MC}Choice":
        return element.getparent().find(f"{_MC}Choice") is element
    return True


def _sign_to_text(element: Any) -> str:
    number = str(element.get(f"{_W}char", ""))
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", number):
        return UNKNOWN_SIGN
    return number_to_sign(int(number, 16), str(element.get(f"{_W}font", "")))


@dataclass
class TextReader:
    """Read paragraphs one after the other, and count what is not shown or not read."""

    styles: RunStyles
    unread: UnreadText = field(default_factory=UnreadText)

    def paragraph_to_pieces(self, paragraph: Any, number: int) -> list[Piece]:
        """Return the text of a paragraph, without that of a text box anchored in it.

        Parameters
        ----------
        paragraph
            The paragraph.
        number
            The number of its first line.
        """
        pieces: list[Piece] = []
        hidden: list[str] = []
        # Whether the code of each open field is being read, and not its result.
        fields: list[bool] = []
        for element, look in self._descend(paragraph):
            if element.tag == f"{_W}fldChar":
                _count_field(element, fields)
            elif element.tag == f"{_W}instrText" and _COUNTING_FIELD.match(element.text or ""):
                self.unread.counting_fields.append(number)
            elif look.is_hidden and not any(fields):
                hidden.append(element.text or "" if element.tag == f"{_W}t" else "")
            elif not any(fields):
                text = self._element_to_text(element, number)
                if text:
                    pieces.append(Piece(text, look))
        if hidden_text := text_to_squashed("".join(hidden)):
            self.unread.hidden.append((number, hidden_text))
        return without_note_mark(pieces, number, self.unread.marks)

    def _descend(self, paragraph: Any) -> Iterator[tuple[Any, Look]]:
        """Yield what is shown in a paragraph, in order, without recursion."""
        stack = [(child, Look()) for child in reversed(paragraph)]
        while stack:
            element, look = stack.pop()
            if element.tag in _NOT_OF_PARAGRAPH or not is_shown(element):
                continue
            if element.tag == f"{_W}sdt" and self.is_placeholder(element):
                continue
            if element.tag == f"{_W}r":
                look = self.styles.run_to_look(element, paragraph)
            yield element, look
            stack.extend((child, look) for child in reversed(element))

    def is_placeholder(self, control: Any) -> bool:
        """Return whether a content control shows only what is to be written into it; count it if so."""
        shown = is_on(control.find(f"{_W}sdtPr/{_W}showingPlcHdr"))
        if shown:
            texts = (element.text or "" for element in control.iter(f"{_W}t"))
            self.unread.placeholders.append(text_to_squashed("".join(texts)))
        return shown

    def _element_to_text(self, element: Any, number: int) -> str:
        if element.tag in (f"{_W}t", f"{_M}t"):
            # A line end in the XML is a space; only `br` ends a line.
            return re.sub(r"[\r\n]+", " ", element.text or "")
        if element.tag in _NOTES:
            self.unread.notes.append(number)
        elif element.tag in _EMBEDDED:
            self.unread.embedded.append((number, *_EMBEDDED[element.tag]))
        elif element.tag == f"{_W}sym":
            text = _sign_to_text(element)
            if text == UNKNOWN_SIGN:
                self.unread.unknown_signs.append(number)
            return text
        return _SIGNS.get(element.tag, "")


def _count_field(element: Any, fields: list[bool]) -> None:
    kind = element.get(f"{_W}fldCharType")
    if kind == "begin":
        fields.append(True)
    elif fields and kind == "separate":
        fields[-1] = False
    elif fields and kind == "end":
        fields.pop()
