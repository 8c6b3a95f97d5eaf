"""The criteria below the heading of a grade: one after the other, each with the KSBs that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from curriculum.model.codes import line_to_codes, text_to_ending_codes, word_to_code
from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.labelled import goes_on
from curriculum.parsing.lines import Line, is_list_item, without_bullet

__all__ = ["CriteriaList", "Criterion", "text_to_label"]

_MARKS = "*_ "
# Above criteria, and part of none: “The apprentice must:”.
_INTRODUCTION = re.compile(
    r"(?:to (?:achieve |gain )?(?:a |the )?(?:pass|credit|merit|distinction) )?(?:the |an |each |all )?"
    r"(?:apprentices?|learners?|candidates?|they)?(?: (?:must|will|should|can|has to|have to))?(?: also)?"
    r"(?: (?:demonstrate|show|meet|be able to|achieve))?(?: all)?(?: of)?(?: the following)?(?: criteria)?"
    r"|(?:pass|credit|merit|distinction|assessment|grading|the following)(?: grading)?"
    r"(?: criteria| descriptors?)?.{0,40}"
    r"|in addition.{0,60}|(?:criteria|the criteria are|as for a pass and)"
)
# A criterion has fewer characters; a longer text is no criterion that goes on.
_LONGEST = 4_000
# “P1: Explains ...”, “AC1.2 Explains ...”, “1.1 Explains ...”.
_LABEL = re.compile(
    r"[*_]{0,3}(?P<label>(?:AC|PC|DC|MC|[PMDF])\s?\d{1,3}(?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,2}){1,2})"
    r"[*_]{0,3}\s?[:.)–-]?[*_]{0,3}(?:\s+(?P<text>\S.*))?"
)
# “1. Explains ...”, “a) Explains ...”
_ITEM = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?P<text>\S.*)")
# “... the tools (S1) and explains ...”
_INNER = re.compile(r"\(([^()]{2,80})\)(?=\s*+[a-z,;])")
# “... the rules - K2, S1”
_AFTER_DASH = re.compile(r"(?P<text>.*\S)\s+[-–—:]\s+(?P<codes>[A-Z]{1,3}\d[\w ,;&/–-]{0,200})")


class Criterion(NamedTuple):
    """A criterion, the label printed before it, and the codes of its KSBs.

    ``is_stem`` is true if it ends with a colon, so that it goes on in the criteria below it.
    """

    label: str
    text: str
    codes: tuple[str, ...]
    first_line: int
    last_line: int
    is_stem: bool = False


@dataclass(frozen=True)
class _Item:
    """The lines of a criterion, and the codes that are on lines after it."""

    lines: tuple[Line, ...]
    codes: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @cached_property
    def is_complete(self) -> bool:
        return bool(self.codes or _ending_codes(self.text)[1])

    @cached_property
    def begins_with_codes(self) -> bool:
        return bool(_leading_codes(self.lines[0].text)[0])

    @cached_property
    def is_marked(self) -> bool:
        return _is_marked(self.lines[0].text)

    @property
    def is_coded(self) -> bool:
        return self.is_complete or self.begins_with_codes

    @property
    def is_introduction(self) -> bool:
        return self.text.endswith(":")


@dataclass
class CriteriaList:
    """The criteria of one grade, as far as their lines were read.

    Criteria begin with bullets, numbers, labels or codes; or each ends with its codes; or each is a line.
    """

    grade: str
    items: list[_Item] = field(default_factory=list)
    # What is so for the items before the last, which is still open; all items are not looked at again.
    _are_marked: bool = True
    _begin_with_codes: bool = True
    _is_complete: bool = False

    def with_grade(self, grade: str) -> CriteriaList:
        """Return the same criteria with a grade."""
        return replace(self, grade=grade)

    def add(self, line: Line) -> None:
        """Add a line: a new criterion, or the rest of the last."""
        if self.items and self._continues(line):
            last = self.items[-1]
            self.items[-1] = replace(last, lines=(*last.lines, line))
            return
        if self.items:
            last = self.items[-1]
            self._are_marked &= last.is_marked or last.is_introduction
            self._begin_with_codes &= last.begins_with_codes
            self._is_complete |= last.is_complete
        self.items.append(_Item((line,)))

    def add_codes(self, line: Line, codes: tuple[str, ...]) -> bool:
        """Add a line of codes to the last criterion; return False if it has codes, or there is none."""
        if not self.items or self.items[-1].is_complete:
            return False
        last = self.items[-1]
        self.items[-1] = _Item((*last.lines, line._replace(text="")), codes)
        return True

    def can_add(self, line: Line) -> bool:
        """Return whether a line can be a criterion of this list, or the rest of one."""
        if not self.items or _is_marked(line.text) or self._continues(line):
            return True
        # A line with a colon can be the beginning of the items below it.
        if _ending_codes(line.text)[1] or line.text.endswith(":"):
            return True
        if self._is_marked or line.cells:
            return False
        last = self.items[-1]
        is_heading = is_prose_heading(line) and (last.is_complete or last.text.endswith("."))
        return not is_heading and (last.is_complete or not self._is_complete)

    def join(self, other: CriteriaList) -> bool:
        """Add a criterion that another list begins in mid-sentence, as in the next row of a table.

        Return False if it is no rest of the last criterion.
        """
        if not self.items or not other.items or other.grade != self.grade:
            return False
        last, rest = self.items[-1], other.items[0]
        is_rest = rest.text[:1].islower() and not last.is_complete and not last.text.endswith(".")
        if is_rest:
            self.items[-1:] = [_Item((*last.lines, *rest.lines), rest.codes), *other.items[1:]]
        return is_rest

    @property
    def is_open_ended(self) -> bool:
        """Whether nothing shows where the list ends: its criteria have no mark and no code."""
        return bool(self.items) and not self._is_marked and not any(item.is_coded for item in self.items)

    def begins_with_codes(self) -> bool:
        """Return whether each criterion so far begins with a code; true if there is none."""
        return self._begin_with_codes and (not self.items or self.items[-1].begins_with_codes)

    def criteria(self) -> Iterator[Criterion]:
        """Yield the criteria."""
        for item in self._kept():
            label, text = text_to_label(item.text.strip())
            leading, text = _leading_codes(text)
            wording, ending = _ending_codes(text)
            inner = [code for found in _INNER.findall(wording) for code in line_to_codes(found)]
            codes = tuple(dict.fromkeys((*leading, *inner, *ending, *item.codes)))
            is_stem = text.endswith(":") and not codes
            if not is_stem or not _INTRODUCTION.fullmatch(text_to_title_key(text)):
                first, last = item.lines[0].number, item.lines[-1].last
                yield Criterion(label, wording.strip(_MARKS), codes, first, last, is_stem)

    def released(self) -> tuple[Line, ...]:
        """Return the lines after the last criterion that turned out to be none."""
        kept = len(self._kept())
        return tuple(line for item in self.items[kept:] for line in item.lines)

    @property
    def _is_marked(self) -> bool:
        """Whether each criterion so far begins with a mark; “The apprentice can:” is no criterion."""
        last = self.items[-1] if self.items else None
        return last is not None and self._are_marked and (last.is_marked or last.is_introduction)

    def _kept(self) -> list[_Item]:
        """Return the criteria; after the last one with codes, unmarked lines without codes are none."""
        items = list(self.items)
        if self._is_marked or not any(item.is_coded for item in items):
            return items
        while items and not items[-1].is_coded and not items[-1].is_marked:
            items.pop()
        return items

    def _continues(self, line: Line) -> bool:
        last = self.items[-1]
        if _is_marked(line.text) or last.is_complete or last.is_introduction:
            return False
        if len(last.text) > _LONGEST:
            return False
        is_wrapped = self._is_marked and not line.gap and not last.text.endswith(".")
        return goes_on(line._replace(is_opening=False), last.text) or is_wrapped


def text_to_label(text: str) -> tuple[str, str]:
    """Return the label or the mark before a criterion, and the criterion; a bullet or number is no label.

    Examples
    --------
    >>> text_to_label("P1: Explains the hazards of a site."), text_to_label("- Explains the hazards.")
    (('P1', 'Explains the hazards of a site.'), ('', 'Explains the hazards.'))
    """
    plain = without_bullet(text)
    label = _LABEL.fullmatch(plain)
    if label and label["text"]:
        return label["label"], label["text"]
    item = _ITEM.fullmatch(plain)
    return "", item["text"] if item else plain


def _ending_codes(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a criterion and the codes at its end, in brackets, after a full stop or after a dash.

    Examples
    --------
    >>> _ending_codes("Keeps to the rules - K2, S1")
    ('Keeps to the rules', ('K2', 'S1'))
    """
    wording, codes = text_to_ending_codes(text)
    found = None if codes else _AFTER_DASH.fullmatch(text)
    after_dash = line_to_codes(found["codes"]) if found else ()
    return (found["text"], after_dash) if found and after_dash else (wording, codes)


