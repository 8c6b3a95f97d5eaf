"""Define the look of graphs: sizes, strokes, signs of marks, and what happens at an active node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from curriculum.model.palette import AMBER, BLUE, GREEN, MAUVE, NAVY, PALE, SKY, VERMILION

__all__ = ["INK", "MARKS", "SIZES", "STROKES", "graph_to_rules"]

INK: Final = "#333333"
# In pixels.
SIZES: Final = {"title": 15, "text": 12, "code": 11}
# The colour and the dashes of the lines of each option, the core first.
STROKES: Final = ((BLUE, ""), (VERMILION, "6 3"), (GREEN, "2 3"), (MAUVE, "9 3 2 3"), (AMBER, "1 3"))
# The sign and the colour of what became of a node.
MARKS: Final = {
    "identical": ("=", PALE),
    "reworded": ("≈", SKY),
    "merged": ("&", AMBER),
    "split": ("÷", MAUVE),
    "new": ("+", NAVY),
}
_ACTIVE: Final = ":is(:hover,:focus-visible)"


def graph_to_rules(prefix: str, numbers: Sequence[str]) -> str:
    """Return the CSS of a graph.

    Without an active node all lines are faint. With one, its lines, its neighbours and its wording show, and
    all else fades.

    Parameters
    ----------
    prefix
        The id of the graph, with which all its rules begin.
    numbers
        The ids of its nodes, which are also the classes of their lines and neighbours.

    Examples
    --------
    >>> print(graph_to_rules("g", ["g-0"]).splitlines()[-1])
    #g:has(#g-0:is(:hover,:focus-visible)) .g-0{opacity:1;stroke-width:1.8}
    """
    scope = f"#{prefix}"
    active = f"{scope}:has(.n{_ACTIVE})"
    rules = [
        f"{scope} svg{{display:block;background:#fff}}",
        f"{scope} .e{{opacity:.3}}",
        f"{scope} .t{{display:none}}",
        f"{scope} .n{{cursor:default;outline:none}}",
        f"{scope} .n:focus-visible rect{{stroke:#000;stroke-width:3}}",
        f"{scope} .skip{{position:absolute;left:-9999px}}",
        f"{scope} .skip:focus{{position:static;left:0}}",
        f"{active} .e{{opacity:.06}}",
        f"{active} .n{{opacity:.3}}",
        f"{active} .hint{{display:none}}",
        f"@media print{{{scope} .hint{{display:none}}}}",
    ]
    for number in numbers:
        when = f"{scope}:has(#{number}{_ACTIVE})"
        rules.append(f"{when} #{number}t{{display:inline}}")
        rules.append(f"{when} .{number}{{opacity:1;stroke-width:1.8}}")
    return "\n".join(rules)
