"""Count how far a review is: settled proposals, proposals expected to be right, and the next rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.review.review_rows import AGAIN, DECIDED, NO_LOOK, WAITS, ReviewRow

__all__ = ["NEXT", "ReviewProgress", "rows_to_progress"]

# The number of rows that are listed as next.
NEXT: Final = 10
# The likelihood of a proposal without a confidence.
_UNKNOWN: Final = 0.5


@dataclass(frozen=True)
class ReviewProgress:
    """How far a review is.

    Attributes
    ----------
    counts
        One row a state: ``state``, ``n_proposals``, ``expected_right``.
    n_proposals, n_settled
        The number of proposals, and of those that need no person.
    expected_right
        The expected number of right proposals if the review stopped now: a decided proposal counts as right,
        another one by its confidence.
    next_rows
        The next rows to answer: ``old_code``, ``new_code``, ``proposed``, ``confidence``, ``evidence``,
        ``old_wording``, ``new_wording``.
    """

    counts: pd.DataFrame
    n_proposals: int
    n_settled: int
    expected_right: float
    next_rows: pd.DataFrame

    @property
    def expected_accuracy(self) -> float:
        """The share of proposals that is expected to be right."""
        return self.expected_right / self.n_proposals if self.n_proposals else 1.0

    def sentences(self) -> Iterator[str]:
        """Yield the progress in sentences."""
        settled = f"{self.n_settled} of {self.n_proposals} proposals are settled"
        yield f"{settled} ({self._settled_counts()}); {self._open_counts()}."
        yield (
            f"If you stopped now, about {self.expected_right:.0f} of {self.n_proposals} would be right "
            f"({self.expected_accuracy:.0%}); what was decided counts as right."
        )

    def _count(self, state: str) -> int:
        return int(self.counts.loc[self.counts["state"] == state, "n_proposals"].sum())

    def _settled_counts(self) -> str:
        return f"{self._count(NO_LOOK)} without a look, {self._count(DECIDED)} by a decision"

    def _open_counts(self) -> str:
        again, wait = self._count(AGAIN), f"{self._count(WAITS)} to look at"
        return f"{wait}, {again} decided before the wording changed to look at again" if again else wait


def rows_to_progress(rows: Sequence[ReviewRow], count: int = NEXT) -> ReviewProgress:
    """Return how far a review is.

    Parameters
    ----------
    rows
        As `crosswalks_to_rows` returns them.
    count
        The number of next rows.

    Returns
    -------
    ReviewProgress

    Examples
    --------
    >>> rows = [ReviewRow("K1", confidence=0.9, state="waits"), ReviewRow("K2", state="decided")]
    >>> print(*rows_to_progress(rows).sentences(), sep=chr(10))
    1 of 2 proposals are settled (0 without a look, 1 by a decision); 1 to look at.
    If you stopped now, about 2 of 2 would be right (95%); what was decided counts as right.
    """
    counts: dict[str, tuple[int, float]] = {}
    for row in rows:
        n, right = counts.get(row.state, (0, 0.0))
        counts[row.state] = n + 1, right + _row_to_likelihood(row)
    states = [(state, n, round(right, 3)) for state, (n, right) in counts.items()]
    waiting = [row for row in rows if row.needs_person][:count]
    names = ["old_code", "new_code", "proposed", v.CONFIDENCE, "evidence", "old_wording", "new_wording"]
    return ReviewProgress(
        pd.DataFrame(states, columns=["state", "n_proposals", "expected_right"]),
        len(rows),
        sum(not row.needs_person for row in rows),
        round(sum(right for _, right in counts.values()), 3),
        pd.DataFrame([[getattr(row, name) for name in names] for row in waiting], columns=names),
    )


def _row_to_likelihood(row: ReviewRow) -> float:
    if row.state in {DECIDED, AGAIN}:
        return 1.0
    return _UNKNOWN if math.isnan(row.confidence) else row.confidence
