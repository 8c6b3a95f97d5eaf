"""Replace characters that are variants of the letters, digits and signs of codes, or only look like them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["text_to_guessed", "text_to_plain", "text_without_invisible"]

# Full-width and mathematical forms are variants of the same character.
_SAME: Final = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{
        code: plain
        for code in range(0x1D400, 0x1D800)
        if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain.isascii()
    },
    **dict.fromkeys((0xA0, *range(0x2002, 0x200B), 0x202F, 0x3000), " "),
    0x2212: "-",
    0xFE63: "-",
    0x2044: "/",
    0x3001: ",",
}
# Letters of other alphabets only look the same: the author of the text has to say what was meant.
_ALIKE: Final = str.maketrans("КкΚκВвΒЅѕТтΤτЕеΕΟОоοІіΙӀԁ", "KkKkBbBSsTtTtEeEOOooIiIID")
_SLIP: Final = re.compile(r"(?<!\w)(?:TK|TS|ESB|[KSBD])(?=\w{1,3}(?!\w))(?:I?\d[\dlIOo]*|\d*l[\dlIOo]*)")
_SLIPS: Final = str.maketrans("lIOo", "1100")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")


def text_to_plain(text: str) -> str:
    """Return a text in plain letters, digits and signs; every character keeps its position.

    Examples
    --------
    >>> text_to_plain("Ｋ１，Ｓ２"), text_to_plain("K1−K3")
    ('K1,S2', 'K1-K3')
    """
    return text if text.isascii() else text.translate(_SAME)


def text_to_guessed(text: str) -> str:
    """Return a text as it was probably meant, with letters replaced that only look like those of a code.

    Every character keeps its position. The caller has to ask the user, as the letter may be intended.

    Examples
    --------
    >>> text_to_guessed("К1, S2"), text_to_guessed("Kl, K2")
    ('K1, S2', 'K1, K2')
    """
    alike = text if text.isascii() else text.translate(_ALIKE)
    return _SLIP.sub(lambda slip: slip[0][:1] + slip[0][1:].translate(_SLIPS), alike)


def text_without_invisible(text: str) -> str:
    """Return a text without invisible characters, such as a zero-width space."""
    return _UNSEEN.sub("", text)
