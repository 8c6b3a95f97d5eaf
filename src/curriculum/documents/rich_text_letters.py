"""Letters of a file in the Rich Text Format: bytes in several encodings, and numbers of Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from curriculum.documents.rich_text_fonts import SYMBOLS, Font, bytes_to_letters, number_to_letter
from curriculum.documents.rich_text_tokens import Token, TokenKind
from curriculum.documents.symbol_fonts import UNKNOWN_SIGN, number_to_sign

__all__ = ["Letters"]

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PRIVATE: Final = range(0xE000, 0xF900)
# Programs of Apple end a line within a paragraph so.
_LINE_END: Final = 0x2028
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@dataclass
class Letters:
    """The bytes that wait until their letters are complete, and how many letters are for other programs.

    Attributes
    ----------
    raw_encoding
        The encoding of bytes beyond ASCII that are not written as numbers; empty for that of the font.
    to_skip
        How many letters follow that stand for a number of Unicode in other programs.
    """

    raw_encoding: str = ""
    to_skip: int = 0
    _bytes: bytearray = field(default_factory=bytearray)
    _font: Font = field(default_factory=lambda: Font("", "cp1252"))
    _high: int = 0

    def add(self, token: Token, font: Font) -> str:
        """Add bytes, and return the letters that were complete before.

        Parameters
        ----------
        token
            The bytes.
        font
            The font that they are in.
        """
        data = token.data[self.to_skip :]
        self.to_skip = max(self.to_skip - len(token.data), 0)
        is_raw = token.kind is TokenKind.TEXT and self.raw_encoding and not data.isascii()
        font = font._replace(encoding=self.raw_encoding) if is_raw else font
        complete = self.take() if font != self._font and data else ""
        self._font = font if data else self._font
        self._bytes += data
        return complete

    def take(self) -> str:
        """Return the letters of all bytes that wait."""
        if not self._bytes:
            return ""
        text = bytes_to_letters(bytes(self._bytes), self._font.encoding, self._font.name)
        self._bytes.clear()
        self._high = 0
        return _CONTROLS.sub("", text)

    def number(self, number: int, font: Font, n_fallback: int) -> str:
        """Return the letter of a number of Unicode; nothing for the first half of one of two numbers.

        Parameters
        ----------
        number
            The number.
        font
            The font that the letter is in.
        n_fallback
            How many letters follow that stand for it in other programs.
        """
        self.to_skip = n_fallback
        value, high = number % 0x10000, self._high
        self._high = value if value in _HIGH else 0
        if value in _HIGH:
            return UNKNOWN_SIGN if high else ""
        if value in _LOW and high:
            return chr(0x10000 + ((high - 0xD800) << 10) + (value - 0xDC00))
        if value == _LINE_END:
            return "\n"
        if value in _PRIVATE or (font.encoding == SYMBOLS and value < 0x100):
            return number_to_sign(value | 0xF000, font.name)
        return _CONTROLS.sub("", number_to_letter(value))
