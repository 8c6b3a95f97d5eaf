"""Read a list of a NOS unit whose items have no marks: each paragraph, or each line, is an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from curriculum.model.text import looks_truncated, text_to_shortened
from curriculum.parsing.lines import Line, Passage
from curriculum.parsing.nos_headings import is_stem
from curriculum.parsing.nos_items import Entry, Item, ListReading
from curriculum.parsing.rows import Finding

__all__ = ["open_item_findings", "read_unmarked"]

# Lines as long as this are not wrapped at the width of a page, and as short as this, not at all.
_LONGEST_WRAPPED: Final = 110
_SHORTEST_WRAPPED: Final = 45


def open_item_findings(items: Sequence[Item]) -> tuple[Finding, ...]:
    """Report each item that announces a list where nothing tells its parts from the items below it."""
    return tuple(
        Finding(
            "numbers-lost",
            item.passage.last_line,
            "error",
            f"“{text_to_shortened(item.passage.text)}” announces a list: whether the items below it are "
            "parts of it cannot be told",
        )
        for item in items[:-1]
        if item.passage.text.endswith(":")
    )


def read_unmarked(entries: Sequence[Entry], reading: ListReading, *, has_paragraphs: bool) -> None:
    """Read a list whose items have no marks: each paragraph is one, or each line if no line is wrapped."""
    reading.markers += [entry.line.number for entry in entries if is_stem(entry.line)]
    entries = [entry for entry in entries if not is_stem(entry.line)]
    lines = [entry.line for entry in entries]
    if not lines:
        return
    is_spaced = sum(bool(line.gap) for line in lines[1:]) > 0
    starts = list(_unmarked_starts(lines, has_paragraphs, is_spaced))
    for at, entry in enumerate(entries):
        line = entry.line
        if at in starts:
            passage = Passage(line.text, line.number, line.last)
            reading.items.append(Item("", "", passage, entry.element, line.gap))
        else:
            reading.items[-1] = reading.items[-1]._replace(passage=reading.items[-1].passage.joined(line))
    if not has_paragraphs and not is_spaced and _can_be_wrapped(lines):
        message = (
            f"the {len(reading.items)} items print no codes, and lines may be wrapped: where an item ends "
            "cannot be told. Put a sign such as • before each item"
        )
        severity = "warning" if lines[0].text[0].isupper() else "error"
        reading.findings.append(Finding("numbers-lost", lines[0].number, severity, message))


def _unmarked_starts(lines: Sequence[Line], has_paragraphs: bool, is_spaced: bool) -> Iterator[int]:
    """Yield the places of the lines with which items begin."""
    has_capitals = lines[0].text[0].isupper()
    for at, line in enumerate(lines):
        before = lines[at - 1].text if at else ""
        is_rest = has_capitals and line.text[0].islower() and not has_paragraphs
        is_start = bool(line.gap) if is_spaced else not (is_rest or looks_truncated(before))
        if not at or has_paragraphs or is_start:
            yield at


def _can_be_wrapped(lines: Sequence[Line]) -> bool:
    """Return whether lines of a list without marks can be the rest of the lines above them."""
    longest = max(len(line.text) for line in lines)
    are_ended = all(line.text.endswith((".", ";")) for line in lines)
    return _SHORTEST_WRAPPED < longest <= _LONGEST_WRAPPED and not are_ended
