"""Turn the CSLS scores of links into the probabilities that they are right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.confidence import FITTED, Fit

__all__ = ["csls_to_confidence"]


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
