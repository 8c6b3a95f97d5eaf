"""Parse key information: names with their values, in a list, in a table, or in boxes beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from curriculum.model.dates import text_to_iso_date
from curriculum.model.standard_numbers import is_standard_number
from curriculum.model.text import text_to_title_key
from curriculum.parsing.entries import line_to_entries
from curriculum.parsing.fact_names import is_fact_name
from curriculum.parsing.headings import Block, Role
from curriculum.parsing.lines import Line
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import Detail, Facts, Rows

__all__ = ["key_information_to_rows", "standard_to_facts", "unheaded_facts_to_rows"]

KEY_INFORMATION = "key information"
_LEVEL = re.compile(r"level\s+(?=\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?P<reference>[A-Z]{2}\d{4}), (?P<title>.+) level \d")
# Beside a reference, one of these says that the pairs are those of a standard.
_OF_STANDARD = frozenset(("version", "level", "status", "route"))


def key_information_to_rows(block: Block) -> Rows:
    """Parse the list of key information, and the prose below it."""
    details, taken = _lines_to_details(block.lines, 0)
    prose = block_to_section(block._replace(heading=None), block.lines[taken:])
    header = (block.heading.number,) if block.heading else ()
    return Rows(details=details, sections=prose, markers=header)


def unheaded_facts_to_rows(blocks: Sequence[Block]) -> Rows:
    """Return the key information of a text that prints it below no such heading.

    These are the pairs around the reference in the first block of prose that has one, and a level or version.
    """
    if any(block.role is Role.KEY_INFORMATION for block in blocks):
        return Rows()
    for block in blocks:
        at = 0
        while block.role is Role.PROSE and at < len(block.lines):
            details, end = _lines_to_details(block.lines, at)
            if _are_of_standard(details):
                return Rows(details=details)
            at = max(end, at + 1)
    return Rows()


def _are_of_standard(details: Sequence[Detail]) -> bool:
    """Return whether pairs have a reference, which looks like that of a standard or is beside a level."""
    values = {text_to_title_key(row.name): row.value for row in details}
    is_reference = is_standard_number(values.get("reference", ""))
    return is_reference or ("reference" in values and bool(values.keys() & _OF_STANDARD))


def _lines_to_details(lines: Sequence[Line], start: int) -> tuple[tuple[Detail, ...], int]:
    """Return the pairs that lines begin with from a place on, and the place behind the last of them."""
    details: list[Detail] = []
    at = start
    while at < len(lines):
        line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        entries = line_to_entries(line)
        if after and _is_name(line, entries) and not line_to_entries(after) and not _is_name(after, ()):
            name = entries[0][0] if entries else line.text
            details.append(Detail(KEY_INFORMATION, name, after.text, line.number, after.last))
            at += 2
        elif entries:
            details += [Detail(KEY_INFORMATION, *entry, line.number, line.last) for entry in entries]
            at += 1
        else:
            break
    return tuple(details), at


def _is_name(line: Line, entries: Sequence[tuple[str, str]]) -> bool:
    """Return whether a line is the name of a fact alone, with its value on the next line."""
    has_value = any(value for _, value in entries)
    name = entries[0][0] if entries else line.text
    return not has_value and is_fact_name(name)


def standard_to_facts(lines: Sequence[Line], rows: Rows) -> Facts:
    """Return the facts of a standard: its key information, and the title beside its reference and level."""
    values = {
        text_to_title_key(row.name): row.value for row in rows.details if row.section == KEY_INFORMATION
    }
    titles = [found["title"] for line in lines if (found := _TITLE.fullmatch(line.text))]
    return Facts(
        title=titles[0] if titles else "",
        reference=_value(values, "reference", "reference number", "standard reference", "reference code"),
        version=_value(values, "version", "version number", "standard version"),
        level=_LEVEL.sub("", values.get("level", "")),
        status=values.get("status", ""),
        approved_date=text_to_iso_date(values.get("approved for delivery", "")),
        updated_date=text_to_iso_date(values.get("date updated", "")),
    )


def _value(values: Mapping[str, str], *names: str) -> str:
    """Return the value of the first of these names that has one."""
    return next((values[name] for name in names if values.get(name)), "")
