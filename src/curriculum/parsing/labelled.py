"""Labelled lines ("K1: text"), as every listing prints them, with wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curriculum.model.codes import (
    has_signed_label,
    line_to_codes,
    line_to_label,
    text_to_ending_codes,
    word_to_code,
)
from curriculum.model.text import looks_truncated, text_to_title_key
from curriculum.parsing.duty_options import DUTY_NUMBER, duty_number_to_code, split_option, text_to_option
from curriculum.parsing.headings import heading_to_role
from curriculum.parsing.item_marks import is_next_number
from curriculum.parsing.kind_words import is_last_word
from curriculum.parsing.lines import (
    Line,
    Passage,
    is_continuation,
    is_list_item,
    lines_with_next,
    without_bullet,
)
from curriculum.parsing.page_footers import is_footer_text, is_reference_alone

__all__ = [
    "KIND_HEADINGS",
    "DutyLine",
    "DutyOccurrence",
    "Labelled",
    "explicit_codes",
    "goes_on",
    "is_bare_code",
    "is_bare_duty",
    "is_known_heading",
    "is_page_footer",
    "is_sentence_of_code",
    "line_to_duty",
    "lines_to_duty_occurrences",
    "lines_to_labelled",
    "opens_item",
    "text_to_option",
]

_DUTY = re.compile(
    rf"(?:\d{{1,3}}[.)]\s++)?[*_]{{0,3}}{DUTY_NUMBER}[*_]{{0,3}}(?:\s*+[:.–-][*_]{{0,3}}\s++|\s++)"
    r"(?:\((?P<option>[^)]++)\)\s*+(?:[:.–-]\s++)?)?(?P<text>\S.*)",
    re.IGNORECASE,
)
_BARE_DUTY = re.compile(
    rf"(?:(?:[•*–-]|\d{{1,3}}[.)])\s++)?[*_]{{0,3}}{DUTY_NUMBER}[:.]?[*_]{{0,3}}[:.]?",
    re.IGNORECASE,
)
# A label behind a wording: “... are chosen. K2: The rules”; without a colon, only behind a full stop.
_INNER_LABEL = re.compile(
    r"(?:(?<=\s)|(?<=[.;]))(?P<letters>[KSB]|TK|TS|ESB)0*(?P<number>[1-9]\d{0,2})"
    r"(?:\s?:\s*|(?<=[.;]\s..)\s+(?:[–—-]\s+)?(?=[A-Z])|(?<=[.;]\s...)\s+(?:[–—-]\s+)?(?=[A-Z]))(?=\S)"
)
# A list that a wording announces: nothing, or items alone, are behind the colon.
_ANNOUNCED = re.compile(r":(?:\s[•▪◦·*–-]\s|$)")
# The sign between a code alone on its line and the wording below it, or the bullet of the wording.
_SIGN_BEFORE = re.compile(r"^[:.)•▪◦·–-]\s+")
KIND_HEADINGS = frozenset(
    (
        *("knowledge", "skill", "skills", "behaviour", "behaviours", "ksb", "ksbs"),
        *("knowledge skills and behaviours", "knowledge skills and behaviours ksbs", "knowledge and skills"),
        *("technical knowledge", "technical skills", "employability skills and behaviours"),
    )
)


class Labelled(NamedTuple):
    """A labelled statement and the lines that it runs over."""

    code: str
    passage: Passage


class DutyLine(NamedTuple):
    """The first line of a duty: its code, the option printed in brackets, its wording."""

    code: str
    option: str
    text: str


def line_to_duty(line: Line) -> DutyLine | None:
    """Parse the first line of a duty; return None if the line is none.

    Examples
    --------
    >>> line_to_duty(Line(163, "Duty 8: Manage others on productions as required"))
    DutyLine(code='D8', option='', text='Manage others on productions as required')
    >>> line_to_duty(Line(7, "Core duty no. 4: Shoe horses"))
    DutyLine(code='D4', option='core', text='Shoe horses')
    >>> line_to_duty(Line(66, "• Duty 10 (Production coordinator) Determine the clearances.")).option
    'Production coordinator'
    """
    found = _DUTY.fullmatch(without_bullet(line.text))
    if not found:
        return None
    printed = found["option"] or found["part"]
    option = text_to_option(printed) if printed else ""
    return DutyLine(duty_number_to_code(found["number"]), option, found["text"])


def is_bare_duty(line: Line) -> bool:
    """Return whether a line is the number of a duty alone: "Duty 7"."""
    return _BARE_DUTY.fullmatch(line.text) is not None


class _BareDuty(NamedTuple):
    """The number of a duty alone on its line: its code, the option before it, and the line."""

    code: str
    option: str
    line: int


class DutyOccurrence(NamedTuple):
    """A duty as printed in one place, with its lines, the codes at its end, and its row in a table."""

    code: str
    option: str
    passage: Passage
    codes: tuple[str, ...]
    row: int = 0

    def can_own(self, line: Line) -> bool:
        """Return whether the codes of a line can be those of the duty: in its row, or both in no table."""
        return line.row == self.row or (line.row <= 0 and self.row <= 0)


def opens_item(line: Line) -> bool:
    """Return whether a line begins something new: codes, a label, a duty, or a known heading."""
    text = line.text
    return (
        bool(line_to_codes(text))
        or line_to_label(text) is not None
        or line_to_duty(line) is not None
        or _BARE_DUTY.fullmatch(text) is not None
        or text_to_title_key(text) in KIND_HEADINGS
        or heading_to_role(text) is not None
    )


def goes_on(line: Line, before: str) -> bool:
    """Return whether a line continues the wording before it.

    It does if it starts in lower case and the wording has no full stop yet, if the wording ends in the
    middle of a phrase, or if the line is an item of a list that the wording begins.

    Examples
    --------
    >>> goes_on(Line(9, "Part L of the Building Regulations."), "the Building Safety Act and")
    True
    >>> goes_on(Line(9, "• SWA"), "Types of cable: • PVC")
    True
    >>> goes_on(Line(9, "Related Articles"), "Recognises when mistakes are made")
    False
    """
    is_listed = is_list_item(line) and _ANNOUNCED.search(before) is not None
    is_more = (
        is_continuation(line, before)
        or is_listed
        or before.endswith((":", ",", ";"))
        or looks_truncated(before)
    )
    return is_more and not line.is_opening and not opens_item(line)


def lines_to_duty_occurrences(lines: Sequence[Line]) -> tuple[DutyOccurrence | Line, ...]:
    """Return lines in their order: the lines of a duty joined to one item, other lines as they are.

    "Duty 7" alone on its line is the code of the wording below it, as in the cells of a table.
    """
    found: list[DutyOccurrence | Line] = []
    bare: _BareDuty | None = None
    for line, after in lines_with_next(lines):
        duty = line_to_duty(line)
        alone = _BARE_DUTY.fullmatch(line.text)
        last = found[-1] if found else None
        is_inside = isinstance(last, DutyOccurrence) and _is_reference_inside(line, after, last.passage.text)
        if isinstance(last, DutyOccurrence) and _is_footer_inside(line, after, last) and not is_inside:
            continue
        if bare:
            passage = Passage(line.text, bare.line, line.last)
            found.append(DutyOccurrence(bare.code, bare.option, passage, (), line.row))
            bare = None
        elif duty:
            passage = Passage(duty.text, line.number, line.last)
            found.append(DutyOccurrence(duty.code, duty.option, passage, (), line.row))
        elif alone and after and after.row == line.row and not opens_item(after):
            option = text_to_option(alone["part"]) if alone["part"] else ""
            bare = _BareDuty(duty_number_to_code(alone["number"]), option, line.number)
        elif isinstance(last, DutyOccurrence) and (is_inside or goes_on(line, last.passage.text)):
            found[-1] = last._replace(passage=last.passage.joined(line))
        else:
            found.append(line)
    return tuple(_without_codes(item) if isinstance(item, DutyOccurrence) else item for item in found)


def _is_footer_inside(line: Line, after: Line | None, duty: DutyOccurrence) -> bool:
    """Return whether a line is the footer of a page within the wording of a duty."""
    return after is not None and is_page_footer(line) and goes_on(after, duty.passage.text)


def _without_codes(duty: DutyOccurrence) -> DutyOccurrence:
    text, codes = text_to_ending_codes(duty.passage.text)
    without, option = ("", "") if duty.option else split_option(text)
    passage = duty.passage._replace(text=without or text)
    return duty._replace(passage=passage, codes=codes, option=option or duty.option)


def explicit_codes(lines: Sequence[Line]) -> frozenset[str]:
    """Return the codes that are printed before their wordings on a line ("K1: text")."""
    labels = (line_to_label(line.text) for line in lines)
    return frozenset(label.code for label in labels if label)


def lines_to_labelled(lines: Sequence[Line], known: frozenset[str] = frozenset()) -> tuple[Labelled, ...]:
    """Return the labelled statements of lines; a line that continues a statement is joined to it.

    A code alone on its line labels the line below it, as in the cells of a table. A line is joined only to
    a statement directly before it, or to another line that was joined to that statement; the footer of a page
    between them is left out.

    Parameters
    ----------
    lines
        The lines.
    known
        Codes with explicit labels elsewhere. A line with one of them alone, or with a code that has such a
        label among the lines, is no label: it lists the code.
    """
    known |= explicit_codes(lines)
    statements: list[Labelled] = []
    is_open = is_listing = False
    bare: Line | None = None
    joined: Line | None = None
    is_signed = _has_signs(lines)
    for line, after in lines_with_next(lines):
        # The items of a list in a wording go on, once the first of them does.
        was_listing, is_listing = is_listing, False
        item, joined = joined, None
        label = line_to_label(line.text)
        is_reference = is_open and _is_reference_inside(line, after, statements[-1].passage.text)
        if is_open and is_page_footer(line) and not is_reference and label is None:
            continue
        if label and is_signed and is_sentence_of_code(line):
            label = None
        if bare:
            code = line_to_codes(bare.text)[0]
            text = _SIGN_BEFORE.sub("", line.text)
            statements.append(Labelled(code, Passage(text, bare.number, line.last)))
            is_open, bare = True, None
        elif is_bare_code(line, after) and not known.intersection(line_to_codes(line.text)):
            bare = line
        elif label and label.text:
            statements.append(Labelled(label.code, Passage(label.text, line.number, line.last)))
            is_open = True
        elif is_open and (
            is_reference
            or goes_on(line, statements[-1].passage.text)
            or (was_listing and _is_next_item(line))
            or (item and is_next_number(item, line) and not opens_item(line))
            or _is_last_word(line, after, statements[-1])
        ):
            last = statements[-1]
            statements[-1] = last._replace(passage=last.passage.joined(line))
            is_listing, joined = is_list_item(line), line
        else:
            is_open = False
    labelled = frozenset(item.code for item in statements)
    return tuple(part for item in statements for part in _split_labelled(item, labelled))


def _is_last_word(line: Line, after: Line | None, before: Labelled) -> bool:
    label = line_to_label(after.text) if after else None
    is_plain = not line.level and not line.row
    return (
        label is not None
        and is_plain
        and is_last_word(line.text, before.passage.text, before.code, label.code)
    )


def is_sentence_of_code(line: Line) -> bool:
    """Return whether a line begins with a code and goes on in lower case, with no sign between them.

    Examples
    --------
    >>> is_sentence_of_code(Line(4, "S1 boots are worn.")), is_sentence_of_code(Line(5, "K1: how"))
    (True, False)
    """
    label = line_to_label(line.text)
    is_lower = label is not None and label.text[:1].islower()
    return is_lower and not line.row and not has_signed_label(line.text)


def _has_signs(lines: Sequence[Line]) -> bool:
    """Return whether most labels of a list have a sign behind the code."""
    signs = [has_signed_label(line.text) for line in lines if line_to_label(line.text)]
    return sum(signs) * 2 >= len(signs) > 1


def _is_next_item(line: Line) -> bool:
    return is_list_item(line) and not line.gap and not line.is_opening and not opens_item(line)


def _split_labelled(item: Labelled, labelled: frozenset[str]) -> Iterator[Labelled]:
    """Yield the statements that are printed one behind the other on a line.

    A label within a wording begins the next statement if its number is the next of its letters, or the first
    of other letters, and no line begins with it.

    Examples
    --------
    >>> item = Labelled("K1", Passage("Tools. K2: Rules. K9: no label of the list. S1: Trim.", 1, 1))
    >>> [part.code for part in _split_labelled(item, frozenset(["K1"]))]
    ['K1', 'K2', 'S1']
    """
    text, code = item.passage.text, item.code
    cuts = [(code, 0, 0)]
    for found in _INNER_LABEL.finditer(text):
        letters, number = found["letters"], int(found["number"])
        last = word_to_code(cuts[-1][0])
        following = last.number + 1 if last and last.letters == letters else 1
        inner = f"{letters}{number}"
        if number == following and inner not in labelled and inner not in {cut[0] for cut in cuts}:
            cuts.append((inner, found.start(), found.end()))
    for (of_cut, _, start), (_, end, _) in zip(cuts, [*cuts[1:], ("", len(text), 0)], strict=True):
        part = text[start:end].strip()
        # Between statements on one line, a semicolon belongs to neither.
        yield Labelled(
            of_cut, item.passage._replace(text=part.removesuffix(";") if end < len(text) else part)
        )


def _is_reference_inside(line: Line, after: Line | None, before: str) -> bool:
    """Return whether a line with a reference alone, which the text has once, is part of a wording.

    It is if the wording before it ends in the middle of a phrase, or the line behind it goes on in lower
    case. The footer of pages is printed on each of them.
    """
    is_alone = is_reference_alone(line.text) and not line.is_repeated and not line.row
    is_open = looks_truncated(before) or (after is not None and after.text[:1].islower())
    return is_alone and is_open and not before.endswith(".")


def is_page_footer(line: Line) -> bool:
    """Return whether a line is the footer of a printed page: a page number, or who has the copyright.

    Examples
    --------
    >>> is_page_footer(Line(9, "ST9999/AP01 Page 2 of 9")), is_page_footer(Line(9, "12 pages of the log"))
    (True, False)
    """
    if line.row:
        return False
    is_head = line.is_running and not opens_item(line)
    return is_head or is_footer_text(line.text)


def is_bare_code(line: Line, after: Line | None) -> bool:
    """Return whether a line is a code alone, above a line of wording.

    Examples
    --------
    >>> is_bare_code(Line(1, "K1"), Line(2, "The hoof.")), is_bare_code(Line(1, "K1"), Line(2, "S1 S2"))
    (True, False)
    """
    # In a row of a table, the cell beside a code can be a tick: only the headings tell which cell is wording.
    if after is None or after.row != line.row or line.row > 0 or (after.is_opening and not line.row):
        return False
    return len(line_to_codes(line.text)) == 1 and not opens_item(after)


def is_known_heading(text: str) -> bool:
    """Return whether a text is a heading of standards and plans, or of a kind of KSBs.

    Examples
    --------
    >>> is_known_heading("Knowledge"), is_known_heading("5.1 Gateway"), is_known_heading("Bricklayer")
    (True, True, False)
    """
    return text_to_title_key(text) in KIND_HEADINGS or heading_to_role(text) is not None
