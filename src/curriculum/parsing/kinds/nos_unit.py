"""A National Occupational Standard (NOS) unit.

It has a title, labelled lines, an overview, performance criteria ("You must be able to"), knowledge
("You need to know and understand"), and at its end labels with values beside or below them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from curriculum.model.codes import word_to_code
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_shortened, text_to_title_key
from curriculum.model.vocabulary import NOS_UNIT
from curriculum.parsing.document_kind import (
    DocumentKind,
    DocumentText,
    RequiredSection,
    numbers_to_evidence,
)
from curriculum.parsing.lines import Line, lines_to_cells
from curriculum.parsing.nos_codes import reading_to_codes
from curriculum.parsing.nos_foot import lines_to_details
from curriculum.parsing.nos_headings import has_ksb_codes, lines_to_headings
from curriculum.parsing.nos_items import Entry, Item, ListReading
from curriculum.parsing.nos_labels import TITLES
from curriculum.parsing.nos_lists import entries_to_reading
from curriculum.parsing.nos_pages import lines_to_head
from curriculum.parsing.nos_parts import UnitParts, lines_to_parts
from curriculum.parsing.nos_suites import lines_to_unit_starts
from curriculum.parsing.rows import Detail, Facts, Finding, Occurrence, Rows, Section, join_rows

__all__ = ["KIND"]

_NAMES: Final = {"P": "Performance criteria", "K": "Knowledge and understanding"}
_LETTERS: Final = {"criteria": "P", "knowledge": "K"}
_SIGNS: Final = {
    "criteria": "“You must be able to”",
    "knowledge": "“You need to know and understand”",
}
_USUAL: Final = re.compile(r"performance criteria|you must be able to|you need to know and understand")
# In these files, each line is a paragraph.
_OF_PARAGRAPHS: Final = frozenset(("html", "docx", "odt", "rtf", "pdf"))
# The value of a fact that begins like an item of a list.
_NUMBERED_TEXT: Final = re.compile(r"\d{1,3}[.)]? +[^\W\d_][^\d]{0,40}[^\W\d_].*")


def _reading_to_rows(reading: ListReading, entries: Sequence[Entry]) -> Rows:
    """Return the items of a list as occurrences, with what is doubtful about them."""
    letter = reading.letter
    named = reading_to_codes(reading)
    usual_gap = _usual_gap([entry.line for entry in entries])
    nexts: list[Item | None] = [*reading.items[1:], None]
    occurrences = tuple(
        _item_to_occurrence(code, item, after, letter, usual_gap)
        for code, item, after in zip(named.codes, reading.items, nexts, strict=False)
    )
    prose = "\n".join(line.text for line in reading.prose)
    sections = (
        (Section(_NAMES[letter], "", prose, reading.prose[0].number, reading.prose[-1].number),)
        if prose
        else ()
    )
    return Rows(
        details=named.details,
        sections=sections,
        occurrences=occurrences,
        findings=(*reading.findings, *named.findings),
        markers=tuple(reading.markers),
    )


def _pieces_findings(unplaced: Sequence[Line], rows: Rows) -> tuple[Finding, ...]:
    """Report what is in no row of a line whose other part was read, such as the heading at its side."""
    placed = rows.numbers()
    return tuple(
        Finding("unplaced-line", line.number, "warning", f"not placed: “{text_to_shortened(line.text)}”")
        for line in unplaced
        if line.number in placed
    )


def _usual_gap(lines: Sequence[Line]) -> int:
    return Counter(line.gap for line in lines[1:]).most_common(1)[0][0] if len(lines) > 1 else 0


def _item_to_occurrence(code: str, item: Item, after: Item | None, letter: str, usual_gap: int) -> Occurrence:
    section = f"{_NAMES[letter]}: {item.group.name}" if item.group.name else _NAMES[letter]
    # In a list printed with even gaps, a wider gap shows that wrapped text is missing.
    is_truncated = after is not None and after.group == item.group and 0 < usual_gap < after.gap_before
    text, first, last = item.passage
    return Occurrence(code, section, text, first, last, is_truncated=is_truncated)


def _overview_to_sections(parts: UnitParts) -> tuple[Section, ...]:
    """Return the overview as a section; its heading is inferred where it is not printed."""
    overview, heading = parts.overview, parts.overview_heading
    if not overview:
        return ()
    text = "\n".join(line.text for line in overview)
    first, last = min((heading or overview[0]).number, overview[0].number), overview[-1].number
    return (Section(heading.text if heading else "Overview", "", text, first, last, heading is None),)


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse a NOS unit.

    Returns
    -------
    Rows
        Performance criteria are coded P1, P2, ... and knowledge K1, K2, ...: as printed, or by order
        where the numbers are not printed. Lines that cannot be placed are in no row.
    """
    parts = lines_to_parts(lines_to_cells(text.lines))
    has_paragraphs = text.document.encoding in _OF_PARAGRAPHS
    readings = [
        entries_to_reading(parts.lists[name], letter, has_paragraphs=has_paragraphs)
        for name, letter in _LETTERS.items()
    ]
    frame = Rows(
        details=tuple(lines_to_details(parts.labels)),
        sections=_overview_to_sections(parts),
        markers=tuple(parts.markers),
    )
    lists = map(_reading_to_rows, readings, (parts.lists[name] for name in _LETTERS))
    rows = join_rows([frame, *lists])
    unplaced = [line for reading in readings for line in reading.unplaced]
    findings = (*_pieces_findings(unplaced, rows), *_item_findings(rows))
    return join_rows([rows, Rows(findings=findings)])


