"""Invert crosswalks, and compose two crosswalks over the version between them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_pair
from curriculum.decisions.decision import INVERSE_RELATIONS
from curriculum.decisions.valid_decisions import tables_to_compared_statements
from curriculum.errors import InvalidTable
from curriculum.linking.comparison import ComparedStatement
from curriculum.linking.link_frames import rows_to_links
from curriculum.linking.mapping_rows import MappingRow, RowBuilder
from curriculum.linking.relations import counts_to_cardinality
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.schemas import CROSSWALK

__all__ = [
    "compose",
    "identity",
    "invert",
    "relations_to_composed",
]

_SWAPPED: Final = (
    (v.SUBJECT_SOURCE, v.OBJECT_SOURCE),
    (v.SUBJECT_ID, v.OBJECT_ID),
    (v.SUBJECT_LABEL, v.OBJECT_LABEL),
    (v.SUBJECT_CATEGORY, v.OBJECT_CATEGORY),
    (v.WORDS_INSERTED, v.WORDS_DELETED),
)
_INVERSE_CHANGES: Final = {
    **{"merged": "split", "split": "merged", "narrowed": "widened", "widened": "narrowed"},
    **{v.WITHDRAWN: v.NEW, v.NO_COUNTERPART: v.NEW, v.NEW: v.NO_COUNTERPART},
}
_INVERSE_MOVES: Final = {v.RAISED: v.LOWERED, v.LOWERED: v.RAISED}
_ARROW: Final = " -> "
# Transitive relations: the broader of the broader is broader (SKOS, broaderTransitive).
_TRANSITIVE: Final = frozenset((v.EXACT_MATCH, v.BROAD_MATCH, v.NARROW_MATCH))


class _Path(NamedTuple):
    """A path from an old statement to a new one over a statement of the version between."""

    via: str
    predicate: str
    confidence: float
    is_accepted: bool


def invert(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Invert a crosswalk: the old document becomes the new one.

    Parameters
    ----------
    crosswalk
        Mappings of any pairs.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order. Sides, relations, cardinalities, changes, words and levels of
        responsibility are inverted. The runner-up stays; it belongs to the document that was new. Inverting
        twice returns the crosswalk itself.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk
    >>> crosswalk = read_crosswalk(Path("data/processed"))
    >>> merged = crosswalk[crosswalk["predicate_id"] == "skos:broadMatch"]
    >>> set(invert(merged)["predicate_id"]), invert(invert(merged)).equals(merged)
    ({'skos:narrowMatch'}, True)
    """
    swapped = {name: crosswalk[other] for pair in _SWAPPED for name, other in (pair, pair[::-1])}
    return crosswalk.assign(
        **swapped,
        **{
            v.PREDICATE_ID: crosswalk[v.PREDICATE_ID].replace(INVERSE_RELATIONS),
            v.MAPPING_CARDINALITY: crosswalk[v.MAPPING_CARDINALITY].map(_inverse_cardinality).astype("str"),
            v.CHANGE: _inverse_changes(crosswalk),
            v.RESPONSIBILITY: crosswalk[v.RESPONSIBILITY].replace(_INVERSE_MOVES),
            v.RESPONSIBILITY_WORDS: crosswalk[v.RESPONSIBILITY_WORDS].map(_inverse_arrows).astype("str"),
            v.CAUTION: crosswalk[v.CAUTION].map(_inverse_arrows).astype("str"),
        },
    )


def _inverse_cardinality(cardinality: str) -> str:
    old, _, new = cardinality.partition(":")
    return f"{new}:{old}"


def _inverse_changes(crosswalk: pd.DataFrame) -> pd.Series:
    """Return the inverse changes; a new statement, as a reviewer says, is withdrawn the other way round."""
    changes = crosswalk[v.CHANGE].map(_inverse_change).astype("str")
    is_decided = crosswalk[v.STATUS].isin([v.DECIDED, v.DECIDED_BEFORE])
    return changes.mask((changes == v.NO_COUNTERPART) & is_decided, v.WITHDRAWN)


