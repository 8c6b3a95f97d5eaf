"""What a method makes of each old statement that readers judged, and which of them another method wins."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import pandas as pd

from curriculum.evaluation.candidate_ranks import LinkRank
from curriculum.evaluation.metrics import FOUND, MISSED, WRONG, best_targets, crosswalk_to_verdicts
from curriculum.evaluation.reference import CORE_TIER, Reference
from curriculum.evaluation.significance import wins_to_p
from curriculum.model import vocabulary as v

__all__ = ["SOURCE_VERDICTS", "crosswalk_to_sources", "sources_to_wins"]

RIGHT, PARTLY_RIGHT, ALL_WRONG, NOTHING_FOUND, ONLY_NEUTRAL = SOURCE_VERDICTS = (
    *("right", "partly right", "wrong", "missed", "neutral"),
)
_COLUMNS: Final = [
    *("pair", v.SUBJECT_ID, "core_ids", "best_id", "is_hit", v.RANK, "proposed_ids", "verdict"),
]
_SEPARATOR: Final = "; "


def crosswalk_to_sources(
    crosswalk: pd.DataFrame,
    reference: Sequence[Reference],
    ranks: Mapping[tuple[str, str], LinkRank],
) -> pd.DataFrame:
    """Return a row for each old statement of a reference: what a crosswalk of its pair makes of it.

    Parameters
    ----------
    crosswalk
        Proposed mappings of one pair of documents.
    reference
        The rows of the reference on this pair.
    ranks
        The ranks of its core links, as `scores_to_ranks` returns them.

    Returns
    -------
    pandas.DataFrame
        In the order of the reference: ``pair`` (old -> new), ``subject_id``, ``core_ids`` (its core targets,
        joined by "; "), ``best_id`` (its best proposal), ``is_hit`` (that is a core target), ``rank`` (of the
        first core target in its list of candidates; 0 without one), ``proposed_ids``, and ``verdict``:
        `right` (all core links and no wrong one), `partly right`, `wrong` (a wrong link, and no core link),
        `missed` (neither a core link nor a wrong one, but readers see one), or `neutral` (readers see no core
        link, and only neutral ones are proposed).
    """
    verdicts = crosswalk_to_verdicts(crosswalk, reference)
    best = best_targets(crosswalk.to_dict("records"))
    links: dict[str, list[tuple[str, str]]] = {}
    proposed = verdicts[verdicts[v.OBJECT_ID] != v.NO_TERM_FOUND]
    for source, target, verdict in proposed[[v.SUBJECT_ID, v.OBJECT_ID, "verdict"]].itertuples(index=False):
        links.setdefault(source, []).append((target, verdict))
    core = _source_to_core(reference)
    rows = []
    for source, targets in core.items():
        of_source = links.get(source, [])
        first = min((ranks[source, target].of_old for target in targets), default=0)
        given = best.get(source, "")
        shown = [target for target, verdict in of_source if verdict != MISSED]
        verdict = _links_to_verdict([verdict for _, verdict in of_source])
        cells = (_SEPARATOR.join(targets), given, given in targets, first, _SEPARATOR.join(shown), verdict)
        rows.append((f"{reference[0].subject_source} -> {reference[0].object_source}", source, *cells))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _source_to_core(reference: Sequence[Reference]) -> dict[str, list[str]]:
    """Return the core targets of each old statement."""
    core: dict[str, list[str]] = {row.subject_id: [] for row in reference}
    for row in reference:
        if row.tier == CORE_TIER:
            core[row.subject_id].append(row.object_id)
    return core


def _links_to_verdict(verdicts: Collection[str]) -> str:
    """Return the verdict on an old statement from those on its links.

    Examples
    --------
    >>> [_links_to_verdict(links) for links in (["found"], ["found", "missed"], ["wrong", "missed"], [])]
    ['right', 'partly right', 'wrong', 'right']
    """
    has_fault = MISSED in verdicts or WRONG in verdicts
    if FOUND in verdicts:
        return PARTLY_RIGHT if has_fault else RIGHT
    if has_fault:
        return ALL_WRONG if WRONG in verdicts else NOTHING_FOUND
    return ONLY_NEUTRAL if verdicts else RIGHT


def sources_to_wins(sources: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Count the old statements whose best candidate is right with one method alone.

    Parameters
    ----------
    sources
        What one method makes of each old statement, as `crosswalk_to_sources` returns it, of any number of
        pairs.
    others
        The same of another method; it needs the columns ``pair``, ``subject_id`` and ``is_hit``.

    Returns
    -------
    pandas.DataFrame
        One row for each pair that both have: ``pair``, ``sources`` (old statements with a core link that both
        have), ``won`` (ids of those that are a hit of the first alone), ``lost`` (of the second alone), and
        ``p`` (of the sign test). The last row, ``all pairs``, counts all together.
    """
    compared = sources.merge(others[["pair", v.SUBJECT_ID, "is_hit"]], on=["pair", v.SUBJECT_ID])
    compared = compared[compared["core_ids"] != ""]
    rows = [_wins(str(pair), of_pair) for pair, of_pair in compared.groupby("pair", sort=False)]
    rows.append(_wins("all pairs", compared))
    return pd.DataFrame(rows, columns=["pair", "sources", "won", "lost", "p"])


def _wins(pair: str, compared: pd.DataFrame) -> tuple[object, ...]:
    is_hit, is_other = compared["is_hit_x"].astype(bool), compared["is_hit_y"].astype(bool)
    won, lost = (
        tuple(compared[differs][v.SUBJECT_ID]) for differs in (is_hit & ~is_other, is_other & ~is_hit)
    )
    return pair, len(compared), won, lost, wins_to_p(len(won), len(lost))
