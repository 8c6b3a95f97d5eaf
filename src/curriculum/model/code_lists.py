"""Find codes as people write them in trackers: lists, ranges, labels, headings, and texts like a code.

`curriculum.model.codes` reads codes as publishers print them. People also write "k 1", "K1, 2 & 4", "K2-5"
or "Duty 3".
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
_LETTERS: Final = "|".join(sorted((*KIND_OF_LETTERS, _DUTY), key=lambda letters: (-len(letters), letters)))
_MAX_RANGE: Final = 200
_SIGNS_OF_A_RANGE: Final = frozenset("-‐‑‒–—…")
# How many characters around a code are searched for words that change its meaning.
_CONTEXT_LENGTH: Final = 40

# The strict form of a code is found in any text. The loose form ("Ks 1", "K: 1", "Knowledge: 1") is found
# only in a cell with nothing but codes. The case of the letters distinguishes the plural "Ks" from "KS 1"
# and "BS 5".
_STRICT: Final = rf"(?:(?:{_LETTERS})|(?:Duty|Duties|duty)\ )0*[1-9]\d{{0,2}}"
_PLURALS: Final = rf"(?-i:(?:{_LETTERS})s)"
_NAMES: Final = rf"{_PLURALS}|{'|'.join(_WORDS)}|{_LETTERS}"
_JOINED: Final = r"(?:\s{0,2}:\s{0,2}|\ )"
_LOOSE: Final = rf"(?<![^\W\d_])(?:(?:{_LETTERS})|(?:{_NAMES}){_JOINED})0*[1-9]\d{{0,2}}"
_DASH: Final = r"\s{0,9}(?:[-‐‑‒–—…]|\.\.\.?|\b(?:to|thru|through|until|till|up\ to)\b)\s{0,9}"
_PAIR: Final = r"\s*(?:,|&|\band\b|\bor\b)\s*"
# K1/2/3, but not a date or a page number ("1/2/2024", "page 1/20").
_SLASHES: Final = r"(?:/[1-9]\d{0,2})+(?![\w.:/-])"
# Numbers that continue a code: the end of a range (K2-5), or more numbers of the same letter (K1, 2 & 4).
_ONE_MORE: Final = rf"0*[1-9]\d{{0,2}}(?:{_DASH}0*[1-9]\d{{0,2}})?(?![\w:/-]|\.\d)"
_MORE: Final = rf"(?:{_SLASHES}|(?:{_DASH}0*[1-9]\d{{0,2}}(?![\w:/]|\.\d))?(?:{_PAIR}{_ONE_MORE})*)"


# The groups are atomic: a cell of a thousand codes with one typing error is rejected in one pass.
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
# The mark that a remap in place adds to a code of another version.
_VERSION_MARK: Final = re.compile(rf"(?:{_LETTERS})\d{{1,3}} \[[a-z0-9.-]+: [a-z]+\]")
# A code that the text names only to exclude it.
_EXCLUDED: Final = re.compile(
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
# The text of a cell that says that no code belongs there.
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
# Words next to which a letter with a number is not a code.
_CONTEXT_AFTER: Final = re.compile(
    r"\s+(?:[Bb]uckets?|[Ss]torage|[Oo]bjects?|[Bb]us|[Rr]oad|[Mm]otorway|[Ee]pisodes?|E\d+|[Ss]izes?)\b"
)
_CONTEXT_WORDS: Final = (
    "vitamins? rooms? studios? bays? seats? rows? columns? cells? postcodes? bus(?:es)? gates? platforms? "
    "junction aws amazon series season semester grades? bands? levels? lockers? stages? block floor desks? "
    "drives? shel(?:f|ves) aisle slots? size paper appendix table figure version"
)
_CONTEXT_BEFORE: Final = re.compile(
    rf"\b(?:{_CONTEXT_WORDS.replace(' ', '|')})\s+(?:[A-Z]\d+\s*(?:,|and|or|&)\s*)?$", re.IGNORECASE
)


class FoundCode(NamedTuple):
    """A code found in a text: the code, its written form and position, and the form of the text around it.

    ``written`` of a code in a range is the whole range. The forms are `list` (the text holds nothing but
    codes), `opening` (a code and its wording), `bracketed`, `ending` (a heading that ends in codes),
    `inside`, and `doubtful` (an invalid range, or a cell in which some codes are ambiguous).
    """

    code: str
    written: str
    start: int
    end: int
    form: str
    is_sure: bool


def find_codes(text: str, *, in_text: bool = False, known: Collection[str] = ()) -> tuple[FoundCode, ...]:
    """Find the codes in a text written by a person.

    Parameters
    ----------
    text
        The text of a cell.
    in_text
        Whether to look for codes inside prose too.
    known
        Codes of other schemes (``390A``). They are found only where a text holds nothing else.

    Returns
    -------
    tuple of FoundCode
        The codes in the order of the text; a range gives each of its codes. ``is_sure`` is false for a code
        that may be something else: a single code at the end of a heading or in brackets, or a reversed range.

    Raises
    ------
    TypeError
        If ``text`` is no text, such as the missing value of an empty cell.

    Examples
    --------
    >>> [found.code for found in find_codes("(K2-K4, k 7; S01 & S3)")]
    ['K2', 'K3', 'K4', 'K7', 'S1', 'S3']
    >>> [found.code for found in find_codes("K1: How the industry is structured")]
    ['K1']
    >>> find_codes("Rushes are kept in the S3 bucket, not in B1 1AA", in_text=True)
    ()
    """
    if not isinstance(text, str):
        raise TypeError(f"codes are found in a text, such as 'K1, K3-K5'; found {text!r}")
    foreign = _foreign_codes(text, known)
    if foreign:
        return foreign
    plain = text_to_plain(text)
    found = _plain_to_codes(plain, in_text)
    guessed = text_to_guessed(plain)
    if guessed != plain:
        codes = _plain_to_codes(guessed, in_text) or tuple(_doubtful_codes(guessed))
        if any(guessed[code.start : code.end] != plain[code.start : code.end] for code in codes):
            found = tuple(code._replace(form=DOUBTFUL, is_sure=False) for code in codes)
    if plain is text and guessed == plain:
        return found
    return tuple(code._replace(written=text[code.start : code.end]) for code in found)


def _plain_to_codes(text: str, in_text: bool) -> tuple[FoundCode, ...]:
    """Return the codes of a text that has only plain letters and signs."""
    if not _CODE_LIKE.search(text) or text.lstrip().startswith("=") or _GRADES.fullmatch(text):
        return ()
    unmarked = _VERSION_MARK.sub(lambda mark: " " * len(mark[0]), text)
    whole = _WHOLE.fullmatch(unmarked)
    if whole and not _POSTCODE.search(unmarked):
        is_open = is_left_open(unmarked)
        form = DOUBTFUL if is_open else LIST
        return tuple(_run_to_codes(whole["run"], whole.start("run"), form, is_sure=not is_open))
    return _text_to_codes(unmarked, in_text)


def _doubtful_codes(text: str) -> Iterator[FoundCode]:
    for run in _RUN.finditer(text):
        yield from _run_to_codes(run[0], run.start(), DOUBTFUL, is_sure=False)


def find_numbers(text: str, letters: str) -> tuple[FoundCode, ...]:
    """Return the codes of a cell that holds only numbers, where the header of its column gives the letters.

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
        span = text[part.start() : part.end()], part.start(), part.end()
        ends = Code(letters, int(part["first"])), Code(letters, int(part["last"] or part["first"]))
        found += _ends_to_codes(ends, span, LIST, is_sure=True)
    return tuple(found)


