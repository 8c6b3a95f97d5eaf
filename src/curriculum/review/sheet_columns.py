"""Define the columns of the sheet "To decide", for its writer and for its reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from curriculum.model import vocabulary as v
from curriculum.review.answers import NOT_A_CODE, Answer

__all__ = [
    "ANSWERS",
    "ANSWER_MEANINGS",
    "COLUMNS",
    "DATE_FOR_ALL",
    "PAIR_COLUMNS",
    "REQUIRED",
    "REVIEWER_FOR_ALL",
    "TO_DECIDE",
    "Column",
    "text_to_header",
]

TO_DECIDE: Final = "To decide"


@dataclass(frozen=True)
class Column:
    """A column of the sheet.

    Attributes
    ----------
    name
        The field of `ReviewRow` that it shows.
    header, former_headers
        Its header now, and its headers in earlier workbooks.
    width
        Its width in characters.
    style
        The format of a filled cell, as `book_to_formats` names it: `code`, `cell`, or `input` where a person
        answers.
    meaning
        What the sheet "Read me first" says of it; empty if it explains itself.
    drop_down
        What a cell offers: the choices of its row, or the relations.
    names_version
        Whether the header names a version: "old code (st0792-1.0)".
    is_required
        Whether the reader needs it to recognise the sheet.
    is_left_out_if_empty
        Whether it is left out where no row has a value in it.
    is_relation
        Whether its values are relations, shown in plain words.
    is_hidden
        Whether it is for the reader alone.
    is_last_printed
        Whether it is the last one on paper. All columns together would be too small to read.
    """

    name: str
    header: str
    width: int
    style: Literal["code", "cell", "input"] = "cell"
    meaning: str = ""
    drop_down: Literal["", "choices", "relations"] = ""
    former_headers: tuple[str, ...] = ()
    names_version: bool = False
    is_required: bool = False
    is_left_out_if_empty: bool = False
    is_relation: bool = False
    is_hidden: bool = False
    is_last_printed: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether a person fills it in."""
        return self.style == "input"


_COLUMNS: Final = (
    # What an answer needs is beside the cells to answer in, the evidence to the right of them.
    Column("old_code", "old code", 10, "code", names_version=True, is_required=True),
    Column("new_code", "new code", 10, "code", names_version=True, is_required=True),
    Column("old_wording", "old wording", 57),
    Column("new_wording", "new wording", 57),
    Column("proposed", "proposed", 10, is_relation=True),
    Column("decision", "decision", 13, "input", drop_down="choices", is_required=True),
    Column("relation", "relation", 10, "input", drop_down="relations", is_relation=True),
    Column("reason", "reason", 28, "input", is_last_printed=True),
    Column("reviewer", "reviewer", 10, "input"),
    Column("date", "date", 12, "input"),
    Column(
        "confidence",
        "confidence",
        11,
        meaning="0 to 1: how likely the proposal is right. Of ten with 0.7 about seven are. Of a statement "
        "without a counterpart: how likely it has none.",
    ),
    Column("evidence", "evidence", 80),
    Column(
        "runner_up",
        "second choice",
        80,
        meaning="The best other statement, how likely that one is, and its wording.",
        former_headers=("runner-up",),
    ),
    Column("old_duties", "old duties", 10, is_left_out_if_empty=True),
    Column("new_duties", "new duties", 10, is_left_out_if_empty=True),
    Column("n_cells", "cells", 7, is_left_out_if_empty=True),
    Column(
        "state",
        "state",
        14,
        meaning="look again: decided, and its wording has changed since. waits: a person is needed. no look "
        "needed: the same words, or as good as certain. decided: by a reviewer; it holds whatever is "
        "proposed later.",
    ),
    Column("as_exported", "as exported", 10, is_hidden=True),
)
# By name, in their order on the sheet.
COLUMNS: Final = {column.name: column for column in _COLUMNS}
# The columns that a person fills in, in the order of `Answer`, in which the sheet stores earlier answers too.
ANSWERS: Final = tuple(name for name in Answer._fields if name in COLUMNS)
# The headers of these two name the versions of the sheet.
PAIR_COLUMNS: Final = tuple(column.name for column in _COLUMNS if column.names_version)
REQUIRED: Final = frozenset(column.name for column in _COLUMNS if column.is_required)
REVIEWER_FOR_ALL: Final = "Your initials or your role, for every row without a reviewer:"
DATE_FOR_ALL: Final = "The day, such as 2026-11-22, if it is not the one on which this file was saved:"
# What each answer means; a sheet explains those that it offers or shows.
ANSWER_MEANINGS: Final = {
    v.ACCEPT: "the proposal is right",
    v.REJECT: "this link is wrong",
    v.WITHDRAWN: "nothing takes its place",
    v.NEW: "it comes from no old one",
    v.ADD_LINK: "the two belong together",
    v.CHANGE_RELATION: "they do, by the relation beside",
    NOT_A_CODE: "it is none in this file",
}
_BY_HEADER: Final = {
    header: column.name for column in _COLUMNS for header in (column.header, *column.former_headers)
}
_WITH_VERSION: Final = re.compile(r"(?P<header>[^()]+) \((?P<document>[^()]+)\)")


def text_to_header(text: str) -> tuple[str, str]:
    """Return the name of the column and the document that a header names; empty strings if it names none.

    Examples
    --------
    >>> text_to_header("old code (st0792-1.0)"), text_to_header("second choice"), text_to_header("KSBs")
    (('old_code', 'st0792-1.0'), ('runner_up', ''), ('', ''))
    """
    found = _WITH_VERSION.fullmatch(text)
    header, document = (found["header"], found["document"]) if found else (text, "")
    return (_BY_HEADER[header], document) if header in _BY_HEADER else ("", "")
