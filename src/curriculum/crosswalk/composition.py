"""Crosswalks as an algebra: turned round, and composed over a version between."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.crosswalk.linked_documents import crosswalk_to_pair
from curriculum.decisions.decision import INVERSE_RELATIONS
from curriculum.decisions.valid_decisions import tables_to_compared_statements
from curriculum.errors import InvalidTable
from curriculum.linking.comparison import ComparedStatement, statements_to_comparison
from curriculum.linking.relations import counts_to_cardinality
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.schemas import CROSSWALK, check_frame, name_to_empty_row, rows_to_typed

__all__ = [
    "compose",
    "identity",
    "invert",
    "relations_to_composed",
]

_Row = dict[str, Any]
_SWAPPED: Final = (
    (v.SUBJECT_SOURCE, v.OBJECT_SOURCE),
    (v.SUBJECT_ID, v.OBJECT_ID),
    (v.SUBJECT_LABEL, v.OBJECT_LABEL),
    (v.SUBJECT_CATEGORY, v.OBJECT_CATEGORY),
    (v.WORDS_INSERTED, v.WORDS_DELETED),
)
_INVERSE_CHANGES: Final = {
    **{"merged": "split", "split": "merged", "narrowed": "widened", "widened": "narrowed"},
    **{v.WITHDRAWN: v.NEW, v.NEW: v.WITHDRAWN},
}
_INVERSE_MOVES: Final = {v.RAISED: v.LOWERED, v.LOWERED: v.RAISED}
_ARROW: Final = " -> "
# Relations that pass from step to step: the broader of the broader is broader (SKOS, broaderTransitive).
_TRANSITIVE: Final = frozenset((v.EXACT_MATCH, v.BROAD_MATCH, v.NARROW_MATCH))


class _Path(NamedTuple):
    """A way from an old statement to a new one by way of one between."""

    via: str
    predicate: str
    confidence: float
    is_settled: bool


def invert(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Turn a crosswalk round: what became of the old statements becomes where the new ones come from.

    Parameters
    ----------
    crosswalk
        Mappings of any pairs.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, sides, relations, cardinalities, changes, words and levels of
        responsibility turned. The runner-up stays: it is of the side that was new. Inverting twice gives the
        crosswalk itself.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk
    >>> crosswalk = read_crosswalk(Path("data/processed"))
    >>> merged = crosswalk[crosswalk["predicate_id"] == "skos:broadMatch"]
    >>> set(invert(merged)["predicate_id"]), invert(invert(merged)).equals(merged)
    ({'skos:narrowMatch'}, True)
    """
    turned = {one: crosswalk[other] for pair in _SWAPPED for one, other in (pair, pair[::-1])}
    return crosswalk.assign(
        **turned,
        **{
            v.PREDICATE_ID: crosswalk[v.PREDICATE_ID].replace(INVERSE_RELATIONS),
            v.MAPPING_CARDINALITY: crosswalk[v.MAPPING_CARDINALITY].map(_turned_cardinality).astype("str"),
            v.CHANGE: crosswalk[v.CHANGE].map(_turned_change).astype("str"),
            v.RESPONSIBILITY: crosswalk[v.RESPONSIBILITY].replace(_INVERSE_MOVES),
            v.RESPONSIBILITY_WORDS: crosswalk[v.RESPONSIBILITY_WORDS].map(_turned_arrows).astype("str"),
            v.CAUTION: crosswalk[v.CAUTION].map(_turned_arrows).astype("str"),
        },
    )


def _turned_cardinality(cardinality: str) -> str:
    old, _, new = cardinality.partition(":")
    return f"{new}:{old}"


def _turned_change(change: str) -> str:
    return "; ".join(_INVERSE_CHANGES.get(one, one) for one in change.split("; "))


def _turned_arrows(text: str) -> str:
    """Turn what came before an arrow and what came after it, in each part of a text.

    Examples
    --------
    >>> _turned_arrows("number: 25 -> 250; negation: none -> not")
    'number: 250 -> 25; negation: not -> none'
    """
    return "; ".join(map(_turned_arrow, text.split("; ")))


def _turned_arrow(part: str) -> str:
    name, colon, words = part.rpartition(": ")
    old, arrow, new = words.partition(_ARROW)
    return f"{name}{colon}{new}{arrow}{old}" if arrow else part


