"""The coverage as DataFrames: the columns and types of its tables, with rows and without."""

from __future__ import annotations

import pandas as pd

from curriculum.library.coverage_object import coverage_to_frames
from curriculum.remapping.coverage_rows import CoverageRows

STATEMENT = {
    **{"statement_id": "b:K1", "code": "K1", "kind": "knowledge", "option": "", "text": "Hoofs"},
    **{"state": "covered", "state_if_right": "covered", "evidence": "K9", "lacking": "", "waiting": ""},
    "n_cells": 2,
}
GROUP = {
    **{"group": "kind", "code": "", "name": "knowledge", "option": "", "n_ksbs": 1, "n_covered": 1},
    **{"n_in_part": 0, "n_not_covered": 0, "state": "all covered", "lacking": ""},
}
LOST = {"subject_id": "a:S3", "code": "S3", "text": "Budgets", "n_cells": 1, "why": "waiting"}
LEARNER = {
    **{"learner": "Ada", "n_covered": 1, "n_in_part": 0, "n_not_covered": 0, "n_if_right": 1},
    "lacking": "",
}
NAMES = ("statements", "groups", "before", "lost", "learners")
ROWS = (STATEMENT, GROUP, GROUP, LOST, LEARNER)


def test_each_row_is_a_row_of_its_frame():
    covered = coverage_to_frames(CoverageRows(*((row,) for row in ROWS), ("All is covered.",), ("Mine",)))
    for name, row in zip(NAMES, ROWS, strict=True):
        frame = getattr(covered, name)
        assert frame.to_dict("records") == [row]
        numbers = {column for column in row if column.startswith("n_")}
        assert {column for column in frame if frame[column].dtype == "int64"} == numbers
    assert repr(covered) == "Mine\nAll is covered."
    assert covered._repr_html_().count("<br>") == 1


def test_without_rows_the_columns_are_the_same():
    covered = coverage_to_frames(CoverageRows((), (), (), (), (), ()))
    for name, row in zip(NAMES, ROWS, strict=True):
        pd.testing.assert_frame_equal(getattr(covered, name), pd.DataFrame(columns=list(row)))


def test_without_learners_there_is_no_frame_of_them():
    assert coverage_to_frames(CoverageRows((), (), (), (), None, ())).learners is None
