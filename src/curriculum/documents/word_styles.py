"""Whether a run of a Word file is bold, hidden or struck out: by itself, or by its styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from curriculum.documents.text_looks import Look, name_to_heading_level
from curriculum.documents.word_numbering import is_on

__all__ = ["RunStyles", "root_to_run_styles"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
# Properties that switch each other off if a style of the paragraph and one of the run both have them.
_SWITCHES = ("b", "vanish", "strike", "dstrike")
# Word allows eleven; a longer chain is a circle.
_MAX_BASES = 32


class _Style(NamedTuple):
    """A style: the one that it is based on, what it switches on or off, and its level as a heading."""

    based_on: str
    switches: Mapping[str, bool]
    level: int


def _properties_to_switches(properties: Any) -> dict[str, bool]:
    found = {} if properties is None else {name: properties.find(_W + name) for name in _SWITCHES}
    return {name: is_on(element) for name, element in found.items() if element is not None}


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(_W + name for name in path.split("/")))
    return "" if found is None else str(found.get(_VAL, ""))


def root_to_run_styles(root: Any) -> RunStyles:
    """Return the styles of a document, from the root of the part that has them; None if there is none."""
    styles: dict[str, _Style] = {}
    default = ""
    for element in () if root is None else root.iterfind(f"{_W}style"):
        name = _value(element, "name").casefold()
        style = _Style(
            _value(element, "basedOn"),
            _properties_to_switches(element.find(f"{_W}rPr")),
            name_to_heading_level(name, _value(element, "pPr/outlineLvl")),
        )
        styles[str(element.get(f"{_W}styleId"))] = style
        is_default = element.get(f"{_W}default") in ("1", "true", "on")
        if is_default and element.get(f"{_W}type") == "paragraph":
            default = str(element.get(f"{_W}styleId"))
    return RunStyles(styles, default)


@dataclass
class RunStyles:
    """The styles of a document by id, and the id of the default style of paragraphs.

    Bold of table styles does not count: it is that of their header.
    """

    styles: Mapping[str, _Style]
    default: str
    _known: dict[tuple[str, str], Mapping[str, bool]] = field(default_factory=dict)

    def run_to_look(self, run: Any, paragraph: Any) -> Look:
        """Return how a run looks; its own properties go before those of its styles.

        A style of headings does not make a run bold: it says that the paragraph is a heading, and no more.
        """
        names = _value(paragraph, "pPr/pStyle") or self.default, _value(run, "rPr/rStyle")
        if names not in self._known:
            self._known[names] = self._styles_to_switches(*names)
        switches = {**self._known[names], **_properties_to_switches(run.find(f"{_W}rPr"))}
        is_struck = switches.get("strike", False) or switches.get("dstrike", False)
        is_raised = _value(run, "rPr/vertAlign") == "superscript"
        return Look(switches.get("b", False), switches.get("vanish", False), is_struck, is_raised)

    def heading_level(self, paragraph: Any) -> int:
        """Return the level of a heading, from 1; 0 if the style of a paragraph is not one of headings."""
        chain = self._chain(_value(paragraph, "pPr/pStyle"))
        return next((style.level for style in chain if style.level), 0)

    def _chain(self, name: str) -> list[_Style]:
        chain: list[_Style] = []
        while name in self.styles and len(chain) < _MAX_BASES:
            chain.append(self.styles[name])
            name = self.styles[name].based_on
        return chain

    def _styles_to_switches(self, paragraph: str, run: str) -> dict[str, bool]:
        chain = self._chain(paragraph)
        of_paragraph = _chain_to_switches(chain)
        if any(style.level for style in chain):
            of_paragraph.pop("b", None)
        of_run = _chain_to_switches(self._chain(run))
        return {name: of_paragraph.get(name, False) != of_run.get(name, False) for name in _SWITCHES}


def _chain_to_switches(chain: list[_Style]) -> dict[str, bool]:
    """Return what a style and those that it is based on switch; the nearest one counts."""
    switches: dict[str, bool] = {}
    for style in reversed(chain):
        switches |= style.switches
    return switches
