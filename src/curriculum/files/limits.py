"""The limits of size, depth and time of a file that is read, and how a person raises them.

A file that is over a limit is refused before it takes much memory or time. Each reader has its own limits; a
person who trusts a file multiplies all of them by the same number.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple

from curriculum.errors import InvalidInput, too_large
from curriculum.model.limit_factor import FACTOR, MOST_TIMES, raised

__all__ = ["check_time", "raised_limits", "time_limit"]

# A document within all limits of size is read in some ten seconds; slow computers take several times as long.
SECONDS: Final = 120


class _Deadline(NamedTuple):
    where: str
    at: float


_deadline: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def raised_limits(times: int) -> Iterator[None]:
    """Raise the limits of size, depth and time of all files that are read within a ``with`` block.

    The limits are there against files that are made to fill the memory. Raise them only for files that you
    trust.

    Parameters
    ----------
    times
        The number that every limit is multiplied by, from 1 to 10.

    Raises
    ------
    InvalidInput
        If the number is not from 1 to 10.

    Examples
    --------
    >>> with raised_limits(2):
    ...     raised(8_000)  # lines of a text
    16000
    """
    if times not in range(1, MOST_TIMES + 1):
        raise InvalidInput(
            "the limits cannot be multiplied by this number",
            where="limits",
            expected=f"a whole number from 1 to {MOST_TIMES}",
            found=str(times),
        )
    token = FACTOR.set(times)
    try:
        yield
    finally:
        FACTOR.reset(token)


@contextmanager
def time_limit(where: str) -> Iterator[None]:
    """Refuse a step that calls `check_time` after its time is up; a limit that is in force stays as it is.

    Parameters
    ----------
    where
        The file, as a message should name it.
    """
    if _deadline.get():
        yield
        return
    token = _deadline.set(_Deadline(where, time.monotonic() + raised(SECONDS)))
    try:
        yield
    finally:
        _deadline.reset(token)


def check_time() -> None:
    """Refuse a file that takes longer than its limit; without a limit in force, do nothing.

    Raises
    ------
    UnreadableFile
        If the time is up.
    """
    deadline = _deadline.get()
    if deadline and time.monotonic() > deadline.at:
        advice = "Save each document as a separate file."
        raise too_large("takes too long to read", deadline.where, 0, SECONDS, "seconds", advice=advice)
