"""The links of a reference, proposed again by the linker alone and compared with it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from curriculum.crosswalk.linked_documents import link_pairs, link_to_scored_pairs
from curriculum.evaluation.cross_validation import cross_validated_links
from curriculum.evaluation.metrics import crosswalk_to_verdicts
from curriculum.evaluation.reference import Reference, reference_to_pairs
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs
from curriculum.tables.carrier import Tables

__all__ = ["reference_to_scored_pairs", "reference_to_verdicts"]


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


def reference_to_verdicts(
    reference: Sequence[Reference],
    tables: Tables,
    scorers: Sequence[Scorer],
    is_cross_validated: bool = False,
) -> pd.DataFrame:
    """Propose the links of a reference again, without decisions, and compare them with it.

    Parameters
    ----------
    reference, tables, scorers
        As for `reference_to_scored_pairs`.
    is_cross_validated
        Whether the links of each statement are proposed by a confidence that was fitted to the others.

    Returns
    -------
    pandas.DataFrame
        As `crosswalk_to_verdicts` returns it.
    """
    if is_cross_validated:
        scored = reference_to_scored_pairs(reference, tables, scorers)
        return crosswalk_to_verdicts(cross_validated_links(scored, reference), reference)
    links = link_pairs(tables, reference_to_pairs(reference), scorers, decisions=())
    return crosswalk_to_verdicts(links, reference)
