"""Parse the blocks of an occupational standard: key information, duties, KSBs, employers, version log."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model.codes import line_to_codes
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import CORE
from curriculum.parsing.headings import Block, Role
from curriculum.parsing.labelled import (
    KIND_HEADINGS,
    DutyOccurrence,
    lines_to_duty_occurrences,
    lines_to_labelled,
    text_to_option,
)
from curriculum.parsing.lines import Line, lines_to_cells
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import Detail, Duty, DutyKsb, Facts, Occurrence, Rows, VersionLogEntry

__all__ = [
    "duties_to_rows",
    "employers_to_rows",
    "key_information_to_rows",
    "ksbs_to_rows",
    "licence_to_rows",
    "standard_to_facts",
    "version_log_to_rows",
]

KEY_INFORMATION = "key information"
EMPLOYERS = "employers"
LICENCE = "licence"
_ENTRY = re.compile(r"(?:\d{1,2}[.)]\s+)?(?P<name>[A-Z][^:]{0,60}):(?:\s+(?P<value>.*))?")
_LOG_ROW = re.compile(
    r"(?P<version>\d+\.\d+) (?P<detail>\S.*?) "
    r"(?P<dates>(?:\d{1,2}/\d{1,2}/\d{4}|Not set)(?: (?:\d{1,2}/\d{1,2}/\d{4}|Not set)){2})"
)
_LOG_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|Not set")
_LOG_HEAD = re.compile(
    r"version change detail|(?:version|change detail|(?:earliest|latest) (?:start|end) date)$"
)
_LOG_CELLS = 5
_OPTION_DUTIES = re.compile(r"(?P<option>\S.*\S) duties", re.IGNORECASE)
_TITLE = re.compile(r"(?P<reference>[A-Z]{2}\d{4}), (?P<title>.+) level \d")


def key_information_to_rows(block: Block) -> Rows:
    """Read the list of key information, and the prose below it."""
    entries = []
    rest = list(block.lines)
    while rest and (found := _ENTRY.fullmatch(rest[0].text)):
        line = rest.pop(0)
        entries.append(Detail(KEY_INFORMATION, found["name"], found["value"] or "", line.number, line.number))
    prose = block_to_section(block._replace(heading=None), rest)
    head = (block.heading.number,) if block.heading else ()
    return Rows(details=tuple(entries), sections=prose, markers=head)


def _heads(block: Block, lines: Sequence[Line] = ()) -> tuple[int, ...]:
    head = (block.heading.number,) if block.heading else ()
    return (*head, *(line.number for line in lines))


def duties_to_rows(block: Block) -> Rows:
    """Read duties, with the codes of their KSBs below or behind each if they are there.

    Under a heading of core duties, and until a heading names an option, duties are core. In a plain
    list only the option in brackets tells.
    """
    duties: list[Duty] = []
    pairs: list[DutyKsb] = []
    heads: list[int] = []
    title = text_to_title_key(block.title)
    option = CORE if block.role is Role.DUTY_KSBS and "option" not in title else ""
    for one in lines_to_duty_occurrences(_without_heads(block.lines, heads)):
        if isinstance(one, DutyOccurrence):
            last = one.passage.last_line
            duties.append(
                Duty(one.code, one.option or option, one.passage.text, one.passage.first_line, last)
            )
            pairs += [DutyKsb(one.code, code, last, last) for code in one.codes]
            continue
        codes, heading = line_to_codes(one.text), _OPTION_DUTIES.fullmatch(one.text)
        if codes and duties:
            pairs += [DutyKsb(duties[-1].code, code, one.number, one.number) for code in codes]
        elif heading:
            option = text_to_option(heading["option"])
            heads.append(one.number)
    return Rows(duties=tuple(duties), duty_ksbs=tuple(pairs), markers=(*_heads(block), *heads))


def _without_heads(lines: Sequence[Line], heads: list[int]) -> tuple[Line, ...]:
    """Return the cells of a table of duties, and note the lines that are its head."""
    body = []
    for line in lines:
        cells = {text_to_title_key(cell) for cell in line.cells or (line.text,)}
        if cells <= {"duty ksbs", "duty", "duties", "ksbs"} or {"duty", "ksbs"} <= cells:
            heads.append(line.number)
        else:
            body.append(line)
    return lines_to_cells(body)


def ksbs_to_rows(block: Block) -> Rows:
    """Read the labelled KSBs."""
    lines = lines_to_cells(block.lines)
    heads = [line for line in lines if text_to_title_key(line.text) in KIND_HEADINGS]
    occurrences = tuple(
        Occurrence(item.code, block.title, item.passage.text, item.passage.first_line, item.passage.last_line)
        for item in lines_to_labelled(lines)
    )
    return Rows(occurrences=occurrences, markers=_heads(block, heads))


def employers_to_rows(block: Block) -> Rows:
    """Read the employers, parted at the commas of the line that names them."""
    lines = tuple(line for line in ((block.heading,) if block.heading else ()) if line) + block.lines
    name, _, first = lines[0].text.partition(":")
    details = [
        Detail(EMPLOYERS, name, employer.strip(), line.number, line.number)
        for line, text in [(lines[0], first), *((line, line.text) for line in lines[1:])]
        for employer in text.split(",")
        if employer.strip()
    ]
    return Rows(details=tuple(details), markers=_heads(block))


def _iso_or_printed(text: str) -> str:
    return text_to_iso_date(text) or text


def version_log_to_rows(block: Block) -> Rows:
    """Read the version log: version, change, and the three dates of each row.

    A row is one line, or a line for each of its cells, as some web pages are saved.
    """
    entries: list[VersionLogEntry] = []
    heads: list[Line] = []
    at = 0
    while at < len(block.lines):
        rows = (block.lines[at : at + size] for size in (1, _LOG_CELLS))
        row = next(filter(_line_to_log, rows), block.lines[at : at + 1])
        found = _line_to_log(row)
        if found:
            earliest, latest, end = map(_iso_or_printed, _LOG_DATE.findall(found["dates"]))
            first, last = row[0].number, row[-1].number
            entry = VersionLogEntry(found["version"], found["detail"], earliest, latest, end, first, last)
            entries.append(entry)
        elif _LOG_HEAD.match(text_to_title_key(row[0].text)):
            heads += row
        at += len(row)
    return Rows(version_log=tuple(entries), markers=_heads(block, heads))


def _line_to_log(row: Sequence[Line]) -> re.Match[str] | None:
    return _LOG_ROW.fullmatch(" ".join(line.text for line in row))


def licence_to_rows(block: Block) -> Rows:
    """Read the line that states copyright and licence."""
    heading = block.heading
    details = (
        (Detail(LICENCE, "Crown copyright", heading.text, heading.number, heading.number),) if heading else ()
    )
    return Rows(details=details, sections=block_to_section(block._replace(heading=None)))


def standard_to_facts(lines: Sequence[Line], rows: Rows) -> Facts:
    """Return what a standard prints of itself: key information, and the title beside its reference."""
    values = {
        text_to_title_key(row.name): row.value for row in rows.details if row.section == KEY_INFORMATION
    }
    titles = [found["title"] for line in lines if (found := _TITLE.fullmatch(line.text))]
    return Facts(
        title=titles[0] if titles else "",
        reference=values.get("reference", ""),
        version=values.get("version", ""),
        level=values.get("level", ""),
        status=values.get("status", ""),
        approved_date=text_to_iso_date(values.get("approved for delivery", "")),
        updated_date=text_to_iso_date(values.get("date updated", "")),
    )
