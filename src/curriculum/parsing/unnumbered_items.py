"""Read lists of KSBs without codes below the headings Knowledge, Skills and Behaviours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from curriculum.model.codes import word_to_code
from curriculum.model.text import text_to_title_key
from curriculum.parsing.labelled import goes_on
from curriculum.parsing.lines import Line, Passage, is_list_item, without_bullet
from curriculum.parsing.rows import Finding, Occurrence

__all__ = ["UnnumberedList", "line_to_letters", "lines_to_lists", "lists_to_occurrences", "numbers_lost"]

_LETTERS: Final = {
    **dict.fromkeys(("knowledge", "knowledge and understanding", "technical knowledge"), "K"),
    **dict.fromkeys(("skill", "skills", "technical skills", "competencies"), "S"),
    **dict.fromkeys(("behaviour", "behaviours", "attitudes and behaviours"), "B"),
}
_CODE_BEHIND = re.compile(r"(?P<text>.*\S)\s*[\s(\[](?P<code>[A-Z]{1,3}\d{1,3})[)\]]?\.?")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")


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


def lists_to_occurrences(lists: Sequence[UnnumberedList], section: str) -> Iterator[Occurrence]:
    """Yield each item with the code behind its wording; or, unless all have one, with a code by its order."""
    if _have_codes_behind(lists):
        for found in lists:
            for item in found.items:
                text, code = _split_code_behind(item.text, found.letters)
                yield Occurrence(code, section, text, item.first_line, item.last_line)
        return
    counts: dict[str, int] = {}
    for found in lists:
        for item in found.items:
            counts[found.letters] = counts.get(found.letters, 0) + 1
            code = f"{found.letters}{counts[found.letters]}"
            yield Occurrence(code, section, item.text, item.first_line, item.last_line)


def _split_code_behind(text: str, letters: str) -> tuple[str, str]:
    """Split an item and the code of its kind behind it; the code is empty if there is none.

    Examples
    --------
    >>> _split_code_behind("How hay is stored. K3", "K"), _split_code_behind("Meets the rules of K3", "S")
    (('How hay is stored.', 'K3'), ('Meets the rules of K3', ''))
    """
    found = _CODE_BEHIND.fullmatch(text)
    code = word_to_code(found["code"]) if found else None
    return (found["text"], str(code)) if found and code and code.letters == letters else (text, "")


def _codes_behind(lists: Sequence[UnnumberedList]) -> list[str]:
    return [_split_code_behind(item.text, found.letters)[1] for found in lists for item in found.items]


def _have_codes_behind(lists: Sequence[UnnumberedList]) -> bool:
    codes = _codes_behind(lists)
    return bool(codes) and all(codes) and len(set(codes)) == len(codes)


def numbers_lost(lists: Sequence[UnnumberedList]) -> Iterator[Finding]:
    """Yield what is to be said of items that are numbered by their order.

    It is a note; an error if some of them, but not all, have a code behind them, or two have the same.
    """
    if not lists or _have_codes_behind(lists):
        return
    codes = _codes_behind(lists)
    n_printed = sum(map(bool, codes))
    first = lists[0].items[0].first_line
    if n_printed:
        message = (
            f"{n_printed} of {len(codes)} items have a code of their kind behind them, and not each one "
            "of its own: all are numbered by their order. Complete the codes, or take them out"
        )
        yield Finding("numbers-lost", first, "error", message)
        return
    message = f"the {len(codes)} items print no codes: they are numbered by their order"
    yield Finding("numbers-lost", first, "note", message)
