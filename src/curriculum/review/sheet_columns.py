"""The headings of the sheet "To decide": its writer and its reader know its columns by them alone."""

from __future__ import annotations

import re
from typing import Final

from curriculum.model import vocabulary as v
from curriculum.review.answers import NOT_A_CODE

__all__ = [
    "ANSWERS",
    "ANSWER_MEANINGS",
    "DATE_FOR_ALL",
    "HEADERS",
    "PAIR_COLUMNS",
    "REVIEWER_FOR_ALL",
    "TO_DECIDE",
    "text_to_header",
]

TO_DECIDE: Final = "To decide"
# Heading by the field of a row that stands below it, in the order of the columns: what is needed for an
# answer stands beside it, what speaks for it to the right.
HEADERS: Final = {
    "old_code": "old code",
    "new_code": "new code",
    "old_wording": "old wording",
    "new_wording": "new wording",
    "proposed": "proposed",
    "decision": "decision",
    "relation": "relation",
    "reason": "reason",
    "reviewer": "reviewer",
    "date": "date",
    "confidence": "confidence",
    "evidence": "evidence",
    "runner_up": "second choice",
    "old_duties": "old duties",
    "new_duties": "new duties",
    "n_cells": "cells",
    "state": "state",
    "as_exported": "as exported",
}
# What columns were headed in earlier workbooks.
_FORMER: Final = {"runner-up": "runner_up"}
# The columns that a person fills in.
ANSWERS: Final = ("decision", "relation", "reviewer", "reason", "date")
# Two headings say which versions the sheet is about.
PAIR_COLUMNS: Final = ("old_code", "new_code")
REVIEWER_FOR_ALL: Final = "Your initials or your role, for every row that names nobody:"
DATE_FOR_ALL: Final = "The day, such as 2026-11-22, if it is not the one on which this file was saved:"
# What each answer says; a sheet explains those that it offers or shows.
ANSWER_MEANINGS: Final = {
    v.ACCEPT: "the proposal is right",
    v.REJECT: "this link is wrong",
    v.WITHDRAWN: "nothing takes its place",
    v.NEW: "it comes from no old one",
    v.ADD_LINK: "the two belong together",
    v.CHANGE_RELATION: "they do, by the relation beside",
    NOT_A_CODE: "it is none in this file",
}
_FIELDS: Final = {**{header: name for name, header in HEADERS.items()}, **_FORMER}
_OF_DOCUMENT: Final = re.compile(r"(?P<head>[^()]+) \((?P<document>[^()]+)\)")


def text_to_header(text: str) -> tuple[str, str]:
    """Return the field and the document that a heading names; empty strings if it names none.

    Examples
    --------
    >>> text_to_head("old code (st0792-1.0)"), text_to_head("second choice"), text_to_head("KSBs")
    (('old_code', 'st0792-1.0'), ('runner_up', ''), ('', ''))
    """
    found = _OF_DOCUMENT.fullmatch(text)
    header, document = (found["head"], found["document"]) if found else (text, "")
    return (_FIELDS[header], document) if header in _FIELDS else ("", "")
