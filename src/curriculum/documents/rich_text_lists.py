"""The lists of a file in the Rich Text Format: the labels that it has, and those that Word counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from curriculum.documents.list_numbering import Counters, Definition, Label, Level
from curriculum.documents.rich_text_fonts import number_to_letter
from curriculum.documents.rich_text_tokens import Group, Token, TokenKind
from curriculum.model.text import text_to_squashed

__all__ = ["RichTextLists", "group_to_lists", "group_to_overrides"]

# The forms of numbers, by their numbers in the file, by the names that Word gives them.
_FORMS: Mapping[int, str] = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"},
    **{22: "decimalZero", 23: "bullet", 255: "none"},
}
_JOINTS: Mapping[int, str] = {0: "tab", 1: "space", 2: "nothing"}
_MOST_LEVELS = 9
# Around a number; the file can have other ones than the definition of the list.
_MARKS = " .:()[]-–"
_WORDED = re.compile(r"[^\W_]")


class _Override(NamedTuple):
    """A list as paragraphs name it: the id of its definition, the starts and the levels that it changes."""

    list_id: int
    starts: Mapping[int, int]
    levels: Mapping[int, Level]


def group_to_lists(group: Group, encoding: str) -> Mapping[int, Mapping[int, Level]]:
    """Return the levels of each list of the table of lists, by its id."""
    found: dict[int, Mapping[int, Level]] = {}
    for entry in group.groups("list"):
        levels = (_group_to_level(level, encoding) for level in entry.groups("listlevel"))
        found[entry.words().get("listid") or 0] = dict(zip(range(_MOST_LEVELS), levels, strict=False))
    return found


def _group_to_level(group: Group, encoding: str) -> Level:
    words = group.words()
    number = words.get("levelnfcn", words.get("levelnfc"))
    form = _FORMS.get(-1 if number is None else number, "unknown")
    pattern = next((_group_to_pattern(text, encoding) for text in group.groups("leveltext")), "")
    start = words.get("levelstartat")
    joint = _JOINTS.get(words.get("levelfollow") or 0, "tab")
    restart = 0 if words.get("levelnorestart") == 1 else _MOST_LEVELS
    return Level(
        1 if start is None else start, form, pattern, joint, restart, words.get("levellegal") == 1, ""
    )


def _group_to_pattern(group: Group, encoding: str) -> str:
    """Return the pattern of a label, with %1 for the number of the first level; its length is before it."""
    return "".join(_group_to_signs(group, encoding))[1:].removesuffix(";")


def _group_to_signs(group: Group, encoding: str) -> Iterator[str]:
    is_length_read, skipped = False, 0
    for item in group.items:
        if not isinstance(item, Token) or item.kind is TokenKind.SIGN:
            continue
        if item.kind is TokenKind.WORD:
            if item.name == "u" and item.number is not None:
                yield number_to_letter(item.number)
                skipped = 1
            continue
        data, skipped = item.data[skipped:], max(skipped - len(item.data), 0)
        if item.kind is TokenKind.HEX and data and data[0] < _MOST_LEVELS and is_length_read:
            yield f"%{data[0] + 1}"
        elif not is_length_read and data.strip():
            is_length_read = True
            yield "\x00"
            yield data[1:].decode(encoding, "replace")
        else:
            yield data.decode(encoding, "replace")


def group_to_overrides(group: Group, encoding: str) -> Mapping[int, _Override]:
    """Return the lists that paragraphs name, by the numbers that they name them by."""
    found: dict[int, _Override] = {}
    for entry in group.groups("listoverride"):
        words = entry.words()
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for level, changed in enumerate(entry.groups("lfolevel")):
            inner = changed.words()
            if "listoverridestartat" in inner:
                start = inner.get("levelstartat")
                inners = [*changed.groups("listlevel")]
                starts[level] = start if start is not None else _start_of(inners, encoding)
            if "listoverrideformat" in inner:
                levels.update((level, _group_to_level(new, encoding)) for new in changed.groups("listlevel"))
        found[words.get("ls") or 0] = _Override(words.get("listid") or 0, starts, levels)
    return found


def _start_of(levels: list[Group], encoding: str) -> int:
    return _group_to_level(levels[0], encoding).start if levels else 1


@dataclass
class RichTextLists:
    """The lists of a file, and the counters of each.

    The file has the label of a paragraph as its program showed it, and Word counts it anew. Where the two
    differ, the one that the file has is read, and `differing` has the number of the line; so it has that
    of an item without a label of a list whose items have some (`saved`). With tracked
    changes it is the counted one, as deleted items no longer count. `emptied` has the items that still
    count although their text is deleted.
    """

    lists: Mapping[int, Mapping[int, Level]] = field(default_factory=dict)
    overrides: Mapping[int, _Override] = field(default_factory=dict)
    has_changes: bool = False
    saved: set[int] = field(default_factory=set)
    differing: list[int] = field(default_factory=list)
    emptied: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    _counters: Counters = field(default_factory=Counters)

    def next_label(self, saved: str, list_number: int, level: int, number: int) -> Label:
        """Count a paragraph, and return its label; an empty one if it has none.

        Parameters
        ----------
        saved
            The label that the file has, with the tab or space behind it; empty if it has none.
        list_number
            The number by which the paragraph names its list; 0 if it names none.
        level
            The level in the list, from 0.
        number
            The number of its first line.
        """
        shown = _saved_to_label(saved, level)
        if saved.strip():
            self.saved.add(list_number)
        counted = self._counted(list_number, level)
        if counted is None:
            if list_number and not saved.strip():
                self.unknown.append(number)
            return shown
        if not saved.strip():
            if counted.text not in ("", "•") and list_number in self.saved:
                self.differing.append(number)
            if not counted.text and self._form(list_number, level) == "unknown":
                self.unknown.append(number)
            return counted
        if counted.text and shown.text.strip(_MARKS) != counted.text.strip(_MARKS):
            if counted.text == "•":
                return counted
            self.differing.append(number)
            return counted if self.has_changes else shown
        return shown

    def _definition(self, list_number: int) -> Definition | None:
        override = self.overrides.get(list_number)
        if override is None or override.list_id not in self.lists:
            return None
        levels = {**self.lists[override.list_id], **override.levels}
        return Definition(str(override.list_id), levels, override.starts)

    def _form(self, list_number: int, level: int) -> str:
        definition = self._definition(list_number)
        found = definition.levels.get(level) if definition else None
        return found.form if found else ""

    def _counted(self, list_number: int, level: int) -> Label | None:
        definition = self._definition(list_number) if list_number else None
        return self._counters.next_label(str(list_number), definition, level) if definition else None


def _saved_to_label(saved: str, level: int) -> Label:
    r"""Return the label that a file has; one without letters and digits is a bullet.

    Examples
    --------
    >>> _saved_to_label("K1:\t", 0).text, _saved_to_label("\uf0b7\t", 0).text
    ('K1:', '•')
    """
    text = text_to_squashed(saved)
    joint = "nothing" if saved and saved == saved.rstrip() else "tab"
    shown = text if not text or _WORDED.search(text) else "•"
    return Label(shown, joint if text else "nothing", level)
