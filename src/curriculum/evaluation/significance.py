"""How far a count on few statements can be trusted: the interval of a share, and the sign test."""

from __future__ import annotations

from typing import Final

__all__ = ["LEVEL", "share_to_interval", "wins_to_p"]

# The level of every interval of an evaluation.
LEVEL: Final = 0.95


def share_to_interval(right: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson, 1927).

    Parameters
    ----------
    right, of
        The counts of the share; ``of`` is at least 1.

    Examples
    --------
    >>> [round(bound, 2) for bound in share_to_interval(16, 16)]
    [0.81, 1.0]
    """
    # Imported here, because scipy.stats takes longer to load than an evaluation.
    from scipy.stats import binomtest

    interval = binomtest(right, of).proportion_ci(LEVEL, "wilson")
    return float(interval.low), float(interval.high)


def wins_to_p(n_won: int, n_lost: int) -> float:
    """Return the p of the two-sided sign test: how likely so uneven a result is if both methods are as good.

    Parameters
    ----------
    n_won, n_lost
        How many cases one method wins, and how many it loses. Cases without a difference do not count.

    Examples
    --------
    >>> wins_to_p(5, 0), wins_to_p(3, 3), wins_to_p(0, 0)
    (0.062, 1.0, 1.0)
    """
    from scipy.stats import binomtest

    differing = n_won + n_lost
    return round(float(binomtest(n_won, differing).pvalue), 3) if differing else 1.0
