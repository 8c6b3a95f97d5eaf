"""Give the items of lists without codes their codes: the one behind each item, or that of their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curriculum.parsing.further_columns import FURTHER_COLUMNS, further_findings
from curriculum.parsing.lines import Passage
from curriculum.parsing.rows import Detail, Finding, Occurrence

__all__ = [
    "UnnumberedList",
    "lists_to_details",
    "lists_to_findings",
    "lists_to_occurrences",
    "number_findings",
]

# “How clay is dug. K3”, “How clay is dug (K3)”
_CODE_BEHIND = re.compile(
    r"(?P<text>\S.*?\S)\s*(?:[\s(\[]|\s[–—-]\s)(?P<code>(?:TK|TS|ESB|[KSB])\s?[1-9]\d{0,2})[)\]]?\.?"
)

# What an item can begin with in place of a code that is read: K/1, KN 1.
_LIKE_CODE = re.compile(r"[*(\[]{0,3}[A-Za-z]{1,3}[^\w\s]{0,2}\s?\d{1,3}(?![\w])")


class UnnumberedList(NamedTuple):
    """A list of items.

    Attributes
    ----------
    letters
        The letters of its codes.
    name
        Its heading.
    heading
        The line of that.
    items
        Its items.
    titles
        What is in the cell before an item, by the first line of the item; the name is that of the column.
    markers
        Further lines that were read as structure.
    findings
        What is doubtful.
    """

    letters: str
    name: str
    heading: int
    items: list[Passage]
    titles: dict[int, Detail]
    markers: list[int]
    findings: list[Finding]


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


def lists_to_details(
    lists: Sequence[UnnumberedList], occurrences: Sequence[Occurrence]
) -> tuple[Detail, ...]:
    """Return what is in the cells before the items, named by the code of the item and the column.

    Parameters
    ----------
    lists
        The lists.
    occurrences
        Their items with their codes, in the same order.
    """
    titles = [found.titles.get(item.first_line) for found in lists for item in found.items]
    return tuple(
        title._replace(section=FURTHER_COLUMNS, name=f"{row.code}: {title.name}")
        for title, row in zip(titles, occurrences, strict=True)
        if title
    )


def lists_to_findings(lists: Sequence[UnnumberedList], details: Sequence[Detail]) -> Iterator[Finding]:
    """Yield what is doubtful about the lists, and about what is in the cells before their items.

    It is a warning if no heading tells which column has the wordings.

    Parameters
    ----------
    lists
        The lists.
    details
        What is in the cells before their items.
    """
    for found in lists:
        yield from found.findings
    is_unnamed = any(detail.name.endswith(": column 1") for detail in details)
    for finding in further_findings(details):
        yield finding._replace(severity="warning") if is_unnamed else finding


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
