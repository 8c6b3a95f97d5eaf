"""Where the codes of a sheet are: in columns of code lists, in a heading of codes, in two columns.

A column is taken for its heading and for what most of its cells hold. What only may be a code is kept
apart: it is never written, and a person is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from curriculum import vocabulary as v
from curriculum.notation import DOUBTFUL, INSIDE, LIST, OPENING, FoundCode, find_codes
from curriculum.remapping.places import CodeColumn, Layout, Matrix, PassedOver, Unread, column_name
from curriculum.remapping.two_columns import sheet_to_typed
from curriculum.text import text_to_squashed
from curriculum.trackers.tracker import FORMULA, NUMBER, TEXT, Cell, Sheet, letters_to_column, place_to_name

__all__ = [
    "Finder",
    "head_to_column",
    "head_to_remapped",
    "name_to_column",
    "sheet_to_layout",
    "text_finder",
]

Finder = Callable[[str], tuple[FoundCode, ...]]

# Rows at the top among which the heading of a table is looked for.
_TOP: Final = 30
_LEAST_HEADS: Final = 3
_CODE_HEAD: Final = re.compile(
    r"\b(?:ksbs?|knowledge|skills?|behaviours?|criteri(?:a|on)|codes?|mapp(?:ed|ing)|dut(?:y|ies)|outcomes?|"
    r"standards?|statements?|k|s|b)\b",
    re.IGNORECASE,
)
_FRIEND_HEAD: Final = re.compile(
    r"\b(?:rooms?|post ?codes?|buckets?|seats?|bays?|lockers?|locations?|venues?|studios?|grades?|desks?|"
    r"cells?|vitamins?|sessions?|scenes?|takes?|shots?|blocks?|weeks?|days?|address|bus|drive|shelf|slots?|phone|e-?mail|version|episodes?|series|semester|size)\b",
    re.IGNORECASE,
)
# Of the cells of a column that hold something, the share that must hold codes.
_LEAST_SHARE, _LEAST_LIST_SHARE = 0.4, 0.5
_MOST_CODES_BELOW = 0.1
_DUTY, _CRITERION = "D", "P"
_LONGEST_HEAD: Final = 40
_KIND_HEAD: Final = re.compile(r"\b(?:ksbs?|knowledge|skills?|behaviours?)\b", re.IGNORECASE)
_LIKE_CODES: Final = re.compile(
    r"\b(?:TK|TS|ESB|[KSB]|knowledge|skills?|behaviours?)[^\w\n]{0,3}\d", re.IGNORECASE
)


@dataclass
class _Column:
    """What was found in a column below the heading."""

    n_cells: int = 0
    n_lists: int = 0
    cells: dict[int, tuple[FoundCode, ...]] = field(default_factory=dict)


def text_finder(in_text: bool, known: Collection[str]) -> Finder:
    """Give what finds the codes of a text; a text that comes again is not read again."""
    held: dict[str, tuple[FoundCode, ...]] = {}
    has_criteria = any(code.startswith(_CRITERION) for code in known)
    foreign = frozenset(code for code in known if [one.code for one in find_codes(code)] != [code])

    def find(text: str) -> tuple[FoundCode, ...]:
        found = held.get(text)
        if found is None:
            found = find_codes(text, in_text=in_text, known=foreign)
            if not has_criteria:
                # "p4" is a page where a version has no criteria.
                found = tuple(
                    one for one in found if not one.code.startswith(_CRITERION) or one.code in foreign
                )
            held[text] = found
        return found

    return find


def head_to_remapped(head: str, document_id: str) -> str:
    """Give the name of the column that a head of a new column was made for, or an empty string.

    Examples
    --------
    >>> head_to_remapped("KSBs (st0792-1.2)", "st0792-1.2")
    'KSBs'
    """
    mark = f" ({document_id})"
    return head.removesuffix(mark) if head.endswith(mark) else ""


def sheet_to_layout(
    sheet: Sheet, finder: Finder, known: Collection[str], old: str, chosen: Sequence[str] = ()
) -> Layout:
    """Find the codes of a sheet.

    Parameters
    ----------
    sheet
        The sheet.
    finder
        Finds the codes of a text.
    known
        The codes of the old version.
    old
        Its id: where an earlier remap has made columns for it, these are taken and no others.
    chosen
        Names or letters of the columns to take; by default they are found.

    Returns
    -------
    Layout
    """
    head_row = _sheet_to_head_row(sheet, finder)
    wanted, is_limited = _wanted_columns(sheet, head_row, chosen, old)
    matrix = None if is_limited else _sheet_to_matrix(sheet, finder, old)
    head_row = matrix.head_row if matrix else head_row
    columns: list[CodeColumn] = []
    passed_over: list[PassedOver] = []
    unread: list[Unread] = []
    for number, held in sorted(_sheet_to_columns(sheet, finder, head_row).items()):
        if (is_limited and number not in wanted) or (matrix and number in matrix.heads):
            continue
        own_head = _own_head(sheet, number, min(held.cells), head_row)
        named = sheet.rows.get(own_head, {}).get(number)
        name = text_to_squashed(named.text) if named else column_name(number)
        why, is_supported = _judged(held, name if named else "", known, bool(wanted))
        if why:
            passed_over.append(PassedOver(name, len(held.cells), why))
            continue
        cells = {
            row: _settled(sheet.rows[row][number].text, found, is_supported, known)
            for row, found in held.cells.items()
        }
        missed = _unread_cells(sheet, number, own_head, cells) if is_supported else ()
        unread += [Unread(name, missed)] if missed else []
        is_certain = any(one.is_sure for found in cells.values() for one in found)
        gets_columns = is_certain or is_supported
        columns.append(CodeColumn(sheet.name, number, name, own_head, cells, False, gets_columns))
    unread += _unread_columns(sheet, head_row, {one.column for one in columns} if not is_limited else None)
    typed = sheet_to_typed(sheet, head_row, wanted) if wanted or not is_limited else None
    columns += [typed] if typed else []
    n_formulas = _count_formulas(sheet, finder)
    return Layout(sheet, head_row, tuple(columns), matrix, tuple(passed_over), n_formulas, tuple(unread))


def _unread_columns(sheet: Sheet, head_row: int, read: Collection[int] | None) -> list[Unread]:
    """Give columns headed as those of codes in which nothing could be read; none where columns are named."""
    heads = sheet.rows.get(head_row, {}) if read is not None else {}
    found = [
        Unread(text_to_squashed(cell.text), _unread_cells(sheet, at, head_row, {}))
        for at, cell in heads.items()
        if at not in (read or ()) and _KIND_HEAD.search(cell.text) and len(cell.text) < _LONGEST_HEAD
    ]
    return [one for one in found if one.cells]


def _unread_cells(sheet: Sheet, column: int, head_row: int, cells: Mapping[int, object]) -> tuple[str, ...]:
    """Give the cells of a column of codes that look as if they held some, and cannot be read."""
    return tuple(
        place_to_name(row, column)
        for row, own in sheet.rows.items()
        if row > head_row and row not in cells and column in own and own[column].form == TEXT
        if _LIKE_CODES.search(own[column].text)
    )


def _count_formulas(sheet: Sheet, finder: Finder) -> int:
    """Count the formulas whose result is a code."""
    cells = (cell for cells in sheet.rows.values() for cell in cells.values())
    return sum(cell.form == FORMULA and bool(finder(cell.text)) for cell in cells)


def _own_head(sheet: Sheet, column: int, first: int, head_row: int) -> int:
    """Give the row of a column's heading: of a second table on a sheet it stands right above the codes."""
    above = sheet.rows.get(first - 1, {})
    is_head = column in above and _CODE_HEAD.search(above[column].text)
    is_table = len(above) > 1 and all(cell.form == TEXT for cell in above.values())
    return first - 1 if is_head and is_table and first - 1 > head_row else head_row


