"""Compare the prose of two versions, passage by passage: the text below a heading that both print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from curriculum.analysis.version_facts import CHANGED, NOT_COMPARED, PartChange
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_key, text_to_title_key
from curriculum.tables.carrier import Tables, check_documents

__all__ = ["PLAN_TEXT", "PROSE", "tables_to_prose_changes"]

PLAN_TEXT: Final = "text of the assessment plan"
PROSE: Final = "other text"
_OF_PLAN: Final = re.compile(
    r"\b(?:assess|epa\b|gateway|grad(?:e|ing)|moderation|re-?sit|resit)", re.IGNORECASE
)
# What the headings of a passage are compared by, its own last.
_Key = tuple[str, ...]


class _Passage(NamedTuple):
    """A text, and the headings that it is below, as printed."""

    heading: str
    text: str


def tables_to_prose_changes(tables: Tables, old: str, new: str) -> Iterator[PartChange]:
    """Yield each passage whose words changed, and each heading that only one of two versions prints.

    Marks, capitals and white space do not count. If one version prints no such text at all, a single row says
    that it is not compared.

    Parameters
    ----------
    tables
        Tables of both versions.
    old, new
        Their ids.
    """
    check_documents(tables, old, new)
    before, after = (_to_passages(tables, document_id) for document_id in (old, new))
    for part in (PLAN_TEXT, PROSE):
        first, second = (
            {key: passage for key, passage in passages.items() if _to_part(passage) == part}
            for passages in (before, after)
        )
        if first and second:
            yield from _compare(part, (old, first), (new, second))
        elif first or second:
            yield PartChange(part, "", "", "", NOT_COMPARED, f"{old if first else new} alone prints it")


def _to_part(passage: _Passage) -> str:
    return PLAN_TEXT if _OF_PLAN.search(passage.heading) else PROSE


def _to_passages(tables: Tables, document_id: str) -> dict[_Key, _Passage]:
    """Return the passages of a version by their headings; those of one heading are one passage."""
    headings: dict[_Key, str] = {}
    texts: dict[_Key, list[str]] = {}
    rows = tables.sections[tables.sections[v.DOCUMENT_ID] == document_id]
    for heading, under, text in zip(rows[v.HEADING], rows[v.UNDER], rows[v.TEXT], strict=True):
        if heading and text:
            names = [name for name in (*under.split(" > "), heading) if name]
            key = tuple(map(text_to_title_key, names))
            headings.setdefault(key, " > ".join(names))
            texts.setdefault(key, []).append(text)
    return {key: _Passage(headings[key], "\n".join(lines)) for key, lines in texts.items()}


def _compare(
    part: str, before: tuple[str, dict[_Key, _Passage]], after: tuple[str, dict[_Key, _Passage]]
) -> Iterator[PartChange]:
    for key in dict.fromkeys((*before[1], *after[1])):
        old, new = before[1].get(key), after[1].get(key)
        if old and new:
            if text_to_key(old.text) != text_to_key(new.text):
                yield PartChange(part, new.heading, old.text, new.text, CHANGED)
        elif old:
            yield PartChange(part, old.heading, old.text, "", NOT_COMPARED, f"{before[0]} alone prints it")
        elif new:
            yield PartChange(part, new.heading, "", new.text, NOT_COMPARED, f"{after[0]} alone prints it")
