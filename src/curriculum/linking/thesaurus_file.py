"""The CSV file of a thesaurus, which users edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.files.csv_rows import path_to_table_rows
from curriculum.linking.stems import text_to_stems
from curriculum.linking.thesaurus import Term, Thesaurus
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_key

__all__ = ["read_thesaurus"]

_COLUMNS = ("term", "relation", "concept", "source")
_ADVICE = "Correct the line; docs/linking.md describes a thesaurus."
_RELATIONS = (v.ALT_LABEL, v.BROADER)


def read_thesaurus(path: str | Path) -> Thesaurus:
    """Read a thesaurus.

    Parameters
    ----------
    path
        A CSV with the columns ``term``, ``relation``, ``concept``, ``source``: each
        row says that the term is another label of the concept (`skos:altLabel`), or that the concept is
        broader than the term (`skos:broader`).

    Returns
    -------
    Thesaurus

    Raises
    ------
    InvalidInput
        If a row cannot be used. All faults are reported at once.

    Examples
    --------
    >>> thesaurus = read_thesaurus(Path("data/raw/thesaurus.csv"))
    >>> ppe, costume = thesaurus.words_to_concepts(["ppe", "costume"])
    >>> thesaurus.concepts_to_similarity([ppe]).tolist()
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
        elif _is_cycle(key, labels):
            yield _wrong(path, line, "labels go round in a circle", "one concept that is no label", term)


def _circle_faults(path: Path, rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[CurriculumError]:
    """Yield an error for each row that makes a concept broader than itself."""
    above: dict[Term, set[Term]] = {}
    for line, row in rows:
        if row["relation"] == v.BROADER:
            term, concept = text_to_stems(row["term"]), text_to_stems(row["concept"])
            reached, newest = {concept}, {concept}
            while newest:
                newest = {higher for lower in newest for higher in above.get(lower, ())} - reached
                reached |= newest
            if term in reached:
                yield _wrong(path, line, "a concept is broader than itself", "no circle", row["term"])
            above.setdefault(term, set()).add(concept)


def _is_cycle(term: Term, labels: Mapping[Term, str]) -> bool:
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
            lower = concept_of(term)
            broader[lower] = broader.get(lower, frozenset()) | ({concept_of(concept)} - {lower})
    return Thesaurus({name: concept_of(name) for name in sorted(named)}, broader)
