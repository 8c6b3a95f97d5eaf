"""A document of a package of CASE: the one that is wanted of several, with its id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final

from curriculum.documents.case_package import CasePackage
from curriculum.documents.case_reading import FIELD_RULE, PlacedPackage, value_to_package, without_nulls
from curriculum.documents.case_schema import package_to_faults, package_to_version
from curriculum.documents.document import (
    Document,
    Registration,
    path_to_document_id,
    text_to_document_id,
)
from curriculum.documents.record import RecordRemark, Unread
from curriculum.errors import InvalidInput, NotFound, UnreadableFile
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_shortened, text_to_squashed

__all__ = ["JSON_ENCODING", "package_to_document", "refuse_part"]

JSON_ENCODING: Final = "json"
_NAMES_SHOWN: Final = 12
_FAULTS_SHOWN: Final = 20
# Names that only parts of a framework of CASE have, or drafts of it (lsDoc).
_OF_CASE: Final = frozenset(
    ("CFDocuments", "CFItem", "CFAssociation", *case.PARTS, case.FULL_STATEMENT, "lsDoc", "lsItems")
)
_ID: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def package_to_document(
    found: tuple[Sequence[PlacedPackage], tuple[Unread, ...]],
    name: str,
    shown: str,
    sha256: str,
    *,
    wanted: str = "",
    registration: Registration | None = None,
) -> Document:
    """Return the package of CASE in a file as a document.

    Parameters
    ----------
    found
        The packages of the file, and the values beside them.
    name, shown, sha256
        The name of the file; the file as a message should name it; the hash of its bytes.
    wanted
        The title, the identifier or the place of one of several packages; empty if there is one.
    registration
        Its row of `SOURCES.csv`.

    Raises
    ------
    InvalidInput
        If there are several packages and none is named, or several of this name.
    NotFound
        If there is no package of this name.
    UnsupportedFormat
        If the package jsonschema is not installed.
    """
    packages, unread = found
    chosen = _choose(packages, shown, wanted)
    ending = f"#{_to_unique_names([chosen], packages)[0]}" if len(packages) > 1 else ""
    plain = without_nulls(chosen.value)
    version = package_to_version(chosen.value)
    package, lines = value_to_package(plain, chosen.path, version)
    package = replace(package, remarks=(*package.remarks, *_faults_to_remarks(package, shown)))
    document_id = _to_own_id(package) or _to_id(name, chosen.title if ending else "")
    known = registration or Registration(document_id, f"{name}{ending}", sha256)
    known = known._replace(**_stated(package, known))
    document = Document(known.document_id, lines, f"{shown}{ending}", sha256, JSON_ENCODING, known)
    return replace(document, unread=unread, case=package)


def refuse_part(value: Any, shown: str) -> None:
    """Refuse what is only a part of a package of CASE: a list of documents, an item, associations.

    Parameters
    ----------
    value
        The value of a file without a package.
    shown
        The file, as a message should name it.

    Raises
    ------
    UnreadableFile
        With the name that shows it.
    """
    first = value[0] if isinstance(value, list) and value else value
    names = [name for name in first if name in _OF_CASE] if isinstance(first, dict) else []
    if names:
        raise UnreadableFile(
            "a part of a framework of CASE, and no package",
            where=shown,
            expected=f"{case.DOCUMENT} and {case.ITEMS} in one object",
            found=names[0],
            advice="Fetch the whole package (CFPackages) from its publisher.",
        )


def _faults_to_remarks(package: CasePackage, shown: str) -> Iterator[RecordRemark]:
    """Yield a remark for each thing that is not as the specification has it."""
    faults = package_to_faults(package.value, package.version, shown)
    for fault in faults[:_FAULTS_SHOWN]:
        line = package.lines.get(f"{package.path}.{fault.where}", 0)
        message = f"not as CASE {package.version} has it: {fault}"
        if fault.is_other_field:
            message += "; it is read as a detail"
        yield RecordRemark(FIELD_RULE, "note" if fault.is_other_field else "warning", line, message)
    if len(faults) > _FAULTS_SHOWN:
        message = f"{len(faults) - _FAULTS_SHOWN:,} more kinds of faults in the fields of the package"
        yield RecordRemark(FIELD_RULE, "warning", 0, message)


def _to_own_id(package: CasePackage) -> str:
    """Return the id of a standard that was written by this package; empty for other files."""
    found = case.extension_of(package.document).get(v.DOCUMENT_ID)
    return found if isinstance(found, str) and _ID.fullmatch(found) else ""


def _stated(package: CasePackage, known: Registration) -> dict[str, str]:
    """Return who publishes a framework, on what terms and where, as far as the register does not say so."""
    document, extension = package.document, case.extension_of(package.document)
    licence = document.get("licenseURI")
    found = {
        "publisher": document.get("publisher"),
        "licence": extension.get("licence")
        or (licence.get(case.TITLE) if isinstance(licence, dict) else licence),
        "url": document.get("officialSourceURL") or extension.get("url"),
        "inferred": extension.get("inferred"),
    }
    texts = {name: text_to_squashed(text) for name, text in found.items() if isinstance(text, str)}
    return {name: text for name, text in texts.items() if not getattr(known, name)}


def _to_id(name: str, title: str) -> str:
    if title:
        return text_to_document_id(title)
    ending = case.CASE_ENDING
    return path_to_document_id(f"{name[: -len(ending)]}.json" if name.casefold().endswith(ending) else name)


def _names(package: PlacedPackage) -> tuple[str, ...]:
    return tuple(filter(None, (package.title, package.identifier, package.path)))


def _to_unique_names(packages: Sequence[PlacedPackage], every: Sequence[PlacedPackage]) -> tuple[str, ...]:
    """Return a name of each package that no other has; its place, if it has none."""
    counts = Counter(name for package in every for name in set(map(str.casefold, _names(package))))
    return tuple(
        next((name for name in _names(row) if counts[name.casefold()] == 1), row.path) for row in packages
    )


def _choose(packages: Sequence[PlacedPackage], shown: str, wanted: str) -> PlacedPackage:
    key = text_to_squashed(wanted).casefold()
    chosen = [row for row in packages if not key or key in map(str.casefold, _names(row))]
    names = _to_unique_names(chosen or packages, packages)
    if not chosen:
        near = get_close_matches(wanted, names, n=3, cutoff=0.6)
        raise NotFound(
            f"holds no framework {wanted}",
            where=shown,
            expected="the title, the identifier or the place of a framework",
            found=_names_to_shown(names),
            advice=f"Did you mean {' or '.join(near)}?" if near else "Check the name.",
        )
    if len(chosen) > 1:
        raise InvalidInput(
            f"holds several frameworks {wanted}".strip(),
            where=shown,
            expected=f"the name of one of them after #, such as {shown}#{names[0]}",
            found=_names_to_shown(names),
            advice="Name the one to read.",
        )
    return chosen[0]


def _names_to_shown(names: Sequence[str]) -> str:
    shown = ", ".join(text_to_shortened(name, 60) for name in names[:_NAMES_SHOWN])
    more = f" and {len(names) - _NAMES_SHOWN:,} more" if len(names) > _NAMES_SHOWN else ""
    return f"{len(names):,}: {shown}{more}"
