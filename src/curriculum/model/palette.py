"""Define the colours of figures, workbooks and pages; people with any colour vision can distinguish them.

Okabe and Ito (2008), https://jfly.uni-koeln.de/color/.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BLUE", "DELETED", "GREEN", "GREY", "INSERTED", "ORANGE", "PURPLE", "SKY", "VERMILION", "YELLOW"]

ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#999999"
# Deleted words are only in the old wording, inserted words only in the new one.
DELETED: Final = VERMILION
INSERTED: Final = BLUE
