"""Count the labels of the lists of an OpenDocument text, as LibreOffice does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from curriculum.documents.list_numbering import Label, Level, counts_to_label

__all__ = ["ListLabels", "ListPlace", "roots_to_list_labels"]

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NO_LABEL = Label("", "nothing")
_UNKNOWN = "unknown"
_FORMS = {"1": "decimal", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_LETTERS = {
    ("a", True): "lowerLetter",
    ("A", True): "upperLetter",
    ("a", False): "lowerLetters",
    ("A", False): "upperLetters",
}
_PADDED = "01, 02, 03, ..."
_OUTLINE = "outline"
_MOST_LEVELS = 10


def _integer(text: object) -> int | None:
    return int(str(text)) if re.fullmatch(r"[0-9]{1,9}", str(text)) else None


def _element_to_form(element: Any) -> str:
    """Return the form of the numbers of a level; `unknown` if it is none that is read."""
    form = str(element.get(f"{_STYLE}num-format") or "")
    if form in ("a", "A"):
        return _LETTERS[form, element.get(f"{_STYLE}num-letter-sync") == "true"]
    if element.get(f"{_LOEXT}num-format") == _PADDED or form == _PADDED:
        return "decimalZero"
    return _FORMS.get(form, _UNKNOWN)


def _element_to_pattern(element: Any, number: int, forms: Mapping[int, str]) -> str:
    """Return the pattern of a level, with %1 for the number of the first level."""
    written = element.get(f"{_STYLE}num-list-format") or element.get(f"{_LOEXT}num-list-format")
    if written is not None:
        return re.sub(r"%([1-9])%", r"%\1", str(written))
    n_shown = _integer(element.get(f"{_TEXT}display-levels")) or 1
    levels = range(max(number - n_shown, 0), number)
    shown = [f"%{level + 1}" for level in levels if forms.get(level) != "none"]
    prefix, suffix = (str(element.get(f"{_STYLE}num-{name}") or "") for name in ("prefix", "suffix"))
    return f"{prefix}{'.'.join(shown)}{suffix}"


def _element_to_joint(element: Any) -> str:
    found = next(element.iter(f"{_STYLE}list-level-label-alignment"), None)
    followed = "listtab" if found is None else str(found.get(f"{_TEXT}label-followed-by") or "")
    return {"space": "space", "nothing": "nothing"}.get(followed, "tab")


def _element_to_levels(style: Any) -> dict[int, Level]:
    """Return the levels of a list style by number, from 0."""
    elements = {
        number - 1: element
        for element in style
        if (number := _integer(element.get(f"{_TEXT}level"))) and number <= _MOST_LEVELS
    }
    forms = {level: _element_to_form(element) for level, element in elements.items()}
    return {
        level: _element_to_level(element, level + 1, forms) for level, element in sorted(elements.items())
    }


def _element_to_level(element: Any, number: int, forms: Mapping[int, str]) -> Level:
    name = str(element.tag)
    joint = _element_to_joint(element)
    if name.endswith("-bullet") or name.endswith("-image"):
        is_shown = name.endswith("-image") or bool(element.get(f"{_TEXT}bullet-char"))
        return Level(1, "bullet", "•" if is_shown else "", joint, 0, False, "")
    start = _integer(element.get(f"{_TEXT}start-value"))
    pattern = _element_to_pattern(element, number, forms)
    # The tenth level has no sign in a pattern.
    form = forms[number - 1] if number < _MOST_LEVELS else _UNKNOWN
    return Level(1 if start is None else start, form, pattern, joint, 0, False, "")


def roots_to_list_labels(roots: Sequence[Any]) -> ListLabels:
    """Return the list styles of a document, with new counters.

    Parameters
    ----------
    roots
        The roots of its parts, the one with its text last.
    """
    styles: dict[str, Mapping[int, Level]] = {}
    places = [(root, "styles") for root in roots] + [(roots[-1], "automatic-styles")]
    for root, place in places:
        for element in root.iterfind(f"{_OFFICE}{place}/{_TEXT}list-style"):
            styles[str(element.get(f"{_STYLE}name"))] = _element_to_levels(element)
        for element in root.iterfind(f"{_OFFICE}{place}/{_TEXT}outline-style"):
            styles[_OUTLINE] = _element_to_levels(element)
    return ListLabels(styles)


@dataclass
class _List:
    """A list: its style, and the last number of each level; lists that continue it share them."""

    style: str
    counts: dict[int, int] = field(default_factory=dict)


class ListPlace(NamedTuple):
    """Where in a list a paragraph is: the list, its style at this level, the level, the number to start at.

    ``is_first`` is true for the first paragraph of an item: only that has a label.
    """

    of: _List
    style: str
    level: int
    is_first: bool = False
    start: int | None = None


@dataclass
class ListLabels:
    """The list styles of a document, and its lists so far."""

    styles: Mapping[str, Mapping[int, Level]]
    doubtful: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    _lists: dict[str, _List] = field(default_factory=dict)
    _last_of_style: dict[str, _List] = field(default_factory=dict)
    _last: _List | None = None
    _headings: dict[int, int] = field(default_factory=dict)

    def open_list(self, element: Any, around: ListPlace | None, style_of_text: str, number: int) -> ListPlace:
        """Begin a list.

        Parameters
        ----------
        element
            The element.
        around
            The place that the list is in; None if it is in no other list.
        style_of_text
            The list style that the style of its first paragraph names.
        number
            The number of its first line.
        """
        named = str(element.get(f"{_TEXT}style-name") or "")
        if around is not None:
            return ListPlace(around.of, named or around.style, around.level + 1)
        style = named or style_of_text
        found = self._continued(element, style, number) or _List(style)
        for key in (element.get(_ID), element.get(f"{_TEXT}id"), element.get(f"{_TEXT}list-id")):
            if key:
                self._lists[str(key)] = found
        self._last_of_style[style] = self._last = found
        level = (_integer(element.get(f"{_TEXT}level")) or 1) - 1
        return ListPlace(found, style, level)

    def _continued(self, element: Any, style: str, number: int) -> _List | None:
        """Return the list that a list goes on with; None if it begins anew."""
        key = str(element.get(f"{_TEXT}continue-list") or "")
        named = self._lists.get(key or str(element.get(f"{_TEXT}list-id") or ""))
        goes_on = named is None and element.get(f"{_TEXT}continue-numbering") == "true"
        found = self._last_of_style.get(style) if goes_on else named
        is_counted = any(row.form != "bullet" for row in self.styles.get(style, {}).values())
        is_over_another = goes_on and found is not None and found is not self._last
        if is_counted and (is_over_another or (key and named is None)):
            self.doubtful.append(number)
        return found

    def next_label(self, place: ListPlace, number: int) -> Label:
        """Count a paragraph of a list, and return its label.

        Parameters
        ----------
        place
            Its place.
        number
            The number of its first line.
        """
        if not place.is_first:
            return _NO_LABEL._replace(level=place.level)
        levels = self.styles.get(place.style, {})
        if not levels:
            self.unknown.append(number)
        return self._count(levels, place.of.counts, place.level, place.start, number)

    def heading_label(self, level: int, start: int | None, number: int) -> Label:
        """Count a heading that is in no list, and return its label; its level is counted from 0."""
        levels = self.styles.get(_OUTLINE, {})
        label = self._count(levels, self._headings, level, start, number)
        return label._replace(level=0)

    def _count(
        self, levels: Mapping[int, Level], counts: dict[int, int], level: int, start: int | None, number: int
    ) -> Label:
        if level not in levels:
            return _NO_LABEL._replace(level=level)
        if start is not None:
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for upper in range(level):
            # As in LibreOffice: a level that has no item counts as if it had one.
            counts.setdefault(upper, levels[upper].start if upper in levels else 1)
        for lower in [deeper for deeper in counts if deeper > level]:
            del counts[lower]
        text = counts_to_label(levels, level, counts).strip()
        if not text and levels[level].form == _UNKNOWN:
            self.unknown.append(number)
        return Label(text, levels[level].joint, level)
