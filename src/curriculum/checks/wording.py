"""Odd wordings: near-duplicates, words said twice, words that look misspelt, sentences that run together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Indel

from curriculum.parsing import Finding, ParsedDocument
from curriculum.parsing.lines import Line
from curriculum.text import text_to_key

if TYPE_CHECKING:
    from spellchecker import SpellChecker

__all__ = ["wording_findings"]

# Statements whose words, put in order, are this alike say the same to a reader in a hurry.
_NEARLY_THE_SAME = 85
_CHUNK = 500
_LEAST_PHRASE = 4
_LEAST_SUBSET = 6
_LEAST_WORD = 4
_LONG_WORD = 10
# How often a word must be in the dictionary's counts to be what was meant, by whether it is long.
_COMMON = {False: 20_000, True: 150}
# Parts of a word with a hyphen (co-ordinators) are no words.
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w-])")
_DOUBLED = re.compile(
    r"\b(?!(?:had|that) )(\w+) (?:\1|(?:or|and) and/or|and/or (?:or|and))\b|\b(?:or|and) and/or\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:^\W*|[.:?!] )$")
_SPACING = re.compile(r"[a-z]{2}(?:[,;][A-Za-z][a-z]|\.[A-Z][a-z]+ )|\w [,;.](?= |$)|[a-z] -[A-Z][a-z]")
_BEGINS_ANEW = re.compile(
    r"\b[a-z]+ (?:(?:You|They|It|We|He|She) (?:have|has|will|must|should|can|may|is|are)|"
    r"(?:This|The|These) [a-z]+ (?:will|must|should|is|are)) "
)
# Endings that make a word of a known one, as a dictionary of words has not every form.
_ENDINGS = (
    "s",
    "es",
    "d",
    "ed",
    "t",
    "y",
    "ing",
    "ise",
    "ize",
    "er",
    "ers",
    "able",
    "less",
    "ly",
    "ness",
    "like",
)
_PREFIXES = (
    "bio",
    "cyber",
    "de",
    "micro",
    "multi",
    "neuro",
    "non",
    "on",
    "over",
    "post",
    "pre",
    "re",
    "un",
    "under",
    "up",
)
_VARIANTS = (
    (r"is(?=e|ing|ation)", "iz"),
    (r"ys(?=e|ing)", "yz"),
    (r"oul(?=d)|ou(?=r)", "o"),
    (r"ae|oe", "e"),
    (r"ogue", "og"),
    (r"amme", "am"),
    (r"ll", "l"),
    (r"re$", "er"),
    (r"inium", "inum"),
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
    yield from _repeated_words([*statements, *duties])
    lines = parsed.lines or [Line(row.line, row.text) for row in statements]
    yield from _misspelt_words(lines)
    yield from _sentences(lines)


def _near_duplicates(wordings: Sequence[_Wording]) -> Iterator[Finding]:
    keys = [" ".join(sorted(text_to_key(row.text).split())) for row in wordings]
    for one, other, share in _alike(keys):
        first, second = wordings[one], wordings[other]
        is_own = first.kind == second.kind and first.option == second.option
        yield Finding(
            "near-duplicate",
            second.line,
            "warning" if is_own else "note",
            f"{second.code} says nearly what {first.code} says on line {first.line} ({share} of 100): "
            f"“{second.text}”",
        )
    for one, other in _held_within(keys):
        first, second = wordings[one], wordings[other]
        if first.kind == second.kind:
            yield Finding(
                "near-duplicate",
                first.line,
                "warning",
                f"every word of {first.code} is in {second.code} (line {second.line}): “{first.text}”",
            )


def _alike(keys: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give the pairs of keys that are nearly the same, and how alike they are of 100."""
    for start in range(0, len(keys), _CHUNK):
        scores = process.cdist(
            keys[start : start + _CHUNK],
            keys,
            scorer=fuzz.ratio,
            score_cutoff=_NEARLY_THE_SAME,
            dtype="uint8",
        )
        for one, other in zip(*scores.nonzero(), strict=True):
            if start + one < other:
                yield start + int(one), int(other), int(scores[one, other])


