"""Score texts clause by clause, because versions merge, split and shorten statements by clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np

from curriculum.linking.letter_scores import ScoreFunction, Scores

__all__ = ["score_by_clauses", "text_to_clauses"]

_BOUNDARY = re.compile(r"[;:.,](?!\d)|[()–]| and (?=\w+ )")
_FEWEST_WORDS = 2
# No statement has so many; the rest of a longer text is one more clause.
_MOST_CLAUSES = 40
_DECIMALS = 3


def text_to_clauses(text: str) -> list[str]:
    """Split a text at punctuation and before "and" with more than one word after it; drop single words.

    Examples
    --------
    >>> text_to_clauses("Plan the shoot, book crew and brief them; report")
    ['Plan the shoot', 'book crew', 'brief them']
    """
    return list(_clauses(text))


# Several scorers split each wording, and a document is linked to several others.
@lru_cache(maxsize=1 << 14)
def _clauses(text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in _BOUNDARY.split(text, maxsplit=_MOST_CLAUSES)]
    return tuple(part for part in parts if len(part.split()) >= _FEWEST_WORDS) or (text,)


def score_by_clauses(scorer: ScoreFunction) -> ScoreFunction:
    """Return a scorer that compares the clauses of texts.

    Each clause counts with the most similar clause of the other text. The score of a pair of texts is the
    mean over the clauses of the old text and the mean over the clauses of the new text, averaged.

    Parameters
    ----------
    scorer
        A scorer of clauses.

    Returns
    -------
    callable
        A scorer of texts; its scores have three decimals.

    Examples
    --------
    >>> from curriculum.linking.letter_scores import texts_to_scores
    >>> in_clauses = score_by_clauses(texts_to_scores)
    >>> in_clauses(["book crew, hire cars"], ["hire cars", "draft budgets"]).round(1).tolist()
    [[0.8, 0.0]]
    """
    return partial(_texts_to_clause_scores, scorer)


def _texts_to_clause_scores(scorer: ScoreFunction, old: Sequence[str], new: Sequence[str]) -> Scores:
    if not old or not new:
        return np.zeros((len(old), len(new)))
    clauses = [[_clauses(text) for text in texts] for texts in (old, new)]
    counts = [np.array([len(parts) for parts in side]) for side in clauses]
    starts = [np.cumsum([0, *count[:-1]]) for count in counts]
    scores = scorer(*([clause for parts in side for clause in parts] for side in clauses))
    best_new = np.maximum.reduceat(scores, starts[1], axis=1)
    best_old = np.maximum.reduceat(scores, starts[0], axis=0)
    of_old = np.add.reduceat(best_new, starts[0], axis=0) / counts[0][:, None]
    of_new = np.add.reduceat(best_old, starts[1], axis=1) / counts[1][None, :]
    mean: Scores = (of_old + of_new) / 2
    return mean.round(_DECIMALS)
