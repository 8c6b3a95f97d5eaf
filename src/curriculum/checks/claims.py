"""What a document says of itself, held against what it holds and against what it says elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from curriculum.checks.amounts import NUMBER, amount_findings, line_to_method, word_to_number
from curriculum.model.text import names_to_phrase, text_to_title_key, text_without_full_stop
from curriculum.model.vocabulary import CORE
from curriculum.parsing.lines import is_list_item, without_bullet
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

__all__ = ["claim_findings"]

# "at least two duties", "two duties or more" and "two duties that need a check" announce nothing.
_COUNT = (
    rf"(?P<number>{NUMBER}) (?P<which>core |option(?:al)? |(?:\w+ )?assessment |\w+ )?"
    r"(?P<what>dut(?:y|ies)|options|methods)\b"
    r"(?! or (?:more|fewer)| (?:that|which|where|requir\w+|need\w*)\b)"
)
_ANNOUNCED = re.compile(
    r"\b(?:ha(?:s|ve)|there (?:is|are)|consists? of|makes?|compris\w+|includes?|of|the following) "
    rf"(?:all |the )?{_COUNT}",
    re.IGNORECASE,
)
_AND_MORE = re.compile(rf"(?: and|, and| plus) {_COUNT}", re.IGNORECASE)
# Options of a standard, and not of a question or an employer.
_OF_A_STANDARD = re.compile(r"\b(?:speciali[sz]|apprenticeship|standard|occupation|core and|pathway)", re.I)


class _Fact(NamedTuple):
    """Something that a document states of itself, perhaps in several places, and how it is printed."""

    what: str
    pattern: re.Pattern[str]


_FACTS = (
    _Fact(
        "the duration of the training",
        re.compile(
            r"(?:typical duration to gateway: |\btypically spends |\btraining [\w ]{0,60}is typically |"
            r"on-programme - typically )(?P<value>\d+ months)",
            re.IGNORECASE,
        ),
    ),
    _Fact(
        "the duration of the assessment",
        re.compile(
            r"(?:typical EPA period: |\bEPA period [\w ]{0,60}typically |end-point assessment - typically )"
            r"(?P<value>\d+ months)",
            re.IGNORECASE,
        ),
    ),
    _Fact("the level", re.compile(r"^(?:(?:\d+\. )?level: |ST\d{4}, .{0,120} level )(?P<value>\d)$", re.I)),
    _Fact("the version", re.compile(r"(?:^(?:\d+\. )?version: |^v)(?P<value>\d+\.\d+)$", re.I)),
    _Fact(
        "the reference",
        re.compile(r"^(?:(?:\d+\. )?reference: )?(?P<value>ST\d{4})(?:$|, .* level \d$)", re.I),
    ),
)
_OPTION_TITLE = re.compile(r"^option (?P<number>\d+): (?P<title>.+?)(?: [–—-] .*)?$", re.IGNORECASE)
_LISTED = re.compile(r"\b(?P<what>options|themes)\b[^.:]{0,80}:$", re.IGNORECASE)
_NOTE_BEHIND = re.compile(r"(?<!\s)\s*+\([^()]*+\)$")


def claim_findings(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report what a document says of itself and does not keep."""
    yield from _counts(parsed)
    yield from amount_findings(parsed)
    yield from _facts(parsed)
    yield from _names(parsed)
    yield from _lists(parsed)
    yield from _version_log(parsed)
    yield from _nothing_follows(parsed)


class _Held(NamedTuple):
    """How many of something a document holds: the numbers that are no contradiction, and how to tell."""

    numbers: frozenset[int]
    told: str


def _held_duties(parsed: ParsedDocument) -> dict[str, _Held]:
    """Count duties: all, those of the core, and those of options."""
    own = [duty.option for duty in parsed.duties]
    in_core = own.count(CORE)
    each = [own.count(option) for option in dict.fromkeys(own) if option not in {"", CORE}]
    sizes = sorted(set(each))
    apprentice = names_to_phrase([str(in_core + size) for size in sizes] or [str(len(own))])
    option = names_to_phrase([str(size) for size in sizes] or ["none"])
    every = f"{len(own)}, of which each apprentice has {apprentice}" if each else f"{len(own)}"
    return {
        "": _Held(frozenset((len(own), *(in_core + size for size in sizes), *sizes)), every),
        "core": _Held(frozenset((in_core,)), f"{in_core}"),
        "option": _Held(frozenset((*sizes, sum(each))), f"{option} for each option"),
    }


def _counts(parsed: ParsedDocument) -> Iterator[Finding]:
    duties = _held_duties(parsed)
    options = _Held(frozenset((len(_options(parsed)),)), f"{len(_options(parsed))}")
    methods = _Held(frozenset((len(parsed.methods),)), f"{len(parsed.methods)}")
    for line in parsed.lines:
        for number, which, what, printed in _line_to_counts(line.text):
            if what == "options":
                held = options if _OF_A_STANDARD.search(line.text) else None
            elif what == "methods":
                held = methods if which.endswith("assessment") else None
            else:
                held = duties.get(which.removesuffix("al"))
            if held and any(held.numbers) and number not in held.numbers:
                told = f"announces “{printed}”, and the document prints {held.told}"
                yield Finding("count-differs", line.number, "error", told)


