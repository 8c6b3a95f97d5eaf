"""Odd wordings: near-duplicates, words said twice, words that look misspelt, sentences that run together."""

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

# Statements whose words, put in order, are this alike say the same to a reader in a hurry.
_NEARLY_THE_SAME, _THE_SAME = 85, 100
_CHUNK = 500
_LEAST_PHRASE, _MOST_PHRASE = 4, 50
# Words of a phrase that tell something: "the needs of the" may well stand twice.
_LEAST_TELLING = 3
_LONGEST_QUOTED = 240
_LEAST_SUBSET = 6
# In lower case, as the cells of a row of grades ("Pass Pass") are no sentence.
_DOUBLED = re.compile(
    r"\b(?!(?:had|that|in|on) )([a-z]+) \1\b(?!-)|\b(?:or|and) and/or\b|\band/or (?:or|and)\b"
)
_SPACING = re.compile(r"[a-z]{2}(?:[,;][A-Za-z][a-z]|\.[A-Z][a-z]+ )|\w [,;.](?= |$)|[a-z] -[A-Z][a-z]")
_BEGINS_ANEW = re.compile(
    r"\b[a-z]+ (?:(?:You|They|It|We|He|She) (?:have|has|will|must|should|can|may|is|are)|"
    r"(?:This|The|These) [a-z]+ (?:will|must|should|is|are)) "
)


class _Wording(NamedTuple):
    """A statement or duty, as far as its wording goes."""

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
    """Report each statement that says nearly what an earlier one says: of several, the most alike."""
    keys = [" ".join(sorted(text_to_key(row.text).split())) for row in wordings]
    for one, other, share in _alike(keys):
        first, second = wordings[one], wordings[other]
        is_own = first.kind == second.kind and first.option == second.option
        yield Finding(
            "near-duplicate",
            second.line,
            "warning" if is_own or share == _THE_SAME else "note",
            f"{second.code} says nearly what {first.code} says on line {first.line} ({share} of 100): "
            f"“{text_to_shortened(second.text, _LONGEST_QUOTED)}”",
        )
    for one, other in _held_within(keys):
        first, second = wordings[one], wordings[other]
        if first.kind == second.kind:
            quoted = text_to_shortened(first.text, _LONGEST_QUOTED)
            told = f"every word of {first.code} is in {second.code} (line {second.line}): “{quoted}”"
            yield Finding("near-duplicate", first.line, "warning", told)


def _alike(keys: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield for each key the earlier one that it is most alike, if nearly the same, and how alike of 100."""
    for start in range(0, len(keys), _CHUNK):
        scores = process.cdist(
            keys[start : start + _CHUNK],
            keys[: start + _CHUNK],
            scorer=fuzz.ratio,
            score_cutoff=_NEARLY_THE_SAME,
            dtype="uint8",
        )
        for row, own in enumerate(scores):
            earlier = own[: start + row]
            if earlier.any():
                yield int(earlier.argmax()), start + row, int(earlier.max())


def _held_within(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each key that has only words of another, and fewer, with the first such other."""
    words = [frozenset(key.split()) for key in keys]
    by_word: dict[str, list[int]] = {}
    for at, own in enumerate(words):
        for word in own:
            by_word.setdefault(word, []).append(at)
    for at, own in enumerate(words):
        if len(own) < _LEAST_SUBSET:
            continue
        rarest = min(own, key=lambda word: (len(by_word[word]), word))
        holding = (other for other in by_word[rarest] if own < words[other])
        other = next((one for one in holding if fuzz.ratio(keys[at], keys[one]) < _NEARLY_THE_SAME), -1)
        if other >= 0:
            yield at, other


def _repeated_phrases(wordings: Sequence[_Wording]) -> Iterator[Finding]:
    for row in wordings:
        phrase = _repeated_phrase(row.text)
        if phrase:
            told = f"{row.code} repeats itself: “{phrase}”"
            yield Finding("repeated-words", row.line, "warning", told)


def _repeated_phrase(text: str) -> str:
    """Return the longest phrase of four words or more that a text holds twice; empty if there is none.

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
    return " ".join(longest) if len(set(longest) - SMALL_WORDS) >= _LEAST_TELLING else ""


def _sentences(lines: Sequence[Line]) -> Iterator[Finding]:
    seen = set()
    for line in lines:
        doubled = _DOUBLED.search(line.text)
        if doubled and _around(line.text, doubled) not in seen:
            seen.add(_around(line.text, doubled))
            told = f"a word twice in “{_around(line.text, doubled)}”"
            yield Finding("repeated-words", line.number, "warning", told)
        space = _SPACING.search(line.text)
        if space:
            yield Finding("spacing", line.number, "note", f"odd space in “{_around(line.text, space)}”")
        anew = _BEGINS_ANEW.search(line.text)
        if anew:
            yield Finding(
                "broken-sentence",
                line.number,
                "warning",
                f"begins anew in mid-phrase: “{_around(line.text, anew)}”",
            )


def _around(text: str, found: re.Match[str]) -> str:
    """Return the words around a match."""
    start = text.rfind(" ", 0, max(0, found.start() - 12)) + 1
    end = text.find(" ", found.end() + 8)
    return text[start : end if end > 0 else None].strip()
