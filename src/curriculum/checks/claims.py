"""What a document says of itself, held against what it holds and against what it says elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from curriculum.parsing import Finding, ParsedDocument
from curriculum.parsing.lines import is_list_item, without_bullet
from curriculum.parsing.prints import method_name_to_key
from curriculum.text import names_to_phrase, text_to_squashed, text_to_title_key, text_to_unstopped
from curriculum.vocabulary import CORE

__all__ = ["claim_findings"]

_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
_NUMBER = rf"\d+|{'|'.join(_NUMBERS)}"
# "at least two duties", "one assessment method or more" and "3 duties or fewer" announce nothing.
_COUNT = re.compile(
    rf"(?<!least )(?<!most )(?<!up to )(?<!any )\b(?P<number>{_NUMBER}) "
    r"(?P<which>core|option(?:al)?|assessment|production|pathway)? ?"
    r"(?P<what>dut(?:y|ies)|options|methods)\b(?! or (?:more|fewer))",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:ha(?:s|ve)|there (?:is|are)|consists? of|make|compris\w+|of the|the following)\b", re.I
)
_AMOUNT = rf"(?P<value>(?:at least |up to |no more than |a (?:minimum|maximum) of )?(?:{_NUMBER})"


class _Fact(NamedTuple):
    """Something that a document states, perhaps in several places: what it is, and how it is printed."""

    what: str
    pattern: re.Pattern[str]
    is_of_a_method: bool


_FACTS = (
    _Fact(
        "how long it lasts",
        re.compile(rf"\b(?:will|must|should) last (?:for )?{_AMOUNT} (?:minutes|hours))"),
        True,
    ),
    _Fact("how many questions are asked", re.compile(rf"\bask (?:\w+ )?{_AMOUNT}) questions\b"), True),
    _Fact(
        "the duration of the training",
        re.compile(
            r"(?:typical duration to gateway: |\btypically spends |\btraining [\w ]*is typically |"
            r"on-programme - typically )(?P<value>\d+ months)",
            re.I,
        ),
        False,
    ),
    _Fact(
        "the duration of the assessment",
        re.compile(
            r"(?:typical EPA period: |\bEPA period [\w ]*typically |end-point assessment - typically )"
            r"(?P<value>\d+ months)",
            re.I,
        ),
        False,
    ),
    _Fact("the level", re.compile(r"(?:^(?:\d+\. )?level: |, [a-z ]+ level )(?P<value>\d)$", re.I), False),
    _Fact("the version", re.compile(r"(?:^(?:\d+\. )?version: |^v)(?P<value>\d+\.\d+)$", re.I), False),
    _Fact("the reference", re.compile(r"(?:^(?:\d+\. )?reference: |^)(?P<value>ST\d{4})\b"), False),
)
_OPTION_TITLE = re.compile(r"^option (?P<number>\d+): (?P<title>.+?)(?: [–—-] .*)?$", re.IGNORECASE)
_LISTED = re.compile(r"\b(?P<what>options|themes)\b[^.:]*:$", re.IGNORECASE)
_NOTE_BEHIND = re.compile(r"\s*\([^)]*\)$")


def claim_findings(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report what a document says of itself and does not keep."""
    yield from _counts(parsed)
    yield from _facts(parsed)
    yield from _names(parsed)
    yield from _lists(parsed)
    yield from _nothing_follows(parsed)


def _number(word: str) -> int:
    return _NUMBERS.get(word.casefold()) or int(word)


def _counts(parsed: ParsedDocument) -> Iterator[Finding]:
    options = _options(parsed)
    own = [duty.option for duty in parsed.duties]
    in_core = own.count(CORE)
    each = sorted({own.count(option) for option in options})
    duties = {len(own), *(in_core + count for count in each)}
    held = {
        ("core", "dut"): ({in_core}, f"{in_core}"),
        ("option", "dut"): ({*each, sum(each)}, f"{names_to_phrase(map(str, each or [0]))} for each option"),
        ("", "dut"): (
            duties,
            f"{len(own)}"
            + (
                f", of which each apprentice has {names_to_phrase(str(in_core + n) for n in each)}"
                if each
                else ""
            ),
        ),
        ("", "opt"): ({len(options)}, f"{len(options)}"),
        ("", "met"): ({len(parsed.methods)}, f"{len(parsed.methods)}"),
    }
    for line in parsed.lines:
        if not _ANNOUNCES.search(line.text):
            continue
        for found in _COUNT.finditer(line.text):
            what = found["what"][:3].casefold()
            which = (found["which"] or "").casefold().removesuffix("al") if what == "dut" else ""
            numbers, told = held[which if which in {"core", "option"} else "", what]
            if max(numbers) and _number(found["number"]) not in numbers:
                yield Finding(
                    "count-differs",
                    line.number,
                    "error",
                    f"announces “{text_to_squashed(found[0])}”, and the document prints {told}",
                )


