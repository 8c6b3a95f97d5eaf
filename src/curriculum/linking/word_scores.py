"""Score texts word by word: how much of each text has a match in the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from curriculum.linking.thesaurus import NO_THESAURUS, Term, Thesaurus
from curriculum.linking.word_vectors import has_vectors, words_to_vectors
from curriculum.model.text import text_to_key

__all__ = ["texts_to_word_scores"]

_DECIMALS = 3
# So many rows of similarity are computed at a time, to limit memory.
_BLOCK = 1024
_Matrix = NDArray[np.float64]
# Similarities have three decimals; single precision is enough and halves the memory.
_Similarity = NDArray[np.float32]


class _Uses(NamedTuple):
    """Words, each with the concept of the term that contains it, or None."""

    words: tuple[str, ...]
    concepts: tuple[Term | None, ...]


def texts_to_word_scores(
    old: Sequence[str],
    new: Sequence[str],
    thesaurus: Thesaurus = NO_THESAURUS,
    with_vectors: bool = True,
) -> _Matrix:
    """Score every pair of an old and a new text by the words that have a match in the other text.

    A word has more weight the rarer it is in both documents. It matches the most similar word of the other
    text: the same word, a word with a similar vector, or a word with a near concept in the thesaurus. The
    score is the harmonic mean of two shares: the share of the old text found in the new one, and the reverse.

    Parameters
    ----------
    old, new
        The wordings of the two documents.
    thesaurus
        A thesaurus with the terms of the field.
    with_vectors
        Whether words with similar vectors match, where word vectors are installed.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)), 0 (nothing found) to 1 (everything), rounded to three decimals.

    Examples
    --------
    >>> texts_to_word_scores(["budget forms"], ["forms, budget", "safety"]).round(1).tolist()
    [[1.0, 0.0]]
    """
    if not old or not new:
        return np.zeros((len(old), len(new)))
    split = [text_to_key(text).split() for text in (*old, *new)]
    concepts = [thesaurus.words_to_concepts(words) for words in split]
    uses = [list(zip(words, found, strict=True)) for words, found in zip(split, concepts, strict=True)]
    known = sorted(
        {use for text_uses in uses for use in text_uses},
        key=lambda use: (use[0], use[1] is not None, use[1] or ()),
    )
    columns = {use: column for column, use in enumerate(known)}
    rows = [np.array([columns[use] for use in text_uses], dtype=np.int64) for text_uses in uses]
    every = _Uses(tuple(word for word, _ in known), tuple(concept for _, concept in known))
    weight_of_use = _uses_to_weights(every, split)
    similarity = _uses_to_similarity(every, thesaurus, with_vectors and has_vectors())
    first, second = rows[: len(old)], rows[len(old) :]
    in_new = _found(first, second, weight_of_use, similarity)
    in_old = _found(second, first, weight_of_use, similarity).T
    both = in_new + in_old
    scores: _Matrix = 2 * in_new * in_old / np.where(both == 0, 1, both)
    return scores.clip(0, 1).round(_DECIMALS)


def _uses_to_weights(uses: _Uses, split: Sequence[Sequence[str]]) -> _Matrix:
    """Return the weight of each use of a word: the logarithm of how rare the word is."""
    spread = Counter(word for words in split for word in set(words))
    return np.log([(len(split) + 1) / (spread[word] + 0.5) for word in uses.words])


def _uses_to_similarity(uses: _Uses, thesaurus: Thesaurus, with_vectors: bool) -> _Similarity:
    """Return the similarity of each two uses: by their words, or by their concepts."""
    words = sorted(set(uses.words))
    number = {word: position for position, word in enumerate(words)}
    at = np.array([number[word] for word in uses.words], dtype=np.int64)
    similarity: _Similarity = _words_to_similarity(words, with_vectors)[np.ix_(at, at)]
    concepts = sorted({concept for concept in uses.concepts if concept is not None})
    if concepts:
        rows = {concept: row for row, concept in enumerate(concepts)}
        numbers = [None if concept is None else rows[concept] for concept in uses.concepts]
        concept_at = np.array([row for row in numbers if row is not None], dtype=np.int64)
        where = np.array([use for use, row in enumerate(numbers) if row is not None], dtype=np.int64)
        near = thesaurus.concepts_to_similarity(concepts).astype(np.float32)[np.ix_(concept_at, concept_at)]
        similarity[np.ix_(where, where)] = np.maximum(similarity[np.ix_(where, where)], near)
    return similarity


def _words_to_similarity(words: Sequence[str], with_vectors: bool) -> _Similarity:
    """Return the squared cosine of each two words, 0 for a negative cosine; 1 for a word with itself."""
    similarity = np.zeros((len(words), len(words)), dtype=np.float32)
    if with_vectors:
        vectors = words_to_vectors(words)
        for start in range(0, len(words), _BLOCK):
            cosines = (vectors[start : start + _BLOCK] @ vectors.T).clip(0, 1)
            similarity[start : start + _BLOCK] = (cosines**2).round(_DECIMALS)
    np.fill_diagonal(similarity, 1)
    return similarity


def _found(
    texts: Sequence[NDArray[np.int64]],
    others: Sequence[NDArray[np.int64]],
    weight_of_use: _Matrix,
    similarity: _Similarity,
) -> _Matrix:
    """Return the share of the weight of each text that is found in each other text."""
    nearest = np.zeros((len(weight_of_use), len(others)))
    for column, other in enumerate(others):
        if len(other):
            nearest[:, column] = similarity[other].max(axis=0)
    counts = [len(text) for text in texts]
    uses = np.concatenate([*texts, np.empty(0, dtype=np.int64)])
    weights = sparse.csr_array(
        (weight_of_use[uses], uses, np.cumsum([0, *counts])), shape=(len(texts), len(weight_of_use))
    )
    totals = np.asarray(weights.sum(axis=1)).reshape(-1, 1)
    shares: _Matrix = (weights @ nearest) / np.where(totals == 0, 1, totals)
    return shares
