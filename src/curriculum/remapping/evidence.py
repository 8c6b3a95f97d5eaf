"""What of a tracker counts as evidence, and for whom: cells with codes, marks, rows that are filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import pandas as pd

from curriculum import vocabulary as v
from curriculum.codes import code_to_sort_key
from curriculum.notation import FoundCode
from curriculum.remapping.matrix import is_evidence, matrix_to_marks
from curriculum.remapping.places import CodeColumn, Layout
from curriculum.remapping.settlements import Pair, Settlement
from curriculum.text import text_to_squashed
from curriculum.trackers.tracker import Cell

__all__ = ["Evidence", "head_to_column", "layouts_to_evidence", "settlements_to_links"]

_LEARNER_HEAD: Final = re.compile(
    r"\b(?:learners?|apprentices?|students?|candidates?|trainees?)\b|^(?:full )?name$", re.IGNORECASE
)
_EVIDENCE_HEAD: Final = re.compile(
    r"\b(?:evidence|portfolio|pages?|ref(?:erence)?|achieved|completed?|completion|signed|sign[ -]off|met|"
    r"assessed|date|status|rating|rag|mark|score)\b",
    re.IGNORECASE,
)
_STATUS_HEAD: Final = re.compile(r"\b(?:status|progress|achieved|completed?|met)\b", re.IGNORECASE)
_DUTY: Final = re.compile(r"D\d+")
# The share of a version's codes, each in a row of its own, that makes a column a listing of them.
_LEAST_OF_A_LISTING: Final = 0.5


class Evidence(NamedTuple):
    """The evidence of a file: a row a learner and old statement; and how it was counted, in sentences."""

    frame: pd.DataFrame
    told: tuple[str, ...]


def head_to_column(layout: Layout, name: str) -> int:
    """Give the column with a heading, nought if there is none; case and spaces are of no account."""
    wanted = text_to_squashed(name).casefold()
    heads = layout.sheet.rows.get(layout.head_row, {})
    return next((at for at, cell in heads.items() if text_to_squashed(cell.text).casefold() == wanted), 0)


def layouts_to_evidence(
    layouts: Sequence[Layout],
    rows: Mapping[str, Collection[int]],
    pair: Pair,
    columns: Sequence[str] = (),
    learners: str | None = None,
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
        Headings of columns that must be filled in for a row to count. By default a row counts, but where
        each code of a version has a row of its own: there the columns for evidence must be filled in.
    learners
        The heading of the column with the learners; an empty text finds it; None keeps no names.

    Returns
    -------
    Evidence
        Columns ``learner``, ``subject_id``, ``n_cells``.
    """
    counts: Counter[tuple[str, str]] = Counter()
    told: list[str] = []
    for layout in layouts:
        own = rows[layout.sheet.name]
        named = _learner_column(layout, learners)
        for column in layout.columns:
            counting, sentences = _counting_rows(layout, column, pair, columns)
            told += sentences
            for row in counting & set(own):
                learner = _cell_text(layout.sheet.rows[row], named)
                counts.update((learner, code) for code in _sure_codes(column.cells[row]))
        counts.update(_matrix_to_codes(layout, own, named))
    held = [
        (learner, f"{pair.old}:{code}", count)
        for (learner, code), count in sorted(counts.items(), key=_to_place)
        if code in pair.wordings and not _DUTY.fullmatch(code)
    ]
    frame = pd.DataFrame(held, columns=["learner", v.SUBJECT_ID, "n_cells"])
    return Evidence(
        frame.astype({"learner": str, v.SUBJECT_ID: str, "n_cells": int}), tuple(dict.fromkeys(told))
    )


def _to_place(counted: tuple[tuple[str, str], int]) -> tuple[object, ...]:
    (learner, code), _ = counted
    return learner, code_to_sort_key(code), code


def _cell_text(cells: Mapping[int, Cell], column: int) -> str:
    return text_to_squashed(cells[column].text) if column in cells else ""


def _sure_codes(found: Sequence[FoundCode]) -> dict[str, None]:
    """Give the codes of a cell that are certain, each once."""
    return dict.fromkeys(one.code for one in found if one.is_sure)


def _matrix_to_codes(layout: Layout, rows: Collection[int], named: int) -> Iterator[tuple[str, str]]:
    """Give the learner and the code of each mark that says that there is evidence."""
    if not layout.matrix:
        return
    for row, marks in matrix_to_marks(layout.sheet, layout.matrix, rows).items():
        learner = _cell_text(layout.sheet.rows[row], named)
        for at, cell in marks.items():
            if is_evidence(cell):
                yield from ((learner, one.code) for one in layout.matrix.heads[at])


