"""How likely a link is right, by its margin. `python benchmarks/fit.py` fits it to the reference anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ACCEPT_FROM",
    "FITTED",
    "FITTED_WITHOUT_VECTORS",
    "IDENTICAL",
    "PROPOSED_FROM",
    "SURE_CSLS_SCORE",
    "Fit",
    "confidence_to_odds",
    "csls_to_confidence",
    "scorers_to_fit",
    "sizes_to_penalty",
    "withdrawn_to_confidence",
]

# Statements in the same words are certain; nothing else is ever as sure.
IDENTICAL: Final = 1.0
# A little above where a link and none at all are as likely (0.42).
PROPOSED_FROM: Final = 0.45
# The band `accept` begins here; what it asks beside is in `choose`.
ACCEPT_FROM: Final = 0.95
# From this margin on a link that nobody contests tells of the others that the order of the listings was kept.
SURE_CSLS_SCORE: Final = 3.0
# The more statements compete, the likelier one stands out by chance: half a logarithm of how many more there
# are than in the documents of the reference (docs/linking_measured.md).
_CROWD: Final = 0.5
_USUAL_SIZE: Final = 70


class Fit(NamedTuple):
    """What turns a margin into a probability.

    Attributes
    ----------
    intercept, slope
        Of the logarithm of the odds that a link is right, by its margin (Platt, 1999).
    contested
        What is added where either statement has a better counterpart.
    highest, highest_contested
        The most that is ever said of a link, and of a contested one: Laplace's rule of succession on the
        links that the fit was sure of, as more cannot be known from so few.
    withdrawn_intercept, withdrawn_slope
        Of the logarithm of the odds that a statement without a link has no counterpart, by the
        logarithm of the odds of its best one.
    """

    intercept: float
    slope: float
    contested: float
    highest: float
    highest_contested: float
    withdrawn_intercept: float
    withdrawn_slope: float


FITTED: Final = Fit(0.532, 0.723, -2.207, 0.976, 0.714, -0.418, -0.331)
FITTED_WITHOUT_VECTORS: Final = Fit(-0.527, 0.761, -1.425, 0.975, 0.75, -0.835, -0.304)


def scorers_to_fit(names: Iterable[str]) -> Fit:
    """Return the fit that belongs to the scorers of these names."""
    return FITTED if "meaning" in names else FITTED_WITHOUT_VECTORS


def csls_to_confidence(
    csls: NDArray[np.float64],
    is_contested: NDArray[np.bool_],
    fit: Fit = FITTED,
    size_penalty: NDArray[np.float64] | float = 0.0,
) -> NDArray[np.float64]:
    """Return the probability that each link is right.

    Parameters
    ----------
    margins
        Of the links over their competitors.
    is_contested
        Whether either statement of a link has a better counterpart.
    fit
        The fitted values.
    crowd
        What many competitors take off the logarithm of the odds, as `sizes_to_penalty` gives it.

    Returns
    -------
    numpy.ndarray
        Of the same shape, to three places.

    Examples
    --------
    >>> free, taken = csls_to_confidence(np.array([4.0, 4.0]), np.array([False, True]))
    >>> bool(free > 0.9 > taken)
    True
    """
    odds = fit.intercept + fit.slope * csls + fit.contested * is_contested - size_penalty
    ceiling = np.where(is_contested, fit.highest_contested, fit.highest)
    confidence: NDArray[np.float64] = np.minimum(1 / (1 + np.exp(-odds)), ceiling)
    return confidence.round(3)


def sizes_to_penalty(n_old: int, n_new: int) -> float:
    """Return what the number of statements takes off the logarithm of the odds of a link.

    Examples
    --------
    >>> sizes_to_penalty(88, 56), sizes_to_penalty(2130, 3122)
    (0.001, 1.803)
    """
    size = np.sqrt(n_old * n_new)
    return round(_CROWD * float(np.log(max(size / _USUAL_SIZE, 1.0))), 3)


def withdrawn_to_confidence(best: float, fit: Fit = FITTED) -> float:
    """Return the probability that a statement has no counterpart, by the confidence of its best candidate.

    Examples
    --------
    >>> withdrawn_to_confidence(0.02) > withdrawn_to_confidence(0.4)
    True
    """
    odds = fit.withdrawn_intercept + fit.withdrawn_slope * float(confidence_to_odds(np.array(best)))
    return round(min(1 / (1 + float(np.exp(-odds))), fit.highest), 3)


def confidence_to_odds(confidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithm of the odds of each confidence, as it is known to three places.

    Examples
    --------
    >>> confidence_to_odds(np.array([0.5, 0.9])).round(2).tolist()
    [0.0, 2.2]
    """
    kept = confidence.clip(0.001, 0.999)
    odds: NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds
