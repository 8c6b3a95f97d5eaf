"""The rows that confidence is fitted to: scores of pairs of statements, and whether readers link them.

They hold no wording, so that also pairs whose texts may not be published can be part of the fit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from curriculum.errors import InvalidInput, raise_faults
from curriculum.files.csv_cells import rows_to_csv
from curriculum.files.csv_rows import path_to_table_rows

__all__ = ["FIT_ROWS", "LINK", "NEW", "UNLINKED", "FitRow", "fit_rows_to_csv", "read_fit_rows"]

# The path of the rows in the raw folder.
FIT_ROWS: Final = "reference/fit_rows.csv"
LINK, UNLINKED, NEW = "link", "unlinked", "new"
_COLUMNS: Final = ("pair", "scorers", "case", "score", "size_penalty", "is_contested", "is_right")
_NUMBERS: Final = ("score", "size_penalty")
_FLAGS: Final = ("is_contested", "is_right")
_YES, _NO = "true", "false"
_ADVICE: Final = (
    "Use the file of the repository, or make it again: python benchmarks/fit.py --write FOLDER ..."
)


class FitRow(NamedTuple):
    """A pair of statements that can be a link, or a statement without a link.

    Attributes
    ----------
    pair
        The two documents, as ``old -> new``.
    scorers
        The name of the set of scorers that the score comes from, as `scorers_to_name` returns it.
    case
        ``link``, ``unlinked`` for an old statement for which no link is proposed, or ``new`` for such a new
        statement.
    score
        The CSLS score of the pair; of a statement without a link the value of `unlinked_to_ratio`.
    size_penalty
        What the number of statements subtracts from the log odds.
    is_contested
        Whether either statement has a better counterpart.
    is_right
        Whether readers link the pair; of a statement without a link whether they found no counterpart.
    source
        The id of the old statement; empty in the file.
    """

    pair: str
    scorers: str
    case: str
    score: float
    size_penalty: float
    is_contested: bool
    is_right: bool
    source: str = ""


def read_fit_rows(path: str | Path) -> tuple[FitRow, ...]:
    """Read the rows of a fit.

    Raises
    ------
    InvalidInput
        If a column is missing, or a cell has another form. All faults are reported at once.
    """
    rows = path_to_table_rows(Path(path), _COLUMNS, InvalidInput, _ADVICE)
    raise_faults([_fault(Path(path), line, row) for line, row in rows if not _is_fit_row(row)])
    return tuple(_row_to_fit_row(row) for _, row in rows)


def _is_fit_row(row: dict[str, str]) -> bool:
    try:
        numbers = [float(row[name]) for name in _NUMBERS]
    except ValueError:
        return False
    has_flags = all(row[name] in (_YES, _NO) for name in _FLAGS)
    return has_flags and all(map(math.isfinite, numbers)) and row["case"] in (LINK, UNLINKED, NEW)


def _fault(path: Path, line: int, row: dict[str, str]) -> InvalidInput:
    return InvalidInput(
        "no row of a fit",
        where=f"{path.as_posix()}, line {line}",
        expected=f"numbers, {_YES} or {_NO}, and the case {LINK}, {UNLINKED} or {NEW}",
        found=", ".join(row.values()),
        advice=_ADVICE,
    )


def _row_to_fit_row(row: dict[str, str]) -> FitRow:
    score, penalty = (float(row[name]) for name in _NUMBERS)
    contested, right = (row[name] == _YES for name in _FLAGS)
    return FitRow(row["pair"], row["scorers"], row["case"], score, penalty, contested, right)


def fit_rows_to_csv(rows: Iterable[FitRow]) -> str:
    """Return the rows of a fit as a CSV, sorted, without the ids of statements.

    Examples
    --------
    >>> print(fit_rows_to_csv([FitRow("a -> b", "default", "link", 2.5, 0.0, False, True, "a:K1")]), end="")
    pair,scorers,case,score,size_penalty,is_contested,is_right
    a -> b,default,link,2.5,0.0,false,true
    """
    cells = sorted(_row_to_cells(row) for row in rows)
    return rows_to_csv([_COLUMNS, *cells])


def _row_to_cells(row: FitRow) -> tuple[str, ...]:
    flags = {True: _YES, False: _NO}
    return (
        row.pair,
        row.scorers,
        row.case,
        str(round(row.score, 3)),
        str(row.size_penalty),
        flags[row.is_contested],
        flags[row.is_right],
    )
