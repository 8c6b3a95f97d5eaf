"""Decide what becomes of a hyphen at the end of a line, by what else the document prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Hyphens", "Joint", "ends_in_hyphen", "words_to_hyphens"]

_HYPHENS = ("-", "\u2010", "\xad")
_WORD = re.compile(r"[^\W\d_]++(?:[-'’][^\W\d_]++)*+")
_CUT = re.compile(r"[(\"“‘']?([^\W\d_]++(?:-[^\W\d_]++)*+)[-\u2010]")
_WHOLE = re.compile(r"[(\"“‘']?([^\W\d_]++(?:[-'’][^\W\d_]++)*+)")
# Such a hyphen stands for a part of the word that is printed further on: “pre- and post-production”.
_HANGING = frozenset(("and", "or", "to", "nor"))
# Before these parts of words English writes a hyphen more often than not.
_PREFIXES = frozenset(
    (
        "self",
        "non",
        "post",
        "co",
        "end",
        "day",
        "cross",
        "multi",
        "follow",
        "problem",
        "decision",
        "well",
        "long",
        "short",
        "face",
        "up",
    )
)

# The end of a word that is cut, or its beginning, rather than a word of its own.
_SHORT = 3
_ENDING = re.compile(r"[a-z]{0,2}(?:ing|ed|ers|ment|ments|tion|tions|ness|nal|ity|able)")


class Joint(NamedTuple):
    """What is between two lines: the text without its last hyphen or with it, and whether that is sure."""

    before: str
    space: str
    is_sure: bool


class Hyphens(NamedTuple):
    """The words of a document, with and without hyphens, as they are printed within lines."""

    words: Counter[str]
    parts: Counter[str]

    def joint(self, before: str, after: str) -> Joint:  # noqa: PLR0911
        """Return what becomes of the last word of a line when the next line is joined to it.

        Examples
        --------
        >>> words = words_to_hyphens(["A", "self-assessment", "by", "coordinators"])
        >>> words.joint("self-", "assessment"), words.joint("coordi-", "nators").before
        (Joint(before='self-', space='', is_sure=True), 'coordi')
        """
        if before.endswith("\xad"):
            return Joint(before[:-1], "", True)
        if before.endswith(("/", "–", "—")) and before[-2:-1].isalnum():
            return Joint(before, "", True)
        if not before.endswith(_HYPHENS):
            return Joint(before, " ", True)
        first = _CUT.fullmatch(before)
        second = _WORD.match(after)
        if not first or not second:
            return Joint(before, "" if first or before[-2:-1].isalnum() else " ", True)
        left, right = first[1].casefold(), second[0].casefold()
        if right in _HANGING:
            return Joint(before, " ", True)
        whole, hyphened = self.words[left + right], self.words[f"{left}-{right}"]
        if whole != hyphened:
            return Joint(before[:-1] if whole > hyphened else before, "", True)
        if second[0][0].isupper() or left.rpartition("-")[2] in _PREFIXES:
            return Joint(before, "", True)
        are_words = [self.parts[left.rpartition("-")[2]] > 0, self.parts[right.partition("-")[0]] > 0]
        if all(are_words):
            return Joint(before, "", True)
        return Joint(before if any(are_words) else before[:-1], "", False)

    def torn_joint(self, before: str, after: str) -> Joint:
        """Return what is between the only word of a line that fills it and the next line: a word may be torn.

        Examples
        --------
        >>> words = words_to_hyphens(["distinction", "criteria"])
        >>> words.torn_joint("Distinctio", "n"), words.torn_joint("criteria", "for").space
        (Joint(before='Distinctio', space='', is_sure=True), ' ')
        """
        first, second = _WHOLE.fullmatch(before), _WORD.match(after)
        if not first or not second or not after[0].islower():
            return Joint(before, " ", True)
        left, right = first[1].casefold(), second[0].casefold()
        if self.words[left + right] and not self.parts[left]:
            return Joint(before, "", True)
        is_end = len(right) <= _SHORT and not self.parts[right]
        return Joint(before, " ", self.parts[left] > 0 and not is_end)

    def is_torn(self, before: str, after: str) -> bool:
        """Return whether the end of a full line and the next line seem to be parts of one word.

        One of them is short or a usual ending, and not printed elsewhere. A whole word can fill a line too.

        Examples
        --------
        >>> words = words_to_hyphens(["record", "work"])
        >>> words.is_torn("Recordin", "g"), words.is_torn("Record", "ing"), words.is_torn("Grading", "method")
        (True, True, False)
        """
        first, second = _WHOLE.fullmatch(before), _WORD.match(after)
        if not first or not second or not after[0].islower():
            return False
        left, right = first[1].casefold(), second[0].casefold()
        is_end = len(right) <= _SHORT or _ENDING.fullmatch(right) is not None
        is_start = len(left) <= _SHORT and not self.parts[left]
        return (is_end or is_start) and not self.parts[right]


def words_to_hyphens(words: Iterable[str]) -> Hyphens:
    """Return the words of a document, from the words within its lines.

    Examples
    --------
    >>> words_to_hyphens(["Post-production,", "work"]).words["post-production"]
    1
    """
    whole: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for word in words:
        for found in _WORD.findall(word):
            whole[found.casefold()] += 1
            if "-" not in found:
                parts[found.casefold()] += 1
    return Hyphens(whole, parts)


def ends_in_hyphen(text: str) -> bool:
    """Return whether a text ends with a hyphen behind a letter or a digit.

    Examples
    --------
    >>> ends_in_hyphen("post-"), ends_in_hyphen("K1 -")
    (True, False)
    """
    return text.endswith(_HYPHENS) and text[-2:-1].isalnum()
