"""What is read of a list of a NOS unit: its items, the groups that they are in, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from curriculum.model.text import text_to_shortened
from curriculum.parsing.item_marks import Style
from curriculum.parsing.lines import Line, Passage
from curriculum.parsing.rows import Finding

__all__ = ["Entry", "Group", "Item", "ListReading", "other_list_finding"]


class Group(NamedTuple):
    """A part of a list: its heading, and its number if it is an element of the unit."""

    name: str = ""
    number: str = ""


class Entry(NamedTuple):
    """A line of a list, and the element that it is in."""

    line: Line
    element: Group


class Item(NamedTuple):
    """An item: its letters and number as printed (empty if there are none), its wording and its group."""

    letters: str
    number: str
    passage: Passage
    group: Group
    gap_before: int = 0


@dataclass
class ListReading:
    """What was read of a list.

    Attributes
    ----------
    letter
        The letter of its codes: P or K.
    style
        The style of its items.
    items
        Its items.
    prose
        Sentences above the first item.
    unplaced
        Lines that are none of these.
    markers
        The numbers of the lines that are headings or marks alone.
    findings
        What is doubtful.
    """

    letter: str
    style: Style
    items: list[Item] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)
    markers: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def other_list_finding(line: Line) -> Finding:
    """Return the error for a line that has the code of another list: it is not read."""
    message = f"“{text_to_shortened(line.text, 60)}” has the code of another list, and is in no table"
    return Finding("not-in-a-table", line.number, "error", message)
