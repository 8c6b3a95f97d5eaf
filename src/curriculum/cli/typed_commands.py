"""Commands as they are typed: in the words that the program was started with, names in quotes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

__all__ = [
    "PROGRAM_VARIABLE",
    "lab_words",
    "name_to_free",
    "program_words",
    "text_to_started",
    "to_typed",
    "word_to_quoted",
    "words_kept",
    "words_with",
    "words_without",
]

# `run.py` says in it how it was started.
PROGRAM_VARIABLE: Final = "CURRICULUM_STARTED_AS"
_NAME: Final = "curriculum"
_COMMAND: Final = re.compile(
    r"\bcurriculum(?= "
    r"(?:book|build|cache|check|evaluate|export|graph|lineage|link|notebook|parse|remap|report|review|versions)"
    r"\b)"
)
# As much of the name of an option as is taken for it.
_LEAST_NAME: Final = 5
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:\\=,+@%~")


def program_words() -> str:
    """Return the words that start the program: `python3 run.py`, `py run.py` or `curriculum`."""
    return os.environ.get(PROGRAM_VARIABLE, "") or _NAME


def lab_words() -> str:
    """Return the words that start JupyterLab: those of `run.py`, if it has started the program."""
    started = os.environ.get(PROGRAM_VARIABLE, "")
    return f"{started} lab" if started else "jupyter lab"


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


def text_to_started(text: str) -> str:
    """Return a text whose commands begin with the words that the program was started with."""
    return _COMMAND.sub(lambda _: program_words(), text)


def words_without(words: Sequence[str], flags: Sequence[str] = (), valued: Sequence[str] = ()) -> list[str]:
    """Return the words of a command without some options.

    Parameters
    ----------
    words
        The words behind the program.
    flags
        Options that stand alone.
    valued
        Options that a value follows.

    Examples
    --------
    >>> words = ["remap", "a.csv", "--dry-run", "--decisions", "b.xlsx", "--to", "new"]
    >>> words_without(words, ["--dry-run"], ["--decisions"])
    ['remap', 'a.csv', '--to', 'new']
    """
    return list(_kept(words, flags, valued))


def words_kept(words: Sequence[str], valued: Sequence[str]) -> list[str]:
    """Return some options of a command, with the value that follows each.

    Examples
    --------
    >>> words_kept(["link", "a", "b", "--raw", "my texts", "-o", "x.csv"], ["--raw"])
    ['--raw', 'my texts']
    """
    kept: list[str] = []
    for at, word in enumerate(words):
        name, sign, value = word.partition("=")
        options = [option for option in valued if option == name]
        if options and (sign or at + 1 < len(words)):
            kept += [options[0], value if sign else words[at + 1]]
    return kept


def words_with(words: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Return the words of a command with other values behind some options.

    Examples
    --------
    >>> words_with(["remap", "a.csv", "--from", "b", "--to=c"], {"--from": "d", "--to": "e"})
    ['remap', 'a.csv', '--from', 'd', '--to', 'e']
    """
    kept: list[str] = []
    is_value = False
    for word in words:
        name, sign, _ = word.partition("=")
        if not is_value:
            kept += [name, values[name]] if name in values else [word]
        is_value = name in values and not sign
    return kept


def name_to_free(name: str) -> str:
    """Return a name of a file that is not taken where the command runs: `review.xlsx`, `review-2.xlsx`."""
    path = Path(name)
    number = 1
    while path.exists():
        number += 1
        path = Path(name).with_stem(f"{Path(name).stem}-{number}")
    return path.as_posix()


def _kept(words: Sequence[str], flags: Sequence[str], valued: Sequence[str]) -> Iterator[str]:
    is_value = False
    for word in words:
        name, sign, _ = word.partition("=")
        options = [
            option for option in (*flags, *valued) if len(name) >= _LEAST_NAME and option.startswith(name)
        ]
        if not options and not is_value:
            yield word
        is_value = bool(options) and options[0] in valued and not sign