def identity(tables: Tables, document_id: str) -> pd.DataFrame:
    """Return the crosswalk of a document with itself: every statement is an exact match of itself.

    Composing with it changes nothing.

    Raises
    ------
    NotFound
        If the tables hold no such document.
    """
    check_documents(tables, document_id)
    rows = []
    for one in tables_to_compared_statements(tables, document_id).values():
        rows.append(
            {
                **_empty(document_id, document_id, ""),
                **statements_to_comparison(one, one, "1:1"),
                v.MAPPING_JUSTIFICATION: v.LEXICAL_MATCHING,
                v.CONFIDENCE: 1.0,
                v.BAND: v.ACCEPT,
                v.STATUS: v.PROPOSED,
            }
        )
    return _rows_to_crosswalk(rows)


def relations_to_composed(first: str, second: str) -> str:
    """Compose two relations as SKOS allows; an empty string where it allows none.

    An exact match passes any relation on, and the broader of the broader is broader. A close match of a
    close match need not be one.

    Examples
    --------
    >>> relations_to_composed("skos:exactMatch", "skos:closeMatch")
    'skos:closeMatch'
    >>> relations_to_composed("skos:closeMatch", "skos:closeMatch")
    ''
    """
    if v.EXACT_MATCH in {first, second}:
        return second if first == v.EXACT_MATCH else first
    return first if first == second and first in _TRANSITIVE else ""


