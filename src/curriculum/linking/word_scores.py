"""Score texts word by word: how much of each text has a match in the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from curriculum.linking.thesaurus import NO_THESAURUS, Term, Thesaurus
from curriculum.linking.word_vectors import has_vectors, words_to_vectors
from curriculum.model.text import text_to_key

__all__ = ["texts_to_word_scores"]

_DECIMALS = 3
# Without vectors, words match if they are so similar (Indel): schedule, scheduled. Short words never are.
_LEAST_OF_FORMS = 0.9
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
    text: the same word, a word with a similar vector, or a word with a near concept in the thesaurus. Without
    vectors, a word that is spelt nearly alike matches in place of one with a similar vector. The
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
    numbers = {use: number for number, use in enumerate(known)}
    every = _Uses(tuple(word for word, _ in known), tuple(concept for _, concept in known))
    weight_of_use = _uses_to_weights(every, split)
    rows = [np.array([numbers[use] for use in text_uses], dtype=np.int64) for text_uses in uses]
    first, second = _rows_to_side(rows[: len(old)]), _rows_to_side(rows[len(old) :])
    similarity = _uses_to_similarity(every, (first, second), thesaurus, with_vectors and has_vectors())
    in_new = _found(first, second, weight_of_use, np.ascontiguousarray(similarity.T))
    in_old = _found(second, first, weight_of_use, similarity).T
    both = in_new + in_old
    scores: _Matrix = 2 * in_new * in_old / np.where(both == 0, 1, both)
    return scores.clip(0, 1).round(_DECIMALS)


class _Side(NamedTuple):
    """The uses of words in the texts of one document.

    Attributes
    ----------
    uses
        The numbers of the uses that the document has, in order.
    texts
        For each text, the positions of its uses in ``uses``.
    """

    uses: NDArray[np.int64]
    texts: tuple[NDArray[np.int64], ...]


def _rows_to_side(rows: Sequence[NDArray[np.int64]]) -> _Side:
    uses, positions = np.unique(np.concatenate(rows), return_inverse=True)
    return _Side(uses, tuple(np.split(positions, np.cumsum([len(row) for row in rows])[:-1])))


def _uses_to_weights(uses: _Uses, split: Sequence[Sequence[str]]) -> _Matrix:
    """Return the weight of each use of a word: the logarithm of how rare the word is."""
    spread = Counter(word for words in split for word in set(words))
    return np.log([(len(split) + 1) / (spread[word] + 0.5) for word in uses.words])


def _uses_to_similarity(
    uses: _Uses, sides: tuple[_Side, _Side], thesaurus: Thesaurus, with_vectors: bool
) -> _Similarity:
    """Return the similarity of each use in the old texts with each in the new: by word, or by concept."""
    words = sorted(set(uses.words))
    number = {word: position for position, word in enumerate(words)}
    of_uses = np.array([number[word] for word in uses.words], dtype=np.int64)
    (old, old_at), (new, new_at) = (np.unique(of_uses[side.uses], return_inverse=True) for side in sides)
    similarity: _Similarity = _words_to_similarity(words, old, new, with_vectors)[np.ix_(old_at, new_at)]
    concepts = sorted({concept for concept in uses.concepts if concept is not None})
    if concepts:
        rows = {concept: row for row, concept in enumerate(concepts)}
        row_of_use = np.array([-1 if concept is None else rows[concept] for concept in uses.concepts])
        of_side = [row_of_use[side.uses] for side in sides]
        where = np.ix_(*(np.flatnonzero(numbers >= 0) for numbers in of_side))
        near = thesaurus.concepts_to_similarity(concepts).astype(np.float32)
        near = near[np.ix_(*(numbers[numbers >= 0] for numbers in of_side))]
        similarity[where] = np.maximum(similarity[where], near)
    return similarity


def _words_to_similarity(
    words: Sequence[str], old: NDArray[np.int64], new: NDArray[np.int64], with_vectors: bool
) -> _Similarity:
    """Return the similarity of old and new words: 1 for a word with itself.

    With vectors it is their squared cosine, 0 for a negative cosine; without, that of forms of a word.
    ``old`` and ``new`` are positions in ``words``.
    """
    if with_vectors:
        similarity = np.zeros((len(old), len(new)), dtype=np.float32)
        vectors = words_to_vectors(words)
        for start in range(0, len(old), _BLOCK):
            cosines = (vectors[old[start : start + _BLOCK]] @ vectors[new].T).clip(0, 1)
            similarity[start : start + _BLOCK] = (cosines**2).round(_DECIMALS)
    else:
        similarity = _words_to_form_similarity([words[at] for at in old], [words[at] for at in new])
    _, old_at, new_at = np.intersect1d(old, new, assume_unique=True, return_indices=True)
    similarity[old_at, new_at] = 1
    return similarity


def _words_to_form_similarity(old: Sequence[str], new: Sequence[str]) -> _Similarity:
    """Return the similarity of words that are spelt alike, such as forms of one word; 0 for other words."""
    similarity: _Similarity = process.cdist(
        old,
        new,
        scorer=Indel.normalized_similarity,
        score_cutoff=_LEAST_OF_FORMS,
        dtype=np.float32,
    )
    return similarity.round(_DECIMALS)


def _found(texts: _Side, others: _Side, weight_of_use: _Matrix, similarity: _Similarity) -> _Matrix:
    """Return the share of the weight of each text that is found in each other text.

    ``similarity`` has a row for each use in the other texts, and a column for each use in these.
    """
    weights = weight_of_use[texts.uses]
    nearest = np.zeros((len(weights), len(others.texts)))
    for column, other in enumerate(others.texts):
        if len(other):
            nearest[:, column] = similarity[other].max(axis=0)
    shares = np.zeros((len(texts.texts), len(others.texts)))
    for row, text in enumerate(texts.texts):
        np.add.reduce(weights[text, None] * nearest[text], axis=0, out=shares[row])
    counts = [len(text) for text in texts.texts]
    of_text = np.repeat(np.arange(len(counts)), counts)
    totals = np.bincount(of_text, weights[np.concatenate(texts.texts)], minlength=len(counts))
    shares /= np.where(totals == 0, 1, totals)[:, None]
    return shares