def _options(parsed: ParsedDocument) -> list[str]:
    """Give the title of each option that the tables print."""
    cells = [row.option for rows in (parsed.duties, parsed.statements, parsed.themes) for row in rows]
    titles = dict.fromkeys(title for cell in cells for title in cell.split("; "))
    return [title for title in titles if title not in {"", CORE}]


def _line_to_method(parsed: ParsedDocument) -> dict[int, str]:
    """Give the name of the method whose section each line of prose stands in."""
    names = {row.code: row.name for row in parsed.methods}
    methods = {}
    for section in parsed.rows.sections:
        for heading in (section.heading, section.under.rpartition(" > ")[2]):
            code = parsed.method_codes.get(method_name_to_key(heading))
            if code:
                lines = range(section.first_line, section.last_line + 1)
                methods.update(dict.fromkeys(lines, names[code]))
                break
    return methods


def _facts(parsed: ParsedDocument) -> Iterator[Finding]:
    methods = _line_to_method(parsed)
    stated: dict[tuple[str, str], dict[str, list[int]]] = {}
    for line in parsed.lines:
        for fact in _FACTS:
            found = fact.pattern.search(line.text)
            subject = methods.get(line.number, "") if fact.is_of_a_method else ""
            if found and (subject or not fact.is_of_a_method):
                values = stated.setdefault((subject, fact.what), {})
                values.setdefault(found["value"].casefold(), []).append(line.number)
    for (subject, what), values in stated.items():
        if len(values) > 1:
            told = (f"“{value}” on {_lines(lines)}" for value, lines in values.items())
            yield Finding(
                "stated-differently",
                max(lines[0] for lines in values.values()),
                "error",
                f"{f'{subject}, ' if subject else ''}{what}: {names_to_phrase(told)}",
            )


def _lines(numbers: Sequence[int]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {names_to_phrase(map(str, numbers))}"


def _names(parsed: ParsedDocument) -> Iterator[Finding]:
    for method in parsed.methods:
        if method.other_names:
            yield Finding(
                "several-names",
                method.first_line,
                "note",
                f"the assessment method “{method.name}” is also called “{method.other_names}”",
            )
    titles: dict[str, dict[str, tuple[str, int]]] = {}
    for line in parsed.lines:
        found = _OPTION_TITLE.match(line.text)
        if found:
            own = titles.setdefault(found["number"], {})
            own.setdefault(text_to_title_key(found["title"]), (found["title"], line.number))
    for number, prints in titles.items():
        if len(prints) > 1:
            told = (f"“{title}” on line {line}" for title, line in prints.values())
            last = max(line for _, line in prints.values())
            yield Finding("several-names", last, "note", f"option {number} is called {names_to_phrase(told)}")


def _lists(parsed: ParsedDocument) -> Iterator[Finding]:
    """Hold each list of options or themes in the prose against the tables."""
    methods = _line_to_method(parsed)
    names = {row.code: row.name for row in parsed.methods}
    for at, line in enumerate(parsed.lines):
        found = _LISTED.search(line.text)
        items = [*takewhile(is_list_item, parsed.lines[at + 1 :])] if found else []
        if not found or not items:
            continue
        is_themes = found["what"].casefold() == "themes"
        subject = methods.get(line.number, "")
        themes = [row.name for row in parsed.themes if not subject or names.get(row.method) == subject]
        held = themes if is_themes else _options(parsed)
        listed = [_NOTE_BEHIND.sub("", text_to_unstopped(without_bullet(item.text))) for item in items]
        for message in _differences(listed, held) if held else ():
            what = found["what"].casefold()
            yield Finding("list-differs", line.number, "warning", f"of the {what} listed here, {message}")


def _differences(listed: Iterable[str], held: Iterable[str]) -> Iterator[str]:
    here = {text_to_title_key(name): name for name in listed}
    there = {text_to_title_key(name): name for name in held}
    for key in here.keys() - there.keys():
        yield f"“{here[key]}” is in no table"
    for key in there.keys() - here.keys():
        yield f"“{there[key]}” of the tables is missing"


def _nothing_follows(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report prose that ends on a colon: what it announces is not there."""
    last_lines = {section.last_line for section in parsed.rows.sections if section.text}
    elsewhere = {row.first_line for row in parsed.rows.details} | {
        row.line for row in parsed.rows.method_names
    }
    for line in parsed.lines:
        if line.number in last_lines - elsewhere and line.text.endswith(":"):
            yield Finding("nothing-follows", line.number, "warning", f"nothing follows “{line.text}”")
