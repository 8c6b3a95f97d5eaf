"""The fonts and encodings of a file in the Rich Text Format: which letters its bytes stand for."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Final, NamedTuple

from curriculum.documents.rich_text_tokens import Group, Token, TokenKind
from curriculum.documents.symbol_fonts import UNKNOWN_SIGN, is_symbol_font, number_to_sign

__all__ = [
    "SYMBOLS",
    "Font",
    "bytes_to_letters",
    "bytes_to_raw_encoding",
    "group_to_fonts",
    "group_to_text",
    "number_to_letter",
    "page_to_encoding",
]

# The name of the encoding of fonts whose bytes stand for signs.
SYMBOLS: Final = "symbols"
# The code page of each character set of a font.
_PAGE_BY_CHARSET: Final = {
    **{0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254},
    **{163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850},
}
_NAMES: Final = {
    **{
        10000: "mac_roman",
        10001: "shift_jis",
        10006: "mac_greek",
        10007: "mac_cyrillic",
        10029: "mac_latin2",
    },
    **{
        10079: "mac_iceland",
        10081: "mac_turkish",
        65001: "utf-8",
        1361: "johab",
        20127: "cp1252",
        0: "cp1252",
    },
    **{28591: "cp1252", 708: "iso8859_6", 819: "cp1252", 54936: "gb18030"},
}


class Font(NamedTuple):
    """A font: its name, and the encoding of its bytes; empty if it is that of the file."""

    name: str
    encoding: str


def page_to_encoding(page: int) -> str:
    """Return the name that Python gives a code page; empty if Python does not know it.

    Examples
    --------
    >>> page_to_encoding(1252), page_to_encoding(932), page_to_encoding(4711)
    ('cp1252', 'cp932', '')
    """
    name = _NAMES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    return name


def bytes_to_letters(data: bytes, encoding: str, font: str) -> str:
    r"""Return the letters that bytes stand for; U+FFFD for a byte that does not fit.

    Parameters
    ----------
    data
        The bytes.
    encoding
        The encoding, or `SYMBOLS`.
    font
        The name of the font.

    Examples
    --------
    >>> bytes_to_letters(b"caf\xe9", "cp1252", ""), bytes_to_letters(b"\xfc", SYMBOLS, "Wingdings")
    ('café', '✓')
    """
    if encoding != SYMBOLS:
        return data.decode(encoding, "replace")
    return "".join(" " if byte == ord(" ") else number_to_sign(0xF000 + byte, font) for byte in data)


def group_to_fonts(group: Group, encoding: str) -> Mapping[int, Font]:
    """Return the fonts of a table of fonts, by their numbers."""
    fonts: dict[int, Font] = {}
    # Some programs write all fonts, or the only one, without groups of their own.
    for entry in (*group.groups("f"), *_entries(group)):
        words = entry.words()
        if (number := words.get("f")) is not None:
            name = group_to_text(entry, encoding).partition(";")[0].strip()
            fonts.setdefault(number, Font(name, _words_to_encoding(words, name)))
    return fonts


def _entries(group: Group) -> list[Group]:
    """Return the entries of a table that are in no groups of their own: each begins with its number."""
    entries: list[Group] = []
    for item in group.items:
        if isinstance(item, Token):
            if item.name == "f":
                entries.append(Group())
            if entries:
                entries[-1].items.append(item)
    return entries


def _words_to_encoding(words: Mapping[str, int | None], name: str) -> str:
    charset = words.get("fcharset")
    if charset == 2 or is_symbol_font(name):
        return SYMBOLS
    page = words.get("cpg") or _PAGE_BY_CHARSET.get(-1 if charset is None else charset)
    return page_to_encoding(page) if page else ""


def group_to_text(group: Group, encoding: str, with_inner: bool = False) -> str:
    """Return the text of a group.

    Parameters
    ----------
    group
        The group.
    encoding
        The encoding of its bytes.
    with_inner
        Whether the text of the groups in it is a part of it.
    """
    parts: list[str] = []
    skipped = 0
    stack: list[Token | Group] = [*reversed(group.items)]
    while stack:
        item = stack.pop()
        if isinstance(item, Group):
            stack.extend(reversed(item.items if with_inner else []))
        elif item.kind in (TokenKind.TEXT, TokenKind.HEX):
            parts.append(item.data[skipped:].decode(encoding, "replace"))
            skipped = max(skipped - len(item.data), 0)
        elif item.kind is TokenKind.SIGN and item.name in "\\{}":
            parts.append(item.name)
        elif item.name == "u" and item.number is not None:
            parts.append(number_to_letter(item.number))
            skipped = 1
    return "".join(parts)


def number_to_letter(number: int) -> str:
    """Return the letter of a number of Unicode, which can be written as a negative one.

    Half of a letter of two numbers is U+FFFD.

    Examples
    --------
    >>> number_to_letter(8211), number_to_letter(-3844) == chr(0xF0FC)
    ('–', True)
    """
    value = number % 0x10000
    return UNKNOWN_SIGN if 0xD800 <= value < 0xE000 else chr(value)


def bytes_to_raw_encoding(data: bytes) -> str:
    r"""Return `utf-8` if a file has letters in this encoding, which some programs write; else an empty text.

    The format has ASCII alone; a letter of UTF-8 is hardly ever valid by chance.

    Examples
    --------
    >>> [bytes_to_raw_encoding("{\\rtf1 café}".encode(encoding)) for encoding in ("utf-8", "cp1252")]
    ['utf-8', '']
    """
    try:
        return "utf-8" if not data.isascii() and data.decode("utf-8") else ""
    except UnicodeDecodeError:
        return ""
