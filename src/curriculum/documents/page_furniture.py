"""Find what of a saved web page belongs to the site: its menus, header, footer, forms and buttons.

What looks like a row of a standard is never furniture for its tag alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from curriculum.documents.markup import Remark
from curriculum.model.codes import line_to_codes, line_to_label

__all__ = [
    "LONGEST_BUTTON",
    "SECTIONING",
    "WITH_MEANING",
    "Element",
    "Part",
    "Region",
    "Regions",
    "element_to_part",
    "is_code_alone",
    "is_code_text",
    "is_row_text",
    "is_spoken",
]


class Part(Enum):
    """What a part of a page is. The values are the words of a message."""

    MENU = "menus"
    HEADER = "header of the site"
    FOOTER = "footer of the site"
    OUTSIDE = "outside of the main part"
    DIALOGUE = "dialogues"
    FORM = "forms and feedback"
    BUTTON = "buttons and links of the site"
    GLOSSARY = "glossary of the site"
    SPOKEN = "words for screen readers"
    SIGN = "signs without a word"


class Element(NamedTuple):
    """A tag and its attributes."""

    tag: str
    attributes: Mapping[str, str]

    @property
    def classes(self) -> str:
        """The names of its classes; empty if it has none."""
        return self.attributes.get("class", "")


_OF_TAG = {
    "nav": Part.MENU,
    "header": Part.HEADER,
    "footer": Part.FOOTER,
    "form": Part.FORM,
    "fieldset": Part.FORM,
    "search": Part.FORM,
}
WITH_MEANING = frozenset((*_OF_TAG, "dialog", "button"))
_OF_ROLE = {
    "navigation": Part.MENU,
    "menu": Part.MENU,
    "menubar": Part.MENU,
    "tablist": Part.MENU,
    "search": Part.FORM,
    "form": Part.FORM,
    "banner": Part.HEADER,
    "contentinfo": Part.FOOTER,
    "dialog": Part.DIALOGUE,
    "alertdialog": Part.DIALOGUE,
    "tooltip": Part.DIALOGUE,
}
# Names of classes and ids; each begins after a space, a hyphen or an underscore.
_OF_NAME = (
    (
        Part.FORM,
        r"cookies?|feedback\w*|is-this-useful|share(?:-?buttons\w*|-links|-this)?|social-(?:links|icons)",
    ),
    (
        Part.MENU,
        r"breadcrumbs?|skip-?link|skiplinks?|side-?nav|navigation|contents-list|pagination|tabs__list"
        r"|phase-banner|back-to-top|backtotop\w*|sub-nav",
    ),
    (
        Part.BUTTON,
        r"back-link|accordion-controls|accordion__controls|accordion__open-all|accordion__show-all"
        r"|section-toggle|summary-list__actions|summary-card__actions|\w{0,20}return\w{0,20}btn|btn--print|print-link",
    ),
    (Part.GLOSSARY, r"glossary-terms?"),
)
_NAMED = re.compile(
    "|".join(rf"(?P<{part.name}>(?<=[\s_-])(?:{names})(?=[\s_-]))" for part, names in _OF_NAME)
)
_SPOKEN = re.compile(r"(?<=[\s_-])(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?)(?=[\s_-])")
# A button that opens a section is its heading.
_OPENS_SECTION = ("aria-controls", "aria-expanded", "data-toggle", "data-bs-toggle")
# In these a header or a footer is that of a part of the text.
SECTIONING = frozenset(("main", "article", "section"))
# Rows of a standard in these are part of the text: some sites put a whole page into a form.
_CAN_HOLD_TEXT = frozenset((Part.FORM, Part.DIALOGUE, Part.GLOSSARY, Part.HEADER, Part.FOOTER, Part.SPOKEN))
# Of these, a form is often around the whole page; rows in the others are doubtful.
_SELDOM_TEXT = frozenset((Part.DIALOGUE, Part.GLOSSARY, Part.HEADER, Part.FOOTER))
_ROWS_SHOWN, _SHOWN = 3, 60
_DUTY = re.compile(r"[\s•*]*+duty\s?\d{1,3}\b[:.]?(?P<text>.*)", re.IGNORECASE)
_STANDARD_NUMBER = re.compile(
    r"(?:\d{1,2}[.)] )?reference(?: number| code)?:?(?:\s[A-Z]{2,3}\d{4}\S*+)?|(?:ST|OCC|FA|AU)\d{4}",
    re.IGNORECASE,
)
_CODE_TEXT = re.compile(
    r"[\s([•]*+(?:TK|TS|ESB|[KSBD])\s?\d{1,3}(?!\w).*|\s*+duty\s?\d{1,3}(?!\w).*", re.IGNORECASE
)
# The label of a button is short; a longer text in one is text of the page.
LONGEST_BUTTON = 60
_CODE_ALONE = re.compile(r"\s*+(?:TK|TS|ESB|[KSB]|Duty\s)\d{1,3}[:.]?", re.IGNORECASE)
# A main part with less than this share of the text of a page is none.
_LEAST_MAIN = 0.1


def is_code_text(text: str) -> bool:
    """Return whether a text begins with a code or “Duty n”, so that it is no furniture within a line.

    Examples
    --------
    >>> is_code_text("K1"), is_code_text("Duty 2"), is_code_text("Show this section")
    (True, True, False)
    """
    return _CODE_TEXT.fullmatch(text) is not None


def is_code_alone(text: str) -> bool:
    """Return whether a text is a code or “Duty n” and no more, so that what is behind it is its wording.

    Examples
    --------
    >>> is_code_alone("K1:"), is_code_alone("Duty 2"), is_code_alone("K1 and K2")
    (True, True, False)
    """
    return _CODE_ALONE.fullmatch(text) is not None


def is_row_text(text: str) -> bool:
    """Return whether a line looks like a KSB or a duty with its wording, a list of codes, or the reference.

    Examples
    --------
    >>> is_row_text("K1: How hay is stored."), is_row_text("Duty 1"), is_row_text("Accept cookies")
    (True, False, False)
    """
    duty = _DUTY.fullmatch(text)
    label = line_to_label(text)
    is_worded = duty is not None and any(map(str.isalpha, duty["text"]))
    is_labelled = label is not None and bool(label.text)
    return (
        is_worded or is_labelled or bool(line_to_codes(text)) or _STANDARD_NUMBER.fullmatch(text) is not None
    )


def _is_item(text: str) -> bool:
    """Return whether a line looks like a KSB, a duty or a list of codes, and not only like the reference."""
    return is_row_text(text) and _STANDARD_NUMBER.fullmatch(text) is None


def element_to_part(element: Element, is_in_section: bool, is_in_heading: bool) -> Part | None:
    """Return what part of a site an element is; None if it is text of the page.

    Parameters
    ----------
    element
        The element.
    is_in_section
        Whether it is in the main part, an article or a section, which can have a header of its own.
    is_in_heading
        Whether it is in a heading: a button there opens the section below it.
    """
    if not element.attributes and element.tag not in WITH_MEANING:
        return None
    role = element.attributes.get("role", "").casefold().strip()
    part = _OF_ROLE.get(role) or _OF_TAG.get(element.tag)
    if element.tag == "dialog" or element.attributes.get("aria-modal", "") == "true":
        return Part.DIALOGUE
    if element.tag == "button" or role == "button":
        is_opening = any(name in element.attributes for name in _OPENS_SECTION)
        return None if is_in_heading or is_opening else Part.BUTTON
    if part in (Part.HEADER, Part.FOOTER) and is_in_section:
        return None
    return part or _names_to_part(element)


def _names_to_part(element: Element) -> Part | None:
    """Return what part the classes and the id of an element name."""
    if element.tag in ("html", "body", "main") or SECTIONING & {element.tag}:
        return None
    return _named_part(element.classes) or _named_part(element.attributes.get("id", ""))


# A page has few classes, on many elements.
@lru_cache(maxsize=4096)
def _named_part(names: str) -> Part | None:
    found = _NAMED.search(f" {names.casefold()} ") if names else None
    return Part[found.lastgroup] if found and found.lastgroup else None


def is_spoken(element: Element) -> bool:
    """Return whether an element is shown to screen readers only."""
    return bool(element.classes) and _are_spoken(element.classes)


@lru_cache(maxsize=4096)
def _are_spoken(names: str) -> bool:
    return _SPOKEN.search(f" {names.casefold()} ") is not None


@dataclass(frozen=True, eq=False)
class Region:
    """A part of a page: what it is, whether it is in the main part, and the region around it."""

    part: Part | None
    is_main: bool
    around: Region | None = None


@dataclass
class Regions:
    """The region of each line of a page, while it is read."""

    of_line: dict[int, Region] = field(default_factory=dict)
    has_main: bool = False

    def to_furniture(self, lines: Sequence[str], headings: Mapping[int, int]) -> dict[int, str]:
        """Return the numbers of the lines that belong to the site, each with the words that say why.

        Rows of a standard decide: a region that holds one is text, apart from menus, and the main part of a
        page is what is in `<main>` only if no KSB is outside of it that it does not have.
        """
        texts = {number: lines[number - 1] for number in self.of_line}
        rows = {number for number, text in texts.items() if is_row_text(text)}
        is_main_used = self.has_main and self._is_main_whole(texts, rows)
        open_regions = self._regions_of(number for number in rows if self._is_in(number, is_main_used))
        title = self._title(headings, is_main_used)
        parts = {
            number: self._line_to_part(number, is_main_used, open_regions)
            for number in self.of_line
            if number != title
        }
        return {number: part.value for number, part in parts.items() if part}

    def to_remarks(self, lines: Sequence[str], furniture: Mapping[int, str]) -> Iterator[Remark]:
        """Yield a warning for rows that are read from a part such as the footer, if others are not in one."""
        rows = [number for number in self.of_line if number not in furniture and _is_item(lines[number - 1])]
        parts = {number: part for number in rows if (part := self._part_around(number))}
        if not parts or 2 * len(parts) > len(rows):
            return
        for part in dict.fromkeys(parts.values()):
            numbers = [number for number, found in parts.items() if found is part]
            shown = ", ".join(f"“{lines[number - 1][:_SHOWN]}”" for number in numbers[:_ROWS_SHOWN])
            more = f" and {len(numbers) - _ROWS_SHOWN} more" if len(numbers) > _ROWS_SHOWN else ""
            message = (
                f"read from a part of the page that is not its main part ({part.value}), as nothing else has "
                f"it: {shown}{more}. Look whether it belongs to the standard"
            )
            yield Remark("site-text", numbers[0], "warning", message)

    def _part_around(self, number: int) -> Part | None:
        """Return the part, seldom that of a standard, that a line is in; None if it is in none."""
        region: Region | None = self.of_line[number]
        while region and region.part not in _SELDOM_TEXT:
            region = region.around
        return region.part if region else None

    def _is_in(self, number: int, is_main_used: bool) -> bool:
        return self.of_line[number].is_main or not is_main_used

    def _is_main_whole(self, texts: Mapping[int, str], rows: Iterable[int]) -> bool:
        """Return whether all KSBs are in the main part, and much of the text if there are none."""
        inside, outside = _Count(), _Count()
        for number, region in self.of_line.items():
            if region.part in (None, *_CAN_HOLD_TEXT):
                (inside if region.is_main else outside).size += len(texts[number])
        for number in rows:
            if self.of_line[number].part is not Part.MENU:
                (inside if self.of_line[number].is_main else outside).codes |= _text_to_names(texts[number])
        if inside.codes:
            return outside.codes <= inside.codes
        return not outside.codes and inside.size >= _LEAST_MAIN * (inside.size + outside.size)

    def _regions_of(self, numbers: Iterable[int]) -> set[int]:
        """Return the ids of all regions around these lines."""
        found: set[int] = set()
        for number in numbers:
            region: Region | None = self.of_line[number]
            while region and id(region) not in found:
                found.add(id(region))
                region = region.around
        return found

    def _line_to_part(self, number: int, is_main_used: bool, open_regions: set[int]) -> Part | None:
        region: Region | None = self.of_line[number]
        is_outside = not self._is_in(number, is_main_used)
        while region:
            is_text = region.part in _CAN_HOLD_TEXT and id(region) in open_regions
            if region.part and not is_text:
                return region.part
            region = region.around
        return Part.OUTSIDE if is_outside else None

    def _title(self, headings: Mapping[int, int], is_main_used: bool) -> int:
        """Return the line of the title: the last first-level heading above, if the main part has none."""
        titles = [number for number, level in headings.items() if level == 1]
        if any(self._is_in(number, is_main_used) and not self.of_line[number].part for number in titles):
            return 0
        shown = (number for number in titles if self.of_line[number].part in (None, Part.HEADER))
        return max(shown, default=0)


@dataclass
class _Count:
    """How much text and which codes and duties a part of a page has."""

    size: int = 0
    codes: set[str] = field(default_factory=set)


def _text_to_names(text: str) -> set[str]:
    """Return the code of a statement, the number of a duty, or “reference”; nothing for another line."""
    if _STANDARD_NUMBER.fullmatch(text):
        return {"reference"}
    label = line_to_label(text)
    duty = re.match(r"[\s•*]*+duty\s?0*(\d{1,3})", text, re.IGNORECASE)
    return {label.code} if label else {f"D{duty[1]}"} if duty else set()
