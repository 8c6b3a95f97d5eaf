"""Check rows against the schema of their table, without pandas."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from curriculum.model.text import text_to_quoted
from curriculum.tables.plain_rows import Row
from curriculum.tables.table_schema import Column, Schema

__all__ = ["rows_to_faults"]

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "str": (str,),
    "int64": (int,),
    "bool": (bool,),
    "float64": (int, float),
    "boolean": (bool, type(None)),
}
_NAMES: Final = {
    "str": "a text",
    "int64": "a whole number",
    "bool": "true or false",
    "float64": "a number",
    "boolean": "true, false or nothing",
}

# A longer whole number is neither an int64 nor a float64.
_MOST_BITS: Final = 63


def rows_to_faults(schema: Schema, rows: Sequence[Row]) -> Iterator[str]:
    """Yield a sentence for each cell that does not fit the schema of its table, and for each repeated key.

    Parameters
    ----------
    schema
        The schema.
    rows
        The rows; each has the columns of the schema.

    Examples
    --------
    >>> from curriculum.tables.schemas import SCHEMAS
    >>> pair = {"duty_id": "mine:D1", "statement_id": "mine:K1", "first_line": -1, "last_line": 4}
    >>> list(rows_to_faults(SCHEMAS["duty_ksbs"], [pair]))
    ['row 1, first_line: “-1”; expected a whole number of at least 0']
    """
    wrong = {name for name, column in schema.columns.items() if not _all_fit(column, rows, name)}
    for number, row in enumerate(rows if wrong else (), start=1):
        for name, column in schema.columns.items():
            if name in wrong and not _fits(column, row[name]):
                found = text_to_quoted(str(row[name]))
                yield f"row {number}, {name}: {found}; expected {_expected(column)}"
    # Cells of another type may have no order and no hash.
    is_comparable = not wrong.intersection(schema.key)
    seen: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(rows if is_comparable else (), start=1):
        first = seen.setdefault(tuple(row[name] for name in schema.key), number)
        if first != number:
            yield f"row {number}: the same {', '.join(schema.key)} as row {first}"


def _all_fit(column: Column, rows: Sequence[Row], name: str) -> bool:
    """Return whether all cells of a column fit; most columns have few different values."""
    cells = [row[name] for row in rows]
    types = set(map(type, cells))
    if column.dtype == "str" and types == {str} and not (column.values or column.pattern):
        return True
    # True equals 1, so that a set would hide one of them.
    distinct = set(cells) if types == {str} else cells
    return all(_fits(column, cell) for cell in distinct)


def _fits(column: Column, value: object) -> bool:
    is_flag = isinstance(value, bool)
    if not isinstance(value, _TYPES[column.dtype]) or (is_flag and column.dtype in {"int64", "float64"}):
        return False
    if isinstance(value, str):
        is_listed = not column.values or value in column.values
        return is_listed and (not column.pattern or _compiled(column.pattern).fullmatch(value) is not None)
    if isinstance(value, float) and not math.isfinite(value):
        return math.isnan(value)
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return False
    if isinstance(value, int | float) and not is_flag:
        is_enough = column.least is None or value >= column.least
        return is_enough and (column.most is None or value <= column.most)
    return True


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _expected(column: Column) -> str:
    """Return what a column holds, in words."""
    if column.values:
        return " or ".join(f"“{value}”" for value in column.values)
    if column.pattern:
        return f"a text like {column.pattern}"
    least = "" if column.least is None else f" of at least {column.least:g}"
    most = "" if column.most is None else f" and at most {column.most:g}"
    return f"{_NAMES[column.dtype]}{least}{most}"
