"""The grammar of an occupational standard: key information, duties with their KSBs, the KSBs, the log."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.codes import line_to_codes
from curriculum.dates import text_to_iso_date
from curriculum.parsing.headings import Block
from curriculum.parsing.ksb_listing import KIND_HEADINGS
from curriculum.parsing.labelled import line_to_duty, lines_to_labelled, text_to_option
from curriculum.parsing.lines import Line
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import (
    Detail,
    Duty,
    DutyKsb,
    Facts,
    Occurrence,
    Rows,
    VersionLogEntry,
)
from curriculum.text import text_to_title_key
from curriculum.vocabulary import CORE

__all__ = [
    "duty_ksbs_to_rows",
    "duty_list_to_rows",
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


def duty_list_to_rows(block: Block) -> Rows:
    """Read the plain list of duties, each with the option in brackets if it has one."""
    duties = tuple(
        Duty(duty.code, duty.option, duty.text, line.number, line.number)
        for line in block.lines
        for duty in (line_to_duty(line),)
        if duty
    )
    return Rows(duties=duties, markers=_heads(block))


def duty_ksbs_to_rows(block: Block) -> Rows:
    """Read duties with the codes of their KSBs below each.

    Under a heading that says "Core", and until a heading names an option, duties are core.
    """
    duties: list[Duty] = []
    pairs: list[DutyKsb] = []
    heads: list[Line] = []
    option = CORE if "option" not in text_to_title_key(block.title) else ""
    for line in block.lines:
        duty, codes = line_to_duty(line), line_to_codes(line.text)
        heading = _OPTION_DUTIES.fullmatch(line.text)
        if duty:
            duties.append(Duty(duty.code, duty.option or option, duty.text, line.number, line.number))
        elif codes and duties:
            pairs += [DutyKsb(duties[-1].code, code, line.number, line.number) for code in codes]
        elif heading:
            option = text_to_option(heading["option"])
            heads.append(line)
        elif text_to_title_key(line.text) in {"duty ksbs", "duty", "ksbs"}:
            heads.append(line)
    return Rows(duties=tuple(duties), duty_ksbs=tuple(pairs), markers=_heads(block, heads))


def ksbs_to_rows(block: Block) -> Rows:
    """Read the labelled KSBs."""
    heads = [line for line in block.lines if text_to_title_key(line.text) in KIND_HEADINGS]
    occurrences = tuple(
        Occurrence(item.code, block.title, item.passage.text, item.passage.first_line, item.passage.last_line)
        for item in lines_to_labelled(block.lines)
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
    """Read the version log: version, change, and the three dates of each row."""
    entries = []
    heads = []
    for line in block.lines:
        found = _LOG_ROW.fullmatch(line.text)
        if found:
            earliest, latest, end = map(_iso_or_printed, _LOG_DATE.findall(found["dates"]))
            entries.append(
                VersionLogEntry(
                    found["version"], found["detail"], earliest, latest, end, line.number, line.number
                )
            )
        elif text_to_title_key(line.text).startswith("version change detail"):
            heads.append(line)
    return Rows(version_log=tuple(entries), markers=_heads(block, heads))


def licence_to_rows(block: Block) -> Rows:
    """Read the line that states copyright and licence."""
    heading = block.heading
    details = (
        (Detail(LICENCE, "Crown copyright", heading.text, heading.number, heading.number),) if heading else ()
    )
    return Rows(details=details, sections=block_to_section(block._replace(heading=None)))


def standard_to_facts(lines: Sequence[Line], rows: Rows) -> Facts:
    """Give what a standard prints of itself: key information, and the title beside its reference."""
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