def _is_marked(text: str) -> bool:
    """Return whether a line begins with a bullet, a number, a label or codes, as a new criterion does."""
    plain = text.lstrip(_MARKS)
    label = _LABEL.fullmatch(plain)
    is_labelled = label is not None and bool(label["text"])
    is_bullet = is_list_item(Line(0, text)) or text != without_bullet(text)
    return is_bullet or is_labelled or _ITEM.fullmatch(plain) is not None or bool(_leading_codes(plain)[0])


def _leading_codes(text: str) -> tuple[tuple[str, ...], str]:
    """Return the codes before a criterion, and the criterion.

    Examples
    --------
    >>> _leading_codes("K1, S1 Explains how the rules are kept."), _leading_codes("(K1) Explains.")
    ((('K1', 'S1'), 'Explains how the rules are kept.'), (('K1',), 'Explains.'))
    >>> _leading_codes("K1 and K2 are assessed here.")[0]
    ()
    """
    words = without_bullet(text).split()
    codes: list[str] = []
    at = 0
    while at < len(words) and (code := word_to_code(words[at].strip(_MARKS + ",;&():[].–-"))):
        codes.append(str(code))
        at += 1
    while at < len(words) and words[at] in {":", "–", "-"}:
        at += 1
    rest = " ".join(words[at:])
    if not codes or not rest.lstrip(_MARKS)[:1].isupper():
        return (), text
    return tuple(codes), rest
