"""The text of a paragraph of an OpenDocument file as it is shown: results of fields, spaces, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from curriculum.documents.open_document_styles import Looks, TextLook
from curriculum.documents.symbol_fonts import UNKNOWN_SIGN, number_to_sign
from curriculum.documents.text_flow import without_note_mark
from curriculum.documents.text_looks import Piece
from curriculum.documents.unread_text import UnreadText
from curriculum.model.text import text_to_squashed

__all__ = ["ParagraphReader", "is_drawn", "is_text_left_out"]

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DR3D: Final = "{urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LOEXT: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
# Comments, deleted text, labels as they were when the file was saved, and what is printed above letters.
_LEFT_OUT: Final = frozenset(
    (
        *(f"{_TEXT}{name}" for name in ("note", "tracked-changes", "ruby-text", "script", "number")),
        *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "event-listeners", "forms")),
    )
)
_SIGNS: Final = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SPACES = re.compile(r"[ \t\r\n]++")
_MOST_SPACES = 100
# The signs that fonts for symbols add, and a hyphen that is shown only at the end of a line.
_SPECIAL = re.compile("[\ue000-\uf8ff\u00ad]")


def is_drawn(element: Any) -> bool:
    """Return whether an element is a frame or a shape; paragraphs within it are no part of the one around."""
    return str(element.tag).startswith((_DRAW, _DR3D))


def is_text_left_out(element: Any) -> bool:
    """Return whether an element is no text of the document, such as a comment, or says so itself."""
    return element.tag in _LEFT_OUT or element.get(f"{_TEXT}display") == "none"


@dataclass
class ParagraphReader:
    """Read paragraphs one after the other, and count what is not shown or not read."""

    looks: Looks
    unread: UnreadText = field(default_factory=UnreadText)

    def paragraph_to_pieces(self, paragraph: Any, look: TextLook, number: int) -> list[Piece]:
        """Return the text of a paragraph, without that of frames anchored in it.

        Parameters
        ----------
        paragraph
            The paragraph.
        look
            How its text looks.
        number
            The number of its first line.
        """
        pieces: list[Piece] = []
        hidden: list[str] = []
        for text, part_look in _squashed(self._descend(paragraph, look, number)):
            shown = self._with_signs(text, part_look.font, number)
            if part_look.look.is_hidden:
                hidden.append(shown)
            else:
                pieces.append(Piece(shown, part_look.look))
        if hidden_text := text_to_squashed("".join(hidden)):
            self.unread.hidden.append((number, hidden_text))
        return without_note_mark(pieces, number, self.unread.marks)

    def _descend(self, paragraph: Any, look: TextLook, number: int) -> Iterator[tuple[str, TextLook, bool]]:
        """Yield each piece of text, how it looks, and whether it is one of signs, without recursion."""
        stack: list[tuple[Any, TextLook]] = [(paragraph, look)]
        while stack:
            element, look = stack.pop()
            if isinstance(element, str):
                yield element, look, False
                continue
            if element is not paragraph:
                if self._is_left_out(element, number):
                    continue
                if sign := _element_to_sign(element):
                    yield sign, look, True
                look = self._element_look(element, look)
            children = [part for child in element for part in (child, child.tail) if part is not None]
            stack.extend((part, look) for part in reversed([element.text or "", *children]))

    def _element_look(self, element: Any, look: TextLook) -> TextLook:
        if element.get(f"{_TEXT}is-hidden") == "true":
            return look._replace(look=look.look._replace(is_hidden=True))
        return self.looks.span_look(str(element.get(f"{_TEXT}style-name") or ""), look)

    def _is_left_out(self, element: Any, number: int) -> bool:
        if element.tag == f"{_TEXT}note":
            self.unread.notes.append(number)
        return is_drawn(element) or is_text_left_out(element) or self._is_placeholder(element)

    def _is_placeholder(self, element: Any) -> bool:
        """Return whether an element shows only what is to be written into it; count it if so."""
        is_hint = element.tag == f"{_TEXT}placeholder" or (
            element.tag == f"{_LOEXT}content-control"
            and element.get(f"{_LOEXT}showing-place-holder") in ("true", "1")
        )
        if is_hint:
            self.unread.placeholders.append(text_to_squashed("".join(element.itertext())))
        return is_hint

    def _with_signs(self, text: str, font: str, number: int) -> str:
        """Return a text with the signs of fonts for symbols as characters, and without soft hyphens."""
        if _SPECIAL.search(text) is None:
            return text
        signs = [
            number_to_sign(ord(sign), font) if "\ue000" <= sign <= "\uf8ff" else sign
            for sign in text.replace("\u00ad", "")
        ]
        self.unread.unknown_signs += [number] * signs.count(UNKNOWN_SIGN)
        return "".join(signs)


def _element_to_sign(element: Any) -> str:
    """Return the sign that an element stands for; empty if it stands for none."""
    if element.tag == f"{_TEXT}s":
        number = str(element.get(f"{_TEXT}c") or "1")
        return " " * (min(int(number), _MOST_SPACES) if re.fullmatch(r"[0-9]{1,9}", number) else 1)
    return _SIGNS.get(element.tag, "")


def _squashed(parts: Iterable[tuple[str, TextLook, bool]]) -> Iterator[tuple[str, TextLook]]:
    """Yield the pieces of a paragraph, each run of spaces of the XML as one, and none at its beginning."""
    is_spaced = True
    for text, look, is_sign in parts:
        shown = text if is_sign else _SPACES.sub(" ", text)
        if is_spaced and not is_sign:
            shown = shown.removeprefix(" ")
        if shown:
            is_spaced = not is_sign and shown.endswith(" ")
            yield shown, look
