"""Define the callback that long tasks call with the name of each step."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Progress", "silent"]

Progress = Callable[[str], object]


def silent(step: str) -> None:
    """Ignore the name of a step."""
    del step
