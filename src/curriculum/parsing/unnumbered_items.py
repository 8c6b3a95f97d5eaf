"""Read lists of KSBs without codes below the headings Knowledge, Skills and Behaviours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from curriculum.model.text import text_to_title_key
from curriculum.parsing.labelled import goes_on
from curriculum.parsing.lines import Line, Passage, is_list_item, without_bullet
from curriculum.parsing.rows import Finding, Occurrence

__all__ = ["UnnumberedList", "line_to_letters", "lines_to_lists", "lists_to_occurrences", "number_findings"]

_LETTERS: Final = {
    **dict.fromkeys(("knowledge", "knowledge and understanding", "technical knowledge"), "K"),
    **dict.fromkeys(("skill", "skills", "technical skills", "competencies"), "S"),
    **dict.fromkeys(("behaviour", "behaviours", "attitudes and behaviours"), "B"),
}
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")
# “How clay is dug. K3”, “How clay is dug (K3)”
_CODE_BEHIND = re.compile(
    r"(?P<text>\S.*?\S)\s*(?:[\s(\[]|\s[–—-]\s)(?P<code>(?:TK|TS|ESB|[KSB])\s?[1-9]\d{0,2})[)\]]?\.?"
)

# What an item can begin with in place of a code that is read: K/1, KN 1.
_LIKE_CODE = re.compile(r"[*(\[]{0,3}[A-Za-z]{1,3}[^\w\s]{0,2}\s?\d{1,3}(?![\w])")


class UnnumberedList(NamedTuple):
    """A list of items: the letters of its codes, its heading and the line of that, and its items."""

    letters: str
    name: str
    heading: int
    items: list[Passage]


def line_to_letters(line: Line) -> str:
    """Return the letters of the codes below the heading of a kind; empty if a line is none."""
    return _LETTERS.get(text_to_title_key(line.text), "")


def _line_to_item(line: Line) -> str:
    """Return the wording of an item: what is after its bullet or its number; empty if it has neither."""
    text = without_bullet(line.text) if is_list_item(line) else line.text
    number = _NUMBER.match(text)
    return text[number.end() :] if number else text if is_list_item(line) else ""


def lines_to_lists(lines: Sequence[Line]) -> tuple[UnnumberedList, ...]:
    """Return the lists; a line that is no item and goes on with none ends its list.

    An item within an item is part of it, where the file says what is within what.
    """
    lists: list[UnnumberedList] = []
    is_open = False
    depth = 0
    for line in lines:
        letters, item = line_to_letters(line), _line_to_item(line)
        if letters:
            lists.append(UnnumberedList(letters, text_to_title_key(line.text), line.number, []))
            is_open = True
        elif is_open and item and not (lists[-1].items and line.depth > depth):
            depth = depth if lists[-1].items else line.depth
            lists[-1].items.append(Passage(item, line.number, line.last))
        elif is_open and lists[-1].items and (item or goes_on(line, lists[-1].items[-1].text)):
            lists[-1].items[-1] = lists[-1].items[-1].joined(line)
        else:
            is_open = False
    return tuple(found for found in lists if found.items)


def _item_to_code_behind(item: Passage, letters: str) -> tuple[str, str]:
    """Return the wording of an item and the code behind it; the code is empty if there is none."""
    found = _CODE_BEHIND.fullmatch(item.text)
    code = "".join(found["code"].split()) if found else ""
    return (found["text"], code) if found and code.startswith(letters) else (item.text, "")


def _codes_behind(lists: Sequence[UnnumberedList]) -> list[str]:
    """Return the code behind each item; an empty text where there is none."""
    return [_item_to_code_behind(item, found.letters)[1] for found in lists for item in found.items]


def _are_coded(codes: Sequence[str]) -> bool:
    return all(codes) and len(set(codes)) == len(codes)


def lists_to_occurrences(lists: Sequence[UnnumberedList], section: str) -> Iterator[Occurrence]:
    """Yield each item with the code behind it; without one, by its order among those of its kind."""
    counts: dict[str, int] = {}
    are_coded = _are_coded(_codes_behind(lists))
    for found in lists:
        for item in found.items:
            counts[found.letters] = counts.get(found.letters, 0) + 1
            text, code = item.text, f"{found.letters}{counts[found.letters]}"
            if are_coded:
                text, code = _item_to_code_behind(item, found.letters)
            yield Occurrence(code, section, text, item.first_line, item.last_line)


def number_findings(
    lists: Sequence[UnnumberedList], occurrences: Sequence[Occurrence]
) -> tuple[Finding, ...]:
    """Return what is to be said of the codes of the items: a note that they are numbered by their order.

    It is an error if some of them have a code behind them, and not each has one of its own; or if most of
    them begin with what may be a code.

    Parameters
    ----------
    lists
        The lists.
    occurrences
        Their items.
    """
    codes = _codes_behind(lists)
    if not occurrences or _are_coded(codes):
        return ()
    message = f"the {len(occurrences)} items print no codes: they are numbered by their order"
    severity = "note"
    like_codes = list(filter(None, (_LIKE_CODE.match(row.text) for row in occurrences)))
    if len(like_codes) > len(occurrences) / 2:
        message = (
            f"{len(like_codes)} of {len(occurrences)} items begin with what may be a code, such as "
            f"{like_codes[0][0]}, and is not read as one. They are numbered by their order; write the codes "
            "like K1"
        )
        severity = "error"
    if any(codes):
        number = sum(map(bool, codes))
        message = (
            f"{number} of {len(codes)} items end with a code: each needs a code of its own, or none. They "
            "are numbered by their order, and the codes are left in the wordings"
        )
        severity = "error"
    return (Finding("numbers-lost", occurrences[0].first_line, severity, message),)
