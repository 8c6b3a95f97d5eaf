"""Define what a person answers on the sheet "To decide", and show decisions as answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from curriculum.decisions.decision import LINKING, Decision, decisions_of_pair
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair

__all__ = [
    "NOT_A_CODE",
    "Answer",
    "Answers",
    "RevisedRow",
    "UnlistedCode",
    "decisions_to_answer",
]

NOT_A_CODE: Final = "not a code"


class Answer(NamedTuple):
    """The cells of a row that a person fills in; ``where`` is the location of the cell ``decision``."""

    decision: str
    relation: str
    reviewer: str
    reason: str
    date: str
    where: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells without their location."""
        return self[:-1]

    @property
    def word(self) -> str:
        """The decision, without its case and without a full stop."""
        return self.decision.casefold().strip(" .")

    @property
    def is_no_code(self) -> bool:
        """Whether it says that what was found in a file is no code at all."""
        return self.word == NOT_A_CODE


class UnlistedCode(NamedTuple):
    """The answer on a code that the old version lacks: its new codes, or that it is no code.

    It is for one file alone.
    """

    new_codes: tuple[str, ...]
    is_code: bool
    reviewer: str


class RevisedRow(NamedTuple):
    """A row with a stored decision that was changed or emptied.

    Attributes
    ----------
    pair
        The two versions.
    link
        The old and the new code of the row.
    before
        The answer on the row when the sheet was exported.
    made
        The decisions that the new answer makes.
    """

    pair: VersionPair
    link: tuple[str, str]
    before: Answer
    made: tuple[Decision, ...]

    @property
    def about(self) -> tuple[frozenset[str], frozenset[str]]:
        """The documents and the statements of the row, in the form of `Decision.about`."""
        old, new = self.link
        documents = frozenset((self.pair.old, self.pair.new))
        return documents, frozenset((self.pair.old_id(old), self.pair.new_id(new)))

    def in_direction(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Return decisions on this row in the direction of its pair, from the old to the new version."""
        return decisions_of_pair(decisions, self.pair.old, self.pair.new)

    def is_as_exported(self, decisions: Sequence[Decision]) -> bool:
        """Return whether decisions are those that the row showed when the sheet was exported."""
        now = decisions_to_answer(decisions)
        is_rejected = (now.decision == v.REJECT) == (self.before.decision == v.REJECT)
        return is_rejected and now.cells[1:] == self.before.cells[1:]


@dataclass(frozen=True)
class Answers:
    """All answers on a sheet.

    Attributes
    ----------
    decisions
        The decisions that they make.
    revised
        The rows with a stored decision that were changed or emptied.
    unlisted
        The answers on codes that the old version lacks, or that are no codes. They are for one file.
    """

    decisions: tuple[Decision, ...] = ()
    revised: tuple[RevisedRow, ...] = ()
    unlisted: Mapping[str, UnlistedCode] = field(default_factory=dict)


def decisions_to_answer(decisions: Sequence[Decision], is_proposed: bool = True) -> Answer:
    """Return the answer that would make the decisions on a link.

    Parameters
    ----------
    decisions
        Decisions on one link that do not contradict each other.
    is_proposed
        Whether the link is proposed as well, or only a reviewer found it.
    """
    if not decisions:
        return Answer("", "", "", "", "")
    word = decisions[0].decision
    if word in LINKING and v.NO_TERM_FOUND not in decisions[0].link:
        word = v.ACCEPT if is_proposed else v.ADD_LINK
    relations = (decision.predicate_id.removeprefix("skos:") for decision in decisions)
    return Answer(
        word,
        next(filter(None, relations), ""),
        "|".join(dict.fromkeys(decision.reviewer_label for decision in decisions)),
        "; ".join(dict.fromkeys(filter(None, (decision.comment for decision in decisions)))),
        max(decision.review_date for decision in decisions),
    )
