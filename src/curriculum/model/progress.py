"""How a long step says what it is doing: a function that is called with the name of each step."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Progress", "silent"]

Progress = Callable[[str], object]


def silent(step: str) -> None:
    """Say nothing of a step."""
    del step
