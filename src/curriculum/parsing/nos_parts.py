"""Cut a NOS unit at its headings: labels, overview, criteria, knowledge, and the elements of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from curriculum.model.text import text_to_title_key
from curriculum.parsing.lines import Line
from curriculum.parsing.nos_foot import LabelLine
from curriculum.parsing.nos_headings import (
    SIDE,
    heading_to_part,
    is_kind_of_knowledge,
    is_part_again,
    line_to_element,
)
from curriculum.parsing.nos_items import Entry, Group
from curriculum.parsing.nos_labels import is_fact, key_to_label, line_to_label, split_label
from curriculum.parsing.nos_pages import lines_to_head, without_page_heads

__all__ = ["UnitParts", "lines_to_parts"]

_LISTS = frozenset(("criteria", "knowledge"))
_LONGEST_NAME = 60
_LONGEST_VALUE = 90
_MOST_WORDS = 5


@dataclass
class UnitParts:
    """The lines of a unit, by its parts.

    Attributes
    ----------
    overview
        The sentences about it, and the heading above them (None if none is printed).
    lists
        The lines of its criteria and of its knowledge, each with the element that it is in.
    labels
        The labels and their values.
    markers
        The numbers of the headings, and of the heads and feet of pages.
    """

    overview: list[Line] = field(default_factory=list)
    overview_heading: Line | None = None
    lists: dict[str, list[Entry]] = field(default_factory=lambda: {"criteria": [], "knowledge": []})
    labels: list[LabelLine] = field(default_factory=list)
    markers: list[int] = field(default_factory=list)


def lines_to_parts(lines: Sequence[Line]) -> UnitParts:
    """Return a unit cut at its headings; the lines below them (“You must be able to:”) are markers too."""
    head = lines_to_head(lines)
    below = [line for line in lines if line not in head.lines]
    rest, left_out = without_page_heads(below, head)
    parts = UnitParts(markers=[*(line.number for line in head.lines), *left_out])
    _Cutter(parts, rest).cut()
    return parts


class _Cutter:
    """Puts the lines of a unit into its parts, one after the other."""

    def __init__(self, parts: UnitParts, lines: Sequence[Line]) -> None:
        self._parts = parts
        self._lines = lines
        self._name = "top"
        self._element = Group()
        self._kind = Group()
        self._is_fact = False
        self._is_above_lists = True

    def cut(self) -> None:
        """Read all lines into the parts."""
        at = 0
        while at < len(self._lines):
            at += self._take(at)

    def _take(self, at: int) -> int:
        """Read a line into its part, and return how many lines were taken."""
        line, after = self._lines[at], self._lines[at + 1 : at + 4]
        part, n_lines = heading_to_part(line, after)
        if part and not self._is_value(line):
            self._open(part, at, n_lines)
            return n_lines
        if number := line_to_element(line):
            self._element, self._kind = Group(line.text.rstrip(":"), number), Group()
            self._is_above_lists = bool(after) and heading_to_part(after[0], after[1:])[0] in _LISTS
            self._parts.markers.append(line.number)
            return 1
        if self._name in ("knowledge", "foot") and is_kind_of_knowledge(line):
            self._name, self._kind = "knowledge", Group(line.text.rstrip(":"))
            self._parts.markers.append(line.number)
            return 1
        return self._take_text(line, after)

    def _is_value(self, line: Line) -> bool:
        """Return whether a line with the words of a heading is the cell beside another heading or label."""
        labels = self._parts.labels
        return self._name == "foot" and line.row > 0 and bool(labels) and line.row == labels[-1].line.row

    def _open(self, part: str, at: int, n_lines: int) -> None:
        heading = self._lines[at : at + n_lines]
        if part != self._name or not is_part_again(heading[0], heading[1:]):
            self._kind = Group()
        if part != self._name and not self._is_above_lists:
            self._element = Group()
        self._name = part
        self._parts.markers += [line.number for line in heading]
        if part == "overview" and self._parts.overview_heading is None:
            self._parts.overview_heading = heading[0]

    def _take_text(self, line: Line, after: Sequence[Line]) -> int:
        parts = self._parts
        label = line_to_label(line, after[:2]) if not line.text[0].islower() else None
        if line.column == SIDE and self._name == "foot" and self._is_fact:
            label = label or key_to_label(text_to_title_key(line.text))
        if label and not self._is_value(line):
            self._name, self._is_fact = "foot", is_fact(label.key)
            parts.labels.append(LabelLine(line, label))
            parts.labels += [LabelLine(more, None) for more in after[: label.n_lines - 1]]
            return label.n_lines
        split = self._split(line)
        if split:
            self._add_split(split)
        elif self._name == "foot" and not self._is_overview(line):
            parts.labels.append(LabelLine(line, None))
        elif line.text.isdigit() and self._name in ("top", "overview"):
            parts.markers.append(line.number)
        elif self._name in _LISTS:
            parts.lists[self._name].append(Entry(line, self._group()))
        else:
            self._name = "overview"
            parts.overview.append(line)
        return 1

    def _add_split(self, split: tuple[Line, Line]) -> None:
        name, value = split
        self._name, self._is_fact = ("top" if self._name in ("top", "overview") else "foot"), True
        key = text_to_title_key(name.text)
        self._parts.labels += [LabelLine(name, key_to_label(key)), LabelLine(value, None)]

    def _split(self, line: Line) -> tuple[Line, Line] | None:
        """Return a label and its value on a line as two lines; None if the line has none."""
        is_below = self._name == "foot" and self._is_fact
        has_value = bool(self._parts.labels) and self._parts.labels[-1].label is None
        found = split_label(
            line, is_below_label=is_below or self._name == "top", is_below_value=is_below and has_value
        )
        name, _, value = line.text.partition(": ")
        is_name = bool(value) and len(name) <= _LONGEST_NAME and name[0].isupper()
        is_other = is_name and (self._name == "top" or (is_below and len(name.split()) <= _MOST_WORDS))
        return found or ((line._replace(text=name), line._replace(text=value)) if is_other else None)

    def _is_overview(self, line: Line) -> bool:
        """Return whether a sentence below a fact, above all lists, is no value of it."""
        is_above = not any(self._parts.lists.values()) and self._is_fact
        return is_above and (len(line.text) > _LONGEST_VALUE or line.text.endswith("."))

    def _group(self) -> Group:
        names = [group.name for group in (self._element, self._kind) if group.name]
        return Group(": ".join(names), self._element.number)
