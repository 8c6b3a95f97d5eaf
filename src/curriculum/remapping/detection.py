"""Find the codes of a sheet: in columns of code lists, in headers, or as type and number in two columns.

A column is chosen by its header and by what most of its cells have. A text that only may be a code is not
certain: it is never rewritten, and the user is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import DOUBTFUL, ENDING, INSIDE, LIST, FoundCode, find_codes, is_code_like
from curriculum.model.text import text_to_squashed
from curriculum.remapping.column_headers import (
    header_to_letters,
    name_to_columns,
    name_to_letters,
    names_codes,
    names_remarks,
    names_something_else,
)
from curriculum.remapping.layout import CodeColumn, Layout, SkippedColumn, column_name
from curriculum.remapping.matrix_headers import TOP, Finder, header_to_remapped, is_list, sheet_to_matrix
from curriculum.remapping.number_columns import NumberColumn, sheet_to_numbers, sheet_to_typed
from curriculum.remapping.unread_cells import column_to_unread
from curriculum.spreadsheets.tracker import FORMULA, NUMBER, TEXT, Cell, Sheet

__all__ = [
    "Finder",
    "header_to_remapped",
    "sheet_to_layout",
    "text_finder",
]

# The share of the filled cells of a column that must have codes.
_LEAST_SHARE, _LEAST_LIST_SHARE = 0.4, 0.5
_DUTY, _CRITERION = "D", "P"
_LONGEST_HEADER: Final = 40
_KIND_HEADER: Final = re.compile(r"\b(?:ksbs?|knowledge|skills?|behaviou?rs?)\b", re.IGNORECASE)
_USUAL_CODE: Final = re.compile(r"(?:TK|TS|ESB|[KSBPD])[1-9]\d{0,2}")
_LIST_SIGNS: Final = frozenset(",;/&+")
# The rest of a cell with a code: a kind whose number is missing (K1 S), or a code of another scheme (LO1).
_REST_OF_CODES: Final = re.compile(r"^\W{0,3}(?:TK|TS|ESB|[KSB])s?\W{0,3}$|(?<!\w)[A-Z]{1,3}\d{1,3}(?!\w)")
_LONGEST_REST: Final = 12


@dataclass
class _Column:
    """What was found in a column below the header."""

    n_cells: int = 0
    n_lists: int = 0
    cells: dict[int, tuple[FoundCode, ...]] = field(default_factory=dict)


def text_finder(in_text: bool, known: Collection[str]) -> Finder:
    """Return a function that finds the codes of a text; it keeps its results."""
    codes_by_text: dict[str, tuple[FoundCode, ...]] = {}
    has_criteria = any(code.startswith(_CRITERION) for code in known)
    foreign = frozenset(
        code for code in known if [found_code.code for found_code in find_codes(code)] != [code]
    )

    def find(text: str) -> tuple[FoundCode, ...]:
        found = codes_by_text.get(text)
        if found is None:
            found = find_codes(text, in_text=in_text, known=foreign)
            if not has_criteria:
                # If a version has no criteria, "p4" is a page.
                found = _without_criteria(found, foreign)
            codes_by_text[text] = found
        return found

    return find


def _without_criteria(found: tuple[FoundCode, ...], foreign: Collection[str]) -> tuple[FoundCode, ...]:
    """Return codes without criteria; codes from a list with a criterion are not certain."""
    kept = tuple(
        found_code
        for found_code in found
        if not found_code.code.startswith(_CRITERION) or found_code.code in foreign
    )
    others = [found_code for found_code in found if found_code not in kept]
    is_unit = any(found_code.written[:1].isupper() for found_code in others)
    if is_unit and all(found_code.form == LIST for found_code in found):
        return tuple(found_code._replace(form=DOUBTFUL, is_sure=False) for found_code in kept)
    return kept


def sheet_to_layout(
    sheet: Sheet, finder: Finder, known: Collection[str], old: str, chosen: Sequence[str] = ()
) -> Layout:
    """Return where the codes of a sheet are.

    Parameters
    ----------
    sheet
        The sheet.
    finder
        A function that finds the codes of a text.
    known
        The codes of the old version.
    old
        The id of the old version. If an earlier remap has added columns for it, only these are remapped.
    chosen
        Headers or letters of the columns to remap; by default they are found.

    Returns
    -------
    Layout
    """
    header_row = _sheet_to_header_row(sheet, finder)
    wanted, is_limited = _wanted_columns(sheet, header_row, chosen, old)
    matrix = None if is_limited else sheet_to_matrix(sheet, finder, old)
    header_row = matrix.header_row if matrix else header_row
    found_columns = _sheet_to_columns(sheet, finder, header_row)
    matrix_columns = matrix.headers.keys() | matrix.unread.keys() if matrix else frozenset()
    numbers = sheet_to_numbers(
        sheet, header_row, {at: column.cells.keys() for at, column in found_columns.items()}, known, wanted
    )
    numbers = {at: column for at, column in numbers.items() if at not in matrix_columns}
    columns: list[CodeColumn] = []
    skipped_columns: list[SkippedColumn] = []
    for number in sorted(
        {*found_columns, *numbers, *wanted, *_headed_columns(sheet, header_row)} - matrix_columns
    ):
        if is_limited and number not in wanted:
            continue
        column = found_columns.get(number, _Column())
        numbered = numbers.get(number, NumberColumn(header_row, {}))
        result = _column_to_codes(sheet, number, column, numbered, known=known, is_chosen=bool(wanted))
        if isinstance(result, CodeColumn):
            columns.append(result)
        elif result:
            skipped_columns.append(result)
    typed = sheet_to_typed(sheet, header_row, wanted, columns) if wanted or not is_limited else None
    columns = _with_unique_names([*columns, typed] if typed else columns)
    n_formulas = _count_formulas(sheet, finder, columns)
    return Layout(sheet, header_row, tuple(columns), matrix, tuple(skipped_columns), n_formulas)


def _with_unique_names(columns: Sequence[CodeColumn]) -> list[CodeColumn]:
    """Return columns with unique names: columns that share a name get their letters added."""
    counts = Counter(column.name for column in columns)
    return [
        replace(column, name=f"{column.name}, {column_name(column.column)}")
        if counts[column.name] > 1
        else column
        for column in columns
    ]


def _headed_columns(sheet: Sheet, header_row: int) -> set[int]:
    """Return the columns whose header names KSBs, and which have a cell that looks like codes below it."""
    return {
        at
        for at, header in sheet.rows.get(header_row, {}).items()
        if (_KIND_HEADER.search(header.text) or header_to_letters(header.text))
        and len(header.text) < _LONGEST_HEADER
        and any(
            row > header_row and at in cells and is_code_like(cells[at].text)
            for row, cells in sheet.rows.items()
        )
    }


def _column_to_codes(
    sheet: Sheet,
    number: int,
    column: _Column,
    numbered: NumberColumn,
    *,
    known: Collection[str],
    is_chosen: bool,
) -> CodeColumn | SkippedColumn | None:
    """Return a column of codes, or the column as skipped; None if it has no codes."""
    header_row = numbered.header_row
    first = min([*column.cells, *numbered.cells], default=header_row + 1)
    row_of_header = _find_header_row(sheet, number, first, header_row)
    named = sheet.rows.get(row_of_header, {}).get(number)
    name = text_to_squashed(named.text) if named else column_name(number)
    why, is_supported = "", True
    if column.cells:
        why, is_supported = _judge_column(column, name if named else "", known, is_chosen)
        # If numbers of the column are certain codes, so are its codes with letters.
        is_supported |= any(found_code.is_sure for found in numbered.cells.values() for found_code in found)
    elif numbered.n_skipped:
        why = "they are numbers, and most are not codes of this version"
    if why:
        return SkippedColumn(name, len(column.cells) or numbered.n_skipped, why)
    n_clear = sum(found[0].form != DOUBTFUL for found in column.cells.values())
    is_listed = column.n_lists + len(numbered.cells) >= _LEAST_LIST_SHARE * (n_clear + len(numbered.cells))
    cells = {
        row: _with_certainty(
            sheet.rows[row][number],
            found,
            is_supported and not _is_remark(found, name, is_chosen),
            is_listed,
            known,
        )
        for row, found in column.cells.items()
    }
    cells = dict(sorted({**cells, **numbered.cells}.items()))
    is_foreign = bool(cells) and not any(
        _USUAL_CODE.fullmatch(found_code.code) for found in cells.values() for found_code in found
    )
    is_certain = is_supported or any(found_code.is_sure for found in cells.values() for found_code in found)
    unread = (
        column_to_unread(sheet, number, row_of_header, cells, is_list=is_listed, is_foreign=is_foreign)
        if is_supported
        else {}
    )
    if not cells and not unread:
        return None
    return CodeColumn(sheet.name, number, name, row_of_header, cells, False, is_certain, unread)


def _count_formulas(sheet: Sheet, finder: Finder, columns: Sequence[CodeColumn]) -> int:
    """Count the formulas outside the columns of codes whose result is a code."""
    in_columns = {(row, column.column) for column in columns for row in column.unread}
    others = (
        cell
        for row, cells_of_row in sheet.rows.items()
        for at, cell in cells_of_row.items()
        if (row, at) not in in_columns
    )
    return sum(cell.form == FORMULA and bool(finder(cell.text)) for cell in others)


def _find_header_row(sheet: Sheet, column: int, first: int, header_row: int) -> int:
    """Return the row of a column's header; in a second table on a sheet it is right above the codes."""
    above = sheet.rows.get(first - 1, {})
    if column not in above or first - 1 <= header_row or sheet.header_row:
        return header_row
    text = above[column].text
    is_header = names_codes(text) and len(text) < _LONGEST_HEADER
    # "Skills" above a block of skills, and "All KSBs" in a list of codes, are no headers.
    has_own = column in sheet.rows.get(header_row, {})
    is_cell = has_own and bool(name_to_letters(text) or is_code_like(text))
    is_table = len(above) > 1 and not any(map(_is_value, above.values()))
    return first - 1 if is_header and is_table and not is_cell else header_row


