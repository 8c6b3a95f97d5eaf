"""The links of a reference proposed anew, by the linker alone, and judged by it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from curriculum.crosswalk.linked_documents import link_pairs, link_to_scored_pairs
from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.documents.named_documents import names_to_documents
from curriculum.evaluation.cross_validation import cross_validated_links
from curriculum.evaluation.metrics import crosswalk_to_verdicts
from curriculum.evaluation.reference import Reference, check_reference, read_reference, reference_to_pairs
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs
from curriculum.model import vocabulary as v
from curriculum.parsing.parsed_tables import documents_to_parsed, parsed_to_tables
from curriculum.tables.carrier import Tables

__all__ = ["evaluate", "reference_to_scored_pairs"]


def _reference_to_tables(path: str | Path, raw: str | Path) -> tuple[tuple[Reference, ...], Tables]:
    """Read a reference, and the documents that it is about."""
    reference = read_reference(path)
    names = tuple(
        dict.fromkeys(name for row in reference for name in (row.subject_source, row.object_source))
    )
    tables = parsed_to_tables(documents_to_parsed(names_to_documents(names, raw)))
    check_reference(reference, tables.statements[v.STATEMENT_ID], path)
    return reference, tables


def evaluate(path: str | Path, raw: str | Path, is_cross_validated: bool = False) -> pd.DataFrame:
    """Propose the links of a reference's pairs anew, and judge each by the reference.

    Parameters
    ----------
    path
        The reference crosswalk.
    raw
        The raw folder, which holds its documents.
    is_cross_validated
        Propose the links of each statement by a confidence that was fitted to the others.

    Returns
    -------
    pandas.DataFrame
        As `crosswalk_to_verdicts` gives it.

    Raises
    ------
    CurriculumError
        If the reference, a document of it or the thesaurus cannot be read.
    """
    if is_cross_validated:
        reference, scored = reference_to_scored_pairs(path, raw)
        return crosswalk_to_verdicts(cross_validated_links(scored, reference), reference)
    reference, tables = _reference_to_tables(path, raw)
    return crosswalk_to_verdicts(
        link_pairs(tables, reference_to_pairs(reference), folder_to_scorers(raw), decisions=()), reference
    )


def reference_to_scored_pairs(
    path: str | Path, raw: str | Path, scorers: Sequence[Scorer] | None = None
) -> tuple[tuple[Reference, ...], tuple[ScoredPairs, ...]]:
    """Weigh the pairs of documents that a reference is about.

    Parameters
    ----------
    path
        The reference crosswalk.
    raw
        The raw folder, which holds its documents.
    scorers
        What speaks for a pair of statements, by default what `folder_to_scorers` gives.

    Returns
    -------
    tuple
        The reference, and its pairs in its own order.

    Raises
    ------
    CurriculumError
        If the reference, a document of it or the thesaurus cannot be read.
    """
    reference, tables = _reference_to_tables(path, raw)
    chosen = folder_to_scorers(raw) if scorers is None else scorers
    scored = tuple(link_to_scored_pairs(tables, *pair, chosen) for pair in reference_to_pairs(reference))
    return reference, scored
