"""Parse the blocks of an assessment plan: methods, themes, grading descriptors, and tables of KSBs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from curriculum.model.codes import (
    line_to_codes,
    text_to_ending_codes,
    text_to_trailing_code,
)
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import ANY_GRADE, GRADES
from curriculum.parsing.headings import Block
from curriculum.parsing.labelled import text_to_option
from curriculum.parsing.lines import Line, lines_to_cells, lines_with_next
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import (
    Descriptor,
    Detail,
    MethodName,
    Occurrence,
    OverallGrade,
    Rows,
    Theme,
    join_rows,
)

__all__ = [
    "grading_to_rows",
    "has_grading_tables",
    "overall_grading_to_rows",
    "prose_to_method_names",
    "theme_mapping_to_rows",
]

_THEME = re.compile(r"(?:\((?P<option>[^)]+)\)\s*)?(?P<name>\S.*)")
_METHOD = re.compile(r"(?:assessment|epa) method (?P<number>\d+)\s*[:–-]\s*(?P<name>\S.*?):?", re.IGNORECASE)
_GRADING_START = re.compile(
    r"themes?(?: and ksbs)?(?: ksbs)?(?: pass| credit| merit| distinction| apprentices must demonstrate .*)*"
)
_GRADING_HEADER = re.compile(
    rf"{_GRADING_START.pattern}|ksbs|knowledge and skills|pass|credit|merit|distinction"
    r"|apprentices must demonstrate .*"
)
# Printed between the name of a method and its table.
_FAIL = re.compile(r"fail .*\b(?:criteria|descriptors?)")
_NO_DESCRIPTOR = re.compile(r"no (?:distinction|merit|credit) .*|none")
_GROUPED_START = re.compile(r"ksbs grouped by theme.*")
_GROUPED_HEADER = re.compile(rf"{_GROUPED_START.pattern}|knowledge|skills?|behaviours?")
_ANY = "|".join((ANY_GRADE, *GRADES))
_GRADE_ROW = re.compile(rf"(?:{_ANY})(?: (?:{_ANY}))+")
_GRADE = re.compile(_ANY)
# The section of the details with overall grades of outcomes.
OUTCOME_GRADES = "overall grades of outcomes"
_OUTCOME = re.compile(r"(?:(?:assessment |learning )?outcome|theme|AO) ?\w{1,2}\b.*", re.IGNORECASE)
_PASS, _DISTINCTION = GRADES[1], GRADES[-1]


def _key(line: Line) -> str:
    return text_to_title_key(line.text)


def prose_to_method_names(blocks: Sequence[Block]) -> Rows:
    """Return the lines of prose that name a method with its number ("Assessment method 1 - ...")."""
    names = tuple(
        MethodName(found["name"], int(found["number"]), line.number)
        for block in blocks
        for line in (*((block.heading,) if block.heading else ()), *lines_to_cells(block.lines))
        if (found := _METHOD.fullmatch(line.text))
    )
    return Rows(method_names=names)


class _Table(NamedTuple):
    """The part of a block that belongs to one method: its name, and the lines of its table."""

    method: Line
    lines: list[Line]


def _block_to_tables(block: Block, header: re.Pattern[str]) -> tuple[tuple[_Table, ...], tuple[Line, ...]]:
    """Split a block at its methods: the name of a method is the line before the header of its table.

    A sentence before a header is prose, and no name.
    """
    lines = [line for line in lines_to_cells(block.lines) if not _FAIL.fullmatch(_key(line))]
    tables: list[_Table] = []
    before: list[Line] = []
    for line, after in lines_with_next(lines):
        if after and header.fullmatch(_key(after)) and not line.text.endswith("."):
            tables.append(_Table(line, []))
        else:
            (tables[-1].lines if tables else before).append(line)
    return tuple(tables), tuple(before)


class _Group(NamedTuple):
    """A theme's line, and the lines below it up to the next theme."""

    option: str
    name: str
    line: Line
    below: list[Line]


def _is_theme(line: Line, after: Line | None, is_marked: bool) -> bool:
    if is_marked:
        return re.match(r"\([^)]+\)\s*\S", line.text) is not None and not text_to_trailing_code(line.text)
    is_above_codes = after is not None and bool(line_to_codes(after.text))
    return is_above_codes and not line.text.endswith(".") and not text_to_ending_codes(line.text)[1]


def _lines_to_groups(lines: Sequence[Line]) -> tuple[_Group, ...]:
    """Split a table at its themes.

    If themes are marked with an option in brackets, only marked lines are themes; otherwise a theme is a
    line without a full stop above a line of codes.
    """
    is_marked = any(line.text.casefold().startswith("(core)") for line in lines)
    groups: list[_Group] = []
    for line, after in lines_with_next(lines):
        if not line_to_codes(line.text) and _is_theme(line, after, is_marked):
            found = _THEME.fullmatch(line.text)
            option = text_to_option(found["option"]) if found and found["option"] else ""
            groups.append(_Group(option, found["name"] if found else line.text, line, []))
        elif groups:
            groups[-1].below.append(line)
    return tuple(groups)


