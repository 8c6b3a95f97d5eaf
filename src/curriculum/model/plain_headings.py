"""Give the plain headings of columns, for people; tables keep the names."""

from __future__ import annotations

from typing import Final

from curriculum.model import vocabulary as v

__all__ = ["column_to_heading"]

_ABBREVIATIONS: Final = {"ksb": "KSB", "ksbs": "KSBs"}
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
    v.BAND: "look needed",
    v.RUNNER_UP_ID: "second choice",
    v.RUNNER_UP_CONFIDENCE: "confidence of the second choice",
    v.CSLS_SCORE: "CSLS score",
    v.REVIEWER_LABEL: "reviewer",
    v.IS_PROPOSED: "proposed",
    v.IS_TRUNCATED: "cut short",
    v.IS_MANDATORY: "mandatory",
    v.RESPONSIBILITY: "level of responsibility",
    v.RESPONSIBILITY_WORDS: "by the words",
    v.SHA256: "SHA-256",
    "n_descriptors_new": "descriptors with a new KSB",
    "duty_ksbs": "pairs of duty and KSB",
    "jaccard": "overlap (Jaccard)",
    "n_same": "same",
    "n_reworded": "reworded",
    "n_joined": "merged or split",
    # A column of codes has the name `new`.
    "n_new": "number of new ones",
    "n_raised": "level raised",
    "n_lowered": "level lowered",
    "n_waiting": "look needed",
    "n_covered": "covered",
    "n_in_part": "in part",
    "n_not_covered": "not covered",
    "n_if_right": "if every proposal is right",
    "n_old": "old statements",
    "n_words": "words that differ",
    "share_new": "share of new ones",
    "is_same": "names the same statement",
}
# How the names of counts begin.
_NUMBER: Final = "n_"


def column_to_heading(name: str) -> str:
    """Return the plain heading of a column.

    Examples
    --------
    >>> [column_to_heading(name) for name in ("subject_label", "old_codes", "n_own_ksbs", "D1")]
    ['old wording', 'old codes', 'number of own KSBs', 'D1']
    """
    if name in _HEADINGS:
        return _HEADINGS[name]
    words = name.removeprefix(_NUMBER).removeprefix("is_").split("_")
    plain = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    return f"number of {plain}" if name.startswith(_NUMBER) else plain
