"""What several scorers say of a pair, each score weighed against its competitors: the margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from curriculum.errors import InvalidTable, raise_faults
from curriculum.linking.clause_scores import score_by_clauses
from curriculum.linking.letter_scores import ScoreFunction, Scores, texts_to_scores
from curriculum.linking.thesaurus import NO_THESAURUS, Thesaurus
from curriculum.linking.word_scores import texts_to_word_scores
from curriculum.linking.word_vectors import has_vectors, texts_to_meaning_scores

__all__ = [
    "Scorer",
    "default_scorers",
    "scorers_to_csls",
    "scorers_to_scores",
    "scorers_to_similarity",
    "scores_to_csls",
]

_NEIGHBOURS = 5
# Scores are compared only after rounding, so that another processor gives the same order.
_PLACES = 3
_NOISE = 1e-9
# The five best scores of statements that have nothing to do with each other are 0.15 to 0.18 on average,
# in lists of a hundred.
_LEAST_BEST = 0.2


class Scorer(NamedTuple):
    """A scorer and how much it counts.

    Attributes
    ----------
    name
        What it is called.
    scorer
        A function from the old and the new texts to a matrix of scores, higher for more alike.
    weight
        How much it counts beside the others.
    spread
        The standard deviation of its scores over the pairs of two related documents, which makes its
        margins comparable with those of other scorers; of the scores at hand if none is given.
    least_best
        What the five best scores of a statement are taken to be on average, if they are less: in a short
        list, or a list about something else, little competes, and anything would stand out.
    """

    name: str
    scorer: ScoreFunction
    weight: float = 1.0
    spread: float | None = None
    least_best: float | None = None


def default_scorers(thesaurus: Thesaurus = NO_THESAURUS, with_vectors: bool = True) -> tuple[Scorer, ...]:
    """Return the scorers that speak for a pair of statements.

    Parameters
    ----------
    thesaurus
        The terms of the field.
    with_vectors
        Whether to use word vectors, where they are installed.

    Returns
    -------
    tuple of Scorer
        `characters`, `words`, `clauses`, and, where word vectors are installed, `meaning` and
        `clause meaning`. What is said clause by clause counts half.

    Examples
    --------
    >>> [scorer.name for scorer in default_scorers()][:3]
    ['characters', 'words', 'clauses']
    """

    def in_words(old: Sequence[str], new: Sequence[str]) -> Scores:
        return texts_to_word_scores(old, new, thesaurus, with_vectors)

    scorers = (
        Scorer("characters", texts_to_scores, 1.0, 0.07, _LEAST_BEST),
        Scorer("words", in_words, 1.0, 0.08, _LEAST_BEST),
        Scorer("clauses", score_by_clauses(texts_to_scores), 0.5, 0.085, _LEAST_BEST),
    )
    if not (with_vectors and has_vectors()):
        return scorers
    in_clauses = score_by_clauses(texts_to_meaning_scores)
    return (
        *scorers,
        Scorer("meaning", texts_to_meaning_scores, 1.0, 0.13, _LEAST_BEST),
        Scorer("clause meaning", in_clauses, 0.5, 0.14, _LEAST_BEST),
    )


def _top_mean(scores: Scores, axis: int) -> Scores:
    count = min(_NEIGHBOURS, scores.shape[axis])
    place = scores.shape[axis] - count
    ordered = np.partition(scores, place, axis=axis)
    top = np.sort(ordered[:, place:] if axis else ordered[place:, :], axis=axis)
    mean: Scores = top.mean(axis=axis, keepdims=True)
    return mean


def scores_to_csls(scores: Scores, spread: float | None = None, least_best: float | None = None) -> Scores:
    """Weigh each score against its competitors, in its row and in its column.

    A target that many sources resemble is a weak answer for each of them: twice the score less the mean
    of the row's five best and of the column's five best (cross-domain similarity local scaling, CSLS:
    Conneau et al., 2018, arXiv:1710.04087).

    Parameters
    ----------
    scores
        Shape (old, new), higher for more alike.
    spread
        The unit of the margins; the standard deviation of the scores if none is given.
    least_best
        The least that the five best are taken to be on average.

    Returns
    -------
    numpy.ndarray
        The same shape, to three places; higher is better.

    Examples
    --------
    >>> scores_to_csls(np.array([[0.9, 0.1], [0.1, 0.5]]), spread=0.1).tolist()
    [[8.0, -6.0], [-6.0, 4.0]]
    """
    if scores.size == 0:
        return scores
    # Scores that are all the same spread by nothing but the rounding of the computer.
    unit = spread or (float(scores.std()) if np.ptp(scores) > _NOISE else 1.0)
    floor = -np.inf if least_best is None else least_best
    of_row, of_column = (np.maximum(_top_mean(scores, axis), floor) for axis in (1, 0))
    # Bracketed, so that both directions round alike.
    csls: Scores = (2 * scores - (of_row + of_column)) / unit
    return csls.round(_PLACES)


def scorers_to_scores(
    scorers: Sequence[Scorer],
    old: Sequence[str],
    new: Sequence[str],
    progress: Callable[[str], object] = str,
) -> dict[str, Scores]:
    """Return the scores of each scorer for all pairs of an old and a new text.

    Parameters
    ----------
    scorers
        What speaks for a pair.
    old, new
        The wordings of the two documents.
    progress
        Is called with each scorer's name before it speaks.

    Returns
    -------
    dict
        By the names of the scorers, matrices of shape (len(old), len(new)).

    Raises
    ------
    InvalidTable
        If no scorer is given, two have one name, or one gives another shape or something that is no number;
        all at once.
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
            "nothing speaks for a pair",
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


def scorers_to_csls(scorers: Sequence[Scorer], scores: Mapping[str, Scores]) -> Scores:
    """Weigh what the scorers say: the mean of their margins, by their weights.

    Parameters
    ----------
    scorers
        What speaks for a pair.
    scores
        What each says, as `scorers_to_scores` gives it.

    Returns
    -------
    numpy.ndarray
        Of the shape of the scores, to three places.
    """
    total = sum(scorer.weight for scorer in scorers)
    scored = [
        scorer.weight * scores_to_csls(scores[scorer.name], scorer.spread, scorer.least_best)
        for scorer in scorers
    ]
    csls: Scores = np.sum(scored, axis=0) / total
    return csls.round(_PLACES)


def scorers_to_similarity(scorers: Sequence[Scorer], scores: Mapping[str, Scores]) -> Scores:
    """Return how alike each pair is, whatever else competes: the mean of the linker's own scores, by weight.

    Parameters
    ----------
    scorers, scores
        As for `scorers_to_csls`.

    Returns
    -------
    numpy.ndarray
        Of the shape of the scores, to three places; -1 to 1.
    """
    own = [scorer for scorer in scorers if scorer.least_best is not None] or list(scorers)
    weights = [scorer.weight for scorer in own]
    similarity: Scores = np.average([scores[scorer.name] for scorer in own], axis=0, weights=weights)
    return similarity.round(_PLACES)
