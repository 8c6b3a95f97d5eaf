"""Decisions held against themselves, against each other, and against the documents that they are about."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from curriculum.decisions.decision import LINKING, Decision, decision_to_canonical
from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_nearest
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_quoted, text_without_full_stop

__all__ = [
    "contradictions",
    "decision_to_faults",
    "decision_to_kind_faults",
    "decisions_to_id_faults",
    "decisions_to_stale",
    "invalid_decision",
    "is_same_wording",
]

_FORMULA: Final = re.compile(r"[=+@-]")
# Parts the reviewers of a link, as SSSOM has it.
_BAR: Final = "|"
_LONGEST: Final = {"reviewer_label": 80, "comment": 2_000}
_ADVICE: Final = "Correct it, and run the command again; nothing has been written."


def invalid_decision(where: str, what: str, expected: str, found: str, advice: str = _ADVICE) -> InvalidInput:
    """Return the error of a decision that cannot be used."""
    return InvalidInput(what, where=where, expected=expected, found=found, advice=advice)


def decision_to_faults(one: Decision) -> Iterator[InvalidInput]:
    """Yield what is wrong with a decision by itself: its words, its ids, who, when and why."""
    if one.decision in v.DECISIONS:
        yield from _link_faults(one)
    else:
        found = text_to_quoted(one.decision)
        yield invalid_decision(one.where, "no decision", ", ".join(v.DECISIONS), found)
    if one.predicate_id and one.predicate_id not in v.RELATIONS:
        found = text_to_quoted(one.predicate_id)
        yield invalid_decision(one.where, "an unknown relation", ", ".join(v.RELATIONS), found)
    if one.predicate_id and (one.decision not in LINKING or v.NO_TERM_FOUND in one.link):
        found = text_to_quoted(one.predicate_id)
        yield invalid_decision(one.where, "a relation where no link is left", "none", found)
    if one.decision == v.CHANGE_RELATION and not one.predicate_id:
        yield invalid_decision(one.where, "a change of relation without one", ", ".join(v.RELATIONS), "none")
    if not one.reviewer_label:
        yield invalid_decision(one.where, "a decision of nobody", "initials or a role", "none")
    if _BAR in one.reviewer_label:
        yield invalid_decision(one.where, "several reviewers", "one a line, or a row", one.reviewer_label)
    date = text_to_iso_date(one.review_date)
    if len(date) != len("2026-11-22") or date != one.review_date:
        found = text_to_quoted(one.review_date)
        yield invalid_decision(one.where, "no date", "a day such as 2026-11-22", found)
    for name, longest in _LONGEST.items():
        yield from _text_faults(one.where, name, getattr(one, name), longest)


def _text_faults(where: str, name: str, text: str, longest: int) -> Iterator[InvalidInput]:
    what = name.replace("_label", "")
    if _FORMULA.match(text):
        found = f"“{text[:1]}”"
        yield invalid_decision(
            where, f"a {what} that a spreadsheet takes for a formula", "a letter or digit first", found
        )
    if not text.isprintable():
        expected = "letters, digits and other characters that can be shown"
        yield invalid_decision(
            where, f"a {what} with characters that cannot be kept", expected, text_to_quoted(text)
        )
    if len(text) > longest:
        yield invalid_decision(
            where, f"a {what} that is too long", f"{longest:,} characters", f"{len(text):,}"
        )


def _link_faults(one: Decision) -> Iterator[InvalidInput]:
    lacks = tuple(name == v.NO_TERM_FOUND for name in one.link)
    allowed = {
        v.WITHDRAWN: ((False, True),),
        v.NEW: ((True, False),),
        v.ACCEPT: ((False, False), (False, True), (True, False)),
    }.get(one.decision, ((False, False),))
    if lacks not in allowed:
        expected = {
            v.WITHDRAWN: f"{v.NO_TERM_FOUND} as its object",
            v.NEW: f"{v.NO_TERM_FOUND} as its subject",
        }
        yield invalid_decision(
            one.where,
            f"“{one.decision}” of no such link",
            expected.get(one.decision, "two statements"),
            one.summary(),
        )
    for name, source in zip(one.link, one.pair, strict=True):
        if name != v.NO_TERM_FOUND and name.partition(":")[0] != source:
            yield invalid_decision(
                one.where,
                "an id that is not of its document",
                f"an id such as {source or 'st0792-1.2'}:K1",
                text_to_quoted(name),
            )
    if one.subject_source == one.object_source:
        yield invalid_decision(one.where, "a decision on one document", "two documents", one.subject_source)


def contradictions(decisions: Sequence[Decision]) -> Iterator[InvalidInput]:
    """Tell of decisions that cannot both hold.

    Two reviewers may decide the same; a link cannot hold and be rejected, or hold by two relations; a
    statement cannot be linked and have no counterpart.
    """
    turned = [decision_to_canonical(one) for one in decisions]
    for own in _grouped((one.pair, one.link, one) for one in turned):
        yield from _differing(own)
    holding = [one for one in turned if not one.is_rejection]
    for side in (0, 1):
        sided = ((one.pair, one.link[side], one) for one in holding)
        for own in _grouped(one for one in sided if one[1] != v.NO_TERM_FOUND):
            alone = [one for one in own if one.link[1 - side] == v.NO_TERM_FOUND]
            linked = [one for one in own if one.link[1 - side] != v.NO_TERM_FOUND]
            if alone and linked:
                yield _contradiction(alone[0], linked[0])


def _grouped(keyed: Iterable[tuple[Hashable, Hashable, Decision]]) -> Iterable[list[Decision]]:
    groups: dict[tuple[Hashable, Hashable], list[Decision]] = {}
    for pair, about, one in keyed:
        groups.setdefault((pair, about), []).append(one)
    return groups.values()


def _differing(own: Sequence[Decision]) -> Iterator[InvalidInput]:
    """Tell of the first decision on a link that contradicts an earlier one."""
    first = own[0]
    related: Decision | None = None
    for one in own:
        if one.is_rejection != first.is_rejection:
            yield _contradiction(first, one)
            return
        if one.predicate_id:
            related = related or one
            if one.predicate_id != related.predicate_id:
                yield _contradiction(related, one)
                return


def _contradiction(one: Decision, other: Decision) -> InvalidInput:
    return invalid_decision(
        f"{one.where} and {other.where}",
        "decisions that contradict each other",
        "one of them",
        f"{one.summary()}; {other.summary()}",
        "Agree on one, and take the other away; nothing has been written.",
    )


def decisions_to_id_faults(
    decisions: Iterable[Decision],
    ids: Mapping[str, Collection[str]],
    duties: Collection[str] = frozenset(),
    is_whole: bool = True,
) -> Iterator[InvalidInput]:
    """Tell of decisions on statements, or documents, that are not there.

    Parameters
    ----------
    decisions
        Decisions.
    ids
        The ids of the statements and duties of each document that is held.
    duties
        The ids of those that are duties.
    is_whole
        Whether these are all documents there are; else decisions on others are passed over.
    """
    for one in decisions:
        for source, name in zip(one.pair, one.link, strict=True):
            if source not in ids:
                if is_whole:
                    yield invalid_decision(
                        one.where,
                        "a decision on a document that is not there",
                        f"one of {', '.join(sorted(ids))}",
                        text_to_quoted(source),
                        "Register the document in SOURCES.csv, or move the file to a folder of its own and "
                        "name that with --decisions.",
                    )
            elif name not in ids[source] and name != v.NO_TERM_FOUND:
                known = [other.partition(":")[2] for other in ids[source]]
                nearest = code_to_nearest(name.partition(":")[2], known)
                expected = f"an id of {source}" + (f", such as {source}:{nearest}" if nearest else "")
                yield invalid_decision(one.where, "no such statement", expected, text_to_quoted(name))
        yield from decision_to_kind_faults(one, duties)


def decision_to_kind_faults(one: Decision, duties: Collection[str]) -> Iterator[InvalidInput]:
    """Tell of a link between a duty and a statement: codes of other schemes can begin with a D as well."""
    kinds = {name in duties for name in one.link if name != v.NO_TERM_FOUND}
    if len(kinds) > 1:
        expected = "two statements, or two duties"
        yield invalid_decision(one.where, "a link between a duty and a statement", expected, one.summary())


def is_same_wording(label: str, text: str) -> bool:
    """Return whether a decision was made about a wording as it stands now.

    Examples
    --------
    >>> is_same_wording("Book crew.", "Book crew"), is_same_wording("Book crew", "Book the crew")
    (True, False)
    """
    return text_without_full_stop(label.removeprefix("'")) == text_without_full_stop(text.removeprefix("'"))


def decisions_to_stale(decisions: Iterable[Decision], texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the decisions on statements whose wording has changed since.

    Parameters
    ----------
    decisions
        Decisions that hold.
    texts
        The wordings of statements and duties by id, as they are now; others are passed over.

    Returns
    -------
    pandas.DataFrame
        One row a decision and wording: ``where``, ``decision`` (in a few words), ``statement_id``,
        ``decided_on`` (the wording that the reviewer saw), ``text`` (as it is now).
    """
    rows = [
        (one.where, one.summary(), name, label, texts[name])
        for one in decisions
        for name, label in zip(one.link, (one.subject_label, one.object_label), strict=True)
        if name in texts and not is_same_wording(label, texts[name])
    ]
    return pd.DataFrame(rows, columns=[v.WHERE, v.DECISION, v.STATEMENT_ID, "decided_on", v.TEXT])