def _item_findings(rows: Rows) -> tuple[Finding, ...]:
    """Report a fact whose value begins like the next item of a list: the item is not read as one."""
    last: dict[str, int] = {}
    for row in rows.occurrences:
        if code := word_to_code(row.code):
            last[code.letters] = code.number
    begins = [(f"{letters}{number + 1}", f"{number + 1}") for letters, number in last.items()]
    return tuple(
        Finding(
            "not-in-a-table",
            detail.first_line,
            "error",
            f"the value of “{detail.name}” begins like {code}: it may be an item of the list above",
        )
        for detail in rows.details
        for code, number in begins
        if _NUMBERED_TEXT.fullmatch(detail.value) and detail.value.split()[0].rstrip(".)") == number
    )


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title, the reference, the version and the dates that a unit prints."""
    values = _to_values(rows.details)
    head = lines_to_head(lines_to_cells(text.lines))
    return Facts(
        title=_first(values, *TITLES) or head.title,
        reference=head.urn
        or _first(
            values, "urn", "original urn", "unit reference", "unit number", "unit code", "nos reference"
        ),
        version=_first(values, "version number", "version", "version no").removeprefix("v"),
        level=_first(values, "level"),
        status=_first(values, "status"),
        approved_date=text_to_iso_date(_first(values, "approved on", "date approved", "date of approval")),
        review_date=text_to_iso_date(_first(values, "indicative review date", "review date")),
    )


def _to_values(details: Sequence[Detail]) -> dict[str, str]:
    values: dict[str, str] = {}
    for row in details:
        values.setdefault(text_to_title_key(row.name), row.value)
    return values


def _first(values: dict[str, str], *names: str) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def _recognise(text: DocumentText) -> str:
    """Return the evidence: the headings of criteria and knowledge, each with its first line.

    One of them is enough if it is in the usual words, so that a message can say what is missing.
    """
    lines = lines_to_cells(text.lines)
    numbers = lines_to_headings(lines)
    shown = [part for part in _SIGNS if numbers[part]]
    is_unit = len(shown) == len(_SIGNS) or any(_USUAL.fullmatch(text_to_title_key(row.text)) for row in lines)
    if not is_unit or has_ksb_codes(lines):
        return ""
    return "; ".join(numbers_to_evidence(_SIGNS[part], numbers[part]) for part in shown)


def _has_codes(letter: str) -> RequiredSection:
    words = {
        "P": "performance criteria (“You must be able to”)",
        "K": "knowledge and understanding (“You need to know and understand”)",
    }
    return RequiredSection(
        words[letter], lambda _, rows: any(row.section.startswith(_NAMES[letter]) for row in rows.occurrences)
    )


KIND: Final = DocumentKind(
    name=NOS_UNIT,
    description="performance criteria",
    recognise=_recognise,
    parse=_text_to_rows,
    facts=_text_to_facts,
    required_sections=(_has_codes("P"), _has_codes("K")),
    starts=lambda text: lines_to_unit_starts(lines_to_cells(text.lines), text.document.lines),
)
