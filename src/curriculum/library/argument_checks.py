"""Check the types of arguments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePath
from types import UnionType

import pandas as pd

from curriculum.errors import InvalidInput, NotFound
from curriculum.tables.known_ids import check_known

__all__ = ["check_bounds", "check_count", "check_group", "check_names", "check_path", "check_type"]

# As much of an argument as a message shows.
_LONGEST = 60


def check_type(expected: str, kind: type | UnionType, *given: object, is_needed: bool = True) -> None:
    """Raise an error if an argument has another type.

    Parameters
    ----------
    expected
        What to give instead, in words.
    kind
        The type.
    *given
        The arguments.
    is_needed
        Whether None is refused too.

    Raises
    ------
    InvalidInput
        For the first argument of another type.
    """
    for thing in given:
        if not isinstance(thing, kind) and (is_needed or thing is not None):
            raise InvalidInput(
                "is of another type",
                where=repr(thing).partition("\n")[0][:_LONGEST],
                expected=expected,
                found=type(thing).__name__,
            )


def check_path(path: object) -> None:
    """Raise an error if a path is neither a text nor a path, or is empty.

    Raises
    ------
    InvalidInput
        With what to give instead.
    """
    check_type("a path, such as 'tracker.xlsx'", str | PurePath, path)
    if not str(path):
        raise InvalidInput("no path", where="''", expected="a path, such as 'tracker.xlsx'")


def check_names(*names: object) -> None:
    """Raise an error if the name of a document is neither an id nor a path.

    Raises
    ------
    InvalidInput
        With what to give instead.
    """
    expected = "the id of a document, such as 'st0792-1.2', or a path (for standards: cu.link)"
    check_type(expected, str | PurePath, *names)


def check_count(count: object) -> None:
    """Raise an error if a count is not a whole number from 1.

    Raises
    ------
    InvalidInput
        With what to give instead.
    """
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise InvalidInput("no count", where=f"count={count!r}", expected="a whole number from 1")


def check_bounds(bounds: object) -> None:
    """Raise an error if bounds are not two or more ascending numbers from 0 to 1.

    Raises
    ------
    InvalidInput
        With what to give instead.
    """
    given = list(bounds) if isinstance(bounds, Sequence) and not isinstance(bounds, str) else []
    are_numbers = all(isinstance(bound, int | float) and 0 <= bound <= 1 for bound in given)
    if len(given) < 2 or not are_numbers or any(high <= low for low, high in pairwise(given)):
        raise InvalidInput(
            "no bounds of ranges of confidence",
            where=f"bounds={bounds!r}"[:_LONGEST],
            expected="two or more ascending numbers from 0 to 1, such as (0.5, 0.8, 1)",
        )


def check_group(group: str, groups: pd.DataFrame) -> None:
    """Raise an error if there is no group of a kind, such as `duty` or `theme`.

    Parameters
    ----------
    group
        The kind.
    groups
        A table with a column ``group``.

    Raises
    ------
    NotFound
        With the groups that there are.
    """
    check_type("the name of a group, such as 'duty'", str, group)
    known = groups["group"].drop_duplicates().tolist()
    if group in {"duty", "theme", "method"} and group not in known:
        raise NotFound(f"the new version prints no {group}", expected=f"one of {', '.join(known)}")
    check_known([group], known, "group")
