"""Texts held against each other word by word: how much of each finds its like in the other."""

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

_PLACES = 3
# Rows of similarity that are made at a time, which bounds the memory.
_BLOCK = 1024
_Matrix = NDArray[np.float64]
# Likenesses are kept to three places, which single precision holds and half the memory.
_Similarity = NDArray[np.float32]


class _Uses(NamedTuple):
    """A word as it is used: alone, or within a term that names a concept."""

    words: tuple[str, ...]
    concepts: tuple[Term | None, ...]


def texts_to_word_scores(
    old: Sequence[str],
    new: Sequence[str],
    thesaurus: Thesaurus = NO_THESAURUS,
    with_vectors: bool = True,
) -> _Matrix:
    """Score every pair of an old and a new text by the words that find their like in the other.

    Each word is worth more the rarer it is in both documents. It is found as far as the other text holds
    a word like it: the same, one with a like vector, or one whose concept the thesaurus brings near. The
    score is the harmonic mean of two shares: of the old text that is found in the new, and the reverse.

    Parameters
    ----------
    old, new
        The wordings of the two documents.
    thesaurus
        The terms of the field.
    with_vectors
        Whether words of like vectors are alike, where word vectors are installed.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)), 0 (nothing found) to 1 (all), to three places.

    Examples
    --------
    >>> texts_to_word_scores(["budget forms"], ["forms, budget", "safety"]).round(1).tolist()
    [[1.0, 0.0]]
    """
    if not old or not new:
        return np.zeros((len(old), len(new)))
    split = [text_to_key(text).split() for text in (*old, *new)]
    concepts = [thesaurus.words_to_concepts(words) for words in split]
    uses = [list(zip(words, own, strict=True)) for words, own in zip(split, concepts, strict=True)]
    known = sorted(
        {use for own in uses for use in own}, key=lambda use: (use[0], use[1] is not None, use[1] or ())
    )
    columns = {use: column for column, use in enumerate(known)}
    rows = [np.array([columns[use] for use in own], dtype=np.int64) for own in uses]
    held = _Uses(tuple(word for word, _ in known), tuple(concept for _, concept in known))
    worth = _uses_to_worth(held, split)
    similarity = _uses_to_similarity(held, thesaurus, with_vectors and has_vectors())
    first, second = rows[: len(old)], rows[len(old) :]
    in_new = _found(first, second, worth, similarity)
    in_old = _found(second, first, worth, similarity).T
    both = in_new + in_old
    scores: _Matrix = 2 * in_new * in_old / np.where(both == 0, 1, both)
    return scores.clip(0, 1).round(_PLACES)


def _uses_to_worth(uses: _Uses, split: Sequence[Sequence[str]]) -> _Matrix:
    """Return what each use of a word is worth: the logarithm of how rare the word is."""
    spread = Counter(word for words in split for word in set(words))
    return np.log([(len(split) + 1) / (spread[word] + 0.5) for word in uses.words])


def _uses_to_similarity(uses: _Uses, thesaurus: Thesaurus, with_vectors: bool) -> _Similarity:
    """Return how alike each two uses are: by their words, or by the concepts that they stand for."""
    words = sorted(set(uses.words))
    number = {word: place for place, word in enumerate(words)}
    at = np.array([number[word] for word in uses.words], dtype=np.int64)
    similarity: _Similarity = _words_to_similarity(words, with_vectors)[np.ix_(at, at)]
    concepts = sorted({one for one in uses.concepts if one is not None})
    if concepts:
        place = {concept: row for row, concept in enumerate(concepts)}
        own = np.array([place[one] for one in uses.concepts if one is not None], dtype=np.int64)
        where = np.array([row for row, one in enumerate(uses.concepts) if one is not None], dtype=np.int64)
        near = thesaurus.concepts_to_similarity(concepts).astype(np.float32)[np.ix_(own, own)]
        similarity[np.ix_(where, where)] = np.maximum(similarity[np.ix_(where, where)], near)
    return similarity


def _words_to_similarity(words: Sequence[str], with_vectors: bool) -> _Similarity:
    """Return the squared cosine of each two words that lean the same way; 1 for a word and itself."""
    similarity = np.zeros((len(words), len(words)), dtype=np.float32)
    if with_vectors:
        vectors = words_to_vectors(words)
        for start in range(0, len(words), _BLOCK):
            cosines = (vectors[start : start + _BLOCK] @ vectors.T).clip(0, 1)
            similarity[start : start + _BLOCK] = (cosines**2).round(_PLACES)
    np.fill_diagonal(similarity, 1)
    return similarity


def _found(
    texts: Sequence[NDArray[np.int64]],
    others: Sequence[NDArray[np.int64]],
    worth: _Matrix,
    similarity: _Similarity,
) -> _Matrix:
    """Return the share of each text's worth that is found in each other text."""
    nearest = np.zeros((len(worth), len(others)))
    for column, other in enumerate(others):
        if len(other):
            nearest[:, column] = similarity[other].max(axis=0)
    counts = [len(text) for text in texts]
    uses = np.concatenate([*texts, np.empty(0, dtype=np.int64)])
    weights = sparse.csr_array((worth[uses], uses, np.cumsum([0, *counts])), shape=(len(texts), len(worth)))
    totals = np.asarray(weights.sum(axis=1)).reshape(-1, 1)
    shares: _Matrix = (weights @ nearest) / np.where(totals == 0, 1, totals)
    return shares
