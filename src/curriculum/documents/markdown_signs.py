"""Whether a text is Markdown, and its front matter: the names and values between dashes at its start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePath

from curriculum.documents.markup import NamedValue
from curriculum.model.text import is_table_rule

__all__ = ["front_matter", "has_markdown_name", "is_markdown"]

_MARKDOWN_SUFFIXES = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"))
# In files with other endings (.csv, .py, .yaml) the signs of Markdown mean something else.
_TEXT_SUFFIXES = frozenset(("", ".txt", ".text"))
_HEADING = re.compile(r" {0,3}#{1,6} +[A-Z*_\[]")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_BOLD = re.compile(r"\*\*[^\s*][^*]{0,200}\*\*")
_LINK = re.compile(r"\]\([^()\s]{1,200}\)")
_LEAST_SIGNS = 2
_FRONT_LINES = 200
_FRONT_ENDS = {"---": ("---", "..."), "+++": ("+++",)}
_NAMED = re.compile(r"(?P<name>[A-Za-z][\w .-]{0,60}?)\s*[:=](?:\s+(?P<value>.*))?")


def has_markdown_name(name: str) -> bool:
    """Return whether the name of a file says that it is Markdown."""
    return PurePath(name).suffix.casefold() in _MARKDOWN_SUFFIXES


def is_markdown(name: str, lines: Sequence[str]) -> bool:
    """Return whether a text is Markdown.

    Parameters
    ----------
    name
        The name of its file. One that ends in .md is Markdown.
    lines
        Its lines. Other texts are Markdown if they have a heading with “#”, or the rule of a table, and a
        second sign: another heading, bold text, a link, a fence.

    Examples
    --------
    >>> is_markdown("ksbs.txt", ["# KSBs", "", "- **K1:** How dough rises"])
    True
    >>> is_markdown("ksbs.txt", ["# KSBs", "* K1: How dough rises"]), is_markdown("ksbs.csv", ["# a", "# b"])
    (False, False)
    """
    if has_markdown_name(name) or PurePath(name).suffix.casefold() not in _TEXT_SUFFIXES:
        return has_markdown_name(name)
    n_headings = sum(_HEADING.match(line) is not None for line in lines)
    is_table = any(map(is_table_rule, lines))
    others = any(_FENCE.match(line) or _BOLD.search(line) or _LINK.search(line) for line in lines)
    return (n_headings > 0 or is_table) and n_headings + is_table + others >= _LEAST_SIGNS


def front_matter(lines: Sequence[str]) -> tuple[tuple[NamedValue, ...], int]:
    """Return the names and values at the start of a text, and how many lines they take.

    Examples
    --------
    >>> front_matter(["---", "title: Baker", "tags:", "  - bread", "---", "# Baker"])
    ((NamedValue(name='title', value='Baker', line=2), NamedValue(name='tags', value='- bread', line=3)), 5)
    >>> front_matter(["---", "# Baker", "---"])
    ((), 0)
    """
    ends = _FRONT_ENDS.get(lines[0].rstrip(), ()) if lines else ()
    inside = [*takewhile(lambda line: line.rstrip() not in ends, lines[1 : _FRONT_LINES + 1])] if ends else []
    filled = [line for line in inside if line.strip() and not line.startswith("#")]
    if not filled or not _NAMED.fullmatch(filled[0]) or len(inside) + 1 >= len(lines[: _FRONT_LINES + 1]):
        return (), 0
    values: list[NamedValue] = []
    for number, line in enumerate(inside, start=2):
        found = _NAMED.fullmatch(line)
        if found:
            values.append(NamedValue(found["name"], (found["value"] or "").strip(" \"'"), number))
        elif line.strip() and not line.startswith("#") and values:
            more = f"{values[-1].value} {line.strip()}".strip()
            values[-1] = values[-1]._replace(value=more)
    return tuple(values), len(inside) + 2
