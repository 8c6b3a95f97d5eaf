"""How far two crosswalks of one pair say the same, such as a composed one and the direct one."""

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
    own = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    rows = own.to_dict("records")
    return {
        (row[v.SUBJECT_ID], row[v.OBJECT_ID]): row
        for row in rows
        if v.NO_TERM_FOUND not in {row[v.SUBJECT_ID], row[v.OBJECT_ID]}
    }


def _olds(crosswalk: pd.DataFrame) -> dict[str, str]:
    own = crosswalk[~crosswalk_to_is_duty(crosswalk) & (crosswalk[v.SUBJECT_ID] != v.NO_TERM_FOUND)]
    return dict(zip(own[v.SUBJECT_ID], own[v.SUBJECT_LABEL], strict=True))


def _refuse_two_pairs(composed: pd.DataFrame, direct: pd.DataFrame) -> None:
    one, other = (" to ".join(crosswalk_to_pair(crosswalk)) for crosswalk in (composed, direct))
    if one != other:
        raise InvalidTable(
            "crosswalks of two pairs",
            expected=f"two of one pair, such as {other}",
            found=f"{one}, and {other}",
            advice="Take crosswalks of the same versions with select_pair.",
        )


def crosswalks_to_agreement(composed: pd.DataFrame, direct: pd.DataFrame) -> pd.DataFrame:
    """Return how far a composed crosswalk and the direct one say the same of statements.

    Parameters
    ----------
    composed, direct
        Crosswalks of the same pair.

    Returns
    -------
    pandas.DataFrame
        One row a measure: ``measure``, ``same`` and ``of`` (counts), ``share``. `links`: of all links that
        either has, those that both have. `old statements`: those with the same counterparts, or none, in
        both. `relations`: of the links that both have, those with one relation, where SKOS composes one.

    Raises
    ------
    InvalidTable
        If either is not of one pair, or they are not of the same.
    """
    _refuse_two_pairs(composed, direct)
    one, other = _links(composed), _links(direct)
    both = one.keys() & other.keys()
    composable = [link for link in both if one[link][v.PREDICATE_ID] != v.RELATED_MATCH]
    olds = _olds(direct)
    rows = [
        ("links", len(both), len(one.keys() | other.keys())),
        ("old statements", sum(_news(one, old) == _news(other, old) for old in olds), len(olds)),
        (
            "relations",
            sum(one[link][v.PREDICATE_ID] == other[link][v.PREDICATE_ID] for link in composable),
            len(composable),
        ),
    ]
    told = [(measure, same, of, round(same / of, 3) if of else float("nan")) for measure, same, of in rows]
    return pd.DataFrame(told, columns=["measure", "same", "of", "share"])


def _news(links: Mapping[tuple[str, str], _Row], old: str) -> list[str]:
    return sorted(link[1] for link in links if link[0] == old)


def crosswalks_to_disagreements(composed: pd.DataFrame, direct: pd.DataFrame) -> pd.DataFrame:
    """Return the old statements of which a composed crosswalk and the direct one say different things.

    Parameters
    ----------
    composed, direct
        Crosswalks of the same pair.

    Returns
    -------
    pandas.DataFrame
        One row an old statement, in the order of the listing: ``subject_id``, ``subject_label``,
        ``composed`` and ``direct`` (codes of its counterparts; empty if it has none), ``via`` (how the
        composed ones came about), ``composed_confidence`` and ``direct_confidence`` (of the surest link, or
        of having none).

    Raises
    ------
    InvalidTable
        If either is not of one pair, or they are not of the same.
    """
    _refuse_two_pairs(composed, direct)
    one, other = _links(composed), _links(direct)
    comments: dict[str, dict[str, None]] = {}
    for old, comment in zip(composed[v.SUBJECT_ID], composed[v.COMMENT], strict=True):
        comments.setdefault(old, {})[comment] = None
    sureness = [_sureness(crosswalk) for crosswalk in (composed, direct)]
    rows = []
    for old, wording in _olds(direct).items():
        mine, yours = _news(one, old), _news(other, old)
        if mine != yours:
            told = [", ".join(new.partition(":")[2] for new in news) for news in (mine, yours)]
            via = "; ".join(filter(None, comments.get(old, ())))
            rows.append((old, wording, *told, via, *(own.get(old) for own in sureness)))
    names = [v.SUBJECT_ID, v.SUBJECT_LABEL, "composed", "direct", "via"]
    return pd.DataFrame(rows, columns=[*names, "composed_confidence", "direct_confidence"])


def _sureness(crosswalk: pd.DataFrame) -> dict[str, float]:
    most = crosswalk.groupby(v.SUBJECT_ID)[v.CONFIDENCE].max()
    return {str(name): float(value) for name, value in most.items()}