def _line_to_counts(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Read the counts that a line announces: number, of which sort, of what, as printed."""
    for first in _ANNOUNCED.finditer(text):
        for found in filter(None, (first, _AND_MORE.match(text, first.end()))):
            which, what = (found["which"] or "").casefold().strip(), found["what"].casefold()
            yield word_to_number(found["number"]), which, what, text[found.start("number") : found.end()]


def _options(parsed: ParsedDocument) -> list[str]:
    """Return the title of each option that the tables print."""
    cells = [row.option for rows in (parsed.duties, parsed.statements) for row in rows]
    titles = dict.fromkeys(title for cell in cells for title in cell.split("; "))
    return [title for title in titles if title not in {"", CORE}]


def _facts(parsed: ParsedDocument) -> Iterator[Finding]:
    for fact in _FACTS:
        values: dict[str, list[int]] = {}
        for line in parsed.lines:
            found = fact.pattern.search(line.text)
            if found and "part-time" not in line.text.casefold():
                values.setdefault(found["value"].casefold(), []).append(line.number)
        if len(values) > 1:
            told = (f"“{value}” on {_lines(lines)}" for value, lines in values.items())
            last = max(lines[0] for lines in values.values())
            yield Finding("stated-differently", last, "error", f"{fact.what}: {names_to_phrase(told)}")


def _lines(numbers: Sequence[int]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {names_to_phrase(map(str, numbers))}"


def _names(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report methods and options that have several names, and options whose title no table prints."""
    for method in parsed.methods:
        if method.other_names:
            told = f"the assessment method “{method.name}” is also called “{method.other_names}”"
            yield Finding("several-names", method.first_line, "note", told)
    titles: dict[str, dict[str, tuple[str, int]]] = {}
    for line in parsed.lines:
        found = _OPTION_TITLE.match(line.text)
        if found:
            own = titles.setdefault(found["number"], {})
            own.setdefault(text_to_title_key(found["title"]), (found["title"], line.number))
    held = {text_to_title_key(title) for title in _options(parsed)}
    for number, prints in titles.items():
        last = max(line for _, line in prints.values())
        if len(prints) > 1:
            names = names_to_phrase(f"“{title}” on line {line}" for title, line in prints.values())
            yield Finding("several-names", last, "note", f"option {number} is called {names}")
        elif held and not held & prints.keys():
            (title, _) = next(iter(prints.values()))
            told = f"option {number} is called “{title}” here, and no table prints that name"
            yield Finding("list-differs", last, "warning", told)


def _lists(parsed: ParsedDocument) -> Iterator[Finding]:
    """Hold each list of options or themes in the prose against the tables."""
    methods = line_to_method(parsed)
    names = {row.code: row.name for row in parsed.methods}
    for at, line in enumerate(parsed.lines):
        found = _LISTED.search(line.text)
        items = [*takewhile(is_list_item, parsed.lines[at + 1 :])] if found else []
        if not found or not items:
            continue
        what, subject = found["what"].casefold(), methods.get(line.number, "")
        themes = [row.name for row in parsed.themes if not subject or names.get(row.method) == subject]
        held = themes if what == "themes" else _options(parsed)
        listed = [_NOTE_BEHIND.sub("", text_without_full_stop(without_bullet(item.text))) for item in items]
        for message in _differences(listed, held):
            yield Finding("list-differs", line.number, "warning", f"of the {what} listed here, {message}")


def _differences(listed: Iterable[str], held: Iterable[str]) -> Iterator[str]:
    """Yield what two lists of names do not share; lists of other things share nothing and differ in size."""
    here, there = ({_name_to_key(name): name for name in names} for names in (listed, held))
    if not here.keys() & there.keys() and len(here) != len(there):
        return
    for key in (key for key in here if key not in there):
        yield f"“{here[key]}” is in no table"
    for key in (key for key in there if key not in here):
        yield f"“{there[key]}” of the tables is missing"


def _name_to_key(name: str) -> str:
    return text_to_title_key(name.replace("&", " and "))


def _version_log(parsed: ParsedDocument) -> Iterator[Finding]:
    log, own = parsed.rows.version_log, parsed.facts.version
    if own and log and own not in {row.version for row in log}:
        told = f"the version log does not name version {own}, which this document says it is"
        yield Finding("list-differs", log[0].first_line, "warning", told)


def _nothing_follows(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report prose that ends on a colon: what it announces is not there."""
    last_lines = {section.last_line for section in parsed.rows.sections if section.text}
    last_lines -= {row.first_line for row in parsed.rows.details}
    last_lines -= {row.line for row in parsed.rows.method_names}
    for line in parsed.lines:
        if line.number in last_lines and line.text.endswith(":"):
            yield Finding("nothing-follows", line.number, "warning", f"nothing follows “{line.text}”")
