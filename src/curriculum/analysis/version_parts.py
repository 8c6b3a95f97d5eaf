"""Compare the parts of two versions: statements, duties, pairs, options, and the assessment plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.analysis.version_facts import ADDED, CHANGED, NOT_COMPARED, REMOVED, PartChange
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_key, text_to_title_key
from curriculum.tables.carrier import Tables, check_documents

__all__ = [
    "ASSESSED",
    "MANDATORY",
    "PLAN_PARTS",
    "links_to_changes",
    "statement_to_code",
    "tables_to_listed_changes",
    "tables_to_pair_changes",
]

METHODS: Final = "assessment methods"
THEMES: Final = "themes"
DESCRIPTORS: Final = "grading descriptors"
GRADES: Final = "overall grades"
MANDATORY: Final = "mandatory KSBs"
ASSESSED: Final = "assessment of KSBs"
PLAN_PARTS: Final = (METHODS, THEMES, DESCRIPTORS, GRADES, ASSESSED, MANDATORY)
_Row = Mapping[Any, Any]


class _Item(NamedTuple):
    """A thing that a version prints: what it is compared by, its name, and its wording."""

    key: Hashable
    name: str
    text: str


def links_to_changes(crosswalk: pd.DataFrame) -> Iterator[PartChange]:
    """Yield each statement and duty that is not the same under the same code, as the links of a step have it.

    Parameters
    ----------
    crosswalk
        The rows of one pair of versions.
    """
    rows = [row for row in crosswalk.to_dict("records") if not _is_same(row)]
    for is_duty, part in ((False, "statements"), (True, "duties")):
        yield from (_row_to_change(part, row) for row in rows if _is_duty(row) == is_duty)


def _is_duty(row: _Row) -> bool:
    return v.DUTY in (row[v.SUBJECT_CATEGORY], row[v.OBJECT_CATEGORY])


def _is_same(row: _Row) -> bool:
    old, new = statement_to_code(row[v.SUBJECT_ID]), statement_to_code(row[v.OBJECT_ID])
    is_exact = row[v.PREDICATE_ID] == v.EXACT_MATCH and old == new != ""
    return is_exact and row[v.SUBJECT_LABEL] == row[v.OBJECT_LABEL]


def _row_to_change(part: str, row: _Row) -> PartChange:
    old, new = statement_to_code(row[v.SUBJECT_ID]), statement_to_code(row[v.OBJECT_ID])
    name = f"{old} to {new}" if old and new and old != new else old or new
    is_editorial = row[v.PREDICATE_ID] == v.EXACT_MATCH and old == new != ""
    change = "editorial" if is_editorial else str(row[v.CHANGE])
    is_waiting = row[v.BAND] == v.REVIEW
    note = str(row[v.STATUS]) if row[v.STATUS] != v.PROPOSED else "not reviewed" if is_waiting else ""
    level = row[v.RESPONSIBILITY] if row[v.RESPONSIBILITY] in (v.RAISED, v.LOWERED) else ""
    moved = f"level of responsibility {level}: {row[v.RESPONSIBILITY_WORDS]}" if level else ""
    notes = "; ".join(filter(None, (note, moved)))
    return PartChange(part, name, row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL], change, notes, is_waiting, level)


def statement_to_code(statement_id: str) -> str:
    """Return the code of a statement or duty; empty for none.

    Examples
    --------
    >>> statement_to_code("st9901-1.0:K7"), statement_to_code("sssom:NoTermFound")
    ('K7', '')
    """
    return "" if statement_id == v.NO_TERM_FOUND else statement_id.rpartition(":")[2]


def tables_to_pair_changes(
    tables: Tables, old: str, new: str, crosswalk: pd.DataFrame
) -> Iterator[PartChange]:
    """Yield each pair of a duty and a KSB that only one version has, although it has both of them.

    Pairs of a duty or a KSB without a counterpart follow from that, and are not listed.

    Parameters
    ----------
    tables
        Tables of both versions.
    old, new
        Their ids.
    crosswalk
        The links of their statements and duties.
    """
    check_documents(tables, old, new)
    before, after = (_pairs(tables, document_id) for document_id in (old, new))
    if not before or not after:
        if before or after:
            yield _not_compared("duty-KSB pairs", new if after else old)
        return
    forward, waiting = _links(crosswalk)
    backward: dict[str, set[str]] = {}
    for source, targets in forward.items():
        for target in targets:
            backward.setdefault(target, set()).add(source)
    for pairs, links, others, change in ((before, forward, after, REMOVED), (after, backward, before, ADDED)):
        for duty, statement in pairs:
            found = [*product(links.get(duty, ()), links.get(statement, ()))]
            if found and not any(pair in others for pair in found):
                yield _pair_change(duty, statement, change, not waiting.isdisjoint((duty, statement)))


def _pair_change(duty: str, statement: str, change: str, is_waiting: bool) -> PartChange:
    name = f"{statement_to_code(duty)} and {statement_to_code(statement)}"
    texts = ("", name) if change == ADDED else (name, "")
    return PartChange("duty-KSB pairs", name, *texts, change, "", is_waiting)


def _pairs(tables: Tables, document_id: str) -> dict[tuple[str, str], None]:
    frame = tables.duty_ksbs
    return {
        (duty, statement): None
        for duty, statement in zip(frame[v.DUTY_ID], frame[v.STATEMENT_ID], strict=True)
        if duty.partition(":")[0] == document_id
    }


def _links(crosswalk: pd.DataFrame) -> tuple[dict[str, set[str]], set[str]]:
    """Return the counterparts of each old statement and duty, and all ids whose links wait for review."""
    linked: dict[str, set[str]] = {}
    waiting: set[str] = set()
    for old, new, relation, band in zip(
        crosswalk[v.SUBJECT_ID],
        crosswalk[v.OBJECT_ID],
        crosswalk[v.PREDICATE_ID],
        crosswalk[v.BAND],
        strict=True,
    ):
        if v.NO_TERM_FOUND not in (old, new) and relation != v.RELATED_MATCH:
            linked.setdefault(old, set()).add(new)
            waiting |= {old, new} if band == v.REVIEW else set()
    return linked, waiting


def tables_to_listed_changes(tables: Tables, old: str, new: str) -> Iterator[PartChange]:
    """Yield what was added, removed or changed among the options and in the assessment plan.

    A part that only one version prints is not compared, with one row that says so.

    Parameters
    ----------
    tables
        Tables of both versions.
    old, new
        Their ids.
    """
    check_documents(tables, old, new)
    parts: tuple[tuple[str, Callable[[Tables, str], Sequence[_Item]]], ...] = (
        ("options", _options),
        (METHODS, _methods),
        (THEMES, _themes),
        (DESCRIPTORS, _descriptors),
        (GRADES, _overall_grades),
    )
    for part, make in parts:
        before, after = make(tables, old), make(tables, new)
        is_known = part == "options" and _prints_options(tables, old) and _prints_options(tables, new)
        if (before and after) or is_known:
            yield from _compare(part, before, after)
        elif before or after:
            yield _not_compared(part, old if before else new)


def _not_compared(part: str, only: str) -> PartChange:
    return PartChange(part, "", "", "", NOT_COMPARED, f"{only} alone prints them")


def _compare(part: str, before: Sequence[_Item], after: Sequence[_Item]) -> Iterator[PartChange]:
    """Yield the items that only one version has; the only two of one name are one item that changed.

    Of several of one name nobody can tell which became which.
    """
    gone, fresh = _without(before, after), _without(after, before)
    counts = [Counter(item.name for item in items if item.name) for items in (gone, fresh)]
    changed = {item.name: item for item in fresh if counts[0][item.name] == counts[1][item.name] == 1}
    for item in gone:
        if item.name in changed:
            yield PartChange(part, item.name, item.text, changed[item.name].text, CHANGED)
        else:
            yield PartChange(part, item.name, item.text, "", REMOVED)
    for item in fresh:
        if item.name not in changed:
            yield PartChange(part, item.name, "", item.text, ADDED)


def _without(items: Sequence[_Item], others: Sequence[_Item]) -> list[_Item]:
    """Return the items that others lack; each of the others stands for one item."""
    left = Counter(item.key for item in others)
    kept = []
    for item in items:
        if left[item.key]:
            left[item.key] -= 1
        else:
            kept.append(item)
    return kept


def _of(frame: pd.DataFrame, document_id: str) -> list[dict[Any, Any]]:
    return frame[frame[v.DOCUMENT_ID] == document_id].to_dict("records")


def _prints_options(tables: Tables, document_id: str) -> bool:
    """Return whether a version says which options there are, or that there are none.

    A record does. A text does if it has options, or duties without any.
    """
    documents = tables.documents
    (kind,) = documents[documents[v.DOCUMENT_ID] == document_id][v.KIND]
    has_duties = bool((tables.duties[v.DOCUMENT_ID] == document_id).any())
    return kind == v.OFFICIAL_RECORD or has_duties or bool(_options(tables, document_id))


def _options(tables: Tables, document_id: str) -> list[_Item]:
    titles: dict[str, str] = {}
    for row in _of(tables.details, document_id):
        if row[v.SECTION] == "options":
            titles.setdefault(text_to_title_key(row[v.NAME]), row[v.NAME])
    for frame in (tables.duties, tables.statements, tables.themes):
        for row in _of(frame, document_id):
            for title in row[v.OPTION].split("; "):
                key = text_to_title_key(title)
                if key not in ("", v.CORE):
                    titles.setdefault(key, title)
    return [_Item(key, title, title) for key, title in titles.items()]


def _methods(tables: Tables, document_id: str) -> list[_Item]:
    rows = _of(tables.methods, document_id)
    return [_Item(text_to_title_key(row[v.NAME]), row[v.NAME], row[v.NAME]) for row in rows]


def _themes(tables: Tables, document_id: str) -> list[_Item]:
    names = _method_names(tables)
    items = []
    for row in _of(tables.themes, document_id):
        method, option = names.get(row[v.METHOD_ID], ""), row[v.OPTION]
        where = ", ".join(filter(None, (method, "" if option == v.CORE else option)))
        text = f"{row[v.NAME]} ({where})" if where else row[v.NAME]
        items.append(_Item(text_to_title_key(text), row[v.NAME], text))
    return items


def _descriptors(tables: Tables, document_id: str) -> list[_Item]:
    themes = dict(zip(tables.themes[v.THEME_ID], tables.themes[v.NAME], strict=True))
    items = []
    for row in _of(tables.descriptors, document_id):
        name = f"{themes.get(row[v.THEME_ID], '')}, {row[v.GRADE]}".removeprefix(", ")
        items.append(_Item((text_to_title_key(name), text_to_key(row[v.TEXT])), name, row[v.TEXT]))
    return items


def _overall_grades(tables: Tables, document_id: str) -> list[_Item]:
    names = _method_names(tables)
    rows: dict[int, list[str]] = {}
    overall: dict[int, str] = {}
    for row in _of(tables.overall_grades, document_id):
        method = names.get(row[v.METHOD_ID], row[v.METHOD_ID].rpartition(":")[2])
        rows.setdefault(row[v.POSITION], []).append(f"{method} {row[v.GRADE]}")
        overall[row[v.POSITION]] = row[v.OVERALL_GRADE]
    items = []
    for position, grades in rows.items():
        name = ", ".join(sorted(grades))
        text = f"{name}: {overall[position]}"
        items.append(_Item(text_to_title_key(text), name, text))
    return items


def _method_names(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.methods[v.METHOD_ID], tables.methods[v.NAME], strict=True))
