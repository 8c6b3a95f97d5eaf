"""Apply decisions to proposals: a decision always wins, and undecided links keep their proposal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from curriculum.decisions.decision import Decision
from curriculum.decisions.validation import is_same_wording
from curriculum.linking.comparison import ComparedStatement, statements_to_comparison
from curriculum.linking.confidence import RAPIDFUZZ, Fit, scorers_to_fit, unlinked_to_confidence
from curriculum.linking.mapping_rows import RowBuilder
from curriculum.linking.relations import counts_to_cardinality
from curriculum.model import vocabulary as v
from curriculum.tables.plain_rows import Row

__all__ = ["rows_with_decisions"]

_Link = tuple[str, str]
_LABELS: Final = ((v.SUBJECT_ID, v.SUBJECT_LABEL), (v.OBJECT_ID, v.OBJECT_LABEL))
# The cells that follow from the number of linked statements.
_OF_NUMBER: Final = (v.PREDICATE_ID, v.MAPPING_CARDINALITY, v.CHANGE)


@dataclass
class _DecisionIndex:
    """The decisions of a pair: the links they confirm, the links they reject, statements without a link."""

    linked: dict[_Link, list[Decision]] = field(default_factory=dict)
    rejected: set[_Link] = field(default_factory=set)
    unlinked: dict[str, list[Decision]] = field(default_factory=dict)


def rows_with_decisions(
    rows: Sequence[Row],
    decisions: Iterable[Decision],
    statements: Mapping[str, ComparedStatement],
    old: str,
) -> tuple[Row, ...]:
    """Apply decisions to the proposals of one pair of documents.

    Parameters
    ----------
    rows
        The proposals: rows of a crosswalk.
    decisions
        The decisions of reviewers, already checked for contradictions. Decisions on other statements are
        ignored.
    statements
        The statements of both documents by id, each document's in the order of its list. Statements that
        neither the proposals nor a decision names are ignored.
    old
        The id of the old document.

    Returns
    -------
    tuple of Row
        The same columns. Rejected links are removed; confirmed links name their reviewer. The number of
        linked statements is counted again, and relations and changes follow from it. A statement whose last
        link was rejected has no counterpart found, or is new. An old one that a reviewer left without a link
        is withdrawn. Without decisions the proposals are returned.
    """
    ids = {row[name] for row in rows for name in (v.SUBJECT_ID, v.OBJECT_ID)}
    relevant = [decision for decision in decisions if _is_about(decision, statements, ids)]
    if not relevant:
        return tuple(rows)
    index = _decisions_to_index(relevant)
    ids.update(name for decision in relevant for name in decision.link)
    known = {name: statement for name, statement in statements.items() if name in ids}
    proposed = {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in rows}
    kept = _confirmed_links(proposed, index)
    merged = _DecidedRows(proposed, index, known, kept, _rows_to_fit(rows), old)
    return tuple(sorted(merged.rows(), key=_row_sort_key(known)))


def _is_about(decision: Decision, statements: Mapping[str, ComparedStatement], ids: Collection[str]) -> bool:
    """Return whether a decision is about these links; duties and statements are decided separately."""
    is_known = all(name in statements or name == v.NO_TERM_FOUND for name in decision.link)
    return is_known and any(name in ids for name in decision.link if name != v.NO_TERM_FOUND)


def _decisions_to_index(decisions: Iterable[Decision]) -> _DecisionIndex:
    index = _DecisionIndex()
    for decision in decisions:
        if decision.is_rejection:
            index.rejected.add(decision.link)
        elif v.NO_TERM_FOUND in decision.link:
            name = next(name for name in decision.link if name != v.NO_TERM_FOUND)
            index.unlinked.setdefault(name, []).append(decision)
        else:
            index.linked.setdefault(decision.link, []).append(decision)
    return index


def _confirmed_links(proposed: Collection[_Link], index: _DecisionIndex) -> list[_Link]:
    """Return the proposed links that no decision removes, and the links that a reviewer added."""
    kept = [
        link
        for link in proposed
        if v.NO_TERM_FOUND not in link
        and link not in index.rejected
        and not any(name in index.unlinked for name in link)
    ]
    return list(dict.fromkeys([*kept, *index.linked]))


def _rows_to_fit(rows: Sequence[Row]) -> Fit:
    """Return the fit that the confidences of links come from."""
    names = ((v.MEANING_SCORE, "meaning"), (v.CHARACTERS_SCORE, "characters"))
    scored = [name for column, name in names if _has_values(rows, column)]
    # The scorer of rapidfuzz has no column; a list without any link has no scores either.
    return scorers_to_fit(scored or [RAPIDFUZZ] * _has_values(rows, v.CSLS_SCORE))


def _has_values(rows: Sequence[Row], column: str) -> bool:
    return not all(math.isnan(row[column]) for row in rows)


@dataclass
class _DecidedRows:
    """The rows of a pair after its decisions are applied."""

    proposed: Mapping[_Link, Row]
    index: _DecisionIndex
    statements: Mapping[str, ComparedStatement]
    kept: Sequence[_Link]
    fit: Fit
    old: str
    builder: RowBuilder = field(init=False)

    def __post_init__(self) -> None:
        """Build the builder of new rows from the cells that all rows of the pair share."""
        row = next(iter(self.proposed.values()))
        self.builder = RowBuilder(row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE], row[v.ATTRIBUTION])

    def rows(self) -> Iterator[Row]:
        """Yield a row for each link, and for each statement without one."""
        # A related match counts neither as a merge nor as a split.
        counted = [link for link in self.kept if not self._is_related(link)]
        # A link that a reviewer added is no merge or split because of a proposal that waits for a person.
        settled = [link for link in counted if self._is_settled(link)]
        for link in self.kept:
            others = settled if link not in self.proposed else counted
            n_old, n_new = sum(new == link[1] for _, new in others), sum(old == link[0] for old, _ in others)
            yield self._linked(link, counts_to_cardinality(n_old, n_new))
        linked = {name for link in self.kept for name in link}
        unlinked = {name: self._is_old(name) for name in self.statements if name not in linked}
        sides = Counter(unlinked.values())
        for name, is_old in unlinked.items():
            yield self._unlinked(name, is_old, (sides[is_old], sides[not is_old]))

    def _is_old(self, name: str) -> bool:
        return name.partition(":")[0] == self.old

    def _linked(self, link: _Link, cardinality: str) -> Row:
        decisions = self.index.linked.get(link, [])
        row = self.proposed.get(link)
        if row is not None and not decisions and row[v.MAPPING_CARDINALITY] == cardinality:
            return row
        old, new = self.statements[link[0]], self.statements[link[1]]
        if row is None:
            cells = {
                v.MAPPING_JUSTIFICATION: v.MANUAL_CURATION,
                v.CONFIDENCE: self._runner_up_confidence(link),
            }
            row = self.builder.linked(old, new, cardinality, cells)
        elif row[v.MAPPING_CARDINALITY] != cardinality:
            comparison = statements_to_comparison(old, new, cardinality)
            row = {**row, **{name: comparison[name] for name in _OF_NUMBER}}
        return _decided_row(row, decisions) if decisions else row

    def _unlinked(self, name: str, is_old: bool, n_unlinked: tuple[int, int]) -> Row:
        """Return the row of a statement without a link.

        ``n_unlinked`` are the numbers of such statements in its own document, and in the other.
        """
        link = (name, v.NO_TERM_FOUND) if is_old else (v.NO_TERM_FOUND, name)
        decisions = self.index.unlinked.get(name, [])
        row = self.proposed.get(link) or self.builder.unlinked(
            self.statements[name],
            is_old,
            {
                v.MAPPING_JUSTIFICATION: v.MANUAL_CURATION if decisions else v.LEXICAL_SIMILARITY,
                **({v.CONFIDENCE: float("nan")} if decisions else self._candidate(name, is_old, n_unlinked)),
            },
        )
        return _decided_row(row, decisions) if decisions else row

    def _is_settled(self, link: _Link) -> bool:
        row = self.proposed.get(link)
        return link in self.index.linked or (row is not None and row[v.BAND] == v.ACCEPT)

    def _is_related(self, link: _Link) -> bool:
        decisions = self.index.linked.get(link, [])
        return any(decision.predicate_id == v.RELATED_MATCH for decision in decisions)

    def _candidate(self, name: str, is_old: bool, n_unlinked: tuple[int, int]) -> Row:
        """Return the confidence and runner-up of a statement that lost its links."""
        runners_up = [
            (row[v.RUNNER_UP_CONFIDENCE], row[v.RUNNER_UP_ID] if is_old else row[v.SUBJECT_ID])
            for row in self.proposed.values()
            if row[v.RUNNER_UP_ID] and name == (row[v.SUBJECT_ID] if is_old else row[v.RUNNER_UP_ID])
        ]
        links = {(name, other) if is_old else (other, name): confidence for confidence, other in runners_up}
        left = [(confidence, link) for link, confidence in links.items() if link not in self.index.rejected]
        confidence, link = max(left, default=(0.0, ("", "")))
        return {
            v.CONFIDENCE: unlinked_to_confidence(*n_unlinked, self.fit) if is_old else self.fit.new,
            v.RUNNER_UP_ID: link[1] if is_old else link[0],
            v.RUNNER_UP_CONFIDENCE: confidence if any(link) else float("nan"),
        }

    def _runner_up_confidence(self, link: _Link) -> float:
        """Return the confidence of a link that was not proposed, if it was a runner-up; else NaN."""
        return next(
            (
                row[v.RUNNER_UP_CONFIDENCE]
                for row in self.proposed.values()
                if link[0] == row[v.SUBJECT_ID] and link[1] == row[v.RUNNER_UP_ID]
            ),
            float("nan"),
        )


def _decided_row(row: Row, decisions: Sequence[Decision]) -> Row:
    """Return a row with the decisions on it."""
    relations = (decision.predicate_id for decision in decisions if decision.predicate_id)
    is_stale = not all(
        is_same_wording(label, row[name])
        for decision in decisions
        for (id_name, name), label in zip(
            _LABELS, (decision.subject_label, decision.object_label), strict=True
        )
        if row[id_name] != v.NO_TERM_FOUND
    )
    is_manual = any(decision.decision in {v.CHANGE_RELATION, v.ADD_LINK} for decision in decisions)
    comments = filter(None, (decision.comment for decision in decisions))
    return {
        **row,
        v.CHANGE: v.WITHDRAWN if row[v.OBJECT_ID] == v.NO_TERM_FOUND else row[v.CHANGE],
        v.PREDICATE_ID: next(relations, row[v.PREDICATE_ID]),
        v.MAPPING_JUSTIFICATION: v.MANUAL_CURATION if is_manual else row[v.MAPPING_JUSTIFICATION],
        v.BAND: v.REVIEW if is_stale else v.ACCEPT,
        v.STATUS: v.DECIDED_BEFORE if is_stale else v.DECIDED,
        v.REVIEWER_LABEL: "|".join(dict.fromkeys(decision.reviewer_label for decision in decisions)),
        v.REVIEW_DATE: max(decision.review_date for decision in decisions),
        v.COMMENT: "; ".join(dict.fromkeys(comments)),
    }


def _row_sort_key(
    statements: Mapping[str, ComparedStatement],
) -> Callable[[Row], tuple[object, ...]]:
    """Return the sort key of a crosswalk: by old statement, the highest confidence first; then new ones."""
    positions = {name: position for position, name in enumerate(statements)}

    def sort_key(row: Row) -> tuple[object, ...]:
        position = positions.get(row[v.OBJECT_ID], -1)
        if row[v.SUBJECT_ID] == v.NO_TERM_FOUND:
            return len(positions), 0.0, position
        confidence = 0.0 if math.isnan(row[v.CONFIDENCE]) else row[v.CONFIDENCE]
        return positions[row[v.SUBJECT_ID]], -confidence, position

    return sort_key
