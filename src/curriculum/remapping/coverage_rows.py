"""What the evidence of a file covers, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from curriculum.tables.plain_rows import Row

__all__ = ["EVIDENCE", "PLANNED", "CoverageRows"]

# What can cover a version.
EVIDENCE: Final = "evidence"
PLANNED: Final = "planned teaching"


@dataclass(frozen=True, repr=False)
class CoverageRows:
    """What the evidence of a file covers, of the old and of the new version, as rows.

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

    statements: tuple[Row, ...]
    groups: tuple[Row, ...]
    before: tuple[Row, ...]
    lost: tuple[Row, ...]
    learners: tuple[Row, ...] | None
    sentences: tuple[str, ...]
    about: tuple[str, ...] = ()
    what: str = EVIDENCE

    def __repr__(self) -> str:
        return "\n".join([*filter(None, self.about), *self.sentences])
