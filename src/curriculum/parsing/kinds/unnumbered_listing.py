"""A KSB listing without codes: lists of items below the headings Knowledge, Skills and Behaviours.

Standards of 2015 print their KSBs like this. The items are numbered by their order, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from curriculum.model.text import text_to_title_key
from curriculum.parsing.document_kind import KSB_FAMILIES, DocumentKind, DocumentText
from curriculum.parsing.labelled import front_to_title, goes_on
from curriculum.parsing.lines import Line, Passage, is_list_item, lines_to_cells, without_bullet
from curriculum.parsing.rows import Facts, Finding, Occurrence, PartStart, Rows, Section
from curriculum.parsing.several_standards import line_to_reference, zone_to_title_line

__all__ = ["KIND"]

_SECTION = "KSBs"
_LETTERS: Final = {
    **dict.fromkeys(("knowledge", "knowledge and understanding", "technical knowledge"), "K"),
    **dict.fromkeys(("skill", "skills", "technical skills", "competencies"), "S"),
    **dict.fromkeys(("behaviour", "behaviours", "attitudes and behaviours"), "B"),
}
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")
# One heading and one list can be in any text.
_LEAST_LISTS = 2


class _List(NamedTuple):
    """A list of items: the letters of its codes, its heading, the line of that, and its items."""

    letters: str
    name: str
    heading: int
    items: list[Passage]


def _line_to_letters(line: Line) -> str:
    return _LETTERS.get(text_to_title_key(line.text), "")


def _line_to_item(line: Line) -> str:
    """Return the wording of an item: what is after its bullet or its number; empty if it has neither."""
    text = without_bullet(line.text) if is_list_item(line) else line.text
    number = _NUMBER.match(text)
    return text[number.end() :] if number else text if is_list_item(line) else ""


def _lines_to_lists(lines: Sequence[Line]) -> tuple[_List, ...]:
    """Return the lists; a line that is no item and goes on with none ends its list.

    An item within an item is part of it, where the file says what is within what.
    """
    lists: list[_List] = []
    is_open = False
    depth = 0
    for line in lines:
        letters, item = _line_to_letters(line), _line_to_item(line)
        if letters:
            lists.append(_List(letters, text_to_title_key(line.text), line.number, []))
            is_open = True
        elif is_open and item and not (lists[-1].items and line.depth > depth):
            depth = depth if lists[-1].items else line.depth
            lists[-1].items.append(Passage(item, line.number, line.last))
        elif is_open and lists[-1].items and (item or goes_on(line, lists[-1].items[-1].text)):
            lists[-1].items[-1] = lists[-1].items[-1].joined(line)
        else:
            is_open = False
    return tuple(found for found in lists if found.items)


def _recognise(text: DocumentText) -> str:
    """Return the evidence: at least two of the headings, each above a list."""
    lists = _lines_to_lists(lines_to_cells(text.lines))
    if len({found.letters for found in lists}) < _LEAST_LISTS:
        return ""
    return "lists below the headings of kinds (lines " + ", ".join(str(row.heading) for row in lists) + ")"


def _lists_to_occurrences(lists: Sequence[_List]) -> Iterator[Occurrence]:
    counts: dict[str, int] = {}
    for found in lists:
        for item in found.items:
            counts[found.letters] = counts.get(found.letters, 0) + 1
            code = f"{found.letters}{counts[found.letters]}"
            yield Occurrence(code, _SECTION, item.text, item.first_line, item.last_line)


def _again(lists: Sequence[_List]) -> Iterator[tuple[_List, _List]]:
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
    for above, found in _again(_lines_to_lists(lines)):
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


def _again_findings(lists: Sequence[_List]) -> Iterator[Finding]:
    """Yield an error for a list whose heading was printed before: another standard may begin there."""
    for _, found in _again(lists):
        message = (
            f"the heading “{found.name.capitalize()}” is printed before: the items below it are numbered on. "
            "If another standard begins here, save each as a separate file"
        )
        yield Finding("numbers-lost", found.heading, "error", message)


def _front(text: DocumentText) -> tuple[Line, ...]:
    lines = lines_to_cells(text.lines)
    first = next((at for at, line in enumerate(lines) if _line_to_letters(line)), len(lines))
    return lines[:first]


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse a listing: an occurrence for each item, with a code by its order; the lines before are prose."""
    lists, front = _lines_to_lists(lines_to_cells(text.lines)), _front(text)
    if not lists:
        return Rows()
    occurrences = tuple(_lists_to_occurrences(lists))
    prose = "\n".join(line.text for line in front)
    first = lists[0].items[0].first_line
    message = f"the {len(occurrences)} items print no codes: they are numbered by their order"
    return Rows(
        sections=(Section("", "", prose, front[0].number, front[-1].number),) if front else (),
        occurrences=occurrences,
        markers=tuple(found.heading for found in lists),
        findings=(Finding("numbers-lost", first, "note", message), *_again_findings(lists)),
    )


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title of a listing."""
    del rows
    return Facts(title=front_to_title(_front(text)))


KIND: Final = DocumentKind(
    name="KSB listing without codes",
    description="lists below the headings Knowledge, Skills and Behaviours",
    recognise=_recognise,
    parse=_text_to_rows,
    facts=_text_to_facts,
    code_families=KSB_FAMILIES,
    starts=_text_to_starts,
)
