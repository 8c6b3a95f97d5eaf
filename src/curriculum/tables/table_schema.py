"""What a schema of a table is, and how a frame is checked against it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

__all__ = ["Column", "Schema", "fits", "frame_to_faults"]


class Column(NamedTuple):
    """The type and the values of a column.

    Attributes
    ----------
    dtype
        The pandas type: ``str``, ``int64``, ``float64``, ``bool`` or ``boolean``. Only ``float64`` and
        ``boolean`` may have no value.
    pattern
        A regular expression that the whole of each text must match; empty if any text fits.
    values
        The accepted values; empty if any fits.
    least, most
        The lowest and the highest accepted number, if there are.
    """

    dtype: str
    pattern: str = ""
    values: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


class Schema(NamedTuple):
    """The columns of a table in the order of its file, and the columns of its key."""

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]


def fits(schema: Schema, frame: pd.DataFrame) -> bool:
    """Return whether a frame fits a schema.

    `frame_to_faults` says what does not fit. It needs pandera, which takes longer to load than all other
    work on tables of usual size; so a frame without faults is checked here.
    """
    if list(frame.columns) != list(schema.columns):
        return False
    if not all(_column_fits(spec, frame[name]) for name, spec in schema.columns.items()):
        return False
    keys = zip(*(frame[name].tolist() for name in schema.key), strict=True)
    return len(set(keys)) == len(frame)


def _column_fits(spec: Column, column: pd.Series[Any]) -> bool:
    if column.dtype != spec.dtype:
        return False
    if spec.dtype == "boolean":
        return True
    values = set(column.tolist())
    if spec.dtype == "str":
        # A text that is absent is no string.
        return all(isinstance(value, str) for value in values) and _texts_fit(spec, values)
    return all(
        (spec.least is None or value >= spec.least) and (spec.most is None or value <= spec.most)
        for value in values
        if not math.isnan(value)
    )


def _texts_fit(spec: Column, values: set[str]) -> bool:
    is_match = re.compile(_whole(spec.pattern)).match if spec.pattern else None
    return (not spec.values or values <= set(spec.values)) and (not is_match or all(map(is_match, values)))


def _whole(pattern: str) -> str:
    return rf"^(?:{pattern})$"


def frame_to_faults(schema: Schema, frame: pd.DataFrame) -> list[str]:
    """Return a sentence for each column or value that does not fit a schema."""
    import pandera.pandas as pa

    try:
        _pandera_schema(schema.name, tuple(schema.columns.items()), schema.key).validate(
            frame.reset_index(drop=True), lazy=True
        )
    except pa.errors.SchemaErrors as fault:
        cases = fault.failure_cases.itertuples(index=False)
        return [f"{case.column}: {case.check} ({case.failure_case})" for case in cases]
    return []


@lru_cache(maxsize=32)
def _pandera_schema(
    name: str, columns: tuple[tuple[str, Column], ...], key: tuple[str, ...]
) -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {column: _pandera_column(spec) for column, spec in columns},
        unique=list(key),
        strict=True,
        ordered=True,
        name=name,
    )


def _pandera_column(spec: Column) -> pa.Column:
    import pandera.pandas as pa

    check = None
    if spec.pattern:
        check = pa.Check.str_matches(_whole(spec.pattern))
    elif spec.values:
        check = pa.Check.isin(spec.values)
    elif spec.most is not None:
        check = pa.Check.in_range(spec.least, spec.most)
    elif spec.least is not None:
        check = pa.Check.ge(spec.least)
    types = {"str": str, "int64": int, "float64": float, "bool": bool, "boolean": pd.BooleanDtype()}
    return pa.Column(types[spec.dtype], check, nullable=spec.dtype in ("float64", "boolean"))
