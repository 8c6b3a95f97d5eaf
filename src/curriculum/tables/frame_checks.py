"""Check a frame against the schema of its table."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from curriculum.errors import InvalidTable
from curriculum.tables.schemas import SCHEMAS
from curriculum.tables.table_schema import Column, Schema

if TYPE_CHECKING:
    import pandera.pandas as pa

__all__ = ["check_frame", "fits", "frame_to_faults"]


def check_frame(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Check a frame against the schema of its table.

    Parameters
    ----------
    name
        The name of the table.
    frame
        Its rows.

    Returns
    -------
    pandas.DataFrame
        The frame itself, unchanged.

    Raises
    ------
    InvalidTable
        If a column, a value or the key does not fit the schema; all faults in one message.
    """
    if fits(SCHEMAS[name], frame):
        return frame
    faults = frame_to_faults(SCHEMAS[name], frame)
    if faults:
        raise InvalidTable(
            f"the table {name} does not fit its schema",
            expected="the columns of docs/tables.md",
            found=f"{len(faults)} faults: {'; '.join(faults[:5])}",
            advice="If the table was edited by hand, run curriculum build again; otherwise this is a "
            "fault of the program: please report it.",
        )
    return frame


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
