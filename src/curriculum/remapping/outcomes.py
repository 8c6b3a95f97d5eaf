"""The outcome of each old code: settled by the crosswalk or by a person, or in need of a decision."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import DOUBTFUL, FoundCode
from curriculum.model.codes import code_to_nearest, code_to_sort_key
from curriculum.model.version_pair import VersionPair
from curriculum.review.answers import UnlistedCode
from curriculum.tables.plain_rows import Row

__all__ = [
    "OUTCOME_MEANINGS",
    "CodeOutcome",
    "Proposal",
    "links_to_code_outcomes",
    "unlisted_code_outcome",
    "unsure_code_outcome",
]

# What each outcome means for the user of a file.
OUTCOME_MEANINGS: Final = {
    v.UNCHANGED: "the same code, and that is settled",
    v.REPLACED: "another code now",
    v.MERGED: "part of a wider statement now",
    v.SPLIT: "several statements now",
    v.WITHDRAWN: "withdrawn; your column keeps the code",
    v.REVIEW: "a person has to decide, or to correct the cell",
    v.UNKNOWN: "no such code in the old version, or none at all",
    v.NOT_READ: "cells of a column of codes that cannot be read",
}
_SHORT: Final = "skos:"
_REVIEWER: Final = "reviewer"
_EQUIVALENT: Final = "same words, but for small edits"
_RELATED: Final = v.RELATED_MATCH.removeprefix(_SHORT)


class Proposal(NamedTuple):
    """A link of an old code to a new one; without a new code no counterpart was found, or it is withdrawn."""

    new_code: str
    relation: str
    confidence: float
    is_settled: bool
    decided_by: str
    evidence: str
    runner_up: str = ""


class CodeOutcome(NamedTuple):
    """The outcome of an old code, who decided it, and the proposals if it is not decided."""

    code: str
    outcome: str
    new_codes: tuple[str, ...]
    relation: str
    confidence: float
    decided_by: str
    note: str
    proposals: tuple[Proposal, ...] = ()


def links_to_code_outcomes(
    links: Iterable[Row],
    unlisted: Mapping[str, UnlistedCode] | None = None,
    accepts_proposals: bool = False,
) -> dict[str, CodeOutcome]:
    """Return the outcome of each old code of a crosswalk.

    Parameters
    ----------
    links
        The rows of one pair of documents, with all decisions applied to them.
    unlisted
        Answers on codes that the old version lacks, or that are no codes in this file.
    accepts_proposals
        Treat proposals as settled; the note of each code says so.

    Returns
    -------
    dict of str to CodeOutcome
        By old code. Links in the `accept` band, or decided by a person, are settled.
        An old code with an open link needs a decision as a whole.

    Examples
    --------
    >>> links = [{
    ...     "subject_id": "st0792-1.0:K12", "object_id": "st0792-1.2:K8", "object_label": "How to code",
    ...     "predicate_id": "skos:closeMatch", "confidence": 0.97, "band": "accept"}]
    >>> links_to_code_outcomes(links)["K12"][:4]
    ('K12', 'replaced', ('K8',), 'closeMatch')
    """
    proposals = _links_to_proposals(links)
    outcomes = {
        code: _proposals_to_outcome(code, links_of_code, accepts_proposals)
        for code, links_of_code in proposals.items()
    }
    unlisted_codes = (unlisted or {}).items()
    outcomes |= {
        code: _answer_to_outcome(code, answer)
        for code, answer in unlisted_codes
        if code not in outcomes or not answer.is_code
    }
    # What a person says of a code that the old version lacks merges no statement into another.
    listed = [outcome for code, outcome in outcomes.items() if code in proposals]
    shared = Counter(new for outcome in listed for new in set(outcome.new_codes))
    return {code: _with_outcome(outcome, shared) for code, outcome in outcomes.items()}


def _links_to_proposals(links: Iterable[Row]) -> dict[str, tuple[Proposal, ...]]:
    found: dict[str, list[Proposal]] = {}
    for row in links:
        if row[v.SUBJECT_ID] != v.NO_TERM_FOUND:
            found.setdefault(_code(row[v.SUBJECT_ID]), []).append(_row_to_proposal(row))
    return {code: tuple(sorted(rows, key=_sort_key)) for code, rows in found.items()}


def _sort_key(proposal: Proposal) -> tuple[object, ...]:
    """Return the key that puts the highest confidence first; a user's crosswalk need not have any."""
    sureness = 0.0 if math.isnan(proposal.confidence) else proposal.confidence
    return -sureness, code_to_sort_key(proposal.new_code), proposal.new_code


def _row_to_proposal(row: Row) -> Proposal:
    is_withdrawn = row[v.OBJECT_ID] == v.NO_TERM_FOUND
    reviewer = _text(row, v.REVIEWER_LABEL)
    is_decided = bool(reviewer) or _text(row, v.STATUS) in {v.DECIDED, v.DECIDED_BEFORE}
    is_same = row[v.PREDICATE_ID] == v.EXACT_MATCH and not is_withdrawn
    same = _EQUIVALENT if "reworded" in _text(row, v.CHANGE) else "identical wording"
    by = same if is_same else "band accept"
    by = f"{_REVIEWER} {reviewer}".strip() if is_decided else _text(row, v.DECIDED_BY) or by
    is_settled = is_decided or row[v.BAND] == v.ACCEPT
    evidence = "; ".join(filter(None, (_text(row, v.CHANGE), _text(row, v.CAUTION))))
    return Proposal(
        "" if is_withdrawn else _code(row[v.OBJECT_ID]),
        "" if is_withdrawn else row[v.PREDICATE_ID].removeprefix(_SHORT),
        # A decision has no confidence: the figure of the linker does not apply to it.
        float("nan") if is_decided else row[v.CONFIDENCE],
        is_settled,
        by if is_settled else "",
        evidence,
        _text(row, v.RUNNER_UP_ID).rpartition(":")[2],
    )


