"""Read a list of a NOS unit: its items with their marks, what is within them, and the headings of groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from curriculum.model.text import looks_truncated, text_to_shortened
from curriculum.parsing.announced_items import announcing_findings
from curriculum.parsing.item_marks import (
    Mark,
    Style,
    are_alone,
    has_code_of_other,
    line_to_mark,
    lines_to_style,
    lines_with_one_mark,
)
from curriculum.parsing.lines import Line, Passage
from curriculum.parsing.nos_headings import SIDE, is_stem
from curriculum.parsing.nos_items import Entry, Group, Item, ListReading, other_list_finding
from curriculum.parsing.nos_unmarked import read_unmarked
from curriculum.parsing.rows import Finding

__all__ = ["entries_to_reading"]

_NUMERIC: Final = frozenset((Style.DOTTED, Style.SIGNED, Style.NUMBER))
_LONGEST_HEADING: Final = 90
# What is shorter than this share of the widest line had room for the next word: it is not wrapped.
_FULL: Final = 0.8
# An item behind other words, which is no part of a heading.
_MARK_WITHIN = re.compile(r"\s(?:\d{1,2}[.)]|[PK]\d{1,2}[.:]?|[•▪])\s")
_LONGEST_END: Final = 100  # So much of a wording shows whether it goes on.
_DASHES: Final = dict.fromkeys(map(ord, "–"), "-")


def entries_to_reading(entries: Sequence[Entry], letter: str, *, has_paragraphs: bool) -> ListReading:
    """Return what a list holds.

    Parameters
    ----------
    entries
        Its lines, without headings of the unit and without the heads and feet of pages.
    letter
        The letter of its codes: P or K.
    has_paragraphs
        Whether each line of the file is a paragraph, as in a Word file: none is wrapped then.
    """
    at_side = [entry.line for entry in entries if entry.line.column == SIDE]
    kept = _with_marks_joined([entry for entry in entries if entry.line.column != SIDE], letter)
    lines = lines_with_one_mark([entry.line for entry in kept], letter)
    entries = [entry._replace(line=line) for entry, line in zip(kept, lines, strict=True)]
    style = lines_to_style(lines, letter)
    reading = ListReading(letter, style)
    _read_side(at_side, reading)
    if style is Style.NONE:
        read_unmarked(entries, reading, has_paragraphs=has_paragraphs)
    else:
        _Reader(reading, entries, has_paragraphs).read()
    if style in (Style.NONE, Style.BULLET):
        reading.findings += announcing_findings([item.passage for item in reading.items])
    return reading


def _with_marks_joined(entries: Sequence[Entry], letter: str) -> list[Entry]:
    """Return lines in which a mark and the wording in the next cell of its row are one line."""
    done: list[Entry] = []
    for entry in entries:
        before, line = done[-1].line if done else None, entry.line
        mark = line_to_mark(before, letter) if before else None
        is_beside = before is not None and line.is_opening and line.row != 0 and before.row == line.row
        if before and mark and not mark.text and is_beside:
            text = f"{before.text} {line.text}"
            done[-1] = done[-1]._replace(line=before._replace(text=text, last_number=line.last))
        else:
            done.append(entry)
    return done


def _read_side(lines: Sequence[Line], reading: ListReading) -> None:
    """Read what is at the side of a list: the beginning of its sentences, or something that is reported."""
    if not lines:
        return
    if is_stem(lines[0]._replace(text=" ".join(line.text for line in lines))):
        reading.markers += [line.number for line in lines]
    else:
        reading.unplaced += lines


class _Reader:
    """Reads the lines of a list whose items have marks, one after the other."""

    def __init__(self, reading: ListReading, entries: Sequence[Entry], has_paragraphs: bool) -> None:
        self._reading = reading
        self._entries = entries
        self._lines = [entry.line for entry in entries]
        self._marks = [line_to_mark(line, reading.letter) for line in self._lines]
        self._has_paragraphs = has_paragraphs
        self._width = max((line.indent + len(line.text) for line in self._lines), default=0)
        self._first = next(at for at, mark in enumerate(self._marks) if mark and self._is_of_style(mark))
        self._are_alone = are_alone([mark for mark in self._marks if mark and mark.style is Style.NUMBER])
        self._depth, self._has_parents = self._to_depth()
        self._heading = Group()
        self._heading_at = -1
        self._element = Group()
        self._item_line: Line | None = None
        self._waiting: list[tuple[Mark, Line]] = []
        self._next = 0

    # --- What a mark is ---------------------------------------------------------------------------

    def _is_of_style(self, mark: Mark) -> bool:
        style = self._reading.style
        return mark.style is style or (style in _NUMERIC and mark.style in _NUMERIC)

    def _to_depth(self) -> tuple[int, bool]:
        """Return how many full stops the numbers of the items have, and if those with fewer are headings."""
        depths = [
            mark.number.count(".") if mark and self._is_of_style(mark) else None for mark in self._marks
        ]
        first = depths[self._first] or 0
        if first or 1 not in depths:
            return first, False
        parents = [at for at, depth in enumerate(depths) if depth == 0]
        children = [self._children(at, depths) for at in parents]
        are_open = any(self._ends_open(at) for at in parents)
        return (1, True) if all(children) and not are_open else (0, False)

    def _children(self, parent: int, depths: Sequence[int | None]) -> int:
        """Return how many numbers below a number begin with it: 1.1 and 1.2 below 1."""
        number = 0
        for at in range(parent + 1, len(depths)):
            mark = self._marks[at]
            if depths[at] is None or mark is None:
                continue
            if depths[at] == 0 or not mark.number.startswith(f"{self._number(parent)}."):
                break
            number += 1
        return number

    def _number(self, at: int) -> str:
        mark = self._marks[at]
        return mark.number if mark else ""

    def _ends_open(self, parent: int) -> bool:
        """Return whether a wording with numbers below it announces them, or goes on in them."""
        words = [self._lines[parent].text]
        for at in range(parent + 1, len(self._lines)):
            if self._marks[at]:
                break
            words.append(self._lines[at].text)
        text = " ".join(words)
        return text.endswith((":", ",", "-", "–")) or looks_truncated(text)

    def _is_item(self, mark: Mark, line: Line) -> bool:
        if not self._is_of_style(mark) or mark.number.count(".") != self._depth:
            return False
        first = self._marks[self._first]
        has_other_signs = first is not None and first.style is mark.style and first.signs != mark.signs
        if line.depth > self._lines[self._first].depth or has_other_signs:
            return False
        of_style: dict[Style, Callable[[Mark, Line], bool]] = {
            Style.CODE: lambda found, _: not self._is_reference(found),
            Style.BULLET: self._is_same_bullet,
            Style.LETTER: lambda found, _: self._is_next_letter(found),
            Style.NUMBER: lambda found, _: self._is_next_number(found),
        }
        is_item = of_style.get(mark.style)
        return (
            is_item(mark, line)
            if is_item
            else not self._is_reference(mark) and not self._is_in_item(mark, line)
        )

    def _is_reference(self, mark: Mark) -> bool:
        """Return whether a code at the beginning of a line belongs to the sentence above (“as in / P3”)."""
        items = self._reading.items
        if not items or not looks_truncated(_end(items)):
            return False
        is_anew = mark.number == "1" and (mark.style is not Style.CODE or self._is_new_group())
        return not is_anew and mark.number != self._next_number()

    def _next_number(self) -> str:
        items = self._reading.items
        number = items[-1].number if items else "0"
        head, _, last = number.rpartition(".")
        following = str(int(last) + 1) if last.isdigit() else ""
        return f"{head}.{following}" if head else following

    def _is_next_number(self, mark: Mark) -> bool:
        """Return whether a number without a sign is that of an item; other numbers are words of a wording."""
        if not mark.text and not self._are_alone:
            return False
        is_first = mark.number == "1" and (not self._reading.items or self._is_new_group())
        return is_first or mark.number == self._next_number()

    def _is_new_group(self) -> bool:
        return self._reading.items[-1].group != self._group()

    def _is_next_letter(self, mark: Mark) -> bool:
        items = self._reading.items
        before = items[-1].number if items else ""
        is_next = len(mark.number) == 1 and len(before) == 1 and ord(mark.number) == ord(before) + 1
        return is_next or mark.number == "a"

    def _is_same_bullet(self, mark: Mark, line: Line) -> bool:
        first, first_line = self._marks[self._first], self._lines[self._first]
        is_same = first is not None and first.number.translate(_DASHES) == mark.number.translate(_DASHES)
        is_deeper = line.row <= 0 and line.indent >= first_line.indent + 2
        if not is_same and not is_deeper and not self._is_announced():
            message = (
                f"items with the sign {mark.number} among those with {first.number if first else ''}: they "
                "are read as parts of the item above them"
            )
            self._reading.findings.append(Finding("numbers-lost", line.number, "warning", message))
        return is_same and not is_deeper

    def _is_announced(self) -> bool:
        items = self._reading.items
        return bool(items) and ":" in items[-1].passage.text

    def _is_in_item(self, mark: Mark, line: Line) -> bool:
        """Return whether a number is that of a list within the item above, which announces it."""
        items, above = self._reading.items, self._item_line
        if not items or above is None or ":" not in items[-1].passage.text:
            return False
        if line.indent > above.indent and line.row <= 0:
            return True
        if mark.number == "1" and items[-1].number and items[-1].passage.text.endswith(":"):
            message = (
                f"“{text_to_shortened(items[-1].passage.text)}” announces a list, and the numbers begin anew "
                "below it: whether these are items of their own cannot be told"
            )
            self._reading.findings.append(Finding("numbers-lost", line.number, "error", message))
        return False

    # --- Reading ----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read all lines."""
        for at, (line, element) in enumerate(self._entries):
            if at < self._next:
                continue
            if element != self._element:
                self._element, self._heading = element, Group()
            self._read_line(at, line)
        self._end_waiting()
        others = filter(self._is_of_other_list, self._reading.unplaced)
        self._reading.findings.extend(map(other_list_finding, others))

    def _read_line(self, at: int, line: Line) -> None:
        mark = self._marks[at]
        if mark and self._has_parents and self._is_of_style(mark) and mark.number.count(".") == 0:
            self._set_heading(at, line.text)
        elif mark and self._is_item(mark, line):
            self._begin(mark, line)
        elif mark and mark.style is Style.NUMBER and not mark.text:
            self._reading.markers.append(line.number)
        elif self._waiting:
            self._end_waiting_with(at, line)
        elif self._heading_at == at - 1 and not mark and self._heading.name and line.text[0].islower():
            self._set_heading(at, f"{self._heading.name} {line.text}")
        elif self._is_heading(at, line):
            self._set_heading(at, line.text.rstrip(":"))
        elif self._goes_on(mark, line):
            items = self._reading.items
            items[-1] = items[-1]._replace(passage=items[-1].passage.joined(line))
        elif is_stem(line):
            self._reading.markers.append(line.number)
        elif not self._reading.items and not self._is_of_other_list(line):
            self._reading.prose.append(line)
        else:
            # What is below it is no part of the item above it either.
            self._reading.unplaced.append(line)
            self._item_line = None

    def _set_heading(self, at: int, name: str) -> None:
        self._heading, self._heading_at = Group(name), at
        self._reading.markers.append(self._lines[at].number)
        self._item_line = None

    def _group(self) -> Group:
        names = [group.name for group in (self._element, self._heading) if group.name]
        return Group(": ".join(names), self._element.number)

    def _begin(self, mark: Mark, line: Line) -> None:
        if not mark.text:
            self._waiting.append((mark, line))
            return
        self._end_waiting()
        self._add(mark, Passage(mark.text, line.number, line.last), line)

    def _add(self, mark: Mark, passage: Passage, line: Line) -> None:
        is_numbered = self._reading.style not in (Style.BULLET, Style.NONE)
        number = mark.number if is_numbered else ""
        self._reading.items.append(Item(mark.letters, number, passage, self._group(), line.gap))
        self._item_line = line

    def _end_waiting_with(self, at: int, line: Line) -> None:
        """Read the wording below a mark alone; several marks above several wordings are told."""
        if len(self._waiting) == 1:
            mark, above = self._waiting.pop()
            self._add(mark, Passage(line.text, above.number, line.last), above)
            return
        count = len(self._waiting)
        wordings = self._paragraphs(at)
        if len(wordings) == count:
            self._pair(wordings)
        else:
            self._reading.unplaced += self._lines[at : self._next]
            self._end_waiting()

    def _paragraphs(self, at: int) -> list[Passage]:
        """Return the paragraphs from a line on, as far as there are lines without a mark."""
        found: list[Passage] = []
        for place in range(at, len(self._lines)):
            line, mark = self._lines[place], self._marks[place]
            if mark and self._is_of_style(mark):
                break
            self._next = place + 1
            if found and not (line.gap and place > at):
                found[-1] = found[-1].joined(line)
            else:
                found.append(Passage(line.text, line.number, line.last))
        return found

    def _pair(self, wordings: Sequence[Passage]) -> None:
        first = self._waiting[0][1]
        for (mark, line), passage in zip(self._waiting, wordings, strict=True):
            self._reading.markers.append(line.number)
            self._add(mark, passage, line)
        message = (
            f"{len(wordings)} codes are printed above their {len(wordings)} wordings: they are paired in "
            "their order"
        )
        self._reading.findings.append(Finding("numbers-lost", first.number, "warning", message))
        self._waiting.clear()

    def _end_waiting(self) -> None:
        """Report marks that no wording follows."""
        if not self._waiting:
            return
        message = (
            f"{len(self._waiting)} codes or numbers without their wordings: which wording belongs to which "
            "cannot be told. Copy the list from the web page or the Word file of the unit"
        )
        self._reading.findings.append(Finding("not-in-a-table", self._waiting[0][1].number, "error", message))
        self._waiting.clear()

    # --- What a line without a mark is ------------------------------------------------------------

    def _goes_on(self, mark: Mark | None, line: Line) -> bool:
        """Return whether a line is part of the item above it."""
        items, above = self._reading.items, self._item_line
        if not items or above is None:
            return False
        before = _end(items)
        is_number = mark is not None and mark.style is Style.NUMBER
        if mark and mark.text and not (is_number and self._reading.style is Style.NUMBER):
            return not (line.is_opening and line.row == above.row)
        is_more = line.text[0].islower() or not line.text[0].isalnum() or looks_truncated(before)
        is_more = is_more or before.endswith((",", ":")) or line.indent > above.indent
        return is_more and not line.is_opening

    def _is_heading(self, at: int, line: Line) -> bool:
        """Return whether a line is the heading of a group: a short line above an item, and no wrapped one."""
        above, items = self._item_line, self._reading.items
        is_short = len(line.text) <= _LONGEST_HEADING and line.text[-1] not in ".;,"
        if self._marks[at] or is_stem(line) or not is_short or not self._is_above_item(at):
            return False
        if _MARK_WITHIN.search(line.text) or self._is_of_other_list(line):
            return False
        if at and line.is_opening and line.row and line.row == self._lines[at - 1].row:
            return False
        if line.level or above is None or not items:
            return True
        is_apart = bool(line.gap) or line.text.endswith(":") or self._has_paragraphs or not self._is_full(at)
        is_open = looks_truncated(_end(items)) or _end(items).endswith((",", ":"))
        is_inside = line.indent > above.indent or (line.is_opening and line.row == above.row)
        return line.text[0].isupper() and is_apart and not is_open and not is_inside

    def _is_of_other_list(self, line: Line) -> bool:
        return self._reading.style is Style.CODE and has_code_of_other(line, self._reading.letter)

    def _is_above_item(self, at: int) -> bool:
        following = (place for place in range(at + 1, len(self._lines)) if not is_stem(self._lines[place]))
        place = next(following, None)
        mark = self._marks[place] if place is not None else None
        return mark is not None and self._is_of_style(mark)

    def _is_full(self, at: int) -> bool:
        """Return whether the line above has no room for the first word of a line: this can be its rest."""
        above, word = self._lines[at - 1], self._lines[at].text.split()[0]
        return above.indent + len(above.text) + 1 + len(word) >= self._width * _FULL


def _end(items: Sequence[Item]) -> str:
    """Return the last words of the last item; a wording can be very long."""
    return items[-1].passage.text[-_LONGEST_END:]
