"""New columns for the codes of a sheet, or rewritten cells; and the audit, with a row for each code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import LIST, FoundCode, is_code_like
from curriculum.model.codes import code_to_sort_key
from curriculum.model.text import text_to_squashed
from curriculum.remapping.layout import CodeColumn
from curriculum.remapping.outcomes import CodeOutcome
from curriculum.spreadsheets.tracker import CODES, PLAIN, AddedColumn, Cell, Replacement, Sheet, cell_name
from curriculum.tables.plain_rows import Row

__all__ = ["Audit", "CellRemap", "cell_remapper", "column_to_added", "column_to_rewritten", "marked_as_old"]

_OPEN: Final = frozenset((v.REVIEW, v.UNKNOWN, v.NOT_READ))
_GRAVITY: Final = {outcome: rank for rank, outcome in enumerate(v.OUTCOMES)}
_LONGEST_SEPARATOR: Final = 4
_LONGEST_WRITTEN: Final = 60
# Widths in characters of the new columns: codes, outcome, note.
_WIDTHS: Final = (18.0, 12.0, 44.0)


@dataclass(frozen=True)
class CellRemap:
    """The outcomes of the codes of a cell, its new codes, the gravest outcome, and a note."""

    code_outcomes: tuple[CodeOutcome, ...]
    new_codes: str
    outcome: str
    note: str


class Audit(Sequence[Row]):
    """A row for each code that was found, stored by column as there can be a million rows."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in v.AUDIT_COLUMNS}

    def __len__(self) -> int:
        return len(self.columns[v.CODE])

    def __iter__(self) -> Iterator[Row]:
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, values, strict=True))

    @overload
    def __getitem__(self, position: int) -> Row: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[Row]: ...

    def __getitem__(self, position: int | slice) -> Row | Sequence[Row]:
        if isinstance(position, slice):
            return [self[at] for at in range(len(self))[position]]
        return {name: values[position] for name, values in self.columns.items()}

    def open_outcomes(self) -> Iterator[str]:
        """Yield the outcome of each code, and of each cell that was not read, that nobody has decided on."""
        for outcome, decided_by in zip(self.columns[v.OUTCOME], self.columns[v.DECIDED_BY], strict=True):
            if not decided_by and outcome in _OPEN:
                yield outcome

    def add(self, sheet: str, cell: str, found: FoundCode, code_outcome: CodeOutcome) -> None:
        """Add a code."""
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
        """Add a filled cell that was not read; its text is kept only if it looks like codes."""
        written = text_to_squashed(text)[:_LONGEST_WRITTEN] if is_code_like(text) else ""
        self._add(sheet, cell, written, "", v.NOT_READ, "", "", float("nan"), "")

    def _add(self, *row: object) -> None:
        for values, value in zip(self.columns.values(), row, strict=True):
            values.append(value)


def cell_remapper(
    to_outcome: Callable[[FoundCode], CodeOutcome],
) -> Callable[[tuple[FoundCode, ...]], CellRemap]:
    """Return a function that remaps the codes of a cell; it keeps its results."""
    remapped: dict[tuple[FoundCode, ...], CellRemap] = {}

    def remap(found: tuple[FoundCode, ...]) -> CellRemap:
        cell_remap = remapped.get(found)
        if cell_remap is None:
            cell_remap = remapped[found] = _remap_cell(tuple(map(to_outcome, found)))
        return cell_remap

    return remap


