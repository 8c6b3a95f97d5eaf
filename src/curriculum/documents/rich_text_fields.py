"""The codes of fields in the Rich Text Format, which say what a program computes."""

from __future__ import annotations

import re
from typing import Final

from curriculum.documents.symbol_fonts import is_symbol_font, number_to_sign

__all__ = ["code_to_sign", "is_check_box", "is_contents", "is_counting"]

_CONTENTS: Final = re.compile(r"\s*+(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_COUNTING: Final = re.compile(r"\s*+(?:LISTNUM|AUTONUM\w*+)", re.IGNORECASE)
_SYMBOL: Final = re.compile(r"\s*+SYMBOL\s++(?P<number>\d{1,5})\b", re.IGNORECASE)
_FONT: Final = re.compile(r'\\f\s{1,9}"?(?P<font>[A-Za-z][A-Za-z0-9 ]{0,60})')


def is_contents(code: str) -> bool:
    r"""Return whether a field is a table of contents or an index.

    Examples
    --------
    >>> is_contents(' TOC \\o "1-3"'), is_contents("PAGE")
    (True, False)
    """
    return _CONTENTS.match(code) is not None


def is_counting(code: str) -> bool:
    """Return whether a field is a number that Word counts, and that is not in the file.

    Examples
    --------
    >>> is_counting("LISTNUM"), is_counting("PAGE")
    (True, False)
    """
    return _COUNTING.match(code) is not None


def is_check_box(code: str) -> bool:
    """Return whether a field is a box of a form that can be ticked.

    Examples
    --------
    >>> is_check_box(" FORMCHECKBOX "), is_check_box("FORMTEXT")
    (True, False)
    """
    return code.strip().upper().startswith("FORMCHECKBOX")


def code_to_sign(code: str) -> str:
    r"""Return the sign of a field for a sign of a font; empty if it is another field.

    Examples
    --------
    >>> code_to_sign('SYMBOL 252 \\f "Wingdings"'), code_to_sign("PAGE")
    ('✓', '')
    """
    found = _SYMBOL.match(code)
    if found is None:
        return ""
    named = _FONT.search(code)
    font, value = named["font"].strip() if named else "", int(found["number"])
    return number_to_sign(value | 0xF000 if is_symbol_font(font) else value, font)