def compose(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Compose the crosswalks of two pairs that meet in one document.

    Parameters
    ----------
    first, second
        Crosswalks of one pair each; the new document of the first is the old one of the second.

    Returns
    -------
    pandas.DataFrame
        A crosswalk from the first document to the last, ``mapping_justification`` `semapv:MappingChaining`,
        ``comment`` the statements by way of which. ``confidence`` is that of all steps together, as if they
        were independent and what a reviewer decided were certain; of several ways a settled one counts,
        then the likelier. ``predicate_id`` is composed by
        `relations_to_composed`; where SKOS allows none it is `skos:relatedMatch`, and the row is for review.
        A row is in the band `accept` only if both steps are. A statement whose counterparts are all withdrawn
        is withdrawn; it may have come back since, as the direct crosswalk would know, so it is for review.
        Composing with an identity gives the other crosswalk itself.

    Raises
    ------
    InvalidTable
        If either is not of one pair, or they do not meet.
    """
    old, between = crosswalk_to_pair(first)
    middle, new = crosswalk_to_pair(second)
    if between != middle:
        raise InvalidTable(
            "crosswalks that do not meet",
            expected=f"one that begins with {between}",
            found=f"one that begins with {middle}",
            advice="Compose the crosswalks of versions that follow each other.",
        )
    if old == between or middle == new:
        return second if old == between else first
    attribution = " ".join(dict.fromkeys(filter(None, (*first[v.ATTRIBUTION], *second[v.ATTRIBUTION]))))
    making = _Composing(_records(first), _records(second), _empty(old, new, attribution))
    return _rows_to_crosswalk(making.rows())


def _records(crosswalk: pd.DataFrame) -> list[_Row]:
    records: list[_Row] = crosswalk.to_dict("records")  # type: ignore[assignment]
    return records


def _empty(old: str, new: str, attribution: str) -> _Row:
    """Return what all rows of a composed crosswalk share."""
    return {
        **name_to_empty_row(CROSSWALK),
        v.SUBJECT_SOURCE: old,
        v.OBJECT_SOURCE: new,
        v.ATTRIBUTION: attribution,
        v.MAPPING_JUSTIFICATION: v.MAPPING_CHAINING,
        v.STATUS: v.COMPOSED,
    }


def _rows_to_crosswalk(rows: Iterable[_Row]) -> pd.DataFrame:
    return check_frame(CROSSWALK, rows_to_typed(CROSSWALK, [tuple(row.values()) for row in rows]))


def _likelihood(*rows: _Row) -> float:
    """Multiply the confidences of rows; what a reviewer decided is taken for certain."""
    product = 1.0
    for row in rows:
        is_certain = row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE} or math.isnan(row[v.CONFIDENCE])
        product *= 1.0 if is_certain else row[v.CONFIDENCE]
    return round(product, 3)


class _Composing:
    """The rows of two crosswalks, and the ways that lead through both."""

    def __init__(self, first: Sequence[_Row], second: Sequence[_Row], empty: _Row) -> None:
        self.first, self.second, self.empty = first, second, empty
        self.onwards: dict[str, list[_Row]] = {}
        for row in second:
            self.onwards.setdefault(row[v.SUBJECT_ID], []).append(row)
        self.olds = {row[v.SUBJECT_ID]: _subject(row) for row in first if _has(row, v.SUBJECT_ID)}
        self.news = {row[v.OBJECT_ID]: _object(row) for row in second if _has(row, v.OBJECT_ID)}
        self.ways = self._ways()

    def _ways(self) -> dict[tuple[str, str], list[_Path]]:
        ways: dict[tuple[str, str], list[_Path]] = {}
        for row in self.first:
            for onward in self.onwards.get(row[v.OBJECT_ID], ()):
                link = row[v.SUBJECT_ID], onward[v.OBJECT_ID]
                if v.NO_TERM_FOUND not in (*link, row[v.OBJECT_ID]):
                    ways.setdefault(link, []).append(_rows_to_path(row, onward))
        return ways

    def rows(self) -> list[_Row]:
        """Return a row for each link, and for each statement without one."""
        n_new, n_old = Counter(old for old, _ in self.ways), Counter(new for _, new in self.ways)
        rows: list[_Row] = []
        for old in self.olds:
            own = [self._linked(link, n_old, n_new) for link in self.ways if link[0] == old]
            rows += sorted(own, key=lambda row: -row[v.CONFIDENCE]) or [self._withdrawn(old)]
        return rows + [self._new(new) for new in self.news if new not in n_old]

    def _linked(self, link: tuple[str, str], n_old: Mapping[str, int], n_new: Mapping[str, int]) -> _Row:
        old, new = link
        paths = sorted(self.ways[link], key=lambda path: (not path.is_settled, -path.confidence))
        best = paths[0]
        cardinality = counts_to_cardinality(n_old[new], n_new[old])
        return {
            **self.empty,
            **statements_to_comparison(self.olds[old], self.news[new], cardinality),
            v.PREDICATE_ID: best.predicate or v.RELATED_MATCH,
            v.CONFIDENCE: best.confidence,
            v.BAND: v.ACCEPT if best.is_settled else v.REVIEW,
            v.COMMENT: f"by way of {', '.join(path.via for path in paths)}",
        }

    def _withdrawn(self, old: str) -> _Row:
        rows = [row for row in self.first if row[v.SUBJECT_ID] == old]
        vias = [row[v.OBJECT_ID] for row in rows if _has(row, v.OBJECT_ID)]
        onwards = [one for via in vias for one in self.onwards.get(via, ())]
        return self._alone(self.olds[old], True, _likelihood(*rows, *onwards), vias)

    def _new(self, new: str) -> _Row:
        rows = [row for row in self.second if row[v.OBJECT_ID] == new]
        vias = [row[v.SUBJECT_ID] for row in rows if _has(row, v.SUBJECT_ID)]
        backwards = [row for row in self.first if row[v.OBJECT_ID] in vias]
        return self._alone(self.news[new], False, _likelihood(*rows, *backwards), vias)

    def _alone(
        self, statement: ComparedStatement, is_old: bool, confidence: float, vias: Sequence[str]
    ) -> _Row:
        own = (v.SUBJECT_ID, v.SUBJECT_LABEL, v.SUBJECT_CATEGORY)
        other = (v.OBJECT_ID, v.OBJECT_LABEL, v.OBJECT_CATEGORY)
        here, there = (own, other) if is_old else (other, own)
        return {
            **self.empty,
            **dict(zip(here, (statement.id, statement.text, statement.kind), strict=True)),
            **dict(zip(there, (v.NO_TERM_FOUND, "", ""), strict=True)),
            v.PREDICATE_ID: v.EXACT_MATCH,
            v.MAPPING_CARDINALITY: "1:0" if is_old else "0:1",
            v.CHANGE: v.WITHDRAWN if is_old else v.NEW,
            v.CONFIDENCE: confidence,
            v.BAND: v.REVIEW,
            v.COMMENT: f"by way of {', '.join(vias)}" if vias else "",
        }


def _has(row: _Row, column: str) -> bool:
    return bool(row[column] != v.NO_TERM_FOUND)


def _subject(row: _Row) -> ComparedStatement:
    return ComparedStatement(row[v.SUBJECT_ID], row[v.SUBJECT_CATEGORY], row[v.SUBJECT_LABEL])


def _object(row: _Row) -> ComparedStatement:
    return ComparedStatement(row[v.OBJECT_ID], row[v.OBJECT_CATEGORY], row[v.OBJECT_LABEL])


def _rows_to_path(row: _Row, onward: _Row) -> _Path:
    relation = relations_to_composed(row[v.PREDICATE_ID], onward[v.PREDICATE_ID])
    is_settled = bool(relation) and row[v.BAND] == onward[v.BAND] == v.ACCEPT
    confidence = _likelihood(row, onward)
    return _Path(row[v.OBJECT_ID], relation, confidence, is_settled)
