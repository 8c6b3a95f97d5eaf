"""Which text of a web page is bold or struck out, by its tags and the style of its elements."""

from __future__ import annotations

import re
from collections.abc import Mapping

from curriculum.documents.markup import Remark

__all__ = ["Emphasis", "lines_to_struck_remarks", "style_to_bold"]

_BOLD = frozenset(("b", "strong"))
_STRUCK = frozenset(("s", "strike", "del"))
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?P<weight>[a-z]+|[0-9]{1,4})", re.IGNORECASE)
_LINE_THROUGH = re.compile(
    r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]{0,80}\bline-through\b", re.IGNORECASE
)
_CLASS = re.compile(r"[a-z]{0,10}\.(?P<name>[\w-]{1,100})", re.IGNORECASE)
_LEAST_WEIGHT = 600
_LINES_SHOWN = 8


def style_to_bold(style: str) -> bool | None:
    """Return whether the style of an element makes its text bold; None if it says nothing.

    Examples
    --------
    >>> style_to_bold("color: red; font-weight: 700"), style_to_bold("font-weight:normal")
    (True, False)
    >>> style_to_bold("color: red") is None
    True
    """
    found = _WEIGHT.search(style)
    weight = found["weight"].casefold() if found else ""
    if weight.isdigit():
        return int(weight) >= _LEAST_WEIGHT
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(weight)


def lines_to_struck_remarks(struck: set[int]) -> tuple[Remark, ...]:
    """Return the remark on lines with text that is struck out.

    Examples
    --------
    >>> lines_to_struck_remarks({4, 2})[0].message
    'text is struck out on lines 2, 4: it is read like other text, so remove it if it no longer applies'
    """
    if not struck:
        return ()
    numbers = sorted(struck)
    more = f" and {len(numbers) - _LINES_SHOWN} more" if len(numbers) > _LINES_SHOWN else ""
    shown = f"line{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers[:_LINES_SHOWN]))}{more}"
    message = (
        f"text is struck out on {shown}: it is read like other text, so remove it if it no longer applies"
    )
    return (Remark("struck-out", numbers[0], "warning", message),)


def _rules_to_classes(css: str) -> dict[str, bool]:
    """Return the classes that the rules of a style sheet make bold, or not bold.

    Examples
    --------
    >>> _rules_to_classes(".c1, p.c2 { color: red; font-weight: 700 } .c3 .c4 { font-weight: 700 }")
    {'c1': True, 'c2': True}
    """
    classes: dict[str, bool] = {}
    for rule in css.split("}"):
        selectors, _, style = rule.partition("{")
        is_bold = style_to_bold(style.strip())
        names = (_CLASS.fullmatch(selector.strip()) for selector in selectors.split(","))
        if is_bold is not None:
            classes |= {name["name"]: is_bold for name in names if name}
    return classes


class Emphasis:
    """Whether the text at a place in a page is bold or struck out.

    A heading, or the header of a table, is not bold by itself.
    """

    def __init__(self) -> None:
        self.struck: set[int] = set()
        self._classes: dict[str, bool] = {}
        self._open: list[tuple[bool, bool]] = [(False, False)]

    @property
    def is_bold(self) -> bool:
        """Whether text here is bold."""
        return self._open[-1][0]

    @property
    def is_struck(self) -> bool:
        """Whether text here is struck out."""
        return self._open[-1][1]

    def add_rules(self, css: str) -> None:
        """Add the rules of a style sheet in the page, for single classes."""
        self._classes |= _rules_to_classes(css)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        style = attributes.get("style", "")
        styled = style_to_bold(style) if "font-weight" in style.casefold() else None
        if styled is None and self._classes:
            names = attributes.get("class", "").split()
            styled = next((self._classes[name] for name in reversed(names) if name in self._classes), None)
        is_bold = styled if styled is not None else self.is_bold or tag in _BOLD
        is_struck = self.is_struck or tag in _STRUCK or _LINE_THROUGH.search(style) is not None
        self._open.append((is_bold, is_struck))

    def end(self) -> None:
        """End an element."""
        if len(self._open) > 1:
            self._open.pop()

    def remarks(self) -> tuple[Remark, ...]:
        """Return what is to be said about the lines that were read."""
        return lines_to_struck_remarks(self.struck)