def _wanted_columns(
    sheet: Sheet, head_row: int, chosen: Sequence[str], old: str
) -> tuple[tuple[int, ...], bool]:
    """Give the columns that a person named, or that an earlier remap has made, and whether there are such."""
    heads = sheet.rows.get(head_row, {})
    if not chosen:
        made = tuple(at for at, cell in heads.items() if head_to_remapped(cell.text, old) not in {"", v.NOTE})
        return made, bool(made)
    named = (name_to_column(sheet, head_row, name) for name in chosen)
    return tuple(filter(None, named)), True


def head_to_column(sheet: Sheet, head_row: int, name: str) -> int:
    """Give the column with a heading, nought if there is none; case and spaces are of no account."""
    wanted = text_to_squashed(name).casefold()
    heads = sheet.rows.get(head_row, {})
    return next((at for at, cell in heads.items() if text_to_squashed(cell.text).casefold() == wanted), 0)


def name_to_column(sheet: Sheet, head_row: int, name: str) -> int:
    """Give the column that a person names by its heading, or else by its letters; nought if there is none."""
    headed = head_to_column(sheet, head_row, name)
    column = letters_to_column(name.strip().upper())
    return headed or (column if column <= sheet.last_column else 0)


def _sheet_to_head_row(sheet: Sheet, finder: Finder) -> int:
    """Give the row that names the columns, nought if there is none: the fullest of texts above all codes."""
    top = list(sheet.rows.items())[:_TOP]
    lists = (row for row, cells in sheet.rows.items() if any(_is_list(one, finder) for one in cells.values()))
    others = (
        row for row, cells in top if any(finder(one.text) for one in cells.values() if one.form == TEXT)
    )
    first = next(lists, 0) or next(others, 0)
    above = [(row, cells) for row, cells in top if not first or row < first]
    widest = max((len(cells) for _, cells in top), default=0)
    texts = {row: sum(cell.form == TEXT for cell in cells.values()) for row, cells in above}
    wide = [row for row, cells in above if texts[row] >= max(min(2, widest), 0.7 * len(cells))]
    return max(wide, key=lambda row: (texts[row], -row), default=0)


