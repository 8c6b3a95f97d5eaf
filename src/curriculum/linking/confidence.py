"""Turn the CSLS score of a link into the probability that it is right.

`python benchmarks/fit.py` fits the values to the reference again.
"""

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

# Statements with the same words are certain; no other link is.
IDENTICAL: Final = 1.0
# A little above 0.42, where a link is as likely as no link.
PROPOSED_FROM: Final = 0.45
# The threshold of the band `accept`; `csls_to_choice` has its other conditions.
ACCEPT_FROM: Final = 0.95
# Uncontested links of at least this CSLS score show how far the order of the lists was kept.
SURE_CSLS_SCORE: Final = 3.0
# The more statements compete, the more likely one has a high score by chance. The penalty is half the
# logarithm of the size relative to the documents of the reference (docs/linking_measured.md).
_SIZE_PENALTY: Final = 0.5
_USUAL_SIZE: Final = 70


class Fit(NamedTuple):
    """The values that turn a CSLS score into a probability.

    Attributes
    ----------
    intercept, slope
        The log odds that a link is right are a linear function of its CSLS score (Platt, 1999).
    contested
        Added to the log odds where either statement has a better counterpart.
    highest, highest_contested
        The highest confidence of a link, and of a contested link. It is Laplace's rule of succession on the
        links of high confidence in the fit, because so few links do not show more.
    withdrawn_intercept, withdrawn_slope
        The log odds that a statement without a link has no counterpart are a linear function of the log odds
        of its best candidate.
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
    """Return the fit for scorers with these names."""
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
    csls
        The CSLS scores of the links.
    is_contested
        Whether either statement of a link has a better counterpart.
    fit
        The fitted values.
    size_penalty
        Subtracted from the log odds because of the number of competitors, as `sizes_to_penalty` returns it.

    Returns
    -------
    numpy.ndarray
        The same shape, rounded to three decimals.

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
    """Return the size penalty: what the number of statements subtracts from the log odds of a link.

    Examples
    --------
    >>> sizes_to_penalty(88, 56), sizes_to_penalty(2130, 3122)
    (0.001, 1.803)
    """
    size = np.sqrt(n_old * n_new)
    return round(_SIZE_PENALTY * float(np.log(max(size / _USUAL_SIZE, 1.0))), 3)


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
    """Return the log odds of each confidence; confidences have three decimals.

    Examples
    --------
    >>> confidence_to_odds(np.array([0.5, 0.9])).round(2).tolist()
    [0.0, 2.2]
    """
    kept = confidence.clip(0.001, 0.999)
    odds: NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds
