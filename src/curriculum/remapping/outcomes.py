"""What becomes of each old code: settled by the crosswalk or by a person, or waiting for one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import DOUBTFUL, FoundCode
from curriculum.model.codes import code_to_nearest, code_to_sort_key
from curriculum.model.version_pair import VersionPair
from curriculum.review.answers import UnlistedCode

__all__ = [
    "CodeOutcome",
    "Proposal",
    "links_to_code_outcomes",
    "unlisted_code_outcome",
    "unsure_code_outcome",
]

_SHORT: Final = "skos:"
_REVIEWER: Final = "reviewer"
_RELATED: Final = v.RELATED_MATCH.removeprefix(_SHORT)


class Proposal(NamedTuple):
    """A link of an old code; without a new code it says that the old one is withdrawn."""

    new_code: str
    relation: str
    confidence: float
    is_settled: bool
    decided_by: str
    evidence: str
    runner_up: str = ""


class CodeOutcome(NamedTuple):
    """What becomes of an old code, who decided it, and what is proposed where nobody has."""

    code: str
    outcome: str
    new_codes: tuple[str, ...]
    relation: str
    confidence: float
    decided_by: str
    note: str
    proposals: tuple[Proposal, ...] = ()


def links_to_code_outcomes(
    links: pd.DataFrame,
    unlisted: Mapping[str, UnlistedCode] | None = None,
    accepts_proposals: bool = False,
) -> dict[str, CodeOutcome]:
    """Settle each old code of a crosswalk.

    Parameters
    ----------
    links
        The rows of one pair of documents, with all decisions laid over them.
    unlisted
        What a person said of codes that the old version lacks, or that are none in this file.
    accepts_proposals
        Take what is only proposed as settled, and say so of each code.

    Returns
    -------
    dict of str to CodeOutcome
        By old code. Identical wording, the `accept` band, and what a person decided are settled. An old
        code of whose links one is open waits for a person as a whole.

    Examples
    --------
    >>> links = pd.DataFrame({
    ...     "subject_id": ["st0792-1.0:K12"], "object_id": ["st0792-1.2:K8"], "object_label": ["How to code"],
    ...     "predicate_id": ["skos:closeMatch"], "confidence": [0.97], "band": ["accept"]})
    >>> links_to_code_outcomes(links)["K12"][:4]
    ('K12', 'replaced', ('K8',), 'closeMatch')
    """
    proposals = _links_to_proposals(links)
    settled = {code: _settled(code, own, accepts_proposals) for code, own in proposals.items()}
    said = (unlisted or {}).items()
    settled |= {code: _said(code, one) for code, one in said if code not in settled or not one.is_code}
    shared = Counter(new for one in settled.values() for new in set(one.new_codes))
    return {code: _with_outcome(one, shared) for code, one in settled.items()}


def _links_to_proposals(links: pd.DataFrame) -> dict[str, tuple[Proposal, ...]]:
    found: dict[str, list[Proposal]] = {}
    for row in links.to_dict("records"):
        if row[v.SUBJECT_ID] != v.NO_TERM_FOUND:
            found.setdefault(_code(row[v.SUBJECT_ID]), []).append(_row_to_proposal(row))
    return {code: tuple(sorted(own, key=_sort_key)) for code, own in found.items()}


def _sort_key(one: Proposal) -> tuple[object, ...]:
    """Return the key that puts the surest first; a crosswalk of one's own need not say how sure it is."""
    sureness = 0.0 if math.isnan(one.confidence) else one.confidence
    return -sureness, code_to_sort_key(one.new_code), one.new_code


def _row_to_proposal(row: Mapping[Any, Any]) -> Proposal:
    is_withdrawn = row[v.OBJECT_ID] == v.NO_TERM_FOUND
    reviewer = _text(row, v.REVIEWER_LABEL)
    is_decided = bool(reviewer) or _text(row, v.STATUS) in {v.DECIDED, v.DECIDED_BEFORE}
    is_same = row[v.PREDICATE_ID] == v.EXACT_MATCH and not is_withdrawn
    by = "identical wording" if is_same else "band accept"
    by = f"{_REVIEWER} {reviewer}".strip() if is_decided else _text(row, v.DECIDED_BY) or by
    is_settled = is_decided or row[v.BAND] == v.ACCEPT
    evidence = "; ".join(filter(None, (_text(row, v.CHANGE), _text(row, v.CAUTION))))
    return Proposal(
        "" if is_withdrawn else _code(row[v.OBJECT_ID]),
        "" if is_withdrawn else row[v.PREDICATE_ID].removeprefix(_SHORT),
        # What a person decided is as sure as the person; the linker's figure would tell otherwise.
        float("nan") if is_decided else row[v.CONFIDENCE],
        is_settled,
        by if is_settled else "",
        evidence,
        _text(row, v.RUNNER_UP_ID).rpartition(":")[2],
    )


