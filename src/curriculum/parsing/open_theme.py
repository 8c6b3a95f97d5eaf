"""A theme whose lines are being read: its heading, its codes, its criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import names_to_phrase, text_to_title_key
from curriculum.parsing.criteria import CriteriaList, Criterion
from curriculum.parsing.headings import heading_to_role
from curriculum.parsing.labelled import KIND_HEADINGS, goes_on
from curriculum.parsing.lines import Line
from curriculum.parsing.mandatory_headings import is_kind_of_list
from curriculum.parsing.rows import Finding
from curriculum.parsing.theme_headings import (
    GradeHeading,
    ThemeHeading,
    is_method_name,
    is_no_criterion,
    is_theme_name,
    line_to_theme,
    lines_to_theme,
    text_to_grade,
    text_to_method_name,
    text_to_name_and_codes,
)

__all__ = ["OpenTheme", "is_before_grade", "without_behaviours_behind"]

# Between the heading of a theme and the grades: “Performance descriptors”.
_CRITERIA_HEADING = re.compile(r"(?:(?:performance|grading|assessment) )?(?:descriptors|criteria)")
_OF_THEME = re.compile(r"KSBs?\b", re.IGNORECASE)
# First words of lines that end the criteria of a theme.
_ENDS = frozenset(("annex", "appendix", "overall", "total", "note", "notes", "moderation", "references"))


@dataclass
class OpenTheme:
    """A theme whose lines are being read."""

    heading: ThemeHeading
    line: Line
    method: str
    codes: list[str]
    last_line: int
    is_heading_read: bool = True
    is_labelled: bool = False
    is_table: bool = False
    before: Line | None = None
    lists: list[CriteriaList] = field(default_factory=list)
    taken: list[Line] = field(default_factory=list)
    further: list[tuple[Line, ...]] = field(default_factory=list)
    # The KSBs in a table below its criteria, which can be its own.
    behind: list[str] = field(default_factory=list)
    # The KSBs that themes above list with their wordings: a list of all KSBs begins with them again.
    listed_above: AbstractSet[str] = frozenset()
    kinds: list[str] = field(default_factory=list)
    # What is said of an outcome between its heading and its KSBs.
    described: list[Line] = field(default_factory=list)

    def criteria(self) -> Iterator[tuple[str, Criterion]]:
        """Yield each criterion with its grade."""
        for listed in self.lists:
            for criterion in listed.criteria():
                yield listed.grade, criterion

    @property
    def has_rows(self) -> bool:
        """Whether KSBs or criteria were found below the heading."""
        return bool(self.codes) or any(True for _ in self.criteria())

    @property
    def names_ksbs(self) -> bool:
        """Whether it, or a criterion of it, names a KSB."""
        return bool(self.codes) or any(row.codes for _, row in self.criteria())

    @property
    def is_certain(self) -> bool:
        """Whether more was found than KSBs with their wordings, which can be the list of all KSBs."""
        return self.has_rows and (not self.is_labelled or any(True for _ in self.criteria()))

    def has_done(self, grade: GradeHeading) -> bool:
        """Return whether the theme already has criteria of a grade, and of another grade behind them.

        Then the heading of the grade is of another theme, whose own heading is not known as one.
        """
        done = [listed.grade for listed in self.lists]
        return grade.grade in done[:-1] and grade.grade != done[-1]

    def add_row(self, line: Line, codes: Sequence[str], lists: Sequence[CriteriaList]) -> bool:
        """Add the codes and criteria of a row; one without a grade has that of the row or heading above.

        Return False if no grade is known: the row is not added.
        """
        grade = next((listed.grade for listed in reversed(self.lists) if listed.grade), "")
        graded = [listed if listed.grade else listed.with_grade(grade) for listed in lists]
        if not all(listed.grade for listed in graded):
            return False
        self.codes += [code for code in codes if code not in self.codes]
        for listed in graded:
            before = next((found for found in reversed(self.lists) if found.grade == listed.grade), None)
            if not (before and before.join(listed)):
                self.lists.append(listed)
        self.taken.append(line)
        self.is_table = True
        return True

    def add_line(self, line: Line, below: Sequence[Line]) -> bool:
        """Add a line to the theme; return False if the theme ends before it."""
        grade = text_to_grade(line.text)
        if grade:
            return self._add_grade(grade, line)
        key = text_to_title_key(line.text)
        is_kind = key in KIND_HEADINGS or is_kind_of_list(line.text)
        is_above_codes = is_kind and bool(below) and bool(line_to_codes(below[0].text))
        is_part = bool(_ksb_codes(line.text)) or line_to_label(line.text) is not None
        is_cell = line.row > 0 and not is_part
        if self.lists and line.row > 0 and (label := line_to_label(line.text)) and not self.codes:
            self.behind += [label.code] if label.code not in self.behind else []
            return True
        # What is below the table of its KSBs, or of its criteria, is no part of the theme.
        is_behind_table = (self.is_table or self.line.row > 0) and line.row <= 0
        if self.behind or is_behind_table:
            return False
        is_end = key.partition(" ")[0] in _ENDS or heading_to_role(line.text) is not None
        if is_cell:  # Of a table of KSBs, which is read by itself.
            return not self.lists and is_before_grade(below)
        if (is_end and not is_above_codes) or self.is_above(line, key):
            return False
        added = self._add_criterion(line, below) if self.lists else self._add_to_heading(line, below)
        self.before = line
        return added

    def _add_grade(self, grade: GradeHeading, line: Line) -> bool:
        """Add the heading of a grade; return False if it is that of another theme."""
        if self.has_done(grade):
            return False
        self.lists.append(CriteriaList(grade.grade))
        self.taken.append(line)
        if grade.text:
            self.lists[-1].add(line._replace(text=grade.text))
        return True

    def is_above(self, line: Line, key: str) -> bool:
        """Return whether a line is a heading that the file puts above the heading of the theme, or beside it.

        Headings of kinds can be beside it, and so can its name, or “Performance descriptors”.
        """
        if not 0 < line.level <= self.line.level or line_to_codes(line.text):
            return False
        is_kind = key in KIND_HEADINGS or is_kind_of_list(line.text)
        can_be_beside = is_kind or _CRITERIA_HEADING.fullmatch(key) or not self.heading.is_named
        return line.level < self.line.level or not can_be_beside

    def _begins_list_of_all(self, code: str) -> bool:
        """Return whether a labelled KSB begins a list of all KSBs below the last theme."""
        order = "KSB".find(code.lstrip("TE")[:1])
        is_back = bool(self.codes) and "KSB".find(self.codes[-1].lstrip("TE")[:1]) > order
        return code in self.codes or (is_back and code in self.listed_above)

    def _add_kind(self, key: str, below: Sequence[Line]) -> bool:
        """Add the heading of a kind, above codes or labelled KSBs; return False if the theme ends there."""
        after = below[0] if below else None
        if after is None or key in self.kinds:
            return False
        self.kinds.append(key)
        return bool(line_to_codes(after.text)) or _is_labelled_ksb(after) or is_before_grade(below)

    def _add_to_heading(self, line: Line, below: Sequence[Line]) -> bool:
        """Add a line between the heading of a theme and its criteria: its codes, KSBs, or a description."""
        codes, label = _ksb_codes(line.text), line_to_label(line.text)
        if codes:
            self.codes += [code for code in codes if code not in self.codes]
            self.taken.append(line)
            self.last_line = line.last
        elif not self.heading.is_named and self.before is None and is_theme_name(line):
            name, named = text_to_name_and_codes(line.text)
            self.heading = ThemeHeading(name.strip("*_ "), named)
            self.codes += named
            self.taken.append(line)
            self.last_line = line.last
        elif label:
            if self.codes and not self.is_labelled and label.code not in self.codes:
                return False  # The theme names its KSBs, and this one is none of them.
            if self.is_labelled and self._begins_list_of_all(label.code):
                return False
            if self.is_labelled or not self.codes:
                self.codes += [label.code] if label.code not in self.codes else []
                self.is_labelled = True
        elif text_to_title_key(line.text) in KIND_HEADINGS or is_kind_of_list(line.text):
            if not self._add_kind(text_to_title_key(line.text), below):
                return False
            # Above wordings it is a heading of theirs too.
            if is_kind_of_list(line.text) or not _is_labelled_ksb(below[0]):
                self.taken.append(line)
        elif _CRITERIA_HEADING.fullmatch(text_to_title_key(line.text)) and is_before_grade(below):
            self.taken.append(line)
        elif not (self.is_labelled and self.before and goes_on(line, self.before.text)):
            if not self.codes and _is_before_ksbs(below):
                self.described.append(line)
                self.taken.append(line)
                return True
            return is_before_grade(below)
        return True

    def _add_criterion(self, line: Line, below: Sequence[Line]) -> bool:
        listed = self.lists[-1]
        codes, label = line_to_codes(line.text), line_to_label(line.text)
        if is_no_criterion(line):
            self.taken.append(line)
            return True
        if codes:
            if not listed.add_codes(line, codes):
                self.codes += [code for code in codes if code not in self.codes]
            self.taken.append(line)
            return True
        if label and label.code[0] not in "PMD" and not listed.begins_with_codes():
            return False
        key = text_to_title_key(line.text)
        if line.level or key in KIND_HEADINGS or _is_method_above_theme(line, below):
            return False
        # “KSBs: K1, S2” is below the name of a theme or a method.
        is_name = bool(below) and _OF_THEME.match(below[0].text) is not None
        is_above_codes = bool(below) and bool(line_to_codes(below[0].text)) and not is_name
        # “Mixes plaster as set out” above “in the drawing (S1)”.
        is_wrapped = bool(below) and below[0].text[:1].islower() and not below[0].gap
        if not (is_above_codes or is_wrapped) and not listed.can_add(line):
            return False
        listed.add(line)
        self.taken.append(line)
        return True


def _ksb_codes(text: str) -> tuple[str, ...]:
    """Return the codes of a line of nothing but codes; none if one is that of a criterion."""
    codes = line_to_codes(text)
    return () if any(code.startswith("P") for code in codes) else codes


def without_behaviours_behind(themes: Sequence[OpenTheme]) -> Iterator[Finding]:
    """Yield a finding if behaviours are listed below the last theme alone, and remove them from it.

    They are listed for the whole standard: in plans from 2025 on, no outcome has behaviours.
    """
    if len(themes) < 2 or not themes[-1].is_labelled or themes[-1].lists:
        return
    before, last = themes[:-1], themes[-1]
    behaviours = [code for code in last.codes if code[:1] in ("B", "E")]
    are_elsewhere = any(code[:1] in ("B", "E") for theme in before for code in theme.codes)
    if behaviours and not are_elsewhere and len(behaviours) < len(last.codes):
        last.codes = [code for code in last.codes if code not in behaviours]
        yield Finding(
            "theme-inferred",
            last.line.number,
            "note",
            f"{names_to_phrase(behaviours)} are listed below the last theme, “{last.heading.name}”, and no "
            "other theme has behaviours: they are taken for those of the whole standard",
        )


def _is_labelled_ksb(line: Line) -> bool:
    """Return whether a line begins with the code of a KSB, and has its wording."""
    label = line_to_label(line.text)
    return label is not None and label.code.lstrip("TE")[:1] in "KSB"


def is_before_grade(below: Sequence[Line]) -> bool:
    """Return whether criteria of a grade come before the next theme or known heading."""
    for line in below:
        of_grades = (text_to_grade(part.column) for part in line.parts)
        if text_to_grade(line.text) or any(of_grades):
            return True
        if line_to_theme(line) or heading_to_role(line.text):
            return False
    return False


def _is_before_ksbs(below: Sequence[Line]) -> bool:
    """Return whether KSBs come before the next theme or known heading, as behind a sentence on an outcome."""
    for line in below:
        if _ksb_codes(line.text) or _is_labelled_ksb(line):
            return True
        if line.cells or line_to_theme(line) or heading_to_role(line.text) or text_to_grade(line.text):
            return False
    return False


def _is_method_above_theme(line: Line, below: Sequence[Line]) -> bool:
    """Return whether a line is the name of the next method: it has a number, or a theme is below it."""
    if not is_method_name(line):
        return False
    is_numbered = text_to_method_name(line.text) != line.text
    is_above = bool(below) and (line_to_theme(below[0]) is not None or lines_to_theme(below, 0) is not None)
    return is_numbered or is_above
