"""Write rows as CSV, with the same bytes as frames."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from curriculum.files.csv_cells import rows_to_csv, text_to_safe
from curriculum.tables.plain_rows import Row

__all__ = ["rows_to_export"]


def rows_to_export(names: Sequence[str], rows: Iterable[Row], separator: str = ",") -> bytes:
    r"""Return rows as CSV for a spreadsheet program, which will take no text of it for a formula.

    It has UTF-8, line feeds, `true` and `false`, and numbers with three decimal places.

    Parameters
    ----------
    names
        The columns, in order.
    rows
        The rows.
    separator
        The sign between cells.

    Examples
    --------
    >>> rows_to_export(["code", "confidence", "is_settled"],
    ...                [{"code": "=1+1", "confidence": 0.5, "is_settled": True}])
    b"code,confidence,is_settled\n'=1+1,0.500,true\n"
    """
    return rows_to_csv(_lines(names, rows), separator).encode("utf-8")


def _lines(names: Sequence[str], rows: Iterable[Row]) -> Iterator[Sequence[str]]:
    yield names
    for row in rows:
        yield [_value_to_text(row[name]) for name in names]


def _value_to_text(value: object) -> str:
    if isinstance(value, str):
        return text_to_safe(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.3f}"
    return "" if value is None else str(value)
