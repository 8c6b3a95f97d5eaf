"""Read the thesaurus of a field: terms with the same meaning, and broader terms. Users edit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.stems import word_to_stem
from curriculum.model.text import SMALL_WORDS

__all__ = ["NO_THESAURUS", "Thesaurus"]

# The similarity of two concepts, by the steps from each up to a broader concept that they share. The
# reference shows hardly any difference between 0.5, 0.3, 0 and 0.9, 0.7, 0.5 for the last three.
_SIMILARITIES = {(0, 0): 1.0, (0, 1): 0.8, (0, 2): 0.6, (1, 1): 0.4}
_STEPS = 2
_SIMILARITY_OF_STEPS = np.array(
    [
        [_SIMILARITIES.get((min(first, second), max(first, second)), 0.0) for second in range(_STEPS + 1)]
        for first in range(_STEPS + 1)
    ]
)

Term = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """The concept of each term, and the broader concepts of each concept.

    Attributes
    ----------
    concepts
        The concept of each term; terms and concepts are tuples of stemmed words.
    broader
        The concepts one step above each concept.
    """

    concepts: Mapping[Term, Term] = field(default_factory=dict)
    broader: Mapping[Term, frozenset[Term]] = field(default_factory=dict)

    def words_to_concepts(self, words: Sequence[str]) -> list[Term | None]:
        """Return for each word the concept of the longest term that contains it, or None.

        Examples
        --------
        >>> from curriculum.linking.thesaurus_file import read_thesaurus
        >>> thesaurus = read_thesaurus("data/raw/thesaurus.csv")
        >>> thesaurus.words_to_concepts(["the", "stock", "footage"])
        [None, ('archiv', 'footag'), ('archiv', 'footag')]
        """
        stems = tuple(map(word_to_stem, words))
        found: list[Term | None] = [None] * len(words)
        start = 0
        while start < len(words):
            size = self._size_of_term(stems, start) if stems[start] in self._longest else 0
            if size > 1 or (size and words[start] not in SMALL_WORDS):
                found[start : start + size] = [self.concepts[stems[start : start + size]]] * size
            start += size or 1
        return found

    def _size_of_term(self, stems: Term, start: int) -> int:
        """Return the number of words of the longest term that begins at a word; 0 if none does."""
        sizes = range(min(self._longest[stems[start]], len(stems) - start), 0, -1)
        return next((size for size in sizes if stems[start : start + size] in self.concepts), 0)

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """The number of words of the longest term that begins with each word."""
        longest: dict[str, int] = {}
        for term in self.concepts:
            if term:
                longest[term[0]] = max(longest.get(term[0], 0), len(term))
        return longest

    def concepts_to_similarity(self, concepts: Sequence[Term]) -> NDArray[np.float64]:
        """Return the similarity of each two concepts: 1 the same, lower the further apart, 0 unrelated.

        Returns
        -------
        numpy.ndarray
            Shape (len(concepts), len(concepts)), symmetric.
        """
        reached_from: dict[Term, list[tuple[int, int]]] = {}
        for row, concept in enumerate(concepts):
            for above, count in self._steps_up(concept).items():
                reached_from.setdefault(above, []).append((row, count))
        similarity = np.eye(len(concepts))
        for pairs in reached_from.values():
            if len(pairs) > 1:
                rows, steps = np.array(pairs).T
                where = np.ix_(rows, rows)
                similarity[where] = np.maximum(similarity[where], _SIMILARITY_OF_STEPS[np.ix_(steps, steps)])
        return similarity

    def _steps_up(self, concept: Term) -> dict[Term, int]:
        """Return the broader concepts within a few steps of a concept, each with its number of steps."""
        reached, last = {concept: 0}, [concept]
        for count in range(1, _STEPS + 1):
            last = [above for below in last for above in self.broader.get(below, ())]
            for above in last:
                reached.setdefault(above, count)
        return reached


NO_THESAURUS = Thesaurus()
