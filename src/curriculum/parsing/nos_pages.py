"""The title of a NOS unit, and what its pages repeat of it: the running head, the foot, the page number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from curriculum.model.text import text_to_title_key
from curriculum.parsing.labelled import is_page_footer
from curriculum.parsing.lines import Line
from curriculum.parsing.nos_headings import URN, heading_to_part, text_to_urn
from curriculum.parsing.nos_labels import TITLES, line_to_label, split_label

__all__ = ["UnitHead", "lines_to_head", "without_page_heads"]

# What can be above the title, and is no part of it.
_ABOVE = re.compile(
    r"(?:uk )?national occupational standards?(?: unit)?|nos|unit|competence|nos unit|standard"
    r"|national occupational standards nos"
)
# The number of a unit with another organisation, which is above the title.
_NUMBER_ELSEWHERE = re.compile(r"(?:[A-Z]{2,5}\s)?unit (?:code|number|reference)\b", re.IGNORECASE)
_LONGEST_TITLE: Final = 160
_LONGEST_REST: Final = 80
_PAGE: Final = re.compile(r"\s(?:page )?\d{1,3}(?: of \d{1,3})?$", re.IGNORECASE)
_LONGEST_HEAD = 3
_MOST_ABOVE = 10


class UnitHead(NamedTuple):
    """The number of a unit, its title, and the lines that have them."""

    urn: str
    title: str
    lines: tuple[Line, ...]


def lines_to_head(lines: Sequence[Line]) -> UnitHead:
    """Return the number of a unit (URN) and its title, with the lines that have them.

    Examples
    --------
    >>> head = lines_to_head([Line(1, "BAKE7"), Line(2, "Bake a loaf"), Line(3, "Overview")])
    >>> head.urn, head.title, len(head.lines)
    ('BAKE7', 'Bake a loaf', 2)
    """
    taken: list[Line] = []
    urn, title, labelled = "", "", _labelled_title(lines)
    for at, line in enumerate(lines[:_MOST_ABOVE]):
        after = lines[at + 1 : at + 4]
        if heading_to_part(line, after)[0] or line_to_label(line, after):
            break
        if split_label(line, is_below_label=True):
            # Labels with their values can be above the title too.
            if title or labelled:
                break
            continue
        if URN.fullmatch(line.text) and not urn:
            urn = line.text
        elif not title and _ABOVE.fullmatch(text_to_title_key(line.text)):
            pass
        elif not title and (at == len(taken) or _can_be_title(line)):
            urn, title = _split_urn(line.text, urn)
        elif not title or not _is_rest_of_title(title, line):
            break
        else:
            title = f"{title} {line.text}"
        taken.append(line)
    return UnitHead(urn, title or labelled, tuple(taken))


def _can_be_title(line: Line) -> bool:
    """Return whether a line below labels can be the title: a short line that is no sentence."""
    return len(line.text) <= _LONGEST_REST and line.text[0].isupper() and line.text[-1] not in ".:;,"


def _labelled_title(lines: Sequence[Line]) -> str:
    """Return the title that is printed behind a label; empty if none is."""
    splits = (split_label(line, is_below_label=True) for line in lines[:_MOST_ABOVE])
    titles = (value.text for name, value in filter(None, splits) if text_to_title_key(name.text) in TITLES)
    return next(titles, "")


def _split_urn(text: str, urn: str) -> tuple[str, str]:
    """Return the number of a unit and its title where both are on one line."""
    found = "" if urn else text_to_urn(text)
    rest = text[len(found) :].strip(" :–-")
    if found and _NUMBER_ELSEWHERE.match(rest):
        return found, ""
    return (found, rest) if found and rest[:1].isupper() else (urn, text)


def _is_rest_of_title(title: str, line: Line) -> bool:
    """Return whether a line goes on with a title that is wrapped."""
    is_near = not line.gap and not line.is_opening and not line.level
    is_short = len(line.text) <= _LONGEST_REST and len(title) + len(line.text) <= _LONGEST_TITLE
    is_more = line.text[0].islower() and line.text[-1] not in ".:"
    return is_near and is_short and is_more and not title.endswith(".")


def _to_page_keys(head: UnitHead) -> frozenset[str]:
    """Return what pages repeat of the head of a unit, without white space and signs."""
    urn, title = text_to_title_key(head.urn), text_to_title_key(head.title)
    printed = {text_to_title_key(line.text) for line in head.lines}
    return frozenset({urn, title, f"{urn} {title}".strip(), f"{title} {urn}".strip(), *printed}) - {""}


def without_page_heads(lines: Sequence[Line], head: UnitHead) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Return the lines of a unit without the heads and feet of its pages, and the numbers of those.

    Parameters
    ----------
    lines
        The lines below the title.
    head
        The number and the title of the unit.
    """
    keys = _to_page_keys(head)
    kept: list[Line] = []
    left_out: list[int] = []
    at = 0
    while at < len(lines):
        n_lines = _page_head_lines(lines, at, keys)
        if n_lines:
            # The number of the page can be on a line of its own below its foot.
            is_open = bool(kept) and line_to_label(kept[-1], ()) is not None
            n_lines += not is_open and at + n_lines < len(lines) and _is_number(lines[at + n_lines])
            left_out += [line.number for line in lines[at : at + n_lines]]
            at += n_lines
            continue
        line = lines[at]
        # The blank lines at the end of a page say nothing about a wording that ends there.
        is_below = bool(left_out) and at > 0 and left_out[-1] == lines[at - 1].number
        kept.append(line._replace(gap=min(line.gap, 1)) if is_below else line)
        at += 1
    return tuple(kept), tuple(left_out)


def _page_head_lines(lines: Sequence[Line], at: int, keys: frozenset[str]) -> int:
    """Return how many lines from one on are the head or the foot of a page; 0 if it is none."""
    if lines[at].row or (at and not lines[at].is_running and _is_below_label(lines, at)):
        return 0
    if _is_number(lines[at]):
        is_above = at + 1 < len(lines) and not _is_number(lines[at + 1])
        return int(lines[at].is_running or (is_above and _page_head_lines(lines, at + 1, keys) > 0))
    words = ""
    for n, line in enumerate(lines[at : at + _LONGEST_HEAD], start=1):
        words = f"{words} {line.text}".strip()
        # The number of the unit can be printed at the heads of the pages alone.
        without_number = words[len(text_to_urn(words)) :]
        if {text_to_title_key(_PAGE.sub("", text)) for text in (words, without_number)} & keys:
            return n
    return int(is_page_footer(lines[at]))


def _is_below_label(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line is below a label such as “Original URN”: it is the value of that."""
    found = line_to_label(lines[at - 1], ())
    is_telling = found is not None and (found.key in TITLES or not found.takes_any)
    return found is not None and is_telling and found.form(lines[at].text)


def _is_number(line: Line) -> bool:
    return line.text.isdigit() and not line.row
