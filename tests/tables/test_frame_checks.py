"""The quick check of a frame accepts exactly what the schema accepts."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from curriculum.crosswalk.stored_crosswalk import read_candidates, read_crosswalk
from curriculum.tables.frame_checks import fits, frame_to_faults
from curriculum.tables.schemas import SCHEMAS
from curriculum.tables.table_schema import Column, Schema

WRONG = {
    "str": ["", "x", "K1\n", " K1", "K 1", "ümlaut", None, math.nan],
    "int64": [-1, 0, 10**12],
    "float64": [-0.1, -2.0, 0.5, 1.0001, 99.0, math.nan, math.inf, -math.inf],
    "bool": [True, False],
}
ROW = "row"


def changed(frame, column, value):
    """Return a frame with one value of a column changed, its type kept where the value allows that."""
    copy = frame.copy()
    values = copy[column].tolist()
    values[0] = value
    is_text = value is not None and not (isinstance(value, float) and math.isnan(value))
    copy[column] = pd.Series(values, index=copy.index, dtype=copy[column].dtype if is_text else None)
    return copy


def variants_of_a_column(frame, column):
    for value in WRONG.get(str(frame[column].dtype), []):
        yield f"{column} = {value!r}", changed(frame, column, value)
    yield f"{column} as object", frame.assign(**{column: frame[column].astype(object)})


def variants_of_a_table(frame):
    yield "a column missing", frame.iloc[:, :-1]
    yield "columns in another order", frame[frame.columns[::-1]]
    yield "a column too many", frame.assign(more="")
    yield "a row twice", pd.concat([frame, frame.head(1)], ignore_index=True)
    yield "no row", frame.head(0)
    yield "another index", frame.set_axis(range(5, 5 + len(frame)), axis=0)


def differing(schema, variants):
    """Return what the two checks disagree on, and whether the quick one accepts it."""
    told = {what: (fits(schema, one), frame_to_faults(schema, one) == []) for what, one in variants}
    return {what: is_quick for what, (is_quick, is_slow) in told.items() if is_quick != is_slow}


@pytest.fixture(scope="module")
def frames(tables, raw):
    built = raw.parent / "processed"
    of_pairs = {"crosswalk": read_crosswalk(built), "candidates": read_candidates(built)}
    held = {**dict(tables.items()), **of_pairs}
    return {name: frame.head(8).reset_index(drop=True) for name, frame in held.items()}


# Many columns have the same checks: the first column of each kind stands for them.
KINDS = {
    spec: (table, column)
    for table, schema in reversed(SCHEMAS.items())
    for column, spec in reversed(schema.columns.items())
}


@pytest.mark.parametrize("spec", KINDS, ids=lambda spec: ".".join(KINDS[spec]))
def test_the_quick_check_agrees_on_each_kind_of_column(frames, spec):
    table, column = KINDS[spec]
    frame = pd.DataFrame({ROW: range(len(frames[table])), column: frames[table][column]})
    schema = Schema(f"{table} {column}", {ROW: Column("int64"), column: spec}, (ROW,))
    assert fits(schema, frame)
    found = differing(schema, variants_of_a_column(frame, column))
    # Texts in a column of objects are accepted, but only after the slow check.
    assert {what for what, is_quick in found.items() if is_quick or not what.endswith("as object")} == set()


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_quick_check_agrees_with_the_schema(frames, name):
    assert len(frames[name])
    assert fits(SCHEMAS[name], frames[name])
    assert differing(SCHEMAS[name], variants_of_a_table(frames[name])) == {}


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_column_is_passed_over_by_either_check(frames, name):
    schema, frame = SCHEMAS[name], frames[name]
    # No column is of bytes.
    wrong = {column: pd.Series([b""] * len(frame)) for column in schema.columns}
    assert [column for column in wrong if fits(schema, frame.assign(**{column: wrong[column]}))] == []
    faults = frame_to_faults(schema, frame.assign(**wrong))
    assert {fault.partition(":")[0] for fault in faults} >= set(schema.columns)