def _is_readable(cell: Cell) -> bool:
    """Tell whether a cell can hold codes: a number can be one of another scheme."""
    return cell.form in {TEXT, NUMBER}


def _is_list(cell: Cell, finder: Finder) -> bool:
    return _is_readable(cell) and any(found.form == LIST for found in finder(cell.text))


def _sheet_to_matrix(sheet: Sheet, finder: Finder, old: str) -> Matrix | None:
    """Find the row whose cells are codes over columns that hold none: the fullest, and of two the first.

    Where an earlier remap has made columns for the old version, they stand behind its note.
    """
    best: Matrix | None = None
    counts: dict[int, tuple[int, int]] = {}
    for row, cells in list(sheet.rows.items())[:_TOP]:
        notes = [at for at, cell in cells.items() if head_to_remapped(cell.text, old) == v.NOTE]
        heads = {
            at: found
            for at, cell in cells.items()
            if at > max(notes, default=0) and (found := _head_codes(cell, finder))
        }
        codes = [one.code for found in heads.values() for one in found]
        if len(heads) < _LEAST_HEADS or len(set(codes)) < 0.8 * len(codes):
            continue
        counts = counts or _list_counts(sheet, finder)
        # Where its columns hold codes too, it is a row like any other.
        n_others = sum(counts[column][0] - 1 for column in heads)
        n_codes = sum(counts[column][1] - _is_list(cells[column], finder) for column in heads)
        is_fuller = len(heads) > len(best.heads if best else ())
        if is_fuller and n_codes <= _MOST_CODES_BELOW * n_others:
            best = Matrix(sheet.name, row, heads)
    return best


def _head_codes(cell: Cell, finder: Finder) -> tuple[FoundCode, ...]:
    """Give the codes of a cell that can head a column of marks: codes alone, or one with its wording."""
    found = finder(cell.text) if cell.form == TEXT else ()
    is_head = found and all(one.form in {LIST, OPENING} for one in found)
    # Where several codes head columns of marks, a code before its wording is one for certain.
    return _with_sureness(found, True) if is_head else ()


def _list_counts(sheet: Sheet, finder: Finder) -> dict[int, tuple[int, int]]:
    """Count the cells of each column, and those that hold nothing but codes."""
    n_cells: Counter[int] = Counter()
    n_lists: Counter[int] = Counter()
    for cells in sheet.rows.values():
        n_cells.update(cells.keys())
        n_lists.update(column for column, cell in cells.items() if _is_list(cell, finder))
    return {column: (count, n_lists[column]) for column, count in n_cells.items()}


def _sheet_to_columns(sheet: Sheet, finder: Finder, head_row: int) -> dict[int, _Column]:
    """Collect the codes of each column that holds any, below the heading."""
    counted: dict[int, _Column] = {}
    for row, cells in sheet.rows.items():
        if row <= head_row:
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


def _judged(column: _Column, name: str, known: Collection[str], is_chosen: bool) -> tuple[str, bool]:
    """Tell why a column is passed over, if it is, and whether it speaks for a single code in it."""
    if is_chosen:
        return "", True
    # A list of two codes is told by itself; a letter and a number need not be.
    n_lists = sum(len({one.code for one in found}) > 1 for found in column.cells.values())
    if _FRIEND_HEAD.search(name) and not _CODE_HEAD.search(name):
        return ("" if n_lists else "its heading is of something else"), False
    if all(one.code.startswith(_DUTY) for found in column.cells.values() for one in found) and not any(
        code.startswith(_DUTY) for code in known
    ):
        return "the old version lists no duties, so they cannot be followed to the new one", False
    hits = len(column.cells)
    n_known = sum(any(one.code in known for one in found) for found in column.cells.values())
    if not n_lists and n_known < hits / 2 and not _CODE_HEAD.search(name):
        return "most of it is no code of this version", False
    has_share = column.n_lists >= _LEAST_LIST_SHARE * column.n_cells or (
        hits >= max(_LEAST_SHARE * column.n_cells, 2)
    )
    return "", has_share or bool(_CODE_HEAD.search(name))


def _settled(
    text: str, found: tuple[FoundCode, ...], is_supported: bool, known: Collection[str]
) -> tuple[FoundCode, ...]:
    """Say of each code of a cell whether it is one for certain, by what its column holds."""
    codes = {one.code for one in found}
    if is_supported:
        # The column speaks for a code at the end of a heading; nothing speaks for a range that runs back.
        if all(one.form != DOUBTFUL for one in found):
            return found if all(one.is_sure for one in found) else _with_sureness(found, True)
        unclear = find_codes(text, in_text=True) or found
        return tuple(one._replace(form=DOUBTFUL, is_sure=False) for one in unclear)
    is_told = len(codes) > 1 and bool(codes & set(known)) and all(one.is_sure for one in found)
    in_text = all(one.form == INSIDE and one.is_sure for one in found)
    return found if is_told or (in_text and codes <= set(known)) else _with_sureness(found, False)


def _with_sureness(found: tuple[FoundCode, ...], is_sure: bool) -> tuple[FoundCode, ...]:
    return tuple(one._replace(is_sure=is_sure) for one in found)
