"""Read a list of a NOS unit whose items have no marks: each paragraph, or each line, is an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from curriculum.parsing.item_marks import line_to_mark
from curriculum.parsing.lines import Line, Passage
from curriculum.parsing.nos_headings import is_stem
from curriculum.parsing.nos_items import Entry, Group, Item, ListReading
from curriculum.parsing.rows import Finding

__all__ = ["read_unmarked"]

# Lines as long as this are not wrapped at the width of a page, and as short as this, not at all.
_LONGEST_WRAPPED: Final = 110
_SHORTEST_WRAPPED: Final = 30
_LONGEST_TITLE: Final = 60


def read_unmarked(entries: Sequence[Entry], reading: ListReading, *, has_paragraphs: bool) -> None:
    """Read a list whose items have no marks: each paragraph is one, or each line if no line is wrapped.

    Parameters
    ----------
    entries
        The lines of the list.
    reading
        What is read is put into it.
    has_paragraphs
        Whether each line of the file is a paragraph.
    """
    reading.markers += [entry.line.number for entry in entries if is_stem(entry.line)]
    kept = [entry for entry in entries if not is_stem(entry.line)]
    if not kept:
        return
    is_lower = 2 * sum(entry.line.text[0].islower() for entry in kept) > len(kept)
    starts, is_sure = _to_starts(kept, has_paragraphs=has_paragraphs)
    group = ""
    for at, (line, element) in enumerate(kept):
        if reading.items and _is_within(line, reading):
            reading.items[-1] = reading.items[-1]._replace(passage=reading.items[-1].passage.joined(line))
        elif line.level or (is_lower and at in starts and _is_title(line)):
            group = line.text.rstrip(":")
            reading.markers.append(line.number)
        elif at in starts or not reading.items:
            names = ": ".join(filter(None, (element.name, group)))
            passage = Passage(line.text, line.number, line.last)
            reading.items.append(Item("", "", passage, Group(names, element.number), line.gap))
        else:
            reading.items[-1] = reading.items[-1]._replace(passage=reading.items[-1].passage.joined(line))
    reading.findings.append(_unmarked_finding(kept[0].line, reading, is_sure=is_sure))


def _is_within(line: Line, reading: ListReading) -> bool:
    """Return whether a line with a mark is part of the item above it, which announces it."""
    return ":" in reading.items[-1].passage.text and line_to_mark(line, reading.letter) is not None


def _unmarked_finding(first: Line, reading: ListReading, *, is_sure: bool) -> Finding:
    number = len(reading.items)
    if is_sure:
        message = f"the {number} items print no codes and no signs: each paragraph is read as one"
        return Finding("numbers-lost", first.number, "warning", message)
    message = (
        f"the {number} items print no codes and no signs, and lines may be wrapped: where an item ends "
        "cannot be told. Put a sign such as • before each item"
    )
    return Finding("numbers-lost", first.number, "error", message)


def _is_title(line: Line) -> bool:
    """Return whether a line looks like the heading of a group, among items in lower case."""
    return line.text[0].isupper() and len(line.text) <= _LONGEST_TITLE and line.text[-1] not in ".;,"


def _to_starts(entries: Sequence[Entry], *, has_paragraphs: bool) -> tuple[frozenset[int], bool]:
    """Return the places of the lines with which items begin, and whether these are sure."""
    lines = [entry.line for entry in entries]
    everywhere = frozenset(range(len(lines)))
    longest = max(len(line.text) for line in lines)
    ended = [at for at in range(1, len(lines)) if lines[at - 1].text.endswith((".", ";"))]
    gaps = [at for at in range(1, len(lines)) if lines[at].gap]
    is_each = max(len(ended), len(gaps)) == len(lines) - 1
    if has_paragraphs or longest > _LONGEST_WRAPPED or longest <= _SHORTEST_WRAPPED or is_each:
        return everywhere, True
    chosen = ended if ended and lines[-1].text.endswith((".", ";")) else gaps
    return frozenset((0, *chosen)) if chosen else everywhere, False
