"""The evidence in a tracker, and its learners: cells with codes, marks, rows that are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import FoundCode
from curriculum.model.codes import code_to_sort_key
from curriculum.model.text import text_to_squashed
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.column_evidence import MARKS, NOTHING, Rule, column_to_rule, row_to_fault
from curriculum.remapping.column_headers import header_to_column
from curriculum.remapping.counted_cells import Tally, counted_to_sentences
from curriculum.remapping.evidence_headers import is_learner_header
from curriculum.remapping.evidence_marks import ends_with_unticked_box, is_evidence
from curriculum.remapping.layout import CodeColumn, Layout, Matrix
from curriculum.remapping.matrix_evidence import MARK_SAYS_NO, matrix_to_counted_marks, matrix_to_rule
from curriculum.remapping.outcomes import CodeOutcome
from curriculum.spreadsheets.tracker import Cell
from curriculum.tables.plain_rows import Row

__all__ = [
    "EVIDENCE_COLUMNS",
    "LINK_COLUMNS",
    "Evidence",
    "code_outcomes_to_links",
    "layouts_to_evidence",
]

EVIDENCE_COLUMNS: Final = ("learner", v.SUBJECT_ID, "n_cells")
LINK_COLUMNS: Final = (v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID, "is_settled")
_LEARNER_HEADER: Final = re.compile(
    r"\b(?:learners?|apprentices?|students?|candidates?|trainees?)\b|^(?:full )?name$", re.IGNORECASE
)
_HEADER_ROWS: Final = 3
_DUTY: Final = re.compile(r"D\d+")
_NO_MARKS: Final = "there are no marks; a colour alone is not one"


class Evidence(NamedTuple):
    """The evidence of a file.

    Attributes
    ----------
    rows
        One row for each learner and old statement: ``learner``, ``subject_id``, ``n_cells``. A learner
        without evidence has one row with an empty ``subject_id`` and no cells.
    sentences
        Which cells counted, and which did not.
    counted
        Which cells counted and which did not: ``sheet``, ``column``, ``n_cells``, ``counted`` (`yes` or
        `no`), ``why``. Each cell with a code, or with a mark below one, is counted in one row.
    is_planned
        Whether the file has no evidence, and what counts is only planned teaching.
    """

    rows: tuple[Row, ...]
    sentences: tuple[str, ...]
    counted: tuple[Row, ...] = ()
    is_planned: bool = False


class _Scope(NamedTuple):
    """What is counted on a sheet: the rows, the versions, the named columns, and the column of learners."""

    rows: Collection[int]
    pair: VersionPair
    names: Sequence[str]
    source: str
    learners: str | None


def layouts_to_evidence(
    layouts: Sequence[Layout],
    rows: Mapping[str, Collection[int]],
    pair: VersionPair,
    columns: Sequence[str] = (),
    learners: str | None = None,
    *,
    source: str = "",
) -> Evidence:
    """Count the evidence of a file.

    Parameters
    ----------
    layouts
        Where the codes are.
    rows
        The rows that are remapped, by sheet.
    pair
        The two versions.
    columns
        Headers of columns that must be filled in for a row to count; by default `column_to_rule` decides.
    learners
        The header of the column with the learners. An empty text finds it; without it no names are kept.
    source
        The name of the file, used as the title if it has no sheets.

    Returns
    -------
    Evidence
    """
    tally = Tally()
    for layout in layouts:
        scope = _Scope(rows[layout.sheet.name], pair, columns, PurePath(source).stem, learners)
        for column in layout.columns:
            _count_column(tally, layout, column, scope)
        if layout.matrix:
            _count_matrix(tally, layout, layout.matrix, scope)
    counted = tally.to_rows()
    sentences = counted_to_sentences(counted, tally.is_planned, tally.marks)
    if learners is not None and not any(tally.learners):
        sentences.append("No column of learners was found: name it, as in --learners “Apprentice name”.")
    return Evidence(_tally_to_rows(tally, pair), tuple(sentences), counted, tally.is_planned)


def _tally_to_rows(tally: Tally, pair: VersionPair) -> tuple[Row, ...]:
    """Return the codes that count by learner, and the learners without any."""
    counts = [
        (learner, f"{pair.old}:{code}", count)
        for (learner, code), count in sorted(tally.codes.items(), key=_sort_key)
    ]
    missing = sorted({*filter(None, tally.learners)} - {learner for learner, *_ in counts})
    counts += [(learner, "", 0) for learner in missing]
    return tuple(dict(zip(EVIDENCE_COLUMNS, row, strict=True)) for row in counts)


def _sort_key(counted: tuple[tuple[str, str], int]) -> tuple[object, ...]:
    (learner, code), _ = counted
    return learner, code_to_sort_key(code), code


def _cell_text(cells: Mapping[int, Cell], column: int) -> str:
    return text_to_squashed(cells[column].text) if column in cells else ""


def _certain_codes(found: Sequence[FoundCode], pair: VersionPair) -> list[FoundCode]:
    """Return the codes of a cell that are certain and of the old version, without duties."""
    return [
        found_code
        for found_code in found
        if found_code.is_sure and found_code.code in pair.wordings and not _DUTY.fullmatch(found_code.code)
    ]


def _codes_to_fault(certain: Sequence[FoundCode], text: str, pair: VersionPair) -> str:
    """Return why none of the codes of a cell counts; an empty text if one does."""
    if not certain:
        return f"no certain code of {pair.old}"
    is_open = all(ends_with_unticked_box(text, found_code.start) for found_code in certain)
    return "a box before the code is not ticked" if is_open else ""


def _count_column(tally: Tally, layout: Layout, column: CodeColumn, scope: _Scope) -> None:
    """Count the cells of a column of codes, by its rule."""
    rule = column_to_rule(layout, column, scope.pair, scope.names, scope.source)
    learner_column = _learner_column(layout, scope.learners)
    for row, found in column.cells.items():
        if row not in scope.rows:
            continue
        cells = layout.sheet.rows[row]
        learner = _cell_text(cells, learner_column)
        if learner and is_evidence(cells[learner_column]):
            tally.learners.setdefault(learner)
        text = cells[column.column].text
        certain = _certain_codes(found, scope.pair)
        fault = rule.why if rule.what == NOTHING else _codes_to_fault(certain, text, scope.pair)
        codes = {
            found_code.code: None
            for found_code in certain
            if not ends_with_unticked_box(text, found_code.start)
        }
        if not fault and rule.what == MARKS:
            fault = _count_marks(tally, layout, row, rule, list(codes), scope)
        elif not fault:
            fault = row_to_fault(rule, layout, column.header_row, cells)
            if not fault:
                tally.add_codes(learner, list(codes), rule.is_planned)
        tally.add(layout.sheet.name, column.name, fault or rule.why, not fault, rule.is_planned)


def _count_marks(  # noqa: PLR0917 (a row, and how it counts)
    tally: Tally, layout: Layout, row: int, rule: Rule, codes: Sequence[str], scope: _Scope
) -> str:
    """Count the marks of learners beside a code; return why none of them counts, if none does."""
    cells, headers = layout.sheet.rows[row], layout.sheet.rows.get(layout.header_row, {})
    for at in rule.columns:
        learner = _cell_text(headers, at) if scope.learners is not None else ""
        tally.learners.update({learner: None} if learner else {})
        if at in cells:
            tally.add_mark(cells[at])
            if is_evidence(cells[at]):
                tally.add_codes(learner, codes, rule.is_planned)
    marks = [cells[at] for at in rule.columns if at in cells]
    if any(map(is_evidence, marks)):
        return ""
    return MARK_SAYS_NO if marks else "no learner has a mark there"


def _count_matrix(tally: Tally, layout: Layout, matrix: Matrix, scope: _Scope) -> None:
    """Count the marks below headers that are codes."""
    name = f"headers in row {matrix.header_row}"
    rule = matrix_to_rule(layout, matrix, scope.names, scope.source)
    learner_column = _learner_column(layout, scope.learners)
    codes = {
        at: list(dict.fromkeys(found_code.code for found_code in _certain_codes(found, scope.pair)))
        for at, found in matrix.headers.items()
    }
    n_marks = 0
    for row, at, cell, fault in matrix_to_counted_marks(layout, matrix, rule, scope.rows):
        n_marks += 1
        learner = _cell_text(layout.sheet.rows[row], learner_column)
        if not fault:
            tally.add_codes(learner, codes[at], rule.is_planned)
        if not fault or fault == MARK_SAYS_NO:
            tally.add_mark(cell)
        tally.add(layout.sheet.name, name, fault or rule.why, not fault, rule.is_planned)
    _add_learners(tally, layout, matrix, scope, learner_column)
    if not n_marks:
        tally.add(layout.sheet.name, name, _NO_MARKS, False, count=0)


def _add_learners(tally: Tally, layout: Layout, matrix: Matrix, scope: _Scope, column: int) -> None:
    """Add the learners of a table of marks, also those without any mark."""
    for row, cells in layout.sheet.rows.items():
        if column and row > matrix.header_row and row in scope.rows and is_evidence(cells.get(column)):
            tally.learners.setdefault(_cell_text(cells, column))


def _learner_column(layout: Layout, learners: str | None) -> int:
    if learners is None:
        return 0
    if learners:
        return header_to_column(layout.sheet, layout.header_row, learners)
    # If headers have two rows, the header of the learners can be in the first.
    rows = range(layout.header_row, max(0, layout.header_row - _HEADER_ROWS), -1)
    headers = [(at, cell.text) for row in rows for at, cell in layout.sheet.rows.get(row, {}).items()]
    for is_header in (is_learner_header, _LEARNER_HEADER.search):
        for at, text in headers:
            if is_header(text):
                return at
    return 0


def code_outcomes_to_links(code_outcomes: Mapping[str, CodeOutcome], pair: VersionPair) -> tuple[Row, ...]:
    """Return the links of old codes as rows, each settled or only proposed; decisions replace proposals.

    Returns
    -------
    tuple of Row
        ``subject_id``, ``predicate_id``, ``object_id``, ``is_settled``.
    """
    rows: list[tuple[str, str, str, bool]] = []
    for code, code_outcome in code_outcomes.items():
        subject = f"{pair.old}:{code}"
        relations = {proposal.new_code: proposal.relation for proposal in code_outcome.proposals}
        if code_outcome.outcome == v.REVIEW:
            rows += [
                (subject, _predicate(relation), _object(pair, new), False)
                for new, relation in relations.items()
            ]
        elif code_outcome.outcome != v.UNKNOWN:
            relation_of_code = code_outcome.relation if ";" not in code_outcome.relation else ""
            rows += [
                (
                    subject,
                    _predicate((relation_of_code or relations.get(new) or "closeMatch") if new else ""),
                    _object(pair, new),
                    True,
                )
                for new in code_outcome.new_codes or ("",)
            ]
    return tuple(dict(zip(LINK_COLUMNS, row, strict=True)) for row in rows)


def _predicate(relation: str) -> str:
    """Return the SKOS name of a relation; SSSOM uses an exact match where there is no counterpart."""
    return f"skos:{relation}" if relation else v.EXACT_MATCH


def _object(pair: VersionPair, code: str) -> str:
    return f"{pair.new}:{code}" if code else v.NO_TERM_FOUND
