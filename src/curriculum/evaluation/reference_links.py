"""The links of a reference, proposed again by the linker alone and compared with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from curriculum.crosswalk.linked_documents import link_pairs_with_candidates, link_to_scored_pairs
from curriculum.documents.register import check_folder
from curriculum.evaluation.candidate_ranks import CANDIDATE_COLUMNS
from curriculum.evaluation.cross_validation import cross_validated_links
from curriculum.evaluation.fit_rows import FIT_ROWS, FitRow, read_fit_rows
from curriculum.evaluation.metrics import crosswalk_to_verdicts
from curriculum.evaluation.reference import (
    REFERENCE,
    Reference,
    check_reference,
    read_reference,
    reference_to_pairs,
)
from curriculum.linking.candidates import scored_pairs_to_candidates
from curriculum.linking.confidence import scorers_to_name
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs
from curriculum.model import vocabulary as v
from curriculum.parsing.document_reading import names_to_versions
from curriculum.tables.carrier import Tables

__all__ = [
    "Compared",
    "other_fit_rows",
    "path_to_reference",
    "reference_to_compared",
    "reference_to_scored_pairs",
]


class Compared(NamedTuple):
    """The links of a reference, proposed again and compared with it.

    Attributes
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.
    candidates
        The table ``candidates`` of its pairs, without scores and confidence.
    """

    verdicts: pd.DataFrame
    candidates: pd.DataFrame


def path_to_reference(
    raw: str | Path, path: str | Path | None = None
) -> tuple[tuple[Reference, ...], Tables]:
    """Read a reference crosswalk, and parse its documents.

    Parameters
    ----------
    raw
        The raw folder with the documents.
    path
        The reference crosswalk; by default ``reference/crosswalk_dev.csv`` in the raw folder.

    Returns
    -------
    tuple
        The rows of the reference, and the tables of its documents.

    Raises
    ------
    CurriculumError
        If the reference or a document cannot be read, or a row names a statement that does not exist.
    """
    if path is None:
        path = Path(raw) / REFERENCE
        check_folder(raw)
    rows = read_reference(path)
    names = dict.fromkeys(name for row in rows for name in (row.subject_source, row.object_source))
    tables, _ = names_to_versions(tuple(names), raw)
    check_reference(rows, tables.statements[v.STATEMENT_ID], path)
    return rows, tables


def reference_to_scored_pairs(
    reference: Sequence[Reference], tables: Tables, scorers: Sequence[Scorer]
) -> tuple[ScoredPairs, ...]:
    """Return the scored pairs of the documents of a reference, in its order.

    Parameters
    ----------
    reference
        The rows of the reference.
    tables
        The tables of its documents.
    scorers
        The scorers of the linker.
    """
    pairs = reference_to_pairs(reference)
    return tuple(link_to_scored_pairs(tables, *pair, scorers) for pair in pairs)


def other_fit_rows(
    raw: str | Path, reference: Sequence[Reference], scorers: Sequence[Scorer]
) -> tuple[FitRow, ...]:
    """Return the rows of the fit of a raw folder, without those of the pairs of a reference."""
    path = Path(raw) / FIT_ROWS
    if not path.is_file():
        return ()
    pairs = {f"{old} -> {new}" for old, new in reference_to_pairs(reference)}
    name = scorers_to_name(scorer.name for scorer in scorers)
    return tuple(row for row in read_fit_rows(path) if row.pair not in pairs and row.scorers == name)


def reference_to_compared(
    reference: Sequence[Reference],
    tables: Tables,
    scorers: Sequence[Scorer],
    is_cross_validated: bool = False,
    more: Sequence[FitRow] = (),
) -> Compared:
    """Propose the links of a reference again, without decisions, and compare them with it.

    The candidates are the same with and without cross-validation: they are in the order of the CSLS scores,
    which the fit of the confidence does not change.

    Parameters
    ----------
    reference, tables, scorers
        As for `reference_to_scored_pairs`.
    is_cross_validated
        Whether the links of each statement are proposed by a confidence that was fitted to the others.
    more
        Rows of other pairs of documents, to which that confidence is fitted too.
    """
    if is_cross_validated:
        scored = reference_to_scored_pairs(reference, tables, scorers)
        links = cross_validated_links(scored, reference, more)
        candidates = pd.concat(map(scored_pairs_to_candidates, scored), ignore_index=True)
    else:
        pairs = reference_to_pairs(reference)
        links, candidates = link_pairs_with_candidates(tables, pairs, scorers, decisions=())
    return Compared(crosswalk_to_verdicts(links, reference), candidates[CANDIDATE_COLUMNS])
