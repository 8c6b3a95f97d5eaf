"""The findings of an official record: what is odd in its values, and in its versions in the same file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from curriculum.documents.document import Document
from curriculum.documents.record import OtherVersion
from curriculum.model.text import names_to_phrase
from curriculum.parsing.rows import Finding

__all__ = ["record_to_findings"]

_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")
_LONGEST_GAP = 1_000


def record_to_findings(document: Document) -> Iterator[Finding]:
    """Yield what is odd in a record, and where its versions do not meet the rules of the department."""
    if document.record is None:
        return
    for remark in document.record.remarks:
        yield Finding(remark.rule, remark.line, remark.severity, remark.message)
    for message in _versions_to_messages(document.versions):
        yield Finding("record-quality", 0, "warning", message)


def _versions_to_messages(versions: Sequence[OtherVersion]) -> Iterator[str]:
    """Yield where the versions of a standard have gaps, are approved twice, or change the title of an option.

    Examples
    --------
    >>> list(_versions_to_messages([OtherVersion("1.0", "Retired", ()), OtherVersion("1.2", "Retired", ())]))
    ['the file has the versions 1.0 and 1.2 of this standard, but not 1.1']
    """
    counts = Counter(row.version for row in versions)
    for version, count in counts.items():
        if count > 1:
            yield f"the file has {count} records of version {version or '(none)'}"
    yield from _gaps_to_messages([version for version in counts if version])
    approved = [row.version for row in versions if row.status.casefold().startswith("approved")]
    if len(approved) > 1:
        yield f"{len(approved)} versions are approved at the same time: {names_to_phrase(approved)}"
    titles: dict[str, dict[str, None]] = {}
    for row in versions:
        for option in dict(row.options):
            same = names_to_phrase(title for other, title in row.options if other == option)
            titles.setdefault(option, {})[same] = None
    for found in titles.values():
        if len(found) > 1:
            yield f"the title of an option changes between versions: {'; '.join(found)}"


def _gaps_to_messages(versions: Sequence[str]) -> Iterator[str]:
    numbers = [(int(found[1]), int(found[2])) for text in versions if (found := _VERSION.fullmatch(text))]
    for major in sorted({number[0] for number in numbers}):
        minors = [number[1] for number in numbers if number[0] == major]
        last = min(max(minors), min(minors) + _LONGEST_GAP)
        missing = sorted(set(range(min(minors), last)) - set(minors))
        if missing:
            shown = names_to_phrase(f"{major}.{minor}" for minor in sorted(minors))
            absent = names_to_phrase(f"{major}.{minor}" for minor in missing[:10])
            yield f"the file has the versions {shown} of this standard, but not {absent}"