def _remap_cell(code_outcomes: tuple[CodeOutcome, ...]) -> CellRemap:
    codes = {code for code_outcome in code_outcomes for code in code_outcome.new_codes}
    # Codes of other schemes and duties share a sort key.
    new_codes = sorted(codes, key=lambda code: (code_to_sort_key(code), len(code), code))
    notes = dict.fromkeys(code_outcome.note for code_outcome in code_outcomes if code_outcome.note)
    gravest = max((code_outcome.outcome for code_outcome in code_outcomes), key=_GRAVITY.__getitem__)
    return CellRemap(code_outcomes, ", ".join(new_codes), gravest, "; ".join(notes))


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
        A function that remaps the codes of a cell.
    rows
        The rows that are remapped; others stay empty.
    headers
        The headers of the new columns.
    """
    remapped = {row: remap(found) for row, found in column.cells.items() if row in rows}
    unread = {row: why for row, why in column.unread.items() if row in rows}
    values: tuple[dict[int, str | Cell], ...] = (
        {row: cell_remap.new_codes for row, cell_remap in remapped.items()},
        {
            **{row: cell_remap.outcome for row, cell_remap in remapped.items()},
            **dict.fromkeys(unread, v.NOT_READ),
        },
        {**{row: cell_remap.note for row, cell_remap in remapped.items()}, **unread},
    )
    at = column.header_row
    new_codes, outcome, note = (
        AddedColumn({**({at: header} if at else {}), **cells}, column.column, width, look, at)
        for header, cells, width, look in zip(headers, values, _WIDTHS, (CODES, PLAIN, PLAIN), strict=True)
    )
    return new_codes, outcome, note


def column_to_audit(
    column: CodeColumn,
    remap: Callable[[tuple[FoundCode, ...]], CellRemap],
    rows: Collection[int],
    sheet: Sheet,
    audit: Audit,
) -> None:
    """Add every code of a column to the audit, and every filled cell that was not read."""
    for row in sorted({*column.cells, *column.unread} & set(rows)):
        cell = cell_name(row, column.column)
        if row in column.unread:
            audit.add_unread(column.sheet, cell, sheet.rows[row].get(column.column, Cell("")).text)
            continue
        found = column.cells[row]
        for found_code, code_outcome in zip(found, remap(found).code_outcomes, strict=True):
            audit.add(column.sheet, cell, found_code, code_outcome)


def column_to_rewritten(
    column: CodeColumn,
    remap: Callable[[tuple[FoundCode, ...]], CellRemap],
    rows: Collection[int],
    texts: Mapping[int, str],
    old: str,
) -> Iterator[tuple[tuple[int, int], tuple[Replacement, ...]]]:
    """Yield the replacements in the cells of a column, with their row and column.

    A code that is not settled, or that is withdrawn, stays and is marked with its version: beside new codes
    it would look like one of them. A cell that was not read, or only in part, is marked after its text.
    """
    for row, found in column.cells.items():
        if row in rows:
            is_sure = all(found_code.is_sure for found_code in found)
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
    """Return the replacement that marks a whole cell with its version."""
    end = len(text.rstrip())
    return (Replacement(end, end, f" [{old}: {outcome}]"),)


def _replacements(
    text: str, found: Sequence[FoundCode], code_outcomes: Sequence[CodeOutcome], old: str
) -> Iterator[Replacement]:
    """Yield a replacement for each code or range of a cell; in a plain list a new code appears once."""
    separator = _separator(text, found)
    done: set[str] = set()
    end = 0
    for start, next_end in dict.fromkeys((found_code.start, found_code.end) for found_code in found):
        outcomes_of_code = [
            code_outcome
            for found_code, code_outcome in zip(found, code_outcomes, strict=True)
            if found_code.start == start
        ]
        texts = [
            new_text for code_outcome in outcomes_of_code for new_text in _outcome_to_texts(code_outcome, old)
        ]
        new_texts = [code for code in dict.fromkeys(texts) if code not in done]
        done.update(new_texts)
        # A bracket between two codes may be closed after the second.
        is_repeated = not new_texts and found[0].form == LIST and not set(text[end:start]) & set("()[]{}")
        if is_repeated and end:
            # The cell has this code already: the sign before it is removed too.
            yield Replacement(end, next_end, "")
        elif text[start:next_end] != separator.join(new_texts or texts):
            yield Replacement(start, next_end, separator.join(new_texts or texts))
        end = next_end


def _outcome_to_texts(code_outcome: CodeOutcome, old: str) -> tuple[str, ...]:
    if code_outcome.new_codes:
        return code_outcome.new_codes
    is_none = code_outcome.outcome == v.UNKNOWN and bool(code_outcome.decided_by)
    return (code_outcome.code if is_none else f"{code_outcome.code} [{old}: {code_outcome.outcome}]",)


def _separator(text: str, found: Sequence[FoundCode]) -> str:
    """Return the separator of the codes of a cell, so that new codes are separated in the same way."""
    if len(found) < 2 or found[0].end > found[1].start:
        return ", "
    between = text[found[0].end : found[1].start]
    is_sign = 0 < len(between) <= _LONGEST_SEPARATOR and not any(
        sign.isalnum() or sign in "()[]*" for sign in between
    )
    return between if is_sign else ", "
