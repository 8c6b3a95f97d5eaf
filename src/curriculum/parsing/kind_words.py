"""The name of a kind alone on a line that is no heading: the last word of the wording above it."""

from __future__ import annotations

from typing import Final

from curriculum.model.text import looks_truncated, text_to_title_key

__all__ = ["is_last_word"]

_LETTERS: Final = {
    **dict.fromkeys(("knowledge", "technical knowledge"), "K"),
    **dict.fromkeys(("skill", "skills", "technical skills"), "S"),
    **dict.fromkeys(("behaviour", "behaviours"), "B"),
}


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
    letters = _LETTERS.get(text_to_title_key(text), kind)
    return kind == following and not kind.endswith(letters) and looks_truncated(before)