def _text(row: Mapping[Any, Any], name: str) -> str:
    """Return a cell of a crosswalk, in which a column or a value can be missing."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _code(statement_id: str) -> str:
    return statement_id.partition(":")[2]


def _said(code: str, said: UnlistedCode) -> CodeOutcome:
    by = f"{_REVIEWER} {said.reviewer}".strip()
    note = "" if said.is_code else f"{code}: no code, as {by} says"
    outcome = "" if said.is_code else v.UNKNOWN
    return CodeOutcome(code, outcome, said.new_codes, "", float("nan"), by, note)


def _settled(code: str, proposals: tuple[Proposal, ...], accepts_proposals: bool) -> CodeOutcome:
    is_open = not all(one.is_settled for one in proposals)
    # What is only related takes nobody's place.
    codes = dict.fromkeys(one.new_code for one in proposals if one.new_code and one.relation != _RELATED)
    news = tuple(sorted(codes, key=code_to_sort_key))
    relation = "; ".join(dict.fromkeys(one.relation for one in proposals if one.relation))
    sure = [one.confidence for one in proposals if not math.isnan(one.confidence)]
    confidence = min(sure, default=float("nan"))
    if is_open and not accepts_proposals:
        note = f"{code}: {proposals_to_words(proposals)}"
        return CodeOutcome(code, v.REVIEW, (), relation, confidence, "", note, proposals)
    names = dict.fromkeys(one.decided_by for one in proposals if one.decided_by)
    if is_open:
        names = dict.fromkeys([*(name for name in names if name.startswith(_REVIEWER)), v.NOBODY])
    by = "; ".join(names)
    note = f"{code}: {proposals_to_words(proposals)}, taken undecided" if is_open else ""
    return CodeOutcome(code, "", news, relation, confidence, by, note, proposals)


def proposals_to_words(proposals: Sequence[Proposal]) -> str:
    """Return what is proposed.

    Examples
    --------
    >>> proposals_to_words([Proposal("S19", "closeMatch", 0.714, False, "", "")])
    'proposed S19 (0.71)'
    """
    decided = [one.new_code or v.WITHDRAWN for one in proposals if one.decided_by.startswith(_REVIEWER)]
    told = [
        (one.new_code or "as withdrawn") + ("" if math.isnan(one.confidence) else f" ({one.confidence:.2f})")
        for one in proposals
        if not one.decided_by.startswith(_REVIEWER)
    ]
    proposed = f"proposed {', '.join(told)}"
    return f"decided {', '.join(decided)}; {proposed}" if decided else proposed


def _with_outcome(one: CodeOutcome, shared: Mapping[str, int]) -> CodeOutcome:
    """Say what became of a settled code."""
    if one.outcome:
        return one
    related = [own.new_code for own in one.proposals if own.relation == _RELATED]
    if not one.new_codes:
        told = f"only related to {', '.join(related)}" if related else v.WITHDRAWN
        outcome, note = v.WITHDRAWN, f"{one.code}: {told}"
    elif one.new_codes == (one.code,):
        outcome, note = v.UNCHANGED, ""
    elif len(one.new_codes) > 1:
        outcome, note = v.SPLIT, f"{one.code}: split into {', '.join(one.new_codes)}"
    elif shared[one.new_codes[0]] > 1 or one.relation == v.BROAD_MATCH.removeprefix(_SHORT):
        outcome, note = v.MERGED, f"{one.code}: merged into {one.new_codes[0]}"
    else:
        outcome, note = v.REPLACED, ""
    return one._replace(outcome=outcome, note=one.note or note)


def unlisted_code_outcome(code: str, pair: VersionPair) -> CodeOutcome:
    """Return the outcome of a code that the crosswalk, or the old version, does not have."""
    if code in pair.wordings:
        return CodeOutcome(code, v.REVIEW, (), "", float("nan"), "", f"{code}: not in the crosswalk")
    nearest = code_to_nearest(code, pair.wordings)
    note = f"{code}: not in {pair.old}" + (f"; nearest {nearest}" if nearest else "")
    return CodeOutcome(code, v.UNKNOWN, (), "", float("nan"), "", note)


def unsure_code_outcome(found: FoundCode) -> CodeOutcome:
    """Return what is said of a letter and a number that may be no code, or of a cell that is unclear."""
    what = "unclear as it is written" if found.form == DOUBTFUL else "may be no code"
    return CodeOutcome(found.code, v.REVIEW, (), "", float("nan"), "", f"{found.code}: {what}")
