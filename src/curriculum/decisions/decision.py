"""A decision of a reviewer on a link, or on a statement without a link."""

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

# Decisions that confirm a link.
LINKING: Final = (v.ACCEPT, v.CHANGE_RELATION, v.ADD_LINK)
INVERSE_RELATIONS: Final = {v.BROAD_MATCH: v.NARROW_MATCH, v.NARROW_MATCH: v.BROAD_MATCH}


class Decision(NamedTuple):
    """One decision of a reviewer.

    Attributes
    ----------
    decision
        For a link between two statements: `accept`, `reject`, `change relation` or `add link`. For an old
        statement without a counterpart: `withdrawn` or `accept`. For a new one: `new` or `accept`.
    subject_id, predicate_id, object_id
        The link. Without a counterpart the id is `sssom:NoTermFound`. If the relation is empty, it follows
        from the wordings and from the number of linked statements.
    subject_label, object_label
        The wordings that the reviewer saw.
    subject_source, object_source
        The ids of the two documents.
    reviewer_label
        Who decided: initials or a role.
    review_date
        The date, as ISO 8601.
    comment
        The reason.
    where
        The file and line, or the cell, that the decision was read from.
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
        """Whether the reviewer rejects the link."""
        return self.decision == v.REJECT

    @property
    def about(self) -> tuple[frozenset[str], frozenset[str]]:
        """The two documents and the two statements, independent of their direction."""
        return frozenset(self.pair), frozenset(self.link)

    @property
    def effect(self) -> tuple[object, ...]:
        """What the decision does and who made it, independent of direction, date and reason."""
        canonical = decision_to_canonical(self)
        relation = canonical.predicate_id if v.NO_TERM_FOUND not in canonical.link else ""
        return canonical.pair, canonical.link, relation, canonical.is_rejection, canonical.reviewer_label

    def summary(self) -> str:
        """Return the decision in a few words.

        Examples
        --------
        >>> Decision("reject", "a:K1", "", "b:K2", "", "", "a", "b", "AB", "2026-11-22", "").summary()
        'reject a:K1 -> b:K2 (AB, 2026-11-22)'
        """
        link = " -> ".join(name for name in self.link if name != v.NO_TERM_FOUND)
        relation = f" as {self.predicate_id.removeprefix('skos:')}" if self.predicate_id else ""
        signed = ", ".join(filter(None, (self.reviewer_label, self.review_date)))
        return f"{self.decision} {link}{relation}" + (f" ({signed})" if signed else "")


COLUMNS: Final = Decision._fields[:-1]


def decision_to_inverse(decision: Decision) -> Decision:
    """Return the same decision in the other direction, from the new document to the old one.

    Examples
    --------
    >>> link = ("a:K1", "", "sssom:NoTermFound")
    >>> decision = Decision("withdrawn", *link, "Law", "", "a", "b", "AB", "2026-11-22", "")
    >>> decision_to_inverse(decision)[:4]
    ('new', 'sssom:NoTermFound', '', 'a:K1')
    """
    words = {v.WITHDRAWN: v.NEW, v.NEW: v.WITHDRAWN}
    return decision._replace(
        decision=words.get(decision.decision, decision.decision),
        subject_id=decision.object_id,
        predicate_id=INVERSE_RELATIONS.get(decision.predicate_id, decision.predicate_id),
        object_id=decision.subject_id,
        subject_label=decision.object_label,
        object_label=decision.subject_label,
        subject_source=decision.object_source,
        object_source=decision.subject_source,
    )


def decision_to_canonical(decision: Decision) -> Decision:
    """Return a decision in the direction in which the ids of its documents are sorted."""
    return decision if decision.pair <= decision.pair[::-1] else decision_to_inverse(decision)


def decisions_of_pair(decisions: Iterable[Decision], old: str, new: str) -> tuple[Decision, ...]:
    """Return the decisions on a pair of documents, sorted; decisions on the reverse pair are inverted."""
    of_pair: list[Decision] = []
    for decision in decisions:
        if decision.pair == (old, new):
            of_pair.append(decision)
        elif decision.pair == (new, old):
            of_pair.append(decision_to_inverse(decision))
    return decisions_to_sorted(of_pair)


def decisions_to_sorted(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions in the order in which they are written to files."""
    return tuple(sorted(decisions, key=_sort_key))


def _sort_key(decision: Decision) -> tuple[object, ...]:
    ids = [(*code_to_sort_key(name.partition(":")[2]), name) for name in decision.link]
    return decision.pair, ids[0], ids[1], decision
