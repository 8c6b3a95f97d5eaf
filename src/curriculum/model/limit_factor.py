"""The number that the limits of all readers are multiplied by."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

__all__ = ["FACTOR", "MOST_TIMES", "raised"]

# More levels of nested values than ten times the limit are too many for Python.
MOST_TIMES: Final = 10
FACTOR: Final[ContextVar[int]] = ContextVar("factor", default=1)


def raised(most: int) -> int:
    """Return a limit, multiplied by what the person said; see `curriculum.raised_limits`.

    Examples
    --------
    >>> raised(8_000)
    8000
    """
    return most * FACTOR.get()
