"""Give the plain headings of columns, for people; tables keep the names."""

from __future__ import annotations

from typing import Final

from curriculum.model import vocabulary as v

__all__ = ["column_to_heading"]

_HEADINGS: Final = {
    v.SUBJECT_SOURCE: "old version",
    v.OBJECT_SOURCE: "new version",
    v.SUBJECT_ID: "old statement",
    v.SUBJECT_LABEL: "old wording",
    v.SUBJECT_CATEGORY: "old kind",
    v.PREDICATE_ID: "relation",
    v.OBJECT_ID: "new statement",
    v.OBJECT_LABEL: "new wording",
    v.OBJECT_CATEGORY: "new kind",
    v.TEXT: "wording",
    v.BAND: "accept or review",
    v.RUNNER_UP_ID: "second choice",
    v.RUNNER_UP_CONFIDENCE: "confidence of the second choice",
    v.CSLS_SCORE: "CSLS score",
    v.REVIEWER_LABEL: "reviewer",
    v.IS_PROPOSED: "proposed",
    v.IS_TRUNCATED: "cut short",
    v.IS_MANDATORY: "mandatory",
    v.SHA256: "SHA-256",
    "duty_ksbs": "KSBs of duties",
    "n_joined": "merged or split",
    "n_ksbs": "KSBs",
    # A column of codes has the name `new`.
    "n_new": "how many new",
    "n_if_right": "if every proposal is right",
    "share_new": "share of new ones",
    "is_same": "names the same statement",
    "to_teach": "to teach",
}


def column_to_heading(name: str) -> str:
    """Return the plain heading of a column.

    Examples
    --------
    >>> [column_to_heading(name) for name in ("subject_label", "old_codes", "n_reworded", "D1")]
    ['old wording', 'old codes', 'reworded', 'D1']
    """
    known = _HEADINGS.get(name)
    return known or name.removeprefix("n_").removeprefix("is_").replace("_", " ")
