"""Assessment methods with the KSBs that each assesses below its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import Block, is_prose_heading
from curriculum.parsing.labelled import KIND_HEADINGS, goes_on, lines_to_labelled
from curriculum.parsing.lines import Line, lines_to_cells
from curriculum.parsing.method_cells import is_method_column, is_name_of_method
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import Finding, MethodName, Occurrence, Rows, StatementMethod, join_rows

__all__ = ["MethodList", "codes_below_methods", "lines_to_method_lists", "method_block_to_rows"]


_KSBS_OF_METHOD = re.compile(r"KSBs?\b[^:]{0,60}:", re.IGNORECASE)


class MethodList(NamedTuple):
    """The name of a method, and the lines with its KSBs."""

    name: Line
    lines: tuple[Line, ...]


def _begins_with_method(lines: Sequence[Line]) -> bool:
    """Return whether the name of a method is above the first KSB, so that methods come before their KSBs."""
    first = next((at for at, line in enumerate(lines) if _names_ksbs(line)), 0)
    return any(map(_is_name, lines[max(first - 2, 0) : first]))


def lines_to_method_lists(lines: Sequence[Line]) -> tuple[MethodList, ...]:
    """Return the lists of KSBs below names of methods; none if KSBs are not listed in this way.

    In the usual table a KSB comes first, and its method behind it. Here a name comes first, and KSBs with
    their wordings, or their codes alone, are below it.

    Examples
    --------
    >>> lines = [Line(1, "Interview"), Line(2, "K1 Hay."), Line(3, "Observation"), Line(4, "S1 Feed.")]
    >>> [(row.name.text, len(row.lines)) for row in lines_to_method_lists(lines)]
    [('Interview', 1), ('Observation', 1)]
    """
    found: list[tuple[Line, list[Line]]] = []
    before = ""
    for line in lines:
        if _is_name(line):
            found.append((line, []))
        elif found and _is_other_heading(line, before):
            return ()  # It can be the name of a method that is not known as one.
        elif found:
            found[-1][1].append(line)
        elif _names_ksbs(line):
            return ()
        before = line.text
    is_each = bool(found) and all(any(map(_names_ksbs, listed)) for _, listed in found)
    return tuple(MethodList(name, tuple(listed)) for name, listed in found) if is_each else ()


def _is_name(line: Line) -> bool:
    is_alone = line.row <= 0 and not line.cells
    return is_alone and is_name_of_method(line.text.rstrip(":")) and not _names_ksbs(line)


def _is_other_heading(line: Line, before: str) -> bool:
    is_heading = is_prose_heading(line) and text_to_title_key(line.text) not in KIND_HEADINGS
    return is_heading and not _names_ksbs(line) and not goes_on(line, before)


def _is_of_codes(line: Line) -> bool:
    return bool(line_to_codes(line.text)) and line_to_label(line.text) is None


def _names_ksbs(line: Line) -> bool:
    return bool(line_to_codes(line.text)) or line_to_label(line.text) is not None


def _lists_to_rows(lists: Sequence[MethodList], section: str) -> Rows:
    """Parse lists of KSBs below names of methods."""
    occurrences: list[Occurrence] = []
    methods: list[StatementMethod] = []
    markers: list[int] = []
    for name, lines in lists:
        of_codes = [line for line in lines if _is_of_codes(line)]
        markers += [line.number for line in lines if text_to_title_key(line.text) in KIND_HEADINGS]
        for item in lines_to_labelled([line for line in lines if not _is_of_codes(line)]):
            passage = item.passage
            row = Occurrence(item.code, section, passage.text, passage.first_line, passage.last_line)
            occurrences.append(row)
            methods.append(
                StatementMethod(item.code, name.text.rstrip(":"), "", row.first_line, row.last_line)
            )
        methods += [
            StatementMethod(code, name.text.rstrip(":"), "", line.number, line.last)
            for line in of_codes
            for code in line_to_codes(line.text)
        ]
    named = tuple(MethodName(row.name.text.rstrip(":"), 0, row.name.number) for row in lists)
    return Rows(
        occurrences=tuple(occurrences),
        statement_methods=tuple(methods),
        method_names=named,
        markers=tuple(markers),
    )


def codes_below_methods(lines: Sequence[Line]) -> Rows:
    """Parse lines such as “KSBs assessed: K1, S2” right below the name of a method.

    Examples
    --------
    >>> rows = codes_below_methods([Line(4, "Interview"), Line(5, "KSBs assessed: K1, S2")])
    >>> [(row.code, row.method) for row in rows.statement_methods]
    [('K1', 'Interview'), ('S2', 'Interview')]
    """
    pairs = [
        (name, line)
        for name, line in pairwise(lines)
        if _is_name(name) and _KSBS_OF_METHOD.match(line.text) and line_to_codes(line.text)
    ]
    return Rows(
        statement_methods=tuple(
            StatementMethod(code, name.text.rstrip(":"), "", line.number, line.last)
            for name, line in pairs
            for code in line_to_codes(line.text)
        ),
        method_names=tuple(MethodName(name.text.rstrip(":"), 0, name.number) for name, _ in pairs),
        markers=tuple(line.number for _, line in pairs),
    )


def method_block_to_rows(block: Block) -> Rows | None:
    """Parse a mapping of KSBs to methods in which a method comes first, and its KSBs are below its name.

    Return None if it is not of this form. If nothing tells where the KSBs of a method end, they have no
    method, and an error says so.
    """
    lines = lines_to_cells(block.lines)
    if any(is_method_column(line.text) for line in lines) or not _begins_with_method(lines):
        return None
    lists = lines_to_method_lists(lines)
    markers = (block.heading.number,) if block.heading else ()
    if not lists:
        return _without_methods(block, lines, markers)
    above = lines[: lines.index(lists[0].name)]
    prose = Rows(sections=block_to_section(block._replace(heading=None), above), markers=markers)
    return join_rows([prose, _lists_to_rows(lists, block.title)])


def _without_methods(block: Block, body: Sequence[Line], markers: Sequence[int]) -> Rows:
    """Return the KSBs of a block in which nothing tells where the list of a method ends, and an error."""
    occurrences = tuple(
        Occurrence(row.code, block.title, row.passage.text, row.passage.first_line, row.passage.last_line)
        for row in lines_to_labelled(body)
    )
    message = (
        "names of assessment methods are above KSBs, and other lines between them can be names too: no "
        "method of a KSB is read. Put the method beside each KSB in a table, or write “Assessment method 1: "
        "...” above each list"
    )
    number = block.heading.number if block.heading else body[0].number
    finding = Finding("not-in-a-table", number, "error", message)
    return Rows(occurrences=occurrences, markers=tuple(markers), findings=(finding,))
