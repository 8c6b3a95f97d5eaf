"""The headline of two versions: how many codes now name another statement, and a word for the change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from curriculum.html.summaries import lines_to_html
from curriculum.model import vocabulary as v
from curriculum.tables.plain_rows import Row

__all__ = [
    "EDITED",
    "LEAST_KEPT",
    "LEAST_LINKED",
    "RENUMBERED",
    "REWRITTEN",
    "UNRELATED",
    "UNTOUCHED",
    "Headline",
    "rows_to_headline",
]

UNTOUCHED: Final = v.UNTOUCHED
RENUMBERED: Final = v.RENUMBERED
EDITED: Final = v.EDITED
REWRITTEN: Final = v.REWRITTEN
UNRELATED: Final = v.UNRELATED

# An edited version keeps at least this share of the old statements, by an exact or a close link.
LEAST_KEPT: Final = 0.70
# Versions with fewer links than this share of the shorter list are unrelated.
LEAST_LINKED: Final = 0.03
_KEPT: Final = (v.EXACT_MATCH, v.CLOSE_MATCH)


@dataclass(frozen=True, repr=False)
class Headline:
    """What became of the codes that both versions print, and a word for the change.

    Attributes
    ----------
    n_shared
        The codes that both versions print.
    n_other
        Those whose new statement is no counterpart of the old statement of the code.
    n_without
        Those of them whose old statement has no counterpart at all.
    change
        `untouched` (the same codes with the same wordings), `renumbered` (the same wordings, some under other
        codes), `edited` (at least 70 in 100 old statements have an exact or close counterpart), `rewritten`
        (fewer), or `unrelated` (fewer than 3 in 100 statements of the shorter list are linked). A wording
        with editorial differences alone is the same wording.
    """

    n_shared: int
    n_other: int
    n_without: int
    change: str

    def __str__(self) -> str:
        if not self.n_shared:
            return f"No code is printed in both versions. The new version is {self.change}."
        codes = "code" if self.n_shared == 1 else "codes"
        verb = "names" if self.n_other == 1 else "name"
        without = f" (of these, {self.n_without} without a counterpart found)" if self.n_without else ""
        named = f"{self.n_other} of {self.n_shared} {codes} now {verb} another statement{without}"
        return f"{named}. The new version is {self.change}."

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return lines_to_html([str(self)])


def rows_to_headline(rows: Iterable[Row]) -> Headline:
    """Return the headline of the rows of a crosswalk of one pair; its duties are not counted.

    Parameters
    ----------
    rows
        The rows of one pair of versions.

    Examples
    --------
    >>> row = {"subject_category": "knowledge", "object_category": "knowledge", "subject_id": "mine:K1",
    ...        "predicate_id": "skos:exactMatch", "object_id": "yours:K1"}
    >>> rows_to_headline([row, {**row, "subject_id": "mine:K2", "object_id": "yours:K2"}])
    0 of 2 codes now name another statement. The new version is untouched.
    """
    statements = [row for row in rows if v.DUTY not in {row[v.SUBJECT_CATEGORY], row[v.OBJECT_CATEGORY]}]
    old, new = (_codes(statements, name) for name in (v.SUBJECT_ID, v.OBJECT_ID))
    linked = [row for row in statements if v.NO_TERM_FOUND not in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}]
    same = {_code(row[v.SUBJECT_ID]) for row in linked if _is_same_code(row)}
    shared = old & new
    other = shared - same
    without = other - _codes(linked, v.SUBJECT_ID)
    return Headline(len(shared), len(other), len(without), _change(statements, linked))


def _code(statement_id: str) -> str:
    return statement_id.rpartition(":")[2]


def _codes(rows: Iterable[Row], name: str) -> set[str]:
    return {_code(row[name]) for row in rows if row[name] != v.NO_TERM_FOUND}


def _is_same_code(row: Row) -> bool:
    return _code(row[v.SUBJECT_ID]) == _code(row[v.OBJECT_ID])


def _change(statements: Sequence[Row], linked: Sequence[Row]) -> str:
    """Return the word for the change."""
    is_exact = all(row[v.PREDICATE_ID] == v.EXACT_MATCH for row in linked)
    if is_exact and len(linked) == len(statements):
        return UNTOUCHED if all(map(_is_same_code, linked)) else RENUMBERED
    n_old, n_new = (
        len({row[name] for row in statements} - {v.NO_TERM_FOUND}) for name in (v.SUBJECT_ID, v.OBJECT_ID)
    )
    if not linked or len({row[v.SUBJECT_ID] for row in linked}) < LEAST_LINKED * min(n_old, n_new):
        return UNRELATED
    kept = {row[v.SUBJECT_ID] for row in linked if row[v.PREDICATE_ID] in _KEPT}
    return EDITED if len(kept) >= LEAST_KEPT * n_old else REWRITTEN