def _leading_codes(lines: Sequence[Line]) -> tuple[tuple[str, ...], int]:
    """Return the codes on the first lines, and how many lines they take."""
    codes: list[str] = []
    for count, line in enumerate(lines):
        found = line_to_codes(line.text)
        if not found:
            return tuple(codes), count
        codes += found
    return tuple(codes), len(lines)


class _Paragraph(NamedTuple):
    text: str
    codes: tuple[str, ...]
    first_line: int
    last_line: int
    column: str = ""


def _lines_to_paragraphs(lines: Sequence[Line]) -> Iterator[_Paragraph]:
    """Yield each wording with its codes, which are below it or in brackets at its end."""
    waiting: list[Line] = []
    for line in lines:
        if line.is_opening:
            waiting = []  # Wording without codes does not go on in the next cell.
        codes = line_to_codes(line.text)
        text, inside = text_to_ending_codes(line.text)
        if codes and waiting:
            yield _paragraph(waiting, codes, line.number)
            waiting = []
        elif inside and not codes:
            yield _paragraph([*waiting, line._replace(text=text)], inside, line.number)
            waiting = []
        elif not codes and not _NO_DESCRIPTOR.fullmatch(_key(line)):
            waiting.append(line)


def _paragraph(lines: Sequence[Line], codes: tuple[str, ...], last: int) -> _Paragraph:
    text = " ".join(line.text for line in lines)
    return _Paragraph(text, codes, lines[0].number, last, lines[0].column)


def _paragraphs_to_grades(
    paragraphs: Sequence[_Paragraph], codes: Sequence[str], columns: Sequence[str]
) -> tuple[str, ...]:
    """Return the grade of each descriptor of a theme.

    In a table it is that of the column. In copied text the columns are not separated. Pass descriptors name
    every KSB of their theme, so what follows after all are named is in the next column; in a later column, a
    code that is named again begins the column after it.

    Examples
    --------
    >>> parts = [_Paragraph("", (code,), 1, 1) for code in ("K1", "S1", "S1")]
    >>> _paragraphs_to_grades(parts, ["K1", "S1"], ["pass", "distinction"])
    ('pass', 'pass', 'distinction')
    """
    printed = tuple(_column_to_grade(paragraph.column, columns) for paragraph in paragraphs)
    if all(printed):
        return printed
    grades: list[str] = []
    left, named, at = set(codes), set[str](), 0
    for paragraph in paragraphs:
        is_covered = at == 0 and bool(codes) and not left
        is_again = at > 0 and bool(named & set(paragraph.codes))
        if (is_covered or is_again) and at < len(columns) - 1:
            at, named = at + 1, set()
        grades.append(columns[at])
        left -= set(paragraph.codes)
        named |= set(paragraph.codes)
    return tuple(grades)


def _column_to_grade(heading: str, columns: Sequence[str]) -> str:
    """Return the grade that the heading of a column begins with; empty if it names none."""
    first = text_to_title_key(heading).partition(" ")[0]
    return first if first in columns else ""


def _headers_to_columns(headers: Sequence[Line]) -> tuple[str, ...]:
    """Return the grades that the header of a table names; pass and distinction if it names none."""
    # The header also says what each column requires, and names the grades again.
    words = {
        word for line in headers for word in _key(line).split() if not _key(line).startswith("apprentices")
    }
    return tuple(grade for grade in GRADES if grade in words) or (_PASS, _DISTINCTION)


def _group_to_grading(group: _Group, method: str, section: str, columns: Sequence[str]) -> Rows:
    codes, taken = _leading_codes(group.below)
    last = group.below[taken - 1].number if taken else group.line.number
    paragraphs = tuple(_lines_to_paragraphs(group.below[taken:]))
    grades = _paragraphs_to_grades(paragraphs, codes, columns)
    descriptors = tuple(
        Descriptor(
            method, group.option, group.name, grade, part.text, part.codes, part.first_line, part.last_line
        )
        for part, grade in zip(paragraphs, grades, strict=True)
    )
    empty = tuple(line.number for line in group.below if _NO_DESCRIPTOR.fullmatch(_key(line)))
    theme = Theme(method, group.option, group.name, codes, section, group.line.number, last)
    return Rows(themes=(theme,), descriptors=descriptors, markers=empty)


