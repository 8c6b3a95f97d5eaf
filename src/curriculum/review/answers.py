"""An answer on the sheet "To decide", and the decisions that it makes or takes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from curriculum.decisions.decision import LINKING, Decision, decision_to_inverse, decisions_of_pair
from curriculum.decisions.validation import contradictions, is_of_this_wording, wrong_decision
from curriculum.errors import CurriculumError, raise_faults
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_nearest
from curriculum.model.plain_words import RELATION_WORDS, relation_to_word
from curriculum.model.text import text_to_quoted
from curriculum.model.version_pair import VersionPair, text_to_known_codes

__all__ = [
    "NOT_A_CODE",
    "RELATION_NAMES",
    "Answer",
    "Answers",
    "RevisedRow",
    "UnlistedCode",
    "answer_to_decisions",
    "answer_to_unlisted_code",
    "decisions_to_answer",
    "decisions_with_answers",
    "is_no_code",
    "texts_to_answers",
]

NOT_A_CODE: Final = "not a code"
_PREFIX: Final = "skos:"
RELATION_NAMES: Final = tuple(name.removeprefix(_PREFIX) for name in v.RELATIONS)


class Answer(NamedTuple):
    """What stands in the cells of a row that a person fills in; ``where`` names the decision's cell."""

    decision: str
    relation: str
    reviewer: str
    reason: str
    date: str
    where: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells alone."""
        return self[:-1]


class UnlistedCode(NamedTuple):
    """What was said of a code of one file: that it is none, or the new codes of one the old version lacks."""

    new_codes: tuple[str, ...]
    is_code: bool
    reviewer: str


class RevisedRow(NamedTuple):
    """A row with a kept decision that was changed or removed: what stood on it, and what was made of it."""

    pair: VersionPair
    link: tuple[str, str]
    before: Answer
    made: tuple[Decision, ...]

    @property
    def about(self) -> tuple[frozenset[str], frozenset[str]]:
        """What it is about, as a decision tells it."""
        old, new = self.link
        documents = frozenset((self.pair.old, self.pair.new))
        return documents, frozenset((self.pair.old_id(old), self.pair.new_id(new)))

    def of_its_pair(self, held: Iterable[Decision]) -> tuple[Decision, ...]:
        """Return decisions as seen from its pair."""
        return decisions_of_pair(held, self.pair.old, self.pair.new)

    def is_what_stood(self, own: Sequence[Decision]) -> bool:
        """Return whether decisions are those that stood on the row when the sheet was made."""
        now = decisions_to_answer(own)
        is_rejected = (now.decision == v.REJECT) == (self.before.decision == v.REJECT)
        return is_rejected and now.cells[1:] == self.before.cells[1:]


@dataclass(frozen=True)
class Answers:
    """What the answers on a sheet say.

    Attributes
    ----------
    decisions
        The decisions that they make.
    revised
        Rows with a kept decision, which was changed or removed on the sheet.
    unlisted
        What was said of codes that the old version lacks, or that are none; it holds for one file alone.
    """

    decisions: tuple[Decision, ...] = ()
    revised: tuple[RevisedRow, ...] = ()
    unlisted: Mapping[str, UnlistedCode] = field(default_factory=dict)


def answer_to_decisions(
    link: tuple[str, str], proposed: str, answer: Answer, pair: VersionPair
) -> tuple[Decision, ...]:
    """Return the decisions that an answer makes.

    Parameters
    ----------
    link
        The old and the new code of the row; one of them can be empty.
    proposed
        The relation that the row proposes, without its prefix; or `withdrawn`, `new` or `not proposed`.
    answer
        What was answered: `accept`, `reject`, `change relation`, `add link`, `withdrawn`, `new`; or codes
        that take the place of the row's own.
    pair
        The two versions.

    Raises
    ------
    InvalidInput
        If it cannot be read, or does not fit the row.

    Examples
    --------
    >>> pair = Pair("old", "new", {"K9": "Law"}, {"K4": "Laws", "S1": "Obey the law"})
    >>> answer = Answer("K4", "broadMatch", "AB", "", "2026-11-22")
    >>> [(one.decision, *one[1:4]) for one in answer_to_decisions(("K9", "S1"), "closeMatch", answer, pair)]
    [('reject', 'old:K9', '', 'new:S1'), ('add link', 'old:K9', 'skos:broadMatch', 'new:K4')]
    """
    word = answer.decision.casefold().strip(" .")
    if word in v.DECISIONS:
        return (_word_to_decision(word, link, proposed, answer, pair),)
    codes = _text_to_codes(answer, link, pair)
    made = []
    if all(link) and link[1] not in codes:
        made.append(_made(v.REJECT, link, "", answer, pair))
    for code in codes:
        own = (link[0], code) if link[0] else (code, link[1])
        if own == link:
            made.append(_word_to_decision(v.ACCEPT, link, proposed, answer, pair))
        else:
            made.append(_made(v.ADD_LINK, own, answer.relation, answer, pair))
    return tuple(made)


def _word_to_decision(
    word: str, link: tuple[str, str], proposed: str, answer: Answer, pair: VersionPair
) -> Decision:
    old, new = link
    is_linked = bool(old and new)
    if word == v.WITHDRAWN and old:
        link, is_linked = (old, ""), False
    elif word == v.NEW and new:
        link, is_linked = ("", new), False
    elif word in {v.WITHDRAWN, v.NEW} or not (is_linked or (word == v.ACCEPT and proposed)):
        raise _unfit(answer, link)
    if answer.relation and (not is_linked or word == v.REJECT):
        raise wrong_decision(
            answer.where, "a relation where no link is left", "none", relation_to_word(answer.relation)
        )
    if word == v.CHANGE_RELATION and not answer.relation:
        raise wrong_decision(
            answer.where,
            "a change of relation without one",
            ", ".join(RELATION_WORDS.values()),
            "an empty cell",
        )
    if word == v.ACCEPT and is_linked and proposed == v.NOTHING_PROPOSED:
        word = v.ADD_LINK
    elif word == v.ACCEPT and is_linked and answer.relation not in {"", proposed}:
        word = v.CHANGE_RELATION
    return _made(word, link, answer.relation, answer, pair)


def _unfit(answer: Answer, link: tuple[str, str]) -> CurriculumError:
    side, word = ("new", v.WITHDRAWN) if link[0] else ("old", v.NEW)
    expected = f"“{word}”, or the {side} code that belongs to it"
    return wrong_decision(
        answer.where, "an answer that does not fit its row", expected, f"“{answer.decision}”"
    )


def _made(word: str, link: tuple[str, str], relation: str, answer: Answer, pair: VersionPair) -> Decision:
    old, new = link
    return Decision(
        word,
        pair.old_id(old),
        f"{_PREFIX}{relation}" if relation else "",
        pair.new_id(new),
        pair.wordings.get(old, ""),
        pair.new_wordings.get(new, ""),
        pair.old,
        pair.new,
        answer.reviewer,
        answer.date,
        answer.reason,
        answer.where,
    )


def _text_to_codes(answer: Answer, link: tuple[str, str], pair: VersionPair) -> tuple[str, ...]:
    """Read codes of the side that an answer may choose: new ones, or old ones of a row without any."""
    document, known = (pair.new, pair.new_wordings) if link[0] else (pair.old, pair.wordings)
    codes = text_to_known_codes(answer.decision, known)
    if not codes:
        words = "“accept”, “reject”, “withdrawn”"
        if not all(link):
            words = f"“accept”, “{v.WITHDRAWN}”" if link[0] else f"“accept”, “{v.NEW}”"
        raise wrong_decision(
            answer.where,
            "an answer that cannot be read",
            f"{words}, or codes of {document}",
            text_to_quoted(answer.decision),
        )
    strangers = [code for code in codes if code not in known]
    if strangers:
        nearest = code_to_nearest(strangers[0], known)
        expected = f"a code of {document}" + (f", such as {nearest}" if nearest else "")
        raise wrong_decision(answer.where, f"a code that {document} lacks", expected, ", ".join(strangers))
    return codes


def is_no_code(answer: Answer) -> bool:
    """Return whether an answer says that what was found in a file is no code at all."""
    return answer.decision.casefold().strip(" .") == NOT_A_CODE


def answer_to_unlisted_code(answer: Answer, pair: VersionPair) -> UnlistedCode:
    """Read what was said of a code that the old version lacks: codes, `withdrawn` or `not a code`."""
    if is_no_code(answer) or answer.decision.casefold().strip(" .") == v.WITHDRAWN:
        return UnlistedCode((), not is_no_code(answer), answer.reviewer)
    return UnlistedCode(_text_to_codes(answer, ("?", ""), pair), True, answer.reviewer)


def texts_to_answers(
    answers: Mapping[str, str], proposed: Mapping[str, Sequence[str]], pair: VersionPair
) -> Answers:
    """Read answers by old code, where each says all that becomes of its code.

    Parameters
    ----------
    answers
        New codes, `withdrawn` or `not a code`, by old code.
    proposed
        The new codes that are proposed, by old code.
    pair
        The two versions.

    Raises
    ------
    InvalidInput, Faults
        If an answer names a code that the new version lacks, or cannot be read.
    """
    decisions: list[Decision] = []
    unlisted: dict[str, UnlistedCode] = {}
    faults: list[CurriculumError] = []
    for written, text in answers.items():
        try:
            code, answer = _written_to_code(written, text, pair)
            if code not in pair.wordings or is_no_code(answer):
                unlisted[code] = answer_to_unlisted_code(answer, pair)
            else:
                decisions += _whole_answer(code, proposed.get(code, ()), answer, pair)
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults([*faults, *contradictions(decisions)])
    return Answers(tuple(decisions), (), unlisted)


def _written_to_code(written: str, text: str, pair: VersionPair) -> tuple[str, Answer]:
    (code, *others) = text_to_known_codes(written, pair.wordings) or (written,)
    where = f"the decision on {written}"
    if others:
        raise wrong_decision(where, "several old codes", "one", f"{len(others) + 1}")
    return code, Answer(text, "", "", "", "", where)


def _whole_answer(
    code: str, proposed: Sequence[str], answer: Answer, pair: VersionPair
) -> Iterator[Decision]:
    """Yield the decisions of an answer that is about all links of its code."""
    if answer.decision.casefold().strip(" .") == v.ACCEPT:
        for other in proposed or ("",):
            yield _made(v.ACCEPT, (code, other), "", answer, pair)
        return
    made = answer_to_decisions((code, ""), "", answer, pair)
    chosen = {one.object_id for one in made}
    yield from made
    if v.NO_TERM_FOUND not in chosen:
        for other in proposed:
            if pair.new_id(other) not in chosen:
                yield _made(v.REJECT, (code, other), "", answer, pair)


def decisions_with_answers(held: Sequence[Decision], said: Answers) -> tuple[Decision, ...]:
    """Return the decisions that hold once a sheet is applied.

    Parameters
    ----------
    held
        The decisions that hold before.
    said
        What the sheet says.

    Raises
    ------
    InvalidInput, Faults
        If one contradicts what somebody decided since the sheet was made, or another of the sheet.
    """
    by_link: dict[object, list[Decision]] = {}
    for one in held:
        by_link.setdefault(one.about, []).append(one)
    known, wanted = ({one.effect for one in own} for own in (held, said.decisions))
    faults: list[CurriculumError] = []
    for row in said.revised:
        own = row.of_its_pair(by_link.get(row.about, ()))
        is_applied = {one.effect for one in own} <= wanted or (
            bool(row.made) and {one.effect for one in row.made} <= known
        )
        if own and row.is_what_stood(own):
            del by_link[row.about]
        elif own and not is_applied:
            faults.append(_decided_since(row, own))
    for new in said.decisions:
        left = [one for one in by_link.get(new.about, ()) if not _is_superseded(one, new)]
        is_held = new.effect in {one.effect for one in left}
        by_link[new.about] = left if is_held else [*left, new]
    decisions = tuple(one for own in by_link.values() for one in own)
    raise_faults([*faults, *contradictions(decisions)])
    return decisions


def _is_superseded(one: Decision, new: Decision) -> bool:
    """Return whether a new decision replaces a stored one: of another wording, or for another reason."""
    turned = one if one.pair == new.pair else decision_to_inverse(one)
    if turned.link != new.link:
        return False
    labels = zip(turned[4:6], new[4:6], strict=True)
    is_stale = not all(is_of_this_wording(label, text) for label, text in labels)
    has_other_reason = bool(new.comment) and one.effect == new.effect and one.comment != new.comment
    return is_stale or has_other_reason


def _decided_since(row: RevisedRow, own: Sequence[Decision]) -> CurriculumError:
    return wrong_decision(
        row.before.where,
        "decided anew since this workbook was exported",
        f"{row.before.decision} ({row.before.reviewer}, {row.before.date})",
        "; ".join(one.told() for one in own),
        "Export the workbook anew and answer there; nothing has been written.",
    )


def decisions_to_answer(decisions: Sequence[Decision], is_proposed: bool = True) -> Answer:
    """Return the cells that make decisions on a link, as they would be answered on its row.

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
    relations = (one.predicate_id.removeprefix(_PREFIX) for one in decisions)
    return Answer(
        word,
        next(filter(None, relations), ""),
        "|".join(dict.fromkeys(one.reviewer_label for one in decisions)),
        "; ".join(dict.fromkeys(filter(None, (one.comment for one in decisions)))),
        max(one.review_date for one in decisions),
    )
