"""Turn the answers on the sheet "To decide" into decisions, and merge these with the stored ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from curriculum.decisions.decision import Decision, decision_to_inverse
from curriculum.decisions.validation import contradictions, invalid_decision, is_same_wording
from curriculum.errors import CurriculumError, raise_faults
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_nearest
from curriculum.model.plain_words import RELATION_WORDS, relation_to_word
from curriculum.model.text import text_to_quoted
from curriculum.model.version_pair import VersionPair, text_to_known_codes
from curriculum.review.answers import Answer, Answers, RevisedRow, UnlistedCode

__all__ = [
    "RELATION_NAMES",
    "answer_to_decisions",
    "answer_to_unlisted_code",
    "decisions_with_answers",
    "texts_to_answers",
]

_PREFIX: Final = "skos:"
RELATION_NAMES: Final = tuple(name.removeprefix(_PREFIX) for name in v.RELATIONS)


def answer_to_decisions(
    link: tuple[str, str], proposed: str, answer: Answer, pair: VersionPair
) -> tuple[Decision, ...]:
    """Return the decisions that an answer makes.

    Parameters
    ----------
    link
        The old and the new code of the row; one of them can be empty.
    proposed
        The proposed relation of the row, without its prefix; or `no counterpart found`, `new` or
        `not proposed`.
    answer
        The answer: `accept`, `reject`, `change relation`, `add link`, `withdrawn`, `new`; or codes that
        replace that of the row.
    pair
        The two versions.

    Raises
    ------
    InvalidInput
        If it cannot be read, or does not fit the row.

    Examples
    --------
    >>> pair = VersionPair("old", "new", {"K9": "Law"}, {"K4": "Laws", "S1": "Obey the law"})
    >>> answer = Answer("K4", "broadMatch", "AB", "", "2026-11-22")
    >>> [made[:4] for made in answer_to_decisions(("K9", "S1"), "closeMatch", answer, pair)]
    [('reject', 'old:K9', '', 'new:S1'), ('add link', 'old:K9', 'skos:broadMatch', 'new:K4')]
    """
    word = answer.word
    if word in v.DECISIONS:
        return (_word_to_decision(word, link, proposed, answer, pair),)
    codes = _text_to_codes(answer, link, pair)
    made = []
    if all(link) and link[1] not in codes:
        made.append(_to_decision(v.REJECT, link, "", answer, pair))
    for code in codes:
        new_link = (link[0], code) if link[0] else (code, link[1])
        if new_link == link:
            made.append(_word_to_decision(v.ACCEPT, link, proposed, answer, pair))
        else:
            made.append(_to_decision(v.ADD_LINK, new_link, answer.relation, answer, pair))
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
        raise _unsuitable(answer, link)
    if answer.relation and (not is_linked or word == v.REJECT):
        raise invalid_decision(
            answer.where, "a relation where no link is left", "none", relation_to_word(answer.relation)
        )
    if word == v.CHANGE_RELATION and not answer.relation:
        raise invalid_decision(
            answer.where,
            "a change of relation without one",
            ", ".join(RELATION_WORDS.values()),
            "an empty cell",
        )
    if word == v.ACCEPT and is_linked and proposed == v.NOTHING_PROPOSED:
        word = v.ADD_LINK
    elif word == v.ACCEPT and is_linked and answer.relation not in {"", proposed}:
        word = v.CHANGE_RELATION
    return _to_decision(word, link, answer.relation, answer, pair)


def _unsuitable(answer: Answer, link: tuple[str, str]) -> CurriculumError:
    side, word = ("new", v.WITHDRAWN) if link[0] else ("old", v.NEW)
    expected = f"“{word}”, or the {side} code that belongs to it"
    return invalid_decision(
        answer.where, "an answer that does not fit its row", expected, f"“{answer.decision}”"
    )


def _to_decision(
    word: str, link: tuple[str, str], relation: str, answer: Answer, pair: VersionPair
) -> Decision:
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
    """Parse the codes of an answer: new codes, or old codes if the row has no old code."""
    document, known = (pair.new, pair.new_wordings) if link[0] else (pair.old, pair.wordings)
    codes = text_to_known_codes(answer.decision, known)
    if not codes:
        words = "“accept”, “reject”, “withdrawn”"
        if not all(link):
            words = f"“accept”, “{v.WITHDRAWN}”" if link[0] else f"“accept”, “{v.NEW}”"
        raise invalid_decision(
            answer.where,
            "an answer that cannot be read",
            f"{words}, or codes of {document}",
            text_to_quoted(answer.decision),
        )
    unknown = [code for code in codes if code not in known]
    if unknown:
        nearest = code_to_nearest(unknown[0], known)
        expected = f"a code of {document}" + (f", such as {nearest}" if nearest else "")
        raise invalid_decision(answer.where, f"a code that {document} lacks", expected, ", ".join(unknown))
    return codes


def answer_to_unlisted_code(answer: Answer, pair: VersionPair) -> UnlistedCode:
    """Parse the answer on a code that the old version lacks: codes, `withdrawn` or `not a code`."""
    if answer.is_no_code or answer.word == v.WITHDRAWN:
        return UnlistedCode((), not answer.is_no_code, answer.reviewer)
    return UnlistedCode(_text_to_codes(answer, ("?", ""), pair), True, answer.reviewer)


def texts_to_answers(
    texts: Mapping[str, str], proposed: Mapping[str, Sequence[str]], pair: VersionPair
) -> Answers:
    """Parse answers by old code, where each answer is about all links of its code.

    Parameters
    ----------
    texts
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
    for written, text in texts.items():
        try:
            code, answer = _text_to_answer(written, text, pair)
            if code not in pair.wordings or answer.is_no_code:
                unlisted[code] = answer_to_unlisted_code(answer, pair)
            else:
                decisions += _whole_answer_to_decisions(code, proposed.get(code, ()), answer, pair)
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults([*faults, *contradictions(decisions)])
    return Answers(tuple(decisions), (), unlisted)


