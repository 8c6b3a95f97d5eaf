"""Parse themes and outcomes with lists of criteria below them, as providers and reformed plans print them.

The tables of an assessment plan of the usual template are read by `plan_blocks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import GRADES
from curriculum.parsing.criteria import CriteriaList, Criterion
from curriculum.parsing.criteria_rows import RowOfCriteria, row_to_criteria
from curriculum.parsing.headings import heading_to_role, is_prose_heading
from curriculum.parsing.labelled import KIND_HEADINGS, goes_on
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Descriptor, Detail, Finding, MethodName, Rows, Theme, join_rows
from curriculum.parsing.theme_headings import (
    ThemeHeading,
    is_method_name,
    is_no_criterion,
    is_theme_name,
    line_to_grade,
    line_to_theme,
    lines_to_theme,
    text_to_name_and_codes,
)

__all__ = ["ThemeReading", "lines_to_themes"]

_SECTION = "themes"
LABELS = "criteria"
_ENDS = ("annex", "appendix")
_LINES_SHOWN = 5


class ThemeReading(NamedTuple):
    """The rows of themes and criteria, and the lines that are in none of them."""

    rows: Rows
    rest: tuple[Line, ...]


@dataclass
class _OpenTheme:
    """A theme whose lines are being read."""

    heading: ThemeHeading
    line: Line
    method: str
    codes: list[str]
    last_line: int
    is_heading_read: bool = True
    is_labelled: bool = False
    before: Line | None = None
    lists: list[CriteriaList] = field(default_factory=list)
    taken: list[Line] = field(default_factory=list)

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
    def is_certain(self) -> bool:
        """Whether more was found than KSBs with their wordings, which can be the list of all KSBs."""
        return self.has_rows and (not self.is_labelled or any(True for _ in self.criteria()))


def lines_to_themes(lines: Sequence[Line]) -> ThemeReading:
    """Parse the themes of a text that are headings with lists, or tables, of criteria below them.

    Parameters
    ----------
    lines
        The lines of the text, without those of official grading tables.

    Returns
    -------
    ThemeReading
        A theme for each heading with codes or criteria below it; a descriptor for each criterion. A
        labelled KSB below a theme is one of its KSBs, and stays among the other lines, where its wording is
        read. What ends a theme is a heading that is known, or a line that can be no part of it.
    """
    themes: list[_OpenTheme] = []
    method: Line | None = None
    theme: _OpenTheme | None = None
    title: Line | None = None
    headers: list[Line] = []
    for at, line in enumerate(lines):
        row = row_to_criteria(line)
        heading = line_to_theme(line) or _lines_to_unnamed(lines, at, theme)
        if heading and not line.cells:
            name = method.text if method else ""
            theme = _OpenTheme(heading, line, name, list(heading.codes), line.last, taken=[line])
            themes.append(theme)
        elif row and row.theme:
            theme = _row_to_theme(row, method)
            theme.taken += headers
            themes.append(theme)
        elif row and row.has_criteria and theme is None and title is not None:
            # No theme is printed: the heading above the table is taken for one, and a finding says so.
            name = method.text if method and method is not title else ""
            theme = _OpenTheme(ThemeHeading(title.text, "", ()), title, name, [], title.last, False)
            theme.taken += headers
            themes.append(theme)
            _add_row(theme, row)
        elif theme and row and (row.has_criteria or row.is_header):
            _add_row(theme, row)
        elif theme and not _add_line(theme, line, lines[at + 1 :]):
            theme = None
        headers = [line] if row and row.is_header and theme is None else []
        method = line if is_method_name(line) and not theme else method
        title = line if is_prose_heading(line) and not theme else (title if line.cells else None)
    with_rows = [theme for theme in themes if theme.has_rows]
    # A list of KSBs below each heading is no list of all KSBs below the last heading.
    is_each = len(with_rows) == len(themes) > 1
    return _themes_to_reading([theme for theme in with_rows if is_each or theme.is_certain], lines)


def _lines_to_unnamed(lines: Sequence[Line], at: int, theme: _OpenTheme | None) -> ThemeHeading | None:
    """Parse a heading that only what is below it shows to be a theme.

    Before a higher grade, “Talks to people (K1)” is the last criterion of the grade before it.
    """
    found = lines_to_theme(lines, at)
    if not found or not theme or not theme.lists:
        return found
    below = (line_to_grade(line) for line in lines[at + 1 :])
    grade = next(filter(None, below))
    return found if GRADES.index(grade.grade) <= GRADES.index(theme.lists[-1].grade) else None


def _row_to_theme(row: RowOfCriteria, method: Line | None) -> _OpenTheme:
    heading, line = row.theme, row.line
    assert heading is not None
    theme = _OpenTheme(heading, line, method.text if method else "", list(heading.codes), line.number)
    _add_row(theme, row)
    return theme


def _add_row(theme: _OpenTheme, row: RowOfCriteria) -> None:
    theme.codes += [code for code in row.codes if code not in theme.codes]
    theme.lists += row.lists
    theme.taken.append(row.line)
    if row.lists and not row.lists[0].grade:
        grade = next((listed.grade for listed in reversed(theme.lists) if listed.grade), "")
        theme.lists = [listed.with_grade(grade) if not listed.grade else listed for listed in theme.lists]


def _add_line(theme: _OpenTheme, line: Line, below: Sequence[Line]) -> bool:
    """Add a line to the theme; return False if the theme ends before it."""
    grade = line_to_grade(line)
    if grade:
        theme.lists.append(CriteriaList(grade.grade))
        theme.taken.append(line)
        if grade.text:
            theme.lists[-1].add(line._replace(text=grade.text))
        return True
    key = text_to_title_key(line.text)
    is_above_codes = key in KIND_HEADINGS and bool(below) and bool(line_to_codes(below[0].text))
    is_cell = line.row > 0 and not line_to_codes(line.text)
    is_end = key.partition(" ")[0] in _ENDS or heading_to_role(line.text) is not None
    if is_cell or (is_end and not is_above_codes):
        return False
    added = _add_criterion(theme, line, below) if theme.lists else _add_to_heading(theme, line, below)
    theme.before = line
    return added


def _add_to_heading(theme: _OpenTheme, line: Line, below: Sequence[Line]) -> bool:
    """Add a line between the heading of a theme and its criteria: its codes, KSBs, or a description."""
    codes, label = line_to_codes(line.text), line_to_label(line.text)
    after = below[0] if below else None
    if codes:
        theme.codes += [code for code in codes if code not in theme.codes]
        theme.taken.append(line)
        theme.last_line = line.last
    elif not theme.heading.is_named and theme.before is None and is_theme_name(line):
        name, named = text_to_name_and_codes(line.text)
        theme.heading = ThemeHeading(name.strip("*_ "), theme.heading.number, named)
        theme.codes += named
        theme.taken.append(line)
        theme.last_line = line.last
    elif label:
        if theme.codes and not theme.is_labelled and label.code not in theme.codes:
            return False  # The theme names its KSBs, and this one is none of them.
        if theme.is_labelled or not theme.codes:
            theme.codes += [label.code] if label.code not in theme.codes else []
            theme.is_labelled = True
    elif text_to_title_key(line.text) in KIND_HEADINGS:
        if after is None or not (line_to_codes(after.text) or _is_before_grade(below)):
            return False
        theme.taken.append(line)
    elif not (theme.is_labelled and theme.before and goes_on(line, theme.before.text)):
        return _is_before_grade(below)
    return True


def _is_before_grade(below: Sequence[Line]) -> bool:
    """Return whether criteria of a grade come before the next theme or known heading."""
    for line in below:
        if line_to_grade(line):
            return True
        if line_to_theme(line) or heading_to_role(line.text):
            return False
    return False


def _add_criterion(theme: _OpenTheme, line: Line, below: Sequence[Line]) -> bool:
    listed = theme.lists[-1]
    codes, label = line_to_codes(line.text), line_to_label(line.text)
    if is_no_criterion(line):
        theme.taken.append(line)
        return True
    if codes:
        if not listed.add_codes(line, codes):
            theme.codes += [code for code in codes if code not in theme.codes]
        theme.taken.append(line)
        return True
    if label and label.code[0] not in "PMD" and not listed.begins_with_codes():
        return False
    if text_to_title_key(line.text) in KIND_HEADINGS or _is_method_above_theme(line, below):
        return False
    is_above_codes = bool(below) and bool(line_to_codes(below[0].text))
    if not is_above_codes and not listed.can_add(line):
        return False
    listed.add(line)
    theme.taken.append(line)
    return True


def _is_method_above_theme(line: Line, below: Sequence[Line]) -> bool:
    return (
        is_method_name(line)
        and bool(below)
        and (line_to_theme(below[0]) is not None or lines_to_theme(below, 0) is not None)
    )


def _themes_to_reading(themes: Sequence[_OpenTheme], lines: Sequence[Line]) -> ThemeReading:
    rows = join_rows([*map(_theme_to_rows, themes), Rows(findings=tuple(_findings(themes)))])
    taken = {id(line) for theme in themes for line in theme.taken} - {
        id(line) for theme in themes for listed in theme.lists for line in listed.released()
    }
    return ThemeReading(rows, tuple(line for line in lines if id(line) not in taken))


def _theme_to_rows(theme: _OpenTheme) -> Rows:
    name, method = theme.heading.name, theme.method
    criteria = tuple(theme.criteria())
    codes = theme.codes or list(dict.fromkeys(code for _, row in criteria for code in row.codes))
    return Rows(
        themes=(Theme(method, "", name, tuple(codes), _SECTION, theme.line.number, theme.last_line),),
        descriptors=tuple(
            Descriptor(method, "", name, grade, row.text, row.codes, row.first_line, row.last_line)
            for grade, row in criteria
        ),
        details=tuple(
            Detail(LABELS, f"{name}: {row.label}", row.text, row.first_line, row.last_line)
            for _, row in criteria
            if row.label
        ),
        method_names=(MethodName(method, 0, theme.line.number),) if method else (),
        markers=tuple(number for line in theme.taken for number in line.numbers),
    )


def _findings(themes: Sequence[_OpenTheme]) -> Iterator[Finding]:
    names: dict[tuple[str, str], int] = {}
    for theme in themes:
        key = (theme.method, text_to_title_key(theme.heading.name))
        if key in names:
            yield Finding(
                "theme-repeated",
                theme.line.number,
                "error",
                f"“{theme.heading.name}” is the heading of a theme on line {names[key]} too: the criteria of "
                "both are in one theme",
            )
        names.setdefault(key, theme.line.number)
        if not theme.is_heading_read:
            yield Finding(
                "theme-inferred",
                theme.line.number,
                "note",
                f"no theme is printed above the criteria: the heading “{theme.heading.name}” is taken for it",
            )
        elif not theme.codes:
            yield Finding(
                "theme-inferred",
                theme.line.number,
                "note",
                f"“{theme.heading.name}” names no KSBs: those of its criteria are taken",
            )
        yield from _uncoded_findings(theme)


def _uncoded_findings(theme: _OpenTheme) -> Iterator[Finding]:
    """Yield a finding if criteria of a theme name no KSB."""
    lines = [row.first_line for _, row in theme.criteria() if not row.codes]
    if lines:
        more = " ..." if len(lines) > _LINES_SHOWN else ""
        shown = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:_LINES_SHOWN]))}{more}"
        n_criteria = "1 criterion names" if len(lines) == 1 else f"{len(lines)} criteria name"
        yield Finding(
            "criterion-without-ksbs",
            lines[0],
            "warning",
            f"{n_criteria} no KSB in “{theme.heading.name}” ({shown})",
        )
