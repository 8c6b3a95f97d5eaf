"""The words of CASE (Competencies and Academic Standards Exchange, 1EdTech), and the ids of its objects.

Source: CASE 1.0 and 1.1, https://www.imsglobal.org/spec/case/v1p1/. An id is a UUID of version 5, made of
the name of what it identifies: the same standard always has the same ids.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final

__all__ = [
    "CASE_ENDING",
    "EXTENSION",
    "UNKNOWN_TIME",
    "date_to_time",
    "id_to_link",
    "id_to_object",
    "id_to_uri",
    "is_of_reading",
    "object_to_bytes",
    "to_extension",
    "uri_to_identifier",
]

CASE_ENDING: Final = ".case.json"
CASE_VERSION: Final = "1.1"
# Our part of the field `extensions`.
EXTENSION: Final = "curriculum"

# --- The parts of a package -------------------------------------------------------------------------
DOCUMENT: Final = "CFDocument"
ITEMS: Final = "CFItems"
ASSOCIATIONS: Final = "CFAssociations"
DEFINITIONS: Final = "CFDefinitions"
GROUPINGS: Final = "CFAssociationGroupings"
RUBRICS: Final = "CFRubrics"
LISTS: Final = (ITEMS, ASSOCIATIONS, RUBRICS)
PARTS: Final = (DOCUMENT, ITEMS, ASSOCIATIONS, DEFINITIONS, RUBRICS)

# --- Fields -----------------------------------------------------------------------------------------
IDENTIFIER: Final = "identifier"
URI: Final = "uri"
TITLE: Final = "title"
CHANGED: Final = "lastChangeDateTime"
FULL_STATEMENT: Final = "fullStatement"
CODING_SCHEME: Final = "humanCodingScheme"
ITEM_TYPE: Final = "CFItemType"
ITEM_TYPE_URI: Final = "CFItemTypeURI"
ASSOCIATION_TYPE: Final = "associationType"
ORIGIN: Final = "originNodeURI"
DESTINATION: Final = "destinationNodeURI"
SEQUENCE: Final = "sequenceNumber"
GROUPING_URI: Final = "CFAssociationGroupingURI"
EXTENSIONS: Final = "extensions"
NOTES: Final = "notes"

# --- Types of associations --------------------------------------------------------------------------
CHILD_OF: Final = "isChildOf"
PART_OF: Final = "isPartOf"
EXACT_MATCH_OF: Final = "exactMatchOf"
RELATED_TO: Final = "isRelatedTo"
REPLACED_BY: Final = "replacedBy"

# --- Groups of associations in the packages that we write ---------------------------------------------
DUTY_KSBS: Final = "KSBs of duties"
THEME_KSBS: Final = "KSBs of themes"
STATEMENT_METHODS: Final = "assessment methods of statements"
DESCRIPTOR_KSBS: Final = "KSBs of grading descriptors"

# --- Findings that go with a standard, as they are about its text and cannot be found again in the package
_READING_RULES: Final = frozenset(
    (
        "bold-unclear",
        "columns-in-wording",
        "duty-codes-mixed",
        "empty-section",
        "further-column",
        "left-out",
        "list-labels",
        "no-pairs",
        "not-in-a-table",
        "numbers-lost",
        "page-footer",
        "pairs-differ",
        "several-on-a-line",
        "site-text",
        "struck-out",
        "titled-statement",
        "tracked-changes",
        "uncertain-order",
        "uncertain-text",
        "unplaced-line",
    )
)
# As errors they are about text of a PDF or of an old Mac; a package has them as warnings or notes at most.
_READING_ERRORS: Final = frozenset(("numbering-gap", "reading", "truncated-statement"))
OF_EXPORTED_TEXT: Final = "in the text that was exported: "

# The time of the last change, which every object must have, where nothing says when that was.
UNKNOWN_TIME: Final = "1970-01-01T00:00:00+00:00"
# The namespace of addresses, as RFC 9562 gives it.
_NAMESPACE_URL: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
URN: Final = "urn:curriculum:"
_PLAIN: Final = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?P<day>-[0-9]{2})?")


def is_of_reading(rule: str, severity: str) -> bool:
    """Return whether a finding is about how a text was read, so that it goes with a standard.

    Examples
    --------
    >>> [is_of_reading(rule, "error") for rule in ("uncertain-text", "reading", "undefined-code")]
    [True, True, False]
    >>> is_of_reading("reading", "note")
    False
    """
    return rule in _READING_RULES or (severity == "error" and rule in _READING_ERRORS)


def id_to_uri(name: str) -> str:
    """Return the URN of an id.

    Examples
    --------
    >>> id_to_uri("st0792-1.2:K7"), id_to_uri("my-list:A/1")
    ('urn:curriculum:st0792-1.2:K7', 'urn:curriculum:my-list:A%2F1')
    """
    return URN + "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in name.encode())


def uri_to_identifier(uri: str) -> str:
    """Return the identifier of what has this URN or address.

    Examples
    --------
    >>> uri_to_identifier("http://www.example.com/")
    'fcde3c85-2270-590f-9e7c-ee003d65e0e2'
    """
    data = bytearray(hashlib.sha1(_NAMESPACE_URL + uri.encode(), usedforsecurity=False).digest()[:16])
    data[6] = data[6] & 0x0F | 0x50
    data[8] = data[8] & 0x3F | 0x80
    digits = data.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def id_to_object(name: str) -> dict[str, str]:
    """Return the fields of an object that say which one it is: its identifier and its URN.

    Examples
    --------
    >>> id_to_object("baker:K1")
    {'identifier': 'c75046a4-1246-5b66-9a7e-983a06f26ae8', 'uri': 'urn:curriculum:baker:K1'}
    """
    uri = id_to_uri(name)
    return {IDENTIFIER: uri_to_identifier(uri), URI: uri}


def id_to_link(name: str, title: str) -> dict[str, str]:
    """Return the link to what has an id, as CASE writes links: title, identifier, uri.

    Examples
    --------
    >>> id_to_link("baker:K1", "How dough rises")["uri"]
    'urn:curriculum:baker:K1'
    """
    return {TITLE: title, **id_to_object(name)}


def date_to_time(date: str) -> str:
    """Return a date as the time of a last change; `UNKNOWN_TIME` if there is none.

    Examples
    --------
    >>> date_to_time("2024-09-02"), date_to_time("2012-06"), date_to_time("") == UNKNOWN_TIME
    ('2024-09-02T00:00:00+00:00', '2012-06-01T00:00:00+00:00', True)
    """
    found = _DATE.fullmatch(date)
    if not found:
        return UNKNOWN_TIME
    return f"{date if found['day'] else f'{date}-01'}T00:00:00+00:00"


def to_extension(**values: object) -> dict[str, Any]:
    """Return the field `extensions` with our values, those that are empty left out; empty if all are.

    Examples
    --------
    >>> to_extension(option="core", guid="")
    {'extensions': {'curriculum': {'option': 'core'}}}
    >>> to_extension(guid="")
    {}
    """
    kept = {name: value for name, value in values.items() if value not in ("", None, [], {})}
    return {EXTENSIONS: {EXTENSION: kept}} if kept else {}


def extension_of(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return our part of the extensions of an object; empty if it has none."""
    extensions = value.get(EXTENSIONS)
    extension = extensions.get(EXTENSION) if isinstance(extensions, Mapping) else None
    return extension if isinstance(extension, Mapping) else {}


def object_to_bytes(value: Mapping[str, Any]) -> bytes:
    """Return an object as a file of JSON: UTF-8, line feeds, the names in their order."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=_to_number) + "\n").encode()


def _to_number(value: Any) -> float | str:
    """Return a decimal number, as which JSON is read, as one that is written; as text if it is too large."""
    number = float(value)
    return number if math.isfinite(number) else str(value)
