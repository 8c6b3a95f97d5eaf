"""How sure a proposal is. The order can be relied on; the figure is not yet calibrated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["EVEN_MARGIN", "IDENTICAL", "SUREST", "margins_to_confidence"]

# At this margin a link is as likely right as wrong; on either side of it the choice of links hardly
# changes (docs/linking.md has the figures).
EVEN_MARGIN = 0.5
_STEEPNESS = 0.8
# Wordings that differ by no more than editorial marks are certain; nothing else is ever as sure.
IDENTICAL = 1.0
SUREST = 0.99


def margins_to_confidence(margins: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the confidence of a link from its margin over its competitors.

    Examples
    --------
    >>> margins_to_confidence(np.array([EVEN_MARGIN, 4.0, -4.0])).tolist()
    [0.5, 0.943, 0.027]
    """
    confidence: NDArray[np.float64] = 1 / (1 + np.exp(-_STEEPNESS * (margins - EVEN_MARGIN)))
    return np.minimum(confidence, SUREST).round(3)
