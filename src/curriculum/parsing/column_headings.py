"""What the heading of a column says about it: codes, wordings, the letters of codes, a version."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from curriculum.documents.delimited_tables import KIND_LETTERS
from curriculum.parsing.wording_headings import heading_to_key, is_tracker_heading

__all__ = [
    "heading_to_letters",
    "heading_to_version",
    "is_code_heading",
    "is_further_heading",
    "is_list_heading",
    "key_of_wordings",
]

_LIST_HEADING = re.compile(r"(?:.* )?ksbs(?: .*)?")
_LETTERS = {
    **KIND_LETTERS,
    **{"knowledge k": "K", "skill s": "S", "skills s": "S", "behaviour b": "B", "behaviours b": "B"},
    **{"ks": "K", "ss": "S", "bs": "B"},
}
# What is beside a statement and is not its wording.
_FURTHER_HEADING = re.compile(
    r"(?:.* )?(?:methods?|assessment|assessed|themes?|units?|modules?|pages?|page no|evidence|notes?"
    r"|comments?|pass|merit|distinction|grade|grades|criteria|criterion|weeks?|sessions?|lessons?|status|rag"
    r"|score|rating|met|achieved|topics?|activity|activities|tasks?|resources?|learning outcomes?|yes|no|y n"
    r"|tick|how (?:you|i|we|it|they|this|the) .*|how [a-z]+|where .*|when .*|who .*|dates?|hours?|ticks"
    r"|covered|coverage|mapped|mapping|type|category|kind|progress|next steps?|actions?|action plan|targets?"
    r"|goals?|feedback|reflections?|reviews?|remarks?|judgements?|decisions?|where|when|who|how|what next"
    r"|(?:learners?|apprentices?|students?|tutors?|trainers?|teachers?|coach|coaches|mentors?|assessors?"
    r"|employers?|managers?|staff|lecturers?|cohorts?|groups?|rooms?|venues?|locations?)(?: names?)?"
    r"|(?:taught|delivered|led|covered|assessed|signed|completed|evidenced) (?:by|in|on|off|at).*"
    r"|signatures?|initials)(?: [a-z]{0,2}\d+.*)?"
)
# Which of several columns of codes the wordings are of, by their headings.
_FORMER_HEADING = re.compile(
    r"(?:.* )?(?:old|former|formerly|previous|previously|prior|past|superseded|replaced|replaces|was"
    r"|related|linked|see|prerequisites?|mapped|maps)(?: .*)?"
)
_CURRENT_HEADING = re.compile(r"(?:.* )?(?:new|current|latest|revised)(?: .*)?")
_CODE_HEADING = re.compile(
    r"(?:.* )?(?:codes?|ksbs?|refs?|references?|ids?|no|numbers?|knowledge|skills?|behaviours?)"
)
_OLD = re.compile(
    r"(?:.* )?(?:old|former|formerly|previous|previously|prior|superseded|replaced|replaces)(?: .*)?"
)
_NEW = re.compile(r"(?:.* )?(?:new|current|latest|revised|updated|amended)(?: .*)?")
# “Current level”, “New target”: of a learner, and no version.
_TARGETS = re.compile(r"\b(?:targets?|levels?|scores?|ratings?|actions?|goals?|progress|status)\b")
_VERSION_NUMBER = re.compile(
    r"\bv(?:ersion|er)?[.:]?\s?(?P<number>\d{1,2}(?:\.\d{1,2})?)\b|\b(?P<year>20\d\d)\b"
)


def heading_to_letters(text: str) -> str:
    """Return the letters of the codes whose numbers are below a heading; empty if it is of no kind.

    Examples
    --------
    >>> heading_to_letters("Knowledge"), heading_to_letters("S"), heading_to_letters("Hours")
    ('K', 'S', '')
    """
    return _LETTERS.get(heading_to_key(text), "")


def key_of_wordings(keys: Sequence[int], headings: Mapping[int, str]) -> int:
    """Return which of several columns of codes the wordings are of; 0 if the headings do not tell.

    Examples
    --------
    >>> key_of_wordings([1, 2], {1: "Old", 2: "New"}), key_of_wordings([1, 2], {1: "A", 2: "B"})
    (2, 0)
    """
    ranks = {column: _heading_to_rank(heading_to_key(headings.get(column, ""))) for column in keys}
    best = [column for column, rank in ranks.items() if rank == max(ranks.values())]
    return best[0] if len(best) == 1 else 0


def _heading_to_rank(key: str) -> int:
    """Return how well a heading says that a column holds the codes of this version."""
    if _FORMER_HEADING.fullmatch(key):
        return 0
    return 3 if _CURRENT_HEADING.fullmatch(key) else 2 if _CODE_HEADING.fullmatch(key) else 1


def is_code_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds codes.

    Examples
    --------
    >>> is_code_heading("KSB ref"), is_code_heading("Module")
    (True, False)
    """
    return _CODE_HEADING.fullmatch(heading_to_key(text)) is not None


def heading_to_version(text: str) -> str:
    """Return of which version the heading of a column says that it is; empty if it does not say.

    Examples
    --------
    >>> heading_to_version("Old KSB"), heading_to_version("New_wording"), heading_to_version("KSB (v1.1)")
    ('old', 'new', '1.1')
    >>> heading_to_version("Wording")
    ''
    """
    if _TARGETS.search(text.casefold()):
        return ""
    number = _VERSION_NUMBER.search(text.casefold())
    if number:
        return number["number"] or number["year"]
    key = heading_to_key(text)
    return "old" if _OLD.fullmatch(key) else "new" if _NEW.fullmatch(key) else ""


def is_list_heading(text: str) -> bool:
    """Return whether the heading of a column says that its cells are lists of codes: KSBs."""
    return _LIST_HEADING.fullmatch(heading_to_key(text)) is not None


def is_further_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds something beside the statements.

    Examples
    --------
    >>> is_further_heading("Unit 3"), is_further_heading("Learner statement"), is_further_heading("Skill")
    (True, True, False)
    """
    key = heading_to_key(text)
    return _FURTHER_HEADING.fullmatch(key) is not None or is_tracker_heading(key)