def _counting_rows(
    layout: Layout, column: CodeColumn, pair: Pair, names: Sequence[str]
) -> tuple[set[int], list[str]]:
    """Give the rows of a column of codes that count as evidence, and say by what."""
    needed, sentence = _needed(layout, column, pair, names)
    heads = layout.sheet.rows.get(layout.head_row, {})
    saying = [at for at, cell in heads.items() if _STATUS_HEAD.search(cell.text) and not names]
    rows = layout.sheet.rows
    filled = {
        row for row in column.cells if not needed or any(_is_filled(rows[row].get(at)) for at in needed)
    }
    denied = {
        row for row in filled if any(at in rows[row] and not is_evidence(rows[row][at]) for at in saying)
    }
    told = [sentence] if sentence else []
    if denied:
        where = f"sheet {layout.sheet.name}" if layout.sheet.name else "the file"
        which = _or([heads[at].text for at in saying])
        count = "1 row does" if len(denied) == 1 else f"{len(denied)} rows do"
        told.append(f"In {where} {count} not count as evidence, as {which} says “not started” or the like.")
    return filled - denied, told


def _is_filled(cell: Cell | None) -> bool:
    return is_evidence(cell)


def _learner_column(layout: Layout, learners: str | None) -> int:
    if learners is None:
        return 0
    if learners:
        return head_to_column(layout, learners)
    heads = layout.sheet.rows.get(layout.head_row, {})
    return next((at for at, cell in heads.items() if _LEARNER_HEAD.search(cell.text)), 0)


def _needed(
    layout: Layout, column: CodeColumn, pair: Pair, names: Sequence[str]
) -> tuple[tuple[int, ...], str]:
    """Give the columns of which one must be filled in for a row to count, and say so."""
    where = f"sheet {layout.sheet.name}" if layout.sheet.name else "the file"
    if names:
        chosen = tuple(filter(None, (head_to_column(layout, name) for name in names)))
        told = f"In {where} a row counts as evidence where {_or(names)} is filled in." if chosen else ""
        return chosen, told
    codes = [one.code for found in column.cells.values() for one in found]
    is_listing = len(set(codes)) >= _LEAST_OF_A_LISTING * len(pair.wordings) and all(
        len(found) == 1 for found in column.cells.values()
    )
    if not is_listing:
        return (), ""
    heads = layout.sheet.rows.get(layout.head_row, {})
    found = {
        at: cell.text
        for at, cell in heads.items()
        if at != column.column and _EVIDENCE_HEAD.search(cell.text)
    }
    if not found:
        return (
            (),
            f"In {where} every code has a row; each row counts as evidence (name a column with --evidence).",
        )
    filled = _or(list(found.values()))
    return tuple(
        found
    ), f"In {where} every code has a row; it counts as evidence where {filled} is filled in."


def _or(names: Sequence[str]) -> str:
    quoted = [f"“{text_to_squashed(name)}”" for name in names]
    return " or ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else quoted[0]


def settlements_to_links(settlements: Mapping[str, Settlement], pair: Pair) -> pd.DataFrame:
    """Give the links of old codes as rows, each settled or only proposed; what was decided wins.

    Returns
    -------
    pandas.DataFrame
        ``subject_id``, ``predicate_id``, ``object_id``, ``is_settled``.
    """
    rows: list[tuple[str, str, str, bool]] = []
    for code, settlement in settlements.items():
        subject = f"{pair.old}:{code}"
        relations = {one.new_code: one.relation for one in settlement.proposals}
        if settlement.outcome == v.REVIEW:
            rows += [
                (subject, _predicate(relation), _object(pair, new), False)
                for new, relation in relations.items()
            ]
        elif settlement.outcome != v.UNKNOWN:
            own = settlement.relation if ";" not in settlement.relation else ""
            rows += [
                (
                    subject,
                    _predicate((own or relations.get(new) or "closeMatch") if new else ""),
                    _object(pair, new),
                    True,
                )
                for new in settlement.new_codes or ("",)
            ]
    return pd.DataFrame(rows, columns=[v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID, "is_settled"])


def _predicate(relation: str) -> str:
    """Give a relation as SKOS names it; without a counterpart SSSOM has an exact one."""
    return f"skos:{relation}" if relation else v.EXACT_MATCH


def _object(pair: Pair, code: str) -> str:
    return f"{pair.new}:{code}" if code else v.NO_TERM_FOUND
