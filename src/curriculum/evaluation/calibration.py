"""Whether confidence is the share of right links: the calibration error, and how much of it is chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from curriculum.evaluation.metrics import FOUND, WRONG
from curriculum.linking.confidence import IDENTICAL
from curriculum.model import vocabulary as v

__all__ = [
    "CALIBRATION_BOUNDS",
    "confidence_to_error",
    "confidence_to_floor",
    "reworded_verdicts",
    "verdicts_to_calibration",
]

# Five bins of equal width. A confidence on a bound belongs to the lower bin, as in `verdicts_to_reliability`.
CALIBRATION_BOUNDS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_PAIR: Final = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]


def confidence_to_error(confidence: ArrayLike, is_right: ArrayLike) -> float:
    """Return the expected calibration error (ECE) of links, in five bins of equal width.

    In each bin the number of right links is compared with the sum of confidence. The error is the sum of the
    differences, divided by the number of links; 0 without links.

    Parameters
    ----------
    confidence
        The confidence of each link, from 0 to 1.
    is_right
        Whether each link is right.

    Examples
    --------
    >>> confidence_to_error([0.9, 0.9, 0.5], [True, False, True])
    0.433
    """
    given, right = np.asarray(confidence, dtype=np.float64), np.asarray(is_right, dtype=np.float64)
    gaps = [abs(float(given[is_in].sum() - right[is_in].sum())) for is_in in _bins(given)]
    return round(sum(gaps) / max(len(given), 1), 3)


def confidence_to_floor(confidence: ArrayLike) -> float:
    """Return the error that links with this confidence have on average if their confidence is exactly right.

    The share of right links among a few is hardly ever the expected one, so that the error is above 0. It is
    computed exactly: in each bin the number of right links is the sum of independent trials.

    Parameters
    ----------
    confidence
        The confidence of each link, from 0 to 1.

    Examples
    --------
    >>> confidence_to_floor([0.5]), confidence_to_floor([0.5, 0.5]), confidence_to_floor([1.0])
    (0.5, 0.25, 0.0)
    """
    given = np.asarray(confidence, dtype=np.float64)
    gaps = [_expected_gap(given[is_in]) for is_in in _bins(given)]
    return round(sum(gaps) / max(len(given), 1), 3)


def _bins(confidence: NDArray[np.float64]) -> Iterator[NDArray[np.bool_]]:
    """Yield for each bin which links it holds."""
    bins = np.searchsorted(CALIBRATION_BOUNDS[1:-1], confidence, side="left")
    for number in range(len(CALIBRATION_BOUNDS) - 1):
        yield bins == number


def _expected_gap(confidence: NDArray[np.float64]) -> float:
    """Return the mean difference between the number of right links and the sum of their confidence."""
    chances = np.ones(1)
    for share in confidence:
        chances = np.convolve(chances, [1 - share, share])
    return float(chances @ np.abs(np.arange(len(chances)) - confidence.sum()))


def reworded_verdicts(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the verdicts on proposed links between different words that count: those found, and wrong."""
    return verdicts[verdicts["verdict"].isin([FOUND, WRONG]) & (verdicts[v.CONFIDENCE] < IDENTICAL)]


def verdicts_to_calibration(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the calibration error of the reworded links of each pair, with its floor.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.

    Returns
    -------
    pandas.DataFrame
        One row for each pair with a reworded link: ``subject_source``, ``object_source``, ``links`` (reworded
        ones that are found or wrong), ``ECE``, and ``floor`` (the ECE of a perfect confidence of this size).
    """
    rows = []
    for pair, links in reworded_verdicts(verdicts).groupby(_PAIR, sort=False):
        confidence = links[v.CONFIDENCE].to_numpy()
        error = confidence_to_error(confidence, (links["verdict"] == FOUND).to_numpy())
        rows.append((*pair, len(links), error, confidence_to_floor(confidence)))
    return pd.DataFrame(rows, columns=[*_PAIR, "links", "ECE", "floor"])