def _is_value(cell: Cell) -> bool:
    """Return whether a cell has a value, a number or a date, and so cannot be a header."""
    return cell.form != TEXT or cell.text.strip().isdecimal()


def _wanted_columns(
    sheet: Sheet, header_row: int, chosen: Sequence[str], old: str
) -> tuple[tuple[int, ...], bool]:
    """Return the columns that the user named, or that an earlier remap added, and whether there are any."""
    headers = sheet.rows.get(header_row, {})
    if not chosen:
        made = tuple(
            at for at, cell in headers.items() if header_to_remapped(cell.text, old) not in {"", v.NOTE}
        )
        return made, bool(made)
    return tuple(at for name in chosen for at in name_to_columns(sheet, header_row, name)), True


def _sheet_to_header_row(sheet: Sheet, finder: Finder) -> int:
    """Return the header row: of the rows above all codes the one with the most texts; 0 if there is none.

    If no row has mostly texts, as some headers are years or other numbers, it is one with a header of codes.
    """
    if sheet.header_row:
        return sheet.header_row
    top = list(sheet.rows.items())[:TOP]
    lists = (
        row for row, cells in sheet.rows.items() if any(is_list(cell, finder) for cell in cells.values())
    )
    others = (
        row for row, cells in top if any(finder(cell.text) for cell in cells.values() if cell.form == TEXT)
    )
    first = next(lists, 0) or next(others, 0)
    above = [(row, cells) for row, cells in top if not first or row < first]
    widest = max((len(cells) for _, cells in top), default=0)
    texts = {row: sum(map(_is_word, cells.values())) for row, cells in above}
    wide = [row for row, cells in above if texts[row] >= max(min(2, widest), 0.7 * len(cells))]
    headed = [row for row, cells in above if any(map(_is_header_of_codes, cells.values())) and len(cells) > 1]
    return max(wide, key=lambda row: (texts[row], -row), default=max(headed, default=0))


