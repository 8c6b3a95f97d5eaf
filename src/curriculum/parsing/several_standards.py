"""Find where a text has a second standard: its list of codes begins again, with other wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from curriculum.model.codes import word_to_code
from curriculum.model.standard_numbers import text_to_standard_numbers
from curriculum.model.text import text_to_key, text_to_title_key
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.labelled import is_known_heading
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import PartStart, Rows

__all__ = ["line_to_reference", "rows_to_starts", "zone_to_title_line"]

_MARKED = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s")
# The options of one standard can each have a list of their own, some with the same codes.
_OPTION = re.compile(r"(?:option|pathway|core|specialism)s?\b.*")
# “Version 1.1”, “New version (2024)”, “Old KSBs” above a list.
_VERSION = re.compile(
    r"(?:the )?(?:version|v)\W*\d.*"
    r"|(?:the )?(?:old|new|previous|former|current|latest|revised)"
    r"(?: (?:\w+ )?(?:version|standard|ksbs?|list|codes?|wordings?|statements?)(?: .*)?)?"
)
# A version that is printed far from a list says nothing about it.
_MOST_BETWEEN = 4
# What is printed below a title.
_FACT = re.compile(r"(?:level|version|status|route|reference)\b.*")
_LONG_WORD = 4
# Two wordings with less than this share of their long words in common are those of different statements.
_LEAST_COMMON = 0.5
_LEAST_OTHER = 2


class _Item(NamedTuple):
    """A statement or a duty as printed in one place."""

    first_line: int
    last_line: int
    code: str
    text: str


@dataclass
class _Group:
    """The statements and duties of one standard so far, and its first and last line."""

    first_line: int
    last_line: int
    wordings: dict[str, list[str]] = field(default_factory=dict)

    def add(self, run: Sequence[_Item]) -> None:
        """Add a run of items."""
        self.last_line = max(self.last_line, *(item.last_line for item in run))
        for item in run:
            self.wordings.setdefault(item.code, []).append(item.text)

    def has_reworded(self, run: Sequence[_Item]) -> bool:
        """Return whether a code of a run has none of the wordings that it has in the standard."""
        texts = {code: set(map(text_to_key, found)) for code, found in self.wordings.items()}
        return any(text_to_key(item.text) not in texts.get(item.code, text_to_key(item.text)) for item in run)

    def is_other(self, run: Sequence[_Item]) -> bool:
        """Return whether most codes that a run has in common with the standard have other wordings."""
        common = {item.code: item.text for item in run if item.code in self.wordings}
        other = [code for code, text in common.items() if _are_other(text, self.wordings[code])]
        return len(other) >= _LEAST_OTHER and 2 * len(other) > len(common)


def rows_to_starts(lines: Sequence[Line], texts: Sequence[str], rows: Rows) -> tuple[PartStart, ...]:
    """Return where a second and each further standard begins in a text.

    Its codes begin again from 1, and most of them have other wordings. A list that is printed again, such as
    a table of methods, has the same wordings; and lists below the headings of options are of one standard.

    Parameters
    ----------
    lines
        The lines as they are read.
    texts
        All lines as printed.
    rows
        The rows of the whole text.
    """
    starts: list[PartStart] = []
    group: _Group | None = None
    for run in _items_to_runs(_rows_to_items(rows)):
        zone = () if group is None else _zone(lines, group.last_line, run[0].first_line)
        is_version = group is not None and _names_version(zone) and group.has_reworded(run)
        if group is None or is_version or group.is_other(run):
            if any(_OPTION.fullmatch(text_to_title_key(line.text)) for line in zone):
                return ()
            if group is not None:
                starts.append(PartStart(zone_to_title_line(zone, texts), run[0].first_line))
            group = _Group(run[0].first_line, run[0].last_line)
        group.add(run)
    return tuple(starts)


def _rows_to_items(rows: Rows) -> tuple[_Item, ...]:
    """Return the statements and duties in the order of their lines."""
    items = [_Item(row.first_line, row.last_line, row.code, row.text) for row in rows.occurrences]
    items += [_Item(row.first_line, row.last_line, row.code, row.text) for row in rows.duties]
    return tuple(sorted(items, key=lambda item: item.first_line))


def _items_to_runs(items: Iterable[_Item]) -> tuple[tuple[_Item, ...], ...]:
    """Return the items, cut where the numbers of a kind begin again."""
    runs: list[list[_Item]] = []
    numbers: dict[str, int] = {}
    for item in items:
        letters, number = _code_to_parts(item.code)
        if not runs or number <= numbers.get(letters, 0):
            runs.append([])
            numbers = {}
        runs[-1].append(item)
        numbers[letters] = number
    return tuple(map(tuple, runs))


def _code_to_parts(code: str) -> tuple[str, int]:
    """Return the letters and the number of a code, also of a duty (D1)."""
    letters = code.rstrip("0123456789")
    number = code[len(letters) :]
    found = word_to_code(code)
    return (found.letters, found.number) if found else (letters, int(number) if number else 0)


def _are_other(text: str, others: Iterable[str]) -> bool:
    """Return whether a wording has less than half of its long words in common with each of the others."""
    return all(_common_share(text, other) < _LEAST_COMMON for other in others)


def _common_share(first: str, second: str) -> float:
    words, others = ({word for word in _words(text) if len(word) >= _LONG_WORD} for text in (first, second))
    if not words or not others:
        return float(_words(first) == _words(second))
    return len(words & others) / min(len(words), len(others))


def _words(text: str) -> list[str]:
    return text_to_key(text).split()


def _names_version(zone: Sequence[Line]) -> bool:
    """Return whether the lines between two lists are a heading that names a version, and little else."""
    is_named = any(_VERSION.fullmatch(text_to_title_key(line.text.strip("*_ #"))) for line in zone)
    return is_named and len(zone) <= _MOST_BETWEEN


def _zone(lines: Sequence[Line], after: int, before: int) -> tuple[Line, ...]:
    """Return the lines between two numbers."""
    return tuple(line for line in lines if after < line.number < before)


def line_to_reference(text: str) -> str:
    """Return the reference of a standard that a line prints; empty if it prints none.

    Examples
    --------
    >>> line_to_reference("Bricklayer (ST0095)"), line_to_reference("Bricklayer, level 2")
    ('ST0095', '')
    """
    return next(iter(text_to_standard_numbers(text)), "")


def zone_to_title_line(zone: Sequence[Line], texts: Sequence[str]) -> int:
    """Return the number of the line with which the next standard begins; 0 if it cannot be told.

    It is the highest of the headings that the file, or a sign of Markdown, marks as such; or the only line
    that looks like a title, with a line above it that has the reference.

    Parameters
    ----------
    zone
        The lines between the last statement of a standard and the first of the next.
    texts
        All lines as printed.
    """
    levels = {
        line.number: level
        for line in zone
        if (level := line.level or _marks(texts[line.number - 1])) and not is_known_heading(line.text)
    }
    if levels:
        highest = [number for number, level in levels.items() if level == min(levels.values())]
        return highest[0] if len(highest) == 1 else 0
    titles = [at for at, line in enumerate(zone) if _is_title(line)]
    named = [at for at in titles if _has_reference_beside(zone, at)]
    chosen = titles if len(titles) == 1 else named
    if len(chosen) != 1:
        references = [line.number for line in zone if line_to_reference(line.text)]
        return references[0] if len(references) == 1 and not titles else 0
    at = chosen[0]
    return zone[at - 1].number if at and line_to_reference(zone[at - 1].text) else zone[at].number


def _marks(text: str) -> int:
    """Return how many signs of a Markdown heading are before a text."""
    found = _MARKED.match(text)
    return len(found["marks"]) if found else 0


def _is_title(line: Line) -> bool:
    """Return whether a line looks like a title: a short line, also in bold, that is no known heading."""
    text = line.text.strip("*_ ")
    is_fact = _FACT.fullmatch(text_to_title_key(text)) is not None
    return (
        bool(text)
        and is_prose_heading(line._replace(text=text))
        and not (is_fact or is_known_heading(line.text))
    )


def _has_reference_beside(zone: Sequence[Line], at: int) -> bool:
    """Return whether a line, or the one above or below it, has the reference of a standard."""
    return any(line_to_reference(line.text) for line in zone[max(at - 1, 0) : at + 2])