def _text(row: Row, name: str) -> str:
    """Return a cell of a crosswalk, in which a column or a value can be missing."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _code(statement_id: str) -> str:
    return statement_id.partition(":")[2]


def _answer_to_outcome(code: str, answer: UnlistedCode) -> CodeOutcome:
    by = f"{_REVIEWER} {answer.reviewer}".strip()
    note = "" if answer.is_code else f"{code}: no code, as {by} says"
    outcome = "" if answer.is_code else v.UNKNOWN
    return CodeOutcome(code, outcome, answer.new_codes, "", float("nan"), by, note)


def _proposals_to_outcome(code: str, proposals: tuple[Proposal, ...], accepts_proposals: bool) -> CodeOutcome:
    is_open = not all(proposal.is_settled for proposal in proposals)
    # That no counterpart was found is no proposal that can be taken: a person says that a code is withdrawn.
    accepts_proposals = accepts_proposals and any(proposal.new_code for proposal in proposals)
    # A statement that is only related does not replace the old one.
    codes = dict.fromkeys(
        proposal.new_code for proposal in proposals if proposal.new_code and proposal.relation != _RELATED
    )
    new_codes = tuple(sorted(codes, key=code_to_sort_key))
    relation = "; ".join(dict.fromkeys(proposal.relation for proposal in proposals if proposal.relation))
    sure = [proposal.confidence for proposal in proposals if not math.isnan(proposal.confidence)]
    confidence = min(sure, default=float("nan"))
    if is_open and not accepts_proposals:
        note = f"{code}: {proposals_to_words(proposals)}"
        return CodeOutcome(code, v.REVIEW, (), relation, confidence, "", note, proposals)
    names = dict.fromkeys(proposal.decided_by for proposal in proposals if proposal.decided_by)
    if is_open:
        names = dict.fromkeys([*(name for name in names if name.startswith(_REVIEWER)), v.NOBODY])
    by = "; ".join(names)
    note = f"{code}: {proposals_to_words(proposals)}, taken undecided" if is_open else ""
    return CodeOutcome(code, "", new_codes, relation, confidence, by, note, proposals)


def proposals_to_words(proposals: Sequence[Proposal]) -> str:
    """Return the proposals, and the decisions among them, in words.

    Examples
    --------
    >>> proposals_to_words([Proposal("S19", "closeMatch", 0.714, False, "", "")])
    'proposed S19 (0.71)'
    """
    decided = [
        proposal.new_code or v.WITHDRAWN
        for proposal in proposals
        if proposal.decided_by.startswith(_REVIEWER)
    ]
    words = [
        _proposal_to_words(proposal)
        for proposal in proposals
        if not proposal.decided_by.startswith(_REVIEWER)
    ]
    has_code = any(proposal.new_code for proposal in proposals)
    proposed = f"proposed {', '.join(words)}" if has_code else ", ".join(words)
    return f"decided {', '.join(decided)}; {proposed}" if decided else proposed


def _proposal_to_words(proposal: Proposal) -> str:
    """Return the new code of a proposal, with its confidence.

    The confidence that a statement has no counterpart is left out: it is the same for all such statements.
    """
    if not proposal.new_code or math.isnan(proposal.confidence):
        return proposal.new_code or v.NO_COUNTERPART
    return f"{proposal.new_code} ({proposal.confidence:.2f})"


def _with_outcome(code_outcome: CodeOutcome, shared: Mapping[str, int]) -> CodeOutcome:
    """Return a settled code with its outcome and a note."""
    if code_outcome.outcome:
        return code_outcome
    related = [proposal.new_code for proposal in code_outcome.proposals if proposal.relation == _RELATED]
    if not code_outcome.new_codes:
        note_text = f"only related to {', '.join(related)}" if related else v.WITHDRAWN
        outcome, note = v.WITHDRAWN, f"{code_outcome.code}: {note_text}"
    elif code_outcome.new_codes == (code_outcome.code,):
        outcome, note = v.UNCHANGED, ""
    elif len(code_outcome.new_codes) > 1:
        outcome, note = v.SPLIT, f"{code_outcome.code}: split into {', '.join(code_outcome.new_codes)}"
    elif shared[code_outcome.new_codes[0]] > 1 or code_outcome.relation == v.BROAD_MATCH.removeprefix(_SHORT):
        outcome, note = v.MERGED, f"{code_outcome.code}: merged into {code_outcome.new_codes[0]}"
    else:
        outcome, note = v.REPLACED, ""
    return code_outcome._replace(outcome=outcome, note=code_outcome.note or note)


def unlisted_code_outcome(code: str, pair: VersionPair) -> CodeOutcome:
    """Return the outcome of a code that the crosswalk, or the old version, does not have."""
    if code in pair.wordings:
        return CodeOutcome(code, v.REVIEW, (), "", float("nan"), "", f"{code}: not in the crosswalk")
    nearest = code_to_nearest(code, pair.wordings)
    note = f"{code}: not in {pair.old}" + (f"; nearest {nearest}" if nearest else "")
    return CodeOutcome(code, v.UNKNOWN, (), "", float("nan"), "", note)


def unsure_code_outcome(found: FoundCode) -> CodeOutcome:
    """Return the outcome of a letter and a number that may be no code, or that is unclear as written."""
    what = "unclear as it is written" if found.form == DOUBTFUL else "may be no code"
    return CodeOutcome(found.code, v.REVIEW, (), "", float("nan"), "", f"{found.code}: {what}")
