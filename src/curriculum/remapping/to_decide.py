"""The rows of the sheet "To decide" of one file: what its codes need a person for, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.codes import code_to_sort_key
from curriculum.reviewing.answers import Unlisted
from curriculum.reviewing.pair import Pair
from curriculum.reviewing.proposals import ReviewRow, unlisted_to_row

__all__ = ["rows_to_decide"]


def rows_to_decide(
    rows: Iterable[ReviewRow], n_cells: Mapping[str, int], unlisted: Mapping[str, Unlisted], pair: Pair
) -> tuple[ReviewRow, ...]:
    """Give the rows of the sheet.

    Parameters
    ----------
    rows
        A row for each proposal of the pair, with what was answered.
    n_cells
        In how many cells of the file each old code was found for certain.
    unlisted
        What was said of codes that the old version lacks.
    pair
        The two versions.

    Returns
    -------
    tuple of ReviewRow
        Those that wait first, the code with the most cells first; behind them what was answered before.
    """
    every = [row for row in rows if row.old_code]
    known = {row.old_code for row in every}
    counted = [
        row._replace(n_cells=n_cells.get(row.old_code, 0))
        for row in every
        if row.decision or (row.waits and n_cells.get(row.old_code))
    ]
    others = dict.fromkeys([code for code in n_cells if code not in known] + list(unlisted))
    counted += [unlisted_to_row(code, pair, unlisted.get(code), n_cells.get(code, 0)) for code in others]
    return tuple(sorted(counted, key=_to_place))


def _to_place(row: ReviewRow) -> tuple[object, ...]:
    return bool(row.decision), -row.n_cells, code_to_sort_key(row.old_code), row.old_code, row.new_code
