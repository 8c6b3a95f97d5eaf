"""Signs of the fonts for symbols, such as Wingdings, as Unicode characters."""

from __future__ import annotations

from typing import Final

__all__ = ["UNKNOWN_SIGN", "is_symbol_font", "number_to_sign"]

UNKNOWN_SIGN: Final = "\ufffd"
# Signs of the fonts for symbols, by their numbers without the part that these fonts add (F000).
_SYMBOLS = {
    "wingdings": {
        **{0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x71: "☐"},
        **{0xA7: "▪", 0x6E: "■", 0x6C: "●", 0x9F: "•", 0xD8: "➢", 0xE0: "→", 0x76: "❖"},
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x51: "✗", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"},
    "symbol": {
        **{0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xA5: "∞"},
        **{0x61: "α", 0x62: "β", 0x64: "δ", 0x44: "Δ", 0x6D: "μ", 0x70: "π", 0x57: "Ω", 0x73: "σ"},
        **{0xAE: "→", 0xD6: "√", 0xB8: "÷", 0x2D: "−", 0xE5: "∑"},
    },
}


def is_symbol_font(font: str) -> bool:
    """Return whether the letters of a font are signs.

    Examples
    --------
    >>> is_symbol_font("Wingdings 2"), is_symbol_font("Arial")
    (True, False)
    """
    return font.casefold() in _SYMBOLS


def number_to_sign(number: int, font: str) -> str:
    """Return the sign with a number in a font; U+FFFD if it is not known.

    Examples
    --------
    >>> number_to_sign(0xF0FC, "Wingdings"), number_to_sign(0x2713, "Segoe UI Symbol")
    ('✓', '✓')
    """
    known = _SYMBOLS.get(font.casefold(), {}).get(number & 0xFF)
    # Only below F000 is the number that of a sign of any font.
    is_plain = not is_symbol_font(font) and 0x20 <= number < 0xD800
    return known or (chr(number) if is_plain else UNKNOWN_SIGN)
