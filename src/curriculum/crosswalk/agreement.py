"""Compare two crosswalks of the same pair, such as a composed one and the direct one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty, crosswalk_to_pair
from curriculum.errors import InvalidTable
from curriculum.model import vocabulary as v

__all__ = ["crosswalks_to_agreement", "crosswalks_to_disagreements"]

_Row = Mapping[Any, Any]


def _links(crosswalk: pd.DataFrame) -> dict[tuple[str, str], _Row]:
    """Return the links of a crosswalk's statements, by their ids."""
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    rows = statements.to_dict("records")
    return {
        (row[v.SUBJECT_ID], row[v.OBJECT_ID]): row
        for row in rows
        if v.NO_TERM_FOUND not in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}
    }


def _old_wordings(crosswalk: pd.DataFrame) -> dict[str, str]:
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk) & (crosswalk[v.SUBJECT_ID] != v.NO_TERM_FOUND)]
    return dict(zip(statements[v.SUBJECT_ID], statements[v.SUBJECT_LABEL], strict=True))


def _check_same_pair(composed: pd.DataFrame, direct: pd.DataFrame) -> None:
    composed_pair, direct_pair = (
        " to ".join(crosswalk_to_pair(crosswalk)) for crosswalk in (composed, direct)
    )
    if composed_pair != direct_pair:
        raise InvalidTable(
            "crosswalks of two pairs",
            expected=f"two of one pair, such as {direct_pair}",
            found=f"{composed_pair}, and {direct_pair}",
            advice="Select crosswalks of the same versions with select_pair.",
        )


def crosswalks_to_agreement(composed: pd.DataFrame, direct: pd.DataFrame) -> pd.DataFrame:
    """Return how far a composed crosswalk and the direct one agree on statements.

    Parameters
    ----------
    composed, direct
        Crosswalks of the same pair.

    Returns
    -------
    pandas.DataFrame
        One row for each measure: ``measure``, ``same`` and ``of`` (counts), ``share``. `links`: the links
        that both have, of all links that either has. `old statements`: those with the same counterparts, or
        none, in both. `relations`: the links with the same relation, of those that both have and SKOS
        composes.

    Raises
    ------
    InvalidTable
        If either is not of one pair, or their pairs differ.
    """
    _check_same_pair(composed, direct)
    composed_links, direct_links = _links(composed), _links(direct)
    both = composed_links.keys() & direct_links.keys()
    composable = [link for link in both if composed_links[link][v.PREDICATE_ID] != v.RELATED_MATCH]
    old_ids = _old_wordings(direct)
    rows = [
        ("links", len(both), len(composed_links.keys() | direct_links.keys())),
        (
            "old statements",
            sum(_new_ids(composed_links, old) == _new_ids(direct_links, old) for old in old_ids),
            len(old_ids),
        ),
        (
            "relations",
            sum(
                composed_links[link][v.PREDICATE_ID] == direct_links[link][v.PREDICATE_ID]
                for link in composable
            ),
            len(composable),
        ),
    ]
    measures = [
        (measure, same, of, round(same / of, 3) if of else float("nan")) for measure, same, of in rows
    ]
    return pd.DataFrame(measures, columns=["measure", "same", "of", "share"])


def _new_ids(links: Mapping[tuple[str, str], _Row], old: str) -> list[str]:
    return sorted(link[1] for link in links if link[0] == old)


def crosswalks_to_disagreements(composed: pd.DataFrame, direct: pd.DataFrame) -> pd.DataFrame:
    """Return the old statements on which a composed crosswalk and the direct one disagree.

    Parameters
    ----------
    composed, direct
        Crosswalks of the same pair.

    Returns
    -------
    pandas.DataFrame
        One row for each old statement, in the order of its list: ``subject_id``, ``subject_label``,
        ``composed`` and ``direct`` (codes of its counterparts; empty if it has none), ``via`` (the statements
        between), ``composed_confidence`` and ``direct_confidence`` (of the best link, or of having none).

    Raises
    ------
    InvalidTable
        If either is not of one pair, or their pairs differ.
    """
    _check_same_pair(composed, direct)
    composed_links, direct_links = _links(composed), _links(direct)
    comments: dict[str, dict[str, None]] = {}
    for old, comment in zip(composed[v.SUBJECT_ID], composed[v.COMMENT], strict=True):
        comments.setdefault(old, {})[comment] = None
    confidences = [_highest_confidences(crosswalk) for crosswalk in (composed, direct)]
    rows = []
    for old, wording in _old_wordings(direct).items():
        composed_ids, direct_ids = _new_ids(composed_links, old), _new_ids(direct_links, old)
        if composed_ids != direct_ids:
            codes = [
                ", ".join(new.partition(":")[2] for new in new_ids) for new_ids in (composed_ids, direct_ids)
            ]
            via = "; ".join(filter(None, comments.get(old, ())))
            rows.append((old, wording, *codes, via, *(confidence.get(old) for confidence in confidences)))
    names = [v.SUBJECT_ID, v.SUBJECT_LABEL, "composed", "direct", "via"]
    return pd.DataFrame(rows, columns=[*names, "composed_confidence", "direct_confidence"])


def _highest_confidences(crosswalk: pd.DataFrame) -> dict[str, float]:
    most = crosswalk.groupby(v.SUBJECT_ID)[v.CONFIDENCE].max()
    return {str(name): float(value) for name, value in most.items()}
