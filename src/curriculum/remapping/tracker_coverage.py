"""What the evidence of a tracker covers, of the old and of the new version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from curriculum.html.summaries import lines_to_html
from curriculum.remapping.coverage_sentences import EVIDENCE, PLANNED, coverage_to_sentences
from curriculum.remapping.evidence import code_outcomes_to_links
from curriculum.remapping.evidence_coverage import (
    coverage,
    coverage_to_groups,
    evidence_to_before,
    evidence_to_learners,
    evidence_to_lost,
)
from curriculum.remapping.options import Options
from curriculum.remapping.remapped import Remapped
from curriculum.tables.carrier import Tables

__all__ = ["NO_EVIDENCE", "Coverage", "remapped_to_coverage"]

NO_EVIDENCE: Final = "No evidence was found: nothing is covered."


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


def remapped_to_coverage(
    remapped: Remapped, tables: Tables, options: Options, about: tuple[str, ...]
) -> Coverage | None:
    """Return what the evidence covers; None if the file has no cells that can be evidence."""
    evidence, pair = remapped.evidence.frame, remapped.pair
    if remapped.evidence.counted.empty:
        return None
    what = PLANNED if remapped.evidence.is_planned else EVIDENCE
    links = code_outcomes_to_links(remapped.code_outcomes, pair)
    statements = coverage(evidence, links, tables, pair.new, options.option)
    groups = coverage_to_groups(statements, tables, pair.new, options.option)
    before = coverage_to_groups(evidence_to_before(evidence, tables, pair.old), tables, pair.old)
    lost = evidence_to_lost(evidence, links, tables, pair.old)
    learners = None
    if options.learners is not None:
        learners = evidence_to_learners(evidence, links, tables, pair.new, options.option)
    sentences: tuple[str, ...] = (NO_EVIDENCE,)
    if evidence["n_cells"].any():
        sentences = coverage_to_sentences(statements, groups, lost, what)
    sentences = (*remapped.evidence.sentences, *sentences)
    return Coverage(statements, groups, before, lost, learners, sentences, about, what)