def _block_to_rows(
    block: Block,
    start: re.Pattern[str],
    header: re.Pattern[str],
    group_to_rows: Callable[[_Group, str, str, Sequence[str]], Rows],
) -> Rows:
    """Parse a block with a table for each method, split at its themes.

    Parameters
    ----------
    block
        The block.
    start, header
        The patterns of the first line of the header of a table, and of all lines of the header.
    group_to_rows
        Parses one theme from the name of its method, the heading of the block and the grades of the header.
    """
    tables, before = _block_to_tables(block, start)
    if not tables:
        return Rows(sections=block_to_section(block))
    parts = [Rows(sections=block_to_section(block._replace(heading=None), before))]
    markers = [block.heading.number] if block.heading else []
    markers += [line.number for line in block.lines if _FAIL.fullmatch(_key(line))]
    for table in tables:
        headers = [line for line in table.lines if header.fullmatch(_key(line))]
        body = [line for line in table.lines if not header.fullmatch(_key(line))]
        columns = _headers_to_columns(headers)
        parts += [
            group_to_rows(group, table.method.text, block.title, columns) for group in _lines_to_groups(body)
        ]
        markers += [line.number for line in headers]
    names = tuple(MethodName(table.method.text, 0, table.method.number) for table in tables)
    return join_rows([Rows(method_names=names, markers=tuple(markers)), *parts])


def has_grading_tables(block: Block) -> bool:
    """Return whether a block has grading tables of the usual template, below methods, in lines of text.

    Tables whose cells are known are read by these.
    """
    plain = tuple(line for line in block.lines if not line.parts)
    return bool(_block_to_tables(block._replace(lines=plain), _GRADING_START)[0])


def grading_to_rows(block: Block) -> Rows:
    """Parse the grading tables: for each method its themes, their KSBs, and their descriptors."""
    return _block_to_rows(block, _GRADING_START, _GRADING_HEADER, _group_to_grading)


def _group_to_mapping(group: _Group, method: str, section: str, columns: Sequence[str]) -> Rows:
    del columns
    codes, taken = _leading_codes(group.below)
    # A column without codes is only a gap, so that more lines of codes follow at once.
    last = group.below[taken - 1].number if taken else group.line.number
    occurrences = tuple(
        Occurrence(label.code, section, label.text, line.number, line.number)
        for line in group.below[taken:]
        for label in (text_to_trailing_code(line.text),)
        if label
    )
    empty = tuple(line.number for line in group.below if _NO_DESCRIPTOR.fullmatch(_key(line)))
    theme = Theme(method, group.option, group.name, codes, section, group.line.number, last)
    return Rows(themes=(theme,), occurrences=occurrences, markers=empty)


def theme_mapping_to_rows(block: Block) -> Rows:
    """Parse the KSBs grouped by theme: codes, and each statement with its code in brackets at its end."""
    return _block_to_rows(block, _GROUPED_START, _GROUPED_HEADER, _group_to_mapping)


def _grade_row(line: Line) -> tuple[str, ...]:
    key = _key(line)
    return tuple(_GRADE.findall(key)) if _GRADE_ROW.fullmatch(key) else ()


def overall_grading_to_rows(block: Block) -> Rows:
    """Parse the overall grades: the rows of the table, and the prose before and after it.

    The header of the table names the methods; it is split when all their names are known.
    """
    rows = [line for line in block.lines if _grade_row(line)]
    if not rows:
        return Rows(sections=block_to_section(block))
    first = block.lines.index(rows[0])
    if first and _is_of_outcomes(block.lines[first - 1]):
        return _outcome_grades_to_rows(block, block.lines[first - 1], rows)
    header, before = block.lines[first - 1 : first], block.lines[: max(first - 1, 0)]
    after = tuple(line for line in block.lines[first:] if line not in rows)
    grades = tuple(
        OverallGrade(
            header[0].text if header else "", _grade_row(line)[:-1], _grade_row(line)[-1], line.number
        )
        for line in rows
    )
    markers = (number for line in (*header, *rows) for number in line.numbers)
    prose = (*block_to_section(block, before), *block_to_section(block._replace(heading=None), after))
    names = _header_to_method_names(header[0]) if header else ()
    return Rows(overall_grades=grades, sections=prose, method_names=names, markers=tuple(markers))


def _is_of_outcomes(header: Line) -> bool:
    """Return whether the cells of a header are outcomes or themes, and no methods."""
    cells = header.cells[:-1]
    return bool(cells) and all(_OUTCOME.fullmatch(cell) for cell in cells)


def _outcome_grades_to_rows(block: Block, header: Line, rows: Sequence[Line]) -> Rows:
    """Return the overall grades of outcomes as details, as the table of overall grades is of methods."""
    details = tuple(
        Detail(OUTCOME_GRADES, f"{number}: {name}", grade, line.number, line.last)
        for number, line in enumerate(rows, start=1)
        for name, grade in zip(header.cells, line.cells, strict=False)
    )
    at = block.lines.index(header)
    rest = tuple(line for line in block.lines[at + 1 :] if line not in rows)
    markers = tuple(number for line in (header, *rows) for number in line.numbers)
    prose = (
        *block_to_section(block, block.lines[:at]),
        *block_to_section(block._replace(heading=None), rest),
    )
    return Rows(details=details, sections=prose, markers=markers)


def _header_to_method_names(header: Line) -> tuple[MethodName, ...]:
    """Return the methods that the cells of a header name, all but the last; none if it is one text."""
    named = header.parts[:-1] if len(header.cells) == len(header.parts) else ()
    return tuple(MethodName(part.text, 0, part.number) for part in named)
