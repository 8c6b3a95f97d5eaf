"""Score pairs with several scorers, and compare each score with its competitors: the CSLS score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from curriculum.errors import InvalidTable, raise_faults
from curriculum.linking.clause_scores import score_by_clauses
from curriculum.linking.letter_scores import ScoreFunction, Scores, texts_to_scores
from curriculum.linking.thesaurus import NO_THESAURUS, Thesaurus
from curriculum.linking.word_scores import texts_to_word_scores
from curriculum.linking.word_vectors import has_vectors, texts_to_meaning_scores
from curriculum.model.progress import Progress, silent

__all__ = [
    "LEAST_BEST",
    "Scorer",
    "default_scorers",
    "scorers_to_csls",
    "scorers_to_scores",
    "scorers_to_similarity",
    "scores_to_csls",
]

_NEIGHBOURS = 5
# Scores are rounded before they are compared, so that every processor gives the same order.
_DECIMALS = 3
_NOISE = 1e-9
# In lists of a hundred unrelated statements the five best scores are 0.15 to 0.18 on average.
LEAST_BEST = 0.2


class Scorer(NamedTuple):
    """A scorer and its weight.

    Attributes
    ----------
    name
        The name of the scorer.
    scorer
        A function from the old and the new texts to a matrix of scores; higher is more similar.
    weight
        Its weight relative to the other scorers.
    spread
        The standard deviation of its scores over the pairs of two related documents, which makes its CSLS
        scores comparable with those of other scorers. If none is given, that of the present scores.
    least_best
        The least average of the five best scores of a statement. A lower average is raised to it: in a short
        or unrelated list there are few competitors, and any pair would have a high CSLS score.
    """

    name: str
    scorer: ScoreFunction
    weight: float = 1.0
    spread: float | None = None
    least_best: float | None = None


def default_scorers(thesaurus: Thesaurus = NO_THESAURUS, with_vectors: bool = True) -> tuple[Scorer, ...]:
    """Return the scorers of the linker.

    Parameters
    ----------
    thesaurus
        A thesaurus with the terms of the field.
    with_vectors
        Whether to use word vectors, where they are installed.

    Returns
    -------
    tuple of Scorer
        `characters`, `words`, `clauses`, and, where word vectors are installed, `meaning` and
        `clause meaning`. The scorers of clauses have half the weight.

    Examples
    --------
    >>> [scorer.name for scorer in default_scorers()][:3]
    ['characters', 'words', 'clauses']
    """
    # Not an inner function: crosswalks with their scorers can be pickled.
    in_words = partial(texts_to_word_scores, thesaurus=thesaurus, with_vectors=with_vectors)
    scorers = (
        Scorer("characters", texts_to_scores, 1.0, 0.07, LEAST_BEST),
        Scorer("words", in_words, 1.0, 0.08, LEAST_BEST),
        Scorer("clauses", score_by_clauses(texts_to_scores), 0.5, 0.085, LEAST_BEST),
    )
    if not (with_vectors and has_vectors()):
        return scorers
    in_clauses = score_by_clauses(texts_to_meaning_scores)
    return (
        *scorers,
        Scorer("meaning", texts_to_meaning_scores, 1.0, 0.13, LEAST_BEST),
        Scorer("clause meaning", in_clauses, 0.5, 0.14, LEAST_BEST),
    )


def _top_mean(scores: Scores, axis: int) -> Scores:
    count = min(_NEIGHBOURS, scores.shape[axis])
    place = scores.shape[axis] - count
    ordered = np.partition(scores, place, axis=axis)
    top = np.sort(ordered[:, place:] if axis else ordered[place:, :], axis=axis)
    mean: Scores = top.mean(axis=axis, keepdims=True)
    return mean


def scores_to_csls(
    scores: Scores,
    spread: float | None = None,
    least_best: float | None = None,
    competitors: tuple[int | None, int | None] = (None, None),
) -> Scores:
    """Compare each score with its competitors in its row and in its column.

    A target that many sources resemble is a weak answer for each of them. The CSLS score is twice the score
    minus the mean of the five nearest neighbours in the row and minus the mean of the five in the column
    (cross-domain similarity local scaling: Conneau et al., 2018, arXiv:1710.04087).

    Parameters
    ----------
    scores
        Shape (old, new), higher for more similar.
    spread
        The unit of the result; by default the standard deviation of the scores.
    least_best
        The least mean of the five nearest neighbours.
    competitors
        How many of the first rows and columns are competitors; by default all are.

    Returns
    -------
    numpy.ndarray
        The same shape, rounded to three decimals; higher is better.

    Examples
    --------
    >>> scores_to_csls(np.array([[0.9, 0.1], [0.1, 0.5]]), spread=0.1).tolist()
    [[8.0, -6.0], [-6.0, 4.0]]
    """
    if scores.size == 0:
        return scores
    # Equal scores differ only by rounding errors, which must not become the unit.
    unit = spread or (float(scores.std()) if np.ptp(scores) > _NOISE else 1.0)
    floor = -np.inf if least_best is None else least_best
    n_rows, n_columns = competitors
    of_row = np.maximum(_top_mean(scores[:, :n_columns], 1), floor)
    of_column = np.maximum(_top_mean(scores[:n_rows], 0), floor)
    # In brackets, so that both directions are rounded alike.
    csls: Scores = (2 * scores - (of_row + of_column)) / unit
    return csls.round(_DECIMALS)


def scorers_to_scores(
    scorers: Sequence[Scorer],
    old: Sequence[str],
    new: Sequence[str],
    progress: Progress = silent,
) -> dict[str, Scores]:
    """Return the scores of each scorer for all pairs of an old and a new text.

    Parameters
    ----------
    scorers
        The scorers.
    old, new
        The wordings of the two documents.
    progress
        A function that is called with the name of each scorer before it runs.

    Returns
    -------
    dict
        A matrix of shape (len(old), len(new)) for each scorer, by name.

    Raises
    ------
    InvalidTable
        If no scorer is given, two have the same name, or one returns another shape or values that are no
        numbers. All faults are reported at once.
    """
    raise_faults(list(_scorers_to_faults(scorers)))
    scored: dict[str, Scores] = {}
    for scorer in scorers:
        progress(scorer.name)
        scored[scorer.name] = np.asarray(scorer.scorer(old, new), dtype=np.float64)
    shape = (len(old), len(new))
    raise_faults(
        [
            InvalidTable(
                f"the scorer {name!r} gives no score for each pair",
                expected=f"{len(old)} rows of {len(new)} finite numbers",
                found=f"the shape {scores.shape}" if scores.shape != shape else "no number",
                advice="Give a matrix with a row for each old and a column for each new text.",
            )
            for name, scores in scored.items()
            if scores.shape != shape or not np.isfinite(scores).all()
        ]
    )
    return scored


def _scorers_to_faults(scorers: Sequence[Scorer]) -> Iterator[InvalidTable]:
    names = Counter(scorer.name for scorer in scorers)
    if sum(scorer.weight for scorer in scorers) <= 0 or min(scorer.weight for scorer in scorers) < 0:
        yield InvalidTable(
            "no scorer has a weight",
            expected="at least one scorer, and weights above 0",
            found=f"{len(scorers)} scorers",
            advice="Give scorers, such as those of curriculum.linking.csls_scores.default_scorers().",
        )
    for name, count in names.items():
        if count > 1:
            yield InvalidTable(
                f"{count} scorers have the name {name!r}",
                expected="a name of its own for each scorer",
                advice="Rename them.",
            )


def scorers_to_csls(
    scorers: Sequence[Scorer],
    scores: Mapping[str, Scores],
    competitors: tuple[int | None, int | None] = (None, None),
) -> Scores:
    """Return the weighted mean of the CSLS scores of several scorers.

    Parameters
    ----------
    scorers
        The scorers.
    scores
        Their scores, as `scorers_to_scores` returns them.
    competitors
        As for `scores_to_csls`.

    Returns
    -------
    numpy.ndarray
        The shape of the scores, rounded to three decimals.
    """
    total = sum(scorer.weight for scorer in scorers)
    scored = [
        scorer.weight * scores_to_csls(scores[scorer.name], scorer.spread, scorer.least_best, competitors)
        for scorer in scorers
    ]
    csls: Scores = np.sum(scored, axis=0) / total
    return csls.round(_DECIMALS)


def scorers_to_similarity(scorers: Sequence[Scorer], scores: Mapping[str, Scores]) -> Scores:
    """Return the similarity of each pair: the weighted mean of the scores of the linker's own scorers.

    Parameters
    ----------
    scorers, scores
        As for `scorers_to_csls`.

    Returns
    -------
    numpy.ndarray
        The shape of the scores, -1 to 1, rounded to three decimals.
    """
    known = [scorer for scorer in scorers if scorer.least_best is not None] or list(scorers)
    weights = [scorer.weight for scorer in known]
    similarity: Scores = np.average([scores[scorer.name] for scorer in known], axis=0, weights=weights)
    return similarity.round(_DECIMALS)
