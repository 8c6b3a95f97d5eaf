"""The names of kinds on lines: headings of groups of KSBs, and last words that only look like headings."""

from __future__ import annotations

from typing import Final

from curriculum.model.codes import text_to_ending_codes
from curriculum.model.text import looks_truncated, text_to_title_key

__all__ = ["is_group_heading", "is_last_word"]

_MOST_WORDS = 10
_LETTERS: Final = {
    **dict.fromkeys(("knowledge", "technical knowledge"), "K"),
    **dict.fromkeys(("skill", "skills", "technical skills"), "S"),
    **dict.fromkeys(("behaviour", "behaviours"), "B"),
}


def is_group_heading(text: str) -> bool:
    """Return whether a line is the heading of a group of KSBs of a kind, with their codes behind it.

    Examples
    --------
    >>> is_group_heading("Knowledge – Feeding (K1-K4)"), is_group_heading("Knowledge of S1 is tested. (K2)")
    (True, False)
    """
    name, codes = text_to_ending_codes(text)
    words = text_to_title_key(name).split()
    letter = _LETTERS.get(words[0], "") if words else ""
    is_heading = len(words) <= _MOST_WORDS and not name.endswith(".")
    return (
        bool(letter and codes)
        and is_heading
        and all(code.strip("0123456789")[-1:] == letter for code in codes)
    )


def is_last_word(text: str, before: str, code: str, next_code: str) -> bool:
    """Return whether a line that looks like the heading of a kind is the end of the wording before it.

    The wording ends in mid-phrase, and the next statement is still of its kind.

    Parameters
    ----------
    text
        The line.
    before, code
        The wording before it, and its code.
    next_code
        The code on the next line.

    Examples
    --------
    >>> is_last_word("Skills", "Feeding and the role of", "K1", "K2")
    True
    >>> is_last_word("Skills", "Feeding and the role of", "K1", "S1")
    False
    """
    kind, following = (found.rstrip("0123456789") for found in (code, next_code))
    is_name = text_to_title_key(text) in _LETTERS
    return is_name and kind == following and looks_truncated(before)