def _is_header_of_codes(cell: Cell) -> bool:
    return cell.form == TEXT and len(cell.text) < _LONGEST_HEADER and names_codes(cell.text)


def _is_word(cell: Cell) -> bool:
    """Return whether a cell can name a column: a text with a letter."""
    return cell.form == TEXT and any(map(str.isalpha, cell.text))


def _is_readable(cell: Cell) -> bool:
    """Return whether a cell can have codes: a number can be a code of another scheme."""
    return cell.form in {TEXT, NUMBER}


def _sheet_to_columns(sheet: Sheet, finder: Finder, header_row: int) -> dict[int, _Column]:
    """Return the columns with codes below the header row."""
    counted: dict[int, _Column] = {}
    for row, cells in sheet.rows.items():
        if row <= header_row:
            continue
        for number, cell in cells.items():
            column = counted.get(number)
            if column is None:
                column = counted[number] = _Column()
            column.n_cells += 1
            found = finder(cell.text) if _is_readable(cell) else ()
            if found:
                column.cells[row] = found
                column.n_lists += found[0].form == LIST
    return {number: column for number, column in counted.items() if column.cells}


def _judge_column(column: _Column, name: str, known: Collection[str], is_chosen: bool) -> tuple[str, bool]:
    """Return why a column is skipped, if it is, and whether it is evidence that its codes are codes."""
    if is_chosen:
        return "", True
    # A list of two codes is clear without a header; a single letter and number is not.
    n_lists = sum(len({found_code.code for found_code in found}) > 1 for found in column.cells.values())
    if names_something_else(name):
        return ("" if n_lists else "its header names something else"), False
    if all(
        found_code.code.startswith(_DUTY) for found in column.cells.values() for found_code in found
    ) and not any(code.startswith(_DUTY) for code in known):
        return "the old version lists no duties, so they cannot be remapped", False
    hits = len(column.cells)
    n_known = sum(any(found_code.code in known for found_code in found) for found in column.cells.values())
    if not n_lists and n_known < hits / 2 and not names_codes(name):
        return "most of its codes are not of this version", False
    has_share = column.n_lists >= _LEAST_LIST_SHARE * column.n_cells or (
        hits >= max(_LEAST_SHARE * column.n_cells, 2)
    )
    return "", has_share or names_codes(name)


