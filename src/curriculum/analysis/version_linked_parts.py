"""Compare what two versions print beside linked statements: option, methods, themes, and who must have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.analysis.version_facts import CHANGED, PartChange
from curriculum.analysis.version_parts import ASSESSED, MANDATORY, statement_to_code
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_title_key
from curriculum.tables.carrier import Tables

__all__ = ["tables_to_linked_changes"]

_FOLLOWED: Final = (v.EXACT_MATCH, v.CLOSE_MATCH)
_MANDATORY: Final = {True: "mandatory", False: "not mandatory"}


class _Beside(NamedTuple):
    """A property of statements: the part that it belongs to, and its value by the id of a statement."""

    part: str
    values: Mapping[str, str]


def tables_to_linked_changes(tables: Tables, crosswalk: pd.DataFrame) -> Iterator[PartChange]:
    """Yield each linked statement with another option, other assessment methods or themes than before.

    A property that one of the two statements does not have in print is not compared.

    Parameters
    ----------
    tables
        Tables of both versions.
    crosswalk
        The links of their statements; those that are exact or close are followed.
    """
    properties = tuple(_properties(tables))
    for row in crosswalk[crosswalk[v.PREDICATE_ID].isin(_FOLLOWED)].to_dict("records"):
        old, new = row[v.SUBJECT_ID], row[v.OBJECT_ID]
        for part, values in properties:
            first, second = values.get(old, ""), values.get(new, "")
            if first and second and text_to_title_key(first) != text_to_title_key(second):
                yield PartChange(part, _name(old, new), first, second, CHANGED, "", _is_waiting(row))


def _is_waiting(row: Mapping[Any, Any]) -> bool:
    return bool(row[v.BAND] == v.REVIEW)


def _name(old: str, new: str) -> str:
    before, after = statement_to_code(old), statement_to_code(new)
    return after if before == after else f"{before} to {after}"


def _properties(tables: Tables) -> Iterator[_Beside]:
    statements = tables.statements
    printed = statements[~statements[v.IS_OPTION_INFERRED]]
    yield _Beside("options", dict(zip(printed[v.STATEMENT_ID], printed[v.OPTION], strict=True)))
    known = statements[statements[v.IS_MANDATORY].notna()]
    words = [_MANDATORY[bool(flag)] for flag in known[v.IS_MANDATORY]]
    yield _Beside(MANDATORY, dict(zip(known[v.STATEMENT_ID], words, strict=True)))
    for links, ids, named in (
        (tables.statement_methods, v.METHOD_ID, tables.methods),
        (tables.theme_ksbs, v.THEME_ID, tables.themes),
    ):
        names = dict(zip(named[ids], named[v.NAME], strict=True))
        found: dict[str, set[str]] = {}
        for statement, other in zip(links[v.STATEMENT_ID], links[ids], strict=True):
            found.setdefault(statement, set()).add(names[other])
        yield _Beside(ASSESSED, {statement: "; ".join(sorted(found[statement])) for statement in found})
