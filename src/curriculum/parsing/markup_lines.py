"""Read lines by what their file says about them: wrapped paragraphs, titles of statements in headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from curriculum.documents.markup import Markup
from curriculum.model.codes import line_to_codes, line_to_label, text_to_ending_codes, word_to_code
from curriculum.model.text import names_to_phrase
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.labelled import is_page_footer, line_to_duty, opens_item
from curriculum.parsing.lines import Line, is_list_item, lines_with_next
from curriculum.parsing.rows import Detail, Finding, Rows

__all__ = ["lines_with_markup"]

_TITLES = "titles of statements"
_FRONT_MATTER = "front matter"
# “Assessment method: Interview” below a wording is no part of it.
_NAMED = re.compile(r"[A-Z][\w /&-]{0,40}:(?:\s.*)?")
_ITEM = re.compile(r"(?:[•*–-]|\d{1,3}[.)])\s")
_LONGEST_TITLE = 8
# A line that is wrapped is not shorter than the longest one by more than this and its next word.
_RAGGED = 3
_CODES_SHOWN = 10


def lines_with_markup(lines: Sequence[Line], markup: Markup) -> tuple[tuple[Line, ...], Rows]:
    """Return lines with wrapped wordings joined and titles taken out of them, and the rows of what was taken.

    Parameters
    ----------
    lines
        The lines of a document.
    markup
        What its file says about them.

    Returns
    -------
    tuple
        The lines; and details of the titles and of values beside the text, with a finding on the titles.
    """
    depths = dict(markup.depths)
    placed = [_with_depth(line, depths) for line in lines]
    joined = _join_wrapped(placed, markup.paragraphs)
    headed, titles = _take_titles(joined)
    values = tuple(
        Detail(_FRONT_MATTER, value.name, value.value, value.line, value.line) for value in markup.values
    )
    return headed, Rows(details=(*values, *titles), findings=_title_findings(titles))


def _with_depth(line: Line, depths: Mapping[int, int]) -> Line:
    """Return a line that knows within how many lists it is; those in the cells of a row know it too."""
    if line.parts:
        return line._replace(parts=tuple(_with_depth(part, depths) for part in line.parts))
    return line._replace(depth=depths[line.number]) if line.number in depths else line


def _join_wrapped(lines: Sequence[Line], paragraphs: Sequence[tuple[int, int]]) -> tuple[Line, ...]:
    """Return lines with the wordings of statements, duties and items of lists joined that a paragraph wraps.

    Other paragraphs keep their lines: in “Level: 3” above “Route: Media”, each is one of a list.
    """
    firsts = {number: first for first, last in paragraphs for number in range(first + 1, last + 1)}
    wrapped = firsts.keys() | {first for first, _ in paragraphs}
    width = max((len(line.text) for line in lines if line.number in wrapped), default=0)
    groups: list[list[Line]] = []
    is_open = False
    for line in lines:
        first = firsts.get(line.number, 0)
        if first and is_open and groups[-1][0].number >= first and _goes_on(line, groups[-1], width):
            groups[-1].append(line)
            continue
        is_below_code = bool(groups) and _is_code_above(groups[-1][-1], firsts) and not opens_item(line)
        is_open = not line.row and not line.cells and (is_below_code or _is_worded(line))
        groups.append([line])
    return tuple(map(_group_to_line, groups))


def _group_to_line(group: Sequence[Line]) -> Line:
    if len(group) == 1:
        return group[0]
    return group[0]._replace(text=" ".join(line.text for line in group), last_number=group[-1].last)


def _is_code_above(line: Line, firsts: Mapping[int, int]) -> bool:
    """Return whether a line is a code alone, for the line below it: the first line of its paragraph."""
    return len(line_to_codes(line.text)) == 1 and line.number not in firsts


def _is_labelled(line: Line) -> bool:
    label = line_to_label(line.text)
    return bool(label and label.text)


def _is_worded(line: Line) -> bool:
    return _is_labelled(line) or line_to_duty(line) is not None or _ITEM.match(line.text) is not None


def _goes_on(line: Line, group: Sequence[Line], width: int) -> bool:
    """Return whether a line goes on with those before it, in the same paragraph.

    In Markdown, “Distinction” right below an item of a list is part of the item; its author did not mean it
    so. A line that is not indented and begins with a capital goes on only if its first word had no place in
    the line before it.
    """
    before, first_word = group[-1], line.text.split(maxsplit=1)[0]
    is_other = line.row or line.cells or is_list_item(line) or is_page_footer(line) or line.text[-1] == ":"
    if is_other or _is_code(first_word) or opens_item(line) or _NAMED.fullmatch(line.text):
        return False
    if text_to_ending_codes(before.text)[1] or _is_code(before.text.split()[-1]):
        return False
    is_sentence_end = before.text[-1] in ".;!?"
    if is_sentence_end and not _is_labelled(group[0]):
        return False
    if line.indent or first_word[0].islower():
        return True
    return len(before.text) + len(first_word) >= width - _RAGGED and not (
        is_sentence_end and is_prose_heading(line)
    )


def _is_code(word: str) -> bool:
    return word_to_code(word.rstrip(",;:.")) is not None


class _Titled(NamedTuple):
    """A heading with a code and a title, and the line of wording below it."""

    code: str
    title: str
    heading: Line
    below: Line


def _take_titles(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Detail, ...]]:
    """Return lines without the titles that are between a code and its wording, and these titles.

    “K1: Tools” is a title if it is a heading and the wording is below it. It is a wording if any heading with
    a code has no text below it, or has more words than a title.
    """
    coded = [line for line in lines if line.level and _is_labelled(line)]
    titled = {row.heading.number: row for row in _titled(lines)}
    if not titled or len(titled) < len(coded):
        return tuple(lines), ()
    below = {row.below.number for row in titled.values()}
    kept = [
        _with_wording(titled[line.number]) if line.number in titled else line
        for line in lines
        if line.number not in below
    ]
    details = tuple(
        Detail(_TITLES, row.code, row.title, row.heading.number, row.heading.last) for row in titled.values()
    )
    return tuple(kept), details


def _titled(lines: Sequence[Line]) -> list[_Titled]:
    found = []
    for line, after in lines_with_next(lines):
        label = line_to_label(line.text) if line.level else None
        if label is None or after is None or not label.text or not _can_be_wording(after):
            continue
        if len(label.text.split()) <= min(_LONGEST_TITLE, len(after.text.split()) - 1):
            found.append(_Titled(label.code, label.text, line, after))
    return found


def _can_be_wording(line: Line) -> bool:
    is_other = line.level or line.row or line.cells or is_list_item(line)
    return not is_other and not opens_item(line) and _NAMED.fullmatch(line.text) is None


def _with_wording(row: _Titled) -> Line:
    return row.heading._replace(text=f"{row.code}: {row.below.text}", last_number=row.below.last)


def _title_findings(titles: Sequence[Detail]) -> tuple[Finding, ...]:
    if not titles:
        return ()
    codes = [row.name for row in titles]
    more = len(codes) - _CODES_SHOWN
    shown = f"{', '.join(codes[:_CODES_SHOWN])} and {more} more" if more > 0 else names_to_phrase(codes)
    message = (
        f"a title is above the text of {shown}, such as “{titles[0].value}”: titles are kept as details, and "
        "the texts are read as the wordings"
    )
    return (Finding("titled-statement", titles[0].first_line, "warning", message),)
