"""Texts held against each other clause by clause, as statements are merged, split and cut by clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from curriculum.linking.letter_scores import ScoreFunction, Scores

__all__ = ["score_by_clauses", "text_to_clauses"]

_BOUNDARY = re.compile(r"[;:.,](?!\d)|[()–]| and (?=\w+ )")
_FEWEST_WORDS = 2
# No statement has as many; what follows in a longer text is one clause more.
_MOST_CLAUSES = 40
_PLACES = 3


def text_to_clauses(text: str) -> list[str]:
    """Cut a text at its punctuation and before "and" with more to follow; a single word is no clause.

    Examples
    --------
    >>> text_to_clauses("Plan the shoot, book crew and brief them; report")
    ['Plan the shoot', 'book crew', 'brief them']
    """
    parts = [part.strip() for part in _BOUNDARY.split(text, maxsplit=_MOST_CLAUSES)]
    return [part for part in parts if len(part.split()) >= _FEWEST_WORDS] or [text]


def score_by_clauses(scorer: ScoreFunction) -> ScoreFunction:
    """Make a scorer that holds clauses against clauses.

    Each clause counts with the clause of the other text that is likest; the score of a pair of texts is
    the mean over the old text's clauses and over the new one's, averaged.

    Parameters
    ----------
    scorer
        What scores a pair of clauses.

    Returns
    -------
    callable
        A scorer of texts, to three places.

    Examples
    --------
    >>> from curriculum.linking.letter_scores import texts_to_scores
    >>> in_clauses = score_by_clauses(texts_to_scores)
    >>> in_clauses(["book crew, hire cars"], ["hire cars", "draft budgets"]).round(1).tolist()
    [[0.8, 0.0]]
    """

    def clause_scorer(old: Sequence[str], new: Sequence[str]) -> Scores:
        if not old or not new:
            return np.zeros((len(old), len(new)))
        clauses = [[text_to_clauses(text) for text in texts] for texts in (old, new)]
        counts = [np.array([len(own) for own in side]) for side in clauses]
        starts = [np.cumsum([0, *count[:-1]]) for count in counts]
        scores = scorer(*([clause for own in side for clause in own] for side in clauses))
        best_new = np.maximum.reduceat(scores, starts[1], axis=1)
        best_old = np.maximum.reduceat(scores, starts[0], axis=0)
        of_old = np.add.reduceat(best_new, starts[0], axis=0) / counts[0][:, None]
        of_new = np.add.reduceat(best_old, starts[1], axis=1) / counts[1][None, :]
        mean: Scores = (of_old + of_new) / 2
        return mean.round(_PLACES)

    return clause_scorer
