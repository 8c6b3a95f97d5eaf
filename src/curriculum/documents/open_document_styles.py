"""Whether text of an OpenDocument file is bold, hidden or struck out: by its styles and their parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from curriculum.documents.text_looks import Look, name_to_heading_level

__all__ = ["PLAIN", "Looks", "TextLook", "roots_to_looks"]

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# A longer chain is a circle.
_MAX_PARENTS = 64
# What the text is raised by: in per cent.
_RAISED = re.compile(r"super|(?!0+(?:\.0+)?%)\d{1,3}(?:\.\d{1,9})?%")
_BOLD = frozenset(("bold", "600", "700", "800", "900"))


class TextLook(NamedTuple):
    """How text looks, and the name of its font."""

    look: Look = Look()
    font: str = ""


PLAIN = TextLook()


class _Style(NamedTuple):
    """A style: its parent, what it sets, its font, its level as a heading, and its list style.

    An automatic style is what the author set by hand.
    """

    parent: str
    values: Mapping[str, bool]
    font: str
    level: int
    list_style: str | None
    is_automatic: bool


def _properties_to_values(properties: Any) -> dict[str, bool]:
    """Return what the properties of a style set: names of fields of `Look`, each with its value."""
    if properties is None:
        return {}
    weight, display = properties.get(f"{_FO}font-weight"), properties.get(f"{_TEXT}display")
    lines = [properties.get(f"{_STYLE}text-line-through-{name}") for name in ("style", "type")]
    line = next((value for value in lines if value), None)
    position = str(properties.get(f"{_STYLE}text-position") or "").split(" ")[0]
    found = {
        "is_bold": None if weight is None else weight in _BOLD,
        "is_hidden": None if display is None else display == "none",
        "is_struck": None if line is None else line != "none",
        "is_raised": _RAISED.fullmatch(position) is not None if position else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _element_to_style(element: Any, fonts: Mapping[str, str], is_automatic: bool) -> _Style:
    properties = element.find(f"{_STYLE}text-properties")
    name = "" if properties is None else str(properties.get(f"{_STYLE}font-name") or "")
    family = "" if properties is None else str(properties.get(f"{_FO}font-family") or "")
    shown = str(element.get(f"{_STYLE}display-name") or element.get(f"{_STYLE}name") or "")
    outline = str(element.get(f"{_STYLE}default-outline-level") or "")
    level = (
        int(outline)
        if outline in tuple("123456789")
        else name_to_heading_level(shown.replace("_20_", " "), "")
    )
    listed = element.get(f"{_STYLE}list-style-name")
    return _Style(
        str(element.get(f"{_STYLE}parent-style-name") or ""),
        _properties_to_values(properties),
        (family or fonts.get(name, name)).strip("'\""),
        0 if is_automatic else level,
        None if listed is None else str(listed),
        is_automatic,
    )


def _roots_to_fonts(roots: Iterable[Any]) -> dict[str, str]:
    """Return the family of each font by the name that the styles call it by."""
    faces = (face for root in roots for face in root.iterfind(f"{_OFFICE}font-face-decls/{_STYLE}font-face"))
    return {str(face.get(f"{_STYLE}name")): str(face.get(f"{_SVG}font-family") or "") for face in faces}


def roots_to_looks(roots: Sequence[Any]) -> Looks:
    """Return the styles of a document.

    Parameters
    ----------
    roots
        The roots of its parts: the one with the common styles first, and last the one with its text, whose
        automatic styles are those of the text.
    """
    fonts = _roots_to_fonts(roots)
    styles: dict[tuple[str, str], _Style] = {}
    places = [(root, "styles", False) for root in roots] + [(roots[-1], "automatic-styles", True)]
    for root, place, is_automatic in places:
        for element in root.iterfind(f"{_OFFICE}{place}/*"):
            family, name = str(element.get(f"{_STYLE}family")), str(element.get(f"{_STYLE}name") or "")
            is_default = element.tag == f"{_STYLE}default-style"
            if is_default or (element.tag == f"{_STYLE}style" and name):
                styles[family, "" if is_default else name] = _element_to_style(element, fonts, is_automatic)
    return Looks(styles)


@dataclass
class Looks:
    """The styles of a document by family and name; the default style of a family has no name.

    Bold of the styles of tables does not count: it is that of their header.
    """

    styles: Mapping[tuple[str, str], _Style]
    _known: dict[tuple[str, bool], TextLook] = field(default_factory=dict)

    def paragraph_look(self, name: str, is_heading: bool) -> TextLook:
        """Return how the text of a paragraph with a style looks.

        A style of headings does not make a text bold: it says that the paragraph is a heading, and no more.
        """
        key = name, is_heading
        if key not in self._known:
            chain = self._chain("paragraph", name)
            if is_heading:
                chain = [style if style.is_automatic else _without_bold(style) for style in chain]
            self._known[key] = _chain_to_look(chain, PLAIN)
        return self._known[key]

    def span_look(self, name: str, around: TextLook) -> TextLook:
        """Return how a part of a text looks that has a style, within text that looks in another way."""
        return _chain_to_look(self._chain("text", name), around) if name else around

    def heading_level(self, name: str) -> int:
        """Return the level of a heading, from 1; 0 if the style of a paragraph is not one of headings."""
        if ("paragraph", name) not in self.styles:
            return name_to_heading_level(name.replace("_20_", " "), "")
        return next((style.level for style in self._chain("paragraph", name) if style.level), 0)

    def list_style(self, name: str) -> str:
        """Return the style of lists that the style of a paragraph names; empty if it names none."""
        named = (style.list_style for style in self._chain("paragraph", name))
        return next((found for found in named if found is not None), "")

    def _chain(self, family: str, name: str) -> list[_Style]:
        chain: list[_Style] = []
        while (family, name) in self.styles and len(chain) < _MAX_PARENTS:
            style = self.styles[family, name]
            chain.append(style)
            if not name or (family == "text" and not style.parent):
                break
            name = style.parent
        return chain


def _without_bold(style: _Style) -> _Style:
    return style._replace(values={name: value for name, value in style.values.items() if name != "is_bold"})


def _chain_to_look(chain: Sequence[_Style], around: TextLook) -> TextLook:
    """Return how text with a style and its parents looks; the nearest one counts."""
    values: dict[str, bool] = {}
    font = around.font
    for style in reversed(chain):
        values |= style.values
        font = style.font or font
    return TextLook(around.look._replace(**values), font)
