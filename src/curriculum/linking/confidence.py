"""The fitted values that turn a CSLS score into the probability that a link is right.

The values are fitted to six pairs of documents (`python benchmarks/fit.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from curriculum.model import vocabulary as v

__all__ = [
    "ACCEPT_FROM",
    "DEFAULT",
    "ENCODER",
    "ENCODER_WITHOUT_VECTORS",
    "FITS",
    "FITTED",
    "FITTED_RAPIDFUZZ",
    "FITTED_WITHOUT_VECTORS",
    "IDENTICAL",
    "PROPOSED_FROM",
    "PROPOSED_FROM_OF_OTHERS",
    "RAPIDFUZZ",
    "SURE_CSLS_SCORE",
    "WITHOUT_VECTORS",
    "Fit",
    "scorers_to_fit",
    "scorers_to_name",
    "sizes_to_penalty",
    "unlinked_to_confidence",
    "unlinked_to_ratio",
]

# Equivalent statements are certain; no other link is.
IDENTICAL: Final = 1.0
# Between lists of KSBs a link is proposed from here; a reviewer decides.
PROPOSED_FROM: Final = 0.3
# Between other lists, which are less alike.
PROPOSED_FROM_OF_OTHERS: Final = 0.4
# The threshold of the band `accept`; `csls_to_choice` has its other conditions.
ACCEPT_FROM: Final = 0.95
# Uncontested links of at least this CSLS score show how far the order of the lists was kept.
SURE_CSLS_SCORE: Final = 3.0
# The more statements compete, the more likely one has a high score by chance. The penalty is half the
# logarithm of the size relative to the largest pair of the fit (docs/linking_measured.md).
_SIZE_PENALTY: Final = 0.5
_USUAL_SIZE: Final = 92


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
    unlinked_intercept, unlinked_slope
        The log odds that a statement without a link has no counterpart are a linear function of the logarithm
        of how many statements are left without a link in the other document, for one in its own. They are
        fitted to old statements.
    new
        The probability that a new statement without a link has no old counterpart, by Laplace's rule on those
        of the fit; the numbers of statements without a link do not tell pairs apart here.
    """

    intercept: float
    slope: float
    contested: float
    highest: float
    highest_contested: float
    unlinked_intercept: float
    unlinked_slope: float
    new: float


FITTED: Final = Fit(-0.34, 1.009, -1.523, 0.976, 0.944, -0.217, -1.157, 0.767)
FITTED_WITHOUT_VECTORS: Final = Fit(-0.261, 0.861, -1.755, 0.976, 0.929, -0.526, -1.259, 0.778)
FITTED_RAPIDFUZZ: Final = Fit(-2.264, 1.074, -0.558, 0.986, 0.909, -1.411, -1.621, 0.705)
# With a sentence encoder; the rows of the fit come from all-MiniLM-L6-v2.
FITTED_ENCODER: Final = Fit(0.059, 1.103, -1.834, 0.988, 0.938, -0.281, -1.151, 0.761)
FITTED_ENCODER_WITHOUT_VECTORS: Final = Fit(-0.102, 1.079, -1.571, 0.988, 0.941, -0.195, -1.236, 0.784)
# The names of the sets of scorers that confidence is fitted for, and the fit of each.
DEFAULT, RAPIDFUZZ = v.DEFAULT_METHOD, v.RAPIDFUZZ_METHOD
WITHOUT_VECTORS, ENCODER, ENCODER_WITHOUT_VECTORS = "without vectors", "encoder", "encoder without vectors"
FITS: Final = {
    DEFAULT: FITTED,
    WITHOUT_VECTORS: FITTED_WITHOUT_VECTORS,
    RAPIDFUZZ: FITTED_RAPIDFUZZ,
    ENCODER: FITTED_ENCODER,
    ENCODER_WITHOUT_VECTORS: FITTED_ENCODER_WITHOUT_VECTORS,
}


def scorers_to_name(names: Iterable[str]) -> str:
    """Return the name of the set that scorers with these names belong to.

    Examples
    --------
    >>> [scorers_to_name(names) for names in (["characters", "meaning"], ["characters"], ["rapidfuzz"])]
    ['default', 'without vectors', 'rapidfuzz']
    >>> scorers_to_name(["characters", "meaning", "encoder"])
    'encoder'
    """
    known = set(names)
    if RAPIDFUZZ in known:
        return RAPIDFUZZ
    if ENCODER in known:
        return ENCODER if "meaning" in known else ENCODER_WITHOUT_VECTORS
    return DEFAULT if "meaning" in known else WITHOUT_VECTORS


def scorers_to_fit(names: Iterable[str]) -> Fit:
    """Return the fit for scorers with these names."""
    return FITS[scorers_to_name(names)]


def sizes_to_penalty(n_old: int, n_new: int) -> float:
    """Return the size penalty: what the number of statements subtracts from the log odds of a link.

    Examples
    --------
    >>> sizes_to_penalty(88, 56), sizes_to_penalty(2130, 3122)
    (0.0, 1.667)
    """
    size = math.sqrt(n_old * n_new)
    return round(_SIZE_PENALTY * math.log(max(size / _USUAL_SIZE, 1.0)), 3)


def unlinked_to_confidence(n_own: int, n_other: int, fit: Fit = FITTED) -> float:
    """Return the probability that a statement without a link has no counterpart.

    Where many statements of the other document are left without a link, one of them can be its counterpart
    in other words. What tells one statement of a document from another was not found, so all have the same.

    Parameters
    ----------
    n_own, n_other
        How many statements are without a link in its own document, and in the other.
    fit
        The fitted values.

    Examples
    --------
    >>> unlinked_to_confidence(20, 2) > unlinked_to_confidence(5, 30)
    True
    """
    odds = fit.unlinked_intercept + fit.unlinked_slope * unlinked_to_ratio(n_own, n_other)
    return round(min(1 / (1 + math.exp(-odds)), fit.highest), 3)


def unlinked_to_ratio(n_own: int, n_other: int) -> float:
    """Return the logarithm of the statements without a link in the other document, for one in its own.

    Examples
    --------
    >>> round(unlinked_to_ratio(4, 9), 2)
    0.69
    """
    return math.log((n_other + 1) / (n_own + 1))
