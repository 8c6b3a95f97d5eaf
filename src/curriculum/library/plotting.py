"""Say what to install where figures cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

from curriculum.errors import NotFound

__all__ = ["needs_matplotlib"]

_Arguments = ParamSpec("_Arguments")
_Drawn = TypeVar("_Drawn")


def needs_matplotlib(plot: Callable[_Arguments, _Drawn]) -> Callable[_Arguments, _Drawn]:
    """Return a plotting function that names the package to install if matplotlib is missing."""

    @wraps(plot)
    def plot_if_installed(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Drawn:
        if find_spec("matplotlib") is None:
            raise NotFound(
                "matplotlib is not installed, so that no figure can be drawn",
                advice="Install it with pip install matplotlib (run.py lab does).",
            )
        return plot(*args, **kwargs)

    return plot_if_installed
