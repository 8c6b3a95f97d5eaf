"""Parse prose: sections by heading, and lists in it (gateway requirements, job titles)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from curriculum.parsing.headings import Block, is_prose_heading
from curriculum.parsing.lines import Line, is_list_item, without_bullet
from curriculum.parsing.rows import Detail, Rows, Section

__all__ = [
    "GATEWAY",
    "JOB_TITLES",
    "block_to_section",
    "gateway_to_rows",
    "job_titles_to_rows",
    "prose_to_rows",
]

GATEWAY = "gateway"
JOB_TITLES = "job titles"
_REQUIREMENT_LEAD = re.compile(r"(?=.*\b(?:must|requirements?)\b).*:")
# A new title starts where a capital follows a lower-case word.
_NEXT_TITLE = re.compile(r"(?<=[a-z]) (?=[A-Z])")


def block_to_section(block: Block, lines: Sequence[Line] | None = None) -> tuple[Section, ...]:
    """Return the prose of a block as one section; none if the block is empty."""
    below = block.lines if lines is None else tuple(lines)
    every = (*((block.heading,) if block.heading else ()), *below)
    if not every:
        return ()
    text = "\n".join(line.text for line in below)
    return (Section(block.title, block.under, text, every[0].number, every[-1].last),)


def prose_to_rows(block: Block) -> Rows:
    """Parse a block of prose."""
    return Rows(sections=block_to_section(block))


def _requirements(lines: Sequence[Line]) -> Iterator[Detail]:
    in_list = False
    lead = ""
    for line in lines:
        if not is_list_item(line):
            in_list, lead = _REQUIREMENT_LEAD.fullmatch(line.text) is not None, line.text
        elif in_list:
            yield Detail(GATEWAY, lead, without_bullet(line.text), line.number, line.number)


def gateway_to_rows(block: Block) -> Rows:
    """Parse a gateway section: its prose, and each requirement that it lists.

    A requirement is a list item below a line that ends in a colon and says "must" or
    "requirements".
    """
    return Rows(sections=block_to_section(block), details=tuple(_requirements(block.lines)))


def line_to_job_titles(text: str, is_of_several: bool = False) -> tuple[tuple[str, ...], bool]:
    """Split a line of job titles at its commas; without commas, at the capitals, if it is the only line.

    Returns
    -------
    tuple
        The titles, and whether it is inferred where they are split.

    Examples
    --------
    >>> line_to_job_titles("Audio coordinator Booking coordinator Junior booking producer")
    (('Audio coordinator', 'Booking coordinator', 'Junior booking producer'), True)
    """
    is_separated = re.search(r"[,;]", text) is not None
    if is_of_several and not is_separated:
        return (text.strip(),), False
    parts = re.split(r"[,;]\s*", text) if is_separated else _NEXT_TITLE.split(text)
    titles = tuple(part.strip() for part in parts if part.strip())
    return titles, not is_separated and len(titles) > 1


def job_titles_to_rows(block: Block) -> Rows:
    """Parse the line or the list of typical job titles."""
    items = [line for line in block.lines if is_list_item(line)] or [
        *block.lines[:1],
        *takewhile(is_prose_heading, block.lines[1:]),
    ]
    details = tuple(
        Detail(JOB_TITLES, block.title.rstrip(":"), title, line.number, line.number, is_inferred)
        for line in items
        for titles, is_inferred in (line_to_job_titles(without_bullet(line.text), len(items) > 1),)
        for title in titles
    )
    return Rows(sections=block_to_section(block), details=details)
