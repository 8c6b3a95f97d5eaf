"""The rows of the sheet "To decide" of one file: what its codes need a person for, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum import vocabulary as v
from curriculum.codes import code_to_sort_key
from curriculum.reviewing.answers import Said
from curriculum.reviewing.pair import Pair
from curriculum.reviewing.proposals import WAITS, ReviewRow, unlisted_to_row

__all__ = ["rows_to_decide"]


def rows_to_decide(
    rows: Iterable[ReviewRow], n_cells: Mapping[str, int], said: Said, pair: Pair
) -> tuple[ReviewRow, ...]:
    """Give the rows of the sheet.

    Parameters
    ----------
    rows
        A row for each proposal of the pair, with what was answered.
    n_cells
        In how many cells of the file each old code was found for certain.
    said
        What was answered on the sheet before; these rows stay on it.
    pair
        The two versions.

    Returns
    -------
    tuple of ReviewRow
        Those that wait first, the code with the most cells first; behind them what was answered before.
    """
    answered = {one.link for one in said.decisions}
    answered |= {(pair.old_id(old), pair.new_id(new)) for old, new in (row.link for row in said.taken_back)}
    every = [row for row in rows if row.old_code or (v.NO_TERM_FOUND, pair.new_id(row.new_code)) in answered]
    counted = [
        row._replace(n_cells=n_cells.get(row.old_code, 0))
        for row in every
        if row.old_code not in said.unlisted
        and (
            (pair.old_id(row.old_code), pair.new_id(row.new_code)) in answered
            or (row.state == WAITS and n_cells.get(row.old_code))
        )
    ]
    known = {row.old_code for row in every if row.old_code}
    others = dict.fromkeys([*(code for code in n_cells if code not in known), *said.unlisted])
    counted += [unlisted_to_row(code, pair, said.unlisted.get(code), n_cells.get(code, 0)) for code in others]
    return tuple(sorted(counted, key=_to_place))


def _to_place(row: ReviewRow) -> tuple[object, ...]:
    return row.state != WAITS, -row.n_cells, code_to_sort_key(row.old_code), row.old_code, row.new_code
