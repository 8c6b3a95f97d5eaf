"""Parse codes and lists of codes as documents print them: K7, S3, B2, P4, TK1, D5, "K14, S14 , S17".

This module alone defines what a code is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from curriculum.model.lookalikes import text_to_plain
from curriculum.model.text import text_to_squashed
from curriculum.model.vocabulary import KIND_OF_LETTERS, STATEMENT

__all__ = [
    "Code",
    "Label",
    "code_to_kind",
    "code_to_nearest",
    "code_to_prefix",
    "code_to_sort_key",
    "has_signed_label",
    "has_torn_range",
    "is_only_codes",
    "line_to_codes",
    "line_to_label",
    "text_to_ending_codes",
    "text_to_trailing_code",
    "word_to_code",
]

_LETTERS = "|".join(sorted(KIND_OF_LETTERS, key=lambda letters: (-len(letters), letters)))
_CODE = rf"(?:{_LETTERS})0*[1-9]\d{{0,4}}"
_ONE_CODE = re.compile(rf"({_LETTERS})0*([1-9]\d{{0,4}})")
# Only one way to match a run of spaces: two ways would double the work with each code of a line.
_SEPARATOR = r"(?:\s*(?:[,;]\s*and\b|[,;/&]|\band\b)\s*|\s*)"
_DASH = r"\s*(?:-|–|—|\bto\b)\s*"
_ITEM = rf"{_CODE}(?:{_DASH}{_CODE})?"
_CODE_LIST = re.compile(rf"(?:and\s+)?{_ITEM}(?:{_SEPARATOR}{_ITEM})*\s*[.,;:]?")
_RANGE = re.compile(rf"({_LETTERS})0*([1-9]\d{{0,4}})(?:{_DASH}({_LETTERS})0*([1-9]\d{{0,4}}))?")
_MAX_RANGE = 200
# The kinds of document and the checks ask the same of a line many times.
_LINES_KEPT = 1 << 14
# The text between a code and its wording. Without a sign, the wording must not continue like a
# sentence about the code ("K1 and K2 are assessed").
# “K1.1” is a part of K1, and no code with a wording.
_JOINT = r"\s*+(?:\*\*\s*+)?(?:[:)]|\.(?!\d)|[-–—]\s|[-–—](?=[^\W\d]))\s*+(?:\*\*\s*+)?"
_NO_WORDING = r"(?:and|or|to|is|are|was|were|has|have|must|should|will|can|may|in|of|from|with)\b"
_OPENING = rf"\s++(?!{_NO_WORDING})(?=[\w“‘\"'(])"
_LABEL = re.compile(
    rf"[\s•*\-–]*+(?:\d{{1,3}}[.)]\s++)?[*`]*+(?P<code>{_CODE})[*`]*+(?:(?P<sign>{_JOINT})|{_OPENING})(?P<text>.*)"
)
# Labels as people write them: "k1: text", "K 1: text", "K-1: text", "(K1) text", "[K1] text", "K.1 text". A
# sign is needed, behind the letter or behind the number; "S.4 of the Act" is a section of a law.
_KSB_LETTERS = r"(?:TK|TS|ESB|[KSB])"
_KSB_NUMBER = rf"{_KSB_LETTERS}[\s._-]?0*[1-9]\d{{0,3}}"
_LOOSE_LABEL = re.compile(
    rf"[\s•*\-–]*+[*`]*+(?:(?P<signed>{_KSB_NUMBER})[*`]*+\s?[:.)]|[(\[](?P<inside>{_KSB_NUMBER})[)\]](?!\()"
    rf"[:.]?|(?P<dotted>(?-i:{_KSB_LETTERS})[._]0*[1-9]\d{{0,3}})(?![.\d])(?![*`]*\s+(?:(?-i:{_NO_WORDING})|{_KSB_NUMBER}\b)))[*`]*+\s++(?P<text>\S.*)",
    re.IGNORECASE,
)
# What stands between the letter and the number of such a label.
_BETWEEN = re.compile(r"[\s._-]")
# Nothing but codes, those with letters before them (AK1) too: a list of codes, and no wording.
_ONLY_CODES = re.compile(
    rf"(?:[\s,;/&|()\[\]*_+.:–-]|\band\b|\bor\b|\b[A-Z]{{0,3}}(?:{_LETTERS})\d{{1,5}}(?!\w))++"
)
# A line of codes says before them what they are.
_LIST_HEADING = re.compile(
    r"[*_]{0,3}(?:KSBs?|Knowledge(?:, skills and behaviours)?|Skills?|Behaviours?)"
    r"(?: (?:covered|assessed|mapped|addressed|tested))?\s?:"
    r"[*_]{0,3}\s+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[•▪◦·*–-] ")
_FIRST_WORD = re.compile(r"\w*")
_TRAILING = re.compile(rf"(?P<text>.*\S)\s*\((?P<code>{_CODE})\)\s*")
_BRACKETED = re.compile(r"[(\[](?P<codes>[^()\[\]]*)[)\]]\s*\.?")
_ENDING = re.compile(
    rf"(?P<text>.*?\S)\s*(?:[(\[](?P<inside>[^()\[\]]+)[)\]]|(?:KSBs?:|(?<=[.!?;:]))\s*(?P<bare>{_ITEM}.*))\s*\.?",
    re.IGNORECASE,
)


# Codes of NOS units that have more than a letter and a number: P1.2, PC3, KU4.
_UNIT_CODE = re.compile(r"(?:(?P<criterion>PC?)|KU?)(?P<number>[1-9]\d{0,2})(?:\.\d{1,3}){0,2}")


class Code(NamedTuple):
    """The two parts of a code: its letters and its number."""

    letters: str
    number: int

    def __str__(self) -> str:
        """Return the code as standards print it."""
        return f"{self.letters}{self.number}"


class Label(NamedTuple):
    """A line that introduces a statement: the code and the text after it."""

    code: str
    text: str


def word_to_code(word: str) -> Code | None:
    """Parse a single code; return None if the word is not a code.

    Examples
    --------
    >>> word_to_code("K07")
    Code(letters='K', number=7)
    >>> word_to_code("Keep") is None
    True
    """
    found = _ONE_CODE.fullmatch(word)
    return Code(found[1], int(found[2])) if found else None


def code_to_prefix(code: str, prefixes: Sequence[str]) -> str:
    """Return which of these letters are before a code of KSBs; empty if none are.

    Examples
    --------
    >>> code_to_prefix("AK1", ["A", "B"]), code_to_prefix("B1", ["A", "B"])
    ('A', '')
    """
    return next(
        (name for name in prefixes if code.startswith(name) and _canonical_code(code[len(name) :])), ""
    )


def code_to_kind(code: str, prefixes: Sequence[str] = ()) -> str:
    """Return the kind of statement that a code names; for a code of another scheme, `statement`.

    Parameters
    ----------
    code
        The code.
    prefixes
        The letters that can be before it in its document: A for AK1.

    Examples
    --------
    >>> code_to_kind("S12"), code_to_kind("390A"), code_to_kind("S0012")
    ('skill', 'statement', 'statement')
    >>> code_to_kind("AK1"), code_to_kind("AK1", ["A"])
    ('statement', 'knowledge')
    >>> code_to_kind("P1.2"), code_to_kind("KU4")
    ('performance criterion', 'knowledge')
    """
    found = _canonical_code(code.removeprefix(code_to_prefix(code, prefixes)))
    if found:
        return KIND_OF_LETTERS[found.letters]
    of_unit = _UNIT_CODE.fullmatch(code)
    return KIND_OF_LETTERS["P" if of_unit["criterion"] else "K"] if of_unit else STATEMENT


@lru_cache(maxsize=10_000)
def _canonical_code(code: str) -> Code | None:
    """Parse a code in the canonical form of KSB codes; codes of other schemes can look similar (S0012)."""
    found = word_to_code(code)
    return found if str(found) == code else None


def code_to_sort_key(code: str) -> tuple[int, int]:
    """Return the sort key of a code: by kind, then by number.

    All codes of other schemes have the same key: they keep their order, after all other codes. So do those
    of an element of a NOS unit (P2.1, P2.2).

    Examples
    --------
    >>> sorted(["S1", "K10", "K9", "B1"], key=code_to_sort_key)
    ['K9', 'K10', 'S1', 'B1']
    """
    found = _canonical_code(code)
    letters = list(KIND_OF_LETTERS)
    if found:
        return letters.index(found.letters), found.number
    of_unit = _UNIT_CODE.fullmatch(code)
    kind = "P" if of_unit and of_unit["criterion"] else "K"
    return (letters.index(kind), int(of_unit["number"])) if of_unit else (len(letters), 0)


# Each kind of document is looked for by the codes of its lines.
@lru_cache(maxsize=_LINES_KEPT)
def line_to_codes(line: str) -> tuple[str, ...]:
    """Return the codes of a line that holds nothing else; an empty tuple if it holds more.

    Ranges are expanded. Brackets around the whole line, and a bullet or “KSBs:” before it, are ignored.

    Examples
    --------
    >>> line_to_codes("K14, S14 , S17, B3")
    ('K14', 'S14', 'S17', 'B3')
    >>> line_to_codes("(K1-K3, S2)")
    ('K1', 'K2', 'K3', 'S2')
    >>> line_to_codes("K7: How to research and access resources")
    ()
    >>> line_to_codes("KSBs: K1, S2"), line_to_codes("(K1, S2,")
    (('K1', 'S2'), ('K1', 'S2'))
    """
    squashed = _LIST_HEADING.sub("", _BULLET.sub("", text_to_squashed(line)), count=1)
    bracketed = _BRACKETED.fullmatch(squashed)
    # Brackets around codes on several lines open on the first of them and close on the last.
    inside = bracketed["codes"] if bracketed else squashed.removeprefix("(").removesuffix(")")
    if not _CODE_LIST.fullmatch(inside):
        return ()
    expanded = [_range_to_codes(*found) for found in _RANGE.findall(inside)]
    return tuple(code for codes in expanded for code in codes)


def _range_to_codes(letters: str, first: str, last_letters: str, last: str) -> list[str]:
    """Return the codes of a range; of an invalid range (K3-S1, K9-K2) only its two ends."""
    low, high = int(first), int(last or first)
    if not last or (letters == last_letters and 0 <= high - low < _MAX_RANGE):
        return [str(Code(letters, number)) for number in range(low, high + 1)]
    return [str(Code(letters, low)), str(Code(last_letters, high))]


def has_torn_range(text: str) -> bool:
    """Return whether a list of codes has a range of two kinds, or one that goes down.

    Examples
    --------
    >>> has_torn_range("K1-S2"), has_torn_range("K3 to K1"), has_torn_range("K1-K3, S1")
    (True, True, False)
    """
    ends = [found for found in _RANGE.findall(text) if found[2]]
    return any(
        letters != last_letters or not 0 <= int(last) - int(first) < _MAX_RANGE
        for letters, first, last_letters, last in ends
    )


def text_to_ending_codes(text: str) -> tuple[str, tuple[str, ...]]:
    """Split a text into its wording and the codes at its end, in brackets or after a full stop.

    Examples
    --------
    >>> text_to_ending_codes("Explains how to plan. (K1, S1)")
    ('Explains how to plan.', ('K1', 'S1'))
    >>> text_to_ending_codes("Support meetings. KSBs: K1 S1")
    ('Support meetings.', ('K1', 'S1'))
    >>> text_to_ending_codes("Obtain rights (PPP)")
    ('Obtain rights (PPP)', ())
    """
    found = _ENDING.fullmatch(text_to_squashed(text))
    codes = line_to_codes(found["inside"] or found["bare"]) if found else ()
    return (found["text"], codes) if found and codes else (text, ())


@lru_cache(maxsize=_LINES_KEPT)
def line_to_label(line: str) -> Label | None:
    """Parse a line that begins with a code: "K1: text", "- **K1:** text", "K1. text" or "K1 Text".

    "k1: text", "K 1: text", "K.1 text", "(K1) text" and "[K1] text" are such lines too.

    Examples
    --------
    >>> line_to_label("K8: How to reconcile and code production expenditure.")
    Label(code='K8', text='How to reconcile and code production expenditure.')
    >>> line_to_label("K3 S2 S3") is None, line_to_label("K1 (AK1), K2 (AK2)") is None
    (True, True)
    >>> line_to_label("k 1: How hay is stored"), line_to_label("[S2] Lead a horse")
    (Label(code='K1', text='How hay is stored'), Label(code='S2', text='Lead a horse'))
    >>> line_to_label("**K.1** The hoof"), line_to_label("S.4 of the Act")
    (Label(code='K1', text='The hoof'), None)
    >>> line_to_label("K1.1 The hoof") is None, line_to_label("K1 1") is None
    (True, True)
    >>> line_to_label("K3: S1 and S2 in use."), line_to_label("K1 - K3 are assessed") is None
    (Label(code='K3', text='S1 and S2 in use.'), True)
    """
    plain = text_to_plain(line)
    found = _LABEL.fullmatch(plain)
    code, sign = (found["code"], found["sign"] or "") if found else ("", ":")
    if found is None:
        found = _LOOSE_LABEL.fullmatch(plain)
        written = found["signed"] or found["inside"] or found["dotted"] if found else ""
        code = _BETWEEN.sub("", written).upper()
    if found is None or line_to_codes(plain) or is_only_codes(found["text"]):
        return None
    is_number = not sign and found["text"].strip(" .:)").isdigit()
    if is_number or _goes_on_with_codes(code, sign, found["text"]):
        return None
    return Label(str(word_to_code(code)), text_to_squashed(line[found.start("text") :]))


def has_signed_label(line: str) -> bool:
    """Return whether a sign is between the code and the wording of a labelled line.

    Examples
    --------
    >>> has_signed_label("K1: Types of feed"), has_signed_label("K1 Types of feed")
    (True, False)
    """
    found = _LABEL.fullmatch(text_to_plain(line))
    return found is None or bool(found["sign"])


def _goes_on_with_codes(code: str, sign: str, text: str) -> bool:
    """Return whether a code goes on with further codes, as in “K1 S2 are assessed” or “K1 - K3 are new”."""
    first = _FIRST_WORD.match(text)
    other = word_to_code(first[0]) if first else None
    if first is None or other is None:
        return False
    is_dash = bool(sign) and set(sign) <= set(" *-–—")
    is_compound = text[first.end() : first.end() + 1] == "-" and text[first.end() + 1 :][:1].isalpha()
    return not sign or (is_dash and other != word_to_code(code) and not is_compound)


def is_only_codes(text: str) -> bool:
    """Return whether a text has nothing but codes, also such with letters before them, and signs.

    Examples
    --------
    >>> is_only_codes("(SEK5), K26 (SEK6)"), is_only_codes("K26 is assessed"), is_only_codes("")
    (True, False, False)
    """
    return any(map(str.isdigit, text)) and _ONLY_CODES.fullmatch(text) is not None


def text_to_trailing_code(line: str) -> Label | None:
    """Parse a line that ends with its code in brackets, as in grading tables.

    Examples
    --------
    >>> text_to_trailing_code("The importance of financial procedures and policies. (K6)")
    Label(code='K6', text='The importance of financial procedures and policies.')
    """
    found = _TRAILING.fullmatch(line)
    code = word_to_code(found["code"]) if found else None
    return Label(str(code), text_to_squashed(found["text"])) if found and code else None


def code_to_nearest(code: str, known: Collection[str]) -> str:
    """Return the known code that is nearest to an unknown code, or an empty string.

    Examples
    --------
    >>> code_to_nearest("K61", ["K1", "K42", "S40"])
    'K42'
    """
    wanted = word_to_code(code)
    parsed = {name: word_to_code(name) for name in known}
    same = {
        name: other for name, other in parsed.items() if other and wanted and other.letters == wanted.letters
    }
    if not wanted or not same:
        return ""
    return min(same, key=lambda name: (abs(same[name].number - wanted.number), same[name].number))