def _inverse_change(change: str) -> str:
    return "; ".join(_INVERSE_CHANGES.get(name, name) for name in change.split("; "))


def _inverse_arrows(text: str) -> str:
    """Swap the words before and after the arrow in each part of a text.

    Examples
    --------
    >>> _inverse_arrows("number: 25 -> 250; negation: none -> not")
    'number: 250 -> 25; negation: not -> none'
    """
    return "; ".join(map(_inverse_arrow, text.split("; ")))


def _inverse_arrow(part: str) -> str:
    name, colon, words = part.rpartition(": ")
    old, arrow, new = words.partition(_ARROW)
    return f"{name}{colon}{new}{arrow}{old}" if arrow else part


def identity(tables: Tables, document_id: str) -> pd.DataFrame:
    """Return the crosswalk of a document with itself: every statement is an exact match of itself.

    Composing a crosswalk with it changes nothing.

    Raises
    ------
    NotFound
        If the tables have no such document.
    """
    check_documents(tables, document_id)
    builder = RowBuilder(document_id, document_id)
    cells = {v.MAPPING_JUSTIFICATION: v.LEXICAL_MATCHING, v.CONFIDENCE: 1.0, v.BAND: v.ACCEPT}
    statements = tables_to_compared_statements(tables, document_id).values()
    return _rows_to_crosswalk(builder.linked(statement, statement, "1:1", cells) for statement in statements)


