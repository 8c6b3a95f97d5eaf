"""New columns for the codes of a sheet, or its cells rewritten; each code found leaves a row in the audit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import LIST, FoundCode, is_code_like
from curriculum.model.codes import code_to_sort_key
from curriculum.model.text import text_to_squashed
from curriculum.remapping.layout import CodeColumn
from curriculum.remapping.outcomes import CodeOutcome
from curriculum.spreadsheets.tracker import CODES, PLAIN, AddedColumn, Cell, Replacement, Sheet, cell_name

__all__ = ["Audit", "CellRemap", "cell_remapper", "column_to_added", "column_to_rewritten", "marked_as_old"]

_GRAVITY: Final = {outcome: rank for rank, outcome in enumerate(v.OUTCOMES)}
_LONGEST_SEPARATOR: Final = 4
_LONGEST_WRITTEN: Final = 60
# Widths in characters of the new columns: codes, outcome, note.
_WIDTHS: Final = (18.0, 12.0, 44.0)


@dataclass(frozen=True)
class CellRemap:
    """What becomes of the codes of a cell: of each, the new codes, the gravest outcome, and a note."""

    code_outcomes: tuple[CodeOutcome, ...]
    new_codes: str
    outcome: str
    note: str


class Audit:
    """The log: a row for each code found, kept by column as there can be a million."""

    def __init__(self) -> None:
        self.columns: dict[str, list[object]] = {name: [] for name in v.AUDIT_COLUMNS}

    def add(self, sheet: str, cell: str, found: FoundCode, code_outcome: CodeOutcome) -> None:
        """Log one code."""
        self._add(
            sheet,
            cell,
            found.written,
            found.code,
            code_outcome.outcome,
            ", ".join(code_outcome.new_codes),
            code_outcome.relation,
            code_outcome.confidence,
            code_outcome.decided_by,
        )

    def add_unread(self, sheet: str, cell: str, text: str) -> None:
        """Log a filled cell that was not read; of its text no more than looks like codes."""
        written = text_to_squashed(text)[:_LONGEST_WRITTEN] if is_code_like(text) else ""
        self._add(sheet, cell, written, "", v.NOT_READ, "", "", float("nan"), "")

    def _add(self, *row: object) -> None:
        for held, value in zip(self.columns.values(), row, strict=True):
            held.append(value)


def cell_remapper(
    settle: Callable[[FoundCode], CodeOutcome],
) -> Callable[[tuple[FoundCode, ...]], CellRemap]:
    """Return what remaps the codes of a cell; cells with the same codes are remapped once."""
    held: dict[tuple[FoundCode, ...], CellRemap] = {}

    def remap(found: tuple[FoundCode, ...]) -> CellRemap:
        own = held.get(found)
        if own is None:
            own = held[found] = _remap_cell(tuple(map(settle, found)))
        return own

    return remap


def _remap_cell(code_outcomes: tuple[CodeOutcome, ...]) -> CellRemap:
    codes = {code for one in code_outcomes for code in one.new_codes}
    # Codes of other schemes, and duties, have one key between them.
    news = sorted(codes, key=lambda code: (code_to_sort_key(code), len(code), code))
    notes = dict.fromkeys(one.note for one in code_outcomes if one.note)
    gravest = max((one.outcome for one in code_outcomes), key=_GRAVITY.__getitem__)
    return CellRemap(code_outcomes, ", ".join(news), gravest, "; ".join(notes))


def column_to_added(
    column: CodeColumn,
    remap: Callable[[tuple[FoundCode, ...]], CellRemap],
    rows: Collection[int],
    headers: Sequence[str],
) -> tuple[AddedColumn, AddedColumn, AddedColumn]:
    """Return the new columns of a column of codes: the new codes, the outcome, and a note.

    Parameters
    ----------
    column
        The column.
    remap
        What becomes of the codes of a cell.
    rows
        The rows that are remapped; others stay empty.
    heads
        The headings of the new columns.
    """
    remapped = {row: remap(found) for row, found in column.cells.items() if row in rows}
    unread = {row: why for row, why in column.unread.items() if row in rows}
    values: tuple[dict[int, str | Cell], ...] = (
        {row: one.new_codes for row, one in remapped.items()},
        {**{row: one.outcome for row, one in remapped.items()}, **dict.fromkeys(unread, v.NOT_READ)},
        {**{row: one.note for row, one in remapped.items()}, **unread},
    )
    at = column.header_row
    new_codes, outcome, note = (
        AddedColumn({**({at: header} if at else {}), **own}, column.column, width, look, at)
        for header, own, width, look in zip(headers, values, _WIDTHS, (CODES, PLAIN, PLAIN), strict=True)
    )
    return new_codes, outcome, note


def column_to_audit(
    column: CodeColumn,
    remap: Callable[[tuple[FoundCode, ...]], CellRemap],
    rows: Collection[int],
    sheet: Sheet,
    audit: Audit,
) -> None:
    """Log every code of a column, and every filled cell of it that was not read."""
    for row in sorted({*column.cells, *column.unread} & set(rows)):
        cell = cell_name(row, column.column)
        if row in column.unread:
            audit.add_unread(column.sheet, cell, sheet.rows[row].get(column.column, Cell("")).text)
            continue
        found = column.cells[row]
        for one, code_outcome in zip(found, remap(found).code_outcomes, strict=True):
            audit.add(column.sheet, cell, one, code_outcome)


def column_to_rewritten(
    column: CodeColumn,
    remap: Callable[[tuple[FoundCode, ...]], CellRemap],
    rows: Collection[int],
    texts: Mapping[int, str],
    old: str,
) -> Iterator[tuple[tuple[int, int], tuple[Replacement, ...]]]:
    """Yield what is rewritten in the cells of a column, by row and column.

    A code that is not settled, or withdrawn, stays and is marked with the version that it is of: beside new
    codes it would be taken for one. So is, behind its text, a cell that was not read, or only in part.
    """
    for row, found in column.cells.items():
        if row in rows:
            is_sure = all(one.is_sure for one in found)
            replaced = (
                tuple(_replacements(texts[row], found, remap(found).code_outcomes, old))
                if is_sure
                else marked_as_old(texts[row], old, v.REVIEW)
            )
            if replaced:
                yield (row, column.column), replaced
    for row in sorted(column.unread.keys() & texts.keys() & set(rows)):
        yield (row, column.column), marked_as_old(texts[row], old, v.NOT_READ)


def marked_as_old(text: str, old: str, outcome: str) -> tuple[Replacement, ...]:
    """Return what marks a whole cell with the version that it is of."""
    end = len(text.rstrip())
    return (Replacement(end, end, f" [{old}: {outcome}]"),)


def _replacements(
    text: str, found: Sequence[FoundCode], code_outcomes: Sequence[CodeOutcome], old: str
) -> Iterator[Replacement]:
    """Yield a replacement for each code, or each range, of a cell; in a plain list a new code stands once."""
    separator = _separator(text, found)
    done: set[str] = set()
    end = 0
    for start, own_end in dict.fromkeys((one.start, one.end) for one in found):
        own = [s for one, s in zip(found, code_outcomes, strict=True) if one.start == start]
        told = [told for one in own for told in _told(one, old)]
        news = [code for code in dict.fromkeys(told) if code not in done]
        done.update(news)
        # A bracket between two codes may be closed behind the second.
        is_repeated = not news and found[0].form == LIST and not set(text[end:start]) & set("()[]{}")
        if is_repeated and end:
            # Of a code that stands there already, the sign before it goes too.
            yield Replacement(end, own_end, "")
        elif text[start:own_end] != separator.join(news or told):
            yield Replacement(start, own_end, separator.join(news or told))
        end = own_end


def _told(one: CodeOutcome, old: str) -> tuple[str, ...]:
    if one.new_codes:
        return one.new_codes
    is_none = one.outcome == v.UNKNOWN and bool(one.decided_by)
    return (one.code if is_none else f"{one.code} [{old}: {one.outcome}]",)


def _separator(text: str, found: Sequence[FoundCode]) -> str:
    """Return what parts the codes of a cell, so that more of them look the same."""
    if len(found) < 2 or found[0].end > found[1].start:
        return ", "
    between = text[found[0].end : found[1].start]
    is_sign = 0 < len(between) <= _LONGEST_SEPARATOR and not any(
        sign.isalnum() or sign in "()[]*" for sign in between
    )
    return between if is_sign else ", "
