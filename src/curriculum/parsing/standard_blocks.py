"""Parse the blocks of an occupational standard: duties, KSBs, employers, version log."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model.codes import line_to_codes
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import CORE
from curriculum.parsing.duty_codes import DutyCodes, pair_codes
from curriculum.parsing.duty_options import text_to_option, text_to_option_heading
from curriculum.parsing.headings import Block, Role
from curriculum.parsing.kind_words import is_group_heading
from curriculum.parsing.labelled import (
    KIND_HEADINGS,
    DutyOccurrence,
    lines_to_duty_occurrences,
    lines_to_labelled,
)
from curriculum.parsing.lines import Line, lines_to_cells
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import Detail, Duty, Occurrence, Rows, VersionLogEntry

__all__ = [
    "duties_to_rows",
    "employers_to_rows",
    "ksbs_to_rows",
    "licence_to_rows",
    "version_log_to_rows",
]

EMPLOYERS = "employers"
LICENCE = "licence"
_LOG_ROW = re.compile(
    r"(?P<version>\d+\.\d+) (?P<detail>\S.*?) "
    r"(?P<dates>(?:\d{1,2}/\d{1,2}/\d{4}|Not set)(?: (?:\d{1,2}/\d{1,2}/\d{4}|Not set)){2})"
)
_LOG_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|Not set")
_LOG_HEADER = re.compile(
    r"version change detail|(?:version|change detail|(?:earliest|latest) (?:start|end) date)$"
)
_LOG_CELLS = 5
_OPTION_DUTIES = re.compile(r"(?P<option>\S.*\S) duties", re.IGNORECASE)
_SHORT_DUTY = re.compile(r"^(?:[•*–-]\s+)?[*_]{0,3}D([1-9]\d?)[*_]{0,3}\s?[:.)–-][*_]{0,3}\s+(?=\S)")


def _markers(block: Block, lines: Sequence[Line] = ()) -> tuple[int, ...]:
    header = (block.heading.number,) if block.heading else ()
    return (*header, *(number for line in lines for number in line.numbers))


def duties_to_rows(block: Block) -> Rows:
    """Parse duties, with the codes of their KSBs below or after each, if there are any.

    Below a heading of core duties, and until a heading names an option, duties are core. In a plain list,
    the option is the one in brackets.
    """
    duties: list[Duty] = []
    listed: list[tuple[DutyOccurrence, list[Line]]] = []
    above: list[Line] = []
    headers: list[int] = []
    title = text_to_title_key(block.title)
    option = CORE if block.role is Role.DUTY_KSBS and "option" not in title else ""
    lines = tuple(map(_with_duty, _without_headers(block.lines, headers)))
    for item in lines_to_duty_occurrences(lines):
        if isinstance(item, DutyOccurrence):
            passage = item.passage
            duties.append(
                Duty(item.code, item.option or option, passage.text, passage.first_line, passage.last_line)
            )
            listed.append((item, []))
            continue
        heading = _OPTION_DUTIES.fullmatch(item.text)
        named = text_to_option_heading(item.text) or (heading["option"] if heading else "")
        if line_to_codes(item.text):
            if not listed and item.row <= 0:
                above.append(item)
            elif listed and listed[-1][0].can_own(item):
                listed[-1][1].append(item)
        elif named:
            option = text_to_option(named)
            headers.append(item.number)
    codes = [
        DutyCodes(d.code, d.passage.last_line, d.passage.text, d.codes, tuple(lines)) for d, lines in listed
    ]
    pairs, findings = pair_codes(above, codes)
    markers = (*_markers(block), *headers)
    return Rows(duties=tuple(duties), duty_ksbs=pairs, markers=markers, findings=findings)


def _with_duty(line: Line) -> Line:
    """Return a line that begins with “D1:” as the line of the duty; below a heading of duties it is one.

    Examples
    --------
    >>> _with_duty(Line(5, "D1: Bake bread")).text
    'Duty 1: Bake bread'
    """
    return line._replace(text=_SHORT_DUTY.sub(r"Duty \1: ", line.text))


def _without_headers(lines: Sequence[Line], headers: list[int]) -> tuple[Line, ...]:
    """Return the cells of a table of duties, and add the numbers of its header lines to ``headers``."""
    body = []
    for line in lines:
        cells = {text_to_title_key(cell) for cell in line.cells or (line.text,)}
        if cells <= {"duty ksbs", "duty", "duties", *KIND_HEADINGS} or {"duty", "ksbs"} <= cells:
            headers.extend(line.numbers)
        else:
            body.append(line)
    return lines_to_cells(body)


def ksbs_to_rows(block: Block) -> Rows:
    """Parse the labelled KSBs."""
    lines = lines_to_cells(block.lines)
    headers = [
        line for line in lines if text_to_title_key(line.text) in KIND_HEADINGS or is_group_heading(line.text)
    ]
    occurrences = tuple(
        Occurrence(item.code, block.title, item.passage.text, item.passage.first_line, item.passage.last_line)
        for item in lines_to_labelled(lines)
    )
    return Rows(occurrences=occurrences, markers=_markers(block, headers))


def employers_to_rows(block: Block) -> Rows:
    """Parse the employers, split at the commas of the line that names them."""
    lines = tuple(line for line in ((block.heading,) if block.heading else ()) if line) + block.lines
    name, _, first = lines[0].text.partition(":")
    details = [
        Detail(EMPLOYERS, name, employer.strip(), line.number, line.number)
        for line, text in [(lines[0], first), *((line, line.text) for line in lines[1:])]
        for employer in text.split(",")
        if employer.strip()
    ]
    return Rows(details=tuple(details), markers=_markers(block))


def _iso_or_printed(text: str) -> str:
    return text_to_iso_date(text) or text


def version_log_to_rows(block: Block) -> Rows:
    """Parse the version log: version, change, and the three dates of each row.

    A row is one line; in some saved web pages, a line for each of its cells.
    """
    entries: list[VersionLogEntry] = []
    headers: list[Line] = []
    at = 0
    while at < len(block.lines):
        rows = (block.lines[at : at + size] for size in (1, _LOG_CELLS))
        row = next(filter(_line_to_log, rows), block.lines[at : at + 1])
        found = _line_to_log(row)
        if found:
            earliest, latest, end = map(_iso_or_printed, _LOG_DATE.findall(found["dates"]))
            first, last = row[0].number, row[-1].last
            entry = VersionLogEntry(found["version"], found["detail"], earliest, latest, end, first, last)
            entries.append(entry)
        elif _LOG_HEADER.match(text_to_title_key(row[0].text)):
            headers += row
        at += len(row)
    return Rows(version_log=tuple(entries), markers=_markers(block, headers))


def _line_to_log(row: Sequence[Line]) -> re.Match[str] | None:
    return _LOG_ROW.fullmatch(" ".join(line.text for line in row))


def licence_to_rows(block: Block) -> Rows:
    """Parse the line that states copyright and licence."""
    heading = block.heading
    details = (
        (Detail(LICENCE, "Crown copyright", heading.text, heading.number, heading.number),) if heading else ()
    )
    return Rows(details=details, sections=block_to_section(block._replace(heading=None)))
