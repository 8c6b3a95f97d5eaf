"""Codes with letters before them, such as AK1, AS1 and AB1: those of a second standard beside K1, S1 and B1.

The kinds of document know the letters K, S and B. A text whose list has further letters before them is parsed
with a stand-in for each of its codes (K101 for AK1), and all that is read of it gets the printed codes back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from curriculum.documents.document import Document
from curriculum.model.codes import code_to_sort_key, is_only_codes
from curriculum.model.vocabulary import KIND_OF_LETTERS
from curriculum.parsing.parse_findings import gap_findings
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding
from curriculum.parsing.statements import Statement

__all__ = ["StandIns", "document_to_stand_ins", "put_document", "restored_document"]

_Value = TypeVar("_Value")
# A label, or a code alone on its line or in its cell.
_LABEL = re.compile(
    r"[\s•*\-–+#>|\[(_`]{0,20}(?P<prefix>[A-Z]{1,3})(?P<letter>[KSB])(?P<number>\d{1,4})[\])_*`]{0,4}"
    r"(?:[:.)|\s–-].*)?"
)
_LIKE_STAND_IN = re.compile(r"(?<!\w)[KSB]\d{3,}")
_STAND_IN = re.compile(r"(?<!\w)(?P<letter>[KSB])(?P<place>[1-9])(?P<number>\d\d)(?!\w)")
_MOST_PREFIXES: Final = 9
_MOST_NUMBER: Final = 99
_LEAST_KINDS, _LEAST_CODES = 2, 3
_GAP_RULE: Final = "numbering-gap"


@dataclass(frozen=True)
class StandIns:
    """The letters before the codes of a text, and the codes that stand in for them while it is parsed.

    Examples
    --------
    >>> stand_ins = StandIns(("A",))
    >>> stand_ins.put("AK1: How hay is stored, as in K1.")
    'K101: How hay is stored, as in K1.'
    >>> stand_ins.restore("K101 is printed twice")
    'AK1 is printed twice'
    """

    prefixes: tuple[str, ...]

    def put(self, text: str) -> str:
        """Return a text with a stand-in for each code with letters before it."""
        for place, prefix in enumerate(self.prefixes, start=1):
            text = re.sub(
                rf"(?<!\w){prefix}([KSB])([1-9]\d?)(?!\w)",
                lambda found, place=place: f"{found[1]}{place}{int(found[2]):02}",  # type: ignore[misc]
                text,
            )
        return text

    def restore(self, text: str) -> str:
        """Return a text with the printed code for each stand-in."""
        return _STAND_IN.sub(self._to_printed, text)

    def _to_printed(self, found: re.Match[str]) -> str:
        place, number = int(found["place"]), int(found["number"])
        is_stand_in = place <= len(self.prefixes) and number > 0
        return f"{self.prefixes[place - 1]}{found['letter']}{number}" if is_stand_in else found[0]


def document_to_stand_ins(document: Document) -> StandIns | None:
    """Return the stand-ins for the codes with letters before them; None if a document has no list of them.

    A list has codes of at least two of knowledge, skills and behaviours with the same letters before them,
    each from 1: KS1, KS2 and KS3 alone are the key stages of schools.

    Parameters
    ----------
    document
        The document; official data have no codes of their own.
    """
    if document.record or document.case:
        return None
    found: dict[str, dict[str, set[int]]] = {}
    for line in document.lines:
        label = _LABEL.fullmatch(line)
        is_list = label is not None and len(line.split()) > 1 and is_only_codes(line)
        if label and not is_list and _can_be_prefix(label["prefix"]):
            of_prefix = found.setdefault(label["prefix"], {})
            of_prefix.setdefault(label["letter"], set()).add(int(label["number"]))
    prefixes = tuple(sorted(prefix for prefix, numbers in found.items() if _is_list(numbers)))
    has_like = any(_LIKE_STAND_IN.search(line) for line in document.lines)
    return StandIns(prefixes) if prefixes and len(prefixes) <= _MOST_PREFIXES and not has_like else None


def _can_be_prefix(letters: str) -> bool:
    """Return whether letters are no part of the codes that are known (TK1)."""
    return not any(f"{letters}{letter}" in KIND_OF_LETTERS for letter in "KSB")


def _is_list(numbers: dict[str, set[int]]) -> bool:
    is_long = sum(map(len, numbers.values())) >= _LEAST_CODES
    is_from_one = all(1 in found and max(found) <= _MOST_NUMBER for found in numbers.values())
    return is_long and is_from_one and len(numbers) >= _LEAST_KINDS


def put_document(document: Document, stand_ins: StandIns) -> Document:
    """Return a document with stand-ins for its codes with letters before them."""
    return replace(
        document,
        lines=tuple(map(stand_ins.put, document.lines)),
        cells=tuple(
            cell._replace(lines=tuple(line._replace(text=stand_ins.put(line.text)) for line in cell.lines))
            for cell in document.cells
        ),
    )


def restored_document(parsed: ParsedDocument, stand_ins: StandIns) -> ParsedDocument:
    """Return all that was read of a document with the codes as they are printed."""
    restored = _restored(parsed, stand_ins)
    statements = _in_order(restored.statements)
    findings = [row for row in restored.findings if row.rule != _GAP_RULE]
    findings += gap_findings(statements, stand_ins.prefixes)
    return replace(
        restored, statements=statements, findings=_sorted(findings), code_prefixes=stand_ins.prefixes
    )


def _restored(value: _Value, stand_ins: StandIns) -> _Value:
    """Return a value with the printed codes in each of its texts."""
    restored: Any = value
    if isinstance(value, str):
        restored = stand_ins.restore(value)
    elif isinstance(value, tuple):
        items = [_restored(item, stand_ins) for item in value]
        restored = type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: _restored(getattr(value, field.name), stand_ins) for field in fields(value)}
        restored = replace(value, **changed)
    return restored  # type: ignore[no-any-return]


def _in_order(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return statements in the order of their codes: those with letters before them after all others."""
    ordered = sorted(statements, key=lambda row: code_to_sort_key(row.code))
    return tuple(row._replace(position=position) for position, row in enumerate(ordered, start=1))


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(findings), key=lambda row: (row.line, row.rule, row.message)))
