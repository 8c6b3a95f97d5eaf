"""The styles of a file in the Rich Text Format: which are headings, and which are bold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from curriculum.documents.rich_text_fonts import group_to_text
from curriculum.documents.rich_text_tokens import Group
from curriculum.documents.text_looks import name_to_heading_level

__all__ = ["RichTextStyles", "group_to_styles"]

_MAX_BASES = 32


class _Style(NamedTuple):
    based_on: int | None
    level: int
    is_bold: bool | None


@dataclass(frozen=True)
class RichTextStyles:
    """The styles of paragraphs and of characters, by their numbers."""

    paragraphs: Mapping[int, _Style] = field(default_factory=dict)
    characters: Mapping[int, _Style] = field(default_factory=dict)

    def heading_level(self, number: int) -> int:
        """Return the level of a style of headings, from 1; 0 if it is none."""
        return next((style.level for style in _chain(self.paragraphs, number) if style.level), 0)

    def is_bold_paragraph(self, number: int) -> bool:
        """Return whether a style of paragraphs is bold."""
        return _is_bold(_chain(self.paragraphs, number)) or False

    def is_bold_character(self, number: int) -> bool | None:
        """Return whether a style of characters is bold; None if it does not say."""
        return _is_bold(_chain(self.characters, number))


def _chain(styles: Mapping[int, _Style], number: int | None) -> list[_Style]:
    chain: list[_Style] = []
    while number is not None and number in styles and len(chain) < _MAX_BASES:
        chain.append(styles[number])
        number = styles[number].based_on
    return chain


def _is_bold(chain: list[_Style]) -> bool | None:
    return next((style.is_bold for style in chain if style.is_bold is not None), None)


def group_to_styles(group: Group, encoding: str) -> RichTextStyles:
    """Return the styles of a style sheet."""
    paragraphs: dict[int, _Style] = {}
    characters: dict[int, _Style] = {}
    for entry in group.groups():
        words = entry.words()
        name = group_to_text(entry, encoding).partition(";")[0].strip()
        outline = words.get("outlinelevel")
        level = name_to_heading_level(name, "" if outline is None else str(outline))
        is_bold = words["b"] != 0 if "b" in words else None
        style = _Style(words.get("sbasedon"), level, is_bold)
        if "cs" in words:
            characters[words["cs"] or 0] = style
        elif not {"ds", "ts"} & set(words):
            paragraphs[words.get("s") or 0] = style
    return RichTextStyles(paragraphs, characters)
