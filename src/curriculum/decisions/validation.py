"""Check decisions: each by itself, against the others, and against the documents they are about."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from curriculum.decisions.decision import LINKING, Decision, decision_to_canonical
from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_nearest
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_quoted, text_without_full_stop

__all__ = [
    "STALE_COLUMNS",
    "contradictions",
    "decision_to_faults",
    "decision_to_kind_faults",
    "decisions_to_id_faults",
    "decisions_to_stale",
    "invalid_decision",
    "is_same_wording",
]

_FORMULA: Final = re.compile(r"[=+@-]")
# Separates the reviewers of a link in SSSOM.
_BAR: Final = "|"
_LONGEST: Final = {"reviewer_label": 80, "comment": 2_000}
_ADVICE: Final = "Correct it, and run the command again; nothing has been written."
# The columns of the decisions on statements whose wording has changed since.
STALE_COLUMNS: Final = (v.WHERE, v.DECISION, v.STATEMENT_ID, "decided_on", v.TEXT)


def invalid_decision(where: str, what: str, expected: str, found: str, advice: str = _ADVICE) -> InvalidInput:
    """Return the error of a decision that cannot be used."""
    return InvalidInput(what, where=where, expected=expected, found=found, advice=advice)


def decision_to_faults(decision: Decision) -> Iterator[InvalidInput]:
    """Yield the faults of a single decision: its words, ids, reviewer, date and comment."""
    if decision.decision in v.DECISIONS:
        yield from _link_faults(decision)
    else:
        found = text_to_quoted(decision.decision)
        yield invalid_decision(decision.where, "no decision", ", ".join(v.DECISIONS), found)
    if decision.predicate_id and decision.predicate_id not in v.RELATIONS:
        found = text_to_quoted(decision.predicate_id)
        yield invalid_decision(decision.where, "an unknown relation", ", ".join(v.RELATIONS), found)
    if decision.predicate_id and (decision.decision not in LINKING or v.NO_TERM_FOUND in decision.link):
        found = text_to_quoted(decision.predicate_id)
        yield invalid_decision(decision.where, "a relation where no link is left", "none", found)
    if decision.decision == v.CHANGE_RELATION and not decision.predicate_id:
        yield invalid_decision(
            decision.where, "a change of relation without one", ", ".join(v.RELATIONS), "none"
        )
    if not decision.reviewer_label:
        yield invalid_decision(decision.where, "a decision without a reviewer", "initials or a role", "none")
    if _BAR in decision.reviewer_label:
        yield invalid_decision(
            decision.where, "several reviewers", "one a line, or a row", decision.reviewer_label
        )
    date = text_to_iso_date(decision.review_date)
    if len(date) != len("2026-11-22") or date != decision.review_date:
        found = text_to_quoted(decision.review_date)
        yield invalid_decision(decision.where, "no date", "a day such as 2026-11-22", found)
    for name, longest in _LONGEST.items():
        yield from _text_faults(decision.where, name, getattr(decision, name), longest)


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


def _link_faults(decision: Decision) -> Iterator[InvalidInput]:
    lacks = tuple(name == v.NO_TERM_FOUND for name in decision.link)
    allowed = {
        v.WITHDRAWN: ((False, True),),
        v.NEW: ((True, False),),
        v.ACCEPT: ((False, False), (False, True), (True, False)),
    }.get(decision.decision, ((False, False),))
    if lacks not in allowed:
        expected = {
            v.WITHDRAWN: f"{v.NO_TERM_FOUND} as its object",
            v.NEW: f"{v.NO_TERM_FOUND} as its subject",
        }
        yield invalid_decision(
            decision.where,
            f"“{decision.decision}” of no such link",
            expected.get(decision.decision, "two statements"),
            decision.summary(),
        )
    for name, source in zip(decision.link, decision.pair, strict=True):
        if name != v.NO_TERM_FOUND and name.partition(":")[0] != source:
            yield invalid_decision(
                decision.where,
                "an id that is not of its document",
                f"an id such as {source or 'st0792-1.2'}:K1",
                text_to_quoted(name),
            )
    if decision.subject_source == decision.object_source:
        yield invalid_decision(
            decision.where, "a decision on one document", "two documents", decision.subject_source
        )


def contradictions(decisions: Sequence[Decision]) -> Iterator[InvalidInput]:
    """Yield an error for each two decisions that contradict each other.

    Two reviewers may decide the same. A link cannot be both confirmed and rejected, or have two relations. A
    statement cannot both be linked and have no counterpart.
    """
    canonical = [decision_to_canonical(decision) for decision in decisions]
    for group in _grouped((decision.pair, decision.link, decision) for decision in canonical):
        yield from _differing(group)
    confirmed = [decision for decision in canonical if not decision.is_rejection]
    for side in (0, 1):
        keyed = ((decision.pair, decision.link[side], decision) for decision in confirmed)
        for group in _grouped(decision for decision in keyed if decision[1] != v.NO_TERM_FOUND):
            alone = [decision for decision in group if decision.link[1 - side] == v.NO_TERM_FOUND]
            linked = [decision for decision in group if decision.link[1 - side] != v.NO_TERM_FOUND]
            if alone and linked:
                yield _contradiction(alone[0], linked[0])


def _grouped(keyed: Iterable[tuple[Hashable, Hashable, Decision]]) -> Iterable[list[Decision]]:
    groups: dict[tuple[Hashable, Hashable], list[Decision]] = {}
    for pair, about, decision in keyed:
        groups.setdefault((pair, about), []).append(decision)
    return groups.values()


def _differing(group: Sequence[Decision]) -> Iterator[InvalidInput]:
    """Yield an error for the first decision on a link that contradicts an earlier one."""
    first = group[0]
    related: Decision | None = None
    for decision in group:
        if decision.is_rejection != first.is_rejection:
            yield _contradiction(first, decision)
            return
        if decision.predicate_id:
            related = related or decision
            if decision.predicate_id != related.predicate_id:
                yield _contradiction(related, decision)
                return


def _contradiction(first: Decision, second: Decision) -> InvalidInput:
    return invalid_decision(
        f"{first.where} and {second.where}",
        "decisions that contradict each other",
        "one of them",
        f"{first.summary()}; {second.summary()}",
        "Agree on one, and delete the other; nothing has been written.",
    )


def decisions_to_id_faults(
    decisions: Iterable[Decision],
    ids: Mapping[str, Collection[str]],
    duties: Collection[str] = frozenset(),
    is_whole: bool = True,
) -> Iterator[InvalidInput]:
    """Yield an error for each decision on a statement or document that does not exist.

    Parameters
    ----------
    decisions
        Decisions.
    ids
        The ids of the statements and duties of each document.
    duties
        The ids of the duties among them.
    is_whole
        Whether ``ids`` has all documents. If not, decisions on other documents are ignored.
    """
    for decision in decisions:
        for source, name in zip(decision.pair, decision.link, strict=True):
            if source not in ids:
                if is_whole:
                    yield invalid_decision(
                        decision.where,
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
                yield invalid_decision(decision.where, "no such statement", expected, text_to_quoted(name))
        yield from decision_to_kind_faults(decision, duties)


def decision_to_kind_faults(decision: Decision, duties: Collection[str]) -> Iterator[InvalidInput]:
    """Yield an error for a link between a duty and a statement; other schemes have codes with a D too."""
    kinds = {name in duties for name in decision.link if name != v.NO_TERM_FOUND}
    if len(kinds) > 1:
        expected = "two statements, or two duties"
        yield invalid_decision(
            decision.where, "a link between a duty and a statement", expected, decision.summary()
        )


def is_same_wording(label: str, text: str) -> bool:
    """Return whether the wording that a reviewer saw is still the wording of the statement.

    Examples
    --------
    >>> is_same_wording("Book crew.", "Book crew"), is_same_wording("Book crew", "Book the crew")
    (True, False)
    """
    return text_without_full_stop(label.removeprefix("'")) == text_without_full_stop(text.removeprefix("'"))


def decisions_to_stale(
    decisions: Iterable[Decision], texts: Mapping[str, str]
) -> tuple[Mapping[str, str], ...]:
    """Return the decisions on statements whose wording has changed since.

    Parameters
    ----------
    decisions
        Valid decisions.
    texts
        The present wordings of statements and duties by id; decisions on others are ignored.

    Returns
    -------
    tuple of Mapping
        One row for each decision and wording, with the columns `STALE_COLUMNS`: ``where``, ``decision`` (its
        summary), ``statement_id``, ``decided_on`` (the wording that the reviewer saw), ``text`` (the present
        wording).
    """
    found = (
        (decision.where, decision.summary(), name, label, texts[name])
        for decision in decisions
        for name, label in zip(decision.link, (decision.subject_label, decision.object_label), strict=True)
        if name in texts and not is_same_wording(label, texts[name])
    )
    return tuple(dict(zip(STALE_COLUMNS, cells, strict=True)) for cells in found)
