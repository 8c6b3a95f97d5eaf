"""The choice: which pairs are links, which of these a person need not look at, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.confidence import (
    ACCEPT_FROM,
    IDENTICAL,
    PROPOSED_FROM,
    Fit,
    csls_to_confidence,
    sizes_to_penalty,
)

__all__ = [
    "FEW",
    "LEAST_SHARED",
    "NO_COUNTERPART",
    "SURE",
    "Choice",
    "csls_to_choice",
    "csls_to_sure",
    "exact_match_assigned",
]

NO_COUNTERPART = -1
# A link in the band `accept` has at least ten times the odds of any other that its statements have.
_ODDS_AHEAD = 10.0
# ... and is at least half alike, however little competes.
_LEAST_LIKENESS = 0.5
# Two documents that share less than this part of the smaller one are taken to be about other things ...
LEAST_SHARED = 0.03
# ... counting links as sure as this; only such links are then proposed.
SURE = 0.8
# A handful of statements does not tell what a document is about.
FEW = 5

_Matrix = NDArray[np.float64]
_Flags = NDArray[np.bool_]
_Places = NDArray[np.int64]


class Choice(NamedTuple):
    """What is chosen of the pairs of two documents; arrays have the shape (old, new) unless told.

    Attributes
    ----------
    confidence
        The probability that a pair is a link.
    is_link, is_accepted
        Whether it is proposed, and whether it need not be looked at.
    is_best, is_mutual
        Whether a statement of a pair is the best of the other, and whether each is.
    is_identical
        Whether both statements say the same.
    best_new, next_new
        For each old statement the likeliest new one and the runner-up; `NO_COUNTERPART` if there is none.
    best_old
        For each new statement the likeliest old one.
    """

    confidence: _Matrix
    is_link: _Flags
    is_accepted: _Flags
    is_best: _Flags
    is_mutual: _Flags
    is_identical: _Flags
    best_new: _Places
    next_new: _Places
    best_old: _Places


def csls_to_choice(
    csls: _Matrix, similarity: _Matrix, is_identical: _Flags, has_same_code: _Flags, fit: Fit
) -> Choice:
    """Decide which pairs are links.

    A statement that stands word for word in the other document is spoken for: it is linked to nothing
    else. Any other pair is a link if it is the best of its old or of its new statement and likely enough
    (`PROPOSED_FROM`). The rule is the same seen from either side, so that linking back gives the
    inverse. Among equals the same code wins, then the order of the listing. If hardly anything is sure, the
    documents are about other things, and nothing doubtful is a link.

    Parameters
    ----------
    margins
        Of all pairs over their competitors.
    similarity
        How alike they are, whatever else competes.
    is_identical
        Whether the statements of a pair say the same.
    has_same_code
        Whether they have one code.
    fit
        What turns margins into confidence.

    Returns
    -------
    Choice
    """
    is_open = is_identical | ~exact_match_assigned(is_identical)
    ranked = np.where(is_identical, np.inf, np.where(is_open, csls, -np.inf))
    best_new, next_new = _best_two(ranked, csls, has_same_code)
    best_old, next_old = _best_two(ranked.T, csls.T, has_same_code.T)
    is_best_of_old = _marked(best_new, csls.shape)
    is_best_of_new = _marked(best_old, csls.shape[::-1]).T
    is_mutual = is_best_of_old & is_best_of_new & is_open
    confidence = np.where(
        is_identical,
        IDENTICAL,
        csls_to_confidence(csls, ~is_mutual, fit, sizes_to_penalty(*csls.shape)),
    )
    is_best = (is_best_of_old | is_best_of_new) & is_open
    is_link = is_best & (confidence >= PROPOSED_FROM)
    if _are_unrelated(confidence, is_mutual & is_link):
        is_link &= confidence >= SURE
    rivals = np.maximum(_rivals(ranked, best_new, next_new), _rivals(ranked.T, best_old, next_old).T)
    # Statements in the same words are accepted if these words are printed once on either side.
    is_ahead = (fit.slope * (csls - rivals) >= np.log(_ODDS_AHEAD)) & (similarity >= _LEAST_LIKENESS)
    ahead = np.where(is_identical, np.isneginf(rivals), is_ahead)
    is_accepted = is_link & is_mutual & ahead & (confidence >= ACCEPT_FROM)
    return Choice(
        confidence, is_link, is_accepted, is_best, is_mutual, is_identical, best_new, next_new, best_old
    )


def csls_to_sure(csls: _Matrix, is_identical: _Flags, least: float) -> _Places:
    """Return the places of the pairs that are beyond doubt: each the other's best, by at least such a margin.

    Returns
    -------
    numpy.ndarray
        One row (old, new) each.
    """
    if not csls.size:
        return np.empty((0, 2), dtype=np.int64)
    ranked = np.where(is_identical, np.inf, np.where(exact_match_assigned(is_identical), -np.inf, csls))
    rows = np.arange(len(ranked))
    best = ranked.argmax(axis=1)
    is_sure = (ranked.argmax(axis=0)[best] == rows) & (ranked[rows, best] >= least)
    places: _Places = np.column_stack([rows, best])[is_sure]
    return places


def exact_match_assigned(is_identical: _Flags) -> _Flags:
    """Return for each pair whether a statement of it stands word for word in the other document."""
    in_new, in_old = is_identical.any(axis=1, keepdims=True), is_identical.any(axis=0, keepdims=True)
    spoken: _Flags = np.logical_or(in_new, in_old)
    return spoken


def _best_two(ranked: _Matrix, csls: _Matrix, has_same_code: _Flags) -> tuple[_Places, _Places]:
    """Return the best and the second column of each row."""
    count = ranked.shape[1]
    best = np.full(len(ranked), NO_COUNTERPART, dtype=np.int64)
    second = best.copy()
    for row in range(len(ranked)):
        # A statement that is spoken for is still the likeliest of what is left if nothing is open.
        order = [ranked[row], csls[row]]
        if count:
            best[row] = _best(order, has_same_code[row])
        if count > 1:
            second[row] = _best(order, has_same_code[row], without=int(best[row]))
    return best, second


def _best(order: Sequence[_Matrix], has_same_code: _Flags, without: int = NO_COUNTERPART) -> int:
    left = np.ones(len(has_same_code), dtype=np.bool_)
    if without != NO_COUNTERPART:
        left[without] = False
    for values in order:
        left &= values == values[left].max()
    same = left & has_same_code
    return int((same if same.any() else left).argmax())


def _marked(places: _Places, shape: tuple[int, ...]) -> _Flags:
    marked = np.zeros(shape, dtype=np.bool_)
    if shape[1]:
        marked[np.arange(shape[0]), places] = True
    return marked


def _rivals(ranked: _Matrix, best: _Places, second: _Places) -> _Matrix:
    """Return for each pair the best of what else its row holds."""
    rows, count = np.arange(len(ranked)), ranked.shape[1]
    if count < 2:
        return np.full(ranked.shape, -np.inf)
    rivals = np.repeat(ranked[rows, best][:, None], count, axis=1)
    rivals[rows, best] = ranked[rows, second]
    return rivals


def _are_unrelated(confidence: _Matrix, is_mutual_link: _Flags) -> bool:
    if min(confidence.shape) < FEW:
        return False
    sure = int((is_mutual_link & (confidence >= SURE)).sum())
    return bool(sure < LEAST_SHARED * min(confidence.shape))
