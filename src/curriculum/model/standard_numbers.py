"""The references of standards and occupations in a text: ST0792, OCC0792, FA0001, AU0001."""

from __future__ import annotations

import re

__all__ = ["is_standard_number", "text_to_standard_numbers"]

_NUMBER = re.compile(r"(?:ST|OCC|FA|AU)\d{4}")
_IN_TEXT = re.compile(rf"\b{_NUMBER.pattern}\b")


def is_standard_number(text: str) -> bool:
    """Return whether a text is the reference of a standard, and nothing else.

    Examples
    --------
    >>> is_standard_number("ST0792"), is_standard_number("ST0792 version 1.2")
    (True, False)
    """
    return _NUMBER.fullmatch(text) is not None


def text_to_standard_numbers(text: str) -> tuple[str, ...]:
    """Return the references of standards that a text has, in its order.

    Examples
    --------
    >>> text_to_standard_numbers("Plasterer (ST0096), from occupation OCC0096")
    ('ST0096', 'OCC0096')
    """
    return tuple(_IN_TEXT.findall(text))
