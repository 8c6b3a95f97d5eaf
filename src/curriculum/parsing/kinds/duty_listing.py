"""A duty listing: duties in order, each followed by its labelled KSBs in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import CORE
from curriculum.parsing.document_kind import (
    KSB_FAMILIES,
    DocumentKind,
    DocumentText,
    RequiredSection,
    recognised_by,
)
from curriculum.parsing.headings import Role, heading_to_role, lines_to_blocks
from curriculum.parsing.labelled import (
    KIND_HEADINGS,
    DutyOccurrence,
    front_to_title,
    lines_to_duty_occurrences,
    lines_to_labelled,
)
from curriculum.parsing.lines import Line, lines_to_cells, lines_with_next
from curriculum.parsing.prose import job_titles_to_rows, prose_to_rows
from curriculum.parsing.rows import Duty, DutyKsb, Facts, Occurrence, Rows, join_rows
from curriculum.parsing.signs import DUTY_LINES, LABELLED_KSBS

__all__ = ["KIND"]

_OPTION = re.compile(r"Option (?:\d+|[A-Z])\s*[:–-]\s*(?P<title>\S.*)", re.IGNORECASE)
_OPTION_PART = re.compile(r"(?:knowledge skills and behaviours )?(?:for )?options?(?: specialisms?| duties)?")


class _Group(NamedTuple):
    """A duty, its option, and the lines below it."""

    duty: DutyOccurrence
    option: str
    below: list[Line]


def _opens_duty(line: Line, after: Line | None) -> bool:
    return isinstance(lines_to_duty_occurrences([line, *([after] if after else [])])[0], DutyOccurrence)


def _split_front(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    pairs = enumerate(lines_with_next(lines))
    first = next((at for at, (line, after) in pairs if _opens_duty(line, after)), len(lines))
    while first and _OPTION.fullmatch(lines[first - 1].text):
        first -= 1
    return tuple(lines[:first]), tuple(lines[first:])


def _body_to_groups(body: Sequence[Line]) -> tuple[tuple[_Group, ...], tuple[int, ...]]:
    """Return the duties with the lines below each, and the lines that are headings between them."""
    groups: list[_Group] = []
    headings: list[int] = []
    option = CORE
    for item in lines_to_duty_occurrences(body):
        if isinstance(item, DutyOccurrence):
            groups.append(_Group(item, item.option or option, []))
            continue
        heading = _OPTION.fullmatch(item.text)
        if heading:
            option = heading["title"]
            headings.append(item.number)
        elif _OPTION_PART.fullmatch(text_to_title_key(item.text)) or _is_kind(item):
            headings.append(item.number)
        elif groups:
            groups[-1].below.append(item)
    return tuple(groups), tuple(headings)


def _is_kind(line: Line) -> bool:
    return text_to_title_key(line.text) in KIND_HEADINGS


def _group_to_rows(group: _Group) -> Rows:
    code, passage = group.duty.code, group.duty.passage
    labelled = lines_to_labelled(group.below)
    listed = [(line, line_to_codes(line.text)) for line in group.below]
    used = {item.passage.first_line for item in labelled}
    return Rows(
        duties=(Duty(code, group.option, passage.text, passage.first_line, passage.last_line),),
        duty_ksbs=(
            *(DutyKsb(code, ksb, passage.last_line, passage.last_line) for ksb in group.duty.codes),
            *(DutyKsb(code, item.code, item.passage.first_line, item.passage.last_line) for item in labelled),
            *(
                DutyKsb(code, ksb, line.number, line.number)
                for line, codes in listed
                if line.number not in used
                for ksb in codes
            ),
        ),
        occurrences=tuple(
            Occurrence(
                item.code,
                f"Duty {code[1:]}",
                item.passage.text,
                item.passage.first_line,
                item.passage.last_line,
            )
            for item in labelled
        ),
    )


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse a duty listing.

    Returns
    -------
    Rows
        Duties in the order printed, with the option above them (`core` before the first option); a
        duty-KSB pair and an occurrence for each labelled line below a duty; the prose before the first
        duty. A line among the duties that cannot be placed is in no row.
    """
    front, body = _split_front(lines_to_cells(text.lines))
    groups, headings = _body_to_groups(body)
    prose = [
        job_titles_to_rows(block) if block.role is Role.JOB_TITLES else prose_to_rows(block)
        for block in lines_to_blocks(front)
        if block.role is not Role.DUTY_LIST
    ]
    above = tuple(line.number for line in front if heading_to_role(line.text) is Role.DUTY_LIST)
    return join_rows([*prose, *map(_group_to_rows, groups), Rows(markers=(*above, *headings))])


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title of a duty listing, which is above its first known heading."""
    del rows
    front, _ = _split_front(lines_to_cells(text.lines))
    first = next((i for i, line in enumerate(front) if heading_to_role(line.text)), len(front))
    return Facts(title=front_to_title(front[:first]))


KIND: Final = DocumentKind(
    name="duty listing",
    description="duties",
    recognise=recognised_by((DUTY_LINES,), (LABELLED_KSBS,)),
    parse=_text_to_rows,
    facts=_text_to_facts,
    required_sections=(RequiredSection("KSBs below the duties", lambda _, rows: bool(rows.duty_ksbs)),),
    code_families=KSB_FAMILIES,
)
