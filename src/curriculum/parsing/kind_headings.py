"""The headings of lists of knowledge, skills and behaviours, as standards without codes print them."""

from __future__ import annotations

import re
from typing import Final

from curriculum.model.text import text_to_title_key
from curriculum.parsing.lines import Line

__all__ = ["line_to_letters", "text_to_letters"]

_BEFORE = (
    r"(?:(?:the|core|technical|occupational|professional|specialist|essential|required|underpinning|general"
    r"|generic|specific|common|key|personal|practical|theoretical|workplace|job|role|industry|business"
    r"|additional|and) ){0,6}+"
)
_BEHIND = r"(?: (?:requirements?|required|needed|outcomes?|statements?))?+"
_NAMES: Final = {
    "K": re.compile(rf"{_BEFORE}knowledge(?: (?:and )?understanding)?{_BEHIND}|what you (?:will|must) know"),
    "S": re.compile(rf"{_BEFORE}(?:skills?|competenc(?:y|ies|es?))(?: and competenc(?:ies|es))?{_BEHIND}"),
    "B": re.compile(
        rf"{_BEFORE}(?:attitudes and )?(?:behaviours?|behavioural|attitudes|attributes)"
        rf"(?: and (?:attitudes|values|attributes))?{_BEHIND}"
    ),
}
_WORDS: Final = {
    "K": re.compile(r"\b(?:knowledge|know|understand(?:ing)?)\b", re.IGNORECASE),
    "S": re.compile(r"\b(?:skills?|able to|competenc(?:y|ies))\b", re.IGNORECASE),
    "B": re.compile(r"\b(?:behaviours?|attitudes|attributes)\b", re.IGNORECASE),
}
_LONGEST_HEADING = 60
_LONGEST_STEM = 120
# What begins a sentence behind a heading: “Skills: the apprentice will be able to”.
_SENTENCE = re.compile(
    r"[^:–(-]{0,50}?\s?(?::|–|-|\()\s?(?=(?:the|an?|apprentices|they|you|what|how|all)\b)", re.IGNORECASE
)


def text_to_letters(text: str) -> str:
    """Return the letters of the codes below a heading of a kind; empty if a text is none.

    Examples
    --------
    >>> text_to_letters("Occupational knowledge and understanding"), text_to_letters("Core skills:")
    ('K', 'S')
    >>> text_to_letters("Knowledge of hay"), text_to_letters("Skills and knowledge")
    ('', '')
    """
    if len(text) > _LONGEST_HEADING:
        return ""
    key = text_to_title_key(text)
    return next((letters for letters, pattern in _NAMES.items() if pattern.fullmatch(key)), "")


def line_to_letters(line: Line) -> str:
    """Return the letters of the codes below the heading of a kind; empty if a line is none.

    Examples
    --------
    >>> line_to_letters(Line(1, "Skills: the apprentice will be able to")), line_to_letters(Line(2, "Hay"))
    ('S', '')
    >>> line_to_letters(Line(3, "Bakers will have knowledge of:"))
    'K'
    """
    letters = text_to_letters(line.text)
    if letters or len(line.text) > _LONGEST_STEM:
        return letters
    return _sentence_to_letters(line.text) or _stem_to_letters(line.text)


def _sentence_to_letters(text: str) -> str:
    """Return the letters of a heading with the beginning of a sentence behind it."""
    found = _SENTENCE.match(text)
    return text_to_letters(found[0].rstrip(" :–-(")) if found and not text.endswith(".") else ""


def _stem_to_letters(text: str) -> str:
    """Return the letters of a line that announces a list and names one kind only."""
    kinds = [letters for letters, words in _WORDS.items() if words.search(text)]
    is_stem = text.endswith(":") and text[0].isupper() and re.search(r"\b(?:will|must|should|need)\b", text)
    return kinds[0] if is_stem and len(kinds) == 1 else ""
