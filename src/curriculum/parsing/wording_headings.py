"""How well the heading of a column, and the texts below it, say that the wordings of statements are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from curriculum.model.text import text_to_title_key

__all__ = [
    "can_be_wording_heading",
    "heading_to_key",
    "is_former_heading",
    "is_kind_heading",
    "is_ksb_wording_heading",
    "is_of_sentences",
    "is_sure_wording_heading",
    "is_tracker_heading",
    "is_wording_heading",
]

_WORDS: Final = (
    "description|descriptions|statement|statements|wording|wordings|text|detail|details|requirement"
    "|requirements"
)
_WORDING_HEADING: Final = re.compile(rf"(?:.* )?(?:{_WORDS})")
# “Full wording of the KSB” is surely that of this version; “Short description” or “Gap statement” may be
# something that a person wrote.
_SURE_HEADING: Final = re.compile(
    r"(?:(?:the|an?|of|and|or|full|complete|exact|official|approved|published|final|current|new|latest|revised"
    r"|ksbs?|knowledge|skills?|behaviou?rs?|standards?|occupational|duty|duties|code|competenc(?:e|y)"
    r"|criteri(?:a|on)|performance|element|learning|outcome|item|apprenticeship|desc|nos"
    r"|national) ){0,6}"
    r"(?:description|descriptions|descriptor|statement|statements|wording|wordings|text|requirement|requirements)"
    r"(?: (?:of|the|this|each|ksbs?|standard|clean|in|full)){0,6}"
)
# “What the learner must know”, “The apprentice should be able to”.
_MUST_HEADING: Final = re.compile(
    r"(?:what )?(?:the |an |each )?(?:(?:learner|apprentice)s?|you) (?:must|should|needs? to|will|can)"
    r"(?: (?:know|understand|do|be|able|to|demonstrate|or|and)){0,8}"
)
# “Learner statement”, “Evidence description”: a text about the work of a person, and no wording of a KSB.
_TRACKER_HEADING: Final = re.compile(
    r"(?:learners?|apprentices?|students?|tutors?|trainers?|teachers?|coach|mentors?|assessors?|employers?"
    r"|managers?|evidence|progress|sessions?|lessons?|activity|activities|tasks?|assessment|assessed|units?"
    r"|modules?|status|feedback|action|next|training|delivery|gaps?|prior|my|our) .*"
    r"|(?:what|how|where|when|why) (?:i|we|have i|did i|did you|you did|you have|they did|(?:the )?\w+ did)"
    r"(?: .*)?"
    r"|what (?:happened|went well|next|else).*|(?:sample |example |typical )?questions?(?: .*)?"
)
_FORMER_HEADING: Final = re.compile(
    r"(?:.* )?(?:old|former|formerly|previous|previously|prior|past|superseded|replaced|replaces|original"
    r"|draft|suggested|proposed|simplified|simple|short|plain|example|examples|sample|notes?)(?: .*)?"
)
_KIND_HEADING: Final = re.compile(
    r"ksbs?|(?:technical |employability )?(?:(?:knowledge|skills?|behaviou?rs?)(?: (?:and|or) | |$)){1,3}"
    r"(?:ksbs?)?"
    r"|(?:occupational )?standard|competenc(?:e|y)|criterion"
)
# A title has fewer words.
_LEAST_WORDS = 3


def heading_to_key(text: str) -> str:
    """Return the words of a heading as they are compared.

    Examples
    --------
    >>> heading_to_key("KSB_Text:")
    'ksb text'
    """
    return text_to_title_key(text.replace("_", " "))


def is_wording_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds wordings.

    Examples
    --------
    >>> is_wording_heading("KSB statement"), is_wording_heading("What the learner must know")
    (True, True)
    >>> is_wording_heading("Unit 1"), is_wording_heading("Learner statement")
    (False, False)
    """
    key = heading_to_key(text)
    is_worded = _WORDING_HEADING.fullmatch(key) is not None or is_sure_wording_heading(key)
    return is_worded and not is_tracker_heading(key)


def is_sure_wording_heading(text: str) -> bool:
    """Return whether a heading can be of nothing but the wordings of this version.

    Examples
    --------
    >>> is_sure_wording_heading("KSB statement"), is_sure_wording_heading("Short description")
    (True, False)
    """
    key = heading_to_key(text)
    return _SURE_HEADING.fullmatch(key) is not None or _MUST_HEADING.fullmatch(key) is not None


def is_ksb_wording_heading(text: str) -> bool:
    """Return whether a heading says that the wordings of KSBs of this version are below it.

    Examples
    --------
    >>> is_ksb_wording_heading("KSB statement"), is_ksb_wording_heading("Statement")
    (True, False)
    """
    is_of_ksbs = not {"ksb", "ksbs"}.isdisjoint(heading_to_key(text).split())
    return is_of_ksbs and is_sure_wording_heading(text) and not is_former_heading(text)


def can_be_wording_heading(text: str, are_sentences: bool) -> bool:
    """Return whether the wordings can be below a heading, beside another column that can hold them.

    Parameters
    ----------
    text
        The heading.
    are_sentences
        Whether the texts below it are longer than titles.
    """
    is_worded = is_wording_heading(text) and not is_former_heading(text)
    return is_worded or (are_sentences and is_kind_heading(text))


def is_former_heading(text: str) -> bool:
    """Return whether a heading is of wordings of another version, or of shortened ones.

    Examples
    --------
    >>> is_former_heading("Superseded wording"), is_former_heading("Wording")
    (True, False)
    """
    return _FORMER_HEADING.fullmatch(heading_to_key(text)) is not None


def is_kind_heading(text: str) -> bool:
    """Return whether a heading names what the wordings are: “KSB”, “Knowledge, skill or behaviour”.

    Examples
    --------
    >>> is_kind_heading("Knowledge, skill or behaviour"), is_kind_heading("Details")
    (True, False)
    """
    return _KIND_HEADING.fullmatch(heading_to_key(text)) is not None


def is_tracker_heading(text: str) -> bool:
    """Return whether the heading of a column announces what a person did, and no wordings.

    Examples
    --------
    >>> is_tracker_heading("What I did"), is_tracker_heading("What the learner must do")
    (True, False)
    """
    key = heading_to_key(text)
    return _TRACKER_HEADING.fullmatch(key) is not None and _MUST_HEADING.fullmatch(key) is None


def is_of_sentences(texts: Sequence[str]) -> bool:
    """Return whether most texts of a column are longer than a title."""
    return 2 * sum(len(text.split()) >= _LEAST_WORDS for text in texts) >= len(texts)
