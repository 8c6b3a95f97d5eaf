"""Duties that a statement names behind its wording: “K1: How hay is stored. (Duties 1, 2)”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from curriculum.model.text import names_to_phrase
from curriculum.parsing.further_columns import is_duty_list
from curriculum.parsing.rows import DutyKsb, Finding, Occurrence, Rows, join_rows

__all__ = ["with_duties_behind"]

_BEHIND: Final = re.compile(r"(?P<text>.*\S)\s*[(\[](?P<duties>[^()\[\]]{1,200})[)\]]\s*\.?")
_DUTY_WORD: Final = re.compile(r"D\d{1,2}|dut(?:y|ies)", re.IGNORECASE)
_NUMBER_WORD: Final = re.compile(r"\d{1,2}(?:[–-]\d{1,2})?|and|to|&|[–-]")
_LONGEST_END: Final = 80
_NUMBERS: Final = re.compile(
    r"(?P<first>\d{1,3})(?:\s*(?:-|–|\bto\b)\s*(?:duty |d)?(?P<last>\d{1,3}))?", re.IGNORECASE
)


class _Split(NamedTuple):
    """A statement without the duties behind it, and the codes of these."""

    statement: Occurrence
    duties: tuple[str, ...]


def with_duties_behind(rows: Rows) -> Rows:
    """Return rows in which the duties behind wordings are pairs, and are in no wording.

    If a document prints no duties, its wordings stay as they are, and a warning says so. A duty that is
    named and printed nowhere is an error.
    """
    rows = join_rows([rows, Rows(findings=tuple(_unread_duties(rows)))])
    splits = [_split(row) for row in rows.occurrences]
    named = [found for found in splits if found.duties]
    if not named:
        return rows
    first = named[0].statement.first_line
    if not rows.duties:
        message = (
            f"{len(named)} of {len(splits)} statements name duties behind them, and the text prints no duty: "
            "these stay in the wordings, and no pair is read"
        )
        return join_rows([rows, Rows(findings=(Finding("no-pairs", first, "warning", message),))])
    known = {row.code for row in rows.duties}
    paired = {(row.duty, row.code) for row in rows.duty_ksbs}
    pairs = tuple(
        DutyKsb(duty, found.statement.code, found.statement.first_line, found.statement.last_line)
        for found in named
        for duty in found.duties
        if duty in known and (duty, found.statement.code) not in paired
    )
    unknown = dict.fromkeys(duty for found in named for duty in found.duties if duty not in known)
    findings = (Finding("no-pairs", first, "error", _unknown_message([*unknown])),) if unknown else ()
    statements = Rows(occurrences=tuple(found.statement for found in splits))
    return join_rows(
        [
            replace(rows.without_occurrences(), duty_ksbs=(*rows.duty_ksbs, *pairs)),
            statements,
            Rows(findings=findings),
        ]
    )


def _unknown_message(duties: Sequence[str]) -> str:
    is_one = len(duties) == 1
    are_printed, them = ("is a duty that is", "it") if is_one else ("are duties that are", "them")
    names = names_to_phrase(duties)
    return f"{names}, named behind statements, {are_printed} printed nowhere: no pair is read of {them}"


def _unread_duties(rows: Rows) -> Iterator[Finding]:
    """Yield an error for each statement with duties of the document behind it that are not in brackets."""
    known = {row.code for row in rows.duties}
    paired = {row.code for row in rows.duty_ksbs}
    for row in rows.occurrences:
        end, duties = _text_to_last_duties(row.text)
        if known.intersection(duties) and row.code not in paired:
            message = (
                f"the wording of {row.code} ends in “{end}”, which is read as words: if these are duties, "
                "put them in brackets"
            )
            yield Finding("codes-in-wording", row.first_line, "error", message)


def _text_to_last_duties(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the duties at the end of a text without brackets: as printed, and their codes.

    Examples
    --------
    >>> _text_to_last_duties("Fire a kiln. Duties 1, 3"), _text_to_last_duties("Trim a pot D2 D4")
    (('Duties 1, 3', ('D1', 'D3')), ('D2 D4', ('D2', 'D4')))
    >>> _text_to_last_duties("Carry out all duties"), _text_to_last_duties("Count to 20")
    (('', ()), ('', ()))
    """
    words = text[-_LONGEST_END:].rstrip(" .").split()
    plain = [word.strip(",;") for word in words]
    is_duty = [_DUTY_WORD.fullmatch(word) is not None for word in plain]
    is_part = [is_one or _NUMBER_WORD.fullmatch(word) for is_one, word in zip(is_duty, plain, strict=True)]
    start = max((at for at, is_one in enumerate(is_part, start=1) if not is_one), default=0)
    start = next((at for at in range(start, len(words)) if is_duty[at]), len(words))
    codes = [
        f"D{int(found[0])}" for word in plain[start:] for found in [re.search(r"\d{1,2}", word)] if found
    ]
    return (" ".join(words[start:]), tuple(codes)) if codes and start else ("", ())


def _split(row: Occurrence) -> _Split:
    """Split a statement from the duties behind it.

    Examples
    --------
    >>> _split(Occurrence("K1", "KSBs", "Hay (Duties 1 to 3, 5).", 4, 4)).duties
    ('D1', 'D2', 'D3', 'D5')
    >>> _split(Occurrence("K1", "KSBs", "The duty of care (Act of 2005)", 4, 4)).duties
    ()
    """
    found = _BEHIND.fullmatch(row.text)
    if not found or not is_duty_list(found["duties"].replace(":", " ")):
        return _Split(row, ())
    numbers: list[int] = []
    for part in _NUMBERS.finditer(found["duties"]):
        first, last = int(part["first"]), int(part["last"] or part["first"])
        numbers += range(first, last + 1) if first <= last else (first, last)
    duties = dict.fromkeys(f"D{number}" for number in numbers)
    return _Split(row._replace(text=found["text"]), tuple(duties))
