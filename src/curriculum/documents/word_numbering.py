"""Find the list of each paragraph of a Word file, and count its label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from curriculum.documents.list_numbering import Counters, Definition, Label, Level

__all__ = ["Labels", "is_on", "parts_to_labels"]

# Word allows eleven; a longer chain is a circle.
_MAX_BASES = 32
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL = f"{_W}val"


def is_on(switch: Any) -> bool:
    """Return whether an element exists and switches something on."""
    return switch is not None and switch.get(_VAL, "true") not in ("0", "false", "off")


class _Style(NamedTuple):
    """The numbering of a style of paragraphs."""

    based_on: str
    number_id: str
    level: int | None


def _value(element: Any, path: str, otherwise: str = "") -> str:
    found = None if element is None else element.find("/".join(_W + name for name in path.split("/")))
    return otherwise if found is None else str(found.get(_VAL, otherwise))


def _integer(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _numbering_properties(element: Any) -> tuple[str, int | None]:
    """Return the list and the level of a paragraph or a style; empty and None if it has none."""
    return _value(element, "pPr/numPr/numId"), _integer(_value(element, "pPr/numPr/ilvl"))


def _root_to_styles(root: Any) -> Mapping[str, _Style]:
    """Return the styles by id; the default style of paragraphs also under the empty id."""
    styles: dict[str, _Style] = {}
    for element in () if root is None else root.iterfind(f"{_W}style"):
        style = _Style(_value(element, "basedOn"), *_numbering_properties(element))
        styles[str(element.get(f"{_W}styleId"))] = style
        is_default = element.get(f"{_W}default") in ("1", "true", "on")
        if is_default and element.get(f"{_W}type") == "paragraph":
            styles[""] = style
    return styles


def _element_to_level(element: Any) -> Level:
    written = element.find(f"{_W}numFmt")
    if written is None:
        written = element.find(f"{_MC}AlternateContent/{_MC}Fallback/{_W}numFmt")
    restart = _integer(_value(element, "lvlRestart"))
    return Level(
        _integer(_value(element, "start")) or 0,
        "decimal" if written is None else str(written.get(_VAL)),
        _value(element, "lvlText"),
        _value(element, "suff", "tab"),
        9 if restart is None else restart,
        is_on(element.find(f"{_W}isLgl")),
        _value(element, "pStyle"),
    )


def _elements_to_levels(elements: Iterable[Any]) -> dict[int, Level]:
    """Return the levels by number, from 0 to 8; Word has no others."""
    numbered = ((_integer(element.get(f"{_W}ilvl", "")), element) for element in elements)
    return {
        number: _element_to_level(element)
        for number, element in numbered
        if number is not None and number <= 8
    }


def _number_to_definition(number: Any, shared: Mapping[str, Mapping[int, Level]]) -> Definition:
    shared_id = _value(number, "abstractNumId")
    changed = _elements_to_levels(number.iterfind(f"{_W}lvlOverride/{_W}lvl"))
    starts = (
        (_integer(element.get(f"{_W}ilvl", "")), _integer(_value(element, "startOverride")))
        for element in number.iterfind(f"{_W}lvlOverride")
    )
    return Definition(
        shared_id,
        {**shared.get(shared_id, {}), **changed},
        {level: start for level, start in starts if level is not None and start is not None},
    )


def _root_to_definitions(root: Any) -> tuple[Mapping[str, Definition], Mapping[str, str]]:
    """Return the definitions by id, and the styles of lists that shared definitions refer to."""
    if root is None:
        return {}, {}
    abstracts = {
        str(element.get(f"{_W}abstractNumId")): element for element in root.iterfind(f"{_W}abstractNum")
    }
    shared = {key: _elements_to_levels(element.iterfind(f"{_W}lvl")) for key, element in abstracts.items()}
    links = {key: _value(element, "numStyleLink") for key, element in abstracts.items()}
    numbers = {
        str(number.get(f"{_W}numId")): _number_to_definition(number, shared)
        for number in root.iterfind(f"{_W}num")
    }
    return numbers, links


@dataclass
class Labels:
    """The definitions of a document's numbering, and the counters of each."""

    styles: Mapping[str, _Style]
    definitions: Mapping[str, Definition]
    links: Mapping[str, str]
    counters: Counters = field(default_factory=Counters)

    def next_label(self, paragraph: Any) -> Label:
        """Count a paragraph, and return its label; an empty one if it has no numbering."""
        number_id, level = self._place(paragraph)
        definition = self._resolved(number_id)
        if definition is None:
            return Label("", "nothing")
        return self.counters.next_label(number_id, definition, level)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and the level of a paragraph; its properties go before those of its style."""
        number_id, level = _numbering_properties(paragraph)
        chain = self._bases(_value(paragraph, "pPr/pStyle"))
        inherited = next((self.styles[name].number_id for name in chain if self.styles[name].number_id), "")
        if level is None and not number_id:
            level = self._level_of_style(chain, inherited)
        return number_id or inherited, level or 0

    def _bases(self, name: str) -> Sequence[str]:
        chain: list[str] = []
        name = name if name in self.styles else ""
        while name in self.styles and len(chain) < _MAX_BASES:
            chain.append(name)
            name = self.styles[name].based_on
            if not name:
                break
        return chain

    def _level_of_style(self, chain: Sequence[str], number_id: str) -> int | None:
        """Return the level that refers to the style; the level that the style refers to can be missing."""
        definition = self._resolved(number_id)
        levels = definition.levels if definition else {}
        linked = {row.style: level for level, row in levels.items() if row.style}
        named = (self.styles[name].level for name in chain)
        return next(
            (linked[name] for name in chain if name in linked),
            next((level for level in named if level is not None), None),
        )

    def _resolved(self, number_id: str) -> Definition | None:
        """Return the definition of a list, or that of the style of lists to which it refers."""
        definition = self.definitions.get(number_id)
        if definition is None or definition.levels:
            return definition
        style = self.styles.get(self.links.get(definition.shared, ""))
        linked = self.definitions.get(style.number_id) if style else None
        return linked._replace(starts=definition.starts) if linked else definition


def parts_to_labels(styles: Any, numbering: Any) -> Labels:
    """Return the labels of a document, with new counters, from the roots of the two parts."""
    return Labels(_root_to_styles(styles), *_root_to_definitions(numbering))