def _is_remark(found: Sequence[FoundCode], name: str, is_chosen: bool) -> bool:
    """Return whether the codes of a cell end a remark, in a column that the user has not named."""
    ends_text = any(found_code.form == ENDING for found_code in found)
    return ends_text and not is_chosen and names_remarks(name)


def _with_certainty(
    cell: Cell, found: tuple[FoundCode, ...], is_supported: bool, is_listed: bool, known: Collection[str]
) -> tuple[FoundCode, ...]:
    """Return the codes of a cell, each with whether it is certain, which depends on its column."""
    codes = {found_code.code for found_code in found}
    if is_supported:
        # The column makes a code at the end of a title certain, but not a range that runs backwards.
        is_clear = all(found_code.form != DOUBTFUL for found_code in found) and not cell.is_struck
        if is_clear and not (is_listed and _is_read_in_part(cell.text, found)):
            return found if all(found_code.is_sure for found_code in found) else _with_sureness(found, True)
        unclear = find_codes(cell.text, in_text=True) or found
        return tuple(found_code._replace(form=DOUBTFUL, is_sure=False) for found_code in unclear)
    is_clear_list = (
        not cell.is_struck
        and len(codes) > 1
        and bool(codes & set(known))
        and all(found_code.is_sure for found_code in found)
    )
    in_text = all(found_code.form == INSIDE and found_code.is_sure for found_code in found)
    is_known = in_text and not cell.is_struck and codes <= set(known)
    return found if is_clear_list or is_known else _with_sureness(found, False)


def _is_read_in_part(text: str, found: tuple[FoundCode, ...]) -> bool:
    """Return whether the rest of a cell, in a column of lists, may be another code."""
    if all(found_code.form == LIST for found_code in found):
        return False
    before, after = (
        text[: min(found_code.start for found_code in found)],
        text[max(found_code.end for found_code in found) :],
    )
    is_item = before.rstrip()[-1:] in _LIST_SIGNS or after.lstrip()[:1] in _LIST_SIGNS
    rest = before + after
    is_number = any(map(str.isdigit, rest)) and not any(map(str.isalpha, rest))
    is_rest = any(len(part) <= _LONGEST_REST and _REST_OF_CODES.search(part) for part in (before, after))
    return is_item or is_number or is_rest or is_code_like(before) or is_code_like(after)


def _with_sureness(found: tuple[FoundCode, ...], is_sure: bool) -> tuple[FoundCode, ...]:
    return tuple(found_code._replace(is_sure=is_sure) for found_code in found)
