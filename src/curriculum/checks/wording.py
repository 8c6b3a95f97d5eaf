"""Odd wordings: near-duplicates, words said twice, words that look misspelt, sentences that run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Indel

from curriculum.model.text import SMALL_WORDS, text_to_key, text_to_shortened
from curriculum.parsing.lines import Line
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

if TYPE_CHECKING:
    from spellchecker import SpellChecker

__all__ = ["wording_findings"]

# Statements whose words, put in order, are this alike say the same to a reader in a hurry.
_NEARLY_THE_SAME, _THE_SAME = 85, 100
_CHUNK = 500
_LEAST_PHRASE, _MOST_PHRASE = 4, 50
# Words of a phrase that tell something: "the needs of the" may well stand twice.
_LEAST_TELLING = 3
_LONGEST_QUOTED = 240
_LEAST_SUBSET = 6
# The longest words of the dictionary have 45 letters; what is longer is no word.
_LEAST_WORD, _MOST_WORD = 4, 50
# How often a word must be in the dictionary's counts to be what was meant, by the least length of the word.
_COMMON = {10: 150, 7: 3_000, 0: 20_000}
# How often a word must be in those counts to be taken for a part of a longer one.
_COMMON_PART = 1_000
# From this length on a word is held against the document's own words too.
_LEAST_OWN = 7
# Parts of a word with a hyphen (co-ordinators) are no words.
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w-])")
# In lower case, as the cells of a row of grades ("Pass Pass") are no sentence.
_DOUBLED = re.compile(
    r"\b(?!(?:had|that|in|on) )([a-z]+) \1\b(?!-)|\b(?:or|and) and/or\b|\band/or (?:or|and)\b"
)
_BEFORE_WORDS = re.compile(r"\W*")
_SENTENCE_ENDS = (". ", ": ", "? ", "! ")
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
    yield from _repeated_phrases([*statements, *duties])
    lines = parsed.lines or [Line(row.line, row.text) for row in statements]
    yield from _misspelt_words(lines)
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


def _misspelt_words(lines: Sequence[Line]) -> Iterator[Finding]:
    """Report words that stand in one place, are in no dictionary, and are one slip from a word that is.

    Names and terms of a trade are in no dictionary either, but they come again, in other company, or are
    far from any word. A statement that is printed again is no other company.
    """
    company: dict[str, set[tuple[str, str]]] = {}
    for line in lines:
        words = [word.casefold() for word in _WORD.findall(line.text)]
        for before, word, behind in zip(["", *words], words, [*words[1:], ""], strict=False):
            company.setdefault(word, set()).add((before, behind))
    usual = frozenset(word for word, places in company.items() if len(places) > 1)
    unknown = {
        word
        for word, places in company.items()
        if len(places) == 1 and _LEAST_WORD <= len(word) <= _MOST_WORD and not _is_known(word, usual)
    }
    told = set()
    for line in lines:
        for found in _WORD.finditer(line.text) if unknown else ():
            word = found[0].casefold()
            if word not in unknown or word in told:
                continue
            # A capital marks a name, unless a sentence begins there.
            is_name = found[0] != word and not _begins_sentence(line.text, found.start())
            meant = "" if is_name else _meant(word, usual)
            if meant:
                told.add(word)
                yield Finding(
                    "misspelt-word", line.number, "warning", f"“{found[0]}” looks misspelt (“{meant}”?)"
                )


def _begins_sentence(text: str, at: int) -> bool:
    is_first = at <= _BEFORE_WORDS.match(text).end()  # type: ignore[union-attr]
    return is_first or text.startswith(_SENTENCE_ENDS, at - 2)


@cache
def _spelling() -> SpellChecker:
    # Fetched late: loading its words takes longer than all other checks.
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)


@cache
def _common(length: int) -> tuple[str, ...]:
    """Return the words that are common enough to be what a word of this length was meant to be."""
    spelling = _spelling()
    rarest = min(_COMMON.values())
    if _COMMON[length] == rarest:
        return tuple(word for word, count in spelling.word_frequency.items() if count >= rarest)
    return tuple(word for word in _common(max(_COMMON)) if spelling[word] >= _COMMON[length])


def _is_known(word: str, usual: Set[str]) -> bool:
    """Return whether a word is in the dictionary, or made of words that are, or of usual ones.

    The dictionary has neither every form nor every British spelling.
    """
    known = _spelling()
    if word in known:
        return True
    stem = re.sub(r"['’](?:s|d|t|ll|re|ve)?$", "", word)
    spelt = {stem, *(re.sub(british, american, stem) for british, american in _VARIANTS)}
    bare = {form.removesuffix(ending) for form in spelt for ending in _ENDINGS}
    forms = spelt | bare | {f"{form.removesuffix('ies')}y" for form in spelt if form.endswith("ies")}
    forms |= {f"{form}e" for form in bare if f"{form}s" != stem and form not in spelt}
    if any(form in known or form in usual for form in forms):
        return True
    stems = {form.removeprefix(prefix) for form in forms for prefix in _PREFIXES} - forms
    if any(known[form] >= _COMMON_PART for form in stems):
        return True
    parts = ((stem[:cut], stem[cut:]) for cut in range(3, len(stem) - 2))
    return any(min(known[part] for part in pair) >= _COMMON_PART for pair in parts)


def _meant(word: str, usual: Set[str]) -> str:
    """Return the word that a slip of the keyboard made this one of; empty if none is near.

    A letter too many, too few or out of order; in a long word two, or a wrong one. A wrong letter in a
    short word tells nothing (kerb is no slip for herb), unless the document uses the other word.
    """
    spelling = _spelling()
    length = next(length for length in _COMMON if len(word) >= length)
    near = process.extract(word, _common(length), scorer=Indel.distance, score_cutoff=2, limit=None)
    own = process.extract(word, sorted(usual), scorer=OSA.distance, score_cutoff=1, limit=None)
    slips = [
        (int(distance), -spelling[other], str(other))
        for other, distance, _ in near
        if distance == 1 or length == max(_COMMON) or _is_turned(word, str(other))
    ]
    slips += [(1, -spelling[other], str(other)) for other, _, _ in own if len(word) >= _LEAST_OWN]
    return min(slips)[2] if slips else ""


def _is_turned(word: str, other: str) -> bool:
    """Return whether two words differ by two letters that changed places."""
    return sorted(other) == sorted(word) and OSA.distance(other, word) == 1


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
