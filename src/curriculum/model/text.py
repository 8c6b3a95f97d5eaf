"""Clean wordings without changing their words, and compute the keys for comparing them.

Stored text is the printed text; only its white space is squashed. Any further normalisation is computed
when two wordings are compared, and never stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

__all__ = [
    "SMALL_WORDS",
    "ends_in_mid_phrase",
    "is_table_rule",
    "looks_truncated",
    "names_to_phrase",
    "text_to_escaped",
    "text_to_key",
    "text_to_shortened",
    "text_to_squashed",
    "text_to_title_key",
    "text_without_full_stop",
]

_SMALL = "a an and as at by for from in is of on or that the their this to with"
# Words that have no meaning of their own.
SMALL_WORDS = frozenset(_SMALL.split())
# A leading "Understand" or "Know" introduces a statement; the statement does not require it.
_LEAD = re.compile(r"^(?:understands? the |understands? |knows? (?=how|what|when|where|which|who|why)|the )")
# Spellings that count as one. A text without the first word is not searched for the pattern behind it.
_SPELLINGS = (
    ("co-ordinat", re.compile(r"co-ordinat"), "coordinat"),
    ("cycle", re.compile(r"\blife[ -]cycle"), "lifecycle"),
    ("post", re.compile(r"\bpost[ -]produc"), "postproduc"),
    ("pre", re.compile(r"\bpre[ -]produc"), "preproduc"),
    ("on-going", re.compile(r"\bon-going"), "ongoing"),
    ("e.g", re.compile(r"\be\.g\b"), "eg"),
    ("i.e", re.compile(r"\bi\.e\b"), "ie"),
    ("date", re.compile(r"\bup[ -]to[ -]date"), "uptodate"),
    ("licens", re.compile(r"\blicens"), "licenc"),
    ("is", re.compile(r"(?<=\w)is(e|es|ed|ing|ation|ations)\b"), r"iz\1"),
    ("our", re.compile(r"(?<=\w\w)(?<!\bsc)our(?=s?\b|ed\b|ing\b|ful|able)"), "or"),
)
# Words that no phrase ends on. A phrase can end on a preposition ("who to refer to").
_DANGLING = re.compile(r"\b(?:and|or|nor|the|a|an|such as|including|their|its|our|your)$", re.IGNORECASE)
_LEANING = re.compile(r"\b(?:at|by|for|from|in|into|of|on|to|under|with)$", re.IGNORECASE)
# Categories of characters that control a terminal: controls, formats, surrogates, line separators.
_ACTING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JOINERS = "\u00ad\u200c\u200d"
# Punctuation is editorial; a sign with a meaning (C++, < 5 mm, 10%, £) is not.
_EDITORIAL = re.compile(r"[^\w+#<>≤≥=%°£$€±×÷]+")
_TABLE_RULE = frozenset("|:+-= \t")
_NOT_WORD = re.compile(r"[^\w]+")


def text_to_squashed(text: str) -> str:
    r"""Return a text with each run of white space replaced by one space, and none at its ends.

    No-break spaces and other Unicode spaces count as white space. Nothing else changes.

    Examples
    --------
    >>> text_to_squashed("clarify precise requirements\xa0 or lack of detail\xa0")
    'clarify precise requirements or lack of detail'
    """
    return " ".join(text.split())


def is_table_rule(line: str) -> bool:
    """Return whether a line only separates the header of a Markdown table from its rows.

    Examples
    --------
    >>> is_table_rule("| --- | :--: |"), is_table_rule("| - | no |")
    (True, False)
    """
    return "|" in line and "--" in line and _TABLE_RULE.issuperset(line.strip())


def text_to_shortened(text: str, longest: int = 80) -> str:
    """Return a text cut to a maximum length, to be quoted in a message.

    Examples
    --------
    >>> text_to_shortened("The production lifecycle.", 15)
    'The production…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def text_to_escaped(text: str, kept: str = "") -> str:
    r"""Return a text that is safe to show on a terminal: control characters are written as escapes.

    Escaped are control characters, marks that change the direction of writing, line separators, invisible
    signs and surrogates. A soft hyphen and the joiners of some scripts are kept.

    Parameters
    ----------
    text
        The text, or the name of a file.
    kept
        Characters that are not escaped, such as the line end of a text of several lines.

    Examples
    --------
    >>> print(text_to_escaped("K1\x1b[2J \u202eslx.exe\n"))
    K1\x1b[2J \u202eslx.exe\n
    >>> text_to_escaped("K1\n", kept="\n") == "K1\n"
    True
    """
    if text.isprintable():
        return text
    return "".join(sign if sign in kept or _is_shown(sign) else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    return sign.encode("ascii", "backslashreplace").decode() if ord(sign) > 0x7F else repr(sign)[1:-1]


def _is_shown(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in _ACTING


def text_to_quoted(text: str, longest: int = 40) -> str:
    r"""Return a text of a user in quotes, for a message; a text with control characters is only counted.

    Examples
    --------
    >>> text_to_quoted("perhaps K4"), text_to_quoted("\x1b[2J"), text_to_quoted("")
    ('“perhaps K4”', '4 characters that cannot be shown', 'nothing')
    """
    if not text:
        return "nothing"
    if not text.isprintable():
        return f"{len(text)} characters that cannot be shown"
    return f"“{text_to_shortened(text, longest)}”"


def text_without_full_stop(text: str) -> str:
    """Return a text without its final full stop: documents print the same statement with and without it.

    Examples
    --------
    >>> text_without_full_stop("Assist with the preparation of a production budget.")
    'Assist with the preparation of a production budget'
    """
    return text.rstrip(". ")


@lru_cache(maxsize=1 << 16)
def text_to_title_key(text: str) -> str:
    """Return the key for comparing headings, names and labels: only the words, case-folded.

    Examples
    --------
    >>> text_to_title_key("  Knowledge and Understanding: ")
    'knowledge and understanding'
    >>> text_to_title_key("End-point assessment plan")
    'end point assessment plan'
    """
    return " ".join(_NOT_WORD.sub(" ", text.casefold()).split())


@lru_cache(maxsize=1 << 16)
def text_to_key(text: str) -> str:
    """Return the key for comparing statements: the wording without editorial differences.

    Editorial are case, hyphens, punctuation (but not signs with a meaning: C++, < 5 mm), British and American
    spelling variants, and a leading "Understand" or "Know". Two wordings with the same key mean the same, but
    for small signs that have a meaning (`linking.cautions`).

    Examples
    --------
    >>> text_to_key("How to co-ordinate and run review sessions")
    'how to coordinate and run review sessions'
    >>> text_to_key("Know how, where and when to record") == text_to_key("How, where and when to record")
    True
    """
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    folded = text_to_squashed(composed.casefold().replace("’", "'").replace("&", " and "))
    for part, pattern, spelling in _SPELLINGS:
        if part in folded:
            folded = pattern.sub(spelling, folded)
    words = " ".join(_EDITORIAL.sub(_marks_of_letters, folded).split())
    return _LEAD.sub("", words)


def _marks_of_letters(signs: re.Match[str]) -> str:
    """Return signs with all but the marks of letters (such as the vowels of Hindi) replaced by spaces."""
    return "".join(sign if unicodedata.category(sign)[0] == "M" else " " for sign in signs[0])


def names_to_phrase(names: Iterable[str]) -> str:
    """Return names joined to a phrase, with "and" before the last one.

    Examples
    --------
    >>> names_to_phrase(["D9", "D10", "D11"]), names_to_phrase(["D9"])
    ('D9, D10 and D11', 'D9')
    """
    *most, last = [*names]
    return f"{', '.join(most)} and {last}" if most else last


def looks_truncated(text: str) -> bool:
    """Return whether a wording is probably truncated: it ends in mid-phrase or on a preposition.

    Examples
    --------
    >>> looks_truncated("request assistance in line with"), looks_truncated("record the details")
    (True, False)
    """
    return ends_in_mid_phrase(text) or _LEANING.search(text) is not None


def ends_in_mid_phrase(text: str) -> bool:
    """Return whether a wording ends on a word that no phrase ends on.

    Examples
    --------
    >>> ends_in_mid_phrase("company requirements for the secure handling of data and")
    True
    >>> ends_in_mid_phrase("when to refer upwards and who to refer to")
    False
    """
    return _DANGLING.search(text_without_full_stop(text)) is not None
