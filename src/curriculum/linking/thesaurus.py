"""A thesaurus of a field: which terms say the same, and which say a kind of the same. Users edit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.files.csv_rows import path_to_table_rows
from curriculum.linking.stems import text_to_stems, word_to_stem
from curriculum.model import vocabulary as v
from curriculum.model.text import SMALL_WORDS, text_to_key

__all__ = ["NO_THESAURUS", "Thesaurus", "read_thesaurus"]

_COLUMNS = ("term", "relation", "concept", "source")
_ADVICE = "Mend the line; docs/linking.md tells what a thesaurus holds."
_RELATIONS = (v.ALT_LABEL, v.BROADER)
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


def read_thesaurus(path: str | Path) -> Thesaurus:
    """Read a thesaurus.

    Parameters
    ----------
    path
        A CSV with the columns ``term``, ``relation``, ``concept``, ``source``: one row says that the
        concept has the term as another label (`skos:altLabel`), or is broader than it (`skos:broader`).

    Returns
    -------
    Thesaurus

    Raises
    ------
    InvalidInput
        With each row that cannot be used; all faults at once.

    Examples
    --------
    >>> thesaurus = read_thesaurus(Path("data/raw/thesaurus.csv"))
    >>> one, other = thesaurus.words_to_concepts(["ppe", "costume"])
    >>> thesaurus.concepts_to_similarity([one]).tolist()
    [[1.0]]
    """
    path = Path(path)
    rows = path_to_table_rows(path, _COLUMNS, InvalidInput, _ADVICE)
    raise_faults([*_rows_to_faults(path, rows), *_circle_faults(path, rows)])
    terms = [(text_to_stems(row["term"]), row["relation"], text_to_stems(row["concept"])) for _, row in rows]
    return _terms_to_thesaurus(terms)


def _wrong(path: Path, line: int, what: str, expected: str, found: str) -> InvalidInput:
    return InvalidInput(
        what,
        where=f"{path.as_posix()}, line {line}",
        expected=expected,
        found=found,
        advice=_ADVICE,
    )


def _rows_to_faults(path: Path, rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[CurriculumError]:
    labels: dict[Term, str] = {}
    for line, row in rows:
        term, concept = row["term"], row["concept"]
        if row["relation"] not in _RELATIONS:
            yield _wrong(path, line, "no relation", " or ".join(_RELATIONS), row["relation"] or "nothing")
        for name in ("term", "concept"):
            if not text_to_key(row[name]):
                yield _wrong(path, line, f"no {name}", "words", row[name] or "an empty cell")
        key = text_to_stems(term)
        if row["relation"] != v.ALT_LABEL or key == text_to_stems(concept):
            continue
        if text_to_stems(labels.setdefault(key, concept)) != text_to_stems(concept):
            yield _wrong(path, line, f"{term} is a label of two concepts", labels[key], concept)
        elif _goes_round(key, labels):
            yield _wrong(path, line, "labels go round in a circle", "one concept that is no label", term)


def _circle_faults(path: Path, rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[CurriculumError]:
    """Find rows by which a concept would be broader than itself."""
    above: dict[Term, set[Term]] = {}
    for line, row in rows:
        if row["relation"] == v.BROADER:
            term, concept = text_to_stems(row["term"]), text_to_stems(row["concept"])
            reached, last = {concept}, {concept}
            while last:
                last = {higher for one in last for higher in above.get(one, ())} - reached
                reached |= last
            if term in reached:
                yield _wrong(path, line, "a concept is broader than itself", "no circle", row["term"])
            above.setdefault(term, set()).add(concept)


def _goes_round(term: Term, labels: Mapping[Term, str]) -> bool:
    seen, at = {term}, text_to_stems(labels[term])
    while at in labels and at not in seen:
        seen.add(at)
        at = text_to_stems(labels[at])
    return at in seen


def _terms_to_thesaurus(rows: Sequence[tuple[Term, str, Term]]) -> Thesaurus:
    labels = {
        term: concept for term, relation, concept in rows if relation == v.ALT_LABEL and term != concept
    }

    def concept_of(term: Term) -> Term:
        while term in labels:
            term = labels[term]
        return term

    named = {name for term, _, concept in rows for name in (term, concept)}
    broader: dict[Term, frozenset[Term]] = {}
    for term, relation, concept in rows:
        if relation == v.BROADER:
            own = concept_of(term)
            broader[own] = broader.get(own, frozenset()) | ({concept_of(concept)} - {own})
    return Thesaurus({name: concept_of(name) for name in sorted(named)}, broader)
