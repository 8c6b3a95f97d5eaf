"""A decision: what a reviewer says of a link, or of a statement that has none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_sort_key

__all__ = [
    "COLUMNS",
    "INVERSE_RELATIONS",
    "LINKING",
    "Decision",
    "decision_to_canonical",
    "decision_to_inverse",
    "decisions_of_pair",
    "decisions_to_sorted",
]

# Decisions that say that a link holds.
LINKING: Final = (v.ACCEPT, v.CHANGE_RELATION, v.ADD_LINK)
INVERSE_RELATIONS: Final = {v.BROAD_MATCH: v.NARROW_MATCH, v.NARROW_MATCH: v.BROAD_MATCH}


class Decision(NamedTuple):
    """What a reviewer decided, once.

    Attributes
    ----------
    decision
        `accept`, `reject`, `change relation` or `add link` of the link between two statements; `withdrawn`
        or `accept` of an old statement without a new one; `new` or `accept` of a new one without an old one.
    subject_id, predicate_id, object_id
        The link. Without a counterpart the id is `sssom:NoTermFound`; a relation that is empty follows
        from the wordings and from how many statements are linked.
    subject_label, object_label
        The wordings that the reviewer saw.
    subject_source, object_source
        The pair of documents.
    reviewer_label
        Who: initials or a role.
    review_date
        When, as ISO 8601.
    comment
        Why.
    where
        The file and line, or the cell, that it stands in.
    """

    decision: str
    subject_id: str
    predicate_id: str
    object_id: str
    subject_label: str
    object_label: str
    subject_source: str
    object_source: str
    reviewer_label: str
    review_date: str
    comment: str
    where: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of the two documents."""
        return self.subject_source, self.object_source

    @property
    def link(self) -> tuple[str, str]:
        """The ids of the two statements."""
        return self.subject_id, self.object_id

    @property
    def is_rejection(self) -> bool:
        """Whether it says that a proposed link is wrong."""
        return self.decision == v.REJECT

    @property
    def about(self) -> tuple[frozenset[str], frozenset[str]]:
        """What it is about, whichever way round: the two documents, and the two statements."""
        return frozenset(self.pair), frozenset(self.link)

    @property
    def effect(self) -> tuple[object, ...]:
        """What follows from it, whichever way round, and who says so; when and why make no difference."""
        one = decision_to_canonical(self)
        relation = one.predicate_id if v.NO_TERM_FOUND not in one.link else ""
        return one.pair, one.link, relation, one.is_rejection, one.reviewer_label

    def summary(self) -> str:
        """Tell it in a few words.

        Examples
        --------
        >>> Decision("reject", "a:K1", "", "b:K2", "", "", "a", "b", "AB", "2026-11-22", "").summary()
        'reject a:K1 -> b:K2 (AB, 2026-11-22)'
        """
        link = " -> ".join(one for one in self.link if one != v.NO_TERM_FOUND)
        relation = f" as {self.predicate_id.removeprefix('skos:')}" if self.predicate_id else ""
        signed = ", ".join(filter(None, (self.reviewer_label, self.review_date)))
        return f"{self.decision} {link}{relation}" + (f" ({signed})" if signed else "")


COLUMNS: Final = Decision._fields[:-1]


def decision_to_inverse(one: Decision) -> Decision:
    """Return what a decision says seen from the other document.

    Examples
    --------
    >>> link = ("a:K1", "", "sssom:NoTermFound")
    >>> one = Decision("withdrawn", *link, "Law", "", "a", "b", "AB", "2026-11-22", "")
    >>> decision_to_inverse(one)[:4]
    ('new', 'sssom:NoTermFound', '', 'a:K1')
    """
    words = {v.WITHDRAWN: v.NEW, v.NEW: v.WITHDRAWN}
    return one._replace(
        decision=words.get(one.decision, one.decision),
        subject_id=one.object_id,
        predicate_id=INVERSE_RELATIONS.get(one.predicate_id, one.predicate_id),
        object_id=one.subject_id,
        subject_label=one.object_label,
        object_label=one.subject_label,
        subject_source=one.object_source,
        object_source=one.subject_source,
    )


def decision_to_canonical(one: Decision) -> Decision:
    """Turn a decision so that its documents stand in the order of their ids."""
    return one if one.pair <= one.pair[::-1] else decision_to_inverse(one)


def decisions_of_pair(decisions: Iterable[Decision], old: str, new: str) -> tuple[Decision, ...]:
    """Return the decisions on a pair of documents in their one order, those the other way round turned."""
    own: list[Decision] = []
    for one in decisions:
        if one.pair == (old, new):
            own.append(one)
        elif one.pair == (new, old):
            own.append(decision_to_inverse(one))
    return decisions_to_sorted(own)


def decisions_to_sorted(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions in the one order that they are written in, whatever order they were made in."""
    return tuple(sorted(decisions, key=_sort_key))


def _sort_key(one: Decision) -> tuple[object, ...]:
    ids = [(*code_to_sort_key(name.partition(":")[2]), name) for name in one.link]
    return one.pair, ids[0], ids[1], one
