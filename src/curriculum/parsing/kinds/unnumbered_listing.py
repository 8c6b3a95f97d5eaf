"""A KSB listing without codes: lists of items below the headings Knowledge, Skills and Behaviours.

Standards of 2015 print their KSBs like this. The items are numbered by their order, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from curriculum.model.text import text_to_title_key
from curriculum.parsing.document_kind import KSB_FAMILIES, DocumentKind, DocumentText
from curriculum.parsing.lines import Line, lines_to_cells
from curriculum.parsing.rows import Facts, Finding, PartStart, Rows, Section
from curriculum.parsing.several_standards import line_to_reference, zone_to_title_line
from curriculum.parsing.title_lines import front_to_title
from curriculum.parsing.unnumbered_items import (
    UnnumberedList,
    lists_to_details,
    lists_to_findings,
    lists_to_occurrences,
    number_findings,
)
from curriculum.parsing.unnumbered_lists import lines_to_lists

__all__ = ["KIND"]

_SECTION = "KSBs"
# Headings that are above those of the lists.
_NO_TITLES = frozenset(
    (
        *("requirements", "what is required", "knowledge skills and behaviours", "ksbs", "competencies"),
        *("knowledge and skills", "skills and knowledge", "content", "standard", "apprenticeship standard"),
        *("occupational profile", "role profile", "the requirements", "core", "details of standard"),
    )
)
# One heading and one list can be in any text.
_LEAST_LISTS = 2


def _recognise(text: DocumentText) -> str:
    """Return the evidence: at least two of the headings, each above a list."""
    lists = lines_to_lists(text.lines)
    if len({found.letters for found in lists}) < _LEAST_LISTS:
        return ""
    return "lists below the headings of kinds (lines " + ", ".join(str(row.heading) for row in lists) + ")"


def _again(lists: Sequence[UnnumberedList]) -> Iterator[tuple[UnnumberedList, UnnumberedList]]:
    """Yield each list whose heading was printed before, and the list above it, which has another heading."""
    names: set[str] = set()
    for above, found in pairwise(lists):
        names.add(above.name)
        if found.name in names and found.name != above.name:
            yield above, found
            names = set()


def _text_to_starts(text: DocumentText) -> tuple[PartStart, ...]:
    """Return where a second standard begins: with its title in Markdown, or its reference, above a list."""
    lines, texts = lines_to_cells(text.lines), text.document.lines
    starts = []
    for above, found in _again(lines_to_lists(text.lines)):
        zone = [line for line in lines if above.items[-1].last_line < line.number < found.heading]
        title = zone_to_title_line(zone, texts)
        is_marked = any(line.number == title and line.level == 1 for line in zone)
        if title and (
            is_marked
            or texts[title - 1].startswith("# ")
            or any(line_to_reference(line.text) for line in zone)
        ):
            starts.append(PartStart(title, found.heading))
    return tuple(starts)


def _again_findings(lists: Sequence[UnnumberedList]) -> Iterator[Finding]:
    """Yield an error for a list whose heading was printed before: another standard may begin there."""
    for _, found in _again(lists):
        message = (
            f"the heading “{found.name.capitalize()}” is printed before: the items below it are numbered on. "
            "If another standard begins here, save each as a separate file"
        )
        yield Finding("numbers-lost", found.heading, "error", message)


def _front(text: DocumentText) -> tuple[Line, ...]:
    lines = lines_to_cells(text.lines)
    headings = {found.heading for found in lines_to_lists(text.lines)}
    first = next((at for at, line in enumerate(lines) if line.number in headings), len(lines))
    return lines[:first]


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse a listing: an occurrence for each item, with a code by its order; the lines before are prose."""
    lists, front = lines_to_lists(text.lines), _front(text)
    if not lists:
        return Rows()
    occurrences = tuple(lists_to_occurrences(lists, _SECTION))
    prose = "\n".join(line.text for line in front)
    details = lists_to_details(lists, occurrences)
    return Rows(
        details=details,
        sections=(Section("", "", prose, front[0].number, front[-1].number),) if front else (),
        occurrences=occurrences,
        markers=tuple(number for found in lists for number in (found.heading, *found.markers)),
        findings=(
            *number_findings(lists, occurrences),
            *_again_findings(lists),
            *lists_to_findings(lists, details),
        ),
    )


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title of a listing."""
    del rows
    kept = [line for line in _front(text) if not line.row and text_to_title_key(line.text) not in _NO_TITLES]
    return Facts(title=front_to_title(kept))


KIND: Final = DocumentKind(
    name="KSB listing without codes",
    description="lists below Knowledge, Skills and Behaviours",
    recognise=_recognise,
    parse=_text_to_rows,
    facts=_text_to_facts,
    code_families=KSB_FAMILIES,
    starts=_text_to_starts,
)
