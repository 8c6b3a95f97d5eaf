"""A thesaurus of a field: which terms say the same, and which say a kind of the same. Users edit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.stems import word_to_stem
from curriculum.model.text import SMALL_WORDS

__all__ = ["NO_THESAURUS", "Thesaurus"]

# How alike two concepts are by the steps that each goes up to one that they share. Between 0.5, 0.3, 0 and
# 0.9, 0.7, 0.5 for the last three the reference hardly tells a difference.
_LIKENESS = {(0, 0): 1.0, (0, 1): 0.8, (0, 2): 0.6, (1, 1): 0.4}
_STEPS = 2

Term = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """Terms by the concept that they name, and concepts by those that are broader.

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
        """Return for each word the concept of the longest term that it stands in, if any.

        Examples
        --------
        >>> thesaurus = read_thesaurus(Path("data/raw/thesaurus.csv"))
        >>> thesaurus.words_to_concepts(["the", "stock", "footage"])
        [None, ('archiv', 'footag'), ('archiv', 'footag')]
        """
        stems = tuple(map(word_to_stem, words))
        found: list[Term | None] = [None] * len(words)
        longest = max(map(len, self.concepts), default=0)
        start = 0
        while start < len(words):
            sizes = range(min(longest, len(words) - start), 0, -1)
            size = next((one for one in sizes if stems[start : start + one] in self.concepts), 0)
            if size > 1 or (size and words[start] not in SMALL_WORDS):
                found[start : start + size] = [self.concepts[stems[start : start + size]]] * size
            start += size or 1
        return found

    def concepts_to_similarity(self, concepts: Sequence[Term]) -> NDArray[np.float64]:
        """Return how alike each two concepts are: 1 the same, less the further apart, 0 unrelated.

        Returns
        -------
        numpy.ndarray
            Shape (len(concepts), len(concepts)), symmetric.
        """
        above = [self._steps_up(concept) for concept in concepts]
        columns = {one: column for column, one in enumerate(sorted(set().union(*above)))}
        steps = np.zeros((_STEPS + 1, len(concepts), len(columns)), dtype=np.float64)
        for row, own in enumerate(above):
            for concept, count in own.items():
                steps[count, row, columns[concept]] = 1
        similarity = np.zeros((len(concepts), len(concepts)))
        for (one, other), value in _LIKENESS.items():
            shared = steps[one] @ steps[other].T > 0
            similarity = np.maximum(similarity, value * (shared | shared.T))
        return similarity

    def _steps_up(self, concept: Term) -> dict[Term, int]:
        """Return each concept that is reached from one by going up, and in how few steps."""
        reached, last = {concept: 0}, [concept]
        for count in range(1, _STEPS + 1):
            last = [above for one in last for above in self.broader.get(one, ())]
            for above in last:
                reached.setdefault(above, count)
        return reached


NO_THESAURUS = Thesaurus()