def _text_to_answer(written: str, text: str, pair: VersionPair) -> tuple[str, Answer]:
    (code, *others) = text_to_known_codes(written, pair.wordings) or (written,)
    where = f"the decision on {written}"
    if others:
        raise invalid_decision(where, "several old codes", "one", f"{len(others) + 1}")
    return code, Answer(text, "", "", "", "", where)


def _whole_answer_to_decisions(
    code: str, proposed: Sequence[str], answer: Answer, pair: VersionPair
) -> Iterator[Decision]:
    """Yield the decisions of an answer that is about all links of its code."""
    if answer.word == v.ACCEPT:
        for other in proposed or ("",):
            yield _to_decision(v.ACCEPT, (code, other), "", answer, pair)
        return
    made = answer_to_decisions((code, ""), "", answer, pair)
    chosen = {decision.object_id for decision in made}
    yield from made
    if v.NO_TERM_FOUND not in chosen:
        for other in proposed:
            if pair.new_id(other) not in chosen:
                yield _to_decision(v.REJECT, (code, other), "", answer, pair)


def decisions_with_answers(stored: Sequence[Decision], answers: Answers) -> tuple[Decision, ...]:
    """Return the decisions after the answers on a sheet are applied.

    Parameters
    ----------
    stored
        The decisions before.
    answers
        The answers on the sheet.

    Raises
    ------
    InvalidInput, Faults
        If an answer contradicts another one, or a decision that was stored after the sheet was exported.
    """
    by_link: dict[object, list[Decision]] = {}
    for decision in stored:
        by_link.setdefault(decision.about, []).append(decision)
    faults = list(_remove_revised(by_link, stored, answers))
    for new in answers.decisions:
        left = [decision for decision in by_link.get(new.about, ()) if not _is_superseded(decision, new)]
        is_stored = new.effect in {decision.effect for decision in left}
        by_link[new.about] = left if is_stored else [*left, new]
    decisions = tuple(decision for on_link in by_link.values() for decision in on_link)
    raise_faults([*faults, *contradictions(decisions)])
    return decisions


def _remove_revised(
    by_link: dict[object, list[Decision]], stored: Sequence[Decision], answers: Answers
) -> Iterator[CurriculumError]:
    """Remove the decisions that revised rows replace; yield a fault where somebody has decided since."""
    stored_effects = {decision.effect for decision in stored}
    new_effects = {decision.effect for decision in answers.decisions}
    for row in answers.revised:
        on_link = row.in_direction(by_link.get(row.about, ()))
        is_applied = {decision.effect for decision in on_link} <= new_effects or (
            bool(row.made) and {decision.effect for decision in row.made} <= stored_effects
        )
        if on_link and row.is_as_exported(on_link):
            del by_link[row.about]
        elif on_link and not is_applied:
            yield _decided_since(row, on_link)


def _is_superseded(stored: Decision, new: Decision) -> bool:
    """Return whether a new decision replaces a stored one: of another wording, or for another reason."""
    directed = stored if stored.pair == new.pair else decision_to_inverse(stored)
    if directed.link != new.link:
        return False
    labels = zip(directed[4:6], new[4:6], strict=True)
    is_stale = not all(is_same_wording(label, text) for label, text in labels)
    has_other_reason = bool(new.comment) and stored.effect == new.effect and stored.comment != new.comment
    return is_stale or has_other_reason


def _decided_since(row: RevisedRow, decisions: Sequence[Decision]) -> CurriculumError:
    return invalid_decision(
        row.before.where,
        "decided again since this workbook was exported",
        f"{row.before.decision} ({row.before.reviewer}, {row.before.date})",
        "; ".join(decision.summary() for decision in decisions),
        "Export the workbook again and answer there; nothing has been written.",
    )
