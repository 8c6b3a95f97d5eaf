"""Measure proposed links against a reference crosswalk that people made by reading the texts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from curriculum.evaluation.reference import CORE_TIER, Reference, reference_to_pairs
from curriculum.evaluation.significance import share_to_interval
from curriculum.linking.confidence import IDENTICAL
from curriculum.model import vocabulary as v

__all__ = [
    "FOUND",
    "MISSED",
    "NEUTRAL",
    "VERDICTS",
    "WRONG",
    "best_targets",
    "budget_to_shares",
    "crosswalk_to_verdicts",
    "verdicts_to_bands",
    "verdicts_to_budget",
    "verdicts_to_errors",
    "verdicts_to_pooled",
    "verdicts_to_reliability",
    "verdicts_to_scores",
]

_STRONG: Final = frozenset((v.EXACT_MATCH, v.CLOSE_MATCH, v.BROAD_MATCH, v.NARROW_MATCH))
FOUND, MISSED, WRONG, NEUTRAL = "found", "missed", "wrong", "neutral"
NO_COUNTERPART, HAS_COUNTERPART = "no counterpart", "has a counterpart"
VERDICTS: Final = (FOUND, MISSED, WRONG, NEUTRAL, NO_COUNTERPART, HAS_COUNTERPART)
_PAIR: Final = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]


def crosswalk_to_verdicts(crosswalk: pd.DataFrame, reference: Sequence[Reference]) -> pd.DataFrame:
    """Compare each proposal of a crosswalk with a reference, and list the links that it misses.

    Only statements of the reference are compared. A core link must be found. A link that readers call
    related, or dispute, is neutral. Any other link is wrong. It is right to find no counterpart of a
    statement if readers give it no core link.

    Parameters
    ----------
    crosswalk
        Proposed mappings of any number of pairs.
    reference
        The rows of the reference.

    Returns
    -------
    pandas.DataFrame
        One row for each link that is proposed or missed, and for each statement without a proposed link:
        ``subject_source``, ``object_source``, ``subject_id``, ``object_id`` (`sssom:NoTermFound` without a
        link), ``verdict`` (`found`, `missed`, `wrong`, `neutral`; `no counterpart`, `has a counterpart`),
        ``predicate_id`` as proposed (empty if missed), ``reference_relation`` (the relations that readers
        chose, joined by "; "), ``is_relation_right`` (of links found), ``confidence`` (0 if missed), ``band``
        (empty if missed), and ``is_best`` (this link is the best proposal of its old statement).
    """
    rows = []
    for pair in reference_to_pairs(reference):
        is_of_pair = (crosswalk[v.SUBJECT_SOURCE] == pair[0]) & (crosswalk[v.OBJECT_SOURCE] == pair[1])
        rows_of_pair = [row for row in reference if (row.subject_source, row.object_source) == pair]
        rows += _pair_to_rows(crosswalk[is_of_pair].to_dict("records"), rows_of_pair)
    names = [
        *_PAIR,
        v.SUBJECT_ID,
        v.OBJECT_ID,
        "verdict",
        v.PREDICATE_ID,
        "reference_relation",
        "is_relation_right",
        v.CONFIDENCE,
        v.BAND,
        "is_best",
    ]
    return pd.DataFrame(rows, columns=names)


_Row = dict[Hashable, Any]


def _pair_to_rows(mappings: Sequence[_Row], reference: Sequence[Reference]) -> list[tuple[object, ...]]:
    """Return the verdicts on the mappings of one pair."""
    known = {(row.subject_id, row.object_id): row for row in reference if row.object_id}
    judged = {row.subject_id for row in reference}
    proposed = [row for row in mappings if row[v.SUBJECT_ID] in judged]
    linked = {
        (row[v.SUBJECT_ID], row[v.OBJECT_ID]): row
        for row in proposed
        if row[v.OBJECT_ID] != v.NO_TERM_FOUND and row[v.PREDICATE_ID] in _STRONG
    }
    core = [link for link, row in known.items() if row.tier == CORE_TIER]
    with_core = {source for source, _ in core}
    unlinked = [
        (row[v.SUBJECT_ID], row[v.OBJECT_ID]) for row in proposed if row[v.OBJECT_ID] == v.NO_TERM_FOUND
    ]
    confidences = {
        (row[v.SUBJECT_ID], row[v.OBJECT_ID]): (row[v.CONFIDENCE], row[v.BAND]) for row in proposed
    }
    best = best_targets(proposed)
    verdicts = {
        **{link: _link_to_verdict(known.get(link)) for link in linked},
        **{link: MISSED for link in core if link not in linked},
        **{link: HAS_COUNTERPART if link[0] in with_core else NO_COUNTERPART for link in unlinked},
    }
    rows: list[tuple[object, ...]] = []
    for link, verdict in verdicts.items():
        relations = known[link].relations if link in known else ()
        relation = linked[link][v.PREDICATE_ID] if link in linked else ""
        rows.append(
            (
                reference[0].subject_source,
                reference[0].object_source,
                *link,
                verdict,
                relation,
                "; ".join(relations),
                relation in relations,
                *confidences.get(link, (0.0, "")),
                best.get(link[0]) == link[1],
            )
        )
    return rows


def best_targets(proposed: Sequence[_Row]) -> dict[object, object]:
    """Return the best target of each source: the object or runner-up of its row of highest confidence.

    Parameters
    ----------
    proposed
        The rows of a crosswalk of one pair, as dicts. Of rows with the same confidence the first counts.
    """
    best: dict[object, _Row] = {}
    for row in proposed:
        known = best.get(row[v.SUBJECT_ID])
        if known is None or row[v.CONFIDENCE] > known[v.CONFIDENCE]:
            best[row[v.SUBJECT_ID]] = row
    return {
        source: row[v.OBJECT_ID] if row[v.OBJECT_ID] != v.NO_TERM_FOUND else row[v.RUNNER_UP_ID]
        for source, row in best.items()
    }


def _link_to_verdict(known: Reference | None) -> str:
    if known is None:
        return WRONG
    return FOUND if known.tier == CORE_TIER else NEUTRAL


def verdicts_to_pooled(verdicts: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the verdicts of several pairs as those of one, so that their links are counted together.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.
    name
        What ``subject_source`` of all pairs together is; their ``object_source`` is empty.
    """
    pooled = verdicts.assign(**{v.SUBJECT_SOURCE: name, v.OBJECT_SOURCE: ""})
    # An old statement of two pairs is two.
    pooled[v.SUBJECT_ID] = verdicts[v.OBJECT_SOURCE] + " " + verdicts[v.SUBJECT_ID]
    return pooled