def is_code_like(text: str) -> bool:
    """Return whether a text seems to name codes in any way.

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
    """Return the codes within other words; if some are ambiguous, all are doubtful."""
    postcodes = [found.span() for found in _POSTCODE.finditer(text)]
    first, last = len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))
    placed: list[FoundCode] = []
    runs = list(_RUN.finditer(text))
    is_all = not _EXCLUDED.search(text) and not is_denied(text, [run.span() for run in runs])
    for run in runs:
        is_postcode = any(start < run.end() and run.start() < end for start, end in postcodes)
        if is_postcode or _is_something_else(text, run):
            continue
        codes = tuple(_run_in_text_to_codes(text, run, in_text, (first, last)))
        placed += codes
        is_all &= bool(codes)
    return tuple(placed if is_all else (code._replace(form=DOUBTFUL, is_sure=False) for code in placed))


def _foreign_codes(text: str, known: Collection[str]) -> tuple[FoundCode, ...]:
    """Return the codes of other schemes, separated by signs or spaces, of a text that holds nothing else."""
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


def _is_something_else(text: str, run: re.Match[str]) -> bool:
    """Return whether the words around a run show that it is not a run of codes."""
    before = text[max(0, run.start() - _CONTEXT_LENGTH) : run.start()]
    return bool(_CONTEXT_AFTER.match(text, run.end()) or _CONTEXT_BEFORE.search(before))


def _run_in_text_to_codes(
    text: str, run: re.Match[str], in_text: bool, edges: tuple[int, int]
) -> Iterator[FoundCode]:
    """Yield the codes of a run within other words, if its position shows that it is a run of codes."""
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
        is_whole = not _CODE_LIKE.match(text[run.end() : run.end() + _CONTEXT_LENGTH].lstrip())
        yield from _run_to_codes(run[0], run.start(), OPENING, is_sure=n_codes > 1 and is_whole)
    elif is_last:
        yield from _run_to_codes(run[0], run.start(), ENDING, is_sure=n_codes > 1)
    elif in_text:
        yield from _run_to_codes(run[0], run.start(), INSIDE, is_sure=True)


def _run_to_codes(run: str, start: int, form: str, is_sure: bool) -> Iterator[FoundCode]:
    """Yield the codes of a run, with ranges expanded; the codes of an invalid range are doubtful."""
    for part in _PARTS.finditer(run):
        letters = _name_to_letters(part["letters"])
        last_letters = _name_to_letters(part["last_letters"] or "") or letters
        end = part.end("last") if part["last"] else part.end("first")
        span = run[part.start() : end], start + part.start(), start + end
        ends = Code(letters, int(part["first"])), Code(last_letters, int(part["last"] or part["first"]))
        yield from _ends_to_codes(ends, span, form, is_sure)
        for more in _MORE_PARTS.finditer(run, *part.span("more")):
            span = more[0], start + more.start(), start + more.end()
            ends = Code(letters, int(more["first"])), Code(letters, int(more["last"] or more["first"]))
            yield from _ends_to_codes(ends, span, form, is_sure)


def _ends_to_codes(
    ends: tuple[Code, Code], span: tuple[str, int, int], form: str, is_sure: bool
) -> Iterator[FoundCode]:
    """Yield each code of a range; of an invalid range (reversed, too long, of two letters) its two ends."""
    first, last = ends
    # K1-1 is a part of K1 and not a range.
    is_part = first == last and any(sign in _SIGNS_OF_A_RANGE for sign in span[0])
    is_range = first.letters == last.letters and 0 <= last.number - first.number < _MAX_RANGE
    if is_part or not is_range:
        yield from (FoundCode(str(code), *span, DOUBTFUL, False) for code in dict.fromkeys(ends))
        return
    for number in range(first.number, last.number + 1):
        yield FoundCode(str(Code(first.letters, number)), *span, form, is_sure)


def _name_to_letters(written: str) -> str:
    """Return the letters for a name of a kind of statement: K for "Knowledge" and for "Ks"."""
    is_plural = len(written) > 1 and written.endswith("s") and written[:-1].isupper()
    return _WORDS.get(written.casefold(), written[:-1] if is_plural else written.upper())
