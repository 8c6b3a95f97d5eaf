"""Make SVG of matplotlib small, the same on every processor, and named for screen readers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from xml.etree import ElementTree as ET

__all__ = ["svg_to_small"]

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_COORDINATES: Final = frozenset(("d", "x", "y", "width", "height"))
_HUNDREDTH: Final = Decimal("0.01")
# What the ids of letters begin with, and what is written instead.
_LETTERS: Final = ("DejaVuSans", "D")


def svg_to_small(svg: str, title: str, alt: str) -> str:
    """Return SVG of matplotlib with a name, without ids of groups, its coordinates with two decimals.

    Nothing refers to the ids of groups, and two figures of a page would share them. matplotlib writes six
    decimals, which are the same on every processor; so are two of them.

    Parameters
    ----------
    svg
        As matplotlib writes it.
    title, alt
        The title, and the text that says what is shown.
    """
    root = ET.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        _make_small(element)
    for parent in root.iter():
        for child in [child for child in parent if child.tag == "g" and not len(child)]:
            parent.remove(child)
    root.attrib |= {"xmlns": _SVG[1:-1], "role": "img", "aria-label": f"{title}. {alt}"}
    for position, (tag, text) in enumerate((("title", title), ("desc", alt))):
        element = ET.Element(tag)
        element.text = text
        root.insert(position, element)
    ET.indent(root, "")
    return ET.tostring(root, encoding="unicode")


def _make_small(element: ET.Element) -> None:
    """Change the attributes of an element to their short form."""
    attributes = element.attrib
    if element.tag == "g":
        attributes.pop("id", None)
    for name in _COORDINATES & attributes.keys():
        attributes[name] = " ".join(map(_to_hundredths, attributes[name].split()))
    if "style" in attributes:
        attributes["style"] = attributes["style"].replace("; ", ";").replace(": ", ":")
    for name in {"id", f"{_XLINK}href"} & attributes.keys():
        attributes[name.removeprefix(_XLINK)] = attributes.pop(name).replace(*_LETTERS)
    if "transform" in attributes:
        attributes["transform"] = _round_moves(attributes["transform"])
        across, _, down = attributes["transform"].removeprefix("translate(").removesuffix(")").partition(" ")
        # A letter in its line needs no transformation.
        if element.tag == "use" and down == "0" and attributes["transform"].startswith("translate("):
            attributes["x"] = across
            del attributes["transform"]


def _round_moves(transform: str) -> str:
    """Return a transformation with two decimals in its moves; its scales keep theirs."""
    parts = []
    for part in transform.split(") "):
        name, bracket, numbers = part.rstrip(")").partition("(")
        if name == "translate":
            numbers = " ".join(map(_to_hundredths, numbers.split()))
        parts.append(f"{name}{bracket}{numbers})")
    return " ".join(parts)


def _to_hundredths(token: str) -> str:
    """Return a number with at most two decimals; a letter of a path as it is."""
    whole, point, decimals = token.partition(".")
    if not point or len(decimals) < 3 or not decimals.isdigit():
        return token
    return f"{Decimal(f'{whole}.{decimals}').quantize(_HUNDREDTH).normalize():f}"
