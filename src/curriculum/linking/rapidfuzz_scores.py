"""Score pairs of texts by one scorer of rapidfuzz: a plain method that can be explained in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from curriculum.linking.confidence import RAPIDFUZZ
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.letter_scores import Scores
from curriculum.model.text import text_to_key

__all__ = ["rapidfuzz_scorers", "texts_to_token_set_scores"]

_DECIMALS: Final = 3


def texts_to_token_set_scores(old: Sequence[str], new: Sequence[str]) -> Scores:
    """Score every pair of an old and a new text by rapidfuzz's ``token_set_ratio``.

    It compares the words that two texts share with those of each text. A text whose words are all in the
    other text has 1.

    Parameters
    ----------
    old, new
        The wordings of the two documents.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)), 0 to 1, rounded to three decimals.

    Examples
    --------
    >>> texts_to_token_set_scores(["Book a crew"], ["Book the crew and cars", "Draft budgets"]).tolist()
    [[0.9, 0.25]]
    """
    keys = [[text_to_key(text) for text in texts] for texts in (old, new)]
    if not all(keys):
        return np.zeros((len(old), len(new)))
    ratios = process.cdist(*keys, scorer=fuzz.token_set_ratio, dtype=np.float64)
    scores: Scores = (ratios / 100).round(_DECIMALS)
    return scores


def rapidfuzz_scorers() -> tuple[Scorer, ...]:
    """Return the one scorer of the method `rapidfuzz`; it needs no thesaurus and no word vectors.

    Examples
    --------
    >>> [scorer.name for scorer in rapidfuzz_scorers()]
    ['rapidfuzz']
    """
    return (Scorer(RAPIDFUZZ, texts_to_token_set_scores),)
