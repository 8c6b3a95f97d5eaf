"""The marks below headers that are codes: which of them count as evidence, and why others do not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from curriculum.model.text import text_to_squashed
from curriculum.remapping.column_evidence import (
    EVERY_CELL,
    FILLED,
    NOTHING,
    SAYS_NO,
    Rule,
    layout_to_exclusion,
    named_columns_to_rule,
    names_to_choice,
    planned_why,
)
from curriculum.remapping.evidence_headers import (
    headers_to_roles,
    is_evidence_number,
    is_name,
    names_learners,
    title_to_exclusion,
)
from curriculum.remapping.evidence_marks import is_evidence
from curriculum.remapping.layout import Layout, Matrix
from curriculum.spreadsheets.tracker import FORMULA, Cell

__all__ = ["MARK_SAYS_NO", "MatrixMark", "matrix_to_counted_marks", "matrix_to_rule"]

_ROWS_ABOVE: Final = 3
_LEAST_SHARE: Final = 0.5
_SUMMARY: Final = re.compile(
    r"(?:grand |sub-? ?)?totals?\b.*|(?:no\.|number) of\b.*|"
    r"(?:sum|counts?|averages?|mean|percent\w*|e\.g\.|legend|example|max(?:imum)?|min(?:imum)?) ?"
    r"(?:$|\b(?:of|marks?|scores?|points?|possible|available|for|per|met)\b.*|:.*)|"
    r"%.*|key:?|weight(?:ing)?s?|target|required|wordings?|statements?|descriptions?|definitions?|methods?|"
    r"assessment methods?|options?|core|dut(?:y|ies)|themes?|ksbs?|codes?|type",
    re.IGNORECASE,
)
_EARLY: Final = re.compile(
    r"(?:at )?(?:the )?(?:start(?:ing)?(?: ?points?| of (?:the )?(?:programme|course))?|initial|entry|"
    r"on entry|baseline|"
    r"induction|scan|diagnostic|target|planned|predicted|expected|due)"
    r"(?: (?:score|rag|rating|level|review|grade|date))?",
    re.IGNORECASE,
)
MARK_SAYS_NO: Final = "the mark says “no”, as 0, R and an unticked box do"


class MatrixMark(NamedTuple):
    """A cell below a header that is a code; ``fault`` says why it does not count, and is empty if it does."""

    row: int
    column: int
    cell: Cell
    fault: str


def matrix_to_rule(layout: Layout, matrix: Matrix, names: Sequence[str], source: str) -> Rule:
    """Return the rule by which rows below headers that are codes count, by the other columns of the table.

    Parameters
    ----------
    layout, matrix
        The sheet, and its columns of marks.
    names
        Headers of columns that the user named.
    source
        The name of the file, used as the title if it has no sheets.
    """
    if names:
        return named_columns_to_rule(layout, matrix.header_row, names)
    blocked = layout_to_exclusion(layout, matrix.header_row, source)
    if blocked:
        return Rule(NOTHING, blocked)
    headers = _headers_beside(layout, matrix)
    label = _label_column(layout, matrix)
    rule = _named_rule(layout, matrix, headers, label)
    if rule:
        return rule
    early = headers_to_roles(headers).early
    if early and not label:
        return Rule(NOTHING, f"{_choice(headers, early[:1])} is about the start")
    return Rule(NOTHING, "nothing beside the marks says whose they are, or what they show")


def _named_rule(layout: Layout, matrix: Matrix, headers: Mapping[int, Cell], label: int) -> Rule | None:
    roles = headers_to_roles(headers)
    for columns in (roles.learners or roles.named, roles.evidence, roles.signed):
        if columns:
            return Rule(FILLED, f"marks in rows with {_choice(headers, columns)}", columns)
    if roles.teaching:
        return _planned(headers, roles.teaching)
    if label and _holds_names(layout, matrix, label):
        return Rule(FILLED, "marks in rows with the name of a learner", (label,))
    if label and _holds_numbers(layout, matrix, label):
        return Rule(FILLED, "marks in rows with the number of a piece of evidence", (label,))
    if roles.work:
        return _planned(headers, roles.work)
    return (
        Rule(FILLED, f"marks in rows with {_choice(headers, roles.dated)}", roles.dated)
        if roles.dated
        else None
    )


def _choice(headers: Mapping[int, Cell], columns: Sequence[int]) -> str:
    """Return the first two headers as a choice in a sentence; they can be in different rows."""
    return names_to_choice([headers[at].text for at in columns[:2]])


def _planned(headers: Mapping[int, Cell], columns: Sequence[int]) -> Rule:
    return Rule(EVERY_CELL, planned_why(_choice(headers, columns)), is_planned=True)


def _headers_beside(layout: Layout, matrix: Matrix) -> dict[int, Cell]:
    """Return the headers that are not codes; of several rows of headers the lowest cell."""
    headers: dict[int, Cell] = {}
    for row in range(max(1, matrix.header_row - _ROWS_ABOVE + 1), matrix.header_row + 1):
        cells = layout.sheet.rows.get(row, {})
        if row == matrix.header_row or len(cells) > 1:
            headers.update({at: cell for at, cell in cells.items() if at not in matrix.headers})
    return headers


def _label_column(layout: Layout, matrix: Matrix) -> int:
    """Return the first column left of the codes that is filled in below the headers, 0 if there is none."""
    below = [cells for row, cells in layout.sheet.rows.items() if row > matrix.header_row]
    columns = {at for cells in below for at in cells if at < min(matrix.headers)}
    return min(columns, default=0)


def _labels(layout: Layout, matrix: Matrix, label: int) -> list[str]:
    rows = layout.sheet.rows
    texts = [cells[label].text for row, cells in rows.items() if row > matrix.header_row and label in cells]
    return [text for text in texts if not _SUMMARY.fullmatch(text_to_squashed(text))]


def _holds_names(layout: Layout, matrix: Matrix, label: int) -> bool:
    rows = layout.sheet.rows
    near = (
        rows.get(row, {}) for row in range(max(1, matrix.header_row - _ROWS_ABOVE), matrix.header_row + 1)
    )
    is_certain = any(names_learners(cell.text) for cells in near for cell in cells.values())
    texts = _labels(layout, matrix, label)
    return sum(is_name(text, True) for text in texts) > (0 if is_certain else _LEAST_SHARE * len(texts))


def _holds_numbers(layout: Layout, matrix: Matrix, label: int) -> bool:
    texts = _labels(layout, matrix, label)
    return sum(map(is_evidence_number, texts)) > _LEAST_SHARE * len(texts)


def matrix_to_counted_marks(
    layout: Layout, matrix: Matrix, rule: Rule, rows: Collection[int]
) -> Iterator[MatrixMark]:
    """Yield each mark below headers that are codes, with the reason if it does not count."""
    early = _early_columns(layout, matrix)
    label = rule.columns[0] if rule.columns else _label_column(layout, matrix)
    is_below, last = not label, matrix.header_row
    for row, cells in layout.sheet.rows.items():
        if row <= matrix.header_row:
            continue
        # Several rows can share the name in the first of them. A row after a gap belongs to a legend.
        is_below = not label or label in cells or (is_below and row == last + 1)
        last = row
        if row not in rows:
            continue
        fault = _row_to_fault(rule, label, cells, matrix, is_below)
        for at in matrix.headers:
            cell = cells.get(at)
            if cell and cell.text.strip():
                yield MatrixMark(row, at, cell, fault or _cell_to_fault(cell, early.get(at, "")))


def _row_to_fault(rule: Rule, label: int, cells: Mapping[int, Cell], matrix: Matrix, is_below: bool) -> str:
    if rule.what == NOTHING:
        return rule.why
    beside = [text_to_squashed(cell.text) for at, cell in cells.items() if at < min(matrix.headers)]
    if any(_SUMMARY.fullmatch(text) for text in beside[:1]):
        return "its row is a total, a key or a wording, not one of a learner"
    if any(_EARLY.fullmatch(text) or title_to_exclusion(text, ()) for text in beside):
        return "its row is about the start of the programme, a template, or still to come"
    if not is_below:
        return "its row does not say whose it is"
    if rule.what == FILLED and label in cells and not any(is_evidence(cells.get(at)) for at in rule.columns):
        return f"the cell beside it {SAYS_NO}"
    return ""


def _cell_to_fault(cell: Cell, early: str) -> str:
    if early:
        return early
    if cell.form == FORMULA:
        return "the result of a formula"
    return "" if is_evidence(cell) else MARK_SAYS_NO


def _early_columns(layout: Layout, matrix: Matrix) -> dict[int, str]:
    """Return the columns whose cell below the code is "Start" or similar, each with the reason."""
    below = layout.sheet.rows.get(matrix.header_row + 1, {})
    why = "the line below its code says that it is about the start or the future"
    return {at: why for at in matrix.headers if at in below and _EARLY.fullmatch(below[at].text.strip())}
