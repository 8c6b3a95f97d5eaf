"""Decisions laid over proposals: a decision always wins, and what nobody decided stays as it was proposed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from curriculum.decisions.decision import Decision
from curriculum.decisions.validation import is_same_wording
from curriculum.linking.comparison import ComparedStatement, statements_to_comparison
from curriculum.linking.confidence import PROPOSED_FROM, Fit, scorers_to_fit, withdrawn_to_confidence
from curriculum.linking.relations import counts_to_cardinality
from curriculum.model import vocabulary as v
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row

__all__ = ["links_with_decisions"]

_Row = dict[str, Any]
_Link = tuple[str, str]
_LABELS: Final = ((v.SUBJECT_ID, v.SUBJECT_LABEL), (v.OBJECT_ID, v.OBJECT_LABEL))
# What a row takes from the comparison of its statements when their number changes.
_OF_NUMBER: Final = (v.PREDICATE_ID, v.MAPPING_CARDINALITY, v.CHANGE)


@dataclass
class _Said:
    """What reviewers say, by what they say it of."""

    linked: dict[_Link, list[Decision]] = field(default_factory=dict)
    rejected: set[_Link] = field(default_factory=set)
    alone: dict[str, list[Decision]] = field(default_factory=dict)


def links_with_decisions(
    links: pd.DataFrame, decisions: Iterable[Decision], statements: Mapping[str, ComparedStatement], old: str
) -> pd.DataFrame:
    """Lay decisions over the proposals of one pair of documents.

    Parameters
    ----------
    links
        The proposals, as `propose_links` gives them.
    decisions
        What reviewers decided, held against each other before; those on other statements are passed over.
    statements
        The statements of both documents by id, each document's in the order of its listing; those that
        neither the proposals nor a decision names are passed over.
    old
        The id of the old document.

    Returns
    -------
    pandas.DataFrame
        The same columns. Links that are rejected are gone; links that hold name their reviewer; how many
        statements belong together is counted anew, and with it relations and changes of rows around. A
        statement whose last link was rejected is proposed as withdrawn, or new. Without decisions the
        proposals themselves.
    """
    ids = {*links[v.SUBJECT_ID], *links[v.OBJECT_ID]}
    own = [one for one in decisions if _is_of(one, statements, ids)]
    if not own:
        return links
    said = _decisions_to_said(own)
    ids.update(name for one in own for name in one.link)
    known = {name: one for name, one in statements.items() if name in ids}
    records: list[_Row] = links.to_dict("records")  # type: ignore[assignment]
    held = {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in records}
    kept = _links_that_hold(held, said)
    made = _Making(held, said, known, kept, _links_to_fit(links), old)
    rows = sorted(made.rows(), key=_placer(known))
    return pd.DataFrame(rows, columns=links.columns).astype(links.dtypes.to_dict())


def _is_of(one: Decision, statements: Mapping[str, ComparedStatement], ids: Collection[str]) -> bool:
    """Return whether a decision is about these links: duties and statements are laid over apart."""
    is_known = all(name in statements or name == v.NO_TERM_FOUND for name in one.link)
    return is_known and any(name in ids for name in one.link if name != v.NO_TERM_FOUND)


def _decisions_to_said(decisions: Iterable[Decision]) -> _Said:
    said = _Said()
    for one in decisions:
        if one.is_rejection:
            said.rejected.add(one.link)
        elif v.NO_TERM_FOUND in one.link:
            name = next(name for name in one.link if name != v.NO_TERM_FOUND)
            said.alone.setdefault(name, []).append(one)
        else:
            said.linked.setdefault(one.link, []).append(one)
    return said


def _links_that_hold(held: Collection[_Link], said: _Said) -> list[_Link]:
    """Return the links that are left, or were added: those of statements without a counterpart are gone."""
    proposed = [
        link
        for link in held
        if v.NO_TERM_FOUND not in link
        and link not in said.rejected
        and not any(name in said.alone for name in link)
    ]
    return list(dict.fromkeys([*proposed, *said.linked]))


def _links_to_fit(links: pd.DataFrame) -> Fit:
    """Return the fit that the confidences of links come from."""
    return scorers_to_fit(["meaning"] if links[v.MEANING_SCORE].notna().any() else [])


@dataclass
class _Making:
    """All that the rows are made of."""

    held: Mapping[_Link, _Row]
    said: _Said
    statements: Mapping[str, ComparedStatement]
    kept: Sequence[_Link]
    fit: Fit
    old: str

    def rows(self) -> Iterator[_Row]:
        """Yield a row for each link, and for each statement without one."""
        # What is only related neither merges nor splits.
        own = [link for link in self.kept if not self._is_related(link)]
        n_new, n_old = Counter(old for old, _ in own), Counter(new for _, new in own)
        for old, new in self.kept:
            yield self._linked((old, new), counts_to_cardinality(n_old[new], n_new[old]))
        linked = {name for link in self.kept for name in link}
        for name in self.statements:
            if name not in linked:
                yield self._alone(name, is_old=name.partition(":")[0] == self.old)

    def _linked(self, link: _Link, cardinality: str) -> _Row:
        decided = self.said.linked.get(link, [])
        row = self.held.get(link)
        if row is not None and not decided and row[v.MAPPING_CARDINALITY] == cardinality:
            return row
        old, new = link
        told = statements_to_comparison(self.statements[old], self.statements[new], cardinality)
        if row is None:
            row = {**self._empty(), **told, v.MAPPING_JUSTIFICATION: v.MANUAL_CURATION}
            row[v.CONFIDENCE] = self._likelihood(link)
        elif row[v.MAPPING_CARDINALITY] != cardinality:
            row = {**row, **{name: told[name] for name in _OF_NUMBER}}
        return self._decided(row, decided) if decided else row

    def _alone(self, name: str, is_old: bool) -> _Row:
        link = (name, v.NO_TERM_FOUND) if is_old else (v.NO_TERM_FOUND, name)
        decided = self.said.alone.get(name, [])
        row = self.held.get(link) or {
            **self._empty(),
            **_side(self.statements[name], is_old),
            v.PREDICATE_ID: v.EXACT_MATCH,
            v.MAPPING_CARDINALITY: "1:0" if is_old else "0:1",
            v.MAPPING_JUSTIFICATION: v.MANUAL_CURATION if decided else v.LEXICAL_SIMILARITY,
            v.CHANGE: v.WITHDRAWN if is_old else v.NEW,
            v.BAND: v.REVIEW,
            **self._likeliest(name, is_old, bool(decided)),
        }
        return self._decided(row, decided) if decided else row

    def _is_related(self, link: _Link) -> bool:
        decided = self.said.linked.get(link, [])
        return any(one.predicate_id == v.RELATED_MATCH for one in decided)

    def _likeliest(self, name: str, is_old: bool, is_decided: bool) -> _Row:
        """Return the cells of a statement that lost its links: its best other candidate, if it has one."""
        if is_decided:
            return {v.CONFIDENCE: float("nan")}
        found = [
            (row[v.RUNNER_UP_CONFIDENCE], row[v.RUNNER_UP_ID] if is_old else row[v.SUBJECT_ID])
            for row in self.held.values()
            if row[v.RUNNER_UP_ID] and name == (row[v.SUBJECT_ID] if is_old else row[v.RUNNER_UP_ID])
        ]
        links = {(name, other) if is_old else (other, name): sureness for sureness, other in found}
        left = [(sureness, link) for link, sureness in links.items() if link not in self.said.rejected]
        # What was never proposed is less likely than what is.
        sureness, link = max(left, default=(PROPOSED_FROM, ("", "")))
        return {
            v.CONFIDENCE: withdrawn_to_confidence(sureness, self.fit),
            v.RUNNER_UP_ID: link[1] if is_old else link[0],
            v.RUNNER_UP_CONFIDENCE: sureness if any(link) else float("nan"),
        }

    def _empty(self) -> _Row:
        """Return a row with what all rows of the pair share."""
        any_row = next(iter(self.held.values()))
        shared = (v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.ATTRIBUTION)
        return {
            **name_to_empty_row(CROSSWALK),
            **{name: any_row[name] for name in shared},
            v.STATUS: v.PROPOSED,
        }

    def _likelihood(self, link: _Link) -> float:
        """Return how likely the linker held a link that it did not propose, if that is known."""
        return next(
            (
                row[v.RUNNER_UP_CONFIDENCE]
                for row in self.held.values()
                if link[0] == row[v.SUBJECT_ID] and link[1] == row[v.RUNNER_UP_ID]
            ),
            float("nan"),
        )

    def _decided(self, row: _Row, decided: Sequence[Decision]) -> _Row:
        """Return a row as reviewers decided it."""
        relation = next((one.predicate_id for one in decided if one.predicate_id), row[v.PREDICATE_ID])
        is_stale = not all(
            is_same_wording(label, row[name])
            for one in decided
            for (id_name, name), label in zip(_LABELS, (one.subject_label, one.object_label), strict=True)
            if row[id_name] != v.NO_TERM_FOUND
        )
        is_own = any(one.decision in {v.CHANGE_RELATION, v.ADD_LINK} for one in decided)
        return {
            **row,
            v.PREDICATE_ID: relation,
            v.MAPPING_JUSTIFICATION: v.MANUAL_CURATION if is_own else row[v.MAPPING_JUSTIFICATION],
            v.BAND: v.REVIEW if is_stale else v.ACCEPT,
            v.STATUS: v.DECIDED_BEFORE if is_stale else v.DECIDED,
            v.REVIEWER_LABEL: "|".join(dict.fromkeys(one.reviewer_label for one in decided)),
            v.REVIEW_DATE: max(one.review_date for one in decided),
            v.COMMENT: "; ".join(dict.fromkeys(filter(None, (one.comment for one in decided)))),
        }


def _side(statement: ComparedStatement, is_old: bool) -> _Row:
    """Return the cells of a row whose other side is empty."""
    own = (v.SUBJECT_ID, v.SUBJECT_LABEL, v.SUBJECT_CATEGORY)
    other = (v.OBJECT_ID, v.OBJECT_LABEL, v.OBJECT_CATEGORY)
    if not is_old:
        own, other = other, own
    filled = dict(zip(own, (statement.id, statement.text, statement.kind), strict=True))
    return {**filled, **dict(zip(other, (v.NO_TERM_FOUND, "", ""), strict=True))}


def _placer(statements: Mapping[str, ComparedStatement]) -> Any:
    """Return the sort key of a crosswalk: by old statement, the link of most confidence first; then new."""
    places = {name: place for place, name in enumerate(statements)}

    def place(row: _Row) -> tuple[object, ...]:
        at = places.get(row[v.OBJECT_ID], -1)
        if row[v.SUBJECT_ID] == v.NO_TERM_FOUND:
            return len(places), 0.0, at
        sureness = 0.0 if math.isnan(row[v.CONFIDENCE]) else row[v.CONFIDENCE]
        return places[row[v.SUBJECT_ID]], -sureness, at

    return place
