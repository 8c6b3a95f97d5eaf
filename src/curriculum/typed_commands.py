"""Commands as they are typed: with the words that the program was started with, names with spaces in quotes."""

from __future__ import annotations

import os
from typing import Final

__all__ = ["PROGRAM_VARIABLE", "program_words", "to_typed", "word_to_quoted"]

# `run.py` says in it how it was started.
PROGRAM_VARIABLE: Final = "CURRICULUM_STARTED_AS"
_NAME: Final = "curriculum"
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:\\=,+@%~")


def program_words() -> str:
    """Return the words that start the program: `python3 run.py`, `py run.py` or `curriculum`."""
    return os.environ.get(PROGRAM_VARIABLE, "") or _NAME


def word_to_quoted(word: str) -> str:
    """Return a word as it is typed: in quotes where it holds a space or what a shell would take apart.

    Examples
    --------
    >>> word_to_quoted("my tracker.xlsx"), word_to_quoted("st0792-1.0"), word_to_quoted("B&B.csv")
    ('"my tracker.xlsx"', 'st0792-1.0', '"B&B.csv"')
    """
    is_plain = bool(word) and all(sign in _PLAIN or sign.isalnum() for sign in word)
    return word if is_plain else f'"{word}"'


def to_typed(*words: str) -> str:
    """Return a command as it is typed.

    Examples
    --------
    >>> to_typed("remap", "my tracker.xlsx", "--dry-run")
    'curriculum remap "my tracker.xlsx" --dry-run'
    """
    return " ".join((program_words(), *map(word_to_quoted, words)))
