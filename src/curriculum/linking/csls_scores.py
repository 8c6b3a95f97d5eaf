"""What several scorers say of a pair, each score weighed against its competitors: the margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from curriculum.errors import BrokenScores, raise_faults
from curriculum.linking.clause_scores import scorer_to_clause_scorer
from curriculum.linking.letter_scores import Scorer, Scores, texts_to_scores
from curriculum.linking.thesaurus import NO_THESAURUS, Thesaurus
from curriculum.linking.word_scores import texts_to_word_scores
from curriculum.linking.word_vectors import has_vectors, texts_to_meaning_scores

__all__ = [
    "Voice",
    "default_voices",
    "scores_to_margins",
    "voices_to_likeness",
    "voices_to_margins",
    "voices_to_scores",
]

_NEIGHBOURS = 5
# Scores are compared only after rounding, so that another processor gives the same order.
_PLACES = 3
_NOISE = 1e-9
# The five best scores of statements that have nothing to do with each other are 0.15 to 0.18 on average,
# in lists of a hundred.
_LEAST_BEST = 0.2


class Voice(NamedTuple):
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
        margins comparable with those of other voices; of the scores at hand if none is given.
    least_best
        What the five best scores of a statement are taken to be on average, if they are less: in a short
        list, or a list about something else, little competes, and anything would stand out.
    """

    name: str
    scorer: Scorer
    weight: float = 1.0
    spread: float | None = None
    least_best: float | None = None


def default_voices(thesaurus: Thesaurus = NO_THESAURUS, with_vectors: bool = True) -> tuple[Voice, ...]:
    """Give the voices that speak for a pair of statements.

    Parameters
    ----------
    thesaurus
        The terms of the field.
    with_vectors
        Whether to use word vectors, where they are installed.

    Returns
    -------
    tuple of Voice
        `characters`, `words`, `clauses`, and, where word vectors are installed, `meaning` and
        `clause meaning`. What is said clause by clause counts half.

    Examples
    --------
    >>> [voice.name for voice in default_voices()][:3]
    ['characters', 'words', 'clauses']
    """

    def in_words(old: Sequence[str], new: Sequence[str]) -> Scores:
        return texts_to_word_scores(old, new, thesaurus, with_vectors)

    voices = (
        Voice("characters", texts_to_scores, 1.0, 0.07, _LEAST_BEST),
        Voice("words", in_words, 1.0, 0.08, _LEAST_BEST),
        Voice("clauses", scorer_to_clause_scorer(texts_to_scores), 0.5, 0.085, _LEAST_BEST),
    )
    if not (with_vectors and has_vectors()):
        return voices
    in_clauses = scorer_to_clause_scorer(texts_to_meaning_scores)
    return (
        *voices,
        Voice("meaning", texts_to_meaning_scores, 1.0, 0.13, _LEAST_BEST),
        Voice("clause meaning", in_clauses, 0.5, 0.14, _LEAST_BEST),
    )


def _top_mean(scores: Scores, axis: int) -> Scores:
    count = min(_NEIGHBOURS, scores.shape[axis])
    place = scores.shape[axis] - count
    ordered = np.partition(scores, place, axis=axis)
    top = np.sort(ordered[:, place:] if axis else ordered[place:, :], axis=axis)
    mean: Scores = top.mean(axis=axis, keepdims=True)
    return mean


def scores_to_margins(scores: Scores, spread: float | None = None, least_best: float | None = None) -> Scores:
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
    >>> scores_to_margins(np.array([[0.9, 0.1], [0.1, 0.5]]), spread=0.1).tolist()
    [[8.0, -6.0], [-6.0, 4.0]]
    """
    if scores.size == 0:
        return scores
    # Scores that are all the same spread by nothing but the rounding of the computer.
    unit = spread or (float(scores.std()) if np.ptp(scores) > _NOISE else 1.0)
    floor = -np.inf if least_best is None else least_best
    of_row, of_column = (np.maximum(_top_mean(scores, axis), floor) for axis in (1, 0))
    # Bracketed, so that both directions round alike.
    margins: Scores = (2 * scores - (of_row + of_column)) / unit
    return margins.round(_PLACES)


def voices_to_scores(
    voices: Sequence[Voice],
    old: Sequence[str],
    new: Sequence[str],
    progress: Callable[[str], object] = str,
) -> dict[str, Scores]:
    """Give the scores of each voice for all pairs of an old and a new text.

    Parameters
    ----------
    voices
        What speaks for a pair.
    old, new
        The wordings of the two documents.
    progress
        Is called with each voice's name before it speaks.

    Returns
    -------
    dict
        By the names of the voices, matrices of shape (len(old), len(new)).

    Raises
    ------
    BrokenScores
        If no voice is given, two have one name, or one gives another shape or something that is no number;
        all at once.
    """
    raise_faults(list(_voices_to_faults(voices)))
    scored: dict[str, Scores] = {}
    for voice in voices:
        progress(voice.name)
        scored[voice.name] = np.asarray(voice.scorer(old, new), dtype=np.float64)
    shape = (len(old), len(new))
    raise_faults(
        [
            BrokenScores(
                f"the voice {name!r} gives no score for each pair",
                expected=f"{len(old)} rows of {len(new)} finite numbers",
                found=f"the shape {scores.shape}" if scores.shape != shape else "no number",
                advice="Give a matrix with a row for each old and a column for each new text.",
            )
            for name, scores in scored.items()
            if scores.shape != shape or not np.isfinite(scores).all()
        ]
    )
    return scored


def _voices_to_faults(voices: Sequence[Voice]) -> Iterator[BrokenScores]:
    names = Counter(voice.name for voice in voices)
    if sum(voice.weight for voice in voices) <= 0 or min(voice.weight for voice in voices) < 0:
        yield BrokenScores(
            "nothing speaks for a pair",
            expected="at least one voice, and weights above 0",
            found=f"{len(voices)} voices",
            advice="Give voices, such as those of curriculum.linking.csls_scores.default_voices().",
        )
    for name, count in names.items():
        if count > 1:
            yield BrokenScores(
                f"{count} voices have the name {name!r}",
                expected="a name of its own for each voice",
                advice="Rename them.",
            )


def voices_to_margins(voices: Sequence[Voice], scores: Mapping[str, Scores]) -> Scores:
    """Weigh what the voices say: the mean of their margins, by their weights.

    Parameters
    ----------
    voices
        What speaks for a pair.
    scores
        What each says, as `voices_to_scores` gives it.

    Returns
    -------
    numpy.ndarray
        Of the shape of the scores, to three places.
    """
    total = sum(voice.weight for voice in voices)
    weighed = [
        voice.weight * scores_to_margins(scores[voice.name], voice.spread, voice.least_best)
        for voice in voices
    ]
    margins: Scores = np.sum(weighed, axis=0) / total
    return margins.round(_PLACES)


def voices_to_likeness(voices: Sequence[Voice], scores: Mapping[str, Scores]) -> Scores:
    """Give how alike each pair is, whatever else competes: the mean of the linker's own scores, by weight.

    Parameters
    ----------
    voices, scores
        As for `voices_to_margins`.

    Returns
    -------
    numpy.ndarray
        Of the shape of the scores, to three places; -1 to 1.
    """
    own = [voice for voice in voices if voice.least_best is not None] or list(voices)
    weights = [voice.weight for voice in own]
    likeness: Scores = np.average([scores[voice.name] for voice in own], axis=0, weights=weights)
    return likeness.round(_PLACES)
