"""Check the types of arguments."""

from __future__ import annotations

from curriculum.errors import InvalidInput

__all__ = ["check_type"]


def check_type(expected: str, kind: type, *given: object) -> None:
    """Raise an error if an argument has another type.

    Parameters
    ----------
    expected
        What to give instead, in words.
    kind
        The type.
    *given
        The arguments.

    Raises
    ------
    InvalidInput
        For the first argument of another type.
    """
    for thing in given:
        if not isinstance(thing, kind):
            raise InvalidInput(
                f"not {expected}", where=repr(thing)[:60], expected=expected, found=type(thing).__name__
            )
