"""Find odd wordings: near-duplicates, repeated words, words that look misspelt, sentences run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from curriculum.checks.spelling import misspelt_words
from curriculum.model.text import SMALL_WORDS, text_to_key, text_to_shortened
from curriculum.parsing.lines import Line
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

__all__ = ["wording_findings"]

# From this similarity of their sorted words on, readers easily take two statements for one.
_NEARLY_THE_SAME, _THE_SAME = 85, 100
_CHUNK = 500
_LEAST_PHRASE, _MOST_PHRASE = 4, 50
# A repeated phrase needs this many words that are not small: "the needs of the" may well occur twice.
_LEAST_LARGE_WORDS = 3
_LONGEST_QUOTED = 240
_LEAST_SUBSET = 6
# Only lower case: the cells of a row of grades ("Pass Pass") are not a sentence.
_DOUBLED = re.compile(
    r"\b(?!(?:had|that|in|on) )([a-z]+) \1\b(?!-)|\b(?:or|and) and/or\b|\band/or (?:or|and)\b"
)
_SPACING = re.compile(r"[a-z]{2}(?:[,;][A-Za-z][a-z]|\.[A-Z][a-z]+ )|\w [,;.](?= |$)|[a-z] -[A-Z][a-z]")
_NEW_SENTENCE = re.compile(
    r"\b[a-z]+ (?:(?:You|They|It|We|He|She) (?:have|has|will|must|should|can|may|is|are)|"
    r"(?:This|The|These) [a-z]+ (?:will|must|should|is|are)) "
)


class _Wording(NamedTuple):
    """The wording of a statement or duty."""

    code: str
    kind: str
    option: str
    text: str
    line: int


def wording_findings(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report what is odd in the wording of a document."""
    statements = [
        _Wording(row.code, row.code.rstrip("0123456789"), row.option, row.text, row.first_line)
        for row in parsed.statements
    ]
    duties = [_Wording(row.code, "D", row.option, row.text, row.first_line) for row in parsed.duties]
    for wordings in (statements, duties):
        yield from _near_duplicates(wordings)
    yield from _repeated_phrases([*statements, *duties])
    lines = parsed.lines or [Line(row.line, row.text) for row in statements]
    yield from misspelt_words(lines)
    yield from _sentences(lines)


def _near_duplicates(wordings: Sequence[_Wording]) -> Iterator[Finding]:
    """Report each statement that is nearly the same as an earlier one. Of several, name the most similar."""
    keys = [" ".join(sorted(text_to_key(row.text).split())) for row in wordings]
    for earlier, later, share in _similar_pairs(keys):
        first, second = wordings[earlier], wordings[later]
        is_same_list = first.kind == second.kind and first.option == second.option
        yield Finding(
            "near-duplicate",
            second.line,
            "warning" if is_same_list or share == _THE_SAME else "note",
            f"{second.code} says nearly what {first.code} says on line {first.line} ({share} of 100): "
            f"“{text_to_shortened(second.text, _LONGEST_QUOTED)}”",
        )
    for smaller, larger in _contained_pairs(keys):
        first, second = wordings[smaller], wordings[larger]
        if first.kind == second.kind:
            quoted = text_to_shortened(first.text, _LONGEST_QUOTED)
            message = f"every word of {first.code} is in {second.code} (line {second.line}): “{quoted}”"
            yield Finding("near-duplicate", first.line, "warning", message)


def _similar_pairs(keys: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield pairs of nearly the same keys: the most similar earlier key, the key, the similarity of 100."""
    for start in range(0, len(keys), _CHUNK):
        scores = process.cdist(
            keys[start : start + _CHUNK],
            keys[: start + _CHUNK],
            scorer=fuzz.ratio,
            score_cutoff=_NEARLY_THE_SAME,
            dtype="uint8",
        )
        for row, scores_of_row in enumerate(scores):
            earlier = scores_of_row[: start + row]
            if earlier.any():
                yield int(earlier.argmax()), start + row, int(earlier.max())


def _contained_pairs(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each key that has only words of another and fewer, with the first such other."""
    words = [frozenset(key.split()) for key in keys]
    by_word: dict[str, list[int]] = {}
    for at, words_of_key in enumerate(words):
        for word in words_of_key:
            by_word.setdefault(word, []).append(at)
    for at, words_of_key in enumerate(words):
        if len(words_of_key) < _LEAST_SUBSET:
            continue
        rarest = min(words_of_key, key=lambda word: (len(by_word[word]), word))
        containing = (other for other in by_word[rarest] if words_of_key < words[other])
        for larger in containing:
            if fuzz.ratio(keys[at], keys[larger]) < _NEARLY_THE_SAME:
                yield at, larger
                break


def _repeated_phrases(wordings: Sequence[_Wording]) -> Iterator[Finding]:
    for row in wordings:
        phrase = _repeated_phrase(row.text)
        if phrase:
            message = f"{row.code} repeats itself: “{phrase}”"
            yield Finding("repeated-words", row.line, "warning", message)


def _repeated_phrase(text: str) -> str:
    """Return the longest phrase of four words or more that occurs twice in a text; empty if there is none.

    Examples
    --------
    >>> _repeated_phrase("crew to meet production requirements and suppliers to meet production requirements")
    'to meet production requirements'
    """
    words = text_to_key(text).split()
    first: dict[tuple[str, ...], int] = {}
    longest: Sequence[str] = ()
    for start in range(len(words) - _LEAST_PHRASE + 1):
        before = first.setdefault(tuple(words[start : start + _LEAST_PHRASE]), start)
        most = min(start - before, len(words) - start, _MOST_PHRASE)
        size = next((n for n in range(most) if words[before + n] != words[start + n]), most)
        if size >= _LEAST_PHRASE and size > len(longest):
            longest = words[start : start + size]
    return " ".join(longest) if len(set(longest) - SMALL_WORDS) >= _LEAST_LARGE_WORDS else ""


def _sentences(lines: Sequence[Line]) -> Iterator[Finding]:
    seen = set()
    for line in lines:
        doubled = _DOUBLED.search(line.text)
        if doubled and _around(line.text, doubled) not in seen:
            seen.add(_around(line.text, doubled))
            message = f"a word twice in “{_around(line.text, doubled)}”"
            yield Finding("repeated-words", line.number, "warning", message)
        space = _SPACING.search(line.text)
        if space:
            yield Finding("spacing", line.number, "note", f"odd space in “{_around(line.text, space)}”")
        new_sentence = _NEW_SENTENCE.search(line.text)
        if new_sentence:
            yield Finding(
                "broken-sentence",
                line.number,
                "warning",
                f"begins anew in mid-phrase: “{_around(line.text, new_sentence)}”",
            )


def _around(text: str, found: re.Match[str]) -> str:
    """Return the words around a match."""
    start = text.rfind(" ", 0, max(0, found.start() - 12)) + 1
    end = text.find(" ", found.end() + 8)
    return text[start : end if end > 0 else None].strip()
