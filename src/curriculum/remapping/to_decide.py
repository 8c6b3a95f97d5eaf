"""The rows of the sheet "To decide" of a file: the codes that need a decision, and the answers so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_sort_key
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.layout import cells_to_phrase
from curriculum.review.answers import NOT_A_CODE, Answers
from curriculum.review.review_rows import NO_LOOK, WAITS, ReviewRow, unlisted_to_row

__all__ = ["rows_to_decide"]


def rows_to_decide(
    rows: Iterable[ReviewRow],
    n_cells: Mapping[str, int],
    answers: Answers,
    pair: VersionPair,
    possible: Mapping[str, Sequence[str]] | None = None,
) -> tuple[ReviewRow, ...]:
    """Return the rows of the sheet.

    Parameters
    ----------
    rows
        A row for each proposal of the pair, with its answer.
    n_cells
        The number of cells of the file in which each old code is certain.
    answers
        The answers so far; their rows stay on the sheet.
    pair
        The two versions.
    possible
        The cells in which a code may be none, by code: they need an answer even if the code is settled.

    Returns
    -------
    tuple of ReviewRow
        First the rows that need an answer, the code with the most cells first; then those with an answer.
    """
    answered = {decision.link for decision in answers.decisions}
    answered |= {(pair.old_id(old), pair.new_id(new)) for old, new in (row.link for row in answers.revised)}
    every = [row for row in rows if row.old_code or (v.NO_TERM_FOUND, pair.new_id(row.new_code)) in answered]
    counted = [
        row._replace(n_cells=n_cells.get(row.old_code, 0))
        for row in every
        if row.old_code not in answers.unlisted
        and (
            (pair.old_id(row.old_code), pair.new_id(row.new_code)) in answered
            or (row.state == WAITS and n_cells.get(row.old_code))
        )
    ]
    known = {row.old_code for row in every if row.old_code}
    others = dict.fromkeys([*(code for code in n_cells if code not in known), *answers.unlisted])
    counted += [
        unlisted_to_row(code, pair, answers.unlisted.get(code), n_cells.get(code, 0)) for code in others
    ]
    counted = list(_with_possible(counted, every, possible or {}, pair))
    return tuple(sorted(counted, key=_sort_key))


def _with_possible(
    counted: Sequence[ReviewRow],
    every: Sequence[ReviewRow],
    possible: Mapping[str, Sequence[str]],
    pair: VersionPair,
) -> Iterator[ReviewRow]:
    """Yield the rows, and a row for each code that may be none."""
    for row in counted:
        cells = possible.get(row.old_code, ()) if row.state == WAITS else ()
        yield _possible_row(row, cells) if cells else row
    shown = {row.old_code for row in counted}
    known = {row.old_code for row in every}
    for code, cells in possible.items():
        if code not in shown and code in known:
            settled_rows = (row for row in every if row.old_code == code and row.state == NO_LOOK)
            yield from (_possible_row(row._replace(state=WAITS), cells) for row in settled_rows)
        elif code not in shown:
            yield _possible_row(unlisted_to_row(code, pair, None, 0), cells)


def _possible_row(row: ReviewRow, cells: Sequence[str]) -> ReviewRow:
    """Return a row that also asks whether the texts in some cells are codes at all."""
    note = (
        f"In {cells_to_phrase(cells)} it may be no code; any other answer than “{NOT_A_CODE}” says it is one."
    )
    # If the code is certain in other cells, the answer "no code" would apply to these too.
    choices = row.choices if row.n_cells else tuple(dict.fromkeys((*row.choices, NOT_A_CODE)))
    if row.n_cells:
        note = f"In {cells_to_phrase(cells)} it may be no code; correct these cells if it is none."
    n_cells = row.n_cells + len(cells)
    return row._replace(evidence=f"{note} {row.evidence}".rstrip(), choices=choices, n_cells=n_cells)


def _sort_key(row: ReviewRow) -> tuple[object, ...]:
    return row.state != WAITS, -row.n_cells, code_to_sort_key(row.old_code), row.old_code, row.new_code
