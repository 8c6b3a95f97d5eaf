"""Codes as people write them in trackers: lists, ranges, labels, headings, and what only looks like a code.

`curriculum.model.codes` reads what publishers print; people write "k 1", "K1, 2 & 4", "K2-5" or "Duty 3" too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from curriculum.model.codes import Code
from curriculum.model.lookalikes import text_to_guessed, text_to_plain, text_without_invisible
from curriculum.model.remarks import is_denied, is_left_open
from curriculum.model.vocabulary import KIND_OF_LETTERS

__all__ = [
    "BRACKETED",
    "DOUBTFUL",
    "ENDING",
    "INSIDE",
    "LIST",
    "OPENING",
    "FoundCode",
    "find_codes",
    "find_numbers",
    "is_code_like",
    "is_without_codes",
]

LIST: Final = "list"
OPENING: Final = "opening"
BRACKETED: Final = "bracketed"
ENDING: Final = "ending"
INSIDE: Final = "inside"
DOUBTFUL: Final = "doubtful"

_DUTY: Final = "D"
_WORDS: Final = {
    "duty": _DUTY,
    "duties": _DUTY,
    "knowledge": "K",
    "skill": "S",
    "skills": "S",
    "behaviour": "B",
    "behaviours": "B",
    "behavior": "B",
    "behaviors": "B",
}
_LETTERS: Final = "|".join(sorted((*KIND_OF_LETTERS, _DUTY), key=lambda one: (-len(one), one)))
_MOST_OF_A_RANGE: Final = 200
_SIGNS_OF_A_RANGE: Final = frozenset("-‐‑‒–—…")
# How far back from a code a word can change what it is.
_NEAR: Final = 40

# A code as it stands anywhere, and as it may be written in a cell that holds nothing but codes: there
# "Ks 1", "K: 1" and "Knowledge: 1" too. Capital and small letter tell the plural from "KS 1" and "BS 5".
_STRICT: Final = rf"(?:(?:{_LETTERS})|(?:Duty|Duties|duty)\ )0*[1-9]\d{{0,2}}"
_PLURALS: Final = rf"(?-i:(?:{_LETTERS})s)"
_NAMES: Final = rf"{_PLURALS}|{'|'.join(_WORDS)}|{_LETTERS}"
_JOINED: Final = r"(?:\s{0,2}:\s{0,2}|\ )"
_LOOSE: Final = rf"(?<![^\W\d_])(?:(?:{_LETTERS})|(?:{_NAMES}){_JOINED})0*[1-9]\d{{0,2}}"
_DASH: Final = r"\s{0,9}(?:[-‐‑‒–—…]|\.\.\.?|\b(?:to|thru|through|until|till|up\ to)\b)\s{0,9}"
_PAIR: Final = r"\s*(?:,|&|\band\b|\bor\b)\s*"
# K1/2/3, but no date and no page of so many.
_SLASHES: Final = r"(?:/[1-9]\d{0,2})+(?![\w.:/-])"
# Numbers that go on from a code: the end of a range (K2-5), or more of its letter (K1, 2 & 4).
_ONE_MORE: Final = rf"0*[1-9]\d{{0,2}}(?:{_DASH}0*[1-9]\d{{0,2}})?(?![\w:/-]|\.\d)"
_MORE: Final = rf"(?:{_SLASHES}|(?:{_DASH}0*[1-9]\d{{0,2}}(?![\w:/]|\.\d))?(?:{_PAIR}{_ONE_MORE})*)"


# Atomic throughout: a cell of a thousand codes and one slip is told from a list in one pass.
def _item(code: str, more: str) -> str:
    return rf"(?>[*_]{{0,3}}{code}(?:{_DASH}{code}|{more})[*_]{{0,3}}\.?)"


_BETWEEN: Final = r"(?>(?:[\s,;/&+|•(){}\[\]]|\band\b|\bor\b)+)"
_BEFORE: Final = r"(?<![\w$£€#@.\\/_=&+'’-])"
_BEHIND: Final = rf"(?![\w\\_@'’]|/(?!{_STRICT})|\.\w|[-–]\w)"
_ALONE: Final = _item(_STRICT, "") + _BEHIND
_RUN: Final = re.compile(rf"{_BEFORE}{_ALONE}(?:{_BETWEEN}{_ALONE})*+")
_HEADING: Final = (
    rf"(?:(?!(?:{_NAMES}){_JOINED}\d)"
    r"(?:KSBs?|knowledge|skills?|behaviou?rs?|duty|duties|codes?|refs?)\s*+[:=–-]?\s*+)?"
)
_ANY: Final = _item(_LOOSE, _MORE)
_GROUP: Final = (
    rf"(?:(?!(?:{_NAMES}){_JOINED}\d)(?:KSBs?|knowledge|skills?|behaviou?rs?|duties)\s*+[:=–-]\s*+)?"
)
_WHOLE: Final = re.compile(
    rf"[\s(\[{{•*,;-]*+{_HEADING}(?P<run>{_ANY}(?:(?:{_BETWEEN}{_GROUP}|(?=[A-Z])){_ANY})*+)[\s)\]}}.,;:*]*",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(
    rf"(?<![^\W\d_])(?P<letters>{_NAMES}){_JOINED}?0*(?P<first>[1-9]\d{{0,2}})"
    rf"(?:{_DASH}(?:(?P<last_letters>{_NAMES}){_JOINED}?)?0*(?P<last>[1-9]\d{{0,2}}))?"
    rf"(?P<more>{_SLASHES}|(?:{_PAIR}{_ONE_MORE})*)",
    re.IGNORECASE,
)
_MORE_PARTS: Final = re.compile(rf"0*(?P<first>[1-9]\d{{0,2}})(?:{_DASH}0*(?P<last>[1-9]\d{{0,2}}))?")
_JOINT: Final = re.compile(r"\s*+[*_]{0,3}\s*+(?:[:.)\]]|(?<=\s)[-–—]\s|[-–—](?=[^\W\d]))\s*+[*_]{0,3}\s*+\S")
_REMARK: Final = re.compile(r"\s+(?:[A-Z(\[“‘\"]|x\d)")
_CODE_LIKE: Final = re.compile(rf"(?:{_NAMES}){_JOINED}?\d", re.IGNORECASE)
# Pass, merit and distinction criteria of another awarding body: P1, M1, D1.
_GRADES: Final = re.compile(r"(?=.*(?<!\w)M\d)[PMDpmd\d\s,;/&()-]*", re.DOTALL)
# What a remap in place says of a code that it left: it is one of another version.
_OWN_MARK: Final = re.compile(rf"(?:{_LETTERS})\d{{1,3}} \[[a-z0-9.-]+: [a-z]+\]")
# A code that is named only to say that it is not meant.
_TURNED: Final = re.compile(
    r"(?:\b(?:not|no longer|between|was|formerly|except|excluding|without|see|removed|minus|replaces|by)|"
    r"->|→)"
    rf"\s*(?:{_LETTERS})\d",
    re.IGNORECASE,
)
_ATTEMPT: Final = re.compile(
    r"(?<![^\W_])(?:tk|ts|esb|[ksb]|ksbs?|knowledge|skills?|behaviou?rs?|dut(?:y|ies))(?:['’]?(?-i:s))?"
    r"[^\w\n]{0,3}(?:(?:no|nr|number|num)[^\w\n]{1,3})?\d"
    r"|\b(?:all|every|each|any|both)\b[^.!?]{0,20}?(?<![^\W_])"
    r"(?:[ksbd]s|ksbs?|knowledge|skills?|behaviou?rs?|dut(?:y|ies))\b"
    r"|^\W{0,3}(?:[ksbd]s?|ksbs?|knowledge|skills?|behaviou?rs?|duties)\W{1,3}all\b",
    re.IGNORECASE,
)
# What fills a cell and says that no code belongs there.
_WITHOUT: Final = re.compile(
    r"(?:n\.?/?a\.?|nil|none|no ksbs?|not applicable|no codes?|[^\w?✓✔☑]*)", re.IGNORECASE
)
_NUMBERS: Final = re.compile(
    rf"[\s(\[]{{0,9}}(?P<run>0*[1-9]\d{{0,2}}(?:{_DASH}0*[1-9]\d{{0,2}})?"
    rf"(?:(?:\s{{0,9}}[,;/&+|]\s{{0,9}}|\s{{1,9}}and\s{{1,9}}|\s{{1,9}})0*[1-9]\d{{0,2}}(?:{_DASH}0*[1-9]\d{{0,2}})?)*+)"
    r"[\s)\].,;]{0,9}",
    re.IGNORECASE,
)
_EDGES: Final = " \t\n•*-.()[]"
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\ \d[A-Z]{2}\b")
# Words beside which a letter with a number is something else.
_FRIENDS_BEHIND: Final = re.compile(
    r"\s+(?:[Bb]uckets?|[Ss]torage|[Oo]bjects?|[Bb]us|[Rr]oad|[Mm]otorway|[Ee]pisodes?|E\d+|[Ss]izes?)\b"
)
_FRIENDS: Final = (
    "vitamins? rooms? studios? bays? seats? rows? columns? cells? postcodes? bus(?:es)? gates? platforms? "
    "junction aws amazon series season semester grades? bands? levels? lockers? stages? block floor desks? "
    "drives? shel(?:f|ves) aisle slots? size paper appendix table figure version"
)
_FRIENDS_BEFORE: Final = re.compile(
    rf"\b(?:{_FRIENDS.replace(' ', '|')})\s+(?:[A-Z]\d+\s*(?:,|and|or|&)\s*)?$", re.IGNORECASE
)


class FoundCode(NamedTuple):
    """A code found in a text: the code, how and where it is written, and in what form.

    A code of a range is written as the range. The forms: `list` (the text holds nothing but codes),
    `opening` (a code and its wording), `bracketed`, `ending` (a heading that ends in codes), `inside`, and
    `doubtful`: a range that is none, or a cell of which not all codes can be placed.
    """

    code: str
    written: str
    start: int
    end: int
    form: str
    is_sure: bool


def find_codes(text: str, *, in_text: bool = False, known: Collection[str] = ()) -> tuple[FoundCode, ...]:
    """Find the codes in a text that a person wrote.

    Parameters
    ----------
    text
        The text of a cell.
    in_text
        Whether to look for codes inside prose too.
    known
        Codes of other schemes (``390A``) to find where a text holds nothing else.

    Returns
    -------
    tuple of FoundCode
        In the order of the text; the codes of a range one by one. A code that may be something else (one
        code at the end of a heading or in brackets, a range that runs backwards) is not sure.

    Examples
    --------
    >>> [found.code for found in find_codes("(K2-K4, k 7; S01 & S3)")]
    ['K2', 'K3', 'K4', 'K7', 'S1', 'S3']
    >>> [found.code for found in find_codes("K1: How the industry is structured")]
    ['K1']
    >>> find_codes("Rushes are kept in the S3 bucket, not in B1 1AA", in_text=True)
    ()
    """
    foreign = _foreign_codes(text, known)
    if foreign:
        return foreign
    plain = text_to_plain(text)
    found = _plain_to_codes(plain, in_text)
    guessed = text_to_guessed(plain)
    if guessed != plain:
        told = _plain_to_codes(guessed, in_text) or tuple(_placed_anywhere(guessed))
        if any(guessed[one.start : one.end] != plain[one.start : one.end] for one in told):
            found = tuple(one._replace(form=DOUBTFUL, is_sure=False) for one in told)
    if plain is text and guessed == plain:
        return found
    return tuple(one._replace(written=text[one.start : one.end]) for one in found)


def _plain_to_codes(text: str, in_text: bool) -> tuple[FoundCode, ...]:
    """Return the codes of a text in plain letters and signs."""
    if not _CODE_LIKE.search(text) or text.lstrip().startswith("=") or _GRADES.fullmatch(text):
        return ()
    held = _OWN_MARK.sub(lambda mark: " " * len(mark[0]), text)
    whole = _WHOLE.fullmatch(held)
    if whole and not _POSTCODE.search(held):
        is_open = is_left_open(held)
        form = DOUBTFUL if is_open else LIST
        return tuple(_run_to_codes(whole["run"], whole.start("run"), form, is_sure=not is_open))
    return _text_to_codes(held, in_text)


def _placed_anywhere(text: str) -> Iterator[FoundCode]:
    for run in _RUN.finditer(text):
        yield from _run_to_codes(run[0], run.start(), DOUBTFUL, is_sure=False)


def find_numbers(text: str, letters: str) -> tuple[FoundCode, ...]:
    """Return the codes of a cell that holds nothing but numbers, where its heading gives their letters.

    Examples
    --------
    >>> [found.code for found in find_numbers("1, 3-5", "K")]
    ['K1', 'K3', 'K4', 'K5']
    >>> find_numbers("1 of 3", "K")
    ()
    """
    whole = _NUMBERS.fullmatch(text_to_plain(text))
    if not whole:
        return ()
    found: list[FoundCode] = []
    for part in _MORE_PARTS.finditer(whole.string, *whole.span("run")):
        place = text[part.start() : part.end()], part.start(), part.end()
        ends = Code(letters, int(part["first"])), Code(letters, int(part["last"] or part["first"]))
        found += _ends_to_codes(ends, place, LIST, is_sure=True)
    return tuple(found)


def is_code_like(text: str) -> bool:
    """Return whether a text looks as if it named codes, in whatever way.

    Examples
    --------
    >>> is_code_like("Ks 1 to 4 and 7"), is_code_like("all KSBs"), is_code_like("see Ms Brown")
    (True, True, False)
    """
    plain = text_without_invisible(text_to_plain(text))
    return bool(_ATTEMPT.search(plain) or _ATTEMPT.search(text_to_guessed(plain)))


def is_without_codes(text: str) -> bool:
    """Return whether a cell says that no code belongs there: a dash, "none", "n/a".

    Examples
    --------
    >>> is_without_codes("n/a"), is_without_codes(" - "), is_without_codes("tbc")
    (True, True, False)
    """
    return bool(_WITHOUT.fullmatch(text.strip()))


def _text_to_codes(text: str, in_text: bool) -> tuple[FoundCode, ...]:
    """Return the codes that stand within other words; where some cannot be placed, all are doubtful."""
    postcodes = [found.span() for found in _POSTCODE.finditer(text)]
    first, last = len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))
    placed: list[FoundCode] = []
    runs = list(_RUN.finditer(text))
    is_all = not _TURNED.search(text) and not is_denied(text, [run.span() for run in runs])
    for run in runs:
        is_postcode = any(start < run.end() and run.start() < end for start, end in postcodes)
        if is_postcode or _is_friend(text, run):
            continue
        own = tuple(_placed_run(text, run, in_text, (first, last)))
        placed += own
        is_all &= bool(own)
    return tuple(placed if is_all else (one._replace(form=DOUBTFUL, is_sure=False) for one in placed))


def _foreign_codes(text: str, known: Collection[str]) -> tuple[FoundCode, ...]:
    """Return the codes of other schemes of a text that holds nothing else, parted by signs or by spaces."""
    if not known:
        return ()
    for signs in (r"[^,;|\n]+", r"\S+"):
        words = [
            (found[0].strip(), found.start() + len(found[0]) - len(found[0].lstrip()))
            for found in re.finditer(signs, text)
            if found[0].strip()
        ]
        if words and all(word in known for word, _ in words):
            return tuple(FoundCode(word, word, at, at + len(word), LIST, True) for word, at in words)
    return ()


def _is_friend(text: str, run: re.Match[str]) -> bool:
    """Return whether the words beside it make a run something else."""
    before = text[max(0, run.start() - _NEAR) : run.start()]
    return bool(_FRIENDS_BEHIND.match(text, run.end()) or _FRIENDS_BEFORE.search(before))


def _placed_run(text: str, run: re.Match[str], in_text: bool, edges: tuple[int, int]) -> Iterator[FoundCode]:
    """Yield the codes of a run that stands within other words, if its place speaks for it."""
    before, behind = text[max(0, run.start() - 4) : run.start()], text[run.end() : run.end() + 4]
    n_codes = sum(1 for _ in _PARTS.finditer(run[0]))
    is_first, is_last = run.start() <= edges[0], run.end() >= edges[1]
    joint = _JOINT.match(text, run.end())
    if (
        not (is_first and is_last)
        and before.rstrip()[-1:] in {"(", "["}
        and behind.lstrip()[:1] in {")", "]"}
    ):
        yield from _run_to_codes(run[0], run.start(), BRACKETED, is_sure=n_codes > 1)
    elif is_first and (joint or run[0].endswith(".")):
        wording = text[joint.end() - 1 if joint else run.end() :].lstrip()
        is_label = any(map(str.isalpha, wording)) and not _RUN.match(wording)
        yield from _run_to_codes(run[0], run.start(), OPENING if is_label else DOUBTFUL, is_sure=is_label)
    elif is_first and _REMARK.match(text, run.end()):
        is_whole = not _CODE_LIKE.match(text[run.end() : run.end() + _NEAR].lstrip())
        yield from _run_to_codes(run[0], run.start(), OPENING, is_sure=n_codes > 1 and is_whole)
    elif is_last:
        yield from _run_to_codes(run[0], run.start(), ENDING, is_sure=n_codes > 1)
    elif in_text:
        yield from _run_to_codes(run[0], run.start(), INSIDE, is_sure=True)


def _run_to_codes(run: str, start: int, form: str, is_sure: bool) -> Iterator[FoundCode]:
    """Take a run of codes apart, ranges expanded; one that is no range is doubtful."""
    for part in _PARTS.finditer(run):
        letters = _own_letters(part["letters"])
        last_letters = _own_letters(part["last_letters"] or "") or letters
        end = part.end("last") if part["last"] else part.end("first")
        place = run[part.start() : end], start + part.start(), start + end
        ends = Code(letters, int(part["first"])), Code(last_letters, int(part["last"] or part["first"]))
        yield from _ends_to_codes(ends, place, form, is_sure)
        for more in _MORE_PARTS.finditer(run, *part.span("more")):
            place = more[0], start + more.start(), start + more.end()
            ends = Code(letters, int(more["first"])), Code(letters, int(more["last"] or more["first"]))
            yield from _ends_to_codes(ends, place, form, is_sure)


def _ends_to_codes(
    ends: tuple[Code, Code], place: tuple[str, int, int], form: str, is_sure: bool
) -> Iterator[FoundCode]:
    """Yield each code of a range; of one that runs back, too far, nowhere or across letters its two ends."""
    first, last = ends
    # K1-1 is a part of K1, and not a range.
    is_one = first == last and any(sign in _SIGNS_OF_A_RANGE for sign in place[0])
    is_range = first.letters == last.letters and 0 <= last.number - first.number < _MOST_OF_A_RANGE
    if is_one or not is_range:
        yield from (FoundCode(str(code), *place, DOUBTFUL, False) for code in dict.fromkeys(ends))
        return
    for number in range(first.number, last.number + 1):
        yield FoundCode(str(Code(first.letters, number)), *place, form, is_sure)


def _own_letters(written: str) -> str:
    """Return the letters that a name of a kind stands for: K of "Knowledge" and of "Ks"."""
    is_plural = len(written) > 1 and written.endswith("s") and written[:-1].isupper()
    return _WORDS.get(written.casefold(), written[:-1] if is_plural else written.upper())