def verdicts_to_errors(verdicts: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return the wrong links and the missed links, with both wordings.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.
    statements
        The table ``statements``.

    Returns
    -------
    pandas.DataFrame
        In the order of the old statements: ``subject_id``, ``subject_label``, ``verdict``, ``object_id``,
        ``object_label``, ``reference_relation``, ``confidence``.
    """
    texts = statements.set_index(v.STATEMENT_ID)[v.TEXT]
    position = {statement_id: number for number, statement_id in enumerate(texts.index)}
    errors = verdicts[verdicts["verdict"].isin([WRONG, MISSED])]
    labelled = errors.assign(
        **{v.SUBJECT_LABEL: errors[v.SUBJECT_ID].map(texts), v.OBJECT_LABEL: errors[v.OBJECT_ID].map(texts)}
    )
    ordered = labelled.sort_values(v.SUBJECT_ID, key=lambda ids: ids.map(position), kind="stable")
    names = [v.SUBJECT_ID, v.SUBJECT_LABEL, "verdict", v.OBJECT_ID, v.OBJECT_LABEL, "reference_relation"]
    return ordered[[*names, v.CONFIDENCE]].reset_index(drop=True)


def verdicts_to_scores(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of each pair of documents.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.

    Returns
    -------
    pandas.DataFrame
        One row for each pair and measure: ``subject_source``, ``object_source``, ``measure``, ``right`` and
        ``of`` (counts), ``value`` (a share), ``low`` and ``high`` (its 95% interval). Measures: `hits@1`
        (sources whose best proposal is a core link), `precision`, `recall`, `F1`, `relation accuracy` (of the
        links found) and `no counterpart` (of the statements without a proposed link those that readers do not
        link either). Neutral links do not count; a measure without cases is left out.

    Notes
    -----
    Intervals are Wilson's. F1 is an increasing function of the share found / (found + missed + wrong):
    its interval comes from that share, and ``right`` and ``of`` are its counts. Links of one source are not
    independent, so the true intervals are wider.
    """
    rows: list[tuple[object, ...]] = []
    for pair, of_pair in verdicts.groupby(_PAIR, sort=False):
        counts = {name: int((of_pair["verdict"] == name).sum()) for name in VERDICTS}
        core = of_pair[of_pair["verdict"].isin([FOUND, MISSED])]
        hits = core[core["is_best"]][v.SUBJECT_ID].nunique()
        found, proposed = counts[FOUND], counts[FOUND] + counts[WRONG]
        measures = {
            "hits@1": (hits, core[v.SUBJECT_ID].nunique()),
            "precision": (found, proposed),
            "recall": (found, found + counts[MISSED]),
            "F1": (found, proposed + counts[MISSED]),
            "relation accuracy": (int((core["is_relation_right"] & (core["verdict"] == FOUND)).sum()), found),
            "no counterpart": (
                counts[NO_COUNTERPART],
                counts[NO_COUNTERPART] + counts[HAS_COUNTERPART],
            ),
        }
        for measure, (right, of) in measures.items():
            if not of:
                continue
            shares = np.array([right / of, *share_to_interval(right, of)])
            if measure == "F1":
                shares = 2 * shares / (1 + shares)
            rows.append((*pair, measure, right, of, *shares.round(3)))
    return pd.DataFrame(rows, columns=[*_PAIR, "measure", "right", "of", "value", "low", "high"])


def verdicts_to_reliability(verdicts: pd.DataFrame, bounds: Sequence[float]) -> pd.DataFrame:
    """Compare the confidence of proposed links with the share of right links.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.
    bounds
        The bounds of the bins of confidence, in ascending order.

    Returns
    -------
    pandas.DataFrame
        One row for each bin with a link: ``from`` and ``to`` (inclusive), ``links``,
        ``right``, ``share_right``, ``mean_confidence``, ``low`` and ``high`` (95% interval of the share).
        Neutral links are left out, and links outside the bounds.
    """
    judged = verdicts[verdicts["verdict"].isin([FOUND, WRONG])]
    linked = judged[judged[v.CONFIDENCE].between(bounds[0], bounds[-1])]
    bins = pd.cut(linked[v.CONFIDENCE], list(bounds), include_lowest=True, labels=False)
    rows = []
    for number, links in linked.groupby(bins):
        at = int(str(number))
        right = int((links["verdict"] == FOUND).sum())
        shares = np.array(
            [right / len(links), links[v.CONFIDENCE].mean(), *share_to_interval(right, len(links))]
        )
        rows.append((bounds[at], bounds[at + 1], len(links), right, *shares.round(3)))
    names = ["from", "to", "links", "right", "share_right", "mean_confidence", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def verdicts_to_bands(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return for each pair how many linked statements need no review, and how many of their links are right.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.

    Returns
    -------
    pandas.DataFrame
        One row for each pair and group (``of``: `all`, or only `reworded`): ``subject_source``,
        ``object_source``, ``of``, ``linked`` (old statements with a proposed link), ``accepted`` (those with
        a link in the band `accept`), ``share``, ``right`` and ``wrong`` (links in that band), ``low`` and
        ``high`` (95% interval of the share that is right). Neutral links are not counted as either.
    """
    proposed = verdicts[verdicts["verdict"].isin([FOUND, WRONG, NEUTRAL])]
    rows: list[tuple[object, ...]] = []
    for pair, of_pair in proposed.groupby(_PAIR, sort=False):
        for what, links in (("all", of_pair), ("reworded", of_pair[of_pair[v.CONFIDENCE] < IDENTICAL])):
            accepted = links[links[v.BAND] == v.ACCEPT]
            linked, n_accepted = links[v.SUBJECT_ID].nunique(), accepted[v.SUBJECT_ID].nunique()
            right, wrong = (int((accepted["verdict"] == name).sum()) for name in (FOUND, WRONG))
            low, high = share_to_interval(right, right + wrong) if right + wrong else (np.nan, np.nan)
            share = round(n_accepted / linked, 3) if linked else np.nan
            rows.append((*pair, what, linked, n_accepted, share, right, wrong, round(low, 3), round(high, 3)))
    names = [*_PAIR, "of", "linked", "accepted", "share", "right", "wrong", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def verdicts_to_budget(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return how the links of each pair improve while a reviewer decides old statements one by one.

    A decided statement has exactly the links of the reference.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.

    Returns
    -------
    pandas.DataFrame
        One row for each pair and number of decided statements: ``subject_source``, ``object_source``,
        ``settled`` (that number), ``share`` (of the judged statements), ``F1`` (if statements of low
        confidence are decided first) and ``F1_random`` (expected in random order).
    """
    rows: list[tuple[object, ...]] = []
    for pair, of_pair in verdicts.groupby(_PAIR, sort=False):
        doubt = of_pair[of_pair["verdict"] != MISSED].groupby(v.SUBJECT_ID, sort=False)[v.CONFIDENCE].min()
        # A statement without a proposal is decided first.
        every = doubt.reindex(of_pair[v.SUBJECT_ID].unique(), fill_value=0.0)
        order = list(every.sort_values(kind="stable").index)
        counts = pd.crosstab(of_pair[v.SUBJECT_ID], of_pair["verdict"]).reindex(
            index=order, columns=[FOUND, WRONG, MISSED], fill_value=0
        )
        gains = pd.DataFrame({FOUND: counts[MISSED], WRONG: -counts[WRONG], MISSED: -counts[MISSED]})
        settled = np.arange(len(order) + 1)
        start, most = counts.sum().to_numpy(), gains.sum().to_numpy()
        steps = np.vstack([np.zeros(3), gains.cumsum().to_numpy()])
        random = settled[:, None] / max(len(order), 1) * most
        rows += [
            (
                *pair,
                int(number),
                round(number / max(len(order), 1), 3),
                _f1(start + step),
                _f1(start + random_step),
            )
            for number, step, random_step in zip(settled, steps, random, strict=True)
        ]
    return pd.DataFrame(rows, columns=[*_PAIR, "settled", "share", "F1", "F1_random"])


def budget_to_shares(budget: pd.DataFrame, shares: Sequence[float]) -> pd.DataFrame:
    """Return how good the links of each pair are when these shares of its old statements are decided.

    Parameters
    ----------
    budget
        As `verdicts_to_budget` returns it.
    shares
        Shares from 0 to 1. The number of decided statements is rounded, a half to the even number.

    Returns
    -------
    pandas.DataFrame
        The same columns, with a row for each pair and share; ``share`` is the one that was asked for.
    """
    rows = [
        of_pair.iloc[[round(share * (len(of_pair) - 1))]].assign(share=share)
        for _, of_pair in budget.groupby(_PAIR, sort=False)
        for share in shares
    ]
    return pd.concat(rows, ignore_index=True) if rows else budget


def _f1(counts: NDArray[np.float64]) -> float:
    """Return F1 from the numbers of links found, wrong and missed."""
    found, wrong, missed = counts
    return round(float(2 * found / (2 * found + wrong + missed)), 3) if found else 0.0
