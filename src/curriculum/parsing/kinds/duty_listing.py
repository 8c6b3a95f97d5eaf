"""A duty listing: duties in order, each followed by its labelled KSBs in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import CORE
from curriculum.parsing.behind_duties import lines_to_behind
from curriculum.parsing.document_kind import (
    KSB_FAMILIES,
    DocumentKind,
    DocumentText,
    RequiredSection,
    recognised_by,
)
from curriculum.parsing.duty_codes import DutyCodes, pair_codes
from curriculum.parsing.duty_options import text_to_option_heading
from curriculum.parsing.headings import Role, heading_to_role, lines_to_blocks
from curriculum.parsing.labelled import (
    KIND_HEADINGS,
    DutyOccurrence,
    explicit_codes,
    lines_to_duty_occurrences,
    lines_to_labelled,
)
from curriculum.parsing.lines import Line, lines_to_cells, lines_with_next
from curriculum.parsing.prose import job_titles_to_rows, prose_to_rows
from curriculum.parsing.rows import Duty, DutyKsb, Facts, Finding, Occurrence, Rows, join_rows
from curriculum.parsing.signs import DUTY_LINES, LABELLED_KSBS
from curriculum.parsing.title_lines import front_to_title

__all__ = ["KIND"]

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
    while first and text_to_option_heading(lines[first - 1].text):
        first -= 1
    return tuple(lines[:first]), tuple(lines[first:])


def _body_to_groups(body: Sequence[Line]) -> tuple[tuple[_Group, ...], tuple[int, ...]]:
    """Return the duties with the lines below each, and the lines that are headings between them."""
    groups: list[_Group] = []
    headings: list[int] = []
    items = lines_to_duty_occurrences(body)
    # Without options, no duty is core: nothing in the document says so.
    has_options = any(
        bool(item.option) if isinstance(item, DutyOccurrence) else bool(text_to_option_heading(item.text))
        for item in items
    )
    option = CORE if has_options else ""
    for item in items:
        if isinstance(item, DutyOccurrence):
            groups.append(_Group(item, item.option or option, []))
            continue
        heading = text_to_option_heading(item.text)
        if heading:
            option = heading
            headings.append(item.number)
        elif _OPTION_PART.fullmatch(text_to_title_key(item.text)):
            headings.append(item.number)
        elif groups:
            if _is_kind(item):
                headings.append(item.number)
            groups[-1].below.append(item)
    return tuple(groups), tuple(headings)


def _is_kind(line: Line) -> bool:
    return text_to_title_key(line.text) in KIND_HEADINGS


def _group_to_rows(group: _Group, are_its_own: bool, known: frozenset[str]) -> Rows:
    """Return the rows of a duty; labelled KSBs below it are its own, or those of the whole document."""
    code, passage = group.duty.code, group.duty.passage
    labelled = lines_to_labelled(group.below, known)
    section = f"Duty {code[1:]}" if are_its_own else "KSBs"
    return Rows(
        duties=(Duty(code, group.option, passage.text, passage.first_line, passage.last_line),),
        duty_ksbs=tuple(
            DutyKsb(code, item.code, item.passage.first_line, item.passage.last_line)
            for item in labelled
            if are_its_own
        ),
        occurrences=tuple(
            Occurrence(item.code, section, item.passage.text, item.passage.first_line, item.passage.last_line)
            for item in labelled
        ),
    )


def _code_lines(lines: Sequence[Line], known: frozenset[str]) -> tuple[Line, ...]:
    """Return the lines of codes that label no wording below them."""
    labels = {item.passage.first_line for item in lines_to_labelled(lines, known)}
    return tuple(line for line in lines if line_to_codes(line.text) and line.number not in labels)


def _list_behind_duties(groups: Sequence[_Group], known: frozenset[str]) -> Rows | None:
    """Return the rows of a list of KSBs behind the duties; None if each KSB is below a duty of its own.

    A list behind the duties looks like the KSBs of the last duty. It is none if no other duty has KSBs in
    full below it and there are several duties, or if the duties have lists of codes.
    """
    if not groups:
        return None
    *others, last = groups
    labelled = lines_to_labelled(last.below, known)
    if not labelled or any(lines_to_labelled(group.below, known) for group in others):
        return None
    if any(group.duty.codes or _code_lines(group.below, known) for group in groups):
        return Rows()
    first = labelled[0]
    message = (
        f"no duty names a KSB: the list that begins with {first.code} is behind the last duty, and is taken "
        "for the KSBs of the whole document"
    )
    finding = Finding("no-pairs", first.passage.first_line, "warning", message)
    return Rows(findings=(finding,)) if others else None


def _without_list_behind(
    groups: tuple[_Group, ...], known: frozenset[str]
) -> tuple[tuple[_Group, ...], Rows]:
    """Return duties with KSBs in full without a list behind the last of them, and the rows of that list."""
    if not groups:
        return (), Rows()
    *others, last = groups
    found = lines_to_behind([group.below for group in others], last.below, known)
    if found is None:
        return groups, Rows()
    rows = Rows(occurrences=_lines_to_occurrences(found.behind, known), findings=(found.finding,))
    return (*others, last._replace(below=list(found.of_duty))), rows


def _groups_to_pairs(above: Sequence[Line], groups: Sequence[_Group], known: frozenset[str]) -> Rows:
    """Return the pairs of the duties with the codes listed above or below them."""
    listed = [
        DutyCodes(
            group.duty.code,
            group.duty.passage.last_line,
            group.duty.passage.text,
            group.duty.codes,
            tuple(filter(group.duty.can_own, _code_lines(group.below, known))),
        )
        for group in groups
    ]
    pairs, findings = pair_codes(above, listed)
    return Rows(duty_ksbs=pairs, findings=findings)


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
    known = explicit_codes([*front, *body])
    above = tuple(line for line in _code_lines(front, known) if line.row <= 0)
    listed = _lines_to_occurrences(front, known)
    read = {number for row in listed for number in range(row.first_line, row.last_line + 1)}
    prose = [
        job_titles_to_rows(block) if block.role is Role.JOB_TITLES else prose_to_rows(block)
        for block in lines_to_blocks(
            [line for line in front if line not in above and line.number not in read]
        )
        if block.role is not Role.DUTY_LIST
    ]
    markers = tuple(line.number for line in front if heading_to_role(line.text) is Role.DUTY_LIST)
    behind = _list_behind_duties(groups, known)
    if behind and behind.findings and text.table_rows.duty_ksbs:
        behind = Rows()  # The duties name their KSBs elsewhere.
    groups, unpaired = (groups, Rows()) if behind is not None else _without_list_behind(groups, known)
    duties = [_group_to_rows(group, behind is None, known) for group in groups]
    pairs = _groups_to_pairs(above, groups, known)
    rows = Rows(occurrences=listed, markers=(*markers, *headings))
    return join_rows([*prose, *duties, pairs, behind or Rows(), unpaired, rows])


def _lines_to_occurrences(lines: Sequence[Line], known: frozenset[str]) -> tuple[Occurrence, ...]:
    """Return the KSBs that are listed in full before the first duty, or behind the last one."""
    return tuple(
        Occurrence(item.code, "KSBs", item.passage.text, item.passage.first_line, item.passage.last_line)
        for item in lines_to_labelled(lines, known)
    )


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title of a duty listing, which is above its first known heading."""
    del rows
    front, _ = _split_front(lines_to_cells(text.lines))
    first = next((i for i, line in enumerate(front) if heading_to_role(line.text)), len(front))
    return Facts(title=front_to_title(front[:first]))


_as_listing = recognised_by((DUTY_LINES,), (LABELLED_KSBS,))


def _recognise(text: DocumentText) -> str:
    """Return the evidence that a text has duties and KSBs; the number of a duty alone is none."""
    items = lines_to_duty_occurrences(lines_to_cells(text.lines))
    return _as_listing(text) if any(isinstance(item, DutyOccurrence) for item in items) else ""


KIND: Final = DocumentKind(
    name="duty listing",
    description="duties with their KSBs",
    recognise=_recognise,
    parse=_text_to_rows,
    facts=_text_to_facts,
    required_sections=(
        RequiredSection("duties", lambda _, rows: bool(rows.duties)),
        RequiredSection("KSBs (K1: ...)", lambda _, rows: bool(rows.occurrences)),
    ),
    code_families=KSB_FAMILIES,
    usual=("duties", "pairs of a duty and a KSB"),
)
