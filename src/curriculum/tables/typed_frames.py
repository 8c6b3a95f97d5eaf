"""Build the frame of a table, each column with the type that its schema names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from curriculum.errors import InvalidTable
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.schemas import SCHEMAS

__all__ = ["columns_to_typed", "rows_to_frame", "rows_to_typed", "text_to_typed"]

_TYPES: Final = {
    name: {column: spec.dtype for column, spec in schema.columns.items()} for name, schema in SCHEMAS.items()
}


def text_to_typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of texts with the types of its table, column by column.

    Raises
    ------
    InvalidTable
        If a column is missing or its values are not of its type.
    """
    types = _TYPES[name]
    if list(frame.columns) != list(types):
        raise InvalidTable(
            f"the table {name} has other columns",
            expected=", ".join(types),
            found=", ".join(map(str, frame.columns)),
            advice="Run curriculum build again.",
        )
    return pd.DataFrame({column: _typed(frame[column], types[column], name) for column in types})


def _typed(column: pd.Series[str], dtype: str, name: str) -> pd.Series[Any]:
    try:
        if dtype == "bool":
            return column.map({"true": 1, "false": 0}).astype(int).astype(bool)
        if dtype == "boolean":
            known = column.map({"true": 1, "false": 0, "": -1}).astype(int)
            return known.eq(1).astype("boolean").mask(known < 0)
        if dtype == "float64":
            return column.where(column != "").astype(float)
        return column.astype(int) if dtype == "int64" else column.astype(str)
    except (ValueError, TypeError) as fault:
        raise InvalidTable(
            f"a value of {column.name} in the table {name} is not of its type",
            expected=dtype,
            found=str(fault),
            advice="Run curriculum build again.",
        ) from fault


def columns_to_typed(name: str, columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Return the frame of a table from its columns, typed, but not checked yet (`check_frame`)."""
    return pd.DataFrame(
        {
            column: pd.array(columns[column], dtype="str")
            if dtype == "str"
            else pd.array(columns[column], dtype="boolean")
            if dtype == "boolean"
            else np.array(columns[column], dtype=dtype)
            for column, dtype in _TYPES[name].items()
        }
    )


def rows_to_typed(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return the frame of a table from its rows, typed, but not checked yet (`check_frame`)."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in _TYPES[name])
    return columns_to_typed(name, dict(zip(_TYPES[name], map(list, columns), strict=True)))


def rows_to_frame(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return the frame of a table from its rows, typed and checked.

    Examples
    --------
    >>> rows_to_frame("duty_ksbs", [("st0792-1.2:D1", "st0792-1.2:K9", 153, 153)]).loc[0, "statement_id"]
    'st0792-1.2:K9'
    """
    return check_frame(name, rows_to_typed(name, rows)) if rows else _empty_frame(name).copy()


@cache
def _empty_frame(name: str) -> pd.DataFrame:
    """Return the frame of a table without rows: most documents leave half of the tables empty."""
    return check_frame(name, rows_to_typed(name, []))
