"""What counts as evidence in a column of codes: every cell, rows that are filled in, marks, or nothing.

A list of all codes with their wordings is no evidence, and neither is a rating from before the programme.
Whatever is taken for evidence is said, as the coverage rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from curriculum.notation import OPENING
from curriculum.remapping.layout import name_to_column
from curriculum.remapping.matrix import is_evidence
from curriculum.remapping.places import CodeColumn, Layout
from curriculum.reviewing.pair import Pair
from curriculum.text import text_to_key, text_to_squashed
from curriculum.trackers.tracker import FORMULA, TEXT, Cell

__all__ = ["MARKS", "Rule", "column_to_rule", "is_counted"]

_EVERY_CELL: Final = "every cell"
FILLED: Final = "filled"
MARKS: Final = "marks"
NOTHING: Final = "nothing"
# The first of these that a heading has tells: what the evidence is, when it was done, how it was rated.
_EVIDENCE_HEAD: Final = re.compile(r"\b(?:evidence|portfolio|pages?)\b", re.IGNORECASE)
_DONE_HEAD: Final = re.compile(
    r"\b(?:achieved|completed?|completion|signed|sign[ -]off|met|gateway|date|ref(?:erence)?)\b",
    re.IGNORECASE,
)
_RATING_HEAD: Final = re.compile(
    r"\b(?:status|rating|rag|mark|score|grade|outcome|decision|result|progress)\b", re.IGNORECASE
)
# What was rated before the programme, or is still to come, shows nothing.
_OTHER_TIME_HEAD: Final = re.compile(
    r"\b(?:start\w*|initial|baseline|entry|diagnostic|scan|induction|targets?|planned|due|deadline|expected|learning|standard)\b",
    re.IGNORECASE,
)
_STATUS_HEAD: Final = re.compile(
    r"\b(?:status|progress|achieved|completed?|met|decision|result|outcome)\b", re.IGNORECASE
)
_LEAST_OF_A_LISTING: Final = 5
# A heading among the rows, or a slip, makes no log of a list.
_MOST: Final = 0.8
_LONGEST_MARK: Final = 12
_ALIKE: Final = 90.0
_LEAST_SHARE: Final = 0.5


class Rule(NamedTuple):
    """What counts in a column of codes, by which other columns, and a sentence with a place for the sheets.

    ``denying`` are the columns that can say of a row that it does not count.
    """

    what: str
    columns: tuple[int, ...]
    denying: tuple[int, ...]
    sentence: str


def column_to_rule(layout: Layout, column: CodeColumn, pair: Pair, names: Sequence[str]) -> Rule:
    """Tell what counts as evidence in a column of codes.

    Parameters
    ----------
    layout, column
        The sheet, and one of its columns of codes.
    pair
        The two versions.
    names
        Headings of columns that a person named: nothing counts where they are not filled in.
    """
    heads = layout.sheet.rows.get(column.head_row, {})
    if names:
        numbers = (name_to_column(layout.sheet, column.head_row, name) for name in names)
        return _chosen_to_rule(tuple(filter(None, numbers)), names)
    others = {at: cell for at, cell in heads.items() if at != column.column}
    denying = tuple(at for at, cell in others.items() if _is_headed(cell, _STATUS_HEAD))
    every = Rule(_EVERY_CELL, (), denying, "In {} each cell with a code counts.")
    return (
        (_listing_to_rule(layout, column, pair, others, denying) or every) if _is_listing(column) else every
    )


def _chosen_to_rule(columns: tuple[int, ...], names: Sequence[str]) -> Rule:
    named = _names_to_choice(names)
    if columns:
        return Rule(FILLED, columns, (), f"In {{}} a row counts where {named} is filled in.")
    return Rule(NOTHING, (), (), f"In {{}} nothing counts: there is no {named}.")


def _listing_to_rule(
    layout: Layout, column: CodeColumn, pair: Pair, others: Mapping[int, Cell], denying: tuple[int, ...]
) -> Rule | None:
    """Tell what counts beside a list of codes: what is filled in, marks, nothing; None if nothing tells."""
    for pattern in (_EVIDENCE_HEAD, _DONE_HEAD, _RATING_HEAD):
        found = tuple(at for at, cell in others.items() if _is_headed(cell, pattern))
        if found:
            filled = _names_to_choice([others[at].text for at in found])
            told = f"In {{}}, a list of codes, a row counts where {filled} is filled in."
            return Rule(FILLED, found, denying, told)
    marked = _mark_columns(layout, column)
    if marked:
        return Rule(MARKS, marked, (), "In {}, a list of codes, the marks beside them count.")
    told = "In {} nothing counts: it lists codes and their wordings alone."
    return Rule(NOTHING, (), (), told) if _is_reference(layout, column, pair) else None


def _names_to_choice(names: Sequence[str]) -> str:
    """Give headings as a choice in a sentence.

    Examples
    --------
    >>> _names_to_choice(["Page", "Date"])
    '“Page” or “Date”'
    """
    quoted = [f"“{text_to_squashed(name)}”" for name in names]
    return " or ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else quoted[0]


def _is_headed(cell: Cell, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(cell.text)) and not _OTHER_TIME_HEAD.search(cell.text)


def _is_listing(column: CodeColumn) -> bool:
    """Tell whether a column lists codes, each once in a row of its own."""
    singles = [found[0].code for found in column.cells.values() if len(found) == 1]
    is_single = len(singles) >= _MOST * len(column.cells)
    return is_single and len(singles) >= _LEAST_OF_A_LISTING and len(set(singles)) >= _MOST * len(singles)


def _mark_columns(layout: Layout, column: CodeColumn) -> tuple[int, ...]:
    """Give the columns beside a list of codes that hold marks, as where learners stand across."""
    held: dict[int, list[Cell]] = {}
    for row in column.cells:
        for at, cell in layout.sheet.rows[row].items():
            if at > column.column:
                held.setdefault(at, []).append(cell)
    return tuple(
        at
        for at, cells in sorted(held.items())
        if all(len(cell.text) <= _LONGEST_MARK and cell.form != FORMULA for cell in cells)
    )


def _is_reference(layout: Layout, column: CodeColumn, pair: Pair) -> bool:
    """Tell whether most codes stand beside their own wording, as the standard prints them."""
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


def is_counted(rule: Rule, cells: Mapping[int, Cell]) -> tuple[bool, bool]:
    """Tell of a row whether it counts by a rule, and whether it would but for what it says of itself."""
    if rule.what == NOTHING:
        return False, False
    is_filled = rule.what != FILLED or any(is_evidence(cells.get(at)) for at in rule.columns)
    is_denied = any(at in cells and not is_evidence(cells[at]) for at in rule.denying)
    return is_filled and not is_denied, is_filled and is_denied
