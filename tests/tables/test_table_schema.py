"""The quick check of a frame accepts exactly what the schema accepts."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from curriculum.crosswalk.stored_crosswalk import read_crosswalk
from curriculum.tables.schemas import SCHEMAS
from curriculum.tables.table_schema import fits, frame_to_faults

WRONG = {
    "str": ["", "x", "K1\n", " K1", "K 1", "ümlaut", None, math.nan],
    "int64": [-1, 0, 10**12],
    "float64": [-0.1, -2.0, 0.5, 1.0001, 99.0, math.nan, math.inf, -math.inf],
    "bool": [True, False],
}
_WIDE, _FEW = 20, 4


def changed(frame, column, value):
    """Return a frame with one value of a column changed, its type kept where the value allows that."""
    copy = frame.copy()
    values = copy[column].tolist()
    values[0] = value
    is_text = value is not None and not (isinstance(value, float) and math.isnan(value))
    copy[column] = pd.Series(values, index=copy.index, dtype=copy[column].dtype if is_text else None)
    return copy


def variants(frame):
    for column in frame:
        wrong = WRONG.get(str(frame[column].dtype), [])
        # In a wide table many columns of texts have the same checks.
        is_many = len(frame.columns) > _WIDE and frame[column].dtype == "str"
        for value in wrong[: _FEW if is_many else None]:
            yield f"{column} = {value!r}", changed(frame, column, value)
        yield f"{column} as object", frame.assign(**{column: frame[column].astype(object)})
    yield "a column missing", frame.iloc[:, :-1]
    yield "columns in another order", frame[frame.columns[::-1]]
    yield "a column too many", frame.assign(more="")
    yield "a row twice", pd.concat([frame, frame.head(1)], ignore_index=True)
    yield "no row", frame.head(0)
    yield "another index", frame.set_axis(range(5, 5 + len(frame)), axis=0)


@pytest.fixture(scope="module")
def frames(tables, raw):
    return {**dict(tables.items()), "crosswalk": read_crosswalk(raw.parent / "processed")}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_quick_check_agrees_with_the_schema(frames, name):
    schema, frame = SCHEMAS[name], frames[name].head(8).reset_index(drop=True)
    assert len(frame)
    assert fits(schema, frame)
    differing = {
        what: fits(schema, variant)
        for what, variant in variants(frame)
        if fits(schema, variant) != (frame_to_faults(schema, variant) == [])
    }
    # Texts in a column of objects are accepted, but only after the slow check.
    assert {
        what for what, is_quick in differing.items() if is_quick or not what.endswith("as object")
    } == set()
