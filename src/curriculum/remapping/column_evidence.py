"""The rule by which the rows of a column of codes count as evidence.

A list of all codes with their wordings is no evidence, nor is a rating from before the programme, the values
of a drop-down list or an exported framework. If it is not clear, nothing counts. Every rule has a reason,
which is shown to the user, as the coverage depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from curriculum.model.code_lists import OPENING
from curriculum.model.text import text_to_key, text_to_squashed
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.column_headers import name_to_columns
from curriculum.remapping.evidence_headers import (
    Roles,
    framework_headers,
    headers_to_roles,
    is_early,
    is_final,
    is_name,
    is_open,
    is_shown,
    is_title_of_evidence,
    names_learners,
    title_to_exclusion,
)
from curriculum.remapping.evidence_marks import OTHER_MARKS, is_evidence, mark_to_text
from curriculum.remapping.layout import CodeColumn, Layout, column_name
from curriculum.spreadsheets.cell_ranges import ranges_to_rows
from curriculum.spreadsheets.tracker import FORMULA, TEXT, Cell

__all__ = [
    "EVERY_CELL",
    "FILLED",
    "MARKS",
    "NOTHING",
    "SAYS_NO",
    "Rule",
    "column_to_rule",
    "headers_to_choice",
    "layout_to_exclusion",
    "named_columns_to_rule",
    "names_to_choice",
    "planned_why",
    "row_to_fault",
]

EVERY_CELL: Final = "every cell"
FILLED: Final = "filled"
MARKS: Final = "marks"
NOTHING: Final = "nothing"
_LEAST_OF_A_LISTING: Final = 5
# Rows that a list may differ in, such as a header among the rows or a typing error.
_MOST: Final = 0.8
_LONGEST_MARK: Final = 12
_LONGEST_RATING: Final = 28
_ALIKE: Final = 90.0
_LEAST_SHARE: Final = 0.5
_ROWS_ABOVE: Final = 3
SAYS_NO: Final = "says “no”, “not started” or the like"
_PLANNED: Final = "{} is about planned teaching, not about evidence"
_CANNOT_TELL: Final = "nothing beside the codes says whether this is evidence"


class Rule(NamedTuple):
    """What counts in a column of codes, or below headers that are codes, and why.

    Attributes
    ----------
    what
        Every cell, rows in which one of ``columns`` is filled in, the marks in ``columns``, or nothing.
    why
        Why it counts; if nothing counts, why not.
    columns
        The columns that decide whether a row counts.
    denying
        Columns that can show that a row is not done.
    is_planned
        Whether the teaching is only planned.
    """

    what: str
    why: str
    columns: tuple[int, ...] = ()
    denying: tuple[int, ...] = ()
    is_planned: bool = False


def headers_to_choice(layout: Layout, header_row: int, columns: Sequence[int]) -> str:
    """Return the headers of columns as a choice in a sentence; without a header its letters."""
    headers = layout.sheet.rows.get(header_row, {})
    return names_to_choice([headers[at].text if at in headers else column_name(at) for at in columns])


def names_to_choice(names: Sequence[str]) -> str:
    """Return headers as a choice in a sentence.

    Examples
    --------
    >>> names_to_choice(["Page", "Date"])
    '“Page” or “Date”'
    """
    quoted = [f"“{text_to_squashed(name)}”" for name in names]
    return " or ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else "".join(quoted)


def named_columns_to_rule(layout: Layout, header_row: int, names: Sequence[str]) -> Rule:
    """Return the rule that the user chose: a row counts if one of the named columns is filled in."""
    numbers = (at for name in names for at in name_to_columns(layout.sheet, header_row, name))
    columns, named = tuple(dict.fromkeys(numbers)), names_to_choice(names)
    if columns:
        return Rule(FILLED, f"{named} is filled in, as chosen", columns)
    return Rule(NOTHING, f"there is no {named}, which was chosen")


def layout_to_exclusion(layout: Layout, header_row: int, source: str) -> str:
    """Return why nothing on a sheet can be evidence, by its name, titles and headers; else an empty text."""
    rows = layout.sheet.rows
    framework = framework_headers(rows.get(header_row, {}))
    if framework:
        return f"an exported framework ({', '.join(f'“{header}”' for header in framework[:3])})"
    above = [cell.text for row, cells in rows.items() if row < header_row for cell in cells.values()]
    return title_to_exclusion(layout.sheet.name or source, above)


def column_to_rule(
    layout: Layout, column: CodeColumn, pair: VersionPair, names: Sequence[str], source: str = ""
) -> Rule:
    """Return what counts as evidence in a column of codes.

    Parameters
    ----------
    layout, column
        The sheet, and one of its columns of codes.
    pair
        The two versions.
    names
        Headers of columns that the user named: a row counts only if one of them is filled in.
    source
        The name of the file, used as the title if it has no sheets.
    """
    if names:
        return named_columns_to_rule(layout, column.header_row, names)
    blocked = layout_to_exclusion(layout, column.header_row, source)
    if blocked:
        return Rule(NOTHING, blocked)
    if is_open(column.name):
        return Rule(NOTHING, f"“{text_to_squashed(column.name)}” is about the future")
    codes = {code_column.column for code_column in layout.columns}
    headers = layout.sheet.rows.get(column.header_row, {})
    others = {
        at: cell for at, cell in headers.items() if at not in codes and not _is_listed(layout, column, at)
    }
    roles = headers_to_roles(others)
    if _is_listed(layout, column, column.column) and not (roles.learners and roles.evidence):
        return Rule(NOTHING, "the values of a drop-down list")
    rule = _one_a_row_to_rule if _is_one_a_row(column) else _log_to_rule
    return rule(layout, column, roles) or _nothing_to_rule(layout, column, pair, roles)


def _log_to_rule(layout: Layout, column: CodeColumn, roles: Roles) -> Rule | None:
    """Return the rule for a log, whose rows can have several codes and whose codes can be repeated."""

    def filled(columns: Sequence[int]) -> Rule | None:
        return _filled(layout, column, tuple(columns), roles)

    learners = roles.learners or tuple(at for at in roles.named if _holds_names(layout, column, at))
    done = (*roles.signed, *roles.dated, *_ratings(layout, column, roles))
    if roles.evidence:
        return filled(roles.evidence)
    if learners:
        return filled(done) or (None if roles.early else filled(learners))
    if roles.signed:
        return filled(roles.signed)
    titled = _titled(layout, column, roles)
    if titled or roles.teaching:
        return titled or _planned(layout, column, roles.teaching, EVERY_CELL, roles)
    return filled(done) or (_planned(layout, column, roles.work, EVERY_CELL, roles) if roles.work else None)


def _one_a_row_to_rule(layout: Layout, column: CodeColumn, roles: Roles) -> Rule | None:
    """Return the rule for a list with one code a row: another column is filled in, or there are marks."""
    # Beside methods of assessment, "portfolio" is one of them, and a grade is one that can be reached.
    ratings = _ratings(layout, column, roles)
    of_methods = [at for at in roles.methods if at not in roles.signed]
    is_plan = len(of_methods) > 1
    found = (
        tuple(at for at in roles.evidence if not (is_plan and at in of_methods)),
        (*roles.signed, *roles.dated),
        () if is_plan else tuple(at for at in ratings if not _are_open_scores(layout, column, at)),
    )
    for columns in found:
        if columns:
            return _filled(layout, column, columns, roles)
    marked = _mark_columns(layout, column)
    if marked:
        return Rule(MARKS, "marks in columns with learners as headers", marked)
    planned = [at for at in (*roles.teaching, *roles.work) if not (is_plan and at in of_methods)]
    return _planned(layout, column, planned, FILLED, roles) if planned else None


def _filled(layout: Layout, column: CodeColumn, columns: tuple[int, ...], roles: Roles) -> Rule | None:
    if not columns:
        return None
    why = f"{headers_to_choice(layout, column.header_row, columns)} is filled in"
    return Rule(FILLED, why, columns, roles.denying)


def planned_why(named: str) -> str:
    """Return why rows count as planned teaching.

    Examples
    --------
    >>> planned_why("“Week”")
    '“Week” is about planned teaching, not about evidence'
    """
    return _PLANNED.format(named)


def _planned(layout: Layout, column: CodeColumn, columns: Sequence[int], what: str, roles: Roles) -> Rule:
    named = names_to_choice([layout.sheet.rows[column.header_row][at].text for at in columns[:2]])
    return Rule(what, planned_why(named), tuple(columns), roles.denying, True)


def _titled(layout: Layout, column: CodeColumn, roles: Roles) -> Rule | None:
    """Return the rule that each cell counts, if the header of the codes or the name of the sheet says so."""
    if is_shown(column.name):
        return Rule(EVERY_CELL, f"its header is “{text_to_squashed(column.name)}”", (), roles.denying)
    if is_title_of_evidence(layout.sheet.name):
        return Rule(EVERY_CELL, f"its sheet is called “{layout.sheet.name}”", (), roles.denying)
    return None


def _nothing_to_rule(layout: Layout, column: CodeColumn, pair: VersionPair, roles: Roles) -> Rule:
    """Return the rule that nothing counts, with the reason."""
    if roles.early:
        named = headers_to_choice(layout, column.header_row, roles.early[:2])
        why = f"nothing beside the codes is evidence; {named} is about the start, the standard or the future"
        return Rule(NOTHING, why)
    if roles.rated:
        named = headers_to_choice(layout, column.header_row, roles.rated[:2])
        return Rule(NOTHING, f"nothing says when {named} was given, or whether it was achieved")
    if _is_reference(layout, column, pair):
        return Rule(NOTHING, "a list of the codes with their wordings")
    if _is_one_a_row(column):
        return Rule(NOTHING, "a list of codes: nothing beside them says that there is evidence")
    return Rule(NOTHING, _CANNOT_TELL)


def _is_one_a_row(column: CodeColumn) -> bool:
    """Return whether nearly every row has one code, as in a list of them."""
    singles = sum(len(found) == 1 for found in column.cells.values())
    return singles >= _LEAST_OF_A_LISTING and singles >= _MOST * len(column.cells)


def _is_listed(layout: Layout, column: CodeColumn, at: int) -> bool:
    """Return whether most cells of a column, in rows with codes, are values of a drop-down list."""
    listed = ranges_to_rows(layout.sheet.list_ranges, at)
    n_listed = sum(row in listed for row in column.cells)
    return n_listed > _LEAST_SHARE * len(column.cells)


def _cells_of(layout: Layout, column: CodeColumn, at: int) -> list[Cell]:
    """Return the cells of a column in the rows with codes."""
    rows = layout.sheet.rows
    return [rows[row][at] for row in column.cells if at in rows[row]]


def _ratings(layout: Layout, column: CodeColumn, roles: Roles) -> tuple[int, ...]:
    """Return the columns with the header of a rating whose cells are ratings and no wordings."""
    cells_of_column = {at: _cells_of(layout, column, at) for at in roles.rated}
    return tuple(
        at
        for at, cells in cells_of_column.items()
        if sum(len(cell.text) <= _LONGEST_RATING for cell in cells) >= _MOST * len(cells)
    )


def _are_open_scores(layout: Layout, column: CodeColumn, at: int) -> bool:
    """Return whether a column has numbers, and its header does not say that they are final."""
    cells = _cells_of(layout, column, at)
    n_numbers = sum(cell.text.replace(".", "", 1).strip(" %").isdigit() for cell in cells)
    header = layout.sheet.rows[column.header_row][at].text
    return n_numbers > _LEAST_SHARE * len(cells) and not is_final(header)


def _holds_names(layout: Layout, column: CodeColumn, at: int) -> bool:
    cells = _cells_of(layout, column, at)
    return sum(is_name(cell.text) for cell in cells) > _LEAST_SHARE * len(cells)


def _mark_columns(layout: Layout, column: CodeColumn) -> tuple[int, ...]:
    """Return the columns right of a list of codes that have marks, and names of learners as headers."""
    rows, header_row = layout.sheet.rows, column.header_row
    headers = rows.get(header_row, {})
    near = (rows.get(row, {}) for row in range(max(1, header_row - _ROWS_ABOVE), header_row + 1))
    is_certain = any(names_learners(cell.text) for cells in near for cell in cells.values())
    named = [
        at
        for at, cell in sorted(headers.items())
        if at > column.column and is_name(cell.text, is_certain) and not is_early(cell.text)
    ]
    cells_of_column = {at: _cells_of(layout, column, at) for at in named}
    marked = tuple(at for at, cells in cells_of_column.items() if cells and _are_marks(cells))
    words = [headers[at].text.split() for at in marked]
    # A single word above a single column of marks can mean anything.
    return marked if is_certain or len(marked) > 1 or any(len(parts) > 1 for parts in words) else ()


def _are_marks(cells: Sequence[Cell]) -> bool:
    is_short = all(len(cell.text) <= _LONGEST_MARK and cell.form != FORMULA for cell in cells)
    n_known = sum(mark_to_text(cell) != OTHER_MARKS for cell in cells)
    return is_short and n_known >= _MOST * len(cells)


def _is_reference(layout: Layout, column: CodeColumn, pair: VersionPair) -> bool:
    """Return whether most codes are beside their wording, as in the standard."""
    n_beside = sum(
        any(_is_wording(text, pair.wordings.get(found[0].code, "")) for text in _texts(layout, column, row))
        for row, found in column.cells.items()
    )
    return n_beside >= _LEAST_SHARE * len(column.cells)


def _texts(layout: Layout, column: CodeColumn, row: int) -> list[str]:
    cells: Mapping[int, Cell] = layout.sheet.rows[row]
    found = column.cells[row][0]
    texts = [cell.text for at, cell in cells.items() if at != column.column and cell.form == TEXT]
    return [*texts, cells[column.column].text[found.end :]] if found.form == OPENING else texts


def _is_wording(text: str, wording: str) -> bool:
    return bool(wording) and fuzz.ratio(text_to_key(text), text_to_key(wording), score_cutoff=_ALIKE) > 0


def row_to_fault(rule: Rule, layout: Layout, header_row: int, cells: Mapping[int, Cell]) -> str:
    """Return why a row does not count by a rule that counts rows; an empty text if it counts."""
    if rule.what == FILLED and not any(_is_filled(cells.get(at)) for at in rule.columns):
        named = headers_to_choice(layout, header_row, rule.columns)
        has_text = any(at in cells for at in rule.columns)
        return f"{named} {SAYS_NO if has_text else 'is empty'}"
    denying = [at for at in rule.denying if at in cells and not is_evidence(cells[at])]
    if denying:
        return f"{headers_to_choice(layout, header_row, denying[:1])} {SAYS_NO}"
    return ""


def _is_filled(cell: Cell | None) -> bool:
    """Return whether a cell shows evidence; a formula that results in a number is only a count."""
    is_count = cell is not None and cell.form == FORMULA and cell.text.replace(".", "", 1).isdigit()
    return is_evidence(cell) and not is_count
