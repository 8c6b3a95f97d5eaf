"""Choose which pairs are links, which links need no review, and the runner-up of each statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.confidence import ACCEPT_FROM, IDENTICAL, PROPOSED_FROM, Fit, sizes_to_penalty
from curriculum.linking.csls_confidence import csls_to_confidence

__all__ = [
    "FEW",
    "LEAST_SHARED",
    "LEAST_SIMILARITY",
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
# ... and a similarity of at least one half, even without competitors.
LEAST_SIMILARITY = 0.5
# Two documents are unrelated if less than this part of the statements of the smaller one has a link of at
# least the confidence SURE. Then only links of at least SURE are proposed.
LEAST_SHARED = 0.03
SURE = 0.8
# So few statements do not show what a document is about.
FEW = 5

_Matrix = NDArray[np.float64]
_Flags = NDArray[np.bool_]
_Positions = NDArray[np.int64]


class Choice(NamedTuple):
    """The chosen pairs of two documents. Two-dimensional arrays have the shape (old, new).

    Attributes
    ----------
    confidence
        The probability that a pair is a link.
    is_link, is_accepted
        Whether the pair is proposed, and whether it needs no review.
    is_best, is_mutual
        Whether one statement of the pair is the best counterpart of the other, and whether both are.
    is_exact
        Whether the statements of a pair are equivalent.
    best_new, next_new
        For each old statement the best new one and the runner-up; `NO_COUNTERPART` if there is none.
    best_old
        For each new statement the best old one.
    """

    confidence: _Matrix
    is_link: _Flags
    is_accepted: _Flags
    is_best: _Flags
    is_mutual: _Flags
    is_exact: _Flags
    best_new: _Positions
    next_new: _Positions
    best_old: _Positions


def csls_to_choice(
    csls: _Matrix,
    similarity: _Matrix,
    is_exact: _Flags,
    has_same_code: _Flags,
    fit: Fit,
    *,
    proposed_from: float = PROPOSED_FROM,
) -> Choice:
    """Decide which pairs are links.

    A statement with an exact match in the other document is linked to that match only. Any other pair is a
    link if it is the best pair of its old or of its new statement, and its confidence is high enough. The
    rule is symmetric, so linking in the other direction gives the inverse. Ties go to the pair with the same
    code, then to the first in the list. If hardly any link has a high confidence, the documents are
    unrelated, and only links of high confidence remain.

    Parameters
    ----------
    csls
        The CSLS score of each pair.
    similarity
        How alike each pair is, without regard to its competitors.
    is_exact
        Whether the statements of a pair are equivalent.
    has_same_code
        Whether they have the same code.
    fit
        The fit that turns CSLS scores into confidence.
    proposed_from
        The least confidence of a link.

    Returns
    -------
    Choice
    """
    is_open = is_exact | ~exact_match_assigned(is_exact)
    ranked = np.where(is_exact, np.inf, np.where(is_open, csls, -np.inf))
    best_new, next_new = _best_two(ranked, csls, has_same_code)
    best_old, next_old = _best_two(ranked.T, csls.T, has_same_code.T)
    is_best_of_old = _marked(best_new, csls.shape)
    is_best_of_new = _marked(best_old, csls.shape[::-1]).T
    is_mutual = is_best_of_old & is_best_of_new & is_open
    confidence = np.where(
        is_exact,
        IDENTICAL,
        csls_to_confidence(csls, ~is_mutual, fit, sizes_to_penalty(*csls.shape)),
    )
    is_best = (is_best_of_old | is_best_of_new) & is_open
    is_link = is_best & (confidence >= proposed_from)
    if _are_unrelated(confidence, is_mutual & is_link):
        is_link &= confidence >= SURE
    rivals = np.maximum(_rivals(ranked, best_new, next_new), _rivals(ranked.T, best_old, next_old).T)
    # Equivalent statements are accepted if each has no other equivalent in the other document.
    is_ahead = (fit.slope * (csls - rivals) >= np.log(_ODDS_AHEAD)) & (similarity >= LEAST_SIMILARITY)
    ahead = np.where(is_exact, np.isneginf(rivals), is_ahead)
    is_accepted = is_link & is_mutual & ahead & (confidence >= ACCEPT_FROM)
    return Choice(
        confidence, is_link, is_accepted, is_best, is_mutual, is_exact, best_new, next_new, best_old
    )


def csls_to_sure(csls: _Matrix, is_exact: _Flags, least: float) -> _Positions:
    """Return the positions of the sure pairs: each is the best of the other, with at least this CSLS score.

    Returns
    -------
    numpy.ndarray
        One row (old, new) each.
    """
    if not csls.size:
        return np.empty((0, 2), dtype=np.int64)
    ranked = np.where(is_exact, np.inf, np.where(exact_match_assigned(is_exact), -np.inf, csls))
    rows = np.arange(len(ranked))
    best = ranked.argmax(axis=1)
    is_sure = (ranked.argmax(axis=0)[best] == rows) & (ranked[rows, best] >= least)
    positions: _Positions = np.column_stack([rows, best])[is_sure]
    return positions


def exact_match_assigned(is_exact: _Flags) -> _Flags:
    """Return for each pair whether one of its statements has an exact match in the other document."""
    in_new, in_old = is_exact.any(axis=1, keepdims=True), is_exact.any(axis=0, keepdims=True)
    is_assigned: _Flags = np.logical_or(in_new, in_old)
    return is_assigned


def _best_two(ranked: _Matrix, csls: _Matrix, has_same_code: _Flags) -> tuple[_Positions, _Positions]:
    """Return the best and the second column of each row."""
    count = ranked.shape[1]
    best = np.full(len(ranked), NO_COUNTERPART, dtype=np.int64)
    second = best.copy()
    for row in range(len(ranked)):
        # If all others have exact matches, the best of them is still the runner-up.
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


def _marked(positions: _Positions, shape: tuple[int, ...]) -> _Flags:
    marked = np.zeros(shape, dtype=np.bool_)
    if shape[1]:
        marked[np.arange(shape[0]), positions] = True
    return marked


def _rivals(ranked: _Matrix, best: _Positions, second: _Positions) -> _Matrix:
    """Return for each pair the best other value of its row."""
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
