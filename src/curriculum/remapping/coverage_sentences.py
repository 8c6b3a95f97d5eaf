"""The coverage in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from curriculum.model import vocabulary as v
from curriculum.remapping import evidence_coverage as c
from curriculum.remapping.coverage_rows import EVIDENCE
from curriculum.tables.plain_rows import Row

__all__ = ["OF_KSBS", "count_to_text", "coverage_to_sentences", "group_to_plural"]

OF_KSBS = ("covered", "in part", "not")
_MOST_CODES = 12
_NOT_TOLD = (c.CORE, c.OPTION_GROUP, "kind")
_TOLD_OF_LOST = {
    c.UNDECIDED: " until a decision is made about {}",
    c.RELATED_ONLY: " while {} only related to statements of the new version",
    c.WITHDRAWN: " as {} withdrawn",
}


def group_to_plural(group: str) -> str:
    """Return the plural of the name of a group.

    Examples
    --------
    >>> group_to_plural("duty"), group_to_plural("pass descriptor")
    ('duties', 'pass descriptors')
    """
    return f"{group[:-1]}ies" if group.endswith("y") else f"{group}s"


def count_to_text(count: int, word: str) -> str:
    """Return a count with its word, singular or plural.

    Examples
    --------
    >>> count_to_text(1, "duty"), count_to_text(2, "duty")
    ('1 duty', '2 duties')
    """
    return f"{count:,} {word if count == 1 else group_to_plural(word)}"


def coverage_to_sentences(
    covered: Sequence[Row], groups: Sequence[Row], lost: Sequence[Row], what: str = EVIDENCE
) -> tuple[str, ...]:
    """Return the results of `coverage`, `coverage_to_groups` and `evidence_to_lost` as sentences.

    ``what`` covers the version: `evidence` or `planned teaching`.

    Examples
    --------
    >>> covered = [
    ...     {"statement_id": "st0792-1.2:K7", "state": "covered", "state_if_right": "covered"},
    ...     {"statement_id": "st0792-1.2:S13", "state": "in part", "state_if_right": "covered"}]
    >>> groups = [{"group": "theme", "state": "all covered"}, {"group": "theme", "state": "some covered"}]
    >>> lost = [{"code": "K1", "why": "waiting"}, {"code": "K5", "why": "waiting"}]
    >>> print(*coverage_to_sentences(covered, groups, lost), sep=chr(10))
    1 of 2 statements of st0792-1.2 is covered, 1 in part; 2 would be covered if every proposal were right.
    1 of 2 themes has evidence for all its KSBs.
    Evidence for 2 old codes does not count until a decision is made about them: K1, K5.
    """
    kinds = [group for group in dict.fromkeys(row[c.GROUP] for row in groups) if group not in _NOT_TOLD]
    by_group = [
        _group_to_sentence(kind, Counter(row[c.STATE] for row in groups if row[c.GROUP] == kind), what)
        for kind in kinds
    ]
    by_why = [
        _lost_to_sentence(why, [row[v.CODE] for row in lost if row[c.WHY] == why], what) for why in c.LOST
    ]
    return tuple(filter(None, [_covered_to_sentence(covered, what), *by_group, *by_why]))


def _covered_to_sentence(covered: Sequence[Row], what: str) -> str:
    if not covered:
        return ""
    counts = Counter(row[c.STATE] for row in covered)
    n_right = sum(row[c.STATE_IF_RIGHT] == c.COVERED for row in covered)
    document_id = covered[0][v.STATEMENT_ID].partition(":")[0]
    others = zip((c.IN_PART, c.NOT_COVERED), OF_KSBS[1:], strict=True)
    rest = "".join(f", {counts[state]} {word}" for state, word in others if counts[state])
    more = f"; {n_right} would be covered if every proposal were right" if n_right > counts[c.COVERED] else ""
    verb = "is" if counts[c.COVERED] == 1 else "are"
    by = "" if what == EVIDENCE else f" by {what}"
    total = count_to_text(len(covered), "statement")
    return f"{counts[c.COVERED]} of {total} of {document_id} {verb} covered{by}{rest}{more}."


def _group_to_sentence(group: str, counts: Counter[str], what: str) -> str:
    n_all, n_none = counts[c.ALL_COVERED], counts[c.NONE_COVERED]
    have = f"has {what} for all its KSBs" if n_all == 1 else f"have {what} for all their KSBs"
    none = f"; {n_none} {'has' if n_none == 1 else 'have'} none" if n_none else ""
    return f"{n_all} of {count_to_text(counts.total(), group)} {have}{none}."


def _lost_to_sentence(why: str, codes: list[str], what: str) -> str:
    if not codes:
        return ""
    singular, plural = ("it", "them") if why == c.UNDECIDED else ("it is", "they are")
    reason = _TOLD_OF_LOST[why].format(singular if len(codes) == 1 else plural)
    rest = f" and {len(codes) - _MOST_CODES} more" if len(codes) > _MOST_CODES else ""
    shown = ", ".join(codes[:_MOST_CODES])
    counted = count_to_text(len(codes), "old code")
    return f"{what.capitalize()} for {counted} does not count{reason}: {shown}{rest}."
