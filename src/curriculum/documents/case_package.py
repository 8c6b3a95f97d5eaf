"""A package of CASE: a framework of competencies, its items and associations, each with its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from curriculum.documents.record import RecordRemark
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v

__all__ = ["CaseAssociation", "CaseEnd", "CaseItem", "CasePackage", "document_of", "is_own"]


def document_of(package: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object that describes a framework; empty if there is none."""
    found = package.get(case.DOCUMENT)
    return found if isinstance(found, Mapping) else {}


def is_own(package: Mapping[str, Any]) -> bool:
    """Return whether a package was written from our tables, so that it has what they had."""
    return v.DOCUMENT_ID in case.extension_of(document_of(package))


class CaseEnd(NamedTuple):
    """An end of an association: the identifier and the title of an item or a document."""

    identifier: str
    title: str


class CaseItem(NamedTuple):
    """An item of a package, as it is in the file: its code and its wording as text, and their line."""

    path: str
    identifier: str
    code: str
    text: str
    item_type: str
    line: int
    value: Mapping[str, Any]


class CaseAssociation(NamedTuple):
    """An association of two items: what it says, its ends, its place among others, and its lines."""

    path: str
    kind: str
    origin: CaseEnd
    destination: CaseEnd
    sequence: float | None
    group: str
    first_line: int
    last_line: int
    value: Mapping[str, Any]


@dataclass(frozen=True)
class CasePackage:
    """A package of CASE.

    Attributes
    ----------
    value
        The package as it is in the file, without the fields that are null.
    path
        Its place in the file, as a JSON path.
    version
        The version of CASE that it is of.
    items, associations
        Its items and associations, in the order of the file.
    lines
        The line of each single value, by its JSON path.
    remarks
        What is odd in it.
    """

    value: Mapping[str, Any]
    path: str
    version: str
    items: tuple[CaseItem, ...]
    associations: tuple[CaseAssociation, ...]
    lines: Mapping[str, int]
    remarks: tuple[RecordRemark, ...]

    @property
    def document(self) -> Mapping[str, Any]:
        """The object that describes the framework; empty if there is none."""
        return document_of(self.value)

    @property
    def is_own(self) -> bool:
        """Whether it was written from our tables."""
        return is_own(self.value)
