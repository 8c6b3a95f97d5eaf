"""What the evidence of a tracker covers, as DataFrames."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from curriculum.html.summaries import lines_to_html
from curriculum.remapping.coverage_rows import EVIDENCE, CoverageRows
from curriculum.remapping.evidence_coverage import (
    COVERAGE_COLUMNS,
    GROUP_COLUMNS,
    LEARNER_COLUMNS,
    LOST_COLUMNS,
)
from curriculum.tables.frame_rows import rows_to_plain_frame

__all__ = ["Coverage", "coverage_to_frames"]


@dataclass(frozen=True, repr=False, eq=False)
class Coverage:
    """What the evidence of a file covers, of the old and of the new version.

    Attributes
    ----------
    statements
        One row for each new statement: its ``state`` (`covered`, `in part` or `not covered`), the old codes
        with evidence for it, and those that are lacking or that wait; see `coverage`.
    groups
        One row for each duty, theme, method, descriptor, option and kind of the new version: how many of its
        KSBs are covered; see `coverage_to_groups`.
    before
        The same for the old version.
    lost
        One row for each old statement with evidence that does not count now, and ``why``; see
        `evidence_to_lost`.
    learners
        One row for each learner: how many new statements the evidence covers; None without the option
        ``learners``; see `evidence_to_learners`.
    sentences
        The same in sentences.
    about
        The file, the versions and, with the option ``date``, the date.
    what
        What covers the version: `evidence` or `planned teaching`.
    """

    statements: pd.DataFrame
    groups: pd.DataFrame
    before: pd.DataFrame
    lost: pd.DataFrame
    learners: pd.DataFrame | None
    sentences: tuple[str, ...]
    about: tuple[str, ...] = ()
    what: str = EVIDENCE

    def __repr__(self) -> str:
        return "\n".join([*filter(None, self.about), *self.sentences])

    def _repr_html_(self) -> str:
        return lines_to_html([*filter(None, self.about), *self.sentences])


def coverage_to_frames(covered: CoverageRows) -> Coverage:
    """Return a coverage with its rows as DataFrames.

    Examples
    --------
    >>> row = {"subject_id": "st0792-1.0:S3", "code": "S3", "text": "Budgets", "n_cells": 2, "why": "waiting"}
    >>> covered = coverage_to_frames(CoverageRows((), (), (), (row,), None, ("Nothing is covered.",)))
    >>> covered.lost[["code", "n_cells", "why"]]
      code  n_cells      why
    0   S3        2  waiting
    >>> covered
    Nothing is covered.
    """
    learners = covered.learners
    return Coverage(
        rows_to_plain_frame(covered.statements, COVERAGE_COLUMNS),
        rows_to_plain_frame(covered.groups, GROUP_COLUMNS),
        rows_to_plain_frame(covered.before, GROUP_COLUMNS),
        rows_to_plain_frame(covered.lost, LOST_COLUMNS),
        None if learners is None else rows_to_plain_frame(learners, LEARNER_COLUMNS),
        covered.sentences,
        covered.about,
        covered.what,
    )