def relations_to_composed(first: str, second: str) -> str:
    """Compose two relations as SKOS allows; return an empty string where SKOS allows none.

    An exact match keeps the other relation, and the broader of the broader is broader. A close match of a
    close match is not necessarily a close match.

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
        A crosswalk from the first document to the last. ``mapping_justification`` is
        `semapv:MappingChaining`; ``comment`` names the statements between. ``confidence`` is the product of
        the confidences of all steps, where a decided step counts as certain. Of several paths the accepted
        one counts, then the one with the higher confidence. ``predicate_id`` is composed by
        `relations_to_composed`; where SKOS allows none it is `skos:relatedMatch`, and the row is for review.
        A row is in the band `accept` only if both steps are. A statement none of whose counterparts goes on
        has no counterpart found. A later version may have it again, which only the direct crosswalk shows, so
        the row is for review. Composing with an identity returns the other crosswalk itself.

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
    builder = RowBuilder(old, new, attribution, v.COMPOSED)
    return _rows_to_crosswalk(_Composition(_records(first), _records(second), builder).rows())


def _records(crosswalk: pd.DataFrame) -> list[MappingRow]:
    records: list[MappingRow] = crosswalk.to_dict("records")  # type: ignore[assignment]
    return records


def _rows_to_crosswalk(rows: Iterable[MappingRow]) -> pd.DataFrame:
    return check_frame(CROSSWALK, rows_to_links(rows))


def _joint_confidence(*rows: MappingRow) -> float:
    """Return the product of the confidences of rows; what a reviewer decided is certain."""
    product = 1.0
    for row in rows:
        is_certain = row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE} or math.isnan(row[v.CONFIDENCE])
        product *= 1.0 if is_certain else row[v.CONFIDENCE]
    return round(product, 3)


class _Composition:
    """The rows of two crosswalks, and the paths that lead through both."""

    def __init__(
        self, first: Sequence[MappingRow], second: Sequence[MappingRow], builder: RowBuilder
    ) -> None:
        self.first, self.second, self.builder = first, second, builder
        self.second_by_subject: dict[str, list[MappingRow]] = {}
        for row in second:
            self.second_by_subject.setdefault(row[v.SUBJECT_ID], []).append(row)
        self.olds = {row[v.SUBJECT_ID]: _subject(row) for row in first if _has(row, v.SUBJECT_ID)}
        self.news = {row[v.OBJECT_ID]: _object(row) for row in second if _has(row, v.OBJECT_ID)}
        self.paths = self._paths()

    def _paths(self) -> dict[tuple[str, str], list[_Path]]:
        paths: dict[tuple[str, str], list[_Path]] = {}
        for row in self.first:
            for next_row in self.second_by_subject.get(row[v.OBJECT_ID], ()):
                link = row[v.SUBJECT_ID], next_row[v.OBJECT_ID]
                if v.NO_TERM_FOUND not in (*link, row[v.OBJECT_ID]):
                    paths.setdefault(link, []).append(_rows_to_path(row, next_row))
        return paths

    def rows(self) -> list[MappingRow]:
        """Return a row for each link, and for each statement without one."""
        n_new, n_old = Counter(old for old, _ in self.paths), Counter(new for _, new in self.paths)
        rows: list[MappingRow] = []
        for old in self.olds:
            linked = [self._linked(link, n_old, n_new) for link in self.paths if link[0] == old]
            rows += sorted(linked, key=lambda row: -row[v.CONFIDENCE]) or [self._without_counterpart(old)]
        return rows + [self._new(new) for new in self.news if new not in n_old]

    def _linked(
        self, link: tuple[str, str], n_old: Mapping[str, int], n_new: Mapping[str, int]
    ) -> MappingRow:
        old, new = link
        paths = sorted(self.paths[link], key=lambda path: (not path.is_accepted, -path.confidence))
        best = paths[0]
        cells = {
            v.PREDICATE_ID: best.predicate or v.RELATED_MATCH,
            v.MAPPING_JUSTIFICATION: v.MAPPING_CHAINING,
            v.CONFIDENCE: best.confidence,
            v.BAND: v.ACCEPT if best.is_accepted else v.REVIEW,
            v.COMMENT: f"by way of {', '.join(path.via for path in paths)}",
        }
        cardinality = counts_to_cardinality(n_old[new], n_new[old])
        return self.builder.linked(self.olds[old], self.news[new], cardinality, cells)

    def _without_counterpart(self, old: str) -> MappingRow:
        rows = [row for row in self.first if row[v.SUBJECT_ID] == old]
        vias = [row[v.OBJECT_ID] for row in rows if _has(row, v.OBJECT_ID)]
        next_rows = [row for via in vias for row in self.second_by_subject.get(via, ())]
        return self._unlinked(self.olds[old], True, _joint_confidence(*rows, *next_rows), vias)

    def _new(self, new: str) -> MappingRow:
        rows = [row for row in self.second if row[v.OBJECT_ID] == new]
        vias = [row[v.SUBJECT_ID] for row in rows if _has(row, v.SUBJECT_ID)]
        previous_rows = [row for row in self.first if row[v.OBJECT_ID] in vias]
        return self._unlinked(self.news[new], False, _joint_confidence(*rows, *previous_rows), vias)

    def _unlinked(
        self, statement: ComparedStatement, is_old: bool, confidence: float, vias: Sequence[str]
    ) -> MappingRow:
        cells = {
            v.MAPPING_JUSTIFICATION: v.MAPPING_CHAINING,
            v.CONFIDENCE: confidence,
            v.COMMENT: f"by way of {', '.join(vias)}" if vias else "",
        }
        return self.builder.unlinked(statement, is_old, cells)


def _has(row: MappingRow, column: str) -> bool:
    return bool(row[column] != v.NO_TERM_FOUND)


def _subject(row: MappingRow) -> ComparedStatement:
    return ComparedStatement(row[v.SUBJECT_ID], row[v.SUBJECT_CATEGORY], row[v.SUBJECT_LABEL])


def _object(row: MappingRow) -> ComparedStatement:
    return ComparedStatement(row[v.OBJECT_ID], row[v.OBJECT_CATEGORY], row[v.OBJECT_LABEL])


def _rows_to_path(row: MappingRow, next_row: MappingRow) -> _Path:
    relation = relations_to_composed(row[v.PREDICATE_ID], next_row[v.PREDICATE_ID])
    is_accepted = bool(relation) and row[v.BAND] == next_row[v.BAND] == v.ACCEPT
    confidence = _joint_confidence(row, next_row)
    return _Path(row[v.OBJECT_ID], relation, confidence, is_accepted)
