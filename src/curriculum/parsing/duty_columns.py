"""Pair KSBs with the duties that a column beside them names, as far as the document has those duties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from curriculum.model.code_lists import find_codes, is_without_codes
from curriculum.model.codes import code_to_sort_key
from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_title_key
from curriculum.parsing.column_headings import heading_to_letters, is_code_heading, is_list_heading
from curriculum.parsing.further_columns import FURTHER_COLUMNS, is_duty_heading, is_duty_list
from curriculum.parsing.rows import Detail, DutyKsb, Finding, Rows, join_rows

__all__ = ["with_duty_columns"]

_SHOWN = 3
_DUTY_CODE = re.compile(r"D\d+")
# The heading of a column that is of one duty, as in a grid of duties and KSBs.
_ONE_DUTY = re.compile(r"(?:duty|d) ?0*(?P<number>[1-9]\d{0,2})\b")
# Codes of criteria for a distinction are D1, D2 too.
_CRITERIA_HEADING = re.compile(r"\b(?:distinctions?|criteria|criterion|grades?|grading)\b")
_NUMBER_OR_RANGE = re.compile(
    r"0*(?P<first>\d{1,3})[.:]?(?:\s*(?:to|–|—|-)\s*(?:duty |d)?0*(?P<last>\d{1,3}))?"
)
_DASHES = re.compile(r"(?:to|[–—-])\s*(?:duty |d)?\d{1,3}\s*(?:to|[–—-])")
_TICKS = frozenset(("x", "y", "yes", "✓", "✔", "☑", "☒", "■", "●", "√"))
_UNTICKED = frozenset(("n", "no", "☐", "□"))


@dataclass
class _Reading:
    """What was read of the cells that name duties: pairs, duties that there are not, cells without a list."""

    pairs: list[DutyKsb] = field(default_factory=list)
    unknown: dict[str, Detail] = field(default_factory=dict)
    unread: list[Detail] = field(default_factory=list)


def with_duty_columns(rows: Rows) -> Rows:
    """Return the rows of a document with the pairs that columns of duties beside its KSBs name.

    A duty that the document does not have makes no pair: an error names it, and the cell stays a detail. So
    it is with a cell that is no list of duties.
    """
    further = [detail for detail in rows.details if detail.section == FURTHER_COLUMNS]
    cells = [detail for detail in further if _names_duties(detail)]
    rows = join_rows([rows, Rows(findings=tuple(_unread_codes(further, rows)))])
    if not cells:
        return rows
    reading = _read(cells, rows)
    findings = (*_unread_findings(cells, reading, rows), *_differing_findings(cells, reading, rows))
    if reading.pairs:
        kept = tuple(row for row in rows.findings if row.rule != "no-pairs" or row.severity == "error")
        rows = replace(rows, findings=kept)
    return join_rows([rows, Rows(duty_ksbs=tuple(reading.pairs), findings=findings)])


def _column(detail: Detail) -> str:
    return detail.name.partition(": ")[2]


def _names_duties(detail: Detail) -> bool:
    """Return whether a cell beside a statement names duties."""
    owner, _, column = detail.name.partition(": ")
    key = text_to_title_key(column)
    is_list = is_duty_list(detail.value) and not _CRITERIA_HEADING.search(key)
    is_named = is_duty_heading(column) or _ONE_DUTY.match(key) is not None
    return not _DUTY_CODE.fullmatch(owner) and (is_named or is_list)


def _unread_codes(further: Sequence[Detail], rows: Rows) -> Iterator[Finding]:
    """Yield an error for codes in a cell of a duty that is no list of them, so that its pairs are lost."""
    pairs = {(row.duty, row.code) for row in rows.duty_ksbs}
    for detail in further:
        owner, column = detail.name.partition(": ")[0], _column(detail)
        is_of_codes = is_list_heading(column) or is_code_heading(column) or heading_to_letters(column) != ""
        named = {(owner, found.code) for found in find_codes(detail.value, in_text=True)}
        if _DUTY_CODE.fullmatch(owner) and is_of_codes and named - pairs:
            message = (
                f"{owner} has codes in “{column}” that are no list, and no pair is written from them: "
                f"“{text_to_shortened(detail.value, 40)}”"
            )
            yield Finding("not-in-a-table", detail.first_line, "error", message)


def _read(cells: Sequence[Detail], rows: Rows) -> _Reading:
    defined = {row.code for row in rows.duties}
    statements = {row.code for row in rows.occurrences}
    reading = _Reading()
    for cell in cells:
        owner = cell.name.partition(": ")[0]
        duties = _cell_to_duties(_column(cell), cell.value) if owner in statements else None
        if duties is None:
            reading.unread.append(cell)
            continue
        for duty in duties:
            if duty in defined:
                reading.pairs.append(DutyKsb(duty, owner, cell.first_line, cell.last_line))
            else:
                reading.unknown.setdefault(duty, cell)
    return reading


def _cell_to_duties(column: str, text: str) -> tuple[str, ...] | None:
    """Return the codes of the duties that a cell names; None if it is no list of them.

    Examples
    --------
    >>> _cell_to_duties("Duties", "1, 3"), _cell_to_duties("Duties", "D2 to D4"), _cell_to_duties("Duty", "-")
    (('D1', 'D3'), ('D2', 'D3', 'D4'), ())
    >>> _cell_to_duties("Duty 2", "x"), _cell_to_duties("Duties", "All of them"), _cell_to_duties("Map", "D1")
    (('D2',), None, None)
    """
    of_duty = _ONE_DUTY.match(text_to_title_key(column))
    if is_without_codes(text) or (of_duty and text.casefold() in _UNTICKED):
        return ()
    if of_duty and text.casefold() in _TICKS:
        return (f"D{int(of_duty['number'])}",)
    are_duties = is_duty_heading(column) or "dut" in text.casefold()
    if of_duty or not are_duties or not is_duty_list(text, are_numbers=True):
        return None
    found = list(_NUMBER_OR_RANGE.finditer(text.casefold()))
    ranges = [(int(part["first"]), int(part["last"] or part["first"])) for part in found]
    # “D1 - D3 - D5” and “D3 to D1” can be lists or ranges.
    is_unclear = _DASHES.search(text.casefold()) or any(last < first for first, last in ranges)
    return None if is_unclear else tuple(f"D{n}" for first, last in ranges for n in range(first, last + 1))


def _unread_findings(cells: Sequence[Detail], reading: _Reading, rows: Rows) -> Iterator[Finding]:
    """Yield an error for what names duties and is in no pair."""
    if reading.unread or reading.unknown:
        names = dict.fromkeys(f"“{_column(cell)}”" for cell in cells)
        columns = f"the column{'s' if len(names) > 1 else ''} {names_to_phrase(names)} beside KSBs"
        message = f"{columns} name{'' if len(names) > 1 else 's'} duties: {_why(reading, rows)}"
        first = min(cell.first_line for cell in (*reading.unread, *reading.unknown.values()))
        yield Finding("not-in-a-table", first, "error", message)


def _why(reading: _Reading, rows: Rows) -> str:
    if not rows.duties:
        return "the file has no duties with their wordings, so no pair is written. The cells are details"
    unknown = sorted(reading.unknown, key=code_to_sort_key)
    parts = []
    if unknown:
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        shown = f"{', '.join(unknown[:_SHOWN])}{more}" if more else names_to_phrase(unknown)
        parts.append(f"{shown} {'is' if len(unknown) == 1 else 'are'} no {_duties(unknown)} of the file")
    if reading.unread:
        shown = names_to_phrase(
            f"“{text_to_shortened(cell.value, 40)}” (line {cell.first_line})"
            for cell in reading.unread[:_SHOWN]
        )
        more = f" and {len(reading.unread) - _SHOWN} more" if len(reading.unread) > _SHOWN else ""
        parts.append(f"{shown}{more} {'is no list' if len(reading.unread) == 1 else 'are no lists'} of them")
    return f"{'; '.join(parts)}. No pair is written for what is not told, and the cells are details"


def _duties(codes: Sequence[str]) -> str:
    return "duty" if len(codes) == 1 else "duties"


def _differing_findings(cells: Sequence[Detail], reading: _Reading, rows: Rows) -> Iterator[Finding]:
    """Yield a warning if lists of KSBs below the duties say something else than the columns of duties."""
    owners = {cell.name.partition(": ")[0] for cell in cells}
    listed = {(row.duty, row.code) for row in rows.duty_ksbs if row.code in owners}
    named = {(row.duty, row.code) for row in reading.pairs}
    differing = sorted(listed ^ named, key=lambda pair: (_number(pair[0]), code_to_sort_key(pair[1])))
    if listed and named and differing:
        shown = names_to_phrase(f"{duty} with {code}" for duty, code in differing[:_SHOWN])
        more = f" and {len(differing) - _SHOWN} more" if len(differing) > _SHOWN else ""
        message = f"{shown}{more}: such pairs are in the lists of the duties or beside the KSBs, not in both"
        first = min(row.first_line for row in reading.pairs)
        yield Finding("pairs-differ", first, "warning", message)


def _number(duty: str) -> int:
    return int(duty[1:])
