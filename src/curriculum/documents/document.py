"""A document as it was read: its lines, the cells of its tables, its id, and where it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from curriculum.documents.case_package import CasePackage
from curriculum.documents.markup import Markup
from curriculum.documents.record import OtherVersion, Record, Unread
from curriculum.documents.table_cells import Cell, Link

__all__ = ["Document", "Registration", "path_to_document_id", "text_to_document_id"]


class Registration(NamedTuple):
    """A row of `SOURCES.csv`: what is known about one document; empty where nothing is known."""

    document_id: str
    path: str
    sha256: str
    title: str = ""
    reference: str = ""
    version: str = ""
    publisher: str = ""
    licence: str = ""
    url: str = ""
    inferred: str = ""


@dataclass(frozen=True)
class Document:
    """A document: its lines as printed, and where it came from.

    Attributes
    ----------
    document_id
        Its id, with which the ids of its statements begin, such as ``st0792-1.2``.
    lines
        The lines as printed, line ends removed; line *n* of the file is ``lines[n - 1]``.
    source
        The file, as a message should name it.
    sha256
        The hash of its bytes, in hexadecimal.
    encoding
        The encoding that it was read in.
    registration
        Its row of `SOURCES.csv`; for a file that is not registered, only id, path and hash.
    cells
        The cells of its tables: which lines are in which row and column.
    record
        What a record of official data says, value by value; None for other documents.
    case
        A package of CASE, with the lines of its items and associations; None for other documents.
    versions
        The versions of the same standard in the same file of official data, itself among them.
    unread
        Values of a data file that are part of no record and no list of codes.
    kind
        The name of the kind that the user says it is of; empty if its kind is found from its content.
    part
        The name of the one to read of several standards in a text; empty for the whole text.
    headings
        The level of each line that the file marks as a heading, by its number; empty if nothing is known.
    furniture
        The lines of a web page that belong to the site, by their numbers, each with the words that say why.
        They are no text of the standard.
    hidden
        Texts that look like KSBs or duties in parts of a web page that are never shown.
    n_repaired
        How many attributes of a web page lack their second quotation mark and were closed.
    links
        The links of a web page whose addresses name a standard.
    markup
        What the file says about its lines: which parts are bold, which lines are headings.
    """

    document_id: str
    lines: tuple[str, ...]
    source: str
    sha256: str
    encoding: str
    registration: Registration = field(default=Registration("", "", ""))
    cells: tuple[Cell, ...] = ()
    record: Record | None = None
    versions: tuple[OtherVersion, ...] = ()
    unread: tuple[Unread, ...] = ()
    kind: str = ""
    part: str = ""
    headings: Mapping[int, int] = field(default_factory=dict)
    furniture: Mapping[int, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    n_repaired: int = 0
    links: tuple[Link, ...] = ()
    markup: Markup = field(default_factory=Markup)
    case: CasePackage | None = None


def path_to_document_id(path: str | Path) -> str:
    """Return the id of a file that is not registered, made from its name.

    Examples
    --------
    >>> path_to_document_id(Path("My KSBs.csv"))
    'my-ksbs'
    >>> path_to_document_id(Path("ST0792 v1.2.txt"))
    'st0792-v1.2'
    """
    return text_to_document_id(Path(path).stem)


def text_to_document_id(text: str) -> str:
    """Return an id made of the words of a text.

    Examples
    --------
    >>> text_to_document_id("Bricklayer (level 2)")
    'bricklayer-level-2'
    """
    words = re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", text.casefold())
    return "-".join(words) or "document"
