"""Compare the prose of two versions, passage by passage: the text below a heading that both print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

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
# The headings that a passage is below, its own last.
_Key = tuple[str, ...]


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
        first = {key: text for key, text in before.items() if _to_part(key) == part}
        second = {key: text for key, text in after.items() if _to_part(key) == part}
        if first and second:
            yield from _compare(part, (old, first), (new, second))
        elif first or second:
            yield PartChange(part, "", "", "", NOT_COMPARED, f"{old if first else new} alone prints it")


def _to_part(key: _Key) -> str:
    return PLAN_TEXT if any(_OF_PLAN.search(heading) for heading in key) else PROSE


def _to_passages(tables: Tables, document_id: str) -> dict[_Key, str]:
    """Return the passages of a version by their headings; those of one heading are one passage."""
    passages: dict[_Key, list[str]] = {}
    rows = tables.sections[tables.sections[v.DOCUMENT_ID] == document_id]
    for heading, under, text in zip(rows[v.HEADING], rows[v.UNDER], rows[v.TEXT], strict=True):
        if heading and text:
            passages.setdefault((*under.split(" > "), heading), []).append(text)
    merged: dict[_Key, str] = {}
    for key, texts in passages.items():
        merged[tuple(filter(None, key))] = "\n".join(texts)
    return merged


def _compare(
    part: str, before: tuple[str, dict[_Key, str]], after: tuple[str, dict[_Key, str]]
) -> Iterator[PartChange]:
    sides = [
        {tuple(map(text_to_title_key, key)): (key, text) for key, text in passages.items()}
        for _, passages in (before, after)
    ]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        old, new = sides[0].get(name), sides[1].get(name)
        heading = " > ".join((new or old or ((), ""))[0])
        if old and new:
            if text_to_key(old[1]) != text_to_key(new[1]):
                yield PartChange(part, heading, old[1], new[1], CHANGED)
        else:
            only = before[0] if old else after[0]
            texts = (old[1] if old else "", new[1] if new else "")
            yield PartChange(part, heading, *texts, NOT_COMPARED, f"{only} alone prints it")
