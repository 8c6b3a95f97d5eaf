"""Parse themes and outcomes with lists or tables of criteria below them, by the headings and the cells.

So providers and reformed plans print them. Grading tables of the usual template whose columns are lost in a
text are read by `plan_blocks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import GRADES
from curriculum.parsing.code_cells import unread_details
from curriculum.parsing.criteria import Criterion
from curriculum.parsing.criteria_rows import Cells, RowOfCriteria, row_to_criteria, row_to_method
from curriculum.parsing.further_columns import FURTHER_COLUMNS, further_findings
from curriculum.parsing.grades_of_methods import line_to_method_of_grade
from curriculum.parsing.headings import heading_to_role, is_prose_heading
from curriculum.parsing.labelled import is_known_heading
from curriculum.parsing.lines import Line
from curriculum.parsing.open_theme import OpenTheme, is_before_grade, without_behaviours_behind
from curriculum.parsing.performance_descriptors import (
    general_to_details,
    is_of_all_outcomes,
    is_performance_heading,
)
from curriculum.parsing.rows import Descriptor, Detail, Finding, MethodName, Rows, Theme, join_rows
from curriculum.parsing.theme_headings import (
    ThemeHeading,
    is_method_name,
    line_to_theme,
    lines_to_theme,
    text_to_continued,
    text_to_grade,
    text_to_method_name,
    text_to_name_and_codes,
)
from curriculum.parsing.unread_grades import unread_grade_findings

__all__ = ["ThemeReading", "lines_to_themes"]

_SECTION = "themes"
LABELS = "criteria"
DESCRIPTIONS = "descriptions of themes"
_LINES_SHOWN = 5
# What is between the heading of a theme and its first criterion has fewer lines.
_LINES_AHEAD = 60
# A title of a table of themes with one of these words is not the name of a method.
_GENERAL = frozenset(
    ("theme", "themes", "outcome", "outcomes", "grading", "grades", "criteria", "descriptors", "plan")
)


class ThemeReading(NamedTuple):
    """The rows of themes and criteria, and the lines that are in none of them."""

    rows: Rows
    rest: tuple[Line, ...]


def lines_to_themes(lines: Sequence[Line], title: str = "") -> ThemeReading:
    """Parse the themes of a text that are headings with lists, or tables, of criteria below them.

    Parameters
    ----------
    lines
        The lines of the text, without those of grading tables that `plan_blocks` reads.
    title
        The title of the document, which is the name of no method.

    Returns
    -------
    ThemeReading
        A theme for each heading with codes or criteria below it; a descriptor for each criterion. A
        labelled KSB below a theme is one of its KSBs, and stays among the other lines, where its wording is
        read. What ends a theme is a heading that is known, or a line that can be no part of it.
    """
    reader = _ThemeReader(title, is_of_all=is_of_all_outcomes(lines))
    # Where themes say that they are themes, nothing else is one.
    are_named = any(line_to_theme(line) for line in lines if not line.cells)
    for at, line in enumerate(lines):
        heading = line_to_theme(line) if are_named else _unnamed_heading(lines, at, reader.theme)
        below = lines[at + 1 : at + _LINES_AHEAD]
        reader.read(line, below, None if line.cells else heading)
    with_rows = [theme for theme in reader.themes if theme.has_rows]
    # A table of KSBs below each theme has those of the theme; below the last alone it has all KSBs.
    if len(with_rows) > 1 and all(theme.behind for theme in with_rows):
        for theme in with_rows:
            theme.codes += theme.behind
    # A list of KSBs below each heading is no list of all KSBs below the last heading.
    is_each = len(with_rows) == len(reader.themes) > 1
    kept = [theme for theme in with_rows if is_each or theme.is_certain]
    behind = Rows(findings=tuple(without_behaviours_behind(kept)))
    reading = _themes_to_reading([*kept, *reader.named_generals], lines)
    reading = _with_performance(reading._replace(rows=join_rows([reading.rows, behind])), reader.generals)
    unread = Rows(findings=tuple(unread_grade_findings(reading.rest)) if kept else ())
    return reading._replace(rows=join_rows([reading.rows, unread]))


class _ThemeReader:
    """The themes so far, the open one, and the method and the heading above it."""

    def __init__(self, document_title: str, *, is_of_all: bool) -> None:
        self._document_title = document_title
        # Whether performance descriptors are of all outcomes, wherever they are.
        self._is_of_all = is_of_all
        self.themes: list[OpenTheme] = []
        self._generals: list[tuple[OpenTheme, list[RowOfCriteria]]] = []
        self.theme: OpenTheme | None = None
        self._method = ""
        # The KSBs that themes above list with their wordings, and the methods that are themes.
        self._listed: set[str] = set()
        self._of_methods: dict[str, OpenTheme] = {}
        # A cell with a method can span the rows of several themes.
        self._is_method_in_rows = False
        self._title: Line | None = None
        self._headers: list[Line] = []
        # The theme that a line ended that is no heading: its next grade can be below.
        self._ended: OpenTheme | None = None

    def read(self, line: Line, below: Sequence[Line], heading: ThemeHeading | None) -> None:
        """Read a line; ``heading`` is what it says if it is the heading of a theme."""
        row = row_to_criteria(line)
        self._go_on_with_grade(line)
        begun = heading or (row.theme if row else None)
        if not begun and self._is_general_heading(line, below):
            self._open_general(line)
        elif begun and (continued := self._continued(begun)):
            self._go_on(continued, line, row)
        elif heading:
            if is_method_name(line):
                self._method = text_to_method_name(heading.name)
                heading = heading._replace(name=self._method)
            self._open(heading, line, is_line_read=True)
        elif row and (row_theme := row.theme):
            in_row, row = row_to_method(row)
            if in_row or not self._is_method_in_rows:
                self._method = in_row or self._method_above()
            self._is_method_in_rows |= bool(in_row)
            self._open(row_theme, line)
            self.themes[-1].is_heading_read = not row.is_of_method
            self._add_row(row)
        elif row and row.has_criteria and self.theme is None and self._title:
            # No theme is printed: the heading above the table is taken for one, and a finding says so.
            title = text_to_method_name(self._title.text) or self._title.text
            name, codes = text_to_name_and_codes(title)
            self._open(ThemeHeading(name, codes), self._title)
            self.themes[-1].is_heading_read = bool(codes)
            self._add_row(row)
        elif self.theme and row and (row.has_criteria or row.is_header):
            self._add_row(row)
        elif self.theme and not self.theme.add_line(line, below):
            self._ended, self.theme = self.theme, None
        self._open_of_method(line, below)
        if is_known_heading(line.text) or is_method_name(line):
            self._ended = None
        self._remember(line, row)

    def _go_on_with_grade(self, line: Line) -> None:
        """Set the open theme to the one that a line ended, if its next grade begins."""
        grade = None if line.cells else text_to_grade(line.text)
        if self.theme or self._ended is None or grade is None:
            return
        if grade.grade not in [listed.grade for listed in self._ended.lists]:
            self.theme = self._ended

    def _open_of_method(self, line: Line, below: Sequence[Line]) -> None:
        """Open the method as a theme if criteria begin with a grade, and no theme is above them."""
        if self.theme or not (method := line_to_method_of_grade(line, below, self._title)):
            return
        self._method = method
        key = text_to_title_key(method)
        if key in self._of_methods:
            self.theme = self._of_methods[key]
        else:
            is_title = self._title is not None and text_to_method_name(self._title.text) == method
            self._open(ThemeHeading(method, ()), self._title if is_title and self._title else line)
            self.themes[-1].is_heading_read = False
            self._of_methods[key] = self.themes[-1]
        if self.theme:
            self.theme.add_line(line, below)

    def _is_general_heading(self, line: Line, below: Sequence[Line]) -> bool:
        """Return whether performance descriptors begin that are of no theme."""
        if not is_performance_heading(line) or not is_before_grade(below):
            return False
        theme = self.theme
        is_end = theme is None or theme.line.row > 0 or theme.is_above(line, text_to_title_key(line.text))
        return is_end or self._is_of_all

    def _open_general(self, line: Line) -> None:
        self.theme = OpenTheme(ThemeHeading(line.text, ()), line, "", [], line.number, is_heading_read=False)
        self._generals.append((self.theme, []))

    @property
    def generals(self) -> list[tuple[OpenTheme, list[RowOfCriteria]]]:
        """The performance descriptors that name no KSB, with the rows of their tables."""
        return [(theme, rows) for theme, rows in self._generals if not theme.names_ksbs]

    @property
    def named_generals(self) -> list[OpenTheme]:
        """Those that name KSBs, and so are criteria."""
        return [theme for theme, _ in self._generals if theme.names_ksbs]

    def _continued(self, heading: ThemeHeading) -> OpenTheme | None:
        """Return the theme that a heading goes on with: “Work safely (continued)”."""
        key = text_to_title_key(text_to_continued(heading.name))
        same = (theme for theme in reversed(self.themes) if text_to_title_key(theme.heading.name) == key)
        return next(same, None) if key else None

    def _go_on(self, theme: OpenTheme, line: Line, row: RowOfCriteria | None) -> None:
        self.theme = theme
        if row:
            self._add_row(row)
        else:
            theme.taken.append(line)

    def _method_above(self) -> str:
        """Return the method of a table of themes: its title, unless that is the title of the document."""
        title = self._title.text if self._title else ""
        is_of_document = bool(self._document_title) and self._document_title in title
        is_general = not _GENERAL.isdisjoint(text_to_title_key(title).split())
        return self._method if not title or is_of_document or is_general else text_to_method_name(title)

    def _open(self, heading: ThemeHeading, line: Line, *, is_line_read: bool = False) -> None:
        if self.themes and self.themes[-1].is_labelled:
            self._listed.update(self.themes[-1].codes)
        method = self._method
        self.theme = OpenTheme(
            heading, line, method, list(heading.codes), line.number, listed_above=self._listed
        )
        self.theme.taken += [*([line] if is_line_read else []), *self._headers]
        self.themes.append(self.theme)

    def _add_row(self, row: RowOfCriteria) -> None:
        if self.theme and self.theme.add_row(row.line, row.codes, row.lists):
            self.theme.further += row.further
            if self._generals and self.theme is self._generals[-1][0]:
                self._generals[-1][1].append(row)

    def _remember(self, line: Line, row: RowOfCriteria | None) -> None:
        """Set what can be the method, the heading or the header above the next theme."""
        self._headers = [line] if row and row.is_header and not self.theme else []
        self._is_method_in_rows &= bool(line.cells)
        if self.theme or line.cells:
            return
        if is_method_name(line):
            self._method = text_to_method_name(line.text)
        is_heading = is_prose_heading(line) or is_method_name(line)
        is_title = is_heading and heading_to_role(line.text) is None and text_to_grade(line.text) is None
        # “Grading descriptors” between a method and its table is a title only if there is no other.
        if is_title or self._title is None:
            self._title = line if is_heading else self._title


def _unnamed_heading(lines: Sequence[Line], at: int, theme: OpenTheme | None) -> ThemeHeading | None:
    """Parse the heading of a theme that is known by what is below it.

    Before a higher grade, “Talks to people (K1)” is the last criterion of the grade before it; and so it is
    if the open theme has its codes.
    """
    found = lines_to_theme(lines, at)
    if not found or not theme or not theme.lists:
        return found
    below = (text_to_grade(line.text) for line in lines[at + 1 : at + _LINES_AHEAD])
    grade = next(filter(None, below), None)
    is_criterion = bool(found.codes) and set(found.codes) <= set(theme.codes)
    if grade is None or is_criterion:
        return None
    return found if GRADES.index(grade.grade) <= GRADES.index(theme.lists[-1].grade) else None


def _general_criteria(theme: OpenTheme, rows: Sequence[RowOfCriteria]) -> Iterator[tuple[str, Criterion]]:
    """Yield each performance descriptor with its category and grade; the rows are those of its table."""
    if not rows:
        yield from theme.criteria()
    for row in rows:
        category = "; ".join(" ".join(line.text for line in cell) for cell in row.further)
        for listed in row.lists:
            name = f"{category}: {listed.grade}" if category else listed.grade
            yield from ((name, criterion) for criterion in listed.criteria())


def _with_performance(
    reading: ThemeReading, generals: Sequence[tuple[OpenTheme, Sequence[RowOfCriteria]]]
) -> ThemeReading:
    """Return a reading with performance descriptors as details."""
    details = tuple(
        row for theme, rows in generals for row in general_to_details(_general_criteria(theme, rows))
    )
    taken = [line for theme, _ in generals for line in (theme.line, *theme.taken)]
    markers = tuple(number for line in taken for number in line.numbers)
    numbers = {id(line) for line in taken}
    rest = tuple(line for line in reading.rest if id(line) not in numbers)
    return ThemeReading(join_rows([reading.rows, Rows(details=details, markers=markers)]), rest)


def _themes_to_reading(themes: Sequence[OpenTheme], lines: Sequence[Line]) -> ThemeReading:
    rows = join_rows([*map(_theme_to_rows, themes), Rows(findings=tuple(_findings(themes)))])
    taken = {id(line) for theme in themes for line in theme.taken} - {
        id(line) for theme in themes for listed in theme.lists for line in listed.released()
    }
    return ThemeReading(rows, tuple(line for line in lines if id(line) not in taken))


def _theme_to_rows(theme: OpenTheme) -> Rows:
    name, option, method = theme.heading.name, theme.heading.option, theme.method
    criteria = tuple(theme.criteria())
    codes = theme.codes or list(dict.fromkeys(code for _, row in criteria for code in row.codes))
    further = [_cell_to_detail(name, cell) for cell in theme.further]
    return Rows(
        themes=(Theme(method, option, name, tuple(codes), _SECTION, theme.line.number, theme.last_line),),
        descriptors=tuple(
            Descriptor(method, option, name, grade, row.text, row.codes, row.first_line, row.last_line)
            for grade, row in criteria
        ),
        details=(
            *(
                Detail(LABELS, f"{name}: {row.label}", row.text, row.first_line, row.last_line)
                for _, row in criteria
                if row.label
            ),
            *(Detail(DESCRIPTIONS, name, line.text, line.number, line.last) for line in theme.described),
            *further,
        ),
        method_names=(MethodName(method, 0, theme.line.number),) if method else (),
        markers=tuple(number for line in theme.taken for number in line.numbers),
        findings=(*further_findings(further), *unread_details(further)),
    )


def _cell_to_detail(name: str, cell: Cells) -> Detail:
    """Return a cell of a further column of a table of criteria, as a detail of its theme."""
    text = " ".join(line.text for line in cell)
    column = cell[0].column or "a column without a heading"
    return Detail(FURTHER_COLUMNS, f"{name}: {column}", text, cell[0].number, cell[-1].last)


def _findings(themes: Sequence[OpenTheme]) -> Iterator[Finding]:
    names: dict[tuple[str, str, str], int] = {}
    for theme in themes:
        key = (theme.method, theme.heading.option, text_to_title_key(theme.heading.name))
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
                f"“{theme.heading.name}” has no KSBs that could be read: those of its criteria are taken",
            )
        yield from _uncoded_findings(theme)
        for _, row in theme.criteria():
            if row.is_stem:
                yield Finding(
                    "criterion-stem",
                    row.first_line,
                    "error",
                    f"“{row.text}” announces the criteria below it, of which each is read by itself",
                )


def _uncoded_findings(theme: OpenTheme) -> Iterator[Finding]:
    """Yield a finding if criteria of a theme name no KSB."""
    lines = [row.first_line for _, row in theme.criteria() if not row.codes]
    # A table has cells, which end.
    is_open_ended = any(listed.is_open_ended for listed in theme.lists if not theme.is_table)
    end = ": nothing shows where the list ends" if is_open_ended else ""
    if lines:
        more = " ..." if len(lines) > _LINES_SHOWN else ""
        shown = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:_LINES_SHOWN]))}{more}"
        n_criteria = "1 criterion names" if len(lines) == 1 else f"{len(lines)} criteria name"
        yield Finding(
            "criterion-without-ksbs",
            lines[0],
            "warning" if is_open_ended else "note",
            f"{n_criteria} no KSB in “{theme.heading.name}” ({shown}){end}",
        )
