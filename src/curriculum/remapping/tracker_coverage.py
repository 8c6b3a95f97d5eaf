"""What the evidence of a tracker covers, of the old and of the new version."""

from __future__ import annotations

from typing import Final

from curriculum.remapping.coverage_rows import EVIDENCE, PLANNED, CoverageRows
from curriculum.remapping.coverage_sentences import coverage_to_sentences
from curriculum.remapping.evidence import code_outcomes_to_links
from curriculum.remapping.evidence_coverage import (
    coverage,
    coverage_to_groups,
    evidence_to_before,
    evidence_to_learners,
    evidence_to_lost,
)
from curriculum.remapping.options import Options
from curriculum.remapping.remap_result import Remapped
from curriculum.tables.plain_rows import TableRows

__all__ = ["NO_EVIDENCE", "remapped_to_coverage"]

NO_EVIDENCE: Final = "No evidence was found: nothing is covered."


def remapped_to_coverage(
    remapped: Remapped, tables: TableRows, options: Options, about: tuple[str, ...]
) -> CoverageRows | None:
    """Return what the evidence covers; None if the file has no cells that can be evidence."""
    evidence, pair = remapped.evidence.rows, remapped.pair
    if not remapped.evidence.counted:
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
    if any(row["n_cells"] for row in evidence):
        sentences = coverage_to_sentences(statements, groups, lost, what)
    sentences = (*remapped.evidence.sentences, *sentences)
    return CoverageRows(statements, groups, before, lost, learners, sentences, about, what)