def _held_within(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the pairs of keys of which the first has only words of the second, and fewer."""
    words = [frozenset(key.split()) for key in keys]
    by_word: dict[str, list[int]] = {}
    for at, own in enumerate(words):
        for word in own:
            by_word.setdefault(word, []).append(at)
    for at, own in enumerate(words):
        if len(own) < _LEAST_SUBSET:
            continue
        rarest = min(own, key=lambda word: (len(by_word[word]), word))
        for other in by_word[rarest]:
            if own < words[other] and fuzz.ratio(keys[at], keys[other]) < _NEARLY_THE_SAME:
                yield at, other


def _repeated_words(wordings: Sequence[_Wording]) -> Iterator[Finding]:
    for row in wordings:
        phrase = _repeated_phrase(row.text)
        doubled = _DOUBLED.search(row.text)
        if phrase or doubled:
            twice = phrase or (doubled[0] if doubled else "")
            yield Finding("repeated-words", row.line, "warning", f"{row.code} repeats itself: “{twice}”")


def _repeated_phrase(text: str) -> str:
    """Give the longest phrase of four words or more that a text holds twice; empty if there is none.

    Examples
    --------
    >>> _repeated_phrase("crew to meet production requirements and suppliers to meet production requirements")
    'to meet production requirements'
    """
    words = text_to_key(text).split()
    for size in range(len(words) // 2, _LEAST_PHRASE - 1, -1):
        seen: dict[tuple[str, ...], int] = {}
        for start in range(len(words) - size + 1):
            phrase = tuple(words[start : start + size])
            if start - seen.setdefault(phrase, start) >= size:
                return " ".join(phrase)
    return ""


def _misspelt_words(lines: Sequence[Line]) -> Iterator[Finding]:
    """Report words that occur once, are in no dictionary, and are one letter from a word that is.

    Names and terms of a trade are in no dictionary either, but they come again or are far from any word.
    """
    counts = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    once = {word for word, count in counts.items() if count == 1 and len(word) >= _LEAST_WORD}
    unknown = {word for word in once if not _is_known(word, counts)}
    for line in lines:
        for found in _WORD.finditer(line.text):
            # A capital marks a name, unless a sentence begins there.
            word = found[0].casefold() if _BEGINS.search(line.text[: found.start()]) else found[0]
            meant = _meant(word) if word in unknown else ""
            if meant:
                yield Finding(
                    "misspelt-word", line.number, "warning", f"“{found[0]}” looks misspelt (“{meant}”?)"
                )


@cache
def _spelling() -> SpellChecker:
    # Fetched late: loading its words takes longer than all other checks.
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)


@cache
def _common(is_long: bool) -> tuple[str, ...]:
    words = _spelling().word_frequency.items()
    return tuple(word for word, count in words if count >= _COMMON[is_long])


def _is_known(word: str, counts: Counter[str]) -> bool:
    """Tell whether a word is in the dictionary, or made of words that are.

    The dictionary has neither every form nor every British spelling.
    """
    known = _spelling()
    if word in known:
        return True
    stem = re.sub(r"['’](?:s|d|t|ll|re|ve)?$", "", word)
    forms = {stem, *(re.sub(british, american, stem) for british, american in _VARIANTS)}
    forms |= {form.removesuffix(ending) for form in forms for ending in _ENDINGS}
    forms |= {f"{form.removesuffix('ies')}y" for form in forms if form.endswith("ies")}
    forms |= {f"{form}e" for form in forms if form != stem}
    if any(form in known for form in forms) or any(counts[form] > 1 for form in forms - {word}):
        return True
    if any(form.removeprefix(prefix) in known for form in forms for prefix in _PREFIXES):
        return True
    return any(stem[:cut] in known and stem[cut:] in known for cut in range(3, len(stem) - 2))


def _meant(word: str) -> str:
    """Give the common word that a slip of the keyboard makes of this one; empty if none is near.

    A letter too many, too few or out of order; in a long word two, or a wrong one. A wrong letter in a
    short word tells nothing: kerb is no slip for herb.
    """
    spelling = _spelling()
    is_long = len(word) >= _LONG_WORD
    near = process.extract(word, _common(is_long), scorer=Indel.distance, score_cutoff=2, limit=None)
    slips = [
        (int(distance), -spelling[other], str(other))
        for other, distance, _ in near
        if distance == 1 or is_long or (sorted(other) == sorted(word) and OSA.distance(other, word) == 1)
    ]
    return min(slips)[2] if slips else ""


def _sentences(lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
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
    """Give the words around a match."""
    start = text.rfind(" ", 0, max(0, found.start() - 12)) + 1
    end = text.find(" ", found.end() + 8)
    return text[start : end if end > 0 else None].strip()
