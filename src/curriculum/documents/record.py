"""A record of a standard, as official data hold it: each value with its place in the data and its line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "SHEET_WITH_DUTIES",
    "EmptyRecord",
    "OtherVersion",
    "Record",
    "RecordDuty",
    "RecordField",
    "RecordRemark",
    "RecordStatement",
    "Unread",
    "name_to_key",
]

# The place of a sheet that is not read although it has duties.
SHEET_WITH_DUTIES = "sheet with duties"


class RecordField(NamedTuple):
    """A named value of a record; several fields can have the same name, one for each item of a list."""

    section: str
    name: str
    value: str
    line: int


class RecordStatement(NamedTuple):
    """A KSB of a record: its code, its wording, its id in the data, its place in them, and its line."""

    code: str
    text: str
    guid: str
    path: str
    line: int


class RecordDuty(NamedTuple):
    """A duty of a record, with the codes of the KSBs that it names, which are on a line of their own."""

    code: str
    option: str
    text: str
    guid: str
    path: str
    line: int
    codes: tuple[str, ...]
    codes_line: int


class RecordRemark(NamedTuple):
    """Something that is odd in a record: the rule, the severity, the line (0 for all of it), the message."""

    rule: str
    severity: str
    line: int
    message: str


class OtherVersion(NamedTuple):
    """Another record of the same standard in the same file; options as pairs of id and title."""

    version: str
    status: str
    options: tuple[tuple[str, str], ...]


class EmptyRecord(NamedTuple):
    """A record of a feed that holds no KSBs yet, so that it is left out: what is known about it."""

    reference: str
    version: str
    status: str
    source: str


class Unread(NamedTuple):
    """A value of a data file that is part of no record and no list of codes, and its place."""

    path: str
    value: str


@dataclass(frozen=True)
class Record:
    """A record of a standard.

    Attributes
    ----------
    name
        Its reference and version (`ST0116-1.1`); empty if it has no reference.
    reference, version, title, level, status, approved, updated
        As in the data; empty where they have nothing.
    fields
        Every other value.
    overview
        The lines of the overview of the role: first, last; (0, 0) if there is none.
    statements, duties
        Its KSBs and duties.
    options
        Pairs of id and title.
    remarks
        What is odd in it.
    markers
        The lines of headings.
    """

    name: str
    reference: str
    version: str
    title: str
    level: str
    status: str
    approved: str
    updated: str
    fields: tuple[RecordField, ...]
    overview: tuple[int, int]
    statements: tuple[RecordStatement, ...]
    duties: tuple[RecordDuty, ...]
    options: tuple[tuple[str, str], ...]
    remarks: tuple[RecordRemark, ...]
    markers: tuple[int, ...]


@lru_cache(maxsize=10_000)
def name_to_key(name: str) -> str:
    """Return the letters and digits of a name in lower case.

    Examples
    --------
    >>> name_to_key("ReferenceNumber"), name_to_key("mapped_skills")
    ('referencenumber', 'mappedskills')
    """
    return "".join(sign for sign in name.casefold() if sign.isalnum())
