"""Give the items of a NOS unit their codes: as printed, or made of the element, or by their order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from curriculum.model.text import names_to_phrase, text_to_key, text_to_shortened
from curriculum.parsing.nos_items import Item, ListReading
from curriculum.parsing.rows import Detail, Finding

__all__ = ["ListCodes", "reading_to_codes"]

_PRINTED = "printed codes"
_GROUPS_SHOWN = 4


class ListCodes(NamedTuple):
    """The code of each item; the printed codes as details, where they differ; and what is to be said."""

    codes: tuple[str, ...]
    details: tuple[Detail, ...] = ()
    findings: tuple[Finding, ...] = ()


def reading_to_codes(reading: ListReading) -> ListCodes:
    """Return the codes of the items of a list.

    A printed code is kept if it names one item only; a number gets the letter of its list. If the numbers
    begin anew in each element, the number of the element comes before them (P2.1); if they begin anew in
    groups without a number, or are lost, the items are numbered by their order.
    """
    items = reading.items
    printed = [f"{item.letters or reading.letter}{item.number}" if item.number else "" for item in items]
    if not items:
        return ListCodes(())
    if all(printed) and _are_kept(items, printed):
        return ListCodes(tuple(printed))
    if all(printed) and _begin_anew(items):
        return _anew_codes(reading, printed)
    return _ordered_codes(reading, printed)


def _are_kept(items: Sequence[Item], printed: Sequence[str]) -> bool:
    """Return whether printed codes name one item each; with letters they are kept if they name it twice."""
    if all(item.letters for item in items):
        return not _is_restarted(items, printed)
    if any(not item.number.replace(".", "").isdigit() for item in items):
        return False
    numbers = [tuple(map(int, item.number.split("."))) for item in items]
    return all(low < high for low, high in pairwise(numbers))


def _is_restarted(items: Sequence[Item], printed: Sequence[str]) -> bool:
    """Return whether a code is printed in two groups with two wordings."""
    seen: dict[str, Item] = {}
    for code, item in zip(printed, items, strict=True):
        before = seen.setdefault(code, item)
        is_other = text_to_key(before.passage.text) != text_to_key(item.passage.text)
        if is_other and before.group != item.group:
            return True
    return False


def _runs(items: Sequence[Item]) -> list[list[Item]]:
    return [list(run) for _, run in groupby(items, key=lambda item: item.group)]


def _begin_anew(items: Sequence[Item]) -> bool:
    """Return whether the numbers rise in each of several groups."""
    runs = _runs(items)
    numbers = [[_to_order(item.number) for item in run] for run in runs]
    are_rising = all(low < high for run in numbers for low, high in pairwise(run))
    return len(runs) > 1 and are_rising


def _to_order(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else ord(part[0]) for part in number.split("."))


def _anew_codes(reading: ListReading, printed: Sequence[str]) -> ListCodes:
    items = reading.items
    elements = [item.group.number for item in items]
    can_combine = all(elements) and not any("." in item.number for item in items)
    combined = [f"{item.letters or reading.letter}{item.group.number}.{item.number}" for item in items]
    are_numbers = all(text.isdigit() for text in (*elements, *(item.number for item in items)))
    is_combined = can_combine and are_numbers and _are_single(combined)
    codes = combined if is_combined else _by_order(reading)
    how = (
        "the number of the element is put before them" if is_combined else "they are numbered by their order"
    )
    names = list(
        dict.fromkeys(f"“{text_to_shortened(item.group.name, 40)}”" for item in items if item.group.name)
    )
    more = " and others" if len(names) > _GROUPS_SHOWN else ""
    shown = f"{', '.join(names[:_GROUPS_SHOWN])}{more}" if more else names_to_phrase(names or ["each list"])
    message = f"the printed codes begin anew in {shown}: {how}, {codes[0]} to {codes[-1]}"
    return _told(
        reading, codes, printed, Finding("numbers-lost", items[0].passage.first_line, "note", message)
    )


def _are_single(codes: Sequence[str]) -> bool:
    return len(set(codes)) == len(codes)


def _by_order(reading: ListReading) -> list[str]:
    return [f"{reading.letter}{number}" for number in range(1, len(reading.items) + 1)]


def _ordered_codes(reading: ListReading, printed: Sequence[str]) -> ListCodes:
    codes = _by_order(reading)
    shown = f"{codes[0]} to {codes[-1]} are" if len(codes) > 1 else f"{codes[0]} is"
    message = f"the print has lost its list numbers: {shown} numbered by order"
    finding = Finding("numbers-lost", reading.items[0].passage.first_line, "note", message)
    if any(item.letters or not item.number.isdigit() for item in reading.items if item.number):
        return _told(reading, codes, printed, finding)
    return ListCodes(tuple(codes), (), (finding,))


def _told(reading: ListReading, codes: Sequence[str], printed: Sequence[str], finding: Finding) -> ListCodes:
    """Return codes that are not those that are printed, with the printed ones as details."""
    details = tuple(
        Detail(_PRINTED, code, _to_printed(item), item.passage.first_line, item.passage.first_line)
        for code, shown, item in zip(codes, printed, reading.items, strict=True)
        if shown and code != shown
    )
    return ListCodes(tuple(codes), details, (finding,))


def _to_printed(item: Item) -> str:
    code = f"{item.letters}{item.number}"
    return f"{item.group.name}: {code}" if item.group.name else code
