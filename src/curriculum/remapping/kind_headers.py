"""Headers and cells that name a kind of statement: "Knowledge", "Ks", "Skills (S)", "K numbers"."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["header_to_letters", "name_to_letters"]

_LETTERS: Final = {
    **dict.fromkeys(("k", "ks", "knowledge"), "K"),
    **dict.fromkeys(("s", "ss", "skill", "skills"), "S"),
    **dict.fromkeys(("b", "bs", "behaviour", "behaviours", "behavior", "behaviors"), "B"),
    **dict.fromkeys(("d", "ds", "duty", "duties"), "D"),
    **dict.fromkeys(("tk", "tks"), "TK"),
    "ts": "TS",
    **dict.fromkeys(("esb", "esbs"), "ESB"),
    "p": "P",
}
_PHRASES: Final = {
    "performance criterion": "P",
    "performance criteria": "P",
    "technical knowledge": "TK",
    "technical skills": "TS",
    "employability skills and behaviours": "ESB",
}
# Words in a header that do not change the kind that it names.
_BESIDE: Final = frozenset(
    [
        *("ksb", "ksbs", "statement", "statements", "criteria", "criterion", "code", "codes", "no", "nos"),
        *("number", "numbers", "num", "nr", "ref", "refs", "reference", "references", "covered", "mapped"),
        *("mapping", "addressed", "linked", "links", "hit", "met", "evidenced", "the", "of", "and"),
    ]
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 40


def header_to_letters(header: str) -> str:
    """Return the letters of the kind that a header names; empty if it names none, or several.

    Examples
    --------
    >>> header_to_letters("Knowledge (K)"), header_to_letters("Skills covered"), header_to_letters("KSBs")
    ('K', 'S', '')
    >>> header_to_letters("Knowledge score")
    ''
    """
    if len(header) > _LONGEST or any(map(str.isdigit, header)):
        return ""
    words = [word.casefold() for word in _WORD.findall(header)]
    phrase = _PHRASES.get(" ".join(words))
    if phrase:
        return phrase
    kinds = {_LETTERS[word] for word in words if word in _LETTERS}
    is_plain = all(word in _LETTERS or word in _BESIDE for word in words)
    return kinds.pop() if len(kinds) == 1 and is_plain else ""


def name_to_letters(text: str) -> str:
    """Return the letters of a text that is only the name of a kind, as above a block of its codes.

    Examples
    --------
    >>> name_to_letters("Knowledge"), name_to_letters("All knowledge")
    ('K', '')
    """
    if len(text) > _LONGEST or any(map(str.isdigit, text)):
        return ""
    words = [word.casefold() for word in _WORD.findall(text)]
    return _PHRASES.get(" ".join(words), "") or (_LETTERS.get(words[0], "") if len(words) == 1 else "")
