"""Define the colours of figures, workbooks and pages; people with any colour vision can distinguish them.

Okabe and Ito (2008), https://jfly.uni-koeln.de/color/.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "AMBER",
    "BLUE",
    "DELETED",
    "GREEN",
    "GREY",
    "INSERTED",
    "MAUVE",
    "NAVY",
    "ORANGE",
    "PALE",
    "PURPLE",
    "SKY",
    "VERMILION",
    "YELLOW",
    "background_to_text_colour",
    "colour_to_luminance",
    "colours_to_contrast",
]

ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#999999"
# Lighter and darker ones. PALE, SKY, AMBER, MAUVE and NAVY can be told apart in greyscale.
PALE: Final = "#E8E8E8"
AMBER: Final = "#B87D00"
MAUVE: Final = "#9A5083"
NAVY: Final = "#004B75"
# Deleted words are only in the old wording, inserted words only in the new one. Both are texts on white.
DELETED: Final = "#B84C00"
INSERTED: Final = BLUE


def colour_to_luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 for black to 1 for white.

    Web Content Accessibility Guidelines 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.

    Parameters
    ----------
    colour
        In hexadecimal digits, such as ``#0072B2``.

    Examples
    --------
    >>> colour_to_luminance("#FFFFFF"), round(colour_to_luminance(BLUE), 3)
    (1.0, 0.152)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def colours_to_contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black and white).

    Examples
    --------
    >>> round(colours_to_contrast(DELETED, "#FFFFFF"), 1), round(colours_to_contrast(SKY, PALE), 1)
    (5.2, 1.9)
    """
    low, high = sorted(colour_to_luminance(colour) + 0.05 for colour in (first, second))
    return high / low


def background_to_text_colour(background: str) -> str:
    """Return the colour of text that is readable on a background: black or white.

    Examples
    --------
    >>> background_to_text_colour(BLUE), background_to_text_colour(SKY)
    ('#FFFFFF', '#000000')
    """
    return max(("#000000", "#FFFFFF"), key=lambda colour: colours_to_contrast(colour, background))
