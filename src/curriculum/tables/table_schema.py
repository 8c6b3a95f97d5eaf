"""What a schema of a table is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["Column", "Schema"]


class Column(NamedTuple):
    """The type and the values of a column.

    Attributes
    ----------
    dtype
        The pandas type: ``str``, ``int64``, ``float64``, ``bool`` or ``boolean``. Only ``float64`` and
        ``boolean`` may have no value.
    pattern
        A regular expression that the whole of each text must match; empty if any text fits.
    values
        The accepted values; empty if any fits.
    least, most
        The lowest and the highest accepted number, if there are.
    """

    dtype: str
    pattern: str = ""
    values: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


class Schema(NamedTuple):
    """The columns of a table in the order of its file, and the columns of its key."""

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
